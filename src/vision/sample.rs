//! Turned, scaled pieces of a picture as input of a network or a measurement.

mod source;

use super::picture::Pyramid;

use source::{Lattice, Source};

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

    /// The whole picture from the outer edge of its first pixel to that of its last one, whose middles are at whole numbers.
    pub fn of_pixels(picture: &Pyramid<'_>) -> Self {
        let whole = Self::whole(picture);
        Self { centre: whole.centre.map(|value| value - 0.5), ..whole }
    }

    /// The same seen in a mirror: its columns run from right to left.
    pub fn mirrored(self) -> Self {
        Self { size: [-self.size[0], self.size[1]], ..self }
    }

    /// The frame of which [`fill`] reads the middles of this one's cells, so that the mirrored frame reads the same places.
    pub fn of_middles(&self, columns: usize, rows: usize) -> Self {
        let centre = self.to_picture([0.5 + 0.5 / columns as f32, 0.5 + 0.5 / rows as f32]);
        Self { centre, ..*self }
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
    let step = (frame.size[0].abs() / width as f32).min(frame.size[1].abs() / height as f32);
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

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage};
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
    fn a_mirrored_frame_reads_the_mirrored_picture() {
        let picture = RgbImage::from_fn(61, 40, |x, y| Rgb([(x * 37) as u8, (y * 91) as u8, (x * y) as u8]));
        let flipped = image::imageops::flip_horizontal(&picture);
        let read = |picture: &RgbImage, frame: &dyn Fn(Frame) -> Frame| {
            let pyramid = Pyramid::build(picture, 64);
            let mut out = vec![0.0; 20 * 16 * 3];
            let frame = frame(Frame::of_pixels(&pyramid));
            fill(&pyramid, &frame.of_middles(20, 16), [20, 16], Outside::Border, Range::BYTES, &mut out);
            out
        };
        let [plain, mirrored] = [read(&flipped, &|frame| frame), read(&picture, &Frame::mirrored)];
        assert!(plain.iter().zip(&mirrored).all(|(a, b)| (a - b).abs() < 0.01));
        let backwards = plain.chunks_exact(60).flat_map(|row| row.chunks_exact(3).rev().flatten());
        let straight = read(&picture, &|frame| frame);
        assert!(backwards.zip(&straight).all(|(a, b)| (a - b).abs() < 0.01));
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

    proptest! {
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
