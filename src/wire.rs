//! The messages that terminals and server exchange, version 1: frozen shapes, JSON, apart from the domain's own types.
//! Conversion to and from the domain stands beside each shape, and refuses what the domain cannot hold.
//!
//! Times are integer microseconds since 1970-01-01 UTC; days are ISO 8601; money is øre; ids are UUID texts.
//!
//! | call | who | body → answer |
//! |---|---|---|
//! | `GET /v1/status` | anyone | → [`terminal::Status`] |
//! | `POST /v1/enrolments` | who has the code | [`enrolment::Enrol`] → [`enrolment::Enrolled`]; the same key again: the same answer |
//! | `GET /v1/setup` | terminal | → [`terminal::Setup`] |
//! | `PUT /v1/key` | terminal | [`enrolment::NewKey`]; again: nothing happens |
//! | `PUT /v1/health` | terminal | [`health::Health`] → [`health::Heard`] |
//! | `GET /v1/terminals` | administrator | → [`health::Terminals`] |
//! | `POST /v1/sessions` | terminal | [`session::SignIn`] → [`session::Session`] |
//! | `DELETE /v1/sessions/current` | session | |
//! | `PUT /v1/photos/{sha256}` | terminal | the bytes of a JPEG |
//! | `PATCH /v1/photos/{sha256}?from=…&of=…` | terminal | a piece of those bytes, where a line is too bad for all of them at once |
//! | `POST /v1/photos/held` | terminal | [`photo::Question`] → [`photo::Held`]: what is there already |
//! | `GET /v1/photos/{sha256}` | staff, owner | → the bytes; `?size=small` for the copy of 480 px |
//! | `PUT /v1/orders/{id}` | terminal | [`order::Submission`] → [`order::Order`]; again: the same answer |
//! | `GET /v1/orders?query=…&status=…&place=…&limit=…` | staff | → [`order::Found`]; each part may be left out |
//! | `GET /v1/orders/{id}` | staff, owner | → [`order::Details`] |
//! | `POST /v1/orders/{id}/moves` | staff, owner | [`order::Move`] → [`order::Details`] |
//! | `POST /v1/batches` | staff | [`production::NewBatch`] → [`production::Batch`] |
//! | `GET /v1/batches` · `GET /v1/batches/{id}/pdf` | staff | → [`production::Batches`] · the PDF |
//! | `GET /v1/production/alignment.pdf` | staff | → a page to align the card printer with |
//! | `POST /v1/cards/{number}/reports` | staff, owner | [`card::Report`] → [`card::Card`] |
//! | `GET /v1/persons/{user_name}` | staff | → [`session::Person`] with cards and orders |
//! | `GET /v1/replica?since=…&blocked=…` | counter | → [`replica::Replica`]; the mark and the list that the counter has |
//! | `GET /v1/replica/photos/{sha256}` | counter | → the small photo of an open order of its place |
//! | `PUT /v1/deeds/{id}` | counter | [`replica::Deed`] → [`replica::Became`]; again: the same answer |
//! | `GET /v1/conflicts` | staff | → [`replica::Conflicts`] of the counter's place |
//! | `POST /v1/conflicts/{id}/settlement` | staff | [`replica::Settlement`] |
//!
//! A terminal signs its calls in the header [`terminal::AUTHORIZATION`] (`seal::call`), a session in [`session::HEADER`]. Every refusal is a
//! [`Problem`].

pub mod card;
pub mod enrolment;
pub mod health;
pub mod order;
pub mod photo;
pub mod place;
pub mod production;
pub mod replica;
pub mod report;
pub mod session;
pub mod terminal;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The version in the path of every call.
pub const VERSION: u32 = 1;

/// Why a call was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Problem {
    pub code: ProblemCode,
    /// For the log, in English; never shown to a person.
    pub detail: String,
    /// Seconds after which to try again, where that helps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}

/// What kind of refusal: each has its own text for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum ProblemCode {
    /// The request is not in the form that this version of the API has.
    BadRequest,
    /// No terminal with this code and key: it must be enrolled.
    TerminalUnknown,
    /// The terminal was revoked.
    TerminalRevoked,
    /// The terminal was copied or put back to an older state: it must be enrolled anew. Its orders are kept on it.
    TerminalSetAside,
    /// The code for enrolment was used with another key, or its time is over.
    CodeUsed,
    /// The person is not signed in, or no longer.
    SessionExpired,
    WrongPassword,
    /// Too many attempts: see `retry_after`.
    Locked,
    /// The account is closed.
    Disabled,
    /// A student's account where staff is needed, or the other way round.
    WrongKind,
    /// The role does not cover this.
    Forbidden,
    NotFound,
    /// The person has an open order: `GET` it.
    AlreadyOrdered,
    /// The move is not legal from the order's present state.
    IllegalMove,
    NotPaid,
    OtherCard,
    TooLate,
    AlreadyPrinted,
    NoSlip,
    /// A worn card is handed out against the old one, which has not been taken in.
    OldCardMissing,
    /// The order changed since it was read: read it again.
    Changed,
    /// The same id or number was used for something else.
    Conflict,
    PhotoMissing,
    PhotoUnreadable,
    TooLarge,
    /// The connection ended before the request did: send it again.
    CutOff,
    /// The server's disk is full or read-only; nothing was changed.
    Storage,
    Internal,
}

/// A shape that the domain cannot hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {value:?} is not possible")]
pub struct Impossible {
    pub field: &'static str,
    pub value: String,
}

impl Impossible {
    /// The field's value is not possible.
    pub fn new(field: &'static str, value: impl ToString) -> Self {
        Self { field, value: value.to_string() }
    }
}

/// Microseconds since 1970-01-01 UTC.
pub fn time_of(microseconds: i64) -> Result<Timestamp, Impossible> {
    Timestamp::from_microsecond(microseconds).map_err(|_| Impossible::new("time", microseconds))
}
