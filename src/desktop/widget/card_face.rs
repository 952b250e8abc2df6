//! The card as it will look: the proportions of ID-1 (ISO/IEC 7810), photo, name.

use iced::widget::{column, container, image, row, space, svg, text};
use iced::{Border, ContentFit, Length, border};

use super::Scene;
use crate::desktop::{Element, Theme, font};

/// Width by height: 85.60 by 53.98 mm.
const SHAPE: f32 = 85.60 / 53.98;
/// Radius of the corners by the width: 3.18 mm.
const CORNER: f32 = 3.18 / 85.60;

/// The front of a card of this width in pixels. A card is light in every colour scheme, as the printed one is.
pub fn view<'a, Message: 'a>(
    scene: Scene<'a>,
    width: f32,
    photo: image::Handle,
    name: &'a str,
) -> Element<'a, Message> {
    let theme = scene.theme;
    let height = width / SHAPE;
    let margin = height * 0.09;
    let photo_height = height - 2.0 * margin;
    let picture = image(photo).content_fit(ContentFit::Cover).width(photo_height * 0.77).height(photo_height);
    let title = text(scene.texts.card_face_title()).size(height * 0.06).font(font::SEMIBOLD);
    let head = row![svg(theme.logo.clone()).width(height * 0.13).height(height * 0.13), title]
        .spacing(margin * 0.4)
        .align_y(iced::Center);
    let written = text(name).size(height * size(name)).font(font::BOLD).line_height(1.15);
    let words = column![head, space().height(Length::Fill), written].height(photo_height).width(Length::Fill);
    container(row![picture, words].spacing(margin))
        .width(width)
        .height(height)
        .padding(margin)
        .style(move |theme: &Theme| container::Style {
            background: Some(theme.color.paper.into()),
            text_color: Some(theme.color.on_paper),
            border: Border {
                color: theme.color.line_strong,
                width: 1.5,
                radius: border::radius(width * CORNER),
            },
            ..container::Style::default()
        })
        .into()
}

/// The size of a name by the card's height: long names are smaller, so that they stay whole.
fn size(name: &str) -> f32 {
    let longest = name.split_whitespace().map(|word| word.chars().count()).max().unwrap_or_default();
    let all = name.chars().count();
    if longest > 16 || all > 44 {
        0.065
    } else if longest > 11 || all > 26 {
        0.085
    } else {
        0.11
    }
}
