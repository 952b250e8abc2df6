//! What becomes of a damaged database: it is moved aside under a dated name, and every order that can still be read goes into a
//! new one, one by one.
//!
//! A note in the folder says that this is under way. As long as it lies there, everything is done once more at the next
//! start, so that it may be cut off at any point: the old files are only ever moved, and the new database has its name only
//! when it is whole.

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::sqlite::{SqliteJournalMode, SqliteRow};
use sqlx::{Row, SqliteConnection};

use super::{Error, FILE, Inner, Limits, MIGRATIONS, connect, options, outbox};
use crate::domain::order;
use crate::seal::record::Key;
use crate::system::{Clock, Randomness};

/// The note, which holds the name that the damaged database has from now on.
const NOTE: &str = "salvage";

/// The new database before it is whole.
const NEW: &str = "salvage.sqlite";

/// The name of the setting that holds the [`Salvage`].
pub(super) const SETTING: &str = "salvage";

/// So many orders are looked for where nothing says how many there were.
const MOST: i64 = 20_000;

/// What was kept of a damaged database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Salvage {
    /// When, microseconds.
    pub at: i64,
    /// The name of the damaged database in the data folder.
    pub file: String,
    /// Orders that can still be read, whether they had been sent or not.
    pub saved: u64,
    /// Orders that cannot, each of which may have waited to be sent; none where nobody can tell how many there were.
    pub lost: Option<u64>,
}

/// Whether the folder's database was found damaged and the new one is not whole yet.
pub(super) fn under_way(dir: &Path) -> Result<bool, Error> {
    dir.join(NOTE).try_exists().map_err(|source| Error::Folder { path: dir.join(NOTE), source })
}

/// Writes down that the database is to be moved aside.
pub(super) fn begin(dir: &Path, now: Timestamp) -> Result<(), Error> {
    let day = now.strftime("%Y-%m-%dT%H-%M-%S");
    let aside = format!("terminal.damaged-{day}.sqlite");
    let partial = dir.join("salvage.partial");
    let written = (|| {
        std::fs::write(&partial, &aside)?;
        std::fs::File::open(&partial)?.sync_all()?;
        std::fs::rename(&partial, dir.join(NOTE))?;
        sync(dir)
    })();
    written.map_err(|source| failed(dir, source))
}

/// Does what the note says, from wherever it was cut off.
pub(super) async fn carry_out(
    dir: &Path,
    key: &Key,
    clock: &Clock,
    randomness: &Randomness,
    limits: Limits,
) -> Result<(), Error> {
    let note = dir.join(NOTE);
    let aside = std::fs::read_to_string(&note).map_err(|source| failed(&note, source))?;
    if move_aside(dir, &aside).map_err(|source| failed(dir, source))? {
        fill(dir, &aside, key, clock, randomness, limits).await?;
        let named = std::fs::rename(dir.join(NEW), dir.join(FILE)).and_then(|()| sync(dir));
        named.map_err(|source| failed(dir, source))?;
    }
    std::fs::remove_file(&note).and_then(|()| sync(dir)).map_err(|source| failed(&note, source))
}

fn failed(path: &Path, source: io::Error) -> Error {
    match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::Full,
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Error::ReadOnly,
        _ => Error::Folder { path: path.to_owned(), source },
    }
}

/// Makes what was named last in a folder last.
fn sync(dir: &Path) -> io::Result<()> {
    if cfg!(unix) { std::fs::File::open(dir)?.sync_all() } else { Ok(()) }
}

fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Moves the database and its log. Whether there is a new one to be made: not if only the note was left.
fn move_aside(dir: &Path, aside: &str) -> io::Result<bool> {
    let (old, aside) = (dir.join(FILE), dir.join(aside));
    let moved = aside.try_exists()?;
    if moved && old.try_exists()? {
        return Ok(false);
    }
    if !moved {
        std::fs::rename(&old, &aside)?;
    }
    let log = beside(&old, "-wal");
    if log.try_exists()? {
        std::fs::rename(&log, beside(&aside, "-wal"))?;
    }
    let shared = beside(&old, "-shm");
    if shared.try_exists()? {
        std::fs::remove_file(&shared)?;
    }
    for end in ["", "-journal"] {
        let half = beside(&dir.join(NEW), end);
        if half.try_exists()? {
            std::fs::remove_file(&half)?;
        }
    }
    sync(dir)?;
    Ok(true)
}

/// Makes the new database of what can be read.
async fn fill(
    dir: &Path,
    aside: &str,
    key: &Key,
    clock: &Clock,
    randomness: &Randomness,
    limits: Limits,
) -> Result<(), Error> {
    // without a log of its own: it is one file, which then gets its name
    let pool = connect(options(&dir.join(NEW), limits).journal_mode(SqliteJournalMode::Delete)).await?;
    MIGRATIONS.run(&pool).await?;
    let new = Inner::new(pool, key.clone(), clock.clone(), randomness.clone(), dir, limits);
    let mut found = Found::default();
    {
        let mut db = new.pool.acquire().await?;
        let path = dir.join(aside);
        let attached = sqlx::query("ATTACH $1 AS old").bind(path.to_string_lossy()).execute(&mut *db).await;
        if attached.is_ok() {
            copy(&mut db, &mut found).await?;
            // an error here is the damaged file's
            let _detached = sqlx::query("DETACH old").execute(&mut *db).await;
        }
    }
    let unreadable = check(&new).await?;
    let salvage = Salvage {
        at: clock.now().as_microsecond(),
        file: aside.to_owned(),
        saved: found.saved - unreadable,
        lost: found.lost.map(|lost| lost + unreadable),
    };
    tracing::error!(?salvage, "what could be read of a damaged database is in a new one");
    new.set(SETTING, &salvage).await?;
    new.pool.close().await;
    Ok(())
}

#[derive(Default)]
struct Found {
    saved: u64,
    lost: Option<u64>,
}

/// Copies what can be read from the attached database, row by row where a row is an order.
async fn copy(db: &mut SqliteConnection, found: &mut Found) -> Result<(), Error> {
    let last = last_order(db).await;
    let columns = columns(db, "outbox").await?;
    let mut lost = 0;
    for place in 1..=last.unwrap_or(MOST) {
        let ask = format!("INSERT INTO outbox ({columns}) SELECT {columns} FROM old.outbox WHERE place = $1");
        match sqlx::query(sqlx::AssertSqlSafe(ask)).bind(place).execute(&mut *db).await {
            Ok(done) if done.rows_affected() > 0 => found.saved += 1,
            Ok(_) => lost += 1,
            Err(error) => match error.into() {
                full @ (Error::Full | Error::ReadOnly) => return Err(full),
                _ => lost += 1,
            },
        }
    }
    found.lost = last.map(|_| lost);
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT IN ('outbox', '_sqlx_migrations')
         AND name NOT LIKE 'sqlite_%'",
    )
    .fetch_all(&mut *db)
    .await?;
    for table in tables {
        let Ok(columns) = self::columns(db, &table).await else { continue };
        let ask = format!("INSERT OR IGNORE INTO {table} ({columns}) SELECT {columns} FROM old.{table}");
        if let Err(error) = sqlx::query(sqlx::AssertSqlSafe(ask)).execute(&mut *db).await {
            match error.into() {
                full @ (Error::Full | Error::ReadOnly) => return Err(full),
                error => tracing::error!(table, %error, "a table cannot be read"),
            }
        }
    }
    Ok(())
}

/// The place of the last order that there ever was.
async fn last_order(db: &mut SqliteConnection) -> Option<i64> {
    let counted = sqlx::query_scalar::<_, i64>("SELECT seq FROM old.sqlite_sequence WHERE name = 'outbox'")
        .fetch_optional(&mut *db)
        .await;
    let seen =
        sqlx::query_scalar::<_, Option<i64>>("SELECT MAX(place) FROM old.outbox").fetch_one(&mut *db).await;
    match (counted, seen) {
        (Ok(counted), seen) => Some(counted.unwrap_or(0).max(seen.ok().flatten().unwrap_or(0))),
        (Err(_), Ok(seen)) => seen,
        (Err(_), Err(_)) => None,
    }
}

/// The columns that both databases know.
async fn columns(db: &mut SqliteConnection, table: &str) -> Result<String, Error> {
    let rows: Vec<SqliteRow> = sqlx::query(
        "SELECT name FROM pragma_table_info($1, 'main')
         INTERSECT SELECT name FROM pragma_table_info($1, 'old')",
    )
    .bind(table)
    .fetch_all(&mut *db)
    .await?;
    let names: Vec<String> = rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
    if names.is_empty() { Err(Error::Corrupt(table.to_owned())) } else { Ok(names.join(", ")) }
}

/// Opens every seal; what has a broken one waits for a person. How many those are.
async fn check(new: &Inner) -> Result<u64, Error> {
    let outbox = outbox::Outbox(new);
    let mut broken = 0;
    for given in outbox.given().await? {
        if !given.whole {
            continue;
        }
        let order::Id(id) = given.id;
        let whole = outbox.order(given.id).await.and(outbox.photo(given.id).await.map(drop));
        match whole {
            Ok(()) => {}
            Err(Error::Damaged(record)) => {
                tracing::error!(order = %id, record, "a sealed record is damaged");
                outbox.mark_stuck(given.id, outbox::DAMAGED, &record).await?;
                broken += 1;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(broken)
}

#[cfg(test)]
mod tests;
