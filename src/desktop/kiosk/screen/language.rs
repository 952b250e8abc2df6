//! Which language.

use iced::Center;
use iced::widget::{column, row, space};

use crate::desktop::icon::Icon;
use crate::desktop::kiosk::page::{Frame, Page};
use crate::desktop::widget::{Scene, button, words};
use crate::domain::person::Language;

#[derive(Debug, Clone)]
pub enum Message {
    Chosen(Language),
}

pub fn page<'a>(scene: Scene<'a>) -> Page<'a, Message> {
    let Scene { theme, texts, .. } = scene;
    let tile = |language: Language, name: String, greeting: &'a str| {
        let says =
            column![words::title(theme, name.clone()), words::lead(theme, greeting)].spacing(theme.space.xs);
        let content =
            row![says, space::horizontal(), Icon::ArrowRight.view(theme.text.title)].align_y(Center);
        button::tile(theme, format!("language-{}", language.tag()), name, content)
            .padding(theme.space.l)
            .selected(texts.language() == language)
            .on_press(Message::Chosen(language))
    };
    // each language greets in its own words, whichever is shown
    let tiles = column![
        tile(Language::Bokmal, texts.language_nb(), "Velkommen! Trykk her for bokmål."),
        tile(Language::Nynorsk, texts.language_nn(), "Velkomen! Trykk her for nynorsk."),
        tile(Language::English, texts.language_en(), "Welcome! Touch here for English."),
    ]
    .spacing(theme.space.m);
    Page::new("language", texts.kiosk_language_title(), tiles).frame(Frame::Whole)
}
