//! Registers of eight floats (AVX2 with FMA) and of sixteen (AVX-512F).

use super::vector::Vector;
use std::arch::x86_64::*;

#[derive(Clone, Copy)]
pub struct Eight(__m256);

#[derive(Clone, Copy)]
pub struct Sixteen(__m512);

/// `MASK[8 - n..]` has its first `n` words set.
static MASK: [i32; 16] = [-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0];

/// The first `count` lanes of eight.
#[inline(always)]
unsafe fn first_of_eight(count: usize) -> __m256i {
    // SAFETY: at most eight are skipped, and eight more are left; the caller vouches for the processor.
    unsafe { _mm256_loadu_si256(MASK.as_ptr().add(8 - count.min(8)).cast()) }
}

/// The first `count` lanes of sixteen.
fn first_of_sixteen(count: usize) -> __mmask16 {
    u16::MAX.unbounded_shr(16u32.saturating_sub(count as u32))
}

/// The functions that are one instruction each.
macro_rules! instructions {
    ($splat:ident, $load:ident, $store:ident, $add:ident, $sub:ident, $mul:ident, $div:ident, $max:ident, $min:ident, $fma:ident) => {
        #[inline(always)]
        unsafe fn splat(value: f32) -> Self {
            // SAFETY: the caller vouches for the processor.
            Self(unsafe { $splat(value) })
        }

        #[inline(always)]
        unsafe fn load(from: *const f32) -> Self {
            // SAFETY: the caller vouches for the processor and the floats; the load asks for no alignment.
            Self(unsafe { $load(from) })
        }

        #[inline(always)]
        unsafe fn store(self, to: *mut f32) {
            // SAFETY: as in `load`.
            unsafe { $store(to, self.0) }
        }

        #[inline(always)]
        unsafe fn add(self, other: Self) -> Self {
            // SAFETY: the caller vouches for the processor.
            Self(unsafe { $add(self.0, other.0) })
        }

        #[inline(always)]
        unsafe fn sub(self, other: Self) -> Self {
            // SAFETY: the caller vouches for the processor.
            Self(unsafe { $sub(self.0, other.0) })
        }

        #[inline(always)]
        unsafe fn mul(self, other: Self) -> Self {
            // SAFETY: the caller vouches for the processor.
            Self(unsafe { $mul(self.0, other.0) })
        }

        #[inline(always)]
        unsafe fn div(self, other: Self) -> Self {
            // SAFETY: the caller vouches for the processor.
            Self(unsafe { $div(self.0, other.0) })
        }

        #[inline(always)]
        unsafe fn max(self, other: Self) -> Self {
            // SAFETY: the caller vouches for the processor.
            Self(unsafe { $max(self.0, other.0) })
        }

        #[inline(always)]
        unsafe fn min(self, other: Self) -> Self {
            // SAFETY: the caller vouches for the processor.
            Self(unsafe { $min(self.0, other.0) })
        }

        #[inline(always)]
        unsafe fn mul_add(self, factor: Self, addend: Self) -> Self {
            // SAFETY: the caller vouches for the processor.
            Self(unsafe { $fma(self.0, factor.0, addend.0) })
        }
    };
}

impl Vector for Eight {
    const LANES: usize = 8;

    instructions!(
        _mm256_set1_ps,
        _mm256_loadu_ps,
        _mm256_storeu_ps,
        _mm256_add_ps,
        _mm256_sub_ps,
        _mm256_mul_ps,
        _mm256_div_ps,
        _mm256_max_ps,
        _mm256_min_ps,
        _mm256_fmadd_ps
    );

    #[inline(always)]
    unsafe fn load_first(from: *const f32, count: usize) -> Self {
        // SAFETY: lanes outside the mask are not touched; the caller vouches for the others and the processor.
        Self(unsafe { _mm256_maskload_ps(from, first_of_eight(count)) })
    }

    #[inline(always)]
    unsafe fn store_first(self, to: *mut f32, count: usize) {
        // SAFETY: as in `load_first`.
        unsafe { _mm256_maskstore_ps(to, first_of_eight(count), self.0) }
    }

    #[inline(always)]
    unsafe fn scale(self, exponent: Self) -> Self {
        // SAFETY: the caller vouches for the processor.
        Self(unsafe {
            let shift = _mm256_slli_epi32::<23>(_mm256_castps_si256(exponent.0));
            _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(self.0), shift))
        })
    }
}

impl Vector for Sixteen {
    const LANES: usize = 16;

    instructions!(
        _mm512_set1_ps,
        _mm512_loadu_ps,
        _mm512_storeu_ps,
        _mm512_add_ps,
        _mm512_sub_ps,
        _mm512_mul_ps,
        _mm512_div_ps,
        _mm512_max_ps,
        _mm512_min_ps,
        _mm512_fmadd_ps
    );

    #[inline(always)]
    unsafe fn load_first(from: *const f32, count: usize) -> Self {
        // SAFETY: lanes outside the mask are not touched; the caller vouches for the others and the processor.
        Self(unsafe { _mm512_maskz_loadu_ps(first_of_sixteen(count), from) })
    }

    #[inline(always)]
    unsafe fn store_first(self, to: *mut f32, count: usize) {
        // SAFETY: as in `load_first`.
        unsafe { _mm512_mask_storeu_ps(to, first_of_sixteen(count), self.0) }
    }

    #[inline(always)]
    unsafe fn scale(self, exponent: Self) -> Self {
        // SAFETY: the caller vouches for the processor.
        Self(unsafe {
            let shift = _mm512_slli_epi32::<23>(_mm512_castps_si512(exponent.0));
            _mm512_castsi512_ps(_mm512_add_epi32(_mm512_castps_si512(self.0), shift))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::first_of_sixteen;

    #[test]
    fn masks_have_as_many_lanes_as_asked() {
        assert_eq!([0, 1, 5, 15, 16, 40].map(first_of_sixteen), [0, 1, 0x1f, 0x7fff, 0xffff, 0xffff]);
    }
}
