//! A register of floats, as the loops see it.

use crate::vision::net::graph::Activation;

/// All functions are `unsafe` alike: the processor must have the instructions of the type, and pointers must be good for
/// the lanes that are read or written.
pub trait Vector: Copy {
    const LANES: usize;

    unsafe fn splat(value: f32) -> Self;
    unsafe fn load(from: *const f32) -> Self;
    unsafe fn store(self, to: *mut f32);
    /// The first `count` lanes, fewer than all; the others are zero.
    unsafe fn load_first(from: *const f32, count: usize) -> Self;
    /// Stores the first `count` lanes, fewer than all.
    unsafe fn store_first(self, to: *mut f32, count: usize);
    unsafe fn add(self, other: Self) -> Self;
    unsafe fn sub(self, other: Self) -> Self;
    unsafe fn mul(self, other: Self) -> Self;
    unsafe fn div(self, other: Self) -> Self;
    unsafe fn max(self, other: Self) -> Self;
    unsafe fn min(self, other: Self) -> Self;
    /// `self * factor + addend`.
    unsafe fn mul_add(self, factor: Self, addend: Self) -> Self;
    /// `self` times two to the power that stands in the lowest bits of `exponent`.
    unsafe fn scale(self, exponent: Self) -> Self;
}

/// The activation of a register; `slopes` counts for [`Activation::Prelu`] alone. [`Activation::Sigmoid`] is left to
/// [`sigmoid_row`], on values that are stored: it is so long that loops around it would no longer be unrolled, and what
/// is now in registers would go through memory.
///
/// # Safety
/// As for [`Vector`].
#[inline(always)]
pub unsafe fn activate<V: Vector>(activation: Activation, value: V, slopes: V) -> V {
    // SAFETY: no pointers; the caller vouches for the processor.
    unsafe {
        let zero = V::splat(0.0);
        match activation {
            Activation::None | Activation::Sigmoid => value,
            Activation::Relu => value.max(zero),
            Activation::Relu6 => value.max(zero).min(V::splat(6.0)),
            Activation::Prelu => value.min(zero).mul_add(slopes, value.max(zero)),
            Activation::HardSwish => {
                let gate = value.add(V::splat(3.0)).max(zero).min(V::splat(6.0));
                value.mul(gate.mul(V::splat(1.0 / 6.0)))
            }
        }
    }
}

/// The sigmoid of `values` floats, in place.
///
/// # Safety
/// As for [`Vector`].
#[inline(always)]
pub unsafe fn sigmoid_row<V: Vector>(row: *mut f32, values: usize) {
    // SAFETY: `values` floats, the last register in part; the caller vouches for them and for the processor.
    unsafe {
        let mut at = 0;
        while values - at >= V::LANES {
            sigmoid(V::load(row.add(at))).store(row.add(at));
            at += V::LANES;
        }
        if at < values {
            sigmoid(V::load_first(row.add(at), values - at)).store_first(row.add(at), values - at);
        }
    }
}

/// 1 / (1 + e^-x): e^-x as 2^n · e^r with |r| ≤ ln 2 / 2, and a polynomial for e^r whose coefficients are those of the
/// Cephes library.
#[inline(always)]
unsafe fn sigmoid<V: Vector>(value: V) -> V {
    // SAFETY: no pointers; the caller vouches for the processor.
    unsafe {
        // adding and taking away 1.5 · 2^23 rounds to a whole number and leaves it in the lowest bits
        let round = V::splat(12_582_912.0);
        let x = V::splat(0.0).sub(value).max(V::splat(-87.0)).min(V::splat(87.0));
        let shifted = x.mul_add(V::splat(std::f32::consts::LOG2_E), round);
        let n = shifted.sub(round);
        let r = n.mul_add(V::splat(1.428_606_8e-6), n.mul_add(V::splat(-std::f32::consts::LN_2), x));
        let mut p = V::splat(1.987_569_1e-4);
        p = p.mul_add(r, V::splat(1.398_199_9e-3));
        p = p.mul_add(r, V::splat(8.333_452e-3));
        p = p.mul_add(r, V::splat(4.166_579_6e-2));
        p = p.mul_add(r, V::splat(0.166_666_66));
        p = p.mul_add(r, V::splat(0.5));
        let one = V::splat(1.0);
        let exp = p.mul(r).mul_add(r, r.add(one)).scale(shifted);
        one.div(one.add(exp))
    }
}

/// Four floats in plain Rust; compilers turn it into whatever the processor has.
#[derive(Clone, Copy)]
pub struct Four([f32; 4]);

macro_rules! lanewise {
    ($a:expr, $b:expr, $operation:expr) => {{
        let (a, b) = ($a.0, $b.0);
        Four([$operation(a[0], b[0]), $operation(a[1], b[1]), $operation(a[2], b[2]), $operation(a[3], b[3])])
    }};
}

impl Vector for Four {
    const LANES: usize = 4;

    #[inline(always)]
    unsafe fn splat(value: f32) -> Self {
        Self([value; 4])
    }

    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: the caller vouches for four floats; no alignment beyond theirs is asked for.
        Self(unsafe { from.cast::<[f32; 4]>().read() })
    }

    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: as in `load`.
        unsafe { to.cast::<[f32; 4]>().write(self.0) }
    }

    #[inline(always)]
    unsafe fn load_first(from: *const f32, count: usize) -> Self {
        let mut lanes = [0.0; 4];
        for (index, lane) in lanes.iter_mut().enumerate().take(count) {
            // SAFETY: the caller vouches for `count` floats.
            *lane = unsafe { from.add(index).read() };
        }
        Self(lanes)
    }

    #[inline(always)]
    unsafe fn store_first(self, to: *mut f32, count: usize) {
        for (index, lane) in self.0.iter().enumerate().take(count) {
            // SAFETY: the caller vouches for `count` floats.
            unsafe { to.add(index).write(*lane) };
        }
    }

    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        lanewise!(self, other, |a, b| a + b)
    }

    #[inline(always)]
    unsafe fn sub(self, other: Self) -> Self {
        lanewise!(self, other, |a, b| a - b)
    }

    #[inline(always)]
    unsafe fn mul(self, other: Self) -> Self {
        lanewise!(self, other, |a, b| a * b)
    }

    #[inline(always)]
    unsafe fn div(self, other: Self) -> Self {
        lanewise!(self, other, |a, b| a / b)
    }

    #[inline(always)]
    unsafe fn max(self, other: Self) -> Self {
        lanewise!(self, other, |a: f32, b: f32| if a > b { a } else { b })
    }

    #[inline(always)]
    unsafe fn min(self, other: Self) -> Self {
        lanewise!(self, other, |a: f32, b: f32| if a < b { a } else { b })
    }

    #[inline(always)]
    unsafe fn mul_add(self, factor: Self, addend: Self) -> Self {
        // in two steps: without an instruction for it `f32::mul_add` is a slow function
        lanewise!(lanewise!(self, factor, |a, b| a * b), addend, |a, b| a + b)
    }

    #[inline(always)]
    unsafe fn scale(self, exponent: Self) -> Self {
        lanewise!(self, exponent, |a: f32, b: f32| f32::from_bits(
            a.to_bits().wrapping_add(b.to_bits() << 23)
        ))
    }
}
