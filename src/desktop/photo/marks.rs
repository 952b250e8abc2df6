//! What is held against a photo, drawn on it: an outline and a number for each.

use iced::advanced::mouse;
use iced::widget::canvas::{self, Canvas, Geometry, Path, Stroke, stroke};
use iced::widget::{container, text};
use iced::{Point, Rectangle, Renderer, Size, alignment, border};

use crate::desktop::{Element, Theme, font};
use crate::domain::photo::Region;

/// Around the whole photo.
pub const WHOLE: Region = Region { x: 0.015, y: 0.015, width: 0.97, height: 0.97 };

/// The regions in shares of the photo, in the order of their numbers.
#[derive(Debug, Clone)]
pub struct Marks {
    pub regions: Vec<Region>,
}

impl Marks {
    pub fn view<'a, Message: 'a>(self, size: Size) -> Element<'a, Message> {
        Canvas::new(self).width(size.width).height(size.height).into()
    }

    /// Several findings of one region share its outline: its numbers stand side by side.
    fn outlines(&self) -> Vec<(Region, Vec<usize>)> {
        let mut outlines: Vec<(Region, Vec<usize>)> = Vec::new();
        for (at, region) in self.regions.iter().enumerate() {
            match outlines.iter_mut().find(|(known, _)| known == region) {
                Some((_, numbers)) => numbers.push(at + 1),
                None => outlines.push((*region, vec![at + 1])),
            }
        }
        outlines
    }
}

/// A number as it stands in the list, the same as on the picture.
pub fn number<'a, Message: 'a>(theme: &Theme, number: usize) -> Element<'a, Message> {
    let side = theme.text.heading * 1.25;
    container(text(number.to_string()).size(theme.text.body).font(font::BOLD))
        .center(side)
        .style(move |theme: &Theme| container::Style {
            background: Some(theme.color.accent.into()),
            text_color: Some(theme.color.on_accent),
            border: border::rounded(side / 2.0),
            ..container::Style::default()
        })
        .into()
}

impl<Message> canvas::Program<Message, Theme> for Marks {
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
        let radius = theme.text.body * 0.75;
        let line = |color, width| Stroke {
            style: stroke::Style::Solid(color),
            width,
            line_join: stroke::LineJoin::Round,
            ..Stroke::default()
        };
        for (region, numbers) in self.outlines() {
            let corner = Point::new(region.x * bounds.width, region.y * bounds.height);
            let size = Size::new(region.width * bounds.width, region.height * bounds.height);
            let outline = Path::rounded_rectangle(corner, size, theme.radius.medium.into());
            // a dark line below a light one is seen on every skin, hair and wall
            frame.stroke(&outline, line(theme.color.shade, 7.0));
            frame.stroke(&outline, line(theme.color.accent, 4.0));
            for (at, number) in numbers.iter().enumerate() {
                let x = corner.x + radius * (1.0 + 2.2 * at as f32);
                let center = Point::new(
                    x.clamp(radius, (bounds.width - radius).max(radius)),
                    corner.y.clamp(radius, (bounds.height - radius).max(radius)),
                );
                frame.fill(&Path::circle(center, radius + 2.0), theme.color.shade);
                frame.fill(&Path::circle(center, radius), theme.color.accent);
                frame.fill_text(canvas::Text {
                    content: number.to_string(),
                    position: center,
                    color: theme.color.on_accent,
                    size: (radius * 1.25).into(),
                    font: font::BOLD,
                    align_x: alignment::Horizontal::Center.into(),
                    align_y: alignment::Vertical::Center,
                    ..canvas::Text::default()
                });
            }
        }
        vec![frame.into_geometry()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_of_one_place_share_an_outline() {
        let face = Region { x: 0.2, y: 0.2, width: 0.6, height: 0.6 };
        let mouth = Region { x: 0.4, y: 0.6, width: 0.2, height: 0.1 };
        let marks = Marks { regions: vec![face, WHOLE, mouth, face] };
        assert_eq!(marks.outlines(), [(face, vec![1, 4]), (WHOLE, vec![2]), (mouth, vec![3])]);
    }
}
