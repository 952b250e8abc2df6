//! The handover desk: search or scan, compare face and ID, scan the card, next.
//!
//! One field takes everything that is typed or scanned. What it means depends on the step, and a scan that belongs to
//! another step is understood all the same: an order's code opens that order, a card's code before the ID was chosen waits
//! for it.

mod answers;
mod conflicts;
mod field;
pub mod own;
mod scan;
mod view;

use crate::desktop::widget::{Edit, Line};
use crate::domain::card::{self, IdDocument, Withheld};
use crate::domain::order::Status;
use crate::domain::replica::Errand;
use crate::sync::answer::Person;
use crate::sync::answer::card::{Card, ReportKind};
use crate::sync::answer::order::{Details, Found, Order, Payment, Wish};

use super::office::{Ask, Photo};
use super::trouble::Trouble;
use conflicts::Conflicts;
use own::{Judging, Own};

/// The height in which the photo is drawn, in pixels.
pub const PHOTO: u32 = 700;

/// What happened at the desk.
#[derive(Debug, Clone)]
pub enum Message {
    Edited(Edit),
    Submitted,
    Escaped,
    /// The mark in the list, up or down.
    Marked(i32),
    Picked(usize),
    /// Another order of the same person is to be opened.
    Turned(String),
    Seen(IdDocument),
    Wanted(Want),
    Withheld(Withheld),
    /// The card of this number among those shown, for the mode that asks for one.
    Chose(String),
    /// The photo that the student brings.
    Own(own::Message),
    /// What does not fit together is to be looked at.
    ConflictsWanted,
    ConflictPicked(usize),
}

/// What a clerk can want beside the ordinary way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    Withhold,
    ReportLost,
    ReportFound,
    Pay,
    Release,
    Undo,
    /// A photo that the student brings as a file.
    OwnPhoto,
    Cancel,
}

/// What the screen wants done.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Action {
    pub asks: Vec<Ask>,
}

impl Action {
    fn ask(ask: Ask) -> Self {
        Self { asks: vec![ask] }
    }
}

/// What is open beside the list.
#[derive(Debug, Clone, Default)]
enum Open {
    #[default]
    Nothing,
    Order(Box<Details>),
    Person(Box<Person>),
}

/// Aside from the ordinary way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Mode {
    #[default]
    Ordinary,
    /// Choosing why the card stays here.
    Withhold,
    /// Choosing or confirming the card that is lost.
    Lost,
    /// Choosing or confirming the card that was found.
    Found,
    /// Typing the card terminal's slip number.
    Pay,
    /// Confirming that what held the order is settled.
    Release,
    /// Typing why the order ends.
    Cancel,
    /// Scanning the number of a lost card whose owner is not in the copy.
    Block,
}

/// What the field is waiting for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Search,
    Document,
    OldCard,
    Card,
    Reason,
    ChooseCard,
    Confirm,
    Slip,
    Words,
    /// A photo is chosen or looked at.
    OwnPhoto,
    /// The number of a card to block.
    Block,
    /// Words about a conflict.
    Settle,
}

/// Something to be said above everything else.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Said {
    Trouble(Trouble),
    NothingFound(String),
    OtherCard,
    NotACard,
    NotTheOldCard,
    IdFirst,
    WithheldNoted,
    Blocked,
    Unblocked,
    TakenIn,
    Paid,
    Released,
    Undone,
    Ended,
    /// Not in the copy of this counter.
    NotCopied(String),
    BlockedAlone,
    TakenInAlone,
    Settled,
    PhotoTaken {
        /// A reviewer looks at it first.
        reviewed: bool,
    },
}

/// The last card that went over the counter.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Receipt {
    order: String,
    version: i64,
    number: String,
    name: String,
    /// Handed out from the copy: the server may have made another version of it since.
    alone: bool,
}

/// What a clerk wants, in the domain's words.
fn errand(want: Want) -> Errand {
    match want {
        Want::Withhold => Errand::Withhold,
        Want::ReportLost => Errand::Block,
        Want::ReportFound => Errand::Unblock,
        Want::Pay => Errand::Pay,
        Want::Release => Errand::Release,
        Want::Undo => Errand::TakeBack,
        Want::OwnPhoto => Errand::ReplacePhoto,
        Want::Cancel => Errand::Cancel,
    }
}

/// The desk's state.
#[derive(Debug, Default)]
pub struct Handover {
    place: String,
    documents: Vec<IdDocument>,
    /// Øre.
    price_lost: i64,
    /// Without it no photo can be taken in.
    judging: Option<Judging>,
    field: Line,
    query: String,
    found: Option<Found>,
    marked: usize,
    open: Open,
    mode: Mode,
    seen: Option<IdDocument>,
    /// The key with which the document was chosen: the first digit of a scan, if a scan it was.
    seen_by: Option<char>,
    /// A card that was scanned before the document was chosen.
    scanned: Option<card::Number>,
    photo: Option<Photo>,
    /// The photo of the open order cannot be shown.
    photo_failed: bool,
    own: Option<Own>,
    said: Option<Said>,
    last: Option<Receipt>,
    waiting: usize,
    /// The server is away: what waits for the network says so at once.
    cut_off: bool,
    /// The order whose hand-out is taken back once the server has said how it stands.
    taking_back: Option<String>,
    conflicts: Conflicts,
}

impl Handover {
    /// An empty desk at a place that takes these documents.
    pub fn new(place: String, documents: Vec<IdDocument>, price_lost: i64, judging: Judging) -> Self {
        Self { place, documents, price_lost, judging: Some(judging), ..Self::default() }
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Edited(edit) => return self.edited(edit),
            Message::Submitted => return self.submitted(),
            Message::Escaped => self.escaped(),
            Message::ConflictsWanted => return self.open_conflicts(),
            Message::ConflictPicked(row) => self.conflicts.pick(row),
            Message::Marked(by) if self.conflicts.looked_at().is_some() => self.conflicts.mark(by),
            Message::Marked(by) => {
                let last = self.rows().saturating_sub(1);
                self.marked = self.marked.saturating_add_signed(by as isize).min(last);
            }
            Message::Picked(row) => {
                self.marked = row;
                return self.open_marked();
            }
            Message::Turned(order) => return self.asked(Ask::Order(order)),
            Message::Seen(document) => return self.saw(document, None),
            Message::Wanted(want) => return self.wanted(want),
            Message::Withheld(reason) => {
                return self.moved(Wish::Withhold { reason: reason.code().to_owned() });
            }
            Message::Chose(card) => return self.chose(card),
            Message::Own(message) => return self.own(message),
        }
        Action::default()
    }

    /// What the field is waiting for now.
    pub fn step(&self) -> Step {
        if self.own.is_some() {
            return Step::OwnPhoto;
        }
        if self.conflicts.looked_at().is_some() {
            return Step::Settle;
        }
        match self.mode {
            Mode::Block => return Step::Block,
            Mode::Withhold => return Step::Reason,
            Mode::Lost | Mode::Found if self.choices().len() > 1 => return Step::ChooseCard,
            Mode::Lost | Mode::Found | Mode::Release => return Step::Confirm,
            Mode::Pay => return Step::Slip,
            Mode::Cancel => return Step::Words,
            Mode::Ordinary => {}
        }
        match self.order() {
            Some(order) if self.can_hand_out(order) => {
                if self.old_card().is_some() {
                    Step::OldCard
                } else if self.seen.is_none() {
                    Step::Document
                } else {
                    Step::Card
                }
            }
            _ => Step::Search,
        }
    }

    fn order(&self) -> Option<&Order> {
        self.details().map(|details| &details.order)
    }

    fn details(&self) -> Option<&Details> {
        match &self.open {
            Open::Order(details) => Some(details),
            Open::Nothing | Open::Person(_) => None,
        }
    }

    fn can_hand_out(&self, order: &Order) -> bool {
        Status::from_code(&order.status) == Some(Status::Ready) && order.place == self.place
    }

    /// The worn card that has to come in before the new one goes out.
    fn old_card(&self) -> Option<&Card> {
        let details = self.details()?;
        (details.order.reason == "worn").then_some(())?;
        details.cards.iter().find(|card| {
            card.status == card::Status::Active.code() && Some(&card.number) != details.order.card.as_ref()
        })
    }

    fn cards(&self) -> &[Card] {
        match &self.open {
            Open::Order(details) => &details.cards,
            Open::Person(person) => &person.cards,
            Open::Nothing => &[],
        }
    }

    /// The cards that the mode can be about.
    fn choices(&self) -> Vec<&Card> {
        let wanted = match self.mode {
            Mode::Found => card::Status::Blocked,
            _ => card::Status::Active,
        };
        self.cards().iter().filter(|card| card.status == wanted.code()).collect()
    }

    fn has_card(&self, status: card::Status) -> bool {
        self.cards().iter().any(|card| card.status == status.code())
    }

    fn rows(&self) -> usize {
        self.found.as_ref().map_or(0, |found| found.orders.len() + found.persons.len())
    }

    /// What can be wanted now, in the order of the keys.
    pub fn wants(&self) -> Vec<Want> {
        let mut wants = Vec::new();
        if self.mode != Mode::Ordinary || self.own.is_some() || self.conflicts.looked_at().is_some() {
            return wants;
        }
        let order = self.order();
        let status = order.and_then(|order| Status::from_code(&order.status));
        let open = status.is_some_and(Status::open);
        let due = order.is_some_and(|order| matches!(order.payment, Payment::Due { .. }));
        let possible = [
            (Want::Withhold, order.is_some_and(|order| self.can_hand_out(order))),
            (Want::ReportLost, self.has_card(card::Status::Active) || self.cut_off),
            (Want::ReportFound, self.has_card(card::Status::Blocked)),
            (Want::Pay, due && open),
            (Want::Release, status == Some(Status::NeedsPerson)),
            (Want::Undo, self.last.is_some()),
            (Want::OwnPhoto, self.judging.is_some() && Own::fits(status)),
            (Want::Cancel, open),
        ];
        wants.extend(possible.into_iter().filter_map(|(want, possible)| possible.then_some(want)));
        wants
    }

    fn wanted(&mut self, want: Want) -> Action {
        if !self.wants().contains(&want) {
            return Action::default();
        }
        self.said = None;
        self.field.clear();
        if self.cut_off
            && let Err(needs) = errand(want).alone()
        {
            self.said = Some(Said::Trouble(Trouble::Needs(needs)));
            return Action::default();
        }
        self.mode = match want {
            Want::ReportLost if !self.has_card(card::Status::Active) => Mode::Block,
            Want::Withhold => Mode::Withhold,
            Want::ReportLost => Mode::Lost,
            Want::ReportFound => Mode::Found,
            Want::Pay => Mode::Pay,
            Want::Release => Mode::Release,
            Want::Cancel => Mode::Cancel,
            Want::OwnPhoto => return self.begin_own(),
            Want::Undo => {
                let Some(last) = self.last.clone() else { return Action::default() };
                if last.alone && !self.cut_off {
                    self.taking_back = Some(last.order.clone());
                    return self.asked(Ask::Order(last.order));
                }
                return self.asked(Ask::Move {
                    order: last.order,
                    version: last.version,
                    wish: Wish::UndoHandOut,
                });
            }
        };
        Action::default()
    }

    /// The server is away, or back.
    pub fn cut_off(&mut self, cut_off: bool) {
        self.cut_off = cut_off;
        if !cut_off && self.mode == Mode::Block {
            self.mode = Mode::Ordinary;
        }
    }

    /// Opens the dialog, and loads the judge meanwhile.
    fn begin_own(&mut self) -> Action {
        match self.judging.as_ref().map(Own::start) {
            Some(Ok(own)) => {
                self.own = Some(own);
                Action::ask(Ask::PickPhoto)
            }
            Some(Err(error)) => {
                tracing::error!(%error, "the judge's thread cannot be started");
                self.said = Some(Said::Trouble(Trouble::Unexpected));
                Action::default()
            }
            None => Action::default(),
        }
    }

    fn own(&mut self, message: own::Message) -> Action {
        let Some(own) = &mut self.own else { return Action::default() };
        match message {
            own::Message::EyeTold => own.hear(),
            own::Message::BackPressed => self.escaped(),
            own::Message::AnotherWanted if own.choose() => {
                self.said = None;
                return Action::ask(Ask::PickPhoto);
            }
            own::Message::AnotherWanted => {}
            own::Message::UsePressed => {
                let photo = own.send();
                if let (Some(photo), Some(order)) = (photo, self.order()) {
                    let (order, version) = (order.id.clone(), order.version);
                    return self.asked(Ask::ReplacePhoto { order, version, photo });
                }
            }
        }
        Action::default()
    }

    /// Tells of the judge's work while a photo is taken in.
    pub fn subscription(&self) -> iced::Subscription<Message> {
        self.own.as_ref().map_or_else(iced::Subscription::none, |own| own.subscription().map(Message::Own))
    }

    fn chose(&mut self, card: String) -> Action {
        let what = if self.mode == Mode::Found { ReportKind::Found } else { ReportKind::Lost };
        self.asked(Ask::Report { card, what })
    }

    fn moved(&mut self, wish: Wish) -> Action {
        let Some(order) = self.order() else { return Action::default() };
        let ask = Ask::Move { order: order.id.clone(), version: order.version, wish };
        self.asked(ask)
    }

    fn open_marked(&mut self) -> Action {
        let Some(found) = &self.found else { return Action::default() };
        let ask = match found.orders.get(self.marked) {
            Some(order) => Some(Ask::Order(order.id.clone())),
            None => {
                let person = found.persons.get(self.marked - found.orders.len().min(self.marked));
                person.map(|person| Ask::Person(person.user_name.clone()))
            }
        };
        ask.map_or_else(Action::default, |ask| self.asked(ask))
    }

    fn asked(&mut self, ask: Ask) -> Action {
        self.waiting += 1;
        self.said = None;
        Action::ask(ask)
    }

    fn escaped(&mut self) {
        if !self.field.is_empty() {
            self.field.clear();
        } else if self.own.is_some() {
            self.own = None;
        } else if self.conflicts.looked_at().is_some() {
            self.conflicts.close();
        } else if self.mode != Mode::Ordinary {
            self.mode = Mode::Ordinary;
        } else if self.seen.is_some() || self.scanned.is_some() {
            (self.seen, self.seen_by, self.scanned) = (None, None, None);
        } else if !matches!(self.open, Open::Nothing) {
            self.close();
        } else {
            self.found = None;
        }
        self.said = None;
    }

    /// Puts the open order or person away.
    fn close(&mut self) {
        self.open = Open::Nothing;
        self.mode = Mode::Ordinary;
        (self.seen, self.seen_by, self.scanned, self.photo) = (None, None, None, None);
        (self.own, self.photo_failed) = (None, false);
    }
}
