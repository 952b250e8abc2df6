//! A box that says something: by icon, word and colour.

use iced::widget::{column, container, row};
use iced::{Border, Color, Length};

use super::words;
use crate::desktop::icon::Icon;
use crate::desktop::{Element, Theme};

/// What it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Info,
    Success,
    Warning,
    Danger,
}

impl Kind {
    /// The icon, the colour of the words, the ground.
    pub fn look(self, theme: &Theme) -> (Icon, Color, Color) {
        let c = &theme.color;
        match self {
            Self::Info => (Icon::Info, c.primary, c.primary_soft),
            Self::Success => (Icon::CircleCheck, c.success, c.success_soft),
            Self::Warning => (Icon::TriangleAlert, c.warning, c.warning_soft),
            Self::Danger => (Icon::CircleAlert, c.danger, c.danger_soft),
        }
    }
}

/// A notice with a headline and, if there is more to say, a second text.
pub fn notice<'a, Message: 'a>(
    theme: &Theme,
    kind: Kind,
    headline: impl Into<String>,
    more: Option<String>,
) -> Element<'a, Message> {
    let (icon, color, ground) = kind.look(theme);
    let mut says = column![words::strong(theme, headline.into())].spacing(theme.space.xs).width(Length::Fill);
    if let Some(more) = more {
        says = says.push(words::body(theme, more));
    }
    let radius = theme.radius.medium;
    container(row![icon.view(theme.text.heading), says].spacing(theme.space.s))
        .padding(theme.space.m)
        .width(Length::Fill)
        .style(move |_| container::Style {
            background: Some(ground.into()),
            text_color: Some(color),
            border: Border { color, width: 1.5, radius: radius.into() },
            ..container::Style::default()
        })
        .into()
}
