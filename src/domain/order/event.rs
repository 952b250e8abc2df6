//! What can happen to an order, as its history tells it.

use super::Move;

/// A line of an order's history: its submission, a move, or what the access system answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    Submitted,
    PhotoApproved,
    PhotoRefused,
    PhotoReplaced,
    Released,
    ProductionStarted,
    Printed,
    Shelved,
    Misprinted,
    HandedOut,
    Withheld,
    HandOutUndone,
    Paid,
    PlaceChanged,
    Cancelled,
    /// The access system has the PIN.
    PinDelivered,
    /// The access system will not take the PIN.
    PinRefused,
    /// A counter without the server did something that changes nothing by now.
    NotedAlone,
    /// A counter without the server did something that does not fit: a person must look.
    Conflict,
    /// A person looked.
    ConflictSettled,
}

/// The reason of a cancellation that follows from a card: the lost one was found again.
pub const CARD_FOUND: &str = "card_found";

impl Event {
    pub const ALL: [Self; 20] = [
        Self::Submitted,
        Self::PhotoApproved,
        Self::PhotoRefused,
        Self::PhotoReplaced,
        Self::Released,
        Self::ProductionStarted,
        Self::Printed,
        Self::Shelved,
        Self::Misprinted,
        Self::HandedOut,
        Self::Withheld,
        Self::HandOutUndone,
        Self::Paid,
        Self::PlaceChanged,
        Self::Cancelled,
        Self::PinDelivered,
        Self::PinRefused,
        Self::NotedAlone,
        Self::Conflict,
        Self::ConflictSettled,
    ];

    /// The name used in messages and records.
    pub fn code(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::PhotoApproved => "approve_photo",
            Self::PhotoRefused => "refuse_photo",
            Self::PhotoReplaced => "replace_photo",
            Self::Released => "release",
            Self::ProductionStarted => "start_production",
            Self::Printed => "print",
            Self::Shelved => "shelve",
            Self::Misprinted => "misprint",
            Self::HandedOut => "hand_out",
            Self::Withheld => "withhold",
            Self::HandOutUndone => "undo_hand_out",
            Self::Paid => "pay",
            Self::PlaceChanged => "change_place",
            Self::Cancelled => "cancel",
            Self::PinDelivered => "pin_delivered",
            Self::PinRefused => "pin_refused",
            Self::NotedAlone => "noted_alone",
            Self::Conflict => "conflict",
            Self::ConflictSettled => "settle_conflict",
        }
    }

    /// The event with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.code() == code)
    }
}

impl Move {
    /// What the history says once the move is made.
    pub fn event(&self) -> Event {
        match self {
            Self::ApprovePhoto => Event::PhotoApproved,
            Self::RefusePhoto { .. } => Event::PhotoRefused,
            Self::ReplacePhoto { .. } => Event::PhotoReplaced,
            Self::Release { .. } => Event::Released,
            Self::StartProduction => Event::ProductionStarted,
            Self::Print { .. } => Event::Printed,
            Self::Shelve { .. } => Event::Shelved,
            Self::Misprint { .. } => Event::Misprinted,
            Self::HandOut { .. } => Event::HandedOut,
            Self::Withhold { .. } => Event::Withheld,
            Self::UndoHandOut => Event::HandOutUndone,
            Self::Pay { .. } => Event::Paid,
            Self::ChangePlace { .. } => Event::PlaceChanged,
            Self::Cancel { .. } => Event::Cancelled,
        }
    }
}
