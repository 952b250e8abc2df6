//! Turned, scaled pieces of a picture as input of a network or a measurement.

use image::RgbImage;

use super::picture::Pyramid;

/// A rectangle of the picture that may be turned: what a network looks at, what a measurement is made on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Middle, in pixels.
    pub centre: [f32; 2],
    /// Width and height along its own axes, in pixels.
    pub size: [f32; 2],
    /// Radians; positive turns its right side down.
    pub turn: f32,
}

impl Frame {
    /// The whole picture.
    pub fn whole(picture: &Pyramid<'_>) -> Self {
        let (width, height) = (picture.width() as f32, picture.height() as f32);
        Self { centre: [width / 2.0, height / 2.0], size: [width, height], turn: 0.0 }
    }

    /// The pixel at a place of the frame: `[0, 0]` is its upper left corner, `[1, 1]` the lower right one.
    pub fn to_picture(&self, place: [f32; 2]) -> [f32; 2] {
        let (x, y) = ((place[0] - 0.5) * self.size[0], (place[1] - 0.5) * self.size[1]);
        let (sin, cos) = self.turn.sin_cos();
        [self.centre[0] + x * cos - y * sin, self.centre[1] + x * sin + y * cos]
    }

    /// The pixels in the middle of `columns` × `rows` equal cells of the frame, row by row.
    pub fn cells(&self, columns: usize, rows: usize) -> impl Iterator<Item = [f32; 2]> {
        let [origin, right, down] =
            [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]].map(|corner| self.to_picture(corner));
        let along = [right[0] - origin[0], right[1] - origin[1]];
        let across = [down[0] - origin[0], down[1] - origin[1]];
        (0..rows * columns).map(move |at| {
            let u = ((at % columns) as f32 + 0.5) / columns as f32;
            let v = ((at / columns) as f32 + 0.5) / rows as f32;
            [origin[0] + along[0] * u + across[0] * v, origin[1] + along[1] * u + across[1] * v]
        })
    }

    /// The place in the frame of a pixel: the reverse of [`Frame::to_picture`].
    pub fn from_picture(&self, pixel: [f32; 2]) -> [f32; 2] {
        let (x, y) = (pixel[0] - self.centre[0], pixel[1] - self.centre[1]);
        let (sin, cos) = self.turn.sin_cos();
        [(x * cos + y * sin) / self.size[0] + 0.5, (y * cos - x * sin) / self.size[1] + 0.5]
    }
}

/// What lies outside the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outside {
    Black,
    /// The nearest pixel of the border.
    Border,
}

/// How values of 0 to 255 become the numbers that are asked for: `value · scale + offset`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    pub scale: f32,
    pub offset: f32,
}

impl Range {
    pub const BYTES: Self = Self { scale: 1.0, offset: 0.0 };
    pub const ZERO_TO_ONE: Self = Self { scale: 1.0 / 255.0, offset: 0.0 };
    pub const MINUS_ONE_TO_ONE: Self = Self { scale: 1.0 / 127.5, offset: -1.0 };
}

/// Fills `out` with `width` × `height` pixels of the frame, three values each, row by row. Column `i` reads the place
/// `i / width` of the frame, corner to corner without a half pixel between, as the networks were trained. Areas that are
/// shrunk are read from the halved pictures, so that fine detail does not turn into noise.
pub fn fill(
    picture: &Pyramid<'_>,
    frame: &Frame,
    [width, height]: [usize; 2],
    outside: Outside,
    range: Range,
    out: &mut [f32],
) {
    let step = (frame.size[0] / width as f32).min(frame.size[1] / height as f32);
    let (pixels, shrunk) = picture.level(step);
    if pixels.width() == 0 || pixels.height() == 0 {
        out.fill(range.offset);
        return;
    }
    // a pixel of the level stands for `shrunk` pixels: its middle lies half of that, less half a pixel, further in
    let to_level = |pixel: [f32; 2]| pixel.map(|value| (value - (shrunk - 1.0) / 2.0) / shrunk);
    let origin = to_level(frame.to_picture([0.0, 0.0]));
    let right = to_level(frame.to_picture([1.0, 0.0]));
    let down = to_level(frame.to_picture([0.0, 1.0]));
    let lattice = Lattice {
        origin,
        along: [(right[0] - origin[0]) / width as f32, (right[1] - origin[1]) / width as f32],
        across: [(down[0] - origin[0]) / height as f32, (down[1] - origin[1]) / height as f32],
        size: [width, height],
    };
    let source = Source::of(pixels, outside, range);
    // making ready for whole rows pays from a few columns on
    if lattice.is_upright() && width >= 8 {
        source.upright(&lattice, out);
    } else {
        source.turned(&lattice, out);
    }
}

/// The places that are read, in pixels of the source: columns `along` apart, rows `across`.
struct Lattice {
    origin: [f32; 2],
    along: [f32; 2],
    across: [f32; 2],
    size: [usize; 2],
}

impl Lattice {
    fn is_upright(&self) -> bool {
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
struct Source<'a> {
    data: &'a [u8],
    columns: usize,
    rows: usize,
    /// Bytes of a row.
    stride: usize,
    outside: Outside,
    range: Range,
}

impl<'a> Source<'a> {
    fn of(pixels: &'a RgbImage, outside: Outside, range: Range) -> Self {
        let (columns, rows) = (pixels.width() as usize, pixels.height() as usize);
        Self { data: pixels.as_raw(), columns, rows, stride: columns * 3, outside, range }
    }

    /// Rows that lie along the source's own: two of them are mixed as a whole, which compilers do with many values at once,
    /// and the columns are picked from that.
    fn upright(&self, lattice: &Lattice, out: &mut [f32]) {
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

    /// Rows in any direction.
    fn turned(&self, lattice: &Lattice, out: &mut [f32]) {
        let [width, height] = lattice.size;
        let Lattice { origin, along, across, .. } = lattice;
        let Range { scale, offset } = self.range;
        // between these a pixel has its right and lower neighbour
        let inside = [(self.columns - 1) as f32, (self.rows - 1) as f32];
        for (j, line) in out.chunks_exact_mut(width * 3).take(height).enumerate() {
            let start = [origin[0] + across[0] * j as f32, origin[1] + across[1] * j as f32];
            for (i, to) in line.chunks_exact_mut(3).enumerate() {
                let (x, y) = (start[0] + along[0] * i as f32, start[1] + along[1] * i as f32);
                if x >= 0.0 && y >= 0.0 && x < inside[0] && y < inside[1] {
                    let (left, top) = (x as i32, y as i32);
                    let (u, v) = (x - left as f32, y - top as f32);
                    if let Some((upper, lower)) = self.corners(left as usize, top as usize) {
                        let (u, rest) = (u * scale, (1.0 - u) * scale);
                        let weights = [rest * (1.0 - v), u * (1.0 - v), rest * v, u * v];
                        // four channels of which the last is the next pixel's: that is one register
                        let mut mixed = [0.0; 4];
                        for channel in 0..4 {
                            mixed[channel] = f32::from(upper[channel]) * weights[0]
                                + f32::from(upper[channel + 3]) * weights[1]
                                + (f32::from(lower[channel]) * weights[2]
                                    + f32::from(lower[channel + 3]) * weights[3])
                                + offset;
                        }
                        to.copy_from_slice(&mixed[..3]);
                        continue;
                    }
                }
                to.copy_from_slice(&self.at_the_border(x, y));
            }
        }
    }

    /// Two pixels and a byte of a row, and of the row below; none at the end of the picture, where there is no such byte.
    #[inline]
    fn corners(&self, left: usize, top: usize) -> Option<(&[u8; 7], &[u8; 7])> {
        let from = top * self.stride + left * 3;
        let upper = self.data.get(from..)?.first_chunk::<7>()?;
        let lower = self.data.get(from + self.stride..)?.first_chunk::<7>()?;
        Some((upper, lower))
    }

    /// A place that may lie outside.
    fn at_the_border(&self, x: f32, y: f32) -> [f32; 3] {
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

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;
    use proptest::prelude::*;

    fn ramp(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| Rgb([x as u8, y as u8, 9]))
    }

    #[test]
    fn the_whole_picture_at_its_own_size_is_itself() {
        let picture = ramp(31, 17);
        let pyramid = Pyramid::build(&picture, 8);
        let mut out = vec![0.0; 31 * 17 * 3];
        fill(&pyramid, &Frame::whole(&pyramid), [31, 17], Outside::Border, Range::BYTES, &mut out);
        for (value, &byte) in out.iter().zip(picture.as_raw()) {
            assert!((value - f32::from(byte)).abs() < 1e-3);
        }
    }

    #[test]
    fn shrunk_pictures_keep_their_places() {
        let picture = ramp(240, 240);
        let pyramid = Pyramid::build(&picture, 16);
        for size in [30, 48, 60, 120, 200] {
            let mut out = vec![0.0; size * size * 3];
            let frame = Frame::whole(&pyramid);
            fill(&pyramid, &frame, [size; 2], Outside::Border, Range::BYTES, &mut out);
            let step = 240.0 / size as f32;
            let at = (size / 2 * size + size / 3) * 3;
            assert!((out[at] - (size / 3) as f32 * step).abs() < 0.51, "{size}: {}", out[at]);
            assert!((out[at + 1] - (size / 2) as f32 * step).abs() < 0.51, "{size}: {}", out[at + 1]);
        }
    }

    #[test]
    fn outside_is_black_or_border() {
        let picture = RgbImage::from_pixel(10, 10, Rgb([200; 3]));
        let pyramid = Pyramid::build(&picture, 8);
        let frame = Frame { centre: [5.0, 5.0], size: [40.0, 40.0], turn: 0.0 };
        let corner = |outside| {
            let mut out = vec![9.0; 8 * 8 * 3];
            fill(&pyramid, &frame, [8; 2], outside, Range::MINUS_ONE_TO_ONE, &mut out);
            out[0]
        };
        assert_eq!(corner(Outside::Black), -1.0);
        assert!((corner(Outside::Border) - (200.0 / 127.5 - 1.0)).abs() < 1e-5);
    }

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

        #[test]
        fn there_and_back(x in -50f32..900.0, y in -50f32..900.0, turn in -3.1f32..3.1, size in 10f32..500.0, u in 0f32..1.0, v in 0f32..1.0) {
            let frame = Frame { centre: [x, y], size: [size, size * 0.7], turn };
            let back = frame.from_picture(frame.to_picture([u, v]));
            prop_assert!((back[0] - u).abs() < 1e-2 && (back[1] - v).abs() < 1e-2);
        }

        #[test]
        fn cells_lie_where_places_do(x in -50f32..900.0, turn in -3.1f32..3.1, size in 10f32..500.0) {
            let frame = Frame { centre: [x, 90.0], size: [size, size * 0.7], turn };
            let cells: Vec<_> = frame.cells(4, 2).collect();
            let [a, b] = frame.to_picture([3.5 / 4.0, 1.5 / 2.0]);
            prop_assert!(cells.len() == 8 && (cells[7][0] - a).abs() < 0.01 && (cells[7][1] - b).abs() < 0.01);
        }

        #[test]
        fn any_frame_can_be_read(x in -500f32..900.0, y in -500f32..900.0, turn in -3.1f32..3.1, size in prop_oneof![0f32..5000.0, Just(1e30f32)]) {
            let picture = ramp(60, 40);
            let pyramid = Pyramid::build(&picture, 16);
            let mut out = vec![f32::NAN; 16 * 16 * 3];
            fill(&pyramid, &Frame { centre: [x, y], size: [size; 2], turn }, [16; 2], Outside::Border, Range::BYTES, &mut out);
            prop_assert!(out.iter().all(|value| (0.0..=255.0).contains(value)));
        }
    }
}
