//! The production desk: a batch of everything that can be printed, then card by card from the printer into the tray.
//!
//! The same field takes all: a card that is scanned for the first time is printed, and then put into the slot that is
//! suggested with Enter.

mod slot;
mod view;

use std::path::PathBuf;

use crate::desktop::widget::{Edit, Line};
use crate::domain::card;
use crate::domain::order::Status;
use crate::sync::answer::order::{Order, Payment, Wish};
use crate::sync::answer::production::{Batch, Item};

use super::office::{Answer, Ask};
use super::trouble::Trouble;

/// What happened at the desk.
#[derive(Debug, Clone)]
pub enum Message {
    Edited(Edit),
    Submitted,
    Escaped,
    /// The mark in the batch's list, up or down.
    Marked(i32),
    Picked(usize),
    /// Another batch, by its place among the newest.
    BatchPicked(usize),
    /// The next or the previous batch.
    BatchMarked(i32),
    BatchWanted,
    PdfWanted,
    /// The file that was saved last is to be shown.
    OpenWanted,
    AlignmentWanted,
    MisprintWanted,
    Reloaded,
}

/// What the field is waiting for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Step {
    /// A card from the printer.
    #[default]
    Scan,
    /// Where the card of this order is put.
    Slot { order: String },
    /// What went wrong with the card of this order.
    Misprint { order: String },
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Said {
    Trouble(Trouble),
    Made(usize),
    NothingToPrint,
    Saved(PathBuf),
    Unknown,
    Dead,
    NotACard,
    Already(String),
    Shelved { name: String, slot: String },
    Misprinted(String),
    TrayFull,
}

/// The desk's state.
#[derive(Debug, Default)]
pub struct Production {
    /// Approved orders, paid or not.
    approved: Vec<Order>,
    /// What lies in the trays.
    ready: Vec<Order>,
    batches: Vec<Batch>,
    batch: usize,
    marked: usize,
    field: Line,
    step: Step,
    said: Option<Said>,
    /// The file that was saved last.
    saved: Option<PathBuf>,
    waiting: usize,
    read: bool,
}

impl Production {
    /// Reads everything.
    pub fn open(&mut self) -> Vec<Ask> {
        let list = |status| Ask::List { status, place: None };
        self.asked(vec![list(Status::Approved), list(Status::Ready), Ask::Batches])
    }

    pub fn step(&self) -> &Step {
        &self.step
    }

    fn batch(&self) -> Option<&Batch> {
        self.batches.get(self.batch)
    }

    fn marked(&self) -> Option<&Item> {
        self.batch().and_then(|batch| batch.items.get(self.marked))
    }

    /// Approved orders that production may begin with.
    fn printable(&self) -> impl Iterator<Item = &Order> {
        self.approved.iter().filter(|order| !matches!(order.payment, Payment::Due { .. }))
    }

    fn unpaid(&self) -> impl Iterator<Item = &Order> {
        self.approved.iter().filter(|order| matches!(order.payment, Payment::Due { .. }))
    }

    pub fn update(&mut self, message: Message) -> Vec<Ask> {
        match message {
            Message::Edited(edit) => self.field.apply(edit),
            Message::Submitted => return self.submitted(),
            Message::Escaped => {
                self.field.clear();
                self.step = Step::Scan;
                self.said = None;
            }
            Message::Marked(by) => {
                let last = self.batch().map_or(0, |batch| batch.items.len()).saturating_sub(1);
                self.marked = self.marked.saturating_add_signed(by as isize).min(last);
            }
            Message::Picked(at) => self.marked = at,
            Message::BatchPicked(at) => self.turn_to(at),
            Message::BatchMarked(by) => {
                let last = self.batches.len().saturating_sub(1);
                self.turn_to(self.batch.saturating_add_signed(by as isize).min(last));
            }
            Message::BatchWanted if self.printable().next().is_none() => {
                self.said = Some(Said::NothingToPrint)
            }
            Message::BatchWanted => return self.asked(vec![Ask::MakeBatch { place: None }]),
            Message::PdfWanted => {
                if let Some(batch) = self.batch() {
                    let ask = Ask::SaveBatch(batch.id.clone());
                    return self.asked(vec![ask]);
                }
            }
            Message::OpenWanted => {
                if let Some(path) = self.saved.clone() {
                    return self.asked(vec![Ask::OpenFile(path)]);
                }
            }
            Message::AlignmentWanted => return self.asked(vec![Ask::SaveAlignment]),
            Message::MisprintWanted => {
                if let Some(item) = self.marked().filter(|item| !item.dead && may_misprint(&item.order)) {
                    self.step = Step::Misprint { order: item.order.id.clone() };
                    self.field.clear();
                    self.said = None;
                }
            }
            Message::Reloaded => return self.open(),
        }
        Vec::new()
    }

    fn asked(&mut self, asks: Vec<Ask>) -> Vec<Ask> {
        self.waiting += asks.len();
        self.said = None;
        asks
    }

    fn turn_to(&mut self, batch: usize) {
        (self.batch, self.marked) = (batch, 0);
    }

    fn submitted(&mut self) -> Vec<Ask> {
        let text = self.field.text();
        let text = text.trim();
        let asks = match self.step.clone() {
            Step::Scan if text.is_empty() => match self.marked().filter(|item| !item.dead) {
                Some(item) => {
                    let order = item.order.clone();
                    self.forward(&order)
                }
                None => Vec::new(),
            },
            Step::Scan => self.scanned(text),
            Step::Slot { .. } | Step::Misprint { .. } if text.is_empty() => return Vec::new(),
            Step::Slot { order } => self.moved(&order, Wish::Shelve { slot: text.to_uppercase() }),
            Step::Misprint { order } => self.moved(&order, Wish::Misprint { words: text.to_owned() }),
        };
        // the suggested slot, which `forward` has put there, stays
        if !matches!(self.step, Step::Slot { .. }) {
            self.field.clear();
        }
        asks
    }

    fn scanned(&mut self, text: &str) -> Vec<Ask> {
        let Ok(number) = text.parse::<card::Number>() else {
            self.said = Some(Said::NotACard);
            return Vec::new();
        };
        let number = number.to_string();
        let place = self.batches.iter().enumerate().find_map(|(batch, items)| {
            items.items.iter().position(|item| item.card == number).map(|at| (batch, at))
        });
        let Some((batch, at)) = place else {
            self.said = Some(Said::Unknown);
            return Vec::new();
        };
        (self.batch, self.marked) = (batch, at);
        match self.marked() {
            Some(item) if item.dead => {
                self.said = Some(Said::Dead);
                Vec::new()
            }
            Some(item) => {
                let order = item.order.clone();
                self.forward(&order)
            }
            None => Vec::new(),
        }
    }

    /// The next step of a card: out of the printer, then into the tray.
    fn forward(&mut self, order: &Order) -> Vec<Ask> {
        match Status::from_code(&order.status) {
            Some(Status::InProduction) => self.moved(&order.id, Wish::Print),
            Some(Status::Printed) => {
                self.suggest(order);
                Vec::new()
            }
            _ => {
                self.said = Some(Said::Already(order.slot.clone().unwrap_or_default()));
                Vec::new()
            }
        }
    }

    /// Offers the next free slot of the order's place.
    fn suggest(&mut self, order: &Order) {
        let taken = self.ready.iter().filter(|other| other.place == order.place);
        let slot = slot::next_free(taken.filter_map(|other| other.slot.as_deref()));
        self.said = slot.is_none().then_some(Said::TrayFull);
        self.field = slot.as_deref().unwrap_or_default().into();
        self.step = Step::Slot { order: order.id.clone() };
    }

    fn moved(&mut self, order: &str, wish: Wish) -> Vec<Ask> {
        let found = self
            .batches
            .iter()
            .flat_map(|batch| &batch.items)
            .find(|item| item.order.id == order && !item.dead);
        let Some(version) = found.map(|item| item.order.version) else { return Vec::new() };
        self.asked(vec![Ask::Move { order: order.to_owned(), version, wish }])
    }

    pub fn answered(&mut self, ask: &Ask, result: Result<Answer, Trouble>) -> Vec<Ask> {
        self.waiting = self.waiting.saturating_sub(1);
        match (ask, result) {
            (Ask::List { .. }, Ok(Answer::List { status: Status::Approved, orders })) => {
                self.approved = orders;
                self.read = true;
            }
            (Ask::List { .. }, Ok(Answer::List { status: Status::Ready, orders })) => self.ready = orders,
            (Ask::Batches, Ok(Answer::Batches(batches))) => self.take_batches(batches),
            (Ask::MakeBatch { .. }, Ok(Answer::Batch(batch))) => {
                let (id, count) = (batch.id.clone(), batch.items.len());
                self.turn_to(0);
                self.batches.retain(|other| other.id != id);
                self.batches.insert(0, batch);
                let mut asks = self.open();
                asks.extend(self.asked(vec![Ask::SaveBatch(id)]));
                self.said = Some(Said::Made(count));
                return asks;
            }
            (Ask::SaveBatch(_) | Ask::SaveAlignment, Ok(Answer::Saved(path))) => {
                if let Some(path) = path {
                    self.saved = Some(path.clone());
                    self.said = Some(Said::Saved(path));
                }
            }
            (Ask::Move { wish, .. }, Ok(Answer::Details(details))) => {
                return self.after(&wish.clone(), &details.order);
            }
            (_, Err(trouble)) => {
                let asks = if trouble.outdated() { self.open() } else { Vec::new() };
                self.said = Some(Said::Trouble(trouble));
                return asks;
            }
            (_, Ok(_)) => {}
        }
        Vec::new()
    }

    /// The marked batch stays the marked one, wherever it is now.
    fn take_batches(&mut self, batches: Vec<Batch>) {
        let now = self.batch().map(|batch| batch.id.clone());
        self.batches = batches;
        let at = self.batches.iter().position(|batch| Some(&batch.id) == now.as_ref());
        match at {
            Some(at) => self.batch = at,
            None => self.turn_to(0),
        }
    }

    fn after(&mut self, wish: &Wish, order: &Order) -> Vec<Ask> {
        for item in self
            .batches
            .iter_mut()
            .flat_map(|batch| &mut batch.items)
            .filter(|item| item.order.id == order.id)
        {
            item.dead |= matches!(wish, Wish::Misprint { .. });
            item.order = order.clone();
        }
        match wish {
            Wish::Print => self.suggest(order),
            Wish::Shelve { slot } => {
                self.ready.push(order.clone());
                self.step = Step::Scan;
                self.field.clear();
                self.said = Some(Said::Shelved { name: order.name.clone(), slot: slot.clone() });
                let last = self.batch().map_or(0, |batch| batch.items.len()).saturating_sub(1);
                self.marked = (self.marked + 1).min(last);
            }
            _ => {
                self.step = Step::Scan;
                self.field.clear();
                let asks = self.open();
                self.said = Some(Said::Misprinted(order.name.clone()));
                return asks;
            }
        }
        Vec::new()
    }
}

fn may_misprint(order: &Order) -> bool {
    matches!(Status::from_code(&order.status), Some(Status::InProduction | Status::Printed | Status::Ready))
}
