//! What stands between the camera and the face: hands, masks, scarfs, hair, things. The landmark network places eyes and a
//! mouth wherever a face must have them, so whether they are seen is measured on the picture.

use crate::vision::classes::{Class, ClassMap};
use crate::vision::mesh::{self, Mesh};

use super::patch::{self, Patch, brightness};

/// Covered shares, 0 none to 1 all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Occlusion {
    /// Of the face below the brows, without the band that glasses may cover.
    pub face: f32,
    /// Of the mouth.
    pub mouth: f32,
}

/// What is never the face itself. Hair counts only where no beard grows.
const THINGS: [Class; 4] = [Class::Background, Class::Body, Class::Clothes, Class::Other];
const THINGS_AND_HAIR: [Class; 5] =
    [Class::Background, Class::Body, Class::Clothes, Class::Other, Class::Hair];
/// Half the height of the band that glasses may cover, and from the eyes down to where beards begin, by the distance
/// between the eyes.
const GLASSES: f32 = 0.44;
const BEARD: f32 = 0.75;
/// The outline of the face is looked at a little inside, that of the lips a little outside.
const INSIDE: f32 = 0.92;
const AROUND_LIPS: f32 = 1.25;
/// Columns of the mouth that are looked at.
const COLUMNS: usize = 25;
/// A column of a mouth has more light and dark than this, by the contrast of the whole face: lips, the line between them,
/// teeth. A hand or cloth has less.
const FLAT: f32 = 0.10;
/// Side of the cells that are compared with the skin, in pixels of the patch.
const CELL: usize = 8;

/// Measures what covers a face.
pub fn occlusion(map: &ClassMap, patch: &Patch, mesh: &Mesh) -> Occlusion {
    let lower = mesh::LOWER_LIP_OUTER.iter().rev().skip(1).take(mesh::LOWER_LIP_OUTER.len() - 2);
    let lips: Vec<[f32; 2]> =
        mesh::UPPER_LIP_OUTER.iter().chain(lower).map(|&point| mesh.at(point)).collect();
    let around = patch.polygon(&lips, AROUND_LIPS);
    let places = patch.places().zip(&around).filter(|(_, inside)| **inside).map(|(place, _)| place);
    Occlusion {
        face: things(map, patch, mesh).max(odd(patch, mesh, &around)),
        mouth: map.share(places, &THINGS).max(flat(patch, mesh)),
    }
}

/// The rows of the patch from so far below the eyes on.
fn row_below_eyes(away: f32) -> usize {
    (patch::EYE_ROW + away * patch::EYES_APART) as usize
}

fn outline(patch: &Patch, mesh: &Mesh) -> Vec<bool> {
    patch.polygon(&mesh::OVAL.map(|point| mesh.at(point)), INSIDE)
}

/// The share of the face that the map takes for something else.
fn things(map: &ClassMap, patch: &Patch, mesh: &Mesh) -> f32 {
    let inside = outline(patch, mesh);
    let (below_glasses, beard) = (row_below_eyes(GLASSES), row_below_eyes(BEARD));
    let (mut all, mut covered) = (0_u32, 0_u32);
    let places = patch.places().zip(&inside).enumerate().skip(below_glasses * patch::WIDTH);
    for (at, (place, _)) in places.filter(|(_, (_, inside))| **inside) {
        let things: &[Class] = if at / patch::WIDTH < beard { &THINGS_AND_HAIR } else { &THINGS };
        all += 1;
        covered += u32::from(map.at(place).is_some_and(|class| things.contains(&class)));
    }
    if all == 0 { 0.0 } else { covered as f32 / all as f32 }
}

/// The share of the mouth's columns where nothing of a mouth is seen.
fn flat(patch: &Patch, mesh: &Mesh) -> f32 {
    let [low, high] = patch.extremes();
    let contrast = (high - low).max(1.0);
    let flat = (0..COLUMNS).filter(|&column| {
        let share = 0.08 + 0.84 * column as f32 / (COLUMNS - 1) as f32;
        let top = patch.place(mesh::along(mesh, &mesh::UPPER_LIP_OUTER, share));
        let bottom = patch.place(mesh::along(mesh, &mesh::LOWER_LIP_OUTER, share));
        let middle = ((top[0] + bottom[0]) / 2.0).clamp(2.0, (patch::WIDTH - 3) as f32) as usize;
        let from = (top[1] - 3.0).clamp(0.0, (patch::HEIGHT - 1) as f32) as usize;
        let to = (bottom[1].clamp(0.0, patch::HEIGHT as f32) as usize + 4).max(from + 4).min(patch::HEIGHT);
        let rows = (from..to).map(|row| {
            let pixels = (middle - 2..=middle + 2).filter_map(|column| patch.pixel(column, row));
            pixels.map(brightness).sum::<f32>() / 5.0
        });
        let (low, high) =
            rows.fold((f32::MAX, f32::MIN), |(low, high), value| (low.min(value), high.max(value)));
        high - low < FLAT * contrast
    });
    flat.count() as f32 / COLUMNS as f32
}

/// A cell of the patch that lies wholly on the face.
struct Cell {
    /// Red and green as shares of the whole: the same in light and shadow.
    colour: [f32; 2],
    brightness: f32,
    /// Standard deviation of the brightness.
    texture: f32,
}

/// The share of the face whose colour is no skin's, in the light of this picture: another hue than the skin's at any
/// saturation, smooth and grey though bright, or smooth and black. Shadow, beards, freckles and make-up are none of these.
fn odd(patch: &Patch, mesh: &Mesh, lips: &[bool]) -> f32 {
    /// How far off the line from the skin's colour to grey another hue lies.
    const HUE: f32 = 0.035;
    /// This far along it, and this bright by the skin, a smooth cell is grey or white.
    const GREY: f32 = 0.55;
    const BRIGHT: f32 = 0.8;
    const SMOOTH: f32 = 0.02;
    const BLACK: f32 = 0.5;
    const BLACK_SMOOTH: f32 = 0.012;
    /// Too few cells say nothing.
    const LEAST: usize = 20;
    let inside = outline(patch, mesh);
    let nostrils = NOSTRILS.map(|point| patch.place(mesh.at(point)));
    let free = |column: usize, row: usize| {
        let at = row * patch::WIDTH + column;
        let near = |[x, y]: &[f32; 2]| (column as f32 + 0.5 - x).hypot(row as f32 + 0.5 - y) < NOSTRIL;
        inside.get(at) == Some(&true) && lips.get(at) == Some(&false) && !nostrils.iter().any(near)
    };
    let mut cells = Vec::new();
    for top in (row_below_eyes(GLASSES)..patch::HEIGHT + 1 - CELL).step_by(CELL) {
        for left in (0..patch::WIDTH).step_by(CELL) {
            let corners = [(0, 0), (CELL - 1, 0), (0, CELL - 1), (CELL - 1, CELL - 1), (CELL / 2, CELL / 2)];
            if corners.iter().all(|(x, y)| free(left + x, top + y)) {
                cells.extend(cell(patch, left, top));
            }
        }
    }
    if cells.len() < LEAST {
        return 0.0;
    }
    let median = |value: &dyn Fn(&Cell) -> f32| {
        let mut values: Vec<f32> = cells.iter().map(value).collect();
        values.sort_by(f32::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or_default()
    };
    let skin = [median(&|cell| cell.colour[0]), median(&|cell| cell.colour[1])];
    let bright = median(&|cell| cell.brightness).max(1.0);
    let grey = skin.map(|share| 1.0 / 3.0 - share);
    let far = grey[0].hypot(grey[1]).max(1e-3);
    let odd = cells.iter().filter(|cell| {
        let off = [0, 1].map(|axis| cell.colour[axis] - skin[axis]);
        let along = (off[0] * grey[0] + off[1] * grey[1]) / far;
        let aside = (off[0] * grey[1] - off[1] * grey[0]).abs() / far;
        let smooth = cell.texture < SMOOTH * cell.brightness.max(1.0);
        aside > HUE
            || along > GREY * far && cell.brightness > BRIGHT * bright && smooth
            || cell.brightness < BLACK * bright && cell.texture < BLACK_SMOOTH * bright
    });
    odd.count() as f32 / cells.len() as f32
}

/// Below the nose and beside it, and how far around is shadow, in pixels of the patch.
const NOSTRILS: [usize; 3] = [98, 2, 327];
const NOSTRIL: f32 = 9.0;

fn cell(patch: &Patch, left: usize, top: usize) -> Option<Cell> {
    let (mut sum, mut squares) = ([0.0; 3], [0.0; 2]);
    for row in top..top + CELL {
        for column in left..left + CELL {
            let pixel = patch.pixel(column, row)?;
            let bright = brightness(pixel);
            sum = [0, 1, 2].map(|channel| sum[channel] + pixel[channel]);
            squares = [squares[0] + bright, squares[1] + bright * bright];
        }
    }
    let count = (CELL * CELL) as f32;
    let mean = squares[0] / count;
    let all = sum.iter().sum::<f32>() + count;
    Some(Cell {
        colour: [sum[0] / all, sum[1] / all],
        brightness: mean,
        texture: (squares[1] / count - mean * mean).max(0.0).sqrt(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::classes::tests::map;
    use crate::vision::measure::patch::tests::patch;
    use crate::vision::mesh::tests::mesh;

    /// A face in the places of the patch, of which the map sees the upper 256 rows.
    fn face() -> Mesh {
        let around = mesh::OVAL.iter().enumerate().map(|(at, &point)| {
            let angle = at as f32 / mesh::OVAL.len() as f32 * std::f32::consts::TAU;
            (point, [128.0 + 85.0 * angle.sin(), 130.0 - 110.0 * angle.cos(), 0.0])
        });
        let lip = |line: [usize; 11], down: f32| {
            line.into_iter().enumerate().map(move |(at, point)| {
                let share = at as f32 / 10.0;
                (point, [92.0 + 72.0 * share, 196.0 + down * 4.0 * share * (1.0 - share), 0.0])
            })
        };
        let lips = lip(mesh::UPPER_LIP_OUTER, -12.0).chain(lip(mesh::LOWER_LIP_OUTER, 14.0));
        mesh(&around.chain(lips).collect::<Vec<_>>())
    }

    /// Skin with lips, and what `paint` makes of it.
    fn measured(
        class: impl Fn(f32, f32) -> Class,
        paint: impl Fn(f32, f32, [f32; 3]) -> [f32; 3],
    ) -> Occlusion {
        let colours = patch(|x, y| {
            let (x, y) = (x as f32, y as f32);
            let lips = ((x - 128.0) / 38.0).hypot((y - 196.5) / 12.0) < 1.0;
            // skin is never quite smooth
            let light = 1.0 - 0.1 * ((x * 12.9 + y * 7.3).sin() + 1.0) / 2.0;
            let own = if lips { [150.0, 70.0, 70.0] } else { [190.0, 145.0, 120.0] };
            paint(x, y, own.map(|value: f32| value * light))
        });
        occlusion(&map(class), &colours, &face())
    }

    #[test]
    fn a_free_face_is_free_with_beard_and_fringe_in_any_light() {
        let bearded = |_: f32, y: f32| if (70.0..190.0).contains(&y) { Class::Face } else { Class::Hair };
        for dark in [1.0, 0.25] {
            let shadow = |x: f32, _: f32, own: [f32; 3]| {
                own.map(|value| dark * value * if x < 128.0 { 1.0 } else { 0.55 })
            };
            let free = measured(bearded, shadow);
            assert!(free.face < 0.03 && free.mouth == 0.0, "{free:?}");
        }
    }

    #[test]
    fn the_map_names_what_covers() {
        let same = |_: f32, _: f32, own: [f32; 3]| own;
        let mask = measured(|_, y| if y > 165.0 { Class::Clothes } else { Class::Face }, same);
        assert!(mask.mouth == 1.0 && mask.face > 0.5, "{mask:?}");
        let hand = measured(|x, y| if y > 165.0 && x > 128.0 { Class::Body } else { Class::Face }, same);
        assert!((hand.mouth - 0.5).abs() < 0.05 && hand.face > 0.2, "{hand:?}");
        let lock = measured(|x, _| if x > 150.0 { Class::Hair } else { Class::Face }, same);
        assert!(lock.face > 0.05 && lock.mouth == 0.0, "{lock:?}");
        let glasses =
            measured(|_, y| if (90.0..120.0).contains(&y) { Class::Other } else { Class::Face }, same);
        assert!(glasses.face < 0.03 && glasses.mouth == 0.0, "{glasses:?}");
    }

    #[test]
    fn colour_and_smoothness_find_what_the_map_takes_for_skin() {
        let skin = |_: f32, _: f32| Class::Face;
        for colour in [[40.0, 80.0, 160.0], [225.0, 225.0, 230.0], [15.0, 15.0, 18.0]] {
            let cheek = measured(
                skin,
                |x, y, own| if x < 100.0 && (150.0..200.0).contains(&y) { colour } else { own },
            );
            assert!(cheek.face > 0.1, "{colour:?}: {cheek:?}");
            let mouth = measured(skin, |_, y, own| if (175.0..220.0).contains(&y) { colour } else { own });
            assert!(mouth.mouth > 0.95, "{colour:?}: {mouth:?}");
        }
    }
}
