//! An action of a desk: a button that shows its key.

use std::borrow::Cow;

use iced::widget::{container, row, text};
use iced::{Border, Center, Element as IcedElement, Length};

use crate::desktop::icon::Icon;
use crate::desktop::widget::button::{Button, Kind};
use crate::desktop::{Element, Theme, font};

/// The cap of a key, small, beside the words of what it does.
pub fn cap<'a, Message: 'a>(theme: &Theme, key: &'a str) -> Element<'a, Message> {
    let size = theme.text.caption;
    let radius = theme.radius.small;
    let words = text(key).size(size).font(font::SEMIBOLD).line_height(1.1);
    let cap: IcedElement<'a, Message, Theme> = container(words)
        .padding([2.0, 6.0])
        .style(move |theme: &Theme| container::Style {
            background: Some(theme.color.sunken.into()),
            text_color: Some(theme.color.text),
            border: Border { color: theme.color.line_strong, width: 1.0, radius: radius.into() },
            ..container::Style::default()
        })
        .into();
    cap
}

/// A button with its key, an icon and words.
pub fn action<'a, Message: Clone + 'a>(
    theme: &Theme,
    id: impl Into<Cow<'static, str>>,
    key: &'a str,
    icon: Icon,
    label: String,
    kind: Kind,
) -> Button<'a, Message> {
    let words = text(label.clone()).size(theme.text.body).font(font::SEMIBOLD).line_height(1.2);
    let content =
        row![cap(theme, key), icon.view(theme.text.lead), words].spacing(theme.space.s).align_y(Center);
    Button::of(theme, id, label, container(content).center_y(Length::Shrink)).kind(kind)
}
