//! One step on several threads.

use super::Scratch;
use std::ops::Range;
use std::thread;

/// Fewer floats than these are made sooner by one thread than another one starts.
#[cfg(not(test))]
const WORTH_A_THREAD: usize = 16 * 1024;
#[cfg(test)]
const WORTH_A_THREAD: usize = 1;

/// Has `make` fill the `rows` rows of `out`, in as many parts as there are scratches. Where the system has no thread to
/// give, this one makes them all.
pub fn by_rows(
    rows: usize,
    out: &mut [f32],
    scratches: &mut [Scratch],
    make: impl Fn(Range<usize>, &mut [f32], &mut Scratch) + Sync,
) {
    let threads = scratches.len().min(rows);
    if threads > 1 && out.len() >= WORTH_A_THREAD && part(rows, threads, out, scratches, &make) {
        return;
    }
    if let Some(scratch) = scratches.first_mut() {
        make(0..rows, out, scratch);
    }
}

/// Whether every thread could be started.
fn part(
    rows: usize,
    threads: usize,
    out: &mut [f32],
    scratches: &mut [Scratch],
    make: &(impl Fn(Range<usize>, &mut [f32], &mut Scratch) + Sync),
) -> bool {
    let each = rows.div_ceil(threads);
    let line = out.len() / rows;
    thread::scope(|scope| {
        let mut parts = (0..rows).step_by(each).zip(out.chunks_mut(each * line)).zip(scratches);
        let own = parts.next();
        let started = parts.all(|((first, out), scratch)| {
            let rows = first..rows.min(first + each);
            thread::Builder::new().spawn_scoped(scope, || make(rows, out, scratch)).is_ok()
        });
        if let Some(((_, out), scratch)) = own {
            make(0..each, out, scratch);
        }
        started
    })
}
