//! The calls of a counter that keeps a copy to work alone.

use std::time::Duration;

use bytes::Bytes;
use reqwest::Method;
use uuid::Uuid;

use super::{Client, Error, LARGEST_PHOTO, PATIENCE, json, signed, with_query};
use crate::wire::replica::{Became, Conflicts, Deed, Replica, Settlement};
use crate::wire::session::Token;

impl Client {
    /// What changed since a mark; `known` is the hash of the list of blocked cards that is here.
    pub async fn replica(&self, since: Option<&str>, known: Option<&str>) -> Result<Replica, Error> {
        let parts = [("since", since), ("blocked", known)];
        let given: Vec<(&str, &str)> =
            parts.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))).collect();
        let request = with_query(self.request(Method::GET, &["replica"])?, &given)?;
        self.ask(request.timeout(PATIENCE * 6)).await
    }

    /// The small photo of an open order of this counter's place.
    pub async fn replica_photo(&self, sha256: &[u8; 32]) -> Result<Bytes, Error> {
        let request = self.request(Method::GET, &["replica", "photos", &hex::encode(sha256)])?;
        self.fetch(request.timeout(PATIENCE + Duration::from_secs(20)), "image/", LARGEST_PHOTO).await
    }

    /// Tells what was done here alone; again: the same answer.
    pub async fn put_deed(&self, id: Uuid, deed: &Deed) -> Result<Became, Error> {
        self.ask(json(self.request(Method::PUT, &["deeds", &id.to_string()])?, deed)?).await
    }

    /// What does not fit together at this counter's place and nobody has settled.
    pub async fn conflicts(&self, token: &Token) -> Result<Conflicts, Error> {
        self.ask(signed(self.request(Method::GET, &["conflicts"])?, token)?).await
    }

    pub async fn settle(&self, token: &Token, conflict: &str, words: &str) -> Result<(), Error> {
        let settlement = Settlement { words: words.to_owned() };
        let request = self.request(Method::POST, &["conflicts", conflict, "settlement"])?;
        self.tell(json(signed(request, token)?, &settlement)?).await
    }
}
