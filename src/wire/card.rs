//! Cards on the wire.

use serde::{Deserialize, Serialize};

use super::Impossible;
use crate::domain::{card, person};

/// A card of the registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Card {
    /// Ten digits.
    pub number: String,
    pub owner: String,
    /// `active`, `blocked` or `dead`.
    pub status: String,
    pub valid_from: String,
    pub valid_to: String,
    /// Microseconds.
    pub produced_at: Option<i64>,
}

/// A word about a card: lost, found again, or taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Report {
    pub what: ReportKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum ReportKind {
    /// Blocked at once.
    Lost,
    /// Unblocked, while no new card was printed.
    Found,
    /// The worn card was taken in and destroyed.
    TakenIn,
}

impl From<&card::Card> for Card {
    fn from(card: &card::Card) -> Self {
        Self {
            number: card.number.to_string(),
            owner: card.owner.as_str().to_owned(),
            status: card.status.code().to_owned(),
            valid_from: card.valid_from.to_string(),
            valid_to: card.valid_to.to_string(),
            produced_at: card.produced_at.map(jiff::Timestamp::as_microsecond),
        }
    }
}

impl TryFrom<Card> for card::Card {
    type Error = Impossible;

    fn try_from(card: Card) -> Result<Self, Impossible> {
        let day = |text: &str| text.parse().map_err(|_| Impossible::new("valid", text));
        Ok(Self {
            number: card.number.parse().map_err(|_| Impossible::new("number", &card.number))?,
            owner: person::UserName::new(&card.owner).ok_or_else(|| Impossible::new("owner", &card.owner))?,
            status: card::Status::from_code(&card.status)
                .ok_or_else(|| Impossible::new("status", &card.status))?,
            valid_from: day(&card.valid_from)?,
            valid_to: day(&card.valid_to)?,
            produced_at: card.produced_at.map(super::time_of).transpose()?,
        })
    }
}
