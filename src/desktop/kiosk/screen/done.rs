//! What was done to an order that was there: another photo, cancelled.

use iced::widget::{column, container};
use iced::{Center, Fill};

use crate::desktop::icon::Icon;
use crate::desktop::kiosk::page::{Frame, Page};
use crate::desktop::theme::style;
use crate::desktop::widget::{Scene, button, words};

#[derive(Debug, Clone)]
pub enum Message {
    Done,
}

/// What.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    PhotoReplaced,
    Cancelled,
}

impl Done {
    pub fn page<'a>(&'a self, scene: Scene<'a>) -> Page<'a, Message> {
        let Scene { theme, texts, .. } = scene;
        let (name, title, more) = match self {
            Self::PhotoReplaced => {
                ("photo-replaced", texts.kiosk_done_photo(), texts.kiosk_done_photo_more())
            }
            Self::Cancelled => ("cancelled", texts.kiosk_done_cancelled(), texts.kiosk_done_cancelled_more()),
        };
        let mark = Icon::CircleCheckBig.view(theme.target * 2.0).style(style::success);
        let body = container(
            column![mark, words::lead(theme, more)].spacing(theme.space.xl).align_x(Center).max_width(800),
        )
        .center(Fill);
        let done = button::with_icon(theme, "done", Icon::Check, texts.kiosk_receipt_done())
            .width(Fill)
            .on_press(Message::Done);
        Page::new(name, title, body).action(done).frame(Frame::Top)
    }
}
