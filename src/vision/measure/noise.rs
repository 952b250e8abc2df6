//! Grain of the skin, in levels of 255: the standard deviation that Immerkær's difference of Laplacians gives (Computer
//! Vision and Image Understanding 64, 1996), which neither light that falls off evenly nor edges along one line move.
//!
//! Measured at 128 to 256 pixels between the eyes, about what a card shows: the finer grain of a large picture is nothing
//! that anybody sees.

use crate::vision::mesh::{self, Mesh};
use crate::vision::picture::Pyramid;

use super::Lengths;
use super::patch::brightness;
use super::plane::{Plane, median};

/// Least pixels between the eyes that it is measured at, where the picture has them.
const EYES_APART: f32 = 128.0;
/// Side of a square of skin, by the distance between the eyes.
const SQUARE: f32 = 0.3;
/// Fewer pixels to a side say nothing.
const SMALLEST: usize = 8;
/// Further places on cheeks and chin; beards and freckles make some of them coarse.
const MORE: [usize; 3] = [199, 425, 205];

/// Measures the grain; none where too little skin lies in the picture.
pub fn noise(picture: &Pyramid<'_>, mesh: &Mesh, lengths: &Lengths) -> Option<f32> {
    let (pixels, shrunk) = picture.level(lengths.inter_eye / EYES_APART);
    let side = (SQUARE * lengths.inter_eye / shrunk) as usize;
    if side < SMALLEST {
        return None;
    }
    let (width, height) = pixels.dimensions();
    let mut grains: Vec<f32> = mesh::FLAT_SKIN
        .iter()
        .chain(&MORE)
        .filter_map(|&point| {
            let [left, top] =
                mesh.at(point).map(|value| ((value + 0.5) / shrunk - side as f32 / 2.0).round());
            let inside = left >= 0.0
                && top >= 0.0
                && left + side as f32 <= width as f32
                && top + side as f32 <= height as f32;
            let values = inside.then(|| {
                let (left, top) = (left as u32, top as u32);
                (0..side * side).map(move |at| {
                    let (x, y) = (left + (at % side) as u32, top + (at / side) as u32);
                    pixels.get_pixel_checked(x, y).map_or(0.0, |pixel| brightness(pixel.0.map(f32::from)))
                })
            })?;
            grain(&Plane::new(side, values.collect()))
        })
        .collect();
    // the smoothest place may be burnt out, the others may be hair
    grains.sort_by(f32::total_cmp);
    grains.get(1).copied()
}

/// The standard deviation of the grain in a square.
fn grain(plane: &Plane) -> Option<f32> {
    let rows: Vec<&[f32]> = plane.values.chunks_exact(plane.width).collect();
    let second = |row: &[f32]| row[0] - 2.0 * row[1] + row[2];
    let values = rows.windows(3).flat_map(|rows| {
        let three = rows[0].windows(3).zip(rows[1].windows(3)).zip(rows[2].windows(3));
        three.map(|((above, here), below)| (second(above) - 2.0 * second(here) + second(below)).abs())
    });
    // the median of the absolute values of chance, and the sum of the squares of the mask's weights
    median(values).map(|middle| middle / 0.6745 / 6.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::mesh::tests::mesh;
    use image::{Rgb, RgbImage};

    /// Grain of a face of one tone that is lit from one side.
    fn measured(deviation: f32, tone: f32) -> f32 {
        let mut state = 7_u32;
        let mut uniform = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 24) as f32 - 0.5
        };
        let picture = RgbImage::from_fn(400, 400, |x, _| {
            // twelve equal chances make a normal one
            let normal: f32 = (0..12).map(|_| uniform()).sum();
            Rgb([(tone + 0.1 * x as f32 + deviation * normal).clamp(0.0, 255.0) as u8; 3])
        });
        let placed: Vec<_> = mesh::FLAT_SKIN
            .iter()
            .chain(&MORE)
            .enumerate()
            .map(|(at, &point)| (point, [100.0 + 25.0 * at as f32, 100.0 + 25.0 * at as f32, 0.0]))
            .collect();
        let lengths =
            Lengths { eyes: [200.0, 200.0], turn: 0.0, inter_eye: 150.0, chin: 200.0, width: 250.0 };
        noise(&Pyramid::build(&picture, 128), &mesh(&placed), &lengths).unwrap()
    }

    #[test]
    fn grain_is_read_in_levels_on_any_skin() {
        for tone in [60.0, 170.0] {
            assert!(measured(0.0, tone) < 0.5);
            assert!((measured(5.0, tone) - 5.0).abs() < 0.6, "{}", measured(5.0, tone));
            assert!((measured(15.0, tone) - 15.0).abs() < 1.5);
        }
    }

    #[test]
    fn skin_outside_the_picture_says_nothing() {
        let picture = RgbImage::from_pixel(100, 100, Rgb([90; 3]));
        let far: Vec<_> = mesh::FLAT_SKIN.iter().map(|&point| (point, [900.0, -50.0, 0.0])).collect();
        let lengths = Lengths { eyes: [0.0; 2], turn: 0.0, inter_eye: 60.0, chin: 80.0, width: 99.0 };
        assert_eq!(noise(&Pyramid::build(&picture, 128), &mesh(&far), &lengths), None);
    }
}
