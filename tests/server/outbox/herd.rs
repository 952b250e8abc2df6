//! Two hundred terminals whose server comes back after it was away.

use kortautomat::seal::record;
use kortautomat::server::install;
use kortautomat::server::storage::terminals::Role;
use kortautomat::store::Store;
use kortautomat::sync::enrol::Line;

use super::*;
use crate::server::world::copy;

const HERD: usize = 200;

/// So many deliveries the server works on at once.
const AT_ONCE: usize = 64;

/// The terminals' own pace, twenty times as fast; what the server asks for is waited for as it is.
fn pace() -> Pace {
    let Pace { idle, first, longest } = Pace::default();
    Pace { idle: idle / 20, first: first / 20, longest: longest / 20 }
}

/// Each terminal has a few files and a connection open.
fn allow_many_files() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
        setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).unwrap();
    }
}

/// An enrolled terminal with one order that waits.
struct Waits {
    store: Store,
    client: Client,
}

impl Waits {
    async fn open(folder: &Path) -> Store {
        let key = record::Key::from_bytes([9; 32]);
        Store::open(folder, key, Clock::system(), Randomness::system()).await.unwrap()
    }

    async fn enrolled(world: &mut World, empty: &Path, url: &str, line: &Line) -> Self {
        let folder = world.folder.path().join(line.code.as_str());
        std::fs::create_dir(&folder).unwrap();
        copy(empty, &folder);
        let store = Self::open(&folder).await;
        let signer = Signer::generate(&Randomness::system()).unwrap();
        let first = Client::new(url, None, Key::fleeting(line.code, signer.clone(), 1)).unwrap();
        first.enrol(line.secret.as_str()).await.unwrap();
        let client = Client::new(url, None, Key::new(line.code, signer, store.clone())).unwrap();
        let accepted = store.outbox().accept(&world.draft(), line.code).await.unwrap();
        world.shown.insert(accepted.id, accepted.number);
        Self { store, client }
    }

    fn send(&self) -> Sender {
        Sender::start(self.store.clone(), self.client.clone(), pace(), Randomness::system())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_1_two_hundred_terminals_whose_server_comes_back_are_all_served() {
    allow_many_files();
    let mut world = World::new().await;
    let server = world.serve().await;
    let link = Link::to(server.local_addr()).await;
    let empty = world.folder.path().join("empty");
    Waits::open(&empty).await.close().await;
    let (clock, randomness) = (Clock::system(), Randomness::system());
    let mut herd = Vec::new();
    for _ in 0..HERD {
        let storage = &server.app().storage;
        let line = install::add_terminal(storage, "gjovik", Role::Kiosk, None, &clock, &randomness);
        herd.push(Waits::enrolled(&mut world, &empty, &link.url(), &line.await.unwrap()).await);
    }

    link.set(Fault::Refused);
    server.shutdown().await.unwrap();
    let senders: Vec<Sender> = herd.iter().map(Waits::send).collect();
    for sender in &senders {
        until(sender, |state| state.link == Found::Offline).await;
    }

    // it is back, and everybody who gets in stays in as long as nothing can be written
    let server = world.serve().await;
    let held = server.app().storage.write().await.unwrap();
    link.lead_to(server.local_addr());
    link.set(Fault::None);
    let sent_away = || senders.iter().filter(|sender| sender.state().borrow().link == Found::Busy).count();
    let flooded = async {
        while sent_away() < HERD - AT_ONCE {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), flooded).await.unwrap();
    assert_eq!(sent_away(), HERD - AT_ONCE, "the server works on so many at once and no more");
    drop(held);

    for sender in &senders {
        until(sender, |state| state.link == Found::Online && state.waiting == 0).await;
        assert_eq!(sender.state().borrow().needs_person, 0);
    }
    world.holds(&server.app().storage, 0).await;
}
