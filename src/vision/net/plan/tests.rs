//! Chains of convolutions, joined and in rings of rows, against one convolution after the other.

use super::super::InstructionSet;
use super::super::aligned::Aligned;
use super::super::graph::{Activation, Arithmetic, Picture, Shape, Window};
use super::super::reference::{activation, assert_near, convolve, values};
use super::super::step::Scratch;
use super::*;
use proptest::prelude::*;

/// One convolution of a chain, with its pictures.
#[derive(Clone, Debug)]
struct Link {
    convolution: Convolution,
    from: Picture,
    to: Picture,
}

fn link(
    reach: Reach,
    from: Picture,
    outputs: usize,
    (side, stride): (usize, usize),
    activation: Activation,
) -> Link {
    let extent = |extent: usize| extent.div_ceil(stride);
    let before = |extent: usize| ((extent.div_ceil(stride) - 1) * stride + side).saturating_sub(extent) / 2;
    let depth = if reach == Reach::Dense { from.channels } else { 1 };
    let seed = (outputs + side) as u32;
    let scale = 1.0 / ((side * side * depth) as f32).sqrt();
    Link {
        convolution: Convolution {
            reach,
            window: Window {
                height: side,
                width: side,
                stride,
                top: before(from.height),
                left: before(from.width),
            },
            weights: values(side * side * depth * outputs, seed).iter().map(|value| value * scale).collect(),
            bias: values(outputs, seed + 1),
            slopes: if activation == Activation::Prelu { values(outputs, seed + 2) } else { vec![] },
            activation,
            residual: None,
        },
        from,
        to: Picture { height: extent(from.height), width: extent(from.width), channels: outputs },
    }
}

/// The graph of a chain; where `residual` the chain's input is added to its output.
fn graph(links: &[Link], residual: bool) -> Graph {
    let shape = |picture: Picture| Shape::new(&[1, picture.height, picture.width, picture.channels]).unwrap();
    let mut shapes = vec![shape(links[0].from)];
    let mut nodes = Vec::new();
    for (index, link) in links.iter().enumerate() {
        shapes.push(shape(link.to));
        let operator = Operator::Convolution(link.convolution.clone());
        nodes.push(Node { operator, inputs: vec![index], output: index + 1 });
    }
    if residual {
        let output = shapes.len();
        shapes.push(shapes[output - 1].clone());
        let operator = Operator::Arithmetic(Arithmetic::Add, Activation::None);
        nodes.push(Node { operator, inputs: vec![0, output - 1], output });
    }
    let outputs = vec![shapes.len() - 1];
    Graph { constants: vec![None; shapes.len()], shapes, nodes, input: 0, outputs }
}

fn run(graph: Graph, set: &'static Set, input: &[f32], threads: usize) -> (Vec<f32>, usize) {
    let plan = plan(graph, set).unwrap();
    // what a run before has left must not matter
    let garbage = |len| Aligned::padded(&vec![777.0; len], len);
    let mut arena = garbage(plan.arena);
    arena[plan.input.clone()].copy_from_slice(input);
    let scratch = || Scratch { ring: garbage(plan.ring), rows: garbage(plan.rows) };
    let mut scratches: Vec<_> = (0..threads).map(|_| scratch()).collect();
    for step in &plan.steps {
        step.run(set, &mut arena, &mut scratches);
    }
    (arena[plan.outputs[0].clone()].to_vec(), plan.steps.len())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn joined_chains_agree(
        (height, width, channels) in (1usize..12, 1usize..40, 1usize..20),
        (expanded, widened, projected) in (1usize..40, 1usize..40, 1usize..20),
        (dense, side, stride) in (any::<bool>(), prop::sample::select(vec![3, 5]), 1usize..3),
        (with_expand, with_window, with_project, residual) in any::<(bool, bool, bool, bool)>(),
        activations in (activation(), activation(), activation()),
        threads in 1usize..4,
    ) {
        let mut from = Picture { height, width, channels };
        let mut links = Vec::new();
        if with_expand {
            links.push(link(Reach::Dense, from, expanded, (1, 1), activations.0));
            from = links.last().unwrap().to;
        }
        if with_window {
            let reach = if dense { Reach::Dense } else { Reach::Depthwise };
            let outputs = if dense { widened } else { from.channels };
            links.push(link(reach, from, outputs, (side, stride), activations.1));
            from = links.last().unwrap().to;
        }
        // the last one fits the residual
        let residual = residual && (from.height, from.width) == (height, width);
        if with_project || links.is_empty() || residual {
            let outputs = if residual { channels } else { projected };
            let activation = if residual { Activation::None } else { activations.2 };
            links.push(link(Reach::Dense, from, outputs, (1, 1), activation));
        }
        let input = values(height * width * channels, 9);
        let mut expected = input.clone();
        for (index, link) in links.iter().enumerate() {
            let added = (residual && index + 1 == links.len()).then_some((&input[..], channels));
            expected = convolve(&link.convolution, &expected, link.from, link.to, added);
        }
        for isa in InstructionSet::available() {
            let (output, steps) = run(graph(&links, residual), Set::of(isa), &input, threads);
            assert_near(&output, &expected, &format!("{isa:?} on {threads}"));
            prop_assert!(steps <= links.len(), "a residual is not a step of its own");
        }
    }
}

/// Weights that outgrow the cache take another way through rows and panels.
#[test]
fn big_weights_agree() {
    let from = Picture { height: 7, width: 9, channels: 130 };
    let expand = link(Reach::Dense, from, 1600, (1, 1), Activation::Relu6);
    let window = link(Reach::Depthwise, expand.to, 1600, (3, 2), Activation::None);
    let project = link(Reach::Dense, window.to, 130, (1, 1), Activation::None);
    let dense = link(Reach::Dense, project.to, 170, (3, 1), Activation::HardSwish);
    let links = [expand, window, project, dense];
    let input = values(from.height * from.width * from.channels, 9);
    let mut expected = input.clone();
    for link in &links {
        expected = convolve(&link.convolution, &expected, link.from, link.to, None);
    }
    for isa in InstructionSet::available() {
        for threads in [1, 2] {
            let (output, steps) = run(graph(&links, false), Set::of(isa), &input, threads);
            assert_near(&output, &expected, &format!("{isa:?} on {threads}"));
            assert_eq!(steps, 2);
        }
    }
}
