//! Orders from a real terminal to a real server, over a line that fails, with programs that end at any point.

mod bad_lines;
mod herd;

use std::collections::BTreeMap;
use std::future::{Future, poll_fn};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use kortautomat::domain::number::Number;
use kortautomat::domain::person::{Language, UserName};
use kortautomat::domain::pin::Pin;
use kortautomat::domain::{order, photo, place};
use kortautomat::seal::Secret;
use kortautomat::seal::keys::Prefer;
use kortautomat::seal::pin::{AccessSecret, SealedPin, open, seal};
use kortautomat::seal::signing::Signer;
use kortautomat::server::storage::{Storage, orders};
use kortautomat::server::{Config, Server, demo};
use kortautomat::store::outbox::Draft;
use kortautomat::sync::answer::Enrolment;
use kortautomat::sync::client::{Client, Key};
use kortautomat::sync::enrol::enrol;
use kortautomat::sync::outbox::{Link as Found, Sender, deliver};
use kortautomat::sync::plan::Pace;
use kortautomat::sync::terminal::{self, Terminal};
use kortautomat::system::{Clock, Randomness};
use tempfile::TempDir;
use zeroize::Zeroizing;

use super::link::{Fault, Link};

const STUDENT: &str = "ingridh";
const PIN: [u8; 4] = [9, 4, 7, 2];

/// A server's data folder with the demo's people, and the folder of a terminal that is to be enrolled.
pub struct World {
    pub folder: TempDir,
    access: AccessSecret,
    pub enrolments: Vec<Enrolment>,
    /// What was shown to people: the order and its number.
    shown: BTreeMap<order::Id, Number>,
}

impl World {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let access = AccessSecret::generate(&Randomness::system()).unwrap();
        let mut key = [0; 32];
        hex::decode_to_slice(access.public().to_string(), &mut key).unwrap();
        let server = folder.path().join("server");
        let enrolments = demo::load(&server, &key, &Clock::system(), &Randomness::system()).await.unwrap();
        let enrolments = enrolments.into_iter().map(|(_, enrolment)| enrolment).collect();
        Self { folder, access, enrolments, shown: BTreeMap::new() }
    }

    pub fn server_folder(&self) -> PathBuf {
        self.folder.path().join("server")
    }

    pub fn kiosk_folder(&self) -> PathBuf {
        self.folder.path().join("kiosk")
    }

    pub async fn serve(&self) -> Server {
        let config = Config::new(self.server_folder(), "127.0.0.1:0".parse().unwrap());
        Server::start(config, Clock::system(), Randomness::system()).await.unwrap()
    }

    pub async fn enrol(&self, link: &Link) -> Terminal {
        let (clock, randomness) = (Clock::system(), Randomness::system());
        let folder = self.kiosk_folder();
        enrol(&folder, &link.url(), &self.enrolments[0], Prefer::Files, clock, randomness).await.unwrap();
        self.reopen().await
    }

    /// The terminal as it is after a start.
    pub async fn reopen(&self) -> Terminal {
        Terminal::open(&self.kiosk_folder(), Clock::system(), Randomness::system()).await.unwrap()
    }

    fn draft(&self) -> Draft {
        let system = Randomness::system();
        let id = order::Id(system.uuid().unwrap());
        let key = self.access.public();
        Draft {
            id,
            user_name: UserName::new(STUDENT).unwrap(),
            identity: order::Identity::Unproven,
            reason: order::Reason::New,
            place: place::Id::new("gjovik").unwrap(),
            promised: None,
            consents: vec![],
            language: Language::Nynorsk,
            jpeg: Zeroizing::new(jpeg(id.0.as_bytes())),
            verdict: photo::Verdict::Accept,
            policy: "university".into(),
            findings: vec![],
            insisted: false,
            report: None,
            sealed_pin: seal(&key, id, &Pin::new(PIN).unwrap(), &system).unwrap(),
            pin_key: key.fingerprint(),
            session: None,
            phone: None,
        }
    }

    /// Takes an order and shows its number.
    pub async fn order(&mut self, terminal: &Terminal) -> order::Id {
        let accepted = terminal.accept(&self.draft()).await.unwrap();
        self.shown.insert(accepted.id, accepted.number);
        accepted.id
    }

    /// How many bytes one order sends and gets. The first one is another's length: it is the only one that is approved.
    async fn size_of_an_order(&mut self, terminal: &Terminal, link: &Link) -> (usize, usize) {
        for _ in 0..2 {
            self.order(terminal).await;
            link.set(Fault::None);
            delivered(terminal).await;
        }
        link.passed()
    }

    /// Invariant 1: the server has every order whose number was shown, once, and `others` more.
    pub async fn holds(&self, storage: &Storage, others: usize) {
        let mut db = storage.read().await.unwrap();
        for (id, number) in &self.shown {
            let found = orders::find(&mut db, *id).await.unwrap();
            assert_eq!(found.map(|order| order.number), Some(*number), "an order whose number was shown");
            assert_eq!(orders::with_number(&mut db, *number).await.unwrap().map(|order| order.id), Some(*id));
        }
        let all = orders::of(&mut db, &UserName::new(STUDENT).unwrap()).await.unwrap();
        assert_eq!(all.len(), self.shown.len() + others, "no order twice");
    }
}

/// A small picture that is another one for each seed, in a file that is as long for each.
fn jpeg(seed: &[u8; 16]) -> Vec<u8> {
    let picture = RgbImage::from_fn(96, 125, |x, y| {
        let grain = seed[((x / 6 + y / 6 * 16) % 16) as usize];
        Rgb([grain, (x * 2) as u8, (y * 2) as u8])
    });
    let mut bytes = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 80)).unwrap();
    assert!(bytes.len() < 20_000, "{}", bytes.len());
    bytes.resize(20_000, 0);
    bytes
}

/// Every byte of what matters and some between: the heads, the ends, and steps through the rest.
fn positions(length: usize) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..length).step_by(length.div_ceil(40).max(1)).collect();
    positions.extend([1, 2, 16, length.saturating_sub(2), length.saturating_sub(1)]);
    positions.retain(|&at| at < length);
    positions.sort_unstable();
    positions.dedup();
    positions
}

/// Runs a future for at most so many polls and drops it wherever it then is.
pub async fn for_polls<F: Future>(future: F, polls: usize) -> Option<F::Output> {
    let mut future = std::pin::pin!(future);
    let mut left = polls;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}

pub async fn delivered(terminal: &Terminal) {
    // the second walk is for what the first one found missing
    for _ in 0..3 {
        let round = deliver(terminal.store(), terminal.client()).await.unwrap();
        if round.link == Found::Online && !round.left {
            break;
        }
    }
    let summary = terminal.store().outbox().summary().await.unwrap();
    assert_eq!((summary.waiting, summary.needs_person), (0, 0));
}

#[tokio::test]
async fn invariant_1_a_line_cut_at_any_byte_loses_and_doubles_nothing() {
    let mut world = World::new().await;
    let server = world.serve().await;
    let link = Link::to(server.local_addr()).await;
    let mut terminal = world.enrol(&link).await;
    let (request, answer) = world.size_of_an_order(&terminal, &link).await;
    assert!(request > 2_000 && answer > 500, "{request} {answer}");

    let cuts = positions(request).into_iter().map(Fault::RequestCut);
    for fault in cuts.chain(positions(answer).into_iter().map(Fault::AnswerCut)) {
        let id = world.order(&terminal).await;
        link.set(fault);
        let round = deliver(terminal.store(), terminal.client()).await.unwrap();
        let summary = terminal.store().outbox().summary().await.unwrap();
        assert_eq!((summary.waiting, summary.needs_person), (1, 0), "{fault:?}: {round:?}");
        // the kiosk ends here without a word, and starts again
        drop(terminal);
        terminal = world.reopen().await;
        let again = terminal.accept(&Draft { id, ..world.draft() }).await.unwrap();
        assert_eq!(Some(&again.number), world.shown.get(&id), "the same id has the same number");
        link.set(Fault::None);
        delivered(&terminal).await;
    }
    world.holds(&server.app().storage, 0).await;
}

#[tokio::test]
async fn invariant_1_a_kiosk_that_ends_at_any_point_loses_and_doubles_nothing() {
    let mut world = World::new().await;
    let server = world.serve().await;
    let link = Link::to(server.local_addr()).await;
    let mut terminal = world.enrol(&link).await;
    // while sending
    for polls in 0.. {
        world.order(&terminal).await;
        let ended = for_polls(deliver(terminal.store(), terminal.client()), polls).await;
        drop(terminal);
        terminal = world.reopen().await;
        delivered(&terminal).await;
        if ended.is_some() {
            assert!(polls > 5, "{polls}");
            break;
        }
    }
    world.holds(&server.app().storage, 0).await;
    // while taking an order: its number was not shown, so it is there once or not at all
    let mut unseen = 0;
    for polls in 0.. {
        let ended = for_polls(terminal.accept(&world.draft()), polls).await;
        drop(terminal);
        terminal = world.reopen().await;
        unseen += terminal.store().outbox().waiting().await.unwrap().len();
        delivered(&terminal).await;
        if ended.is_some() {
            break;
        }
    }
    assert!(unseen >= 1);
    world.holds(&server.app().storage, unseen).await;
}

/// The real server's process.
struct Process(Child);

impl Process {
    fn start(data: &Path) -> (Self, std::net::SocketAddr) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_kortserver"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().trim_start_matches("http://").parse().unwrap();
        (Self(child), address)
    }
}

impl Drop for Process {
    /// Kills, without a chance to write anything.
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

#[tokio::test]
async fn invariant_1_a_server_killed_at_any_point_loses_and_doubles_nothing() {
    let mut world = World::new().await;
    let (mut process, address) = Process::start(&world.server_folder());
    let mut link = Link::to(address).await;
    let terminal = world.enrol(&link).await;
    let (request, answer) = world.size_of_an_order(&terminal, &link).await;
    let faults = [request / 3, request - 400, request - 1].map(Fault::RequestCut);
    for fault in faults.into_iter().chain([1, answer / 2, answer - 1].map(Fault::AnswerCut)) {
        world.order(&terminal).await;
        link.set(fault);
        link.forget_cuts();
        tokio::select! {
            biased;
            () = link.was_cut() => {}
            _ = deliver(terminal.store(), terminal.client()) => {}
        }
        drop(process);
        let round = deliver(terminal.store(), terminal.client()).await.unwrap();
        assert!(round.left, "{round:?}");
        let (started, address) = Process::start(&world.server_folder());
        process = started;
        link.lead_to(address);
        link.set(Fault::None);
        delivered(&terminal).await;
    }
    drop(process);
    let storage = Storage::open(&world.server_folder()).await.unwrap();
    world.holds(&storage, 0).await;
}

/// Waits until the sender says so.
async fn until(sender: &Sender, what: impl Fn(&kortautomat::sync::outbox::State) -> bool) {
    let mut state = sender.state();
    tokio::time::timeout(Duration::from_secs(60), state.wait_for(|state| what(state)))
        .await
        .unwrap()
        .unwrap();
}

fn fast() -> Pace {
    let wait = Duration::from_millis(20);
    Pace { idle: wait, first: wait, longest: wait }
}

#[tokio::test]
async fn orders_go_out_by_themselves_as_soon_as_there_is_a_way() {
    let mut world = World::new().await;
    let server = world.serve().await;
    let link = Link::to(server.local_addr()).await;
    let terminal = world.enrol(&link).await;
    // with the line in order nothing but the order itself starts the sending
    let lazy = Pace { idle: Duration::from_secs(3600), ..fast() };
    let sender = terminal.send(lazy);
    until(&sender, |state| state.online()).await;
    let mut state = sender.state();
    state.mark_unchanged();
    world.order(&terminal).await;
    state.changed().await.unwrap();
    let sent = state.wait_for(|state| state.waiting == 0);
    tokio::time::timeout(Duration::from_secs(60), sent).await.unwrap().unwrap();
    drop(sender);

    let sender = terminal.send(fast());
    for (fault, found) in [(Fault::Refused, Found::Offline), (Fault::Portal, Found::Foreign)] {
        link.set(fault);
        world.order(&terminal).await;
        until(&sender, |state| state.link == found && state.waiting == 1 && state.oldest.is_some()).await;
        link.set(Fault::None);
        until(&sender, |state| state.online() && state.waiting == 0).await;
    }
    // a line that takes half a request and then nothing holds nobody up
    link.set(Fault::Stalled(1_000));
    for _ in 0..3 {
        world.order(&terminal).await;
    }
    until(&sender, |state| state.waiting == 3).await;
    link.set(Fault::None);
    until(&sender, |state| state.online() && state.waiting == 0).await;
    drop(sender);
    world.holds(&server.app().storage, 0).await;
}

#[tokio::test]
async fn what_the_server_refuses_is_kept_and_told() {
    let mut world = World::new().await;
    let server = world.serve().await;
    let link = Link::to(server.local_addr()).await;
    let terminal = world.enrol(&link).await;
    let id = world.order(&terminal).await;
    delivered(&terminal).await;

    // a server that does not know the terminal says nothing about its orders
    world.order(&terminal).await;
    let stranger = Key::fleeting(world.enrolments[0].code, Signer::from_bytes(&[1; 32]), 1);
    let stranger = Client::new(&link.url(), None, stranger).unwrap();
    let round = deliver(terminal.store(), &stranger).await.unwrap();
    assert_eq!((round.link, round.left), (Found::Unenrolled, true));
    delivered(&terminal).await;
    world.holds(&server.app().storage, 0).await;

    // the other terminal uses the first order's id: refused, kept whole, for a person
    let other = world.folder.path().join("other");
    let (clock, randomness) = (Clock::system(), Randomness::system());
    enrol(&other, &link.url(), &world.enrolments[1], Prefer::Files, clock.clone(), randomness.clone())
        .await
        .unwrap();
    let other = Terminal::open(&other, clock, randomness).await.unwrap();
    let accepted = other.accept(&Draft { id, ..world.draft() }).await.unwrap();
    let fine = other.accept(&world.draft()).await.unwrap();
    world.shown.insert(fine.id, fine.number);
    let round = deliver(other.store(), other.client()).await.unwrap();
    assert_eq!(round.link, Found::Online);
    let stuck = other.store().outbox().stuck().await.unwrap();
    assert_eq!((stuck[0].number, stuck[0].reason.as_str()), (accepted.number, "conflict"));
    other.store().outbox().photo(id).await.unwrap();
    world.holds(&server.app().storage, 0).await;
}

#[tokio::test]
async fn a_terminal_is_enrolled_whole_or_not_at_all_and_starts_without_the_server() {
    let world = World::new().await;
    let server = world.serve().await;
    let link = Link::to(server.local_addr()).await;
    let try_enrol = async |line: &Enrolment| {
        let (clock, randomness) = (Clock::system(), Randomness::system());
        enrol(&world.kiosk_folder(), &link.url(), line, Prefer::Files, clock, randomness).await.map(drop)
    };
    let mut other_key = world.enrolments[0].clone();
    other_key.pin_key_fingerprint[0] ^= 1;
    assert!(try_enrol(&other_key).await.is_err(), "another key for PINs");
    link.set(Fault::AnswerCut(200));
    assert!(try_enrol(&world.enrolments[0]).await.is_err());
    let opened = Terminal::open(&world.kiosk_folder(), Clock::system(), Randomness::system()).await;
    assert!(matches!(opened, Err(terminal::Error::NotEnrolled(_))), "{opened:?}");
    // the code was used with the key that waits in the folder: the same line comes to its end
    link.set(Fault::None);
    let terminal = world.enrol(&link).await;
    let setup = terminal.remembered_setup().await.unwrap().unwrap();
    assert_eq!(setup.access_key, world.access.public());
    drop(terminal);
    server.shutdown().await.unwrap();
    let terminal = world.reopen().await;
    assert_eq!(terminal.remembered_setup().await.unwrap(), Some(setup));
    assert!(terminal.refresh_setup().await.is_err());
}

/// Where the log of a test goes.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Every file below a folder, and what is in it.
fn files(folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
}

fn holds(content: &[u8], bytes: &[u8]) -> bool {
    content.windows(bytes.len()).any(|window| window == bytes)
}

/// Whether the digits stand in a text by themselves, not inside a longer run such as an id or a hash.
fn holds_alone(content: &[u8], digits: &[u8]) -> bool {
    let part_of_a_run = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    content.windows(digits.len()).enumerate().any(|(at, window)| {
        window == digits
            && !part_of_a_run(at.checked_sub(1).and_then(|before| content.get(before)))
            && !part_of_a_run(content.get(at + digits.len()))
    })
}

#[tokio::test]
async fn invariant_2_no_file_log_or_message_holds_the_pin() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    let world = World::new().await;
    let server = world.serve().await;
    let link = Link::to(server.local_addr()).await;
    let terminal = world.enrol(&link).await;
    let session = terminal.client().sign_in(STUDENT, "demo").await.unwrap();
    let draft = Draft {
        identity: order::Identity::Proven,
        session: Some(Secret::new(session.token.0.clone())),
        phone: None,
        ..world.draft()
    };
    let accepted = terminal.accept(&draft).await.unwrap();
    let mut found = Vec::new();
    files(world.folder.path(), &mut found);
    link.set(Fault::AnswerCut(10));
    deliver(terminal.store(), terminal.client()).await.unwrap();
    link.set(Fault::None);
    delivered(&terminal).await;
    files(world.folder.path(), &mut found);
    found.push(("the line".into(), link.seen()));
    found.push(("the log".into(), log.0.lock().unwrap().clone()));
    assert!(found.len() > 8 && found.iter().any(|(_, content)| holds(content, STUDENT.as_bytes())));

    let ascii = PIN.map(|digit| digit + b'0');
    let sealed_text = [[1].as_slice(), accepted.id.0.as_bytes(), &PIN, &[255; 8]].concat();
    let wide = |bytes: [u8; 4]| bytes.map(|byte| [byte, 0, 0, 0]);
    let encodings: [Vec<u8>; 8] = [
        PIN.to_vec(),
        sealed_text[..21].to_vec(),
        [PIN.as_slice(), &[255; 4]].concat(),
        ascii.iter().flat_map(|byte| [*byte, 0]).collect(),
        ascii.iter().flat_map(|byte| [0, *byte]).collect(),
        wide(PIN).concat(),
        wide(ascii).concat(),
        hex::encode(&sealed_text[17..]).into_bytes(),
    ];
    for (name, content) in &found {
        assert!(!holds_alone(content, &ascii), "{} holds the PIN's digits", name.display());
        for (n, bytes) in encodings.iter().enumerate() {
            assert!(!holds(content, bytes), "{} holds the PIN in form {n}", name.display());
        }
    }
    // and yet it has arrived, for the access system alone
    let mut db = server.app().storage.read().await.unwrap();
    let sealed = orders::sealed_pin(&mut db, accepted.id).await.unwrap().unwrap();
    let sealed: SealedPin = hex::encode(sealed).parse().unwrap();
    assert_eq!(open(&world.access, accepted.id, &sealed).unwrap(), Pin::new(PIN).unwrap());
}
