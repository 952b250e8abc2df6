//! What the server keeps: SQLite with a log written ahead, one writer, several readers. One module an aggregate, each a set
//! of functions on a connection, so that a business decision and everything it changes stand in one transaction.

pub mod attempts;
pub mod batches;
pub mod cards;
pub mod deeds;
pub mod deliveries;
pub mod orders;
pub mod persons;
pub mod phone;
pub mod photos;
pub mod places;
pub mod record;
pub mod replica;
pub mod search;
pub mod sessions;
pub mod settings;
pub mod terminals;

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, QueryBuilder, Sqlite, SqliteConnection, SqlitePool, Transaction};

static MIGRATIONS: Migrator = sqlx::migrate!("src/server/storage/migrations");

/// The database's name inside the data folder.
pub const FILE: &str = "kortserver.sqlite";

/// Why something could not be stored or read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0} holds no database: run `kortserver init` first")]
    Missing(PathBuf),
    #[error("{0} holds a database already")]
    Exists(PathBuf),
    #[error(
        "the database was written by a newer version (schema {found}, this program knows {known}) and was not touched: \
         start that version, or restore a backup from before it"
    )]
    Newer { found: i64, known: i64 },
    #[error(
        "{0} holds something else than a database of kortserver: restore a backup, or give another folder"
    )]
    Foreign(PathBuf),
    #[error(
        "the data folder's disk is full, read-only or broken: make room or give the right to write there, then try again"
    )]
    Disk(#[source] sqlx::Error),
    #[error("{folder} cannot be made: give a folder in which this user may write")]
    Folder { folder: PathBuf, source: std::io::Error },
    #[error("the database cannot be brought up to date")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("the database refused")]
    Database(#[source] sqlx::Error),
    #[error("the database holds {what} that is none: {value}")]
    Corrupt { what: &'static str, value: String },
    #[error("a value cannot be written as JSON")]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Randomness(#[from] crate::system::NoRandomness),
}

impl Error {
    /// A stored value that the domain cannot hold.
    pub fn corrupt(what: &'static str, value: impl ToString) -> Self {
        Self::Corrupt { what, value: value.to_string() }
    }

    /// Whether a row of the same key is there already.
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(error)) if error.is_unique_violation())
    }
}

/// SQLite's primary result code (sqlite.org/rescode.html).
fn code(error: &sqlx::Error) -> Option<u32> {
    match error {
        sqlx::Error::Database(inner) => Some(inner.code()?.parse::<u32>().ok()? & 0xFF),
        _ => None,
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match code(&error) {
            // READONLY, IOERR, FULL, CANTOPEN
            Some(8 | 10 | 13 | 14) => Self::Disk(error),
            _ => Self::Database(error),
        }
    }
}

/// The database. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Storage {
    readers: SqlitePool,
    writer: SqlitePool,
}

fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .pragma("cache_size", "-32768")
        .pragma("mmap_size", "268435456")
}

impl Storage {
    /// Makes the database in a data folder that has none yet.
    pub async fn create(data: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(data).map_err(|source| Error::Folder { folder: data.to_owned(), source })?;
        let file = data.join(FILE);
        if file.exists() {
            return Err(Error::Exists(data.to_owned()));
        }
        Self::connect(options(&file).create_if_missing(true)).await
    }

    /// Opens the database of a data folder and brings it up to date. One of a newer version is refused and not touched.
    pub async fn open(data: &Path) -> Result<Self, Error> {
        let file = data.join(FILE);
        if !file.exists() {
            return Err(Error::Missing(data.to_owned()));
        }
        let mut look = SqliteConnectOptions::new().filename(&file).read_only(true).connect().await?;
        let found: Option<i64> = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations")
            .fetch_one(&mut look)
            .await
            .map_err(|error| match code(&error) {
                // ERROR: no such table, NOTADB
                Some(1 | 26) => Error::Foreign(data.to_owned()),
                _ => error.into(),
            })?;
        look.close().await?;
        let known = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0);
        match found {
            Some(found) if found > known => Err(Error::Newer { found, known }),
            _ => Self::connect(options(&file)).await,
        }
    }

    async fn connect(options: SqliteConnectOptions) -> Result<Self, Error> {
        // a connection to a file is not lost while it lies there: nothing to be asked before each use
        let pool = SqlitePoolOptions::new().test_before_acquire(false);
        let writer =
            pool.clone().max_connections(1).after_release(|connection, _| Box::pin(clean(connection)));
        let writer = writer.connect_with(options.clone()).await?;
        MIGRATIONS.run(&writer).await?;
        let readers = pool.max_connections(4).connect_with(options).await?;
        Ok(Self { readers, writer })
    }

    /// A connection to read on.
    pub async fn read(&self) -> Result<PoolConnection<Sqlite>, Error> {
        Ok(self.readers.acquire().await?)
    }

    /// The one transaction that writes; others wait for its end. Dropped without `commit`, it changes nothing.
    pub async fn write(&self) -> Result<Transaction<'static, Sqlite>, Error> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Writes a whole and consistent copy of the database to `file`, which must not exist.
    pub async fn copy_to(&self, file: &Path) -> Result<(), Error> {
        let target = file.to_str().ok_or_else(|| Error::corrupt("a file name", file.display()))?;
        sqlx::query("VACUUM INTO $1").bind(target).execute(&self.writer).await?;
        Ok(())
    }

    /// Waits for what is under way and closes the files.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Whether a connection may be used again. Where the disk fails, SQLite ends the transaction by itself, and the connection goes
/// on as if it were open and begins no other. Such a connection is replaced.
async fn clean(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // a transaction that was dropped is rolled back by then
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

/// The values of an opened `IN (`, and its end.
fn list(ask: &mut QueryBuilder<Sqlite>, values: impl Iterator<Item = impl Into<String>>) {
    let mut list = ask.separated(", ");
    for value in values {
        list.push_bind(value.into());
    }
    list.push_unseparated(")");
}

/// A stored time.
fn time(microseconds: i64) -> Result<Timestamp, Error> {
    Timestamp::from_microsecond(microseconds).map_err(|_| Error::corrupt("a time", microseconds))
}

/// A stored day.
fn day(text: &str) -> Result<jiff::civil::Date, Error> {
    text.parse().map_err(|_| Error::corrupt("a day", text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_disk_that_was_full_takes_the_next_change() {
        let dir = tempfile::tempdir().unwrap();
        let storage = Storage::create(dir.path()).await.unwrap();
        for _ in 0..3 {
            let mut db = storage.write().await.unwrap();
            // no page more than there are
            sqlx::query("PRAGMA max_page_count = 1").execute(&mut *db).await.unwrap();
            let full = sqlx::query(
                "INSERT INTO photos (sha256, size, received_at) VALUES (zeroblob(10000000), 1, 1)",
            )
            .execute(&mut *db)
            .await
            .map_err(Error::from);
            assert!(matches!(full, Err(Error::Disk(_))), "{full:?}");
            drop(db);
            let mut db = storage.write().await.unwrap();
            photos::add(&mut db, "ab", 1, Timestamp::UNIX_EPOCH).await.unwrap();
            db.commit().await.unwrap();
        }
        assert!(photos::known(&mut storage.read().await.unwrap(), "ab").await.unwrap());
    }
}
