//! The review desk: the photos that the rules could not decide, one after the other.

mod view;

use crate::desktop::widget::{Edit, Line};
use crate::domain::order::Status;
use crate::domain::person::Language;
use crate::domain::photo::{Rule, Weight};
use crate::sync::answer::order::{Order, Wish};
use crate::texts::Texts;

use super::office::{Answer, Ask, Photo};
use super::trouble::Trouble;

/// The height in which the photo is drawn, in pixels.
pub const PHOTO: u32 = 940;

/// The keys that choose a rule, in the order of [`Rule::ALL`].
pub const RULE_KEYS: &str = "1234567890QWERTYUIOP";

/// What happened at the desk.
#[derive(Debug, Clone)]
pub enum Message {
    Accepted,
    Refused,
    /// The next or the previous of the queue.
    Marked(i32),
    Picked(usize),
    Chose(Rule),
    Edited(Edit),
    Submitted,
    /// Says the words in the next language.
    Translated,
    Escaped,
    Reloaded,
}

/// Where the reviewer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Step {
    #[default]
    Looking,
    /// Which rule the photo breaks.
    Choosing,
    /// What the student is told.
    Writing(Rule),
}

/// The desk's state.
#[derive(Debug, Default)]
pub struct Review {
    queue: Vec<Order>,
    /// The queue was read at least once.
    read: bool,
    at: usize,
    photo: Option<Photo>,
    step: Step,
    /// The rule under the mark while choosing, by its place in [`Rule::ALL`].
    marked: usize,
    words: Line,
    /// In which the ready-made words are: the student's own, unless the reviewer wants another.
    language: Language,
    trouble: Option<Trouble>,
    /// Decided since the clerk came.
    decided: u32,
    waiting: bool,
}

impl Review {
    /// Reads the queue.
    pub fn open(&mut self) -> Vec<Ask> {
        vec![Ask::List { status: Status::Review, place: None }]
    }

    pub fn step(&self) -> Step {
        self.step
    }

    /// The photo that is looked at.
    pub fn order(&self) -> Option<&Order> {
        self.queue.get(self.at)
    }

    pub fn update(&mut self, message: Message, texts: &[Texts; 3]) -> Vec<Ask> {
        match message {
            Message::Accepted if self.step == Step::Looking => return self.decide(Wish::ApprovePhoto),
            Message::Refused if self.step == Step::Looking && self.order().is_some() => {
                self.marked = self.likely();
                self.language = self.students_language();
                self.step = Step::Choosing;
            }
            Message::Accepted | Message::Refused => {}
            Message::Marked(by) if self.step == Step::Choosing => {
                self.marked = self.marked.saturating_add_signed(by as isize).min(Rule::ALL.len() - 1);
            }
            Message::Marked(by) => {
                let last = self.queue.len().saturating_sub(1);
                let at = self.at.saturating_add_signed(by as isize).min(last);
                return self.look(at);
            }
            Message::Picked(at) => return self.look(at),
            Message::Chose(rule) => self.write(rule, texts),
            Message::Edited(edit) => self.words.apply(edit),
            Message::Submitted => match self.step {
                Step::Choosing => {
                    if let Some(rule) = Rule::ALL.get(self.marked).copied() {
                        self.write(rule, texts);
                    }
                }
                Step::Writing(rule) if !self.words.text().trim().is_empty() => {
                    let words = self.words.text().trim().to_owned();
                    return self.decide(Wish::RefusePhoto { rule: rule.code().to_owned(), words });
                }
                Step::Writing(_) | Step::Looking => {}
            },
            Message::Translated => {
                if let Step::Writing(rule) = self.step {
                    let next = Language::ALL.iter().position(|l| *l == self.language).map_or(0, |at| at + 1);
                    self.language = Language::ALL.get(next).copied().unwrap_or_default();
                    self.write(rule, texts);
                }
            }
            Message::Escaped => {
                self.step = match self.step {
                    Step::Writing(_) => Step::Choosing,
                    Step::Choosing | Step::Looking => Step::Looking,
                };
                self.trouble = None;
            }
            Message::Reloaded => return self.open(),
        }
        Vec::new()
    }

    /// The rule that the judge found broken most heavily, by its place in the list.
    fn likely(&self) -> usize {
        let findings = self.order().map(|order| order.photo.findings.as_slice()).unwrap_or_default();
        let heaviest = findings.iter().max_by_key(|finding| Weight::from_code(&finding.weight));
        let rule = heaviest.and_then(|finding| Rule::from_code(&finding.rule));
        rule.and_then(|rule| Rule::ALL.iter().position(|other| *other == rule)).unwrap_or(0)
    }

    /// The language in which the person who is looked at is told.
    fn students_language(&self) -> Language {
        self.order().and_then(|order| Language::from_tag(&order.language)).unwrap_or_default()
    }

    fn write(&mut self, rule: Rule, texts: &[Texts; 3]) {
        if let Some(texts) = texts.iter().find(|texts| texts.language() == self.language) {
            let words = texts.counter_refusal_words(texts.rule_title(rule));
            self.words = words.as_str().into();
        }
        self.step = Step::Writing(rule);
    }

    fn decide(&mut self, wish: Wish) -> Vec<Ask> {
        if self.waiting {
            return Vec::new();
        }
        let Some(order) = self.order() else { return Vec::new() };
        let ask = Ask::Move { order: order.id.clone(), version: order.version, wish };
        self.waiting = true;
        self.trouble = None;
        vec![ask]
    }

    /// Goes to a place of the queue.
    fn look(&mut self, at: usize) -> Vec<Ask> {
        self.at = at;
        self.step = Step::Looking;
        self.words.clear();
        let Some(order) = self.queue.get(at) else {
            self.photo = None;
            return Vec::new();
        };
        let sha256 = order.photo.sha256.clone();
        if self.photo.as_ref().is_some_and(|photo| photo.sha256 == sha256) {
            return Vec::new();
        }
        self.photo = None;
        vec![Ask::Photo { sha256, height: PHOTO }]
    }

    pub fn answered(&mut self, ask: &Ask, result: Result<Answer, Trouble>) -> Vec<Ask> {
        match (ask, result) {
            (Ask::List { .. }, Ok(Answer::List { status: Status::Review, orders })) => {
                let now = self.order().map(|order| order.id.clone());
                self.read = true;
                self.queue = orders;
                let at = self.queue.iter().position(|order| Some(&order.id) == now.as_ref());
                match at {
                    // whoever is being looked at stays, also in the middle of writing
                    Some(at) => {
                        self.at = at;
                        Vec::new()
                    }
                    None => self.look(0),
                }
            }
            (Ask::Move { order, .. }, Ok(Answer::Details(_))) => {
                self.waiting = false;
                self.decided += 1;
                self.queue.retain(|other| other.id != *order);
                let at = self.at.min(self.queue.len().saturating_sub(1));
                let mut asks = self.look(at);
                if self.queue.is_empty() {
                    asks.extend(self.open());
                }
                asks
            }
            (Ask::Photo { sha256, .. }, Ok(Answer::Photo(photo))) => {
                if self.order().is_some_and(|order| order.photo.sha256 == *sha256) {
                    self.photo = Some(photo);
                }
                Vec::new()
            }
            (_, Err(trouble)) => {
                self.waiting = false;
                self.trouble = Some(trouble);
                // somebody else decided meanwhile
                if trouble.outdated() { self.open() } else { Vec::new() }
            }
            (_, Ok(_)) => Vec::new(),
        }
    }
}
