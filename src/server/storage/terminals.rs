//! The terminals that may call.

use jiff::Timestamp;
use sqlx::{Row, SqliteConnection};

use super::{Error, time};
use crate::domain::number::TerminalCode;
use crate::domain::place;

/// What a terminal is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Kiosk,
    Counter,
}

impl Role {
    pub fn code(self) -> &'static str {
        match self {
            Self::Kiosk => "kiosk",
            Self::Counter => "counter",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Kiosk, Self::Counter].into_iter().find(|role| role.code() == code)
    }
}

/// A terminal that was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terminal {
    pub code: TerminalCode,
    pub place: place::Id,
    pub role: Role,
    /// SHA-256 of its secret.
    pub secret_hash: Vec<u8>,
    pub added_at: Timestamp,
}

fn read(row: &sqlx::sqlite::SqliteRow) -> Result<Terminal, Error> {
    let (code, place, role): (&str, &str, &str) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
    Ok(Terminal {
        code: code.parse().map_err(|_| Error::corrupt("a terminal's code", code))?,
        place: place::Id::new(place).ok_or_else(|| Error::corrupt("a place", place))?,
        role: Role::from_code(role).ok_or_else(|| Error::corrupt("a terminal's role", role))?,
        secret_hash: row.try_get(3)?,
        added_at: time(row.try_get(4)?)?,
    })
}

pub async fn all(db: &mut SqliteConnection) -> Result<Vec<Terminal>, Error> {
    let rows = sqlx::query("SELECT code, place, role, secret_hash, added_at FROM terminals ORDER BY code")
        .fetch_all(db);
    rows.await?.iter().map(read).collect()
}

pub async fn find(db: &mut SqliteConnection, code: TerminalCode) -> Result<Option<Terminal>, Error> {
    let row = sqlx::query("SELECT code, place, role, secret_hash, added_at FROM terminals WHERE code = $1")
        .bind(code.as_str())
        .fetch_optional(db);
    row.await?.as_ref().map(read).transpose()
}

pub async fn add(db: &mut SqliteConnection, terminal: &Terminal) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO terminals (code, place, role, secret_hash, added_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(terminal.code.as_str())
    .bind(terminal.place.as_str())
    .bind(terminal.role.code())
    .bind(&terminal.secret_hash)
    .bind(terminal.added_at.as_microsecond())
    .execute(db)
    .await?;
    Ok(())
}
