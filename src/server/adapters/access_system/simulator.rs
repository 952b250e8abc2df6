//! A stand-in for the access system, for the demo and for tests: a process of its own with a folder and a key of its own.
//! It opens sealed PINs, to prove that they arrive, and keeps nothing of them but the order that they belong to.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Path as Segment, State};
use axum::http::StatusCode;
use axum::routing::{get, post, put};
use axum::{Json, Router};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::{Asked, Change, NewCard, NewPin, Person, Progress};
use crate::domain::order;
use crate::seal::pin::{self, AccessSecret, SealedPin};
use crate::system::{Clock, Randomness};

/// After so long a change is confirmed.
pub const USUAL_DELAY: SignedDuration = SignedDuration::from_secs(2);

const SECRET: &str = "pin-key.secret";
const PUBLIC: &str = "pin-key.pub";
const STATE: &str = "state.json";

/// Why the simulator cannot run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{path} cannot be read or written")]
    File { path: PathBuf, source: std::io::Error },
    #[error("{0} does not hold what this program wrote")]
    Damaged(PathBuf),
    #[error("no key can be made or read")]
    Key(#[from] pin::Error),
    #[error("cannot listen")]
    Listen(#[source] std::io::Error),
    #[error("the simulator stopped")]
    Stopped(#[from] tokio::task::JoinError),
}

/// What the doors know.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// User name → name.
    pub persons: BTreeMap<String, String>,
    /// Card number → owner and whether it opens doors.
    pub cards: BTreeMap<String, (String, bool)>,
    /// User name → the order whose PIN they have. Never the PIN.
    pub pins: BTreeMap<String, Uuid>,
    /// Change → when it was asked for, microseconds.
    pub changes: BTreeMap<Uuid, i64>,
}

struct Doors {
    folder: PathBuf,
    secret: AccessSecret,
    clock: Clock,
    delay: SignedDuration,
    known: Mutex<Known>,
}

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::File { path, source }
}

/// The access system's key in this folder, made there the first time. Its public part lies beside it in `pin-key.pub`.
pub fn key(folder: &Path, randomness: &Randomness) -> Result<AccessSecret, Error> {
    std::fs::create_dir_all(folder).map_err(failed(folder))?;
    let path = folder.join(SECRET);
    if path.exists() {
        let text = zeroize::Zeroizing::new(std::fs::read_to_string(&path).map_err(failed(&path))?);
        let mut bytes = zeroize::Zeroizing::new([0; 32]);
        hex::decode_to_slice(text.trim(), bytes.as_mut_slice()).map_err(|_| Error::Damaged(path))?;
        return Ok(AccessSecret::from_bytes(&bytes));
    }
    let secret = AccessSecret::generate(randomness)?;
    let text = zeroize::Zeroizing::new(hex::encode(secret.to_bytes().as_slice()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&path).map_err(failed(&path))?;
    std::io::Write::write_all(&mut file, text.as_bytes()).map_err(failed(&path))?;
    let public = folder.join(PUBLIC);
    std::fs::write(&public, format!("{}\n", secret.public())).map_err(failed(&public))?;
    Ok(secret)
}

impl Doors {
    /// Makes a change once, and writes it down before it is answered.
    fn change(
        &self,
        id: Uuid,
        make: impl FnOnce(&mut Known),
    ) -> Result<(StatusCode, Json<Change>), StatusCode> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if !known.changes.contains_key(&id) {
            let mut next = known.clone();
            make(&mut next);
            next.changes.insert(id, self.clock.now().as_microsecond());
            self.write(&next)?;
            *known = next;
        }
        Ok((StatusCode::ACCEPTED, Json(Change { id, state: self.progress(&known, id) })))
    }

    fn write(&self, known: &Known) -> Result<(), StatusCode> {
        let (path, beside) = (self.folder.join(STATE), self.folder.join("state.json.new"));
        let written = serde_json::to_vec_pretty(known)
            .map_err(std::io::Error::from)
            .and_then(|bytes| std::fs::write(&beside, bytes))
            .and_then(|()| std::fs::rename(&beside, &path));
        written.map_err(|error| {
            tracing::error!(%error, "the simulator cannot write its state");
            StatusCode::INSUFFICIENT_STORAGE
        })
    }

    fn progress(&self, known: &Known, id: Uuid) -> Progress {
        let asked = known.changes.get(&id).and_then(|at| Timestamp::from_microsecond(*at).ok());
        match asked {
            Some(asked) if self.clock.now().duration_since(asked) >= self.delay => Progress::Confirmed,
            _ => Progress::Pending,
        }
    }
}

type Answer = Result<(StatusCode, Json<Change>), StatusCode>;

async fn person(
    State(doors): State<Arc<Doors>>,
    Segment(user): Segment<String>,
    Json(person): Json<Person>,
) -> Result<StatusCode, StatusCode> {
    let mut known = doors.known.lock().unwrap_or_else(PoisonError::into_inner);
    known.persons.insert(user, person.name);
    doors.write(&known)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn card(
    State(doors): State<Arc<Doors>>,
    Segment(user): Segment<String>,
    Json(card): Json<NewCard>,
) -> Answer {
    doors.change(card.id, |known| {
        for (owner, opens) in known.cards.values_mut().filter(|(owner, _)| *owner == user) {
            *opens = owner.is_empty();
        }
        known.cards.insert(card.number, (user, true));
    })
}

async fn set_pin(
    State(doors): State<Arc<Doors>>,
    Segment(user): Segment<String>,
    Json(new): Json<NewPin>,
) -> Answer {
    let sealed: SealedPin = new.sealed.parse().map_err(|_| StatusCode::UNPROCESSABLE_ENTITY)?;
    // opened and dropped at once: what stays is that it could be opened, and for which order
    pin::open(&doors.secret, order::Id(new.order), &sealed).map_err(|_| StatusCode::UNPROCESSABLE_ENTITY)?;
    doors.change(new.id, |known| {
        known.pins.insert(user, new.order);
    })
}

async fn block(
    State(doors): State<Arc<Doors>>,
    Segment(card): Segment<String>,
    Json(asked): Json<Asked>,
) -> Answer {
    doors.change(asked.id, |known| known.cards.entry(card).or_default().1 = false)
}

async fn unblock(
    State(doors): State<Arc<Doors>>,
    Segment(card): Segment<String>,
    Json(asked): Json<Asked>,
) -> Answer {
    doors.change(asked.id, |known| known.cards.entry(card).or_default().1 = true)
}

async fn change(
    State(doors): State<Arc<Doors>>,
    Segment(id): Segment<Uuid>,
) -> Result<Json<Change>, StatusCode> {
    let known = doors.known.lock().unwrap_or_else(PoisonError::into_inner);
    if !known.changes.contains_key(&id) {
        return Err(StatusCode::NOT_FOUND);
    }
    Ok(Json(Change { id, state: doors.progress(&known, id) }))
}

async fn public_key(State(doors): State<Arc<Doors>>) -> String {
    doors.secret.public().to_string()
}

/// A running simulator.
pub struct Simulator {
    address: std::net::SocketAddr,
    stop: watch::Sender<bool>,
    serving: JoinHandle<std::io::Result<()>>,
    doors: Arc<Doors>,
}

impl Simulator {
    /// Begins to listen; what is in the folder goes on.
    pub async fn start(
        folder: &Path,
        listen: std::net::SocketAddr,
        delay: SignedDuration,
        clock: Clock,
        randomness: &Randomness,
    ) -> Result<Self, Error> {
        let secret = key(folder, randomness)?;
        let path = folder.join(STATE);
        let known = if path.exists() {
            let bytes = std::fs::read(&path).map_err(failed(&path))?;
            serde_json::from_slice(&bytes).map_err(|_| Error::Damaged(path))?
        } else {
            Known::default()
        };
        let listener = TcpListener::bind(listen).await.map_err(Error::Listen)?;
        let address = listener.local_addr().map_err(Error::Listen)?;
        let folder = folder.to_owned();
        let doors = Arc::new(Doors { folder, secret, clock, delay, known: Mutex::new(known) });
        let router = Router::new()
            .route("/persons/{user}", put(person))
            .route("/persons/{user}/card", put(card))
            .route("/persons/{user}/pin", put(set_pin))
            .route("/cards/{number}/block", post(block))
            .route("/cards/{number}/unblock", post(unblock))
            .route("/changes/{id}", get(change))
            .route("/key", get(public_key))
            .with_state(Arc::clone(&doors));
        let (stop, mut stopped) = watch::channel(false);
        let ended = async move {
            // an error means that the simulator was dropped: stop as well
            let _ended = stopped.wait_for(|stop| *stop).await;
        };
        let serving =
            tokio::spawn(async move { axum::serve(listener, router).with_graceful_shutdown(ended).await });
        Ok(Self { address, stop, serving, doors })
    }

    /// Where it listens.
    pub fn local_addr(&self) -> std::net::SocketAddr {
        self.address
    }

    /// What the doors know now.
    pub fn known(&self) -> Known {
        self.doors.known.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Stops listening.
    pub async fn shutdown(self) -> Result<(), Error> {
        self.stop.send_replace(true);
        self.serving.await?.map_err(Error::Listen)
    }
}
