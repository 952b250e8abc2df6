//! The colours of the eyes: their white, which is white on everyone and so tells about the light what skin cannot, and
//! pupils that a flash makes red.

use crate::vision::mesh::{self, Mesh};
use crate::vision::picture::Pyramid;

use super::Lengths;
use super::colour;
use super::patch::brightness;
use super::plane::quantile;

/// Least pixels between the eyes that they are looked at with, where the picture has them.
const EYES_APART: f32 = 128.0;
/// The white begins this far out, by the iris' radius; what is nearer may be its edge.
const WHITE: f32 = 1.15;
/// Fewer pixels say nothing: the lids are closed or narrow.
const FEWEST: usize = 12;
/// Glints lie above this share of the white's pixels, lashes below.
const BRIGHT: f32 = 0.8;
/// Red is this much more than green and blue, and no dark brown.
const RED: f32 = 1.6;
const LEAST_RED: f32 = 50.0;

/// The pixels of one eye.
#[derive(Debug, Clone, PartialEq)]
pub struct Eye {
    white: Vec<[f32; 3]>,
    iris: Vec<[f32; 3]>,
    /// Left, top, right and bottom, in pixels of the picture.
    pub edges: [f32; 4],
}

/// Reads both eyes.
pub fn eyes(picture: &Pyramid<'_>, mesh: &Mesh, lengths: &Lengths) -> [Eye; 2] {
    let (pixels, shrunk) = picture.level(lengths.inter_eye / EYES_APART);
    [(mesh::LEFT_EYE, mesh::LEFT_IRIS), (mesh::RIGHT_EYE, mesh::RIGHT_IRIS)].map(
        |(lids, [centre, edge @ ..])| {
            let place = |point: usize| mesh.at(point).map(|value| (value - (shrunk - 1.0) / 2.0) / shrunk);
            let outline = lids.map(place);
            let middle = place(centre);
            let radius = edge.iter().map(|&point| mesh::distance(place(point), middle)).sum::<f32>() / 4.0;
            let bounds = outline.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |bounds, [x, y]| {
                [bounds[0].min(*x), bounds[1].min(*y), bounds[2].max(*x), bounds[3].max(*y)]
            });
            let range = |from: f32, to: f32, length: u32| {
                from.clamp(0.0, length as f32) as u32..(to + 1.0).clamp(0.0, length as f32) as u32
            };
            let mut eye =
                Eye { white: Vec::new(), iris: Vec::new(), edges: bounds.map(|value| value * shrunk) };
            for y in range(bounds[1], bounds[3], pixels.height()) {
                for x in range(bounds[0], bounds[2], pixels.width()) {
                    let at = [x as f32, y as f32];
                    let away = mesh::distance(at, middle);
                    if let Some(pixel) = pixels.get_pixel_checked(x, y).filter(|_| inside(&outline, at)) {
                        if away > WHITE * radius {
                            eye.white.push(pixel.0.map(f32::from));
                        } else if away < radius {
                            eye.iris.push(pixel.0.map(f32::from));
                        }
                    }
                }
            }
            eye
        },
    )
}

/// Brightness of the white of the better lit eye, 0 to 255; none where neither shows any.
pub fn white(eyes: &[Eye; 2]) -> Option<f32> {
    let bright = |eye: &Eye| {
        quantile(eye.white.iter().copied().map(brightness), BRIGHT).filter(|_| eye.white.len() >= FEWEST)
    };
    eyes.iter().filter_map(bright).max_by(f32::total_cmp)
}

/// The chromaticity of the white, from the brighter half of both eyes; none where neither shows any.
pub fn white_colour(eyes: &[Eye; 2]) -> Option<[f32; 2]> {
    let colour = |eye: &Eye| {
        let half = quantile(eye.white.iter().copied().map(brightness), 0.5)?;
        let brighter = eye.white.iter().copied().filter(|&pixel| brightness(pixel) >= half);
        colour::middle(brighter).filter(|_| eye.white.len() >= FEWEST)
    };
    let all: Vec<[f32; 2]> = eyes.iter().filter_map(colour).collect();
    let count = all.len() as f32;
    let sum = all.iter().fold([0.0; 2], |sum, [a, b]| [sum[0] + a, sum[1] + b]);
    (!all.is_empty()).then(|| sum.map(|value| value / count))
}

/// The redder eye's share of its iris and pupil that is red, and its edges; none where neither is seen.
pub fn red(eyes: &[Eye; 2]) -> Option<(f32, [f32; 4])> {
    let share = |eye: &Eye| {
        let red =
            eye.iris.iter().filter(|[red, green, blue]| *red > LEAST_RED && *red > RED * green.max(*blue));
        (eye.iris.len() >= FEWEST).then(|| (red.count() as f32 / eye.iris.len() as f32, eye.edges))
    };
    eyes.iter().filter_map(share).max_by(|(a, _), (b, _)| a.total_cmp(b))
}

/// Whether a place lies inside a polygon.
fn inside(corners: &[[f32; 2]], [x, y]: [f32; 2]) -> bool {
    let next = corners.iter().cycle().skip(1);
    let crossed = corners
        .iter()
        .zip(next)
        .filter(|(a, b)| (a[1] <= y) != (b[1] <= y) && x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]));
    crossed.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::mesh::tests::mesh;
    use image::{Rgb, RgbImage};

    /// Two eyes of 50 by 24 pixels with an iris of 10 pixels' radius, 130 pixels apart.
    fn face(white: Rgb<u8>, iris: Rgb<u8>) -> [Eye; 2] {
        let picture = RgbImage::from_fn(300, 200, |x, y| {
            let middle = if x < 150 { 85.0 } else { 215.0 };
            if mesh::distance([x as f32, y as f32], [middle, 100.0]) < 10.5 { iris } else { white }
        });
        let mut placed = Vec::new();
        for (lids, irises, middle) in
            [(mesh::LEFT_EYE, mesh::LEFT_IRIS, 85.0), (mesh::RIGHT_EYE, mesh::RIGHT_IRIS, 215.0)]
        {
            for (at, point) in lids.into_iter().enumerate() {
                let angle = at as f32 / 16.0 * std::f32::consts::TAU;
                placed.push((point, [middle + 25.0 * angle.cos(), 100.0 + 12.0 * angle.sin(), 0.0]));
            }
            for (point, [x, y]) in
                irises.into_iter().zip([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0], [-10.0, 0.0], [0.0, -10.0]])
            {
                placed.push((point, [middle + x, 100.0 + y, 0.0]));
            }
        }
        let lengths =
            Lengths { eyes: [150.0, 100.0], turn: 0.0, inter_eye: 130.0, chin: 180.0, width: 260.0 };
        eyes(&Pyramid::build(&picture, 64), &mesh(&placed), &lengths)
    }

    #[test]
    fn white_and_iris_are_told_apart() {
        let eyes = face(Rgb([200, 190, 180]), Rgb([60, 40, 30]));
        assert!((white(&eyes).unwrap() - brightness([200.0, 190.0, 180.0])).abs() < 1.0);
        let [a, b] = white_colour(&eyes).unwrap();
        assert!((0.0..4.0).contains(&a) && (4.0..10.0).contains(&b), "{a} {b}");
        assert_eq!(red(&eyes).unwrap().0, 0.0);
        let [left, _, right, _] = eyes[0].edges;
        assert!((left - 60.0).abs() < 1.0 && (right - 110.0).abs() < 1.0);
    }

    #[test]
    fn red_pupils_are_found() {
        let (share, edges) = red(&face(Rgb([200; 3]), Rgb([220, 40, 30]))).unwrap();
        assert!(share > 0.9 && edges[0] > 50.0);
    }

    #[test]
    fn eyes_that_are_not_seen_say_nothing() {
        let picture = RgbImage::from_pixel(50, 50, Rgb([90; 3]));
        let lengths = Lengths { eyes: [0.0; 2], turn: 0.0, inter_eye: 60.0, chin: 80.0, width: 99.0 };
        let eyes = eyes(&Pyramid::build(&picture, 64), &mesh(&[]), &lengths);
        assert_eq!((white(&eyes), white_colour(&eyes), red(&eyes)), (None, None, None));
    }
}
