//! Records that a terminal seals for itself: XChaCha20-Poly1305, a random nonce of 24 bytes in front, bound to what the
//! record belongs to, so that neither a byte nor a whole record can be exchanged unnoticed.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::system::{NoRandomness, Randomness};

const NONCE: usize = 24;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    #[error("the record is too long to be sealed")]
    Sealing,
    /// Another key, another record's content, or a changed byte.
    #[error("the seal of the record is broken")]
    Broken,
}

/// The key of a terminal's own records. Wiped when dropped, never printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Key([u8; 32]);

impl Key {
    pub fn generate(randomness: &Randomness) -> Result<Self, NoRandomness> {
        randomness.bytes().map(Self)
    }

    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The key itself, for the key store.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(****)")
    }
}

/// Seals `plain` so that it opens only as what `associated` says it is.
pub fn seal(key: &Key, associated: &[u8], plain: &[u8], randomness: &Randomness) -> Result<Vec<u8>, Error> {
    let nonce = randomness.bytes::<NONCE>()?;
    let sealed = XChaCha20Poly1305::new(&key.0.into())
        .encrypt(XNonce::from_slice(&nonce), Payload { msg: plain, aad: associated })
        .map_err(|_| Error::Sealing)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// Opens what was sealed as `associated`.
pub fn open(key: &Key, associated: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or(Error::Broken)?;
    XChaCha20Poly1305::new(&key.0.into())
        .decrypt(XNonce::from_slice(nonce), Payload { msg: sealed, aad: associated })
        .map(Zeroizing::new)
        .map_err(|_| Error::Broken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_key_is_never_printed() {
        assert_eq!(format!("{:?}", Key::from_bytes([7; 32])), "Key(****)");
    }

    proptest! {
        #[test]
        fn opens_only_as_it_was_sealed(plain: Vec<u8>, at: prop::sample::Index, bit in 0u8..8) {
            let system = Randomness::system();
            let key = Key::generate(&system).unwrap();
            let mut sealed = seal(&key, b"order 1 photo", &plain, &system).unwrap();
            let opened = open(&key, b"order 1 photo", &sealed).unwrap();
            prop_assert_eq!(opened.as_slice(), plain.as_slice());
            prop_assert!(open(&key, b"order 2 photo", &sealed).is_err());
            prop_assert!(open(&Key::generate(&system).unwrap(), b"order 1 photo", &sealed).is_err());
            let short = at.index(sealed.len());
            prop_assert!(open(&key, b"order 1 photo", &sealed[..short]).is_err());
            sealed[short] ^= 1 << bit;
            prop_assert!(open(&key, b"order 1 photo", &sealed).is_err());
        }
    }
}
