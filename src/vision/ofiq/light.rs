//! Light and colour of the aligned face.

use super::aligned::{Aligned, Area};

/// Luminance of each stored value as a share of the brightest, for sRGB.
pub struct Linear([f64; 256]);

impl Linear {
    pub fn new() -> Self {
        let mut table = [0.0; 256];
        for (value, linear) in table.iter_mut().enumerate() {
            *linear = decoded(value as f64 / 255.0);
        }
        Self(table)
    }

    /// 0 to 255, rounded.
    pub fn luminance(&self, colour: [u8; 3]) -> u8 {
        let [red, green, blue] = colour.map(|value| self.0[usize::from(value)]);
        ((0.2126 * red + 0.7152 * green + 0.0722 * blue) * 255.0 + 0.5) as u8
    }
}

/// The light of a stored value of sRGB, both 0 to 1.
fn decoded(value: f64) -> f64 {
    if value > 0.04045 { ((value + 0.055) / 1.055).powf(2.4) } else { value / 12.92 }
}

/// How often each level of luminance occurs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Histogram {
    levels: [u32; 256],
    count: u32,
}

impl Histogram {
    pub fn of(levels: impl Iterator<Item = u8>) -> Self {
        let mut histogram = Self { levels: [0; 256], count: 0 };
        for level in levels {
            histogram.levels[usize::from(level)] += 1;
            histogram.count += 1;
        }
        histogram
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Each level as 0 to 1 and its share.
    fn shares(&self) -> impl Iterator<Item = (f64, f64)> {
        let count = f64::from(self.count);
        self.levels
            .iter()
            .enumerate()
            .map(move |(level, &here)| (level as f64 / 255.0, f64::from(here) / count))
    }

    pub fn mean(&self) -> f64 {
        self.shares().map(|(level, share)| level * share).sum()
    }

    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        self.shares().map(|(level, share)| share * (level - mean).powi(2)).sum()
    }

    /// In bits.
    pub fn entropy(&self) -> f64 {
        self.shares().map(|(_, share)| if share > 0.0 { -share * share.log2() } else { 0.0 }).sum()
    }

    /// The share of some levels.
    pub fn share(&self, levels: std::ops::RangeInclusive<usize>) -> f64 {
        self.shares().skip(*levels.start()).take(levels.count()).map(|(_, share)| share).sum()
    }

    /// What two have in common, 0 to 1.
    pub fn common(&self, other: &Self) -> f64 {
        self.shares().zip(other.shares()).map(|((_, a), (_, b))| a.min(b)).sum()
    }
}

/// How far the mean colour of some pixels lies outside the range that skin has: 0 within, 100 on the wrong side of grey.
/// What lies outside of the face counts as black; a picture without any colour is not judged by it.
pub fn unnaturalness(aligned: &Aligned, face: &Area, pixels: impl Iterator<Item = [usize; 2]>) -> f64 {
    let grey = |[red, green, blue]: [u8; 3]| red == green && green == blue;
    if face.pixels().all(|at| grey(aligned.colour(at))) {
        return 0.0;
    }
    let (mut sum, mut count) = ([0.0; 3], 0.0);
    for at in pixels {
        let colour = if face.holds(at) { aligned.colour(at) } else { [0; 3] };
        sum = [0, 1, 2].map(|channel| sum[channel] + f64::from(colour[channel]));
        count += 1.0;
    }
    let [a, b] = chroma(sum.map(|sum| sum / count / 255.0));
    if a < 0.0 || b < 0.0 {
        return 100.0;
    }
    let outside = |value: f64, low: f64, high: f64| (low - value).max(value - high).max(0.0);
    outside(a, 5.0, 25.0).hypot(outside(b, 5.0, 35.0))
}

/// a* and b* of CIELAB for a stored colour of sRGB, 0 to 1, with the white of D50.
fn chroma(colour: [f64; 3]) -> [f64; 2] {
    let [red, green, blue] = colour.map(decoded);
    let x = (0.43605 * red + 0.38508 * green + 0.14309 * blue) / 0.964221;
    let y = 0.22249 * red + 0.71689 * green + 0.06062 * blue;
    let z = (0.01393 * red + 0.09710 * green + 0.71419 * blue) / 0.825211;
    let [x, y, z] = [x, y, z].map(|value| {
        if value <= 216.0 / 24389.0 { (24389.0 / 27.0 * value + 16.0) / 116.0 } else { value.cbrt() }
    });
    [500.0 * (x - y), 200.0 * (y - z)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn luminance_is_linear_light() {
        let linear = Linear::new();
        assert_eq!(linear.luminance([255; 3]), 255);
        assert_eq!(linear.luminance([0; 3]), 0);
        // the middle of what is stored is a fifth of the light
        assert_eq!(linear.luminance([128; 3]), 55);
        assert!(linear.luminance([0, 255, 0]) > linear.luminance([255, 0, 255]) * 2);
    }

    #[test]
    fn histograms_are_summed_up() {
        let histogram = Histogram::of((0..=255).flat_map(|level| [level; 3]));
        assert!((histogram.mean() - 0.5).abs() < 1e-9 && (histogram.entropy() - 8.0).abs() < 1e-9);
        assert!((histogram.variance() - (256.0_f64.powi(2) - 1.0) / 12.0 / 255.0_f64.powi(2)).abs() < 1e-9);
        assert!((histogram.share(0..=25) - 26.0 / 256.0).abs() < 1e-9);
        assert!((histogram.share(247..=255) - 9.0 / 256.0).abs() < 1e-9);
        let half = Histogram::of(0..=127);
        assert!((histogram.common(&half) - 0.5).abs() < 1e-9);
        assert!(Histogram::of(std::iter::empty()).is_empty());
    }

    #[test]
    fn colours_have_their_place() {
        let near = |[a, b]: [f64; 2], expected: [f64; 2]| {
            assert!((a - expected[0]).abs() < 0.1 && (b - expected[1]).abs() < 0.1, "{a} {b}");
        };
        // CIELAB with D50 of grey and of red, after Lindbloom's tables
        near(chroma([0.5; 3]), [0.0, 0.0]);
        near(chroma([1.0, 0.0, 0.0]), [80.8, 69.9]);
    }
}
