//! Orders on the wire.

use serde::{Deserialize, Serialize};

use super::Impossible;
use super::report::{Signed, SignedBy};
use crate::domain::{card, order, phone, photo, place};

/// A finding as the terminal's judge made it, sent along so that desk and student see the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Finding {
    pub rule: String,
    pub weight: String,
    pub measured: f32,
    pub limit: Limit,
    /// x, y, width, height in shares (0–1) of the card photo.
    pub region: Option<[f32; 4]>,
}

/// A number for one side, a pair for both.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum Limit {
    AtLeast(f32),
    AtMost(f32),
    Between(f32, f32),
}

/// A complete order from a terminal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Submission {
    pub number: String,
    pub user_name: String,
    /// `proven` by a session, `phone` by a code from the phone, or `unproven`.
    pub identity: String,
    /// The session in which the person proved who they are; asked for with `proven`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<super::session::Token>,
    /// The nonce of the QR code for which the person proved on a phone who they are; asked for with `phone`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// `new`, `lost`, `worn` or `photo_violation`.
    pub reason: String,
    pub place: String,
    /// ISO day.
    pub promised: Option<String>,
    /// Microseconds by the terminal's clock.
    pub submitted_at: i64,
    pub consents: Vec<String>,
    /// BCP 47 tag of the language that the person chose: `nb`, `nn` or `en`. Bokmål where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    pub photo: Photo,
    /// The PIN, sealed to the access system's key, in hex.
    pub sealed_pin: String,
    /// SHA-256 (hex) of the key that it was sealed to.
    pub pin_key_fingerprint: String,
}

/// The photo of an order; its bytes are sent apart, before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Photo {
    /// SHA-256 of the JPEG, hex.
    pub sha256: String,
    pub verdict: String,
    pub policy: String,
    pub findings: Vec<Finding>,
    /// The student asked for a person to look.
    pub insisted: bool,
    /// What the terminal found, signed by it: sent with the photo, answered with an order's details.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Signed>,
    /// Who signed the report that the server has verified; only in answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<SignedBy>,
}

/// An order as lists show it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Order {
    pub id: String,
    pub number: String,
    pub user_name: String,
    pub name: String,
    /// Code of `domain::order::Status`.
    pub status: String,
    /// `proven` or `unproven`.
    pub identity: String,
    pub reason: String,
    pub place: String,
    pub promised: Option<String>,
    /// Microseconds, by the server's clock.
    pub received_at: i64,
    pub payment: Payment,
    pub photo: Photo,
    /// Ten digits, from printing on.
    pub card: Option<String>,
    pub slot: Option<String>,
    /// Why the photo was refused or the order cancelled: rule and words.
    pub refusal: Option<Refusal>,
    /// Whether the access system has confirmed the PIN.
    pub pin_delivered: bool,
    /// BCP 47 tag of the language in which the person is told about it.
    #[serde(default)]
    pub language: String,
    /// Grows with every change; sent back with a move.
    pub version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum Payment {
    Free,
    /// Øre.
    Due {
        amount: i64,
    },
    Paid {
        amount: i64,
        slip: String,
    },
}

/// What the student is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Refusal {
    pub rule: Option<String>,
    pub words: String,
}

/// An order with its history and its owner's cards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Details {
    pub order: Order,
    pub history: Vec<Event>,
    pub cards: Vec<super::card::Card>,
    pub other_orders: Vec<Order>,
}

/// A line of an order's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Event {
    /// Microseconds.
    pub at: i64,
    /// Who, as staff know each other; empty for the system.
    pub actor: String,
    pub terminal: String,
    /// Code of `domain::order::Event`.
    pub action: String,
    pub status: String,
    /// The code that tells how or why: the kind of document, the reason of not handing out, the rule, the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Found {
    pub orders: Vec<Order>,
    /// Students without an order that fit the words.
    pub persons: Vec<super::session::Person>,
    /// There are more than were sent.
    pub more: bool,
}

/// A wish to change an order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Move {
    /// The caller's id of this wish: asking again gives the first answer.
    pub id: String,
    /// The version of the order that the wish was made on.
    pub version: i64,
    pub wish: Wish,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "move", rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum Wish {
    ApprovePhoto,
    RefusePhoto {
        rule: String,
        words: String,
    },
    ReplacePhoto {
        photo: Photo,
    },
    Release,
    /// The card came out of the printer.
    Print,
    Shelve {
        slot: String,
    },
    Misprint {
        words: String,
    },
    HandOut {
        document: String,
        scanned: String,
    },
    Withhold {
        reason: String,
    },
    UndoHandOut,
    Pay {
        slip: String,
    },
    ChangePlace {
        place: String,
    },
    Cancel {
        words: String,
    },
}

impl From<&photo::Finding> for Finding {
    /// The region is passed on as it is: made relative to the card photo by whoever cut it.
    fn from(finding: &photo::Finding) -> Self {
        Self {
            rule: finding.rule.code().to_owned(),
            weight: finding.weight.code().to_owned(),
            // JSON has no other numbers than finite ones
            measured: if finding.measured.is_finite() { finding.measured } else { f32::MAX },
            limit: match finding.limit {
                photo::Limit::AtLeast(low) => Limit::AtLeast(low),
                photo::Limit::AtMost(high) => Limit::AtMost(high),
                photo::Limit::Between(low, high) => Limit::Between(low, high),
            },
            region: finding.region.map(|r| [r.x, r.y, r.width, r.height]),
        }
    }
}

impl TryFrom<&Finding> for photo::Finding {
    type Error = Impossible;

    fn try_from(finding: &Finding) -> Result<Self, Impossible> {
        Ok(Self {
            rule: photo::Rule::from_code(&finding.rule)
                .ok_or_else(|| Impossible::new("rule", &finding.rule))?,
            weight: photo::Weight::from_code(&finding.weight)
                .ok_or_else(|| Impossible::new("weight", &finding.weight))?,
            measured: finding.measured,
            limit: match finding.limit {
                Limit::AtLeast(low) => photo::Limit::AtLeast(low),
                Limit::AtMost(high) => photo::Limit::AtMost(high),
                Limit::Between(low, high) => photo::Limit::Between(low, high),
            },
            region: finding.region.map(|[x, y, width, height]| photo::Region { x, y, width, height }),
        })
    }
}

impl From<&order::Payment> for Payment {
    fn from(payment: &order::Payment) -> Self {
        match payment {
            order::Payment::Free => Self::Free,
            order::Payment::Due(amount) => Self::Due { amount: amount.0 },
            order::Payment::Paid { amount, slip } => Self::Paid { amount: amount.0, slip: slip.clone() },
        }
    }
}

impl From<Payment> for order::Payment {
    fn from(payment: Payment) -> Self {
        match payment {
            Payment::Free => Self::Free,
            Payment::Due { amount } => Self::Due(order::Ore(amount)),
            Payment::Paid { amount, slip } => Self::Paid { amount: order::Ore(amount), slip },
        }
    }
}

/// The code of a reason.
pub fn reason_code(reason: order::Reason) -> &'static str {
    reason.code()
}

/// The reason with this code.
pub fn reason_of(code: &str) -> Result<order::Reason, Impossible> {
    order::Reason::from_code(code).ok_or_else(|| Impossible::new("reason", code))
}

/// The code of an identity.
pub fn identity_code(identity: order::Identity) -> &'static str {
    identity.code()
}

/// The identity with this code.
pub fn identity_of(code: &str) -> Result<order::Identity, Impossible> {
    order::Identity::from_code(code).ok_or_else(|| Impossible::new("identity", code))
}

/// The identity of an order that was proven on a phone.
pub const PHONE: &str = "phone";

/// What an order says of its person's identity, and the nonce that it refers to.
pub fn proof_of(
    identity: &str,
    nonce: Option<&str>,
) -> Result<(order::Identity, Option<phone::Nonce>), Impossible> {
    match (identity, nonce) {
        (PHONE, Some(nonce)) => {
            let nonce = nonce.parse().map_err(|_| Impossible::new("nonce", nonce))?;
            Ok((order::Identity::Proven, Some(nonce)))
        }
        (PHONE, None) => Err(Impossible::new("nonce", "none")),
        _ => Ok((identity_of(identity)?, None)),
    }
}

/// The place with this id.
pub fn place_of(id: &str) -> Result<place::Id, Impossible> {
    place::Id::new(id).ok_or_else(|| Impossible::new("place", id))
}

/// The kind of identity document with this code.
pub fn document_of(code: &str) -> Result<card::IdDocument, Impossible> {
    card::IdDocument::from_code(code).ok_or_else(|| Impossible::new("document", code))
}
