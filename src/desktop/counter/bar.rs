//! The bar above every desk: which desk, which place, whether the server is there, who works here.

use iced::widget::{container, row, space, svg};
use iced::{Center, Length};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::action::{action, cap};
use super::chip::chip;
use super::{Desk, Kept, Message, names};
use crate::desktop::icon::Icon;
use crate::desktop::theme::style;
use crate::desktop::widget::button::{self, Kind};
use crate::desktop::widget::{Scene, notice, words};
use crate::desktop::{Element, Theme};

/// What the bar tells.
#[derive(Debug, Clone, Copy)]
pub struct Bar<'a> {
    pub desk: Desk,
    pub desks: &'a [Desk],
    pub place: &'a str,
    pub clerk: &'a str,
    pub online: bool,
}

/// How it stands when the counter works alone, or has something to tell about it.
#[derive(Debug, Clone, Copy)]
pub struct AloneBar<'a> {
    pub kept: &'a Kept,
    pub online: bool,
    /// The clerk unlocked without the server.
    pub unlocked: bool,
    pub zone: &'a TimeZone,
}

impl<'a> AloneBar<'a> {
    /// None while the server is there and nothing waits for it.
    pub fn view(self, scene: Scene<'a>) -> Option<Element<'a, Message>> {
        let (theme, texts) = (scene.theme, scene.texts);
        let kept = self.kept;
        let at = |time: Option<Timestamp>| time.map(|time| names::moment(time.as_microsecond(), self.zone));
        let mut says = Vec::new();
        if !self.online {
            says.extend(at(kept.alone_since).map(|since| texts.alone_since(since)));
            says.push(at(kept.copied_at).map_or_else(|| texts.alone_copy_none(), |at| texts.alone_copy(at)));
            says.extend(at(kept.blocked_at).map(|at| texts.alone_blocked(at)));
        }
        if kept.waiting > 0 {
            says.push(texts.alone_waiting(kept.waiting));
        }
        if kept.needs_person > 0 {
            says.push(texts.alone_stuck(kept.needs_person));
        }
        if self.online && self.unlocked {
            says.push(texts.alone_back());
        }
        let wanted = kept.wanted_version.as_deref().filter(|wanted| *wanted != env!("CARGO_PKG_VERSION"));
        says.extend(wanted.map(|wanted| texts.alone_version(wanted)));
        if says.is_empty() {
            return None;
        }
        let kind = if self.online { notice::Kind::Info } else { notice::Kind::Warning };
        let (_, color, ground) = kind.look(theme);
        let icon = if self.online { Icon::Info } else { Icon::WifiOff };
        let words = row(says.into_iter().map(|says| words::strong(theme, says).into()))
            .spacing(theme.space.l)
            .align_y(Center)
            .wrap();
        let content = row![icon.view(theme.text.lead), words]
            .spacing(theme.space.s)
            .align_y(Center)
            .width(Length::Fill);
        let bar = container(content).padding([theme.space.xs, theme.space.l]).width(Length::Fill).style(
            move |_| container::Style {
                background: Some(ground.into()),
                text_color: Some(color),
                ..container::Style::default()
            },
        );
        Some(bar.into())
    }
}

/// The height of the bar in pixels.
pub const HEIGHT: f32 = 64.0;

impl<'a> Bar<'a> {
    pub fn view(self, scene: Scene<'a>) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let tabs = row(self.desks.iter().map(|&desk| {
            let (key, icon) = desk.key();
            let content =
                row![cap(theme, key), icon.view(theme.text.lead), words::strong(theme, desk.name(texts)),]
                    .spacing(theme.space.s)
                    .align_y(Center);
            button::Button::of(theme, desk.id(), desk.name(texts), container(content))
                .kind(if desk == self.desk { Kind::Row } else { Kind::Quiet })
                .selected(desk == self.desk)
                .height(theme.target)
                .padding([0.0, theme.space.m])
                .on_press(Message::Open(desk))
                .into()
        }))
        .spacing(theme.space.s);
        let online = if self.online {
            (texts.counter_online(), Icon::Wifi, notice::Kind::Success)
        } else {
            (texts.counter_offline(), Icon::WifiOff, notice::Kind::Danger)
        };
        let place = row![Icon::MapPin.view(theme.text.lead), words::strong(theme, self.place.to_owned())]
            .spacing(theme.space.xs)
            .align_y(Center);
        let clerk = row![Icon::UserRound.view(theme.text.lead), words::body(theme, self.clerk.to_owned())]
            .spacing(theme.space.xs)
            .align_y(Center);
        let lock = action(theme, "lock", "Ctrl L", Icon::Lock, texts.counter_lock(), Kind::Quiet)
            .on_press(Message::Lock);
        let content = row![
            svg(theme.logo.clone()).height(32.0).width(Length::Shrink),
            tabs,
            space().width(Length::Fill),
            place,
            chip(theme, online),
            clerk,
            lock,
        ]
        .spacing(theme.space.l)
        .align_y(Center);
        container(content)
            .padding([0.0, theme.space.l])
            .height(HEIGHT)
            .center_y(HEIGHT)
            .width(Length::Fill)
            .style(|theme: &Theme| container::Style {
                border: iced::Border { radius: 0.0.into(), ..style::card(theme).border },
                ..style::card(theme)
            })
            .into()
    }
}
