//! Orders that this terminal accepted and the server does not have yet.
//!
//! An order is accepted when [`Outbox::accept`] has returned: only then may its number be shown. From then on it is here until
//! the server has it or a person has looked at why the server refuses it ([`stuck`]); nothing is ever thrown away. What was
//! sent stays sealed for a while, for a server that is restored from a backup ([`sent`]).

mod draft;
mod sent;
mod stuck;

use jiff::Timestamp;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::record::Details;
use super::{Error, Inner};
use crate::domain::number::{Number, TerminalCode};
use crate::domain::phone::Nonce;
use crate::domain::{order, photo};
use crate::seal::Secret;
use crate::seal::pin::{Fingerprint, SealedPin};
use crate::seal::report::Signed;
pub use draft::Draft;
pub use sent::KEPT;
pub use stuck::{DAMAGED, Refused, Stuck};

/// An order that is on the disk: its number may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted {
    pub id: order::Id,
    pub number: Number,
    pub at: Timestamp,
}

/// An order as it is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    pub submission: order::Submission,
    pub photo: Photo,
    pub sealed_pin: SealedPin,
    pub pin_key: Fingerprint,
    pub session: Option<Secret>,
    pub phone: Option<Nonce>,
}

/// The photo of an order, without its bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Photo {
    /// Of the JPEG.
    pub sha256: [u8; 32],
    pub verdict: photo::Verdict,
    pub policy: String,
    pub findings: Vec<photo::Finding>,
    pub insisted: bool,
    pub report: Option<Signed>,
}

/// What sending is planned on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    pub id: order::Id,
    pub photo: [u8; 32],
    /// Sending the photo was cut off.
    pub photo_cut: bool,
    pub accepted_at: Timestamp,
}

/// Where an order is that this terminal gave a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    pub id: order::Id,
    pub number: Number,
    /// It can still be handed in from here.
    pub whole: bool,
    /// The server has said that it has it.
    pub delivered: bool,
}

/// How full the outbox is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    pub waiting: u64,
    /// When the first of those that wait was accepted.
    pub oldest: Option<Timestamp>,
    pub needs_person: u64,
}

/// The outbox of an open store.
pub struct Outbox<'a>(pub(super) &'a Inner);

/// Tries to find a number that this terminal has not given before: one in 2³⁰ is taken by each order that is here.
const TRIES: usize = 32;

fn details_of(id: order::Id) -> String {
    format!("order 1 {} details", id.0)
}

fn photo_of(id: order::Id) -> String {
    format!("order 1 {} photo", id.0)
}

impl Outbox<'_> {
    /// Takes an order: sealed and on the disk when this returns. An id that is here already is not taken again but answered
    /// with its number. Where the disk has become full since [`Store::room`](super::Store::room) was asked, what was
    /// kept free then is used.
    pub async fn accept(&self, draft: &Draft, terminal: TerminalCode) -> Result<Accepted, Error> {
        match self.take(draft, terminal).await {
            Err(Error::Full) if self.0.let_go_of_reserve() => self.take(draft, terminal).await,
            taken => taken,
        }
    }

    async fn take(&self, draft: &Draft, terminal: TerminalCode) -> Result<Accepted, Error> {
        let mut transaction = self.0.pool.begin().await?;
        let known = sqlx::query("SELECT id, number, accepted_at FROM outbox WHERE id = $1")
            .bind(draft.id.0.to_string())
            .fetch_optional(&mut *transaction)
            .await?;
        if let Some(row) = known {
            return accepted(&row);
        }
        let number = 'free: {
            for _ in 0..TRIES {
                let number = Number::new(terminal, u32::from_le_bytes(self.0.randomness.bytes()?));
                let taken = sqlx::query("SELECT 1 FROM outbox WHERE number = $1")
                    .bind(number.as_str())
                    .fetch_optional(&mut *transaction)
                    .await?;
                if taken.is_none() {
                    break 'free number;
                }
            }
            return Err(Error::NoNumber);
        };
        // as the database keeps it
        let at = Timestamp::from_microsecond(self.0.clock.now().as_microsecond()).unwrap_or_default();
        let order = draft.order(number, at);
        let details = self.0.seal_json(&details_of(draft.id), &Details::from(&order))?;
        let photo = self.0.seal(&photo_of(draft.id), &draft.jpeg)?;
        sqlx::query(
            "INSERT INTO outbox (id, number, accepted_at, state, photo_sha256, details, photo)
             VALUES ($1, $2, $3, 'waiting', $4, $5, $6)",
        )
        .bind(draft.id.0.to_string())
        .bind(number.as_str())
        .bind(at.as_microsecond())
        .bind(order.photo.sha256.as_slice())
        .bind(details)
        .bind(photo)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        self.0.accepted.notify_one();
        Ok(Accepted { id: draft.id, number, at })
    }

    /// Returns when an order has been accepted since this was last waited for.
    pub async fn accepted(&self) {
        self.0.accepted.notified().await;
    }

    /// What has not been delivered, the first accepted first.
    pub async fn waiting(&self) -> Result<Vec<Waiting>, Error> {
        let rows = sqlx::query(
            "SELECT id, photo_sha256, accepted_at,
                    EXISTS (SELECT 1 FROM cut_photo WHERE sha256 = photo_sha256) AS photo_cut
             FROM outbox WHERE state = 'waiting' AND place NOT IN (SELECT place FROM sent) ORDER BY place",
        )
        .fetch_all(&self.0.pool)
        .await?;
        rows.iter()
            .map(|row| {
                let sha256: Vec<u8> = row.try_get("photo_sha256")?;
                Ok(Waiting {
                    id: id_of(row)?,
                    photo: sha256.try_into().map_err(|_| Error::Corrupt("photo_sha256".into()))?,
                    photo_cut: row.try_get("photo_cut")?,
                    accepted_at: time_of(row)?,
                })
            })
            .collect()
    }

    pub async fn summary(&self) -> Result<Summary, Error> {
        let row = sqlx::query(
            "SELECT COUNT(*) FILTER (WHERE state = 'waiting') AS waiting,
                    COUNT(*) FILTER (WHERE state = 'needs_person') AS needs_person,
                    MIN(accepted_at) FILTER (WHERE state = 'waiting') AS oldest
             FROM outbox WHERE state <> 'delivered' AND place NOT IN (SELECT place FROM sent)",
        )
        .fetch_one(&self.0.pool)
        .await?;
        let oldest: Option<i64> = row.try_get("oldest")?;
        let count =
            |name| -> Result<u64, Error> { Ok(row.try_get::<i64, _>(name)?.try_into().unwrap_or_default()) };
        Ok(Summary {
            waiting: count("waiting")?,
            needs_person: count("needs_person")?,
            oldest: oldest.and_then(|at| Timestamp::from_microsecond(at).ok()),
        })
    }

    /// An order that was not delivered yet.
    pub async fn order(&self, id: order::Id) -> Result<Order, Error> {
        let sealed = self.blob("SELECT details FROM outbox WHERE id = $1", id).await?;
        let name = details_of(id);
        self.0.unseal_json::<Details>(&name, &sealed)?.order(id).ok_or(Error::Damaged(name))
    }

    /// The JPEG of an order that was not delivered yet.
    pub async fn photo(&self, id: order::Id) -> Result<Zeroizing<Vec<u8>>, Error> {
        let sealed = self.blob("SELECT photo FROM outbox WHERE id = $1", id).await?;
        self.0.unseal(&photo_of(id), &sealed)
    }

    async fn blob(&self, query: &'static str, id: order::Id) -> Result<Vec<u8>, Error> {
        let found: Option<Option<Vec<u8>>> =
            sqlx::query_scalar(query).bind(id.0.to_string()).fetch_optional(&self.0.pool).await?;
        found.flatten().ok_or(Error::Unknown(id.0))
    }

    /// Sending this photo was cut off.
    pub async fn mark_cut(&self, sha256: [u8; 32]) -> Result<(), Error> {
        sqlx::query("INSERT OR IGNORE INTO cut_photo (sha256) VALUES ($1)")
            .bind(sha256.as_slice())
            .execute(&self.0.pool)
            .await?;
        Ok(())
    }

    /// Every number that this terminal has given, the first one first.
    pub async fn given(&self) -> Result<Vec<Given>, Error> {
        let rows = sqlx::query(
            "SELECT id, number, accepted_at, details IS NOT NULL AND photo IS NOT NULL AS whole,
                    state = 'delivered' OR place IN (SELECT place FROM sent) AS delivered
             FROM outbox ORDER BY place",
        )
        .fetch_all(&self.0.pool)
        .await?;
        rows.iter()
            .map(|row| {
                let Accepted { id, number, .. } = accepted(row)?;
                Ok(Given { id, number, whole: row.try_get("whole")?, delivered: row.try_get("delivered")? })
            })
            .collect()
    }
}

fn id_of(row: &SqliteRow) -> Result<order::Id, Error> {
    let text: String = row.try_get("id")?;
    Uuid::parse_str(&text).map(order::Id).map_err(|_| Error::Corrupt(format!("the id {text}")))
}

fn time_of(row: &SqliteRow) -> Result<Timestamp, Error> {
    let microseconds: i64 = row.try_get("accepted_at")?;
    Timestamp::from_microsecond(microseconds).map_err(|_| Error::Corrupt(format!("the time {microseconds}")))
}

fn accepted(row: &SqliteRow) -> Result<Accepted, Error> {
    let text: String = row.try_get("number")?;
    let number = text.parse().map_err(|_| Error::Corrupt(format!("the number {text}")))?;
    Ok(Accepted { id: id_of(row)?, number, at: time_of(row)? })
}

#[cfg(test)]
pub(super) mod tests;
