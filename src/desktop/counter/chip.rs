//! A state by icon, word and colour.

use iced::widget::{container, row, text};
use iced::{Border, Center};

use crate::desktop::icon::Icon;
use crate::desktop::widget::notice::Kind;
use crate::desktop::{Element, Theme, font};

/// A small label that says how something stands.
pub fn chip<'a, Message: 'a>(
    theme: &Theme,
    (word, icon, kind): (String, Icon, Kind),
) -> Element<'a, Message> {
    let (_, color, ground) = kind.look(theme);
    let size = theme.text.caption;
    let words = text(word).size(size).font(font::SEMIBOLD).line_height(1.2);
    container(row![icon.view(size + 2.0), words].spacing(theme.space.xs + 2.0).align_y(Center))
        .padding([4.0, 10.0])
        .style(move |_| container::Style {
            background: Some(ground.into()),
            text_color: Some(color),
            border: Border { color, width: 1.0, radius: 100.0.into() },
            ..container::Style::default()
        })
        .into()
}
