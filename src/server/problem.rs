//! Refusals and failures of a call, and how they are answered.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::{identity, photos, production, storage, theme};
use crate::domain::order;
use crate::system::NoRandomness;
use crate::wire::{Impossible, Problem, ProblemCode};

/// Why a call was not carried out. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The caller's matter: answered, not logged.
    #[error("{code:?}: {detail}")]
    Refused { code: ProblemCode, detail: String, retry_after: Option<u64> },
    #[error(transparent)]
    Storage(#[from] storage::Error),
    #[error(transparent)]
    Photos(#[from] photos::Error),
    #[error(transparent)]
    Print(#[from] production::print::Error),
    #[error(transparent)]
    Identity(#[from] identity::Error),
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    #[error("a part of the work was stopped")]
    Stopped(#[from] tokio::task::JoinError),
    #[error("a page cannot be formed")]
    Page(#[from] askama::Error),
    #[error(transparent)]
    Texts(#[from] crate::texts::Error),
    #[error(transparent)]
    Theme(#[from] theme::Error),
}

impl Error {
    /// A refusal with its code; the detail is for the log and holds nothing personal.
    pub fn refused(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self::Refused { code, detail: detail.into(), retry_after: None }
    }

    /// A refusal that is worth trying again after so many seconds.
    pub fn locked(seconds: u64) -> Self {
        Self::Refused {
            code: ProblemCode::Locked,
            detail: "too many attempts".into(),
            retry_after: Some(seconds),
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Storage(error.into())
    }
}

impl From<Impossible> for Error {
    fn from(error: Impossible) -> Self {
        Self::refused(ProblemCode::BadRequest, format!("{} is not possible", error.field))
    }
}

impl From<order::Refusal> for Error {
    fn from(refusal: order::Refusal) -> Self {
        use order::Refusal as R;
        let code = match &refusal {
            R::Illegal(_) | R::NothingToPay | R::SamePlace => ProblemCode::IllegalMove,
            R::StaffOnly => ProblemCode::Forbidden,
            R::NotPaid(_) => ProblemCode::NotPaid,
            R::OtherCard => ProblemCode::OtherCard,
            R::OldCardMissing => ProblemCode::OldCardMissing,
            R::TooLate => ProblemCode::TooLate,
            R::AlreadyPrinted => ProblemCode::AlreadyPrinted,
            R::NoSlip => ProblemCode::NoSlip,
        };
        Self::refused(code, refusal.to_string())
    }
}

/// The status of the answer.
pub fn status(code: ProblemCode) -> StatusCode {
    use ProblemCode as P;
    match code {
        P::BadRequest | P::CutOff => StatusCode::BAD_REQUEST,
        P::TerminalUnknown
        | P::TerminalRevoked
        | P::TerminalSetAside
        | P::SessionExpired
        | P::WrongPassword => StatusCode::UNAUTHORIZED,
        P::Locked => StatusCode::TOO_MANY_REQUESTS,
        P::Disabled | P::WrongKind | P::Forbidden | P::CodeUsed => StatusCode::FORBIDDEN,
        P::NotFound => StatusCode::NOT_FOUND,
        P::AlreadyOrdered
        | P::IllegalMove
        | P::NotPaid
        | P::OtherCard
        | P::TooLate
        | P::AlreadyPrinted
        | P::NoSlip
        | P::OldCardMissing
        | P::Changed
        | P::Conflict => StatusCode::CONFLICT,
        P::PhotoMissing | P::PhotoUnreadable => StatusCode::UNPROCESSABLE_ENTITY,
        P::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        P::Storage => StatusCode::INSUFFICIENT_STORAGE,
        P::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let problem = match self {
            Self::Refused { code, detail, retry_after } => Problem { code, detail, retry_after },
            Self::Photos(photos::Error::Unreadable(_)) => Problem {
                code: ProblemCode::PhotoUnreadable,
                detail: "no JPEG within the limits".into(),
                retry_after: None,
            },
            failure => {
                let storage = matches!(
                    failure,
                    Self::Storage(storage::Error::Disk(_)) | Self::Photos(photos::Error::Store(_))
                );
                // the one place where a failure of a call is logged
                tracing::error!(error = &failure as &dyn std::error::Error, "a call failed");
                Problem {
                    code: if storage { ProblemCode::Storage } else { ProblemCode::Internal },
                    detail: "the server could not do it; nothing was changed".into(),
                    retry_after: storage.then_some(30),
                }
            }
        };
        let mut response = (status(problem.code), Json(&problem)).into_response();
        if let Some(seconds) = problem.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// The error and all that caused it, in one line, for the operator.
pub fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        // some errors say their cause themselves
        if !text.ends_with(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text
}
