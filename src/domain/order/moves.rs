//! Which moves are legal from where, decided once for server and terminals.

use jiff::Timestamp;

use super::{Identity, Ore, Payment, Status};
use crate::domain::{card, photo, place};

/// Who asks for a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Actor {
    Owner,
    Staff,
    System,
}

/// A wish to change an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Move {
    /// A person accepts the photo.
    ApprovePhoto,
    /// A person refuses the photo: the rule it breaks and words for the student.
    RefusePhoto {
        rule: photo::Rule,
        words: String,
    },
    /// The owner hands in another photo, or a clerk for them; judged as told.
    ReplacePhoto {
        needs_review: bool,
    },
    /// A person settled what held the order.
    Release {
        needs_review: bool,
    },
    StartProduction,
    Print {
        card: card::Number,
    },
    /// Put into this slot of the pickup place's tray.
    Shelve {
        slot: String,
    },
    /// The print failed or the card was spoilt: the card's number is dead, the order is printed again.
    Misprint {
        words: String,
    },
    /// Handed to its owner.
    HandOut {
        document: card::IdDocument,
        scanned: card::Number,
    },
    /// Not handed out, and why.
    Withhold {
        reason: card::Withheld,
    },
    /// The clerk takes a handover back within minutes.
    UndoHandOut,
    /// The terminal slip's number proves payment.
    Pay {
        slip: String,
    },
    ChangePlace {
        place: place::Id,
    },
    Cancel {
        words: String,
    },
}

impl Move {
    /// The name used in messages and records.
    pub fn code(&self) -> &'static str {
        self.event().code()
    }
}

/// What a move is decided on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    pub status: Status,
    pub payment: Payment,
    pub identity: Identity,
    pub place: place::Id,
    /// The printed card, from production on.
    pub card: Option<card::Number>,
    pub slot: Option<String>,
    pub handed_out_at: Option<Timestamp>,
    /// A worn card is still with its owner: it comes in before the new one goes out.
    pub owes_old_card: bool,
}

/// Why a move is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("not from {0:?}")]
    Illegal(Status),
    #[error("only staff may do this")]
    StaffOnly,
    #[error("not paid: {0:?}")]
    NotPaid(Ore),
    #[error("the scanned card is not this order's")]
    OtherCard,
    #[error("the old card has not been taken in")]
    OldCardMissing,
    #[error("too late to take it back")]
    TooLate,
    #[error("the order is already printed")]
    AlreadyPrinted,
    #[error("a slip number is needed")]
    NoSlip,
    #[error("the order is not to be paid")]
    NothingToPay,
    #[error("already there")]
    SamePlace,
}

/// How long a clerk may take a handover back.
pub const UNDO: jiff::SignedDuration = jiff::SignedDuration::from_mins(10);

/// The state after `wish`, or why not. Decided here once for server and terminals.
pub fn decide(state: &State, wish: &Move, actor: Actor, now: Timestamp) -> Result<State, Refusal> {
    use Status as S;
    if actor == Actor::Owner
        && !matches!(wish, Move::ReplacePhoto { .. } | Move::Cancel { .. } | Move::ChangePlace { .. })
    {
        return Err(Refusal::StaffOnly);
    }
    let judged = |needs_review: bool| if needs_review { S::Review } else { S::Approved };
    let illegal = || Refusal::Illegal(state.status);
    let mut next = state.clone();
    match (wish, state.status) {
        (Move::ApprovePhoto, S::Review | S::PhotoRefused) => next.status = S::Approved,
        (Move::RefusePhoto { .. }, S::Review | S::Approved) => next.status = S::PhotoRefused,
        (Move::ReplacePhoto { needs_review }, S::PhotoRefused | S::Review | S::Approved) => {
            next.status = judged(*needs_review);
        }
        (Move::Release { needs_review }, S::NeedsPerson) => next.status = judged(*needs_review),
        (Move::StartProduction, S::Approved) => match &state.payment {
            Payment::Due(amount) => return Err(Refusal::NotPaid(*amount)),
            Payment::Free | Payment::Paid { .. } => next.status = S::InProduction,
        },
        (Move::Print { card }, S::InProduction) => {
            next.status = S::Printed;
            next.card = Some(*card);
        }
        (Move::Shelve { slot }, S::Printed) => {
            next.status = S::Ready;
            next.slot = Some(slot.clone());
        }
        (Move::Misprint { .. }, S::InProduction | S::Printed | S::Ready) => {
            next.status = S::Approved;
            next.card = None;
            next.slot = None;
        }
        (Move::HandOut { scanned, .. }, S::Ready) => {
            if state.card != Some(*scanned) {
                return Err(Refusal::OtherCard);
            }
            if state.owes_old_card {
                return Err(Refusal::OldCardMissing);
            }
            next.status = S::HandedOut;
            next.slot = None;
            next.identity = Identity::Proven;
            next.handed_out_at = Some(now);
        }
        (Move::Withhold { .. }, S::Ready) => {}
        (Move::UndoHandOut, S::HandedOut) => match state.handed_out_at {
            Some(at) if now.duration_since(at) <= UNDO => {
                next.status = S::Ready;
                next.handed_out_at = None;
            }
            _ => return Err(Refusal::TooLate),
        },
        (Move::Pay { slip }, status) if status.open() => match &state.payment {
            Payment::Due(_) if slip.trim().is_empty() => return Err(Refusal::NoSlip),
            Payment::Due(amount) => {
                next.payment = Payment::Paid { amount: *amount, slip: slip.trim().to_owned() };
            }
            Payment::Free | Payment::Paid { .. } => return Err(Refusal::NothingToPay),
        },
        (Move::ChangePlace { place }, status) => {
            if *place == state.place {
                return Err(Refusal::SamePlace);
            }
            match status {
                S::NeedsPerson | S::Review | S::PhotoRefused | S::Approved => next.place = place.clone(),
                S::InProduction | S::Printed | S::Ready if actor == Actor::Owner => {
                    return Err(Refusal::AlreadyPrinted);
                }
                S::InProduction | S::Printed => next.place = place.clone(),
                S::Ready | S::HandedOut | S::Cancelled => return Err(illegal()),
            }
        }
        (Move::Cancel { .. }, status) => match status {
            S::NeedsPerson | S::Review | S::PhotoRefused | S::Approved => next.status = S::Cancelled,
            S::InProduction | S::Printed | S::Ready if actor == Actor::Owner => {
                return Err(Refusal::AlreadyPrinted);
            }
            S::InProduction | S::Printed | S::Ready => {
                next.status = S::Cancelled;
                next.card = None;
                next.slot = None;
            }
            S::HandedOut | S::Cancelled => return Err(illegal()),
        },
        _ => return Err(illegal()),
    }
    Ok(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(status: Status) -> State {
        State {
            status,
            payment: Payment::Free,
            identity: Identity::Proven,
            place: place::Id::new("gjovik").unwrap(),
            card: matches!(status, Status::Printed | Status::Ready | Status::HandedOut)
                .then(|| card::Number::with_check(1_234_567).unwrap()),
            slot: None,
            handed_out_at: (status == Status::HandedOut).then_some(Timestamp::UNIX_EPOCH),
            owes_old_card: false,
        }
    }

    fn hand_out(serial: u64) -> Move {
        Move::HandOut {
            document: card::IdDocument::Passport,
            scanned: card::Number::with_check(serial).unwrap(),
        }
    }

    #[test]
    fn invariant_3_a_card_is_handed_out_once_and_only_against_its_own_number() {
        let now = Timestamp::UNIX_EPOCH;
        for status in Status::ALL {
            let result = decide(&state(status), &hand_out(1_234_567), Actor::Staff, now);
            assert_eq!(result.is_ok(), status == Status::Ready, "{status:?}");
        }
        assert_eq!(
            decide(&state(Status::Ready), &hand_out(7_654_321), Actor::Staff, now),
            Err(Refusal::OtherCard)
        );
    }

    #[test]
    fn invariant_3_an_unproven_person_is_proven_by_an_id_at_the_counter_and_by_nothing_else() {
        let now = Timestamp::UNIX_EPOCH;
        let card = card::Number::with_check(1_234_567).unwrap();
        let moves = [
            Move::ApprovePhoto,
            Move::RefusePhoto { rule: photo::Rule::ALL[0], words: String::new() },
            Move::ReplacePhoto { needs_review: false },
            Move::Release { needs_review: false },
            Move::StartProduction,
            Move::Print { card },
            Move::Shelve { slot: "A 3".into() },
            Move::Misprint { words: String::new() },
            hand_out(1_234_567),
            Move::Withhold { reason: card::Withheld::NoValidId },
            Move::UndoHandOut,
            Move::Pay { slip: "004711".into() },
            Move::ChangePlace { place: place::Id::new("dragvoll").unwrap() },
            Move::Cancel { words: String::new() },
        ];
        for status in Status::ALL {
            for wish in &moves {
                for actor in [Actor::Owner, Actor::Staff, Actor::System] {
                    let unproven = State { identity: Identity::Unproven, ..state(status) };
                    let Ok(next) = decide(&unproven, wish, actor, now) else { continue };
                    // the move names the document that was looked at; a student cannot make it
                    let seen = matches!(wish, Move::HandOut { .. });
                    assert_eq!(next.identity == Identity::Proven, seen, "{wish:?} from {status:?}");
                    assert!(!seen || actor != Actor::Owner);
                    assert!(seen || next.status != Status::HandedOut || status == Status::HandedOut);
                }
            }
        }
    }

    #[test]
    fn a_worn_card_comes_in_before_the_new_one_goes_out() {
        let owes = State { owes_old_card: true, ..state(Status::Ready) };
        assert_eq!(
            decide(&owes, &hand_out(1_234_567), Actor::Staff, Timestamp::UNIX_EPOCH),
            Err(Refusal::OldCardMissing)
        );
    }

    #[test]
    fn production_waits_for_the_money() {
        let due = State { payment: Payment::Due(Ore(15_000)), ..state(Status::Approved) };
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(
            decide(&due, &Move::StartProduction, Actor::Staff, now),
            Err(Refusal::NotPaid(Ore(15_000)))
        );
        let paid = decide(&due, &Move::Pay { slip: "004711".into() }, Actor::Staff, now).unwrap();
        assert_eq!(
            decide(&paid, &Move::StartProduction, Actor::Staff, now).unwrap().status,
            Status::InProduction
        );
        assert_eq!(
            decide(&paid, &Move::Pay { slip: "004711".into() }, Actor::Staff, now),
            Err(Refusal::NothingToPay)
        );
    }

    #[test]
    fn the_owner_may_cancel_until_production_and_do_nothing_of_the_staffs() {
        let cancel = Move::Cancel { words: String::new() };
        let now = Timestamp::UNIX_EPOCH;
        for status in Status::ALL {
            let allowed = matches!(
                status,
                Status::NeedsPerson | Status::Review | Status::PhotoRefused | Status::Approved
            );
            assert_eq!(decide(&state(status), &cancel, Actor::Owner, now).is_ok(), allowed, "{status:?}");
        }
        assert_eq!(
            decide(&state(Status::Review), &Move::ApprovePhoto, Actor::Owner, now),
            Err(Refusal::StaffOnly)
        );
    }

    #[test]
    fn a_handover_is_taken_back_within_minutes_only() {
        let out = state(Status::HandedOut);
        let at = |minutes| Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_mins(minutes);
        assert_eq!(decide(&out, &Move::UndoHandOut, Actor::Staff, at(10)).unwrap().status, Status::Ready);
        assert_eq!(decide(&out, &Move::UndoHandOut, Actor::Staff, at(11)), Err(Refusal::TooLate));
    }
}
