//! Where the picture comes from: the camera here, or a file of one's own.

use iced::widget::{column, container, row};
use iced::{Center, Length};

use super::Message;
use crate::desktop::Element;
use crate::desktop::icon::Icon;
use crate::desktop::kiosk::page::Page;
use crate::desktop::theme::style;
use crate::desktop::widget::{Scene, button, notice, words};

/// The control that has the focus at first.
pub const HERE: &str = "photo-here";

/// `works`: photos can be taken at all.
pub fn page(scene: Scene<'_>, works: bool) -> Page<'_, Message> {
    let texts = scene.texts;
    let here = tile(scene, HERE, Icon::Camera, texts.photo_here(), texts.photo_here_more(), true)
        .on_press_maybe(works.then_some(Message::CameraChosen));
    let own = tile(scene, "photo-own", Icon::Usb, texts.photo_own(), texts.photo_own_more(), false)
        .on_press_maybe(works.then_some(Message::FilesChosen));
    let mut body = column![here, own].spacing(scene.theme.space.l).width(Length::Fill);
    if !works {
        let more = Some(texts.photo_camera_failed_more());
        body = body.push(notice(scene.theme, notice::Kind::Warning, texts.photo_camera_failed(), more));
    }
    let tip = |icon: Icon, says: String| {
        row![
            icon.view(scene.theme.text.heading).style(style::primary),
            words::body(scene.theme, says).width(Length::Fill)
        ]
        .spacing(scene.theme.space.m)
        .align_y(Center)
    };
    let tips = column![
        words::strong(scene.theme, texts.photo_tips()),
        tip(Icon::ScanFace, texts.photo_tip_face()),
        tip(Icon::Sun, texts.photo_tip_light()),
        tip(Icon::Glasses, texts.photo_tip_glasses()),
    ];
    let tips = container(tips.spacing(scene.theme.space.m)).padding(scene.theme.space.l).width(Length::Fill);
    body = body.push(tips.style(style::sunken));
    Page::new("photo-choice", texts.photo_choice(), body).lead(texts.photo_choice_lead()).autofocus(HERE)
}

fn tile<'a>(
    scene: Scene<'a>,
    id: &'static str,
    icon: Icon,
    label: String,
    more: String,
    first: bool,
) -> button::Button<'a, Message> {
    let theme = scene.theme;
    let size = if first { theme.text.display } else { theme.text.title };
    let ground = if first { style::accent } else { style::sunken };
    let picture = container(icon.view(size)).center(size * 1.8).style(ground);
    let says = column![words::heading(theme, label.clone()), words::body(theme, more)]
        .spacing(theme.space.xs)
        .width(Length::Fill);
    let arrow: Element<'a, Message> = Icon::ChevronRight.view(theme.text.heading).into();
    let content = row![picture, says, arrow].spacing(theme.space.l).align_y(Center);
    let high = if first { theme.space.xl } else { theme.space.l };
    button::tile(theme, id, label, content).padding([high, theme.space.l]).selected(first)
}
