//! Reading many places of a picture at once, each mixed from the four pixels around it.

use image::RgbImage;

use super::{Outside, Range};

/// The places that are read, in pixels of the source: columns `along` apart, rows `across`.
pub struct Lattice {
    pub origin: [f32; 2],
    pub along: [f32; 2],
    pub across: [f32; 2],
    pub size: [usize; 2],
}

impl Lattice {
    pub fn is_upright(&self) -> bool {
        self.along[1] == 0.0 && self.across[0] == 0.0
    }
}

/// A row or column of the result lies between two of the source; how much each of them counts.
struct Between {
    first: usize,
    second: usize,
    weights: [f32; 2],
}

impl Between {
    /// `extent` is that of the source.
    fn of(at: f32, extent: usize, outside: Outside) -> Self {
        // further out than this is outside of any picture, and within what a whole number holds
        let at = at.clamp(-1e6, 1e6);
        let (place, share) = (at.floor() as i32, at - at.floor());
        let last = extent as i32 - 1;
        let weight = |place: i32, share: f32| {
            if outside == Outside::Black && !(0..=last).contains(&place) { 0.0 } else { share }
        };
        Self {
            first: place.clamp(0, last) as usize,
            second: (place + 1).clamp(0, last) as usize,
            weights: [weight(place, 1.0 - share), weight(place + 1, share)],
        }
    }
}

/// The pixels that are read, and what becomes of them.
pub struct Source<'a> {
    data: &'a [u8],
    columns: usize,
    rows: usize,
    /// Bytes of a row.
    stride: usize,
    outside: Outside,
    range: Range,
}

impl<'a> Source<'a> {
    pub fn of(pixels: &'a RgbImage, outside: Outside, range: Range) -> Self {
        let (columns, rows) = (pixels.width() as usize, pixels.height() as usize);
        Self { data: pixels.as_raw(), columns, rows, stride: columns * 3, outside, range }
    }

    /// Rows that lie along the source's own: two of them are mixed as a whole, which compilers do with many values at once,
    /// and the columns are picked from that.
    pub fn upright(&self, lattice: &Lattice, out: &mut [f32]) {
        let [width, height] = lattice.size;
        let Range { scale, offset } = self.range;
        let columns: Vec<Between> = (0..width)
            .map(|i| {
                let column = lattice.origin[0] + lattice.along[0] * i as f32;
                let between = Between::of(column, self.columns, self.outside);
                Between { weights: between.weights.map(|weight| weight * scale), ..between }
            })
            .collect();
        let left = columns.iter().map(|column| column.first).min().unwrap_or(0);
        let right = columns.iter().map(|column| column.second + 1).max().unwrap_or(0);
        let mut mixed = vec![0.0; (right - left) * 3];
        for (j, line) in out.chunks_exact_mut(width * 3).take(height).enumerate() {
            let row = Between::of(lattice.origin[1] + lattice.across[1] * j as f32, self.rows, self.outside);
            let bytes = |row: usize| self.data.get(row * self.stride + left * 3..).unwrap_or_default();
            let [above, below] = row.weights;
            for ((mixed, &a), &b) in mixed.iter_mut().zip(bytes(row.first)).zip(bytes(row.second)) {
                *mixed = f32::from(a) * above + f32::from(b) * below;
            }
            for (to, column) in line.chunks_exact_mut(3).zip(&columns) {
                let pixel =
                    |column: usize| mixed.get((column - left) * 3..).and_then(<[f32]>::first_chunk::<3>);
                if let (Some(first), Some(second)) = (pixel(column.first), pixel(column.second)) {
                    for channel in 0..3 {
                        to[channel] =
                            first[channel] * column.weights[0] + second[channel] * column.weights[1] + offset;
                    }
                }
            }
        }
    }

    /// Rows in any direction, some pixels at a time: first the bytes around each are picked, then all are mixed at once.
    pub fn turned(&self, lattice: &Lattice, out: &mut [f32]) {
        let [width, height] = lattice.size;
        let Lattice { origin, along, across, .. } = lattice;
        let mut corners = Corners::new();
        for (j, line) in out.chunks_exact_mut(width * 3).take(height).enumerate() {
            let start = [origin[0] + across[0] * j as f32, origin[1] + across[1] * j as f32];
            for (block, some) in line.chunks_mut(TOGETHER * 3).enumerate() {
                let place = |i: usize| {
                    let i = (block * TOGETHER + i) as f32;
                    [start[0] + along[0] * i, start[1] + along[1] * i]
                };
                let count = some.len() / 3;
                // the first and the last one inside: so are all between them
                let inside = self.holds(place(0)) && self.holds(place(count - 1));
                if inside && (0..count).all(|i| corners.pick(self, i, place(i)).is_some()) {
                    corners.mix(self.range, some);
                } else {
                    for (i, to) in some.chunks_exact_mut(3).enumerate() {
                        to.copy_from_slice(&self.at_the_border(place(i)));
                    }
                }
            }
        }
    }

    /// Whether a pixel lies at a place, with a right and a lower neighbour.
    fn holds(&self, [x, y]: [f32; 2]) -> bool {
        x >= 0.0 && y >= 0.0 && x < (self.columns - 1) as f32 && y < (self.rows - 1) as f32
    }

    /// A place that may lie outside.
    fn at_the_border(&self, [x, y]: [f32; 2]) -> [f32; 3] {
        let column = Between::of(x, self.columns, self.outside);
        let row = Between::of(y, self.rows, self.outside);
        let mut mixed = [self.range.offset; 3];
        for (y, across) in [row.first, row.second].into_iter().zip(row.weights) {
            for (x, along) in [column.first, column.second].into_iter().zip(column.weights) {
                let pixel = self.data.get(y * self.stride + x * 3..).and_then(<[u8]>::first_chunk::<3>);
                for (mixed, &value) in mixed.iter_mut().zip(pixel.into_iter().flatten()) {
                    *mixed += f32::from(value) * across * along * self.range.scale;
                }
            }
        }
        mixed
    }
}

/// Pixels that are mixed together.
const TOGETHER: usize = 16;
/// Their values: three channels each.
const VALUES: usize = TOGETHER * 3;

/// The four pixels around each of some places, and how far each lies to the right and down between them.
struct Corners {
    /// Upper left, upper right, lower left, lower right; each pixel is written with a byte more than it has.
    values: [[u8; VALUES + 1]; 4],
    right: [f32; VALUES],
    down: [f32; VALUES],
}

impl Corners {
    fn new() -> Self {
        Self { values: [[0; VALUES + 1]; 4], right: [0.0; VALUES], down: [0.0; VALUES] }
    }

    /// Takes the pixels around place `i`; none where the picture's last byte is too near.
    #[inline]
    fn pick(&mut self, source: &Source<'_>, i: usize, [x, y]: [f32; 2]) -> Option<()> {
        let (left, top) = (x as i32, y as i32);
        let from = top as usize * source.stride + left as usize * 3;
        let upper = source.data.get(from..)?.first_chunk::<7>()?;
        let lower = source.data.get(from + source.stride..)?.first_chunk::<7>()?;
        let pixels =
            [upper.first_chunk::<4>()?, upper.last_chunk()?, lower.first_chunk()?, lower.last_chunk()?];
        for (values, pixel) in self.values.iter_mut().zip(pixels) {
            values.get_mut(i * 3..)?.first_chunk_mut::<4>()?.copy_from_slice(pixel);
        }
        *self.right.get_mut(i * 3..)?.first_chunk_mut::<3>()? = [x - left as f32; 3];
        *self.down.get_mut(i * 3..)?.first_chunk_mut::<3>()? = [y - top as f32; 3];
        Some(())
    }

    fn mix(&self, range: Range, out: &mut [f32]) {
        let mut mixed = [0.0; VALUES];
        let [a, b, c, d] = &self.values;
        for (at, mixed) in mixed.iter_mut().enumerate() {
            let [a, b, c, d] = [a[at], b[at], c[at], d[at]].map(f32::from);
            let (upper, lower) = (a + (b - a) * self.right[at], c + (d - c) * self.right[at]);
            *mixed = (upper + (lower - upper) * self.down[at]) * range.scale + range.offset;
        }
        for (to, mixed) in out.iter_mut().zip(mixed) {
            *to = mixed;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;
    use proptest::prelude::*;

    /// What one pixel after the other reads, by the definition of a mean weighted by distance.
    fn defined(picture: &RgbImage, lattice: &Lattice, outside: Outside) -> Vec<f32> {
        let [width, height] = lattice.size;
        let read = |x: i64, y: i64, channel: usize| {
            let (last, lowest) = (i64::from(picture.width()) - 1, i64::from(picture.height()) - 1);
            if outside == Outside::Black && !((0..=last).contains(&x) && (0..=lowest).contains(&y)) {
                return 0.0;
            }
            f64::from(picture.get_pixel(x.clamp(0, last) as u32, y.clamp(0, lowest) as u32)[channel])
        };
        let mut out = Vec::new();
        for (j, i) in (0..height).flat_map(|j| (0..width).map(move |i| (j, i))) {
            let place = |axis: usize| {
                f64::from(
                    lattice.origin[axis] + lattice.across[axis] * j as f32 + lattice.along[axis] * i as f32,
                )
            };
            let (x, y) = (place(0), place(1));
            for channel in 0..3 {
                let corner = |dx: i64, dy: i64| {
                    let (left, top) = (x.floor() as i64 + dx, y.floor() as i64 + dy);
                    read(left, top, channel)
                        * (1.0 - (x - left as f64).abs())
                        * (1.0 - (y - top as f64).abs())
                };
                out.push((corner(0, 0) + corner(1, 0) + corner(0, 1) + corner(1, 1)) as f32);
            }
        }
        out
    }

    proptest! {
        #[test]
        fn both_ways_read_what_is_defined(
            x in -30f32..90.0, y in -30f32..90.0, right in -3f32..3.0, down in -3f32..3.0, turn in -1f32..1.0,
            black in any::<bool>(),
        ) {
            let picture = RgbImage::from_fn(60, 40, |x, y| Rgb([(x * 37) as u8, (y * 91) as u8, (x * y) as u8]));
            let outside = if black { Outside::Black } else { Outside::Border };
            let source = Source::of(&picture, outside, Range::BYTES);
            let upright = Lattice { origin: [x, y], along: [right, 0.0], across: [0.0, down], size: [20, 12] };
            let turned = Lattice { along: [right, turn], across: [turn, down], ..upright };
            for (lattice, way) in [(&upright, true), (&upright, false), (&turned, false)] {
                let mut out = vec![f32::NAN; 20 * 12 * 3];
                if way { source.upright(lattice, &mut out) } else { source.turned(lattice, &mut out) }
                for (value, defined) in out.iter().zip(defined(&picture, lattice, outside)) {
                    prop_assert!((value - defined).abs() < 0.02, "{value} is not {defined}");
                }
            }
        }
    }
}
