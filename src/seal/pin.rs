//! PINs, sealed on the terminal so that only the access system can read them.
//!
//! The seal is libsodium's sealed box (X25519, XSalsa20-Poly1305, an ephemeral key for each): whoever seals cannot open. What
//! is sealed always has the same length, so that it tells nothing about the PIN:
//!
//! | bytes | what |
//! |---|---|
//! | 1 | version, 1 |
//! | 16 | the order's id: the seal cannot be moved to another order |
//! | 12 | the digits 0–9, then 255 up to twelve (the longest PIN of ISO 9564-1) |

use std::fmt;
use std::str::FromStr;

use crypto_box::aead::rand_core;
use crypto_box::{PublicKey, SEALBYTES, SecretKey};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::domain::order;
use crate::domain::pin::{LENGTH, Pin};
use crate::system::{NoRandomness, Randomness};

const VERSION: u8 = 1;
const PADDING: u8 = 255;
const LONGEST: usize = 12;
const PLAIN: usize = 1 + 16 + LONGEST;
const SEALED: usize = SEALBYTES + PLAIN;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    #[error("the PIN could not be sealed")]
    Sealing,
    /// Another key, or not a byte for byte what was sealed.
    #[error("the seal does not open with this key")]
    Opening,
    #[error("sealed for another order")]
    OtherOrder,
    #[error("sealed in version {0}, which this program does not know")]
    Version(u8),
    #[error("what was sealed is no PIN")]
    NotAPin,
    #[error("not {expected} bytes in hex")]
    Hex { expected: usize },
}

/// The bytes of a text in hex, exactly `N`.
fn unhex<const N: usize>(text: &str) -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    hex::decode_to_slice(text.trim(), &mut bytes).map_err(|_| Error::Hex { expected: N })?;
    Ok(bytes)
}

/// The access system's public key (X25519). Its text is 64 hex digits.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessKey(PublicKey);

/// SHA-256 of an [`AccessKey`]: what a terminal pins. Its text is 64 hex digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 32]);

/// The access system's own key. Wiped when dropped, never printed.
#[derive(Clone)]
pub struct AccessSecret(SecretKey);

/// A PIN that only the access system can read. Its text is hex.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedPin([u8; SEALED]);

impl AccessKey {
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(PublicKey::from_bytes(bytes))
    }

    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint(Sha256::digest(self.0.as_bytes()).into())
    }
}

impl FromStr for AccessKey {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        unhex(text).map(Self::from_bytes)
    }
}

impl fmt::Display for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0.as_bytes()))
    }
}

impl fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccessKey({self})")
    }
}

impl Fingerprint {
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl FromStr for Fingerprint {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        unhex(text).map(Self)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

impl AccessSecret {
    pub fn generate(randomness: &Randomness) -> Result<Self, Error> {
        let bytes = Zeroizing::new(randomness.bytes::<32>()?);
        Ok(Self::from_bytes(&bytes))
    }

    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(SecretKey::from_bytes(*bytes))
    }

    /// The key itself, for the access system's own file.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    pub fn public(&self) -> AccessKey {
        AccessKey(self.0.public_key())
    }
}

impl fmt::Debug for AccessSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessSecret(****)")
    }
}

impl SealedPin {
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl FromStr for SealedPin {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        unhex(text).map(Self)
    }
}

impl fmt::Display for SealedPin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for SealedPin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealedPin({SEALED} bytes)")
    }
}

/// Seals the PIN of this order.
pub fn seal(
    key: &AccessKey,
    order: order::Id,
    pin: &Pin,
    randomness: &Randomness,
) -> Result<SealedPin, Error> {
    let mut plain = Zeroizing::new([PADDING; PLAIN]);
    let (head, digits) = plain.split_at_mut(PLAIN - LONGEST);
    if let [version, id @ ..] = head {
        *version = VERSION;
        id.copy_from_slice(order.0.as_bytes());
    }
    for (slot, digit) in digits.iter_mut().zip(pin.digits()) {
        *slot = *digit;
    }
    let mut generator = Generator { randomness, failed: None };
    let sealed = key.0.seal(&mut generator, plain.as_slice()).map_err(|_| Error::Sealing)?;
    // the box was closed with a key that is not random: it must not leave
    if let Some(failed) = generator.failed {
        return Err(Error::Randomness(failed));
    }
    sealed.try_into().map(SealedPin).map_err(|_| Error::Sealing)
}

/// Opens what was sealed for this order.
pub fn open(secret: &AccessSecret, order: order::Id, sealed: &SealedPin) -> Result<Pin, Error> {
    let plain = Zeroizing::new(secret.0.unseal(&sealed.0).map_err(|_| Error::Opening)?);
    let Some((&version, rest)) = plain.split_first() else { return Err(Error::NotAPin) };
    if version != VERSION {
        return Err(Error::Version(version));
    }
    let Some((id, padded)) = rest.split_first_chunk::<16>() else { return Err(Error::NotAPin) };
    if id != order.0.as_bytes() {
        return Err(Error::OtherOrder);
    }
    let Some((digits, padding)) = padded.split_first_chunk::<LENGTH>() else { return Err(Error::NotAPin) };
    if padding.len() != LONGEST - LENGTH || padding.iter().any(|&byte| byte != PADDING) {
        return Err(Error::NotAPin);
    }
    Pin::new(*digits).ok_or(Error::NotAPin)
}

/// Our generator in the shape that the box asks for, which cannot fail: a failure is kept and looked at afterwards.
struct Generator<'a> {
    randomness: &'a Randomness,
    failed: Option<NoRandomness>,
}

impl rand_core::CryptoRng for Generator<'_> {}

impl rand_core::RngCore for Generator<'_> {
    fn next_u32(&mut self) -> u32 {
        rand_core::impls::next_u32_via_fill(self)
    }

    fn next_u64(&mut self) -> u64 {
        rand_core::impls::next_u64_via_fill(self)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        if let Err(failed) = self.randomness.fill(bytes) {
            self.failed = Some(failed);
        }
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn order(n: u128) -> order::Id {
        order::Id(Uuid::from_u128(n))
    }

    fn pin(n: u16) -> Pin {
        Pin::new([n / 1000, n / 100 % 10, n / 10 % 10, n % 10].map(|digit| digit as u8)).unwrap()
    }

    #[test]
    fn invariant_2_only_the_access_system_opens_a_pin_and_only_for_its_order() {
        let system = Randomness::system();
        let secret = AccessSecret::generate(&system).unwrap();
        let sealed = seal(&secret.public(), order(7), &pin(8351), &system).unwrap();
        assert_eq!(open(&secret, order(7), &sealed).unwrap(), pin(8351));
        assert!(matches!(open(&secret, order(8), &sealed), Err(Error::OtherOrder)));
        let other = AccessSecret::generate(&system).unwrap();
        assert!(matches!(open(&other, order(7), &sealed), Err(Error::Opening)));
        for at in 0..SEALED {
            let mut flipped = sealed.clone();
            flipped.0[at] ^= 1;
            assert!(open(&secret, order(7), &flipped).is_err(), "byte {at} flipped");
        }
        // the same PIN twice has nothing in common
        let again = seal(&secret.public(), order(7), &pin(8351), &system).unwrap();
        assert!(sealed.0.iter().zip(again.0).filter(|(a, b)| **a == *b).count() < 12);
        assert_eq!(format!("{secret:?} {sealed:?}"), "AccessSecret(****) SealedPin(77 bytes)");
    }

    #[test]
    fn without_randomness_nothing_is_sealed() {
        let secret = AccessSecret::from_bytes(&[3; 32]);
        let none = Randomness::of(|_| Err(NoRandomness("none".into())));
        let sealed = seal(&secret.public(), order(1), &pin(8351), &none);
        assert!(matches!(sealed, Err(Error::Randomness(_))));
    }

    #[test]
    fn texts_are_read_back() {
        let secret = AccessSecret::generate(&Randomness::system()).unwrap();
        let key = secret.public();
        assert_eq!(key.to_string().parse::<AccessKey>().unwrap(), key);
        assert_eq!(key.fingerprint().to_string().parse::<Fingerprint>().unwrap(), key.fingerprint());
        assert!("abc".parse::<AccessKey>().is_err());
    }

    proptest! {
        #[test]
        fn every_pin_comes_back_and_has_one_length(n in 0u16..10_000, id: u128) {
            let system = Randomness::system();
            let secret = AccessSecret::generate(&system).unwrap();
            let sealed = seal(&secret.public(), order(id), &pin(n), &system).unwrap();
            prop_assert_eq!(sealed.as_bytes().len(), SEALED);
            prop_assert_eq!(sealed.to_string().parse::<SealedPin>().unwrap(), sealed.clone());
            prop_assert_eq!(open(&secret, order(id), &sealed).unwrap(), pin(n));
        }
    }
}
