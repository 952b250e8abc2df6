//! What is to be sent, and what follows from an answer. Pure: the same waiting orders give the same plan, and a test can read it.

use std::collections::BTreeSet;
use std::time::Duration;

use super::client;
use crate::domain::order;
use crate::store::outbox::Waiting;
use crate::wire::{Problem, ProblemCode};

/// One thing to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// The bytes of a photo, which this order holds.
    PutPhoto { order: order::Id, sha256: [u8; 32] },
    /// An order, when the server has its photo.
    PutOrder { order: order::Id, sha256: [u8; 32] },
}

/// Everything that is to be sent, the first accepted order first, each photo once and before the orders that need it.
pub fn plan(waiting: &[Waiting]) -> Vec<Operation> {
    let mut there: BTreeSet<[u8; 32]> =
        waiting.iter().filter(|order| order.photo_sent).map(|order| order.photo).collect();
    let mut plan = Vec::with_capacity(2 * waiting.len());
    for &Waiting { id: order, photo: sha256, .. } in waiting {
        if there.insert(sha256) {
            plan.push(Operation::PutPhoto { order, sha256 });
        }
        plan.push(Operation::PutOrder { order, sha256 });
    }
    plan
}

/// What follows for what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The server has not got the photo, or no longer.
    PhotoAgain,
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
        E::Number(_) | E::NotOurServer { .. } | E::Address(_) | E::Insecure(_) | E::Tls(_) => {
            Effect::Stop(None)
        }
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
        P::Internal | P::CutOff => Effect::Later,
        P::PhotoMissing => Effect::PhotoAgain,
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
        whole / 2 + (whole / 2).mul_f64(f64::from(random) / f64::from(u32::MAX))
    }
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
                .map(|(n, &(photo, photo_sent))| Waiting {
                    id: order::Id(Uuid::from_u128(n as u128)),
                    photo: [photo; 32],
                    photo_sent,
                    accepted_at: Timestamp::UNIX_EPOCH,
                })
                .collect()
        }
    }

    proptest! {
        #[test]
        fn invariant_1_every_order_is_sent_once_after_its_photo(waiting in waiting()) {
            let plan = plan(&waiting);
            let mut there: BTreeSet<[u8; 32]> =
                waiting.iter().filter(|order| order.photo_sent).map(|order| order.photo).collect();
            let mut sent = Vec::new();
            for operation in &plan {
                match *operation {
                    Operation::PutPhoto { order, sha256 } => {
                        prop_assert!(there.insert(sha256), "a photo twice");
                        prop_assert!(waiting.iter().any(|w| w.id == order && w.photo == sha256));
                    }
                    Operation::PutOrder { order, sha256 } => {
                        prop_assert!(there.contains(&sha256), "an order before its photo");
                        sent.push(order);
                    }
                }
            }
            let accepted: Vec<order::Id> = waiting.iter().map(|order| order.id).collect();
            prop_assert_eq!(sent, accepted);
        }

        #[test]
        fn what_was_sent_is_not_planned_again(waiting in waiting(), done: prop::sample::Index) {
            let plan_before = plan(&waiting);
            // the first operations were carried out, then the program ended
            let done = done.index(plan_before.len() + 1);
            let mut rest = waiting.clone();
            for operation in &plan_before[..done] {
                match *operation {
                    Operation::PutPhoto { sha256, .. } => {
                        rest.iter_mut().filter(|w| w.photo == sha256).for_each(|w| w.photo_sent = true);
                    }
                    Operation::PutOrder { order, .. } => rest.retain(|w| w.id != order),
                }
            }
            let orders = |plan: &[Operation]| -> Vec<Operation> {
                plan.iter().copied().filter(|o| matches!(o, Operation::PutOrder { .. })).collect()
            };
            prop_assert_eq!(orders(&plan(&rest)), orders(&plan_before[done..]));
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
        assert_eq!(refusal(ProblemCode::PhotoMissing), Effect::PhotoAgain);
        let stuck = Effect::Stuck { reason: "conflict".into(), words: "why".into() };
        assert_eq!(refusal(ProblemCode::Conflict), stuck);
        assert_eq!(effect(&client::Error::TimedOut), Effect::Offline);
        let portal = client::Error::NotOurServer { status: 200, kind: "text/html".into() };
        assert_eq!(effect(&portal), Effect::Stop(None));
    }
}
