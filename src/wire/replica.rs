//! What a counter keeps to work alone, and what it tells afterwards.

use serde::{Deserialize, Serialize};

use super::Impossible;
use super::card::Card;
use super::order::{self, Event};
use crate::domain::{card, replica};

/// The version of [`Stamp`].
pub const VERSION: u32 = 1;

/// What changed since a mark. A counter that has nothing, or whose mark is of another server, another place or from before a
/// restore, is sent everything anew, a page at a time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Replica {
    /// To be named with the next question; means something to the server only.
    pub mark: String,
    /// Changes when the server is restored from a backup: what was told before is told again.
    pub epoch: String,
    /// Everything begins anew: what is not sent from here on until `complete` is not there any more.
    pub anew: bool,
    /// Nothing more is to be asked for now.
    pub complete: bool,
    pub orders: Vec<Order>,
    /// Ids of orders that are no longer open at this place.
    pub left: Vec<String>,
    pub blocked: Blocked,
    /// SHA-256 (hex) of the counter's setup: another one is to be asked for.
    pub setup: String,
    /// The version of the program that the university wants on its terminals; none: any.
    pub wanted_version: Option<String>,
}

/// An open order as the handover desk needs it: without findings and report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Order {
    pub order: order::Order,
    /// All cards of its person.
    pub cards: Vec<Card>,
}

/// The blocked cards of the university, signed by the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Blocked {
    /// A [`Stamp`] as JSON.
    pub text: String,
    /// Ed25519 over the text's bytes, hex.
    pub signature: String,
    /// The server's key for it, hex: the first one that a counter is told after its enrolment counts.
    pub key: String,
    /// The numbers, ten digits each, ascending; none when the counter has this very list.
    pub cards: Option<Vec<String>>,
}

/// What the server signs of the list, anew with every answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Stamp {
    pub version: u32,
    /// Microseconds by the server's clock.
    pub at: i64,
    pub count: u64,
    /// SHA-256 (hex) of the numbers, a line each.
    pub sha256: String,
}

/// What a counter did alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Deed {
    /// None for what is about a card only.
    pub order: Option<String>,
    /// The version of the order in the counter's copy.
    pub version: Option<i64>,
    /// The user name of the clerk.
    pub clerk: String,
    /// Microseconds by the counter's clock.
    pub at: i64,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "deed", rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum What {
    HandOut { document: String, scanned: String },
    Withhold { reason: String },
    UndoHandOut,
    Block { card: String },
    TakeIn { card: String },
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Became {
    /// The deed's.
    pub id: String,
    pub told: Told,
    /// Code of `domain::replica::Note` or `Conflict`.
    pub why: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum Told {
    Done,
    Noted,
    Conflict,
}

/// What two places did does not fit together: a person looks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Conflict {
    /// The deed's id.
    pub id: String,
    /// Code of `domain::replica::Conflict`.
    pub why: String,
    /// What was done at the counter.
    pub deed: Deed,
    /// The name of the clerk, where they are known.
    pub clerk: String,
    /// The counter's code.
    pub terminal: String,
    /// When the server heard of it, microseconds.
    pub received_at: i64,
    /// The order as it stands at the server; none where there is no such order.
    pub order: Option<order::Order>,
    /// What happened to the order at the server, oldest first.
    pub history: Vec<Event>,
}

/// Those that nobody has settled, oldest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Conflicts {
    pub conflicts: Vec<Conflict>,
}

/// A person looked: what they found and did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Settlement {
    pub words: String,
}

impl From<&replica::Deed> for What {
    fn from(deed: &replica::Deed) -> Self {
        match deed {
            replica::Deed::HandOut { document, scanned } => {
                Self::HandOut { document: document.code().to_owned(), scanned: scanned.to_string() }
            }
            replica::Deed::Withhold { reason } => Self::Withhold { reason: reason.code().to_owned() },
            replica::Deed::TakeBack => Self::UndoHandOut,
            replica::Deed::Block { card } => Self::Block { card: card.to_string() },
            replica::Deed::TakeIn { card } => Self::TakeIn { card: card.to_string() },
        }
    }
}

impl TryFrom<&What> for replica::Deed {
    type Error = Impossible;

    fn try_from(what: &What) -> Result<Self, Impossible> {
        let number = |text: &str| text.parse().map_err(|_| Impossible::new("card", text));
        Ok(match what {
            What::HandOut { document, scanned } => {
                Self::HandOut { document: order::document_of(document)?, scanned: number(scanned)? }
            }
            What::Withhold { reason } => Self::Withhold {
                reason: card::Withheld::from_code(reason).ok_or_else(|| Impossible::new("reason", reason))?,
            },
            What::UndoHandOut => Self::TakeBack,
            What::Block { card } => Self::Block { card: number(card)? },
            What::TakeIn { card } => Self::TakeIn { card: number(card)? },
        })
    }
}
