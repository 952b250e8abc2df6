//! Sharpness of a face and blur along one direction, both against the face's own contrast.
//!
//! The energy of the gradients that a Gaussian of one pixel leaves and one of three pixels takes away, by the energy that
//! is left after three pixels: edges give both, so neither contrast nor skin matter (the idea of comparing a picture with
//! itself blurred is Crété and others', 2007). Grain has no edges: its energy in flat skin is taken off first, without
//! which a noisy blurred picture reads as sharp. A pixel is a ninety-sixth of the distance between the eyes.

use crate::vision::mesh::{self, Mesh};

use super::patch::{EYE_ROW, EYES_APART, HEIGHT, Patch, WIDTH};
use super::plane::{Plane, median};

/// Smoothing before each look, in pixels of the patch.
const FINE: f32 = 1.0;
const MIDDLE: f32 = 1.7;
const COARSE: f32 = 3.0;
/// Directions that are looked along.
const DIRECTIONS: u32 = 16;
/// Brightness from which a spot is burnt out, the share of the patch from which such spots matter, and how wide their edges
/// are in pixels.
const BURNT: f32 = 235.0;
const BURNT_SHARE: f32 = 0.002;
const BURNT_EDGE: f32 = 5.0;
/// Less energy than this, in squared levels a pixel, is no edge.
const NOTHING: f32 = 1e-3;

/// How sharp a face is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sharpness {
    /// Fine detail by coarse detail: about 1 or more for a sharp face, 0.2 where eyes are smears. No unit.
    pub sharp: f32,
    /// The sharper direction by the one across it: 1 to 1.3 for any picture that is blurred evenly, if at all.
    pub direction: f32,
}

/// Measures sharpness; none where a face has no contrast at all.
pub fn sharpness(patch: &Patch, mesh: &Mesh) -> Option<Sharpness> {
    let widened = |from: f32, to: f32| (to * to - from * from).sqrt();
    let fine = patch.light().smoothed(FINE);
    let middle = fine.smoothed(widened(FINE, MIDDLE));
    let coarse = middle.smoothed(widened(MIDDLE, COARSE));
    let [fine, middle, coarse] = [&fine, &middle, &coarse].map(Gradients::of);
    let flat: Vec<[f32; 2]> = mesh::FLAT_SKIN.iter().map(|&point| patch.place(mesh.at(point))).collect();

    // the soft edges of burnt out spots are no features
    let burnt: Vec<f32> = patch.light().values.iter().map(|value| f32::from(*value >= BURNT)).collect();
    let near_burnt = (burnt.iter().sum::<f32>() > BURNT_SHARE * burnt.len() as f32)
        .then(|| Plane::new(WIDTH, burnt).smoothed(BURNT_EDGE));
    let face = |at: usize| {
        let beside = near_burnt.as_ref().and_then(|burnt| burnt.values.get(at));
        patch.within().get(at) == Some(&true) && beside.is_none_or(|share| *share < 0.01)
    };
    let eyes = |at: usize| (at / WIDTH).abs_diff(EYE_ROW as usize) < (0.4 * EYES_APART) as usize;
    let sharp = Bands::of(&fine, &coarse, &flat, face)?;
    let blur = Bands::of(&fine, &middle, &flat, |at| face(at) && eyes(at))?;
    let directions = (0..DIRECTIONS).map(|at| at as f32 * std::f32::consts::PI / DIRECTIONS as f32);
    let mean =
        directions.clone().map(|angle| sharp.along(angle).max(1e-6).ln()).sum::<f32>() / DIRECTIONS as f32;
    let across = |angle: f32| blur.along(angle) / blur.along(angle + std::f32::consts::FRAC_PI_2).max(1e-6);
    Some(Sharpness {
        sharp: (0.5 * mean).exp(),
        direction: directions.map(across).fold(1.0, f32::max).sqrt(),
    })
}

/// Change to the right and downwards.
struct Gradients {
    across: Plane,
    down: Plane,
}

impl Gradients {
    fn of(plane: &Plane) -> Self {
        let mut across = vec![0.0; plane.values.len()];
        let mut down = vec![0.0; plane.values.len()];
        for (row, out) in plane.values.chunks_exact(WIDTH).zip(across.chunks_exact_mut(WIDTH)) {
            for (three, out) in row.windows(3).zip(out.iter_mut().skip(1)) {
                *out = (three[2] - three[0]) / 2.0;
            }
        }
        for ((above, below), out) in
            plane.values.iter().zip(plane.values.iter().skip(2 * WIDTH)).zip(down.iter_mut().skip(WIDTH))
        {
            *out = (below - above) / 2.0;
        }
        Self { across: Plane::new(WIDTH, across), down: Plane::new(WIDTH, down) }
    }
}

/// Mean energy of gradients: to the right, of both at once, downwards.
type Tensor = [f32; 3];

/// What lies between two smoothings, and what is left after the second.
struct Bands {
    between: Tensor,
    after: Tensor,
    /// Of grain, in `between`.
    grain: f32,
}

impl Bands {
    fn of(
        fine: &Gradients,
        coarse: &Gradients,
        flat: &[[f32; 2]],
        counts: impl Fn(usize) -> bool,
    ) -> Option<Self> {
        let taken = |a: &Plane, b: &Plane| {
            Plane::new(WIDTH, a.values.iter().zip(&b.values).map(|(a, b)| a - b).collect())
        };
        let across = taken(&fine.across, &coarse.across);
        let down = taken(&fine.down, &coarse.down);
        // the gradient of chance has a known median: 0.4549 of its mean energy
        let side = (0.3 * EYES_APART) as usize;
        let energy = |at: &[f32; 2]| {
            let of = |plane: &Plane| median(plane.square(*at, side)?.map(|value| value * value));
            Some((of(&across)? + of(&down)?) / (2.0 * 0.4549))
        };
        let grain = flat.iter().filter_map(energy).min_by(f32::total_cmp).unwrap_or_default();
        let bands = Self {
            between: tensor(&across, &down, &counts),
            after: tensor(&coarse.across, &coarse.down, &counts),
            grain,
        };
        (bands.after[0] + bands.after[2] > NOTHING).then_some(bands)
    }

    /// Fine by coarse energy along a direction.
    fn along(&self, angle: f32) -> f32 {
        let (sin, cos) = angle.sin_cos();
        let energy = |[xx, xy, yy]: Tensor| cos * cos * xx + 2.0 * sin * cos * xy + sin * sin * yy;
        (energy(self.between) - self.grain).max(0.0) / energy(self.after).max(1e-6) + 1e-3
    }
}

fn tensor(across: &Plane, down: &Plane, counts: impl Fn(usize) -> bool) -> Tensor {
    let (mut sum, mut count) = ([0.0; 3], 0_u32);
    // the border has no gradient
    for y in 1..HEIGHT - 1 {
        for x in 1..WIDTH - 1 {
            let at = y * WIDTH + x;
            if counts(at) {
                let (x, y) = (across.values[at], down.values[at]);
                sum = [sum[0] + x * x, sum[1] + x * y, sum[2] + y * y];
                count += 1;
            }
        }
    }
    sum.map(|value| value / count.max(1) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::measure::patch::tests::patch;
    use crate::vision::mesh::tests::mesh;

    /// A face with flat cheeks whose forehead is square dots, their edges softened in the two directions, with some grain.
    fn dots(across: f32, down: f32, contrast: f32, grain: f32) -> Sharpness {
        let edge =
            |at: usize, width: f32| (((at % 24) as f32 - 12.0).abs() - 6.0).clamp(-width, width) / width;
        let mut state = 1_u32;
        let mut random = Vec::new();
        for _ in 0..WIDTH * HEIGHT {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            random.push((state >> 8) as f32 / (1 << 23) as f32 - 1.0);
        }
        let face = mesh(&[(50, [60.0, 240.0, 0.0]), (280, [190.0, 240.0, 0.0])]);
        let patch = patch(|x, y| {
            let dot = if y < 200 { contrast * edge(x, across) * edge(y, down) } else { 0.0 };
            [110.0 + dot + grain * random[y * WIDTH + x]; 3]
        });
        sharpness(&patch, &face).unwrap()
    }

    #[test]
    fn blur_is_measured_whatever_contrast_and_grain() {
        let values = [0.5, 2.0, 4.0].map(|width| dots(width, width, 40.0, 0.0).sharp);
        assert!(values.is_sorted_by(|a, b| a > b), "{values:?}");
        for (width, value) in [0.5, 2.0, 4.0].into_iter().zip(values) {
            for other in [dots(width, width, 10.0, 0.0), dots(width, width, 40.0, 12.0)] {
                assert!((other.sharp - value).abs() < 0.05, "{width}: {value} {other:?}");
            }
        }
    }

    #[test]
    fn a_burnt_out_spot_is_no_blur() {
        let stripes = |spot: bool| {
            let face = patch(|x, y| {
                let away = (x as f32 - 130.0).hypot(y as f32 - 200.0);
                let shine = if spot { ((40.0 - away) / 16.0).clamp(0.0, 1.0) } else { 0.0 };
                let tone = 90.0 + if (x / 12 + y / 12) % 2 == 0 { 30.0 } else { 0.0 };
                [tone + (255.0 - tone) * shine; 3]
            });
            sharpness(&face, &mesh(&[])).unwrap().sharp
        };
        assert!((stripes(true) - stripes(false)).abs() < 0.1, "{} {}", stripes(true), stripes(false));
    }

    #[test]
    fn a_direction_stands_out_where_only_one_is_blurred() {
        for width in [0.5, 4.0] {
            assert!(dots(width, width, 40.0, 6.0).direction < 1.2);
        }
        assert!(dots(6.0, 1.0, 40.0, 6.0).direction > 1.6);
        assert!(dots(1.0, 6.0, 40.0, 6.0).direction > 1.6);
        assert_eq!(sharpness(&patch(|_, _| [90.0; 3]), &mesh(&[])), None);
    }
}
