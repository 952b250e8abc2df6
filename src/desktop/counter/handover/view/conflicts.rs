//! What does not fit together: the list, and both ends of the one that is looked at.

use iced::widget::{column, container, row, scrollable, space};
use iced::{Center, Length};
use jiff::tz::TimeZone;

use crate::desktop::Element;
use crate::desktop::counter::action::action;
use crate::desktop::counter::chip::{chip, cut};
use crate::desktop::counter::handover::{Handover, Message};
use crate::desktop::counter::names;
use crate::desktop::icon::Icon;
use crate::desktop::theme::style;
use crate::desktop::widget::button::{self, Kind};
use crate::desktop::widget::{Scene, notice, notice::Kind as Mood, words};
use crate::domain::card::{IdDocument, Withheld};
use crate::domain::place::Place;
use crate::domain::replica;
use crate::sync::answer::replica::{Conflict, What};
use crate::texts::Texts;

/// What it is, and what to do about it.
fn told(texts: &Texts, conflict: &Conflict) -> (String, String) {
    match replica::Conflict::from_code(&conflict.why) {
        Some(why) => names::conflict(texts, why),
        None => (texts.counter_unknown(), texts.conflict_help()),
    }
}

/// What the counter did.
fn did(texts: &Texts, what: &What) -> String {
    match what {
        What::HandOut { document, .. } => {
            let document = IdDocument::from_code(document).map(|document| texts.document(document));
            texts.alone_did_hand_out(document.unwrap_or_else(|| texts.counter_unknown()))
        }
        What::Withhold { reason } => {
            let reason = Withheld::from_code(reason).map(|reason| names::withheld(texts, reason));
            texts.alone_did_withhold(reason.unwrap_or_else(|| texts.counter_unknown()))
        }
        What::UndoHandOut => texts.alone_did_undo(),
        What::Block { card } => texts.alone_did_block(names::card_number(card)),
        What::TakeIn { card } => texts.alone_did_take_in(names::card_number(card)),
    }
}

/// Whom or what it is about.
fn about(texts: &Texts, conflict: &Conflict) -> String {
    match (&conflict.order, &conflict.deed.what) {
        (Some(order), _) => order.name.clone(),
        (None, What::Block { card } | What::TakeIn { card } | What::HandOut { scanned: card, .. }) => {
            format!("M {}", names::card_number(card))
        }
        (None, _) => texts.counter_unknown(),
    }
}

impl Handover {
    /// That there is something, always in the same place.
    pub(super) fn waiting_conflicts<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        if !self.has_conflicts() || self.conflicts.looked_at().is_some() {
            return space().height(0.0).into();
        }
        let count = self.conflicts.all().len() as u64;
        let says = notice(theme, Mood::Danger, texts.conflict_count(count), None);
        let open = action(theme, "conflicts", "F10", Icon::Eye, texts.conflict_open(), Kind::Secondary)
            .on_press(Message::ConflictsWanted);
        column![says, open].spacing(theme.space.s).into()
    }

    pub(super) fn conflict_list<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let rows = self.conflicts.all().iter().enumerate().map(|(at, conflict)| {
            let (what, _) = told(texts, conflict);
            let who = about(texts, conflict);
            let line = row![
                cut(words::strong(theme, who.clone())),
                container(words::caption(theme, what)).width(230.0),
            ]
            .spacing(theme.space.s)
            .align_y(Center);
            button::tile(theme, format!("conflict-{at}"), who, line)
                .kind(Kind::Row)
                .height(theme.target)
                .padding([0.0, theme.space.m])
                .selected(at == self.conflicts.marked())
                .on_press(Message::ConflictPicked(at))
                .into()
        });
        scrollable(column(rows).spacing(2.0).padding(4.0))
            .spacing(theme.space.xs)
            .height(Length::Fill)
            .width(Length::Fill)
            .into()
    }

    /// Both ends of the one that is looked at.
    pub(super) fn one_conflict<'a>(
        &'a self,
        scene: Scene<'a>,
        zone: &'a TimeZone,
        places: &'a [Place],
    ) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let Some(conflict) = self.conflicts.looked_at() else { return space().into() };
        let (what, help) = told(texts, conflict);
        let number = conflict.order.as_ref().map(|order| {
            row![
                words::lead(theme, names::order_number(&order.number)),
                words::lead(theme, order.user_name.as_str()).style(style::muted),
                chip(theme, names::status(texts, &order.status)),
            ]
            .spacing(theme.space.l)
            .align_y(Center)
        });
        let by = texts.conflict_by(conflict.clerk.as_str(), conflict.terminal.as_str());
        let heard = texts.conflict_heard(names::moment(conflict.received_at, zone));
        let here = column![
            words::heading(theme, texts.conflict_here()),
            words::strong(theme, did(texts, &conflict.deed.what)),
            words::body(theme, by),
            words::body(theme, texts.conflict_counter_time(names::moment(conflict.deed.at, zone))),
            words::caption(theme, heard),
        ]
        .spacing(theme.space.s)
        .width(Length::FillPortion(1));
        let lines = conflict.history.iter().rev().take(10).map(|event| {
            row![
                words::caption(theme, names::moment(event.at, zone)).width(100.0),
                words::body(theme, names::event(texts, event, places)).width(Length::Fill),
                words::caption(theme, event.actor.as_str()),
                words::caption(theme, event.terminal.as_str()),
            ]
            .spacing(theme.space.s)
            .align_y(Center)
            .into()
        });
        let none = conflict.order.is_none().then(|| words::body(theme, texts.conflict_no_order()));
        let there = column![words::heading(theme, texts.conflict_there())]
            .extend(lines)
            .push(none)
            .spacing(theme.space.s)
            .width(Length::FillPortion(1));
        let content = column![
            words::heading(theme, texts.conflict_title()),
            words::display(theme, about(texts, conflict)),
        ]
        .push(number)
        .push(notice(theme, Mood::Danger, what, Some(help)))
        .push(words::body(theme, texts.conflict_help()).style(style::muted))
        .push(row![here, there].spacing(theme.space.xl))
        .spacing(theme.space.l)
        .padding(theme.space.l);
        container(scrollable(content)).width(Length::Fill).height(Length::Fill).style(style::card).into()
    }
}
