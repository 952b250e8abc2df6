//! One piece of memory for all tensors: those that are never needed at the same time share it.

/// From the step that writes a tensor to the last that reads it, both included.
#[derive(Clone, Copy, Debug)]
pub struct Life {
    pub first: usize,
    pub last: usize,
    /// Floats.
    pub len: usize,
}

impl Life {
    fn meets(&self, other: &Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// Floats in a cache line: every tensor starts on one.
const LINE: usize = 16;

/// Where each tensor starts, and how long the arena is. Large tensors find their place first, each the lowest that is
/// free for all its life.
pub fn layout(lives: &[Life]) -> (Vec<usize>, usize) {
    let mut order: Vec<usize> = (0..lives.len()).collect();
    order.sort_by_key(|index| (std::cmp::Reverse(lives[*index].len), *index));
    let mut starts = vec![0; lives.len()];
    let mut total = 0;
    let mut placed: Vec<usize> = Vec::with_capacity(lives.len()); // in the order of their starts
    for index in order {
        let mut start = 0;
        for other in placed.iter().filter(|other| lives[**other].meets(&lives[index])) {
            if starts[*other] >= start + lives[index].len {
                break;
            }
            start = start.max((starts[*other] + lives[*other].len).next_multiple_of(LINE));
        }
        starts[index] = start;
        total = total.max(start + lives[index].len);
        placed.insert(placed.partition_point(|other| starts[*other] < start), index);
    }
    (starts, total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn tensors_of_one_time_never_overlap(
            lives in prop::collection::vec((0usize..20, 0usize..20, 1usize..200), 1..30)
        ) {
            let lives: Vec<Life> = lives
                .into_iter()
                .map(|(first, length, len)| Life { first, last: first + length, len })
                .collect();
            let (starts, total) = layout(&lives);
            for (a, life) in lives.iter().enumerate() {
                prop_assert!(starts[a] + life.len <= total && starts[a].is_multiple_of(LINE));
                for (b, other) in lives.iter().enumerate().skip(a + 1) {
                    let apart = starts[a] + life.len <= starts[b] || starts[b] + other.len <= starts[a];
                    prop_assert!(apart || !life.meets(other));
                }
            }
        }
    }
}
