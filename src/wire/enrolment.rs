//! How a terminal becomes one: with the code that the operator was shown it hands in the public half of a key that it has
//! just made. The call is signed with that key and has the number 0 (`seal::call`).

use serde::{Deserialize, Serialize};

use super::terminal::Setup;

/// `POST /v1/enrolments`. The same key with the same code again gets the same answer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Enrol {
    /// The one-time code: 32 hexadecimal digits.
    pub secret: String,
    /// Ed25519, 32 bytes in hex.
    pub public_key: String,
}

impl std::fmt::Debug for Enrol {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Enrol(****, {})", self.public_key)
    }
}

/// What the terminal needs to begin.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Enrolled {
    /// The key that both use for codes from a phone: 32 bytes in hex.
    pub phone_key: String,
    pub setup: Setup,
}

impl std::fmt::Debug for Enrolled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Enrolled(****, {:?})", self.setup)
    }
}

/// `PUT /v1/key`: the terminal's next key, handed in with a call that is signed with the present one. The same key again:
/// nothing happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct NewKey {
    /// Ed25519, 32 bytes in hex.
    pub public_key: String,
    /// By the new key over [`NewKey::text`], hex: who hands it in has it.
    pub signature: String,
}

impl NewKey {
    /// What the new key signs: no other text of a terminal begins so.
    pub fn text(terminal: &str, public_key: &str) -> String {
        format!("kortautomat key 1\n{terminal}\n{public_key}\n")
    }
}
