//! Who calls: the terminal by its signature, the person by a session. The only two ways in.

use std::sync::Arc;

use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use futures_util::StreamExt as _;
use jiff::SignedDuration;
use sha2::{Digest, Sha256};

use super::App;
use super::photos;
use super::problem::Error;
use super::storage::persons::{Registered, Staff};
use super::storage::sessions::{self, Kind, Session};
use super::storage::terminals::{self, Role, Status, Terminal, UNTIL_HEARD};
use super::storage::{self, persons};
use super::terminals::{end_former, may_call, set_aside};
use crate::domain::order::Actor;
use crate::domain::person;
use crate::domain::sequence::Taken;
use crate::seal::call::{Call, Claim};
use crate::seal::signing::PublicKey;
use crate::wire::ProblemCode;
use crate::wire::session::HEADER;
use crate::wire::terminal::AUTHORIZATION;

/// The largest body of a call that is no photo, in bytes.
pub const BODY: usize = 256 * 1024;

const ENROLMENTS: &str = "/v1/enrolments";
const PHOTOS: &str = "/v1/photos/";

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

/// A call that its terminal has signed, and every key that its check reports may be signed with.
#[derive(Debug, Clone)]
pub struct Calling(pub Terminal, pub Vec<PublicKey>);

/// A signed call as it is remembered: for the few whose body has no id of its own.
#[derive(Debug, Clone, Copy)]
pub struct Made {
    /// Of the signature: stands for the whole call, number included, and is nowhere on the disk.
    pub hash: [u8; 32],
    /// It was made before, with the same bytes.
    pub again: bool,
}

impl FromRequestParts<Arc<App>> for Made {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, Error> {
        parts.extensions.get::<Self>().copied().ok_or_else(|| unknown("the call is not signed by a terminal"))
    }
}

fn unknown(why: &'static str) -> Error {
    Error::refused(ProblemCode::TerminalUnknown, why)
}

/// The signature of a call, if it has one.
pub fn claim(headers: &HeaderMap) -> Result<Option<Claim>, Error> {
    let Some(value) = headers.get(AUTHORIZATION) else { return Ok(None) };
    let claim = value.to_str().ok().and_then(Claim::read);
    claim.map(Some).ok_or_else(|| unknown("the signature is not in the form of this version"))
}

/// Before any call: what claims to be a terminal's is read whole, as far as it may be long, and verified. A call without a
/// signature goes on: few are answered.
pub async fn prove(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    match proven(&app, request).await {
        Ok(request) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

async fn proven(app: &App, request: Request) -> Result<Request, Error> {
    // enrolment is proven by its code, and signed with a key that is not known yet
    if request.uri().path() == ENROLMENTS {
        return Ok(request);
    }
    let Some(claim) = claim(request.headers())? else { return Ok(request) };
    let of = async || {
        let known = terminals::find(&mut *app.storage.read().await?, claim.terminal).await?;
        let terminal = known.ok_or_else(|| unknown("no such terminal"))?;
        may_call(&terminal)?;
        Ok::<_, Error>(terminal)
    };
    // nobody else makes the server read a body
    let mut terminal = of().await?;
    let (mut parts, body) = request.into_parts();
    let photo = parts.method == Method::PUT && parts.uri.path().starts_with(PHOTOS);
    let body = received(body, if photo { photos::LARGEST } else { BODY }).await?;
    let changes = !matches!(parts.method, Method::GET | Method::HEAD);
    if changes {
        // it may have been revoked while the body came
        terminal = of().await?;
    }
    let call = Call {
        terminal: claim.terminal,
        sequence: claim.sequence,
        method: parts.method.as_str(),
        target: parts.uri.path_and_query().map_or("/", PathAndQuery::as_str),
        body: &body,
    };
    let now = app.clock.now();
    let own = terminal.public_key.filter(|key| call.verify(&claim, key).is_ok());
    let former = terminal.former_keys.first().filter(|_| now < terminal.former_until);
    match (own, former) {
        (Some(_), Some(_)) if terminal.former_until == UNTIL_HEARD => end_former(app, &terminal).await?,
        (Some(_), _) => {}
        (None, Some(former)) if call.verify(&claim, former).is_ok() => {}
        (None, _) => return Err(unknown("the signature is not by the terminal's key")),
    }
    let mut made = Made { hash: hash(&claim.signature), again: false };
    if changes {
        match app.calls.take(&app.storage, claim.terminal, claim.sequence, call.hash()).await? {
            Ok(taken) => made.again = taken == Taken::Again,
            Err(suspicion) => {
                set_aside(app, claim.terminal, suspicion).await?;
                terminal.status = Status::SetAside;
                may_call(&terminal)?;
            }
        }
    }
    app.calls.heard(claim.terminal, now);
    let keys = terminal.keys();
    parts.extensions.insert(Calling(terminal, keys));
    parts.extensions.insert(made);
    Ok(Request::from_parts(parts, Body::from(body)))
}

/// The whole body of a request, as long as it is no larger than that.
async fn received(body: Body, largest: usize) -> Result<Bytes, Error> {
    let too_large = || Error::refused(ProblemCode::TooLarge, format!("the body has at most {largest} bytes"));
    let hint = body.size_hint();
    if hint.lower() > largest as u64 {
        return Err(too_large());
    }
    let (mut stream, mut bytes) = (body.into_data_stream(), Vec::new());
    while let Some(part) = stream.next().await {
        let part =
            part.map_err(|_| Error::refused(ProblemCode::CutOff, "the body did not come to its end"))?;
        if bytes.len() + part.len() > largest {
            return Err(too_large());
        }
        if bytes.is_empty() {
            bytes.reserve(usize::try_from(hint.lower()).unwrap_or_default());
        }
        bytes.extend_from_slice(&part);
    }
    Ok(bytes.into())
}

impl FromRequestParts<Arc<App>> for Calling {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, Error> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| unknown("the call is not signed by a terminal"))
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
    /// The terminal's keys for check reports.
    pub report_keys: Vec<PublicKey>,
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
        let Calling(terminal, report_keys) = Calling::from_request_parts(parts, app).await?;
        let mut db = app.storage.read().await?;
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
        Ok(Self { terminal, report_keys, token_hash, account: account.ok_or_else(expired)? })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_photo_that_was_cut_off_is_not_called_too_large() {
        let part = || Ok(Bytes::from_static(&[7; 1_000]));
        let torn = Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof));
        for (parts, expected) in [
            (vec![part(), part()], Ok(2_000)),
            (vec![part(), torn], Err(ProblemCode::CutOff)),
            ((0..=photos::LARGEST / 1_000).map(|_| part()).collect(), Err(ProblemCode::TooLarge)),
        ] {
            let body = Body::from_stream(futures_util::stream::iter(parts));
            let found =
                received(body, photos::LARGEST).await.map(|bytes| bytes.len()).map_err(|error| match error {
                    Error::Refused { code, .. } => code,
                    other => panic!("{other}"),
                });
            assert_eq!(found, expected);
        }
    }
}
