//! How the handover desk looks: the field, what was found, and what is open beside it.

mod conflicts;
mod order;
mod person;
mod said;

use iced::widget::{column, container, row, scrollable, space};
use iced::{Center, Length};
use jiff::tz::TimeZone;

use super::{Handover, Message, Mode, Open, Step, Want};
use crate::desktop::counter::action::action;
use crate::desktop::counter::chip::{chip, cut};
use crate::desktop::counter::names;
use crate::desktop::icon::Icon;
use crate::desktop::theme::style;
use crate::desktop::widget::button::{self, Kind};
use crate::desktop::widget::{Entry, Scene, notice, notice::Kind as Mood, words};
use crate::desktop::{Element, Theme};
use crate::domain::place::Place;

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
        let left = column![
            self.field(scene),
            self.said(scene),
            self.list(scene),
            self.waiting_conflicts(scene),
            self.last(scene)
        ]
        .spacing(theme.space.m)
        .width(LIST)
        .height(Length::Fill);
        let right: Element<'a, Message> = match &self.open {
            Open::Order(details) if let Some(own) = &self.own => {
                own.view(scene, &details.order).map(Message::Own)
            }
            _ if self.conflicts.looked_at().is_some() => self.one_conflict(scene, zone, places),
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
            Step::Slip => (texts.counter_field_slip(), Icon::CreditCard),
            Step::Words => (texts.counter_field_words(), Icon::Pencil),
            Step::OwnPhoto => (texts.counter_field_search(), Icon::Search),
            Step::Block => (texts.alone_field_block(), Icon::ScanBarcode),
            Step::Settle => (texts.conflict_field(), Icon::Pencil),
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
            Step::Block => texts.alone_hint_block(),
            Step::Settle => texts.conflict_hint(),
        };
        words::body(theme, words).style(style::muted).into()
    }

    fn list<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        if self.conflicts.looked_at().is_some() {
            return self.conflict_list(scene);
        }
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
        scrollable(rows.padding(4.0)).spacing(theme.space.xs).height(Length::Fill).width(Length::Fill).into()
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
        .push(self.cut_off.then(|| self.wants_row(scene)))
        .spacing(theme.space.m)
        .align_x(Center);
        container(content).center(Length::Fill).style(style::sunken).into()
    }
}
