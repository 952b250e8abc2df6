//! An enrolled terminal: its store, its client and what it is set up with, opened from its data folder.

use std::path::{Path, PathBuf};

use tokio::task::JoinError;

use super::client::Client;
use super::outbox::Sender;
use super::plan::Pace;
use super::setup::{self, Setup};
use crate::seal::keys::{self, KeyStore, Kind, Prefer};
use crate::store::outbox::{Accepted, Draft};
use crate::store::settings::Enrolment;
use crate::store::{self, Store};
use crate::system::{Clock, Randomness};
use crate::wire::terminal;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0} is not a terminal's folder: enrol it first")]
    NotEnrolled(PathBuf),
    #[error(transparent)]
    Keys(#[from] keys::Error),
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Setup(#[from] setup::Error),
    #[error("reading the keys was interrupted: {0}")]
    Interrupted(#[source] JoinError),
}

/// A terminal, opened. Needs no server.
#[derive(Debug, Clone)]
pub struct Terminal {
    store: Store,
    client: Client,
    enrolment: Enrolment,
    keys: Kind,
    randomness: Randomness,
}

impl Terminal {
    pub async fn open(data: &Path, clock: Clock, randomness: Randomness) -> Result<Self, Error> {
        if !Store::exists(data) {
            return Err(Error::NotEnrolled(data.to_owned()));
        }
        let folder = data.to_owned();
        let generator = randomness.clone();
        let (key, secret, kind) = tokio::task::spawn_blocking(move || {
            let keys = KeyStore::open(&folder, Prefer::Files, &generator)?;
            let key = keys.record_key(true, &generator)?;
            Ok::<_, Error>((key, keys.terminal_secret()?, keys.kind()))
        })
        .await
        .map_err(Error::Interrupted)??;
        let store = Store::open(data, key, clock, randomness.clone()).await?;
        let enrolment =
            store.settings().enrolment().await?.ok_or_else(|| Error::NotEnrolled(data.to_owned()))?;
        let secret = secret.ok_or(keys::Error::Missing("terminal"))?;
        let proof = terminal::Enrolment {
            code: enrolment.code,
            secret: secret.expose().parse().map_err(|_| keys::Error::Malformed("terminal"))?,
            pin_key_fingerprint: *enrolment.access_key.as_bytes(),
        };
        let client = Client::new(&enrolment.server, &proof).map_err(setup::Error::Client)?;
        Ok(Self { store, client, enrolment, keys: kind, randomness })
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    pub fn client(&self) -> &Client {
        &self.client
    }

    pub fn enrolment(&self) -> &Enrolment {
        &self.enrolment
    }

    /// Where the keys are kept.
    pub fn keys(&self) -> Kind {
        self.keys
    }

    /// What the server last said about this terminal.
    pub async fn remembered_setup(&self) -> Result<Option<Setup>, setup::Error> {
        setup::remembered(&self.store, &self.enrolment).await
    }

    /// What the server says about this terminal, remembered from now on.
    pub async fn refresh_setup(&self) -> Result<Setup, setup::Error> {
        setup::refresh(&self.store, &self.client, &self.enrolment).await
    }

    /// Takes an order: when this has returned, its number may be shown. It is sent from the background.
    pub async fn accept(&self, draft: &Draft) -> Result<Accepted, store::Error> {
        self.store.outbox().accept(draft, self.enrolment.code).await
    }

    /// Starts sending what is in the outbox, until the sender is dropped.
    pub fn send(&self, pace: Pace) -> Sender {
        Sender::start(self.store.clone(), self.client.clone(), pace, self.randomness.clone())
    }
}
