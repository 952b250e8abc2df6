//! Runs the published `.tflite` networks as they are, on one thread of the processor, or on a few for one that is large.
//!
//! A file is read and checked ([`reader`]), its operators are joined so that most tensors never go through memory
//! ([`fuse`]), and what is left becomes steps with packed weights ([`plan`], [`step`]) over one piece of memory
//! ([`arena`]). The loops that take the time are in [`kernels`], for each instruction set, and only they use `unsafe`.
//!
//! Tensors are 32-bit floats, pictures height × width × channels. Results agree with TensorFlow Lite's own to rounding.

mod aligned;
mod arena;
mod constant;
mod flatbuffer;
mod fuse;
mod graph;
mod kernels;
mod plan;
mod reader;
#[cfg(test)]
mod reference;
mod step;

use aligned::Aligned;
use kernels::Set;
use plan::Plan;
use step::{Place, Scratch, Step};

/// Why a file cannot be run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("not a TensorFlow Lite model")]
    NotAModel,
    #[error("the model points outside itself at byte {at}")]
    Truncated { at: usize },
    #[error("the extents of a {what} do not fit")]
    Shape { what: &'static str },
    #[error("the model uses a tensor that is not there, or not yet")]
    Order,
    #[error("the model uses something that is not supported: {what}")]
    Unsupported { what: String },
}

/// The instructions that the loops are compiled for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstructionSet {
    /// What every processor of the architecture has.
    Portable,
    /// x86-64 with AVX2 and FMA.
    Avx2,
    /// x86-64 with AVX-512F.
    Avx512,
}

impl InstructionSet {
    /// The fastest that this processor has.
    pub fn best() -> Self {
        [Self::Avx512, Self::Avx2].into_iter().find(|set| set.is_available()).unwrap_or(Self::Portable)
    }

    /// All that this processor has, the slowest first.
    pub fn available() -> Vec<Self> {
        [Self::Portable, Self::Avx2, Self::Avx512].into_iter().filter(|set| set.is_available()).collect()
    }

    fn is_available(self) -> bool {
        #[cfg(target_arch = "x86_64")]
        {
            let avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
            match self {
                Self::Portable => true,
                Self::Avx2 => avx2,
                // narrow tensors take the loops for AVX2 there
                Self::Avx512 => avx2 && is_x86_feature_detected!("avx512f"),
            }
        }
        #[cfg(not(target_arch = "x86_64"))]
        {
            self == Self::Portable
        }
    }
}

/// Where the tensors of networks lie that run one after the other, each over what the one before has left.
pub struct Memory(Aligned);

impl Memory {
    /// As much as the largest of them needs.
    pub fn of<'a>(networks: impl IntoIterator<Item = &'a Network>) -> Self {
        Self(Aligned::zeros(networks.into_iter().map(|network| network.arena).max().unwrap_or_default()))
    }
}

/// A network with its weights. It runs in a [`Memory`] that was made for it; another one panics.
pub struct Network {
    set: &'static Set,
    steps: Vec<Step>,
    /// How many of them are over, for a run in parts.
    done: usize,
    /// How many floats its tensors take.
    arena: usize,
    /// One for each thread.
    scratches: Vec<Scratch>,
    input: (Place, Vec<usize>),
    outputs: Vec<(Place, Vec<usize>)>,
}

impl Network {
    /// Reads a `.tflite` file and makes it ready for `isa`, or for what the processor has where it lacks that.
    ///
    /// # Errors
    /// Where the bytes are not a model, or one with operators or extents that are not known here.
    pub fn load(tflite: &[u8], isa: InstructionSet) -> Result<Self, Error> {
        let set = Set::of(isa);
        let graph = reader::read(tflite)?;
        let extents = |tensor: usize| graph.shapes[tensor].extents().to_vec();
        let input_shape = extents(graph.input);
        let output_shapes: Vec<_> = graph.outputs.iter().map(|output| extents(*output)).collect();
        let Plan { steps, input, outputs, arena, ring, rows } = plan::plan(graph, set)?;
        Ok(Self {
            set,
            steps,
            done: 0,
            arena,
            scratches: vec![Scratch::new(ring, rows)],
            input: (input, input_shape),
            outputs: outputs.into_iter().zip(output_shapes).collect(),
        })
    }

    /// The extents of the input, for pictures 1 × height × width × channels.
    pub fn input_shape(&self) -> &[usize] {
        &self.input.1
    }

    /// The extents of the outputs, in the order of the file.
    pub fn output_shapes(&self) -> Vec<&[usize]> {
        self.outputs.iter().map(|(_, shape)| &shape[..]).collect()
    }

    /// The input, to be filled before [`Self::run`], the last extent innermost. It keeps its values until another network runs.
    pub fn input<'m>(&self, memory: &'m mut Memory) -> &'m mut [f32] {
        &mut memory.0[self.input.0.clone()]
    }

    /// Computes the outputs from the input.
    pub fn run(&mut self, memory: &mut Memory) {
        self.run_on(1, memory);
    }

    /// The same with the rows of large steps parted among `threads` of rayon's present pool, this one among them.
    pub fn run_on(&mut self, threads: usize, memory: &mut Memory) {
        let threads = threads.max(1);
        if let Some(scratch) = self.scratches.first().filter(|_| self.scratches.len() < threads) {
            let (ring, rows) = (scratch.ring.len(), scratch.rows.len());
            self.scratches.resize_with(threads, || Scratch::new(ring, rows));
        }
        for step in &self.steps {
            step.run(self.set, &mut memory.0, &mut self.scratches[..threads]);
        }
    }

    /// Begins a run in parts: its memory is to stay as it is until it is over.
    pub fn begin(&mut self) {
        self.done = 0;
    }

    /// Goes on with the run that was begun, on this thread, as long as `more` says so, which is asked before each step; whether
    /// the outputs are there.
    pub fn go_on(&mut self, memory: &mut Memory, mut more: impl FnMut() -> bool) -> bool {
        while let Some(step) = self.steps.get(self.done) {
            if !more() {
                return false;
            }
            step.run(self.set, &mut memory.0, &mut self.scratches[..1]);
            self.done += 1;
        }
        true
    }

    /// An output of the run before in this memory, the last extent innermost.
    ///
    /// # Panics
    /// Where `index` is not below the number of [`Self::output_shapes`].
    pub fn output<'m>(&self, index: usize, memory: &'m Memory) -> &'m [f32] {
        &memory.0[self.outputs[index].0.clone()]
    }

    /// Bytes of memory for tensors, beside the weights.
    pub fn working_memory(&self) -> usize {
        let scratch = |scratch: &Scratch| scratch.ring.len() + scratch.rows.len();
        size_of::<f32>() * (self.arena + self.scratches.iter().map(scratch).sum::<usize>())
    }
}
