//! How iced's own widgets look in this theme.

use iced::border::{self, Border};
use iced::widget::{container, scrollable, svg, text, text_input};
use iced::{Background, Color, Shadow};

use super::Theme;

impl text::Catalog for Theme {
    type Class<'a> = text::StyleFn<'a, Self>;

    fn default<'a>() -> Self::Class<'a> {
        Box::new(|_| text::Style::default())
    }

    fn style(&self, class: &Self::Class<'_>) -> text::Style {
        class(self)
    }
}

impl container::Catalog for Theme {
    type Class<'a> = container::StyleFn<'a, Self>;

    fn default<'a>() -> Self::Class<'a> {
        Box::new(|_| container::Style::default())
    }

    fn style(&self, class: &Self::Class<'_>) -> container::Style {
        class(self)
    }
}

impl svg::Catalog for Theme {
    type Class<'a> = svg::StyleFn<'a, Self>;

    fn default<'a>() -> Self::Class<'a> {
        Box::new(|_, _| svg::Style::default())
    }

    fn style(&self, class: &Self::Class<'_>, status: svg::Status) -> svg::Style {
        class(self, status)
    }
}

impl scrollable::Catalog for Theme {
    type Class<'a> = scrollable::StyleFn<'a, Self>;

    fn default<'a>() -> Self::Class<'a> {
        Box::new(|theme, _| {
            let rail = scrollable::Rail {
                background: Some(theme.color.sunken.into()),
                border: border::rounded(theme.radius.small),
                scroller: scrollable::Scroller {
                    background: theme.color.line_strong.into(),
                    border: border::rounded(theme.radius.small),
                },
            };
            scrollable::Style {
                container: container::Style::default(),
                vertical_rail: rail,
                horizontal_rail: rail,
                gap: None,
                auto_scroll: scrollable::AutoScroll {
                    background: theme.color.surface.into(),
                    border: border::rounded(theme.radius.small),
                    shadow: Shadow::default(),
                    icon: theme.color.text,
                },
            }
        })
    }

    fn style(&self, class: &Self::Class<'_>, status: scrollable::Status) -> scrollable::Style {
        class(self, status)
    }
}

impl text_input::Catalog for Theme {
    type Class<'a> = text_input::StyleFn<'a, Self>;

    fn default<'a>() -> Self::Class<'a> {
        Box::new(|theme, status| {
            let c = &theme.color;
            let (color, width) = match status {
                text_input::Status::Focused { .. } => (c.focus, theme.ring() - 1.0),
                text_input::Status::Hovered => (c.primary, 2.0),
                text_input::Status::Active => (c.line_strong, 2.0),
                text_input::Status::Disabled => (c.line, 2.0),
            };
            text_input::Style {
                background: Background::Color(c.surface),
                border: Border { color, width, radius: theme.radius.medium.into() },
                icon: c.muted,
                placeholder: c.muted,
                value: c.text,
                selection: Color { a: 0.3, ..c.primary },
            }
        })
    }

    fn style(&self, class: &Self::Class<'_>, status: text_input::Status) -> text_input::Style {
        class(self, status)
    }
}
