//! Skin that was smoothed away: how much more fine detail the eyes have than the skin around them.

use crate::vision::mesh::{self, Mesh};

use super::patch::{EYE_ROW, EYES_APART, Patch, WIDTH};
use super::plane::{Plane, median};

/// Detail between these two smoothings, in pixels of the patch, is pores, freckles and lines.
const FINE: f32 = 0.6;
const COARSE: f32 = 1.7;
/// Skin outside of these levels has lost its detail to the light, not to an app.
const USABLE: std::ops::Range<f32> = 10.0..235.0;
/// Fewer squares of skin say nothing.
const FEWEST: usize = 3;
/// Less than this in the eyes, in squared levels, is no detail.
const NOTHING: f32 = 1e-3;

/// Fine detail of the eyes by that of the skin: 2 to 5 on photographs of any skin, 10 and more where an app has smoothed the
/// skin and kept the eyes. A blurred or grainy picture loses or gains in both alike. None where too little skin is seen.
pub fn smoothing(patch: &Patch, mesh: &Mesh) -> Option<f32> {
    let light = patch.light();
    let (fine, coarse) = (light.smoothed(FINE), light.smoothed(COARSE));
    let detail: Vec<f32> =
        fine.values.iter().zip(&coarse.values).map(|(fine, coarse)| fine - coarse).collect();
    let change = |step: usize| {
        let changes = detail.iter().zip(detail.iter().skip(2 * step)).map(|(a, b)| ((b - a) / 2.0).powi(2));
        // the place between the two
        let mut values = vec![0.0; step];
        values.extend(changes);
        values.resize(detail.len(), 0.0);
        Plane::new(WIDTH, values)
    };
    let (across, down) = (change(1), change(WIDTH));
    let side = (0.3 * EYES_APART) as usize;
    let skin: Vec<f32> = mesh::FLAT_SKIN
        .iter()
        .filter_map(|&point| {
            let at = patch.place(mesh.at(point));
            let tone = median(light.square(at, side)?)?;
            if !USABLE.contains(&tone) {
                return None;
            }
            // of chance the median is 0.4549 of the mean
            Some((median(across.square(at, side)?)? + median(down.square(at, side)?)?) / (2.0 * 0.4549))
        })
        .collect();
    if skin.len() < FEWEST {
        return None;
    }
    let skin = median(skin.into_iter())?;
    let near = |at: usize| (at / WIDTH).abs_diff(EYE_ROW as usize) < (0.4 * EYES_APART) as usize;
    let energies = across.values.iter().zip(&down.values).zip(patch.within()).enumerate();
    let (sum, count) = energies
        .filter(|(at, (_, within))| **within && near(*at))
        .fold((0.0, 0_u32), |(sum, count), (_, ((across, down), _))| (sum + across + down, count + 1));
    let eyes = sum / (2 * count.max(1)) as f32;
    (eyes > NOTHING).then(|| (eyes / skin.max(1e-6)).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::measure::patch::tests::patch;
    use crate::vision::mesh::tests::mesh;

    /// Eyes with edges, skin with texture of some contrast.
    fn measured(texture: f32, contrast: f32) -> Option<f32> {
        let mut state = 3_u32;
        let mut random = Vec::new();
        for _ in 0..WIDTH * 320 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            random.push((state >> 8) as f32 / (1 << 23) as f32 - 1.0);
        }
        let placed = [
            (50, [60.0, 180.0, 0.0]),
            (280, [190.0, 180.0, 0.0]),
            (151, [128.0, 30.0, 0.0]),
            (108, [80.0, 30.0, 0.0]),
            (337, [180.0, 30.0, 0.0]),
        ];
        let face = patch(|x, y| {
            let eye = (90..120).contains(&y) && (x / 8) % 2 == 0;
            [110.0 + if eye { -contrast } else { 0.0 } + texture * random[y * WIDTH + x]; 3]
        });
        smoothing(&face, &mesh(&placed))
    }

    #[test]
    fn smooth_skin_beside_sharp_eyes_stands_out() {
        let natural = measured(3.0, 60.0).unwrap();
        assert!(measured(0.3, 60.0).unwrap() > 5.0 * natural);
        // dark skin has less of both
        assert!((measured(1.5, 30.0).unwrap() / natural - 1.0).abs() < 0.1);
    }

    #[test]
    fn no_skin_and_no_eyes_say_nothing() {
        assert_eq!(smoothing(&patch(|x, _| [x as f32; 3]), &mesh(&[])), None);
        assert_eq!(measured(0.0, 0.0), None);
    }
}
