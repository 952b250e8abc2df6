//! The record: appended to within the transaction that makes the change, read for histories, verified whole.

use futures_util::TryStreamExt as _;
use sha2::{Digest, Sha256};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::{Error, time};
use crate::domain::audit::{Entry, Link, Subject};

/// A value that the record must not hold, as a commitment: SHA-256 over the salt and the value, hex. With the salt forgotten
/// it says nothing.
pub fn commitment(salt: &[u8], value: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(b"kortautomat commitment 1");
    hash.update((salt.len() as u64).to_be_bytes());
    hash.update(salt);
    hash.update(value.as_bytes());
    hex::encode(hash.finalize())
}

fn chained(entry: &Entry, previous: Link) -> Link {
    Link(Sha256::digest(entry.canonical(previous)).into())
}

fn link(row: &SqliteRow) -> Result<Link, Error> {
    let bytes: Vec<u8> = row.try_get("link")?;
    bytes.as_slice().try_into().map(Link).map_err(|_| Error::corrupt("a link", hex::encode(&bytes)))
}

/// Appends an entry.
pub async fn append(db: &mut SqliteConnection, entry: &Entry) -> Result<(), Error> {
    let last = sqlx::query("SELECT sequence, link FROM record ORDER BY sequence DESC LIMIT 1")
        .fetch_optional(&mut *db)
        .await?;
    let (sequence, previous) = match last {
        Some(row) => (row.try_get::<i64, _>("sequence")? + 1, link(&row)?),
        None => (1, Link::START),
    };
    sqlx::query(
        "INSERT INTO record (sequence, at, terminal_at, actor, place, subject, subject_id, action, details, link) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(sequence)
    .bind(entry.at.as_microsecond())
    .bind(entry.terminal_at.map(jiff::Timestamp::as_microsecond))
    .bind(&entry.actor)
    .bind(&entry.place)
    .bind(entry.subject.code())
    .bind(&entry.subject_id)
    .bind(&entry.action)
    .bind(serde_json::to_string(&entry.details)?)
    .bind(chained(entry, previous).0.as_slice())
    .execute(db)
    .await?;
    Ok(())
}

fn read(row: &SqliteRow) -> Result<Entry, Error> {
    let (subject, details): (&str, &str) = (row.try_get("subject")?, row.try_get("details")?);
    Ok(Entry {
        at: time(row.try_get("at")?)?,
        terminal_at: row.try_get::<Option<i64>, _>("terminal_at")?.map(time).transpose()?,
        actor: row.try_get("actor")?,
        place: row.try_get("place")?,
        subject: Subject::from_code(subject).ok_or_else(|| Error::corrupt("a subject", subject))?,
        subject_id: row.try_get("subject_id")?,
        action: row.try_get("action")?,
        details: serde_json::from_str(details)?,
    })
}

/// An entry with the name of the member of staff who made it; none for students and the system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub entry: Entry,
    pub staff: Option<String>,
}

/// All that happened to one thing, oldest first.
pub async fn of(db: &mut SqliteConnection, subject: Subject, id: &str) -> Result<Vec<Named>, Error> {
    let rows = sqlx::query(
        "SELECT r.*, s.name AS staff FROM record r LEFT JOIN staff s ON s.id = r.actor \
         WHERE r.subject = $1 AND r.subject_id = $2 ORDER BY r.sequence",
    )
    .bind(subject.code())
    .bind(id)
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| Ok(Named { entry: read(row)?, staff: row.try_get("staff")? })).collect()
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verified {
    /// So many entries, each chained to the one before; the last link.
    Whole { entries: i64, last: Link },
    /// The first entry that is missing, altered or not chained to the one before.
    Broken { sequence: i64 },
}

/// Reads the whole record and follows the chain.
pub async fn verify(db: &mut SqliteConnection) -> Result<Verified, Error> {
    let mut rows = sqlx::query("SELECT * FROM record ORDER BY sequence").fetch(db);
    let (mut entries, mut last) = (0, Link::START);
    while let Some(row) = rows.try_next().await? {
        entries += 1;
        // an entry that cannot even be read was altered
        let (Ok(entry), Ok(stored)) = (read(&row), link(&row)) else {
            return Ok(Verified::Broken { sequence: entries });
        };
        last = chained(&entry, last);
        if row.try_get::<i64, _>("sequence")? != entries || stored != last {
            return Ok(Verified::Broken { sequence: entries });
        }
    }
    Ok(Verified::Whole { entries, last })
}
