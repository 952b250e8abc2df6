//! Codes from a phone, for a terminal that hears no server.
//!
//! The terminal shows a [`Challenge`] as a QR code. The server, which the phone reaches over its own network, sees whose
//! password it was given and answers with the [`Code`] of that challenge and that user. Both are HMAC-SHA-256 (RFC 2104) by the
//! key that the two share since enrolment: the terminal can check the code alone, and nobody else can make one.

use std::fmt;
use std::str::FromStr;

use hmac::{Hmac, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::domain::number::TerminalCode;
use crate::domain::person::UserName;
use crate::domain::phone::{Nonce, VALID, digits, number};
use crate::seal::SharedKey;

/// Keep the two uses of the key apart from each other and from later versions.
const SHOWN: &[u8] = b"kortautomat phone challenge 1\0";
const CODE: &[u8] = b"kortautomat phone code 1\0";

/// Characters of a code, and of a challenge's seal: forty bits.
const LENGTH: u32 = 8;
/// Characters of a time in seconds, until the year 3058.
const TIME: u32 = 7;

/// What a terminal asks a phone to bring a code for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Challenge {
    pub terminal: TerminalCode,
    pub nonce: Nonce,
    /// By the terminal's clock, whole seconds.
    pub at: Timestamp,
}

/// A challenge as it was read from an address, with the seal that says whether the terminal made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claimed {
    challenge: Challenge,
    seal: u64,
}

/// The text is no challenge, or none that this key has sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a challenge of this terminal")]
pub struct NotAChallenge;

/// The text is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not eight characters of a code")]
pub struct NotACode;

/// Eight characters that prove who somebody is, once. Wiped when dropped, never printed by accident.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Code(u64);

/// The first forty bits of the MAC over these parts, of which only the last may vary in length.
fn mac(key: &SharedKey, parts: &[&[u8]]) -> u64 {
    // what RFC 2104 does with a key that is shorter than a block
    let mut block = Zeroizing::new([0; 64]);
    block[..32].copy_from_slice(key.as_bytes());
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    for part in parts {
        mac.update(part);
    }
    let bytes = mac.finalize().into_bytes();
    bytes.iter().take(5).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn same(a: u64, b: u64) -> bool {
    a.to_be_bytes().ct_eq(&b.to_be_bytes()).into()
}

impl Challenge {
    /// The challenge as the last part of an address, with the terminal's seal: 43 characters.
    pub fn text(&self, key: &SharedKey) -> String {
        let at = u128::try_from(self.at.as_second()).unwrap_or(0);
        format!(
            "{}{}{}{}",
            self.terminal,
            self.nonce,
            digits(at, TIME),
            digits(self.seal(key).into(), LENGTH)
        )
    }

    fn seal(&self, key: &SharedKey) -> u64 {
        let at = self.at.as_second().to_be_bytes();
        mac(key, &[SHOWN, self.terminal.as_str().as_bytes(), &self.nonce.0, &at])
    }

    /// The code with which this user answers. Bound to terminal, nonce and time of the challenge and to the user name.
    pub fn code(&self, key: &SharedKey, user: &UserName) -> Code {
        let ends = self.at.as_second().saturating_add(VALID.as_secs()).to_be_bytes();
        let (terminal, user) = (self.terminal.as_str().as_bytes(), user.as_str().as_bytes());
        Code(mac(key, &[CODE, terminal, &self.nonce.0, &ends, user]))
    }
}

impl Claimed {
    /// The terminal that it says it is of.
    pub fn terminal(&self) -> TerminalCode {
        self.challenge.terminal
    }

    /// The challenge, if the terminal with this key made it.
    pub fn verify(&self, key: &SharedKey) -> Result<Challenge, NotAChallenge> {
        if same(self.challenge.seal(key), self.seal) { Ok(self.challenge) } else { Err(NotAChallenge) }
    }
}

impl FromStr for Claimed {
    type Err = NotAChallenge;

    fn from_str(text: &str) -> Result<Self, NotAChallenge> {
        let part = |from: usize, to: usize| text.get(from..to).ok_or(NotAChallenge);
        let of = |digits: &str| number(digits).ok_or(NotAChallenge);
        if text.len() != 43 {
            return Err(NotAChallenge);
        }
        let seconds = i64::try_from(of(part(28, 35)?)?).map_err(|_| NotAChallenge)?;
        let challenge = Challenge {
            terminal: part(0, 2)?.parse().map_err(|_| NotAChallenge)?,
            nonce: part(2, 28)?.parse().map_err(|_| NotAChallenge)?,
            at: Timestamp::from_second(seconds).map_err(|_| NotAChallenge)?,
        };
        Ok(Self { challenge, seal: u64::try_from(of(part(35, 43)?)?).map_err(|_| NotAChallenge)? })
    }
}

impl Code {
    /// Whether both are the same, in a time that says nothing about them.
    pub fn fits(&self, other: &Self) -> bool {
        same(self.0, other.0)
    }

    /// The code in two groups of four, for the one page that shows it.
    pub fn shown(&self) -> Zeroizing<String> {
        let mut text = digits(self.0.into(), LENGTH);
        text.insert(4, '-');
        Zeroizing::new(text)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(****)")
    }
}

/// As people type it: small letters, blanks, hyphens, O for 0, I and L for 1.
impl FromStr for Code {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        let typed: Zeroizing<String> = Zeroizing::new(
            text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '_' | '.')).collect(),
        );
        if typed.len() != LENGTH as usize {
            return Err(NotACode);
        }
        number(&typed).and_then(|number| u64::try_from(number).ok()).map(Self).ok_or(NotACode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key() -> SharedKey {
        SharedKey::from_bytes([7; 32])
    }

    fn challenge(terminal: u16, nonce: [u8; 16], seconds: i64) -> Challenge {
        Challenge {
            terminal: TerminalCode::nth(terminal),
            nonce: Nonce(nonce),
            at: Timestamp::from_second(seconds).unwrap(),
        }
    }

    fn user(name: &str) -> UserName {
        UserName::new(name).unwrap()
    }

    #[test]
    fn the_mac_is_rfc_4231s() {
        // test case 2 with its key "Jefe", which a zero-padded key of 32 bytes is the same as
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        assert_eq!(
            mac(&SharedKey::from_bytes(key), &[b"what do ya want ", b"for nothing?"]),
            0x5b_dc_c1_46_bf
        );
    }

    #[test]
    fn a_code_is_typed_as_people_type() {
        let code: Code = "01AB-CDEF".parse().unwrap();
        for typed in ["oiab cdef", "0LAB-CDEF", " 01abcdef ", "O1AB–CDEF", "0 1 A B C D E F"] {
            assert!(code.fits(&typed.parse().unwrap()), "{typed}");
        }
        for typed in ["", "01ABCDE", "01ABCDEF0", "01ABCDEU", "øøøøøøøø"] {
            assert!(typed.parse::<Code>().is_err(), "{typed}");
        }
        assert_eq!(format!("{code:?}"), "Code(****)");
        assert_eq!(code.shown().as_str(), "01AB-CDEF");
    }

    #[test]
    fn a_code_of_another_time_does_not_fit() {
        let name = user("kari");
        let code = challenge(33, [1; 16], 1_800_000_000).code(&key(), &name);
        assert!(!code.fits(&challenge(33, [1; 16], 1_800_000_600).code(&key(), &name)));
    }

    proptest! {
        #[test]
        fn a_challenge_is_read_back_and_its_seal_holds(
            terminal in 0_u16..1024, nonce: [u8; 16], seconds in 0_i64..30_000_000_000, at in 0_usize..43, by in 1_u8..32
        ) {
            let challenge = challenge(terminal, nonce, seconds);
            let text = challenge.text(&key());
            let claimed: Claimed = text.parse().unwrap();
            prop_assert_eq!(claimed.verify(&key()), Ok(challenge));
            prop_assert_eq!(claimed.verify(&SharedKey::from_bytes([8; 32])), Err(NotAChallenge));
            let mut altered = text.into_bytes();
            altered[at] = crate::domain::number::letter((crate::domain::number::value(altered[at]).unwrap() + by) % 32);
            let altered = String::from_utf8(altered).unwrap().parse::<Claimed>();
            prop_assert!(altered.is_err() || altered.unwrap().verify(&key()).is_err());
        }

        #[test]
        fn any_address_is_read_or_refused(text in ".{0,50}") {
            let _ = text.parse::<Claimed>();
            let _ = text.parse::<Code>();
        }

        /// Bound to terminal, nonce, user and key: no other opens.
        #[test]
        fn a_code_fits_its_own_challenge_and_user_only(
            terminal in 0_u16..1024, other_terminal in 0_u16..1024, nonce: [u8; 16], other_nonce: [u8; 16],
            name in "[a-z]{2,12}", other_name in "[a-z]{2,12}", other_key: [u8; 32]
        ) {
            let seconds = 1_800_000_000;
            let (own, name) = (challenge(terminal, nonce, seconds), user(&name));
            let code = own.code(&key(), &name);
            let typed: Code = code.shown().to_lowercase().parse().unwrap();
            prop_assert!(typed.fits(&own.code(&key(), &name)));
            if other_terminal != terminal {
                prop_assert!(!code.fits(&challenge(other_terminal, nonce, seconds).code(&key(), &name)));
            }
            if other_nonce != nonce {
                prop_assert!(!code.fits(&challenge(terminal, other_nonce, seconds).code(&key(), &name)));
            }
            if other_name != name.as_str() {
                prop_assert!(!code.fits(&own.code(&key(), &user(&other_name))));
            }
            if other_key != [7; 32] {
                prop_assert!(!code.fits(&own.code(&SharedKey::from_bytes(other_key), &name)));
            }
        }
    }
}
