//! The gradient of the background, as OFIQ measures it.

use crate::vision::person::{self, Mask};

use super::aligned::{Aligned, COLUMNS, Similarity};
use super::light::Linear;

/// What is looked at: the aligned picture's [`COLUMNS`] and the rows down to the shoulders.
const HEIGHT: usize = 406;
/// And how large it is made.
const SMALL: [usize; 2] = [354, 292];
/// The erosion takes this many pixels before a place, and one less after it.
const BEFORE: usize = 2;

/// The mean gradient of luminance where nobody stands; none where no background is seen.
pub fn gradient(
    aligned: &Aligned,
    linear: &Linear,
    similarity: Similarity,
    mask: &Mask,
    size: [f32; 2],
) -> Option<f64> {
    let [width, height] = SMALL;
    let step = [COLUMNS.len() as f32 / width as f32, HEIGHT as f32 / height as f32];
    // middles of pixels lie on middles, as OpenCV's resize has it
    let place = |column: usize, row: usize| {
        let [x, y] = [(column as f32 + 0.5) * step[0] - 0.5, (row as f32 + 0.5) * step[1] - 0.5];
        [x.max(0.0) + COLUMNS.start as f32, y.max(0.0)]
    };
    let each = || (0..height).flat_map(move |row| (0..width).map(move |column| place(column, row)));
    let light: Vec<f32> = each().map(|at| f32::from(linear.luminance(between(aligned, at)))).collect();
    let free: Vec<bool> = each()
        .map(|at| {
            let [x, y] = similarity.to_picture(at);
            let inside = (0.0..size[0]).contains(&x) && (0.0..size[1]).contains(&y);
            inside && mask.at([x, y]) < person::PERSON
        })
        .collect();
    let eroded = eroded(&eroded(&free, 1, width), width, height);
    let (mut sum, mut count) = (0.0, 0_u32);
    for row in 0..height {
        for column in 0..width {
            if !eroded.get(row * width + column).copied().unwrap_or_default() {
                continue;
            }
            // the pixel beyond an edge is the last but one
            let beyond = |at: usize, off: usize, length: usize| match (at + off).checked_sub(1) {
                None => 1,
                Some(at) if at == length => length - 2,
                Some(at) => at,
            };
            let value = |dx: usize, dy: usize| {
                let at = beyond(row, dy, height) * width + beyond(column, dx, width);
                f64::from(light.get(at).copied().unwrap_or_default())
            };
            // Scharr's kernel: what OpenCV takes where no size of Sobel's is given
            let slope = |line: [[f64; 2]; 3]| {
                let [first, middle, last] = line.map(|[from, to]| to - from);
                3.0 * first + 10.0 * middle + 3.0 * last
            };
            let across = slope([0, 1, 2].map(|dy| [value(0, dy), value(2, dy)]));
            let down = slope([0, 1, 2].map(|dx| [value(dx, 0), value(dx, 2)]));
            sum += across.hypot(down);
            count += 1;
        }
    }
    (count > 0).then(|| sum / f64::from(count))
}

/// The colour between four pixels.
fn between(aligned: &Aligned, [x, y]: [f32; 2]) -> [u8; 3] {
    let (left, top) = (x as usize, y as usize);
    let (u, v) = (x.fract(), y.fract());
    let right = (left + 1).min(COLUMNS.end - 1);
    let bottom = (top + 1).min(HEIGHT - 1);
    let [a, b, c, d] = [[left, top], [right, top], [left, bottom], [right, bottom]]
        .map(|at| aligned.colour(at).map(f32::from));
    [0, 1, 2].map(|channel| {
        let above = a[channel] * (1.0 - u) + b[channel] * u;
        let below = c[channel] * (1.0 - u) + d[channel] * u;
        (above * (1.0 - v) + below * v).round() as u8
    })
}

/// Leaves what has only free places from two before to one after it along one direction; beyond the edge all is free.
fn eroded(free: &[bool], step: usize, length: usize) -> Vec<bool> {
    let mut out = free.to_vec();
    for (at, _) in free.iter().enumerate().filter(|(_, free)| !**free) {
        let position = at / step % length;
        // this place is within reach of those from one before it to two after it
        let first = position.saturating_sub(BEFORE - 1);
        for reached in first..=(position + BEFORE).min(length - 1) {
            if let Some(place) = out.get_mut(at + reached * step - position * step) {
                *place = false;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::ofiq::aligned::tests::face;
    use crate::vision::person::tests::mask;
    use image::{Rgb, RgbImage};

    /// The gradient of a photo of 616 by 616 pixels with a head in its middle.
    fn measured(background: impl Fn(u32, u32) -> u8) -> Option<f64> {
        // `face` moves it by (60, 40)
        let photo = RgbImage::from_fn(700, 700, |x, y| {
            let head = (240..500).contains(&x) && y > 150;
            if head { Rgb([(x * y) as u8; 3]) } else { Rgb([background(x, y); 3]) }
        });
        let similarity = Similarity::of(&face(1.0, 0.0)).unwrap();
        let aligned = Aligned::read(&photo, similarity);
        // the mask's picture has 256 pixels a side
        let mask = mask(|x, y| (230.0..510.0).contains(&(x * 700.0 / 256.0)) && y * 700.0 / 256.0 > 140.0);
        gradient(&aligned, &Linear::new(), similarity, &mask.of_size([700.0; 2]), [700.0; 2])
    }

    #[test]
    fn only_the_background_counts() {
        assert_eq!(measured(|_, _| 200), Some(0.0));
        let slope = measured(|x, _| 100 + (x / 8) as u8).unwrap();
        let busy = measured(|x, y| if (x / 12 + y / 12) % 2 == 0 { 60 } else { 190 }).unwrap();
        assert!(slope < 30.0 && busy > 300.0, "{slope} {busy}");
    }

    #[test]
    fn a_step_has_the_height_of_scharrs_kernel() {
        // one edge from black to white, all the way down: 16 times 255 where it is, in two columns of 354
        let edge = measured(|x, _| if x < 180 { 0 } else { 255 }).unwrap();
        let flat = measured(|_, _| 255).unwrap();
        assert!(flat == 0.0 && edge > 16.0 * 255.0 * 2.0 / 354.0, "{edge}");
    }

    #[test]
    fn erosion_reaches_two_back_and_one_on() {
        let row = |taken: &[usize]| (0..10).map(|at| !taken.contains(&at)).collect::<Vec<_>>();
        assert_eq!(eroded(&row(&[5]), 1, 10), row(&[4, 5, 6, 7]));
        assert_eq!(eroded(&row(&[0]), 1, 10), row(&[0, 1, 2]));
        assert_eq!(eroded(&row(&[9]), 1, 10), row(&[8, 9]));
        assert_eq!(eroded(&row(&[]), 1, 10), row(&[]));
    }
}
