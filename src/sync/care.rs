//! What a terminal does beside sending its orders: it says how it is, and makes itself a new key when it is asked to.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::client::{self, Client};
use super::enrol::blocking;
use super::outbox::State;
use super::terminal;
use crate::seal::keys::{KeyStore, Kind};
use crate::store::{Salvage, Store};

use crate::system::{Clock, Randomness};
use crate::wire::health::Health;

/// How often a terminal says how it is when nothing changes.
const STEADY: Duration = Duration::from_secs(60);
/// How long a change waits for others that may follow.
const SETTLING: Duration = Duration::from_secs(2);

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Client(#[from] client::Error),
    #[error(transparent)]
    Keys(#[from] terminal::Error),
}

/// What only the rest of the program knows of a terminal's state, for the server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Condition {
    /// As [`Health::camera`].
    pub camera: Option<&'static str>,
    /// It failed again and again.
    pub camera_out_of_order: bool,
}

impl Condition {
    fn camera_trouble(&self) -> Option<&'static str> {
        self.camera_out_of_order.then_some("camera_out_of_order")
    }
}

/// That the store was found damaged, until somebody has read it: what was saved, and what may be lost.
fn damaged(salvage: &Salvage) -> String {
    let lost = salvage.lost.map_or_else(|| "unknown".to_owned(), |lost| lost.to_string());
    format!("store_damaged saved={} lost={lost} file={}", salvage.saved, salvage.file)
}

/// A terminal as its carer needs it.
pub(super) struct Care {
    pub client: Client,
    pub store: Store,
    pub keys: Arc<KeyStore>,
    pub clock: Clock,
    pub randomness: Randomness,
    pub state: watch::Receiver<State>,
    pub condition: watch::Receiver<Condition>,
}

impl Care {
    /// Goes on as long as the sender does whose state it reads.
    pub(super) async fn run(mut self) {
        loop {
            if self.state.wait_for(State::online).await.is_err() {
                return;
            }
            if let Err(error) = self.look().await {
                tracing::warn!(%error, "the server does not know how this terminal is");
            }
            let said = self.said();
            let changed = async {
                loop {
                    tokio::select! {
                        changed = self.state.changed() => changed?,
                        changed = self.condition.changed() => changed?,
                    }
                    let now = Said {
                        needs_person: self.state.borrow().needs_person,
                        condition: self.condition.borrow().clone(),
                    };
                    if now != said {
                        return Ok::<_, watch::error::RecvError>(());
                    }
                }
            };
            match tokio::time::timeout(STEADY, changed).await {
                Ok(Ok(())) => tokio::time::sleep(SETTLING).await,
                Ok(Err(_)) => return,
                Err(_) => {}
            }
        }
    }

    /// What is worth saying at once when it changes.
    fn said(&self) -> Said {
        Said { needs_person: self.state.borrow().needs_person, condition: self.condition.borrow().clone() }
    }

    async fn look(&self) -> Result<(), Error> {
        let keys = Arc::clone(&self.keys);
        if blocking(move || keys.pending_key()).await?.is_some() {
            // handed in before, and the answer was not heard
            exchange_key(&self.client, &self.keys, &self.randomness).await?;
        }
        let health = self.health().await;
        let heard = self.client.put_health(&health).await?;
        if heard.new_key {
            exchange_key(&self.client, &self.keys, &self.randomness).await?;
        }
        Ok(())
    }

    /// What the store cannot say now is left out: the rest is worth hearing.
    async fn health(&self) -> Health {
        let state = *self.state.borrow();
        let condition = self.condition.borrow().clone();
        let room = self.store.room().await.ok().map(|room| room.orders());
        let salvage = self.store.settings().salvage().await.ok().flatten();
        let epoch = self.store.outbox().epoch().await.ok().flatten();
        let mut troubles: Vec<String> = condition.camera_trouble().map(str::to_owned).into_iter().collect();
        troubles.extend(salvage.map(|salvage| damaged(&salvage)));
        let keys = match self.keys.kind() {
            Kind::Keyring => "keyring",
            Kind::Credential => "credential",
            Kind::Files => "files",
        };
        Health {
            now: self.clock.now().as_microsecond(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            epoch,
            waiting: state.waiting,
            oldest: state.oldest.map(jiff::Timestamp::as_microsecond),
            needs_person: state.needs_person,
            room,
            keys: Some(keys.to_owned()),
            camera: condition.camera.map(str::to_owned),
            troubles,
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Said {
    needs_person: u64,
    condition: Condition,
}

/// Makes a new key, hands it in signed with the present one, and signs with it once the server has it. Both are kept until the
/// answer came: cut anywhere, it is done again with the same key, and the server takes either until it has heard the new one.
pub async fn exchange_key(
    client: &Client,
    keys: &Arc<KeyStore>,
    randomness: &Randomness,
) -> Result<(), Error> {
    let (store, generator) = (Arc::clone(keys), randomness.clone());
    let next = blocking(move || store.next_key(&generator)).await?;
    client.hand_in_key(&next).await?;
    let (store, kept) = (Arc::clone(keys), next.clone());
    blocking(move || store.exchanged(kept)).await?;
    client.exchange_key(next);
    tracing::info!("the terminal has a new key");
    Ok(())
}
