//! An order's life: what it is, where it stands, and which moves are legal from there.
//!
//! ```text
//!            ┌─ needs a person ─→ review ─┬─→ photo refused ──(new photo)──┐
//! submitted ─┴───────────→ approved ←─────┘                                │
//!     ↑──────────────────────────────────────────────────────────────────-─┘
//! approved ─(paid or free)→ in production → printed → ready → handed out
//!                 ↑ misprint ──┴────────────┴─────────┘
//! cancelled: by the owner until printed, by staff until handed out
//! ```

mod event;

pub use event::{CARD_FOUND, Event};

use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::card;
use super::number::Number;
use super::person::{Language, UserName};
use super::place;

/// The idempotency key: a random UUID made on the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(pub Uuid);

/// Norwegian øre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Ore(pub i64);

impl Ore {
    /// Whole kroner, rounded down.
    pub fn kroner(self) -> i64 {
        self.0.div_euclid(100)
    }
}

/// What the card is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The person's first card, or no card is known.
    New,
    /// The old card is lost: blocked at once, the new one is paid.
    Lost,
    /// The old card is worn: free against the old one, which is taken in at the counter.
    Worn,
    /// The photo broke the rules after the card was made: the student pays.
    PhotoViolation,
}

impl Reason {
    pub const ALL: [Self; 4] = [Self::New, Self::Lost, Self::Worn, Self::PhotoViolation];

    /// The name used in messages and databases.
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Lost => "lost",
            Self::Worn => "worn",
            Self::PhotoViolation => "photo_violation",
        }
    }

    /// The reason with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// What it costs by the university's prices.
    pub fn price(self, prices: &Prices) -> Ore {
        match self {
            Self::New | Self::Worn => Ore(0),
            Self::Lost => prices.lost,
            Self::PhotoViolation => prices.photo_violation,
        }
    }
}

/// Configuration of the university.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prices {
    pub lost: Ore,
    pub photo_violation: Ore,
}

impl Default for Prices {
    fn default() -> Self {
        Self { lost: Ore(15_000), photo_violation: Ore(15_000) }
    }
}

/// How sure it is that the order is its person's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Identity {
    /// Signed in with a password or by the institution's own sign-in.
    Proven,
    /// A user name only: to be proven at pickup before anything else.
    Unproven,
}

impl Identity {
    /// The name used in messages and databases.
    pub fn code(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::Unproven => "unproven",
        }
    }

    /// The identity with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Proven, Self::Unproven].into_iter().find(|identity| identity.code() == code)
    }
}

/// Where the money stands. An attribute of the order, not a state of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Payment {
    Free,
    Due(Ore),
    /// Paid at a terminal whose slip the clerk typed in.
    Paid {
        amount: Ore,
        slip: String,
    },
}

impl Payment {
    /// Whether production may begin.
    pub fn settled(&self) -> bool {
        !matches!(self, Self::Due(_))
    }
}

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Held for a person: a second open order, an unknown user, a name to be proven.
    NeedsPerson,
    /// A person must look at the photo.
    Review,
    /// A person refused the photo; the order and its number stay and wait for a new one.
    PhotoRefused,
    Approved,
    InProduction,
    Printed,
    /// In its tray slot at the pickup place.
    Ready,
    HandedOut,
    Cancelled,
}

impl Status {
    pub const ALL: [Self; 9] = [
        Self::NeedsPerson,
        Self::Review,
        Self::PhotoRefused,
        Self::Approved,
        Self::InProduction,
        Self::Printed,
        Self::Ready,
        Self::HandedOut,
        Self::Cancelled,
    ];

    /// Whether the person may not have another order beside this one.
    pub fn open(self) -> bool {
        !matches!(self, Self::HandedOut | Self::Cancelled)
    }

    /// The name used in messages, databases and records.
    pub fn code(self) -> &'static str {
        match self {
            Self::NeedsPerson => "needs_person",
            Self::Review => "review",
            Self::PhotoRefused => "photo_refused",
            Self::Approved => "approved",
            Self::InProduction => "in_production",
            Self::Printed => "printed",
            Self::Ready => "ready",
            Self::HandedOut => "handed_out",
            Self::Cancelled => "cancelled",
        }
    }

    /// The status with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

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
        rule: super::photo::Rule,
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

/// Where a submitted order starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intake {
    pub identity: Identity,
    /// The photo's verdict asks for a person, or the student did.
    pub needs_review: bool,
    /// The person has another open order already.
    pub has_open_order: bool,
    /// The person is known to the register.
    pub known_person: bool,
}

impl Intake {
    pub fn status(self) -> Status {
        if self.has_open_order || !self.known_person {
            Status::NeedsPerson
        } else if self.needs_review {
            Status::Review
        } else {
            Status::Approved
        }
    }
}

/// What a terminal sends: made at the kiosk, complete, never changed afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    pub id: Id,
    pub number: Number,
    pub user_name: UserName,
    pub identity: Identity,
    pub reason: Reason,
    pub place: place::Id,
    /// The day that the person was promised, none where the terminal's clock was not to be trusted.
    pub promised: Option<Date>,
    /// By the terminal's clock.
    pub submitted_at: Timestamp,
    /// The consents that were given, by key and version of the text.
    pub consents: Vec<String>,
    /// The language that the person chose; none in orders from before it was kept.
    pub language: Option<Language>,
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
