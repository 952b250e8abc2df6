//! Orders that the server has: they stay sealed for [`KEPT`], and a server that was restored from a backup gets them again.

use jiff::SignedDuration;

use super::Outbox;
use super::stuck::wait_again;
use crate::domain::order;
use crate::store::Error;

/// What was sent is kept so long.
pub const KEPT: SignedDuration = SignedDuration::from_hours(14 * 24);

/// The name of the setting that holds the server's epoch.
const EPOCH: &str = "epoch";

impl Outbox<'_> {
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
        wait_again(&mut transaction, id).await?;
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

    /// Deletes what was sent and is not kept any longer: what is older than [`KEPT`] and, where the next order has no room, the
    /// oldest of the rest. How many orders that were. Only when the server has just been heard and was not restored: what it
    /// lost would be nowhere then.
    pub async fn make_way(&self) -> Result<u64, Error> {
        let mut forgotten = self.forget_sent().await?;
        while self.0.short_of_room().await? && self.forget_oldest_sent().await? {
            forgotten += 1;
        }
        Ok(forgotten)
    }

    /// Deletes what was sent first of all that is kept; whether there was anything.
    pub(in crate::store) async fn forget_oldest_sent(&self) -> Result<bool, Error> {
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
}
