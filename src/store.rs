//! What a terminal keeps on its disk: orders until the server has them, and what it remembers about itself.
//!
//! SQLite in WAL mode with `synchronous=FULL`: what was committed survives a power cut. One connection does all reading and
//! writing, and one program at a time has the folder. Photos, personal fields and settings are sealed ([`crate::seal::record`]).

pub mod clerks;
pub mod outbox;
pub mod phone;
mod record;
pub mod replica;
pub mod room;
mod salvage;
pub mod settings;

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Connection, SqliteConnection};
use tokio::sync::Notify;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::seal::record::Key;
use crate::system::{Clock, NoRandomness, Randomness};

static MIGRATIONS: Migrator = sqlx::migrate!("src/store/migrations");

const FILE: &str = "terminal.sqlite";

/// SQLite's own size of a page, bytes.
const PAGE: u64 = 4096;

pub use self::room::{Limits, Room};
pub use self::salvage::Salvage;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the data folder {path} cannot be used: {source}")]
    Folder { path: PathBuf, source: io::Error },
    #[error("another program has the data folder {0} open")]
    InUse(PathBuf),
    /// Made by a newer version of the program; left as it is.
    #[error("the database is of version {found}, this program knows {known}")]
    Newer { found: i64, known: i64 },
    #[error("the database is damaged: {0}")]
    Corrupt(String),
    /// The key opens nothing of what is here; left as it is.
    #[error("the data was sealed with another key")]
    OtherKey,
    #[error("the disk is full")]
    Full,
    #[error("the data folder is read-only")]
    ReadOnly,
    /// It takes or gives nothing, whatever the reason.
    #[error("the disk failed: {0}")]
    Disk(#[source] sqlx::Error),
    /// One record's seal is broken; the others are well.
    #[error("the record {0} is damaged")]
    Damaged(String),
    #[error("no free number was found")]
    NoNumber,
    #[error("no order {0} in the outbox")]
    Unknown(Uuid),
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    #[error("the database failed: {0}")]
    Database(#[source] sqlx::Error),
    #[error("the schema could not be brought up: {0}")]
    Migration(#[source] MigrateError),
}

/// SQLite's result codes (sqlite.org/rescode.html), the low byte of the extended ones.
impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(|error| error.code()?.parse::<u32>().ok());
        match code.map(|code| code & 0xff) {
            Some(13) => Self::Full,
            Some(8 | 14) => Self::ReadOnly,
            Some(10) => Self::Disk(error),
            Some(11 | 26) => Self::Corrupt(error.to_string()),
            _ => Self::Database(error),
        }
    }
}

impl From<MigrateError> for Error {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            other => Self::Migration(other),
        }
    }
}

/// A terminal's store. Cheap to clone; closed when the last clone is dropped.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    pool: SqlitePool,
    key: Key,
    clock: Clock,
    randomness: Randomness,
    accepted: Notify,
    /// Something was done without the server.
    acted: Notify,
    dir: PathBuf,
    limits: Limits,
    /// Held as long as the store is open; the system lets go of it however the program ends.
    _lock: Option<Arc<File>>,
}

impl Store {
    /// Whether the folder has a store: its key must then be found, not made.
    pub fn exists(dir: &Path) -> bool {
        dir.join(FILE).exists()
    }

    /// Opens the store of a data folder, or makes it; brings its schema up and checks it. A damaged database is moved aside,
    /// and what can be read of it is kept: [`Settings::salvage`](settings::Settings::salvage) says what became of it.
    pub async fn open(dir: &Path, key: Key, clock: Clock, randomness: Randomness) -> Result<Self, Error> {
        Self::open_within(dir, key, clock, randomness, Limits::default()).await
    }

    /// The same with other limits.
    pub async fn open_within(
        dir: &Path,
        key: Key,
        clock: Clock,
        randomness: Randomness,
        limits: Limits,
    ) -> Result<Self, Error> {
        let lock = Arc::new(lock(dir).await?);
        let make = async || {
            let pool = connect(options(&dir.join(FILE), limits)).await?;
            let inner = Inner::new(pool, key.clone(), clock.clone(), randomness.clone(), dir, limits);
            Ok::<_, Error>(Self(Arc::new(Inner { _lock: Some(Arc::clone(&lock)), ..inner })))
        };
        if !salvage::under_way(dir)? {
            match Self::check(make().await).await {
                Err(Error::Corrupt(found)) => {
                    tracing::error!(found, "the database is damaged: what can be read of it is kept");
                    salvage::begin(dir, clock.now())?;
                }
                opened => return opened,
            }
        }
        salvage::carry_out(dir, &key, &clock, &randomness, limits).await?;
        Self::check(make().await).await
    }

    async fn check(made: Result<Self, Error>) -> Result<Self, Error> {
        let store = made?;
        store.refuse_newer().await?;
        store.quick_check().await?;
        MIGRATIONS.run(&store.0.pool).await?;
        store.check_key().await?;
        store.outbox().check_seals().await?;
        Ok(store)
    }

    /// What waits to be sent.
    pub fn outbox(&self) -> outbox::Outbox<'_> {
        outbox::Outbox(&self.0)
    }

    /// What a counter keeps to work without the server.
    pub fn replica(&self) -> replica::Replica<'_> {
        replica::Replica(&self.0)
    }

    /// Who may unlock a counter without the server.
    pub fn clerks(&self) -> clerks::Clerks<'_> {
        clerks::Clerks(&self.0)
    }

    /// The codes from phones: what was shown, tried and used.
    pub fn phone(&self) -> phone::Phone<'_> {
        phone::Phone(&self.0)
    }

    /// What the terminal remembers about itself.
    pub fn settings(&self) -> settings::Settings<'_> {
        settings::Settings(&self.0)
    }

    /// Writes back and closes. A store that is only dropped loses nothing.
    pub async fn close(self) {
        self.0.pool.close().await;
    }

    async fn refuse_newer(&self) -> Result<(), Error> {
        let known = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0);
        let table: Option<String> =
            sqlx::query_scalar("SELECT name FROM sqlite_master WHERE name = '_sqlx_migrations'")
                .fetch_optional(&self.0.pool)
                .await?;
        if table.is_none() {
            return Ok(());
        }
        let found: Option<i64> =
            sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations").fetch_one(&self.0.pool).await?;
        match found {
            Some(found) if found > known => Err(Error::Newer { found, known }),
            _ => Ok(()),
        }
    }

    async fn quick_check(&self) -> Result<(), Error> {
        let found: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&self.0.pool).await?;
        if found == "ok" { Ok(()) } else { Err(Error::Corrupt(found)) }
    }

    /// The first opening leaves a sealed word; every later one must be able to read it.
    async fn check_key(&self) -> Result<(), Error> {
        const NAME: &str = "key";
        match self.0.setting::<String>(NAME).await {
            Ok(Some(_)) => Ok(()),
            Ok(None) => self.0.set(NAME, &"opens").await,
            Err(Error::Damaged(_)) => Err(Error::OtherKey),
            Err(error) => Err(error),
        }
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}

impl Inner {
    fn new(
        pool: SqlitePool,
        key: Key,
        clock: Clock,
        randomness: Randomness,
        dir: &Path,
        limits: Limits,
    ) -> Self {
        let (accepted, acted, dir) = (Notify::new(), Notify::new(), dir.to_owned());
        Self { pool, key, clock, randomness, accepted, acted, dir, limits, _lock: None }
    }

    /// Seals a value as what `associated` says it is.
    fn seal(&self, associated: &str, plain: &[u8]) -> Result<Vec<u8>, Error> {
        use crate::seal::record::{Error as Seal, seal};
        seal(&self.key, associated.as_bytes(), plain, &self.randomness).map_err(|error| match error {
            Seal::Randomness(error) => Error::Randomness(error),
            Seal::Sealing | Seal::Broken => Error::Damaged(associated.to_owned()),
        })
    }

    fn unseal(&self, associated: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        crate::seal::record::open(&self.key, associated.as_bytes(), sealed)
            .map_err(|_| Error::Damaged(associated.to_owned()))
    }

    fn seal_json(&self, associated: &str, value: &impl Serialize) -> Result<Vec<u8>, Error> {
        let plain = serde_json::to_vec(value).map_err(|_| Error::Damaged(associated.to_owned()))?;
        self.seal(associated, &Zeroizing::new(plain))
    }

    fn unseal_json<T: DeserializeOwned>(&self, associated: &str, sealed: &[u8]) -> Result<T, Error> {
        let plain = self.unseal(associated, sealed)?;
        serde_json::from_slice(&plain).map_err(|_| Error::Damaged(associated.to_owned()))
    }

    async fn setting<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Error> {
        self.setting_on(&mut *self.pool.acquire().await?, name).await
    }

    async fn setting_on<T: DeserializeOwned>(
        &self,
        db: &mut SqliteConnection,
        name: &str,
    ) -> Result<Option<T>, Error> {
        let sealed: Option<Vec<u8>> = sqlx::query_scalar("SELECT value FROM setting WHERE name = $1")
            .bind(name)
            .fetch_optional(db)
            .await?;
        sealed.map(|sealed| self.unseal_json(&format!("setting 1 {name}"), &sealed)).transpose()
    }

    async fn set(&self, name: &str, value: &impl Serialize) -> Result<(), Error> {
        self.set_on(&mut *self.pool.acquire().await?, name, value).await
    }

    /// The same inside a transaction.
    async fn set_on(
        &self,
        db: &mut SqliteConnection,
        name: &str,
        value: &impl Serialize,
    ) -> Result<(), Error> {
        let sealed = self.seal_json(&format!("setting 1 {name}"), value)?;
        sqlx::query(
            "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )
        .bind(name)
        .bind(sealed)
        .execute(db)
        .await?;
        Ok(())
    }
}

fn options(file: &Path, limits: Limits) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        // what is deleted is sealed: wiping it as well would need room on the very disk that may be full
        .pragma("secure_delete", "fast")
        .pragma("max_page_count", (limits.database / PAGE).to_string())
        .busy_timeout(Duration::from_secs(5))
}

async fn connect(options: SqliteConnectOptions) -> Result<SqlitePool, Error> {
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .after_release(|connection, _| Box::pin(clean(connection)));
    Ok(pool.connect_with(options).await?)
}

/// Whether a connection may be used again. Where the disk fails, SQLite ends the transaction by itself, and the connection goes
/// on as if it were open: what came after would be part of one that nobody commits. Such a connection is replaced.
async fn clean(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // a transaction that was dropped is rolled back by then
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

/// So often a lock is tried that somebody else has, and so long after the time before.
const TRIES: u32 = 20;
const AGAIN: Duration = Duration::from_millis(50);

/// The folder's lock, so that one program at a time has the store.
async fn lock(dir: &Path) -> Result<File, Error> {
    for _ in 1..TRIES {
        match try_lock(dir) {
            // one that has just ended may have left it to a process that is being started: until that runs its own program
            Err(Error::InUse(_)) => tokio::time::sleep(AGAIN).await,
            locked => return locked,
        }
    }
    try_lock(dir)
}

fn try_lock(dir: &Path) -> Result<File, Error> {
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Error::ReadOnly,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::Full,
        _ => Error::Folder { path: dir.to_owned(), source },
    };
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir).map_err(failed)?;
    let file = File::create(dir.join("lock")).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::InUse(dir.to_owned())),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn key() -> Key {
        Key::from_bytes([5; 32])
    }

    pub(super) async fn open(dir: &Path) -> Result<Store, Error> {
        Store::open(dir, key(), Clock::system(), Randomness::system()).await
    }

    #[tokio::test]
    async fn one_program_at_a_time() {
        let dir = tempfile::tempdir().unwrap();
        let store = open(dir.path()).await.unwrap();
        assert!(matches!(open(dir.path()).await, Err(Error::InUse(_))));
        drop(store);
        open(dir.path()).await.unwrap();
    }

    #[tokio::test]
    async fn another_key_is_refused_and_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        open(dir.path()).await.unwrap().close().await;
        let before = std::fs::read(dir.path().join(FILE)).unwrap();
        let other = Key::from_bytes([6; 32]);
        let opened = Store::open(dir.path(), other, Clock::system(), Randomness::system()).await;
        assert!(matches!(opened, Err(Error::OtherKey)));
        drop(opened);
        assert_eq!(std::fs::read(dir.path().join(FILE)).unwrap(), before);
        open(dir.path()).await.unwrap();
    }

    #[tokio::test]
    async fn a_newer_database_is_refused_untouched() {
        let dir = tempfile::tempdir().unwrap();
        let store = open(dir.path()).await.unwrap();
        sqlx::query(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (99, 'later', 1, x'00', 0)",
        )
        .execute(&store.0.pool)
        .await
        .unwrap();
        store.close().await;
        let before = std::fs::read(dir.path().join(FILE)).unwrap();
        assert!(matches!(open(dir.path()).await, Err(Error::Newer { found: 99, .. })));
        assert_eq!(std::fs::read(dir.path().join(FILE)).unwrap(), before);
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_is_told() {
        // not even root may make a folder there
        let opened = open(Path::new("/proc/kortautomat")).await;
        assert!(matches!(opened, Err(Error::Folder { .. } | Error::ReadOnly)), "{opened:?}");
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("file"), "").unwrap();
        assert!(matches!(open(&dir.path().join("file/data")).await, Err(Error::Folder { .. })));
    }
}
