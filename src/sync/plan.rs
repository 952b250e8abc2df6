//! What is to be sent, and what follows from an answer. Pure: the same waiting orders give the same plan, and a test can read it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::client;
use crate::domain::order;
use crate::store::outbox::Waiting;
use crate::wire::photo::Held;
use crate::wire::{Problem, ProblemCode};

/// The photos that the server has, by their SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct There {
    pub whole: BTreeSet<[u8; 32]>,
    /// Those of which the first bytes are there, and how many.
    pub begun: BTreeMap<[u8; 32], u64>,
}

impl There {
    /// What the server said, without what is no SHA-256.
    pub fn said(held: &Held) -> Self {
        let name = |text: &String| {
            let mut sha256 = [0; 32];
            hex::decode_to_slice(text, &mut sha256).ok().map(|()| sha256)
        };
        Self {
            whole: held.whole.iter().filter_map(name).collect(),
            begun: held.begun.iter().filter_map(|(text, bytes)| Some((name(text)?, *bytes))).collect(),
        }
    }
}

/// One thing to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// The bytes of a photo, which this order holds.
    PutPhoto { order: order::Id, sha256: [u8; 32], way: Way },
    /// An order, when the server has its photo.
    PutOrder { order: order::Id, sha256: [u8; 32] },
}

/// How a photo is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    AtOnce,
    /// Piece by piece from this byte on: the line has cut it off before.
    FromByte(u64),
}

/// Everything that is to be sent, the first accepted order first, each photo that is not there once and before the orders
/// that need it.
pub fn plan(waiting: &[Waiting], there: &There) -> Vec<Operation> {
    let mut whole = there.whole.clone();
    let mut plan = Vec::with_capacity(2 * waiting.len());
    for &Waiting { id: order, photo: sha256, photo_cut, .. } in waiting {
        if whole.insert(sha256) {
            let way = match there.begun.get(&sha256) {
                Some(&bytes) => Way::FromByte(bytes),
                None if photo_cut => Way::FromByte(0),
                None => Way::AtOnce,
            };
            plan.push(Operation::PutPhoto { order, sha256, way });
        }
        plan.push(Operation::PutOrder { order, sha256 });
    }
    plan
}

/// What follows for what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The server will never take it as it is: a person must look.
    Stuck { reason: String, words: String },
    /// Not this one now; the others may go.
    Later,
    /// The line or the server is away: if the next one fails as well, nothing goes now.
    Offline,
    /// Nothing goes now, for at least this long if it is said.
    Stop(Option<Duration>),
}

/// What follows from an answer. Only a refusal of our own server about this very order sets it aside.
pub fn effect(error: &client::Error) -> Effect {
    use client::Error as E;
    match error {
        E::Unreachable(_) | E::TimedOut => Effect::Offline,
        E::Refused(problem) => refused(problem),
        E::Shape(_) | E::TooLarge { .. } => Effect::Later,
        E::Number(_)
        | E::NotOurServer { .. }
        | E::CertificateTime(_)
        | E::Certificate(_)
        | E::Address(_)
        | E::Insecure(_)
        | E::Tls(_)
        | E::Trust(_) => Effect::Stop(None),
    }
}

fn refused(problem: &Problem) -> Effect {
    use ProblemCode as P;
    match problem.code {
        // about this terminal or the server, not about the order
        P::TerminalUnknown
        | P::TerminalRevoked
        | P::TerminalSetAside
        | P::CodeUsed
        | P::Locked
        | P::Storage => {
            Effect::Stop(problem.retry_after.map(|seconds| Duration::from_secs(seconds.min(600))))
        }
        // the next round asks which photos are there
        P::Internal | P::CutOff | P::PhotoMissing => Effect::Later,
        code => {
            let name = serde_json::to_value(code).ok();
            let reason = name.as_ref().and_then(|name| name.as_str()).unwrap_or("refused").to_owned();
            Effect::Stuck { reason, words: problem.detail.clone() }
        }
    }
}

/// How fast is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The server is asked this often when there is nothing to send.
    pub idle: Duration,
    /// The wait after the first failure.
    pub first: Duration,
    /// The longest wait.
    pub longest: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            idle: Duration::from_secs(30),
            first: Duration::from_secs(1),
            longest: Duration::from_secs(60),
        }
    }
}

impl Pace {
    /// How long to wait after so many failures (0: none): doubled each time, and between half and whole by `random`, so that
    /// two hundred terminals do not come back in the same second.
    pub fn wait(&self, failures: u32, random: u32) -> Duration {
        let whole = match failures.checked_sub(1) {
            None => self.idle,
            Some(doublings) => {
                self.first.saturating_mul(1u32.checked_shl(doublings).unwrap_or(u32::MAX)).min(self.longest)
            }
        };
        spread(whole / 2, random)
    }

    /// The same, and not before the server wants to be asked again: those whom it told the same time come one after the
    /// other.
    pub fn wait_for(&self, failures: u32, not_before: Option<Duration>, random: u32) -> Duration {
        self.wait(failures, random).max(spread(not_before.unwrap_or_default(), random))
    }
}

/// Between once and twice as long.
fn spread(least: Duration, random: u32) -> Duration {
    least + least.mul_f64(f64::from(random) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use proptest::prelude::*;
    use uuid::Uuid;

    prop_compose! {
        fn waiting()(orders in prop::collection::vec((0u8..6, any::<bool>()), 0..30)) -> Vec<Waiting> {
            orders
                .iter()
                .enumerate()
                .map(|(n, &(photo, photo_cut))| Waiting {
                    id: order::Id(Uuid::from_u128(n as u128)),
                    photo: [photo; 32],
                    photo_cut,
                    accepted_at: Timestamp::UNIX_EPOCH,
                })
                .collect()
        }
    }

    prop_compose! {
        fn there()(
            whole in prop::collection::btree_set(0u8..6, 0..6),
            begun in prop::collection::btree_map(0u8..6, 1u64..9, 0..6),
        ) -> There {
            There {
                begun: begun.into_iter().map(|(photo, bytes)| ([photo; 32], bytes)).collect(),
                whole: whole.into_iter().map(|photo| [photo; 32]).collect(),
            }
        }
    }

    proptest! {
        #[test]
        fn invariant_1_every_order_is_sent_once_after_its_photo(waiting in waiting(), there in there()) {
            let plan = plan(&waiting, &there);
            let mut whole = there.whole.clone();
            let mut sent = Vec::new();
            for operation in &plan {
                match *operation {
                    Operation::PutPhoto { order, sha256, way } => {
                        prop_assert!(whole.insert(sha256), "a photo twice");
                        let first = waiting.iter().find(|w| w.photo == sha256).unwrap();
                        prop_assert_eq!(first.id, order);
                        let expected = match there.begun.get(&sha256) {
                            Some(bytes) => Way::FromByte(*bytes),
                            None if first.photo_cut => Way::FromByte(0),
                            None => Way::AtOnce,
                        };
                        prop_assert_eq!(way, expected);
                    }
                    Operation::PutOrder { order, sha256 } => {
                        prop_assert!(whole.contains(&sha256), "an order before its photo");
                        sent.push(order);
                    }
                }
            }
            let accepted: Vec<order::Id> = waiting.iter().map(|order| order.id).collect();
            prop_assert_eq!(sent, accepted);
        }

        #[test]
        fn what_was_sent_is_not_planned_again(
            waiting in waiting(),
            there in there(),
            done: prop::sample::Index,
        ) {
            let plan_before = plan(&waiting, &there);
            // the first operations were carried out, then the program ended
            let done = done.index(plan_before.len() + 1);
            let (mut rest, mut there) = (waiting.clone(), there);
            for operation in &plan_before[..done] {
                match *operation {
                    Operation::PutPhoto { sha256, .. } => _ = there.whole.insert(sha256),
                    Operation::PutOrder { order, .. } => rest.retain(|w| w.id != order),
                }
            }
            prop_assert_eq!(plan(&rest, &there), &plan_before[done..]);
        }

        #[test]
        fn two_hundred_terminals_do_not_come_back_at_once(seed: u64, away in 120u32..7_200) {
            // each found the server away at a moment of its own and has tried since; then it is back
            let mut random = seed | 1;
            let mut next = || {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                (random >> 16) as u32
            };
            let (pace, back) = (Pace::default(), Duration::from_secs(u64::from(away)));
            let mut arrivals = BTreeMap::<u64, u32>::new();
            for _ in 0..200 {
                let (mut now, mut failures) = (pace.idle.mul_f64(f64::from(next()) / f64::from(u32::MAX)), 0);
                while now < back {
                    failures += 1;
                    now += pace.wait(failures, next());
                }
                prop_assert!(now <= back + pace.longest, "back within a minute");
                *arrivals.entry((now - back).as_secs()).or_default() += 1;
            }
            let most = arrivals.values().max().copied().unwrap_or_default();
            prop_assert!(most <= 24, "{most} of 200 in one second");
            // and those whom a flooded server sent away at one moment
            let told = Some(Duration::from_secs(5));
            let mut again = BTreeMap::<u128, u32>::new();
            for _ in 0..200 {
                let wait = pace.wait_for(1, told, next());
                prop_assert!(wait >= Duration::from_secs(5));
                *again.entry(wait.as_millis() / 500).or_default() += 1;
            }
            let most = again.values().max().copied().unwrap_or_default();
            prop_assert!(again.len() >= 9 && most <= 50, "{most} of 200 in half a second");
        }

        #[test]
        fn waits_grow_to_their_limit_and_spread(failures in 1u32..100, random: u32) {
            let pace = Pace::default();
            let wait = pace.wait(failures, random);
            prop_assert!(wait <= pace.longest);
            prop_assert!(wait >= pace.first / 2);
            prop_assert!(pace.wait(failures + 1, random) >= wait);
            prop_assert!(pace.wait(failures, u32::MAX) >= pace.wait(failures, 0) * 2 - Duration::from_micros(1));
        }
    }

    #[test]
    fn invariant_1_only_our_own_servers_word_about_the_order_sets_it_aside() {
        let refusal = |code| {
            effect(&client::Error::Refused(Problem { code, detail: "why".into(), retry_after: Some(7) }))
        };
        assert_eq!(refusal(ProblemCode::TerminalUnknown), Effect::Stop(Some(Duration::from_secs(7))));
        for code in [ProblemCode::TerminalRevoked, ProblemCode::TerminalSetAside] {
            assert_eq!(refusal(code), Effect::Stop(Some(Duration::from_secs(7))), "the order is kept");
        }
        assert_eq!(refusal(ProblemCode::Storage), Effect::Stop(Some(Duration::from_secs(7))));
        assert_eq!(refusal(ProblemCode::Internal), Effect::Later);
        assert_eq!(refusal(ProblemCode::PhotoMissing), Effect::Later);
        let stuck = Effect::Stuck { reason: "conflict".into(), words: "why".into() };
        assert_eq!(refusal(ProblemCode::Conflict), stuck);
        assert_eq!(effect(&client::Error::TimedOut), Effect::Offline);
        let portal = client::Error::NotOurServer { status: 200, kind: "text/html".into() };
        assert_eq!(effect(&portal), Effect::Stop(None));
    }
}
