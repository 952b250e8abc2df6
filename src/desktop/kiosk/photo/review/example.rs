//! A drawn example beside a finding: a face as it is wrong, and the same face as it is right.

use iced::advanced::mouse;
use iced::widget::canvas::{self, Canvas, Geometry, Path};
use iced::widget::row;
use iced::{Point, Radians, Rectangle, Renderer, Size, Vector};

use crate::desktop::icon::Icon;
use crate::desktop::widget::Scene;
use crate::desktop::widget::drawing::{arc, ellipse, line};
use crate::desktop::{Element, Theme, font};
use crate::domain::photo::Rule;

/// A drawing's width and height, in heights of body text.
const SIZE: (f32, f32) = (4.4, 6.3);

/// A face in a picture; everything in shares of the picture's width.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Face {
    x: f32,
    y: f32,
    /// By how much it is larger than in a good picture.
    scale: f32,
    /// Turned to the side, as a shift of eyes, nose and mouth.
    turned: f32,
    /// Tipped up or down, likewise.
    tipped: f32,
    tilted: Radians,
    eyes_closed: bool,
    mouth_open: bool,
    /// One side is dark.
    shadow: bool,
    /// Hardly lighter or darker anywhere.
    flat: bool,
    glare: bool,
    blurred: bool,
    busy: bool,
    second: bool,
}

const GOOD: Face = Face {
    x: 0.5,
    y: 0.62,
    scale: 1.0,
    turned: 0.0,
    tipped: 0.0,
    tilted: Radians(0.0),
    eyes_closed: false,
    mouth_open: false,
    shadow: false,
    flat: false,
    glare: false,
    blurred: false,
    busy: false,
    second: false,
};

/// How a picture looks that does not keep the rule; none where a drawing would not tell.
fn wrong(rule: Rule) -> Option<Face> {
    Some(match rule {
        Rule::LargeEnough | Rule::Resolution => Face { scale: 0.45, ..GOOD },
        Rule::OneFace => Face { second: true, x: 0.36, scale: 0.85, ..GOOD },
        Rule::WholeHead => Face { y: 0.3, scale: 1.15, ..GOOD },
        Rule::HeadSize => Face { scale: 1.7, ..GOOD },
        Rule::Centred => Face { x: 0.14, ..GOOD },
        Rule::EyeLine => Face { y: 1.0, ..GOOD },
        Rule::Yaw => Face { turned: 0.12, ..GOOD },
        Rule::Pitch => Face { tipped: -0.1, ..GOOD },
        Rule::Roll => Face { tilted: Radians(0.38), ..GOOD },
        Rule::EyesOpen => Face { eyes_closed: true, ..GOOD },
        Rule::MouthClosed => Face { mouth_open: true, ..GOOD },
        Rule::Exposure => Face { glare: true, ..GOOD },
        Rule::DynamicRange => Face { flat: true, ..GOOD },
        Rule::EvenLight => Face { shadow: true, ..GOOD },
        Rule::Sharp => Face { blurred: true, ..GOOD },
        Rule::BackgroundPlain | Rule::BackgroundObjects => Face { busy: true, ..GOOD },
        Rule::HotSpots => Face { glare: true, ..GOOD },
        Rule::MotionBlur => Face { blurred: true, ..GOOD },
        _ => return None,
    })
}

/// The wrong one and the right one, side by side; none where a drawing would not tell.
pub fn view<'a, Message: 'a>(scene: Scene<'a>, rule: Rule) -> Option<Element<'a, Message>> {
    let theme = scene.theme;
    let unit = theme.text.body;
    let drawn = |face: Face, right: bool| -> Element<'a, Message> {
        Canvas::new(Example { face, right }).width(SIZE.0 * unit).height(SIZE.1 * unit).into()
    };
    Some(row![drawn(wrong(rule)?, false), drawn(GOOD, true)].spacing(theme.space.s).into())
}

struct Example {
    face: Face,
    right: bool,
}

impl<Message> canvas::Program<Message, Theme> for Example {
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
        let picture = Rectangle { x: 0.0, y: 0.0, width: bounds.width, height: bounds.width * 1.15 };
        frame.with_clip(picture, |frame| {
            frame.fill_rectangle(Point::ORIGIN, picture.size(), theme.color.sunken);
            if self.face.busy {
                clutter(frame, theme, picture.size());
            }
            if self.face.second {
                head(frame, theme, Face { x: 0.88, y: 0.66, scale: 0.75, ..GOOD }, bounds.width, 1.0);
            }
            if self.face.blurred {
                for shift in [-0.05, 0.05] {
                    head(frame, theme, Face { x: GOOD.x + shift, ..self.face }, bounds.width, 0.35);
                }
            }
            let alpha = if self.face.blurred { 0.45 } else { 1.0 };
            head(frame, theme, self.face, bounds.width, alpha);
        });
        let color = if self.right { theme.color.success } else { theme.color.warning };
        let edge = Path::rounded_rectangle(Point::ORIGIN, picture.size(), theme.radius.small.into());
        frame.stroke(&edge, line(color, 3.0));
        let icon = if self.right { Icon::CircleCheck } else { Icon::CircleX };
        frame.fill_text(canvas::Text {
            content: char::from_u32(icon as u32).map(String::from).unwrap_or_default(),
            position: Point::new(bounds.width / 2.0, bounds.height),
            color,
            size: (bounds.height - picture.height).min(theme.text.body).into(),
            font: font::ICONS,
            align_x: iced::alignment::Horizontal::Center.into(),
            align_y: iced::alignment::Vertical::Bottom,
            ..canvas::Text::default()
        });
        vec![frame.into_geometry()]
    }
}

/// Shelves and a door behind the person.
fn clutter(frame: &mut canvas::Frame, theme: &Theme, size: Size) {
    for part in [0.12, 0.3, 0.48, 0.66, 0.84] {
        let y = size.height * part;
        let path = Path::line(Point::new(0.0, y), Point::new(size.width, y));
        frame.stroke(&path, line(theme.color.line_strong, 3.0));
        for across in [0.06, 0.17, 0.8, 0.91] {
            let corner = Point::new(size.width * (across + part * 0.03), y - size.height * 0.1);
            let book = Size::new(size.width * 0.06, size.height * 0.1);
            frame.fill_rectangle(corner, book, theme.color.line_strong);
        }
    }
}

/// Shoulders, head, hair, eyes, mouth. The width is the picture's.
fn head(frame: &mut canvas::Frame, theme: &Theme, face: Face, width: f32, alpha: f32) {
    let c = &theme.color;
    let ink = (if face.flat { c.line_strong } else { c.text }).scale_alpha(alpha);
    let skin = (if face.flat { c.line } else { c.surface }).scale_alpha(alpha);
    let unit = width * face.scale;
    let center = Vector::new(face.x * width, face.y * width);
    frame.with_save(|frame| {
        frame.translate(center);
        let shoulders = ellipse(Point::new(0.0, unit * 0.68), Vector::new(unit * 0.42, unit * 0.3));
        frame.fill(&shoulders, c.primary.scale_alpha(alpha));
        frame.rotate(face.tilted);
        let radii = Vector::new(unit * 0.24, unit * 0.31);
        frame.fill(&ellipse(Point::new(0.0, -unit * 0.07), Vector::new(unit * 0.27, unit * 0.31)), ink);
        frame.fill(&ellipse(Point::ORIGIN, radii), skin);
        if face.shadow {
            let quarter = Radians(std::f32::consts::FRAC_PI_2);
            let half = arc(Point::ORIGIN, radii, Radians(0.0) - quarter, quarter);
            frame.fill(&half, c.text.scale_alpha(0.7 * alpha));
        }
        frame.stroke(&ellipse(Point::ORIGIN, radii), line(ink, unit * 0.02));
        let (dx, dy) = (face.turned * unit, face.tipped * unit);
        let stroke = || line(ink, unit * 0.03);
        for side in [-0.1, 0.1] {
            let eye = Point::new(side * unit + dx, -unit * 0.04 + dy);
            if face.eyes_closed {
                let lid =
                    Path::line(eye - Vector::new(unit * 0.04, 0.0), eye + Vector::new(unit * 0.04, 0.0));
                frame.stroke(&lid, stroke());
            } else {
                frame.fill(&Path::circle(eye, unit * 0.03), ink);
            }
        }
        let nose =
            Path::line(Point::new(dx * 1.3, -unit * 0.01 + dy), Point::new(dx * 1.5, unit * 0.06 + dy));
        frame.stroke(&nose, line(ink, unit * 0.02));
        let mouth = Point::new(dx, unit * 0.15 + dy);
        if face.mouth_open {
            frame.fill(&ellipse(mouth, Vector::new(unit * 0.08, unit * 0.06)), ink);
        } else {
            let lips =
                Path::line(mouth - Vector::new(unit * 0.07, 0.0), mouth + Vector::new(unit * 0.07, 0.0));
            frame.stroke(&lips, stroke());
        }
        if face.glare {
            let lamp = ellipse(Point::new(unit * 0.1, -unit * 0.08), Vector::new(unit * 0.15, unit * 0.2));
            frame.fill(&lamp, c.on_shade);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_differs_from_the_good_one() {
        assert!(Rule::ALL.into_iter().all(|rule| wrong(rule) != Some(GOOD)));
    }
}
