//! How the handover desk looks.

use iced::widget::{column, container, image, row, scrollable, space};
use iced::{Center, Length};
use jiff::tz::TimeZone;

use super::{Handover, Message, Mode, Open, PHOTO, Said, Step, Want};
use crate::desktop::counter::action::{action, cap};
use crate::desktop::counter::chip::{chip, cut};
use crate::desktop::counter::names;
use crate::desktop::icon::Icon;
use crate::desktop::theme::style;
use crate::desktop::widget::button::{self, Kind};
use crate::desktop::widget::{Entry, Scene, notice, notice::Kind as Mood, words};
use crate::desktop::{Element, Theme};
use crate::domain::card::{self, Withheld};
use crate::domain::order::Status;
use crate::domain::place::Place;
use crate::sync::answer::Person;
use crate::sync::answer::card::Card;
use crate::sync::answer::order::{Details, Order};
use crate::texts::Texts;

/// The width of the column with field and list, in pixels.
const LIST: f32 = 560.0;

/// The keys of what can be wanted.
pub fn key(want: Want) -> &'static str {
    match want {
        Want::Withhold => "F4",
        Want::ReportLost => "F5",
        Want::ReportFound => "F6",
        Want::Pay => "F7",
        Want::Release => "F8",
        Want::Undo => "F9",
        Want::OwnPhoto => "F11",
        Want::Cancel => "F12",
    }
}

impl Handover {
    pub fn view<'a>(
        &'a self,
        scene: Scene<'a>,
        places: &'a [Place],
        zone: &'a TimeZone,
    ) -> Element<'a, Message> {
        let theme = scene.theme;
        let left = column![self.field(scene), self.said(scene), self.list(scene), self.last(scene)]
            .spacing(theme.space.m)
            .width(LIST)
            .height(Length::Fill);
        let right: Element<'a, Message> = match &self.open {
            Open::Order(details) if let Some(own) = &self.own => {
                own.view(scene, &details.order).map(Message::Own)
            }
            Open::Nothing => self.nothing(scene),
            Open::Order(details) => self.one_order(scene, details, places, zone),
            Open::Person(person) => self.one_person(scene, person),
        };
        row![left, container(right).width(Length::Fill).height(Length::Fill)]
            .spacing(theme.space.l)
            .padding(theme.space.l)
            .into()
    }

    fn field<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let (label, icon) = match self.step() {
            Step::Search => (texts.counter_field_search(), Icon::Search),
            Step::Document => (texts.counter_field_document(), Icon::IdCard),
            Step::Card => (texts.counter_field_card(), Icon::ScanBarcode),
            Step::OldCard => (texts.counter_field_old_card(), Icon::ScanBarcode),
            Step::Reason => (texts.counter_field_reason(), Icon::Ban),
            Step::ChooseCard => (texts.counter_field_choose_card(), Icon::CreditCard),
            Step::Confirm => (texts.counter_field_confirm(), Icon::CornerDownLeft),
            Step::Slip => (texts.counter_field_slip(), Icon::Receipt),
            Step::Words => (texts.counter_field_words(), Icon::Pencil),
            Step::OwnPhoto => (texts.counter_field_search(), Icon::Search),
        };
        Entry::new("field", label, &self.field, Message::Edited)
            .icon(icon)
            .on_submit(Message::Submitted)
            .view(theme)
    }

    /// Always takes the same place, so that nothing below it moves.
    fn said<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let content: Element<'a, Message> = match &self.said {
            _ if self.waiting > 0 => notice(theme, Mood::Info, texts.counter_waiting(), None),
            None => self.hint(scene),
            Some(said) => {
                let (kind, what, help) = said.words(texts, self.price_lost);
                notice(theme, kind, what, Some(help))
            }
        };
        container(content).height(112.0).width(Length::Fill).into()
    }

    fn hint<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let words = match self.step() {
            Step::Search => texts.counter_hint_search(),
            Step::Document => texts.counter_hint_document(),
            Step::Card => texts.counter_hint_card(),
            Step::OldCard => texts.counter_hint_old_card(),
            Step::Reason => texts.counter_hint_reason(),
            Step::ChooseCard => texts.counter_hint_choose_card(),
            Step::Confirm if self.mode == Mode::Release => texts.counter_hint_release(),
            Step::Confirm if self.mode == Mode::Found => texts.counter_hint_found(),
            Step::Confirm => texts.counter_hint_lost(),
            Step::Slip => texts.counter_hint_slip(),
            Step::Words => texts.counter_hint_words(),
            Step::OwnPhoto => texts.counter_hint_own(),
        };
        words::body(theme, words).style(style::muted).into()
    }

    fn list<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let Some(found) = &self.found else { return space().height(Length::Fill).into() };
        let orders = found.orders.iter().enumerate().map(|(at, order)| {
            let who = row![
                cut(words::strong(theme, order.name.as_str())),
                words::caption(theme, names::order_number(&order.number)).width(110.0),
                container(chip(theme, names::status(texts, &order.status))).width(170.0),
            ];
            self.line(theme, at, &order.name, who.spacing(theme.space.s).align_y(Center).into())
        });
        let after = found.orders.len();
        let persons = found.persons.iter().enumerate().map(|(at, person)| {
            let none = (texts.counter_no_order(), Icon::UserRound, Mood::Info);
            let who = row![
                cut(words::strong(theme, person.name.as_str())),
                words::caption(theme, person.user_name.as_str()).width(110.0),
                container(chip(theme, none)).width(170.0),
            ];
            self.line(theme, after + at, &person.name, who.spacing(theme.space.s).align_y(Center).into())
        });
        let mut rows = column(orders.chain(persons)).spacing(2.0);
        if found.more {
            rows = rows.push(words::caption(theme, texts.counter_found_more()));
        }
        scrollable(rows.padding(4.0)).height(Length::Fill).width(Length::Fill).into()
    }

    fn line<'a>(
        &self,
        theme: &Theme,
        at: usize,
        name: &str,
        content: Element<'a, Message>,
    ) -> Element<'a, Message> {
        button::tile(theme, format!("row-{at}"), name.to_owned(), content)
            .kind(Kind::Row)
            .height(theme.target)
            .padding([0.0, theme.space.m])
            .selected(at == self.marked)
            .on_press(Message::Picked(at))
            .into()
    }

    fn last<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let Some(last) = &self.last else { return space().height(0.0).into() };
        let says = notice(
            theme,
            Mood::Success,
            texts.counter_handed_out(last.name.as_str()),
            Some(texts.counter_handed_out_more(names::order_number(&last.number))),
        );
        let undo =
            action(theme, "undo", key(Want::Undo), Icon::Undo2, texts.counter_want_undo(), Kind::Secondary)
                .on_press(Message::Wanted(Want::Undo));
        column![says, undo].spacing(theme.space.s).into()
    }

    fn nothing<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let content = column![
            container(Icon::ScanBarcode.view(96.0)).style(|theme: &Theme| container::Style {
                text_color: Some(theme.color.line_strong),
                ..container::Style::default()
            }),
            words::heading(theme, texts.counter_empty()),
            words::body(theme, texts.counter_empty_help()).style(style::muted),
        ]
        .spacing(theme.space.m)
        .align_x(Center);
        container(content).center(Length::Fill).style(style::sunken).into()
    }

    fn one_order<'a>(
        &'a self,
        scene: Scene<'a>,
        details: &'a Details,
        places: &'a [Place],
        zone: &'a TimeZone,
    ) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let order = &details.order;
        let picture: Element<'a, Message> = match &self.photo {
            Some(photo) => image(photo.handle.clone()).width(photo.width).height(photo.height).into(),
            None => container(words::caption(theme, self.no_photo(texts)))
                .center_x(PHOTO * 77 / 100)
                .center_y(PHOTO)
                .style(style::sunken)
                .into(),
        };
        let head = column![
            row![chip(theme, names::status(texts, &order.status)), self.warning_chips(scene, order)]
                .spacing(theme.space.s)
                .align_y(Center),
            words::display(theme, order.name.as_str()),
            row![
                words::lead(theme, names::order_number(&order.number)),
                words::lead(theme, order.user_name.as_str()).style(style::muted),
            ]
            .spacing(theme.space.l),
        ]
        .spacing(theme.space.s);
        let facts = column![
            self.fact(theme, texts.counter_fact_reason(), names::reason(texts, &order.reason)),
            self.fact(theme, texts.counter_fact_payment(), names::payment(texts, &order.payment)),
            self.fact(theme, texts.counter_fact_card(), card_of(texts, order)),
            self.fact(
                theme,
                texts.counter_fact_slot(),
                order.slot.clone().unwrap_or_else(|| texts.counter_none())
            ),
            self.fact(theme, texts.counter_fact_pin(), pin_of(texts, order)),
        ]
        .spacing(theme.space.xs);
        let right =
            column![head, facts, self.task(scene, order), self.wants_row(scene)].spacing(theme.space.l);
        let below = row![
            column![self.cards_of(scene, &details.cards), other_orders(scene, details)]
                .spacing(theme.space.m)
                .width(Length::FillPortion(1)),
            container(history(scene, details, places, zone)).width(Length::FillPortion(1)),
        ]
        .spacing(theme.space.l);
        let upper = row![container(picture).clip(true), right.width(Length::Fill)].spacing(theme.space.xl);
        container(scrollable(column![upper, below].spacing(theme.space.l).padding(theme.space.l)))
            .width(Length::Fill)
            .height(Length::Fill)
            .style(style::card)
            .into()
    }

    fn no_photo(&self, texts: &Texts) -> String {
        if self.photo_failed { texts.counter_trouble_photo() } else { texts.counter_photo_loading() }
    }

    /// What a clerk must not overlook.
    fn warning_chips<'a>(&'a self, scene: Scene<'a>, order: &'a Order) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let mut chips = row![].spacing(theme.space.s);
        if order.identity == "unproven" && Status::from_code(&order.status).is_some_and(Status::open) {
            let word = (texts.counter_unproven(), Icon::ShieldAlert, Mood::Warning);
            chips = chips.push(chip(theme, word));
        }
        if order.place != self.place {
            chips = chips.push(chip(theme, (texts.counter_elsewhere(), Icon::MapPin, Mood::Danger)));
        }
        chips.into()
    }

    fn fact<'a>(&self, theme: &Theme, what: String, is: String) -> Element<'a, Message> {
        row![words::caption(theme, what).width(120.0), words::body(theme, is)].align_y(Center).into()
    }

    /// What is to be done next, with the keys for it.
    fn task<'a>(&'a self, scene: Scene<'a>, order: &'a Order) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        match self.step() {
            Step::Document | Step::Card => {
                let choices = self.documents.iter().enumerate().map(|(at, &document)| {
                    let says = row![
                        cap(theme, DIGITS.get(at).copied().unwrap_or("")),
                        words::strong(theme, texts.document(document)),
                    ]
                    .spacing(theme.space.s)
                    .align_y(Center);
                    button::tile(theme, format!("document-{}", at + 1), texts.document(document), says)
                        .height(theme.target)
                        .padding([0.0, theme.space.m])
                        .selected(self.seen == Some(document))
                        .on_press(Message::Seen(document))
                        .into()
                });
                let scan = self.seen.map(|_| {
                    let number = order.card.as_deref().map(names::card_number).unwrap_or_default();
                    notice(
                        theme,
                        Mood::Info,
                        texts.counter_scan_card(),
                        Some(texts.counter_scan_card_more(number)),
                    )
                });
                column![words::heading(theme, texts.counter_which_document())]
                    .extend(pairs(theme, choices.collect()))
                    .push(scan)
                    .spacing(theme.space.s)
                    .into()
            }
            Step::OldCard => {
                let old = self.old_card().map(|card| names::card_number(&card.number)).unwrap_or_default();
                notice(theme, Mood::Warning, texts.counter_old_card(), Some(texts.counter_old_card_more(old)))
            }
            Step::Reason => {
                let choices = Withheld::ALL.into_iter().enumerate().map(|(at, reason)| {
                    let says = row![
                        cap(theme, DIGITS.get(at).copied().unwrap_or("")),
                        words::strong(theme, names::withheld(texts, reason)),
                    ]
                    .spacing(theme.space.s)
                    .align_y(Center);
                    button::tile(theme, format!("reason-{}", at + 1), names::withheld(texts, reason), says)
                        .height(theme.target)
                        .padding([0.0, theme.space.m])
                        .on_press(Message::Withheld(reason))
                        .into()
                });
                column![words::heading(theme, texts.counter_why_not())]
                    .extend(pairs(theme, choices.collect()))
                    .spacing(theme.space.s)
                    .into()
            }
            _ => {
                let (kind, what, help) = standing(texts, order, &self.place);
                notice(theme, kind, what, Some(help))
            }
        }
    }

    fn wants_row<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let wants = self.wants().into_iter().filter(|want| *want != Want::Undo).map(|want| {
            let (id, icon, label, kind) = match want {
                Want::Withhold => ("withhold", Icon::Ban, texts.counter_want_withhold(), Kind::Secondary),
                Want::ReportLost => ("lost", Icon::Lock, texts.counter_want_lost(), Kind::Secondary),
                Want::ReportFound => ("found", Icon::LockOpen, texts.counter_want_found(), Kind::Secondary),
                Want::Pay => ("pay", Icon::HandCoins, texts.counter_want_pay(), Kind::Primary),
                Want::Release => ("release", Icon::UserCheck, texts.counter_want_release(), Kind::Primary),
                Want::Undo => ("undo", Icon::Undo2, texts.counter_want_undo(), Kind::Secondary),
                Want::OwnPhoto => {
                    ("own-photo", Icon::ImageUp, texts.counter_want_own_photo(), Kind::Secondary)
                }
                Want::Cancel => ("cancel", Icon::CircleX, texts.counter_want_cancel(), Kind::Secondary),
            };
            action(theme, id, key(want), icon, label, kind).on_press(Message::Wanted(want)).into()
        });
        row(wants).spacing(theme.space.s).wrap().into()
    }

    fn cards_of<'a>(&'a self, scene: Scene<'a>, cards: &'a [Card]) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let choosing = matches!(self.mode, Mode::Lost | Mode::Found);
        let choices: Vec<&str> = self.choices().iter().map(|card| card.number.as_str()).collect();
        let lines = cards.iter().map(|card| {
            let at = choices.iter().position(|number| *number == card.number).filter(|_| choosing);
            let mut line = row![].spacing(theme.space.s).align_y(Center);
            if let Some(key) = at.and_then(|at| DIGITS.get(at)) {
                line = line.push(cap(theme, key));
            }
            line = line
                .push(words::body(theme, names::card_number(&card.number)).width(130.0))
                .push(chip(theme, names::card_status(texts, &card.status)))
                .push(words::caption(theme, texts.counter_valid_to(names::day(texts, &card.valid_to))));
            match at {
                Some(_) => button::tile(theme, format!("card-{}", card.number), card.number.clone(), line)
                    .height(theme.target)
                    .padding([0.0, theme.space.m])
                    .on_press(Message::Chose(card.number.clone()))
                    .into(),
                None => container(line).height(36.0).center_y(36.0).into(),
            }
        });
        let none = cards.is_empty().then(|| words::body(theme, texts.counter_no_cards()).style(style::muted));
        column![words::heading(theme, texts.counter_cards())]
            .extend(lines)
            .push(none)
            .spacing(theme.space.xs)
            .into()
    }

    fn one_person<'a>(&'a self, scene: Scene<'a>, person: &'a Person) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let right = person.registered && person.fee_paid;
        let (kind, what, help) = if !person.registered {
            (Mood::Warning, texts.counter_not_registered(), texts.counter_not_registered_help())
        } else if !person.fee_paid {
            (Mood::Warning, texts.counter_fee_missing(), texts.counter_fee_missing_help())
        } else if self.has_card(card::Status::Active) {
            (Mood::Success, texts.counter_has_card(), texts.counter_has_card_help(self.price_lost / 100))
        } else {
            (Mood::Info, texts.counter_may_order(), texts.counter_may_order_help())
        };
        let legal = (person.legal_name != person.name)
            .then(|| self.fact(theme, texts.counter_fact_legal(), person.legal_name.clone()));
        let content = column![
            words::display(theme, person.name.as_str()),
            row![
                words::lead(theme, person.user_name.as_str()).style(style::muted),
                words::lead(theme, person.student_number.as_str()).style(style::muted),
            ]
            .spacing(theme.space.l),
        ]
        .push(legal)
        .push(
            right.then(|| self.fact(theme, texts.counter_fact_valid(), names::day(texts, &person.valid_to))),
        )
        .push(notice(theme, kind, what, Some(help)))
        .push(self.wants_row(scene))
        .push(self.cards_of(scene, &person.cards))
        .spacing(theme.space.m)
        .padding(theme.space.l);
        container(scrollable(content)).width(Length::Fill).height(Length::Fill).style(style::card).into()
    }
}

const DIGITS: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// Two beside each other.
fn pairs<'a>(theme: &Theme, tiles: Vec<Element<'a, Message>>) -> Vec<Element<'a, Message>> {
    let spacing = theme.space.s;
    let mut rows = Vec::new();
    let mut tiles = tiles.into_iter();
    while let Some(first) = tiles.next() {
        let mut line = row![first].spacing(spacing);
        line = match tiles.next() {
            Some(second) => line.push(second),
            None => line.push(space().width(Length::Fill)),
        };
        rows.push(line.into());
    }
    rows
}

fn card_of(texts: &Texts, order: &Order) -> String {
    order
        .card
        .as_deref()
        .map_or_else(|| texts.counter_none(), |number| format!("M {}", names::card_number(number)))
}

fn pin_of(texts: &Texts, order: &Order) -> String {
    if order.pin_delivered { texts.counter_pin_delivered() } else { texts.counter_pin_waiting() }
}

/// What else its owner has ordered: opened by a click, or by its number.
fn other_orders<'a>(scene: Scene<'a>, details: &'a Details) -> Option<Element<'a, Message>> {
    let (theme, texts) = (scene.theme, scene.texts);
    let rows = details.other_orders.iter().map(|order| {
        let line = row![
            words::strong(theme, names::order_number(&order.number)).width(130.0),
            words::caption(theme, names::reason(texts, &order.reason)).width(Length::Fill),
            chip(theme, names::status(texts, &order.status)),
        ]
        .spacing(theme.space.s)
        .align_y(Center);
        button::tile(theme, format!("order-{}", order.number), order.number.clone(), line)
            .kind(Kind::Row)
            .height(theme.target)
            .padding([0.0, theme.space.m])
            .on_press(Message::Turned(order.id.clone()))
            .into()
    });
    let list =
        column![words::heading(theme, texts.counter_other_orders())].extend(rows).spacing(theme.space.xs);
    (!details.other_orders.is_empty()).then(|| list.into())
}

fn history<'a>(
    scene: Scene<'a>,
    details: &'a Details,
    places: &[Place],
    zone: &TimeZone,
) -> Element<'a, Message> {
    let (theme, texts) = (scene.theme, scene.texts);
    let lines = details.history.iter().rev().take(8).map(|event| {
        row![
            words::caption(theme, names::moment(event.at, zone)).width(100.0),
            words::body(theme, names::event(texts, event, places)).width(Length::Fill),
            words::caption(theme, event.actor.as_str()),
        ]
        .spacing(theme.space.s)
        .align_y(Center)
        .into()
    });
    column![words::heading(theme, texts.counter_history())].extend(lines).spacing(theme.space.xs).into()
}

/// Why an order cannot be handed out now, and what can be done.
fn standing(texts: &Texts, order: &Order, here: &str) -> (Mood, String, String) {
    let refusal = || order.refusal.as_ref().map(|refusal| refusal.words.clone()).unwrap_or_default();
    match Status::from_code(&order.status) {
        Some(Status::NeedsPerson) => {
            (Mood::Warning, texts.counter_stands_person(), texts.counter_stands_person_help())
        }
        Some(Status::Review) => {
            (Mood::Info, texts.counter_stands_review(), texts.counter_stands_review_help())
        }
        Some(Status::PhotoRefused) => {
            (Mood::Warning, texts.counter_stands_refused(), texts.counter_stands_refused_help(refusal()))
        }
        Some(Status::Approved)
            if matches!(order.payment, crate::sync::answer::order::Payment::Due { .. }) =>
        {
            (Mood::Warning, texts.counter_stands_unpaid(), texts.counter_stands_unpaid_help())
        }
        Some(Status::Approved | Status::InProduction | Status::Printed) => {
            let promised = order.promised.as_deref().map(|day| names::day(texts, day));
            let help = match promised {
                Some(day) => texts.counter_stands_making_help(day),
                None => texts.counter_stands_making_help_soon(),
            };
            (Mood::Info, texts.counter_stands_making(), help)
        }
        Some(Status::Ready) if order.place != here => {
            (Mood::Warning, texts.counter_stands_elsewhere(), texts.counter_stands_elsewhere_help())
        }
        Some(Status::Ready) => (Mood::Info, texts.counter_waiting(), String::new()),
        Some(Status::HandedOut) => {
            (Mood::Success, texts.counter_stands_handed_out(), texts.counter_stands_handed_out_help())
        }
        Some(Status::Cancelled) => {
            (Mood::Info, texts.counter_stands_cancelled(), texts.counter_stands_cancelled_help(refusal()))
        }
        None => (Mood::Warning, texts.counter_trouble_other(), texts.counter_trouble_other_help()),
    }
}

impl Said {
    fn words(&self, texts: &Texts, price_lost: i64) -> (Mood, String, String) {
        match self {
            Self::Trouble(trouble) => trouble.words(texts),
            Self::NothingFound(query) => (
                Mood::Warning,
                texts.counter_nothing_found(query.as_str()),
                texts.counter_nothing_found_help(),
            ),
            Self::OtherCard => {
                (Mood::Danger, texts.counter_trouble_card(), texts.counter_trouble_card_help())
            }
            Self::NotACard => (Mood::Danger, texts.counter_misread(), texts.counter_misread_help()),
            Self::NotTheOldCard => (Mood::Danger, texts.counter_not_old(), texts.counter_not_old_help()),
            Self::IdFirst => (Mood::Warning, texts.counter_id_first(), texts.counter_id_first_help()),
            Self::WithheldNoted => {
                (Mood::Info, texts.counter_withheld_noted(), texts.counter_withheld_noted_help())
            }
            Self::Blocked => {
                (Mood::Success, texts.counter_blocked(), texts.counter_blocked_help(price_lost / 100))
            }
            Self::Unblocked => (Mood::Success, texts.counter_unblocked(), texts.counter_unblocked_help()),
            Self::TakenIn => (Mood::Success, texts.counter_taken_in(), texts.counter_taken_in_help()),
            Self::Paid => (Mood::Success, texts.counter_paid(), texts.counter_paid_help()),
            Self::Released => (Mood::Success, texts.counter_released(), texts.counter_released_help()),
            Self::Undone => (Mood::Info, texts.counter_undone(), texts.counter_undone_help()),
            Self::Ended => (Mood::Info, texts.counter_ended(), texts.counter_ended_help()),
            Self::PhotoTaken { reviewed: true } => {
                (Mood::Success, texts.counter_own_taken(), texts.counter_own_taken_review())
            }
            Self::PhotoTaken { reviewed: false } => {
                (Mood::Success, texts.counter_own_taken(), texts.counter_own_taken_help())
            }
        }
    }
}
