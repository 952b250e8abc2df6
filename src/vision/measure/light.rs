//! Light, measured on the face against the face itself: no absolute brightness, so no skin is too dark or too light.

use crate::vision::mesh::Mesh;

use super::patch::{self, Patch};

/// Points in the middle of the forehead, the chin, and the cheeks.
const FOREHEAD: usize = 151;
const MIDDLE_OF_CHIN: usize = 199;
const CHEEKS: [usize; 2] = [50, 280];

/// From here up a channel is burnt out, from here down it is black, of 255.
const BURNT: f32 = 250.0;
const BLACK: f32 = 3.0;

/// Foreheads shine and chins have beards: in the same even light the two differ up to 1.8 times on the development
/// portraits, most of all on dark skin, and cheeks up to 1.2 times on any skin. So the cheeks count more.
const HEIGHT_WEIGHT: f32 = 1.3;

/// What the light does to a face.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Light {
    /// Share of the face where no detail is left: two channels burnt out, or all of them black.
    pub lost: f32,
    /// Levels of brightness between the darkest and the brightest half percent of the face, of 256.
    pub range: f32,
    /// One cheek's brightness by the other's, or the chin's by the forehead's if that is much less; none where they do
    /// not lie in the picture.
    pub evenness: Option<f32>,
}

/// Measures the light on a face; none where nothing of it is in the patch.
pub fn light(patch: &Patch, mesh: &Mesh) -> Option<Light> {
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
    Some(Light {
        lost: lost as f32 / count as f32,
        range: level_at(0.995) - level_at(0.005),
        evenness: evenness(patch, mesh),
    })
}

fn evenness(patch: &Patch, mesh: &Mesh) -> Option<f32> {
    let side = (0.3 * patch::EYES_APART) as usize;
    let brightness = |number: usize| Some(patch::brightness(patch.mean_around(mesh.at(number), side)?));
    let ratio = |a: f32, b: f32| if a.max(b) > 0.0 { a.min(b) / a.max(b) } else { 1.0 };
    let cheeks = ratio(brightness(CHEEKS[0])?, brightness(CHEEKS[1])?);
    let height = ratio(brightness(FOREHEAD)?, brightness(MIDDLE_OF_CHIN)?);
    Some(cheeks.min(height * HEIGHT_WEIGHT).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::measure::patch::tests::patch;
    use crate::vision::mesh::tests::mesh;

    fn face() -> Mesh {
        mesh(&[
            (151, [128.0, 60.0, 0.0]),
            (199, [128.0, 270.0, 0.0]),
            (50, [60.0, 160.0, 0.0]),
            (280, [196.0, 160.0, 0.0]),
        ])
    }

    #[test]
    fn dark_and_light_faces_are_measured_alike() {
        for tone in [0.12, 1.0] {
            let even = light(
                &patch(|x, y| [190.0, 150.0, 130.0].map(|value| tone * value + ((x + y) % 20) as f32)),
                &face(),
            )
            .unwrap();
            assert_eq!(even.lost, 0.0);
            assert!((even.range - 19.0).abs() < 1.5 && even.evenness.unwrap() > 0.9);
            let from_one_side = patch(|x, _| {
                [190.0, 150.0, 130.0].map(|value| if x < 128 { tone * value } else { tone * value * 0.3 })
            });
            assert!(light(&from_one_side, &face()).unwrap().evenness.unwrap() < 0.35);
        }
    }

    #[test]
    fn lost_detail_is_counted() {
        let burnt =
            light(&patch(|x, _| if x < 64 { [255.0, 254.0, 200.0] } else { [120.0; 3] }), &face()).unwrap();
        assert!((burnt.lost - 0.25).abs() < 0.01);
        let sunk = light(&patch(|x, _| if x < 128 { [1.0, 2.0, 0.0] } else { [60.0; 3] }), &face()).unwrap();
        assert!((sunk.lost - 0.5).abs() < 0.01 && (sunk.range - 59.0).abs() < 2.0);
    }
}
