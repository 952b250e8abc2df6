//! Draws the face of an example, and what is wrong with it.

use iced::widget::canvas::{self, Path};
use iced::{Color, Point, Radians, Size, Vector};

use super::{EYES, Face, Fault, GOOD};
use crate::desktop::Theme;
use crate::desktop::widget::drawing::{arc, ellipse, line};

/// The face with everything that is behind and over it.
pub(super) fn picture(frame: &mut canvas::Frame, theme: &Theme, face: Face, size: Size) {
    let (width, c) = (size.width, &theme.color);
    frame.fill_rectangle(Point::ORIGIN, size, c.sunken);
    let place = Point::new(face.x * width, face.y * width);
    match face.fault {
        Some(Fault::Busy) => clutter(frame, theme, size),
        Some(Fault::Second) => {
            head(frame, theme, Face { x: 0.88, y: 0.66, scale: 0.75, ..GOOD }, width, 1.0);
        }
        Some(Fault::ShadowOnWall) => {
            let shadow = ellipse(
                place + Vector::new(width * 0.16, width * 0.02),
                Vector::new(width * 0.27, width * 0.34),
            );
            frame.fill(&shadow, c.line_strong);
        }
        Some(Fault::Blurred) => {
            for shift in [-0.05, 0.05] {
                head(frame, theme, Face { x: face.x + shift, y: face.y + shift / 2.0, ..face }, width, 0.3);
            }
        }
        Some(Fault::Shaken) => {
            for shift in [-0.12, -0.06, 0.06, 0.12] {
                head(frame, theme, Face { x: face.x + shift, ..face }, width, 0.22);
            }
        }
        _ => {}
    }
    let unsharp = matches!(face.fault, Some(Fault::Blurred | Fault::Shaken));
    head(frame, theme, face, width, if unsharp { 0.45 } else { 1.0 });
    match face.fault {
        Some(Fault::Grain) => specks(frame, theme, size),
        Some(Fault::Blocks) => blocks(frame, theme, size),
        Some(Fault::Tint) => frame.fill_rectangle(Point::ORIGIN, size, c.accent.scale_alpha(0.55)),
        Some(Fault::Border) => {
            let (corner, inner) =
                (Point::new(width * 0.1, width * 0.09), Size::new(width * 0.78, size.height * 0.8));
            frame.stroke(&Path::rectangle(corner, inner), line(c.text, width * 0.05));
        }
        Some(Fault::Stars) => {
            for (x, y) in [(0.14, 0.18), (0.86, 0.2), (0.18, 0.62), (0.84, 0.66)] {
                star(frame, Point::new(x * width, y * width), width * 0.09, c.accent);
            }
        }
        _ => {}
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

/// Grain all over the picture, the same each time.
fn specks(frame: &mut canvas::Frame, theme: &Theme, size: Size) {
    for at in 0..170_u32 {
        let spread = |by: u32| (at.wrapping_mul(by) >> 7 & 1023) as f32 / 1023.0;
        let place = Point::new(spread(2_654_435_761) * size.width, spread(2_246_822_519) * size.height);
        let color = if at % 2 == 0 { theme.color.text } else { theme.color.surface };
        frame.fill_rectangle(
            place,
            Size::new(size.width * 0.025, size.width * 0.025),
            color.scale_alpha(0.6),
        );
    }
}

/// Squares of one colour, as of a picture that was made too small.
fn blocks(frame: &mut canvas::Frame, theme: &Theme, size: Size) {
    let side = size.width / 9.0;
    for at in 0..99_u32 {
        let (column, row) = ((at % 9) as f32, (at / 9) as f32);
        let shade = [0.0, 0.12, 0.28, 0.45][(at.wrapping_mul(2_654_435_761) >> 13 & 3) as usize];
        let corner = Point::new(column * side, row * side);
        frame.fill_rectangle(corner, Size::new(side, side), theme.color.line_strong.scale_alpha(shade));
    }
}

fn star(frame: &mut canvas::Frame, center: Point, radius: f32, color: Color) {
    let star = Path::new(|path| {
        for corner in 0..10 {
            let angle = std::f32::consts::PI * (corner as f32 / 5.0 - 0.5);
            let reach = if corner % 2 == 0 { radius } else { radius * 0.45 };
            let point = Point::new(center.x + reach * angle.cos(), center.y + reach * angle.sin());
            if corner == 0 { path.move_to(point) } else { path.line_to(point) }
        }
        path.close();
    });
    frame.fill(&star, color);
}

/// Shoulders, head, hair, eyes, mouth. The width is the picture's.
fn head(frame: &mut canvas::Frame, theme: &Theme, face: Face, width: f32, alpha: f32) {
    let c = &theme.color;
    let flat = face.fault == Some(Fault::Flat);
    let ink = (if flat { c.line_strong } else { c.text }).scale_alpha(alpha);
    let skin = (if flat { c.line } else { c.surface }).scale_alpha(alpha);
    let unit = width * face.scale;
    frame.with_save(|frame| {
        frame.translate(Vector::new(face.x * width, face.y * width));
        let shoulders = ellipse(Point::new(0.0, unit * 0.68), Vector::new(unit * 0.42, unit * 0.3));
        frame.fill(&shoulders, c.primary.scale_alpha(alpha));
        frame.rotate(face.tilted);
        let radii = Vector::new(unit * 0.24, unit * 0.31);
        let long = if face.fault == Some(Fault::HairOverEars) { 0.46 } else { 0.31 };
        frame.fill(
            &ellipse(Point::new(0.0, unit * (long - 0.38)), Vector::new(unit * 0.27, unit * long)),
            ink,
        );
        frame.fill(&ellipse(Point::ORIGIN, radii), skin);
        if face.fault == Some(Fault::Shadow) {
            let quarter = Radians(std::f32::consts::FRAC_PI_2);
            let half = arc(Point::ORIGIN, radii, Radians(0.0) - quarter, quarter);
            frame.fill(&half, c.text.scale_alpha(0.7 * alpha));
        }
        frame.stroke(&ellipse(Point::ORIGIN, radii), line(ink, unit * 0.02));
        let middle = Vector::new(face.turned * unit, face.tipped * unit);
        features(frame, theme, face.fault, middle, unit, ink);
        covers(frame, theme, face.fault, unit, ink);
    });
}

/// Eyes, nose and mouth.
fn features(
    frame: &mut canvas::Frame,
    theme: &Theme,
    fault: Option<Fault>,
    middle: Vector,
    unit: f32,
    ink: Color,
) {
    let (dx, dy) = (middle.x, middle.y);
    let stroke = || line(ink, unit * 0.03);
    let across = |at: Point, half: f32| Path::line(at - Vector::new(half, 0.0), at + Vector::new(half, 0.0));
    for side in EYES {
        let eye = Point::new(side * unit + dx, -unit * 0.04 + dy);
        match fault {
            Some(Fault::EyesClosed) => frame.stroke(&across(eye, unit * 0.04), stroke()),
            Some(Fault::LookingAside) => {
                frame.stroke(&ellipse(eye, Vector::new(unit * 0.06, unit * 0.035)), line(ink, unit * 0.015));
                frame.fill(&Path::circle(eye + Vector::new(unit * 0.035, 0.0), unit * 0.026), ink);
            }
            Some(Fault::RedEyes) => {
                frame.fill(&Path::circle(eye, unit * 0.045), ink);
                frame.fill(&Path::circle(eye, unit * 0.03), theme.color.danger);
            }
            _ => frame.fill(&Path::circle(eye, unit * 0.03), ink),
        }
    }
    let nose = |from: Point, to: Point, wide: f32| (Path::line(from, to), line(ink, unit * wide));
    let (nose, thick) = match fault {
        Some(Fault::Near) => {
            let around = ellipse(Point::new(0.0, unit * 0.06), Vector::new(unit * 0.09, unit * 0.075));
            (around, line(ink, unit * 0.025))
        }
        _ => nose(Point::new(dx * 1.3, -unit * 0.01 + dy), Point::new(dx * 1.5, unit * 0.06 + dy), 0.02),
    };
    frame.stroke(&nose, thick);
    let mouth = Point::new(dx, unit * 0.15 + dy);
    match fault {
        Some(Fault::MouthOpen) => {
            frame.fill(&ellipse(mouth, Vector::new(unit * 0.08, unit * 0.06)), ink);
        }
        Some(Fault::Smile) => {
            let (from, to) = (Radians(0.35), Radians(std::f32::consts::PI - 0.35));
            let lips =
                arc(mouth - Vector::new(0.0, unit * 0.06), Vector::new(unit * 0.12, unit * 0.1), from, to);
            frame.stroke(&lips, stroke());
        }
        _ => frame.stroke(&across(mouth, unit * 0.07), stroke()),
    }
}

/// What lies over the face.
fn covers(frame: &mut canvas::Frame, theme: &Theme, fault: Option<Fault>, unit: f32, ink: Color) {
    let c = &theme.color;
    let lens = |side: f32, down: f32| {
        ellipse(Point::new(side * unit, down * unit), Vector::new(unit * 0.085, unit * 0.06))
    };
    let frames = |frame: &mut canvas::Frame, down: f32| {
        for side in EYES {
            frame.stroke(&lens(side, down), line(ink, unit * 0.022));
        }
        let bridge = Path::line(Point::new(-unit * 0.02, down * unit), Point::new(unit * 0.02, down * unit));
        frame.stroke(&bridge, line(ink, unit * 0.022));
    };
    match fault {
        Some(Fault::Glasses) => frames(frame, -0.04),
        Some(Fault::LowGlasses) => frames(frame, 0.02),
        Some(Fault::DarkGlasses) => {
            for side in EYES {
                frame.fill(&lens(side, -0.04), ink);
            }
            frames(frame, -0.04);
        }
        Some(Fault::ShiningGlasses) => {
            frames(frame, -0.04);
            for side in EYES {
                let shine = ellipse(
                    Point::new((side + 0.01) * unit, -unit * 0.05),
                    Vector::new(unit * 0.055, unit * 0.04),
                );
                frame.fill(&shine, c.accent);
            }
        }
        Some(Fault::Hat) => {
            let crown = Path::rounded_rectangle(
                Point::new(-unit * 0.22, -unit * 0.45),
                Size::new(unit * 0.44, unit * 0.26),
                (unit * 0.08).into(),
            );
            frame.fill(&crown, c.primary);
            let brim =
                Path::line(Point::new(-unit * 0.34, -unit * 0.19), Point::new(unit * 0.34, -unit * 0.19));
            frame.stroke(&brim, line(c.primary, unit * 0.06));
        }
        Some(Fault::HairOverFace) => {
            frame.fill(
                &ellipse(Point::new(unit * 0.14, unit * 0.02), Vector::new(unit * 0.13, unit * 0.3)),
                ink,
            );
        }
        Some(Fault::HairOverEyes) => {
            frame.fill(&ellipse(Point::new(0.0, -unit * 0.12), Vector::new(unit * 0.22, unit * 0.14)), ink);
        }
        Some(Fault::HairOverEars) => {
            for side in [-0.22, 0.22] {
                frame.fill(
                    &ellipse(Point::new(side * unit, unit * 0.06), Vector::new(unit * 0.06, unit * 0.26)),
                    ink,
                );
            }
        }
        Some(Fault::Mask) => {
            let mask = Path::rounded_rectangle(
                Point::new(-unit * 0.2, unit * 0.04),
                Size::new(unit * 0.4, unit * 0.22),
                (unit * 0.08).into(),
            );
            frame.fill(&mask, c.primary);
        }
        Some(Fault::Glare) => {
            let lamp = ellipse(Point::new(unit * 0.1, -unit * 0.08), Vector::new(unit * 0.15, unit * 0.2));
            frame.fill(&lamp, c.accent);
        }
        Some(Fault::Shine) => {
            for (x, y, size) in [(0.0, -0.2, 0.07), (-0.13, 0.07, 0.045), (0.13, 0.07, 0.045)] {
                let spot =
                    ellipse(Point::new(x * unit, y * unit), Vector::new(size * unit, size * unit * 0.7));
                frame.fill(&spot, c.accent);
            }
        }
        _ => {}
    }
}
