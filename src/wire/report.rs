//! The check report that travels with a photo: what the terminal's judge found, by which rules and which version, signed by
//! the terminal.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::order::Finding;

/// The version of [`Check`].
pub const VERSION: u32 = 1;

/// The longest report that is taken, in bytes.
pub const LONGEST: usize = 64 * 1024;

/// A signed report. The text is kept as it was signed, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Signed {
    /// A [`Check`] as JSON.
    pub text: String,
    /// Ed25519 over the text's bytes, hex.
    pub signature: String,
}

/// Who signed a report that the server has verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct SignedBy {
    /// The terminal's code.
    pub terminal: String,
    /// The version of the program that judged.
    pub program: String,
}

/// What a report says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Check {
    pub version: u32,
    /// SHA-256 of the photo's JPEG, hex.
    pub photo: String,
    /// The code of the terminal that judged.
    pub terminal: String,
    /// The version of the program that judged.
    pub program: String,
    /// The name of the rules.
    pub policy: String,
    /// What the person said about a head covering, where they were asked.
    pub head_covering: Option<bool>,
    pub verdict: String,
    pub findings: Vec<Finding>,
    /// Every measured value by its name, in the rule's own unit.
    pub measured: BTreeMap<String, f32>,
}
