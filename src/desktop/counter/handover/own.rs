//! A photo that the student brings as a file: chosen in the system's dialog, judged by the kiosk's rules, looked at by the
//! clerk, and only then sent as the order's photo.

mod view;

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use iced::Subscription;

use crate::desktop::photo::Chosen;
use crate::desktop::photo::card::Card;
use crate::desktop::photo::eye::{self, Eye};
use crate::desktop::photo::ticks::Running;
use crate::domain::order::Status;
use crate::domain::photo::{Policy, Verdict};
use crate::system::Stopwatch;
use crate::vision::models::Library;

/// What photos are judged with.
#[derive(Debug, Clone)]
pub struct Judging {
    pub models: Library,
    pub policy: Arc<Policy>,
    pub stopwatch: Stopwatch,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// The judge has something to say.
    EyeTold,
    AnotherWanted,
    UsePressed,
    BackPressed,
}

/// Where the photo is.
#[derive(Debug)]
enum Step {
    /// The system's dialog is open; what was looked at before stays if nothing is chosen.
    Choosing(Option<Box<Card>>),
    Checking,
    Unusable(eye::Error),
    Looking(Box<Card>),
    Sending(Box<Card>),
}

/// See the module. When it goes, the judge is let go and the pictures are wiped.
pub struct Own {
    eye: Running<Eye>,
    /// The name of the rules.
    policy: String,
    step: Step,
}

impl fmt::Debug for Own {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Own({:?})", self.step)
    }
}

impl Own {
    /// Begins with the dialog; the judge's networks are loaded meanwhile.
    pub fn start(judging: &Judging) -> io::Result<Self> {
        let Judging { models, policy, stopwatch } = judging;
        let eye = Eye::start(models.clone(), Arc::clone(policy), stopwatch.clone())?;
        Ok(Self { eye: Running::new(eye), policy: policy.name.clone(), step: Step::Choosing(None) })
    }

    /// Whether an order in this state may get another photo at the desk.
    pub fn fits(status: Option<Status>) -> bool {
        matches!(status, Some(Status::PhotoRefused | Status::Review | Status::Approved))
    }

    /// Another file is to be chosen; whether the dialog is to be opened.
    pub fn choose(&mut self) -> bool {
        match std::mem::replace(&mut self.step, Step::Checking) {
            Step::Looking(card) => self.step = Step::Choosing(Some(card)),
            Step::Unusable(_) => self.step = Step::Choosing(None),
            other => {
                self.step = other;
                return false;
            }
        }
        true
    }

    /// The dialog was closed; whether there is anything left to look at.
    pub fn picked(&mut self, path: Option<PathBuf>) -> bool {
        let Step::Choosing(before) = &mut self.step else { return true };
        match (path, before.take()) {
            (Some(path), _) => {
                self.step = Step::Checking;
                self.eye.check_file(path);
            }
            (None, Some(card)) => self.step = Step::Looking(card),
            (None, None) => return false,
        }
        true
    }

    /// The judge's answer to the chosen file.
    pub fn hear(&mut self) {
        if !matches!(self.step, Step::Checking) {
            return;
        }
        match self.eye.checked() {
            Some(Ok(card)) => self.step = Step::Looking(Box::new(card)),
            Some(Err(error)) => self.step = Step::Unusable(error),
            None => {}
        }
    }

    /// The photo that is looked at, on its way now; none where there is none or it cannot be used.
    pub fn send(&mut self) -> Option<Chosen> {
        let Step::Looking(card) = &self.step else { return None };
        if !usable(card) {
            return None;
        }
        let chosen = Chosen::new((**card).clone(), self.policy.clone(), card.verdict != Verdict::Accept);
        self.step = Step::Sending(card.clone());
        Some(chosen)
    }

    /// It did not arrive: it can be sent again.
    pub fn failed(&mut self) {
        if let Step::Sending(card) = &self.step {
            self.step = Step::Looking(card.clone());
        }
    }

    pub fn subscription(&self) -> Subscription<Message> {
        self.eye.subscription().map(|()| Message::EyeTold)
    }
}

/// What the rules do not accept can still go to photo review, if there is one face to look at.
fn usable(card: &Card) -> bool {
    card.verdict == Verdict::Accept || card.may_insist()
}
