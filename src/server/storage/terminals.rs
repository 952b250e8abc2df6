//! The terminals: what they are there for, the keys that they prove themselves with, and what they last said.

use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::{Error, time};
use crate::domain::number::TerminalCode;
use crate::domain::place;
use crate::seal::SharedKey;
use crate::seal::signing::PublicKey;

/// Until the terminal has called with its new key: beyond all times that are meant.
pub const UNTIL_HEARD: Timestamp = Timestamp::constant(7_258_118_400, 0);

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

/// Whether a terminal may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Waits to be enrolled.
    Added,
    Active,
    /// It was stolen, or is no longer used.
    Revoked,
    /// Two terminals have called with its key, or it was put back to an older state.
    SetAside,
}

impl Status {
    pub fn code(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Active => "active",
            Self::Revoked => "revoked",
            Self::SetAside => "set_aside",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Added, Self::Active, Self::Revoked, Self::SetAside]
            .into_iter()
            .find(|status| status.code() == code)
    }
}

/// A terminal that was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terminal {
    pub code: TerminalCode,
    pub place: place::Id,
    pub role: Role,
    pub status: Status,
    pub added_at: Timestamp,
    /// The key that it signs with, once it is enrolled.
    pub public_key: Option<PublicKey>,
    /// Keys that it has put away for new ones, the newest first: what it signed with them while it was offline holds.
    pub former_keys: Vec<PublicKey>,
    /// Until when calls may be signed with the newest of those.
    pub former_until: Timestamp,
    /// For codes from a phone while the terminal hears no server.
    pub phone_key: Option<SharedKey>,
    /// It is asked to make itself a new key.
    pub new_key_wanted: bool,
    pub heard_at: Option<Timestamp>,
    /// What it last said of itself.
    pub health: Option<Health>,
}

impl Terminal {
    /// One that has just been added.
    pub fn new(code: TerminalCode, place: place::Id, role: Role, added_at: Timestamp) -> Self {
        Self {
            code,
            place,
            role,
            status: Status::Added,
            added_at,
            public_key: None,
            former_keys: Vec::new(),
            former_until: Timestamp::UNIX_EPOCH,
            phone_key: None,
            new_key_wanted: false,
            heard_at: None,
            health: None,
        }
    }

    /// Every key that its check reports may be signed with, the present one first.
    pub fn keys(&self) -> Vec<PublicKey> {
        self.public_key.into_iter().chain(self.former_keys.iter().copied()).collect()
    }
}

/// What a terminal said of itself, as it said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    pub at: Timestamp,
    /// JSON, [`crate::wire::health::Health`].
    pub content: String,
    /// Its clock less ours, microseconds.
    pub clock_difference: i64,
}

fn key(text: &str) -> Result<PublicKey, Error> {
    text.parse().map_err(|_| Error::corrupt("a terminal's key", text))
}

fn read(row: &SqliteRow) -> Result<Terminal, Error> {
    let text = |name| row.try_get::<&str, _>(name);
    let (code, place, role, status) = (text("code")?, text("place")?, text("role")?, text("status")?);
    let heard_at: Option<i64> = row.try_get("heard_at")?;
    let health = match (row.try_get::<Option<String>, _>("health")?, row.try_get("health_at")?) {
        (Some(content), Some(at)) => Some(Health {
            at: time(at)?,
            content,
            clock_difference: row.try_get::<Option<i64>, _>("clock_difference")?.unwrap_or_default(),
        }),
        _ => None,
    };
    Ok(Terminal {
        code: code.parse().map_err(|_| Error::corrupt("a terminal's code", code))?,
        place: place::Id::new(place).ok_or_else(|| Error::corrupt("a place", place))?,
        role: Role::from_code(role).ok_or_else(|| Error::corrupt("a terminal's role", role))?,
        status: Status::from_code(status).ok_or_else(|| Error::corrupt("a terminal's status", status))?,
        added_at: time(row.try_get("added_at")?)?,
        public_key: row.try_get::<Option<&str>, _>("public_key")?.map(key).transpose()?,
        former_keys: text("former_keys")?.split_whitespace().map(key).collect::<Result<_, _>>()?,
        former_until: time(row.try_get("former_until")?)?,
        phone_key: row
            .try_get::<Option<&str>, _>("phone_key")?
            .map(|text| SharedKey::from_hex(text).ok_or_else(|| Error::corrupt("a shared key", "****")))
            .transpose()?,
        new_key_wanted: row.try_get::<i64, _>("new_key_wanted")? != 0,
        heard_at: heard_at.map(time).transpose()?,
        health,
    })
}

pub async fn all(db: &mut SqliteConnection) -> Result<Vec<Terminal>, Error> {
    let rows = sqlx::query("SELECT * FROM terminals ORDER BY code").fetch_all(db);
    rows.await?.iter().map(read).collect()
}

pub async fn find(db: &mut SqliteConnection, code: TerminalCode) -> Result<Option<Terminal>, Error> {
    let row = sqlx::query("SELECT * FROM terminals WHERE code = $1").bind(code.as_str()).fetch_optional(db);
    row.await?.as_ref().map(read).transpose()
}

pub async fn add(db: &mut SqliteConnection, terminal: &Terminal) -> Result<(), Error> {
    sqlx::query("INSERT INTO terminals (code, place, role, added_at, status) VALUES ($1, $2, $3, $4, $5)")
        .bind(terminal.code.as_str())
        .bind(terminal.place.as_str())
        .bind(terminal.role.code())
        .bind(terminal.added_at.as_microsecond())
        .bind(terminal.status.code())
        .execute(db)
        .await?;
    Ok(())
}

/// Writes what may change about a terminal's right to call: status and keys.
pub async fn update(db: &mut SqliteConnection, terminal: &Terminal) -> Result<(), Error> {
    let former: Vec<String> = terminal.former_keys.iter().map(ToString::to_string).collect();
    sqlx::query(
        "UPDATE terminals SET status = $1, public_key = $2, former_keys = $3, former_until = $4, \
         phone_key = $5, new_key_wanted = $6 WHERE code = $7",
    )
    .bind(terminal.status.code())
    .bind(terminal.public_key.map(|key| key.to_string()))
    .bind(former.join(" "))
    .bind(terminal.former_until.as_microsecond())
    .bind(terminal.phone_key.as_ref().map(|key| key.to_hex().as_str().to_owned()))
    .bind(i64::from(terminal.new_key_wanted))
    .bind(terminal.code.as_str())
    .execute(db)
    .await?;
    Ok(())
}

pub async fn heard(db: &mut SqliteConnection, code: TerminalCode, at: Timestamp) -> Result<(), Error> {
    sqlx::query("UPDATE terminals SET heard_at = $1 WHERE code = $2")
        .bind(at.as_microsecond())
        .bind(code.as_str())
        .execute(db)
        .await?;
    Ok(())
}

pub async fn put_health(db: &mut SqliteConnection, code: TerminalCode, health: &Health) -> Result<(), Error> {
    sqlx::query(
        "UPDATE terminals SET health = $1, health_at = $2, heard_at = $2, clock_difference = $3 WHERE code = $4",
    )
    .bind(&health.content)
    .bind(health.at.as_microsecond())
    .bind(health.clock_difference)
    .bind(code.as_str())
    .execute(db)
    .await?;
    Ok(())
}

/// A code for enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// SHA-256 of what the operator was shown.
    pub hash: [u8; 32],
    pub terminal: TerminalCode,
    pub expires_at: Timestamp,
    pub used_by: Option<PublicKey>,
}

pub async fn add_code(db: &mut SqliteConnection, code: &Code) -> Result<(), Error> {
    sqlx::query("INSERT INTO enrolment_codes (hash, terminal, expires_at) VALUES ($1, $2, $3)")
        .bind(code.hash.as_slice())
        .bind(code.terminal.as_str())
        .bind(code.expires_at.as_microsecond())
        .execute(db)
        .await?;
    Ok(())
}

pub async fn find_code(db: &mut SqliteConnection, hash: [u8; 32]) -> Result<Option<Code>, Error> {
    let row = sqlx::query("SELECT terminal, expires_at, used_by FROM enrolment_codes WHERE hash = $1")
        .bind(hash.as_slice())
        .fetch_optional(db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let terminal: &str = row.try_get("terminal")?;
    Ok(Some(Code {
        hash,
        terminal: terminal.parse().map_err(|_| Error::corrupt("a terminal's code", terminal))?,
        expires_at: time(row.try_get("expires_at")?)?,
        used_by: row.try_get::<Option<&str>, _>("used_by")?.map(key).transpose()?,
    }))
}

pub async fn use_code(db: &mut SqliteConnection, hash: [u8; 32], by: &PublicKey) -> Result<(), Error> {
    sqlx::query("UPDATE enrolment_codes SET used_by = $1 WHERE hash = $2")
        .bind(by.to_string())
        .bind(hash.as_slice())
        .execute(db)
        .await?;
    Ok(())
}

/// A terminal has another key: who enrolled with the one before may still ask again.
pub async fn exchange_key(
    db: &mut SqliteConnection,
    code: TerminalCode,
    before: &PublicKey,
    now: &PublicKey,
) -> Result<(), Error> {
    sqlx::query("UPDATE enrolment_codes SET used_by = $1 WHERE terminal = $2 AND used_by = $3")
        .bind(now.to_string())
        .bind(code.as_str())
        .bind(before.to_string())
        .execute(db)
        .await?;
    Ok(())
}

/// Codes of a terminal that are no longer to be used: unused ones, when there is a newer one or it was revoked.
pub async fn forget_codes(db: &mut SqliteConnection, code: TerminalCode) -> Result<(), Error> {
    sqlx::query("DELETE FROM enrolment_codes WHERE terminal = $1").bind(code.as_str()).execute(db).await?;
    Ok(())
}

/// The newest calls of a terminal: number and hash.
pub async fn calls(db: &mut SqliteConnection, code: TerminalCode) -> Result<Vec<(u64, [u8; 32])>, Error> {
    let rows = sqlx::query("SELECT sequence, hash FROM terminal_calls WHERE terminal = $1")
        .bind(code.as_str())
        .fetch_all(db)
        .await?;
    rows.iter()
        .map(|row| {
            let (sequence, hash): (i64, &[u8]) = (row.try_get(0)?, row.try_get(1)?);
            let hash = hash.try_into().map_err(|_| Error::corrupt("a call's hash", sequence))?;
            Ok((u64::try_from(sequence).map_err(|_| Error::corrupt("a call's number", sequence))?, hash))
        })
        .collect()
}

/// Keeps calls, and forgets those up to `forgotten`.
pub async fn keep_calls(
    db: &mut SqliteConnection,
    code: TerminalCode,
    calls: &[(u64, [u8; 32])],
    forgotten: u64,
) -> Result<(), Error> {
    for (sequence, hash) in calls {
        sqlx::query(
            "INSERT INTO terminal_calls (terminal, sequence, hash) VALUES ($1, $2, $3) \
             ON CONFLICT (terminal, sequence) DO UPDATE SET hash = excluded.hash",
        )
        .bind(code.as_str())
        .bind(i64::try_from(*sequence).unwrap_or(i64::MAX))
        .bind(hash.as_slice())
        .execute(&mut *db)
        .await?;
    }
    sqlx::query("DELETE FROM terminal_calls WHERE terminal = $1 AND sequence <= $2")
        .bind(code.as_str())
        .bind(i64::try_from(forgotten).unwrap_or(i64::MAX))
        .execute(db)
        .await?;
    Ok(())
}

/// A new key begins: no call was made with it.
pub async fn forget_calls(db: &mut SqliteConnection, code: TerminalCode) -> Result<(), Error> {
    sqlx::query("DELETE FROM terminal_calls WHERE terminal = $1").bind(code.as_str()).execute(db).await?;
    Ok(())
}
