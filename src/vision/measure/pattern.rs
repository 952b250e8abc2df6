//! The pattern that a screen leaves in a photo of it: waves that beat between the screen's pixels and the camera's.
//!
//! A wave that runs through all of the face is a peak in its spectrum, and nothing on a face makes one. Windows of the
//! picture's own pixels around the face are transformed, the logarithms of their power averaged (after Welch, IEEE Trans. Audio
//! Electroacoust. 15, 1967), and each place of the spectrum is compared with the ring around it. Left out are slow waves,
//! which are the face; the two axes, which hold the edges of squares and of clothes; and multiples of JPEG's squares.

use crate::vision::picture::Pyramid;

use super::Lengths;
use super::patch::brightness;

/// Side of a window in pixels, and from one to the next.
const SIDE: usize = 128;
const STEP: f32 = 64.0;
/// The middle of the windows below the eyes, by the distance between them.
const BELOW: f32 = 0.45;
/// Power that is nothing, in squared levels a pixel.
const NOTHING: f32 = 0.05;
/// Waves of fewer periods in a window are the face itself.
const SLOW: f32 = 10.0;
/// This near to an axis or to a multiple of JPEG's eight pixels says nothing.
const NEAR: usize = 2;
const JPEG: usize = SIDE / 8;

/// How far the strongest wave stands out of the spectrum around it, natural logarithm of its power: up to 1.1 for photos of
/// people, 1.5 to 6 where a screen was photographed. None where no window lies inside the picture.
pub fn pattern(picture: &Pyramid<'_>, lengths: &Lengths) -> Option<f32> {
    let (pixels, _) = picture.level(1.0);
    let (sin, cos) = lengths.turn.sin_cos();
    let down = BELOW * lengths.inter_eye;
    let middle = [lengths.eyes[0] - sin * down, lengths.eyes[1] + cos * down];
    let (width, stride) = (pixels.width() as usize, pixels.width() as usize * 3);
    let bell: Vec<f32> = (0..SIDE)
        .map(|at| 0.5 - 0.5 * (std::f32::consts::TAU * at as f32 / (SIDE - 1) as f32).cos())
        .collect();
    let windows: Vec<Vec<f32>> = (0..9)
        .filter_map(|at| {
            let corner = |value: f32, step: i32, length: usize| {
                let corner = (value + (step - 1) as f32 * STEP - (SIDE - 1) as f32 / 2.0).round();
                (0.0..=length.checked_sub(SIDE)? as f32).contains(&corner).then_some(corner as usize)
            };
            let left = corner(middle[0], at % 3, width)?;
            let top = corner(middle[1], at / 3, pixels.height() as usize)?;
            let rows = pixels.as_raw().chunks_exact(stride).skip(top).take(SIDE);
            let values: Vec<f32> = rows
                .filter_map(|row| row.get(left * 3..(left + SIDE) * 3))
                .flat_map(|row| row.as_chunks::<3>().0.iter().map(|pixel| brightness(pixel.map(f32::from))))
                .collect();
            let mean = values.iter().sum::<f32>() / values.len().max(1) as f32;
            let rows = values.chunks_exact(SIDE).zip(&bell);
            let shaded = |(row, down): (&[f32], &f32)| {
                row.iter()
                    .zip(&bell)
                    .map(|(value, across)| (value - mean) * across * down)
                    .collect::<Vec<_>>()
            };
            Some(rows.flat_map(shaded).collect())
        })
        .collect();
    let transform = Transform::new();
    let mut power = vec![0.0; SIDE * SIDE];
    let log = |power: f32| (power + (SIDE * SIDE) as f32 * NOTHING).ln();
    // two at once: the spectrum of what is real is the same, conjugate, on the other side of its middle
    for two in windows.chunks(2) {
        let real = two.first().cloned().unwrap_or_default();
        let imaginary = two.get(1).cloned().unwrap_or_else(|| vec![0.0; SIDE * SIDE]);
        let mut waves = Waves { real, imaginary };
        transform.both_ways(&mut waves);
        for (at, sum) in power.iter_mut().enumerate() {
            let opposite = (SIDE - at / SIDE) % SIDE * SIDE + (SIDE - at % SIDE) % SIDE;
            let ([a, b], [c, d]) = (waves.at(at), waves.at(opposite));
            *sum += log(((a + c).powi(2) + (b - d).powi(2)) / 4.0);
            if two.len() == 2 {
                *sum += log(((a - c).powi(2) + (b + d).powi(2)) / 4.0);
            }
        }
    }
    let windows = windows.len();
    (windows > 0).then(|| peak(&power) / windows as f32)
}

/// The most that a place of the spectrum stands above the ring around it.
fn peak(power: &[f32]) -> f32 {
    let sums = Sums::of(power);
    let mut most = 0.0_f32;
    // the other half is the same
    for y in 0..=SIDE / 2 {
        for x in 0..SIDE {
            let (u, v) = (x.min(SIDE - x), y);
            let beside = |wave: usize| (wave % JPEG).min(JPEG - wave % JPEG) <= NEAR;
            if (u as f32).hypot(v as f32) < SLOW || u.min(v) <= NEAR || (beside(u) && beside(v)) {
                continue;
            }
            let ring = (sums.around(x, y, 5) - sums.around(x, y, 2)) / (121.0 - 25.0);
            most = most.max(sums.around(x, y, 1) / 9.0 - ring);
        }
    }
    most
}

/// Sums over squares of a spectrum that begins again at its edges.
struct Sums(Vec<f64>);

/// So much of the spectrum is repeated on each side.
const REPEATED: usize = 6;
const WIDE: usize = SIDE + 2 * REPEATED + 1;

impl Sums {
    fn of(power: &[f32]) -> Self {
        let mut sums = vec![0.0; WIDE * WIDE];
        for y in 1..WIDE {
            let mut row = 0.0;
            for x in 1..WIDE {
                let place = |value: usize| (value - 1 + SIDE - REPEATED) % SIDE;
                row += f64::from(power.get(place(y) * SIDE + place(x)).copied().unwrap_or_default());
                sums[y * WIDE + x] = sums[(y - 1) * WIDE + x] + row;
            }
        }
        Self(sums)
    }

    /// Of the square that reaches `reach` places to each side.
    fn around(&self, x: usize, y: usize, reach: usize) -> f32 {
        let (left, right) = (x + REPEATED - reach, x + REPEATED + reach + 1);
        let (top, bottom) = (y + REPEATED - reach, y + REPEATED + reach + 1);
        let at = |x: usize, y: usize| self.0.get(y * WIDE + x).copied().unwrap_or_default();
        (at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top)) as f32
    }
}

/// Real and imaginary part.
type Complex = [f32; 2];

/// [`SIDE`] rows of as many values.
struct Waves {
    real: Vec<f32>,
    imaginary: Vec<f32>,
}

impl Waves {
    fn at(&self, at: usize) -> Complex {
        [&self.real, &self.imaginary].map(|part| part.get(at).copied().unwrap_or_default())
    }

    fn transpose(&mut self) {
        for part in [&mut self.real, &mut self.imaginary] {
            for y in 0..SIDE {
                for x in 0..y {
                    part.swap(y * SIDE + x, x * SIDE + y);
                }
            }
        }
    }
}

/// Fourier's transform of [`SIDE`] values (Cooley and Tukey, 1965), of all columns at once.
struct Transform {
    turns: Vec<Complex>,
}

impl Transform {
    fn new() -> Self {
        let angle = |at: usize| -std::f32::consts::TAU * at as f32 / SIDE as f32;
        Self { turns: (0..SIDE / 2).map(|at| [angle(at).cos(), angle(at).sin()]).collect() }
    }

    /// Columns and rows change places.
    fn both_ways(&self, waves: &mut Waves) {
        self.columns(waves);
        waves.transpose();
        self.columns(waves);
    }

    fn columns(&self, waves: &mut Waves) {
        let bits = SIDE.trailing_zeros();
        for part in [&mut waves.real, &mut waves.imaginary] {
            for at in 0..SIDE {
                let other = at.reverse_bits() >> (usize::BITS - bits);
                if at < other {
                    let (before, from) = part.split_at_mut(other * SIDE);
                    before[at * SIDE..(at + 1) * SIDE].swap_with_slice(&mut from[..SIDE]);
                }
            }
        }
        let mut half = 1;
        while half < SIDE {
            let (rows, step) = (half * SIDE, SIDE / (2 * half));
            let pairs = waves.real.chunks_exact_mut(2 * rows).zip(waves.imaginary.chunks_exact_mut(2 * rows));
            for (real, imaginary) in pairs {
                let ((a, b), (c, d)) = (real.split_at_mut(rows), imaginary.split_at_mut(rows));
                let low = a.chunks_exact_mut(SIDE).zip(c.chunks_exact_mut(SIDE));
                let high = b.chunks_exact_mut(SIDE).zip(d.chunks_exact_mut(SIDE));
                for ((low, high), turn) in low.zip(high).zip(self.turns.iter().step_by(step)) {
                    butterflies(low, high, turn);
                }
            }
            half *= 2;
        }
    }
}

/// Two rows, real and imaginary parts of each, become their sum and their difference, the second one turned before.
fn butterflies(low: (&mut [f32], &mut [f32]), high: (&mut [f32], &mut [f32]), [cos, sin]: &Complex) {
    let low = low.0.iter_mut().zip(low.1);
    let high = high.0.iter_mut().zip(high.1);
    for ((a, b), (c, d)) in low.zip(high) {
        let turned = [*c * cos - *d * sin, *c * sin + *d * cos];
        (*c, *d) = (*a - turned[0], *b - turned[1]);
        (*a, *b) = (*a + turned[0], *b + turned[1]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage};

    fn measured(wave: impl Fn(f32, f32) -> f32) -> Option<f32> {
        let mut state = 11_u32;
        let picture = RgbImage::from_fn(400, 400, |x, y| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let grain = (state >> 8) as f32 / (1 << 22) as f32 - 2.0;
            let skin = 120.0 + 30.0 * (x as f32 / 50.0).sin() + 20.0 * (y as f32 / 37.0).cos();
            Rgb([(skin + 2.0 * grain + wave(x as f32, y as f32)) as u8; 3])
        });
        let lengths =
            Lengths { eyes: [200.0, 150.0], turn: 0.0, inter_eye: 120.0, chin: 150.0, width: 250.0 };
        pattern(&Pyramid::build(&picture, 128), &lengths)
    }

    #[test]
    fn a_wave_over_the_face_is_found() {
        assert!(measured(|_, _| 0.0).unwrap() < 1.2);
        for (length, angle) in [(3.1_f32, 0.4_f32), (5.3, 1.0), (8.0, 2.3)] {
            let wave = |x: f32, y: f32| {
                4.0 * (std::f32::consts::TAU / length * (x * angle.cos() + y * angle.sin())).sin()
            };
            let found = measured(wave).unwrap();
            assert!(found > 1.8, "{length} {angle}: {found}");
        }
    }

    #[test]
    fn the_squares_of_jpeg_are_no_screen() {
        // each square is a little brighter or darker than it was, whichever its neighbours are
        let squares = |x: f32, y: f32| {
            let mixed = (x as u32 / 8).wrapping_mul(374_761_393) ^ (y as u32 / 8).wrapping_mul(668_265_263);
            let mixed = (mixed ^ (mixed >> 13)).wrapping_mul(1_274_126_177);
            ((mixed >> 16) % 7) as f32 / 2.0
        };
        assert!(measured(squares).unwrap() < 1.2);
    }

    #[test]
    fn the_transform_is_fouriers() {
        // five periods across and three down
        let real = (0..SIDE * SIDE).map(|at| {
            let periods = 5.0 * (at % SIDE) as f32 + 3.0 * (at / SIDE) as f32;
            (std::f32::consts::TAU * periods / SIDE as f32).cos()
        });
        let mut waves = Waves { real: real.collect(), imaginary: vec![0.0; SIDE * SIDE] };
        Transform::new().both_ways(&mut waves);
        for at in 0..SIDE * SIDE {
            let there = [5 * SIDE + 3, (SIDE - 5) * SIDE + SIDE - 3].contains(&at);
            let wanted = if there { (SIDE * SIDE) as f32 / 2.0 } else { 0.0 };
            let [real, imaginary] = waves.at(at);
            assert!((real - wanted).abs() < 0.1 && imaginary.abs() < 0.1, "{at}: {real} {imaginary}");
        }
    }

    #[test]
    fn a_picture_without_room_says_nothing() {
        let picture = RgbImage::new(100, 300);
        let lengths = Lengths { eyes: [50.0, 90.0], turn: 0.0, inter_eye: 40.0, chin: 60.0, width: 80.0 };
        assert_eq!(pattern(&Pyramid::build(&picture, 64), &lengths), None);
    }
}
