//! What a terminal asks about the server and about itself.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::Impossible;
use super::place::Place;
use crate::domain::number::TerminalCode;

/// The header in which a terminal signs its calls: `Terminal CODE:SEQUENCE:SIGNATURE`.
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

/// How a terminal checks the staff's own exit code: the hash is SHA-256 of the salt's bytes and the code's digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct StaffExit {
    pub salt: String,
    pub hash: String,
}

/// A code for enrolment, which works once. Wiped when dropped, never printed by `Debug`.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Secret(String);

impl Secret {
    /// Sixteen random bytes, written as 32 hexadecimal digits.
    pub fn new(random: &[u8; 16]) -> Self {
        Self(hex::encode(random))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Secret {
    type Err = Impossible;

    fn from_str(text: &str) -> Result<Self, Impossible> {
        let fits = text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
        fits.then(|| Self(text.to_ascii_lowercase())).ok_or(Impossible::new("secret", "****"))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(****)")
    }
}

/// What `kortserver terminal add` prints once and a terminal is set up with: `CODE-SECRET-PINKEY[-CA]`, the terminal's code
/// (2 characters), a code that works once (32 hexadecimal digits), the SHA-256 of the access system's public key (64), and
/// that of the certificate of the server's own authority (64), in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    pub code: TerminalCode,
    pub secret: Secret,
    /// What the key in [`Setup::pin_key`] must have as its SHA-256, or no PIN is sealed to it.
    pub pin_key_fingerprint: [u8; 32],
    /// The only authority that may vouch for the server; none: those of the system.
    pub authority: Option<[u8; 32]>,
}

/// The whole line, secret included: for the one time that it is shown.
impl fmt::Display for Enrolment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.code, self.secret.0, hex::encode(self.pin_key_fingerprint))?;
        match self.authority {
            Some(authority) => write!(f, "-{}", hex::encode(authority)),
            None => Ok(()),
        }
    }
}

impl FromStr for Enrolment {
    type Err = Impossible;

    fn from_str(text: &str) -> Result<Self, Impossible> {
        let bad = || Impossible::new("enrolment", "****");
        let hash = |text: &str| {
            let mut hash = [0; 32];
            hex::decode_to_slice(text, &mut hash).map(|()| hash).map_err(|_| bad())
        };
        let mut parts = text.trim().split('-');
        let (Some(code), Some(secret), Some(fingerprint)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(bad());
        };
        let authority = parts.next().map(hash).transpose()?;
        if parts.next().is_some() {
            return Err(bad());
        }
        Ok(Self {
            code: code.parse().map_err(|_| bad())?,
            secret: secret.parse()?,
            pin_key_fingerprint: hash(fingerprint)?,
            authority,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_enrolment_is_read_back_and_its_secret_is_not_printed() {
        for authority in [None, Some([9; 32])] {
            let enrolment = Enrolment {
                code: "K1".parse().unwrap(),
                secret: Secret::new(&[0xAB; 16]),
                pin_key_fingerprint: [7; 32],
                authority,
            };
            let line = enrolment.to_string();
            assert_eq!(format!(" {line}\n").parse(), Ok(enrolment.clone()));
            assert!(!format!("{enrolment:?}").contains("abab"), "{enrolment:?}");
            assert!(line[..line.len() - 1].parse::<Enrolment>().is_err());
            assert!(format!("{line}-00").parse::<Enrolment>().is_err());
        }
    }
}
