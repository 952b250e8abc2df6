//! The steps of a network, ready to run: weights packed, extents worked out.

mod arithmetic;
mod block;
pub mod copy;
mod resize;
mod shared;

pub use arithmetic::Calculation;
pub use block::{Block, packed as block_weights};
pub use copy::Rearrangement;
pub use resize::Resize;

use super::aligned::Aligned;
use super::graph::{Activation, Function, Picture};
use super::kernels::{Residual, Rows, Scaling, Set, Weights};
use std::ops::Range;

/// Where a tensor lies in the arena.
pub type Place = Range<usize>;

/// Working memory of a thread, that no step leaves anything in for the next.
pub struct Scratch {
    /// Padded rows between the first and the second part of a block.
    pub ring: Aligned,
    /// Rows between the second and the third part of a block, and of pictures that are being resized.
    pub rows: Aligned,
}

impl Scratch {
    /// For so many floats of each.
    pub fn new(ring: usize, rows: usize) -> Self {
        Self { ring: Aligned::zeros(ring), rows: Aligned::zeros(rows) }
    }
}

/// The arena without the output of the step.
pub struct View<'a> {
    before: &'a [f32],
    after: &'a [f32],
    /// Where `after` starts.
    resumes: usize,
}

impl<'a> View<'a> {
    /// Parts the arena into the output of a step and all that the step may read.
    pub fn part(arena: &'a mut [f32], output: &Place) -> (Self, &'a mut [f32]) {
        let (before, rest) = arena.split_at_mut(output.start);
        let (out, after) = rest.split_at_mut(output.len());
        (Self { before, after, resumes: output.end }, out)
    }

    pub fn read(&self, place: &Place) -> &'a [f32] {
        if place.end <= self.before.len() {
            &self.before[place.clone()]
        } else {
            &self.after[place.start - self.resumes..place.end - self.resumes]
        }
    }
}

pub struct Step {
    pub output: Place,
    pub work: Work,
}

pub enum Work {
    Block {
        block: Box<Block>,
        input: Place,
        residual: Option<Place>,
    },
    /// A 1×1 convolution.
    Product {
        weights: Weights,
        pixels: usize,
        input: Place,
        residual: Option<(Place, usize)>,
    },
    /// A transposed convolution: each input pixel makes the four pixels of a square.
    Spread {
        weights: Weights,
        activation: Activation,
        picture: Picture,
        input: Place,
    },
    Scaling {
        scaling: Scaling,
        input: Place,
    },
    MaxPool {
        picture: Picture,
        input: Place,
    },
    Calculation(Calculation),
    Resize(Resize),
    Rearrangement(Rearrangement),
    Function {
        function: Function,
        input: Place,
    },
    Prelu {
        slopes: Vec<f32>,
        input: Place,
    },
    Softmax {
        channels: usize,
        input: Place,
    },
    /// Over the middle of outer × middle × inner values.
    Reduction {
        outer: usize,
        middle: usize,
        inner: usize,
        mean: bool,
        input: Place,
    },
}

impl Step {
    /// With a scratch for each thread that may work on it.
    pub fn run(&self, set: &'static Set, arena: &mut [f32], scratches: &mut [Scratch]) {
        let (view, out) = View::part(arena, &self.output);
        match &self.work {
            Work::Block { block, input, residual } => {
                let residual = residual.as_ref().map(|place| view.read(place));
                let input = view.read(input);
                shared::by_rows(block.rows(), out, scratches, |rows, out, scratch| {
                    block.run(rows, input, residual, out, scratch);
                });
            }
            Work::Product { weights, pixels, input, residual } => {
                let data = view.read(input);
                let len = data.len() / pixels;
                shared::by_rows(*pixels, out, scratches, |pixels, out, _| {
                    let data = &data[pixels.start * len..pixels.end * len];
                    let rows = Rows { data, starts: &[0], stride: len, len };
                    let residual = residual.as_ref().map(|(place, channels)| Residual {
                        data: &view.read(place)[pixels.start * channels..],
                        channels: *channels,
                    });
                    weights.multiply(weights.panels(), pixels.len(), rows, residual, out, weights.outputs());
                });
            }
            Work::Spread { weights, activation, picture, input } => {
                let Picture { width, channels, .. } = *picture;
                let input = view.read(input);
                let half = weights.outputs() / 2;
                shared::by_rows(picture.height, out, scratches, |rows, out, scratch| {
                    let input = &input[rows.start * width * channels..rows.end * width * channels];
                    let lines = input.chunks_exact(width * channels);
                    for (data, out) in lines.zip(out.chunks_exact_mut(2 * half * width)) {
                        let rows = Rows { data, starts: &[0], stride: channels, len: channels };
                        let squares = &mut scratch.rows[..2 * half * width];
                        weights.multiply(weights.panels(), width, rows, None, squares, 2 * half);
                        let (upper, lower) = out.split_at_mut(half * width);
                        let pairs = upper.chunks_exact_mut(half).zip(lower.chunks_exact_mut(half));
                        for (square, (upper, lower)) in squares.chunks_exact(2 * half).zip(pairs) {
                            upper.copy_from_slice(&square[..half]);
                            lower.copy_from_slice(&square[half..]);
                        }
                        set.activate(*activation, out);
                    }
                });
            }
            Work::Scaling { scaling, input } => scaling.scale(view.read(input), out),
            Work::MaxPool { picture, input } => {
                let line = picture.width * picture.channels;
                let pairs = view.read(input).chunks_exact(2 * line);
                for (pair, out) in pairs.zip(out.chunks_exact_mut(line / 2)) {
                    let (first, second) = pair.split_at(line);
                    set.pool(first, second, picture.channels, out);
                }
            }
            Work::Calculation(calculation) => calculation.run(set, &view, out),
            Work::Resize(resize) => shared::by_rows(resize.rows(), out, scratches, |rows, out, scratch| {
                resize.run(set, rows, &view, out, scratch);
            }),
            Work::Rearrangement(rearrangement) => rearrangement.run(&view, out),
            Work::Function { function, input } => {
                if let Some(activation) = function.activation() {
                    out.copy_from_slice(view.read(input));
                    return set.activate(activation, out);
                }
                for (out, value) in out.iter_mut().zip(view.read(input)) {
                    *out = apply(*function, *value);
                }
            }
            Work::Prelu { slopes, input } => {
                let pixels = view.read(input).chunks_exact(slopes.len());
                for (out, pixel) in out.chunks_exact_mut(slopes.len()).zip(pixels) {
                    for ((out, value), slope) in out.iter_mut().zip(pixel).zip(slopes) {
                        *out = if *value < 0.0 { value * slope } else { *value };
                    }
                }
            }
            Work::Softmax { channels, input } => {
                let rows = view.read(input).chunks_exact(*channels);
                out.chunks_exact_mut(*channels).zip(rows).for_each(|(out, row)| softmax(row, out));
            }
            Work::Reduction { outer, middle, inner, mean, input } => {
                let factor = if *mean { 1.0 / *middle as f32 } else { 1.0 };
                let parts = view.read(input).chunks_exact(middle * inner).take(*outer);
                for (part, out) in parts.zip(out.chunks_exact_mut(*inner)) {
                    if let [out] = out {
                        *out = sum(part) * factor;
                    } else {
                        set.column_sums(part, factor, out);
                    }
                }
            }
        }
    }
}

fn apply(function: Function, value: f32) -> f32 {
    match function {
        Function::SquareRoot => value.sqrt(),
        Function::InverseSquareRoot => 1.0 / value.sqrt(),
        _ => -value,
    }
}

fn softmax(row: &[f32], out: &mut [f32]) {
    let largest = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for (out, value) in out.iter_mut().zip(row) {
        *out = (value - largest).exp();
        sum += *out;
    }
    out.iter_mut().for_each(|value| *value /= sum);
}

/// In eight sums side by side, which suits the processor and keeps rounding small.
fn sum(values: &[f32]) -> f32 {
    let (eights, rest) = values.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for eight in eights {
        for (sum, value) in sums.iter_mut().zip(eight) {
            *sum += value;
        }
    }
    sums.iter().sum::<f32>() + rest.iter().sum::<f32>()
}
