//! What the handover desk makes of the server's answers.

use super::own::Own;
use super::{Action, Handover, Mode, Open, PHOTO, Receipt, Said};
use crate::desktop::counter::office::{Answer, Ask};
use crate::desktop::counter::trouble::Trouble;
use crate::domain::order::Status;
use crate::sync::answer::card::ReportKind;
use crate::sync::answer::order::{Details, Found, Wish};

impl Handover {
    /// Takes an answer. One that belongs to something that is no longer open changes nothing.
    pub fn answered(&mut self, ask: &Ask, result: Result<Answer, Trouble>) -> Action {
        if !matches!(ask, Ask::Photo { .. } | Ask::PickPhoto | Ask::Conflicts) {
            self.waiting = self.waiting.saturating_sub(1);
        }
        let (alone, result) = match result {
            Ok(Answer::Alone(answer)) => (true, Ok(*answer)),
            result => (false, result),
        };
        match (ask, result) {
            (Ask::Find(query), Ok(Answer::Found(found)))
                if alone && *query == self.query && found.orders.is_empty() =>
            {
                self.said = Some(Said::NotCopied(query.clone()));
                Action::default()
            }
            (Ask::Conflicts, Ok(Answer::Conflicts(list))) => self.take_conflicts(list),
            // asked again before long
            (Ask::Conflicts, _) => Action::default(),
            (Ask::Settle { .. }, Ok(Answer::Settled)) => self.settled(),
            (Ask::Report { what, .. }, Ok(Answer::CardAlone)) => {
                self.mode = Mode::Ordinary;
                let again = self.again();
                let taken_in = *what == ReportKind::TakenIn;
                self.said = Some(if taken_in { Said::TakenInAlone } else { Said::BlockedAlone });
                again
            }
            (Ask::Find(query), Ok(Answer::Found(found))) if *query == self.query => self.take_found(found),
            (Ask::Order(_), Ok(Answer::Details(details)))
                if self.taking_back.take_if(|order| *order == details.order.id).is_some() =>
            {
                let (order, version) = (details.order.id, details.order.version);
                self.asked(Ask::Move { order, version, wish: Wish::UndoHandOut })
            }
            (Ask::Order(_), Ok(Answer::Details(details))) => self.take_details(details),
            (Ask::Move { wish, .. }, Ok(Answer::Details(details))) => {
                self.after(&wish.clone(), details, alone)
            }
            (Ask::Person(_), Ok(Answer::Person(person))) => {
                self.close();
                self.open = Open::Person(person);
                Action::default()
            }
            (Ask::Photo { sha256, .. }, Ok(Answer::Photo(photo))) => {
                if self.order().is_some_and(|order| order.photo.sha256 == *sha256) {
                    self.photo = Some(photo);
                }
                Action::default()
            }
            (Ask::PickPhoto, Ok(Answer::Picked(path))) => {
                if self.own.as_mut().is_some_and(|own| !own.picked(path)) {
                    self.own = None;
                }
                Action::default()
            }
            (Ask::ReplacePhoto { .. }, Ok(Answer::Details(details))) => {
                self.own = None;
                let reviewed = Status::from_code(&details.order.status) == Some(Status::Review);
                let action = self.take_details(details);
                self.said = Some(Said::PhotoTaken { reviewed });
                action
            }
            (Ask::Report { what, .. }, Ok(Answer::Card(_))) => {
                self.mode = Mode::Ordinary;
                let again = self.again();
                self.said = Some(match what {
                    ReportKind::Lost => Said::Blocked,
                    ReportKind::Found => Said::Unblocked,
                    ReportKind::TakenIn => Said::TakenIn,
                });
                again
            }
            // the order is there all the same: said where its photo would be
            (Ask::Photo { sha256, .. }, Err(Trouble::PhotoUnreadable | Trouble::Refused { .. })) => {
                self.photo_failed |= self.order().is_some_and(|order| order.photo.sha256 == *sha256);
                Action::default()
            }
            (Ask::PickPhoto, Err(trouble)) => {
                if self.own.as_mut().is_some_and(|own| !own.picked(None)) {
                    self.own = None;
                }
                self.said = Some(Said::Trouble(trouble));
                Action::default()
            }
            (_, Err(trouble)) => {
                if let (Ask::ReplacePhoto { .. }, Some(own)) = (ask, &mut self.own) {
                    own.failed();
                }
                let again = match ask {
                    // somebody else settled it
                    Ask::Settle { .. } => Action::ask(Ask::Conflicts),
                    _ if trouble.outdated() => self.again(),
                    _ => Action::default(),
                };
                self.said = Some(Said::Trouble(trouble));
                again
            }
            (_, Ok(_)) => Action::default(),
        }
    }

    /// Reads what is open once more.
    fn again(&mut self) -> Action {
        let ask = match &self.open {
            Open::Order(details) => Ask::Order(details.order.id.clone()),
            Open::Person(person) => Ask::Person(person.user_name.clone()),
            Open::Nothing => return Action::default(),
        };
        self.waiting += 1;
        Action::ask(ask)
    }

    fn take_found(&mut self, found: Found) -> Action {
        let (orders, persons) = (found.orders.len(), found.persons.len());
        if orders + persons == 0 {
            self.said = Some(Said::NothingFound(self.query.clone()));
        }
        // the order that is open counts before those that are over
        let open: Vec<usize> = (0..orders)
            .filter(|&at| {
                let status = found.orders.get(at).and_then(|order| Status::from_code(&order.status));
                status.is_some_and(Status::open)
            })
            .collect();
        self.marked = open.first().copied().unwrap_or(0);
        self.found = Some(found);
        if orders + persons == 1 { self.open_marked() } else { Action::default() }
    }

    fn take_details(&mut self, details: Box<Details>) -> Action {
        let same = self.order().is_some_and(|order| order.id == details.order.id);
        if !same {
            self.close();
        }
        let sha256 = details.order.photo.sha256.clone();
        let shown = self.photo.as_ref().is_some_and(|photo| photo.sha256 == sha256);
        if !Own::fits(Status::from_code(&details.order.status)) {
            self.own = None;
        }
        self.open = Open::Order(details);
        if shown {
            return Action::default();
        }
        (self.photo, self.photo_failed) = (None, false);
        Action::ask(Ask::Photo { sha256, height: PHOTO })
    }

    fn after(&mut self, wish: &Wish, details: Box<Details>, alone: bool) -> Action {
        self.mode = Mode::Ordinary;
        let said = match wish {
            Wish::HandOut { .. } => {
                let order = &details.order;
                self.last = Some(Receipt {
                    order: order.id.clone(),
                    version: order.version,
                    number: order.number.clone(),
                    name: order.name.clone(),
                    alone,
                });
                self.close();
                self.found = None;
                return Action::default();
            }
            Wish::UndoHandOut => {
                self.last = None;
                Said::Undone
            }
            Wish::Withhold { .. } => Said::WithheldNoted,
            Wish::Pay { .. } => Said::Paid,
            Wish::Release => Said::Released,
            _ => Said::Ended,
        };
        let action = self.take_details(details);
        self.said = Some(said);
        action
    }
}
