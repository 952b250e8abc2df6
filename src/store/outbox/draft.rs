//! An order as the kiosk makes it.

use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{Order, Photo};
use crate::domain::number::Number;
use crate::domain::phone::Nonce;
use crate::domain::{order, person, photo, place};
use crate::seal::Secret;
use crate::seal::pin::{Fingerprint, SealedPin};
use crate::seal::report::Signed;

/// An order as the kiosk hands it in; the store adds number and time.
#[derive(Clone)]
pub struct Draft {
    /// The idempotency key: handing in the same id again gives the same number.
    pub id: order::Id,
    pub user_name: person::UserName,
    pub identity: order::Identity,
    pub reason: order::Reason,
    pub place: place::Id,
    pub promised: Option<Date>,
    pub consents: Vec<String>,
    pub language: person::Language,
    /// The card photo, JPEG.
    pub jpeg: Zeroizing<Vec<u8>>,
    pub verdict: photo::Verdict,
    pub policy: String,
    pub findings: Vec<photo::Finding>,
    pub insisted: bool,
    /// What the judge found, signed.
    pub report: Option<Signed>,
    pub sealed_pin: SealedPin,
    /// The fingerprint of the key that the PIN is sealed to.
    pub pin_key: Fingerprint,
    /// The token of the session in which the person proved who they are.
    pub session: Option<Secret>,
    /// The QR code for which the person proved on a phone who they are.
    pub phone: Option<Nonce>,
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Draft({})", self.id.0)
    }
}

impl Draft {
    pub(super) fn order(&self, number: Number, at: Timestamp) -> Order {
        Order {
            submission: order::Submission {
                id: self.id,
                number,
                user_name: self.user_name.clone(),
                identity: self.identity,
                reason: self.reason,
                place: self.place.clone(),
                promised: self.promised,
                submitted_at: at,
                consents: self.consents.clone(),
                language: Some(self.language),
            },
            photo: Photo {
                sha256: Sha256::digest(self.jpeg.as_slice()).into(),
                verdict: self.verdict,
                policy: self.policy.clone(),
                findings: self.findings.clone(),
                insisted: self.insisted,
                report: self.report.clone(),
            },
            sealed_pin: self.sealed_pin.clone(),
            pin_key: self.pin_key,
            session: self.session.clone(),
            phone: self.phone,
        }
    }
}
