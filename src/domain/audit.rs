//! The record: who did what, when, where and why. Holds ids and codes only; what is personal lives in tables that can
//! forget, and stands here as a salted commitment.

use jiff::Timestamp;

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    Order,
    Card,
    Terminal,
    Staff,
    Register,
    Batch,
}

impl Subject {
    pub const ALL: [Self; 6] =
        [Self::Order, Self::Card, Self::Terminal, Self::Staff, Self::Register, Self::Batch];

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|subject| subject.code() == code)
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Card => "card",
            Self::Terminal => "terminal",
            Self::Staff => "staff",
            Self::Register => "register",
            Self::Batch => "batch",
        }
    }
}

/// One entry before it is chained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub at: Timestamp,
    /// The terminal's time where the change was made on one.
    pub terminal_at: Option<Timestamp>,
    /// Who: an account's id, a terminal's code, or `system`.
    pub actor: String,
    /// Where: a terminal's code or `server`.
    pub place: String,
    pub subject: Subject,
    pub subject_id: String,
    /// What: the code of a move or an event.
    pub action: String,
    /// Why and how, as codes: `status=approved`, `document=passport`.
    pub details: Vec<(String, String)>,
}

/// The hash of an entry and of all before it, 32 bytes of SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link(pub [u8; 32]);

impl Link {
    /// What the first entry is chained to.
    pub const START: Self = Self([0; 32]);
}

impl Entry {
    /// The bytes that are hashed: every field with its length in front, so that no two entries have the same bytes.
    pub fn canonical(&self, previous: Link) -> Vec<u8> {
        let mut bytes = b"kortautomat record 1".to_vec();
        let mut field = |content: &[u8]| {
            bytes.extend((content.len() as u64).to_be_bytes());
            bytes.extend(content);
        };
        field(&previous.0);
        field(&self.at.as_microsecond().to_be_bytes());
        match self.terminal_at {
            Some(at) => field(&at.as_microsecond().to_be_bytes()),
            None => field(&[]),
        }
        for text in [&self.actor, &self.place] {
            field(text.as_bytes());
        }
        field(self.subject.code().as_bytes());
        field(self.subject_id.as_bytes());
        field(self.action.as_bytes());
        for (key, value) in &self.details {
            field(key.as_bytes());
            field(value.as_bytes());
        }
        bytes
    }
}
