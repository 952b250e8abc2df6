//! Joins operators, so that a tensor that only passes from one to the next never goes through memory.
//!
//! One pass in the order of execution: each node looks at the nodes that made its inputs and takes in what it can. A node
//! that takes in an earlier one stays at its own, later place, where all inputs of both are known.

mod linear;

use super::graph::{
    Activation, Arithmetic, Convolution, Graph, Node, Operator, Reach, Shape, TensorId, Window,
};

/// A chain of convolutions with one input and one output: 1×1, then a window, then 1×1, each of which may be absent.
pub struct Block {
    pub expand: Option<Convolution>,
    pub window: Option<Convolution>,
    pub project: Option<Convolution>,
    pub input: TensorId,
    /// Added to the last convolution before its activation.
    pub residual: Option<TensorId>,
    pub output: TensorId,
}

pub enum Step {
    Block(Box<Block>),
    Other(Node),
}

/// Joins what can be joined in `graph`, and gives the steps that are left.
pub fn fuse(graph: &mut Graph) -> Vec<Step> {
    let mut fusion = Fusion::new(graph);
    for index in 0..fusion.nodes.len() {
        while let Some(node) = fusion.nodes[index].take() {
            let (node, joined) = fusion.join(node);
            fusion.put(index, node);
            if !joined {
                break;
            }
        }
    }
    let Fusion { nodes, uses, .. } = fusion;
    blocks(nodes.into_iter().flatten().collect(), &uses)
}

struct Fusion<'a> {
    shapes: &'a [Shape],
    constants: &'a [Option<Vec<f32>>],
    nodes: Vec<Option<Node>>,
    /// The node that makes a tensor.
    maker: Vec<Option<usize>>,
    /// How often a tensor is read; being an output of the network counts too.
    uses: Vec<usize>,
}

impl<'a> Fusion<'a> {
    fn new(graph: &'a mut Graph) -> Self {
        let nodes = std::mem::take(&mut graph.nodes);
        let mut maker = vec![None; graph.shapes.len()];
        let mut uses = vec![0; graph.shapes.len()];
        for (index, node) in nodes.iter().enumerate() {
            maker[node.output] = Some(index);
            node.reads().for_each(|tensor| uses[tensor] += 1);
        }
        graph.outputs.iter().for_each(|tensor| uses[*tensor] += 1);
        let nodes = nodes.into_iter().map(Some).collect();
        Self { shapes: &graph.shapes, constants: &graph.constants, nodes, maker, uses }
    }

    /// The node that makes a tensor.
    fn made(&self, tensor: TensorId) -> Option<&Node> {
        self.maker[tensor].and_then(|index| self.nodes[index].as_ref())
    }

    /// The node that makes a tensor for a single reader.
    fn made_for_one(&self, tensor: TensorId) -> Option<&Node> {
        self.made(tensor).filter(|_| self.uses[tensor] == 1)
    }

    fn take(&mut self, tensor: TensorId) -> Option<Node> {
        self.maker[tensor].take().and_then(|index| self.nodes[index].take())
    }

    fn put(&mut self, index: usize, node: Node) {
        self.maker[node.output] = Some(index);
        self.nodes[index] = Some(node);
    }

    /// The node with one more taken in, and whether there was one.
    fn join(&mut self, node: Node) -> (Node, bool) {
        match &node.operator {
            Operator::Function(function) => match function.activation() {
                Some(activation) => self.activate(node, activation, vec![]),
                None => (node, false),
            },
            Operator::Prelu(slopes) => {
                let slopes = slopes.clone();
                self.activate(node, Activation::Prelu, slopes)
            }
            Operator::Arithmetic(Arithmetic::Add, activation) => {
                let activation = *activation;
                self.add(node, activation)
            }
            Operator::Arithmetic(Arithmetic::Multiply, Activation::None) => self.scaling(node),
            Operator::Convolution(_) => self.convolve(node),
            _ => (node, false),
        }
    }

    /// An activation goes into the convolution before it.
    fn activate(&mut self, node: Node, new: Activation, new_slopes: Vec<f32>) -> (Node, bool) {
        let ready = match self.made_for_one(node.inputs[0]).map(|made| &made.operator) {
            Some(Operator::Convolution(made)) => made.activation == Activation::None,
            Some(Operator::TransposedConvolution(made)) => {
                made.activation == Activation::None && new != Activation::Prelu
            }
            _ => false,
        };
        let Some(mut made) = ready.then(|| self.take(node.inputs[0])).flatten() else {
            return (node, false);
        };
        match &mut made.operator {
            Operator::Convolution(convolution) => {
                convolution.activation = new;
                convolution.slopes = new_slopes;
            }
            Operator::TransposedConvolution(convolution) => convolution.activation = new,
            _ => {}
        }
        made.output = node.output;
        (made, true)
    }

    /// A sum goes into the resizing or the convolution that made one side; sums with a constant are scalings.
    fn add(&mut self, node: Node, activation: Activation) -> (Node, bool) {
        let [a, b] = node.inputs[..] else {
            return (node, false);
        };
        if self.constants[a].is_some() || self.constants[b].is_some() {
            return if activation == Activation::None { self.scaling(node) } else { (node, false) };
        }
        if self.shapes[a] != self.shapes[b] || a == b {
            return (node, false);
        }
        for (made, other) in [(a, b), (b, a)] {
            if activation == Activation::None
                && let Some(Node { operator: Operator::Resize { onto, .. }, .. }) = self.made_for_one(made)
            {
                if onto.is_none() {
                    return self.resize_onto(node, made, other);
                } else if let Some(Node { operator: Operator::Resize { onto: None, .. }, .. }) =
                    self.made_for_one(other)
                {
                    return self.resize_onto(node, other, made);
                }
            }
        }
        for (made, other) in [(a, b), (b, a)] {
            if let Some(Node { operator: Operator::Convolution(convolution), .. }) = self.made_for_one(made)
                && convolution.is_linear()
                && convolution.reach == Reach::Dense
                && let Some(Node { operator: Operator::Convolution(convolution), inputs, .. }) =
                    self.take(made)
            {
                let residual = Some(self.without_padding(other));
                let operator = Operator::Convolution(Convolution { residual, activation, ..convolution });
                return (Node { operator, inputs, output: node.output }, true);
            }
        }
        (node, false)
    }

    /// Resizes `made` onto `other`, or onto what `other` was resized onto.
    fn resize_onto(&mut self, node: Node, made: TensorId, other: TensorId) -> (Node, bool) {
        let Some(Node { operator: Operator::Resize { mut ways, .. }, mut inputs, .. }) = self.take(made)
        else {
            return (node, false);
        };
        let mut onto = Some(other);
        if let Some(Node { operator: Operator::Resize { .. }, .. }) = self.made_for_one(other)
            && let Some(Node {
                operator: Operator::Resize { ways: more, onto: base }, inputs: others, ..
            }) = self.take(other)
        {
            ways.extend(more);
            inputs.extend(others);
            onto = base;
        }
        (Node { operator: Operator::Resize { ways, onto }, inputs, output: node.output }, true)
    }

    /// The tensor before zeros were added as further channels: a residual may have fewer than the sum.
    fn without_padding(&mut self, tensor: TensorId) -> TensorId {
        if let Some(Node { operator: Operator::Pad { around }, inputs, .. }) = self.made_for_one(tensor)
            && let [(0, 0), (0, 0), (0, 0), (0, _)] = around
        {
            let before = inputs[0];
            self.take(tensor);
            return before;
        }
        tensor
    }

    /// A product or sum with a constant for each channel becomes a convolution of one pixel and one channel.
    fn scaling(&mut self, node: Node) -> (Node, bool) {
        let scaling = |tensor: TensorId, constant: TensorId| {
            let channels = self.shapes[node.output].channels();
            let values = self.constants[constant].as_ref().filter(|values| values.len() == channels)?;
            let per_channel = self.shapes[constant].channels() == channels;
            let picture =
                self.shapes[tensor] == self.shapes[node.output] && self.shapes[tensor].picture().is_ok();
            let product = matches!(node.operator, Operator::Arithmetic(Arithmetic::Multiply, _));
            let (weights, bias) = if product {
                (values.clone(), vec![0.0; channels])
            } else {
                (vec![1.0; channels], values.clone())
            };
            let convolution = Convolution {
                reach: Reach::Depthwise,
                window: Window { height: 1, width: 1, stride: 1, top: 0, left: 0 },
                weights,
                bias,
                slopes: vec![],
                activation: Activation::None,
                residual: None,
            };
            (per_channel && picture).then_some((convolution, tensor))
        };
        let [a, b] = node.inputs[..] else {
            return (node, false);
        };
        match scaling(a, b).or_else(|| scaling(b, a)) {
            Some((convolution, input)) => {
                let operator = Operator::Convolution(convolution);
                (Node { operator, inputs: vec![input], output: node.output }, true)
            }
            None => (node, false),
        }
    }

    /// A convolution takes in zeros that were laid around its input, and linear operators before it.
    fn convolve(&mut self, mut node: Node) -> (Node, bool) {
        let Operator::Convolution(convolution) = &mut node.operator else {
            return (node, false);
        };
        let input = node.inputs[0];
        if let Some(Node { operator: Operator::Pad { around }, inputs, .. }) = self.made_for_one(input)
            && let [(0, 0), (top, _), (left, _), (0, 0)] = *around
            && top < convolution.window.height
            && left < convolution.window.width
        {
            let before = inputs[0];
            convolution.window.top += top;
            convolution.window.left += left;
            node.inputs = vec![before];
            self.take(input);
            return (node, true);
        }
        let Some(Node { operator, inputs, .. }) = self.made(input) else {
            return (node, false);
        };
        let before = inputs[0];
        let only = self.uses[input] == 1;
        match operator {
            Operator::Convolution(first) if first.is_scaling() && convolution.is_point() => {
                linear::scale_inputs(convolution, first);
            }
            Operator::Convolution(first) if only && first.is_scaling() && convolution.is_scaling() => {
                linear::join_scalings(convolution, first);
            }
            Operator::Convolution(first) if only && linear::is_worth_joining(first, convolution) => {
                linear::join_products(convolution, first);
            }
            Operator::TransposedConvolution(first)
                if only
                    && first.activation == Activation::None
                    && convolution.is_point()
                    && convolution.residual.is_none()
                    && convolution.activation != Activation::Prelu =>
            {
                node.operator = Operator::TransposedConvolution(linear::join_transposed(first, convolution));
            }
            _ => return (node, false),
        }
        node.inputs = vec![before];
        if only {
            self.take(input);
        } else {
            self.uses[input] -= 1;
            self.uses[before] += 1;
        }
        (node, true)
    }
}

/// Groups convolutions that follow each other into blocks.
fn blocks(nodes: Vec<Node>, uses: &[usize]) -> Vec<Step> {
    let mut steps: Vec<Option<Step>> = Vec::new();
    let mut maker = vec![None; uses.len()];
    for node in nodes {
        let output = node.output;
        let step = match node {
            Node { operator: Operator::Convolution(convolution), inputs, .. } => {
                let mut block = Box::new(Block::of(convolution, inputs[0], output));
                let before: Option<&mut Option<Step>> = maker[block.input]
                    .and_then(|index: usize| steps.get_mut(index))
                    .filter(|_| uses[block.input] == 1);
                if let Some(slot) = before
                    && let Some(Step::Block(first)) = slot.take_if(|step| match step {
                        Step::Block(first) => block.can_follow(first),
                        Step::Other(_) => false,
                    })
                {
                    block.follow(*first);
                }
                Step::Block(block)
            }
            node => Step::Other(node),
        };
        maker[output] = Some(steps.len());
        steps.push(Some(step));
    }
    steps.into_iter().flatten().collect()
}

impl Block {
    fn of(convolution: Convolution, input: TensorId, output: TensorId) -> Self {
        let residual = convolution.residual;
        let (window, project) =
            if convolution.is_point() { (None, Some(convolution)) } else { (Some(convolution), None) };
        Self { expand: None, window, project, input, residual, output }
    }

    /// Whether `first` can be the beginning of a block that ends with this one.
    fn can_follow(&self, first: &Self) -> bool {
        let depthwise = |block: &Self| {
            let window = block.window.as_ref();
            window.is_some_and(|window| window.reach == Reach::Depthwise && !window.window.is_point())
        };
        let only_window = self.project.is_none() && depthwise(self);
        let only_project = self.window.is_none();
        let first_only_project = first.window.is_none() && first.residual.is_none();
        let first_unfinished = first.project.is_none() && depthwise(first);
        self.expand.is_none() && (only_window && first_only_project || only_project && first_unfinished)
    }

    fn follow(&mut self, first: Self) {
        if self.window.is_some() {
            self.expand = first.project;
        } else {
            self.expand = first.expand;
            self.window = first.window;
        }
        self.input = first.input;
    }
}
