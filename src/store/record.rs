//! The shape in which an order is sealed: frozen, apart from the domain's types. Fields are added, never changed.

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::outbox::{Order, Photo};
use crate::domain::{order, person, photo, place};
use crate::seal::Secret;
use crate::seal::report::Signed;

/// Everything of an order but the bytes of its photo.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(super) struct Details {
    number: String,
    user_name: String,
    identity: String,
    reason: String,
    place: String,
    promised: Option<String>,
    /// Microseconds.
    submitted_at: i64,
    consents: Vec<String>,
    sha256: String,
    verdict: String,
    policy: String,
    findings: Vec<Finding>,
    insisted: bool,
    sealed_pin: String,
    pin_key: String,
    session: Option<String>,
    /// The nonce of a code from the phone; not in orders of the first versions.
    #[serde(default)]
    phone: Option<String>,
    /// A tag; not in orders of the first version.
    #[serde(default)]
    language: Option<String>,
    /// The signed check report, its text and its signature; not in orders of the first versions.
    #[serde(default)]
    report: Option<(String, String)>,
}

#[derive(Serialize, Deserialize, Zeroize)]
struct Finding {
    rule: String,
    weight: String,
    measured: f32,
    /// The lower and the upper limit.
    limit: (Option<f32>, Option<f32>),
    region: Option<[f32; 4]>,
}

impl From<&Order> for Details {
    fn from(order: &Order) -> Self {
        let Order { submission, photo, sealed_pin, pin_key, session, phone } = order;
        Self {
            number: submission.number.as_str().to_owned(),
            user_name: submission.user_name.as_str().to_owned(),
            identity: submission.identity.code().to_owned(),
            reason: submission.reason.code().to_owned(),
            place: submission.place.as_str().to_owned(),
            promised: submission.promised.map(|day| day.to_string()),
            submitted_at: submission.submitted_at.as_microsecond(),
            consents: submission.consents.clone(),
            sha256: hex::encode(photo.sha256),
            verdict: photo.verdict.code().to_owned(),
            policy: photo.policy.clone(),
            findings: photo.findings.iter().map(Finding::from).collect(),
            insisted: photo.insisted,
            sealed_pin: sealed_pin.to_string(),
            pin_key: pin_key.to_string(),
            session: session.as_ref().map(|session| session.expose().to_owned()),
            phone: phone.map(|nonce| nonce.to_string()),
            language: submission.language.map(|language| language.tag().to_owned()),
            report: photo.report.as_ref().map(|report| (report.text.clone(), report.signature.clone())),
        }
    }
}

impl Details {
    /// The order; none if this program cannot hold what was written.
    pub(super) fn order(&self, id: order::Id) -> Option<Order> {
        let mut sha256 = [0; 32];
        hex::decode_to_slice(&self.sha256, &mut sha256).ok()?;
        let promised = match &self.promised {
            Some(day) => Some(day.parse().ok()?),
            None => None,
        };
        Some(Order {
            submission: order::Submission {
                id,
                number: self.number.parse().ok()?,
                user_name: person::UserName::new(&self.user_name)?,
                identity: order::Identity::from_code(&self.identity)?,
                reason: order::Reason::from_code(&self.reason)?,
                place: place::Id::new(&self.place)?,
                promised,
                submitted_at: jiff::Timestamp::from_microsecond(self.submitted_at).ok()?,
                consents: self.consents.clone(),
                language: self.language.as_deref().and_then(person::Language::from_tag),
            },
            photo: Photo {
                sha256,
                verdict: photo::Verdict::from_code(&self.verdict)?,
                policy: self.policy.clone(),
                findings: self.findings.iter().map(Finding::finding).collect::<Option<_>>()?,
                insisted: self.insisted,
                report: self.report.clone().map(|(text, signature)| Signed { text, signature }),
            },
            sealed_pin: self.sealed_pin.parse().ok()?,
            pin_key: self.pin_key.parse().ok()?,
            session: self.session.clone().map(Secret::new),
            phone: match &self.phone {
                Some(nonce) => Some(nonce.parse().ok()?),
                None => None,
            },
        })
    }
}

impl From<&photo::Finding> for Finding {
    fn from(finding: &photo::Finding) -> Self {
        Self {
            rule: finding.rule.code().to_owned(),
            weight: finding.weight.code().to_owned(),
            // JSON has no other numbers than finite ones
            measured: if finding.measured.is_finite() { finding.measured } else { f32::MAX },
            limit: match finding.limit {
                photo::Limit::AtLeast(low) => (Some(low), None),
                photo::Limit::AtMost(high) => (None, Some(high)),
                photo::Limit::Between(low, high) => (Some(low), Some(high)),
            },
            region: finding.region.map(|region| [region.x, region.y, region.width, region.height]),
        }
    }
}

impl Finding {
    fn finding(&self) -> Option<photo::Finding> {
        Some(photo::Finding {
            rule: photo::Rule::from_code(&self.rule)?,
            weight: photo::Weight::from_code(&self.weight)?,
            measured: self.measured,
            limit: match self.limit {
                (Some(low), None) => photo::Limit::AtLeast(low),
                (None, Some(high)) => photo::Limit::AtMost(high),
                (Some(low), Some(high)) => photo::Limit::Between(low, high),
                (None, None) => return None,
            },
            region: self.region.map(|[x, y, width, height]| photo::Region { x, y, width, height }),
        })
    }
}
