//! Batches of cards for the printer.

use jiff::Timestamp;
use sqlx::{Row, SqliteConnection};
use uuid::Uuid;

use super::{Error, cards, time};
use crate::domain::card::Number;
use crate::domain::order::Id;

/// A batch without its items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    pub id: Uuid,
    /// SHA-256 of what was asked for.
    pub content_hash: Vec<u8>,
    pub created_at: Timestamp,
    /// The user name of the member of staff.
    pub created_by: String,
}

/// One page of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// One-based.
    pub page: u32,
    pub order: Id,
    pub card: Number,
    /// The print failed: the number is never used again.
    pub dead: bool,
}

fn read(row: &sqlx::sqlite::SqliteRow) -> Result<Batch, Error> {
    let id: &str = row.try_get("id")?;
    Ok(Batch {
        id: id.parse().map_err(|_| Error::corrupt("an id", id))?,
        content_hash: row.try_get("content_hash")?,
        created_at: time(row.try_get("created_at")?)?,
        created_by: row.try_get("created_by")?,
    })
}

pub async fn find(db: &mut SqliteConnection, id: Uuid) -> Result<Option<Batch>, Error> {
    let row = sqlx::query("SELECT * FROM batches WHERE id = $1").bind(id.to_string()).fetch_optional(db);
    row.await?.as_ref().map(read).transpose()
}

/// The newest batches.
pub async fn newest(db: &mut SqliteConnection, limit: u32) -> Result<Vec<Batch>, Error> {
    let rows =
        sqlx::query("SELECT * FROM batches ORDER BY created_at DESC, id LIMIT $1").bind(i64::from(limit));
    rows.fetch_all(db).await?.iter().map(read).collect()
}

pub async fn add(db: &mut SqliteConnection, batch: &Batch) -> Result<(), Error> {
    sqlx::query("INSERT INTO batches (id, content_hash, created_at, created_by) VALUES ($1, $2, $3, $4)")
        .bind(batch.id.to_string())
        .bind(&batch.content_hash)
        .bind(batch.created_at.as_microsecond())
        .bind(&batch.created_by)
        .execute(db)
        .await?;
    Ok(())
}

pub async fn add_item(db: &mut SqliteConnection, batch: Uuid, item: &Item) -> Result<(), Error> {
    sqlx::query("INSERT INTO batch_items (batch, page, order_id, card, dead) VALUES ($1, $2, $3, $4, 0)")
        .bind(batch.to_string())
        .bind(i64::from(item.page))
        .bind(item.order.0.to_string())
        .bind(cards::stored(item.card))
        .execute(db)
        .await?;
    Ok(())
}

fn read_item(row: &sqlx::sqlite::SqliteRow) -> Result<Item, Error> {
    let (page, order): (i64, &str) = (row.try_get("page")?, row.try_get("order_id")?);
    Ok(Item {
        page: u32::try_from(page).map_err(|_| Error::corrupt("a page", page))?,
        order: Id(order.parse().map_err(|_| Error::corrupt("an id", order))?),
        card: cards::number(row.try_get("card")?)?,
        dead: row.try_get::<i64, _>("dead")? != 0,
    })
}

/// A batch's items by page.
pub async fn items(db: &mut SqliteConnection, batch: Uuid) -> Result<Vec<Item>, Error> {
    let rows =
        sqlx::query("SELECT * FROM batch_items WHERE batch = $1 ORDER BY page").bind(batch.to_string());
    rows.fetch_all(db).await?.iter().map(read_item).collect()
}

/// The card number that an order in production is printed with.
pub async fn assigned(db: &mut SqliteConnection, order: Id) -> Result<Option<Number>, Error> {
    let row = sqlx::query("SELECT * FROM batch_items WHERE order_id = $1 AND dead = 0")
        .bind(order.0.to_string())
        .fetch_optional(db)
        .await?;
    Ok(row.as_ref().map(read_item).transpose()?.map(|item| item.card))
}

/// The order's number is dead: it is printed anew with another one, or never.
pub async fn kill(db: &mut SqliteConnection, order: Id) -> Result<(), Error> {
    sqlx::query("UPDATE batch_items SET dead = 1 WHERE order_id = $1")
        .bind(order.0.to_string())
        .execute(db)
        .await?;
    Ok(())
}
