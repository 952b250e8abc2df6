//! How a head is turned: the canonical face is laid over the points that were found.
//!
//! The canonical face and the weight of its points come from google/mediapipe's geometry file (Apache-2.0), a protocol
//! buffer; the fit is Horn's closed form (J. Opt. Soc. Am. A 4, 1987) without perspective.

use super::mesh::{Mesh, Opposites, POINTS};

/// A head's angles in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Angles {
    /// Positive: turned to the person's left.
    pub yaw: f32,
    /// Positive: the chin lifted.
    pub pitch: f32,
    /// Positive: tilted clockwise as seen.
    pub roll: f32,
}

/// A point of the canonical face.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Basis {
    number: usize,
    weight: f64,
    /// Right of the picture, down and away from the camera, in centimetres.
    place: [f64; 3],
}

/// The canonical face.
#[derive(Debug, Clone, PartialEq)]
pub struct Canonical {
    basis: Vec<Basis>,
    opposites: Opposites,
}

impl Canonical {
    /// Reads the geometry file; `None` where it is not one.
    pub fn read(file: &[u8]) -> Option<Self> {
        let mut vertices = Vec::new();
        let mut weights = Vec::new();
        for field in Fields(file) {
            match field? {
                (1, Value::Bytes(mesh)) => {
                    for field in Fields(mesh) {
                        if let (3, Value::Word(word)) = field? {
                            vertices.push(f64::from(f32::from_le_bytes(word)));
                        }
                    }
                }
                (2, Value::Bytes(landmark)) => {
                    let (mut number, mut weight) = (0, 0.0);
                    for field in Fields(landmark) {
                        match field? {
                            (1, Value::Number(value)) => number = usize::try_from(value).ok()?,
                            (2, Value::Word(word)) => weight = f64::from(f32::from_le_bytes(word)),
                            _ => {}
                        }
                    }
                    weights.push((number, weight));
                }
                _ => {}
            }
        }
        // five values a vertex: its place, right, up and towards the camera, and its place on the texture
        let basis: Option<Vec<Basis>> = weights
            .into_iter()
            .map(|(number, weight)| {
                let vertex = vertices.chunks_exact(5).nth(number)?;
                let fits = number < POINTS && weight > 0.0 && vertex.iter().all(|value| value.is_finite());
                fits.then(|| Basis { number, weight, place: [vertex[0], -vertex[1], -vertex[2]] })
            })
            .collect();
        let places: Vec<[f64; 3]> =
            vertices.chunks_exact(5).map(|vertex| [vertex[0], vertex[1], vertex[2]]).collect();
        let opposites = Opposites::of(&places);
        basis.filter(|basis| basis.len() >= 3).map(|basis| Self { basis, opposites })
    }

    /// Which point lies where another one does in the mirror.
    pub fn opposites(&self) -> &Opposites {
        &self.opposites
    }

    /// The angles at which the canonical face lies best over the points.
    pub fn angles(&self, mesh: &Mesh) -> Angles {
        let pairs: Vec<_> = self
            .basis
            .iter()
            .map(|basis| (basis.weight, basis.place, mesh.point(basis.number).map(f64::from)))
            .collect();
        let turn = rotation(&pairs);
        // the face looks along -z, right is x, down is y
        let degrees = |radians: f64| radians.to_degrees() as f32;
        Angles {
            yaw: degrees((-turn[0][2]).atan2(turn[2][2].hypot(turn[1][2]))),
            pitch: degrees(turn[1][2].atan2(turn[2][2])),
            roll: degrees(turn[1][0].atan2(turn[0][0])),
        }
    }

    /// How strongly what is nearer looks larger: percent that a part of the face grows for each centimetre it lies nearer
    /// the camera, by least squares over the points after the canonical face is laid over them. 100 by the distance in
    /// centimetres for the canonical face itself; other faces' shapes move it by as much as half a metre would.
    pub fn nearness(&self, mesh: &Mesh) -> Option<f32> {
        let pairs: Vec<_> = self
            .basis
            .iter()
            .map(|basis| (basis.weight, basis.place, mesh.point(basis.number).map(f64::from)))
            .collect();
        let turn = rotation(&pairs);
        let total: f64 = pairs.iter().map(|(weight, ..)| weight).sum();
        let mean = |place: fn(&Pair) -> [f64; 3]| {
            pairs.iter().fold([0.0; 3], |mean, pair| {
                let place = place(pair);
                [0, 1, 2].map(|axis| mean[axis] + pair.0 / total * place[axis])
            })
        };
        let (from, to) = (mean(|pair| pair.1), mean(|pair| pair.2));
        // a place of the picture is (scale + growth · nearer) · place + shift: four unknowns, by the normal equations
        let mut equations = [[0.0; 5]; 4];
        for (weight, before, after) in &pairs {
            let centred = [0, 1, 2].map(|axis| before[axis] - from[axis]);
            let turned = turn.map(|row| (0..3).map(|axis| row[axis] * centred[axis]).sum::<f64>());
            let across = [after[0] - to[0], after[1] - to[1]];
            for (axis, value) in across.into_iter().enumerate() {
                let mut row = [turned[axis], -turned[2] * turned[axis], 0.0, 0.0, value];
                row[2 + axis] = 1.0;
                for (equation, factor) in equations.iter_mut().zip(row) {
                    for (value, other) in equation.iter_mut().zip(row) {
                        *value += weight * factor * other;
                    }
                }
            }
        }
        let [scale, growth, ..] = solved(equations)?;
        (scale > 0.0).then_some((100.0 * growth / scale) as f32)
    }
}

/// Solves linear equations by Gauss' elimination; none where they have no single solution.
fn solved(mut equations: [[f64; 5]; 4]) -> Option<[f64; 4]> {
    for at in 0..4 {
        let pivot = (at..4).max_by(|&a, &b| equations[a][at].abs().total_cmp(&equations[b][at].abs()))?;
        equations.swap(at, pivot);
        let leading = equations[at];
        if leading[at].is_nan() || leading[at].abs() < 1e-12 {
            return None;
        }
        for (row, equation) in equations.iter_mut().enumerate() {
            let factor = equation[at] / leading[at];
            if row != at {
                for (value, other) in equation.iter_mut().zip(leading) {
                    *value -= factor * other;
                }
            }
        }
    }
    Some([0, 1, 2, 3].map(|at| equations[at][4] / equations[at][at]))
}

/// A weight, and a place before and after.
type Pair = (f64, [f64; 3], [f64; 3]);

/// The rotation that brings the first places closest to the second ones, whatever the scale.
fn rotation(pairs: &[Pair]) -> [[f64; 3]; 3] {
    let total: f64 = pairs.iter().map(|(weight, ..)| weight).sum();
    let mean = |place: &dyn Fn(&Pair) -> [f64; 3]| {
        let sum = pairs.iter().fold([0.0; 3], |sum, pair| {
            let place = place(pair);
            [0, 1, 2].map(|axis| sum[axis] + pair.0 * place[axis])
        });
        sum.map(|value| value / total)
    };
    let (from, to) = (mean(&|pair| pair.1), mean(&|pair| pair.2));
    let mut s = [[0.0; 3]; 3];
    for (weight, a, b) in pairs {
        for (row, values) in s.iter_mut().enumerate() {
            for (column, value) in values.iter_mut().enumerate() {
                *value += weight * (a[row] - from[row]) * (b[column] - to[column]);
            }
        }
    }
    let n = [
        [s[0][0] + s[1][1] + s[2][2], s[1][2] - s[2][1], s[2][0] - s[0][2], s[0][1] - s[1][0]],
        [s[1][2] - s[2][1], s[0][0] - s[1][1] - s[2][2], s[0][1] + s[1][0], s[2][0] + s[0][2]],
        [s[2][0] - s[0][2], s[0][1] + s[1][0], s[1][1] - s[0][0] - s[2][2], s[1][2] + s[2][1]],
        [s[0][1] - s[1][0], s[2][0] + s[0][2], s[1][2] + s[2][1], s[2][2] - s[0][0] - s[1][1]],
    ];
    let [w, x, y, z] = largest_eigenvector(n);
    [
        [1.0 - 2.0 * (y * y + z * z), 2.0 * (x * y - w * z), 2.0 * (x * z + w * y)],
        [2.0 * (x * y + w * z), 1.0 - 2.0 * (x * x + z * z), 2.0 * (y * z - w * x)],
        [2.0 * (x * z - w * y), 2.0 * (y * z + w * x), 1.0 - 2.0 * (x * x + y * y)],
    ]
}

/// The eigenvector of the largest eigenvalue of a symmetric matrix, by Jacobi's rotations.
fn largest_eigenvector(mut a: [[f64; 4]; 4]) -> [f64; 4] {
    let mut v = [[0.0; 4]; 4];
    for (axis, row) in v.iter_mut().enumerate() {
        row[axis] = 1.0;
    }
    for _ in 0..20 {
        for p in 0..3 {
            for q in p + 1..4 {
                if a[p][q].abs() < 1e-12 * (a[p][p].abs() + a[q][q].abs() + f64::MIN_POSITIVE) {
                    continue;
                }
                let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
                let t = theta.signum() / (theta.abs() + theta.hypot(1.0));
                let c = 1.0 / t.hypot(1.0);
                let s = t * c;
                for row in &mut a {
                    (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
                }
                let (upper, lower) = (a[p], a[q]);
                a[p] = [0, 1, 2, 3].map(|k| c * upper[k] - s * lower[k]);
                a[q] = [0, 1, 2, 3].map(|k| s * upper[k] + c * lower[k]);
                for row in &mut v {
                    (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
                }
            }
        }
    }
    let best = (0..4).max_by(|&i, &j| a[i][i].total_cmp(&a[j][j])).unwrap_or_default();
    v.map(|row| row[best])
}

/// What a field of a protocol buffer holds.
enum Value<'a> {
    Number(u64),
    Word([u8; 4]),
    Bytes(&'a [u8]),
}

/// The fields of a protocol buffer, number and value; `None` once where it is broken.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = *self.0.split_off_first()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn field(&mut self) -> Option<(u64, Value<'a>)> {
        let key = self.number()?;
        let value = match key & 7 {
            0 => Value::Number(self.number()?),
            2 => {
                let length = usize::try_from(self.number()?).ok()?;
                Value::Bytes(self.0.split_off(..length)?)
            }
            5 => Value::Word(self.0.split_off(..4)?.try_into().ok()?),
            _ => return None,
        };
        Some((key >> 3, value))
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Option<(u64, Value<'a>)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_none() {
            self.0 = &[];
        }
        Some(field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::mesh::tests::mesh;
    use proptest::prelude::*;

    /// A face of a few points, in the shape of the geometry file.
    fn file() -> Vec<u8> {
        let vertices: [[f32; 3]; 5] =
            [[0.0, 0.0, 8.0], [-4.0, 3.0, 3.0], [4.0, 3.0, 3.0], [-3.0, -4.0, 5.0], [3.0, -4.0, 5.0]];
        let mut body = Vec::new();
        for vertex in vertices {
            for value in [vertex[0], vertex[1], vertex[2], 0.0, 0.0] {
                body.push(3 << 3 | 5);
                body.extend(value.to_le_bytes());
            }
        }
        let mut file = vec![1 << 3 | 2];
        file.extend([(body.len() as u8 & 0x7F) | 0x80, (body.len() >> 7) as u8]);
        file.extend(body);
        for number in 0..vertices.len() as u8 {
            file.extend([2 << 3 | 2, 7, 1 << 3, number, 2 << 3 | 5]);
            file.extend(0.5_f32.to_le_bytes());
        }
        file
    }

    /// The face turned: first tilted, then lifted, then turned to its left, and 20 pixels a centimetre large.
    fn turned(yaw: f32, pitch: f32, roll: f32) -> Mesh {
        let places = Canonical::read(&file()).unwrap().basis;
        let (yaw, pitch, roll) = (yaw.to_radians(), pitch.to_radians(), roll.to_radians());
        let placed: Vec<_> = places
            .iter()
            .map(|basis| {
                let [x, y, z] = basis.place.map(|value| value as f32);
                let (x, y) = (x * roll.cos() - y * roll.sin(), x * roll.sin() + y * roll.cos());
                let (y, z) = (y * pitch.cos() + z * pitch.sin(), z * pitch.cos() - y * pitch.sin());
                let (x, z) = (x * yaw.cos() - z * yaw.sin(), z * yaw.cos() + x * yaw.sin());
                (basis.number, [x * 20.0 + 300.0, y * 20.0 + 200.0, z * 20.0])
            })
            .collect();
        mesh(&placed)
    }

    #[test]
    fn each_angle_has_its_sign() {
        let face = Canonical::read(&file()).unwrap();
        let frontal = face.angles(&turned(0.0, 0.0, 0.0));
        assert!(frontal.yaw.abs() < 0.01 && frontal.roll.abs() < 0.01, "{frontal:?}");
        // the nose of a head turned to its left points to the right of the picture, of a lifted one up
        let nose = |mesh: &Mesh| mesh.at(0);
        assert!(nose(&turned(10.0, 0.0, 0.0))[0] > 300.0);
        assert!(nose(&turned(0.0, 10.0, 0.0))[1] < 200.0);
        assert!((face.angles(&turned(10.0, 0.0, 0.0)).yaw - 10.0).abs() < 0.01);
        assert!((face.angles(&turned(0.0, 10.0, 0.0)).pitch - frontal.pitch - 10.0).abs() < 0.01);
        assert!((face.angles(&turned(0.0, 0.0, 10.0)).roll - 10.0).abs() < 0.01);
    }

    #[test]
    fn a_near_camera_enlarges_what_is_in_front() {
        let face = Canonical::read(&file()).unwrap();
        let seen_from = |distance: f32| {
            let placed: Vec<_> = face
                .basis
                .iter()
                .map(|basis| {
                    let [x, y, z] = basis.place.map(|value| value as f32);
                    // the middle of the face lies four to five centimetres in front of the head's own middle
                    let size = 20.0 * distance / (distance + z + 4.8);
                    (basis.number, [x * size + 300.0, y * size + 200.0, z * 20.0])
                })
                .collect();
            face.nearness(&mesh(&placed)).unwrap()
        };
        assert!(seen_from(1e6).abs() < 0.01);
        assert!((seen_from(100.0) - 1.0).abs() < 0.2, "{}", seen_from(100.0));
        assert!(seen_from(25.0) > 3.0);
        assert_eq!(face.nearness(&mesh(&[])), None);
    }

    #[test]
    fn other_files_are_refused() {
        assert_eq!(Canonical::read(&[]), None);
        assert_eq!(Canonical::read(&file()[..80]), None);
        assert_eq!(Canonical::read(&[0xFF; 30]), None);
    }

    proptest! {
        #[test]
        fn turned_faces_are_read_back(yaw in -40f32..40.0, roll in -40f32..40.0) {
            let face = Canonical::read(&file()).unwrap();
            let read = face.angles(&turned(yaw, 0.0, roll));
            prop_assert!((read.yaw - yaw).abs() < 0.05, "{read:?}");
        }

        #[test]
        fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = Canonical::read(&bytes);
        }
    }
}
