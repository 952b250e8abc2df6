//! Whether the eyes can be seen and where they look, by the picture itself: the landmark network places open eyes behind
//! dark lenses, bars and hands as well. Everything is held against the cheek on the same side and the contrast of the whole
//! face, so that neither the skin nor one-sided light matters.

use crate::vision::classes::{Class, ClassMap};
use crate::vision::mesh::{self, Mesh};
use crate::vision::sample::Frame;

use super::Lengths;
use super::patch::{self, Patch, brightness};

/// What is seen of one eye.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Eye {
    /// Light and dark within the eye by the cheek's brightness: above 0.4 for an eye that is seen, open or closed, 0 behind
    /// a bar, less behind a lens by the light that the lens keeps back.
    pub contrast: f32,
    /// The same by the contrast that the whole face has: haze takes nothing away.
    pub clearness: f32,
    /// How much darker the skin around the eye is than the cheek, as a share of it.
    pub shade: f32,
    /// Share of the eye that is burnt out, less that of the cheek.
    pub burnt: f32,
    /// Share of the eye behind hair, cloth or other things.
    pub covered: f32,
    /// The same without hair: frames and lenses.
    pub framed: f32,
}

/// What follows for the rules from both eyes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Eyes {
    /// The one on the left of the picture first.
    pub each: [Eye; 2],
}

/// Below this clearness an eye counts as covered, the more the less is left.
const CLEAR: f32 = 0.3;
/// Eyes that are seen have more contrast than this; the skin behind dark lenses is darker than the cheek by more than the second.
const SEEN: f32 = 0.6;
const SHADED: f32 = 0.4;
/// As the second, where the map shows lenses.
const SHADED_LENS: f32 = 0.25;

impl Eyes {
    /// The share of each eye that is covered, 0 to 1.
    pub fn covered(&self) -> [f32; 2] {
        self.each.map(|eye| eye.covered.max(1.0 - eye.clearness / CLEAR))
    }

    /// How surely both eyes are behind dark lenses, 0 to 1: neither eye is seen and the skin around both is darker than
    /// the cheeks. One alone is not enough: deep-set eyes are shaded, and closed ones have little contrast.
    pub fn tinted(&self) -> f32 {
        let both = |value: fn(&Eye) -> f32| value(&self.each[0]).min(value(&self.each[1])).max(0.0);
        let shade = both(|eye| eye.shade);
        let hidden = both(|eye| 1.0 - eye.contrast / SEEN);
        let lenses = both(|eye| eye.framed);
        (hidden * (shade / SHADED).min(1.0)).max(lenses * (shade / SHADED_LENS).min(1.0))
    }
}

/// A channel from here up is burnt out, of 255.
const BURNT: f32 = 240.0;
/// Cells to a side of what is looked at.
const CELLS: usize = 48;
/// The eye itself, what of it frames and hair may cover, and the skin around it: halves of width and height by the distance
/// between its corners.
const EYE: [f32; 2] = [0.48, 0.24];
const OPENING: [f32; 2] = [0.6, 0.38];
const RING: [f32; 2] = [0.95, 0.62];
const CHEEKS: [usize; 2] = [50, 280];

/// Looks at both eyes.
pub fn eyes(map: &ClassMap, patch: &Patch, mesh: &Mesh, lengths: &Lengths) -> Eyes {
    let [low, high] = patch.extremes();
    let range = ((high - low) / high.max(1.0)).max(0.05);
    let each = [0, 1].map(|side| {
        let corners = mesh::EYE_CORNERS.get(side * 2..side * 2 + 2).unwrap_or_default();
        let frame = |half: [f32; 2]| {
            let width = corners.first().zip(corners.last()).map_or(0.0, |(&a, &b)| mesh.distance(a, b));
            Frame {
                centre: mesh.middle(corners),
                size: half.map(|half| 2.0 * half * width),
                turn: lengths.turn,
            }
        };
        let cheek: Vec<[f32; 3]> = patch
            .square(
                mesh.at(CHEEKS.get(side).copied().unwrap_or_default()),
                (0.3 * patch::EYES_APART) as usize,
            )
            .collect();
        let skin = Spread::of(cheek.iter().copied().map(brightness).collect()).at(0.5).max(1.0);
        let inside: Vec<[f32; 3]> =
            ellipse(&frame(EYE), 0.0).filter_map(|place| patch.colour(place)).collect();
        let eye = Spread::of(inside.iter().copied().map(brightness).collect());
        // the skin below the eye: above it brows and fringes are dark by themselves
        let around = frame(RING);
        let below = |place: &[f32; 2]| around.from_picture(*place)[1] > 0.58;
        let ring =
            ellipse(&around, OPENING[0] / RING[0]).filter(below).filter_map(|place| patch.colour(place));
        let ring = Spread::of(ring.map(brightness).collect()).at(0.5);
        let opening = frame(OPENING);
        let things = [Class::Background, Class::Body, Class::Clothes, Class::Other];
        let framed = map.share(ellipse(&opening, 0.0), &things);
        Eye {
            contrast: (eye.at(0.95) - eye.at(0.05)) / skin,
            clearness: (eye.at(0.9) - eye.at(0.1)) / skin / range,
            shade: 1.0 - ring / skin,
            burnt: (burnt(&inside) - burnt(&cheek)).max(0.0),
            covered: framed.max(map.share(ellipse(&opening, 0.0), &[Class::Hair])),
            framed,
        }
    });
    Eyes { each }
}

/// How far the eyes look past the camera: the irises off the middle of their eyes, by half the width of an eye. Across, the
/// mean of both eyes, since the nearer one is off to the other side when somebody looks at the camera from near; up and
/// down, less where eyes that look ahead have them on average.
pub fn gaze(mesh: &Mesh) -> f32 {
    const AHEAD: f32 = -0.16;
    let [outer_left, inner_left, inner_right, outer_right] = mesh::EYE_CORNERS;
    let off = |left: usize, right: usize, iris: usize| {
        let ([ax, ay], [bx, by], [x, y]) = (mesh.at(left), mesh.at(right), mesh.at(iris));
        let (across, down) = (bx - ax, by - ay);
        let half = across.hypot(down).max(1e-3) / 2.0;
        let from = [x - (ax + bx) / 2.0, y - (ay + by) / 2.0];
        [
            (from[0] * across + from[1] * down) / (4.0 * half * half) * 2.0,
            (from[1] * across - from[0] * down) / (4.0 * half * half) * 2.0,
        ]
    };
    let [left, right] =
        [off(outer_left, inner_left, mesh::IRISES[0]), off(inner_right, outer_right, mesh::IRISES[1])];
    let mean = |axis: usize| (left[axis] + right[axis]) / 2.0;
    mean(0).abs().max((mean(1) - AHEAD).abs())
}

fn burnt(colours: &[[f32; 3]]) -> f32 {
    let white = colours.iter().filter(|colour| colour.iter().all(|value| *value >= BURNT)).count();
    white as f32 / colours.len().max(1) as f32
}

/// The places of a frame's ellipse, without those nearer to its middle than a share of its radii.
fn ellipse(frame: &Frame, from: f32) -> impl Iterator<Item = [f32; 2]> {
    frame.cells(CELLS, CELLS).enumerate().filter_map(move |(at, pixel)| {
        let off = |at: usize| (at as f32 + 0.5) / CELLS as f32 * 2.0 - 1.0;
        (from..1.0).contains(&off(at % CELLS).hypot(off(at / CELLS))).then_some(pixel)
    })
}

/// Values in rising order.
struct Spread(Vec<f32>);

impl Spread {
    fn of(mut values: Vec<f32>) -> Self {
        values.sort_by(f32::total_cmp);
        Self(values)
    }

    /// The value that this share of the others lies below; 0 where there is none.
    fn at(&self, share: f32) -> f32 {
        self.0
            .get((share * self.0.len().saturating_sub(1) as f32).round() as usize)
            .copied()
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::classes::tests::map;
    use crate::vision::measure::patch::tests::patch;
    use crate::vision::mesh::tests::mesh;

    const LENGTHS: Lengths =
        Lengths { eyes: [128.0, 106.0], turn: 0.0, inter_eye: 96.0, chin: 140.0, width: 180.0 };

    fn face() -> Mesh {
        mesh(&[
            (33, [60.0, 106.0, 0.0]),
            (133, [100.0, 106.0, 0.0]),
            (362, [156.0, 106.0, 0.0]),
            (263, [196.0, 106.0, 0.0]),
            (468, [80.0, 102.8, 0.0]),
            (473, [176.0, 102.8, 0.0]),
            (50, [75.0, 165.0, 0.0]),
            (280, [181.0, 165.0, 0.0]),
        ])
    }

    /// Two eyes with pupils, in skin of a brightness that may differ from side to side.
    fn looked(skin: [f32; 2], eye: impl Fn(f32, f32, f32) -> f32, class: impl Fn(f32, f32) -> Class) -> Eyes {
        let colours = patch(|x, y| {
            let (x, y) = (x as f32, y as f32);
            let skin = skin[usize::from(x >= 128.0)];
            let away = (x - if x < 128.0 { 80.0 } else { 176.0 }).hypot(2.0 * (y - 106.0));
            let own = if away < 9.0 {
                0.1
            } else if away < 20.0 {
                1.3
            } else {
                1.0
            };
            [eye(own * skin, (x - 128.0).abs() - 48.0, y - 106.0); 3]
        });
        eyes(&map(class), &colours, &face(), &LENGTHS)
    }

    #[test]
    fn eyes_are_seen_on_any_skin_in_any_light() {
        for skin in [[190.0, 190.0], [45.0, 45.0], [190.0, 60.0]] {
            let eyes = looked(skin, |own, _, _| own, |_, _| Class::Face);
            assert_eq!((eyes.covered(), eyes.tinted()), ([0.0; 2], 0.0), "{skin:?}: {eyes:?}");
            // haze
            let hazy = looked(skin, |own, _, _| 120.0 + own * 0.2, |_, _| Class::Face);
            assert_eq!((hazy.covered(), hazy.tinted()), ([0.0; 2], 0.0), "{skin:?}: {hazy:?}");
        }
    }

    #[test]
    fn dark_lenses_and_bars_hide_them() {
        let lens = |x: f32, y: f32| (x / 40.0).hypot(y / 28.0) < 1.0;
        for skin in [190.0, 70.0] {
            let dark =
                looked([skin; 2], |own, x, y| if lens(x, y) { own * 0.15 } else { own }, |_, _| Class::Face);
            assert!(dark.tinted() > 0.5, "{dark:?}");
            let bar = looked([skin; 2], |own, x, _| if x < 0.0 { 100.0 } else { own }, |_, _| Class::Face);
            assert!(bar.tinted() < 0.1, "{bar:?}");
            let lock =
                looked([skin; 2], |own, _, _| own, |x, _| if x < 110.0 { Class::Hair } else { Class::Face });
            assert_eq!((lock.covered(), lock.tinted()), ([1.0, 0.0], 0.0));
        }
        let blank = looked(
            [150.0; 2],
            |own, x, y| if x.abs() < 35.0 && y.abs() < 18.0 { 90.0 } else { own },
            |_, _| Class::Face,
        );
        assert!(blank.covered().iter().all(|share| *share > 0.9), "{blank:?}");
        let glare =
            looked([150.0; 2], |own, x, y| if x.hypot(y) < 15.0 { 255.0 } else { own }, |_, _| Class::Face);
        assert!(glare.each.iter().all(|eye| eye.burnt > 0.3), "{glare:?}");
    }

    #[test]
    fn the_gaze_is_off_when_the_irises_are() {
        assert!(gaze(&face()) < 0.01);
        let aside = mesh(&[
            (33, [60.0, 106.0, 0.0]),
            (133, [100.0, 106.0, 0.0]),
            (362, [156.0, 106.0, 0.0]),
            (263, [196.0, 106.0, 0.0]),
            (468, [86.0, 102.8, 0.0]),
            (473, [182.0, 102.8, 0.0]),
        ]);
        assert!((gaze(&aside) - 0.3).abs() < 0.01);
    }
}
