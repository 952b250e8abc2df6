//! A chain of convolutions whose middle never leaves the cache.
//!
//! The rows between the 1×1 convolution in front and the window lie in a ring of as many padded rows as the window needs;
//! the rows between the window and the 1×1 convolution behind it are a few at a time.

use super::Scratch;
use crate::vision::net::Error;
use crate::vision::net::fuse;
use crate::vision::net::graph::{Convolution, Picture, Reach, Window};
use crate::vision::net::kernels::{Depthwise, Residual, Rows, Set, Weights};
use crate::vision::net::reader::MAX_WINDOW;
use std::ops::Range;

pub struct Block {
    expand: Option<Weights>,
    middle: Middle,
    project: Option<Weights>,
    window: Window,
    input: Picture,
    output: Picture,
    residual_channels: usize,
    /// Channels between `expand` and the window.
    channels: usize,
    /// Channels after the window.
    widened: usize,
    /// The ring: how many rows, and floats in each; after them one row of zeros.
    ring_rows: usize,
    ring_line: usize,
    /// Rows that `expand` makes at once.
    filled_together: usize,
    /// Output rows that the last convolution makes at once.
    made_together: usize,
}

enum Middle {
    Depthwise(Depthwise),
    Dense(Weights),
}

/// Rows of `width` pixels that share a panel of weights while it is in the cache.
fn together(weights: &Weights, width: usize, height: usize) -> usize {
    let pixels = if weights.is_big() { 128 } else { 48 };
    (pixels / width).clamp(1, height)
}

/// The packed weights of a convolution as a matrix.
pub fn packed(set: &'static Set, convolution: &Convolution) -> Weights {
    let Convolution { weights, bias, slopes, activation, .. } = convolution;
    Weights::new(set, weights, bias, slopes, *activation)
}

impl Block {
    /// For a block with a window.
    pub fn new(
        set: &'static Set,
        block: &fuse::Block,
        convolution: &Convolution,
        (input, output): (Picture, Picture),
        residual_channels: usize,
    ) -> Result<Self, Error> {
        let window = convolution.window;
        let expand = block.expand.as_ref().map(|convolution| packed(set, convolution));
        let project = block.project.as_ref().map(|convolution| packed(set, convolution));
        let channels = expand.as_ref().map_or(input.channels, Weights::outputs);
        let middle = match convolution.reach {
            Reach::Dense => Middle::Dense(packed(set, convolution)),
            Reach::Depthwise => {
                let Convolution { weights, bias, slopes, activation, .. } = convolution;
                let shape = (window.width, window.stride);
                let depthwise = Depthwise::new(set, shape, weights, bias, slopes, *activation);
                Middle::Depthwise(depthwise.ok_or(Error::Shape { what: "depthwise convolution" })?)
            }
        };
        let filled_together = match &expand {
            Some(weights) if weights.is_big() => together(weights, input.width, input.height),
            _ => 1,
        };
        let (made_together, ahead) = match (&middle, &project) {
            (_, Some(weights)) => (together(weights, output.width, output.height), 0),
            (Middle::Dense(weights), None) if weights.is_big() => {
                let rows = together(weights, output.width, output.height);
                (rows, (rows - 1) * window.stride)
            }
            _ => (1, 0),
        };
        let reached = (output.width - 1) * window.stride + window.width;
        let padded = reached.max(input.width + window.left);
        Ok(Self {
            ring_rows: (window.height + filled_together - 1 + ahead).min(input.height),
            ring_line: padded * channels,
            widened: convolution.outputs(),
            expand,
            middle,
            project,
            window,
            input,
            output,
            residual_channels,
            channels,
            filled_together,
            made_together,
        })
    }

    /// Floats of scratch memory: of the ring, and of the rows.
    pub fn scratch(&self) -> (usize, usize) {
        let ring = if self.reads_in_place() { 0 } else { (self.ring_rows + 1) * self.ring_line };
        let rows =
            if self.project.is_some() { self.made_together * self.output.width * self.widened } else { 0 };
        (ring, rows)
    }

    /// Whether the window never leaves the input, so that no padded copy is needed.
    fn reads_in_place(&self) -> bool {
        let Window { height, width, stride, top, left } = self.window;
        self.expand.is_none()
            && (top, left) == (0, 0)
            && (self.output.width - 1) * stride + width <= self.input.width
            && (self.output.height - 1) * stride + height <= self.input.height
    }

    /// How many rows the output has.
    pub fn rows(&self) -> usize {
        self.output.height
    }

    /// Makes some rows of the output, which are all of `out`.
    pub fn run(
        &self,
        rows: Range<usize>,
        input: &[f32],
        residual: Option<&[f32]>,
        out: &mut [f32],
        scratch: &mut Scratch,
    ) {
        let in_place = self.reads_in_place();
        if !in_place {
            self.clear(&mut scratch.ring);
        }
        let line = self.output.width * self.output.channels;
        let residual_line = self.output.width * self.residual_channels;
        let mut filled = (rows.start * self.window.stride).saturating_sub(self.window.top);
        for first in rows.clone().step_by(self.made_together) {
            let count = self.made_together.min(rows.end - first);
            let made = first - rows.start;
            let out = &mut out[made * line..(made + count) * line];
            let residual = residual.map(|residual| &residual[first * residual_line..]);
            match &self.middle {
                Middle::Depthwise(depthwise) => {
                    for row in 0..count {
                        if !in_place {
                            self.fill(input, &mut scratch.ring, &mut filled, first + row);
                        }
                        let data = if in_place { input } else { &scratch.ring };
                        let starts = self.starts(first + row, in_place);
                        let target = if self.project.is_some() { &mut scratch.rows[..] } else { &mut *out };
                        let length = self.output.width * self.widened;
                        let target = &mut target[row * length..(row + 1) * length];
                        depthwise.convolve(self.output.width, data, &starts[..self.window.height], target);
                    }
                }
                Middle::Dense(weights) => {
                    if !in_place {
                        self.fill(input, &mut scratch.ring, &mut filled, first + count - 1);
                    }
                    let data = if in_place { input } else { &scratch.ring };
                    self.dense(weights, data, first, count, residual, out, in_place);
                }
            }
            if let Some(weights) = &self.project {
                let rows =
                    Rows { data: &scratch.rows, starts: &[0], stride: self.widened, len: self.widened };
                let residual = residual.map(|data| Residual { data, channels: self.residual_channels });
                weights.multiply(
                    weights.panels(),
                    count * self.output.width,
                    rows,
                    residual,
                    out,
                    weights.outputs(),
                );
            }
        }
    }

    /// Output rows of a dense window, panel by panel where the weights are big.
    #[expect(clippy::too_many_arguments, reason = "the state of one turn of the loop in `run`")]
    fn dense(
        &self,
        weights: &Weights,
        data: &[f32],
        first: usize,
        count: usize,
        residual: Option<&[f32]>,
        out: &mut [f32],
        in_place: bool,
    ) {
        let line = self.output.width * self.output.channels;
        let residual_line = self.output.width * self.residual_channels;
        let (stride, len) = (self.window.stride * self.channels, self.window.width * self.channels);
        let each = if count > 1 { 1 } else { weights.panels().len() };
        for panel in weights.panels().step_by(each) {
            for row in 0..count {
                let starts = self.starts(first + row, in_place);
                let rows = Rows { data, starts: &starts[..self.window.height], stride, len };
                let residual = residual.map(|data| Residual {
                    data: &data[row * residual_line..],
                    channels: self.residual_channels,
                });
                let out = &mut out[row * line..(row + 1) * line];
                weights.multiply(
                    panel..panel + each,
                    self.output.width,
                    rows,
                    residual,
                    out,
                    weights.outputs(),
                );
            }
        }
    }

    /// Zeros beside the rows of the ring, and in the row after them.
    fn clear(&self, ring: &mut [f32]) {
        let (rows, rest) = ring.split_at_mut(self.ring_rows * self.ring_line);
        rest[..self.ring_line].fill(0.0);
        let left = self.window.left * self.channels;
        let right = left + self.input.width * self.channels;
        for row in rows.chunks_exact_mut(self.ring_line) {
            row[..left].fill(0.0);
            row[right..].fill(0.0);
        }
    }

    /// Makes the rows of the ring that the output row `row` needs.
    fn fill(&self, input: &[f32], ring: &mut [f32], filled: &mut usize, row: usize) {
        let needed = (row * self.window.stride + self.window.height).saturating_sub(self.window.top);
        let line = self.input.width * self.input.channels;
        let left = self.window.left * self.channels;
        let width = self.input.width * self.channels;
        while *filled < needed.min(self.input.height) {
            let count = self.filled_together.min(self.input.height - *filled);
            let at = |row: usize| (row % self.ring_rows) * self.ring_line + left;
            if let Some(weights) = &self.expand {
                let each = if count > 1 { 1 } else { weights.panels().len() };
                for panel in weights.panels().step_by(each) {
                    for row in *filled..*filled + count {
                        let data = &input[row * line..(row + 1) * line];
                        let rows = Rows {
                            data,
                            starts: &[0],
                            stride: self.input.channels,
                            len: self.input.channels,
                        };
                        let out = &mut ring[at(row)..at(row) + width];
                        weights.multiply(
                            panel..panel + each,
                            self.input.width,
                            rows,
                            None,
                            out,
                            self.channels,
                        );
                    }
                }
            } else {
                for row in *filled..*filled + count {
                    ring[at(row)..at(row) + width].copy_from_slice(&input[row * line..(row + 1) * line]);
                }
            }
            *filled += count;
        }
    }

    /// Where the input rows of an output row start: in the input, or in the ring.
    fn starts(&self, row: usize, in_place: bool) -> [usize; MAX_WINDOW] {
        let mut starts = [0; MAX_WINDOW];
        for (offset, start) in starts.iter_mut().enumerate().take(self.window.height) {
            let source = (row * self.window.stride + offset).checked_sub(self.window.top);
            *start = match source {
                Some(source) if in_place => source * self.input.width * self.input.channels,
                Some(source) if source < self.input.height => (source % self.ring_rows) * self.ring_line,
                _ => self.ring_rows * self.ring_line,
            };
        }
        starts
    }
}
