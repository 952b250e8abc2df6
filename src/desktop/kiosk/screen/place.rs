//! Where the card is picked up.

use iced::widget::{column, row, scrollable};
use iced::{Fill, Task, task};

use crate::desktop::icon::Icon;
use crate::desktop::kiosk::kit::Kit;
use crate::desktop::kiosk::page::Page;
use crate::desktop::kiosk::session::{Errand, Session};
use crate::desktop::kiosk::{errand, when};
use crate::desktop::office::Office;
use crate::desktop::theme::style;
use crate::desktop::widget::{Scene, button, notice, words};
use crate::domain::place;
use crate::sync::answer;

#[derive(Debug, Clone)]
pub enum Message {
    Chosen(place::Id),
    Submit,
    Moved(Result<answer::order::Details, errand::Failure>),
}

pub enum Action {
    None,
    Run(Task<Message>),
    Chosen(place::Id),
    /// The open order has another place now.
    Moved(Box<answer::order::Order>),
}

/// See the module.
#[derive(Debug)]
pub struct Place {
    chosen: Option<place::Id>,
    /// The order whose place is to be changed.
    order: Option<Box<answer::order::Order>>,
    waiting: Option<task::Handle>,
    failure: Option<errand::Failure>,
}

impl Place {
    pub fn new(session: &Session) -> Self {
        let order = match session.errand {
            Errand::ChangePlace => session.open_order().cloned().map(Box::new),
            Errand::Order | Errand::ReplacePhoto => None,
        };
        let now = order.as_ref().and_then(|order| place::Id::new(&order.place));
        Self { chosen: now.or_else(|| session.place.clone()), order, waiting: None, failure: None }
    }

    pub fn update(&mut self, message: Message, kit: &Kit, session: &Session) -> Action {
        match message {
            Message::Chosen(id) => {
                self.chosen = Some(id);
                self.failure = None;
            }
            Message::Submit => {
                let Some(chosen) = self.chosen.clone() else { return Action::None };
                let Some(order) = &self.order else { return Action::Chosen(chosen) };
                if order.place == chosen.as_str() {
                    return Action::Moved(order.clone());
                }
                let wish = answer::order::Wish::ChangePlace { place: chosen.as_str().to_owned() };
                match errand::move_order(kit, session, order, wish) {
                    Ok(asking) => {
                        let (task, handle) = Task::perform(asking, Message::Moved).abortable();
                        self.waiting = Some(handle.abort_on_drop());
                        return Action::Run(task);
                    }
                    Err(failure) => self.failure = Some(failure),
                }
            }
            Message::Moved(Ok(details)) => return Action::Moved(Box::new(details.order)),
            Message::Moved(Err(failure)) => {
                self.waiting = None;
                self.failure = Some(failure);
            }
        }
        Action::None
    }

    pub fn page<'a>(&'a self, scene: Scene<'a>, office: &'a Office) -> Page<'a, Message> {
        let Scene { theme, texts, .. } = scene;
        let language = texts.language();
        let tiles = office.places.iter().map(|place| {
            let chosen = self.chosen.as_ref() == Some(&place.id);
            let icon = if chosen { Icon::CircleCheck } else { Icon::MapPin };
            let name = place.name.get(language).to_owned();
            let mut says = column![words::heading(theme, name.clone())].spacing(theme.space.xs);
            if chosen || office.places.len() <= 4 {
                says = says.push(words::body(theme, place.directions.get(language)));
            }
            let hours = when::hours(texts, place).join(", ");
            says = says.push(words::caption(theme, hours));
            let content = row![icon.view(theme.text.heading).style(style::primary), says.width(Fill)]
                .spacing(theme.space.m);
            button::tile(theme, format!("place-{}", place.id.as_str()), name, content)
                .selected(chosen)
                .on_press(Message::Chosen(place.id.clone()))
                .into()
        });
        let mut body = column(tiles).spacing(theme.space.s).padding(theme.space.xs);
        if let Some(failure) = self.failure {
            let (headline, more) = failure.says(texts);
            body = body.push(notice::notice(theme, notice::Kind::Warning, headline, Some(more)));
        }
        let label = if self.order.is_some() { texts.kiosk_place_change() } else { texts.kiosk_next() };
        let ready = self.chosen.is_some() && self.waiting.is_none();
        let next = button::with_icon(theme, "next", Icon::ArrowRight, label)
            .width(Fill)
            .on_press_maybe(ready.then_some(Message::Submit));
        Page::new("place", texts.kiosk_place_title(), scrollable(body)).action(next)
    }
}
