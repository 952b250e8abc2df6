//! Keeps a counter's copy as long as the program runs: tells the server first what was done here alone, then asks what changed,
//! then fetches photos. [`next`] says what comes next, purely; one operation at a time is carried out.

mod alone;

use std::time::Duration;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use uuid::Uuid;
use zeroize::Zeroizing;

pub use self::alone::{Alone, Refused};
use super::client::{self, Client};
use super::outbox::{Link, link_of};
use super::plan::{Effect, Pace, effect};
use super::setup;
use crate::domain::card;
use crate::seal::blocked::hash;
use crate::seal::signing::PublicKey;
use crate::store::replica::{self, Answer, Blocked, Copied};
use crate::store::settings::Enrolment;
use crate::store::{self, Store};
use crate::system::{Clock, Randomness};
use crate::wire::ProblemCode;
use crate::wire::replica::{self as wire, Stamp};

/// Why an answer of the server is not taken into the copy.
#[derive(Debug, thiserror::Error)]
enum Unfit {
    #[error("{0} is not possible")]
    Field(&'static str),
    #[error("the list of blocked cards is not signed by the server that this counter belongs to")]
    Forged,
}

/// What is known when it is asked what comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// The first thing done here that the server has not heard of.
    pub deed: Option<Uuid>,
    /// The server has told everything that it has to tell now.
    pub complete: bool,
    /// The first photo that is missing and was not asked for in vain.
    pub photo: Option<[u8; 32]>,
}

/// One thing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    Tell(Uuid),
    Ask,
    FetchPhoto([u8; 32]),
}

/// What comes next; none: nothing before the next round. What was done here goes first: the copy then shows it.
pub fn next(standing: &Standing) -> Option<Operation> {
    match *standing {
        Standing { deed: Some(deed), .. } => Some(Operation::Tell(deed)),
        Standing { complete: false, .. } => Some(Operation::Ask),
        Standing { photo: Some(sha256), .. } => Some(Operation::FetchPhoto(sha256)),
        Standing { photo: None, .. } => None,
    }
}

/// What a screen shows of the copy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    pub link: Link,
    /// Since when the server has not answered.
    pub alone_since: Option<Timestamp>,
    /// When the copy was last complete, by this terminal's clock.
    pub copied_at: Option<Timestamp>,
    /// The date of the list of blocked cards, by the server's clock.
    pub blocked_at: Option<Timestamp>,
    /// Things done here that the server has not heard of.
    pub waiting: u64,
    /// Things done here that the server refuses.
    pub needs_person: u64,
    /// The version of the program that the university wants here.
    pub wanted_version: Option<String>,
    /// Grows when the server's setup for this terminal was read anew.
    pub setups: u32,
}

impl State {
    pub fn online(&self) -> bool {
        self.link == Link::Online
    }
}

/// The running keeper. Stops when it is dropped.
pub struct Keeper {
    state: watch::Receiver<State>,
    task: JoinHandle<()>,
}

impl Keeper {
    /// Starts in the background of the present tokio runtime.
    pub fn start(
        store: Store,
        client: Client,
        enrolment: Enrolment,
        pace: Pace,
        clock: Clock,
        randomness: Randomness,
    ) -> Self {
        let (tell, state) = watch::channel(State::default());
        let run = Run { store, client, enrolment, clock, tell, setup: None };
        Self { state, task: tokio::spawn(run.forever(pace, randomness)) }
    }

    /// The state as it changes.
    pub fn state(&self) -> watch::Receiver<State> {
        self.state.clone()
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What came of one round.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Round {
    pub link: Link,
    /// Something is left that will be tried again.
    pub left: bool,
    /// Not to be tried again before.
    pub not_before: Option<Duration>,
    /// The hash of this counter's setup, as the server told it.
    pub setup: Option<String>,
}

struct Run {
    store: Store,
    client: Client,
    enrolment: Enrolment,
    clock: Clock,
    tell: watch::Sender<State>,
    /// The hash of the setup that was read last.
    setup: Option<String>,
}

impl Run {
    async fn forever(mut self, pace: Pace, randomness: Randomness) {
        let mut failures = 0;
        self.show(Link::Unknown).await;
        loop {
            let round = round(&self.store, &self.client).await.unwrap_or_else(|error| {
                tracing::error!(%error, "the copy cannot be read or written");
                Round { link: self.tell.borrow().link, left: true, ..Round::default() }
            });
            if let Err(error) = self.store.replica().tidy().await {
                tracing::error!(%error, "the copy cannot be tidied");
            }
            self.refresh(round.setup.as_deref()).await;
            self.show(round.link).await;
            let well = round.link == Link::Online && !round.left;
            failures = if well { 0 } else { failures + 1 };
            // without randomness all wait the same, which is better than not to wait
            let random = randomness.bytes().map_or(u32::MAX, u32::from_le_bytes);
            let wait = pace.wait(failures, random).max(round.not_before.unwrap_or_default());
            let replica = self.store.replica();
            tokio::select! {
                () = replica.acted() => self.show(round.link).await,
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Reads what the server has set this terminal up with, if it says that it is another.
    async fn refresh(&mut self, told: Option<&str>) {
        let Some(told) = told.filter(|told| Some(*told) != self.setup.as_deref()) else { return };
        let kept = self.store.settings().setup().await.ok().flatten();
        if kept.is_some_and(|text| hex::encode(Sha256::digest(text)) == told) {
            self.setup = Some(told.to_owned());
            return;
        }
        match setup::refresh(&self.store, &self.client, &self.enrolment).await {
            Ok(_) => {
                self.setup = Some(told.to_owned());
                self.tell.send_modify(|state| state.setups += 1);
            }
            Err(error) => tracing::warn!(%error, "the new setup is not there"),
        }
    }

    async fn show(&self, link: Link) {
        let read = async {
            let replica = self.store.replica();
            Ok::<_, store::Error>((replica.head().await?, replica.blocked().await?, replica.summary().await?))
        };
        let (head, blocked, summary) = match read.await {
            Ok(read) => read,
            Err(error) => {
                tracing::error!(%error, "the copy cannot be read");
                return;
            }
        };
        let at = |microseconds: i64| Timestamp::from_microsecond(microseconds).ok();
        let now = self.clock.now();
        self.tell.send_modify(|state| {
            if state.link != link {
                tracing::info!(?link, waiting = summary.waiting, "the server's state changed");
            }
            state.alone_since = match link {
                Link::Online | Link::Unknown => None,
                _ => state.alone_since.or(Some(now)),
            };
            state.link = link;
            state.copied_at = head.as_ref().and_then(|head| head.complete).and_then(at);
            state.blocked_at = blocked.and_then(|blocked| at(blocked.at));
            (state.waiting, state.needs_person) = (summary.waiting, summary.needs_person);
            state.wanted_version = head.and_then(|head| head.wanted_version);
        });
    }
}

/// Does what there is to do, one operation after the other, until nothing is left or the line fails.
pub async fn round(store: &Store, client: &Client) -> Result<Round, store::Error> {
    let mut round = Round { link: Link::Online, ..Round::default() };
    let mut complete = false;
    // asked for in vain: not again in this round
    let mut photos = Vec::new();
    loop {
        let replica = store.replica();
        let waiting = replica.deeds().await?;
        let standing = Standing {
            deed: waiting.iter().find(|deed| deed.state == replica::State::Waiting).map(|deed| deed.id),
            complete,
            photo: if complete {
                replica.missing_photos().await?.into_iter().find(|sha256| !photos.contains(sha256))
            } else {
                None
            },
        };
        let Some(operation) = next(&standing) else { return Ok(round) };
        let error = match operation {
            Operation::Tell(id) => {
                let text = waiting.into_iter().find(|deed| deed.id == id).map(|deed| deed.text);
                let Some(deed) = text.and_then(|text| serde_json::from_slice(&text).ok()) else {
                    replica.mark_stuck(id, "damaged", "cannot be read").await?;
                    continue;
                };
                match client.put_deed(id, &deed).await {
                    // nothing is taken for told before our server has named this very deed
                    Ok(became) if became.id.parse() == Ok(id) => {
                        if became.told != wire::Told::Done {
                            tracing::warn!(%id, ?became, "done alone, and found otherwise by the server");
                        }
                        replica.mark_told(id).await?;
                        continue;
                    }
                    Ok(_) => {
                        let kind = "an answer about another deed".to_owned();
                        client::Error::NotOurServer { status: 200, kind }
                    }
                    Err(error) => {
                        if let Effect::Stuck { reason, words } = effect(&error) {
                            tracing::error!(%id, %error, "done alone, and refused by the server");
                            replica.mark_stuck(id, &reason, &words).await?;
                            continue;
                        }
                        error
                    }
                }
            }
            Operation::Ask => match ask(store, client).await? {
                Ok(told) => {
                    complete = told.complete;
                    round.setup = Some(told.setup);
                    continue;
                }
                Err(error) => error,
            },
            Operation::FetchPhoto(sha256) => match client.replica_photo(&sha256).await {
                Ok(jpeg) => {
                    replica.keep_photo(&sha256, &jpeg).await?;
                    continue;
                }
                Err(error @ client::Error::Refused(_)) => {
                    // handed out since, or its photo is gone: the order is told of in its turn
                    tracing::info!(%error, "no photo");
                    photos.push(sha256);
                    continue;
                }
                Err(error) => error,
            },
        };
        // nothing else goes: what was done is told in its turn, so that a hand-out never comes after it was taken back
        round.link = link_of(&error);
        round.left = true;
        if matches!(&error, client::Error::Refused(problem) if problem.code == ProblemCode::TerminalRevoked) {
            // what a counter may know ends with it; what was done here stays until somebody looks
            replica.give_up().await?;
            store.clerks().forget_all().await?;
        }
        tracing::warn!(%error, ?operation, "not done");
        match effect(&error) {
            Effect::Stop(not_before) => return Ok(Round { not_before, ..round }),
            _ => return Ok(round),
        }
    }
}

/// Asks once what changed, and takes it into the copy.
async fn ask(store: &Store, client: &Client) -> Result<Result<wire::Replica, client::Error>, store::Error> {
    let replica = store.replica();
    let (head, kept, key) = (replica.head().await?, replica.blocked().await?, replica.key().await?);
    let mark = head.as_ref().map(|head| head.mark.as_str());
    let known = kept.as_ref().map(|kept| kept.sha256.as_str());
    let told = match client.replica(mark, known).await {
        Ok(told) => told,
        Err(error) => return Ok(Err(error)),
    };
    match checked(&told, kept, key.as_deref()) {
        Ok(answer) => {
            replica.apply(&answer).await?;
            Ok(Ok(told))
        }
        Err(error) => {
            tracing::error!(%error, "the server's answer is not taken");
            Ok(Err(client::Error::NotOurServer { status: 200, kind: error.to_string() }))
        }
    }
}

/// The server's word, if it may be taken into the copy.
fn checked(told: &wire::Replica, kept: Option<Blocked>, pinned: Option<&str>) -> Result<Answer, Unfit> {
    let id = |text: &str| text.parse::<Uuid>().map_err(|_| Unfit::Field("an order's id"));
    let orders = told.orders.iter().map(|copied| {
        let mut photo = [0; 32];
        hex::decode_to_slice(&copied.order.photo.sha256, &mut photo)
            .map_err(|_| Unfit::Field("a photo's hash"))?;
        let text = serde_json::to_vec(copied).map_err(|_| Unfit::Field("an order"))?;
        Ok(Copied { id: id(&copied.order.id)?, photo, text: Zeroizing::new(text) })
    });
    Ok(Answer {
        mark: told.mark.clone(),
        epoch: told.epoch.clone(),
        anew: told.anew,
        complete: told.complete,
        wanted_version: told.wanted_version.clone(),
        orders: orders.collect::<Result<_, Unfit>>()?,
        left: told.left.iter().map(|text| id(text)).collect::<Result<_, _>>()?,
        blocked: list(&told.blocked, kept, pinned)?,
    })
}

/// The list of blocked cards, if it is whole and signed with the key that was pinned.
fn list(told: &wire::Blocked, kept: Option<Blocked>, pinned: Option<&str>) -> Result<Blocked, Unfit> {
    if pinned.is_some_and(|pinned| pinned != told.key) {
        return Err(Unfit::Forged);
    }
    let key: PublicKey = told.key.parse().map_err(|_| Unfit::Forged)?;
    key.verify(&told.text, &told.signature).map_err(|_| Unfit::Forged)?;
    let stamp: Stamp = serde_json::from_str(&told.text).map_err(|_| Unfit::Field("the list's stamp"))?;
    let cards = match (&told.cards, kept) {
        (Some(cards), _) => cards.clone(),
        (None, Some(kept)) => kept.cards,
        (None, None) => return Err(Unfit::Field("the list")),
    };
    let numbers: Vec<card::Number> = cards
        .iter()
        .map(|number| number.parse().map_err(|_| Unfit::Field("a card's number")))
        .collect::<Result<_, _>>()?;
    if stamp.version != wire::VERSION || hash(&numbers) != stamp.sha256 {
        return Err(Unfit::Forged);
    }
    Ok(Blocked { at: stamp.at, sha256: stamp.sha256, key: told.key.clone(), cards })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::signing::Signer;

    #[test]
    fn what_was_done_here_goes_before_everything() {
        let (deed, sha256) = (Uuid::from_u128(1), [7; 32]);
        let all = Standing { deed: Some(deed), complete: false, photo: Some(sha256) };
        assert_eq!(next(&all), Some(Operation::Tell(deed)));
        assert_eq!(next(&Standing { deed: None, ..all }), Some(Operation::Ask));
        let asked = Standing { deed: None, complete: true, photo: Some(sha256) };
        assert_eq!(next(&asked), Some(Operation::FetchPhoto(sha256)));
        assert_eq!(next(&Standing { photo: None, ..asked }), None);
    }

    fn told(seed: u8, cards: Option<&[u64]>) -> wire::Blocked {
        let signer = Signer::from_bytes(&[seed; 32]);
        let numbers: Vec<card::Number> =
            cards.unwrap_or(&[1]).iter().map(|serial| card::Number::with_check(*serial).unwrap()).collect();
        let stamp =
            Stamp { version: wire::VERSION, at: 5, count: numbers.len() as u64, sha256: hash(&numbers) };
        let text = serde_json::to_string(&stamp).unwrap();
        wire::Blocked {
            signature: signer.sign(text.as_bytes()),
            text,
            key: signer.public().to_string(),
            cards: cards.map(|_| numbers.iter().map(ToString::to_string).collect()),
        }
    }

    #[test]
    fn only_a_whole_list_of_the_pinned_server_counts() {
        let (ours, theirs) = (1, 2);
        let first = list(&told(ours, Some(&[1])), None, None).unwrap();
        let pinned = Some(first.key.as_str());
        assert_eq!(list(&told(ours, None), Some(first.clone()), pinned).unwrap().cards, first.cards);
        assert!(list(&told(ours, None), None, pinned).is_err(), "no list to go with the stamp");
        assert!(list(&told(theirs, Some(&[1])), None, pinned).is_err(), "another server");
        let mut shortened = told(ours, Some(&[1, 2]));
        shortened.cards = Some(first.cards.clone());
        assert!(list(&shortened, None, pinned).is_err());
        let mut redated = told(ours, Some(&[1]));
        redated.text = redated.text.replace("\"at\":5", "\"at\":6");
        assert!(list(&redated, None, pinned).is_err());
    }
}
