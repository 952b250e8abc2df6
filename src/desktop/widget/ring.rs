//! A ring that fills: a countdown with its number, or how much is right already.

use iced::advanced::mouse;
use iced::widget::canvas::path::Arc;
use iced::widget::canvas::{self, Geometry, Path, Stroke, stroke};
use iced::{Degrees, Point, Rectangle, Renderer, alignment};

use crate::desktop::{Element, Theme, font};

/// See the module.
#[derive(Debug, Clone)]
struct Ring {
    share: f32,
    inside: String,
}

/// A ring of this diameter in pixels, filled to `share` (0–1) from the top, with a text inside.
pub fn ring<'a, Message: 'a>(diameter: f32, share: f32, inside: String) -> Element<'a, Message> {
    canvas::Canvas::new(Ring { share: share.clamp(0.0, 1.0), inside }).width(diameter).height(diameter).into()
}

impl<Message> canvas::Program<Message, Theme> for Ring {
    type State = ();

    fn draw(
        &self,
        _state: &(),
        renderer: &Renderer,
        theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<Geometry> {
        let mut frame = canvas::Frame::new(renderer, bounds.size());
        let center = frame.center();
        let width = bounds.width * 0.08;
        let radius = (bounds.width - width) / 2.0;
        let line = |color| Stroke {
            style: stroke::Style::Solid(color),
            width,
            line_cap: stroke::LineCap::Round,
            ..Stroke::default()
        };
        frame.stroke(&Path::circle(center, radius), line(theme.color.line));
        if self.share > 0.0 {
            let (start_angle, end_angle) =
                (Degrees(-90.0).into(), Degrees(-90.0 + 359.9 * self.share).into());
            let arc = Path::new(|path| path.arc(Arc { center, radius, start_angle, end_angle }));
            frame.stroke(&arc, line(theme.color.primary));
        }
        frame.fill_text(canvas::Text {
            content: self.inside.clone(),
            position: Point::new(center.x, center.y),
            color: theme.color.text,
            size: (bounds.width * 0.4).into(),
            font: font::BOLD,
            align_x: alignment::Horizontal::Center.into(),
            align_y: alignment::Vertical::Center,
            ..canvas::Text::default()
        });
        vec![frame.into_geometry()]
    }
}
