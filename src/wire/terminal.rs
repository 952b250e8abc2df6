//! What a terminal asks about the server and about itself.

use serde::{Deserialize, Serialize};

use super::place::Place;

/// The header in which a terminal proves itself: `Terminal CODE:SECRET`.
pub const AUTHORIZATION: &str = "authorization";

/// The server, as anyone may ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Status {
    /// The program's version.
    pub version: String,
    /// The version of this API.
    pub api: u32,
    /// Changes when the server is restored from a backup.
    pub epoch: String,
    /// The server's time, microseconds.
    pub now: i64,
}

/// Everything that a terminal is set up with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Setup {
    /// The terminal's own code, two characters.
    pub code: String,
    /// The place where it stands.
    pub place: String,
    /// `kiosk` or `counter`.
    pub role: String,
    pub places: Vec<Place>,
    /// Øre.
    pub price_lost: i64,
    pub price_photo_violation: i64,
    /// Where the QR code leads: `PUBLIC_URL/o/NUMBER`.
    pub public_url: String,
    /// The access system's public key (X25519, 32 bytes in hex). A terminal uses it only if its fingerprint is the one that
    /// was pinned when the terminal was added.
    pub pin_key: String,
    /// The name of the photo policy.
    pub photo_policy: String,
    /// SHA-256 (hex) of the salted code that lets staff leave full screen, and its salt (hex); none: not to be left.
    pub staff_exit: Option<StaffExit>,
}

/// How a terminal checks the staff's own exit code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct StaffExit {
    pub salt: String,
    pub hash: String,
}
