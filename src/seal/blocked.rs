//! The server's signature under the list of blocked cards: Ed25519 (RFC 8032) over its date and its hash, so that neither an
//! old list nor a changed one passes for today's.

use std::fmt;

use ed25519_dalek::{Signer as _, SigningKey};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::domain::card;
use crate::system::{NoRandomness, Randomness};

/// The server's half of the key. Wiped when dropped, never printed.
pub struct Signer(SigningKey);

impl Signer {
    /// The seed of a new key, in hex.
    pub fn seed(randomness: &Randomness) -> Result<Zeroizing<String>, NoRandomness> {
        let seed = Zeroizing::new(randomness.bytes::<32>()?);
        Ok(Zeroizing::new(hex::encode(seed.as_slice())))
    }

    /// The key of a seed in hex; none if it is none.
    pub fn of(seed: &str) -> Option<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        hex::decode_to_slice(seed, bytes.as_mut_slice()).ok()?;
        Some(Self(SigningKey::from_bytes(&bytes)))
    }

    /// The signature under a text, hex.
    pub fn sign(&self, text: &str) -> String {
        hex::encode(self.0.sign(text.as_bytes()).to_bytes())
    }

    /// The half that everybody may know, hex: a [`PublicKey`](super::signing::PublicKey).
    pub fn public(&self) -> String {
        hex::encode(self.0.verifying_key().as_bytes())
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signer(****)")
    }
}

/// The hash of a list: SHA-256 of its numbers, a line each, hex.
pub fn hash(cards: &[card::Number]) -> String {
    let mut hash = Sha256::new();
    for card in cards {
        hash.update(format!("{card}\n"));
    }
    hex::encode(hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::signing::PublicKey;

    #[test]
    fn what_the_server_signed_is_verified_and_nothing_else() {
        let seed = Signer::seed(&Randomness::system()).unwrap();
        let signer = Signer::of(&seed).unwrap();
        let public: PublicKey = signer.public().parse().unwrap();
        assert_eq!(public.verify("list", &signer.sign("list")), Ok(()));
        assert!(public.verify("another", &signer.sign("list")).is_err());
        assert_eq!(format!("{signer:?}"), "Signer(****)");
        assert!(Signer::of("00").is_none());
    }

    #[test]
    fn the_hash_tells_lists_apart() {
        let number = |serial| card::Number::with_check(serial).unwrap();
        assert_ne!(hash(&[number(1)]), hash(&[number(1), number(2)]));
        assert_ne!(hash(&[]), hash(&[number(0)]));
    }
}
