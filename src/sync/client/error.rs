//! What can go wrong between a terminal and its server.

use reqwest::Response;
use reqwest::header::CONTENT_TYPE;

use super::trust;
use crate::store;
use crate::wire::Problem;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is none.
    #[error("{0:?} is no server's address")]
    Address(String),
    /// Without TLS, secrets go to this computer itself and nowhere else.
    #[error("{0:?} is not on this computer and has no TLS")]
    Insecure(String),
    #[error("TLS could not be set up: {0}")]
    Tls(#[source] reqwest::Error),
    #[error("TLS could not be set up: {0}")]
    Trust(#[source] rustls::Error),
    /// The certificate has run out or begins later, by the clock of this computer: one of the two is wrong.
    #[error("the certificate does not fit this computer's time: {0}")]
    CertificateTime(#[source] reqwest::Error),
    /// Whoever answers is not vouched for by the authority that was pinned.
    #[error("the certificate is not our server's: {0}")]
    Certificate(#[source] reqwest::Error),
    /// No name, no route, nobody listening, or the line was cut.
    #[error("the server cannot be reached: {0}")]
    Unreachable(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("the server did not answer in time")]
    TimedOut,
    /// Our server says no.
    #[error("refused: {:?}: {}", .0.code, .0.detail)]
    Refused(Problem),
    /// Something else answers at the address: a captive portal, another program.
    #[error("not our server: {status}, {kind}")]
    NotOurServer { status: u16, kind: String },
    /// Our server's message, in a form that this program does not know.
    #[error("a message of another form: {0}")]
    Shape(#[source] serde_json::Error),
    /// The call could not be given a number, which is on the disk before it is used.
    #[error("the call has no number: {0}")]
    Number(#[source] store::Error),
    #[error("an answer of more than {largest} bytes")]
    TooLarge { largest: usize },
}

impl Error {
    /// An error of the connection. The address stays out: it may name a person.
    pub(super) fn from_transport(error: reqwest::Error) -> Self {
        let error = error.without_url();
        match trust::distrust(&error) {
            Some(trust::Distrust::Time) => return Self::CertificateTime(error),
            Some(trust::Distrust::Certificate) => return Self::Certificate(error),
            None => {}
        }
        if error.is_timeout() { Self::TimedOut } else { Self::Unreachable(error.into()) }
    }

    pub(super) fn not_ours(response: &Response) -> Self {
        // a server, or what stands before it, that has waited too long for us
        if matches!(response.status().as_u16(), 408 | 504) {
            return Self::TimedOut;
        }
        let kind = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        Self::NotOurServer {
            status: response.status().as_u16(),
            kind: kind.unwrap_or("no content type").chars().take(60).collect(),
        }
    }

    /// Whether it is the line or the server's absence, so that the same call may do later.
    pub fn offline(&self) -> bool {
        matches!(
            self,
            Self::Unreachable(_)
                | Self::TimedOut
                | Self::NotOurServer { .. }
                | Self::CertificateTime(_)
                | Self::Certificate(_)
        )
    }
}
