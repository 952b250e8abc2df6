//! The arrow over the mirror: which way to go, to turn or to lean, as the person sees themselves in it.

use iced::advanced::mouse;
use iced::widget::canvas::{self, Canvas, Geometry, Path};
use iced::widget::container;
use iced::{Padding, Point, Rectangle, Renderer, Size, Vector};

use super::oval;
use crate::desktop::widget::drawing::line;
use crate::desktop::{Element, Theme};
use crate::domain::photo::Instruction;

/// Its length, by the oval's height.
const LENGTH: f32 = 0.2;

/// How an arrow is drawn; straight ones point to the right before they are turned.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    /// To go there.
    Straight,
    /// To turn or lean there.
    Bent,
}

/// Where an arrow is on the oval's edge (−1 to 1 from its middle), which way it points, and how.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Arrow {
    at: Vector,
    way: Vector,
    shape: Shape,
}

fn arrow(instruction: Instruction) -> Option<Arrow> {
    let (left, right) = (Vector::new(-1.0, 0.0), Vector::new(1.0, 0.0));
    let (up, down) = (Vector::new(0.0, -1.0), Vector::new(0.0, 1.0));
    let to = |way, shape| Some(Arrow { at: way, way, shape });
    match instruction {
        Instruction::MoveLeft => to(left, Shape::Straight),
        Instruction::MoveRight => to(right, Shape::Straight),
        Instruction::MoveUp => to(up, Shape::Straight),
        Instruction::MoveDown => to(down, Shape::Straight),
        Instruction::TurnLeft => to(left, Shape::Bent),
        Instruction::TurnRight => to(right, Shape::Bent),
        Instruction::LiftChin => Some(Arrow { at: down, way: up, shape: Shape::Straight }),
        Instruction::LowerChin => Some(Arrow { at: down, way: down, shape: Shape::Straight }),
        Instruction::TiltLeft => Some(Arrow { at: up, way: left, shape: Shape::Bent }),
        Instruction::TiltRight => Some(Arrow { at: up, way: right, shape: Shape::Bent }),
        _ => None,
    }
}

/// The arrow of an instruction over a mirror of this size; none where words say more.
pub fn view<'a, Message: 'a>(instruction: Instruction, mirror: Option<Size>) -> Option<Element<'a, Message>> {
    let (arrow, mirror) = (arrow(instruction)?, mirror?);
    let place = oval::place(mirror);
    let side = LENGTH * place.height;
    let edge = Vector::new(arrow.at.x * place.width / 2.0, arrow.at.y * place.height / 2.0);
    let corner = place.center() + edge - Vector::new(side / 2.0, side / 2.0);
    // the whole arrow stays on the mirror
    let within = |at: f32, most: f32| at.clamp(0.0, (most - side).max(0.0));
    let (left, top) = (within(corner.x, mirror.width), within(corner.y, mirror.height));
    let padding = Padding { left, top, ..Padding::ZERO };
    let drawn = Canvas::new(arrow).width(side).height(side);
    Some(container(drawn).padding(padding).width(mirror.width).height(mirror.height).into())
}

impl Arrow {
    /// Its line and its head in a square from −0.5 to 0.5, pointing the right way.
    fn paths(&self) -> (Vec<Point>, [Point; 3]) {
        let (line, tip, from): (Vec<Point>, _, _) = match self.shape {
            Shape::Straight => (
                vec![Point::new(-0.36, 0.0), Point::new(0.3, 0.0)],
                Point::new(0.38, 0.0),
                Vector::new(1.0, 0.0),
            ),
            // a quarter of a circle that ends pointing down and outwards
            Shape::Bent => {
                let turn = |share: f32| {
                    let angle = -2.3 + 2.0 * share;
                    Point::new(0.34 * angle.cos(), 0.3 + 0.5 * angle.sin())
                };
                let line = (0..=16).map(|step| turn(step as f32 / 16.0)).collect();
                (line, Point::new(0.36, 0.24), Vector::new(0.35, 0.94))
            }
        };
        let side = Vector::new(-from.y, from.x);
        let back = |share: f32| {
            Point::new(tip.x - 0.24 * from.x + share * side.x, tip.y - 0.24 * from.y + share * side.y)
        };
        let head = [tip, back(0.17), back(-0.17)];
        let place = |point: Point| self.placed(point);
        (line.into_iter().map(place).collect(), head.map(place))
    }

    /// Turned, or mirrored for what bends to the left.
    fn placed(&self, point: Point) -> Point {
        match self.shape {
            Shape::Straight => Point::new(
                point.x * self.way.x - point.y * self.way.y,
                point.x * self.way.y + point.y * self.way.x,
            ),
            Shape::Bent => Point::new(point.x * self.way.x, point.y),
        }
    }
}

impl<Message> canvas::Program<Message, Theme> for Arrow {
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
        let side = bounds.width;
        let (stem, head) = self.paths();
        let place = |point: &Point| Point::new((point.x + 0.5) * side, (point.y + 0.5) * side);
        let through = |points: &[Point], close: bool| {
            Path::new(|path| {
                let mut points = points.iter().map(place);
                if let Some(first) = points.next() {
                    path.move_to(first);
                }
                points.for_each(|point| path.line_to(point));
                if close {
                    path.close();
                }
            })
        };
        let (stem, head) = (through(&stem, false), through(&head, true));
        // a dark edge is seen on every skin, hair and wall
        let (ink, edge) = (theme.color.accent, theme.color.shade);
        frame.stroke(&stem, line(edge, side * 0.15));
        frame.stroke(&head, line(edge, side * 0.1));
        frame.stroke(&stem, line(ink, side * 0.1));
        frame.fill(&head, ink);
        frame.stroke(&head, line(ink, side * 0.05));
        vec![frame.into_geometry()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_point_where_the_words_say_and_stay_in_their_square() {
        for instruction in Instruction::ALL {
            let Some(arrow) = arrow(instruction) else { continue };
            let (stem, [tip, left, right]) = arrow.paths();
            let back = Point::new((left.x + right.x) / 2.0, (left.y + right.y) / 2.0);
            let way = tip - back;
            let sideways = arrow.way.x * way.x > 0.0 || arrow.way.y * way.y > 0.0;
            assert!(sideways, "{instruction:?}: {way:?}");
            for point in stem.iter().chain([&tip, &left, &right]) {
                assert!(point.x.abs() < 0.45 && point.y.abs() < 0.45, "{instruction:?}: {point:?}");
            }
        }
    }

    #[test]
    fn what_has_a_side_has_an_arrow() {
        use Instruction::*;
        for instruction in [MoveLeft, MoveRight, MoveUp, MoveDown, TurnLeft, TurnRight, TiltLeft, TiltRight] {
            assert!(arrow(instruction).is_some(), "{instruction:?}");
        }
        assert!(arrow(Good).is_none() && arrow(CloseMouth).is_none());
    }
}
