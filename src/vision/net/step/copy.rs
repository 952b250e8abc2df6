//! Steps that only move values: slices, transpositions, padding, concatenation.

use super::{Place, View};

/// Where values come from.
pub enum Source {
    Arena(Place),
    Constant(Vec<f32>),
}

impl Source {
    pub fn read<'a>(&'a self, view: &View<'a>) -> &'a [f32] {
        match self {
            Self::Arena(place) => view.read(place),
            Self::Constant(values) => values,
        }
    }
}

/// A grid of values, copied from one layout to another. The steps count floats from one value to the next on each axis.
#[derive(Clone, Copy, Debug)]
pub struct Grid {
    pub extents: [usize; 4],
    pub from: usize,
    pub from_steps: [usize; 4],
    pub to: usize,
    pub to_steps: [usize; 4],
}

/// The distance between neighbours on each axis, for values that lie one after the other.
pub fn steps([_, height, width, channels]: [usize; 4]) -> [usize; 4] {
    [height * width * channels, width * channels, channels, 1]
}

pub struct Rearrangement {
    copies: Vec<(Source, Grid)>,
    /// Whether the copies leave values out that must be zero.
    cleared: bool,
}

impl Rearrangement {
    pub fn new(copies: Vec<(Source, Grid)>, cleared: bool) -> Self {
        Self { copies, cleared }
    }

    pub fn run(&self, view: &View, out: &mut [f32]) {
        if self.cleared {
            out.fill(0.0);
        }
        for (source, grid) in &self.copies {
            grid.copy(source.read(view), out);
        }
    }
}

impl Grid {
    fn copy(&self, source: &[f32], out: &mut [f32]) {
        let [first, second, third, last] = self.extents;
        for a in 0..first {
            for b in 0..second {
                let at = |base: usize, steps: [usize; 4]| base + a * steps[0] + b * steps[1];
                let (from, to) = (at(self.from, self.from_steps), at(self.to, self.to_steps));
                if self.from_steps[3] == 1 && self.to_steps[3] == 1 {
                    for c in 0..third {
                        let (from, to) = (from + c * self.from_steps[2], to + c * self.to_steps[2]);
                        out[to..to + last].copy_from_slice(&source[from..from + last]);
                    }
                } else {
                    for c in 0..third {
                        let from = source[from + c * self.from_steps[2]..].iter().step_by(self.from_steps[3]);
                        let to = out[to + c * self.to_steps[2]..].iter_mut().step_by(self.to_steps[3]);
                        from.zip(to).take(last).for_each(|(from, to)| *to = *from);
                    }
                }
            }
        }
    }
}
