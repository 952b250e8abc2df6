//! Measurements of one face, each in its rule's own unit. Nothing here knows a limit.

mod background;
mod blocks;
mod border;
pub mod colour;
mod covering;
pub mod eye_colours;
mod eyes;
mod glasses;
mod light;
mod mouth;
mod noise;
mod occlusion;
mod patch;
mod pattern;
mod plane;
mod sharpness;
mod shine;
mod texture;

use super::crop::Head;
use super::mesh::{self, Mesh};
use super::person::Mask;

pub use background::{Backdrop, View, Wall};
pub use blocks::{Blocks, blocks};
pub use border::border;
pub use covering::{covering, ears};
pub use eyes::{Eye, Eyes, eyes, gaze};
pub use glasses::glasses;
pub use light::{Light, light};
pub use mouth::{Mouth, mouth};
pub use noise::noise;
pub use occlusion::{Occlusion, occlusion};
pub use patch::Patch;
pub use pattern::pattern;
pub use sharpness::{Sharpness, sharpness};
pub use shine::{Shine, shine};
pub use texture::smoothing;

/// The lengths of a face in the picture's plane, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lengths {
    /// Midpoint of the eye centres.
    pub eyes: [f32; 2],
    /// Angle of the line through them in radians; positive: its right end is lower.
    pub turn: f32,
    /// Between the eye centres.
    pub inter_eye: f32,
    /// From their midpoint to the chin.
    pub chin: f32,
    /// Between the edges of the face before the ears.
    pub width: f32,
}

/// Measures the lengths of a face.
pub fn lengths(mesh: &Mesh) -> Lengths {
    let [outer_left, inner_left, inner_right, outer_right] = mesh::EYE_CORNERS;
    let left = mesh.middle(&[outer_left, inner_left]);
    let right = mesh.middle(&[inner_right, outer_right]);
    let eyes = [(left[0] + right[0]) / 2.0, (left[1] + right[1]) / 2.0];
    Lengths {
        eyes,
        turn: (right[1] - left[1]).atan2(right[0] - left[0]),
        inter_eye: mesh::distance(left, right),
        chin: mesh::distance(eyes, mesh.at(mesh::CHIN)),
        width: mesh.distance(mesh::SIDES[0], mesh::SIDES[1]),
    }
}

/// How far the lids of the narrower eye are apart, as a share of the distance from the eyes to the chin.
pub fn eye_opening(mesh: &Mesh, lengths: &Lengths) -> f32 {
    let opening = |lids: [(usize, usize); 3]| {
        lids.into_iter().map(|(upper, lower)| mesh.distance(upper, lower)).fold(0.0, f32::max)
    };
    opening(mesh::LEFT_LIDS).min(opening(mesh::RIGHT_LIDS)) / lengths.chin
}

/// The head as the crop needs it. The skull reaches as far above the eyes as the chin lies below them (ISO/IEC 39794-5 D.1
/// puts the eyes at the middle of the head), less where the mask says that it ends sooner.
pub fn head(lengths: &Lengths, mask: &Mask) -> Head {
    let hair = mask.hair(lengths.eyes, lengths.turn, lengths.chin);
    Head {
        eyes: lengths.eyes,
        turn: lengths.turn,
        chin: lengths.chin,
        crown: lengths.chin.min(hair.up.max(0.75 * lengths.chin)),
        width: lengths.width,
        hair,
    }
}

/// How much of the head lies outside a picture of `size` pixels, as a share of its height. Where the head is covered the
/// edge of the face stands for the crown.
pub fn outside(mesh: &Mesh, head: &Head, size: [f32; 2], covered: bool) -> f32 {
    let (sin, cos) = head.turn.sin_cos();
    let crown = [head.eyes[0] + sin * head.crown, head.eyes[1] - cos * head.crown];
    let top = if covered { mesh.at(mesh::OVAL[0]) } else { crown };
    let [left, right] = mesh::SIDES;
    [top, mesh.at(mesh::CHIN), mesh.at(left), mesh.at(right)]
        .into_iter()
        .map(|[x, y]| (-x).max(-y).max(x - size[0]).max(y - size[1]).max(0.0))
        .fold(0.0, f32::max)
        / head.length()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::crop::Hair;
    use crate::vision::mesh::tests::mesh;

    #[test]
    fn lengths_are_those_of_the_face() {
        let face = mesh(&[
            (33, [90.0, 100.0, 0.0]),
            (133, [110.0, 100.0, 0.0]),
            (362, [150.0, 100.0, 0.0]),
            (263, [170.0, 100.0, 0.0]),
            (152, [130.0, 210.0, 0.0]),
            (234, [70.0, 110.0, 0.0]),
            (454, [190.0, 110.0, 0.0]),
            (159, [100.0, 97.0, 0.0]),
            (145, [100.0, 103.0, 0.0]),
            (386, [160.0, 99.0, 0.0]),
            (374, [160.0, 101.0, 0.0]),
        ]);
        let lengths = lengths(&face);
        assert_eq!((lengths.eyes, lengths.turn), ([130.0, 100.0], 0.0));
        assert_eq!((lengths.inter_eye, lengths.chin, lengths.width), (60.0, 110.0, 120.0));
        assert!((eye_opening(&face, &lengths) - 2.0 / 110.0).abs() < 1e-6);

        let head = Head {
            eyes: lengths.eyes,
            turn: 0.0,
            chin: 110.0,
            crown: 110.0,
            width: 120.0,
            hair: Hair::default(),
        };
        assert!((outside(&face, &head, [300.0, 300.0], false) - 10.0 / 220.0).abs() < 1e-6);
        let lower = mesh(&[(10, [130.0, 20.0, 0.0]), (152, [130.0, 210.0, 0.0])]);
        assert_eq!(outside(&lower, &head, [300.0, 300.0], true), 0.0);
        assert!(outside(&lower, &head, [300.0, 188.0], true) > 0.09);
    }
}
