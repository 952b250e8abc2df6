//! One person who has no open order: whether they may order, and their cards.

use iced::Length;
use iced::widget::{column, container, row, scrollable};

use crate::desktop::Element;
use crate::desktop::counter::handover::{Handover, Message};
use crate::desktop::counter::names;
use crate::desktop::theme::style;
use crate::desktop::widget::{Scene, notice, notice::Kind as Mood, words};
use crate::domain::card;
use crate::sync::answer::Person;

impl Handover {
    pub(super) fn one_person<'a>(&'a self, scene: Scene<'a>, person: &'a Person) -> Element<'a, Message> {
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
