//! What one needs to know before ordering, and what is agreed to.

use iced::widget::{column, container, row};
use iced::{Center, Fill};

use crate::desktop::Element;
use crate::desktop::icon::Icon;
use crate::desktop::kiosk::page::Page;
use crate::desktop::theme::style;
use crate::desktop::widget::{Scene, button, words};

/// The consents, by key and version of the text that stands in `kiosk.ftl`.
pub const CARD: &str = "card-photo:1";
pub const APP: &str = "student-id-app:1";

#[derive(Debug, Clone)]
pub enum Message {
    Card(bool),
    App(bool),
    Submit,
}

pub enum Action {
    None,
    Agreed(Vec<String>),
}

/// See the module.
#[derive(Debug, Default)]
pub struct Terms {
    card: bool,
    app: bool,
}

impl Terms {
    pub fn new(agreed: Option<&[String]>) -> Self {
        let has = |key: &str| agreed.is_some_and(|agreed| agreed.iter().any(|consent| consent == key));
        Self { card: has(CARD), app: has(APP) }
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Card(card) => self.card = card,
            Message::App(app) => self.app = app,
            Message::Submit if self.card => {
                let given = [(true, CARD), (self.app, APP)];
                return Action::Agreed(
                    given.into_iter().filter(|(given, _)| *given).map(|(_, key)| key.to_owned()).collect(),
                );
            }
            Message::Submit => {}
        }
        Action::None
    }

    pub fn page<'a>(&'a self, scene: Scene<'a>) -> Page<'a, Message> {
        let Scene { theme, texts, .. } = scene;
        let point = |icon: Icon, says: String| -> Element<'a, Message> {
            row![icon.view(theme.text.heading).style(style::primary), words::body(theme, says).width(Fill)]
                .spacing(theme.space.m)
                .align_y(Center)
                .into()
        };
        let points = column![
            point(Icon::IdCard, texts.kiosk_terms_personal()),
            point(Icon::Hand, texts.kiosk_terms_lending()),
            point(Icon::Shield, texts.kiosk_terms_show()),
            point(Icon::Image, texts.kiosk_terms_photo()),
            point(Icon::Trash2, texts.kiosk_terms_deleted()),
        ]
        .spacing(theme.space.m);
        let choice = |id: &'static str, on: bool, says: String, message: Message| {
            let icon = if on { Icon::SquareCheck } else { Icon::Square };
            let content = row![
                icon.view(theme.text.heading).style(style::primary),
                words::strong(theme, says.clone()).width(Fill)
            ]
            .spacing(theme.space.m)
            .align_y(Center);
            button::tile(theme, id, says, content).height(theme.target).selected(on).on_press(message)
        };
        let body = column![
            container(points).padding(theme.space.l).width(Fill).style(style::card),
            choice("agree", self.card, texts.kiosk_terms_agree(), Message::Card(!self.card)),
            choice("agree-app", self.app, texts.kiosk_terms_app(), Message::App(!self.app)),
        ]
        .spacing(theme.space.m);
        let next = button::with_icon(theme, "next", Icon::ArrowRight, texts.kiosk_next())
            .width(Fill)
            .on_press_maybe(self.card.then_some(Message::Submit));
        Page::new("terms", texts.kiosk_terms_title(), body).action(next)
    }
}
