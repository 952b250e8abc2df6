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
mod moves;

pub use event::{CARD_FOUND, Event};
pub use moves::{Actor, Move, Refusal, State, UNDO, decide};

use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

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
    /// Signed in with a password, a code from the phone, or by the institution's own sign-in.
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
