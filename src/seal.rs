//! Everything cryptographic: PINs sealed to the access system, records sealed for the terminal itself, signed check reports, and the stores that
//! keep the terminal's keys.

pub mod blocked;
pub mod keys;
pub mod pin;
pub mod record;
pub mod report;
pub mod verifier;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// A text that proves something: a terminal's secret, a session's token. Wiped when dropped, never printed.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself, for the one call that sends or keeps it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(****)")
    }
}
