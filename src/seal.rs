//! Everything cryptographic: PINs sealed to the access system, records sealed for the terminal itself, signed calls and check
//! reports, and the stores that keep the terminal's keys.

pub mod blocked;
pub mod call;
pub mod keys;
pub mod phone;
pub mod pin;
pub mod record;
pub mod report;
pub mod signing;
pub mod verifier;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::system::{NoRandomness, Randomness};

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

/// A key that a terminal and its server share since enrolment, for what both must be able to make and to check while neither
/// hears the other. Wiped when dropped, never printed.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct SharedKey([u8; 32]);

impl SharedKey {
    pub fn generate(randomness: &Randomness) -> Result<Self, NoRandomness> {
        randomness.bytes().map(Self)
    }

    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// From 64 hex digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Self(bytes))
    }

    /// 64 hex digits, for the one answer that sends it and the store that keeps it.
    pub fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(self.0))
    }

    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::fmt::Debug for SharedKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SharedKey(****)")
    }
}
