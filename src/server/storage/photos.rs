//! Which photos the photo store holds, and since when.

use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::Error;
use crate::domain::person::UserName;

/// Notes a photo whose bytes are stored; noting it again begins its time anew.
pub async fn add(db: &mut SqliteConnection, sha256: &str, size: usize, now: Timestamp) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO photos (sha256, size, received_at) VALUES ($1, $2, $3) \
         ON CONFLICT (sha256) DO UPDATE SET received_at = excluded.received_at",
    )
    .bind(sha256)
    .bind(i64::try_from(size).unwrap_or(i64::MAX))
    .bind(now.as_microsecond())
    .execute(db)
    .await?;
    Ok(())
}

pub async fn known(db: &mut SqliteConnection, sha256: &str) -> Result<bool, Error> {
    Ok(sqlx::query("SELECT 1 FROM photos WHERE sha256 = $1").bind(sha256).fetch_optional(db).await?.is_some())
}

/// Whether this person has an order with the photo.
pub async fn owned_by(db: &mut SqliteConnection, sha256: &str, owner: &UserName) -> Result<bool, Error> {
    let row = sqlx::query("SELECT 1 FROM orders WHERE photo_sha256 = $1 AND user_name = $2")
        .bind(sha256)
        .bind(owner.as_str());
    Ok(row.fetch_optional(db).await?.is_some())
}

/// Photos that nothing needs any more: of no order, or only of refused ones, since before `abandoned`; or only of orders that
/// came to their end before `ended`.
pub async fn due(
    db: &mut SqliteConnection,
    abandoned: Timestamp,
    ended: Timestamp,
) -> Result<Vec<String>, Error> {
    let rows = sqlx::query_scalar(
        "SELECT sha256 FROM photos p WHERE received_at < $1 AND NOT EXISTS (SELECT 1 FROM orders o WHERE \
         o.photo_sha256 = p.sha256 AND ((o.status NOT IN ('handed_out', 'cancelled', 'photo_refused')) \
         OR (o.status IN ('handed_out', 'cancelled') AND o.changed_at >= $2) \
         OR (o.status = 'photo_refused' AND o.changed_at >= $1)))",
    )
    .bind(abandoned.as_microsecond())
    .bind(ended.as_microsecond());
    Ok(rows.fetch_all(db).await?)
}

pub async fn forget(db: &mut SqliteConnection, sha256: &str) -> Result<(), Error> {
    sqlx::query("DELETE FROM photos WHERE sha256 = $1").bind(sha256).execute(db).await?;
    Ok(())
}
