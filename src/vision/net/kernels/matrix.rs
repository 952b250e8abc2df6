//! Matrix products: 1×1 convolutions, and dense ones as products over rows that overlap.

#![expect(clippy::needless_range_loop, reason = "loops over registers need bounds that are plainly constant")]

use super::Set;
use super::vector::{Vector, activate, sigmoid_row};
use crate::vision::net::aligned::Aligned;
use crate::vision::net::graph::Activation;
use std::ops::Range;

/// Weights above this many do not fit in the second-level cache beside the pixels.
const BIG: usize = 192 * 1024;

/// A weight matrix of `depth` rows and `outputs` columns with its bias and activation, laid out for one [`Set`]: panels
/// of a few registers' columns, each the bias and then all rows. The very last register reaches back over the one before
/// it instead of over the end, so that it is full; those columns are computed twice.
pub struct Weights {
    set: &'static Set,
    depth: usize,
    outputs: usize,
    panels: Vec<Panel>,
    data: Aligned,
    slopes: Aligned,
    activation: Activation,
}

struct Panel {
    column: usize,
    vectors: usize,
    /// The first column of the last register, from `column`.
    last: usize,
    /// Where its data starts.
    at: usize,
}

/// Which panels of the weights a product is for.
pub type Panels = Range<usize>;

/// The left side of a product: row `r` is the floats `start + r · stride ..` of `data` for each of `starts`, `len` each,
/// one after the other.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    pub data: &'a [f32],
    pub starts: &'a [usize],
    pub stride: usize,
    pub len: usize,
}

/// What is added to a product: rows of `channels`, which are at most the outputs.
#[derive(Clone, Copy)]
pub struct Residual<'a> {
    pub data: &'a [f32],
    pub channels: usize,
}

/// Tiles one below the other, for the inner loop.
pub struct Strip<'a> {
    tiles: usize,
    data: *const f32,
    starts: &'a [usize],
    stride: usize,
    len: usize,
    weights: *const f32,
    slopes: *const f32,
    activation: Activation,
    residual: *const f32,
    residual_stride: usize,
    /// How many of the strip's columns have a residual.
    residual_columns: usize,
    out: *mut f32,
    out_stride: usize,
    /// The first column of the last register.
    last: usize,
    /// Columns of the whole matrix.
    outputs: usize,
}

impl Weights {
    /// Packs `weights`, `outputs` in a row; a slope for each output where the activation needs them.
    pub fn new(
        set: &'static Set,
        weights: &[f32],
        bias: &[f32],
        slopes: &[f32],
        activation: Activation,
    ) -> Self {
        let outputs = bias.len();
        let depth = weights.len() / outputs;
        let set = set.suited(outputs);
        let lanes = set.lanes;
        let vectors = outputs.div_ceil(lanes);
        let widest = set.strips.len();
        let width = if vectors <= widest.min(3) {
            vectors
        } else if widest > 3 && outputs.is_multiple_of(4 * lanes) {
            4
        } else {
            2
        };
        let mut panels = Vec::new();
        let mut at = 0;
        for first in (0..vectors).step_by(width) {
            let vectors = width.min(vectors - first);
            let (column, full) = (first * lanes, outputs.saturating_sub(lanes));
            let column = if vectors == 1 { column.min(full) } else { column };
            let last = ((vectors - 1) * lanes).min(full - column);
            panels.push(Panel { column, vectors, last, at });
            at += (depth + 1) * vectors * lanes;
        }
        let mut data = Aligned::zeros(at);
        for panel in &panels {
            let rows = std::iter::once(bias).chain(weights.chunks_exact(outputs));
            for (packed, row) in data[panel.at..].chunks_exact_mut(panel.vectors * lanes).zip(rows) {
                for (vector, packed) in packed.chunks_exact_mut(lanes).enumerate() {
                    let column = panel.column + (vector * lanes).min(panel.last);
                    let count = lanes.min(outputs - column);
                    packed[..count].copy_from_slice(&row[column..column + count]);
                }
            }
        }
        let slopes = Aligned::padded(slopes, outputs.max(lanes));
        Self { set, depth, outputs, panels, data, slopes, activation }
    }

    pub fn outputs(&self) -> usize {
        self.outputs
    }

    pub fn panels(&self) -> Panels {
        0..self.panels.len()
    }

    /// Whether the weights outgrow the cache, so that a panel should be used for many rows before the next.
    pub fn is_big(&self) -> bool {
        self.depth * self.outputs > BIG
    }

    /// Rows that pass through all panels before the next ones do.
    fn block(&self, rows: usize) -> usize {
        let values = if self.is_big() { 256 * 1024 } else { 32 * 1024 };
        let block = (values / self.depth).max(12).next_multiple_of(12);
        if rows <= block * 3 / 2 { rows } else { block }
    }

    /// `out[r] = activation(bias + input[r] × weights + residual[r])` for `rows` rows, each `stride` floats after the
    /// one before in `out`; of the columns those of `panels`.
    ///
    /// # Panics
    /// Where a slice is too short for the rows.
    pub fn multiply(
        &self,
        panels: Panels,
        rows: usize,
        input: Rows,
        residual: Option<Residual>,
        out: &mut [f32],
        stride: usize,
    ) {
        let last = rows - 1;
        let reach = input.starts.iter().max().map_or(0, |start| start + last * input.stride + input.len);
        assert!(input.starts.len() * input.len == self.depth && reach <= input.data.len());
        assert!(stride >= self.outputs && last * stride + self.outputs <= out.len());
        if let Some(residual) = residual {
            assert!(residual.channels <= self.outputs && rows * residual.channels <= residual.data.len());
        }
        let block = self.block(rows);
        for first in (0..rows).step_by(block) {
            let rows = block.min(rows - first);
            for panel in &self.panels[panels.clone()] {
                let tallest = self.set.strips[panel.vectors - 1].len();
                let tiles = rows.div_ceil(tallest);
                // tiles as even as can be: `more` of them have a row more
                let (height, more) = (rows / tiles, rows % tiles);
                let strip = self.strip(panel, input, residual, out, stride);
                let tall = strip.part(first, more);
                let low = strip.part(first + more * (height + 1), tiles - more);
                let strips = self.set.strips[panel.vectors - 1];
                // SAFETY: the extents were checked above against the slices; a set is held only on a processor that
                // has its instructions (`Set::of`).
                unsafe {
                    if more > 0 {
                        strips[height](&tall);
                    }
                    strips[height - 1](&low);
                }
            }
        }
    }

    /// The strip of one panel, from the first row and as yet without tiles.
    fn strip<'a>(
        &'a self,
        panel: &Panel,
        input: Rows<'a>,
        residual: Option<Residual<'a>>,
        out: &mut [f32],
        stride: usize,
    ) -> Strip<'a> {
        let column = panel.column;
        let (residual, channels) =
            residual.map_or((&[][..], 0), |residual| (residual.data, residual.channels));
        let residual_columns = channels.saturating_sub(column);
        Strip {
            tiles: 0,
            data: input.data.as_ptr(),
            starts: input.starts,
            stride: input.stride,
            len: input.len,
            weights: self.data[panel.at..].as_ptr(),
            slopes: self.slopes[column..].as_ptr(),
            activation: self.activation,
            residual: residual.as_ptr().wrapping_add(column),
            residual_stride: channels,
            residual_columns,
            out: out.as_mut_ptr().wrapping_add(column),
            out_stride: stride,
            last: panel.last,
            outputs: self.outputs,
        }
    }
}

impl Strip<'_> {
    /// `tiles` tiles from row `first`.
    fn part(&self, first: usize, tiles: usize) -> Self {
        Self {
            tiles,
            data: self.data.wrapping_add(first * self.stride),
            residual: self.residual.wrapping_add(first * self.residual_stride),
            out: self.out.wrapping_add(first * self.out_stride),
            ..*self
        }
    }
}

/// Makes the tiles of a strip, each `ROWS` × (`VECTORS` registers): the sums stay in registers from the bias to the
/// activation. All loops over rows and registers have constant bounds and short bodies, so that they are unrolled.
///
/// # Safety
/// All rows and columns of the strip must lie inside its buffers, and the processor must have the instructions of `V`.
#[inline(always)]
pub unsafe fn strip<V: Vector, const ROWS: usize, const VECTORS: usize>(strip: &Strip) {
    // SAFETY: as the caller vouches; each pointer below is a row or a column of the strip.
    unsafe {
        let mut data = strip.data;
        let mut out = strip.out;
        let mut residual = strip.residual;
        for _ in 0..strip.tiles {
            let mut sums = products::<V, ROWS, VECTORS>(strip, data);
            if strip.residual_columns > 0 {
                add_residual::<V, ROWS, VECTORS>(strip, residual, &mut sums);
            }
            match strip.activation {
                Activation::None | Activation::Sigmoid => {}
                Activation::Relu => finish(Activation::Relu, strip, &mut sums),
                Activation::Relu6 => finish(Activation::Relu6, strip, &mut sums),
                Activation::Prelu => finish(Activation::Prelu, strip, &mut sums),
                Activation::HardSwish => finish(Activation::HardSwish, strip, &mut sums),
            }
            let first = out;
            if strip.outputs < V::LANES {
                for row in 0..ROWS {
                    sums[row][0].store_first(out, strip.outputs);
                    out = out.wrapping_add(strip.out_stride);
                }
            } else {
                for row in 0..ROWS {
                    for vector in 0..VECTORS {
                        sums[row][vector].store(out.add(column::<V, VECTORS>(strip, vector)));
                    }
                    out = out.wrapping_add(strip.out_stride);
                }
            }
            if strip.activation == Activation::Sigmoid {
                for row in 0..ROWS {
                    let columns = (strip.last + V::LANES).min(strip.outputs);
                    sigmoid_row::<V>(first.wrapping_add(row * strip.out_stride), columns);
                }
            }
            data = data.wrapping_add(ROWS * strip.stride);
            residual = residual.wrapping_add(ROWS * strip.residual_stride);
        }
    }
}

/// The bias and the products of one tile.
#[inline(always)]
unsafe fn products<V: Vector, const ROWS: usize, const VECTORS: usize>(
    strip: &Strip,
    data: *const f32,
) -> [[V; VECTORS]; ROWS] {
    // SAFETY: as `strip`.
    unsafe {
        let mut sums = [[V::splat(0.0); VECTORS]; ROWS];
        for vector in 0..VECTORS {
            let bias = V::load(strip.weights.add(vector * V::LANES));
            for row in 0..ROWS {
                sums[row][vector] = bias;
            }
        }
        let mut weights = strip.weights.add(VECTORS * V::LANES);
        for start in strip.starts {
            // each pointer reaches three rows, so that all fit into the processor's registers
            let mut threes = [data.add(*start); ROWS];
            for row in 3..ROWS {
                threes[row] = threes[row - 3].wrapping_add(3 * strip.stride);
            }
            let offsets = [0, strip.stride, 2 * strip.stride];
            for _ in 0..strip.len {
                let mut columns = [V::splat(0.0); VECTORS];
                for vector in 0..VECTORS {
                    columns[vector] = V::load(weights.add(vector * V::LANES));
                }
                for row in 0..ROWS {
                    let pixel = V::splat(*threes[row - row % 3].add(offsets[row % 3]));
                    for vector in 0..VECTORS {
                        sums[row][vector] = pixel.mul_add(columns[vector], sums[row][vector]);
                    }
                    if row % 3 == 2 || row + 1 == ROWS {
                        threes[row - row % 3] = threes[row - row % 3].wrapping_add(1);
                    }
                }
                weights = weights.add(VECTORS * V::LANES);
            }
        }
        sums
    }
}

/// The first column of a register.
#[inline(always)]
fn column<V: Vector, const VECTORS: usize>(strip: &Strip, vector: usize) -> usize {
    if vector + 1 == VECTORS { strip.last } else { vector * V::LANES }
}

#[inline(always)]
unsafe fn add_residual<V: Vector, const ROWS: usize, const VECTORS: usize>(
    strip: &Strip,
    residual: *const f32,
    sums: &mut [[V; VECTORS]; ROWS],
) {
    // SAFETY: as `strip`; no more than `residual_columns` of a row are read.
    unsafe {
        for vector in 0..VECTORS {
            let first = column::<V, VECTORS>(strip, vector);
            let count = strip.residual_columns.saturating_sub(first);
            if count >= V::LANES {
                let mut at = residual.wrapping_add(first);
                for row in 0..ROWS {
                    sums[row][vector] = sums[row][vector].add(V::load(at));
                    at = at.wrapping_add(strip.residual_stride);
                }
            } else if count > 0 {
                let mut at = residual.wrapping_add(first);
                for row in 0..ROWS {
                    sums[row][vector] = sums[row][vector].add(V::load_first(at, count));
                    at = at.wrapping_add(strip.residual_stride);
                }
            }
        }
    }
}

#[inline(always)]
unsafe fn finish<V: Vector, const ROWS: usize, const VECTORS: usize>(
    activation: Activation,
    strip: &Strip,
    sums: &mut [[V; VECTORS]; ROWS],
) {
    // SAFETY: slopes are as wide as the panel; the caller vouches for the processor.
    unsafe {
        for vector in 0..VECTORS {
            let slopes = V::load(strip.slopes.add(column::<V, VECTORS>(strip, vector)));
            for row in 0..ROWS {
                sums[row][vector] = activate(activation, sums[row][vector], slopes);
            }
        }
    }
}
