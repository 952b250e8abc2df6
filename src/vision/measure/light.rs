//! Light, measured on the face against the face itself: no absolute brightness of skin, so none is too dark or too light.

use crate::vision::mesh::{self, Mesh};

use super::patch::{self, Patch};
use super::plane::median;

/// Points in the middle of the forehead and the chin.
const FOREHEAD: usize = 151;
const MIDDLE_OF_CHIN: usize = 199;

/// From here up a channel is burnt out, from here down it is black, of 255.
const BURNT: f32 = 250.0;
const BLACK: f32 = 3.0;

/// The white of the eyes is brighter than this in any light that does for a card, of 255: the darkest of the development
/// portraits has 110, and half of the light leaves 78.
const WHITE_OF_EYES: f32 = 80.0;

/// Foreheads shine and chins have beards: in the same even light the two differ up to 1.8 times on the development
/// portraits, most of all on dark skin, and the halves of a face up to 1.2 times on any skin. So the halves count more.
const HEIGHT_WEIGHT: f32 = 1.3;

/// What the light does to a face.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Light {
    /// Share of the face where no detail is left: two channels burnt out, or all of them black. Or the share that is missing
    /// of the least light which the white of the eyes must have, if that is more.
    pub lost: f32,
    /// Levels of brightness between the darkest and the brightest half percent of the face, of 256.
    pub range: f32,
    /// The darker half of the face by the other, or the chin's brightness by the forehead's if that is much less; none
    /// where they do not lie in the picture.
    pub evenness: Option<f32>,
}

/// Measures the light on a face, with the brightness of the white of the eyes where it is seen; none where nothing of the
/// face is in the patch.
pub fn light(patch: &Patch, mesh: &Mesh, white: Option<f32>) -> Option<Light> {
    let mut levels = [0_u32; 256];
    let (mut count, mut lost) = (0_u32, 0_u32);
    for pixel in patch.face() {
        count += 1;
        let burnt = pixel.iter().filter(|value| **value >= BURNT).count() >= 2;
        if burnt || pixel.iter().all(|value| *value <= BLACK) {
            lost += 1;
        }
        if let Some(level) = levels.get_mut(patch::brightness(pixel) as usize) {
            *level += 1;
        }
    }
    if count == 0 {
        return None;
    }
    let level_at = |share: f32| {
        let mut left = (count as f32 * share) as u32;
        levels
            .iter()
            .position(|&here| {
                let reached = here > left;
                left = left.saturating_sub(here);
                reached
            })
            .unwrap_or(levels.len() - 1) as f32
    };
    let missing = white.map_or(0.0, |white| 1.0 - white / WHITE_OF_EYES);
    Some(Light {
        lost: (lost as f32 / count as f32).max(missing),
        range: level_at(0.995) - level_at(0.005),
        evenness: evenness(patch, mesh),
    })
}

fn evenness(patch: &Patch, mesh: &Mesh) -> Option<f32> {
    let side = (0.3 * patch::EYES_APART) as usize;
    // the middle one of the square's pixels: a highlight, a mole or a strand of hair does not count
    let brightness = |point: usize| median(patch.light().square(patch.place(mesh.at(point)), side)?);
    let halves = mesh::PAIRS.iter().filter_map(|&(left, right)| {
        let (left, right) = (brightness(left)?, brightness(right)?);
        Some((left.max(1.0) / right.max(1.0)).ln())
    });
    let halves = (-median(halves)?.abs()).exp();
    let (forehead, chin) = (brightness(FOREHEAD)?, brightness(MIDDLE_OF_CHIN)?);
    let height = forehead.min(chin).max(1.0) / forehead.max(chin).max(1.0);
    Some(halves.min(height * HEIGHT_WEIGHT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::measure::patch::tests::patch;

    fn face() -> Mesh {
        let mut placed = vec![(151, [128.0, 60.0, 0.0]), (199, [128.0, 270.0, 0.0])];
        for (at, (left, right)) in mesh::PAIRS.into_iter().enumerate() {
            let y = 60.0 + 35.0 * at as f32;
            placed.extend([(left, [60.0, y, 0.0]), (right, [196.0, y, 0.0])]);
        }
        mesh::tests::mesh(&placed)
    }

    #[test]
    fn dark_and_light_faces_are_measured_alike() {
        for tone in [0.12, 1.0] {
            let even = light(
                &patch(|x, y| [190.0, 150.0, 130.0].map(|value| tone * value + ((x + y) % 20) as f32)),
                &face(),
                None,
            )
            .unwrap();
            assert_eq!(even.lost, 0.0);
            assert!((even.range - 19.0).abs() < 1.5 && even.evenness.unwrap() > 0.9);
            let from_one_side = patch(|x, _| {
                [190.0, 150.0, 130.0].map(|value| if x < 128 { tone * value } else { tone * value * 0.3 })
            });
            assert!(light(&from_one_side, &face(), None).unwrap().evenness.unwrap() < 0.35);
        }
    }

    #[test]
    fn lost_detail_is_counted() {
        let burnt =
            light(&patch(|x, _| if x < 64 { [255.0, 254.0, 200.0] } else { [120.0; 3] }), &face(), None)
                .unwrap();
        assert!((burnt.lost - 0.25).abs() < 0.01);
        let sunk =
            light(&patch(|x, _| if x < 128 { [1.0, 2.0, 0.0] } else { [60.0; 3] }), &face(), None).unwrap();
        assert!((sunk.lost - 0.5).abs() < 0.01 && (sunk.range - 59.0).abs() < 2.0);
    }

    #[test]
    fn the_white_of_the_eyes_tells_of_too_little_light() {
        let lost = |white| light(&patch(|_, _| [60.0, 45.0, 40.0]), &face(), white).unwrap().lost;
        assert_eq!((lost(None), lost(Some(150.0))), (0.0, 0.0));
        assert!((lost(Some(20.0)) - 0.75).abs() < 1e-6);
    }
}
