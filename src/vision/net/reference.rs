//! The same results in the plainest way, for tests to compare with.

use super::graph::{Activation, Convolution, Picture, Reach};
use proptest::prelude::*;

/// Values that spread around zero.
pub fn values(count: usize, seed: u32) -> Vec<f32> {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(12_345);
    (0..count)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 23) as f32 - 1.0
        })
        .collect()
}

pub fn activation() -> impl Strategy<Value = Activation> {
    prop::sample::select(vec![
        Activation::None,
        Activation::Relu,
        Activation::Relu6,
        Activation::Prelu,
        Activation::HardSwish,
        Activation::Sigmoid,
    ])
}

pub fn activate(activation: Activation, value: f64, slope: f64) -> f64 {
    match activation {
        Activation::None => value,
        Activation::Relu => value.max(0.0),
        Activation::Relu6 => value.clamp(0.0, 6.0),
        Activation::Prelu => {
            if value < 0.0 {
                value * slope
            } else {
                value
            }
        }
        Activation::HardSwish => value * (value + 3.0).clamp(0.0, 6.0) / 6.0,
        Activation::Sigmoid => 1.0 / (1.0 + (-value).exp()),
    }
}

/// A convolution, its residual and its activation, one product at a time.
pub fn convolve(
    convolution: &Convolution,
    input: &[f32],
    from: Picture,
    to: Picture,
    residual: Option<(&[f32], usize)>,
) -> Vec<f32> {
    let window = convolution.window;
    let mut out = Vec::with_capacity(to.height * to.width * to.channels);
    for y in 0..to.height {
        for x in 0..to.width {
            for channel in 0..to.channels {
                let mut sum = f64::from(convolution.bias[channel]);
                for ky in 0..window.height {
                    for kx in 0..window.width {
                        let (sy, sx) = (y * window.stride + ky, x * window.stride + kx);
                        let (Some(sy), Some(sx)) = (sy.checked_sub(window.top), sx.checked_sub(window.left))
                        else {
                            continue;
                        };
                        if sy >= from.height || sx >= from.width {
                            continue;
                        }
                        let pixel = &input[(sy * from.width + sx) * from.channels..][..from.channels];
                        let tap = ky * window.width + kx;
                        sum += match convolution.reach {
                            Reach::Depthwise => {
                                f64::from(pixel[channel])
                                    * f64::from(convolution.weights[tap * to.channels + channel])
                            }
                            Reach::Dense => (0..from.channels)
                                .map(|c| {
                                    let weight = convolution.weights
                                        [(tap * from.channels + c) * to.channels + channel];
                                    f64::from(pixel[c]) * f64::from(weight)
                                })
                                .sum(),
                        };
                    }
                }
                if let Some((residual, channels)) = residual
                    && channel < channels
                {
                    sum += f64::from(residual[(y * to.width + x) * channels + channel]);
                }
                let slope = convolution.slopes.get(channel).map_or(0.0, |slope| f64::from(*slope));
                out.push(activate(convolution.activation, sum, slope) as f32);
            }
        }
    }
    out
}

/// Fails where a value is further away than rounding explains.
pub fn assert_near(values: &[f32], expected: &[f32], what: &str) {
    assert_eq!(values.len(), expected.len(), "{what}");
    let largest = expected.iter().fold(1f32, |largest, value| largest.max(value.abs()));
    for (place, (value, expected)) in values.iter().zip(expected).enumerate() {
        assert!((value - expected).abs() <= 2e-5 * largest, "{what}, {place}: {value} is not {expected}");
    }
}
