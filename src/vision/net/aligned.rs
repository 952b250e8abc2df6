//! Floats that start on a cache line: a vector load that crosses one costs two.

use std::ops::{Deref, DerefMut};

const LINE: usize = 64;

/// A buffer of fixed length. Its memory never moves, so that the alignment found at first stays.
pub struct Aligned {
    values: Vec<f32>,
    start: usize,
    len: usize,
}

impl Aligned {
    pub fn zeros(len: usize) -> Self {
        let spare = LINE / size_of::<f32>();
        let values = vec![0.0; len + spare];
        let start = values.as_ptr().align_offset(LINE).min(spare);
        Self { values, start, len }
    }

    /// A copy of `values`, and zeros up to `len`.
    pub fn padded(values: &[f32], len: usize) -> Self {
        let mut aligned = Self::zeros(len.max(values.len()));
        aligned[..values.len()].copy_from_slice(values);
        aligned
    }
}

impl Deref for Aligned {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        &self.values[self.start..self.start + self.len]
    }
}

impl DerefMut for Aligned {
    fn deref_mut(&mut self) -> &mut [f32] {
        &mut self.values[self.start..self.start + self.len]
    }
}
