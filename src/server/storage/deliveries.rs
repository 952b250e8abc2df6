//! What is to be told to the access system: written with the change that causes it, carried out by a job.

use jiff::Timestamp;
use sqlx::{Row, SqliteConnection};
use uuid::Uuid;

use super::{Error, cards, time};
use crate::domain::card::Number;
use crate::domain::order::Id;
use crate::domain::person::UserName;

/// What the access system is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// The person's card from now on.
    AssignCard(Number),
    BlockCard(Number),
    UnblockCard(Number),
    /// The order's sealed PIN, which the person chose.
    SetPin(Id),
}

/// How far a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Waiting,
    /// The access system has it and will confirm.
    Accepted,
    Confirmed,
    /// The access system cannot take it: a person must look.
    Refused,
}

impl State {
    fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Confirmed => "confirmed",
            Self::Refused => "refused",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Waiting, Self::Accepted, Self::Confirmed, Self::Refused].into_iter().find(|s| s.code() == code)
    }
}

/// One message on its way. Its id is the idempotency key towards the access system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub id: Uuid,
    pub user_name: UserName,
    pub message: Message,
    pub state: State,
    pub attempts: u32,
    pub created_at: Timestamp,
    pub next_at: Timestamp,
}

impl Message {
    fn parts(&self) -> (&'static str, Option<i64>, Option<String>) {
        match self {
            Self::AssignCard(card) => ("assign_card", Some(cards::stored(*card)), None),
            Self::BlockCard(card) => ("block_card", Some(cards::stored(*card)), None),
            Self::UnblockCard(card) => ("unblock_card", Some(cards::stored(*card)), None),
            Self::SetPin(order) => ("set_pin", None, Some(order.0.to_string())),
        }
    }
}

pub async fn add(db: &mut SqliteConnection, delivery: &Delivery) -> Result<(), Error> {
    let (kind, card, order) = delivery.message.parts();
    sqlx::query(
        "INSERT INTO deliveries (id, kind, user_name, card, order_id, state, attempts, created_at, next_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(delivery.id.to_string())
    .bind(kind)
    .bind(delivery.user_name.as_str())
    .bind(card)
    .bind(order)
    .bind(delivery.state.code())
    .bind(i64::from(delivery.attempts))
    .bind(delivery.created_at.as_microsecond())
    .bind(delivery.next_at.as_microsecond())
    .execute(db)
    .await?;
    Ok(())
}

fn read(row: &sqlx::sqlite::SqliteRow) -> Result<Delivery, Error> {
    let id: &str = row.try_get("id")?;
    let (kind, user_name, state): (&str, &str, &str) =
        (row.try_get("kind")?, row.try_get("user_name")?, row.try_get("state")?);
    let card = || -> Result<Number, Error> {
        cards::number(row.try_get::<Option<i64>, _>("card")?.ok_or_else(|| Error::corrupt("no card", id))?)
    };
    Ok(Delivery {
        id: id.parse().map_err(|_| Error::corrupt("an id", id))?,
        user_name: UserName::new(user_name).ok_or_else(|| Error::corrupt("a user name", user_name))?,
        message: match kind {
            "assign_card" => Message::AssignCard(card()?),
            "block_card" => Message::BlockCard(card()?),
            "unblock_card" => Message::UnblockCard(card()?),
            "set_pin" => {
                let order = row.try_get::<Option<&str>, _>("order_id")?.unwrap_or_default();
                Message::SetPin(Id(order.parse().map_err(|_| Error::corrupt("an id", order))?))
            }
            _ => return Err(Error::corrupt("a kind of delivery", kind)),
        },
        state: State::from_code(state).ok_or_else(|| Error::corrupt("a state", state))?,
        attempts: u32::try_from(row.try_get::<i64, _>("attempts")?).unwrap_or(u32::MAX),
        created_at: time(row.try_get("created_at")?)?,
        next_at: time(row.try_get("next_at")?)?,
    })
}

/// What is due, oldest first, and after nothing older of the same person that is still waiting: messages about one person
/// never overtake each other.
pub async fn due(db: &mut SqliteConnection, now: Timestamp, limit: u32) -> Result<Vec<Delivery>, Error> {
    let rows = sqlx::query(
        "SELECT d.* FROM deliveries d WHERE d.state IN ('waiting', 'accepted') AND d.next_at <= $1 AND NOT EXISTS \
         (SELECT 1 FROM deliveries e WHERE e.state = 'waiting' AND e.user_name = d.user_name \
         AND (e.created_at < d.created_at OR (e.created_at = d.created_at AND e.id < d.id))) \
         ORDER BY d.created_at, d.id LIMIT $2",
    )
    .bind(now.as_microsecond())
    .bind(i64::from(limit));
    rows.fetch_all(db).await?.iter().map(read).collect()
}

/// Writes how far a message is.
pub async fn update(db: &mut SqliteConnection, delivery: &Delivery) -> Result<(), Error> {
    sqlx::query("UPDATE deliveries SET state = $2, attempts = $3, next_at = $4 WHERE id = $1")
        .bind(delivery.id.to_string())
        .bind(delivery.state.code())
        .bind(i64::from(delivery.attempts))
        .bind(delivery.next_at.as_microsecond())
        .execute(db)
        .await?;
    Ok(())
}

/// Whether an order's PIN is on its way, or there.
pub async fn pin_on_its_way(db: &mut SqliteConnection, order: Id) -> Result<bool, Error> {
    let row = sqlx::query("SELECT 1 FROM deliveries WHERE kind = 'set_pin' AND order_id = $1")
        .bind(order.0.to_string());
    Ok(row.fetch_optional(db).await?.is_some())
}
