//! An enrolled terminal: its store, its client and what it is set up with, opened from its data folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinError;

use super::care::{self, Care, Condition};
use super::client::{self, Client};
use super::enrol::blocking;
use super::outbox::Sender;
use super::plan::Pace;
use super::replica::Keeper;
use super::setup::{self, Setup};
use crate::seal::SharedKey;
use crate::seal::keys::{self, Identity, KeyStore, Kind, Prefer};
use crate::store::outbox::{Accepted, Draft};
use crate::store::settings::Enrolment;
use crate::store::{self, Store};
use crate::system::{Clock, Randomness};

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
    identity: Identity,
    keys: Arc<KeyStore>,
    clock: Clock,
    randomness: Randomness,
    condition: Arc<watch::Sender<Condition>>,
}

impl Terminal {
    pub async fn open(data: &Path, clock: Clock, randomness: Randomness) -> Result<Self, Error> {
        if !Store::exists(data) {
            return Err(Error::NotEnrolled(data.to_owned()));
        }
        let folder = data.to_owned();
        let generator = randomness.clone();
        let (keys, record_key, identity) = blocking(move || {
            let keys = KeyStore::open(&folder, Prefer::Files, &generator)?;
            let record_key = keys.record_key(true, &generator)?;
            let identity = keys.identity()?;
            Ok((keys, record_key, identity))
        })
        .await?;
        let store = Store::open(data, record_key, clock.clone(), randomness.clone()).await?;
        let enrolment =
            store.settings().enrolment().await?.ok_or_else(|| Error::NotEnrolled(data.to_owned()))?;
        let identity = identity.ok_or(keys::Error::Missing("terminal"))?;
        let key = client::Key::new(enrolment.code, identity.signer.clone(), store.clone());
        let client =
            Client::new(&enrolment.server, enrolment.authority, key).map_err(setup::Error::Client)?;
        let (keys, condition) = (Arc::new(keys), Arc::default());
        Ok(Self { store, client, enrolment, identity, keys, clock, randomness, condition })
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
        self.keys.kind()
    }

    /// The key that it shares with the server, for codes from a phone.
    pub fn phone_key(&self) -> &SharedKey {
        &self.identity.phone_key
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

    /// Starts keeping a counter's copy, until the keeper is dropped.
    pub fn keep_copy(&self, pace: Pace, clock: Clock) -> Keeper {
        let (store, client, enrolment) = (self.store.clone(), self.client.clone(), self.enrolment.clone());
        Keeper::start(store, client, enrolment, pace, clock, self.randomness.clone())
    }

    /// Changes what the server is told of this terminal's condition.
    pub fn tell(&self, change: impl FnOnce(&mut Condition)) {
        self.condition.send_if_modified(|condition| {
            let before = condition.clone();
            change(condition);
            *condition != before
        });
    }

    /// Makes a new key and hands it in, whether the server has asked for it or not.
    pub async fn exchange_key(&self) -> Result<(), care::Error> {
        care::exchange_key(&self.client, &self.keys, &self.randomness).await
    }

    /// Starts sending what is in the outbox, until the sender is dropped.
    pub fn send(&self, pace: Pace) -> Sender {
        let sender = Sender::start(self.store.clone(), self.client.clone(), pace, self.randomness.clone());
        let care = Care {
            client: self.client.clone(),
            store: self.store.clone(),
            keys: Arc::clone(&self.keys),
            clock: self.clock.clone(),
            randomness: self.randomness.clone(),
            state: sender.state(),
            condition: self.condition.subscribe(),
        };
        sender.beside(care.run())
    }
}
