//! The expression of a face as weights, by the network of google/mediapipe (Apache-2.0), whose names and selection of
//! points are used here.

use super::mesh::Mesh;
use super::net::{Memory, Network};

/// The points that the network is given, in its order.
const POINTS: [usize; 146] = [
    0, 1, 4, 5, 6, 7, 8, 10, 13, 14, 17, 21, 33, 37, 39, 40, 46, 52, 53, 54, 55, 58, 61, 63, 65, 66, 67, 70,
    78, 80, 81, 82, 84, 87, 88, 91, 93, 95, 103, 105, 107, 109, 127, 132, 133, 136, 144, 145, 146, 148, 149,
    150, 152, 153, 154, 155, 157, 158, 159, 160, 161, 162, 163, 168, 172, 173, 176, 178, 181, 185, 191, 195,
    197, 234, 246, 249, 251, 263, 267, 269, 270, 276, 282, 283, 284, 285, 288, 291, 293, 295, 296, 297, 300,
    308, 310, 311, 312, 314, 317, 318, 321, 323, 324, 332, 334, 336, 338, 356, 361, 362, 365, 373, 374, 375,
    377, 378, 379, 380, 381, 382, 384, 385, 386, 387, 388, 389, 390, 397, 398, 400, 402, 405, 409, 415, 454,
    466, 468, 469, 470, 471, 472, 473, 474, 475, 476, 477,
];
/// The weights that the network answers.
const WEIGHTS: usize = 52;

/// What an expression is made of, each 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Expression {
    /// The eyes shut: the one on the left of the picture first.
    pub blink: [f32; 2],
    /// The corners of the mouth lifted: the mean of both.
    pub smile: f32,
}

/// The expression network.
pub struct Expressions {
    network: Network,
}

impl Expressions {
    /// `None` where the network's inputs and outputs are not those of the expression network.
    pub fn new(network: Network) -> Option<Self> {
        let length = |shape: &[usize]| shape.iter().product::<usize>();
        let output = network.output_shapes().first().is_some_and(|shape| length(shape) == WEIGHTS);
        (output && length(network.input_shape()) == POINTS.len() * 2).then_some(Self { network })
    }

    /// The network, which needs memory.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// As [`Self::of`], of the face and of what is seen of it in the mirror.
    pub fn evenly(&mut self, mesh: &Mesh, mirrored: &Mesh, memory: &mut Memory) -> Expression {
        let (a, b) = (self.of(mesh, memory), self.of(mirrored, memory));
        let blink = [(a.blink[0] + b.blink[1]) / 2.0, (a.blink[1] + b.blink[0]) / 2.0];
        Expression { blink, smile: (a.smile + b.smile) / 2.0 }
    }

    /// The expression of a face; its points stay in pixels of the picture, as the network was trained.
    pub fn of(&mut self, mesh: &Mesh, memory: &mut Memory) -> Expression {
        for (input, number) in self.network.input(memory).chunks_exact_mut(2).zip(POINTS) {
            input.copy_from_slice(&mesh.at(number));
        }
        self.network.run(memory);
        let weights = self.network.output(0, memory);
        let weight = |at: usize| weights.get(at).copied().unwrap_or_default();
        // the network's sides are the person's: their right eye is on the left of the picture
        Expression { blink: [weight(10), weight(9)], smile: (weight(44) + weight(45)) / 2.0 }
    }
}
