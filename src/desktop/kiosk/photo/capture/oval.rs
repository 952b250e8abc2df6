//! The oval over the mirror: calm shade outside, a ring that fills as the rules are kept, the countdown in its middle.

use std::cell::Cell;

use iced::advanced::mouse;
use iced::alignment;
use iced::widget::canvas::path::arc::Elliptical;
use iced::widget::canvas::{self, Canvas, Fill, Geometry, Path, Stroke, fill, stroke};
use iced::{Degrees, Length, Point, Radians, Rectangle, Renderer, Size, Vector};

use crate::desktop::{Element, Theme, font};

/// The oval's height, by the mirror's.
const HEIGHT: f32 = 0.66;
/// Its width, by its height: a head and a little room.
const SHAPE: f32 = 0.76;
/// Its middle from the top, by the mirror's height: a little lower than the middle, because the words are above it.
const MIDDLE: f32 = 0.52;
/// How wide the ring is, by the oval's height.
const RING: f32 = 0.016;

/// See the module.
pub struct Oval<'a> {
    /// 0 to 1.
    pub progress: f32,
    pub count: Option<u8>,
    /// The frame that is being shown.
    pub sequence: u64,
    /// The last frame that was drawn, and how many were.
    pub drawn: &'a Cell<(u64, u64)>,
}

impl<'a> Oval<'a> {
    pub fn view<Message: 'a>(self) -> Element<'a, Message> {
        Canvas::new(self).width(Length::Fill).height(Length::Fill).into()
    }
}

fn ellipse(center: Point, radii: Vector, share: f32) -> Path {
    let (start_angle, end_angle) = (Degrees(-90.0).into(), Degrees(-90.0 + 360.0 * share).into());
    let arc = Elliptical { center, radii, rotation: Radians(0.0), start_angle, end_angle };
    Path::new(|path| path.ellipse(arc))
}

impl<Message> canvas::Program<Message, Theme> for Oval<'_> {
    type State = ();

    fn draw(
        &self,
        _state: &(),
        renderer: &Renderer,
        theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<Geometry> {
        let (last, count) = self.drawn.get();
        if last != self.sequence {
            self.drawn.set((self.sequence, count + 1));
        }
        let mut frame = canvas::Frame::new(renderer, bounds.size());
        let height = HEIGHT * bounds.height.min(bounds.width / SHAPE);
        let radii = Vector::new(height * SHAPE / 2.0, height / 2.0);
        let center = Point::new(bounds.width / 2.0, bounds.height * MIDDLE);
        let shade = Path::new(|path| {
            path.rectangle(Point::ORIGIN, Size::new(bounds.width, bounds.height));
            path.ellipse(Elliptical {
                center,
                radii,
                rotation: Radians(0.0),
                start_angle: Radians(0.0),
                end_angle: Radians(std::f32::consts::TAU),
            });
        });
        let style = fill::Style::Solid(theme.color.shade.scale_alpha(0.45));
        frame.fill(&shade, Fill { style, rule: fill::Rule::EvenOdd });
        let width = height * RING;
        let line = |color| Stroke {
            style: stroke::Style::Solid(color),
            width,
            line_cap: stroke::LineCap::Round,
            ..Stroke::default()
        };
        frame.stroke(&ellipse(center, radii, 1.0), line(theme.color.on_shade.scale_alpha(0.55)));
        if self.progress > 0.0 {
            let share = self.progress.min(1.0);
            let color = if share > 0.995 { theme.color.lit } else { theme.color.accent };
            frame.stroke(&ellipse(center, radii, share), line(color));
        }
        if let Some(left) = self.count {
            let radius = theme.text.display * 0.85;
            frame.fill(&Path::circle(center, radius), theme.color.shade.scale_alpha(0.72));
            frame.fill_text(canvas::Text {
                content: left.to_string(),
                position: center,
                color: theme.color.on_shade,
                size: theme.text.display.into(),
                font: font::BOLD,
                align_x: alignment::Horizontal::Center.into(),
                align_y: alignment::Vertical::Center,
                ..canvas::Text::default()
            });
        }
        vec![frame.into_geometry()]
    }
}
