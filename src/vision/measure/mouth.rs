//! Whether the mouth is closed: how far the landmarks put the lips apart, and whether teeth are seen between them. Full lips
//! read a small gap when they are closed, so the landmarks alone would refuse the wrong people; the colour between the
//! lips, held against the lips' own, finds narrow rows of teeth that the landmarks miss.

use crate::vision::mesh::{self, Mesh};
use crate::vision::picture::Pyramid;
use crate::vision::sample::{self, Frame, Outside, Range};

use super::Lengths;
use super::patch::brightness;

/// What is seen of a mouth, as shares of the distance from the eyes to the chin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mouth {
    /// The widest gap between the lips by the landmarks.
    pub gap: f32,
    /// Height of the teeth that are seen along most of the mouth.
    pub teeth: f32,
}

impl Mouth {
    /// Full lips that are closed read a gap of up to 0.015 on the portraits for fitting, and mouths that are open without teeth
    /// 0.035 and more; what is less than this counts for nothing, what is more for less than teeth that are seen.
    const CLOSED_GAP: f32 = 0.016;
    const GAP_WEIGHT: f32 = 0.6;

    /// How open the mouth is, as the rule holds it.
    pub fn openness(&self) -> f32 {
        self.teeth.max((self.gap - Self::CLOSED_GAP) * Self::GAP_WEIGHT).max(0.0)
    }
}

/// Columns between the corners of the mouth, and places in each.
const COLUMNS: usize = 25;
const PLACES: usize = 61;
/// How far above and below the line of the lips is looked, as a share of the distance from the eyes to the chin.
const REACH: f32 = 0.06;
/// Teeth are less red than the lips by this (share of the colour), and at least about as bright.
const LESS_RED: f32 = 0.05;
const AS_BRIGHT: f32 = 0.75;

/// Fewer pixels than this are the noise of a camera or of compression, not teeth.
const LEAST_PIXELS: f32 = 2.5;

/// Measures a mouth.
pub fn mouth(picture: &Pyramid<'_>, mesh: &Mesh, lengths: &Lengths) -> Mouth {
    let gap = mesh::UPPER_LIP_INNER
        .into_iter()
        .zip(mesh::LOWER_LIP_INNER)
        .map(|(upper, lower)| mesh.distance(upper, lower))
        .fold(0.0, f32::max)
        / lengths.chin;
    let teeth = teeth(picture, mesh, lengths, gap);
    Mouth { gap, teeth: if teeth * lengths.chin < LEAST_PIXELS { 0.0 } else { teeth } }
}

fn between(a: [f32; 2], b: [f32; 2], share: f32) -> [f32; 2] {
    [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
}

fn redness([red, green, blue]: [f32; 3]) -> f32 {
    (red - (green + blue) / 2.0) / (red + green + blue + 1.0)
}

fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

fn teeth(picture: &Pyramid<'_>, mesh: &Mesh, lengths: &Lengths, gap: f32) -> f32 {
    let mut upper = Vec::with_capacity(COLUMNS);
    let mut lower = Vec::with_capacity(COLUMNS);
    let mut columns = Vec::with_capacity(COLUMNS);
    for column in 0..COLUMNS {
        // the corners themselves are shadow
        let share = 0.2 + 0.6 * column as f32 / (COLUMNS - 1) as f32;
        let [outer_top, top, bottom, outer_bottom] =
            [&mesh::UPPER_LIP_OUTER, &mesh::UPPER_LIP_INNER, &mesh::LOWER_LIP_INNER, &mesh::LOWER_LIP_OUTER]
                .map(|line| mesh::along(mesh, line, share));
        upper.push(colour(picture, between(top, outer_top, 0.55)));
        lower.push(colour(picture, between(bottom, outer_bottom, 0.5)));
        columns.push(profile(picture, outer_top, between(top, bottom, 0.5), outer_bottom, lengths.chin));
    }
    let redness_of_lips = median(upper.iter().chain(&lower).map(|&colour| redness(colour)).collect());
    let bright = |lip: &[[f32; 3]]| median(lip.iter().map(|&colour| brightness(colour)).collect());
    let least = AS_BRIGHT * bright(&upper).min(bright(&lower));
    // never further from the line of the lips than they are apart, and a little
    let reach = (gap / 2.0 + 0.02).max(0.02);
    let step = 2.0 * REACH / (PLACES - 1) as f32;
    let mut heights: Vec<f32> = columns
        .iter()
        .map(|column| {
            let seen = column.iter().enumerate().filter(|(place, colour)| {
                let off = (*place as f32 * step - REACH).abs();
                off < reach && redness(**colour) < redness_of_lips - LESS_RED && brightness(**colour) > least
            });
            seen.count() as f32 * step
        })
        .collect();
    heights.sort_by(f32::total_cmp);
    heights.get(COLUMNS * 7 / 10).copied().unwrap_or_default()
}

fn colour(picture: &Pyramid<'_>, at: [f32; 2]) -> [f32; 3] {
    let mut colour = [0.0; 3];
    let frame = Frame { centre: [at[0] + 0.5, at[1] + 0.5], size: [1.0; 2], turn: 0.0 };
    sample::fill(picture, &frame, [1; 2], Outside::Border, Range::BYTES, &mut colour);
    colour
}

/// The colours from above the line of the lips to below it.
fn profile(
    picture: &Pyramid<'_>,
    top: [f32; 2],
    middle: [f32; 2],
    bottom: [f32; 2],
    chin: f32,
) -> Vec<[f32; 3]> {
    let length = mesh::distance(top, bottom).max(f32::MIN_POSITIVE);
    let down = [(bottom[0] - top[0]) / length, (bottom[1] - top[1]) / length];
    (0..PLACES)
        .map(|place| {
            let off = (place as f32 / (PLACES - 1) as f32 * 2.0 - 1.0) * REACH * chin;
            colour(picture, [middle[0] + down[0] * off, middle[1] + down[1] * off])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::mesh::tests::mesh;
    use image::{Rgb, RgbImage};

    const LIPS: Rgb<u8> = Rgb([170, 95, 90]);

    /// A mouth 100 pixels wide whose lips are `gap` pixels apart, filled with a colour.
    fn measured(gap: f32, between: Rgb<u8>) -> Mouth {
        let picture =
            RgbImage::from_fn(
                300,
                300,
                |_, y| if (y as f32 - 150.0).abs() < gap / 2.0 { between } else { LIPS },
            );
        let line = |points: [usize; 11], y: f32| {
            points
                .into_iter()
                .enumerate()
                .map(move |(at, number)| (number, [100.0 + 10.0 * at as f32, y, 0.0]))
        };
        let placed: Vec<_> = line(mesh::UPPER_LIP_INNER, 150.0 - gap / 2.0)
            .chain(line(mesh::LOWER_LIP_INNER, 150.0 + gap / 2.0))
            .chain(line(mesh::UPPER_LIP_OUTER, 130.0))
            .chain(line(mesh::LOWER_LIP_OUTER, 172.0))
            .collect();
        let lengths = Lengths { eyes: [150.0, 40.0], turn: 0.0, inter_eye: 100.0, chin: 200.0, width: 200.0 };
        mouth(&Pyramid::build(&picture, 64), &mesh(&placed), &lengths)
    }

    #[test]
    fn teeth_are_seen_in_a_narrow_gap() {
        let teeth = measured(4.0, Rgb([225, 215, 200]));
        assert!((teeth.teeth - 4.0 / 200.0).abs() < 0.005, "{teeth:?}");
        assert!(teeth.openness() > 0.0075);
    }

    #[test]
    fn a_dark_line_between_closed_lips_is_nothing() {
        let closed = measured(2.0, Rgb([70, 35, 35]));
        assert_eq!((closed.teeth, closed.openness()), (0.0, 0.0));
    }

    #[test]
    fn a_dark_open_mouth_is_open() {
        assert!(measured(20.0, Rgb([40, 20, 20])).openness() > 0.03);
    }
}
