//! What is seen from the other end of the hall: what this is, and that a touch begins.

mod card;

use iced::widget::{column, container, row, space, text};
use iced::{Center, Fill};

use crate::desktop::icon::Icon;
use crate::desktop::kiosk::page::{Frame, Page};
use crate::desktop::theme::style;
use crate::desktop::widget::{Scene, button, words};
use crate::desktop::{Element, font};

/// Somebody wants to begin.
#[derive(Debug, Clone)]
pub enum Message {
    Begin,
}

pub fn page<'a>(scene: Scene<'a>) -> Page<'a, Message> {
    let Scene { theme, texts, .. } = scene;
    let step = |icon: Icon, says: String| -> Element<'a, Message> {
        let mark = container(icon.view(theme.text.heading).style(style::primary))
            .center(theme.target)
            .style(style::sunken);
        row![mark, words::lead(theme, says)].spacing(theme.space.m).align_y(Center).into()
    };
    let label = texts.kiosk_attract_begin();
    let invitation = row![
        Icon::Hand.view(theme.text.title),
        text(label.clone()).size(theme.text.heading).font(font::SEMIBOLD)
    ]
    .spacing(theme.space.m)
    .align_y(Center);
    let begin = button::Button::of(theme, "begin", label, invitation)
        .width(Fill)
        .height(theme.target * 1.5)
        .on_press(Message::Begin);
    let says = column![
        words::display(theme, texts.kiosk_attract_title()).width(Fill),
        words::lead(theme, texts.kiosk_attract_lead()),
        space().height(theme.space.l),
        step(Icon::Camera, texts.kiosk_attract_photo()),
        step(Icon::Lock, texts.kiosk_attract_pin()),
        step(Icon::MapPin, texts.kiosk_attract_pickup()),
    ]
    .spacing(theme.space.m);
    let body: Element<'a, Message> = if scene.portrait() {
        let picture = container(card::view(scene.size.width * 0.62)).center_x(Fill);
        column![space().height(Fill), picture, says, space().height(Fill), begin]
            .spacing(theme.space.xl)
            .width(Fill)
            .height(Fill)
            .into()
    } else {
        let right =
            column![space().height(Fill), says, space().height(theme.space.l), begin, space().height(Fill)];
        let picture = card::view(scene.size.width * 0.36);
        row![container(picture).center(Fill), right.spacing(theme.space.m).width(Fill).height(Fill)]
            .spacing(theme.space.xxl)
            .height(Fill)
            .into()
    };
    Page::new("attract", "", body).frame(Frame::Top).on_enter(Message::Begin)
}
