//! A keypad of ten figures, laid out like the one at the doors.

use iced::Length;
use iced::widget::{column, container, row, space, text};

use super::entry::Edit;
use super::{Button, Scene, button};
use crate::desktop::icon::Icon;
use crate::desktop::{Element, font};

/// Three by four keys: the figures and delete. Every press is an edit, so that real keys and these do the same.
pub fn view<'a, Message: Clone + 'a>(
    scene: Scene<'a>,
    on_press: impl Fn(Edit) -> Message + Copy + 'a,
) -> Element<'a, Message> {
    let theme = scene.theme;
    let (width, height, gap) = (theme.target * 1.75, theme.target * 1.125, theme.space.s);
    let key = |figure: char| -> Element<'a, Message> {
        let cap = text(figure.to_string()).size(theme.text.heading).font(font::SEMIBOLD).line_height(1.0);
        Button::of(theme, format!("key-{figure}"), figure.to_string(), cap)
            .kind(button::Kind::Key)
            .width(width)
            .height(height)
            .on_press(on_press(Edit::Insert(figure)))
            .into()
    };
    let delete =
        Button::of(theme, "key-delete", scene.texts.keyboard_delete(), Icon::Delete.view(theme.text.heading))
            .kind(button::Kind::Key)
            .width(width)
            .height(height)
            .on_press(on_press(Edit::Backspace));
    let line = |figures: [char; 3]| row(figures.map(key)).spacing(gap);
    let keys = column![
        line(['1', '2', '3']),
        line(['4', '5', '6']),
        line(['7', '8', '9']),
        row![space().width(width), key('0'), delete].spacing(gap),
    ]
    .spacing(gap)
    .width(Length::Shrink);
    container(keys).padding(theme.space.m).style(crate::desktop::theme::style::sunken).into()
}
