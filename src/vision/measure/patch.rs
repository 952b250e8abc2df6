//! The face at one scale, level: what light and sharpness are measured on, so that neither depends on how large it is.

use crate::vision::mesh::{self, Mesh};
use crate::vision::picture::Pyramid;
use crate::vision::sample::{self, Frame, Outside, Range};

use super::Lengths;
use super::plane::Plane;

pub const WIDTH: usize = 256;
pub const HEIGHT: usize = 320;
/// Between the eyes, in pixels of the patch.
pub const EYES_APART: f32 = 96.0;
/// The row of the eyes.
pub const EYE_ROW: f32 = 106.0;

/// A level picture of the face, [`EYES_APART`] pixels between the eyes.
pub struct Patch {
    frame: Frame,
    /// Red, green and blue of 0 to 255.
    rgb: Vec<f32>,
    light: Plane,
    inside: Vec<bool>,
    within: Vec<bool>,
}

/// How much of the face's outline is well within it: hair and the edge of the cheeks lie outside of this.
const WITHIN: f32 = 0.9;

impl Patch {
    /// Cuts the patch out.
    pub fn cut(picture: &Pyramid<'_>, mesh: &Mesh, lengths: &Lengths) -> Self {
        let scale = lengths.inter_eye / EYES_APART;
        let down = (HEIGHT as f32 / 2.0 - EYE_ROW) * scale;
        let (sin, cos) = lengths.turn.sin_cos();
        let frame = Frame {
            centre: [lengths.eyes[0] - sin * down, lengths.eyes[1] + cos * down],
            size: [WIDTH as f32 * scale, HEIGHT as f32 * scale],
            turn: lengths.turn,
        };
        let mut rgb = vec![0.0; WIDTH * HEIGHT * 3];
        let middles = frame.of_middles(WIDTH, HEIGHT);
        sample::fill(picture, &middles, [WIDTH, HEIGHT], Outside::Border, Range::BYTES, &mut rgb);
        let place = |number: usize| {
            let [x, y] = frame.from_picture(mesh.at(number));
            [x * WIDTH as f32, y * HEIGHT as f32]
        };
        let outline = mesh::OVAL.map(place);
        let count = outline.len() as f32;
        let middle =
            outline.iter().fold([0.0; 2], |sum, at| [sum[0] + at[0] / count, sum[1] + at[1] / count]);
        let within = outline.map(|at| [0, 1].map(|axis| middle[axis] + WITHIN * (at[axis] - middle[axis])));
        Self::new(frame, rgb, filled(&outline), filled(&within))
    }

    fn new(frame: Frame, rgb: Vec<f32>, inside: Vec<bool>, within: Vec<bool>) -> Self {
        let light = rgb.chunks_exact(3).map(|pixel| brightness([pixel[0], pixel[1], pixel[2]])).collect();
        Self { frame, rgb, light: Plane::new(WIDTH, light), inside, within }
    }

    /// Colours of the pixels inside the face's outline.
    pub fn face(&self) -> impl Iterator<Item = [f32; 3]> {
        self.pixels().zip(&self.inside).filter(|(_, inside)| **inside).map(|(pixel, _)| pixel)
    }

    /// The brightness below which half a percent of the face lies, and that above which one percent does.
    pub fn extremes(&self) -> [f32; 2] {
        let mut levels = [0_u32; 256];
        let mut all = 0_u32;
        for pixel in self.face() {
            if let Some(count) = levels.get_mut(brightness(pixel) as usize) {
                *count += 1;
                all += 1;
            }
        }
        [0.005, 0.99].map(|share| {
            let mut left = (share * all as f32) as u32;
            let level = levels.iter().position(|&count| {
                let reached = count > left;
                left = left.saturating_sub(count);
                reached
            });
            level.unwrap_or_default() as f32
        })
    }

    /// The mean colour of the square of `side` pixels around a place of the picture; none where the patch does not reach.
    pub fn mean_around(&self, pixel: [f32; 2], side: usize) -> Option<[f32; 3]> {
        let [x, y] = self.frame.from_picture(pixel);
        let corner = |value: f32, length: usize| {
            let corner = value * length as f32 - side as f32 / 2.0;
            (0.0..=(length - side.min(length)) as f32).contains(&corner).then_some(corner.round() as usize)
        };
        let (left, top) = (corner(x, WIDTH)?, corner(y, HEIGHT)?);
        let mut sum = [0.0; 3];
        for row in self.rgb.chunks_exact(WIDTH * 3).skip(top).take(side) {
            for pixel in row.chunks_exact(3).skip(left).take(side) {
                sum = [sum[0] + pixel[0], sum[1] + pixel[1], sum[2] + pixel[2]];
            }
        }
        Some(sum.map(|value| value / (side * side) as f32))
    }

    /// Whether each pixel lies inside a polygon whose corners are places of the picture, blown up about its middle by `scale`.
    pub fn polygon(&self, corners: &[[f32; 2]], scale: f32) -> Vec<bool> {
        let places: Vec<[f32; 2]> = corners.iter().map(|&corner| self.place(corner)).collect();
        let count = places.len().max(1) as f32;
        let middle = [0, 1].map(|axis| places.iter().map(|place| place[axis]).sum::<f32>() / count);
        let blown: Vec<[f32; 2]> = places
            .iter()
            .map(|place| [0, 1].map(|axis| middle[axis] + (place[axis] - middle[axis]) * scale))
            .collect();
        filled(&blown)
    }

    /// The colour at a place of the picture; none outside the patch.
    pub fn colour(&self, place: [f32; 2]) -> Option<[f32; 3]> {
        let [x, y] = self.place(place);
        let inside = (0.0..WIDTH as f32).contains(&x) && (0.0..HEIGHT as f32).contains(&y);
        inside.then(|| self.pixel(x as usize, y as usize)).flatten()
    }

    /// The colour of a pixel of the patch; none outside.
    pub fn pixel(&self, column: usize, row: usize) -> Option<[f32; 3]> {
        let at = (row * WIDTH + column) * 3;
        (column < WIDTH).then(|| self.rgb.get(at..at + 3)?.first_chunk().copied()).flatten()
    }

    /// Brightness of every pixel.
    pub fn light(&self) -> &Plane {
        &self.light
    }

    /// Which pixels lie well within the face's outline.
    pub fn within(&self) -> &[bool] {
        &self.within
    }

    /// The column and the row, not whole, of a place of the picture; they may lie outside.
    pub fn place(&self, pixel: [f32; 2]) -> [f32; 2] {
        let [x, y] = self.frame.from_picture(pixel);
        [x * WIDTH as f32, y * HEIGHT as f32]
    }

    /// The colours of a square of `side` pixels around a place of the picture, as far as it lies in the patch.
    pub fn square(&self, place: [f32; 2], side: usize) -> impl Iterator<Item = [f32; 3]> {
        let [x, y] =
            self.place(place).map(|value| (value.clamp(-1e4, 1e4) - side as f32 / 2.0).round() as i32);
        let side = side as i32;
        (y..y + side)
            .flat_map(move |row| (x..x + side).map(move |column| (column, row)))
            .filter_map(|(column, row)| self.pixel(usize::try_from(column).ok()?, usize::try_from(row).ok()?))
    }

    /// The place in the picture of each pixel, row by row.
    pub fn places(&self) -> impl Iterator<Item = [f32; 2]> {
        self.frame.cells(WIDTH, HEIGHT)
    }

    /// The rectangle of the picture around one of the patch: left, top, right and bottom of both.
    pub fn picture_edges(&self, [left, top, right, bottom]: [f32; 4]) -> [f32; 4] {
        let corners = [[left, top], [right, top], [left, bottom], [right, bottom]];
        let places = corners.map(|[x, y]| self.frame.to_picture([x / WIDTH as f32, y / HEIGHT as f32]));
        places.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |edges, [x, y]| {
            [edges[0].min(*x), edges[1].min(*y), edges[2].max(*x), edges[3].max(*y)]
        })
    }

    /// Every pixel's number and its colour where it lies inside the face's outline.
    pub fn pixels_inside(&self) -> impl Iterator<Item = (usize, Option<[f32; 3]>)> {
        self.pixels().zip(&self.inside).map(|(pixel, inside)| inside.then_some(pixel)).enumerate()
    }

    fn pixels(&self) -> impl Iterator<Item = [f32; 3]> {
        self.rgb.chunks_exact(3).map(|pixel| [pixel[0], pixel[1], pixel[2]])
    }
}

/// Brightness of a colour, with the weights of Rec. 709 on the values as they are stored.
pub fn brightness([red, green, blue]: [f32; 3]) -> f32 {
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The pixels of the patch inside a polygon.
fn filled(corners: &[[f32; 2]]) -> Vec<bool> {
    let mut inside = vec![false; WIDTH * HEIGHT];
    let next = corners.iter().cycle().skip(1);
    let edges: Vec<_> = corners.iter().zip(next).take(corners.len()).collect();
    for (row, line) in inside.chunks_exact_mut(WIDTH).enumerate() {
        let y = row as f32 + 0.5;
        let mut crossings: Vec<f32> = edges
            .iter()
            .filter(|(a, b)| (a[1] <= y) != (b[1] <= y))
            .map(|(a, b)| a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]))
            .collect();
        crossings.sort_by(f32::total_cmp);
        for pair in crossings.chunks_exact(2) {
            let column = |x: f32| (x.round().max(0.0) as usize).min(WIDTH);
            let (from, to) = (column(pair[0]), column(pair[1]));
            if let Some(run) = line.get_mut(from..to) {
                run.fill(true);
            }
        }
    }
    inside
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A patch of which every pixel is inside the face.
    pub fn patch(colour: impl Fn(usize, usize) -> [f32; 3]) -> Patch {
        let rgb = (0..WIDTH * HEIGHT).flat_map(|at| colour(at % WIDTH, at / WIDTH)).collect();
        let size = [WIDTH as f32, HEIGHT as f32];
        let frame = Frame { centre: size.map(|side| side / 2.0), size, turn: 0.0 };
        Patch::new(frame, rgb, vec![true; WIDTH * HEIGHT], vec![true; WIDTH * HEIGHT])
    }

    #[test]
    fn polygons_are_filled() {
        let inside = filled(&[[10.0, 10.0], [30.0, 10.0], [30.0, 20.0], [10.0, 20.0]]);
        assert_eq!(inside.iter().filter(|inside| **inside).count(), 200);
        let outside = filled(&[[-50.0, -50.0], [900.0, -50.0], [900.0, 900.0], [-50.0, 900.0]]);
        assert!(outside.iter().all(|inside| *inside));
        assert!(filled(&[[f32::NAN; 2]; 5]).iter().all(|inside| !inside));
    }

    #[test]
    fn extremes_leave_specks_out() {
        let patch = patch(|x, y| if (x, y) == (3, 3) { [255.0; 3] } else { [x as f32 / 2.0 + 40.0; 3] });
        let [low, high] = patch.extremes();
        assert!((40.0..43.0).contains(&low) && (164.0..168.0).contains(&high), "{low} {high}");
    }

    #[test]
    fn places_are_found_both_ways() {
        let patch = patch(|x, _| [x as f32, 10.0, 0.0]);
        let [x, y] = patch.place([3.0, 4.0]);
        assert!(
            patch.light().values.len() == WIDTH * HEIGHT && (x - 3.0).abs() < 1e-3 && (y - 4.0).abs() < 1e-3
        );
        let edges = patch.picture_edges([10.0, 20.0, 30.0, 50.0]);
        assert!(edges.into_iter().zip([10.0, 20.0, 30.0, 50.0]).all(|(a, b)| (a - b).abs() < 1e-3));
        let (_, last) = patch.pixels_inside().last().unwrap();
        assert_eq!(last, Some([(WIDTH - 1) as f32, 10.0, 0.0]));
    }
}
