//! Skin that shines white: where no colour is left of it, and where on the face.

use crate::vision::mesh::{self, Mesh};

use super::patch::{EYES_APART, HEIGHT, Patch, WIDTH};

/// From here up no channel holds anything of the skin's colour. Shine on dark skin stays far below.
const WHITE: f32 = 230.0;

/// The white spots of a face.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shine {
    /// Share of the skin, 0 to 1.
    pub share: f32,
    /// Left, top, right and bottom of the largest spot, in pixels of the picture; none without a spot.
    pub spot: Option<[f32; 4]>,
}

/// Looks for white spots on the skin; none where no skin is in the patch. Eyes and mouth, whose white is their own, are left
/// out.
pub fn shine(patch: &Patch, mesh: &Mesh) -> Option<Shine> {
    let [outer_left, inner_left, inner_right, outer_right] = mesh::EYE_CORNERS;
    let oval = |a: usize, b: usize, wider: f32, height: f32| {
        let ([ax, ay], [bx, by]) = (patch.place(mesh.at(a)), patch.place(mesh.at(b)));
        let half = mesh::distance([ax, ay], [bx, by]) / 2.0 * wider;
        ([(ax + bx) / 2.0, (ay + by) / 2.0], [half.max(1.0), height * EYES_APART])
    };
    let features = [
        oval(outer_left, inner_left, 1.3, 0.17),
        oval(inner_right, outer_right, 1.3, 0.17),
        oval(mesh::UPPER_LIP_OUTER[0], mesh::UPPER_LIP_OUTER[10], 1.1, 0.25),
    ];
    let (mut skin, mut count) = (0_u32, 0_u32);
    let mut white = vec![false; WIDTH * HEIGHT];
    for ((at, pixel), white) in patch.pixels_inside().zip(&mut white) {
        let Some(pixel) = pixel else { continue };
        let (x, y) = ((at % WIDTH) as f32 + 0.5, (at / WIDTH) as f32 + 0.5);
        let on =
            |([cx, cy], [w, h]): &([f32; 2], [f32; 2])| ((x - cx) / w).powi(2) + ((y - cy) / h).powi(2) < 1.0;
        if features.iter().any(on) {
            continue;
        }
        skin += 1;
        if pixel.iter().all(|value| *value >= WHITE) {
            count += 1;
            *white = true;
        }
    }
    let spot =
        largest(&mut white).map(|[left, top, right, bottom]| patch.picture_edges([left, top, right, bottom]));
    (skin > 0).then(|| Shine { share: count as f32 / skin as f32, spot })
}

/// Left, top, right and bottom of the largest area that hangs together; it is used up.
fn largest(set: &mut [bool]) -> Option<[f32; 4]> {
    let mut best: Option<(usize, [usize; 4])> = None;
    let mut open = Vec::new();
    for start in 0..set.len() {
        if set.get(start) != Some(&true) {
            continue;
        }
        open.push(start);
        let (mut size, mut edges) = (0, [usize::MAX, usize::MAX, 0, 0]);
        while let Some(at) = open.pop() {
            let Some(here) = set.get_mut(at).filter(|here| **here) else { continue };
            *here = false;
            size += 1;
            let (x, y) = (at % WIDTH, at / WIDTH);
            edges = [edges[0].min(x), edges[1].min(y), edges[2].max(x + 1), edges[3].max(y + 1)];
            if x > 0 {
                open.push(at - 1);
            }
            if x + 1 < WIDTH {
                open.push(at + 1);
            }
            if y > 0 {
                open.push(at - WIDTH);
            }
            open.push(at + WIDTH);
        }
        if size > best.map_or(0, |(size, _)| size) {
            best = Some((size, edges));
        }
    }
    best.map(|(_, edges)| edges.map(|edge| edge as f32))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::measure::patch::tests::patch;
    use crate::vision::mesh::tests::mesh;

    #[test]
    fn white_spots_are_found_on_any_skin() {
        let far = mesh(&[]);
        for tone in [40.0, 200.0] {
            let spots = patch(|x, y| {
                let big = (100..140).contains(&x) && (40..60).contains(&y);
                let small = (50..54).contains(&x) && (200..204).contains(&y);
                if big || small { [250.0, 248.0, 240.0] } else { [tone, 0.8 * tone, 0.7 * tone] }
            });
            let shine = shine(&spots, &far).unwrap();
            assert!((shine.share - 816.0 / (WIDTH * HEIGHT) as f32).abs() < 0.001, "{shine:?}");
            let spot = shine.spot.unwrap();
            assert!((spot[0] - 100.0).abs() < 0.5 && (spot[3] - 60.0).abs() < 0.5, "{spot:?}");
        }
        assert_eq!(shine(&patch(|_, _| [229.0; 3]), &far), Some(Shine { share: 0.0, spot: None }));
    }

    #[test]
    fn the_white_of_eyes_and_teeth_does_not_shine() {
        let placed = [
            (33, [70.0, 106.0, 0.0]),
            (133, [106.0, 106.0, 0.0]),
            (61, [100.0, 220.0, 0.0]),
            (291, [160.0, 220.0, 0.0]),
        ];
        let face = patch(|x, y| {
            let eye = (75..100).contains(&x) && (102..110).contains(&y);
            let teeth = (115..145).contains(&x) && (212..228).contains(&y);
            if eye || teeth { [250.0; 3] } else { [150.0, 110.0, 90.0] }
        });
        assert_eq!(shine(&face, &mesh(&placed)).unwrap().share, 0.0);
    }
}
