//! The keyboard on the screen, beside the real one: Norwegian letters, figures and signs.

use iced::Length;
use iced::widget::{column, container, row, text};

use super::entry::Edit;
use super::{Button, Scene, button};
use crate::desktop::icon::Icon;
use crate::desktop::{Element, font};

/// What a press means to the line that is edited, or to the keyboard itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    Edit(Edit),
    Shift,
    Signs,
    Enter,
}

/// Capital letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shift {
    #[default]
    Off,
    /// For one letter.
    Once,
    Lock,
}

/// Which keys are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct State {
    pub shift: Shift,
    pub signs: bool,
}

impl State {
    /// Takes the press in, and gives the edit that it is.
    pub fn press(&mut self, press: Press) -> Option<Edit> {
        match press {
            Press::Shift => {
                self.shift = match self.shift {
                    Shift::Off => Shift::Once,
                    Shift::Once => Shift::Lock,
                    Shift::Lock => Shift::Off,
                };
                None
            }
            Press::Signs => {
                self.signs = !self.signs;
                None
            }
            Press::Enter => None,
            Press::Edit(edit) => {
                if self.shift == Shift::Once {
                    self.shift = Shift::Off;
                }
                Some(edit)
            }
        }
    }
}

const LETTERS: [&str; 4] = ["1234567890", "qwertyuiopå", "asdfghjkløæ", "zxcvbnm"];
const SIGNS: [&str; 4] = ["1234567890", "!\"#$%&/()=?", "+-*_:;,.@'^", "<>[]{}|\\~"];

/// The keyboard as wide as it may be; `enter` is the word on the key that goes on.
pub fn view<'a, Message: Clone + 'a>(
    scene: Scene<'a>,
    state: State,
    enter: String,
    on_press: impl Fn(Press) -> Message + Copy + 'a,
) -> Element<'a, Message> {
    let theme = scene.theme;
    let gap = theme.space.xs;
    let height = theme.target - gap;
    let key = |character: char| -> Element<'a, Message> {
        let shown =
            if state.shift == Shift::Off { vec![character] } else { character.to_uppercase().collect() };
        let typed = shown.first().copied().unwrap_or(character);
        let cap = text(typed.to_string()).size(theme.text.lead).font(font::MEDIUM).line_height(1.0);
        Button::of(theme, format!("key-{typed}"), typed.to_string(), cap)
            .kind(button::Kind::Key)
            .width(Length::FillPortion(2))
            .height(height)
            .on_press(on_press(Press::Edit(Edit::Insert(typed))))
            .into()
    };
    let special =
        |id: &'static str, label: String, content: Element<'a, Message>, portion: u16, on: bool, press| {
            Button::of(theme, id, label, content)
                .kind(button::Kind::Key)
                .width(Length::FillPortion(portion))
                .height(height)
                .selected(on)
                .on_press(on_press(press))
        };
    let icon = |icon: Icon| -> Element<'a, Message> { icon.view(theme.text.lead).into() };
    let word =
        |word: String| -> Element<'a, Message> { text(word).size(theme.text.body).font(font::MEDIUM).into() };
    let rows = if state.signs { SIGNS } else { LETTERS };
    let letters = |line: &str| line.chars().map(key).collect::<Vec<_>>();
    let [figures, upper, middle, lower] = rows;

    let delete = special(
        "key-delete",
        scene.texts.keyboard_delete(),
        icon(Icon::Delete),
        3,
        false,
        Press::Edit(Edit::Backspace),
    );
    let shift_icon = if state.shift == Shift::Lock { Icon::ArrowBigUpDash } else { Icon::ArrowBigUp };
    let shift = special(
        "key-shift",
        scene.texts.keyboard_shift(),
        icon(shift_icon),
        3,
        state.shift != Shift::Off,
        Press::Shift,
    );
    let page = if state.signs { "abc" } else { "#+=" };
    let signs = special(
        "key-signs",
        scene.texts.keyboard_signs(),
        word(page.to_owned()),
        3,
        state.signs,
        Press::Signs,
    );
    let sign = |character: char| key(character);
    let space = special(
        "key-space",
        scene.texts.keyboard_space(),
        icon(Icon::Space),
        5,
        false,
        Press::Edit(Edit::Insert(' ')),
    );
    let go = special("key-enter", enter.clone(), word(enter), 5, true, Press::Enter);
    let keys = column![
        row(letters(figures)).push(delete).spacing(gap),
        row(letters(upper)).spacing(gap),
        row(letters(middle)).spacing(gap),
        row![shift].extend(letters(lower)).push(signs).spacing(gap),
        row![sign('@'), sign('.'), space, sign('-'), sign('_'), go].spacing(gap),
    ]
    .spacing(gap);
    container(keys)
        .max_width(1120)
        .padding(theme.space.s)
        .style(|theme| container::Style {
            background: Some(theme.color.sunken.into()),
            border: iced::border::rounded(theme.radius.large),
            ..container::Style::default()
        })
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shift_holds_for_one_letter_and_locks_on_the_second_press() {
        let mut state = State::default();
        state.press(Press::Shift);
        assert_eq!(state.press(Press::Edit(Edit::Insert('Å'))), Some(Edit::Insert('Å')));
        assert_eq!(state.shift, Shift::Off);
        state.press(Press::Shift);
        state.press(Press::Shift);
        state.press(Press::Edit(Edit::Insert('Å')));
        assert_eq!(state.shift, Shift::Lock);
    }
}
