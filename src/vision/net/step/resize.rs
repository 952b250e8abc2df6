//! Resizing pictures, onto another one or not.

use super::{Place, Scratch, View};
use crate::vision::net::graph::{Picture, Resizing};
use crate::vision::net::kernels::Set;
use std::ops::Range;

/// A pixel of the output along one axis: the two input pixels it lies between, and its share of the second.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Between {
    first: usize,
    second: usize,
    share: f32,
}

struct Source {
    input: Place,
    /// Floats in a row.
    line: usize,
    rows: Vec<Between>,
    columns: Vec<Between>,
}

pub struct Resize {
    sources: Vec<Source>,
    onto: Option<Place>,
    output: Picture,
}

impl Resize {
    pub fn new(sources: Vec<(Place, Picture, Resizing)>, onto: Option<Place>, output: Picture) -> Self {
        let source = |(input, picture, way): (Place, Picture, Resizing)| Source {
            input,
            line: picture.width * picture.channels,
            rows: axis(picture.height, output.height, way),
            columns: axis(picture.width, output.width, way),
        };
        Self { sources: sources.into_iter().map(source).collect(), onto, output }
    }

    /// Floats of scratch memory, in the rows.
    pub fn scratch(&self) -> usize {
        self.sources.iter().map(|source| source.line).max().unwrap_or(0)
    }

    pub fn rows(&self) -> usize {
        self.output.height
    }

    /// Makes some rows of the output.
    pub fn run(&self, set: &Set, rows: Range<usize>, view: &View, out: &mut [f32], scratch: &mut Scratch) {
        let line = self.output.width * self.output.channels;
        let onto = self.onto.as_ref().map(|place| view.read(place));
        for (index, out) in rows.zip(out.chunks_exact_mut(line)) {
            if let Some(onto) = onto {
                out.copy_from_slice(&onto[index * line..(index + 1) * line]);
            }
            for (number, source) in self.sources.iter().enumerate() {
                let add = onto.is_some() || number > 0;
                source.row(
                    set,
                    view.read(&source.input),
                    index,
                    self.output.channels,
                    add,
                    out,
                    &mut scratch.rows,
                );
            }
        }
    }
}

impl Source {
    /// Makes one row of the output, or adds it.
    #[expect(clippy::too_many_arguments, reason = "the state of one turn of the loop in `run`")]
    fn row(
        &self,
        set: &Set,
        input: &[f32],
        index: usize,
        channels: usize,
        add: bool,
        out: &mut [f32],
        scratch: &mut [f32],
    ) {
        let Between { first, second, share } = self.rows[index];
        let line = |row: usize| &input[row * self.line..(row + 1) * self.line];
        let row = if share == 0.0 {
            line(first)
        } else {
            let between = &mut scratch[..self.line];
            set.blend(line(first), line(second), share, between, false);
            between
        };
        for (out, column) in out.chunks_exact_mut(channels).zip(&self.columns) {
            let pixel = |column: usize| &row[column * channels..(column + 1) * channels];
            set.blend(pixel(column.first), pixel(column.second), column.share, out, add);
        }
    }
}

/// Where the pixels of an axis of `to` pixels lie on one of `from`.
fn axis(from: usize, to: usize, way: Resizing) -> Vec<Between> {
    let scale = from as f32 / to as f32;
    let last = from - 1;
    (0..to)
        .map(|pixel| {
            let centre = if way.half_pixel { 0.5 } else { 0.0 };
            let place = (pixel as f32 + centre) * scale;
            if way.bilinear {
                let place = (place - centre).max(0.0);
                let first = (place as usize).min(last);
                Between { first, second: (first + 1).min(last), share: place - first as f32 }
            } else {
                let first = (place as usize).min(last);
                Between { first, second: first, share: 0.0 }
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Between, Resizing, axis};

    #[test]
    fn doubled_centres_lie_at_quarters() {
        let way = Resizing { bilinear: true, half_pixel: true };
        let shares: Vec<f32> =
            axis(2, 4, way).iter().map(|between| between.first as f32 + between.share).collect();
        assert_eq!(shares, [0.0, 0.25, 0.75, 1.25]);
        assert_eq!(axis(2, 4, way)[3], Between { first: 1, second: 1, share: 0.25 });
    }

    #[test]
    fn nearest_pixels_repeat() {
        for half_pixel in [false, true] {
            let way = Resizing { bilinear: false, half_pixel };
            let pixels: Vec<usize> = axis(2, 6, way).iter().map(|between| between.first).collect();
            assert_eq!(pixels, [0, 0, 0, 1, 1, 1]);
        }
    }
}
