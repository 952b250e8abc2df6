//! Arithmetic of two tensors, one of which may be repeated along any axis.

use super::View;
use super::copy::{Source, steps};
use crate::vision::net::graph::{Activation, Arithmetic};
use crate::vision::net::kernels::{Cells, Operand, Set};

/// An axis of the result: its extent, and how far apart its neighbours are on the left and on the right side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Axis {
    extent: usize,
    left: usize,
    right: usize,
}

pub struct Calculation {
    arithmetic: Arithmetic,
    activation: Activation,
    left: Source,
    right: Source,
    /// Axes that lie one inside the other on both sides are one; the last two are the grid of the inner loop.
    axes: [Axis; 4],
}

impl Calculation {
    /// For sides of the extents `left_extents` and `right_extents`, each the result's or one.
    pub fn new(
        (arithmetic, activation): (Arithmetic, Activation),
        (left, left_extents): (Source, [usize; 4]),
        (right, right_extents): (Source, [usize; 4]),
    ) -> Self {
        let axis = |index: usize| {
            let step = |extents: [usize; 4]| if extents[index] == 1 { 0 } else { steps(extents)[index] };
            let extent = left_extents[index].max(right_extents[index]);
            Axis { extent, left: step(left_extents), right: step(right_extents) }
        };
        Self { arithmetic, activation, left, right, axes: joined([axis(0), axis(1), axis(2), axis(3)]) }
    }

    pub fn run(&self, set: &Set, view: &View, out: &mut [f32]) {
        let [outer, middle, rows, columns] = self.axes;
        let cells = Cells { rows: rows.extent, columns: columns.extent };
        let (left, right) = (self.left.read(view), self.right.read(view));
        let mut grids = out.chunks_exact_mut(rows.extent * columns.extent);
        for a in 0..outer.extent {
            for b in 0..middle.extent {
                let left = &left[a * outer.left + b * middle.left..];
                let right = &right[a * outer.right + b * middle.right..];
                if let Some(out) = grids.next() {
                    let left = Operand { data: left, row: rows.left, column: columns.left };
                    let right = Operand { data: right, row: rows.right, column: columns.right };
                    set.calculate(self.arithmetic, self.activation, cells, left, right, out);
                }
            }
        }
    }
}

/// The axes with as few of them longer than one as can be, those last.
fn joined(axes: [Axis; 4]) -> [Axis; 4] {
    let mut rest: Vec<Axis> = Vec::with_capacity(4);
    for axis in axes.into_iter().filter(|axis| axis.extent > 1) {
        match rest.last_mut() {
            Some(last) if last.left == axis.left * axis.extent && last.right == axis.right * axis.extent => {
                *last = Axis { extent: last.extent * axis.extent, ..axis };
            }
            _ => rest.push(axis),
        }
    }
    let mut joined = [Axis { extent: 1, left: 0, right: 0 }; 4];
    joined[4 - rest.len()..].copy_from_slice(&rest);
    joined
}

#[cfg(test)]
mod tests {
    use super::{Axis, joined};

    fn axis(extent: usize, left: usize, right: usize) -> Axis {
        Axis { extent, left, right }
    }

    #[test]
    fn whole_tensors_are_one_row() {
        let axes = [axis(1, 0, 0), axis(4, 15, 15), axis(5, 3, 3), axis(3, 1, 1)];
        assert_eq!(joined(axes), [axis(1, 0, 0), axis(1, 0, 0), axis(1, 0, 0), axis(60, 1, 1)]);
    }

    #[test]
    fn a_factor_for_each_channel_keeps_pixels_apart() {
        let axes = [axis(1, 0, 0), axis(4, 15, 0), axis(5, 3, 0), axis(3, 1, 1)];
        assert_eq!(joined(axes), [axis(1, 0, 0), axis(1, 0, 0), axis(20, 3, 0), axis(3, 1, 1)]);
    }

    #[test]
    fn a_factor_for_each_row_keeps_rows_apart() {
        let axes = [axis(1, 0, 0), axis(4, 15, 3), axis(5, 3, 0), axis(3, 1, 1)];
        assert_eq!(joined(axes), [axis(1, 0, 0), axis(4, 15, 3), axis(5, 3, 0), axis(3, 1, 1)]);
    }
}
