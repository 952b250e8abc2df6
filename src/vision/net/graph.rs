//! A network as the file describes it: tensors, and operators in the order of execution.

use super::Error;

/// The most values that a tensor may have. The networks that are used stay under half of it.
const MAX_VALUES: usize = 1 << 24;

pub type TensorId = usize;

/// The extents of a tensor, one to four, each at least one. Pictures are batch × height × width × channels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape(Vec<usize>);

impl Shape {
    pub fn new(extents: &[usize]) -> Result<Self, Error> {
        let extents = if extents.is_empty() { &[1] } else { extents };
        let values = extents.iter().try_fold(1usize, |product, extent| product.checked_mul(*extent));
        match values {
            Some(1..=MAX_VALUES) if extents.len() <= 4 => Ok(Self(extents.to_vec())),
            _ => Err(Error::Shape { what: "tensor" }),
        }
    }

    pub fn extents(&self) -> &[usize] {
        &self.0
    }

    pub fn values(&self) -> usize {
        self.0.iter().product()
    }

    /// With leading ones, as four extents.
    pub fn four(&self) -> [usize; 4] {
        let mut four = [1; 4];
        four[4 - self.0.len()..].copy_from_slice(&self.0);
        four
    }

    /// The last extent: the channels of a picture.
    pub fn channels(&self) -> usize {
        self.four()[3]
    }

    /// Height, width and channels of a single picture.
    pub fn picture(&self) -> Result<Picture, Error> {
        match self.0[..] {
            [1, height, width, channels] => Ok(Picture { height, width, channels }),
            _ => Err(Error::Shape { what: "picture" }),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picture {
    pub height: usize,
    pub width: usize,
    pub channels: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    None,
    Relu,
    Relu6,
    /// Negative values times a slope for each channel.
    Prelu,
    HardSwish,
    Sigmoid,
}

/// How a convolution moves over its input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub height: usize,
    pub width: usize,
    pub stride: usize,
    /// Rows and columns of zeros before the input; what is missing after it is zeros too.
    pub top: usize,
    pub left: usize,
}

impl Window {
    /// A single pixel at a time: the convolution is a matrix product.
    pub fn is_point(&self) -> bool {
        *self == Self { height: 1, width: 1, stride: 1, top: 0, left: 0 }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Each output channel from all input channels.
    Dense,
    /// Each output channel from the input channel of the same number.
    Depthwise,
}

#[derive(Clone, Debug)]
pub struct Convolution {
    pub reach: Reach,
    pub window: Window,
    /// Dense: (window height × width × input channels) rows of output channels. Depthwise: (window height × width) rows of channels.
    pub weights: Vec<f32>,
    /// One for each output channel.
    pub bias: Vec<f32>,
    /// One for each output channel, where the activation needs them.
    pub slopes: Vec<f32>,
    pub activation: Activation,
    /// A tensor of the output's size, or of fewer channels, that is added before the activation.
    pub residual: Option<TensorId>,
}

impl Convolution {
    pub fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// A matrix product over channels.
    pub fn is_point(&self) -> bool {
        self.reach == Reach::Dense && self.window.is_point()
    }

    /// A factor and an addend for each channel, and nothing else.
    pub fn is_scaling(&self) -> bool {
        self.reach == Reach::Depthwise && self.window.is_point() && self.activation == Activation::None
    }

    /// Neither an activation nor a residual: what comes after may be multiplied in.
    pub fn is_linear(&self) -> bool {
        self.activation == Activation::None && self.residual.is_none()
    }
}

/// Stride 2, window 2×2: each input pixel makes four output pixels.
#[derive(Clone, Debug)]
pub struct TransposedConvolution {
    /// Input channels × (2 × 2 × output channels).
    pub weights: Vec<f32>,
    pub bias: Vec<f32>,
    pub activation: Activation,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    SquaredDifference,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    Negate,
    SquareRoot,
    InverseSquareRoot,
    Relu,
    Relu6,
    HardSwish,
    Sigmoid,
}

impl Function {
    pub fn activation(self) -> Option<Activation> {
        match self {
            Self::Relu => Some(Activation::Relu),
            Self::Relu6 => Some(Activation::Relu6),
            Self::HardSwish => Some(Activation::HardSwish),
            Self::Sigmoid => Some(Activation::Sigmoid),
            Self::Negate | Self::SquareRoot | Self::InverseSquareRoot => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resizing {
    /// Between the four nearest pixels, else the nearest one.
    pub bilinear: bool,
    /// Whether pixels are their centres, else their corners.
    pub half_pixel: bool,
}

#[derive(Clone, Debug)]
pub enum Operator {
    Convolution(Convolution),
    TransposedConvolution(TransposedConvolution),
    /// 2×2, stride 2.
    MaxPool,
    Arithmetic(Arithmetic, Activation),
    Function(Function),
    /// A slope for each channel.
    Prelu(Vec<f32>),
    /// The sum of the inputs, each resized in its way, and of `onto`, which has the output's size.
    Resize {
        ways: Vec<Resizing>,
        onto: Option<TensorId>,
    },
    Reshape,
    Transpose {
        order: [usize; 4],
    },
    Softmax,
    /// Over the neighbouring axes `first..end` of the input.
    Reduce {
        first: usize,
        end: usize,
        mean: bool,
    },
    /// Along an axis of four.
    Concatenate {
        axis: usize,
    },
    /// From `begin`, of the extents `extents`.
    Slice {
        begin: [usize; 4],
        extents: [usize; 4],
    },
    /// Zeros around, each axis before and after.
    Pad {
        around: [(usize, usize); 4],
    },
    DepthToSpace {
        block: usize,
    },
}

/// An operator with its tensors. Weights are inside the operator; other constants are tensors.
#[derive(Clone, Debug)]
pub struct Node {
    pub operator: Operator,
    pub inputs: Vec<TensorId>,
    pub output: TensorId,
}

impl Node {
    /// All tensors that the node reads.
    pub fn reads(&self) -> impl Iterator<Item = TensorId> {
        let added = match &self.operator {
            Operator::Convolution(convolution) => convolution.residual,
            Operator::Resize { onto, .. } => *onto,
            _ => None,
        };
        self.inputs.iter().copied().chain(added)
    }
}

/// Reader's promises, on which the rest builds: every shape follows from the shapes of the inputs, every tensor is
/// written once and before it is read, weights have the lengths that the shapes ask for.
pub struct Graph {
    pub shapes: Vec<Shape>,
    /// The values of constant tensors of floats that are not weights.
    pub constants: Vec<Option<Vec<f32>>>,
    pub nodes: Vec<Node>,
    pub input: TensorId,
    pub outputs: Vec<TensorId>,
}
