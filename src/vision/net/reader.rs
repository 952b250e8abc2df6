//! Reads a `.tflite` file: one graph of floats, of the operators that the photo networks use.
//!
//! Field numbers are those of TensorFlow Lite's schema (version 3).

mod operator;

pub use operator::MAX_WINDOW;

use super::Error;
use super::constant::{self, Constant};
use super::flatbuffer::Table;
use super::graph::{Graph, Node, Picture, Shape, TensorId};

/// A constant as it lies in the file. Decoded where it is used, so that two that share it both get it.
#[derive(Clone, Copy)]
struct Stored<'a> {
    kind: i8,
    bytes: &'a [u8],
    sparsity: Option<Table<'a>>,
}

/// The kind of an operator: the schema's number, and a name for kinds outside the schema.
struct Kind<'a> {
    number: i32,
    custom: &'a [u8],
}

struct Reader<'a> {
    shapes: Vec<Shape>,
    stored: Vec<Option<Stored<'a>>>,
    /// Constants, the input and what an operator before has written.
    known: Vec<bool>,
    constants: Vec<Option<Vec<f32>>>,
}

const DEQUANTIZE: i32 = 6;
const DENSIFY: i32 = 124;

pub fn read(bytes: &[u8]) -> Result<Graph, Error> {
    let model = Table::root(bytes, b"TFL3")?;
    let kinds = model.vector(1)?.tables()?.iter().map(kind).collect::<Result<Vec<_>, _>>()?;
    let [subgraph] = model.vector(2)?.tables()?[..] else {
        return Err(Error::Unsupported { what: "more than one graph".to_owned() });
    };
    let buffers = model.vector(4)?.tables()?;
    let mut reader = Reader { shapes: vec![], stored: vec![], known: vec![], constants: vec![] };
    for tensor in subgraph.vector(0)?.tables()? {
        reader.tensor(&tensor, &buffers)?;
    }
    let [input] = reader.ids(&subgraph, 1)?[..] else {
        return Err(Error::Unsupported { what: "more than one input".to_owned() });
    };
    if reader.known[input] {
        return Err(Error::Order);
    }
    reader.known[input] = true;
    let mut nodes = Vec::new();
    for operator in subgraph.vector(3)?.tables()? {
        let kind = usize::try_from(operator.i32(0, 0)?).ok().and_then(|index| kinds.get(index));
        nodes.extend(reader.node(kind.ok_or(Error::Order)?, &operator)?);
    }
    let outputs = reader.ids(&subgraph, 2)?;
    let written = |output: &TensorId| nodes.iter().any(|node| node.output == *output);
    if outputs.is_empty() || !outputs.iter().all(written) {
        return Err(Error::Order);
    }
    Ok(Graph { shapes: reader.shapes, constants: reader.constants, nodes, input, outputs })
}

fn kind<'a>(code: &Table<'a>) -> Result<Kind<'a>, Error> {
    // old writers fill only the narrow field
    let number = i32::from(code.i8(0, 0)?).max(code.i32(3, 0)?);
    Ok(Kind { number, custom: code.vector(1)?.bytes(1)? })
}

impl<'a> Reader<'a> {
    fn tensor(&mut self, tensor: &Table<'a>, buffers: &[Table<'a>]) -> Result<(), Error> {
        let extents = tensor.vector(0)?.i32s()?;
        let extents: Vec<usize> = extents
            .into_iter()
            .map(|extent| usize::try_from(extent).map_err(|_| Error::Shape { what: "tensor" }))
            .collect::<Result<_, _>>()?;
        let buffer = usize::try_from(tensor.i32(2, 0)?).ok().and_then(|index| buffers.get(index));
        let bytes = buffer.ok_or(Error::Order)?.vector(0)?.bytes(1)?;
        let stored = Stored { kind: tensor.i8(1, 0)?, bytes, sparsity: tensor.table(6)? };
        self.shapes.push(Shape::new(&extents)?);
        self.known.push(!bytes.is_empty());
        self.stored.push((!bytes.is_empty()).then_some(stored));
        self.constants.push(None);
        Ok(())
    }

    /// The tensors that a field of a table names.
    fn ids(&self, table: &Table, field: usize) -> Result<Vec<TensorId>, Error> {
        table.vector(field)?.i32s()?.into_iter().map(|id| self.id(id)).collect()
    }

    fn id(&self, id: i32) -> Result<TensorId, Error> {
        usize::try_from(id).ok().filter(|id| *id < self.shapes.len()).ok_or(Error::Order)
    }

    fn node(&mut self, kind: &Kind, operator: &Table<'a>) -> Result<Option<Node>, Error> {
        // -1 stands for an input that is left out; only the bias of a convolution may be, and it is the last
        let mut inputs = operator.vector(1)?.i32s()?;
        if inputs.last() == Some(&-1) {
            inputs.pop();
        }
        let inputs = inputs.into_iter().map(|id| self.id(id)).collect::<Result<Vec<_>, _>>()?;
        let [output] = self.ids(operator, 2)?[..] else {
            return Err(Error::Order);
        };
        if self.known[output] || inputs.is_empty() || !inputs.iter().all(|input| self.known[*input]) {
            return Err(Error::Order);
        }
        self.known[output] = true;
        if matches!(kind.number, DEQUANTIZE | DENSIFY) {
            let (Some(stored), true) =
                (self.stored[inputs[0]], self.shapes[inputs[0]] == self.shapes[output])
            else {
                return Err(Error::Unsupported { what: "quantized values".to_owned() });
            };
            self.stored[output] = Some(stored);
            return Ok(None);
        }
        let (operator, operands) = self.operator(kind, operator, &inputs, output)?;
        for operand in &operands {
            if self.stored[*operand].is_some() && self.constants[*operand].is_none() {
                self.constants[*operand] = Some(self.floats(*operand)?);
            }
        }
        Ok(Some(Node { operator, inputs: operands, output }))
    }

    fn picture(&self, id: TensorId) -> Result<Picture, Error> {
        self.shapes[id].picture()
    }

    fn constant(&self, id: TensorId) -> Result<Constant, Error> {
        let stored =
            self.stored[id].ok_or_else(|| Error::Unsupported { what: "computed weights".to_owned() })?;
        let shape = &self.shapes[id];
        constant::read(stored.kind, stored.bytes, shape.values(), shape.extents(), stored.sparsity)
    }

    fn floats(&self, id: TensorId) -> Result<Vec<f32>, Error> {
        match self.constant(id)? {
            Constant::Floats(floats) => Ok(floats),
            Constant::Integers(_) => Err(Error::Shape { what: "weights" }),
        }
    }

    fn integers(&self, id: TensorId) -> Result<Vec<i32>, Error> {
        match self.constant(id)? {
            Constant::Integers(integers) => Ok(integers),
            Constant::Floats(_) => Err(Error::Shape { what: "indices" }),
        }
    }
}
