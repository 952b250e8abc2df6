//! Who calls: the terminal by its secret, the person by a session. The only two ways in; a signature by the terminal's own
//! key takes the secret's place here.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use jiff::SignedDuration;
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;
use subtle::ConstantTimeEq as _;

use super::App;
use super::problem::Error;
use super::storage::persons::{Registered, Staff};
use super::storage::sessions::{self, Kind, Session};
use super::storage::terminals::{self, Role, Terminal};
use super::storage::{self, persons};
use crate::domain::number::TerminalCode;
use crate::domain::order::Actor;
use crate::domain::person;
use crate::seal::report::{PublicKey, Signer};
use crate::wire::ProblemCode;
use crate::wire::session::HEADER;
use crate::wire::terminal::AUTHORIZATION;

/// A student's session ends after so long without a call.
pub const STUDENT_IDLE: SignedDuration = SignedDuration::from_mins(15);

/// A staff session ends so long after signing in.
pub const STAFF_SHIFT: SignedDuration = SignedDuration::from_hours(12);

/// A session's use is noted at most so often: each note is a write to the disk.
const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// The hash that stands for a secret in the database.
pub fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// A call from a terminal that was added, and the key that it signs its check reports with.
#[derive(Debug, Clone)]
pub struct Calling(pub Terminal, pub PublicKey);

impl Calling {
    async fn of(headers: &HeaderMap, db: &mut SqliteConnection) -> Result<Self, Error> {
        let unknown = || Error::refused(ProblemCode::TerminalUnknown, "no terminal with this secret");
        let (code, secret) = headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Terminal "))
            .and_then(|value| value.trim().split_once(':'))
            .ok_or_else(unknown)?;
        let code: TerminalCode = code.parse().map_err(|_| unknown())?;
        let terminal = terminals::find(db, code).await?.ok_or_else(unknown)?;
        if bool::from(hash(secret).as_slice().ct_eq(&terminal.secret_hash)) {
            Ok(Self(terminal, Signer::of(secret).public()))
        } else {
            Err(unknown())
        }
    }
}

impl FromRequestParts<Arc<App>> for Calling {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Error> {
        Self::of(&parts.headers, &mut *app.storage.read().await?).await
    }
}

/// Whose session it is.
#[derive(Debug, Clone)]
pub enum Account {
    Student(Registered),
    Staff(Staff),
}

/// A call by someone who is signed in at the calling terminal.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub terminal: Terminal,
    /// The terminal's key for check reports.
    pub report_key: PublicKey,
    pub token_hash: [u8; 32],
    pub account: Account,
}

impl SignedIn {
    /// The account's id in the record.
    pub fn id(&self) -> String {
        match &self.account {
            Account::Student(student) => student.id.to_string(),
            Account::Staff(staff) => staff.id.to_string(),
        }
    }

    pub fn actor(&self) -> Actor {
        match self.account {
            Account::Student(_) => Actor::Owner,
            Account::Staff(_) => Actor::Staff,
        }
    }

    /// The member of staff, with at least one of these roles, at a counter.
    pub fn staff(&self, roles: &[person::Role]) -> Result<&Staff, Error> {
        match &self.account {
            Account::Staff(staff)
                if self.terminal.role == Role::Counter
                    && staff.roles.iter().any(|role| roles.contains(role)) =>
            {
                Ok(staff)
            }
            _ => Err(Error::refused(ProblemCode::Forbidden, "the role does not cover this")),
        }
    }

    /// The member of staff of any desk.
    pub fn desk(&self) -> Result<&Staff, Error> {
        use person::Role;
        self.staff(&[Role::Handover, Role::Review, Role::Production])
    }

    /// The student, unless it is staff.
    pub fn student(&self) -> Option<&Registered> {
        match &self.account {
            Account::Student(student) => Some(student),
            Account::Staff(_) => None,
        }
    }
}

impl FromRequestParts<Arc<App>> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Error> {
        let mut db = app.storage.read().await?;
        let Calling(terminal, report_key) = Calling::of(&parts.headers, &mut db).await?;
        let expired = || Error::refused(ProblemCode::SessionExpired, "not signed in");
        let token = parts.headers.get(HEADER).and_then(|value| value.to_str().ok()).ok_or_else(expired)?;
        let token_hash = hash(token);
        let session = sessions::find(&mut db, &token_hash).await?.ok_or_else(expired)?;
        if !alive(&session, &terminal, app.clock.now()) {
            return Err(expired());
        }
        note_use(app, &token_hash, &session).await?;
        let account = match session.kind {
            Kind::Student => persons::student(&mut db, &session.user_name).await?.map(Account::Student),
            Kind::Staff => {
                persons::staff(&mut db, &session.user_name).await?.filter(|s| !s.closed).map(Account::Staff)
            }
        };
        Ok(Self { terminal, report_key, token_hash, account: account.ok_or_else(expired)? })
    }
}

fn alive(session: &Session, terminal: &Terminal, now: jiff::Timestamp) -> bool {
    let within = match session.kind {
        Kind::Student => now.duration_since(session.used_at) <= STUDENT_IDLE,
        Kind::Staff => now.duration_since(session.created_at) <= STAFF_SHIFT,
    };
    within && !session.ended && session.terminal == terminal.code
}

async fn note_use(app: &App, token_hash: &[u8; 32], session: &Session) -> Result<(), storage::Error> {
    let now = app.clock.now();
    if session.kind == Kind::Student && now.duration_since(session.used_at) >= NOTED_EVERY {
        let mut db = app.storage.write().await?;
        sessions::touch(&mut db, token_hash, now).await?;
        db.commit().await?;
    }
    Ok(())
}
