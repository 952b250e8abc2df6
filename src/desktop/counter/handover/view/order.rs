//! One order: photo, facts, what is to be done next, cards and history.

use iced::widget::{column, container, image, row, scrollable, space};
use iced::{Center, Length};
use jiff::tz::TimeZone;

use super::key;
use super::said::standing;
use crate::desktop::counter::action::{action, cap};
use crate::desktop::counter::chip::chip;
use crate::desktop::counter::handover::{Handover, Message, Mode, PHOTO, Step, Want};
use crate::desktop::counter::names;
use crate::desktop::icon::Icon;
use crate::desktop::theme::style;
use crate::desktop::widget::button::{self, Kind};
use crate::desktop::widget::{Scene, notice, notice::Kind as Mood, words};
use crate::desktop::{Element, Theme};
use crate::domain::card::Withheld;
use crate::domain::order::Status;
use crate::domain::place::Place;
use crate::sync::answer::card::Card;
use crate::sync::answer::order::{Details, Order};
use crate::texts::Texts;

const DIGITS: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

impl Handover {
    pub(super) fn one_order<'a>(
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

    pub(super) fn fact<'a>(&self, theme: &Theme, what: String, is: String) -> Element<'a, Message> {
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
                let unproven = (order.identity == "unproven").then(|| {
                    let (what, help) = (texts.counter_unproven_check(), texts.counter_unproven_check_more());
                    notice(theme, Mood::Warning, what, Some(help))
                });
                column![unproven]
                    .push(words::heading(theme, texts.counter_which_document()))
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

    pub(super) fn wants_row<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
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

    pub(super) fn cards_of<'a>(&'a self, scene: Scene<'a>, cards: &'a [Card]) -> Element<'a, Message> {
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
}

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
    // an order always has a history; a copy comes without
    let none = details.history.is_empty().then(|| words::caption(theme, texts.alone_history()));
    column![words::heading(theme, texts.counter_history())]
        .extend(lines)
        .push(none)
        .spacing(theme.space.xs)
        .into()
}
