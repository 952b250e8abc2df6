//! From what the judge found to the signed report that is sent with the photo.

use crate::domain::number::TerminalCode;
use crate::domain::photo::{Declared, Finding, Verdict};
use crate::seal::report::Signed;
use crate::seal::signing::Signer;
use crate::wire::report::{self, Check};

/// What the judge found.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// Of the photo's JPEG.
    pub sha256: [u8; 32],
    pub policy: &'a str,
    pub declared: Declared,
    pub verdict: Verdict,
    pub findings: &'a [Finding],
    /// Values by name.
    pub measured: &'a [(&'static str, f32)],
}

/// Writes the report and signs it; none for values that no text can hold.
pub(super) fn sign(signer: &Signer, terminal: TerminalCode, found: &Found<'_>) -> Option<Signed> {
    let check = Check {
        version: report::VERSION,
        photo: hex::encode(found.sha256),
        terminal: terminal.to_string(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        policy: found.policy.to_owned(),
        head_covering: found.declared.head_covering,
        verdict: found.verdict.code().to_owned(),
        findings: found.findings.iter().map(Into::into).collect(),
        // JSON has no other numbers than finite ones
        measured: found
            .measured
            .iter()
            .filter(|(_, value)| value.is_finite())
            .map(|(name, value)| ((*name).to_owned(), *value))
            .collect(),
    };
    let text = serde_json::to_string(&check)
        .inspect_err(|error| tracing::error!(%error, "a check report cannot be written"))
        .ok()?;
    Some(Signed::by(signer, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_says_what_was_found_and_is_verified_by_the_terminals_key() {
        let signer = Signer::from_bytes(&[1; 32]);
        let found = Found {
            sha256: [7; 32],
            policy: "university",
            declared: Declared { head_covering: Some(true) },
            verdict: Verdict::Accept,
            findings: &[],
            measured: &[("yaw", 1.25), ("pitch", f32::NAN)],
        };
        let signed = sign(&signer, "K1".parse().unwrap(), &found).unwrap();
        signed.verify(&signer.public()).unwrap();
        let check: Check = serde_json::from_str(&signed.text).unwrap();
        assert_eq!((check.terminal.as_str(), check.photo), ("K1", "07".repeat(32)));
        assert_eq!(check.head_covering, Some(true));
        assert_eq!(check.measured.into_iter().collect::<Vec<_>>(), [("yaw".to_owned(), 1.25)]);
    }
}
