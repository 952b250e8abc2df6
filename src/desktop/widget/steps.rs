//! How far one is.

use iced::widget::{column, container, row};
use iced::{Length, border};

use super::words;
use crate::desktop::{Element, Theme};

/// A bar of `total` parts of which `done` are full, with words above it.
pub fn steps<'a, Message: 'a>(
    theme: &Theme,
    done: usize,
    total: usize,
    says: String,
) -> Element<'a, Message> {
    let part = |at: usize| -> Element<'a, Message> {
        container("")
            .width(Length::Fill)
            .height(theme.space.xs)
            .style(move |theme: &Theme| container::Style {
                background: Some(if at < done { theme.color.primary } else { theme.color.line }.into()),
                border: border::rounded(theme.radius.small),
                ..container::Style::default()
            })
            .into()
    };
    column![words::caption(theme, says), row((0..total).map(part)).spacing(theme.space.xs)]
        .spacing(theme.space.xs)
        .into()
}
