//! The face as OFIQ lays it out before it measures: 616 pixels to a side, the eyes level in the middle, so that all faces have
//! the same size. Colours are read without a low-pass, as OFIQ does: its figures for noise and gradients depend on that.

use image::RgbImage;

use crate::vision::mesh::{self, Mesh};

/// Where OFIQ puts the left eye, the right eye, the tip of the nose and the corners of the mouth.
const PLACES: [[f32; 2]; 5] =
    [[251.0, 272.0], [364.0, 272.0], [308.0, 336.0], [262.0, 402.0], [355.0, 402.0]];
const NOSE_TIP: usize = 1;
const MOUTH_CORNERS: [usize; 2] = [61, 291];
/// The inner edges of the lips in the middle.
const MIDDLE_OF_LIPS: [usize; 2] = [13, 14];
/// The jaw from temple to temple, and the upper edges of the brows: the outline of the 98 points that OFIQ finds.
const OUTLINE: [usize; 33] = [
    356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58, 132, 93,
    234, 127, 70, 63, 105, 66, 107, 336, 296, 334, 293, 300,
];

/// Places between pixels are told apart to this part of a pixel, as OpenCV does.
const PARTS: i32 = 32;

/// The columns and rows of OFIQ's aligned picture that anything is measured on.
pub const COLUMNS: std::ops::Range<usize> = 62..554;
pub const ROWS: std::ops::Range<usize> = 0..508;

/// A point in the picture, and where it belongs.
type Pair = ([f32; 2], [f32; 2]);

/// From the picture to the aligned one: turned, scaled and moved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Similarity {
    /// Scale times cosine and sine of the turn.
    turn: [f32; 2],
    shift: [f32; 2],
}

impl Similarity {
    /// Lays the five points over [`PLACES`], by the least median of squares and then by all points that fit it: the same as
    /// OFIQ, but over all pairs instead of random ones. None where points fall together.
    pub fn of(mesh: &Mesh) -> Option<Self> {
        let [outer_left, inner_left, inner_right, outer_right] = mesh::EYE_CORNERS;
        let points = [
            mesh.middle(&[outer_left, inner_left]),
            mesh.middle(&[inner_right, outer_right]),
            mesh.at(NOSE_TIP),
            mesh.at(MOUTH_CORNERS[0]),
            mesh.at(MOUTH_CORNERS[1]),
        ];
        let pairs: Vec<_> = points.into_iter().zip(PLACES).collect();
        let mut best: Option<(f32, Self)> = None;
        for (at, first) in pairs.iter().enumerate() {
            for second in pairs.iter().skip(at + 1) {
                let Some(found) = Self::over(&[*first, *second]) else { continue };
                let mut off: Vec<f32> = pairs.iter().map(|pair| found.off(pair)).collect();
                off.sort_by(f32::total_cmp);
                let median = off.get(off.len() / 2).copied().unwrap_or(f32::MAX);
                if best.is_none_or(|(least, _)| median < least) {
                    best = Some((median, found));
                }
            }
        }
        let (median, found) = best?;
        // the deviation by the median, as OpenCV's estimateAffinePartial2D takes it for five points
        let most = (2.5_f32 * 1.4826 * (1.0 + 5.0 / 3.0)).powi(2) * median.max(1e-6);
        let fitting: Vec<_> = pairs.iter().copied().filter(|pair| found.off(pair) <= most).collect();
        Self::over(&fitting)
    }

    /// The one that brings the first places closest to the second ones.
    fn over(pairs: &[Pair]) -> Option<Self> {
        let count = pairs.len() as f32;
        let mean = |of: fn(&Pair) -> [f32; 2]| {
            let sum = pairs.iter().map(of).fold([0.0; 2], |sum, at| [sum[0] + at[0], sum[1] + at[1]]);
            sum.map(|value| value / count)
        };
        let (from, to) = (mean(|pair| pair.0), mean(|pair| pair.1));
        let (mut along, mut across, mut square) = (0.0, 0.0, 0.0);
        for (a, b) in pairs {
            let (x, y, u, v) = (a[0] - from[0], a[1] - from[1], b[0] - to[0], b[1] - to[1]);
            along += x * u + y * v;
            across += x * v - y * u;
            square += x * x + y * y;
        }
        let turn = [along / square, across / square];
        let scale = turn[0].hypot(turn[1]);
        (scale.is_finite() && scale > 0.0).then(|| {
            let [cos, sin] = turn;
            let shift = [to[0] - cos * from[0] + sin * from[1], to[1] - sin * from[0] - cos * from[1]];
            Self { turn, shift }
        })
    }

    /// The square of how far a point lands from its place.
    fn off(&self, (from, to): &Pair) -> f32 {
        let at = self.to_aligned(*from);
        (at[0] - to[0]).powi(2) + (at[1] - to[1]).powi(2)
    }

    pub fn to_aligned(self, [x, y]: [f32; 2]) -> [f32; 2] {
        let [cos, sin] = self.turn;
        [cos * x - sin * y + self.shift[0], sin * x + cos * y + self.shift[1]]
    }

    pub fn to_picture(self, [x, y]: [f32; 2]) -> [f32; 2] {
        let [cos, sin] = self.turn;
        let square = cos * cos + sin * sin;
        let (x, y) = (x - self.shift[0], y - self.shift[1]);
        [(cos * x + sin * y) / square, (cos * y - sin * x) / square]
    }
}

/// A convex area of the aligned picture: for each of its rows the columns inside.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    top: usize,
    spans: Vec<std::ops::Range<usize>>,
}

impl Area {
    /// The area within some points: what lies between the leftmost and the rightmost edge in each row.
    pub fn within(corners: &[[f32; 2]]) -> Self {
        let rows =
            corners.iter().fold([f32::MAX, f32::MIN], |rows, at| [rows[0].min(at[1]), rows[1].max(at[1])]);
        let row = |y: f32| (y.ceil().max(ROWS.start as f32) as usize).min(ROWS.end);
        let (top, bottom) = (row(rows[0]), row(rows[1] + f32::EPSILON));
        let next = corners.iter().cycle().skip(1);
        let edges: Vec<_> = corners.iter().zip(next).take(corners.len()).collect();
        let spans = (top..bottom.max(top))
            .map(|row| {
                let y = row as f32;
                let crossings = edges
                    .iter()
                    .filter(|(a, b)| (a[1] <= y) != (b[1] <= y))
                    .map(|(a, b)| a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]));
                let ends = crossings.fold([f32::MAX, f32::MIN], |ends, x| [ends[0].min(x), ends[1].max(x)]);
                let column = |x: f32| (x.max(COLUMNS.start as f32) as usize).min(COLUMNS.end);
                column(ends[0].ceil())..column(ends[1].floor() + 1.0)
            })
            .collect();
        Self { top, spans }
    }

    /// The face from the jaw to the brows.
    pub fn face(mesh: &Mesh, similarity: Similarity) -> Self {
        Self::within(&hull(OUTLINE.iter().map(|&point| similarity.to_aligned(mesh.at(point))).collect()))
    }

    /// Column and row of all its pixels.
    pub fn pixels(&self) -> impl Iterator<Item = [usize; 2]> {
        self.spans
            .iter()
            .enumerate()
            .flat_map(move |(row, span)| span.clone().map(move |column| [column, self.top + row]))
    }

    pub fn holds(&self, [column, row]: [usize; 2]) -> bool {
        row.checked_sub(self.top)
            .and_then(|row| self.spans.get(row))
            .is_some_and(|span| span.contains(&column))
    }
}

/// The inner halves of the cheeks: squares below the eyes of OFIQ's size, on the left and on the right of the picture.
pub fn cheeks(mesh: &Mesh, similarity: Similarity) -> [Area; 2] {
    let at = |points: &[usize]| similarity.to_aligned(mesh.middle(points)).map(f32::round);
    let [outer_left, inner_left, inner_right, outer_right] = mesh::EYE_CORNERS;
    let (left, right) = (at(&[outer_left, inner_left]), at(&[inner_right, outer_right]));
    let mouth = at(&MIDDLE_OF_LIPS);
    let side = (0.3 * mesh::distance(left, right)).trunc();
    let middle = [(left[0] + right[0]) / 2.0, (left[1] + right[1]) / 2.0].map(f32::round);
    let down = (mesh::distance(middle, mouth) / 2.0).trunc();
    [[left[0], left[1] + down], [right[0] - side, right[1] + down]].map(|[x, y]| {
        let (right, bottom) = (x + side - 1.0, y + side - 1.0);
        Area::within(&[[x, y], [right, y], [right, bottom + 0.5], [x, bottom + 0.5]])
    })
}

/// The convex hull of some points, by Andrew's monotone chain.
fn hull(mut points: Vec<[f32; 2]>) -> Vec<[f32; 2]> {
    points.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    let half = |points: &mut dyn Iterator<Item = [f32; 2]>| {
        let mut chain: Vec<[f32; 2]> = Vec::new();
        for point in points {
            while let [.., a, b] = chain[..]
                && (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]) <= 0.0
            {
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
        chain
    };
    let mut around = half(&mut points.iter().copied());
    around.extend(half(&mut points.iter().rev().copied()));
    around
}

/// The aligned picture, red, green and blue; black where the photo does not reach.
pub struct Aligned {
    pixels: Vec<[u8; 3]>,
}

impl Aligned {
    pub fn read(picture: &RgbImage, similarity: Similarity) -> Self {
        let mut pixels = Vec::with_capacity(ROWS.len() * COLUMNS.len());
        for row in ROWS {
            let at = |column: usize| similarity.to_picture([column as f32, row as f32]);
            let (start, next) = (at(COLUMNS.start), at(COLUMNS.start + 1));
            let step = [next[0] - start[0], next[1] - start[1]];
            pixels.extend((0..COLUMNS.len()).map(|column| {
                let place = [0, 1].map(|axis| start[axis] + step[axis] * column as f32);
                // further out than this is outside of any picture, and within what a whole number holds
                let [x, y] = place.map(|value| (value * PARTS as f32).round().clamp(-1e7, 1e7) as i32);
                between(picture, [x, y])
            }));
        }
        Self { pixels }
    }

    /// The colours of [`COLUMNS`] in a row; none outside of [`ROWS`].
    pub fn row(&self, row: usize) -> &[[u8; 3]] {
        let begin = row * COLUMNS.len();
        self.pixels.get(begin..begin + COLUMNS.len()).unwrap_or_default()
    }

    /// The colour of a pixel; black outside of [`COLUMNS`] and [`ROWS`].
    pub fn colour(&self, [column, row]: [usize; 2]) -> [u8; 3] {
        let column = column.checked_sub(COLUMNS.start);
        column.and_then(|column| self.row(row).get(column)).copied().unwrap_or_default()
    }
}

/// The colour at a place in parts of a pixel, black beyond the edges.
fn between(picture: &RgbImage, place: [i32; 2]) -> [u8; 3] {
    let [left, top] = place.map(|value| value.div_euclid(PARTS));
    let [u, v] = place.map(|value| value.rem_euclid(PARTS) as u32);
    let stride = picture.width() as usize * 3;
    let pair = |row: i32| -> [u8; 6] {
        let inside = |at: i32, length: u32| u32::try_from(at).is_ok_and(|at| at < length);
        if !inside(row, picture.height()) {
            return [0; 6];
        }
        let line = row as usize * stride;
        if left >= 0 && inside(left + 1, picture.width()) {
            let at = line + left as usize * 3;
            return picture.as_raw().get(at..at + 6).and_then(|six| six.try_into().ok()).unwrap_or_default();
        }
        let mut pair = [0; 6];
        for (column, three) in (left..=left + 1).zip(pair.chunks_exact_mut(3)) {
            if inside(column, picture.width()) {
                let at = line + column as usize * 3;
                three.copy_from_slice(picture.as_raw().get(at..at + 3).unwrap_or(&[0; 3]));
            }
        }
        pair
    };
    let (above, below) = (pair(top), pair(top + 1));
    let whole = PARTS as u32;
    [0, 1, 2].map(|channel| {
        let mix = |pair: [u8; 6]| u32::from(pair[channel]) * (whole - u) + u32::from(pair[channel + 3]) * u;
        ((mix(above) * (whole - v) + mix(below) * v + whole * whole / 2) / (whole * whole)) as u8
    })
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::vision::mesh::tests::mesh;
    use image::Rgb;

    /// A face that lies `scale` times as large in the picture as in the aligned one, turned by `degrees`, moved by (60, 40).
    pub fn face(scale: f32, degrees: f32) -> Mesh {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let place =
            |[x, y]: [f32; 2]| [scale * (cos * x - sin * y) + 60.0, scale * (sin * x + cos * y) + 40.0, 0.0];
        let [left, right, nose, mouth_left, mouth_right] = PLACES;
        let eye = |[x, y]: [f32; 2], off: f32| place([x + off, y]);
        let mut placed = vec![
            (33, eye(left, -20.0)),
            (133, eye(left, 20.0)),
            (362, eye(right, -20.0)),
            (263, eye(right, 20.0)),
            (NOSE_TIP, place(nose)),
            (MOUTH_CORNERS[0], place(mouth_left)),
            (MOUTH_CORNERS[1], place(mouth_right)),
        ];
        // the jaw is the lower half of a circle around the nose, the brows its upper quarter
        let count = OUTLINE.len() as f32;
        placed.extend(OUTLINE.iter().enumerate().map(|(at, &point)| {
            let (sin, cos) = (at as f32 / count * std::f32::consts::TAU).sin_cos();
            (point, place([nose[0] + 110.0 * cos, nose[1] + 110.0 * sin]))
        }));
        mesh(&placed)
    }

    #[test]
    fn faces_are_brought_to_their_places() {
        for (scale, degrees) in [(1.0, 0.0), (0.4, 20.0), (3.0, -35.0)] {
            let mesh = face(scale, degrees);
            let similarity = Similarity::of(&mesh).unwrap();
            let [x, y] = similarity.to_aligned(mesh.at(NOSE_TIP));
            assert!((x - 308.0).abs() < 0.1 && (y - 336.0).abs() < 0.1, "{x} {y}");
            let [x, y] = similarity.to_picture(similarity.to_aligned([123.0, 77.0]));
            assert!((x - 123.0).abs() < 0.01 && (y - 77.0).abs() < 0.01);
        }
        assert_eq!(Similarity::of(&mesh(&[])), None);
    }

    #[test]
    fn a_point_that_is_far_off_does_not_count() {
        let mut placed: Vec<_> =
            [33, 133, 362, 263, 61, 291].map(|point| (point, face(1.0, 0.0).point(point))).to_vec();
        placed.push((NOSE_TIP, [400.0, 320.0, 0.0]));
        let mesh = mesh(&placed);
        let [x, _] = Similarity::of(&mesh).unwrap().to_aligned(mesh.at(33));
        assert!((x - 231.0).abs() < 0.5, "{x}");
    }

    #[test]
    fn the_face_is_what_lies_within_its_outline() {
        let mesh = face(2.0, 10.0);
        let area = Area::face(&mesh, Similarity::of(&mesh).unwrap());
        let round = std::f32::consts::PI * 110.0 * 110.0;
        assert!((area.pixels().count() as f32 / round - 1.0).abs() < 0.02);
        assert!(area.holds([308, 336]) && !area.holds([308, 500]) && !area.holds([180, 336]));
        assert_eq!(Area::within(&[[f32::NAN; 2]; 4]).pixels().count(), 0);
        assert_eq!(Area::within(&[]).pixels().count(), 0);
        let everywhere = Area::within(&[[-9e9, -9e9], [9e9, -9e9], [9e9, 9e9], [-9e9, 9e9]]);
        assert_eq!(everywhere.pixels().count(), ROWS.len() * COLUMNS.len());
    }

    #[test]
    fn colours_are_those_of_the_photo() {
        let photo = RgbImage::from_fn(700, 700, |x, y| Rgb([(x / 4) as u8, (y / 4) as u8, 9]));
        let mesh = face(1.0, 0.0);
        let aligned = Aligned::read(&photo, Similarity::of(&mesh).unwrap());
        assert_eq!(aligned.colour([340, 360]), [100, 100, 9]);
        let small = RgbImage::from_pixel(300, 300, Rgb([200; 3]));
        let aligned = Aligned::read(&small, Similarity::of(&mesh).unwrap());
        assert_eq!((aligned.colour([100, 100]), aligned.colour([300, 100])), ([200; 3], [0; 3]));
        assert_eq!(aligned.colour([0, 0]), [0; 3]);
    }
}
