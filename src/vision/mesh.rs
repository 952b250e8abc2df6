//! The points of a face, by the landmark network, and where on a face each of them is.
//!
//! The network, the numbering of the points and the way from one frame to the next are google/mediapipe's (Apache-2.0).
//! "Left" and "right" are sides of the picture here.

use super::net::{Memory, Network};
use super::picture::Pyramid;
use super::sample::{self, Frame, Outside, Range};

/// Side of the network's input in pixels.
const SIDE: usize = 256;
/// Points of a face, the irises' ten among them.
pub const POINTS: usize = 478;

/// Corners of the eyes: outer and inner of the left one, inner and outer of the right one.
pub const EYE_CORNERS: [usize; 4] = [33, 133, 362, 263];
/// Points of the upper lid over points of the lower one.
pub const LEFT_LIDS: [(usize, usize); 3] = [(160, 144), (159, 145), (158, 153)];
pub const RIGHT_LIDS: [(usize, usize); 3] = [(385, 380), (386, 374), (387, 373)];
/// Middles of the irises: of the eye on the left first.
pub const IRISES: [usize; 2] = [468, 473];
pub const CHIN: usize = 152;
/// Where the face ends before the ears.
pub const SIDES: [usize; 2] = [234, 454];
/// The lips from the left corner to the right one: outer and inner edge of the upper, inner and outer edge of the lower.
pub const UPPER_LIP_OUTER: [usize; 11] = [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291];
pub const UPPER_LIP_INNER: [usize; 11] = [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308];
pub const LOWER_LIP_INNER: [usize; 11] = [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308];
pub const LOWER_LIP_OUTER: [usize; 11] = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291];
/// The opening of an eye, around it.
pub const LEFT_EYE: [usize; 16] =
    [33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7];
pub const RIGHT_EYE: [usize; 16] =
    [263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249];
/// An iris: its middle, then four points of its edge.
pub const LEFT_IRIS: [usize; 5] = [468, 469, 470, 471, 472];
pub const RIGHT_IRIS: [usize; 5] = [473, 474, 475, 476, 477];
/// The same places of both irises: the middle, towards the ear, above, towards the nose, below.
const IRISES_BOTH: [(usize, usize); 5] = [(468, 473), (469, 476), (470, 475), (471, 474), (472, 477)];
/// The same places of both halves of a face: cheeks from the nose to the ear, forehead, corners of the mouth, jaw.
pub const PAIRS: [(usize, usize); 6] =
    [(50, 280), (108, 337), (205, 425), (117, 346), (187, 411), (149, 378)];
/// Where skin is smooth on most faces: cheeks, middle and sides of the forehead.
pub const FLAT_SKIN: [usize; 5] = [50, 280, 151, 108, 337];
/// The outline of the face from the top, clockwise as seen.
pub const OVAL: [usize; 36] = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176,
    149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];

/// The upper edge of the face, from left to right.
pub const FOREHEAD: [usize; 5] = [54, 67, 10, 297, 284];

/// The edges of the lids of the left and of the right eye, all around from the corner on the left.
const EYES: [[usize; 16]; 2] = [
    [33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7],
    [362, 398, 384, 385, 386, 387, 388, 466, 263, 249, 390, 373, 374, 380, 381, 382],
];

/// The lines of a face that are drawn over its picture: closed, in pixels of the picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    pub face: Vec<[f32; 2]>,
    /// The edges of the lids.
    pub eyes: [Vec<[f32; 2]>; 2],
    /// Outer and inner edge.
    pub lips: [Vec<[f32; 2]>; 2],
}

/// The points of one face.
#[derive(Debug, Clone, PartialEq)]
pub struct Mesh {
    /// Across, down and towards the camera negative, in pixels of the picture. Always [`POINTS`] of them.
    points: Vec<[f32; 3]>,
    /// 0 no face to 1 a face.
    pub presence: f32,
}

impl Mesh {
    /// A point by its number; the numbers of this module are all there.
    pub fn point(&self, number: usize) -> [f32; 3] {
        self.points.get(number).copied().unwrap_or_default()
    }

    /// A point's place in the picture.
    pub fn at(&self, number: usize) -> [f32; 2] {
        let [x, y, _] = self.point(number);
        [x, y]
    }

    /// The middle of some points.
    pub fn middle(&self, numbers: &[usize]) -> [f32; 2] {
        let count = numbers.len() as f32;
        let sum = numbers
            .iter()
            .map(|&number| self.at(number))
            .fold([0.0; 2], |sum, at| [sum[0] + at[0], sum[1] + at[1]]);
        sum.map(|value| value / count)
    }

    /// How far apart two points are in the picture.
    pub fn distance(&self, a: usize, b: usize) -> f32 {
        distance(self.at(a), self.at(b))
    }

    /// Left, top, right and bottom of all points.
    pub fn edges(&self) -> [f32; 4] {
        self.points.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |edges, point| {
            [edges[0].min(point[0]), edges[1].min(point[1]), edges[2].max(point[0]), edges[3].max(point[1])]
        })
    }

    /// The lines to be drawn over the picture.
    pub fn outline(&self) -> Outline {
        let line = |points: &[usize]| points.iter().map(|&point| self.at(point)).collect::<Vec<_>>();
        let around = |upper: &[usize], lower: &[usize]| {
            // the corners belong to both
            let back = lower.iter().rev().skip(1).take(lower.len().saturating_sub(2));
            line(&upper.iter().chain(back).copied().collect::<Vec<_>>())
        };
        Outline {
            face: line(&OVAL),
            eyes: EYES.map(|eye| line(&eye)),
            lips: [around(&UPPER_LIP_OUTER, &LOWER_LIP_OUTER), around(&UPPER_LIP_INNER, &LOWER_LIP_INNER)],
        }
    }

    /// The points of the same face in the mirrored picture, which is `width` pixels wide.
    pub fn mirrored(&self, width: f32, opposites: &Opposites) -> Self {
        let Self { mut points, presence } = self.renumbered(opposites);
        for [x, ..] in &mut points {
            *x = width - 1.0 - *x;
        }
        Self { points, presence }
    }

    /// Each point under the number of the one that lies opposite.
    fn renumbered(&self, opposites: &Opposites) -> Self {
        let points = opposites.0.iter().map(|&number| self.point(usize::from(number))).collect();
        Self { points, presence: self.presence }
    }

    /// The mean of both.
    fn between(&self, other: &Self) -> Self {
        let points = self.points.iter().zip(&other.points);
        let points = points.map(|(a, b)| [0, 1, 2].map(|axis| (a[axis] + b[axis]) / 2.0)).collect();
        Self { points, presence: (self.presence + other.presence) / 2.0 }
    }

    /// Where to look for the same face in the next picture.
    pub fn next_region(&self) -> Frame {
        let [left, top, right, bottom] = self.edges();
        let side = (right - left).max(bottom - top) * 1.5;
        let ([ax, ay], [bx, by]) = (self.at(EYE_CORNERS[0]), self.at(EYE_CORNERS[3]));
        Frame {
            centre: [(left + right) / 2.0, (top + bottom) / 2.0],
            size: [side; 2],
            turn: (by - ay).atan2(bx - ax),
        }
    }
}

/// For each point the one that has its place in the mirror.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opposites(Vec<u16>);

impl Opposites {
    /// `places` are those of a face without irises that is the same on both sides, its middle at 0 across.
    pub fn of(places: &[[f64; 3]]) -> Self {
        let apart = |a: &[f64; 3], b: &[f64; 3]| {
            (a[0] + b[0]).powi(2) + (a[1] - b[1]).powi(2) + (a[2] - b[2]).powi(2)
        };
        let opposite = |place| {
            let others = (0_u16..).zip(places).map(|(at, other)| (at, apart(place, other)));
            others.min_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(at, _)| at)
        };
        let mut all: Vec<u16> = (0..POINTS as u16).collect();
        for (number, place) in all.iter_mut().zip(places) {
            *number = opposite(place).unwrap_or(*number);
        }
        for (number, opposite) in IRISES_BOTH.iter().flat_map(|&(a, b)| [(a, b), (b, a)]) {
            if let Some(number) = all.get_mut(number) {
                *number = opposite as u16;
            }
        }
        Self(all)
    }
}

/// How far apart two places are.
pub fn distance(a: [f32; 2], b: [f32; 2]) -> f32 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// A place on a line of the mouth: 0 its left corner, 1 its right one.
pub fn along(mesh: &Mesh, line: &[usize; 11], share: f32) -> [f32; 2] {
    let at = share * (line.len() - 1) as f32;
    let (from, part) = (at as usize, at.fract());
    let point =
        |index: usize| line.get(index.min(line.len() - 1)).map_or([0.0; 2], |&number| mesh.at(number));
    let ([ax, ay], [bx, by]) = (point(from), point(from + 1));
    [ax + (bx - ax) * part, ay + (by - ay) * part]
}

/// The landmark network.
pub struct Landmarks {
    network: Network,
    points: usize,
    presence: usize,
}

impl Landmarks {
    /// `None` where the network's inputs and outputs are not those of the landmark network.
    pub fn new(network: Network) -> Option<Self> {
        let length = |shape: &[usize]| shape.iter().product::<usize>();
        let shapes = network.output_shapes();
        let points = shapes.iter().position(|shape| length(shape) == POINTS * 3)?;
        let presence = shapes.iter().position(|shape| length(shape) == 1)?;
        (length(network.input_shape()) == SIDE * SIDE * 3).then_some(Self { network, points, presence })
    }

    /// The network, which needs memory.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// As [`Self::find`], looked at in the mirror as well: the network sees a mouth open that is closed in the mirror, and what
    /// it says of both together is what it says of the mirrored picture.
    pub fn find_evenly(
        &mut self,
        picture: &Pyramid<'_>,
        region: &Frame,
        opposites: &Opposites,
        memory: &mut Memory,
    ) -> Mesh {
        let plain = self.find(picture, region, memory);
        plain.between(&self.find(picture, &region.mirrored(), memory).renumbered(opposites))
    }

    /// The points of the face in a region.
    pub fn find(&mut self, picture: &Pyramid<'_>, region: &Frame, memory: &mut Memory) -> Mesh {
        let input = self.network.input(memory);
        sample::fill(picture, region, [SIDE; 2], Outside::Border, Range::ZERO_TO_ONE, input);
        self.network.run(memory);
        let scale = region.size[1] / SIDE as f32;
        let points = self.network.output(self.points, memory).chunks_exact(3);
        let points = points
            .map(|point| {
                let [x, y] = region.to_picture([point[0] / SIDE as f32, point[1] / SIDE as f32]);
                [x, y, point[2] * scale]
            })
            .collect();
        let logit = self.network.output(self.presence, memory).first().copied().unwrap_or(f32::MIN);
        Mesh { points, presence: 1.0 / (1.0 + (-logit.clamp(-80.0, 80.0)).exp()) }
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A mesh of which only the named points are placed.
    pub fn mesh(placed: &[(usize, [f32; 3])]) -> Mesh {
        let mut points = vec![[0.0; 3]; POINTS];
        for (number, point) in placed {
            points[*number] = *point;
        }
        Mesh { points, presence: 1.0 }
    }

    #[test]
    fn the_mirrored_face_is_the_same_face() {
        let places =
            [[0.0, 2.0, 5.0], [-3.0, 1.0, 2.0], [3.0, 1.0, 2.0], [-2.0, -2.0, 3.0], [2.0, -2.0, 3.0]];
        let opposites = Opposites::of(&places);
        let face =
            mesh(&[(0, [50.0, 9.0, 1.0]), (1, [20.0, 30.0, 2.0]), (2, [70.0, 31.0, 3.0]), (468, [30.0; 3])]);
        let mirrored = face.mirrored(100.0, &opposites);
        assert_eq!((mirrored.point(0), mirrored.point(1)), ([49.0, 9.0, 1.0], [29.0, 31.0, 3.0]));
        assert_eq!((mirrored.point(2), mirrored.at(473)), ([79.0, 30.0, 2.0], [69.0, 30.0]));
        assert_eq!(mirrored.mirrored(100.0, &opposites), face);
        assert_eq!(face.between(&face), face);
    }

    #[test]
    fn points_are_reached_by_number() {
        let mesh = mesh(&[(33, [10.0, 20.0, 1.0]), (263, [40.0, 60.0, 2.0])]);
        assert_eq!(mesh.at(33), [10.0, 20.0]);
        assert_eq!(mesh.point(9999), [0.0; 3]);
        assert_eq!(mesh.middle(&[33, 263]), [25.0, 40.0]);
        assert_eq!(mesh.distance(33, 263), 50.0);
        assert_eq!(mesh.edges(), [0.0, 0.0, 40.0, 60.0]);
        let next = mesh.next_region();
        assert_eq!((next.centre, next.size), ([20.0, 30.0], [90.0; 2]));
        let outline = mesh.outline();
        assert_eq!((outline.face.len(), outline.eyes[0].len(), outline.lips[0].len()), (36, 16, 20));
        assert_eq!((outline.eyes[0][0], outline.eyes[1][8]), ([10.0, 20.0], [40.0, 60.0]));
    }
}
