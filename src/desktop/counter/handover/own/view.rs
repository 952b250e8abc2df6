//! How a brought photo is shown before it is sent.

use iced::widget::{column, container, image, row, scrollable, stack};
use iced::{Center, ContentFit, Length, Size};

use super::{Message, Own, Step, usable};
use crate::desktop::Element;
use crate::desktop::counter::action::action;
use crate::desktop::counter::names;
use crate::desktop::icon::Icon;
use crate::desktop::photo::card::Card;
use crate::desktop::photo::eye;
use crate::desktop::photo::marks::{self, Marks};
use crate::desktop::theme::style;
use crate::desktop::unreadable;
use crate::desktop::widget::button::Kind;
use crate::desktop::widget::{Scene, notice, words};
use crate::domain::photo::{Finding, Verdict};
use crate::sync::answer::order::Order;
use crate::texts::Texts;
use crate::vision::crop;

/// The height of the photo in heights of the window.
const TALL: f32 = 0.56;

impl Own {
    pub fn view<'a>(&'a self, scene: Scene<'a>, order: &'a Order) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let head = column![
            words::title(theme, texts.counter_own_title()),
            row![
                words::lead(theme, order.name.as_str()),
                words::lead(theme, names::order_number(&order.number)).style(style::muted),
            ]
            .spacing(theme.space.l),
        ]
        .spacing(theme.space.xs);
        let body: Element<'a, Message> = match &self.step {
            Step::Choosing(_) => {
                let help = Some(texts.counter_own_choosing_help());
                calm(scene, Icon::FolderOpen, texts.counter_own_choosing(), help)
            }
            Step::Checking => calm(scene, Icon::ScanFace, texts.counter_own_checking(), None),
            Step::Unusable(error) => {
                let says = notice(
                    theme,
                    notice::Kind::Warning,
                    texts.counter_own_unusable(),
                    Some(says(error, texts)),
                );
                container(says).height(Length::Fill).into()
            }
            Step::Looking(card) | Step::Sending(card) => looked(scene, card),
        };
        let content = column![head, body, self.actions(scene)].spacing(theme.space.l).height(Length::Fill);
        container(content)
            .padding(theme.space.l)
            .width(Length::Fill)
            .height(Length::Fill)
            .style(style::card)
            .into()
    }

    fn actions<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let card = match &self.step {
            Step::Looking(card) if usable(card) => Some(card),
            _ => None,
        };
        let take = card.map(|card| {
            let (icon, label) = match card.verdict {
                Verdict::Accept => (Icon::Check, texts.counter_own_use()),
                _ => (Icon::ScanFace, texts.counter_own_review()),
            };
            action(theme, "own-use", "Enter", icon, label, Kind::Primary).on_press(Message::UsePressed)
        });
        let idle = matches!(self.step, Step::Looking(_) | Step::Unusable(_));
        let another =
            action(theme, "own-another", "F11", Icon::Images, texts.counter_own_another(), Kind::Secondary)
                .on_press_maybe(idle.then_some(Message::AnotherWanted));
        let back = action(theme, "own-back", "Esc", Icon::ArrowLeft, texts.counter_back(), Kind::Quiet)
            .on_press(Message::BackPressed);
        row![].push(take).push(another).push(back).spacing(theme.space.m).wrap().into()
    }
}

/// The photo as it would be on the card, what is held against it drawn on it and said beside it.
fn looked<'a>(scene: Scene<'a>, card: &'a Card) -> Element<'a, Message> {
    let (theme, texts) = (scene.theme, scene.texts);
    let height = scene.size.height * TALL;
    let size = Size::new(height * crop::RATIO, height);
    let photo =
        image(card.shown.handle.clone()).content_fit(ContentFit::Cover).width(size.width).height(size.height);
    // what concerns the whole picture is marked around it
    let regions = card.held().map(|finding| finding.region.unwrap_or(marks::WHOLE)).collect();
    let picture = stack![photo, Marks { regions }.view(size)].width(size.width).height(size.height);
    let (kind, what, help) = verdict(texts, card);
    let says = column![notice(theme, kind, what, Some(help))]
        .extend(card.held().enumerate().map(|(at, finding)| said(scene, at, finding)))
        .extend(card.notes.iter().map(|note| words::caption(theme, unreadable::note(texts, *note)).into()))
        .spacing(theme.space.m);
    row![picture, scrollable(says).width(Length::Fill).height(size.height)]
        .spacing(theme.space.l)
        .height(Length::Fill)
        .into()
}

fn verdict(texts: &Texts, card: &Card) -> (notice::Kind, String, String) {
    match card.verdict {
        _ if card.unjudged => {
            (notice::Kind::Warning, texts.counter_own_unjudged(), texts.counter_own_unjudged_help())
        }
        Verdict::Accept => {
            (notice::Kind::Success, texts.counter_own_accepted(), texts.counter_own_accepted_help())
        }
        _ if usable(card) => {
            (notice::Kind::Warning, texts.counter_own_doubted(), texts.counter_own_doubted_help())
        }
        _ => (notice::Kind::Danger, texts.counter_own_refused(), texts.counter_own_refused_help()),
    }
}

/// One finding: its number, what is wrong, what to do.
fn said<'a>(scene: Scene<'a>, at: usize, finding: &Finding) -> Element<'a, Message> {
    let (theme, texts) = (scene.theme, scene.texts);
    let words = column![
        words::strong(theme, texts.rule_title(finding.rule)),
        words::body(theme, texts.rule_help(finding.rule)),
    ];
    row![marks::number(theme, at + 1), words.width(Length::Fill)].spacing(theme.space.m).into()
}

/// A sentence in the middle.
fn calm<'a>(scene: Scene<'a>, icon: Icon, what: String, help: Option<String>) -> Element<'a, Message> {
    let theme = scene.theme;
    let content = column![icon.view(96.0).style(style::muted), words::heading(theme, what)]
        .push(help.map(|help| words::body(theme, help).style(style::muted)))
        .spacing(theme.space.m)
        .align_x(Center);
    container(content).center(Length::Fill).style(style::sunken).into()
}

/// Why the chosen file cannot be used, in words.
fn says(error: &eye::Error, texts: &Texts) -> String {
    match error {
        eye::Error::File { .. } => texts.counter_own_gone(),
        eye::Error::Crop { .. } | eye::Error::NoFrame | eye::Error::Panicked => texts.intake_broken(),
        eye::Error::Intake { source } => unreadable::explain(texts, source),
    }
}
