//! A card photo on its way, in both programs: judged on a thread of its own, held until it is sent, and its findings drawn on
//! it.

pub mod card;
pub mod eye;
pub mod marks;
pub mod ticks;

use iced::widget::image;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::domain::photo::{Finding, Verdict};
use crate::seal::report::Signed;
use crate::sync::answer;
use crate::sync::client::Client;
use crate::sync::report::Found;

use card::Card;

/// The photo that the person chose. Wiped when dropped.
#[derive(Debug, Clone)]
pub struct Chosen {
    card: Card,
    /// The name of the rules it was judged by.
    pub policy: String,
    /// The person asks for a person to look at it.
    pub insisted: bool,
}

impl Chosen {
    /// A card photo that was looked over.
    pub fn new(card: Card, policy: String, insisted: bool) -> Self {
        Self { card, policy, insisted }
    }

    /// The card photo as it is sent.
    pub fn jpeg(&self) -> &Zeroizing<Vec<u8>> {
        &self.card.jpeg
    }

    /// The card photo as it is shown.
    pub fn shown(&self) -> &image::Handle {
        &self.card.shown.handle
    }

    pub fn verdict(&self) -> Verdict {
        self.card.verdict
    }

    /// With regions in shares of the card photo.
    pub fn findings(&self) -> &[Finding] {
        &self.card.findings
    }

    /// The name under which the bytes are sent.
    pub fn sha256(&self) -> [u8; 32] {
        Sha256::digest(self.jpeg().as_slice()).into()
    }

    /// What the judge found, signed by this terminal; none where nobody has judged.
    pub fn signed(&self, client: &Client) -> Option<Signed> {
        let found = Found {
            sha256: self.sha256(),
            policy: &self.policy,
            declared: self.card.declared,
            verdict: self.card.verdict,
            findings: &self.card.findings,
            measured: &self.card.measured,
        };
        if self.card.unjudged { None } else { client.sign(&found) }
    }

    /// What the server is told of it beside the bytes, with the signed report if there is one.
    pub fn told(&self, report: Option<Signed>) -> answer::order::Photo {
        answer::order::Photo {
            sha256: hex::encode(self.sha256()),
            verdict: self.verdict().code().to_owned(),
            policy: self.policy.clone(),
            findings: self.findings().iter().map(Into::into).collect(),
            insisted: self.insisted,
            report: report.map(|Signed { text, signature }| answer::report::Signed { text, signature }),
            signed_by: None,
        }
    }
}

impl PartialEq for Chosen {
    fn eq(&self, other: &Self) -> bool {
        self.jpeg() == other.jpeg() && self.policy == other.policy && self.insisted == other.insisted
    }
}
