//! The oval over the mirror: where it is, the ring around it that fills as the rules are kept, the countdown in its middle.

use std::cell::Cell;

use iced::advanced::mouse;
use iced::alignment;
use iced::widget::canvas::{self, Canvas, Geometry, Path};
use iced::widget::{container, space};
use iced::{Color, Padding, Point, Radians, Rectangle, Renderer, Size, Vector};

use crate::camera::preview;
use crate::desktop::widget::drawing::{arc, ellipse, line};
use crate::desktop::{Element, Theme, font};

/// The oval's height, by the mirror's.
const HEIGHT: f32 = 0.66;
/// Its width, by its height: a head and a little room.
const SHAPE: f32 = 0.76;
/// Its middle from the top, by the mirror's height: a little lower than the middle, because the words are above it.
const MIDDLE: f32 = 0.52;
/// How wide the ring is, by the oval's height.
const RING: f32 = 0.016;
/// How dark it is around the oval.
const SHADE: f32 = 0.45;

/// Where the oval of a mirror of this size is.
pub fn place(mirror: Size) -> Rectangle {
    let height = HEIGHT * mirror.height.min(mirror.width / SHAPE);
    let size = Size::new(height * SHAPE, height);
    let corner = Point::new((mirror.width - size.width) / 2.0, mirror.height * MIDDLE - size.height / 2.0);
    Rectangle::new(corner, size)
}

/// How the mirror is wanted from the camera: of this size in logical pixels, shaded around the oval.
pub fn look(mirror: Size, shade: Color, scale: f32) -> preview::Look {
    let place = place(mirror) * scale;
    let side = |side: f32| (side * scale).round() as u32;
    let [r, g, b, _] = shade.into_rgba8();
    preview::Look {
        size: (side(mirror.width), side(mirror.height)),
        oval: Some(preview::Oval {
            center: (place.center_x(), place.center_y()),
            radii: (place.width / 2.0, place.height / 2.0),
            shade: [r, g, b],
            strength: SHADE,
        }),
    }
}

/// The ring around the oval.
pub struct Ring<'a> {
    /// 0 to 1.
    pub progress: f32,
    pub count: Option<u8>,
    /// The frame that is being shown.
    pub sequence: u64,
    /// The last frame that was drawn, and how many were.
    pub drawn: &'a Cell<(u64, u64)>,
}

impl<'a> Ring<'a> {
    /// At its place over a mirror of this size.
    pub fn view<Message: 'a>(self, mirror: Option<Size>) -> Element<'a, Message> {
        let Some(place) = mirror.map(place) else { return space().into() };
        let place = place.expand(place.height * RING);
        let padding = Padding { top: place.y.max(0.0), left: place.x.max(0.0), ..Padding::ZERO };
        container(Canvas::new(self).width(place.width).height(place.height)).padding(padding).into()
    }
}

impl<Message> canvas::Program<Message, Theme> for Ring<'_> {
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
        let width = bounds.height * RING / (1.0 + 2.0 * RING);
        let radii = Vector::new(bounds.width / 2.0 - width, bounds.height / 2.0 - width);
        let center = frame.center();
        let top = Radians(-std::f32::consts::FRAC_PI_2);
        let part = |share: f32| arc(center, radii, top, top + Radians(std::f32::consts::TAU * share));
        let share = self.progress.clamp(0.0, 1.0);
        let full = share > 0.995;
        if !full {
            frame.stroke(&ellipse(center, radii), line(theme.color.on_shade.scale_alpha(0.55), width));
        }
        if share > 0.0 {
            let color = if full { theme.color.lit } else { theme.color.accent };
            frame.stroke(&part(share), line(color, width));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oval_lies_inside_of_every_mirror() {
        for mirror in [Size::new(984.0, 1480.0), Size::new(700.0, 900.0), Size::new(400.0, 300.0)] {
            let place = place(mirror);
            let place = place.expand(place.height * RING);
            assert!(place.is_within(&Rectangle::with_size(mirror)), "{place:?} in {mirror:?}");
        }
    }
}
