//! Arithmetic of two tensors, pooling, blending and sums.

use super::Set;
use super::vector::{Vector, activate, sigmoid_row};
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

    /// An activation that needs no slopes, in place.
    pub fn activate(&self, activation: Activation, values: &mut [f32]) {
        // SAFETY: the length is the slice's; a set is held only on a processor that has its instructions.
        unsafe { (self.finish)(activation, values.as_mut_ptr(), values.len()) }
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

/// An operation on two registers.
trait Operation {
    /// # Safety
    /// As for [`Vector`].
    unsafe fn of<V: Vector>(left: V, right: V) -> V;
}

macro_rules! operations {
    ($($name:ident: |$left:ident, $right:ident| $value:expr;)*) => {$(
        struct $name;

        impl Operation for $name {
            #[inline(always)]
            unsafe fn of<V: Vector>($left: V, $right: V) -> V {
                // SAFETY: no pointers; the caller vouches for the processor.
                unsafe { $value }
            }
        }
    )*};
}

operations! {
    Sum: |left, right| left.add(right);
    Difference: |left, right| left.sub(right);
    Product: |left, right| left.mul(right);
    Quotient: |left, right| left.div(right);
    SquaredDifference: |left, right| left.sub(right).mul(left.sub(right));
}

/// # Safety
/// Both sides and the output must reach far enough for the cells, and the processor must have the instructions of `V`.
#[inline(always)]
pub unsafe fn cells<V: Vector>(run: &Run) {
    // SAFETY: as the caller vouches.
    unsafe {
        match run.arithmetic {
            Arithmetic::Add => grid::<V, Sum>(run),
            Arithmetic::Subtract => grid::<V, Difference>(run),
            Arithmetic::Multiply => grid::<V, Product>(run),
            Arithmetic::Divide => grid::<V, Quotient>(run),
            Arithmetic::SquaredDifference => grid::<V, SquaredDifference>(run),
        }
        finish_row::<V>(run.activation, run.out, run.cells.rows * run.cells.columns);
    }
}

#[inline(always)]
unsafe fn grid<V: Vector, O: Operation>(run: &Run) {
    // SAFETY: as `cells`; each pointer is the start of a row.
    unsafe {
        let [(left_row, left_column), (right_row, right_column)] = run.steps;
        let (mut left, mut right, mut out) = (run.left, run.right, run.out);
        for _ in 0..run.cells.rows {
            match (left_column, right_column) {
                (0, 0) => row::<V, O, true, true>(left, right, out, run.cells.columns),
                (0, _) => row::<V, O, true, false>(left, right, out, run.cells.columns),
                (_, 0) => row::<V, O, false, true>(left, right, out, run.cells.columns),
                (_, _) => row::<V, O, false, false>(left, right, out, run.cells.columns),
            }
            left = left.wrapping_add(left_row);
            right = right.wrapping_add(right_row);
            out = out.wrapping_add(run.cells.columns);
        }
    }
}

/// One row; a side that is `SAME` has one value for all of it.
#[inline(always)]
unsafe fn row<V: Vector, O: Operation, const LEFT_SAME: bool, const RIGHT_SAME: bool>(
    left: *const f32,
    right: *const f32,
    out: *mut f32,
    columns: usize,
) {
    // SAFETY: as `cells`; the last register reaches back, and what it makes twice is the same.
    unsafe {
        if columns < V::LANES {
            let a = if LEFT_SAME { V::splat(*left) } else { V::load_first(left, columns) };
            let b = if RIGHT_SAME { V::splat(*right) } else { V::load_first(right, columns) };
            O::of(a, b).store_first(out, columns);
            return;
        }
        let (same_left, same_right) = (V::splat(*left), V::splat(*right));
        let last = columns.wrapping_sub(V::LANES);
        let mut at = 0;
        loop {
            let a = if LEFT_SAME { same_left } else { V::load(left.add(at)) };
            let b = if RIGHT_SAME { same_right } else { V::load(right.add(at)) };
            O::of(a, b).store(out.add(at));
            if at >= last {
                return;
            }
            at = at.wrapping_add(V::LANES).min(last);
        }
    }
}

/// An activation without slopes, in place.
///
/// # Safety
/// `row` must have `values` floats, and the processor must have the instructions of `V`.
#[inline(always)]
pub unsafe fn finish_row<V: Vector>(activation: Activation, row: *mut f32, values: usize) {
    // SAFETY: as the caller vouches; what is left after the last whole register goes in part.
    unsafe {
        match activation {
            Activation::None => return,
            Activation::Sigmoid => return sigmoid_row::<V>(row, values),
            _ => {}
        }
        let mut at = 0;
        while values - at >= V::LANES {
            activate(activation, V::load(row.add(at)), V::splat(0.0)).store(row.add(at));
            at += V::LANES;
        }
        if at < values {
            let count = values - at;
            activate(activation, V::load_first(row.add(at), count), V::splat(0.0))
                .store_first(row.add(at), count);
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
