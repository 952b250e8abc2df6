//! How a terminal signs a call: `authorization: Terminal CODE:SEQUENCE:SIGNATURE`, where the signature (Ed25519, hex) covers
//! who calls, the number, the method, path and query, and the SHA-256 of the body. Nothing of a call can be changed, moved to
//! another address or used as another terminal's without breaking it; that it is used once is `domain::sequence`'s matter.

use std::fmt;

use sha2::{Digest, Sha256};

use super::signing::{Error, PublicKey, Signer};
use crate::domain::number::TerminalCode;

/// The number of the one call before there is a key that the server knows: enrolment, signed with the key that it hands in.
pub const FIRST: u64 = 0;

/// What is signed of a call.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    pub terminal: TerminalCode,
    pub sequence: u64,
    /// In capitals, as HTTP has it.
    pub method: &'a str,
    /// Path and query as they stand in the request, such as `/v1/orders?query=kari`.
    pub target: &'a str,
    pub body: &'a [u8],
}

impl Call<'_> {
    /// No field can hold a line's end: no two calls have the same text.
    fn text(&self) -> String {
        format!(
            "kortautomat call 1\n{}\n{}\n{}\n{}\n{}\n",
            self.terminal,
            self.sequence,
            self.method,
            self.target,
            hex::encode(Sha256::digest(self.body))
        )
    }

    /// Stands for the whole call where it is remembered.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.text()).into()
    }

    pub fn sign(&self, signer: &Signer) -> Claim {
        Claim {
            terminal: self.terminal,
            sequence: self.sequence,
            signature: signer.sign(self.text().as_bytes()),
        }
    }

    /// Whether this very call was signed with this key.
    pub fn verify(&self, claim: &Claim, key: &PublicKey) -> Result<(), Error> {
        let same = claim.terminal == self.terminal && claim.sequence == self.sequence;
        if same { key.verify(self.text().as_bytes(), &claim.signature) } else { Err(Error::Forged) }
    }
}

/// What a terminal says of itself in the header; its text is the header's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub terminal: TerminalCode,
    pub sequence: u64,
    pub signature: String,
}

impl Claim {
    /// None for a header that is not of this form.
    pub fn read(header: &str) -> Option<Self> {
        let mut parts = header.strip_prefix("Terminal ")?.trim().split(':');
        let (terminal, sequence, signature) = (parts.next()?, parts.next()?, parts.next()?);
        let plain = !sequence.starts_with('+') && (sequence == "0" || !sequence.starts_with('0'));
        (plain && parts.next().is_none()).then_some(())?;
        Some(Self {
            terminal: terminal.parse().ok()?,
            sequence: sequence.parse().ok()?,
            signature: signature.to_owned(),
        })
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Terminal {}:{}:{}", self.terminal, self.sequence, self.signature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call<'a>() -> Call<'a> {
        Call {
            terminal: "K1".parse().unwrap(),
            sequence: 12,
            method: "PUT",
            target: "/v1/orders/7?a=b",
            body: b"{}",
        }
    }

    #[test]
    fn every_part_of_a_call_is_signed() {
        let signer = Signer::from_bytes(&[3; 32]);
        let claim = Claim::read(&call().sign(&signer).to_string()).unwrap();
        assert_eq!(call().verify(&claim, &signer.public()), Ok(()));
        let others = [
            Call { terminal: "K2".parse().unwrap(), ..call() },
            Call { sequence: 13, ..call() },
            Call { method: "POST", ..call() },
            Call { target: "/v1/orders/7?a=c", ..call() },
            Call { target: "/v1/orders/7", ..call() },
            Call { body: b"{ }", ..call() },
        ];
        for other in others {
            let named = Claim { terminal: other.terminal, sequence: other.sequence, ..claim.clone() };
            assert_eq!(other.verify(&named, &signer.public()), Err(Error::Forged), "{other:?}");
            assert_ne!(other.hash(), call().hash());
        }
        assert!(call().verify(&claim, &Signer::from_bytes(&[4; 32]).public()).is_err());
    }

    #[test]
    fn a_header_of_another_form_is_none() {
        let good = format!("Terminal K1:12:{}", "0".repeat(128));
        assert_eq!(Claim::read(&good).unwrap().to_string(), good);
        for header in ["", "Terminal ", "Terminal K1:12", "Bearer K1:12:00", "Terminal K1:-1:00"] {
            assert_eq!(Claim::read(header), None, "{header}");
        }
        for header in ["Terminal K1:012:00", "Terminal K1:+1:00", "Terminal K1:1:00:00", "Terminal K1::00"] {
            assert_eq!(Claim::read(header), None, "{header}");
        }
    }
}
