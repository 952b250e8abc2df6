//! One history: what happens, one step after the other, all of it from the seed.

use std::path::PathBuf;
use std::sync::atomic::Ordering;

use kortautomat::domain::order;
use kortautomat::domain::pin::Pin;
use kortautomat::seal::pin::seal;
use kortautomat::store::outbox::Draft;
use kortautomat::store::{Error, Limits};
use kortautomat::sync::outbox::{Link, deliver};
use kortautomat::system::Randomness;
use tempfile::TempDir;

use super::disk;
use super::draft::{draft, jpeg};
use super::model::{Made, Model};
use super::network::{Network, Weather};
use super::random::Random;
use super::server::{Server, TERMINALS, Template};
use super::terminal::Terminal;

const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24 * HOUR;

/// A backup is restored only while the terminals keep what they sent since.
const BACKUP_HOLDS: i64 = 12 * DAY;

/// What a history breaks on purpose, to show that it would be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sabotage {
    None,
    /// A number is shown before its order is on the disk.
    NumberBeforeCommit,
    /// The server does not know an id when it comes once more.
    IdempotenceForgotten,
    /// What was sent is not kept.
    SentForgottenAtOnce,
    /// The server says yes before it is on its disk.
    AnswersBeforeCommit,
    /// A PIN is sealed anew on the way.
    PinChanged,
}

/// What came of a history.
pub struct Told {
    pub trace: Vec<String>,
    /// The invariant that does not hold.
    pub broken: Option<String>,
}

struct Backup {
    name: String,
    file: PathBuf,
    /// In the history's own time.
    at: i64,
}

pub struct History<'t> {
    template: &'t Template,
    random: Random,
    randomness: Randomness,
    network: Network,
    terminals: Vec<Terminal>,
    model: Model,
    backups: Vec<Backup>,
    made: u64,
    elapsed: i64,
    jpeg: Vec<u8>,
    sabotage: Sabotage,
    /// Somebody else fills the disks, between the question for room and the order.
    filled: bool,
    _ground: TempDir,
}

impl<'t> History<'t> {
    pub async fn begin(template: &'t Template, seed: u64, sabotage: Sabotage) -> Self {
        let mut random = Random::new(seed);
        let ground = disk::ground();
        let server = Server::begin(template, ground.path(), random.fork()).await;
        let network = Network::new(server, random.fork(), sabotage);
        let mut terminals = Vec::new();
        // some have little room, so that it runs short
        let (short, filled) = (random.percent(30), seed % 8 == 4);
        let limits = Limits { database: if short || filled { 500_000 } else { 100_000_000 }, order: 160_000 };
        for n in 0..1 + random.index(TERMINALS) {
            let (line, transport) = (&template.lines[n], network.transport());
            terminals.push(Terminal::begin(n, line, transport, ground.path(), limits, random.fork()).await);
        }
        let randomness = random.fork().randomness();
        Self {
            template,
            random,
            randomness,
            network,
            terminals,
            model: Model::default(),
            backups: Vec::new(),
            made: 0,
            elapsed: 0,
            jpeg: jpeg(),
            sabotage,
            filled,
            _ground: ground,
        }
    }

    pub async fn tell(mut self) -> Told {
        let broken = self.run().await.err();
        let mut trace = std::mem::take(&mut self.network.line.lock().unwrap().trace);
        if let Some(broken) = &broken {
            trace.push(format!("BROKEN: {broken}"));
        }
        Told { trace, broken }
    }

    async fn run(&mut self) -> Result<(), String> {
        for _ in 0..20 + self.random.below(25) {
            let time = self.random.below(2 * HOUR as u64) as i64;
            self.pass(time).await;
            let changed = self.step().await?;
            if self.random.percent(50) {
                self.network.server.lock().await.save_calls().await;
            }
            self.check(changed).await?;
        }
        self.heal().await
    }

    async fn check(&self, changed: Option<usize>) -> Result<(), String> {
        self.model.check(&*self.network.server.lock().await, &self.terminals, changed).await
    }

    /// Time goes by, for everybody the same.
    async fn pass(&mut self, time: i64) {
        self.elapsed += time;
        self.network.server.lock().await.now.fetch_add(time, Ordering::Relaxed);
        for terminal in &self.terminals {
            terminal.now.fetch_add(time, Ordering::Relaxed);
        }
    }

    /// One thing happens; the terminal that it happened to.
    async fn step(&mut self) -> Result<Option<usize>, String> {
        let n = self.random.index(self.terminals.len());
        match self.random.below(100) {
            0..34 => self.order(n).await.map(|()| Some(n)),
            34..64 => {
                let weather = self.weather();
                let link = self.deliver(n, weather).await?;
                if !matches!(link, None | Some(Link::Online | Link::Offline | Link::Foreign | Link::Busy))
                    && self.random.percent(50)
                {
                    self.enrol(n).await;
                }
                Ok(Some(n))
            }
            64..70 => {
                self.network.say(format!("terminal {n} ends"));
                let mut random = self.random.fork();
                self.terminals[n].crash(None, &mut random).await;
                Ok(Some(n))
            }
            70..74 => {
                self.network.say("the server ends");
                let mut random = self.random.fork();
                self.network.server.lock().await.crash(None, &mut random).await;
                Ok(None)
            }
            74..77 => {
                let down = &mut self.network.server.lock().await.down;
                *down = !*down;
                self.network.say(format!("the server is down: {down}"));
                Ok(None)
            }
            77..83 => {
                self.network.late().await;
                Ok(None)
            }
            83..87 => {
                self.back_up().await;
                Ok(None)
            }
            87..90 => {
                self.restore().await;
                Ok(None)
            }
            90..95 => {
                let jump = self.random.below(2 * DAY as u64) as i64 - DAY;
                self.network.say(format!("the clock of terminal {n} jumps {} h", jump / HOUR));
                self.terminals[n].now.fetch_add(jump, Ordering::Relaxed);
                Ok(None)
            }
            95 => {
                self.network.say("five days pass");
                self.pass(5 * DAY).await;
                self.network.server.lock().await.tidy().await;
                Ok(None)
            }
            96 => {
                self.network.say("the server tidies");
                self.network.server.lock().await.tidy().await;
                Ok(None)
            }
            97 => {
                self.network.say(format!("the folder of terminal {n} is copied"));
                self.terminals[n].copy_folder();
                Ok(None)
            }
            98 => {
                if self.terminals[n].put_back().await {
                    self.network.say(format!("the folder of terminal {n} is put back"));
                    self.model.look_at(n, &self.terminals[n]).await;
                    let gone = self.model.give_up(&*self.network.server.lock().await).await;
                    self.network.say(format!("  with that {gone} orders are gone"));
                }
                Ok(Some(n))
            }
            99 if !self.network.server.lock().await.down => {
                self.enrol(n).await;
                Ok(Some(n))
            }
            _ => Ok(None),
        }
    }

    fn weather(&mut self) -> Weather {
        match self.random.below(100) {
            0..35 => Weather::Fair,
            35..68 => Weather::Rough,
            68..83 => {
                Weather::TerminalEnds { call: self.random.below(7) as u32, after: self.random.percent(50) }
            }
            83..95 => Weather::ServerEnds { call: self.random.below(7) as u32 },
            _ => Weather::Cut,
        }
    }

    fn draft(&mut self) -> Draft {
        self.made += 1;
        let id = order::Id(self.randomness.uuid().unwrap());
        let mut jpeg = self.jpeg.clone();
        // what comes behind the picture's end makes each another one; some are long enough for several pieces
        jpeg.extend_from_slice(id.0.as_bytes());
        if self.random.percent(8) {
            jpeg.resize(jpeg.len() + 40_000 + self.random.index(100_000), 7);
        }
        let users = ["ingridh", "nobody-knows-me", "oyvindb"];
        let user = users[self.random.index(users.len())];
        draft(self.template, id, user, jpeg, &self.randomness)
    }

    /// Somebody orders. The kiosk asks for room first; then nothing but an end may come between.
    async fn order(&mut self, n: usize) -> Result<(), String> {
        let terminal = &self.terminals[n];
        let room = terminal.store().room().await.map_err(|error| error.to_string())?;
        if !room.enough() && !self.filled {
            self.network.say(format!("terminal {n} has no room and takes no order"));
            return Ok(());
        }
        // or somebody presses twice: the same order once more
        let again = self.random.percent(10).then(|| {
            let mut of_terminal =
                self.model.made.values().filter(|made| made.terminal == n && !made.server_alone);
            of_terminal.next_back().map(|made| made.draft.clone())
        });
        let draft = match again.flatten() {
            Some(draft) => draft,
            None => self.draft(),
        };
        let terminal = &self.terminals[n];
        let id = draft.id;
        let shown = self.model.made.get(&id).and_then(|made| made.shown);
        self.model.made.entry(id).or_insert_with(|| Made::new(draft.clone(), n));
        let mark = terminal.look()();
        let mut kept = draft.clone();
        if self.sabotage == Sabotage::PinChanged && self.random.percent(10) {
            let key = self.template.access.public();
            kept.sealed_pin = seal(&key, id, &Pin::new([1, 9, 7, 3]).unwrap(), &self.randomness).unwrap();
        }
        let accepted = match terminal.store().outbox().accept(&kept, terminal.code).await {
            Ok(accepted) => accepted,
            Err(Error::Full) if self.filled && !room.enough() => {
                self.network.say(format!("terminal {n} has no room any more"));
                return Ok(());
            }
            Err(Error::Full) => return Err("the disk became full in the middle of an order".into()),
            Err(error) => return Err(format!("an order was not taken: {error}")),
        };
        let number = accepted.number;
        if shown.is_some_and(|shown| shown != number) {
            return Err(format!("{} has another number when it is asked again", number.as_str()));
        }
        let ends = self.random.percent(15);
        let shows = !ends || self.sabotage == Sabotage::NumberBeforeCommit;
        self.network.say(format!("terminal {n} takes {} shown: {shows}", number.as_str()));
        if shows && let Some(made) = self.model.made.get_mut(&id) {
            made.shown = Some(number);
        }
        if ends {
            let mut random = self.random.fork();
            let how = self.terminals[n].crash(Some(&mark), &mut random).await;
            self.network.say(format!("  and ends, {how}"));
        }
        Ok(())
    }

    /// One round of sending; how the server was found, if the terminal did not end.
    async fn deliver(&mut self, n: usize, weather: Weather) -> Result<Option<Link>, String> {
        self.network.say(format!("terminal {n} sends: {weather:?}"));
        let terminal = &self.terminals[n];
        self.network.begin(weather, Some(terminal.look()));
        let ended = std::sync::Arc::clone(&self.network.line.lock().unwrap().ended);
        let round = tokio::select! {
            biased;
            () = ended.notified() => None,
            round = deliver(terminal.store(), terminal.client()) => Some(round),
        };
        match round {
            Some(Ok(ref round)) => self.network.say(format!("  {:?}, left: {}", round.link, round.left)),
            Some(Err(ref error)) => return Err(format!("sending failed here: {error}")),
            None => {
                let mark = self.network.line.lock().unwrap().mark.clone();
                let mut random = self.random.fork();
                let how = self.terminals[n].crash(mark.as_ref(), &mut random).await;
                self.network.say(format!("  it ended, {how}"));
            }
        }
        if self.terminals[n].limits.database < 1_000_000 {
            // with the server heard, what was sent may have made way
            self.model.look_at(n, &self.terminals[n]).await;
        }
        if self.sabotage == Sabotage::SentForgottenAtOnce {
            let now = &self.terminals[n].now;
            now.fetch_add(15 * DAY, Ordering::Relaxed);
            let forgotten = self.terminals[n].store().outbox().forget_sent().await;
            self.terminals[n].now.fetch_sub(15 * DAY, Ordering::Relaxed);
            forgotten.map_err(|error| error.to_string())?;
        }
        Ok(round.and_then(Result::ok).map(|round| round.link))
    }

    /// Staff enrol a terminal anew: it was set aside, or the server was restored to a time before its key.
    async fn enrol(&mut self, n: usize) {
        self.network.say(format!("terminal {n} is enrolled anew"));
        let line = self.network.server.lock().await.line_for(self.terminals[n].code).await;
        self.network.begin(Weather::Fair, None);
        self.terminals[n].enrol(&line).await;
    }

    async fn back_up(&mut self) {
        let name = format!("backup-{}", self.backups.len());
        self.network.say(&name);
        let file = self.network.server.lock().await.back_up(&name).await;
        self.backups.push(Backup { name, file, at: self.elapsed });
    }

    async fn restore(&mut self) {
        let (elapsed, random) = (self.elapsed, &mut self.random);
        let fresh: Vec<&Backup> =
            self.backups.iter().filter(|backup| elapsed - backup.at < BACKUP_HOLDS).collect();
        if fresh.is_empty() {
            return;
        }
        let backup = fresh[random.index(fresh.len())];
        self.network.say(format!("the server is restored from {}", backup.name));
        let mut server = self.network.server.lock().await;
        server.restore(&backup.file).await;
        let gone = self.model.give_up(&server).await;
        drop(server);
        self.network.say(format!("  with that {gone} orders are gone that only the server had"));
    }

    /// Everything is well again, and everybody sends.
    async fn heal(&mut self) -> Result<(), String> {
        self.network.say("all is well");
        self.network.server.lock().await.down = false;
        while !self.network.line.lock().unwrap().late.is_empty() {
            self.network.late().await;
        }
        for n in 0..self.terminals.len() {
            let mut waiting = true;
            for _ in 0..8 {
                if self.deliver(n, Weather::Fair).await? != Some(Link::Online) {
                    self.enrol(n).await;
                    continue;
                }
                let summary =
                    self.terminals[n].store().outbox().summary().await.map_err(|error| error.to_string())?;
                waiting = summary.waiting > 0;
                if summary.needs_person > 0 {
                    let stuck = self.terminals[n].store().outbox().stuck().await;
                    return Err(format!("{stuck:?} wait for a person, and nothing is wrong with them"));
                }
                if !waiting {
                    break;
                }
            }
            if waiting {
                return Err(format!("terminal {n} still has orders to send"));
            }
            self.check(Some(n)).await?;
        }
        self.model.check_end(&*self.network.server.lock().await).await?;
        Ok(())
    }
}
