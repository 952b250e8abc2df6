//! What is typed or scanned into the one field, by the step that it meets.

use super::scan::{self, Scan};
use super::{Action, Handover, Message, Mode, Said, Step, own};
use crate::desktop::counter::office::Ask;
use crate::desktop::widget::Edit;
use crate::domain::card::{self, IdDocument, Withheld};
use crate::sync::answer::card::ReportKind;
use crate::sync::answer::order::Wish;

impl Handover {
    pub(super) fn edited(&mut self, edit: Edit) -> Action {
        if let (Edit::Insert(key), true) = (edit, self.field.is_empty()) {
            let chosen = key.to_digit(10).and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1));
            match (self.step(), chosen) {
                (Step::Document, Some(at)) => {
                    if let Some(document) = self.documents.get(at).copied() {
                        return self.saw(document, Some(key));
                    }
                }
                (Step::Reason, Some(at)) => {
                    if let Some(reason) = Withheld::ALL.get(at).copied() {
                        return self.update(Message::Withheld(reason));
                    }
                    return Action::default();
                }
                (Step::ChooseCard, Some(at)) => {
                    let card = self.choices().get(at).map(|card| card.number.clone());
                    return card.map_or_else(Action::default, |card| self.chose(card));
                }
                (Step::Reason | Step::ChooseCard, _) => return Action::default(),
                _ => {}
            }
        }
        self.field.apply(edit);
        Action::default()
    }

    pub(super) fn saw(&mut self, document: IdDocument, key: Option<char>) -> Action {
        self.seen = Some(document);
        self.seen_by = key;
        self.said = None;
        match self.scanned.take() {
            Some(card) => self.hand_out(card),
            None => Action::default(),
        }
    }

    pub(super) fn submitted(&mut self) -> Action {
        let text = self.field.text();
        let text = text.trim();
        let action = match self.step() {
            Step::Search => self.searched(text),
            Step::Document | Step::Card => self.card_scanned(text),
            Step::OldCard => self.old_card_scanned(text),
            Step::Slip if text.is_empty() => Action::default(),
            Step::Slip => self.moved(Wish::Pay { slip: text.to_owned() }),
            Step::Words if text.is_empty() => Action::default(),
            Step::Words => self.moved(Wish::Cancel { words: text.to_owned() }),
            // a scan that comes now confirms nothing
            Step::Confirm if !text.is_empty() => self.searched(text),
            Step::Confirm if self.mode == Mode::Release => self.moved(Wish::Release),
            Step::Confirm => {
                let only = self.choices().first().map(|card| card.number.clone());
                only.map_or_else(Action::default, |card| self.chose(card))
            }
            Step::Settle => self.settle(text),
            Step::Block => self.block_scanned(text),
            Step::OwnPhoto if text.is_empty() => self.own(own::Message::UsePressed),
            Step::OwnPhoto => self.searched(text),
            Step::Reason | Step::ChooseCard => Action::default(),
        };
        self.field.clear();
        action
    }

    /// The number of a lost card whose owner is not in the copy.
    fn block_scanned(&mut self, text: &str) -> Action {
        match scan::read(text) {
            Scan::Card(card) => self.asked(Ask::Report { card: card.to_string(), what: ReportKind::Lost }),
            Scan::MisreadCard | Scan::Order(_) | Scan::Words => {
                self.said = Some(Said::NotACard);
                Action::default()
            }
        }
    }

    pub(super) fn searched(&mut self, text: &str) -> Action {
        if text.is_empty() {
            return self.open_marked();
        }
        self.query = scan::query(text);
        self.close();
        self.found = None;
        self.marked = 0;
        self.asked(Ask::Find(self.query.clone()))
    }

    fn card_scanned(&mut self, text: &str) -> Action {
        if text.is_empty() {
            return Action::default();
        }
        // the first digit of a card's number may have been taken for the choice of a document
        let whole = self.seen_by.map(|key| format!("{key}{text}"));
        let mistaken = whole.and_then(|whole| match scan::read(&whole) {
            Scan::Card(card) => Some(card),
            _ => None,
        });
        match (scan::read(text), mistaken) {
            (Scan::Card(card), _) if self.seen.is_some() => self.hand_out(card),
            (Scan::Card(card), _) => {
                self.scanned = Some(card);
                self.said = Some(Said::IdFirst);
                Action::default()
            }
            (_, Some(card)) => {
                (self.seen, self.seen_by, self.scanned) = (None, None, Some(card));
                self.said = Some(Said::IdFirst);
                Action::default()
            }
            (Scan::MisreadCard, _) => {
                self.said = Some(Said::NotACard);
                Action::default()
            }
            (Scan::Order(_) | Scan::Words, _) => self.searched(text),
        }
    }

    fn hand_out(&mut self, card: card::Number) -> Action {
        let fits = self.order().and_then(|order| order.card.as_deref()) == Some(card.to_string().as_str());
        match self.seen {
            Some(document) if fits => {
                self.moved(Wish::HandOut { document: document.code().to_owned(), scanned: card.to_string() })
            }
            _ => {
                self.said = Some(Said::OtherCard);
                Action::default()
            }
        }
    }

    fn old_card_scanned(&mut self, text: &str) -> Action {
        match scan::read(text) {
            Scan::Card(card) if self.old_card().is_some_and(|old| old.number == card.to_string()) => {
                self.asked(Ask::Report { card: card.to_string(), what: ReportKind::TakenIn })
            }
            Scan::Card(_) | Scan::MisreadCard => {
                self.said = Some(Said::NotTheOldCard);
                Action::default()
            }
            Scan::Order(_) | Scan::Words => self.searched(text),
        }
    }
}
