//! From the order as it was kept to the order as it is sent.

use crate::seal::report::Signed;
use crate::store::outbox::Order;
use crate::wire::order::{self as wire_order, Finding, Photo, Submission};
use crate::wire::report;
use crate::wire::session::Token;

pub(super) fn submission(order: &Order) -> Submission {
    let Order { submission, photo, sealed_pin, pin_key, session, phone } = order;
    Submission {
        number: submission.number.as_str().to_owned(),
        user_name: submission.user_name.as_str().to_owned(),
        identity: if phone.is_some() { wire_order::PHONE } else { submission.identity.code() }.to_owned(),
        session: session.as_ref().map(|session| Token(session.expose().to_owned())),
        nonce: phone.map(|nonce| nonce.to_string()),
        reason: submission.reason.code().to_owned(),
        place: submission.place.as_str().to_owned(),
        promised: submission.promised.map(|day| day.to_string()),
        submitted_at: submission.submitted_at.as_microsecond(),
        consents: submission.consents.clone(),
        language: submission.language.map(|language| language.tag().to_owned()),
        photo: Photo {
            sha256: hex::encode(photo.sha256),
            verdict: photo.verdict.code().to_owned(),
            policy: photo.policy.clone(),
            findings: photo.findings.iter().map(Finding::from).collect(),
            insisted: photo.insisted,
            report: photo.report.as_ref().map(|Signed { text, signature }| report::Signed {
                text: text.clone(),
                signature: signature.clone(),
            }),
            signed_by: None,
        },
        sealed_pin: sealed_pin.to_string(),
        pin_key_fingerprint: pin_key.to_string(),
    }
}
