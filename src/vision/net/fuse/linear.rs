//! Two linear operators in a row are one: its weights are the product of theirs.

use crate::vision::net::graph::{Convolution, TransposedConvolution};

/// A factor and an addend for each input channel of a 1×1 convolution, multiplied into its weights.
pub fn scale_inputs(convolution: &mut Convolution, scaling: &Convolution) {
    let outputs = convolution.outputs();
    let rows = convolution.weights.chunks_exact_mut(outputs);
    let mut bias: Vec<f64> = convolution.bias.iter().map(|bias| f64::from(*bias)).collect();
    for ((row, factor), addend) in rows.zip(&scaling.weights).zip(&scaling.bias) {
        for (weight, bias) in row.iter_mut().zip(&mut bias) {
            *bias += f64::from(*addend) * f64::from(*weight);
            *weight *= factor;
        }
    }
    convolution.bias = bias.into_iter().map(|bias| bias as f32).collect();
}

/// `second` after `first`, as one factor and one addend for each channel.
pub fn join_scalings(second: &mut Convolution, first: &Convolution) {
    for (channel, factor) in second.weights.iter_mut().enumerate() {
        second.bias[channel] += *factor * first.bias[channel];
        *factor *= first.weights[channel];
    }
}

/// Whether one product of channels costs less than `first` and `second` one after the other.
pub fn is_worth_joining(first: &Convolution, second: &Convolution) -> bool {
    let inputs = first.weights.len() / first.outputs();
    let joined = inputs * second.outputs();
    first.is_point()
        && first.is_linear()
        && second.is_point()
        && joined < first.weights.len() + second.weights.len()
}

pub fn join_products(second: &mut Convolution, first: &Convolution) {
    let outputs = second.outputs();
    let mut bias = product(&first.bias, &second.weights, outputs);
    for (joined, own) in bias.iter_mut().zip(&second.bias) {
        *joined += own;
    }
    second.weights = product(&first.weights, &second.weights, outputs);
    second.bias = bias;
}

/// A 1×1 convolution after a transposed one: each of the four corners by itself.
pub fn join_transposed(first: &TransposedConvolution, second: &Convolution) -> TransposedConvolution {
    let outputs = second.outputs();
    let mut bias = product(&first.bias, &second.weights, outputs);
    for (joined, own) in bias.iter_mut().zip(&second.bias) {
        *joined += own;
    }
    // the corners of an input channel lie one after the other, each a row of the first's outputs
    let weights = product(&first.weights, &second.weights, outputs);
    TransposedConvolution { weights, bias, activation: second.activation }
}

/// The product of two matrices; the right one has `columns` columns, the left one as many as the right one has rows.
fn product(left: &[f32], right: &[f32], columns: usize) -> Vec<f32> {
    /// So many columns at once, whose sums stay in registers.
    const TOGETHER: usize = 8;
    let depth = right.len() / columns;
    let mut product = vec![0.0; left.len() / depth * columns];
    let mut strip = vec![[0f64; TOGETHER]; depth];
    for from in (0..columns).step_by(TOGETHER) {
        let wide = TOGETHER.min(columns - from);
        for (part, row) in strip.iter_mut().zip(right.chunks_exact(columns)) {
            for (value, own) in part.iter_mut().zip(&row[from..from + wide]) {
                *value = f64::from(*own);
            }
        }
        for (row, out) in left.chunks_exact(depth).zip(product.chunks_exact_mut(columns)) {
            let mut sums = [0f64; TOGETHER];
            for (factor, part) in row.iter().zip(&strip) {
                let factor = f64::from(*factor);
                for (sum, value) in sums.iter_mut().zip(part) {
                    *sum += factor * value;
                }
            }
            for (out, sum) in out[from..from + wide].iter_mut().zip(sums) {
                *out = sum as f32;
            }
        }
    }
    product
}

#[cfg(test)]
mod tests {
    use super::product;

    #[test]
    fn a_product_of_matrices_is_row_by_column() {
        // (1 2 3; 4 5 6) × (1 0; 0 1; 2 2)
        let product = product(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &[1.0, 0.0, 0.0, 1.0, 2.0, 2.0], 2);
        assert_eq!(product, [7.0, 8.0, 16.0, 17.0]);
    }

    #[test]
    fn a_product_has_as_many_columns_as_are_there() {
        for columns in [1, 7, 8, 9, 19] {
            let right: Vec<f32> = (0..3 * columns).map(|at| at as f32).collect();
            let rows: Vec<f32> = right[..columns].iter().map(|value| value + columns as f32).collect();
            assert_eq!(product(&[0.0, 1.0, 0.0], &right, columns), rows);
        }
    }
}
