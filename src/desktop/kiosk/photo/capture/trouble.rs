//! What is shown in the mirror's place while there is no picture: what happens, what to do, that nothing is lost.

use iced::widget::{column, container};
use iced::{Center, Length};

use crate::camera::State;
use crate::desktop::Element;
use crate::desktop::icon::Icon;
use crate::desktop::theme::style;
use crate::desktop::widget::{Scene, words};
use crate::texts::Texts;

/// Icon, what happens, what to do.
fn words_for(state: State, texts: &Texts) -> (Icon, String, Option<String>) {
    match state {
        State::Starting | State::Live => (Icon::Camera, texts.photo_camera_starting(), None),
        State::Missing => {
            (Icon::CameraOff, texts.photo_camera_missing(), Some(texts.photo_camera_missing_more()))
        }
        State::Busy => (Icon::Lock, texts.photo_camera_busy(), Some(texts.photo_camera_busy_more())),
        State::Frozen => {
            (Icon::Hourglass, texts.photo_camera_frozen(), Some(texts.photo_camera_frozen_more()))
        }
        State::Unplugged => {
            (Icon::Unplug, texts.photo_camera_unplugged(), Some(texts.photo_camera_unplugged_more()))
        }
        State::NoRights => {
            (Icon::ShieldAlert, texts.photo_camera_no_rights(), Some(texts.photo_camera_no_rights_more()))
        }
        State::Failed => (Icon::Wrench, texts.photo_camera_failed(), Some(texts.photo_camera_failed_more())),
    }
}

/// The screen's name in reports where the camera fails again and again.
pub const OUT_OF_ORDER: &str = "photo-camera-out-of-order";

/// The screen's name in reports.
pub fn name(state: State) -> &'static str {
    match state {
        State::Starting | State::Live => "photo-camera-starting",
        State::Missing => "photo-camera-missing",
        State::Busy => "photo-camera-busy",
        State::Frozen => "photo-camera-frozen",
        State::Unplugged => "photo-camera-unplugged",
        State::NoRights => "photo-camera-no-rights",
        State::Failed => "photo-camera-failed",
    }
}

pub fn view<'a, Message: 'a>(scene: Scene<'a>, state: State, out_of_order: bool) -> Element<'a, Message> {
    let (theme, texts) = (scene.theme, scene.texts);
    let (icon, headline, more) = if out_of_order {
        let (_, why, _) = words_for(state, texts);
        (Icon::Wrench, texts.photo_out_of_order(), Some(texts.photo_out_of_order_more(why)))
    } else {
        words_for(state, texts)
    };
    let mut says = column![
        icon.view(theme.text.display * 1.5).style(style::muted),
        words::heading(theme, headline).align_x(Center)
    ]
    .spacing(theme.space.l)
    .max_width(theme.text.body * 28.0)
    .align_x(Center);
    if let Some(more) = more {
        says = says
            .push(words::lead(theme, more).align_x(Center))
            .push(words::body(theme, texts.photo_meanwhile()).align_x(Center).style(style::muted));
    }
    container(says).center(Length::Fill).padding(theme.space.xl).style(style::sunken).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Language;
    use std::collections::BTreeSet;

    #[test]
    fn each_trouble_has_its_own_words() {
        let troubles =
            [State::Missing, State::Busy, State::Frozen, State::Unplugged, State::NoRights, State::Failed];
        for language in Language::ALL {
            let texts = Texts::load(language).unwrap();
            let said: BTreeSet<_> = troubles.map(|state| words_for(state, &texts).1).into();
            assert_eq!(said.len(), troubles.len());
            assert!(troubles.iter().all(|state| words_for(*state, &texts).2.is_some()));
        }
    }
}
