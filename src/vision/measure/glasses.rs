//! Whether glasses are worn: things around the eyes by the map of classes, and rims below the eyes by the picture.

use crate::vision::classes::{Class, ClassMap};
use crate::vision::mesh::{self, Mesh};
use crate::vision::sample::Frame;

use super::Lengths;
use super::patch::{self, Patch, brightness};

/// The band where glasses are, by the distance between the eyes: half its width and half its height.
const BAND: [f32; 2] = [0.95, 0.45];
/// This share of the band is glasses for sure; thin frames take up less than a tenth of it.
const SURE_SHARE: f32 = 0.06;
/// A rim this much darker than the skin above and below it, by the cheek's brightness, is one for sure. Folds below bare
/// eyes read up to a third of it.
const SURE_RIM: f32 = 0.25;
const CELLS: usize = 64;
/// Half of the columns below an eye, and the rows from its middle on, in pixels of the patch.
const COLUMNS: usize = 10;
const ROWS: [usize; 2] = [14, 56];
/// A rim is as thick as this on each side, in pixels of the patch.
const THICK: [usize; 2] = [3, 5];
const CHEEKS: [usize; 2] = [50, 280];

/// How surely glasses are worn, 0 to 1: no trace is 0, folds below the eyes up to 0.35, thin frames from 0.7.
pub fn glasses(map: &ClassMap, patch: &Patch, mesh: &Mesh, lengths: &Lengths) -> f32 {
    let size = BAND.map(|half| 2.0 * half * lengths.inter_eye);
    let band = Frame { centre: lengths.eyes, size, turn: lengths.turn };
    let things = map.share(band.cells(CELLS, CELLS), &[Class::Other, Class::Clothes]);
    let rim = rim(patch, mesh, 0).min(rim(patch, mesh, 1));
    (things / SURE_SHARE).max(rim / SURE_RIM).clamp(0.0, 1.0)
}

/// How much darker the darkest line below an eye is than what lies above and below it, by the cheek's brightness.
fn rim(patch: &Patch, mesh: &Mesh, side: usize) -> f32 {
    let corners = mesh::EYE_CORNERS.get(side * 2..side * 2 + 2).unwrap_or_default();
    let [x, y] = patch.place(mesh.middle(corners)).map(|value| value.clamp(0.0, 1e4).round() as usize);
    let rows: Vec<f32> = (y + ROWS[0]..y + ROWS[1])
        .map(|row| {
            let columns = x.saturating_sub(COLUMNS)..x + COLUMNS;
            let values: Vec<f32> =
                columns.filter_map(|column| patch.pixel(column, row)).map(brightness).collect();
            values.iter().sum::<f32>() / values.len().max(1) as f32
        })
        .collect();
    let line = |thick: usize| {
        rows.windows(2 * thick + 1)
            .map(|rows| {
                let value = |at: usize| rows.get(at).copied().unwrap_or_default();
                value(0).min(value(2 * thick)) - value(thick)
            })
            .fold(0.0, f32::max)
    };
    let cheek = CHEEKS.get(side).map_or([0.0; 2], |&point| mesh.at(point));
    let skin = patch.mean_around(cheek, (0.3 * patch::EYES_APART) as usize).map_or(f32::MAX, brightness);
    line(THICK[0]).max(line(THICK[1])) / skin.max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::classes::tests::map;
    use crate::vision::measure::patch::tests::patch;
    use crate::vision::mesh::tests::mesh;

    const LENGTHS: Lengths =
        Lengths { eyes: [128.0, 106.0], turn: 0.0, inter_eye: 96.0, chin: 140.0, width: 180.0 };

    #[test]
    fn rims_and_things_are_glasses_folds_are_not() {
        let face = mesh(&[
            (33, [60.0, 106.0, 0.0]),
            (133, [100.0, 106.0, 0.0]),
            (362, [156.0, 106.0, 0.0]),
            (263, [196.0, 106.0, 0.0]),
            (50, [75.0, 190.0, 0.0]),
            (280, [181.0, 190.0, 0.0]),
        ]);
        let bare = map(|_, _| Class::Face);
        for skin in [40.0, 190.0] {
            let lined =
                |dark: f32| patch(move |_, y| [if (136..140).contains(&y) { dark * skin } else { skin }; 3]);
            assert_eq!(glasses(&bare, &lined(1.0), &face, &LENGTHS), 0.0);
            assert!(glasses(&bare, &lined(0.92), &face, &LENGTHS) < 0.4);
            assert!(glasses(&bare, &lined(0.5), &face, &LENGTHS) > 0.9);
            let frame = map(|_, y| if (84.0..88.0).contains(&y) { Class::Other } else { Class::Face });
            assert!(glasses(&frame, &lined(1.0), &face, &LENGTHS) > 0.5);
        }
    }
}
