//! The counter's window: the bar, the open desk, and what keys mean wherever the focus is.

use iced::Length;
use iced::keyboard::{Key, Modifiers};
use iced::widget::{column, container};

use super::bar::{AloneBar, Bar};
use super::hotkey::hotkeys;
use super::{Counter, Desk, Message, Work, desk};
use crate::desktop::widget::{Scene, stage};
use crate::desktop::{Element, Theme};

impl Counter {
    pub fn view(&self) -> Element<'_, Message> {
        let scene = Scene { theme: &self.theme, texts: self.texts(), size: self.size };
        let (first, content) = match &self.work {
            None => {
                (Some(self.sign_in.first()), self.sign_in.view(scene, self.place_name()).map(Message::SignIn))
            }
            Some(work) => (work.first(), self.desk(scene, work)),
        };
        let content = hotkeys(content, |key, modifiers| self.key(key, modifiers));
        let layout = self.start.layout.is_some().then_some(Message::LaidOut);
        let ground = container(content).width(Length::Fill).height(Length::Fill).style(|theme: &Theme| {
            container::Style {
                background: Some(theme.color.background.into()),
                ..container::Style::default()
            }
        });
        stage(self.screen(), ground).autofocus(first).on_activity(Message::Active).on_layout(layout).into()
    }

    fn place_name(&self) -> &str {
        let here = self.start.places.iter().find(|place| place.id == self.start.place);
        here.map_or(self.start.place.as_str(), |place| place.name.get(self.start.language))
    }

    fn desk<'a>(&'a self, scene: Scene<'a>, work: &'a Work) -> Element<'a, Message> {
        let bar = Bar {
            desk: work.desk,
            desks: &work.desks,
            place: self.place_name(),
            clerk: &work.clerk,
            online: self.online,
        };
        let zone = &self.start.zone;
        let desk = match work.desk {
            Desk::Handover => work.handover.view(scene, &self.start.places, zone).map(Message::Handover),
            Desk::Review => work.review.view(scene).map(Message::Review),
            Desk::Production => {
                work.production.view(scene, &self.start.places, zone).map(Message::Production)
            }
        };
        let alone =
            AloneBar { kept: &self.kept, online: self.online, unlocked: work.office.token.is_none(), zone };
        column![bar.view(scene)].push(alone.view(scene)).push(desk).into()
    }

    /// What a key means wherever the focus is.
    pub(super) fn key(&self, key: &Key, modifiers: Modifiers) -> Option<Message> {
        if modifiers.control() && matches!(key.as_ref(), Key::Character("l" | "L")) {
            return Some(Message::Lock);
        }
        if modifiers.control() && matches!(key.as_ref(), Key::Character("k" | "K")) {
            return Some(Message::Recolored);
        }
        let work = self.work.as_ref()?;
        if let Key::Named(named) = key
            && let Some(desk) = Desk::ALL.into_iter().find(|desk| desk.opens_with() == *named)
        {
            return Some(Message::Open(desk));
        }
        match work.desk {
            Desk::Handover => desk::handover_key(key, &work.handover).map(Message::Handover),
            Desk::Review => desk::review_key(key, &work.review).map(Message::Review),
            Desk::Production => desk::production_key(key).map(Message::Production),
        }
    }
}
