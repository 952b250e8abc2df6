//! Squares in a face that no face has: those of JPEG's 8 × 8 pixels, and those of a picture that was blown up.
//!
//! Both are looked for in the mean change from one column of pixels to the next, and from one row to the next. On a face the
//! mean over many rows hardly differs between neighbouring columns; where squares begin it does (after Wang, Bovik and
//! Evans' blockiness, ICIP 2000). The picture's own pixels are read, for squares do not survive scaling.

use crate::vision::mesh::Mesh;
use crate::vision::picture::Pyramid;

/// Sides that JPEG's squares are looked for with, in pixels: 8, and others where the picture was scaled after it was compressed.
/// So fine that the squares at both ends of a face still lie under each other.
const SHORTEST: f32 = 6.0;
const LONGEST: f32 = 16.0;
const FINENESS: f32 = 0.05;
/// So many squares must be seen.
const SQUARES: f32 = 11.0;
/// Pixels to both sides by whose mean a change is divided: skin is not everywhere as smooth.
const AROUND: usize = 16;
/// More change than this is an edge of the face.
const EDGE: i32 = 16;
/// Lines that are averaged, at most.
const LINES: usize = 256;
/// Columns that are compared with each other, and from one such group to the next.
const GROUP: usize = 24;
const NEXT_GROUP: usize = 8;
/// Keeps what is divided by a change finite where there is none.
const LEAST: f32 = 0.02;
/// Smaller faces say nothing.
const SMALLEST: usize = 4 * GROUP;

/// How blocky a face is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Blocks {
    /// The change at the borders of JPEG's squares by the one inside of them, less 1: 0 without compression, 1 at quality 30.
    pub compression: f32,
    /// How much less than the mean the change is at four of ten columns, 0 to 1: squares of one colour have none inside.
    pub pixelation: f32,
}

/// Looks for squares in the face, in both directions; the direction with less of them counts.
pub fn blocks(picture: &Pyramid<'_>, mesh: &Mesh) -> Option<Blocks> {
    let (pixels, _) = picture.level(1.0);
    let [left, top, right, bottom] = mesh.edges();
    let bound = |value: f32, length: u32| value.clamp(0.0, length as f32) as usize;
    let (left, right) = (bound(left, pixels.width()), bound(right, pixels.width()));
    let (top, bottom) = (bound(top, pixels.height()), bound(bottom, pixels.height()));
    if right.saturating_sub(left) < SMALLEST || bottom.saturating_sub(top) < SMALLEST {
        return None;
    }
    let stride = pixels.width() as usize * 3;
    let rows: Vec<&[u8]> = pixels
        .as_raw()
        .chunks_exact(stride)
        .skip(top)
        .take(bottom - top)
        .filter_map(|row| row.get(left * 3..right * 3))
        .collect();
    let step = |length: usize| length.div_ceil(LINES).max(1);
    let mut across = Changes::new(right - left - 1);
    for row in rows.iter().step_by(step(rows.len())) {
        let light: Vec<i32> = row.chunks_exact(3).map(brightness).collect();
        across.add(light.windows(2).map(|pair| pair[1] - pair[0]));
    }
    let mut down = Changes::new(bottom - top - 1);
    for column in (0..right - left).step_by(step(right - left)) {
        let light: Vec<i32> =
            rows.iter().filter_map(|row| row.get(column * 3..column * 3 + 3)).map(brightness).collect();
        down.add(light.windows(2).map(|pair| pair[1] - pair[0]));
    }
    Some(Blocks {
        compression: across.compression().min(down.compression()),
        pixelation: across.pixelation().min(down.pixelation()),
    })
}

/// Brightness in 256ths of a level.
fn brightness(pixel: &[u8]) -> i32 {
    match *pixel {
        [red, green, blue] => 54 * i32::from(red) + 183 * i32::from(green) + 19 * i32::from(blue),
        _ => 0,
    }
}

/// The mean change from each line to the next: whole, and without edges.
struct Changes {
    whole: Vec<i64>,
    small: Vec<i64>,
    lines: i64,
}

impl Changes {
    fn new(length: usize) -> Self {
        Self { whole: vec![0; length], small: vec![0; length], lines: 0 }
    }

    fn add(&mut self, changes: impl Iterator<Item = i32>) {
        self.lines += 1;
        for ((change, whole), small) in changes.zip(&mut self.whole).zip(&mut self.small) {
            *whole += i64::from(change.abs());
            *small += i64::from(change.abs().min(EDGE << 8));
        }
    }

    /// In levels.
    fn mean(&self, sum: i64) -> f32 {
        sum as f32 / self.lines.max(1) as f32 / 256.0
    }

    fn compression(&self) -> f32 {
        let changes = self.evened();
        let longest = LONGEST.min(changes.len() as f32 / SQUARES);
        let sides = ((longest - SHORTEST) / FINENESS) as usize;
        (0..=sides).map(|at| blockiness(&changes, SHORTEST + at as f32 * FINENESS)).fold(0.0, f32::max)
    }

    /// The small changes, each by the mean around it.
    fn evened(&self) -> Vec<f32> {
        let changes: Vec<f32> = self.small.iter().map(|&sum| self.mean(sum)).collect();
        (0..changes.len())
            .filter_map(|at| {
                let around = changes.get(at.saturating_sub(AROUND)..(at + AROUND + 1).min(changes.len()))?;
                Some(changes.get(at)? / (around.iter().sum::<f32>() / around.len() as f32 + LEAST))
            })
            .collect()
    }

    fn pixelation(&self) -> f32 {
        let mut groups: Vec<f32> = self
            .whole
            .windows(GROUP)
            .step_by(NEXT_GROUP)
            .map(|group| {
                let mut group = group.to_vec();
                group.sort_unstable();
                let mean = group.iter().sum::<i64>() as f32 / GROUP as f32;
                let low = group.get(GROUP * 2 / 5).copied().unwrap_or_default() as f32;
                1.0 - low / mean.max(1.0)
            })
            .collect();
        groups.sort_by(f32::total_cmp);
        groups.get(groups.len() / 2).copied().unwrap_or_default()
    }
}

/// The most change where squares of this side begin, by the change farther inside of them, less 1. Where the first one begins is
/// searched: the picture may have been cut.
fn blockiness(changes: &[f32], side: f32) -> f32 {
    let mut sums = [[0.0_f32; 2]; LONGEST as usize + 1];
    let mut position = 0.0;
    for change in changes {
        if let Some([sum, count]) = sums.get_mut(position as usize) {
            *sum += change;
            *count += 1.0;
        }
        position += 1.0;
        if position >= side {
            position -= side;
        }
    }
    let places: Vec<f32> =
        sums.iter().filter(|[_, count]| *count > 0.0).map(|[sum, count]| sum / count).collect();
    let Some((first, most)) = places.iter().copied().enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b))
    else {
        return 0.0;
    };
    // scaling has spread the border over its neighbours
    let inside = places.iter().enumerate().filter(|(at, _)| {
        let apart = at.abs_diff(first);
        apart.min(places.len() - apart) > 1
    });
    let (sum, count) = inside.fold((0.0, 0.0), |(sum, count), (_, place)| (sum + place, count + 1.0));
    most / (sum / f32::max(count, 1.0) + LEAST) - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::mesh::tests::mesh;
    use image::codecs::jpeg::JpegEncoder;
    use image::{RgbImage, imageops};

    /// Something soft with some texture, as skin is.
    fn skin() -> RgbImage {
        let wave = |at: u32, length: f32| (at as f32 / length).sin();
        RgbImage::from_fn(320, 320, |x, y| {
            let tone = 120.0
                + 40.0 * wave(x, 40.0)
                + 30.0 * wave(y, 55.0)
                + 6.0 * wave(x * 7 + y * 3, 9.0)
                + ((x * 31 + y * 17) % 7) as f32;
            image::Rgb([tone as u8, (0.8 * tone) as u8, (0.7 * tone) as u8])
        })
    }

    fn of(picture: &RgbImage) -> Blocks {
        let face = mesh(&[(0, [318.0, 318.0, 0.0])]);
        blocks(&Pyramid::build(picture, 128), &face).unwrap()
    }

    fn compressed(picture: &RgbImage, quality: u8) -> RgbImage {
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture).unwrap();
        image::load_from_memory(&bytes).unwrap().into_rgb8()
    }

    #[test]
    fn compression_is_found_wherever_its_squares_begin() {
        let values = [100, 60, 25, 8].map(|quality| of(&compressed(&skin(), quality)).compression);
        assert!(values.is_sorted_by(|a, b| a < b) && values[0] < 0.3 && values[3] > 2.0, "{values:?}");
        let cut = imageops::crop_imm(&compressed(&skin(), 8), 3, 5, 310, 310).to_image();
        assert!(of(&cut).compression > 2.0);
    }

    #[test]
    fn compression_is_found_in_a_picture_that_was_scaled_afterwards() {
        for side in [288, 240, 200] {
            let small = imageops::resize(&skin(), side, side, imageops::FilterType::Triangle);
            let scaled = |quality| {
                imageops::resize(&compressed(&small, quality), 320, 320, imageops::FilterType::CatmullRom)
            };
            let values = [90, 8].map(|quality| of(&scaled(quality)).compression);
            assert!(values[0] < 1.0 && values[1] > 1.9, "{side}: {values:?}");
        }
    }

    #[test]
    fn a_blown_up_picture_has_squares() {
        assert!(of(&skin()).pixelation < 0.3);
        for side in [3, 5, 8] {
            let small = imageops::resize(&skin(), 320 / side, 320 / side, imageops::FilterType::Triangle);
            let large = imageops::resize(&small, 320, 320, imageops::FilterType::Nearest);
            assert!(of(&large).pixelation > 0.6, "{side}: {:?}", of(&large));
            let smooth = imageops::resize(&small, 320, 320, imageops::FilterType::CatmullRom);
            assert!(of(&smooth).pixelation < 0.35, "{side}: {:?}", of(&smooth));
        }
    }

    #[test]
    fn small_and_outer_faces_are_not_measured() {
        let face = mesh(&[(0, [50.0, 318.0, 0.0])]);
        assert_eq!(blocks(&Pyramid::build(&skin(), 128), &face), None);
        let outside = mesh(&[(0, [f32::NAN, -900.0, 0.0])]);
        assert_eq!(blocks(&Pyramid::build(&skin(), 128), &outside), None);
    }
}
