//! The central server: HTTP API, jobs, storage, identity.
//!
//! | module | what it is |
//! |---|---|
//! | [`routes`] | every call, with its description for the OpenAPI document |
//! | [`authentication`], [`calls`] | who calls: the terminal, the person; which calls were made |
//! | [`submission`], [`moves`], [`deeds`], [`registry`], [`production`], [`terminals`] | what a call does: decided by the domain, written in one transaction |
//! | [`replica`] | what counters copy, to work alone |
//! | [`storage`], [`photos`] | what is kept |
//! | [`jobs`] | what the server does by itself |
//! | [`adapters`] | the systems around |
//! | [`pages`], [`theme`] | what a browser sees, and in which colours |
//! | [`identity`] | who knows user names and passwords |
//! | [`install`], [`import`], [`demo`] | what the command line does to a data folder |

pub mod adapters;
pub mod answers;
pub mod authentication;
pub mod calls;
pub mod command;
pub mod deeds;
pub mod demo;
pub mod identity;
pub mod import;
pub mod install;
pub mod jobs;
pub mod moves;
pub mod pages;
pub mod photos;
pub mod problem;
pub mod production;
pub mod registry;
pub mod replica;
pub mod reports;
pub mod routes;
mod setup;
pub mod storage;
pub mod submission;
pub mod terminals;
pub mod theme;
pub mod tls;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::{Notify, Semaphore, watch};
use tokio::task::JoinHandle;

use crate::system::{Clock, Randomness};
use adapters::access_system::{self, AccessSystem};
use calls::Calls;
use identity::Provider;
use photos::Photos;
use storage::Storage;
use tls::{Authority, Certificates};

/// Where the server keeps its data, where it listens, and whom it talks to.
#[derive(Debug, Clone)]
pub struct Config {
    pub data: PathBuf,
    /// Off loopback with TLS only. Port 0 takes a free one.
    pub listen: SocketAddr,
    /// TLS on loopback too.
    pub tls: bool,
    /// Names and addresses by which terminals reach the server, beside the one that it listens on: its certificate has them.
    pub tls_names: Vec<String>,
    /// How phones reach the server; none: as it listens, or what the database says.
    pub public_url: Option<String>,
    /// Address of the access system; none: what it is to be told waits.
    pub access_system: Option<String>,
}

impl Config {
    /// Plain HTTP on loopback, TLS elsewhere; no system around.
    pub fn new(data: PathBuf, listen: SocketAddr) -> Self {
        Self { data, listen, tls: false, tls_names: Vec::new(), public_url: None, access_system: None }
    }

    /// The certificate, where there is to be one.
    fn certificates(&self, now: jiff::Timestamp) -> Result<Option<Certificates>, Error> {
        let here = self.listen.ip();
        if here.is_loopback() && !self.tls {
            return Ok(None);
        }
        let authority = Authority::read(&self.data)?;
        let authority = authority.ok_or_else(|| tls::Error::None(self.data.clone()))?;
        let mut names = self.tls_names.clone();
        if !here.is_unspecified() {
            names.push(here.to_string());
        }
        if here.is_loopback() {
            names.push("localhost".to_owned());
        }
        Ok(Some(Certificates::new(authority, names, now)?))
    }
}

/// What every call works with.
#[derive(Debug)]
pub struct App {
    pub storage: Storage,
    pub photos: Photos,
    pub provider: Box<dyn Provider>,
    pub clock: Clock,
    pub randomness: Randomness,
    pub public_url: Option<String>,
    /// Where it listens.
    pub address: SocketAddr,
    /// None where it speaks plain HTTP.
    pub certificates: Option<Arc<Certificates>>,
    /// Which calls the terminals have made.
    pub calls: Calls,
    delivering: Arc<Semaphore>,
    work: Notify,
}

/// So many calls of terminals that deliver are worked on at once; the others are asked to come back.
const DELIVERING: usize = 64;

impl App {
    /// Opens the data folder, for a server that is to be reached at this address.
    pub async fn open(
        config: &Config,
        address: SocketAddr,
        clock: Clock,
        randomness: Randomness,
    ) -> Result<Self, Error> {
        let storage = Storage::open(&config.data).await?;
        let provider = Box::new(identity::Passwords::new(storage.clone(), &randomness)?);
        Self::with(config, address, storage, provider, clock, randomness)
    }

    /// The same with another provider of identities.
    pub fn with(
        config: &Config,
        address: SocketAddr,
        storage: Storage,
        provider: Box<dyn Provider>,
        clock: Clock,
        randomness: Randomness,
    ) -> Result<Self, Error> {
        let certificates = config.certificates(clock.now())?.map(Arc::new);
        Ok(Self {
            clock,
            photos: Photos::in_folder(&photo_folder(&config.data))?,
            provider,
            storage,
            randomness,
            public_url: config.public_url.clone(),
            address,
            certificates,
            calls: Calls::default(),
            delivering: Arc::new(Semaphore::new(DELIVERING)),
            work: Notify::new(),
        })
    }

    /// The address by which it is reached from where it runs.
    pub fn url(&self) -> String {
        let scheme = if self.certificates.is_some() { "https" } else { "http" };
        format!("{scheme}://{}", self.address)
    }

    /// There may be something for the jobs to do.
    pub fn wake_jobs(&self) {
        self.work.notify_one();
    }
}

/// Why the server did not start, or stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0} is in use by another program: choose another port with --listen")]
    InUse(SocketAddr),
    #[error("cannot listen on {address}")]
    Listen { address: SocketAddr, source: std::io::Error },
    #[error(transparent)]
    Storage(#[from] storage::Error),
    #[error("the photo folder cannot be used")]
    Photos(#[from] photos::Error),
    #[error(transparent)]
    Tls(#[from] tls::Error),
    #[error(transparent)]
    Identity(#[from] identity::Error),
    #[error("the access system's address cannot be used")]
    AccessSystem(#[from] access_system::Error),
    #[error("the server stopped")]
    Stopped(#[from] std::io::Error),
    #[error("a part of the server stopped")]
    Part(#[from] tokio::task::JoinError),
}

/// The folder of the photos inside the data folder.
pub fn photo_folder(data: &Path) -> PathBuf {
    data.join("photos")
}

/// A running server.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    serving: JoinHandle<std::io::Result<()>>,
    working: JoinHandle<()>,
    app: Arc<App>,
}

impl Server {
    /// Opens the data folder and begins to listen.
    pub async fn start(config: Config, clock: Clock, randomness: Randomness) -> Result<Self, Error> {
        let listener = TcpListener::bind(config.listen).await.map_err(|source| match source.kind() {
            std::io::ErrorKind::AddrInUse => Error::InUse(config.listen),
            _ => Error::Listen { address: config.listen, source },
        })?;
        let address = listener.local_addr()?;
        let app = App::open(&config, address, clock, randomness).await?;
        replica::prepare(&app.storage, &app.randomness).await?;
        let app = Arc::new(app);
        let certificates = app.certificates.clone();
        let doors = config.access_system.as_deref().map(AccessSystem::at).transpose()?;
        let (stop, stopped) = watch::channel(false);
        let working = tokio::spawn(jobs::run(Arc::clone(&app), doors, stopped.clone()));
        let router = routes::router(Arc::clone(&app));
        let ended = wait_for_stop(stopped);
        let serving = match certificates {
            Some(certificates) => {
                let listener = tls::Listener::over(listener, certificates)?;
                tokio::spawn(async move { axum::serve(listener, router).with_graceful_shutdown(ended).await })
            }
            None => {
                tokio::spawn(async move { axum::serve(listener, router).with_graceful_shutdown(ended).await })
            }
        };
        Ok(Self { address, stop, serving, working, app })
    }

    /// The address by which it is reached from where it runs.
    pub fn url(&self) -> String {
        self.app.url()
    }

    /// Where it listens.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// What the calls work with.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Lets the calls under way come to their end, and closes the database.
    pub async fn shutdown(self) -> Result<(), Error> {
        // nobody listens any more only if serving has ended already
        self.stop.send_replace(true);
        self.serving.await??;
        self.working.await?;
        self.app.calls.save(&self.app.storage).await?;
        self.app.storage.close().await;
        Ok(())
    }
}

async fn wait_for_stop(mut stopped: watch::Receiver<bool>) {
    // an error means that the server was dropped: stop as well
    let _ended = stopped.wait_for(|stop| *stop).await;
}
