//! What covers the head, and whether the ears are seen, by the map of classes.

use crate::vision::classes::{Class, ClassMap};
use crate::vision::mesh::{self, Mesh};
use crate::vision::sample::Frame;

use super::Lengths;

/// Cells to a side of what is looked at.
const CELLS: usize = 64;
/// From here up, in distances between the eyes above them, is the forehead.
const ABOVE_BROWS: f32 = 0.42;
/// The skull reaches not quite as far above the eyes as the chin lies below them; what stands beyond it is hair.
const SKULL: f32 = 0.92;

/// The share of cloth, hats and other things on the skull above the brows, where hair or skin should be: 0 none, 1 all of
/// it. Background that is seen there counts as free: a bald or narrow head covers nothing.
pub fn covering(map: &ClassMap, lengths: &Lengths) -> f32 {
    let half = [lengths.width / 2.0, SKULL * lengths.chin];
    let frame = Frame { centre: lengths.eyes, size: half.map(|half| 2.0 * half), turn: lengths.turn };
    let brows = ABOVE_BROWS * lengths.inter_eye;
    let skull = frame.cells(CELLS, CELLS).filter(|&pixel| {
        let [u, v] = frame.from_picture(pixel).map(|share| 2.0 * share - 1.0);
        u * u + v * v < 1.0 && -v * half[1] > brows
    });
    map.share(skull, &[Class::Clothes, Class::Other])
}

/// The share of skin beside the face where an ear would be, of the side where it is less: from about 0.3 to 0.8 where ears
/// are free, near 0 where hair or cloth hangs over one.
pub fn ears(map: &ClassMap, mesh: &Mesh, lengths: &Lengths) -> f32 {
    // from the edge of the face outwards, and from a little above the eyes down to the nose, by the distance between the eyes
    const AWAY: [f32; 2] = [0.03, 0.28];
    const DOWN: [f32; 2] = [-0.15, 0.75];
    let (sin, cos) = lengths.turn.sin_cos();
    let side = |point: usize, outwards: f32| {
        let [x, y] = mesh.at(point);
        let along = (x - lengths.eyes[0]) * cos + (y - lengths.eyes[1]) * sin;
        let right = along + outwards * lengths.inter_eye * (AWAY[0] + AWAY[1]) / 2.0;
        let down = lengths.inter_eye * (DOWN[0] + DOWN[1]) / 2.0;
        let ear = Frame {
            centre: [lengths.eyes[0] + right * cos - down * sin, lengths.eyes[1] + right * sin + down * cos],
            size: [AWAY[1] - AWAY[0], DOWN[1] - DOWN[0]].map(|side| side * lengths.inter_eye),
            turn: lengths.turn,
        };
        map.share(ear.cells(CELLS / 4, CELLS), &[Class::Face, Class::Body])
    };
    side(mesh::SIDES[0], -1.0).min(side(mesh::SIDES[1], 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::classes::tests::map;
    use crate::vision::mesh::tests::mesh;

    const LENGTHS: Lengths =
        Lengths { eyes: [128.0, 120.0], turn: 0.0, inter_eye: 40.0, chin: 75.0, width: 84.0 };

    #[test]
    fn a_hat_is_found_whatever_is_behind() {
        let head = |above: Class, around: Class| {
            map(move |x, y| {
                let skull = ((x - 128.0) / 42.0).powi(2) + ((y - 120.0) / 70.0).powi(2) < 1.0;
                if !skull {
                    around
                } else if y < 106.0 {
                    above
                } else {
                    Class::Face
                }
            })
        };
        assert_eq!(covering(&head(Class::Hair, Class::Background), &LENGTHS), 0.0);
        assert!(covering(&head(Class::Face, Class::Clothes), &LENGTHS) < 0.05);
        assert!(covering(&head(Class::Other, Class::Background), &LENGTHS) > 0.9);
        assert!(covering(&head(Class::Clothes, Class::Background), &LENGTHS) > 0.9);
    }

    #[test]
    fn one_covered_ear_is_enough() {
        let face = mesh(&[(234, [86.0, 125.0, 0.0]), (454, [170.0, 125.0, 0.0])]);
        let free = map(|x, _| if (76.0..180.0).contains(&x) { Class::Face } else { Class::Background });
        assert!(ears(&free, &face, &LENGTHS) > 0.6);
        let covered = map(|x, _| match x {
            76.0..170.0 => Class::Face,
            170.0..200.0 => Class::Hair,
            _ => Class::Background,
        });
        assert_eq!(ears(&covered, &face, &LENGTHS), 0.0);
    }
}
