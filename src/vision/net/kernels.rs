//! The loops that take the time, for each instruction set.
//!
//! Each loop is written once, over [`vector::Vector`]; a [`Set`] holds its compiled forms for one instruction set and is
//! chosen at run time. The functions of this module are safe: they check the extents they are given against the slices
//! once, and the loops below them then run on pointers. Outside this module the executor has no `unsafe`.

mod depthwise;
mod elementwise;
mod matrix;
mod vector;
#[cfg(target_arch = "x86_64")]
mod x86;

#[cfg(test)]
mod tests;

pub use depthwise::{Depthwise, Scaling};
pub use elementwise::{Cells, Operand};
pub use matrix::{Residual, Rows, Weights};

use super::InstructionSet;
use super::graph::Activation;

type StripFn = unsafe fn(&matrix::Strip);
type LineFn = unsafe fn(&depthwise::Line);
type CellsFn = unsafe fn(&elementwise::Run);
type FinishFn = unsafe fn(activation: Activation, row: *mut f32, values: usize);
type PoolFn = unsafe fn(first: *const f32, second: *const f32, out: *mut f32, pixels: usize, channels: usize);
type BlendFn =
    unsafe fn(first: *const f32, second: *const f32, share: f32, out: *mut f32, values: usize, add: bool);
type SumsFn = unsafe fn(values: *const f32, rows: usize, columns: usize, factor: f32, out: *mut f32);

/// The loops of one instruction set.
pub struct Set {
    /// Floats in a register.
    lanes: usize,
    /// `strips[v - 1][r - 1]` makes tiles of `r` rows and `v` registers of columns.
    strips: &'static [&'static [StripFn]],
    point: LineFn,
    three: [LineFn; 2],
    five: [LineFn; 2],
    cells: CellsFn,
    finish: FinishFn,
    pool: PoolFn,
    blend: BlendFn,
    sums: SumsFn,
    /// The set for channels too few for this one's registers.
    narrow: Option<&'static Set>,
}

/// Compiles the loops for a vector type, with the processor features it needs.
macro_rules! set {
    ($vector:ty, narrow: $narrow:expr, $({ $feature:meta },)? { $($vectors:literal: $($rows:literal)*;)* }) => {{
        $(#[$feature])?
        unsafe fn strip<const ROWS: usize, const VECTORS: usize>(strip: &matrix::Strip) {
            // SAFETY: the caller vouches for the strip and for the processor.
            unsafe { matrix::strip::<$vector, ROWS, VECTORS>(strip) }
        }
        $(#[$feature])?
        unsafe fn line<const SIDE: usize, const STRIDE: usize>(line: &depthwise::Line) {
            // SAFETY: the caller vouches for the line and for the processor.
            unsafe { depthwise::line::<$vector, SIDE, STRIDE>(line) }
        }
        $(#[$feature])?
        unsafe fn cells(run: &elementwise::Run) {
            // SAFETY: the caller vouches for the run and for the processor.
            unsafe { elementwise::cells::<$vector>(run) }
        }
        $(#[$feature])?
        unsafe fn finish(activation: Activation, row: *mut f32, values: usize) {
            // SAFETY: the caller vouches for the row and for the processor.
            unsafe { elementwise::finish_row::<$vector>(activation, row, values) }
        }
        $(#[$feature])?
        unsafe fn pool(first: *const f32, second: *const f32, out: *mut f32, pixels: usize, channels: usize) {
            // SAFETY: the caller vouches for the pointers and for the processor.
            unsafe { elementwise::pool_row::<$vector>(first, second, out, pixels, channels) }
        }
        $(#[$feature])?
        unsafe fn blend(first: *const f32, second: *const f32, share: f32, out: *mut f32, values: usize, add: bool) {
            // SAFETY: the caller vouches for the pointers and for the processor.
            unsafe { elementwise::blend_row::<$vector>(first, second, share, out, values, add) }
        }
        $(#[$feature])?
        unsafe fn sums(values: *const f32, rows: usize, columns: usize, factor: f32, out: *mut f32) {
            // SAFETY: the caller vouches for the pointers and for the processor.
            unsafe { elementwise::column_sums::<$vector>(values, rows, columns, factor, out) }
        }
        Set {
            lanes: <$vector as vector::Vector>::LANES,
            strips: &[$(&[$(strip::<$rows, $vectors>),*]),*],
            point: line::<1, 1>,
            three: [line::<3, 1>, line::<3, 2>],
            five: [line::<5, 1>, line::<5, 2>],
            cells,
            finish,
            pool,
            blend,
            sums,
            narrow: $narrow,
        }
    }};
}

static PORTABLE: Set = set!(vector::Four, narrow: None, { 1: 1 2 3 4 5 6 7 8; 2: 1 2 3 4 5 6; });

#[cfg(target_arch = "x86_64")]
static AVX2: Set = set!(x86::Eight, narrow: None, { target_feature(enable = "avx2,fma") }, {
    1: 1 2 3 4 5 6 7 8 9 10 11 12;
    2: 1 2 3 4 5 6;
});

#[cfg(target_arch = "x86_64")]
static AVX512: Set = set!(x86::Sixteen, narrow: Some(&AVX2), { target_feature(enable = "avx512f") }, {
    1: 1 2 3 4 5 6 7 8 9 10 11 12;
    2: 1 2 3 4 5 6 7 8 9 10 11 12;
    3: 1 2 3 4 5 6 7 8;
    4: 1 2 3 4 5 6;
});

impl Set {
    /// The loops for `isa`; the portable ones where the processor lacks it, so that holding a set vouches for it.
    pub fn of(isa: InstructionSet) -> &'static Set {
        #[cfg(target_arch = "x86_64")]
        match isa {
            InstructionSet::Avx2 if isa.is_available() => return &AVX2,
            InstructionSet::Avx512 if isa.is_available() => return &AVX512,
            _ => {}
        }
        &PORTABLE
    }

    /// The set that suits rows of `channels` best.
    fn suited(&'static self, channels: usize) -> &'static Set {
        match self.narrow {
            Some(narrow) if channels <= narrow.lanes => narrow,
            _ => self,
        }
    }
}
