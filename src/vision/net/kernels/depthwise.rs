//! Depthwise convolutions: each channel by itself.

use super::vector::{Vector, activate};
use super::{LineFn, Set};
use crate::vision::net::aligned::Aligned;
use crate::vision::net::graph::Activation;

/// Neighbouring output pixels that are made together, so that the input columns they share are loaded once.
const PIXELS: usize = 4;

/// The side of the largest window.
pub const MAX_SIDE: usize = 5;

/// The weights of a depthwise convolution: `side` × `side` rows of channels.
pub struct Depthwise {
    line: LineFn,
    side: usize,
    stride: usize,
    channels: usize,
    weights: Aligned,
    bias: Aligned,
    slopes: Aligned,
    activation: Activation,
}

/// A factor and an addend for each channel: a depthwise convolution of a single pixel.
pub struct Scaling(Depthwise);

/// One row of output pixels, for the inner loop.
pub struct Line {
    rows: [*const f32; MAX_SIDE],
    pixels: usize,
    channels: usize,
    weights: *const f32,
    bias: *const f32,
    slopes: *const f32,
    activation: Activation,
    out: *mut f32,
}

impl Depthwise {
    /// `None` for a window that there is no loop for: other than 3×3 and 5×5, of stride 1 and 2.
    pub fn new(
        set: &'static Set,
        (side, stride): (usize, usize),
        weights: &[f32],
        bias: &[f32],
        slopes: &[f32],
        activation: Activation,
    ) -> Option<Self> {
        let channels = bias.len();
        let set = set.suited(channels);
        let line = match (side, stride) {
            (1, 1) => set.point,
            (3, 1 | 2) => set.three[stride - 1],
            (5, 1 | 2) => set.five[stride - 1],
            _ => return None,
        };
        (weights.len() == side * side * channels).then(|| Self {
            line,
            side,
            stride,
            channels,
            weights: Aligned::padded(weights, 0),
            bias: Aligned::padded(bias, 0),
            slopes: Aligned::padded(slopes, channels),
            activation,
        })
    }

    /// Makes a row of `pixels` output pixels from the input rows that start at `starts` in `data`.
    ///
    /// # Panics
    /// Where a slice is too short for the pixels.
    pub fn convolve(&self, pixels: usize, data: &[f32], starts: &[usize], out: &mut [f32]) {
        let reach = ((pixels - 1) * self.stride + self.side) * self.channels;
        assert!(starts.len() == self.side && starts.iter().all(|start| start + reach <= data.len()));
        assert!(out.len() >= pixels * self.channels);
        let mut rows = [data.as_ptr(); MAX_SIDE];
        for (row, start) in rows.iter_mut().zip(starts) {
            *row = data[*start..].as_ptr();
        }
        let line = Line {
            rows,
            pixels,
            channels: self.channels,
            weights: self.weights.as_ptr(),
            bias: self.bias.as_ptr(),
            slopes: self.slopes.as_ptr(),
            activation: self.activation,
            out: out.as_mut_ptr(),
        };
        // SAFETY: rows and output reach far enough, as asserted; weights, bias and slopes have the lengths that `new`
        // checked; a set is held only on a processor that has its instructions (`Set::of`).
        unsafe { (self.line)(&line) }
    }
}

impl Scaling {
    pub fn new(
        set: &'static Set,
        factors: &[f32],
        addends: &[f32],
        slopes: &[f32],
        activation: Activation,
    ) -> Option<Self> {
        Depthwise::new(set, (1, 1), factors, addends, slopes, activation).map(Self)
    }

    /// Scales all pixels of `data`.
    pub fn scale(&self, data: &[f32], out: &mut [f32]) {
        self.0.convolve(data.len() / self.0.channels, data, &[0], out);
    }
}

/// # Safety
/// The rows must reach far enough for the pixels, and the processor must have the instructions of `V`.
#[inline(always)]
pub unsafe fn line<V: Vector, const SIDE: usize, const STRIDE: usize>(line: &Line) {
    // SAFETY: as the caller vouches; the channels from `channel` on are a register's, or all where they are fewer.
    unsafe {
        let mut pixel = 0;
        while pixel < line.pixels {
            let four = line.pixels - pixel >= PIXELS;
            let mut channel = 0;
            while channel < line.channels {
                if line.channels < V::LANES {
                    if four {
                        cell::<V, SIDE, STRIDE, PIXELS, true>(line, pixel, 0);
                    } else {
                        cell::<V, SIDE, STRIDE, 1, true>(line, pixel, 0);
                    }
                } else {
                    // the last register reaches back: its first channels are made twice
                    let channel = channel.min(line.channels - V::LANES);
                    if four {
                        cell::<V, SIDE, STRIDE, PIXELS, false>(line, pixel, channel);
                    } else {
                        cell::<V, SIDE, STRIDE, 1, false>(line, pixel, channel);
                    }
                }
                channel += V::LANES;
            }
            pixel += if four { PIXELS } else { 1 };
        }
    }
}

/// `PIXELS` neighbouring pixels of one register of channels, of fewer channels where `PART`.
#[inline(always)]
unsafe fn cell<V: Vector, const SIDE: usize, const STRIDE: usize, const PIXELS: usize, const PART: bool>(
    line: &Line,
    pixel: usize,
    channel: usize,
) {
    // SAFETY: as `line`.
    unsafe {
        let channels = line.channels;
        let load = load::<V, PART>;
        let mut sums = [load(line.bias.add(channel), channels); PIXELS];
        let mut weights = line.weights.add(channel);
        let at = pixel * STRIDE * channels + channel;
        for row in 0..SIDE {
            let mut column = line.rows[row].add(at);
            let mut columns = [V::splat(0.0); 11];
            for value in columns.iter_mut().take((PIXELS - 1) * STRIDE + SIDE) {
                *value = load(column, channels);
                column = column.wrapping_add(channels);
            }
            for offset in 0..SIDE {
                let weight = load(weights, channels);
                weights = weights.wrapping_add(channels);
                for (index, sum) in sums.iter_mut().enumerate() {
                    *sum = columns[index * STRIDE + offset].mul_add(weight, *sum);
                }
            }
        }
        let slopes = load(line.slopes.add(channel), channels);
        let mut out = line.out.add(pixel * channels + channel);
        for sum in sums {
            let value = activate(line.activation, sum, slopes);
            if PART {
                value.store_first(out, channels);
            } else {
                value.store(out);
            }
            out = out.wrapping_add(channels);
        }
    }
}

#[inline(always)]
unsafe fn load<V: Vector, const PART: bool>(from: *const f32, channels: usize) -> V {
    // SAFETY: the caller vouches for a register's floats, or for `channels` where there are fewer.
    unsafe { if PART { V::load_first(from, channels) } else { V::load(from) } }
}
