//! Each loop of each instruction set that the processor has, against the plainest way.

use super::super::InstructionSet;
use super::super::graph::{Activation, Arithmetic, Convolution, Picture, Reach, Window};
use super::super::reference::{activate, activation, assert_near, convolve, values};
use super::*;
use proptest::prelude::*;

/// Stands after every output: a loop that writes too far changes it.
const GUARD: f32 = 12_345.0;

/// Runs `make` on an output of `len` values for each set, and compares.
fn for_each_set(expected: &[f32], make: impl Fn(&'static Set, &mut [f32])) {
    for isa in InstructionSet::available() {
        let mut out = vec![GUARD; expected.len() + 40];
        make(Set::of(isa), &mut out[..expected.len()]);
        assert_near(&out[..expected.len()], expected, &format!("{isa:?}"));
        assert!(out[expected.len()..].iter().all(|value| *value == GUARD), "{isa:?} wrote too far");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// A dense convolution along one row: pixels overlap where the stride is small, rows of the window lie apart.
    #[test]
    fn products_agree(
        (pixels, channels, outputs) in (1usize..40, 1usize..24, 1usize..90),
        (height, width, stride) in (1usize..4, 1usize..4, 1usize..3),
        residual_share in 0usize..3,
        activation in activation(),
    ) {
        let from = Picture { height, width: (pixels - 1) * stride + width, channels };
        let to = Picture { height: 1, width: pixels, channels: outputs };
        let convolution = Convolution {
            reach: Reach::Dense,
            window: Window { height, width, stride, top: 0, left: 0 },
            weights: values(height * width * channels * outputs, 1),
            bias: values(outputs, 2),
            slopes: values(outputs, 3),
            activation,
            residual: None,
        };
        let input = values(from.height * from.width * channels, 4);
        let residual_channels = [0, outputs.div_ceil(2), outputs][residual_share];
        let added = values(pixels * residual_channels, 5);
        let residual = (residual_channels > 0).then_some((&added[..], residual_channels));
        let expected = convolve(&convolution, &input, from, to, residual);
        for_each_set(&expected, |set, out| {
            let Convolution { weights, bias, slopes, .. } = &convolution;
            let weights = Weights::new(set, weights, bias, slopes, activation);
            let starts: Vec<usize> = (0..height).map(|row| row * from.width * channels).collect();
            let rows = Rows { data: &input, starts: &starts, stride: stride * channels, len: width * channels };
            let residual = residual.map(|(data, channels)| Residual { data, channels });
            // panel by panel gives the same as all at once
            for panel in weights.panels() {
                weights.multiply(panel..panel + 1, pixels, rows, residual, out, outputs);
            }
        });
    }

    #[test]
    fn depthwise_lines_agree(
        (pixels, channels) in (1usize..14, 1usize..45),
        (side, stride) in prop::sample::select(vec![(1, 1), (3, 1), (3, 2), (5, 1), (5, 2)]),
        activation in activation(),
    ) {
        let from = Picture { height: side, width: (pixels - 1) * stride + side, channels };
        let to = Picture { height: 1, width: pixels, channels };
        let convolution = Convolution {
            reach: Reach::Depthwise,
            window: Window { height: side, width: side, stride, top: 0, left: 0 },
            weights: values(side * side * channels, 1),
            bias: values(channels, 2),
            slopes: values(channels, 3),
            activation,
            residual: None,
        };
        let input = values(side * from.width * channels, 4);
        let expected = convolve(&convolution, &input, from, to, None);
        for_each_set(&expected, |set, out| {
            let Convolution { weights, bias, slopes, .. } = &convolution;
            let depthwise = Depthwise::new(set, (side, stride), weights, bias, slopes, activation).unwrap();
            let starts: Vec<usize> = (0..side).map(|row| row * from.width * channels).collect();
            depthwise.convolve(pixels, &input, &starts, out);
        });
    }

    #[test]
    fn arithmetic_agrees(
        arithmetic in prop::sample::select(vec![
            Arithmetic::Add,
            Arithmetic::Subtract,
            Arithmetic::Multiply,
            Arithmetic::Divide,
            Arithmetic::SquaredDifference,
        ]),
        activation in activation().prop_filter("has no slopes", |activation| *activation != Activation::Prelu),
        (rows, columns) in (1usize..12, 1usize..50),
        steps in (0usize..2, 0usize..2, 0usize..2, 0usize..2),
    ) {
        let (left_row, left_column, right_row, right_column) = steps;
        let left = values(rows * columns, 1);
        // no divisor near zero
        let right: Vec<f32> = values(rows * columns, 2).iter().map(|value| value + 2.0).collect();
        let mut expected = Vec::new();
        for row in 0..rows {
            for column in 0..columns {
                let a = f64::from(left[row * left_row * columns + column * left_column]);
                let b = f64::from(right[row * right_row * columns + column * right_column]);
                let value = match arithmetic {
                    Arithmetic::Add => a + b,
                    Arithmetic::Subtract => a - b,
                    Arithmetic::Multiply => a * b,
                    Arithmetic::Divide => a / b,
                    Arithmetic::SquaredDifference => (a - b).powi(2),
                };
                expected.push(activate(activation, value, 0.0) as f32);
            }
        }
        for_each_set(&expected, |set, out| {
            let left = Operand { data: &left, row: left_row * columns, column: left_column };
            let right = Operand { data: &right, row: right_row * columns, column: right_column };
            set.calculate(arithmetic, activation, Cells { rows, columns }, left, right, out);
        });
    }

    #[test]
    fn pooling_agrees((pixels, channels) in (1usize..9, 1usize..45)) {
        let (first, second) = (values(2 * pixels * channels, 1), values(2 * pixels * channels, 2));
        let mut expected = Vec::new();
        for pixel in 0..pixels {
            for channel in 0..channels {
                let at = 2 * pixel * channels + channel;
                expected.push(first[at].max(first[at + channels]).max(second[at]).max(second[at + channels]));
            }
        }
        for_each_set(&expected, |set, out| set.pool(&first, &second, channels, out));
    }

    #[test]
    fn blends_and_sums_agree(rows in 1usize..12, columns in 1usize..45, share in 0f32..1.0) {
        let (first, second, before) = (values(columns, 1), values(columns, 2), values(columns, 3));
        let blended: Vec<f32> = first.iter().zip(&second).map(|(a, b)| a + (b - a) * share).collect();
        for_each_set(&blended, |set, out| set.blend(&first, &second, share, out, false));
        let added: Vec<f32> = blended.iter().zip(&before).map(|(a, b)| a + b).collect();
        for_each_set(&added, |set, out| {
            out.copy_from_slice(&before);
            set.blend(&first, &second, share, out, true);
        });
        let matrix = values(rows * columns, 4);
        let sums: Vec<f32> =
            (0..columns).map(|column| matrix.iter().skip(column).step_by(columns).sum::<f32>() * share).collect();
        for_each_set(&sums, |set, out| set.column_sums(&matrix, share, out));
    }

    #[test]
    fn activations_agree(
        activation in activation().prop_filter("has no slopes", |activation| *activation != Activation::Prelu),
        count in 1usize..50,
        scale in prop::sample::select(vec![1f32, 10.0, 200.0]),
    ) {
        let input: Vec<f32> = values(count, 1).iter().map(|value| value * scale).collect();
        let expected: Vec<f32> =
            input.iter().map(|value| activate(activation, f64::from(*value), 0.0) as f32).collect();
        for_each_set(&expected, |set, out| {
            out.copy_from_slice(&input);
            set.activate(activation, out);
        });
    }
}
