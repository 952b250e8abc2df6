//! What a counter may do while the server is away, and what becomes of it when the server hears of it: each decided once, the
//! first for the counter on its copy of the orders, the second for the server on what it finds.
//!
//! A terminal's time decides nothing on the server: it is in none of what [`becomes`] is given.

use jiff::Timestamp;

use super::card::{self, IdDocument, Withheld};
use super::order::{self, Actor, Move, State, Status, decide};
use super::place;

/// What a clerk may want at the handover desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Errand {
    HandOut,
    Withhold,
    TakeBack,
    Block,
    TakeIn,
    Unblock,
    Pay,
    Release,
    ReplacePhoto,
    Cancel,
}

/// Why something waits for the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Needs {
    /// A slip pays one order once, and only the server knows all slips.
    Slips,
    /// Only the register says who the person is and what else they have ordered.
    Register,
    /// Another place may have done something with it meanwhile.
    Others,
    /// The photo is stored and printed by the server.
    Photos,
}

impl Errand {
    /// Whether a counter may do it alone.
    pub fn alone(self) -> Result<(), Needs> {
        match self {
            Self::HandOut | Self::Withhold | Self::TakeBack | Self::Block | Self::TakeIn => Ok(()),
            Self::Pay => Err(Needs::Slips),
            Self::Release => Err(Needs::Register),
            Self::Unblock | Self::Cancel => Err(Needs::Others),
            Self::ReplacePhoto => Err(Needs::Photos),
        }
    }
}

/// What a counter did alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    HandOut {
        document: IdDocument,
        scanned: card::Number,
    },
    Withhold {
        reason: Withheld,
    },
    /// The hand-out is taken back: the card lies in its slot again.
    TakeBack,
    /// Reported lost: opens nothing from now on.
    Block {
        card: card::Number,
    },
    /// The worn card is taken in and destroyed.
    TakeIn {
        card: card::Number,
    },
}

impl Deed {
    /// The name used in messages, databases and records.
    pub fn code(&self) -> &'static str {
        match self {
            Self::HandOut { .. } => "hand_out",
            Self::Withhold { .. } => "withhold",
            Self::TakeBack => "undo_hand_out",
            Self::Block { .. } => "block",
            Self::TakeIn { .. } => "take_in",
        }
    }

    /// The move of an order that it is; none for what is about a card.
    pub fn wish(&self) -> Option<Move> {
        match *self {
            Self::HandOut { document, scanned } => Some(Move::HandOut { document, scanned }),
            Self::Withhold { reason } => Some(Move::Withhold { reason }),
            Self::TakeBack => Some(Move::UndoHandOut),
            Self::Block { .. } | Self::TakeIn { .. } => None,
        }
    }

    /// The card that it is about.
    pub fn card(&self) -> Option<card::Number> {
        match *self {
            Self::HandOut { scanned: card, .. } | Self::Block { card } | Self::TakeIn { card } => Some(card),
            Self::Withhold { .. } | Self::TakeBack => None,
        }
    }
}

/// Why a counter may not do it alone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Order(#[from] order::Refusal),
    #[error("the card is on the list of blocked cards")]
    Blocked,
    #[error("the order is for another place")]
    Elsewhere,
}

/// The order after `deed`, as the counter's copy shows it from then on, or why not. `blocked`: its card is on the list.
pub fn may(
    copy: &State,
    here: &place::Id,
    blocked: bool,
    deed: &Deed,
    now: Timestamp,
) -> Result<State, Refusal> {
    let Some(wish) = deed.wish() else { return Ok(copy.clone()) };
    if copy.place != *here {
        return Err(Refusal::Elsewhere);
    }
    let next = decide(copy, &wish, Actor::Staff, now)?;
    if blocked && matches!(deed, Deed::HandOut { .. }) { Err(Refusal::Blocked) } else { Ok(next) }
}

/// What became of the calling terminal's own last hand-out of the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Own {
    /// It made none, or something came after it.
    None,
    /// It is how the order stands now.
    Stands,
    /// It did not count: a person looks at it.
    Conflict,
}

/// What the server finds when it hears of a deed.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// The order as it stands; none where there is no such order.
    pub order: Option<&'a State>,
    /// Something happened to the order since the counter had its copy.
    pub changed: bool,
    /// Where the counter stands.
    pub here: &'a place::Id,
    /// The card that the deed names; none where the registry does not know it.
    pub card: Option<card::Status>,
    /// The named clerk is a member of staff who may do this.
    pub clerk: bool,
    pub own: Own,
}

/// What happens to the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrderEffect {
    Stays,
    HandOut,
    Withhold,
    TakeBack,
}

/// What happens to the card that the deed names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CardEffect {
    Stays,
    /// Blocked, unless it is blocked or dead already.
    Block,
    /// Dead from now on.
    Kill,
}

/// Something was other than the counter knew; it is in the record and nobody has to act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Note {
    OtherPlace,
    Changed,
    /// The worn card was not taken in; it is dead as every old card is.
    OldCardOut,
    /// Not handed out, and not waiting to be.
    NotWaiting,
    /// Taken back is what a person looks at already.
    LookedAt,
    Dead,
    UnknownClerk,
}

impl Note {
    /// The name used in messages and records.
    pub fn code(self) -> &'static str {
        match self {
            Self::OtherPlace => "other_place",
            Self::Changed => "changed",
            Self::OldCardOut => "old_card_out",
            Self::NotWaiting => "not_waiting",
            Self::LookedAt => "looked_at",
            Self::Dead => "dead",
            Self::UnknownClerk => "unknown_clerk",
        }
    }
}

/// Why a person must look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Conflict {
    /// Handed out before, elsewhere.
    Twice,
    /// The order was cancelled.
    Cancelled,
    /// The order's card was blocked.
    CardBlocked,
    /// The order has another card by now.
    OtherCard,
    /// The order is no longer where the counter saw it.
    Moved,
    UnknownOrder,
    UnknownCard,
    UnknownClerk,
}

impl Conflict {
    pub const ALL: [Self; 8] = [
        Self::Twice,
        Self::Cancelled,
        Self::CardBlocked,
        Self::OtherCard,
        Self::Moved,
        Self::UnknownOrder,
        Self::UnknownCard,
        Self::UnknownClerk,
    ];

    /// The name used in messages, databases and records.
    pub fn code(self) -> &'static str {
        match self {
            Self::Twice => "twice",
            Self::Cancelled => "cancelled",
            Self::CardBlocked => "card_blocked",
            Self::OtherCard => "other_card",
            Self::Moved => "moved",
            Self::UnknownOrder => "unknown_order",
            Self::UnknownCard => "unknown_card",
            Self::UnknownClerk => "unknown_clerk",
        }
    }

    /// The conflict with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|conflict| conflict.code() == code)
    }
}

/// Who hears of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Told {
    /// The server does the same.
    Done,
    Noted(Note),
    Conflict(Conflict),
}

/// What becomes of a deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Outcome {
    pub order: OrderEffect,
    pub card: CardEffect,
    pub told: Told,
}

impl Outcome {
    fn order(order: OrderEffect, told: Told) -> Self {
        Self { order, card: CardEffect::Stays, told }
    }

    fn card(card: CardEffect, told: Told) -> Self {
        Self { order: OrderEffect::Stays, card, told }
    }
}

/// What becomes of what a counter did alone. The first in the record stands, a card that is out without right is blocked, and
/// whatever does not fit goes to a person.
pub fn becomes(deed: &Deed, found: &Found<'_>) -> Outcome {
    let noted = |note| Outcome::order(OrderEffect::Stays, Told::Noted(note));
    match *deed {
        Deed::HandOut { scanned, .. } => hand_out(scanned, found),
        Deed::Withhold { .. } => match found.order {
            _ if !found.clerk => noted(Note::UnknownClerk),
            Some(state) if state.status == Status::Ready => Outcome::order(OrderEffect::Withhold, Told::Done),
            _ => noted(Note::NotWaiting),
        },
        Deed::TakeBack => match (found.own, found.order) {
            (Own::Conflict, _) => noted(Note::LookedAt),
            (Own::Stands, Some(state)) if state.status == Status::HandedOut && found.clerk => {
                Outcome::order(OrderEffect::TakeBack, Told::Done)
            }
            (_, None) => Outcome::order(OrderEffect::Stays, Told::Conflict(Conflict::UnknownOrder)),
            _ => Outcome::order(OrderEffect::Stays, Told::Conflict(Conflict::Moved)),
        },
        // whoever says so: a card that opens nothing does no harm
        Deed::Block { .. } => match found.card {
            None => Outcome::card(CardEffect::Stays, Told::Conflict(Conflict::UnknownCard)),
            Some(card::Status::Dead) => noted(Note::Dead),
            Some(_) if !found.clerk => Outcome::card(CardEffect::Block, Told::Noted(Note::UnknownClerk)),
            Some(_) => Outcome::card(CardEffect::Block, Told::Done),
        },
        Deed::TakeIn { .. } => match found.card {
            None => Outcome::card(CardEffect::Stays, Told::Conflict(Conflict::UnknownCard)),
            Some(card::Status::Dead) => noted(Note::Dead),
            Some(_) if !found.clerk => Outcome::card(CardEffect::Block, Told::Noted(Note::UnknownClerk)),
            Some(_) => Outcome::card(CardEffect::Kill, Told::Done),
        },
    }
}

fn hand_out(scanned: card::Number, found: &Found<'_>) -> Outcome {
    let conflict = |why| Outcome::card(CardEffect::Block, Told::Conflict(why));
    let Some(state) = found.order else { return conflict(Conflict::UnknownOrder) };
    match state.status {
        _ if !found.clerk => conflict(Conflict::UnknownClerk),
        Status::Cancelled => conflict(Conflict::Cancelled),
        _ if state.card.is_some_and(|card| card != scanned) => conflict(Conflict::OtherCard),
        Status::HandedOut => Outcome::card(CardEffect::Stays, Told::Conflict(Conflict::Twice)),
        Status::Ready => {
            let told = match found.card {
                None => return conflict(Conflict::UnknownCard),
                Some(card::Status::Blocked | card::Status::Dead) => Told::Conflict(Conflict::CardBlocked),
                Some(card::Status::Active) if state.owes_old_card => Told::Noted(Note::OldCardOut),
                Some(card::Status::Active) if state.place != *found.here => Told::Noted(Note::OtherPlace),
                Some(card::Status::Active) if found.changed => Told::Noted(Note::Changed),
                Some(card::Status::Active) => Told::Done,
            };
            Outcome::order(OrderEffect::HandOut, told)
        }
        _ => conflict(Conflict::Moved),
    }
}

#[cfg(test)]
mod tests;
