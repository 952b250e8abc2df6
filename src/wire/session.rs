//! Signing in, and who is signed in.

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::card::Card;
use super::order::Order;

/// The header that carries a session's token.
pub const HEADER: &str = "x-session";

/// A user name and its password. Wiped when dropped, never printed.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct SignIn {
    pub user_name: String,
    pub password: String,
}

impl std::fmt::Debug for SignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SignIn({}, ****)", self.user_name)
    }
}

/// A session's token. Wiped when dropped, never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(transparent)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Token(pub String);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(****)")
    }
}

/// A value of four digits that the person's PIN must not be. Wiped when dropped, never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(transparent)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct ForbiddenPin(pub [u8; 4]);

impl std::fmt::Debug for ForbiddenPin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ForbiddenPin(****)")
    }
}

/// Who signed in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Session {
    pub token: Token,
    #[serde(flatten)]
    pub account: Account,
}

/// A student or a member of staff.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum Account {
    Student {
        person: Person,
        /// What the PIN must not be: used at once and wiped.
        forbidden_pins: Vec<ForbiddenPin>,
    },
    Staff {
        user_name: String,
        name: String,
        /// Codes of `domain::person::Role`.
        roles: Vec<String>,
    },
}

/// A student with what is already there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Person {
    pub user_name: String,
    /// The preferred name where there is one.
    pub name: String,
    pub legal_name: String,
    pub student_number: String,
    pub registered: bool,
    pub fee_paid: bool,
    /// The day until which a new card would be valid.
    pub valid_to: String,
    pub cards: Vec<Card>,
    /// Newest first; at most one is open, unless a person must look.
    pub orders: Vec<Order>,
}
