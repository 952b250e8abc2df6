//! Finds faces in a whole picture: boxes and the points that tell how a face is turned.
//!
//! The network and the layout of its answer are those of google/mediapipe's short-range face detector (Apache-2.0).

use super::net::{Memory, Network};
use super::picture::Pyramid;
use super::sample::{self, Frame, Outside, Range};

/// Side of the network's input in pixels.
const SIDE: usize = 128;
/// Below this a box is no face.
const LEAST_SCORE: f32 = 0.5;
/// Boxes that share more than this (intersection over union) are the same face.
const SAME: f32 = 0.3;
/// Values a box: centre, size and six points.
const VALUES: usize = 16;

/// A face in the picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Face {
    pub score: f32,
    /// Left, top, right, bottom.
    pub edges: [f32; 4],
    /// The eyes: the one on the picture's left first.
    pub eyes: [[f32; 2]; 2],
}

impl Face {
    pub fn area(&self) -> f32 {
        let [left, top, right, bottom] = self.edges;
        (right - left).max(0.0) * (bottom - top).max(0.0)
    }

    fn middle(&self) -> [f32; 2] {
        let [left, top, right, bottom] = self.edges;
        [(left + right) / 2.0, (top + bottom) / 2.0]
    }

    /// The square that the landmark network looks at: half as large again as the box, turned with the eyes.
    pub fn region(&self) -> Frame {
        let [left, top, right, bottom] = self.edges;
        let side = (right - left).max(bottom - top) * 1.5;
        let [a, b] = self.eyes;
        Frame { centre: self.middle(), size: [side; 2], turn: (b[1] - a[1]).atan2(b[0] - a[0]) }
    }

    /// A face that was seen in the mirror, its eyes where they belong.
    fn renumbered(self) -> Self {
        let [a, b] = self.eyes;
        Self { eyes: [b, a], ..self }
    }

    /// The mean with the same face seen in the mirror.
    fn between(&self, mirrored: &Self) -> Self {
        let other = mirrored.renumbered();
        let mean = |a: [f32; 2], b: [f32; 2]| [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0];
        Self {
            score: self.score.max(other.score),
            edges: [0, 1, 2, 3].map(|edge| (self.edges[edge] + other.edges[edge]) / 2.0),
            eyes: [0, 1].map(|side| mean(self.eyes[side], other.eyes[side])),
        }
    }

    /// Whether two boxes show the same face: they overlap much, or one lies in the other as a part of a face does.
    pub fn is_same(&self, other: &Self) -> bool {
        let [a, b] = [self.edges, other.edges];
        let width = (a[2].min(b[2]) - a[0].max(b[0])).max(0.0);
        let height = (a[3].min(b[3]) - a[1].max(b[1])).max(0.0);
        let shared = width * height;
        let least = self.area().min(other.area());
        shared > SAME * (self.area() + other.area() - shared) || shared > 0.5 * least
    }
}

/// The detector with its network.
pub struct Detector {
    network: Network,
    boxes: usize,
    scores: usize,
    anchors: Vec<[f32; 2]>,
}

impl Detector {
    /// `None` where the network's inputs and outputs are not those of the face detector.
    pub fn new(network: Network) -> Option<Self> {
        let anchors = anchors();
        let length = |shape: &[usize]| shape.iter().product::<usize>();
        let shapes = network.output_shapes();
        let boxes = shapes.iter().position(|shape| length(shape) == anchors.len() * VALUES)?;
        let scores = shapes.iter().position(|shape| length(shape) == anchors.len())?;
        (length(network.input_shape()) == SIDE * SIDE * 3).then_some(Self { network, boxes, scores, anchors })
    }

    /// The network, which needs memory.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The faces of the picture, the surest first.
    pub fn whole(&mut self, picture: &Pyramid<'_>, memory: &mut Memory) -> Vec<Face> {
        let side = picture.width().max(picture.height()) as f32;
        self.find(picture, &Frame { size: [side; 2], ..Frame::whole(picture) }, memory)
    }

    /// As [`Self::whole`], looked at in the mirror as well: what is seen both ways lies between.
    fn evenly(&mut self, picture: &Pyramid<'_>, memory: &mut Memory) -> Vec<Face> {
        let (width, height) = (picture.width() as f32, picture.height() as f32);
        let side = width.max(height);
        // the last pixel becomes the first one
        let mirror = Frame { centre: [width / 2.0 - 1.0, height / 2.0], size: [-side, side], turn: 0.0 };
        let mut faces = self.whole(picture, memory);
        let mut others = self.find(picture, &mirror, memory);
        for face in &mut faces {
            if let Some(at) = others.iter().position(|other| other.is_same(face)) {
                *face = face.between(&others.remove(at));
            }
        }
        others.retain(|other| !faces.iter().any(|face| face.is_same(other)));
        faces.extend(others.into_iter().map(Face::renumbered));
        faces
    }

    /// As [`Self::whole`], for a picture that lies: its faces stand when it is looked at with the head tilted clockwise by so
    /// many degrees.
    pub fn turned(&mut self, picture: &Pyramid<'_>, degrees: f32, memory: &mut Memory) -> Vec<Face> {
        let side = picture.width().max(picture.height()) as f32;
        let frame = Frame { size: [side; 2], turn: degrees.to_radians(), ..Frame::whole(picture) };
        self.find(picture, &frame, memory)
    }

    /// The faces of the picture, small ones too: the whole, then overlapping tiles of half its longer side, since the
    /// network sees no face below about an eighth of what it is shown.
    pub fn thorough(&mut self, picture: &Pyramid<'_>, memory: &mut Memory) -> Vec<Face> {
        let mut faces = self.evenly(picture, memory);
        let (width, height) = (picture.width() as f32, picture.height() as f32);
        let side = width.max(height) / 2.0;
        let middles = |length: f32| {
            // each reaches half into the next one
            let more = ((length - side) / (side / 2.0)).ceil().max(0.0);
            let first = length.min(side) / 2.0;
            let step = (length - 2.0 * first) / more.max(1.0);
            (0..=more as u8).map(move |at| first + step * f32::from(at))
        };
        for y in middles(height) {
            for x in middles(width) {
                let tile = Frame { centre: [x, y], size: [side; 2], turn: 0.0 };
                for face in self.find(picture, &tile, memory) {
                    let [left, top, right, bottom] = face.edges;
                    // a face that the tile's edge cuts is seen whole by the next one
                    let edges = [tile.from_picture([left, top]), tile.from_picture([right, bottom])];
                    let whole = edges.iter().flatten().all(|place| (0.0..=1.0).contains(place));
                    if whole && !faces.iter().any(|known| known.is_same(&face)) {
                        faces.push(face);
                    }
                }
            }
        }
        faces
    }

    fn find(&mut self, picture: &Pyramid<'_>, frame: &Frame, memory: &mut Memory) -> Vec<Face> {
        let input = self.network.input(memory);
        sample::fill(picture, frame, [SIDE; 2], Outside::Black, Range::MINUS_ONE_TO_ONE, input);
        self.network.run(memory);
        let scores = self.network.output(self.scores, memory);
        let boxes = self.network.output(self.boxes, memory).chunks_exact(VALUES);
        let mut found: Vec<Face> = scores
            .iter()
            .zip(boxes)
            .zip(&self.anchors)
            .filter_map(|((&score, values), anchor)| {
                let score = 1.0 / (1.0 + (-score.clamp(-80.0, 80.0)).exp());
                (score >= LEAST_SCORE).then(|| face(score, values, *anchor, frame))
            })
            .collect();
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        merged(&found)
    }
}

/// The middles of the anchors: 16 × 16 places with two each, 8 × 8 with six.
fn anchors() -> Vec<[f32; 2]> {
    let mut anchors = Vec::new();
    for (side, each) in [(16_u8, 2), (8, 6)] {
        for y in 0..side {
            for x in 0..side {
                let middle = [x, y].map(|place| (f32::from(place) + 0.5) / f32::from(side));
                anchors.extend(std::iter::repeat_n(middle, each));
            }
        }
    }
    anchors
}

fn face(score: f32, values: &[f32], anchor: [f32; 2], frame: &Frame) -> Face {
    let value = |at: usize| values.get(at).copied().unwrap_or_default() / SIDE as f32;
    let point = |at: usize| frame.to_picture([value(at) + anchor[0], value(at + 1) + anchor[1]]);
    let (x, y) = (value(0) + anchor[0], value(1) + anchor[1]);
    let half = [value(2).abs() / 2.0, value(3).abs() / 2.0];
    let [a, b] = [-1.0, 1.0].map(|way| frame.to_picture([x + way * half[0], y + way * half[1]]));
    let edges = [a[0].min(b[0]), a[1].min(b[1]), a[0].max(b[0]), a[1].max(b[1])];
    Face { score, edges, eyes: [point(4), point(6)] }
}

/// One face for each group of boxes that overlap: their mean, weighted by score, as the publisher's own program does it.
fn merged(found: &[Face]) -> Vec<Face> {
    let mut faces: Vec<Face> = Vec::new();
    let mut left: Vec<&Face> = found.iter().collect();
    while let Some(&first) = left.first() {
        let (same, other): (Vec<_>, Vec<_>) = left.into_iter().partition(|face| first.is_same(face));
        left = other;
        let weight: f32 = same.iter().map(|face| face.score).sum();
        let mean = |value: &dyn Fn(&Face) -> f32| {
            same.iter().map(|face| value(face) * face.score).sum::<f32>() / weight
        };
        let eye = |side: usize| [0, 1].map(|axis| mean(&|face: &Face| face.eyes[side][axis]));
        faces.push(Face {
            score: first.score,
            edges: [0, 1, 2, 3].map(|edge| mean(&|face: &Face| face.edges[edge])),
            eyes: [eye(0), eye(1)],
        });
    }
    faces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face(score: f32, x: f32, y: f32, side: f32) -> Face {
        let eyes = [[x + side * 0.3, y + side * 0.4], [x + side * 0.7, y + side * 0.4]];
        Face { score, edges: [x, y, x + side, y + side], eyes }
    }

    #[test]
    fn there_is_an_anchor_for_each_box() {
        let anchors = anchors();
        assert_eq!(anchors.len(), 896);
        assert_eq!(anchors[0], [0.5 / 16.0; 2]);
        assert_eq!(anchors[895], [7.5 / 8.0; 2]);
    }

    #[test]
    fn boxes_of_one_face_become_one() {
        let found =
            [face(0.9, 100.0, 100.0, 80.0), face(0.6, 110.0, 100.0, 80.0), face(0.8, 400.0, 90.0, 60.0)];
        let faces = merged(&found);
        assert_eq!(faces.len(), 2);
        assert!((faces[0].edges[0] - 104.0).abs() < 0.01);
        assert!((faces[1].edges[2] - 460.0).abs() < 0.01 && (faces[1].eyes[0][1] - 114.0).abs() < 0.01);
        // a nose taken for a face is part of the face around it
        assert!(face(0.9, 100.0, 100.0, 200.0).is_same(&face(0.6, 160.0, 160.0, 60.0)));
    }

    #[test]
    fn the_region_turns_with_the_eyes() {
        let mut tilted = face(1.0, 0.0, 0.0, 100.0);
        tilted.eyes = [[30.0, 30.0], [60.0, 60.0]];
        let region = tilted.region();
        assert_eq!((region.centre, region.size), ([50.0; 2], [150.0; 2]));
        assert!((region.turn.to_degrees() - 45.0).abs() < 1e-3);
    }
}
