//! Arithmetic of two tensors, pooling, blending and sums.

use super::Set;
use super::vector::{Vector, activate};
use crate::vision::net::graph::{Activation, Arithmetic};

/// One side of an arithmetic operation on a grid of cells: where it starts and how far apart its rows and columns are,
/// 0 where all share one.
#[derive(Clone, Copy)]
pub struct Operand<'a> {
    pub data: &'a [f32],
    pub row: usize,
    /// 0 or 1.
    pub column: usize,
}

/// The grid: the result's rows lie one after the other.
#[derive(Clone, Copy, Debug)]
pub struct Cells {
    pub rows: usize,
    pub columns: usize,
}

/// An arithmetic operation, for the inner loop.
pub struct Run {
    arithmetic: Arithmetic,
    activation: Activation,
    cells: Cells,
    left: *const f32,
    right: *const f32,
    /// Row and column steps of the left and the right side.
    steps: [(usize, usize); 2],
    out: *mut f32,
}

impl Set {
    /// `out = activation(left ∘ right)`. The activation must need no slopes.
    ///
    /// # Panics
    /// Where a slice is too short for the cells.
    pub fn calculate(
        &self,
        arithmetic: Arithmetic,
        activation: Activation,
        cells: Cells,
        left: Operand,
        right: Operand,
        out: &mut [f32],
    ) {
        let Cells { rows, columns } = cells;
        for side in [left, right] {
            assert!(
                side.column <= 1 && (rows - 1) * side.row + (columns - 1) * side.column < side.data.len()
            );
        }
        assert!(rows * columns <= out.len());
        let run = Run {
            arithmetic,
            activation,
            cells,
            left: left.data.as_ptr(),
            right: right.data.as_ptr(),
            steps: [(left.row, left.column), (right.row, right.column)],
            out: out.as_mut_ptr(),
        };
        // SAFETY: the extents were checked above; a set is held only on a processor that has its instructions.
        unsafe { (self.cells)(&run) }
    }

    /// The largest of each 2×2 pixels of two rows: `out` has half as many pixels as each row.
    pub fn pool(&self, first: &[f32], second: &[f32], channels: usize, out: &mut [f32]) {
        let pixels = out.len() / channels;
        assert!(pixels * 2 * channels <= first.len().min(second.len()));
        // SAFETY: the extents were checked above; a set is held only on a processor that has its instructions.
        unsafe { (self.pool)(first.as_ptr(), second.as_ptr(), out.as_mut_ptr(), pixels, channels) }
    }

    /// `out = first + (second - first) · share`, or that added to `out`.
    pub fn blend(&self, first: &[f32], second: &[f32], share: f32, out: &mut [f32], add: bool) {
        assert!(out.len() <= first.len().min(second.len()));
        // SAFETY: the extents were checked above; a set is held only on a processor that has its instructions.
        unsafe { (self.blend)(first.as_ptr(), second.as_ptr(), share, out.as_mut_ptr(), out.len(), add) }
    }

    /// The sum of each column of a matrix, times a factor; `out` has the columns.
    pub fn column_sums(&self, values: &[f32], factor: f32, out: &mut [f32]) {
        let (rows, columns) = (values.len() / out.len(), out.len());
        // SAFETY: rows × columns are no more than the values; a set is held only on a processor that has its
        // instructions.
        unsafe { (self.sums)(values.as_ptr(), rows, columns, factor, out.as_mut_ptr()) }
    }
}

/// # Safety
/// Both sides and the output must reach far enough for the cells, and the processor must have the instructions of `V`.
#[inline(always)]
pub unsafe fn cells<V: Vector>(run: &Run) {
    // SAFETY: as the caller vouches; the last register of a row reaches back, and what it makes twice is the same.
    unsafe {
        let columns = run.cells.columns;
        for row in 0..run.cells.rows {
            let left = run.left.add(row * run.steps[0].0);
            let right = run.right.add(row * run.steps[1].0);
            let out = run.out.add(row * columns);
            let mut column = 0;
            while column < columns {
                let count = (columns - column).min(V::LANES);
                let at = if columns >= V::LANES { column.min(columns - V::LANES) } else { column };
                let part = columns < V::LANES;
                let a = side::<V>(left, at, run.steps[0].1, part, count);
                let b = side::<V>(right, at, run.steps[1].1, part, count);
                let value = match run.arithmetic {
                    Arithmetic::Add => a.add(b),
                    Arithmetic::Subtract => a.sub(b),
                    Arithmetic::Multiply => a.mul(b),
                    Arithmetic::Divide => a.div(b),
                    Arithmetic::SquaredDifference => a.sub(b).mul(a.sub(b)),
                };
                let value = match run.activation {
                    Activation::None => value,
                    activation => activate(activation, value, V::splat(0.0)),
                };
                if part {
                    value.store_first(out.add(at), count);
                } else {
                    value.store(out.add(at));
                }
                column = column.wrapping_add(V::LANES);
            }
        }
    }
}

#[inline(always)]
unsafe fn side<V: Vector>(row: *const f32, at: usize, step: usize, part: bool, count: usize) -> V {
    // SAFETY: as `cells`: a register from `at` on, `count` floats, or the row's only one.
    unsafe {
        match (step, part) {
            (0, _) => V::splat(*row),
            (_, false) => V::load(row.add(at)),
            (_, true) => V::load_first(row.add(at), count),
        }
    }
}

/// # Safety
/// Each row has twice `pixels` pixels of `channels`, `out` has `pixels`; the processor must have the instructions.
#[inline(always)]
pub unsafe fn pool_row<V: Vector>(
    first: *const f32,
    second: *const f32,
    out: *mut f32,
    pixels: usize,
    channels: usize,
) {
    // SAFETY: as the caller vouches; the last register of a pixel reaches back.
    unsafe {
        for pixel in 0..pixels {
            let (upper, lower) = (first.add(2 * pixel * channels), second.add(2 * pixel * channels));
            let out = out.add(pixel * channels);
            if channels < V::LANES {
                let a = V::load_first(upper, channels).max(V::load_first(upper.add(channels), channels));
                let b = V::load_first(lower, channels).max(V::load_first(lower.add(channels), channels));
                a.max(b).store_first(out, channels);
                continue;
            }
            let mut channel = 0;
            while channel < channels {
                let at = channel.min(channels - V::LANES);
                let a = V::load(upper.add(at)).max(V::load(upper.add(at + channels)));
                let b = V::load(lower.add(at)).max(V::load(lower.add(at + channels)));
                a.max(b).store(out.add(at));
                channel += V::LANES;
            }
        }
    }
}

/// # Safety
/// All three must have `values` floats, and the processor must have the instructions of `V`.
#[inline(always)]
pub unsafe fn blend_row<V: Vector>(
    first: *const f32,
    second: *const f32,
    share: f32,
    out: *mut f32,
    values: usize,
    add: bool,
) {
    // SAFETY: as the caller vouches; what is left after the last whole register goes one by one.
    unsafe {
        let weight = V::splat(share);
        let mut at = 0;
        while values - at >= V::LANES {
            let a = V::load(first.add(at));
            let mut value = V::load(second.add(at)).sub(a).mul_add(weight, a);
            if add {
                value = value.add(V::load(out.add(at)));
            }
            value.store(out.add(at));
            at += V::LANES;
        }
        if at < values {
            let count = values - at;
            let a = V::load_first(first.add(at), count);
            let mut value = V::load_first(second.add(at), count).sub(a).mul_add(weight, a);
            if add {
                value = value.add(V::load_first(out.add(at), count));
            }
            value.store_first(out.add(at), count);
        }
    }
}

/// # Safety
/// `values` must have `rows` rows of `columns` floats, `out` `columns`; the processor must have the instructions of `V`.
#[inline(always)]
pub unsafe fn column_sums<V: Vector>(
    values: *const f32,
    rows: usize,
    columns: usize,
    factor: f32,
    out: *mut f32,
) {
    // SAFETY: as the caller vouches; the last register of a row reaches back, or is loaded in part.
    unsafe {
        let part = columns < V::LANES;
        let mut column = 0;
        while column < columns {
            let at = if part { 0 } else { column.min(columns - V::LANES) };
            // four sums, so that one addition need not wait for the one before
            let mut sums = [V::splat(0.0); 4];
            let mut value = values.add(at);
            let mut left = rows;
            while left > 0 {
                for sum in sums.iter_mut().take(left) {
                    *sum = sum.add(if part { V::load_first(value, columns) } else { V::load(value) });
                    value = value.wrapping_add(columns);
                }
                left = left.saturating_sub(4);
            }
            let sum = sums[0].add(sums[1]).add(sums[2].add(sums[3])).mul(V::splat(factor));
            if part {
                sum.store_first(out, columns);
            } else {
                sum.store(out.add(at));
            }
            column += V::LANES;
        }
    }
}
