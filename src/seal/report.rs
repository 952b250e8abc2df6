//! Signs what a terminal has found out about a photo, so that nobody between it and the desk can change a value unseen.
//!
//! Ed25519 (RFC 8032). Until a terminal has a key pair of its own, its key is made of the secret that it was enrolled with:
//! the seed is SHA-256 of a fixed text and the secret, so that the secret cannot be told from a signature. The server sees
//! the secret with every call and makes the public half itself; it keeps that half with the order.

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Keeps this use of the secret apart from every other one.
const PURPOSE: &[u8] = b"kortautomat check report 1\0";

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("not {expected} bytes in hex")]
    Hex { expected: usize },
    #[error("the public key is no point of the curve")]
    NotAKey,
    #[error("the signature is not of this text by this key")]
    Forged,
}

/// A text and its signature in hex, as they are kept and sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    pub text: String,
    pub signature: String,
}

/// The terminal's half of the key. Wiped when dropped, never printed.
#[derive(Clone)]
pub struct Signer(SigningKey);

impl Signer {
    /// The key of a terminal with this secret.
    pub fn of(secret: &str) -> Self {
        let seed: Zeroizing<[u8; 32]> =
            Zeroizing::new(Sha256::new_with_prefix(PURPOSE).chain_update(secret).finalize().into());
        Self(SigningKey::from_bytes(&seed))
    }

    pub fn sign(&self, text: String) -> Signed {
        let signature = hex::encode(self.0.sign(text.as_bytes()).to_bytes());
        Signed { text, signature }
    }

    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signer(****)")
    }
}

/// The half of the key that everybody may know. Its text is 64 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Whether the text is, byte for byte, what was signed.
    pub fn verify(&self, text: &str, signature: &str) -> Result<(), Error> {
        let signature = Signature::from_bytes(&unhex(signature)?);
        self.0.verify_strict(text.as_bytes(), &signature).map_err(|_| Error::Forged)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0.as_bytes()))
    }
}

impl FromStr for PublicKey {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        VerifyingKey::from_bytes(&unhex(text)?).map(Self).map_err(|_| Error::NotAKey)
    }
}

fn unhex<const N: usize>(text: &str) -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    hex::decode_to_slice(text, &mut bytes).map_err(|_| Error::Hex { expected: N })?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_key_is_never_printed_and_comes_back_from_its_text() {
        let signer = Signer::of("0123456789abcdef0123456789abcdef");
        assert_eq!(format!("{signer:?}"), "Signer(****)");
        let public = signer.public();
        assert_eq!(public.to_string().parse(), Ok(public));
        assert_eq!("00".parse::<PublicKey>(), Err(Error::Hex { expected: 32 }));
        assert_eq!(Signer::of("another").public().to_string().len(), 64);
    }

    #[test]
    fn the_key_of_a_secret_never_changes() {
        // kept with orders for as long as the orders are
        let public = Signer::of(&"ab".repeat(16)).public();
        assert_eq!(public, Signer::of(&"ab".repeat(16)).public());
        assert_ne!(public, Signer::of(&"ac".repeat(16)).public());
    }

    proptest! {
        #[test]
        fn only_what_was_signed_is_verified(text in ".{0,80}", at: prop::sample::Index, other in ".{1,80}") {
            let signer = Signer::of("secret");
            let public = signer.public();
            let signed = signer.sign(text.clone());
            prop_assert_eq!(public.verify(&text, &signed.signature), Ok(()));
            prop_assert_eq!(Signer::of("other").public().verify(&text, &signed.signature), Err(Error::Forged));
            if other != text {
                prop_assert_eq!(public.verify(&other, &signed.signature), Err(Error::Forged));
            }
            let mut changed = signed.signature.into_bytes();
            let at = at.index(changed.len());
            changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
            prop_assert!(public.verify(&text, &String::from_utf8(changed).unwrap()).is_err());
        }
    }
}
