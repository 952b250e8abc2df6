//! A register of a few people, and the answers that a server would give about them.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use iced::widget::image::Handle;
use jiff::civil::{Weekday, time};
use kortautomat::desktop::counter::Trouble;
use kortautomat::desktop::counter::office::{Answer, Ask, Photo};
use kortautomat::domain::card::{self, IdDocument};
use kortautomat::domain::number::Number;
use kortautomat::domain::order::Status;
use kortautomat::domain::person::search_form;
use kortautomat::domain::place::{self, Hours, Localized, Place};
use kortautomat::sync::answer::card::{Card, ReportKind};
use kortautomat::sync::answer::order::{
    self, Details, Event, Finding, Found, Limit, Order, Payment, Refusal, Wish,
};
use kortautomat::sync::answer::production::{Batch, Item};
use kortautomat::sync::answer::replica::Conflict;
use kortautomat::sync::answer::{Person, Problem, ProblemCode};

/// See the module.
pub struct Register {
    pub orders: Vec<Order>,
    pub persons: Vec<Person>,
    pub cards: BTreeMap<String, Card>,
    pub batches: Vec<Batch>,
    pub conflicts: Vec<Conflict>,
    /// The server is away.
    pub alone: bool,
    /// Every wish that changed something, in turn.
    pub done: Vec<Ask>,
}

/// A name that goes to the end of every line.
pub const LONG_NAME: &str = "Wilhelmine Sofie Amundsen-Kjærstad af Trampe";

/// 22 November 2026, a quarter past ten in Oslo.
pub const NOW: i64 = 1_795_338_900_000_000;

pub fn places() -> Vec<Place> {
    [("gjovik", "Gjøvik"), ("dragvoll", "Trondheim Dragvoll")]
        .into_iter()
        .map(|(id, name)| Place {
            id: place::Id::new(id).unwrap(),
            name: Localized { nb: name.into(), nn: name.into(), en: name.into() },
            address: "Teknologivegen 22".into(),
            directions: Localized::default(),
            hours: vec![Hours { day: Weekday::Monday, from: time(9, 0, 0, 0), to: time(15, 0, 0, 0) }],
            closed: BTreeSet::new(),
            documents: IdDocument::ALL.to_vec(),
            position: None,
        })
        .collect()
}

/// The card number of a serial.
pub fn card(serial: u64) -> String {
    card::Number::with_check(serial).unwrap().to_string()
}

/// The order number of a sample.
pub fn number(at: u32) -> String {
    Number::new("K1".parse().unwrap(), at.wrapping_mul(0x9E37_79B1)).as_str().to_owned()
}

fn order(at: u32, user_name: &str, name: &str, status: &str) -> Order {
    Order {
        id: uuid::Uuid::from_u128(u128::from(at)).to_string(),
        number: number(at),
        user_name: user_name.into(),
        name: name.into(),
        status: status.into(),
        identity: "proven".into(),
        reason: "new".into(),
        place: "gjovik".into(),
        promised: Some("2026-11-24".into()),
        received_at: NOW - 86_400_000_000,
        payment: Payment::Free,
        photo: order::Photo {
            sha256: format!("{at:064x}"),
            verdict: "accept".into(),
            policy: "university".into(),
            findings: Vec::new(),
            insisted: false,
            report: None,
            signed_by: None,
        },
        card: None,
        slot: None,
        refusal: None,
        pin_delivered: true,
        language: "en".into(),
        version: 3,
    }
}

fn finding(rule: &str, weight: &str, measured: f32, limit: Limit, region: [f32; 4]) -> Finding {
    Finding { rule: rule.into(), weight: weight.into(), measured, limit, region: Some(region) }
}

fn person(user_name: &str, name: &str, registered: bool, fee_paid: bool, cards: Vec<Card>) -> Person {
    Person {
        user_name: user_name.into(),
        name: name.into(),
        legal_name: name.into(),
        student_number: "512 345".into(),
        registered,
        fee_paid,
        valid_to: "2027-01-31".into(),
        cards,
        orders: Vec::new(),
    }
}

fn active(serial: u64, owner: &str) -> Card {
    Card {
        number: card(serial),
        owner: owner.into(),
        status: "active".into(),
        valid_from: "2026-07-01".into(),
        valid_to: "2027-01-31".into(),
        produced_at: Some(NOW),
    }
}

impl Register {
    pub fn sample() -> Self {
        let ready = |mut order: Order, serial: u64, slot: &str| {
            order.card = Some(card(serial));
            order.slot = Some(slot.into());
            order
        };
        let kari = ready(order(1, "karin", "Kari Nordmann", "ready"), 4711, "A07");
        let mut oyvind = ready(order(2, "oyvindo", "Øyvind Ødegård", "ready"), 4712, "A08");
        oyvind.reason = "worn".into();
        let mut elsewhere = ready(order(3, "mariann", "Maria Ann Nordby", "ready"), 4713, "B01");
        elsewhere.place = "dragvoll".into();
        let mut unpaid = order(4, "norali", "Nora Lie", "approved");
        unpaid.reason = "lost".into();
        unpaid.payment = Payment::Due { amount: 15_000 };
        let mut held = order(5, "olan", "Ola Nordheim", "needs_person");
        held.identity = "unproven".into();
        let mut refused = order(6, "astrid", "Astrid Nordli", "photo_refused");
        refused.refusal =
            Some(Refusal { rule: Some("mouth_closed".into()), words: "The mouth is open.".into() });
        let mut open_mouth = order(7, "wei", "Wei Chen", "review");
        open_mouth.photo.insisted = true;
        open_mouth.photo.signed_by =
            Some(kortautomat::sync::answer::SignedBy { terminal: "K1".into(), program: "0.1.0".into() });
        open_mouth.language = "nn".into();
        open_mouth.photo.findings = vec![
            finding("mouth_closed", "hard", 0.081, Limit::AtMost(0.06), [0.36, 0.62, 0.28, 0.10]),
            finding("background_plain", "soft", 171.0, Limit::AtMost(140.0), [0.0, 0.05, 0.22, 0.5]),
        ];
        let mut turned = order(8, "fatima", "Fatima Al-Rashid", "review");
        turned.photo.findings =
            vec![finding("yaw", "soft", 9.4, Limit::Between(-8.0, 8.0), [0.2, 0.2, 0.6, 0.6])];
        let approved = [
            order(9, "josen", "José María Núñez", "approved"),
            order(10, "ingrid", "Ingrid Solberg", "approved"),
            order(11, "ahmed", "أحمد خليل", "approved"),
        ];
        let mut printed = order(12, "sverre", "Sverre Aune", "in_production");
        printed.card = Some(card(4720));
        let mut second = order(13, "tuva", LONG_NAME, "in_production");
        second.card = Some(card(4721));
        let item = |page, order: &Order| Item {
            page,
            card: order.card.clone().unwrap(),
            dead: false,
            order: order.clone(),
        };
        let batches = vec![Batch {
            id: uuid::Uuid::from_u128(99).to_string(),
            created_at: NOW,
            created_by: "liv".into(),
            items: vec![item(1, &printed), item(2, &second), item(3, &kari)],
        }];
        let mut orders =
            vec![kari, oyvind, elsewhere, unpaid, held, refused, open_mouth, turned, printed, second];
        let mut long = ready(order(14, "wilhelmsak", LONG_NAME, "ready"), 4714, "C12");
        long.identity = "unproven".into();
        orders.push(long);
        orders.extend(approved);
        let cards =
            [active(4711, "karin"), active(4712, "oyvindo"), active(1200, "oyvindo"), active(1300, "lars")];
        Self {
            orders,
            persons: vec![
                person("lars", "Lars Berg", true, true, Vec::new()),
                person("emma", "Emma Dahl", true, false, Vec::new()),
                person("noor", "Noor Hassan", true, true, Vec::new()),
            ],
            cards: cards.into_iter().map(|card| (card.number.clone(), card)).collect(),
            batches,
            conflicts: Vec::new(),
            alone: false,
            done: Vec::new(),
        }
    }

    /// The order of somebody.
    pub fn of(&self, user_name: &str) -> &Order {
        self.orders.iter().find(|order| order.user_name == user_name).unwrap()
    }

    /// The answer to a wish, from the copy where the server is away.
    pub fn answer(&mut self, ask: &Ask) -> Result<Answer, Trouble> {
        let answer = self.with_server(ask)?;
        Ok(match answer {
            answer if !self.alone => answer,
            Answer::Card(_) => Answer::CardAlone,
            Answer::Details(mut details) => {
                details.history.clear();
                Answer::Alone(Box::new(Answer::Details(details)))
            }
            answer => Answer::Alone(Box::new(answer)),
        })
    }

    fn with_server(&mut self, ask: &Ask) -> Result<Answer, Trouble> {
        Ok(match ask {
            Ask::Find(query) => Answer::Found(self.find(query)),
            Ask::List { status, place } => Answer::List {
                status: *status,
                orders: self
                    .orders
                    .iter()
                    .filter(|order| order.status == status.code())
                    .filter(|order| place.as_ref().is_none_or(|place| *place == order.place))
                    .cloned()
                    .collect(),
            },
            Ask::Order(id) => Answer::Details(Box::new(self.details(id)?)),
            Ask::Person(user_name) => {
                let mut person = self.persons.iter().find(|person| person.user_name == *user_name).cloned();
                if let Some(person) = &mut person {
                    person.cards = self.cards_of(user_name);
                }
                Answer::Person(Box::new(person.ok_or_else(|| refused(ProblemCode::NotFound))?))
            }
            Ask::Photo { sha256, height } => Answer::Photo(photo(sha256, *height)),
            Ask::Move { order, version, wish } => {
                self.done.push(ask.clone());
                self.change(order, *version, wish)?;
                Answer::Details(Box::new(self.details(order)?))
            }
            Ask::ReplacePhoto { order, version, photo } => {
                self.done.push(ask.clone());
                self.change(order, *version, &Wish::ReplacePhoto { photo: photo.told(None) })?;
                Answer::Details(Box::new(self.details(order)?))
            }
            // the dialog is the station's
            Ask::PickPhoto => Answer::Picked(None),
            Ask::Report { card, what } => {
                self.done.push(ask.clone());
                let card = self.cards.get_mut(card).ok_or_else(|| refused(ProblemCode::NotFound))?;
                card.status = match what {
                    ReportKind::Lost => "blocked",
                    ReportKind::Found => "active",
                    ReportKind::TakenIn => "dead",
                }
                .into();
                Answer::Card(card.clone())
            }
            Ask::MakeBatch { .. } => {
                self.done.push(ask.clone());
                Answer::Batch(self.make_batch())
            }
            Ask::Batches => Answer::Batches(self.batches.clone()),
            Ask::SaveBatch(_) => Answer::Saved(Some("/media/usb/kort.pdf".into())),
            Ask::SaveAlignment => Answer::Saved(None),
            Ask::Conflicts => Answer::Conflicts(self.conflicts.clone()),
            Ask::Settle { conflict, .. } => {
                self.done.push(ask.clone());
                self.conflicts.retain(|open| open.id != *conflict);
                Answer::Settled
            }
            Ask::OpenFile(_) => {
                self.done.push(ask.clone());
                Answer::Opened
            }
        })
    }

    fn find(&self, query: &str) -> Found {
        let words = search_form(query);
        let fits = |name: &str, user_name: &str| {
            search_form(name).split(' ').any(|part| part.starts_with(&words)) || user_name == query
        };
        let orders: Vec<Order> = self
            .orders
            .iter()
            .filter(|order| {
                fits(&order.name, &order.user_name)
                    || order.number == query
                    || order.card.as_deref() == Some(query)
            })
            .cloned()
            .collect();
        let persons =
            self.persons.iter().filter(|person| fits(&person.name, &person.user_name)).cloned().collect();
        Found { orders, persons, more: false }
    }

    fn cards_of(&self, user_name: &str) -> Vec<Card> {
        self.cards.values().filter(|card| card.owner == user_name).cloned().collect()
    }

    fn details(&self, id: &str) -> Result<Details, Trouble> {
        let order = self.orders.iter().find(|order| order.id == id);
        let order = order.ok_or_else(|| refused(ProblemCode::NotFound))?.clone();
        let event = |minutes: i64, actor: &str, action: &str, status: &str| Event {
            at: NOW - minutes * 60_000_000,
            actor: actor.into(),
            terminal: "K1".into(),
            action: action.into(),
            status: status.into(),
            why: None,
        };
        let history = vec![
            event(2900, "", "submitted", "approved"),
            event(1500, "Liv Hansen", "start_production", "in_production"),
            event(1490, "Liv Hansen", "print", "printed"),
            event(1489, "Liv Hansen", "shelve", "ready"),
            event(1488, "", "pin_delivered", "ready"),
        ];
        Ok(Details { cards: self.cards_of(&order.user_name), order, history, other_orders: Vec::new() })
    }

    fn change(&mut self, id: &str, version: i64, wish: &Wish) -> Result<(), Trouble> {
        let order = self.orders.iter_mut().find(|order| order.id == id);
        let order = order.ok_or_else(|| refused(ProblemCode::NotFound))?;
        if order.version != version {
            return Err(refused(ProblemCode::Changed));
        }
        order.version += 1;
        let status = match wish {
            Wish::ApprovePhoto | Wish::Release => Status::Approved,
            Wish::RefusePhoto { .. } => Status::PhotoRefused,
            Wish::Print => Status::Printed,
            Wish::Shelve { slot } => {
                order.slot = Some(slot.clone());
                Status::Ready
            }
            Wish::Misprint { .. } => {
                let old = order.card.take();
                order.slot = None;
                for item in self.batches.iter_mut().flat_map(|batch| &mut batch.items) {
                    item.dead |= Some(&item.card) == old.as_ref();
                }
                Status::Approved
            }
            Wish::HandOut { .. } => Status::HandedOut,
            Wish::UndoHandOut | Wish::Withhold { .. } => Status::Ready,
            Wish::Pay { slip } => {
                order.payment = Payment::Paid { amount: 15_000, slip: slip.clone() };
                Status::from_code(&order.status).unwrap()
            }
            Wish::Cancel { .. } => Status::Cancelled,
            Wish::ReplacePhoto { photo } => {
                order.photo = photo.clone();
                if photo.insisted { Status::Review } else { Status::Approved }
            }
            Wish::ChangePlace { .. } => Status::from_code(&order.status).unwrap(),
        };
        order.status = status.code().into();
        let now = order.clone();
        for item in self.batches.iter_mut().flat_map(|batch| &mut batch.items) {
            if item.order.id == now.id {
                item.order = now.clone();
            }
        }
        Ok(())
    }

    fn make_batch(&mut self) -> Batch {
        let mut items = Vec::new();
        for (at, order) in self
            .orders
            .iter_mut()
            .filter(|order| order.status == "approved" && !matches!(order.payment, Payment::Due { .. }))
            .enumerate()
        {
            order.status = "in_production".into();
            order.card = Some(card(9000 + at as u64));
            order.version += 1;
            let (page, card) = (at as u32 + 1, order.card.clone().unwrap());
            items.push(Item { page, card, dead: false, order: order.clone() });
        }
        let id = uuid::Uuid::from_u128(100 + self.batches.len() as u128).to_string();
        let batch = Batch { id, created_at: NOW, created_by: "liv".into(), items };
        self.batches.insert(0, batch.clone());
        batch
    }
}

pub fn refused(code: ProblemCode) -> Trouble {
    let problem = Problem { code, detail: String::new(), retry_after: None };
    kortautomat::sync::client::Error::Refused(problem).into()
}

/// A grey portrait in the shape of a card photo, or the picture that `KORTAUTOMAT_PORTRAIT` names.
fn photo(sha256: &str, height: u32) -> Photo {
    let width = height * 77 / 100;
    let picture = match std::env::var_os("KORTAUTOMAT_PORTRAIT") {
        Some(path) => {
            image::open(path).unwrap().resize_exact(width, height, image::imageops::FilterType::Triangle)
        }
        None => image::RgbImage::from_fn(width, height, |x, y| {
            let (x, y) = (x as f32 / width as f32 - 0.5, y as f32 / height as f32 - 0.45);
            let head = (x / 0.3).powi(2) + (y / 0.35).powi(2) < 1.0;
            image::Rgb(if head { [150, 130, 120] } else { [214, 218, 220] })
        })
        .into(),
    };
    Photo {
        sha256: sha256.into(),
        width,
        height,
        handle: Handle::from_rgba(width, height, picture.into_rgba8().into_raw()),
    }
}
