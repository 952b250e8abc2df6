//! What stands in the columns of lists: a state by icon, word and colour, and words that end where their column ends.

use iced::widget::{Text, container, row, text};
use iced::{Border, Center, Fill, Renderer};

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

/// A line that fills its column and ends there.
pub fn cut<'a, Message: 'a>(words: Text<'a, Theme, Renderer>) -> Element<'a, Message> {
    container(words.wrapping(text::Wrapping::None)).width(Fill).clip(true).into()
}
