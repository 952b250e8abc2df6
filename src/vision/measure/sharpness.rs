//! Sharpness of the eyes: how much of their detail a further blur would take away (after Crété and others, 2007). A blurred
//! picture has little to lose, whatever its contrast or the colour of the skin.

use super::patch::{EYE_ROW, EYES_APART, Patch, WIDTH};

/// Half the width of the blur that is tried, in pixels of the patch.
const REACH: usize = 4;

/// 0 blurred to 1 sharp, in the direction that is worse: a hand that shakes blurs one only.
pub fn sharpness(patch: &Patch) -> f32 {
    let half = (0.4 * EYES_APART) as usize;
    let rows = EYE_ROW as usize - half..EYE_ROW as usize + half;
    let height = rows.len();
    // two pixels each are averaged with their neighbours first: grain is no detail
    let across = smooth(&patch.brightness(rows), WIDTH);
    let down = smooth(&transposed(&across, WIDTH), height);
    let across = transposed(&down, height);
    lost(&across, WIDTH).min(lost(&down, height))
}

/// Which share of the variation along rows of `length` a blur along them would take away.
fn lost(values: &[f32], length: usize) -> f32 {
    let (mut all, mut taken) = (0.0, 0.0);
    for row in values.chunks_exact(length) {
        let blurred: Vec<f32> = row
            .windows(2 * REACH + 1)
            .map(|window| window.iter().sum::<f32>() / window.len() as f32)
            .collect();
        let sharp = row.get(REACH..).unwrap_or_default();
        for (here, soft) in sharp.windows(2).zip(blurred.windows(2)) {
            let variation = (here[1] - here[0]).abs();
            all += variation;
            taken += (variation - (soft[1] - soft[0]).abs()).max(0.0);
        }
    }
    if all > 0.0 { taken / all } else { 0.0 }
}

/// One, two, one along rows of `length`.
fn smooth(values: &[f32], length: usize) -> Vec<f32> {
    let mut out = values.to_vec();
    for (row, out) in values.chunks_exact(length).zip(out.chunks_exact_mut(length)) {
        for (window, value) in row.windows(3).zip(out.iter_mut().skip(1)) {
            *value = (window[0] + 2.0 * window[1] + window[2]) / 4.0;
        }
    }
    out
}

fn transposed(values: &[f32], width: usize) -> Vec<f32> {
    (0..width).flat_map(|column| values.iter().skip(column).step_by(width).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::measure::patch::tests::patch;

    /// Stripes with edges of the given width, in the two directions.
    fn stripes(width: f32, across: bool, contrast: f32) -> f32 {
        sharpness(&patch(|x, y| {
            let at = (if across { x } else { y } % 32) as f32 - 16.0;
            let other = (if across { y } else { x } % 32) as f32 - 16.0;
            let edge = |at: f32, width: f32| (at / width).clamp(-1.0, 1.0);
            [110.0 + contrast * (edge(at, width) + edge(other, 0.5)); 3]
        }))
    }

    #[test]
    fn blur_in_one_direction_is_enough() {
        for across in [true, false] {
            let values = [0.5, 2.0, 4.0, 6.0].map(|width| stripes(width, across, 40.0));
            assert!(values.is_sorted_by(|a, b| a > b), "{values:?}");
        }
    }

    #[test]
    fn contrast_does_not_matter() {
        assert!((stripes(3.0, true, 40.0) - stripes(3.0, true, 8.0)).abs() < 0.01);
        assert_eq!(sharpness(&patch(|_, _| [50.0; 3])), 0.0);
    }
}
