//! Orders that this terminal accepted and the server does not have yet.
//!
//! An order is accepted when [`Outbox::accept`] has returned: only then may its number be shown. From then on it is here until
//! the server has it or a person has looked at why the server refuses it; nothing is ever thrown away. What was sent stays
//! sealed for [`KEPT`], for a server that is restored from a backup.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::record::Details;
use super::{Error, Inner};
use crate::domain::number::{Number, TerminalCode};
use crate::domain::phone::Nonce;
use crate::domain::{order, person, photo, place};
use crate::seal::Secret;
use crate::seal::pin::{Fingerprint, SealedPin};
use crate::seal::report::Signed;

/// An order as the kiosk hands it in; the store adds number and time.
#[derive(Clone)]
pub struct Draft {
    /// The idempotency key: handing in the same id again gives the same number.
    pub id: order::Id,
    pub user_name: person::UserName,
    pub identity: order::Identity,
    pub reason: order::Reason,
    pub place: place::Id,
    pub promised: Option<Date>,
    pub consents: Vec<String>,
    pub language: person::Language,
    /// The card photo, JPEG.
    pub jpeg: Zeroizing<Vec<u8>>,
    pub verdict: photo::Verdict,
    pub policy: String,
    pub findings: Vec<photo::Finding>,
    pub insisted: bool,
    /// What the judge found, signed.
    pub report: Option<Signed>,
    pub sealed_pin: SealedPin,
    /// The fingerprint of the key that the PIN is sealed to.
    pub pin_key: Fingerprint,
    /// The token of the session in which the person proved who they are.
    pub session: Option<Secret>,
    /// The QR code for which the person proved on a phone who they are.
    pub phone: Option<Nonce>,
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Draft({})", self.id.0)
    }
}

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

/// Why an order was set aside, as it was then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    pub at: Timestamp,
    pub reason: String,
    pub words: String,
    /// When a person let it go again.
    pub released_at: Option<Timestamp>,
}

/// An order that cannot be delivered before a person has looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stuck {
    pub id: order::Id,
    pub number: Number,
    pub accepted_at: Timestamp,
    /// The code of the refusal.
    pub reason: String,
    /// For the operator, in English.
    pub words: String,
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

/// What was sent is kept so long.
pub const KEPT: SignedDuration = SignedDuration::from_hours(14 * 24);

/// The name of the setting that holds the server's epoch.
const EPOCH: &str = "epoch";

/// The reason of what was set aside because it cannot be read.
pub const DAMAGED: &str = "damaged";

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

    /// The server has the order: it stays sealed for [`KEPT`]. On a disk that is full it makes way at once.
    pub async fn mark_delivered(&self, id: order::Id) -> Result<(), Error> {
        match self.mark_sent(id).await {
            Err(Error::Full) => {
                self.forget("SELECT place FROM outbox WHERE id = $1", id.0.to_string()).await.map(drop)
            }
            marked => marked,
        }
    }

    async fn mark_sent(&self, id: order::Id) -> Result<(), Error> {
        let mut transaction = self.0.pool.begin().await?;
        sqlx::query(
            "UPDATE outbox SET state = 'waiting', settled_at = NULL, reason = NULL, reason_words = NULL
             WHERE id = $1 AND state = 'needs_person'",
        )
        .bind(id.0.to_string())
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "INSERT OR REPLACE INTO sent (place, at) SELECT place, $1 FROM outbox
             WHERE id = $2 AND state = 'waiting'",
        )
        .bind(self.0.clock.now().as_microsecond())
        .bind(id.0.to_string())
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }

    /// The server's epoch that was last seen; none before that.
    pub async fn epoch(&self) -> Result<Option<String>, Error> {
        self.0.setting(EPOCH).await
    }

    /// The server's epoch, which is another one after it was restored from a backup: then everything that is left is to be
    /// sent once more. How many orders that are which had been sent.
    pub async fn reconcile(&self, epoch: &str) -> Result<u64, Error> {
        let mut transaction = self.0.pool.begin().await?;
        let known: Option<String> = self.0.setting_on(&mut transaction, EPOCH).await?;
        if known.as_deref() == Some(epoch) {
            return Ok(0);
        }
        let again = sqlx::query("DELETE FROM sent").execute(&mut *transaction).await?.rows_affected();
        self.0.set_on(&mut transaction, EPOCH, &epoch).await?;
        transaction.commit().await?;
        Ok(again)
    }

    /// Deletes what was sent longer ago than [`KEPT`]; id and number stay.
    pub async fn forget_sent(&self) -> Result<u64, Error> {
        let now = self.0.clock.now();
        let before = now.saturating_sub(KEPT).unwrap_or(now).as_microsecond();
        self.forget("SELECT place FROM sent WHERE at < $1", before).await
    }

    /// Deletes what was sent first of all that is kept; whether there was anything.
    pub(super) async fn forget_oldest_sent(&self) -> Result<bool, Error> {
        Ok(self.forget("SELECT place FROM sent ORDER BY at, place LIMIT $1", 1_i64).await? > 0)
    }

    /// Deletes the content of the orders at the places that `which` finds.
    async fn forget<'v>(
        &self,
        which: &'static str,
        value: impl 'v + sqlx::Encode<'v, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite>,
    ) -> Result<u64, Error> {
        let mut transaction = self.0.pool.begin().await?;
        let places: Vec<i64> = sqlx::query_scalar(which).bind(value).fetch_all(&mut *transaction).await?;
        let now = self.0.clock.now().as_microsecond();
        for place in &places {
            for change in [
                "DELETE FROM cut_photo WHERE sha256 = (SELECT photo_sha256 FROM outbox WHERE place = $1)",
                "UPDATE outbox SET state = 'delivered', details = NULL, photo = NULL, settled_at = $2,
                        reason = NULL, reason_words = NULL WHERE place = $1",
                "DELETE FROM sent WHERE place = $1",
            ] {
                sqlx::query(change).bind(place).bind(now).execute(&mut *transaction).await?;
            }
        }
        transaction.commit().await?;
        Ok(places.len() as u64)
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

    /// Sets aside what waits and cannot be read any more.
    pub(super) async fn check_seals(&self) -> Result<(), Error> {
        let rows = sqlx::query(
            "SELECT id, details FROM outbox WHERE state = 'waiting' AND place NOT IN (SELECT place FROM sent)
             ORDER BY place",
        )
        .fetch_all(&self.0.pool)
        .await?;
        for row in &rows {
            let (id, sealed) = (id_of(row)?, row.try_get::<Vec<u8>, _>("details")?);
            let name = details_of(id);
            if self.0.unseal_json::<Details>(&name, &sealed).is_err() {
                tracing::error!(order = %id.0, "a sealed record is damaged");
                self.mark_stuck(id, DAMAGED, &name).await?;
            }
        }
        Ok(())
    }

    /// The order cannot be delivered as it is: kept whole, and a person told why.
    pub async fn mark_stuck(&self, id: order::Id, reason: &str, words: &str) -> Result<(), Error> {
        let now = self.0.clock.now().as_microsecond();
        let mut transaction = self.0.pool.begin().await?;
        let set = sqlx::query(
            "UPDATE outbox SET state = 'needs_person', settled_at = $1, reason = $2, reason_words = $3
             WHERE id = $4 AND state = 'waiting'",
        )
        .bind(now)
        .bind(reason)
        .bind(words)
        .bind(id.0.to_string())
        .execute(&mut *transaction)
        .await?;
        if set.rows_affected() > 0 {
            sqlx::query("INSERT INTO refusal (id, at, reason, words) VALUES ($1, $2, $3, $4)")
                .bind(id.0.to_string())
                .bind(now)
                .bind(reason)
                .bind(words)
                .execute(&mut *transaction)
                .await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Everything for which an order was ever set aside, also when it has been let go since.
    pub async fn refusals(&self, id: order::Id) -> Result<Vec<Refused>, Error> {
        let rows = sqlx::query("SELECT at, reason, words, released_at FROM refusal WHERE id = $1 ORDER BY n")
            .bind(id.0.to_string())
            .fetch_all(&self.0.pool)
            .await?;
        let time = |at: i64| Timestamp::from_microsecond(at).unwrap_or_default();
        rows.iter()
            .map(|row| {
                Ok(Refused {
                    at: time(row.try_get("at")?),
                    reason: row.try_get("reason")?,
                    words: row.try_get("words")?,
                    released_at: row.try_get::<Option<i64>, _>("released_at")?.map(time),
                })
            })
            .collect()
    }

    /// Orders that wait for a person, the first accepted first.
    pub async fn stuck(&self) -> Result<Vec<Stuck>, Error> {
        let rows = sqlx::query(
            "SELECT id, number, accepted_at, reason, reason_words FROM outbox
             WHERE state = 'needs_person' ORDER BY place",
        )
        .fetch_all(&self.0.pool)
        .await?;
        rows.iter()
            .map(|row| {
                let Accepted { id, number, at } = accepted(row)?;
                let text = |name| -> Result<String, Error> {
                    Ok(row.try_get::<Option<String>, _>(name)?.unwrap_or_default())
                };
                Ok(Stuck {
                    id,
                    number,
                    accepted_at: at,
                    reason: text("reason")?,
                    words: text("reason_words")?,
                })
            })
            .collect()
    }

    /// A person settled what was wrong: the order is sent again. Why it was set aside is not forgotten.
    pub async fn try_again(&self, id: order::Id) -> Result<(), Error> {
        let mut transaction = self.0.pool.begin().await?;
        sqlx::query(
            "UPDATE outbox SET state = 'waiting', settled_at = NULL, reason = NULL, reason_words = NULL
             WHERE id = $1 AND state = 'needs_person'",
        )
        .bind(id.0.to_string())
        .execute(&mut *transaction)
        .await?;
        sqlx::query("UPDATE refusal SET released_at = $1 WHERE id = $2 AND released_at IS NULL")
            .bind(self.0.clock.now().as_microsecond())
            .bind(id.0.to_string())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        self.0.accepted.notify_one();
        Ok(())
    }
}

impl Draft {
    fn order(&self, number: Number, at: Timestamp) -> Order {
        Order {
            submission: order::Submission {
                id: self.id,
                number,
                user_name: self.user_name.clone(),
                identity: self.identity,
                reason: self.reason,
                place: self.place.clone(),
                promised: self.promised,
                submitted_at: at,
                consents: self.consents.clone(),
                language: Some(self.language),
            },
            photo: Photo {
                sha256: Sha256::digest(self.jpeg.as_slice()).into(),
                verdict: self.verdict,
                policy: self.policy.clone(),
                findings: self.findings.clone(),
                insisted: self.insisted,
                report: self.report.clone(),
            },
            sealed_pin: self.sealed_pin.clone(),
            pin_key: self.pin_key,
            session: self.session.clone(),
            phone: self.phone,
        }
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
