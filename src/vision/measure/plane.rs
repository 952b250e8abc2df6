//! One value for each pixel: smoothing and what lies in a square of it.

/// Rows of values, one after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Plane {
    pub width: usize,
    pub values: Vec<f32>,
}

impl Plane {
    pub fn new(width: usize, values: Vec<f32>) -> Self {
        Self { width: width.max(1), values }
    }

    pub fn height(&self) -> usize {
        self.values.len() / self.width
    }

    /// The value at a column and a row; 0 outside.
    pub fn at(&self, x: usize, y: usize) -> f32 {
        if x < self.width { self.values.get(y * self.width + x).copied().unwrap_or_default() } else { 0.0 }
    }

    /// Smoothed by a Gaussian of `sigma` pixels; the border is repeated.
    pub fn smoothed(&self, sigma: f32) -> Self {
        let reach = (3.0 * sigma).ceil().max(1.0) as usize;
        let bell: Vec<f32> = (0..=2 * reach)
            .map(|at| (-0.5 * ((at as f32 - reach as f32) / sigma.max(1e-3)).powi(2)).exp())
            .collect();
        let sum: f32 = bell.iter().sum();
        let bell: Vec<f32> = bell.into_iter().map(|weight| weight / sum).collect();
        let (width, height) = (self.width, self.height());
        let mut across = vec![0.0; width * height];
        let mut padded = vec![0.0; width + 2 * reach];
        for (row, out) in self.values.chunks_exact(width).zip(across.chunks_exact_mut(width)) {
            let (Some(&first), Some(&last)) = (row.first(), row.last()) else { continue };
            padded[..reach].fill(first);
            padded[reach..reach + width].copy_from_slice(row);
            padded[reach + width..].fill(last);
            for (shift, weight) in bell.iter().enumerate() {
                for (out, value) in out.iter_mut().zip(&padded[shift..]) {
                    *out += weight * value;
                }
            }
        }
        let mut values = vec![0.0; width * height];
        for (y, out) in values.chunks_exact_mut(width).enumerate() {
            for (shift, weight) in bell.iter().enumerate() {
                let row = (y + shift).saturating_sub(reach).min(height - 1);
                for (out, value) in out.iter_mut().zip(across.iter().skip(row * width)) {
                    *out += weight * value;
                }
            }
        }
        Self { width, values }
    }

    /// The values of the square of `side` around a column and a row; none where it does not lie inside.
    pub fn square(&self, [x, y]: [f32; 2], side: usize) -> Option<impl Iterator<Item = f32>> {
        let corner = |value: f32, length: usize| {
            let corner = value - side as f32 / 2.0;
            (0.0..=length.checked_sub(side)? as f32).contains(&corner).then_some(corner.round() as usize)
        };
        let (left, top) = (corner(x, self.width)?, corner(y, self.height())?);
        let rows = self.values.chunks_exact(self.width).skip(top).take(side);
        Some(rows.flat_map(move |row| row.iter().skip(left).take(side).copied()))
    }
}

/// The middle one of some values by size, or what lies between the two in the middle; none of none.
pub fn median(values: impl Iterator<Item = f32>) -> Option<f32> {
    let mut values: Vec<f32> = values.collect();
    let half = values.len() / 2;
    let even = values.len().is_multiple_of(2);
    if values.is_empty() {
        return None;
    }
    let (below, &mut upper, _) = values.select_nth_unstable_by(half, f32::total_cmp);
    let lower = below.iter().copied().max_by(f32::total_cmp).filter(|_| even);
    Some(lower.map_or(upper, |lower| (lower + upper) / 2.0))
}

/// The value below which a share of the values lies; none of none.
pub fn quantile(values: impl Iterator<Item = f32>, share: f32) -> Option<f32> {
    let mut values: Vec<f32> = values.collect();
    let at = (values.len().checked_sub(1)? as f32 * share.clamp(0.0, 1.0)).round() as usize;
    Some(*values.select_nth_unstable_by(at, f32::total_cmp).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smoothing_keeps_the_mean_and_spreads_a_point() {
        let mut values = vec![0.0; 41 * 31];
        values[15 * 41 + 20] = 1000.0;
        let smooth = Plane::new(41, values).smoothed(2.0);
        assert!((smooth.values.iter().sum::<f32>() - 1000.0).abs() < 0.5);
        assert!((smooth.at(20, 15) - 1000.0 / (std::f32::consts::TAU * 4.0)).abs() < 1.0);
        assert!((smooth.at(18, 15) - smooth.at(20, 17)).abs() < 1e-3);
        let flat = Plane::new(8, vec![7.0; 64]).smoothed(3.0);
        assert!(flat.values.iter().all(|value| (value - 7.0).abs() < 1e-4));
        assert_eq!(Plane::new(8, Vec::new()).smoothed(1.0).height(), 0);
    }

    #[test]
    fn squares_lie_inside_or_are_none() {
        let plane = Plane::new(10, (0..100).map(|value| value as f32).collect());
        let square: Vec<f32> = plane.square([5.0, 5.0], 2).unwrap().collect();
        assert_eq!(square, [44.0, 45.0, 54.0, 55.0]);
        assert!(plane.square([0.5, 5.0], 2).is_none() && plane.square([f32::NAN, 5.0], 2).is_none());
        assert!(plane.square([5.0, 5.0], 11).is_none());
        assert_eq!((plane.at(3, 2), plane.at(10, 2), plane.at(3, 99)), (23.0, 0.0, 0.0));
    }

    #[test]
    fn quantiles_are_those_of_sorted_values() {
        let values = [5.0, 1.0, 4.0, 2.0, 3.0];
        assert_eq!(median(values.into_iter()), Some(3.0));
        assert_eq!(median(values.into_iter().skip(1)), Some(2.5));
        assert_eq!(quantile(values.into_iter(), 1.0), Some(5.0));
        assert_eq!(median(std::iter::empty()), None);
    }
}
