//! Sends what is in the outbox, one thing after the other, as long as the program runs: at once when an order is accepted,
//! and with growing waits while the server is away.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::client::{self, Client};
use super::order::submission;
use super::plan::{Effect, Operation, Pace, There, Way, effect, plan};
use crate::domain::order;
use crate::store::outbox::{DAMAGED, Summary, Waiting};
use crate::store::{self, Store};
use crate::system::Randomness;
use crate::wire::ProblemCode;
use crate::wire::photo::{ASKED, Held, PIECE};

/// How the server was found when it was last asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Link {
    /// Not asked yet.
    #[default]
    Unknown,
    Online,
    /// Nobody answers.
    Offline,
    /// Something else answers at the server's address.
    Foreign,
    /// The server does not know this terminal, has revoked it or set it aside: it must be enrolled anew.
    Unenrolled,
    /// The server's certificate does not fit this computer's time: one of the two is wrong.
    Clock,
    /// The server says that it cannot take anything now.
    Busy,
}

/// What a screen shows of the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct State {
    pub link: Link,
    pub waiting: u64,
    /// When the first of those that wait was accepted.
    pub oldest: Option<Timestamp>,
    /// Orders that a person must look at.
    pub needs_person: u64,
}

impl State {
    pub fn online(&self) -> bool {
        self.link == Link::Online
    }
}

/// The running sender. Stops when it is dropped; what was not delivered stays in the outbox.
pub struct Sender {
    state: watch::Receiver<State>,
    task: JoinHandle<()>,
    /// What goes on beside it.
    beside: Option<JoinHandle<()>>,
}

impl Sender {
    /// Starts sending in the background of the present tokio runtime.
    pub fn start(store: Store, client: Client, pace: Pace, randomness: Randomness) -> Self {
        let (tell, state) = watch::channel(State::default());
        let task = tokio::spawn(run(store, client, pace, randomness, tell));
        Self { state, task, beside: None }
    }

    /// Lets this go on as long as the sender does.
    #[must_use]
    pub(super) fn beside(mut self, work: impl Future<Output = ()> + Send + 'static) -> Self {
        self.beside = Some(tokio::spawn(work));
        self
    }

    /// The state as it changes.
    pub fn state(&self) -> watch::Receiver<State> {
        self.state.clone()
    }
}

impl Drop for Sender {
    fn drop(&mut self) {
        self.task.abort();
        if let Some(beside) = &self.beside {
            beside.abort();
        }
    }
}

/// What came of one walk through the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Round {
    pub link: Link,
    /// Something is left that will be tried again.
    pub left: bool,
    /// Not to be tried again before.
    pub not_before: Option<Duration>,
}

async fn run(store: Store, client: Client, pace: Pace, randomness: Randomness, tell: watch::Sender<State>) {
    let outbox = store.outbox();
    let mut failures = 0;
    count(&store, Link::Unknown, &tell).await;
    loop {
        let more = AtomicBool::new(false);
        // both go on at the same time: each may be given the store's one connection while the other waits for it
        let delivered = tokio::select! {
            delivered = deliver(&store, &client) => delivered,
            never = count_accepted(&store, &tell, &more) => match never {},
        };
        let round = delivered.unwrap_or_else(|error| {
            tracing::error!(%error, "the outbox cannot be read or written");
            Round { link: tell.borrow().link, left: true, not_before: None }
        });
        count(&store, round.link, &tell).await;
        let well = round.link == Link::Online && !round.left;
        failures = if well { 0 } else { failures + 1 };
        if well && more.load(Relaxed) {
            continue;
        }
        // without randomness all wait the same, which is better than not to wait
        let random = randomness.bytes().map_or(u32::MAX, u32::from_le_bytes);
        let wait = pace.wait_for(failures, round.not_before, random);
        tokio::select! {
            () = outbox.accepted() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Tells at once what is accepted while a round is under way, which takes minutes on a slow line.
async fn count_accepted(store: &Store, tell: &watch::Sender<State>, more: &AtomicBool) -> Infallible {
    loop {
        store.outbox().accepted().await;
        more.store(true, Relaxed);
        let link = tell.borrow().link;
        count(store, link, tell).await;
    }
}

/// Tells how full the outbox is.
async fn count(store: &Store, link: Link, tell: &watch::Sender<State>) {
    match store.outbox().summary().await {
        Ok(Summary { waiting, oldest, needs_person }) => {
            let before = tell.send_replace(State { link, waiting, oldest, needs_person });
            if before.link != link {
                tracing::info!(?link, waiting, "the server's state changed");
            }
        }
        Err(error) => tracing::error!(%error, "the outbox cannot be counted"),
    }
}

/// Walks through the plan once, each step to its end. First it asks how the server is and what it has: a server that was
/// restored from a backup gets everything once more that is left.
pub async fn deliver(store: &Store, client: &Client) -> Result<Round, store::Error> {
    let outbox = store.outbox();
    let mut waiting = outbox.waiting().await?;
    let mut held = match ask(client, &waiting).await {
        Ok(held) => held,
        Err(error) => return Ok(not_asked(&error, !waiting.is_empty())),
    };
    let again = outbox.reconcile(&held.epoch).await?;
    if again > 0 {
        tracing::warn!(again, "the server was restored: what was sent is sent again");
        waiting = outbox.waiting().await?;
        held = match ask(client, &waiting).await {
            Ok(held) => held,
            Err(error) => return Ok(not_asked(&error, true)),
        };
    }
    let more = waiting.len() > ASKED;
    waiting.truncate(ASKED);
    let round = carry_out(store, client, plan(&waiting, &There::said(&held))).await?;
    let forgotten = outbox.make_way().await?;
    if forgotten > 0 {
        tracing::info!(forgotten, "what was sent long ago, or stood in the way, is deleted");
    }
    Ok(Round { left: round.left || more, ..round })
}

/// The server's epoch, and which of the next photos it has.
async fn ask(client: &Client, waiting: &[Waiting]) -> Result<Held, client::Error> {
    if waiting.is_empty() {
        let epoch = client.status().await?.epoch;
        return Ok(Held { epoch, whole: Vec::new(), begun: BTreeMap::new() });
    }
    let photos: BTreeSet<[u8; 32]> = waiting.iter().take(ASKED).map(|order| order.photo).collect();
    client.held_photos(&photos.into_iter().collect::<Vec<_>>()).await
}

/// What comes of a round in which the server could not be asked.
fn not_asked(error: &client::Error, left: bool) -> Round {
    let not_before = match effect(error) {
        Effect::Stop(not_before) => not_before,
        _ => None,
    };
    Round { link: link_of(error), left, not_before }
}

async fn carry_out(store: &Store, client: &Client, plan: Vec<Operation>) -> Result<Round, store::Error> {
    let mut round = Round { link: Link::Online, ..Round::default() };
    let mut without_photo = BTreeSet::new();
    let mut offline = false;
    for operation in plan {
        let (step, order, sha256) = match operation {
            Operation::PutPhoto { order, sha256, way } => {
                (put_photo(store, client, order, sha256, way).await?, order, sha256)
            }
            Operation::PutOrder { sha256, .. } if without_photo.contains(&sha256) => {
                round.left = true;
                continue;
            }
            Operation::PutOrder { order, sha256 } => (put_order(store, client, order).await?, order, sha256),
        };
        let error = match step {
            Step::Done => {
                offline = false;
                round.link = Link::Online;
                continue;
            }
            Step::Damaged(record) => {
                tracing::error!(order = %order.0, record, "a sealed record is damaged");
                store.outbox().mark_stuck(order, DAMAGED, &record).await?;
                without_photo.insert(sha256);
                continue;
            }
            Step::Failed(error) => error,
        };
        round.link = link_of(&error);
        let effect = effect(&error);
        tracing::warn!(order = %order.0, %error, ?effect, "not delivered");
        if matches!(operation, Operation::PutPhoto { .. }) {
            without_photo.insert(sha256);
        }
        match effect {
            Effect::Stuck { reason, words } => store.outbox().mark_stuck(order, &reason, &words).await?,
            Effect::Later => round.left = true,
            Effect::Offline => {
                round.left = true;
                if offline {
                    return Ok(round);
                }
                offline = true;
            }
            Effect::Stop(not_before) => return Ok(Round { left: true, not_before, ..round }),
        }
    }
    Ok(round)
}

/// How the server is found by an error.
pub(super) fn link_of(error: &client::Error) -> Link {
    match error {
        client::Error::NotOurServer { .. } | client::Error::Shape(_) | client::Error::Certificate(_) => {
            Link::Foreign
        }
        client::Error::CertificateTime(_) => Link::Clock,
        client::Error::Refused(problem) => match problem.code {
            ProblemCode::TerminalUnknown | ProblemCode::TerminalRevoked | ProblemCode::TerminalSetAside => {
                Link::Unenrolled
            }
            ProblemCode::Storage | ProblemCode::Internal | ProblemCode::Locked => Link::Busy,
            _ => Link::Online,
        },
        _ => Link::Offline,
    }
}

/// How one operation went.
enum Step {
    Done,
    /// What was to be sent cannot be read any more.
    Damaged(String),
    Failed(client::Error),
}

async fn put_photo(
    store: &Store,
    client: &Client,
    order: order::Id,
    sha256: [u8; 32],
    way: Way,
) -> Result<Step, store::Error> {
    let jpeg = match store.outbox().photo(order).await {
        Ok(jpeg) => client::wiped(jpeg),
        Err(store::Error::Damaged(record)) => return Ok(Step::Damaged(record)),
        Err(error) => return Err(error),
    };
    let sent = match way {
        Way::AtOnce => client.put_photo(&sha256, jpeg).await,
        Way::FromByte(from) => put_pieces(client, &sha256, from, jpeg).await,
    };
    let Err(error) = sent else { return Ok(Step::Done) };
    if way == Way::AtOnce && error.offline() {
        store.outbox().mark_cut(sha256).await?;
    }
    Ok(Step::Failed(error))
}

/// Sends what is missing of a photo, a piece at a time: a line that is cut again costs one piece.
async fn put_pieces(client: &Client, sha256: &[u8; 32], from: u64, jpeg: Bytes) -> Result<(), client::Error> {
    let of = jpeg.len();
    let mut from = usize::try_from(from).unwrap_or(of);
    if from >= of {
        // all are there: any one of them asks the server to put them together
        return client.put_piece(sha256, 0, of as u64, jpeg.slice(..of.min(PIECE))).await;
    }
    while from < of {
        let end = of.min(from + PIECE);
        client.put_piece(sha256, from as u64, of as u64, jpeg.slice(from..end)).await?;
        from = end;
    }
    Ok(())
}

async fn put_order(store: &Store, client: &Client, id: order::Id) -> Result<Step, store::Error> {
    let order = match store.outbox().order(id).await {
        Ok(order) => order,
        Err(store::Error::Damaged(record)) => return Ok(Step::Damaged(record)),
        Err(error) => return Err(error),
    };
    let answer = match client.put_order(id, &submission(&order)).await {
        Ok(answer) => answer,
        Err(error) => return Ok(Step::Failed(error)),
    };
    // nothing is deleted here before our server has named this very order
    let same = answer.id.parse() == Ok(id.0) && answer.number.parse() == Ok(order.submission.number);
    if !same {
        let kind = "an answer about another order".to_owned();
        return Ok(Step::Failed(client::Error::NotOurServer { status: 200, kind }));
    }
    store.outbox().mark_delivered(id).await?;
    Ok(Step::Done)
}
