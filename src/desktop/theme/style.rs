//! Grounds and text colours by role, for `.style(…)` of containers and texts.

use iced::Color;
use iced::border::{self, Border};
use iced::widget::{container, text};

use super::Theme;

/// A card on the background. Without a shadow: the software renderer draws one again over its surroundings with every
/// part of the window that changes, darker each time.
pub fn card(theme: &Theme) -> container::Style {
    container::Style {
        background: Some(theme.color.surface.into()),
        border: Border { color: theme.color.line, width: 1.0, radius: theme.radius.large.into() },
        ..container::Style::default()
    }
}

/// A well.
pub fn sunken(theme: &Theme) -> container::Style {
    container::Style {
        background: Some(theme.color.sunken.into()),
        border: border::rounded(theme.radius.large),
        ..container::Style::default()
    }
}

/// What stands out without being a warning.
pub fn accent(theme: &Theme) -> container::Style {
    container::Style {
        background: Some(theme.color.accent.into()),
        text_color: Some(theme.color.on_accent),
        border: border::rounded(theme.radius.medium),
        ..container::Style::default()
    }
}

/// Over the camera's picture.
pub fn over_picture(theme: &Theme) -> container::Style {
    container::Style {
        background: Some(Color { a: 0.88, ..theme.color.shade }.into()),
        text_color: Some(theme.color.on_shade),
        border: border::rounded(theme.radius.large),
        ..container::Style::default()
    }
}

/// Under a dialog, over the screen that waits.
pub fn veil(theme: &Theme) -> container::Style {
    container::Style {
        background: Some(Color { a: 0.72, ..theme.color.shade }.into()),
        ..container::Style::default()
    }
}

/// Less important words.
pub fn muted(theme: &Theme) -> text::Style {
    text::Style { color: Some(theme.color.muted) }
}

/// The words of what matters most here.
pub fn primary(theme: &Theme) -> text::Style {
    text::Style { color: Some(theme.color.primary) }
}

/// Words of success.
pub fn success(theme: &Theme) -> text::Style {
    text::Style { color: Some(theme.color.success) }
}

/// Words of warning.
pub fn warning(theme: &Theme) -> text::Style {
    text::Style { color: Some(theme.color.warning) }
}

/// Words of refusal.
pub fn danger(theme: &Theme) -> text::Style {
    text::Style { color: Some(theme.color.danger) }
}
