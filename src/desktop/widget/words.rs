//! Texts in the theme's sizes and weights.

use iced::widget::text::IntoFragment;
use iced::widget::{Text, text};

use crate::desktop::theme::style;
use crate::desktop::{Theme, font};

/// The one question of a screen.
pub fn title<'a>(theme: &Theme, words: impl IntoFragment<'a>) -> Text<'a, Theme> {
    text(words).size(theme.text.title).font(font::BOLD).line_height(1.15)
}

/// Above a group.
pub fn heading<'a>(theme: &Theme, words: impl IntoFragment<'a>) -> Text<'a, Theme> {
    text(words).size(theme.text.heading).font(font::SEMIBOLD).line_height(1.2)
}

/// What is read first after the title.
pub fn lead<'a>(theme: &Theme, words: impl IntoFragment<'a>) -> Text<'a, Theme> {
    text(words).size(theme.text.lead).line_height(1.35)
}

/// Ordinary words.
pub fn body<'a>(theme: &Theme, words: impl IntoFragment<'a>) -> Text<'a, Theme> {
    text(words).size(theme.text.body).line_height(1.4)
}

/// Ordinary words with weight.
pub fn strong<'a>(theme: &Theme, words: impl IntoFragment<'a>) -> Text<'a, Theme> {
    text(words).size(theme.text.body).font(font::SEMIBOLD).line_height(1.4)
}

/// Small, quiet words.
pub fn caption<'a>(theme: &Theme, words: impl IntoFragment<'a>) -> Text<'a, Theme> {
    text(words).size(theme.text.caption).line_height(1.4).style(style::muted)
}

/// A number to be read from afar.
pub fn display<'a>(theme: &Theme, words: impl IntoFragment<'a>) -> Text<'a, Theme> {
    text(words).size(theme.text.display).font(font::BOLD).line_height(1.1)
}
