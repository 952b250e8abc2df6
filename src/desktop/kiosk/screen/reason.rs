//! What the card is for, with its price: only what fits the cards that the person has.

use iced::widget::{column, row, space};
use iced::{Center, Fill};

use crate::desktop::icon::Icon;
use crate::desktop::kiosk::page::Page;
use crate::desktop::kiosk::session::Session;
use crate::desktop::office::Office;
use crate::desktop::theme::style;
use crate::desktop::widget::{Scene, button, words};
use crate::domain::card::Status;
use crate::domain::order;

#[derive(Debug, Clone)]
pub enum Message {
    Chosen(order::Reason),
    Submit,
}

pub enum Action {
    None,
    Chosen(order::Reason),
}

/// See the module.
#[derive(Debug)]
pub struct Reason {
    offered: Vec<order::Reason>,
    chosen: Option<order::Reason>,
    /// The server cannot be asked which cards there are, nor be told to block one.
    alone: bool,
}

impl Reason {
    pub fn new(session: &Session) -> Self {
        let cards = session.person.as_ref().map(|person| person.cards.as_slice());
        let status =
            |status: Status| cards.is_some_and(|cards| cards.iter().any(|card| card.status == status.code()));
        let offered = if cards.is_none() {
            vec![order::Reason::New, order::Reason::Lost, order::Reason::Worn]
        } else if status(Status::Active) {
            vec![order::Reason::Lost, order::Reason::Worn]
        } else if status(Status::Blocked) {
            vec![order::Reason::Lost]
        } else {
            vec![order::Reason::New]
        };
        let only = if let [only] = offered.as_slice() { Some(*only) } else { None };
        Self { chosen: session.reason.or(only), offered, alone: cards.is_none() }
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Chosen(reason) => {
                self.chosen = Some(reason);
                Action::None
            }
            Message::Submit => self.chosen.map_or(Action::None, Action::Chosen),
        }
    }

    pub fn page<'a>(&'a self, scene: Scene<'a>, office: &Office) -> Page<'a, Message> {
        let Scene { theme, texts, .. } = scene;
        let tiles = self.offered.iter().map(|&reason| {
            let (icon, name, more) = match reason {
                order::Reason::New => (Icon::IdCard, texts.kiosk_reason_new(), texts.kiosk_reason_new_more()),
                order::Reason::Lost if self.alone => {
                    (Icon::Search, texts.kiosk_reason_lost(), texts.kiosk_reason_lost_alone())
                }
                order::Reason::Lost => {
                    (Icon::Search, texts.kiosk_reason_lost(), texts.kiosk_reason_lost_more())
                }
                order::Reason::Worn => {
                    (Icon::RefreshCw, texts.kiosk_reason_worn(), texts.kiosk_reason_worn_more())
                }
                order::Reason::PhotoViolation => {
                    (Icon::Image, texts.kiosk_reason_photo(), texts.kiosk_reason_photo_more())
                }
            };
            let price = price(scene, reason.price(&office.prices));
            let says = column![words::heading(theme, name.clone()), words::body(theme, more)]
                .spacing(theme.space.xs);
            let content = row![
                icon.view(theme.text.title).style(style::primary),
                says.width(Fill),
                words::heading(theme, price)
            ]
            .spacing(theme.space.m)
            .align_y(Center);
            button::tile(theme, format!("reason-{}", reason.code()), name, content)
                .padding(theme.space.l)
                .selected(self.chosen == Some(reason))
                .on_press(Message::Chosen(reason))
                .into()
        });
        let body = column(tiles).spacing(theme.space.m).push(space());
        let next = button::with_icon(theme, "next", Icon::ArrowRight, texts.kiosk_next())
            .width(Fill)
            .on_press_maybe(self.chosen.map(|_| Message::Submit));
        Page::new("reason", texts.kiosk_reason_title(), body).action(next)
    }
}

/// An amount as it is said: free, or so many kroner.
pub fn price(scene: Scene<'_>, amount: order::Ore) -> String {
    if amount.0 == 0 { scene.texts.price_free() } else { scene.texts.price(amount.kroner() as f64) }
}
