//! How a call gets to the server and its answer back: over the network, or carried by whoever runs both ends in one process.

use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use reqwest::{Request, Response, redirect};

use super::{CONNECT, Error, trust};

/// A call that did not come back with an answer, though the server may have carried it out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Lost {
    #[error("{0}")]
    Line(String),
    #[error("no answer in time")]
    TimedOut,
}

/// What comes of a carried call.
pub type Carried = Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, Lost>> + Send>>;

type Carry = dyn Fn(http::Request<Bytes>) -> Carried + Send + Sync;

/// Carries whole calls to the server and whole answers back. Cheap to clone.
#[derive(Clone)]
pub struct Transport {
    pub(super) http: reqwest::Client,
    carry: Option<Arc<Carry>>,
}

impl Transport {
    /// Over the network; with TLS, to a server that this authority vouches for (SHA-256 of its certificate), or one of the
    /// system's where none is pinned.
    pub fn network(authority: Option<[u8; 32]>) -> Result<Self, Error> {
        let builder = match authority {
            Some(authority) => {
                let trust = trust::pinned(authority).map_err(Error::Trust)?;
                reqwest::Client::builder().tls_backend_preconfigured(trust)
            }
            None => reqwest::Client::builder(),
        };
        let http = builder
            .user_agent(concat!("kortautomat/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT)
            // a terminal talks to its server and to nobody that a redirect or a variable names
            .redirect(redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(Error::Tls)?;
        Ok(Self { http, carry: None })
    }

    /// By a function, without a network: for a simulation of both ends.
    pub fn of(
        carry: impl Fn(http::Request<Bytes>) -> Carried + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        // builds requests and sends none: it needs nobody's certificates
        let http = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().map_err(Error::Tls)?;
        Ok(Self { http, carry: Some(Arc::new(carry)) })
    }

    pub(super) async fn send(&self, request: Request) -> Result<Response, Error> {
        let Some(carry) = &self.carry else {
            return self.http.execute(request).await.map_err(Error::from_transport);
        };
        let body = request.body().and_then(reqwest::Body::as_bytes).map(Bytes::copy_from_slice);
        let request = http::Request::try_from(request).map_err(Error::from_transport)?;
        match carry(request.map(|_| body.unwrap_or_default())).await {
            Ok(answer) => Ok(answer.into()),
            Err(Lost::TimedOut) => Err(Error::TimedOut),
            Err(lost @ Lost::Line(_)) => Err(Error::Unreachable(lost.into())),
        }
    }
}

impl std::fmt::Debug for Transport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.carry.is_some() { "Carried" } else { "Network" })
    }
}
