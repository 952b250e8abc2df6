//! How a terminal is, as it says itself: `PUT /v1/health`, and all terminals as the administrator sees them: `GET /v1/terminals`.
//! A part that a terminal does not know stays out.

use serde::{Deserialize, Serialize};

/// What a terminal says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Health {
    /// The terminal's time, microseconds.
    pub now: i64,
    /// The program's version.
    pub version: String,
    /// The server's epoch that it last saw.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epoch: Option<String>,
    /// Orders that the server does not have yet.
    pub waiting: u64,
    /// When the first of those was accepted, microseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oldest: Option<i64>,
    /// Orders that a person must look at.
    pub needs_person: u64,
    /// Orders for which there is room.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room: Option<u64>,
    /// Where its keys are: `keyring`, `credential` or `files`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keys: Option<String>,
    /// `live`, `missing`, `busy`, `frozen`, `unplugged`, `no_rights`, `failed` or `out_of_order`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub camera: Option<String>,
    /// What a person should know of: codes such as `store_damaged`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub troubles: Vec<String>,
}

/// What the server answers to a terminal's health.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Heard {
    /// The terminal is to make itself a new key and hand it in.
    pub new_key: bool,
}

/// A terminal as the administrator sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Terminal {
    pub code: String,
    pub place: String,
    /// `kiosk` or `counter`.
    pub role: String,
    /// `added`, `active`, `revoked` or `set_aside`.
    pub status: String,
    /// Microseconds, as all times here.
    pub added_at: i64,
    pub heard_at: Option<i64>,
    /// It was asked for a new key and has not handed one in.
    pub new_key_wanted: bool,
    /// What it last said of itself, and when.
    pub health: Option<Health>,
    pub health_at: Option<i64>,
    /// Its clock less the server's when it said so.
    pub clock_difference: Option<i64>,
}

/// `GET /v1/terminals`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Terminals {
    pub terminals: Vec<Terminal>,
}
