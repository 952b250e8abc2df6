//! What happens to terminals: enrolled, asked for a new key, revoked, set aside. Each in the record.

use jiff::{SignedDuration, Timestamp};
use sqlx::SqliteConnection;

use super::authentication::hash;
use super::problem::Error;
use super::storage::attempts::{self, Limit};
use super::storage::terminals::{self, Code, Health, Status, Terminal, UNTIL_HEARD};
use super::storage::{self, record};
use super::{App, install};
use crate::domain::audit::{Entry, Subject};
use crate::domain::number::TerminalCode;
use crate::domain::sequence::Suspicion;
use crate::seal::SharedKey;
use crate::seal::signing::PublicKey;
use crate::system::Clock;
use crate::wire::health::{self, Heard};
use crate::wire::{Impossible, ProblemCode};

/// A code for enrolment works so long.
pub const CODE_VALID: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Calls that were under way when the terminal exchanged its key may still come.
const STRAGGLERS: SignedDuration = SignedDuration::from_mins(2);

/// Wrong codes for one terminal.
const ENROLMENT: Limit = Limit {
    free: 5,
    first: SignedDuration::from_secs(30),
    longest: SignedDuration::from_mins(10),
    forget: SignedDuration::from_hours(1),
};

fn entry(terminal: &Terminal, action: &str, details: Vec<(String, String)>, now: Timestamp) -> Entry {
    Entry {
        at: now,
        terminal_at: None,
        actor: terminal.code.to_string(),
        place: terminal.code.to_string(),
        subject: Subject::Terminal,
        subject_id: terminal.code.to_string(),
        action: action.into(),
        details,
    }
}

fn key_detail(key: &PublicKey) -> Vec<(String, String)> {
    vec![("key".to_owned(), key.to_string())]
}

/// Makes the terminal one with this key, proven by a code that works once. The same key with the same code again gets the
/// same answer.
pub async fn enrol(app: &App, code: TerminalCode, secret: &str, key: PublicKey) -> Result<Terminal, Error> {
    let now = app.clock.now();
    let subject = format!("enrolment {code}");
    let mut db = app.storage.write().await?;
    if let Err(wait) = attempts::begin(&mut db, &subject, ENROLMENT, now).await? {
        return Err(Error::locked(wait.as_secs().unsigned_abs().max(1)));
    }
    // counted, whatever becomes of it
    db.commit().await?;
    let unknown = || Error::refused(ProblemCode::TerminalUnknown, "no such code for enrolment");
    let mut db = app.storage.write().await?;
    let known = terminals::find_code(&mut db, hash(&secret.to_ascii_lowercase())).await?;
    let known = known.filter(|known| known.terminal == code).ok_or_else(unknown)?;
    let mut terminal = terminals::find(&mut db, code).await?.ok_or_else(unknown)?;
    let used = |why| Error::refused(ProblemCode::CodeUsed, why);
    match known.used_by {
        Some(by) if by == key && terminal.public_key == Some(key) => {
            may_call(&terminal)?;
            attempts::succeeded(&mut db, &subject).await?;
            db.commit().await?;
            return Ok(terminal);
        }
        Some(_) => return Err(used("the code was used with another key")),
        None if known.expires_at < now => return Err(used("the code's time is over")),
        None => {}
    }
    terminals::use_code(&mut db, known.hash, &key).await?;
    terminals::forget_calls(&mut db, code).await?;
    // what was signed with keys from before may be another's
    terminal = Terminal {
        status: Status::Active,
        public_key: Some(key),
        former_keys: Vec::new(),
        phone_key: Some(SharedKey::generate(&app.randomness)?),
        new_key_wanted: false,
        ..terminal
    };
    terminals::update(&mut db, &terminal).await?;
    record::append(&mut db, &entry(&terminal, "enrolled", key_detail(&key), now)).await?;
    attempts::succeeded(&mut db, &subject).await?;
    app.calls.forget(code);
    db.commit().await?;
    app.calls.forget(code);
    Ok(terminal)
}

/// Refuses a terminal that may not call.
pub fn may_call(terminal: &Terminal) -> Result<(), Error> {
    let (code, why) = match terminal.status {
        Status::Active => return Ok(()),
        Status::Added => (ProblemCode::TerminalUnknown, "the terminal is not enrolled"),
        Status::Revoked => (ProblemCode::TerminalRevoked, "the terminal was revoked"),
        Status::SetAside => (
            ProblemCode::TerminalSetAside,
            "the terminal was copied or put back to an older state: enrol it anew",
        ),
    };
    Err(Error::refused(code, why))
}

/// Two terminals call with one key, or this one was put back: it is not heard before it has been enrolled anew.
pub async fn set_aside(app: &App, code: TerminalCode, why: Suspicion) -> Result<(), storage::Error> {
    let mut db = app.storage.write().await?;
    let Some(mut terminal) = terminals::find(&mut db, code).await? else { return Ok(()) };
    if terminal.status != Status::Active {
        return Ok(());
    }
    terminal.status = Status::SetAside;
    terminals::update(&mut db, &terminal).await?;
    let details = vec![("why".to_owned(), why.code().to_owned())];
    let entry = Entry {
        actor: "system".into(),
        place: "server".into(),
        ..entry(&terminal, "set_aside", details, app.clock.now())
    };
    record::append(&mut db, &entry).await?;
    tracing::warn!(terminal = %code, why = why.code(), "a terminal was set aside");
    Ok(db.commit().await?)
}

/// The terminal's next key. Until it calls with it, both are its own: it may not have heard the answer.
pub async fn exchange_key(app: &App, code: TerminalCode, next: PublicKey) -> Result<(), Error> {
    let now = app.clock.now();
    let mut db = app.storage.write().await?;
    let missing = || Error::refused(ProblemCode::TerminalUnknown, "no such terminal");
    let mut terminal = terminals::find(&mut db, code).await?.ok_or_else(missing)?;
    may_call(&terminal)?;
    let before = terminal.public_key.ok_or_else(missing)?;
    if before == next {
        return Ok(());
    }
    if terminal.former_keys.contains(&next) {
        return Err(Error::refused(ProblemCode::Conflict, "a key that was put away is not taken again"));
    }
    terminal.former_keys.insert(0, before);
    terminal.public_key = Some(next);
    terminal.former_until = UNTIL_HEARD;
    terminal.new_key_wanted = false;
    terminals::update(&mut db, &terminal).await?;
    terminals::exchange_key(&mut db, code, &before, &next).await?;
    record::append(&mut db, &entry(&terminal, "rotated", key_detail(&next), now)).await?;
    Ok(db.commit().await?)
}

/// The terminal has called with its new key: the one before is soon no longer good for calls.
pub async fn end_former(app: &App, terminal: &Terminal) -> Result<(), storage::Error> {
    let mut terminal = terminal.clone();
    let now = app.clock.now();
    terminal.former_until = now.saturating_add(STRAGGLERS).unwrap_or(now);
    let mut db = app.storage.write().await?;
    let unchanged = terminals::find(&mut db, terminal.code)
        .await?
        .is_some_and(|known| known.public_key == terminal.public_key && known.status == terminal.status);
    if unchanged {
        terminals::update(&mut db, &terminal).await?;
    }
    Ok(db.commit().await?)
}

/// Keeps what a terminal says of itself; answers what it is asked for.
pub async fn keep_health(app: &App, terminal: &Terminal, said: &health::Health) -> Result<Heard, Error> {
    let now = app.clock.now();
    let content = serde_json::to_string(said).map_err(storage::Error::from)?;
    if said.now == 0 {
        return Err(Impossible::new("now", said.now).into());
    }
    let health = Health { at: now, content, clock_difference: said.now.saturating_sub(now.as_microsecond()) };
    let mut db = app.storage.write().await?;
    terminals::put_health(&mut db, terminal.code, &health).await?;
    db.commit().await?;
    Ok(Heard { new_key: terminal.new_key_wanted })
}

/// All terminals, as the administrator sees them. `heard` knows of calls that are not on the disk yet.
pub async fn list(
    db: &mut SqliteConnection,
    heard: impl Fn(TerminalCode) -> Option<Timestamp>,
) -> Result<Vec<health::Terminal>, storage::Error> {
    let known = terminals::all(db).await?;
    let told = known.into_iter().map(|terminal| {
        let heard_at = heard(terminal.code).max(terminal.heard_at);
        let said = terminal.health.as_ref();
        health::Terminal {
            code: terminal.code.to_string(),
            place: terminal.place.as_str().to_owned(),
            role: terminal.role.code().to_owned(),
            status: terminal.status.code().to_owned(),
            added_at: terminal.added_at.as_microsecond(),
            heard_at: heard_at.map(Timestamp::as_microsecond),
            new_key_wanted: terminal.new_key_wanted,
            health: said.and_then(|said| serde_json::from_str(&said.content).ok()),
            health_at: said.map(|said| said.at.as_microsecond()),
            clock_difference: said.map(|said| said.clock_difference),
        }
    });
    Ok(told.collect())
}

/// A new code for a terminal, and the end of those before.
pub async fn issue_code(
    db: &mut SqliteConnection,
    terminal: TerminalCode,
    secret: &str,
    now: Timestamp,
) -> Result<(), storage::Error> {
    let expires_at = now.saturating_add(CODE_VALID).unwrap_or(now);
    terminals::forget_codes(db, terminal).await?;
    terminals::add_code(db, &Code { hash: hash(secret), terminal, expires_at, used_by: None }).await
}

async fn known(db: &mut SqliteConnection, code: TerminalCode) -> Result<Terminal, install::Error> {
    terminals::find(db, code).await?.ok_or(install::Error::NoTerminal(code))
}

/// The operator: this terminal is not to be heard any more, from now on.
pub async fn revoke(
    storage: &storage::Storage,
    code: TerminalCode,
    clock: &Clock,
) -> Result<(), install::Error> {
    let mut db = storage.write().await?;
    let mut terminal = known(&mut db, code).await?;
    terminal.status = Status::Revoked;
    terminals::forget_codes(&mut db, code).await?;
    terminals::update(&mut db, &terminal).await?;
    let entry = install::entry(clock.now(), Subject::Terminal, code.to_string(), "revoked", vec![]);
    record::append(&mut db, &entry).await?;
    Ok(db.commit().await?)
}

/// The operator: this terminal is to make itself a new key when it is next heard.
pub async fn rotate(
    storage: &storage::Storage,
    code: TerminalCode,
    clock: &Clock,
) -> Result<(), install::Error> {
    let mut db = storage.write().await?;
    let mut terminal = known(&mut db, code).await?;
    if terminal.status != Status::Active {
        return Err(install::Error::NotActive(code));
    }
    terminal.new_key_wanted = true;
    terminals::update(&mut db, &terminal).await?;
    let entry = install::entry(clock.now(), Subject::Terminal, code.to_string(), "rotation_wanted", vec![]);
    record::append(&mut db, &entry).await?;
    Ok(db.commit().await?)
}
