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
    let free = eroded(&eroded(&free(similarity, mask, size), 1, width), width, height);
    let light = framed(&small(aligned, linear));
    let (mut sum, mut count) = (0.0, 0_u32);
    let rows = light.chunks_exact(width + 2);
    let three = rows.clone().zip(rows.clone().skip(1)).zip(rows.skip(2));
    for (((above, here), below), free) in three.zip(free.chunks_exact(width)) {
        let windows = above.windows(3).zip(here.windows(3)).zip(below.windows(3));
        for (((above, here), below), _) in windows.zip(free).filter(|(_, free)| **free) {
            // Scharr's kernel: what OpenCV takes where no size of Sobel's is given
            let across =
                3.0 * (above[2] - above[0]) + 10.0 * (here[2] - here[0]) + 3.0 * (below[2] - below[0]);
            let down =
                3.0 * (below[0] - above[0]) + 10.0 * (below[1] - above[1]) + 3.0 * (below[2] - above[2]);
            sum += f64::from((across * across + down * down).sqrt());
            count += 1;
        }
    }
    (count > 0).then(|| sum / f64::from(count))
}

/// Where a column or row of the small picture lies in the aligned one: middles on middles, as OpenCV's resize has it.
fn places(length: usize, from: usize) -> impl Iterator<Item = f32> + Clone {
    let step = from as f32 / length as f32;
    (0..length).map(move |at| ((at as f32 + 0.5) * step - 0.5).max(0.0))
}

/// Luminance of the small picture, row by row.
fn small(aligned: &Aligned, linear: &Linear) -> Vec<f32> {
    let [width, height] = SMALL;
    let parted = |place: f32| (place as usize, place.fract());
    let columns: Vec<_> = places(width, COLUMNS.len()).map(parted).collect();
    let mut light = Vec::with_capacity(width * height);
    for (top, v) in places(height, HEIGHT).map(parted) {
        let (above, below) = (aligned.row(top), aligned.row((top + 1).min(HEIGHT - 1)));
        light.extend(columns.iter().map(|&(left, u)| {
            let right = (left + 1).min(COLUMNS.len() - 1);
            let colour = |row: &[[u8; 3]], at: usize| row.get(at).copied().unwrap_or_default().map(f32::from);
            let (a, b, c, d) =
                (colour(above, left), colour(above, right), colour(below, left), colour(below, right));
            let mixed = [0, 1, 2].map(|channel| {
                let above = a[channel] + (b[channel] - a[channel]) * u;
                let below = c[channel] + (d[channel] - c[channel]) * u;
                (above + (below - above) * v + 0.5) as u8
            });
            f32::from(linear.luminance(mixed))
        }));
    }
    light
}

/// Where nobody stands, inside the photo, on the small picture.
fn free(similarity: Similarity, mask: &Mask, size: [f32; 2]) -> Vec<bool> {
    let [width, height] = SMALL;
    let columns = places(width, COLUMNS.len());
    let each =
        places(height, HEIGHT).flat_map(|y| columns.clone().map(move |x| [x + COLUMNS.start as f32, y]));
    each.map(|at| {
        let [x, y] = similarity.to_picture(at);
        let inside = (0.0..size[0]).contains(&x) && (0.0..size[1]).contains(&y);
        inside && mask.at([x, y]) < person::PERSON
    })
    .collect()
}

/// The small picture with a frame of one pixel: beyond an edge lies the last pixel but one.
fn framed(light: &[f32]) -> Vec<f32> {
    let [width, height] = SMALL;
    let rows = light.chunks_exact(width);
    let first = rows.clone().nth(1);
    let last = rows.clone().nth(height - 2);
    let row = |row: &[f32]| {
        let mut framed = Vec::with_capacity(width + 2);
        framed.extend(row.get(1));
        framed.extend_from_slice(row);
        framed.extend(row.get(width - 2));
        framed
    };
    first.into_iter().chain(rows).chain(last).flat_map(row).collect()
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
