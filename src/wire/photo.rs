//! What a terminal asks before it sends photos.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The most photos that are asked about at once.
pub const ASKED: usize = 500;

/// The size of a piece when a photo is sent in several, bytes. The last one may be shorter.
pub const PIECE: usize = 64 * 1024;

/// `POST /v1/photos/held`: which of these photos are there already?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Question {
    /// SHA-256 of the photos' bytes, hex; at most [`ASKED`].
    pub photos: Vec<String>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Held {
    /// Changes when the server is restored from a backup.
    pub epoch: String,
    /// Those that are there.
    pub whole: Vec<String>,
    /// Those of which the first bytes are there, and how many: the next piece begins behind them.
    pub begun: BTreeMap<String, u64>,
}
