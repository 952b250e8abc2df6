//! Where the person is: the mask of the segmentation network, the outline of the head in it.

use super::crop::Hair;
use super::net::{Memory, Network};
use super::picture::Pyramid;
use super::sample::{self, Frame, Outside, Range};

/// Side of the network's input and of its mask, in pixels.
const SIDE: usize = 256;
/// From here on a place belongs to the person.
pub const PERSON: f32 = 0.5;

/// How surely each place of a picture belongs to the person in front.
#[derive(Debug, Clone, PartialEq)]
pub struct Mask {
    /// Of the picture, in pixels.
    size: [f32; 2],
    /// Row by row, 0 background to 1 person.
    values: Vec<f32>,
}

impl Mask {
    /// 0 background to 1 person, between the mask's own places in proportion; background outside the picture.
    pub fn at(&self, pixel: [f32; 2]) -> f32 {
        let (x, y) = ((pixel[0] + 0.5) / self.size[0], (pixel[1] + 0.5) / self.size[1]);
        if !(0.0..=1.0).contains(&x) || !(0.0..=1.0).contains(&y) {
            return 0.0;
        }
        let place = |share: f32| (share * SIDE as f32 - 0.5).clamp(0.0, (SIDE - 1) as f32);
        let (x, y) = (place(x), place(y));
        let (left, top) = (x as usize, y as usize);
        let (u, v) = (x - left as f32, y - top as f32);
        let value = |x: usize, y: usize| {
            let at = y.min(SIDE - 1) * SIDE + x.min(SIDE - 1);
            self.values.get(at).copied().unwrap_or_default()
        };
        (value(left, top) * (1.0 - u) + value(left + 1, top) * u) * (1.0 - v)
            + (value(left, top + 1) * (1.0 - u) + value(left + 1, top + 1) * u) * v
    }

    /// How far head and hair reach from the midpoint of the eyes. Only what hangs together with the face counts, and only
    /// what lies above the chin: shoulders are no hair.
    pub fn hair(&self, eyes: [f32; 2], turn: f32, chin: f32) -> Hair {
        /// Cells of the grid to a side; five to six to the distance from the eyes to the chin in each direction.
        const CELLS: usize = 96;
        let size = [5.0 * chin, 4.2 * chin];
        // the grid reaches 3.3 of that distance above the eyes and 0.9 below
        let (sin, cos) = turn.sin_cos();
        let lift = (3.3 - 2.1) * chin;
        let frame = Frame { centre: [eyes[0] + sin * lift, eyes[1] - cos * lift], size, turn };
        let mut person: Vec<bool> = frame.cells(CELLS, CELLS).map(|pixel| self.at(pixel) >= PERSON).collect();
        let start = (CELLS / 2, (CELLS as f32 * 3.3 / 4.2) as usize);
        let (mut left, mut right, mut top) = (start.0, start.0, start.1);
        let mut open = vec![start];
        while let Some((column, row)) = open.pop() {
            let Some(place) = person.get_mut(row * CELLS + column).filter(|place| **place) else { continue };
            *place = false;
            (left, right, top) = (left.min(column), right.max(column), top.min(row));
            if column > 0 {
                open.push((column - 1, row));
            }
            if column + 1 < CELLS {
                open.push((column + 1, row));
            }
            if row > 0 {
                open.push((column, row - 1));
            }
            open.push((column, row + 1));
        }
        let across = size[0] / CELLS as f32;
        let middle = CELLS as f32 / 2.0;
        Hair {
            up: 3.3 * chin - top as f32 * size[1] / CELLS as f32,
            left: ((middle - left as f32) * across).max(0.0),
            right: ((right as f32 + 1.0 - middle) * across).max(0.0),
        }
    }
}

/// The segmentation network.
pub struct Segmentation {
    network: Network,
}

impl Segmentation {
    /// `None` where the network's inputs and outputs are not those of the segmentation network.
    pub fn new(network: Network) -> Option<Self> {
        let length = |shape: &[usize]| shape.iter().product::<usize>();
        let output = network.output_shapes().first().is_some_and(|shape| length(shape) == SIDE * SIDE);
        (output && length(network.input_shape()) == SIDE * SIDE * 3).then_some(Self { network })
    }

    /// The network, which needs memory.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The mask of the whole picture.
    pub fn mask(&mut self, picture: &Pyramid<'_>, memory: &mut Memory) -> Mask {
        let whole = Frame::of_pixels(picture);
        Mask { size: whole.size, values: self.values(picture, &whole, memory).to_vec() }
    }

    /// As [`Self::mask`], looked at in the mirror as well: the mean of both.
    pub fn mask_evenly(&mut self, picture: &Pyramid<'_>, memory: &mut Memory) -> Mask {
        let mut mask = self.mask(picture, memory);
        let mirrored = self.values(picture, &Frame::of_pixels(picture).mirrored(), memory);
        for (row, other) in mask.values.chunks_exact_mut(SIDE).zip(mirrored.chunks_exact(SIDE)) {
            for (value, other) in row.iter_mut().zip(other.iter().rev()) {
                *value = (*value + other) / 2.0;
            }
        }
        mask
    }

    fn values<'m>(&mut self, picture: &Pyramid<'_>, frame: &Frame, memory: &'m mut Memory) -> &'m [f32] {
        let input = self.network.input(memory);
        let middles = frame.of_middles(SIDE, SIDE);
        sample::fill(picture, &middles, [SIDE; 2], Outside::Border, Range::ZERO_TO_ONE, input);
        self.network.run(memory);
        self.network.output(0, memory)
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// The mask of a picture of 256 by 256 pixels.
    pub fn mask(person: impl Fn(f32, f32) -> bool) -> Mask {
        let values = (0..SIDE * SIDE)
            .map(|at| if person((at % SIDE) as f32, (at / SIDE) as f32) { 1.0 } else { 0.0 })
            .collect();
        Mask { size: [256.0; 2], values }
    }

    impl Mask {
        /// The same over a picture of another size.
        pub fn of_size(self, size: [f32; 2]) -> Self {
            Self { size, ..self }
        }
    }

    #[test]
    fn the_outline_is_that_of_the_head_that_hangs_together() {
        // a head, shoulders below the chin, and somebody else's head at the edge
        let mask = mask(|x, y| {
            let head = (100.0..160.0).contains(&x) && (70.0..170.0).contains(&y);
            let shoulders = (20.0..240.0).contains(&x) && y > 175.0;
            let other = x > 215.0 && (90.0..140.0).contains(&y);
            head || shoulders || other
        });
        let hair = mask.hair([128.0, 120.0], 0.0, 50.0);
        assert!((hair.up - 50.0).abs() < 4.0, "{hair:?}");
        assert!((hair.left - 28.0).abs() < 4.0 && (hair.right - 32.0).abs() < 4.0, "{hair:?}");
        let outside = mask.hair([-500.0, -500.0], 0.3, 50.0);
        assert!(outside.left == 0.0 && outside.up < 3.0, "{outside:?}");
        assert_eq!(mask.at([300.0, 10.0]), 0.0);
        assert_eq!(mask.at([f32::NAN, 10.0]), 0.0);
    }
}
