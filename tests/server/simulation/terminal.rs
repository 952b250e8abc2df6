//! A terminal: its real store in its folder, and the real client on the simulated network.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use kortautomat::domain::number::TerminalCode;
use kortautomat::seal::record;
use kortautomat::seal::signing::Signer;
use kortautomat::store::{Limits, Store};
use kortautomat::sync::client::{Client, Key, Transport};
use kortautomat::sync::enrol::Line;
use kortautomat::system::{Clock, Randomness};

use super::disk::{self, Mark};
use super::random::Random;
use super::server::BEGIN;

/// The name of a store's database.
const DATABASE: &str = "terminal.sqlite";

pub struct Terminal {
    pub code: TerminalCode,
    store: Option<Store>,
    client: Option<Client>,
    transport: Transport,
    /// In the key store, which is no part of its folder's database.
    signer: Signer,
    pub now: Arc<AtomicI64>,
    pub limits: Limits,
    name: String,
    ground: PathBuf,
    generation: u32,
    randomness: Randomness,
    /// A copy of its folder that somebody may put back.
    pub copy: Option<PathBuf>,
}

impl Terminal {
    pub async fn begin(
        n: usize,
        line: &Line,
        transport: Transport,
        ground: &Path,
        limits: Limits,
        random: Random,
    ) -> Self {
        let randomness = random.randomness();
        let mut terminal = Self {
            code: line.code,
            store: None,
            client: None,
            transport,
            signer: Signer::generate(&randomness).unwrap(),
            now: Arc::new(AtomicI64::new(BEGIN)),
            limits,
            name: format!("terminal-{n}"),
            ground: ground.to_owned(),
            generation: 0,
            randomness,
            copy: None,
        };
        terminal.open().await;
        terminal.enrol(line).await;
        terminal
    }

    fn client_with(&self, key: Key) -> Client {
        Client::over(self.transport.clone(), "https://kort.example", key).unwrap()
    }

    /// Makes a key and hands it in with this line, over a network that is well.
    pub async fn enrol(&mut self, line: &Line) {
        self.signer = Signer::generate(&self.randomness).unwrap();
        let first = self.client_with(Key::fleeting(self.code, self.signer.clone(), 1));
        first.enrol(line.secret.as_str()).await.unwrap();
        self.client = Some(self.client_with(Key::new(self.code, self.signer.clone(), self.store().clone())));
    }

    pub fn client(&self) -> &Client {
        self.client.as_ref().unwrap()
    }

    pub fn folder(&self) -> PathBuf {
        self.ground.join(format!("{}-{}", self.name, self.generation))
    }

    async fn open(&mut self) {
        let now = Arc::clone(&self.now);
        let clock = Clock::of(move || Timestamp::from_microsecond(now.load(Ordering::Relaxed)).unwrap());
        let key = record::Key::from_bytes([9; 32]);
        let folder = self.folder();
        let opened = Store::open_within(&folder, key, clock, self.randomness.clone(), self.limits);
        let store = opened.await.unwrap();
        self.client = Some(self.client_with(Key::new(self.code, self.signer.clone(), store.clone())));
        self.store = Some(store);
    }

    pub fn store(&self) -> &Store {
        self.store.as_ref().unwrap()
    }

    /// How far its disk is, to be asked at any time.
    pub fn look(&self) -> Box<dyn Fn() -> Mark + Send> {
        let folder = self.folder();
        Box::new(move || disk::mark(&folder, DATABASE))
    }

    /// Ends without a word and starts again with what was on the disk.
    pub async fn crash(&mut self, since: Option<&Mark>, random: &mut Random) -> String {
        let old = self.folder();
        self.generation += 1;
        let new = self.folder();
        disk::copy(&old, &new);
        let how = since.map_or_else(|| "whole".into(), |mark| disk::tear(&new, DATABASE, mark, random));
        self.leave(&old).await;
        self.open().await;
        how
    }

    async fn leave(&mut self, folder: &Path) {
        self.client = None;
        if let Some(store) = self.store.take() {
            store.close().await;
        }
        std::fs::remove_dir_all(folder).unwrap();
    }

    /// Somebody copies its folder.
    pub fn copy_folder(&mut self) {
        let copy = self.ground.join(format!("{}-copy", self.name));
        let _gone = std::fs::remove_dir_all(&copy);
        disk::copy(&self.folder(), &copy);
        self.copy = Some(copy);
    }

    /// Somebody puts the copy back.
    pub async fn put_back(&mut self) -> bool {
        let Some(copy) = self.copy.take() else { return false };
        let old = self.folder();
        self.leave(&old).await;
        self.generation += 1;
        disk::copy(&copy, &self.folder());
        self.open().await;
        true
    }
}
