//! Colours as CIELAB, and what is told by them: whether there is any, and whether all of them are shifted one way.

use crate::vision::person::Mask;
use crate::vision::picture::Pyramid;
use crate::vision::sample::{self, Frame, Outside, Range};

use super::patch::Patch;
use super::plane::{median, quantile};

/// What is surely background by the mask.
const BACKGROUND: f32 = 0.1;
/// Columns and rows of the card picture that are looked at, and the least of them that make a background.
const CELLS: [usize; 2] = [36, 47];
const FEWEST: usize = 80;
/// The white of healthy eyes is a little red and yellow: median of the development portraits, all skins alike.
const SCLERA: [f32; 2] = [4.5, 4.0];

/// Green to red and blue to yellow of a colour of 0 to 255, sRGB, in CIELAB units under D65 (IEC 61966-2-1, ISO/CIE 11664-4).
pub fn chromaticity(colour: [f32; 3]) -> [f32; 2] {
    let [red, green, blue] = colour.map(|value| {
        let value = value.clamp(0.0, 255.0) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    // each by the white's own
    let x = (0.412_456 * red + 0.357_576 * green + 0.180_438 * blue) / 0.950_47;
    let y = 0.212_673 * red + 0.715_152 * green + 0.072_175 * blue;
    let z = (0.019_334 * red + 0.119_192 * green + 0.950_304 * blue) / 1.088_83;
    let [x, y, z] =
        [x, y, z].map(|value| if value > 0.008_856 { value.cbrt() } else { 7.787 * value + 16.0 / 116.0 });
    [500.0 * (x - y), 200.0 * (y - z)]
}

/// The middle of some colours' chromaticities; none of none.
pub fn middle(colours: impl Iterator<Item = [f32; 3]>) -> Option<[f32; 2]> {
    let all: Vec<[f32; 2]> = colours.map(chromaticity).collect();
    Some([median(all.iter().map(|[a, _]| *a))?, median(all.iter().map(|[_, b]| *b))?])
}

/// How colourful the face is: nine tenths of it are less so, in CIELAB units. Any skin in any usable light has 5 or more; a
/// grey picture has 0 to 2.
pub fn colourfulness(patch: &Patch) -> Option<f32> {
    let away = |pixel: [f32; 3]| {
        let [a, b] = chromaticity(pixel);
        a.hypot(b)
    };
    // every seventh pixel says as much as all of them
    quantile(patch.face().step_by(7).map(away), 0.9)
}

/// The background's chromaticity; none where hardly any is seen.
pub fn background(picture: &Pyramid<'_>, mask: &Mask, card: &Frame) -> Option<[f32; 2]> {
    let [columns, rows] = CELLS;
    let mut rgb = vec![0.0; columns * rows * 3];
    sample::fill(picture, &card.of_middles(columns, rows), CELLS, Outside::Border, Range::BYTES, &mut rgb);
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let behind: Vec<[f32; 3]> = card
        .cells(columns, rows)
        .zip(rgb.chunks_exact(3))
        .filter(|([x, y], _)| {
            (0.0..width).contains(x) && (0.0..height).contains(y) && mask.at([*x, *y]) < BACKGROUND
        })
        .map(|(_, pixel)| [pixel[0], pixel[1], pixel[2]])
        .collect();
    (behind.len() >= FEWEST).then(|| middle(behind.into_iter())).flatten()
}

/// How far the light's colour shifts what should be neutral, in CIELAB units: as far as the white of the eyes and the
/// background both go the same way. A coloured wall alone shifts no eyes, reddened eyes no wall; skin is not asked.
pub fn cast(sclera: [f32; 2], background: [f32; 2]) -> f32 {
    let eyes = [sclera[0] - SCLERA[0], sclera[1] - SCLERA[1]];
    let lengths = [eyes, background].map(|[a, b]| a.hypot(b));
    let along = eyes[0] * background[0] + eyes[1] * background[1];
    let shorter = lengths[0].min(lengths[1]);
    let cosine = along / (lengths[0] * lengths[1]).max(1e-6);
    shorter * cosine.max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::measure::patch::tests::patch;
    use crate::vision::person::tests::mask;
    use image::{Rgb, RgbImage};

    #[test]
    fn chromaticities_are_those_of_the_standard() {
        let near = |colour, [a, b]: [f32; 2]| {
            let [x, y] = chromaticity(colour);
            assert!((x - a).abs() < 0.2 && (y - b).abs() < 0.2, "{colour:?}: {x} {y}");
        };
        near([255.0; 3], [0.0, 0.0]);
        near([0.0; 3], [0.0, 0.0]);
        near([255.0, 0.0, 0.0], [80.1, 67.2]);
        near([0.0, 0.0, 255.0], [79.2, -107.9]);
    }

    #[test]
    fn grey_faces_have_no_colour_and_dark_ones_have() {
        assert!(colourfulness(&patch(|x, _| [(x % 200) as f32; 3])).unwrap() < 0.1);
        for tone in [0.2, 1.0] {
            let skin = patch(|_, _| [190.0, 140.0, 120.0].map(|value| value * tone));
            assert!(colourfulness(&skin).unwrap() > 5.0);
        }
    }

    #[test]
    fn a_cast_is_what_eyes_and_wall_share() {
        assert_eq!(cast([4.5, 4.0], [30.0, 0.0]), 0.0);
        assert!(cast([16.5, 4.0], [20.0, 0.0]) > 11.9);
        assert_eq!(cast([16.5, 4.0], [-20.0, 0.0]), 0.0);
        assert!(cast([5.0, 20.0], [0.5, 1.0]) < 1.5);
    }

    #[test]
    fn the_background_is_what_nobody_stands_before() {
        let picture =
            RgbImage::from_fn(
                256,
                256,
                |x, _| if x < 128 { Rgb([150, 90, 80]) } else { Rgb([90, 120, 190]) },
            );
        let pyramid = Pyramid::build(&picture, 64);
        let whole = Frame::whole(&pyramid);
        let wall = background(&pyramid, &mask(|x, _| x < 140.0), &whole).unwrap();
        assert!(wall[1] < -25.0, "{wall:?}");
        assert_eq!(background(&pyramid, &mask(|_, _| true), &whole), None);
    }
}
