//! From a graph to steps that run: joins operators, packs weights, gives every tensor its place.

#[cfg(test)]
mod tests;

use super::Error;
use super::arena::{Life, layout};
use super::fuse::{self, fuse};
use super::graph::{Activation, Convolution, Graph, Node, Operator, Reach, TensorId};
use super::kernels::{Scaling, Set, Weights};
use super::step::{Block, Calculation, Place, Rearrangement, Resize, Step, Work, block_weights, copy};

/// Everything that a network needs to run, but the memory.
pub struct Plan {
    pub steps: Vec<Step>,
    pub input: Place,
    pub outputs: Vec<Place>,
    /// Floats of memory: of all tensors, and of the two kinds of scratch.
    pub arena: usize,
    pub ring: usize,
    pub rows: usize,
}

/// More memory than this means that the file is not one of ours.
const MAX_ARENA: usize = 1 << 26;

pub fn plan(mut graph: Graph, set: &'static Set) -> Result<Plan, Error> {
    let steps = fuse(&mut graph);
    let places = Places::of(&graph, &steps)?;
    let mut plan = Plan {
        steps: Vec::with_capacity(steps.len()),
        input: places.of_tensor(graph.input)?,
        outputs: graph.outputs.iter().map(|output| places.of_tensor(*output)).collect::<Result<_, _>>()?,
        arena: places.total,
        ring: 0,
        rows: 0,
    };
    let builder = Builder { graph: &graph, places: &places, set };
    for step in steps {
        // the graph's weights go as they are packed
        let (work, output) = match step {
            fuse::Step::Block(block) => (builder.block(&block)?, block.output),
            fuse::Step::Other(Node { operator: Operator::Reshape, .. }) => continue,
            fuse::Step::Other(node) => (builder.work(&node)?, node.output),
        };
        let (ring, rows) = match &work {
            Work::Block { block, .. } => block.scratch(),
            Work::Resize(resize) => (0, resize.scratch()),
            Work::Spread { weights, picture, .. } => (0, picture.width * weights.outputs()),
            _ => (0, 0),
        };
        plan.ring = plan.ring.max(ring);
        plan.rows = plan.rows.max(rows);
        plan.steps.push(Step { output: places.of_tensor(output)?, work });
    }
    Ok(plan)
}

struct Places {
    /// By tensor; one that was reshaped lies where it lay before.
    places: Vec<Option<Place>>,
    total: usize,
}

impl Places {
    fn of(graph: &Graph, steps: &[fuse::Step]) -> Result<Self, Error> {
        let mut root: Vec<TensorId> = (0..graph.shapes.len()).collect();
        let mut lives: Vec<Option<Life>> = vec![None; graph.shapes.len()];
        let life =
            |tensor: TensorId, first, last| Some(Life { first, last, len: graph.shapes[tensor].values() });
        let end = steps.len();
        // the input stays, so that a network can run on it again
        lives[graph.input] = life(graph.input, 0, end);
        for (index, step) in steps.iter().enumerate() {
            let (reads, output): (Vec<TensorId>, TensorId) = match step {
                fuse::Step::Block(block) => {
                    (std::iter::once(block.input).chain(block.residual).collect(), block.output)
                }
                fuse::Step::Other(node) => (node.reads().collect(), node.output),
            };
            for tensor in reads {
                if let Some(life) = &mut lives[root[tensor]] {
                    life.last = life.last.max(index);
                }
            }
            match step {
                fuse::Step::Other(Node { operator: Operator::Reshape, inputs, .. }) => {
                    root[output] = root[inputs[0]]
                }
                _ => lives[output] = life(output, index, index),
            }
        }
        for output in &graph.outputs {
            if let Some(life) = &mut lives[root[*output]] {
                life.last = end;
            }
        }
        let kept: Vec<Life> = lives.iter().flatten().copied().collect();
        let (starts, total) = layout(&kept);
        if total > MAX_ARENA {
            return Err(Error::Shape { what: "network" });
        }
        let mut starts = starts.into_iter();
        let own: Vec<Option<Place>> = lives
            .iter()
            .map(|life| life.and_then(|life| starts.next().map(|start| start..start + life.len)))
            .collect();
        Ok(Self { places: root.into_iter().map(|root| own[root].clone()).collect(), total })
    }

    fn of_tensor(&self, tensor: TensorId) -> Result<Place, Error> {
        self.places[tensor].clone().ok_or_else(|| Error::Unsupported { what: "constant as input".to_owned() })
    }
}

struct Builder<'a> {
    graph: &'a Graph,
    places: &'a Places,
    set: &'static Set,
}

impl Builder<'_> {
    fn block(&self, block: &fuse::Block) -> Result<Work, Error> {
        let input = self.places.of_tensor(block.input)?;
        let residual = block.residual.map(|tensor| self.places.of_tensor(tensor)).transpose()?;
        let residual_channels = block.residual.map_or(0, |tensor| self.graph.shapes[tensor].channels());
        let pictures =
            (self.graph.shapes[block.input].picture()?, self.graph.shapes[block.output].picture()?);
        match (&block.window, &block.project) {
            (Some(window), None) if window.reach == Reach::Depthwise && window.window.is_point() => {
                let Convolution { weights, bias, slopes, activation, .. } = window;
                let scaling = Scaling::new(self.set, weights, bias, slopes, *activation);
                Ok(Work::Scaling { scaling: scaling.ok_or(Error::Shape { what: "scaling" })?, input })
            }
            (Some(window), _) => {
                let block = Box::new(Block::new(self.set, block, window, pictures, residual_channels)?);
                Ok(Work::Block { block, input, residual })
            }
            (None, Some(point)) => {
                let residual = residual.map(|place| (place, residual_channels));
                let pixels = pictures.0.height * pictures.0.width;
                Ok(Work::Product { weights: block_weights(self.set, point), pixels, input, residual })
            }
            (None, None) => Err(Error::Shape { what: "block" }),
        }
    }

    /// The values of a tensor wherever they are.
    fn source(&self, tensor: TensorId) -> Result<copy::Source, Error> {
        match &self.graph.constants[tensor] {
            Some(values) => Ok(copy::Source::Constant(values.clone())),
            None => Ok(copy::Source::Arena(self.places.of_tensor(tensor)?)),
        }
    }

    fn work(&self, node: &Node) -> Result<Work, Error> {
        let first = node.inputs[0];
        let shape = &self.graph.shapes[first];
        let (from, to) = (shape.four(), self.graph.shapes[node.output].four());
        let input = || self.places.of_tensor(first);
        let moved =
            |grid| Ok(Work::Rearrangement(Rearrangement::new(vec![(self.source(first)?, grid)], false)));
        Ok(match &node.operator {
            Operator::TransposedConvolution(convolution) => {
                let bias = convolution.bias.repeat(4);
                let weights = Weights::new(self.set, &convolution.weights, &bias, &[], Activation::None);
                let activation = convolution.activation;
                Work::Spread { weights, activation, picture: shape.picture()?, input: input()? }
            }
            Operator::MaxPool => Work::MaxPool { picture: shape.picture()?, input: input()? },
            Operator::Arithmetic(arithmetic, activation) => {
                let side = |tensor: TensorId| Ok((self.source(tensor)?, self.graph.shapes[tensor].four()));
                let right = node.inputs.last().copied().unwrap_or(first);
                Work::Calculation(Calculation::new((*arithmetic, *activation), side(first)?, side(right)?))
            }
            Operator::Resize { ways, onto } => {
                let sources = node.inputs.iter().zip(ways).map(|(tensor, way)| {
                    Ok((self.places.of_tensor(*tensor)?, self.graph.shapes[*tensor].picture()?, *way))
                });
                let onto = onto.map(|tensor| self.places.of_tensor(tensor)).transpose()?;
                let output = self.graph.shapes[node.output].picture()?;
                Work::Resize(Resize::new(sources.collect::<Result<_, Error>>()?, onto, output))
            }
            Operator::Function(function) => Work::Function { function: *function, input: input()? },
            Operator::Prelu(slopes) => Work::Prelu { slopes: slopes.clone(), input: input()? },
            Operator::Softmax => Work::Softmax { channels: shape.channels(), input: input()? },
            Operator::Reduce { first, end, mean } => {
                let product = |extents: &[usize]| extents.iter().product();
                let extents = shape.extents();
                let (outer, inner) = (product(&extents[..*first]), product(&extents[*end..]));
                Work::Reduction {
                    outer,
                    middle: product(&extents[*first..*end]),
                    inner,
                    mean: *mean,
                    input: input()?,
                }
            }
            Operator::Transpose { order } => moved(copy::Grid {
                extents: to,
                from: 0,
                from_steps: order.map(|axis| copy::steps(from)[axis]),
                to: 0,
                to_steps: copy::steps(to),
            })?,
            Operator::Slice { begin, extents } => moved(copy::Grid {
                extents: *extents,
                from: begin.iter().zip(copy::steps(from)).map(|(begin, step)| begin * step).sum(),
                from_steps: copy::steps(from),
                to: 0,
                to_steps: copy::steps(*extents),
            })?,
            Operator::DepthToSpace { block } => {
                let [_, height, width, channels] = from;
                let (column, line) = (channels / block, width * channels / block);
                moved(copy::Grid {
                    extents: [height, *block, width, column],
                    from: 0,
                    from_steps: [width * channels, column, channels, 1],
                    to: 0,
                    to_steps: [block * line, line, column, 1],
                })?
            }
            Operator::Pad { around } => {
                let grid = copy::Grid {
                    extents: from,
                    from: 0,
                    from_steps: copy::steps(from),
                    to: around.iter().zip(copy::steps(to)).map(|((before, _), step)| before * step).sum(),
                    to_steps: copy::steps(to),
                };
                Work::Rearrangement(Rearrangement::new(vec![(self.source(first)?, grid)], true))
            }
            Operator::Concatenate { axis } => {
                let mut copies = Vec::with_capacity(node.inputs.len());
                let mut at = 0;
                for tensor in &node.inputs {
                    let from = self.graph.shapes[*tensor].four();
                    let (from_steps, to_steps) = (copy::steps(from), copy::steps(to));
                    let grid =
                        copy::Grid { extents: from, from: 0, from_steps, to: at * to_steps[*axis], to_steps };
                    copies.push((self.source(*tensor)?, grid));
                    at += from[*axis];
                }
                Work::Rearrangement(Rearrangement::new(copies, false))
            }
            Operator::Convolution(_) | Operator::Reshape => return Err(Error::Order),
        })
    }
}
