//! The terminals' HTTP client: every call of the wire, with time limits, size limits and errors that tell a server that says
//! no from one that is not ours or not there.

mod error;
mod key;
mod replica;
mod transport;
mod trust;

use std::net::IpAddr;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use reqwest::{Method, RequestBuilder, Response, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

pub use self::error::Error;
pub use self::key::Key;
pub use self::transport::{Carried, Lost, Transport};
use super::report::{self, Found};
use crate::domain::order::Id;
use crate::domain::{card, person};
use crate::seal::call::{Call, FIRST};
use crate::seal::report::Signed;
use crate::seal::signing::Signer;
use crate::wire::enrolment::{Enrol, Enrolled, NewKey};
use crate::wire::health::{Health, Heard};
use crate::wire::session::{Person, Session, SignIn, Token};
use crate::wire::terminal;
use crate::wire::{self, order, photo, production};

/// A call with its answer takes at most this long, and longer by what it carries.
const PATIENCE: Duration = Duration::from_secs(20);
const CONNECT: Duration = Duration::from_secs(5);
/// The slowest line that is waited for, in bytes a second: half of 64 kbit/s.
const SLOWEST: u64 = 4_000;
/// The largest answers that are read, in bytes.
const LARGEST_JSON: usize = 8 << 20;
const LARGEST_PHOTO: usize = 16 << 20;
const LARGEST_PDF: usize = 256 << 20;

/// A client of one server as one terminal. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    transport: Transport,
    base: Url,
    key: Key,
}

/// The size in which a photo is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// 480 px high.
    Small,
    Full,
}

/// What orders are searched by; each part may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// A name, user name, order number or card number.
    pub query: Option<String>,
    /// Code of `domain::order::Status`.
    pub status: Option<String>,
    pub place: Option<String>,
    pub limit: Option<u32>,
}

impl Client {
    /// A client of the server at this address, such as `https://kort.example`; `http` only to this computer itself.
    /// With TLS, `authority` is the only one that may vouch for it, where there is one.
    pub fn new(server: &str, authority: Option<[u8; 32]>, key: Key) -> Result<Self, Error> {
        Self::over(Transport::network(authority)?, server, key)
    }

    /// The same over another way than the network.
    pub fn over(transport: Transport, server: &str, key: Key) -> Result<Self, Error> {
        Ok(Self { transport, base: address(server)?, key })
    }

    /// A server's address as it is remembered, if calls may be sent there.
    pub fn address(server: &str) -> Result<String, Error> {
        address(server).map(|url| url.to_string())
    }

    /// The server's address.
    pub fn server(&self) -> &str {
        self.base.as_str()
    }

    /// What the judge found about a photo, as a report signed by this terminal.
    pub fn sign(&self, found: &Found<'_>) -> Option<Signed> {
        report::sign(&self.key.signer(), self.key.terminal(), found)
    }

    pub async fn status(&self) -> Result<terminal::Status, Error> {
        self.ask(self.request(Method::GET, &["status"])?).await
    }

    /// Hands in the key that this client signs with, proven by a code that works once; again: the same answer.
    pub async fn enrol(&self, secret: &str) -> Result<Enrolled, Error> {
        let public_key = self.key.signer().public().to_string();
        let enrol = Enrol { secret: secret.to_owned(), public_key };
        let request = json(self.request(Method::POST, &["enrolments"])?, &enrol)?;
        let response = self.answered(request, FIRST).await?;
        if !is(&response, "application/json") {
            return Err(Error::not_ours(&response));
        }
        serde_json::from_slice(&read(response, LARGEST_JSON).await?).map_err(Error::Shape)
    }

    /// Hands in the key that is to take the present one's place; again: nothing happens.
    pub async fn hand_in_key(&self, next: &Signer) -> Result<(), Error> {
        let public_key = next.public().to_string();
        let text = NewKey::text(self.key.terminal().as_str(), &public_key);
        let new = NewKey { public_key, signature: next.sign(text.as_bytes()) };
        self.tell(json(self.request(Method::PUT, &["key"])?, &new)?).await
    }

    /// Signs with this key from now on, in every clone of this client.
    pub fn exchange_key(&self, next: Signer) {
        self.key.exchange(next);
    }

    /// Says how the terminal is; the answer says what it is asked for.
    pub async fn put_health(&self, health: &Health) -> Result<Heard, Error> {
        self.ask(json(self.request(Method::PUT, &["health"])?, health)?).await
    }

    pub async fn setup(&self) -> Result<terminal::Setup, Error> {
        self.ask(self.request(Method::GET, &["setup"])?).await
    }

    pub async fn sign_in(&self, user_name: &str, password: &str) -> Result<Session, Error> {
        let sign_in = SignIn { user_name: user_name.to_owned(), password: password.to_owned() };
        self.ask(json(self.request(Method::POST, &["sessions"])?, &sign_in)?).await
    }

    pub async fn sign_out(&self, token: &Token) -> Result<(), Error> {
        let request = self.request(Method::DELETE, &["sessions", "current"])?;
        self.tell(signed(request, token)?).await
    }

    /// Sends the bytes of a photo, named by their SHA-256; again: nothing happens.
    pub async fn put_photo(&self, sha256: &[u8; 32], jpeg: Bytes) -> Result<(), Error> {
        let patience = PATIENCE + Duration::from_secs(jpeg.len() as u64 / SLOWEST);
        let request = self
            .request(Method::PUT, &["photos", &hex::encode(sha256)])?
            .header(CONTENT_TYPE, "image/jpeg")
            .timeout(patience)
            .body(jpeg);
        self.tell(request).await
    }

    /// Which of these photos the server has already, and its epoch.
    pub async fn held_photos(&self, photos: &[[u8; 32]]) -> Result<photo::Held, Error> {
        let question = photo::Question { photos: photos.iter().map(hex::encode).collect() };
        self.ask(json(self.request(Method::POST, &["photos", "held"])?, &question)?).await
    }

    /// Sends a piece of a photo, which begins at `from` and belongs to a whole of `of` bytes.
    pub async fn put_piece(&self, sha256: &[u8; 32], from: u64, of: u64, piece: Bytes) -> Result<(), Error> {
        let request = self.request(Method::PATCH, &["photos", &hex::encode(sha256)])?;
        let request = with_query(request, &[("from", &from.to_string()), ("of", &of.to_string())])?;
        self.tell(request.header(CONTENT_TYPE, "image/jpeg").body(piece)).await
    }

    /// Hands an order in; again: the same answer.
    pub async fn put_order(&self, id: Id, order: &order::Submission) -> Result<order::Order, Error> {
        self.ask(json(self.request(Method::PUT, &["orders", &id.0.to_string()])?, order)?).await
    }

    pub async fn photo(&self, token: &Token, sha256: &str, size: Size) -> Result<Bytes, Error> {
        let mut request = self.request(Method::GET, &["photos", sha256])?;
        if size == Size::Small {
            request = with_query(request, &[("size", "small")])?;
        }
        let slow = Duration::from_secs(LARGEST_PHOTO as u64 / SLOWEST / 16);
        self.fetch(signed(request, token)?.timeout(PATIENCE + slow), "image/", LARGEST_PHOTO).await
    }

    pub async fn orders(&self, token: &Token, search: &Search) -> Result<order::Found, Error> {
        let limit = search.limit.map(|limit| limit.to_string());
        let parts = [
            ("query", search.query.as_deref()),
            ("status", search.status.as_deref()),
            ("place", search.place.as_deref()),
            ("limit", limit.as_deref()),
        ];
        let given: Vec<(&str, &str)> =
            parts.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))).collect();
        let request = with_query(self.request(Method::GET, &["orders"])?, &given)?;
        self.ask(signed(request, token)?).await
    }

    pub async fn order(&self, token: &Token, id: Id) -> Result<order::Details, Error> {
        self.ask(signed(self.request(Method::GET, &["orders", &id.0.to_string()])?, token)?).await
    }

    pub async fn move_order(
        &self,
        token: &Token,
        id: Id,
        wish: &order::Move,
    ) -> Result<order::Details, Error> {
        let request = self.request(Method::POST, &["orders", &id.0.to_string(), "moves"])?;
        self.ask(json(signed(request, token)?, wish)?).await
    }

    pub async fn new_batch(
        &self,
        token: &Token,
        batch: &production::NewBatch,
    ) -> Result<production::Batch, Error> {
        self.ask(json(signed(self.request(Method::POST, &["batches"])?, token)?, batch)?).await
    }

    pub async fn batches(&self, token: &Token) -> Result<production::Batches, Error> {
        self.ask(signed(self.request(Method::GET, &["batches"])?, token)?).await
    }

    /// The PDF of a batch, one card a page.
    pub async fn batch_pdf(&self, token: &Token, id: &str) -> Result<Bytes, Error> {
        let request = signed(self.request(Method::GET, &["batches", id, "pdf"])?, token)?;
        self.fetch(request.timeout(PATIENCE * 6), "application/pdf", LARGEST_PDF).await
    }

    /// The page that shows whether the card printer prints where it should.
    pub async fn alignment_pdf(&self, token: &Token) -> Result<Bytes, Error> {
        let request = signed(self.request(Method::GET, &["production", "alignment.pdf"])?, token)?;
        self.fetch(request, "application/pdf", LARGEST_PDF).await
    }

    pub async fn report_card(
        &self,
        token: &Token,
        number: card::Number,
        report: &wire::card::Report,
    ) -> Result<wire::card::Card, Error> {
        let request = self.request(Method::POST, &["cards", &number.to_string(), "reports"])?;
        self.ask(json(signed(request, token)?, report)?).await
    }

    pub async fn person(&self, token: &Token, user_name: &person::UserName) -> Result<Person, Error> {
        self.ask(signed(self.request(Method::GET, &["persons", user_name.as_str()])?, token)?).await
    }

    fn request(&self, method: Method, path: &[&str]) -> Result<RequestBuilder, Error> {
        let mut url = self.base.clone();
        url.path_segments_mut()
            .map_err(|()| Error::Address(self.base.to_string()))?
            .pop_if_empty()
            .push("v1")
            .extend(path);
        Ok(self.transport.http.request(method, url).timeout(PATIENCE))
    }

    /// Sends a request and reads the answer's message.
    async fn ask<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, Error> {
        let body = self.fetch(request, "application/json", LARGEST_JSON).await?;
        serde_json::from_slice(&body).map_err(Error::Shape)
    }

    async fn fetch(
        &self,
        request: RequestBuilder,
        kind: &'static str,
        largest: usize,
    ) -> Result<Bytes, Error> {
        let response = self.send(request).await?;
        if !is(&response, kind) {
            return Err(Error::not_ours(&response));
        }
        read(response, largest).await
    }

    /// Sends a request whose answer is yes and nothing else: a page that says yes to everything is not our server.
    async fn tell(&self, request: RequestBuilder) -> Result<(), Error> {
        let response = self.send(request).await?;
        if response.headers().contains_key(CONTENT_TYPE) { Err(Error::not_ours(&response)) } else { Ok(()) }
    }

    /// Sends a request; the answer is one that says yes.
    async fn send(&self, request: RequestBuilder) -> Result<Response, Error> {
        let sequence = self.key.next_number().await?;
        self.answered(request, sequence).await
    }

    /// Signs a request as the call of this number, and sends it.
    async fn answered(&self, request: RequestBuilder, sequence: u64) -> Result<Response, Error> {
        let mut request = request.build().map_err(Error::from_transport)?;
        let url = request.url();
        let target = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        let call = Call {
            terminal: self.key.terminal(),
            sequence,
            method: request.method().as_str(),
            target: &target,
            body: request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default(),
        };
        let claim = call.sign(&self.key.signer()).to_string();
        let mut claim = HeaderValue::from_str(&claim).map_err(|_| Error::Address(self.base.to_string()))?;
        claim.set_sensitive(true);
        request.headers_mut().insert(terminal::AUTHORIZATION, claim);
        let response = self.transport.send(request).await?;
        if response.status().is_success() {
            return Ok(response);
        }
        if !is(&response, "application/json") {
            return Err(Error::not_ours(&response));
        }
        let status = response.status();
        let body = read(response, LARGEST_JSON).await?;
        Err(serde_json::from_slice(&body).map_or(
            Error::NotOurServer { status: status.as_u16(), kind: "another JSON".into() },
            Error::Refused,
        ))
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Client({})", self.base)
    }
}

/// The server's address, if a secret may be sent there.
fn address(server: &str) -> Result<Url, Error> {
    let bad = || Error::Address(server.to_owned());
    let url = Url::parse(server.trim()).map_err(|_| bad())?;
    let host = url.host_str().ok_or_else(bad)?;
    let here = host == "localhost"
        || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    match url.scheme() {
        "https" => Ok(url),
        "http" if here => Ok(url),
        "http" => Err(Error::Insecure(server.to_owned())),
        _ => Err(bad()),
    }
}

fn is(response: &Response, kind: &str) -> bool {
    let header = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    header.is_some_and(|value| value.starts_with(kind))
}

fn signed(request: RequestBuilder, token: &Token) -> Result<RequestBuilder, Error> {
    let mut value = HeaderValue::from_str(&token.0)
        .map_err(|_| Error::NotOurServer { status: 200, kind: "a token that is none".into() })?;
    value.set_sensitive(true);
    Ok(request.header(wire::session::HEADER, value))
}

/// The message as the request's body, wiped when it has been sent.
fn json(request: RequestBuilder, message: &impl Serialize) -> Result<RequestBuilder, Error> {
    let body = Zeroizing::new(serde_json::to_vec(message).map_err(Error::Shape)?);
    Ok(request.header(CONTENT_TYPE, "application/json").body(Bytes::from_owner(Wiped(body))))
}

struct Wiped(Zeroizing<Vec<u8>>);

impl AsRef<[u8]> for Wiped {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Bytes to be sent that are wiped when they have been sent.
pub(super) fn wiped(bytes: Zeroizing<Vec<u8>>) -> Bytes {
    Bytes::from_owner(Wiped(bytes))
}

fn with_query(request: RequestBuilder, parts: &[(&str, &str)]) -> Result<RequestBuilder, Error> {
    let (client, request) = request.build_split();
    let mut request = request.map_err(Error::from_transport)?;
    if !parts.is_empty() {
        request.url_mut().query_pairs_mut().extend_pairs(parts);
    }
    Ok(RequestBuilder::from_parts(client, request))
}

/// The body, as long as it is not longer than `largest`.
async fn read(mut response: Response, largest: usize) -> Result<Bytes, Error> {
    let told = response.content_length().unwrap_or(0);
    if told > largest as u64 {
        return Err(Error::TooLarge { largest });
    }
    let mut body = Vec::with_capacity(usize::try_from(told).unwrap_or(0));
    while let Some(chunk) = response.chunk().await.map_err(Error::from_transport)? {
        if body.len() + chunk.len() > largest {
            return Err(Error::TooLarge { largest });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.into())
}

#[cfg(test)]
mod tests;
