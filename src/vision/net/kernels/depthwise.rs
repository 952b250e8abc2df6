//! Depthwise convolutions: each channel by itself.

#![expect(clippy::needless_range_loop, reason = "loops over registers need bounds that are plainly constant")]

use super::vector::{Vector, activate, sigmoid_row};
use super::{LineFn, Set};
use crate::vision::net::aligned::Aligned;
use crate::vision::net::graph::Activation;

/// Neighbouring output pixels that are made together, so that the input columns they share are loaded once.
const PIXELS: usize = 4;

/// Input columns under `PIXELS` windows of the largest side and stride.
const MAX_COLUMNS: usize = (PIXELS - 1) * 2 + MAX_SIDE;

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
    // SAFETY: as the caller vouches.
    unsafe {
        if line.channels < V::LANES {
            pixels::<V, SIDE, STRIDE, true>(line);
        } else {
            pixels::<V, SIDE, STRIDE, false>(line);
        }
        if line.activation == Activation::Sigmoid {
            sigmoid_row::<V>(line.out, line.pixels * line.channels);
        }
    }
}

/// All pixels, with fewer channels than a register holds where `PART`.
#[inline(always)]
unsafe fn pixels<V: Vector, const SIDE: usize, const STRIDE: usize, const PART: bool>(line: &Line) {
    // SAFETY: as `line`; where pixels go together there are as many left.
    unsafe {
        let mut rows = line.rows;
        let mut out = line.out;
        for _ in 0..line.pixels / PIXELS {
            channels::<V, SIDE, STRIDE, PIXELS, PART>(line, &rows, out);
            for row in &mut rows {
                *row = row.wrapping_add(PIXELS * STRIDE * line.channels);
            }
            out = out.wrapping_add(PIXELS * line.channels);
        }
        for _ in 0..line.pixels % PIXELS {
            channels::<V, SIDE, STRIDE, 1, PART>(line, &rows, out);
            for row in &mut rows {
                *row = row.wrapping_add(STRIDE * line.channels);
            }
            out = out.wrapping_add(line.channels);
        }
    }
}

/// All channels of `PIXELS` neighbouring pixels. The last register reaches back: its first channels are made twice.
#[inline(always)]
unsafe fn channels<
    V: Vector,
    const SIDE: usize,
    const STRIDE: usize,
    const PIXELS: usize,
    const PART: bool,
>(
    line: &Line,
    rows: &[*const f32; MAX_SIDE],
    out: *mut f32,
) {
    // SAFETY: as `line`; a register's channels are left from `channel` on, or all that there are.
    unsafe {
        if PART {
            cell::<V, SIDE, STRIDE, PIXELS, PART>(line, rows, 0, out);
            return;
        }
        let last = line.channels.wrapping_sub(V::LANES);
        let mut channel = 0;
        while channel < last {
            cell::<V, SIDE, STRIDE, PIXELS, PART>(line, rows, channel, out);
            channel = channel.wrapping_add(V::LANES);
        }
        cell::<V, SIDE, STRIDE, PIXELS, PART>(line, rows, last, out);
    }
}

/// One register of channels of `PIXELS` neighbouring pixels. Loops have constant bounds and short bodies, so that they are
/// unrolled, and pointers step without checks for overflow.
#[inline(always)]
unsafe fn cell<V: Vector, const SIDE: usize, const STRIDE: usize, const PIXELS: usize, const PART: bool>(
    line: &Line,
    rows: &[*const f32; MAX_SIDE],
    channel: usize,
    out: *mut f32,
) {
    // SAFETY: as `channels`.
    unsafe {
        let channels = line.channels;
        let mut sums = [load::<V, PART>(line.bias.add(channel), channels); PIXELS];
        let mut weights = line.weights.add(channel);
        for row in 0..SIDE {
            let mut column = rows[row].add(channel);
            let mut columns = [V::splat(0.0); MAX_COLUMNS];
            for index in 0..(PIXELS - 1) * STRIDE + SIDE {
                columns[index] = load::<V, PART>(column, channels);
                column = column.wrapping_add(channels);
            }
            for offset in 0..SIDE {
                let weight = load::<V, PART>(weights, channels);
                weights = weights.wrapping_add(channels);
                for index in 0..PIXELS {
                    sums[index] = columns[index * STRIDE + offset].mul_add(weight, sums[index]);
                }
            }
        }
        let slopes = load::<V, PART>(line.slopes.add(channel), channels);
        let mut out = out.add(channel);
        for index in 0..PIXELS {
            let value = activate(line.activation, sums[index], slopes);
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
