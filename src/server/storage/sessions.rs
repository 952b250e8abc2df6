//! Who is signed in where. Only the hash of a token is kept.

use jiff::Timestamp;
use sqlx::{Row, SqliteConnection};

use super::{Error, time};
use crate::domain::number::TerminalCode;
use crate::domain::person::UserName;

/// Whose session it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Student,
    Staff,
}

impl Kind {
    fn code(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::Staff => "staff",
        }
    }
}

/// A session, also one that has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub user_name: UserName,
    pub kind: Kind,
    pub terminal: TerminalCode,
    pub created_at: Timestamp,
    pub used_at: Timestamp,
    pub ended: bool,
}

pub async fn add(db: &mut SqliteConnection, token_hash: &[u8; 32], session: &Session) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO sessions (token_hash, user_name, kind, terminal, created_at, used_at, ended) \
         VALUES ($1, $2, $3, $4, $5, $6, 0) ON CONFLICT (token_hash) DO NOTHING",
    )
    .bind(token_hash.as_slice())
    .bind(session.user_name.as_str())
    .bind(session.kind.code())
    .bind(session.terminal.as_str())
    .bind(session.created_at.as_microsecond())
    .bind(session.used_at.as_microsecond())
    .execute(db)
    .await?;
    Ok(())
}

pub async fn find(db: &mut SqliteConnection, token_hash: &[u8; 32]) -> Result<Option<Session>, Error> {
    let row = sqlx::query(
        "SELECT user_name, kind, terminal, created_at, used_at, ended FROM sessions WHERE token_hash = $1",
    )
    .bind(token_hash.as_slice())
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let (user_name, kind, terminal): (&str, &str, &str) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
    Ok(Some(Session {
        user_name: UserName::new(user_name).ok_or_else(|| Error::corrupt("a user name", user_name))?,
        kind: match kind {
            "student" => Kind::Student,
            "staff" => Kind::Staff,
            _ => return Err(Error::corrupt("a kind of session", kind)),
        },
        terminal: terminal.parse().map_err(|_| Error::corrupt("a terminal's code", terminal))?,
        created_at: time(row.try_get(3)?)?,
        used_at: time(row.try_get(4)?)?,
        ended: row.try_get::<i64, _>(5)? != 0,
    }))
}

/// Notes that the session was used.
pub async fn touch(db: &mut SqliteConnection, token_hash: &[u8; 32], now: Timestamp) -> Result<(), Error> {
    sqlx::query("UPDATE sessions SET used_at = $2 WHERE token_hash = $1")
        .bind(token_hash.as_slice())
        .bind(now.as_microsecond())
        .execute(db)
        .await?;
    Ok(())
}

pub async fn end(db: &mut SqliteConnection, token_hash: &[u8; 32]) -> Result<(), Error> {
    sqlx::query("UPDATE sessions SET ended = 1 WHERE token_hash = $1")
        .bind(token_hash.as_slice())
        .execute(db)
        .await?;
    Ok(())
}

/// Forgets the sessions that began before; returns how many.
pub async fn forget(db: &mut SqliteConnection, before: Timestamp) -> Result<u64, Error> {
    let gone = sqlx::query("DELETE FROM sessions WHERE created_at < $1").bind(before.as_microsecond());
    Ok(gone.execute(db).await?.rows_affected())
}
