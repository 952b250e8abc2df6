//! One step on several threads.

use super::Scratch;
use std::ops::Range;

/// Fewer floats than these are made sooner by one thread than another one wakes.
#[cfg(not(test))]
const WORTH_A_THREAD: usize = 16 * 1024;
#[cfg(test)]
const WORTH_A_THREAD: usize = 1;

/// Has `make` fill the `rows` rows of `out`, in as many parts as there are scratches, on the threads of rayon's present pool.
pub fn by_rows(
    rows: usize,
    out: &mut [f32],
    scratches: &mut [Scratch],
    make: impl Fn(Range<usize>, &mut [f32], &mut Scratch) + Sync,
) {
    let parts = if out.len() < WORTH_A_THREAD { 1 } else { scratches.len().clamp(1, rows) };
    if let (1, Some(scratch)) = (parts, scratches.first_mut()) {
        return make(0..rows, out, scratch);
    }
    let each = rows.div_ceil(parts);
    let line = out.len() / rows;
    let make = &make;
    let mut parts = (0..rows).step_by(each).zip(out.chunks_mut(each * line)).zip(scratches);
    let own = parts.next();
    rayon::scope(|scope| {
        for ((first, out), scratch) in parts {
            scope.spawn(move |_| make(first..rows.min(first + each), out, scratch));
        }
        if let Some(((_, out), scratch)) = own {
            make(0..each, out, scratch);
        }
    });
}
