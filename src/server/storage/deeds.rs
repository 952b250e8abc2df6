//! What counters did without the server, and the conflicts that came of it.

use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use uuid::Uuid;

use super::{Error, time};
use crate::domain::order::Id;
use crate::domain::place;
use crate::wire::replica::{Became, Deed, Told};

/// A deed as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub id: Uuid,
    /// The counter's code.
    pub terminal: String,
    pub deed: Deed,
    /// SHA-256 of what was sent.
    pub content_hash: Vec<u8>,
    pub received_at: Timestamp,
    pub became: Became,
}

fn told(code: &str) -> Result<Told, Error> {
    match code {
        "done" => Ok(Told::Done),
        "noted" => Ok(Told::Noted),
        "conflict" => Ok(Told::Conflict),
        _ => Err(Error::corrupt("what became of a deed", code)),
    }
}

fn code(told: Told) -> &'static str {
    match told {
        Told::Done => "done",
        Told::Noted => "noted",
        Told::Conflict => "conflict",
    }
}

fn read(row: &SqliteRow) -> Result<Stored, Error> {
    let id: &str = row.try_get("id")?;
    Ok(Stored {
        id: id.parse().map_err(|_| Error::corrupt("an id", id))?,
        terminal: row.try_get("terminal")?,
        deed: serde_json::from_str(row.try_get("content")?)?,
        content_hash: row.try_get("content_hash")?,
        received_at: time(row.try_get("received_at")?)?,
        became: Became { id: id.to_owned(), told: told(row.try_get("told")?)?, why: row.try_get("why")? },
    })
}

pub async fn find(db: &mut SqliteConnection, id: Uuid) -> Result<Option<Stored>, Error> {
    let row = sqlx::query("SELECT * FROM deeds WHERE id = $1").bind(id.to_string()).fetch_optional(db);
    row.await?.as_ref().map(read).transpose()
}

/// What was done to an order without the server, in the order in which the server heard of it.
pub async fn of(db: &mut SqliteConnection, order: Id) -> Result<Vec<Stored>, Error> {
    let rows = sqlx::query("SELECT * FROM deeds WHERE order_id = $1 ORDER BY sequence, id")
        .bind(order.0.to_string())
        .fetch_all(db);
    rows.await?.iter().map(read).collect()
}

pub async fn add(db: &mut SqliteConnection, stored: &Stored) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO deeds (id, terminal, order_id, content, content_hash, done_at, received_at, told, why, \
         sequence) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, (SELECT coalesce(max(sequence), 0) FROM record))",
    )
    .bind(stored.id.to_string())
    .bind(&stored.terminal)
    .bind(&stored.deed.order)
    .bind(serde_json::to_string(&stored.deed)?)
    .bind(&stored.content_hash)
    .bind(stored.deed.at)
    .bind(stored.received_at.as_microsecond())
    .bind(code(stored.became.told))
    .bind(&stored.became.why)
    .execute(db)
    .await?;
    Ok(())
}

/// Opens a conflict about a deed that was done at this place.
pub async fn open_conflict(db: &mut SqliteConnection, deed: Uuid, place: &place::Id) -> Result<(), Error> {
    sqlx::query("INSERT INTO conflicts (deed, place) VALUES ($1, $2)")
        .bind(deed.to_string())
        .bind(place.as_str())
        .execute(db)
        .await?;
    Ok(())
}

/// The conflicts that nobody has settled, of a place where it was done or where the order is, the first heard of first.
pub async fn conflicts(db: &mut SqliteConnection, place: &place::Id) -> Result<Vec<Stored>, Error> {
    let rows = sqlx::query(
        "SELECT d.* FROM conflicts c JOIN deeds d ON d.id = c.deed LEFT JOIN orders o ON o.id = d.order_id \
         WHERE c.settled_at IS NULL AND (c.place = $1 OR o.place = $1) ORDER BY d.sequence, d.id",
    )
    .bind(place.as_str())
    .fetch_all(db);
    rows.await?.iter().map(read).collect()
}

/// Who settled a conflict and with which words; `None` inside: nobody yet; outside: there is no such conflict.
pub async fn settled(
    db: &mut SqliteConnection,
    deed: Uuid,
) -> Result<Option<Option<(String, String)>>, Error> {
    let row = sqlx::query("SELECT settled_by, words FROM conflicts WHERE deed = $1")
        .bind(deed.to_string())
        .fetch_optional(db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let (by, words): (Option<String>, Option<String>) = (row.try_get(0)?, row.try_get(1)?);
    Ok(Some(by.zip(words)))
}

/// A person has settled a conflict.
pub async fn settle(
    db: &mut SqliteConnection,
    deed: Uuid,
    by: &str,
    words: &str,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query("UPDATE conflicts SET settled_at = $2, settled_by = $3, words = $4 WHERE deed = $1")
        .bind(deed.to_string())
        .bind(now.as_microsecond())
        .bind(by)
        .bind(words)
        .execute(db)
        .await?;
    Ok(())
}
