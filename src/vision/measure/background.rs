//! How plain the background is: the mean gradient where nobody stands.

use crate::vision::person::Mask;
use crate::vision::picture::Pyramid;
use crate::vision::sample::{self, Frame, Outside, Range};

use super::patch::brightness;

const WIDTH: usize = 128;
const HEIGHT: usize = 166;
/// Nearer to the person than this, in pixels of the card picture at this size, is hair and blur.
const AWAY: usize = 6;
/// Above this a place may belong to the person.
const MAYBE: f32 = 0.1;
/// Less of the card picture than this says nothing about its background.
const LEAST_SHARE: f32 = 0.02;

/// The mean of Sobel's gradient over the background of the card picture, 0 for a plain one; none where hardly any background
/// is seen. Places outside the photo do not count.
pub fn plainness(picture: &Pyramid<'_>, mask: &Mask, card: &Frame) -> Option<f32> {
    let mut rgb = vec![0.0; WIDTH * HEIGHT * 3];
    sample::fill(picture, card, [WIDTH, HEIGHT], Outside::Border, Range::BYTES, &mut rgb);
    let values: Vec<f32> =
        rgb.chunks_exact(3).map(|pixel| brightness([pixel[0], pixel[1], pixel[2]])).collect();
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let taken: Vec<bool> = card
        .cells(WIDTH, HEIGHT)
        .map(|[x, y]| mask.at([x, y]) > MAYBE || !(0.0..width).contains(&x) || !(0.0..height).contains(&y))
        .collect();
    let near = widened(&widened(&taken, 1, WIDTH), WIDTH, HEIGHT);
    let (mut sum, mut count) = (0.0, 0_u32);
    for y in 1..HEIGHT - 1 {
        for x in 1..WIDTH - 1 {
            let at = y * WIDTH + x;
            if near.get(at).copied().unwrap_or(true) {
                continue;
            }
            let value = |dx: usize, dy: usize| {
                values.get(at + dx + dy * WIDTH - WIDTH - 1).copied().unwrap_or_default()
            };
            let across =
                value(2, 0) + 2.0 * value(2, 1) + value(2, 2) - value(0, 0) - 2.0 * value(0, 1) - value(0, 2);
            let down =
                value(0, 2) + 2.0 * value(1, 2) + value(2, 2) - value(0, 0) - 2.0 * value(1, 0) - value(2, 0);
            sum += across.hypot(down);
            count += 1;
        }
    }
    (count as f32 >= LEAST_SHARE * (WIDTH * HEIGHT) as f32).then(|| sum / count as f32)
}

/// Takes what lies up to [`AWAY`] places before or behind along one direction as well.
fn widened(taken: &[bool], step: usize, length: usize) -> Vec<bool> {
    let mut out = taken.to_vec();
    for (at, _) in taken.iter().enumerate().filter(|(_, taken)| **taken) {
        let position = at / step % length;
        for away in 1..=AWAY {
            if position >= away
                && let Some(place) = out.get_mut(at - away * step)
            {
                *place = true;
            }
            if position + away < length
                && let Some(place) = out.get_mut(at + away * step)
            {
                *place = true;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::person::tests::mask;
    use image::{Rgb, RgbImage};

    const CARD: Frame = Frame { centre: [128.0; 2], size: [154.0, 200.0], turn: 0.0 };

    fn measured(background: impl Fn(u32, u32) -> u8) -> Option<f32> {
        let head = |x: f32, y: f32| (80.0..176.0).contains(&x) && y > 60.0;
        let photo = RgbImage::from_fn(256, 256, |x, y| {
            if head(x as f32, y as f32) { Rgb([(x * y) as u8; 3]) } else { Rgb([background(x, y); 3]) }
        });
        plainness(&Pyramid::build(&photo, 64), &mask(head), &CARD)
    }

    #[test]
    fn only_the_background_counts() {
        assert!(measured(|_, _| 200).unwrap() < 1.0);
        let slope = measured(|x, _| 150 + (x / 4) as u8).unwrap();
        let busy = measured(|x, y| if (x / 12 + y / 12) % 2 == 0 { 60 } else { 190 }).unwrap();
        assert!(slope < 10.0 && busy > 60.0, "{slope} {busy}");
    }

    #[test]
    fn without_background_nothing_is_said() {
        let photo = RgbImage::from_pixel(256, 256, Rgb([90; 3]));
        assert_eq!(plainness(&Pyramid::build(&photo, 64), &mask(|_, _| true), &CARD), None);
    }
}
