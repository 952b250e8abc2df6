//! What a counter keeps to work without the server: a copy of its place's open orders with their small photos, the list of
//! blocked cards, and what was done here meanwhile. Orders, lists and deeds are kept as they are sent, sealed.
//!
//! A deed was done when [`Replica::act`] has returned: only then may the screen say so. It is here until the server has heard
//! of it, and for [`KEPT`] after that: a server that was restored from a backup is told again.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{Error, Inner};

/// A copy without contact to the server is kept so long, and so is what the server was told.
pub const KEPT: SignedDuration = SignedDuration::from_hours(14 * 24);

/// The name under which [`Head`] is kept.
const HEAD: &str = "replica";
/// The name under which the list of blocked cards is kept.
const BLOCKED: &str = "blocked-cards";

/// The name under which the server's key for lists is kept.
const KEY: &str = "blocked-cards-key";

/// How far the copy is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// What the server is asked with next.
    pub mark: String,
    pub epoch: String,
    /// Grows when everything is copied anew.
    pub generation: i64,
    /// Microseconds by this terminal's clock when the server last answered.
    pub contact: i64,
    /// The same, when the copy was last complete; none: never yet.
    pub complete: Option<i64>,
    pub wanted_version: Option<String>,
}

/// The list of blocked cards, as the server signed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocked {
    /// Microseconds by the server's clock.
    pub at: i64,
    pub sha256: String,
    /// The server's key, hex.
    pub key: String,
    /// Ten digits each.
    pub cards: Vec<String>,
}

/// An order to be copied.
#[derive(Debug, Clone)]
pub struct Copied {
    pub id: Uuid,
    pub photo: [u8; 32],
    /// As the server sent it.
    pub text: Zeroizing<Vec<u8>>,
}

/// One answer of the server, checked.
#[derive(Debug, Clone)]
pub struct Answer {
    pub mark: String,
    pub epoch: String,
    pub anew: bool,
    pub complete: bool,
    pub wanted_version: Option<String>,
    pub orders: Vec<Copied>,
    pub left: Vec<Uuid>,
    pub blocked: Blocked,
}

/// How far a deed is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Waiting,
    Told,
    NeedsPerson,
}

/// A deed as it is kept.
#[derive(Debug, Clone)]
pub struct Deed {
    pub id: Uuid,
    pub state: State,
    /// As it is sent.
    pub text: Zeroizing<Vec<u8>>,
}

/// What waits to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    pub waiting: u64,
    pub needs_person: u64,
}

/// The copy of an open store.
pub struct Replica<'a>(pub(super) &'a Inner);

fn order_name(id: Uuid) -> String {
    format!("replica 1 {id} order")
}

fn photo_name(sha256: &[u8; 32]) -> String {
    format!("replica 1 {} photo", hex::encode(sha256))
}

fn deed_name(id: Uuid) -> String {
    format!("deed 1 {id}")
}

fn id_of(row: &SqliteRow) -> Result<Uuid, Error> {
    let text: String = row.try_get("id")?;
    Uuid::parse_str(&text).map_err(|_| Error::Corrupt(format!("the id {text}")))
}

impl Replica<'_> {
    /// None before the first answer, or when the copy was given up.
    pub async fn head(&self) -> Result<Option<Head>, Error> {
        Ok(self.0.setting::<Option<Head>>(HEAD).await?.flatten())
    }

    pub async fn blocked(&self) -> Result<Option<Blocked>, Error> {
        Ok(self.0.setting::<Option<Blocked>>(BLOCKED).await?.flatten())
    }

    /// The server's key for lists, hex: pinned with the first list after an enrolment.
    pub async fn key(&self) -> Result<Option<String>, Error> {
        Ok(self.0.setting::<Option<String>>(KEY).await?.flatten())
    }

    /// Takes an answer into the copy, whole or not at all.
    pub async fn apply(&self, answer: &Answer) -> Result<(), Error> {
        let before = self.head().await?;
        let now = self.0.clock.now().as_microsecond();
        let generation = before.as_ref().map_or(0, |head| head.generation) + i64::from(answer.anew);
        let complete =
            if answer.complete { Some(now) } else { before.as_ref().and_then(|head| head.complete) };
        let head = Head {
            mark: answer.mark.clone(),
            epoch: answer.epoch.clone(),
            generation,
            contact: now,
            complete,
            wanted_version: answer.wanted_version.clone(),
        };
        let mut transaction = self.0.pool.begin().await?;
        for order in &answer.orders {
            let sealed = self.0.seal(&order_name(order.id), &order.text)?;
            sqlx::query(
                "INSERT INTO replica_order (id, generation, photo_sha256, details) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (id) DO UPDATE SET generation = excluded.generation,
                     photo_sha256 = excluded.photo_sha256, details = excluded.details",
            )
            .bind(order.id.to_string())
            .bind(generation)
            .bind(order.photo.as_slice())
            .bind(sealed)
            .execute(&mut *transaction)
            .await?;
        }
        for id in &answer.left {
            sqlx::query("DELETE FROM replica_order WHERE id = $1")
                .bind(id.to_string())
                .execute(&mut *transaction)
                .await?;
        }
        if answer.complete {
            sqlx::query("DELETE FROM replica_order WHERE generation <> $1")
                .bind(generation)
                .execute(&mut *transaction)
                .await?;
            sqlx::query(
                "DELETE FROM replica_photo WHERE sha256 NOT IN (SELECT photo_sha256 FROM replica_order)",
            )
            .execute(&mut *transaction)
            .await?;
            sqlx::query("UPDATE deed SET covered = 1 WHERE state = 'told'")
                .execute(&mut *transaction)
                .await?;
        }
        if before.is_some_and(|before| before.epoch != answer.epoch) {
            // a server that was restored may have forgotten what it was told
            sqlx::query("UPDATE deed SET state = 'waiting', covered = 0 WHERE state = 'told'")
                .execute(&mut *transaction)
                .await?;
        }
        self.0.set_on(&mut transaction, HEAD, &head).await?;
        self.0.set_on(&mut transaction, BLOCKED, &answer.blocked).await?;
        self.0.set_on(&mut transaction, KEY, &answer.blocked.key).await?;
        Ok(transaction.commit().await?)
    }

    /// The copied orders, as the server sent them. A damaged one is left out, and everything is copied anew.
    pub async fn orders(&self) -> Result<Vec<Zeroizing<Vec<u8>>>, Error> {
        let rows = sqlx::query("SELECT id, details FROM replica_order").fetch_all(&self.0.pool).await?;
        let mut orders = Vec::with_capacity(rows.len());
        for row in &rows {
            let (id, sealed) = (id_of(row)?, row.try_get::<Vec<u8>, _>("details")?);
            match self.0.unseal(&order_name(id), &sealed) {
                Ok(text) => orders.push(text),
                Err(error) => {
                    tracing::error!(%error, "a copied order is damaged: everything is copied anew");
                    self.0.set(HEAD, &None::<Head>).await?;
                }
            }
        }
        Ok(orders)
    }

    /// Photos of copied orders that are not here yet.
    pub async fn missing_photos(&self) -> Result<Vec<[u8; 32]>, Error> {
        let rows: Vec<Vec<u8>> = sqlx::query_scalar(
            "SELECT DISTINCT photo_sha256 FROM replica_order
             WHERE photo_sha256 NOT IN (SELECT sha256 FROM replica_photo) ORDER BY id",
        )
        .fetch_all(&self.0.pool)
        .await?;
        rows.into_iter()
            .map(|sha256| sha256.try_into().map_err(|_| Error::Corrupt("photo_sha256".into())))
            .collect()
    }

    pub async fn keep_photo(&self, sha256: &[u8; 32], jpeg: &[u8]) -> Result<(), Error> {
        let sealed = self.0.seal(&photo_name(sha256), jpeg)?;
        sqlx::query(
            "INSERT INTO replica_photo (sha256, jpeg) VALUES ($1, $2) ON CONFLICT (sha256) DO NOTHING",
        )
        .bind(sha256.as_slice())
        .bind(sealed)
        .execute(&self.0.pool)
        .await?;
        Ok(())
    }

    /// The small photo with this hash of the whole one. A damaged one is deleted and fetched again.
    pub async fn photo(&self, sha256: &[u8; 32]) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
        let sealed: Option<Vec<u8>> = sqlx::query_scalar("SELECT jpeg FROM replica_photo WHERE sha256 = $1")
            .bind(sha256.as_slice())
            .fetch_optional(&self.0.pool)
            .await?;
        let Some(sealed) = sealed else { return Ok(None) };
        match self.0.unseal(&photo_name(sha256), &sealed) {
            Ok(jpeg) => Ok(Some(jpeg)),
            Err(error) => {
                tracing::error!(%error, "a copied photo is damaged: it is fetched again");
                sqlx::query("DELETE FROM replica_photo WHERE sha256 = $1")
                    .bind(sha256.as_slice())
                    .execute(&self.0.pool)
                    .await?;
                Ok(None)
            }
        }
    }

    /// Keeps what was done: sealed and on the disk when this returns. An id that is here already is not kept again.
    pub async fn act(&self, id: Uuid, text: &[u8]) -> Result<(), Error> {
        let sealed = self.0.seal(&deed_name(id), text)?;
        sqlx::query(
            "INSERT INTO deed (id, state, details) VALUES ($1, 'waiting', $2) ON CONFLICT (id) DO NOTHING",
        )
        .bind(id.to_string())
        .bind(sealed)
        .execute(&self.0.pool)
        .await?;
        self.0.acted.notify_one();
        Ok(())
    }

    /// Returns when something was done since this was last waited for.
    pub async fn acted(&self) {
        self.0.acted.notified().await;
    }

    /// What was done and is not in the copy, the first done first. One that cannot be read is not among them.
    pub async fn deeds(&self) -> Result<Vec<Deed>, Error> {
        let rows = sqlx::query("SELECT id, state, details FROM deed WHERE covered = 0 ORDER BY place")
            .fetch_all(&self.0.pool)
            .await?;
        let mut deeds = Vec::with_capacity(rows.len());
        for row in &rows {
            let (id, sealed) = (id_of(row)?, row.try_get::<Vec<u8>, _>("details")?);
            let state = match row.try_get("state")? {
                "waiting" => State::Waiting,
                "told" => State::Told,
                _ => State::NeedsPerson,
            };
            match self.0.unseal(&deed_name(id), &sealed) {
                Ok(text) => deeds.push(Deed { id, state, text }),
                Err(_) if state == State::NeedsPerson => {}
                Err(error) => {
                    tracing::error!(%error, "what was done here is damaged");
                    self.mark_stuck(id, "damaged", &error.to_string()).await?;
                }
            }
        }
        Ok(deeds)
    }

    /// The server has heard of it.
    pub async fn mark_told(&self, id: Uuid) -> Result<(), Error> {
        sqlx::query("UPDATE deed SET state = 'told', settled_at = $1 WHERE id = $2")
            .bind(self.0.clock.now().as_microsecond())
            .bind(id.to_string())
            .execute(&self.0.pool)
            .await?;
        Ok(())
    }

    /// The server will not take it as it is: kept, and a person told why.
    pub async fn mark_stuck(&self, id: Uuid, reason: &str, words: &str) -> Result<(), Error> {
        sqlx::query(
            "UPDATE deed SET state = 'needs_person', settled_at = $1, reason = $2, reason_words = $3 WHERE id = $4",
        )
        .bind(self.0.clock.now().as_microsecond())
        .bind(reason)
        .bind(words)
        .bind(id.to_string())
        .execute(&self.0.pool)
        .await?;
        Ok(())
    }

    pub async fn summary(&self) -> Result<Summary, Error> {
        let row = sqlx::query(
            "SELECT COUNT(*) FILTER (WHERE state = 'waiting') AS waiting,
                    COUNT(*) FILTER (WHERE state = 'needs_person') AS needs_person FROM deed",
        )
        .fetch_one(&self.0.pool)
        .await?;
        let count =
            |name| -> Result<u64, Error> { Ok(row.try_get::<i64, _>(name)?.try_into().unwrap_or_default()) };
        Ok(Summary { waiting: count("waiting")?, needs_person: count("needs_person")? })
    }

    /// Deletes what is kept no longer: the copy after two weeks without the server, what it was told two weeks ago.
    pub async fn tidy(&self) -> Result<(), Error> {
        let now = self.0.clock.now();
        let limit = now.saturating_sub(KEPT).unwrap_or(Timestamp::MIN).as_microsecond();
        sqlx::query("DELETE FROM deed WHERE state = 'told' AND covered = 1 AND settled_at < $1")
            .bind(limit)
            .execute(&self.0.pool)
            .await?;
        if self.head().await?.is_some_and(|head| head.contact < limit) {
            tracing::warn!("no server for two weeks: the copy is deleted");
            self.give_up().await?;
        }
        Ok(())
    }

    /// Deletes the copy and trusts the next server's key: the terminal was enrolled anew.
    pub async fn begin_anew(&self) -> Result<(), Error> {
        self.give_up().await?;
        self.0.set(KEY, &None::<String>).await
    }

    /// Deletes the copy; what was done here and is not told stays.
    pub async fn give_up(&self) -> Result<(), Error> {
        let mut transaction = self.0.pool.begin().await?;
        sqlx::query("DELETE FROM replica_order").execute(&mut *transaction).await?;
        sqlx::query("DELETE FROM replica_photo").execute(&mut *transaction).await?;
        self.0.set_on(&mut transaction, HEAD, &None::<Head>).await?;
        self.0.set_on(&mut transaction, BLOCKED, &None::<Blocked>).await?;
        Ok(transaction.commit().await?)
    }
}

#[cfg(test)]
mod tests;
