//! The signed check reports that come with photos. A report that does not hold is not taken for one: the photo is taken in
//! all the same, because its number was shown, and a person looks at it.

use super::App;
use super::photos::{self, Name};
use super::storage::orders::Reported;
use crate::seal::signing::PublicKey;
use crate::wire::order::Photo;
use crate::wire::report::{Check, LONGEST, Signed, SignedBy};

/// What is wrong with a report.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the report has {0} bytes")]
    Long(usize),
    #[error(transparent)]
    Signature(#[from] crate::seal::signing::Error),
    #[error("the report cannot be read: {0}")]
    Shape(#[from] serde_json::Error),
    #[error("the report is about another photo")]
    OtherPhoto,
    #[error("the report says otherwise than the order about the {0}")]
    Otherwise(&'static str),
}

/// A photo as it is stored, with the report that came with it if that holds.
#[derive(Debug)]
pub struct Checked {
    pub photo: Photo,
    pub report: Option<Reported>,
    /// There was a report, and it does not hold.
    pub broken: bool,
}

/// Takes the report off a photo and verifies it by one of the terminal's keys.
pub fn check(mut photo: Photo, keys: &[PublicKey]) -> Checked {
    photo.signed_by = None;
    let Some(report) = photo.report.take() else { return Checked { photo, report: None, broken: false } };
    match verify(&photo, &report, keys) {
        Ok(key) => {
            let report = Reported { text: report.text, signature: report.signature, key: key.to_string() };
            Checked { photo, report: Some(report), broken: false }
        }
        Err(error) => {
            tracing::warn!(%error, photo = photo.sha256, "a check report does not hold");
            Checked { photo, report: None, broken: true }
        }
    }
}

/// Has a photo decoded that no terminal says to have seen. Where a report holds, the terminal that signed it has made the
/// JPEG from pixels itself, and decoding two million of them again is most of what taking an order in would cost.
pub async fn vouched(app: &App, photo: &Photo, report: Option<&Reported>) -> Result<(), photos::Error> {
    match (report, Name::new(&photo.sha256)) {
        (None, Some(name)) => app.photos.decode(&name).await,
        _ => Ok(()),
    }
}

/// The key that the report was signed with, where it holds.
fn verify<'k>(photo: &Photo, report: &Signed, keys: &'k [PublicKey]) -> Result<&'k PublicKey, Error> {
    if report.text.len() > LONGEST {
        return Err(Error::Long(report.text.len()));
    }
    let by = keys.iter().find(|key| key.verify(report.text.as_bytes(), &report.signature).is_ok());
    let key = by.ok_or(crate::seal::signing::Error::Forged)?;
    let check: Check = serde_json::from_str(&report.text)?;
    if check.photo != photo.sha256 {
        return Err(Error::OtherPhoto);
    }
    for (what, same) in [
        ("verdict", check.verdict == photo.verdict),
        ("policy", check.policy == photo.policy),
        ("findings", check.findings == photo.findings),
    ] {
        if !same {
            return Err(Error::Otherwise(what));
        }
    }
    Ok(key)
}

/// Who signed a stored report.
pub fn signed_by(report: &Reported) -> Option<SignedBy> {
    let check: Check = serde_json::from_str(&report.text)
        .inspect_err(|error| tracing::error!(%error, "a stored check report cannot be read"))
        .ok()?;
    Some(SignedBy { terminal: check.terminal, program: check.program })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::signing::Signer;
    use crate::wire::order::{Finding, Limit};
    use crate::wire::report::VERSION;

    fn photo() -> Photo {
        let finding = Finding {
            rule: "mouth_closed".into(),
            weight: "soft".into(),
            measured: 0.0072,
            limit: Limit::AtMost(0.0065),
            region: Some([0.4, 0.6, 0.2, 0.1]),
        };
        Photo {
            sha256: "ab".repeat(32),
            verdict: "ask".into(),
            policy: "university".into(),
            findings: vec![finding],
            insisted: true,
            report: None,
            signed_by: Some(SignedBy { terminal: "made up".into(), program: String::new() }),
        }
    }

    /// The photo with a report about another one, or changed before it was signed.
    fn signed(signer: &Signer, change: impl FnOnce(&mut Check)) -> Photo {
        let photo = photo();
        let mut check = Check {
            version: VERSION,
            photo: photo.sha256.clone(),
            terminal: "K1".into(),
            program: "1.2.3".into(),
            policy: photo.policy.clone(),
            head_covering: None,
            verdict: photo.verdict.clone(),
            findings: photo.findings.clone(),
            measured: [("yaw".to_owned(), 1.5)].into(),
        };
        change(&mut check);
        let signed = crate::seal::report::Signed::by(signer, serde_json::to_string(&check).unwrap());
        Photo { report: Some(Signed { text: signed.text, signature: signed.signature }), ..photo }
    }

    #[test]
    fn a_report_that_holds_is_kept_as_it_was_signed() {
        let signer = Signer::from_bytes(&[1; 32]);
        let sent = signed(&signer, |_| {});
        let Checked { photo, report, broken } =
            check(sent.clone(), &[Signer::from_bytes(&[2; 32]).public(), signer.public()]);
        let report = report.unwrap();
        assert!(!broken && photo.report.is_none() && photo.signed_by.is_none());
        assert_eq!(report.text, sent.report.unwrap().text);
        let key: PublicKey = report.key.parse().unwrap();
        assert_eq!(key, signer.public());
        key.verify(report.text.as_bytes(), &report.signature).unwrap();
        let by = signed_by(&report).unwrap();
        assert_eq!((by.terminal.as_str(), by.program.as_str()), ("K1", "1.2.3"));
    }

    #[test]
    fn what_does_not_hold_is_not_taken_for_a_report() {
        let (signer, other) = (Signer::from_bytes(&[1; 32]), Signer::from_bytes(&[2; 32]).public());
        let own = signer.public();
        let none = check(photo(), &[own]);
        assert!(!none.broken && none.report.is_none() && none.photo.signed_by.is_none());
        let mut changed = signed(&signer, |_| {});
        changed.report.as_mut().unwrap().text = changed.report.as_ref().unwrap().text.replace("1.5", "0.5");
        let mut accepted = signed(&signer, |_| {});
        accepted.verdict = "accept".into();
        let mut fewer = signed(&signer, |_| {});
        fewer.findings.clear();
        for (sent, key) in [
            (signed(&signer, |_| {}), &other),
            (changed, &own),
            (accepted, &own),
            (fewer, &own),
            (signed(&signer, |check| check.photo = "cd".repeat(32)), &own),
            (signed(&signer, |check| check.policy = "passport".into()), &own),
            (signed(&signer, |check| check.program = "x".repeat(LONGEST)), &own),
        ] {
            let checked = check(sent, &[*key]);
            assert!(checked.broken && checked.report.is_none());
        }
    }
}
