//! Who has proven who they are on a phone, for which QR code of which terminal.

use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::Error;
use crate::domain::number::TerminalCode;
use crate::domain::person::UserName;
use crate::domain::phone::Nonce;

/// Keeps a proof; false where it was there already.
pub async fn add(
    db: &mut SqliteConnection,
    terminal: TerminalCode,
    nonce: Nonce,
    user: &UserName,
    now: Timestamp,
) -> Result<bool, Error> {
    let added = sqlx::query(
        "INSERT INTO phone_proofs (terminal, nonce, user_name, given_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT DO NOTHING",
    )
    .bind(terminal.as_str())
    .bind(nonce.to_string())
    .bind(user.as_str())
    .bind(now.as_microsecond())
    .execute(db)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Whether this user has proven who they are for this QR code.
pub async fn proven(
    db: &mut SqliteConnection,
    terminal: TerminalCode,
    nonce: Nonce,
    user: &UserName,
) -> Result<bool, Error> {
    let found =
        sqlx::query("SELECT 1 FROM phone_proofs WHERE terminal = $1 AND nonce = $2 AND user_name = $3")
            .bind(terminal.as_str())
            .bind(nonce.to_string())
            .bind(user.as_str())
            .fetch_optional(db)
            .await?;
    Ok(found.is_some())
}

/// Forgets the proofs that were given before; returns how many.
pub async fn forget(db: &mut SqliteConnection, before: Timestamp) -> Result<u64, Error> {
    let gone = sqlx::query("DELETE FROM phone_proofs WHERE given_at < $1").bind(before.as_microsecond());
    Ok(gone.execute(db).await?.rows_affected())
}
