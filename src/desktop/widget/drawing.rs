//! Shapes that several drawings are made of.

use iced::widget::canvas::{Path, Stroke, path::arc::Elliptical, stroke};
use iced::{Color, Point, Radians, Vector};

/// A stroke with round ends; the width in pixels.
pub fn line<'a>(color: Color, width: f32) -> Stroke<'a> {
    Stroke {
        style: stroke::Style::Solid(color),
        width,
        line_cap: stroke::LineCap::Round,
        line_join: stroke::LineJoin::Round,
        ..Stroke::default()
    }
}

/// The part of an upright ellipse from one angle to another, clockwise from the right.
pub fn arc(center: Point, radii: Vector, from: Radians, to: Radians) -> Path {
    let arc = Elliptical { center, radii, rotation: Radians(0.0), start_angle: from, end_angle: to };
    Path::new(|path| path.ellipse(arc))
}

/// A whole ellipse.
pub fn ellipse(center: Point, radii: Vector) -> Path {
    arc(center, radii, Radians(0.0), Radians(std::f32::consts::TAU))
}
