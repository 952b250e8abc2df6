//! A full week at one terminal, two weeks with few orders and two days without any; and a week with no word from the server.
//! Time is simulated; store, sender, server and their files are real.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::Ordering;

use kortautomat::domain::number::Number;
use kortautomat::domain::order;
use kortautomat::store::outbox::Draft;
use kortautomat::store::{Limits, Room};
use kortautomat::sync::outbox::deliver;
use kortautomat::system::Randomness;
use tempfile::TempDir;

use super::draft::{draft, jpeg};
use super::history::Sabotage;
use super::model::at_server;
use super::network::{Network, Weather};
use super::random::Random;
use super::server::{Server, Template};
use super::terminal::Terminal;

const HOUR: i64 = 3_600_000_000;

/// Orders of a full day and of a quiet one, and how long the doors are open.
const FULL: i64 = 300;
const QUIET: i64 = 5;
const OPEN: i64 = 10 * HOUR;

/// A log is written over from its beginning when it has a thousand pages; its database may be that much behind.
const LOG: u64 = 1_000 * 4_120;

const MEGABYTE: f64 = 1e6;

/// How the files and the process are at the end of a day. Bytes.
struct Day {
    /// The terminal's database with its log, and what of it is in use.
    terminal: u64,
    room: Room,
    /// The server's database with its log, and its photos.
    server: u64,
    photos: u64,
    memory: u64,
}

struct Soak<'t> {
    template: &'t Template,
    network: Network,
    terminal: Terminal,
    random: Random,
    randomness: Randomness,
    /// A small picture; what lies behind its end makes it as large as a real one.
    jpeg: Vec<u8>,
    photo: usize,
    shown: BTreeMap<order::Id, Number>,
    day: u32,
    _ground: TempDir,
}

impl<'t> Soak<'t> {
    async fn begin(template: &'t Template, photo: usize) -> Self {
        let mut random = Random::new(1);
        let ground = TempDir::new().unwrap();
        let server = Server::begin(template, ground.path(), random.fork()).await;
        let network = Network::new(server, random.fork(), Sabotage::None);
        let (line, transport) = (&template.lines[0], network.transport());
        let limits = Limits::default();
        let terminal = Terminal::begin(0, line, transport, ground.path(), limits, random.fork()).await;
        println!("  day  orders  waiting   terminal     in use     server     photos     memory  (MB)");
        Self {
            template,
            network,
            terminal,
            randomness: random.fork().randomness(),
            random,
            jpeg: jpeg(),
            photo,
            shown: BTreeMap::new(),
            day: 0,
            _ground: ground,
        }
    }

    async fn pass(&self, time: i64) {
        self.terminal.now.fetch_add(time, Ordering::Relaxed);
        self.network.server.lock().await.now.fetch_add(time, Ordering::Relaxed);
    }

    fn draft(&mut self) -> Draft {
        let id = order::Id(self.randomness.uuid().unwrap());
        let mut jpeg = self.jpeg.clone();
        let mut random = self.random.fork();
        while jpeg.len() < self.photo {
            jpeg.extend_from_slice(&random.next().to_le_bytes());
        }
        // one order each: whoever has two has one twice
        let user = format!("s{:05}", self.shown.len());
        draft(self.template, id, &user, jpeg, &self.randomness)
    }

    async fn order(&mut self) {
        let draft = self.draft();
        let store = self.terminal.store();
        assert!(store.room().await.unwrap().enough(), "no room for order {}", self.shown.len());
        let accepted = store.outbox().accept(&draft, self.terminal.code).await.unwrap();
        self.shown.insert(accepted.id, accepted.number);
    }

    /// One round of sending; whether something is left.
    async fn send(&self, weather: Weather) -> bool {
        self.network.begin(weather, None);
        let round = deliver(self.terminal.store(), self.terminal.client()).await.unwrap();
        self.network.line.lock().unwrap().trace.clear();
        round.left
    }

    /// A day with so many orders, and its night.
    async fn day(&mut self, orders: i64, weather: Weather) -> Day {
        for _ in 0..orders {
            self.pass(OPEN / orders).await;
            self.order().await;
            self.send(weather).await;
        }
        let rest = if orders > 0 { 24 * HOUR - OPEN } else { 24 * HOUR };
        for _ in 0..24 {
            self.pass(rest / 24).await;
            self.send(weather).await;
            let server = self.network.server.lock().await;
            server.save_calls().await;
            server.tidy().await;
        }
        self.day += 1;
        let day = self.look().await;
        let summary = self.terminal.store().outbox().summary().await.unwrap();
        let sizes = [day.terminal, day.room.used, day.server, day.photos, day.memory];
        let sizes = sizes.map(|bytes| format!("{:>9.1}  ", bytes as f64 / MEGABYTE)).concat();
        println!("{:>5}  {orders:>6}  {:>7}  {sizes}", self.day, summary.waiting);
        day
    }

    async fn look(&self) -> Day {
        let server = self.network.server.lock().await.folder();
        Day {
            terminal: database(&self.terminal.folder(), "terminal.sqlite"),
            room: self.terminal.store().room().await.unwrap(),
            server: database(&server, kortautomat::server::storage::FILE),
            photos: folder(&server.join("photos")),
            memory: memory(),
        }
    }

    /// The server has every order whose number was shown, once, and the terminal knows it.
    async fn settled(&self) {
        let there = at_server(&*self.network.server.lock().await).await;
        let there: BTreeMap<order::Id, Number> =
            there.into_iter().map(|(id, (number, _))| (id, number)).collect();
        assert!(
            there == self.shown,
            "{} orders were shown, the server has {}",
            self.shown.len(),
            there.len()
        );
        let given = self.terminal.store().outbox().given().await.unwrap();
        assert!(given.len() == self.shown.len() && given.iter().all(|given| given.delivered));
    }
}

/// A database and its log.
fn database(at: &Path, name: &str) -> u64 {
    let size = |name: String| std::fs::metadata(at.join(name)).map_or(0, |file| file.len());
    size(name.to_owned()) + size(format!("{name}-wal"))
}

fn folder(at: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(at) else { return 0 };
    entries
        .map(|entry| {
            let entry = entry.unwrap();
            let file = entry.metadata().unwrap();
            if file.is_dir() { folder(&entry.path()) } else { file.len() }
        })
        .sum()
}

/// The resident memory of this process, in which terminal, server and test are; 0 where the system does not say it.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}

fn asked(name: &str, otherwise: usize) -> usize {
    std::env::var(name).map_or(otherwise, |text| text.parse().unwrap())
}

/// What `packaging/soak` runs first: `SOAK_PHOTO` bytes are a photo as the program's own encoder makes it.
#[tokio::test]
#[ignore = "packaging/soak runs it"]
async fn a_full_week_and_two_quiet_ones() {
    let photo = asked("SOAK_PHOTO", 210_000);
    let template = tokio::task::spawn_blocking(Template::make).await.unwrap();
    let mut soak = Soak::begin(&template, photo).await;
    for _ in 0..7 {
        soak.day(FULL, Weather::Fair).await;
    }
    let (week, full) = (soak.shown.len() as u64, soak.look().await);
    for _ in 7..15 {
        soak.day(QUIET, Weather::Fair).await;
    }
    let fortnight = soak.look().await;
    for _ in 15..21 {
        soak.day(QUIET, Weather::Fair).await;
    }
    soak.settled().await;
    let before = soak.look().await;
    let quiet = before.room.used;
    assert!(quiet < (photo as u64 + 20_000) * week / 10, "{quiet} bytes are kept of what was sent long ago");
    assert!(before.terminal <= fortnight.terminal + LOG, "what is deleted is not used again");
    for _ in 21..23 {
        soak.day(0, Weather::Fair).await;
    }
    let after = soak.look().await;
    soak.settled().await;
    assert!(after.terminal <= before.terminal + LOG, "the terminal's database grows by itself");
    assert!(after.server <= before.server + LOG, "the server's database grows by itself");
    assert!(after.photos <= before.photos, "the server's photos grow by themselves");
    // what the databases keep in memory of their pages may still come together
    let most = full.memory / 4 * 5;
    assert!(after.memory <= most, "{} bytes of memory, {} after the week", after.memory, full.memory);
    println!("{} orders, each at the server once; nothing grows that nobody adds to", soak.shown.len());
}

/// What `packaging/soak` runs then: `SOAK_LARGE` bytes are the largest photo that a camera usually gives.
#[tokio::test]
#[ignore = "packaging/soak runs it"]
async fn a_full_week_with_no_word_from_the_server() {
    let template = tokio::task::spawn_blocking(Template::make).await.unwrap();
    let mut soak = Soak::begin(&template, asked("SOAK_LARGE", 700_000)).await;
    for _ in 0..7 {
        let day = soak.day(FULL, Weather::Cut).await;
        assert!(day.terminal < day.room.limits.database, "{} bytes", day.terminal);
        assert!(day.room.enough(), "no room for another order");
    }
    let room = soak.look().await.room;
    while soak.send(Weather::Fair).await {}
    soak.day(0, Weather::Fair).await;
    soak.settled().await;
    println!(
        "{} orders without the server, room for {} more of the largest kind; then each at the server once",
        soak.shown.len(),
        room.orders(),
    );
}
