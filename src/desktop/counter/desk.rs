//! The three desks: who may work at which, and what the keys mean there.

use iced::keyboard::Key;
use iced::keyboard::key::Named;

use super::handover::{self, Handover, Want};
use super::production;
use super::review::{self, RULE_KEYS, Review, Step};
use crate::desktop::icon::Icon;
use crate::domain::person::Role;
use crate::domain::photo::Rule;
use crate::texts::Texts;

/// A desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Desk {
    Handover,
    Review,
    Production,
}

impl Desk {
    pub const ALL: [Self; 3] = [Self::Handover, Self::Review, Self::Production];

    /// The desks at which somebody with these roles may work.
    pub fn of_roles(roles: &[String]) -> Vec<Self> {
        let roles: Vec<Role> = roles.iter().filter_map(|code| Role::from_code(code)).collect();
        Self::ALL.into_iter().filter(|desk| roles.contains(&desk.role())).collect()
    }

    fn role(self) -> Role {
        match self {
            Self::Handover => Role::Handover,
            Self::Review => Role::Review,
            Self::Production => Role::Production,
        }
    }

    pub fn opens_with(self) -> Named {
        match self {
            Self::Handover => Named::F1,
            Self::Review => Named::F2,
            Self::Production => Named::F3,
        }
    }

    /// The key's name and the desk's icon.
    pub fn key(self) -> (&'static str, Icon) {
        match self {
            Self::Handover => ("F1", Icon::HeartHandshake),
            Self::Review => ("F2", Icon::ScanFace),
            Self::Production => ("F3", Icon::Printer),
        }
    }

    pub fn id(self) -> &'static str {
        match self {
            Self::Handover => "desk-handover",
            Self::Review => "desk-review",
            Self::Production => "desk-production",
        }
    }

    pub fn name(self, texts: &Texts) -> String {
        match self {
            Self::Handover => texts.counter_desk_handover(),
            Self::Review => texts.counter_desk_review(),
            Self::Production => texts.counter_desk_production(),
        }
    }
}

/// What a key means at the handover desk.
pub fn handover_key(key: &Key, desk: &Handover) -> Option<handover::Message> {
    use handover::{Message, own};
    if *key == Key::Named(Named::F11) && desk.step() == handover::Step::OwnPhoto {
        return Some(Message::Own(own::Message::AnotherWanted));
    }
    if let Some(by) = arrow(key) {
        return Some(Message::Marked(by));
    }
    let want = match key {
        Key::Named(Named::Escape) => return Some(Message::Escaped),
        Key::Named(Named::F4) => Want::Withhold,
        Key::Named(Named::F5) => Want::ReportLost,
        Key::Named(Named::F6) => Want::ReportFound,
        Key::Named(Named::F7) => Want::Pay,
        Key::Named(Named::F8) => Want::Release,
        Key::Named(Named::F9) => Want::Undo,
        Key::Named(Named::F10) => return desk.has_conflicts().then_some(Message::ConflictsWanted),
        Key::Named(Named::F11) => Want::OwnPhoto,
        Key::Named(Named::F12) => Want::Cancel,
        _ => return None,
    };
    desk.wants().contains(&want).then_some(Message::Wanted(want))
}

/// What a key means at the review desk.
pub fn review_key(key: &Key, desk: &Review) -> Option<review::Message> {
    use review::Message;
    if let Some(by) = arrow(key) {
        return Some(Message::Marked(by));
    }
    match (key.as_ref(), desk.step()) {
        (Key::Named(Named::Escape), _) => Some(Message::Escaped),
        (Key::Named(Named::F5), _) => Some(Message::Reloaded),
        (Key::Named(Named::F6), Step::Writing(_)) => Some(Message::Translated),
        (Key::Named(Named::Enter), Step::Choosing) => Some(Message::Submitted),
        (Key::Character("a" | "A"), Step::Looking) => Some(Message::Accepted),
        (Key::Character("r" | "R"), Step::Looking) => Some(Message::Refused),
        (Key::Character(typed), Step::Choosing) => {
            let at = RULE_KEYS.find(&typed.to_uppercase())?;
            Rule::ALL.get(at).copied().map(Message::Chose)
        }
        _ => None,
    }
}

/// What a key means at the production desk.
pub fn production_key(key: &Key) -> Option<production::Message> {
    use production::Message;
    if let Some(by) = arrow(key) {
        return Some(Message::Marked(by));
    }
    match key {
        Key::Named(Named::Escape) => Some(Message::Escaped),
        Key::Named(Named::PageUp) => Some(Message::BatchMarked(-1)),
        Key::Named(Named::PageDown) => Some(Message::BatchMarked(1)),
        Key::Named(Named::F4) => Some(Message::BatchWanted),
        Key::Named(Named::F5) => Some(Message::Reloaded),
        Key::Named(Named::F6) => Some(Message::AlignmentWanted),
        Key::Named(Named::F7) => Some(Message::MisprintWanted),
        Key::Named(Named::F8) => Some(Message::PdfWanted),
        Key::Named(Named::F9) => Some(Message::OpenWanted),
        _ => None,
    }
}

/// Up and down by the arrow keys.
fn arrow(key: &Key) -> Option<i32> {
    match key {
        Key::Named(Named::ArrowUp) => Some(-1),
        Key::Named(Named::ArrowDown) => Some(1),
        _ => None,
    }
}
