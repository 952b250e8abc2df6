//! The key pair of a terminal, by which everything that it says is known to be its own: calls ([`super::call`]) and check
//! reports ([`super::report`]). Ed25519 (RFC 8032), made on the terminal; only the public half ever leaves it.

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use zeroize::Zeroizing;

use crate::system::{NoRandomness, Randomness};

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("not {expected} bytes in hex")]
    Hex { expected: usize },
    #[error("the public key is no point of the curve")]
    NotAKey,
    #[error("the signature is not of this text by this key")]
    Forged,
}

/// The terminal's half of the key. Wiped when dropped, never printed.
#[derive(Clone)]
pub struct Signer(SigningKey);

impl Signer {
    pub fn generate(randomness: &Randomness) -> Result<Self, NoRandomness> {
        Ok(Self::from_bytes(&Zeroizing::new(randomness.bytes()?)))
    }

    /// The key with this seed.
    pub fn from_bytes(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The seed, for the key store.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// The signature of these bytes, hex.
    pub fn sign(&self, bytes: &[u8]) -> String {
        hex::encode(self.0.sign(bytes).to_bytes())
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
    /// Whether these are, byte for byte, what was signed.
    pub fn verify(&self, bytes: impl AsRef<[u8]>, signature: &str) -> Result<(), Error> {
        let signature = Signature::from_bytes(&unhex(signature)?);
        self.0.verify_strict(bytes.as_ref(), &signature).map_err(|_| Error::Forged)
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
    fn a_key_is_never_printed_and_comes_back() {
        let signer = Signer::generate(&Randomness::system()).unwrap();
        assert_eq!(format!("{signer:?}"), "Signer(****)");
        assert_eq!(Signer::from_bytes(&signer.to_bytes()).public(), signer.public());
        let public = signer.public();
        assert_eq!(public.to_string().parse(), Ok(public));
        assert_eq!("00".parse::<PublicKey>(), Err(Error::Hex { expected: 32 }));
    }

    proptest! {
        #[test]
        fn only_what_was_signed_is_verified(text: Vec<u8>, at: prop::sample::Index, other: Vec<u8>) {
            let signer = Signer::from_bytes(&[7; 32]);
            let public = signer.public();
            let signature = signer.sign(&text);
            prop_assert_eq!(public.verify(&text, &signature), Ok(()));
            let stranger = Signer::from_bytes(&[8; 32]).public();
            prop_assert_eq!(stranger.verify(&text, &signature), Err(Error::Forged));
            if other != text {
                prop_assert_eq!(public.verify(&other, &signature), Err(Error::Forged));
            }
            let mut changed = signature.into_bytes();
            let at = at.index(changed.len());
            changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
            prop_assert!(public.verify(&text, &String::from_utf8(changed).unwrap()).is_err());
        }
    }
}
