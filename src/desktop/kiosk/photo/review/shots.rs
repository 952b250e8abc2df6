//! The frames of a burst, small: the chosen one is marked, and another can be chosen.

use iced::widget::{column, container, image, row, space};
use iced::{ContentFit, Length};

use crate::desktop::kiosk::photo::Message;
use crate::desktop::photo::eye::Shots;
use crate::desktop::widget::{Scene, button, words};
use crate::desktop::{Element, Theme};

/// So many stand side by side in a lying window.
const SIDE_BY_SIDE: usize = 4;

/// So wide that each of the frames beside each other can be touched.
pub fn least_width(theme: &Theme) -> f32 {
    let columns = SIDE_BY_SIDE as f32;
    columns * theme.target + (columns - 1.0) * theme.space.s
}

/// None where there is nothing to choose.
pub fn view<'a>(scene: Scene<'a>, shots: &Shots, idle: bool) -> Option<Element<'a, Message>> {
    if shots.count < 2 {
        return None;
    }
    let (theme, texts) = (scene.theme, scene.texts);
    let columns = if scene.portrait() { shots.count } else { SIDE_BY_SIDE };
    let height = theme.target * if scene.portrait() { 1.4 } else { 1.0 };
    let shot = |at: usize| -> Element<'a, Message> {
        let small = shots.small.get(at).filter(|small| small.width > 0);
        let picture: Element<'a, Message> = match small {
            Some(small) => image(small.handle.clone())
                .content_fit(ContentFit::Contain)
                .width(Length::Fill)
                .height(Length::Fill)
                .into(),
            None => space().into(),
        };
        let label = texts.photo_shot((at + 1) as u64, shots.count as u64);
        button::tile(theme, format!("shot-{at}"), label, container(picture).center_x(Length::Fill))
            .height(height)
            // the corners of the picture stay clear of the rounded edge
            .padding(10.0)
            .selected(at == shots.chosen)
            .on_press_maybe(idle.then_some(Message::ShotChosen(at)))
            .into()
    };
    let mut rows = column![words::caption(theme, texts.photo_shots())].spacing(theme.space.s);
    let all: Vec<usize> = (0..shots.count).collect();
    for line in all.chunks(columns) {
        rows = rows.push(row(line.iter().map(|at| shot(*at))).spacing(theme.space.s));
    }
    Some(rows.into())
}
