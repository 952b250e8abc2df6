//! The operators and their options. Each output shape is computed here and compared with the one in the file.

use super::{Error, Kind, Reader, Table};
use crate::vision::net::graph::{
    Activation, Arithmetic, Convolution, Function, Operator, Picture, Reach, Resizing, Shape, TensorId,
    TransposedConvolution, Window,
};

/// The largest window of a dense convolution.
pub const MAX_WINDOW: usize = 8;

fn unsupported<T>(what: impl Into<String>) -> Result<T, Error> {
    Err(Error::Unsupported { what: what.into() })
}

fn shape<T>(what: &'static str) -> Result<T, Error> {
    Err(Error::Shape { what })
}

/// The activation that an operator carries in itself.
fn carried(number: i8) -> Result<Activation, Error> {
    match number {
        0 => Ok(Activation::None),
        1 => Ok(Activation::Relu),
        3 => Ok(Activation::Relu6),
        _ => unsupported(format!("activation {number}")),
    }
}

/// Positions of a window along one axis, and the zeros before the first: with padding or without.
fn positions(extent: usize, window: usize, stride: usize, padded: bool) -> Result<(usize, usize), Error> {
    if padded {
        let positions = extent.div_ceil(stride);
        Ok((positions, ((positions - 1) * stride + window).saturating_sub(extent) / 2))
    } else if window <= extent {
        Ok(((extent - window) / stride + 1, 0))
    } else {
        shape("window")
    }
}

impl<'a> Reader<'a> {
    /// The operator, and those of its inputs that it reads when it runs.
    pub(super) fn operator(
        &self,
        kind: &Kind,
        table: &Table<'a>,
        inputs: &[TensorId],
        output: TensorId,
    ) -> Result<(Operator, Vec<TensorId>), Error> {
        let options = table.table(4)?;
        let option = |field, default| options.map_or(Ok(default), |options| options.i8(field, default));
        let first = inputs[0];
        let operator = match (kind.number, inputs) {
            (3, [_, weights, bias @ ..]) => {
                let dilated = options.is_some_and(|o| !matches!((o.i32(4, 1), o.i32(5, 1)), (Ok(1), Ok(1))));
                let activation = carried(option(3, 0)?)?;
                self.convolution(Reach::Dense, first, *weights, bias, output, options, activation, dilated)?
            }
            (4, [_, weights, bias @ ..]) => {
                let dilated = options.is_some_and(|o| !matches!((o.i32(5, 1), o.i32(6, 1)), (Ok(1), Ok(1))));
                let activation = carried(option(4, 0)?)?;
                self.convolution(
                    Reach::Depthwise,
                    first,
                    *weights,
                    bias,
                    output,
                    options,
                    activation,
                    dilated,
                )?
            }
            (67, [_, weights, input, bias @ ..]) => {
                let operator = self.transposed(*input, *weights, bias, output)?;
                if options.is_none_or(|o| !matches!((o.i32(1, 0), o.i32(2, 0)), (Ok(2), Ok(2)))) {
                    return unsupported("transposed convolution");
                }
                return Ok((operator, vec![*input]));
            }
            (32, [_, weights, bias @ ..]) if kind.custom == b"Convolution2DTransposeBias" => {
                self.transposed(first, *weights, bias, output)?
            }
            (0 | 18 | 41 | 42 | 99, [a, b]) => {
                let arithmetic = match kind.number {
                    0 => Arithmetic::Add,
                    18 => Arithmetic::Multiply,
                    41 => Arithmetic::Subtract,
                    42 => Arithmetic::Divide,
                    _ => Arithmetic::SquaredDifference,
                };
                let (a, b) = (self.shapes[*a].four(), self.shapes[*b].four());
                for axis in 0..4 {
                    if self.shapes[output].four()[axis] != a[axis].max(b[axis])
                        || (a[axis] != b[axis] && a[axis] != 1 && b[axis] != 1)
                    {
                        return shape("arithmetic");
                    }
                }
                return Ok((Operator::Arithmetic(arithmetic, carried(option(0, 0)?)?), inputs.to_vec()));
            }
            (2, _) => return Ok((self.concatenate(inputs, output, options)?, inputs.to_vec())),
            (54, [_, slopes]) => {
                let slopes = self.floats(*slopes)?;
                self.same(first, output)?;
                if slopes.len() != self.shapes[first].channels() {
                    return unsupported("slopes that differ within a channel");
                }
                Operator::Prelu(slopes)
            }
            (14 | 19 | 21 | 59 | 75 | 76 | 117, [_]) => {
                self.same(first, output)?;
                Operator::Function(match kind.number {
                    14 => Function::Sigmoid,
                    19 => Function::Relu,
                    21 => Function::Relu6,
                    59 => Function::Negate,
                    75 => Function::SquareRoot,
                    76 => Function::InverseSquareRoot,
                    _ => Function::HardSwish,
                })
            }
            (25, [_]) => {
                self.same(first, output)?;
                if options.is_some_and(|options| !matches!(options.f32(0, 1.0), Ok(1.0))) {
                    return unsupported("softmax with a factor");
                }
                Operator::Softmax
            }
            (1 | 17, [_]) => self.pool(kind.number == 17, first, output, options)?,
            (5, [_]) => self.depth_to_space(first, output, options)?,
            (23 | 97, [_, _]) => self.resize(kind.number == 23, first, output, options)?,
            (22, _) => {
                if self.shapes[first].values() != self.shapes[output].values() {
                    return shape("reshape");
                }
                Operator::Reshape
            }
            (39, [_, order]) => self.transpose(first, *order, output)?,
            (40 | 74, [_, axes]) => self.reduce(kind.number == 40, first, *axes, output)?,
            (45, [_, begin, end, strides]) => self.slice(first, [*begin, *end, *strides], output, options)?,
            (34, [_, around]) => self.pad(first, *around, output)?,
            _ => return unsupported(format!("operator {} with {} inputs", kind.number, inputs.len())),
        };
        Ok((operator, vec![first]))
    }

    fn same(&self, input: TensorId, output: TensorId) -> Result<(), Error> {
        if self.shapes[input] == self.shapes[output] { Ok(()) } else { shape("function") }
    }

    /// The values of a bias, or as many zeros where there is none.
    fn bias(&self, bias: &[TensorId], outputs: usize) -> Result<Vec<f32>, Error> {
        match bias {
            [] => Ok(vec![0.0; outputs]),
            [bias] => {
                let bias = self.floats(*bias)?;
                if bias.len() == outputs { Ok(bias) } else { shape("bias") }
            }
            _ => shape("convolution"),
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the two kinds of convolution differ in where their options lie"
    )]
    fn convolution(
        &self,
        reach: Reach,
        input: TensorId,
        weights: TensorId,
        bias: &[TensorId],
        output: TensorId,
        options: Option<Table<'a>>,
        activation: Activation,
        dilated: bool,
    ) -> Result<Operator, Error> {
        let Some(options) = options else {
            return unsupported("convolution without options");
        };
        let (from, to) = (self.picture(input)?, self.picture(output)?);
        let [outputs, height, width, depth] = self.shapes[weights].four();
        let stride = match (options.i32(1, 1)?, options.i32(2, 1)?) {
            (1, 1) => 1,
            (2, 2) => 2,
            strides => return unsupported(format!("strides {strides:?}")),
        };
        let window_known = match reach {
            Reach::Dense => height.max(width) <= MAX_WINDOW && stride <= height.min(width),
            Reach::Depthwise => matches!((height, width, stride), (1, 1, 1) | (3, 3, _) | (5, 5, _)),
        };
        if dilated || !window_known {
            return unsupported(format!("convolution {height}×{width} of stride {stride}"));
        }
        let padded = match options.i8(0, 0)? {
            0 => true,
            1 => false,
            other => return unsupported(format!("padding {other}")),
        };
        let (rows, top) = positions(from.height, height, stride, padded)?;
        let (columns, left) = positions(from.width, width, stride, padded)?;
        let outputs = if reach == Reach::Dense { outputs } else { depth };
        let fits = depth == from.channels && (reach == Reach::Dense || self.shapes[weights].four()[0] == 1);
        if !fits || (Picture { height: rows, width: columns, channels: outputs }) != to {
            return shape("convolution");
        }
        let mut weights = self.floats(weights)?;
        if reach == Reach::Dense {
            weights = transposed(&weights, outputs);
        }
        Ok(Operator::Convolution(Convolution {
            reach,
            window: Window { height, width, stride, top, left },
            weights,
            bias: self.bias(bias, outputs)?,
            slopes: vec![],
            activation,
            residual: None,
        }))
    }

    fn transposed(
        &self,
        input: TensorId,
        weights: TensorId,
        bias: &[TensorId],
        output: TensorId,
    ) -> Result<Operator, Error> {
        let (from, to) = (self.picture(input)?, self.picture(output)?);
        let [outputs, height, width, depth] = self.shapes[weights].four();
        if (height, width) != (2, 2) {
            return unsupported("transposed convolution");
        }
        let expected = Picture { height: 2 * from.height, width: 2 * from.width, channels: outputs };
        if to != expected || depth != from.channels {
            return shape("transposed convolution");
        }
        // output channels × (2 × 2 × input channels) → input channels × (2 × 2 × output channels)
        let stored = self.floats(weights)?;
        let mut weights = Vec::with_capacity(stored.len());
        for channel in 0..depth {
            for corner in 0..4 {
                weights.extend((0..outputs).map(|output| stored[(output * 4 + corner) * depth + channel]));
            }
        }
        let bias = self.bias(bias, outputs)?;
        Ok(Operator::TransposedConvolution(TransposedConvolution {
            weights,
            bias,
            activation: Activation::None,
        }))
    }

    fn pool(
        &self,
        max: bool,
        input: TensorId,
        output: TensorId,
        options: Option<Table>,
    ) -> Result<Operator, Error> {
        let (from, to) = (self.picture(input)?, self.picture(output)?);
        let Some(options) = options else {
            return unsupported("pooling without options");
        };
        let window =
            [options.i32(4, 0)?, options.i32(3, 0)?].map(|extent| usize::try_from(extent).unwrap_or(0));
        let strides = (options.i32(2, 0)?, options.i32(1, 0)?);
        if options.i8(5, 0)? != 0 {
            return unsupported("pooling with an activation");
        }
        if max {
            if window != [2, 2] || strides != (2, 2) || from.height % 2 + from.width % 2 != 0 {
                return unsupported("maximum pooling other than 2×2");
            }
            if to != (Picture { height: from.height / 2, width: from.width / 2, ..from }) {
                return shape("pooling");
            }
            Ok(Operator::MaxPool)
        } else {
            if window != [from.height, from.width] || options.i8(0, 0)? != 1 {
                return unsupported("average pooling of a part");
            }
            if to != (Picture { height: 1, width: 1, ..from }) {
                return shape("pooling");
            }
            Ok(Operator::Reduce { first: 1, end: 3, mean: true })
        }
    }

    fn depth_to_space(
        &self,
        input: TensorId,
        output: TensorId,
        options: Option<Table>,
    ) -> Result<Operator, Error> {
        let (from, to) = (self.picture(input)?, self.picture(output)?);
        let block = options.map_or(Ok(0), |options| options.i32(0, 0))?;
        match usize::try_from(block) {
            Ok(block @ 1..=16) if from.channels == to.channels * block * block => {
                let expected = Picture { height: from.height * block, width: from.width * block, ..to };
                if to == expected { Ok(Operator::DepthToSpace { block }) } else { shape("depth to space") }
            }
            _ => shape("depth to space"),
        }
    }

    fn resize(
        &self,
        bilinear: bool,
        input: TensorId,
        output: TensorId,
        options: Option<Table>,
    ) -> Result<Operator, Error> {
        let (from, to) = (self.picture(input)?, self.picture(output)?);
        let first = if bilinear { 2 } else { 0 };
        let flag = |field| options.map_or(Ok(false), |options| options.flag(field));
        if flag(first)? {
            return unsupported("resizing corner to corner");
        }
        if from.channels != to.channels {
            return shape("resize");
        }
        let way = Resizing { bilinear, half_pixel: flag(first + 1)? };
        Ok(Operator::Resize { ways: vec![way], onto: None })
    }

    fn transpose(&self, input: TensorId, order: TensorId, output: TensorId) -> Result<Operator, Error> {
        let order = self.integers(order)?;
        let rank = self.shapes[input].extents().len();
        if order.len() != rank {
            return shape("transpose");
        }
        // with leading ones
        let mut four = [0, 1, 2, 3];
        for (place, axis) in four[4 - rank..].iter_mut().zip(order) {
            *place = usize::try_from(axis).ok().filter(|axis| *axis < rank).map_or(4, |axis| axis + 4 - rank);
        }
        let from = self.shapes[input].four();
        let complete = (0..4).all(|axis| four.contains(&axis));
        if !complete || four.map(|axis| from[axis]) != self.shapes[output].four() {
            return shape("transpose");
        }
        Ok(Operator::Transpose { order: four })
    }

    fn reduce(
        &self,
        mean: bool,
        input: TensorId,
        axes: TensorId,
        output: TensorId,
    ) -> Result<Operator, Error> {
        let extents = self.shapes[input].extents();
        let rank = extents.len();
        let mut axes = self
            .integers(axes)?
            .into_iter()
            .map(|axis| {
                usize::try_from(if axis < 0 { i64::from(axis) + rank as i64 } else { i64::from(axis) })
            })
            .collect::<Result<Vec<_>, _>>()
            .or(shape("reduce"))?;
        axes.sort_unstable();
        axes.dedup();
        let (Some(&first), Some(&last)) = (axes.first(), axes.last()) else {
            return shape("reduce");
        };
        if last >= rank || last - first + 1 != axes.len() {
            return unsupported("reduction over axes apart");
        }
        let reduced: usize = extents[first..=last].iter().product();
        if self.shapes[output].values() * reduced != self.shapes[input].values() {
            return shape("reduce");
        }
        Ok(Operator::Reduce { first, end: last + 1, mean })
    }

    fn concatenate(
        &self,
        inputs: &[TensorId],
        output: TensorId,
        options: Option<Table>,
    ) -> Result<Operator, Error> {
        let rank = self.shapes[output].extents().len() as i64;
        let axis = i64::from(options.map_or(Ok(0), |options| options.i32(0, 0))?);
        let axis = if axis < 0 { axis + rank } else { axis };
        let Ok(axis) = usize::try_from(axis + 4 - rank) else {
            return shape("concatenation");
        };
        let to = self.shapes[output].four();
        let mut extent = 0;
        for input in inputs {
            let from = self.shapes[*input].four();
            if axis > 3 || (0..4).any(|other| other != axis && from[other] != to[other]) {
                return shape("concatenation");
            }
            extent += from[axis];
        }
        if extent != to[axis] {
            return shape("concatenation");
        }
        Ok(Operator::Concatenate { axis })
    }

    fn slice(
        &self,
        input: TensorId,
        [begin, end, strides]: [TensorId; 3],
        output: TensorId,
        options: Option<Table>,
    ) -> Result<Operator, Error> {
        let mask = |field| options.map_or(Ok(0), |options| options.i32(field, 0));
        let (from_start, to_end, single) = (mask(0)?, mask(1)?, mask(4)?);
        if mask(2)? != 0 || mask(3)? != 0 || self.integers(strides)?.iter().any(|stride| *stride != 1) {
            return unsupported("slice with steps");
        }
        let (begins, ends) = (self.integers(begin)?, self.integers(end)?);
        let source = self.shapes[input].extents();
        let rank = source.len();
        if begins.len() != rank || ends.len() != rank {
            return shape("slice");
        }
        let (mut start, mut extents) = ([0; 4], [1; 4]);
        for axis in 0..rank {
            let place = |value: i32| usize::try_from(value).ok().filter(|value| *value <= source[axis]);
            let bit = 1 << axis;
            let first = if from_start & bit != 0 { Some(0) } else { place(begins[axis]) };
            let last = match (single & bit != 0, to_end & bit != 0) {
                (true, _) => first.map(|first| first + 1),
                (_, true) => Some(source[axis]),
                (_, false) => place(ends[axis]),
            };
            match (first, last) {
                (Some(first), Some(last)) if first < last && last <= source[axis] => {
                    start[axis + 4 - rank] = first;
                    extents[axis + 4 - rank] = last - first;
                }
                _ => return shape("slice"),
            }
        }
        if extents.iter().product::<usize>() != self.shapes[output].values() {
            return shape("slice");
        }
        Ok(Operator::Slice { begin: start, extents })
    }

    fn pad(&self, input: TensorId, around: TensorId, output: TensorId) -> Result<Operator, Error> {
        let around = self.integers(around)?;
        let rank = self.shapes[input].extents().len();
        let (pairs, []) = around.as_chunks::<2>() else {
            return shape("padding");
        };
        if pairs.len() != rank {
            return shape("padding");
        }
        let mut four = [(0, 0); 4];
        let mut extents = self.shapes[input].four();
        for (axis, [before, after]) in pairs.iter().enumerate() {
            let (Ok(before), Ok(after)) = (u16::try_from(*before), u16::try_from(*after)) else {
                return shape("padding");
            };
            four[axis + 4 - rank] = (usize::from(before), usize::from(after));
            extents[axis + 4 - rank] += usize::from(before) + usize::from(after);
        }
        if Shape::new(&extents)?.four() != self.shapes[output].four() {
            return shape("padding");
        }
        Ok(Operator::Pad { around: four })
    }
}

/// A matrix of `rows` rows, turned over; a square at a time, so that the lines of the cache that are read and written stay in it.
fn transposed(matrix: &[f32], rows: usize) -> Vec<f32> {
    const TOGETHER: usize = 16;
    let columns = matrix.len() / rows;
    let mut turned = vec![0.0; matrix.len()];
    for (block, some) in matrix.chunks(TOGETHER * columns).enumerate() {
        for first in (0..columns).step_by(TOGETHER) {
            for (below, row) in some.chunks_exact(columns).enumerate() {
                let from = &row[first..columns.min(first + TOGETHER)];
                let to = turned[first * rows + block * TOGETHER + below..].iter_mut().step_by(rows);
                to.zip(from).for_each(|(to, from)| *to = *from);
            }
        }
    }
    turned
}

#[cfg(test)]
mod tests {
    use super::transposed;

    #[test]
    fn turning_twice_changes_nothing() {
        let matrix: Vec<f32> = (0..35 * 3).map(|value| value as f32).collect();
        let turned = transposed(&matrix, 35);
        assert_eq!(turned[..2], [0.0, 3.0]);
        assert_eq!(turned[35], 1.0);
        assert_eq!(transposed(&turned, 3), matrix);
    }
}
