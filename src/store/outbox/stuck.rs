//! Orders that cannot be delivered before a person has looked at them.

use jiff::Timestamp;
use sqlx::{Row, SqliteConnection};

use super::{Accepted, Outbox, accepted, details_of, id_of};
use crate::domain::number::Number;
use crate::domain::order;
use crate::store::Error;
use crate::store::record::Details;

/// The reason of what was set aside because it cannot be read.
pub const DAMAGED: &str = "damaged";

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

impl Outbox<'_> {
    /// Sets aside what waits and cannot be read any more.
    pub(in crate::store) async fn check_seals(&self) -> Result<(), Error> {
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
        wait_again(&mut transaction, id).await?;
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

/// What was set aside waits as if it had not been.
pub(super) async fn wait_again(db: &mut SqliteConnection, id: order::Id) -> Result<(), Error> {
    sqlx::query(
        "UPDATE outbox SET state = 'waiting', settled_at = NULL, reason = NULL, reason_words = NULL
         WHERE id = $1 AND state = 'needs_person'",
    )
    .bind(id.0.to_string())
    .execute(db)
    .await?;
    Ok(())
}
