//! A drawn example beside a finding: a face as it is wrong, and the same face as it is right.

mod drawing;

use iced::advanced::mouse;
use iced::widget::canvas::{self, Canvas, Geometry, Path};
use iced::widget::row;
use iced::{Point, Radians, Rectangle, Renderer, Size};

use crate::desktop::icon::Icon;
use crate::desktop::widget::Scene;
use crate::desktop::widget::drawing::line;
use crate::desktop::{Element, Theme, font};
use crate::domain::photo::Rule;

/// A drawing's width and height, in heights of body text.
const SIZE: (f32, f32) = (4.4, 6.3);
/// The eyes beside the middle of the face, in shares of its size.
const EYES: [f32; 2] = [-0.1, 0.1];

/// What a drawing shows besides a face that looks straight ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    EyesClosed,
    /// Looking to the side.
    LookingAside,
    MouthOpen,
    Smile,
    /// Clear glasses, as they may be.
    Glasses,
    /// Glasses whose frames cross the eyes.
    LowGlasses,
    DarkGlasses,
    ShiningGlasses,
    Hat,
    /// Hair over half of the face.
    HairOverFace,
    Mask,
    HairOverEyes,
    HairOverEars,
    /// One side is dark.
    Shadow,
    /// Hardly lighter or darker anywhere.
    Flat,
    /// A lamp burns one side out.
    Glare,
    Shine,
    Blurred,
    /// Seen several times, one beside the other.
    Shaken,
    Grain,
    Blocks,
    Tint,
    RedEyes,
    /// A shadow of the head on the wall.
    ShadowOnWall,
    Busy,
    Second,
    /// The edge of a print or a screen around the picture.
    Border,
    Stars,
    /// A large nose, as from too near.
    Near,
}

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
    fault: Option<Fault>,
}

const GOOD: Face =
    Face { x: 0.5, y: 0.62, scale: 1.0, turned: 0.0, tipped: 0.0, tilted: Radians(0.0), fault: None };

/// How a picture looks that does not keep the rule; none where a drawing would not tell.
fn wrong(rule: Rule) -> Option<Face> {
    let with = |fault| Some(Face { fault: Some(fault), ..GOOD });
    match rule {
        Rule::LargeEnough | Rule::Resolution => Some(Face { scale: 0.45, ..GOOD }),
        Rule::OneFace => Some(Face { fault: Some(Fault::Second), x: 0.36, scale: 0.85, ..GOOD }),
        Rule::WholeHead => Some(Face { y: 0.3, scale: 1.15, ..GOOD }),
        Rule::HeadSize => Some(Face { scale: 1.7, ..GOOD }),
        Rule::Centred => Some(Face { x: 0.14, ..GOOD }),
        Rule::EyeLine => Some(Face { y: 1.0, ..GOOD }),
        Rule::Yaw => Some(Face { turned: 0.12, ..GOOD }),
        Rule::Pitch => Some(Face { tipped: -0.1, ..GOOD }),
        Rule::Roll => Some(Face { tilted: Radians(0.38), ..GOOD }),
        Rule::EyesOpen => with(Fault::EyesClosed),
        Rule::Gaze => with(Fault::LookingAside),
        Rule::MouthClosed => with(Fault::MouthOpen),
        Rule::NeutralExpression => with(Fault::Smile),
        Rule::Glasses => with(Fault::Glasses),
        Rule::FramesOverEyes => with(Fault::LowGlasses),
        Rule::TintedGlasses => with(Fault::DarkGlasses),
        Rule::Glare => with(Fault::ShiningGlasses),
        Rule::HeadCovering => with(Fault::Hat),
        Rule::FaceOccluded => with(Fault::HairOverFace),
        Rule::MouthOccluded => with(Fault::Mask),
        Rule::EyesOccluded => with(Fault::HairOverEyes),
        Rule::EarsVisible => with(Fault::HairOverEars),
        Rule::Exposure => with(Fault::Glare),
        Rule::DynamicRange => with(Fault::Flat),
        Rule::EvenLight => with(Fault::Shadow),
        Rule::HotSpots => with(Fault::Shine),
        Rule::Sharp => with(Fault::Blurred),
        Rule::MotionBlur => with(Fault::Shaken),
        Rule::Noise => with(Fault::Grain),
        Rule::Compression | Rule::Pixelation => with(Fault::Blocks),
        Rule::ColourCast => with(Fault::Tint),
        Rule::RedEye => with(Fault::RedEyes),
        Rule::BackgroundPlain | Rule::BackgroundObjects => with(Fault::Busy),
        Rule::BackgroundShadow => with(Fault::ShadowOnWall),
        Rule::PhotoOfPhoto => with(Fault::Border),
        Rule::HeavyEdit => with(Fault::Stars),
        Rule::CameraDistance => with(Fault::Near),
        // drawn in two colours, a face has no colour to lose
        Rule::Greyscale => None,
    }
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
        let picture = Size::new(bounds.width, bounds.width * 1.15);
        // a frame of its own: the software renderer cuts nothing off within one
        let mut inside = canvas::Frame::new(renderer, picture);
        drawing::picture(&mut inside, theme, self.face, picture);
        let color = if self.right { theme.color.success } else { theme.color.warning };
        let edge = Path::rounded_rectangle(Point::ORIGIN, picture, theme.radius.small.into());
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
        vec![inside.into_geometry(), frame.into_geometry()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_that_can_be_drawn_has_an_example_of_its_own() {
        for rule in Rule::ALL.into_iter().filter(|rule| *rule != Rule::Greyscale) {
            assert!(wrong(rule).is_some_and(|face| face != GOOD), "{rule:?}");
        }
    }
}
