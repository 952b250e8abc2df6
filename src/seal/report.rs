//! What a terminal has found out about a photo, signed, so that nobody between it and the desk can change a value unseen.
//! The server keeps the public half of the key with the order.

use super::signing::{Error, PublicKey, Signer};

/// A text and its signature in hex, as they are kept and sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    pub text: String,
    pub signature: String,
}

impl Signed {
    /// Signs a report. It is a JSON object, which no other signed text of a terminal is.
    pub fn by(signer: &Signer, text: String) -> Self {
        Self { signature: signer.sign(text.as_bytes()), text }
    }

    /// Whether the text is, byte for byte, what was signed.
    pub fn verify(&self, key: &PublicKey) -> Result<(), Error> {
        key.verify(self.text.as_bytes(), &self.signature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_report_is_found() {
        let (signer, other) = (Signer::from_bytes(&[1; 32]), Signer::from_bytes(&[2; 32]));
        let mut signed = Signed::by(&signer, r#"{"yaw":1.25}"#.to_owned());
        assert_eq!(signed.verify(&signer.public()), Ok(()));
        assert_eq!(signed.verify(&other.public()), Err(Error::Forged));
        signed.text = signed.text.replace("1.25", "0.25");
        assert_eq!(signed.verify(&signer.public()), Err(Error::Forged));
    }
}
