//! A student card, drawn: what one leaves the kiosk for.

use iced::advanced::mouse;
use iced::widget::canvas::{self, Canvas, Frame, Geometry, Path};
use iced::{Point, Radians, Rectangle, Renderer, Size, Vector, border};

use crate::desktop::widget::drawing::{arc, ellipse, line};
use crate::desktop::{Element, Theme};

/// Width by height: 85.60 by 53.98 mm (ISO/IEC 7810 ID-1).
const SHAPE: f32 = 85.60 / 53.98;
/// How much the card leans.
const LEAN: Radians = Radians(-0.09);
/// The drawing's height by its width: the leaning card with its corners.
const HEIGHT: f32 = 0.74;
/// The card's width by the drawing's.
const CARD: f32 = 0.92;
/// Bars and gaps of the drawn code, in turn, in shares of its width.
const BARS: [f32; 15] =
    [0.08, 0.04, 0.04, 0.08, 0.12, 0.04, 0.08, 0.08, 0.04, 0.12, 0.04, 0.04, 0.08, 0.06, 0.06];

/// A drawing of this width in pixels.
pub fn view<'a, Message: 'a>(width: f32) -> Element<'a, Message> {
    Canvas::new(Card).width(width).height(width * HEIGHT).into()
}

struct Card;

impl<Message> canvas::Program<Message, Theme> for Card {
    type State = ();

    fn draw(
        &self,
        _state: &(),
        renderer: &Renderer,
        theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<Geometry> {
        let mut frame = Frame::new(renderer, bounds.size());
        let width = bounds.width * CARD;
        frame.translate(Vector::new(bounds.width / 2.0, bounds.height / 2.0));
        frame.rotate(LEAN);
        let card = Size::new(width, width / SHAPE);
        frame.translate(Vector::new(-card.width / 2.0, -card.height / 2.0));
        ground(&mut frame, theme, card);
        portrait(&mut frame, theme, card);
        words(&mut frame, theme, card);
        vec![frame.into_geometry()]
    }
}

fn rounded(at: (f32, f32), size: (f32, f32), radius: f32, unit: f32) -> Path {
    let (corner, size) = (Point::new(at.0 * unit, at.1 * unit), Size::new(size.0 * unit, size.1 * unit));
    Path::rounded_rectangle(corner, size, border::radius(radius * unit))
}

/// The card, and the edge on which it seems to lie. All measures are shares of the card's width.
fn ground(frame: &mut Frame, theme: &Theme, card: Size) {
    let c = &theme.color;
    let (unit, high) = (card.width, card.height / card.width);
    frame.fill(&rounded((0.012, 0.022), (1.0, high), 0.04, unit), c.text.scale_alpha(0.12));
    frame.fill(&rounded((0.0, 0.0), (1.0, high), 0.04, unit), c.paper);
    frame.stroke(&rounded((0.0, 0.0), (1.0, high), 0.04, unit), line(c.line_strong, 2.0));
}

fn portrait(frame: &mut Frame, theme: &Theme, card: Size) {
    let (unit, ink) = (card.width, theme.color.on_paper);
    frame.fill(&rounded((0.06, 0.07), (0.3, 0.39), 0.02, unit), ink.scale_alpha(0.08));
    let middle = Point::new(0.21 * unit, 0.23 * unit);
    let radii = |across: f32, down: f32| Vector::new(across * unit, down * unit);
    // shoulders end where the picture ends
    let shoulders = Point::new(middle.x, 0.46 * unit);
    let (left, right) = (Radians(std::f32::consts::PI), Radians(std::f32::consts::TAU));
    frame.fill(&arc(shoulders, radii(0.13, 0.12), left, right), ink.scale_alpha(0.75));
    frame.fill(&ellipse(middle, radii(0.066, 0.085)), ink.scale_alpha(0.75));
}

/// Sign, name, code.
fn words(frame: &mut Frame, theme: &Theme, card: Size) {
    let (c, unit) = (&theme.color, card.width);
    let ink = c.on_paper;
    frame.fill(&rounded((0.42, 0.075), (0.085, 0.06), 0.014, unit), ink.scale_alpha(0.75));
    frame.fill(&Path::circle(Point::new(0.485 * unit, 0.094 * unit), 0.011 * unit), c.accent);
    frame.fill(&rounded((0.53, 0.09), (0.24, 0.03), 0.015, unit), ink.scale_alpha(0.3));
    frame.fill(&rounded((0.42, 0.22), (0.44, 0.052), 0.026, unit), ink.scale_alpha(0.85));
    frame.fill(&rounded((0.42, 0.3), (0.3, 0.052), 0.026, unit), ink.scale_alpha(0.85));
    let mut at = 0.42;
    for (place, share) in BARS.iter().enumerate() {
        let wide = share * 0.3;
        if place % 2 == 0 {
            frame.fill(&rounded((at, 0.43), (wide, 0.09), 0.0, unit), ink.scale_alpha(0.75));
        }
        at += wide;
    }
    // it is read without being touched
    let center = Point::new(0.83 * unit, 0.475 * unit);
    for radius in [0.02, 0.04, 0.06] {
        let radii = Vector::new(radius * unit, radius * unit);
        let wave = arc(center, radii, Radians(-0.8), Radians(0.8));
        frame.stroke(&wave, line(c.accent, 0.011 * unit));
    }
}
