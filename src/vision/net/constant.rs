//! Constant tensors: plain, of half floats, sparse.

use super::Error;
use super::flatbuffer::Table;

/// A constant's values.
#[derive(Clone)]
pub enum Constant {
    Floats(Vec<f32>),
    Integers(Vec<i32>),
}

const FLOAT32: i8 = 0;
const FLOAT16: i8 = 1;
const INT32: i8 = 2;

/// Reads a constant of `values` values of the type number `kind`, laid out as `sparsity` says.
pub fn read(
    kind: i8,
    bytes: &[u8],
    values: usize,
    extents: &[usize],
    sparsity: Option<Table>,
) -> Result<Constant, Error> {
    let constant = match kind {
        FLOAT32 => {
            Constant::Floats(bytes.as_chunks().0.iter().map(|chunk| f32::from_le_bytes(*chunk)).collect())
        }
        FLOAT16 => Constant::Floats(
            bytes.as_chunks().0.iter().map(|chunk| from_half(u16::from_le_bytes(*chunk))).collect(),
        ),
        INT32 => {
            Constant::Integers(bytes.as_chunks().0.iter().map(|chunk| i32::from_le_bytes(*chunk)).collect())
        }
        _ => return Err(Error::Unsupported { what: format!("tensor type {kind}") }),
    };
    match (constant, sparsity) {
        (Constant::Floats(stored), Some(sparsity)) => {
            Ok(Constant::Floats(dense(&stored, extents, sparsity)?))
        }
        (Constant::Integers(_), Some(_)) => Err(Error::Unsupported { what: "sparse integers".to_owned() }),
        (Constant::Floats(floats), None) if floats.len() == values => Ok(Constant::Floats(floats)),
        (Constant::Integers(integers), None) if integers.len() == values => Ok(Constant::Integers(integers)),
        _ => Err(Error::Shape { what: "constant" }),
    }
}

/// An IEEE 754 half float, exactly.
fn from_half(bits: u16) -> f32 {
    let sign = u32::from(bits >> 15) << 31;
    let exponent = u32::from(bits >> 10 & 0x1f);
    let fraction = u32::from(bits & 0x3ff);
    match exponent {
        // zero and subnormal: the fraction counts 2^-24
        0 => f32::from_bits(sign | (fraction as f32 / 16_777_216.0).to_bits()),
        31 => f32::from_bits(sign | 0x7f80_0000 | fraction << 13),
        _ => f32::from_bits(sign | (exponent + 112) << 23 | fraction << 13),
    }
}

/// Spreads the stored values of a matrix whose last axis is compressed: for each row of the others, a segment of
/// column numbers. The pruned 1×1 convolutions are stored so.
fn dense(stored: &[f32], extents: &[usize], sparsity: Table) -> Result<Vec<f32>, Error> {
    let unsupported = || Error::Unsupported { what: "sparse layout".to_owned() };
    let order = sparsity.vector(0)?.i32s()?;
    let axes = sparsity.vector(2)?.tables()?;
    let (Some((compressed, outer)), Some((&columns, rows))) = (axes.split_last(), extents.split_last())
    else {
        return Err(unsupported());
    };
    let in_order = order.iter().enumerate().all(|(index, axis)| usize::try_from(*axis) == Ok(index));
    if !in_order
        || order.len() != extents.len()
        || axes.len() != extents.len()
        || sparsity.vector(1)?.len() != 0
    {
        return Err(unsupported());
    }
    for (axis, extent) in outer.iter().zip(rows) {
        if axis.i8(0, 0)? != 0 || usize::try_from(axis.i32(1, 0)?) != Ok(*extent) {
            return Err(unsupported());
        }
    }
    if compressed.i8(0, 0)? != 1 {
        return Err(unsupported());
    }
    let segments = indices(compressed, 2)?;
    let places = indices(compressed, 4)?;
    let rows: usize = rows.iter().product();
    if segments.len() != rows + 1 || places.len() < stored.len() {
        return Err(unsupported());
    }
    let mut values = vec![0.0; rows * columns];
    for (row, bounds) in values.chunks_exact_mut(columns).zip(segments.windows(2)) {
        let (Some(places), Some(stored)) =
            (places.get(bounds[0]..bounds[1]), stored.get(bounds[0]..bounds[1]))
        else {
            return Err(unsupported());
        };
        for (place, value) in places.iter().zip(stored) {
            *row.get_mut(*place).ok_or_else(unsupported)? = *value;
        }
    }
    Ok(values)
}

/// The numbers of a sparse axis, kept in one of three widths: the type in `field`, the table after it.
fn indices(axis: &Table, field: usize) -> Result<Vec<usize>, Error> {
    let unsupported = || Error::Unsupported { what: "sparse index".to_owned() };
    let values = axis.table(field + 1)?.ok_or_else(unsupported)?.vector(0)?;
    match axis.i8(field, 0)? {
        1 => values
            .i32s()?
            .into_iter()
            .map(|index| usize::try_from(index).map_err(|_| unsupported()))
            .collect(),
        2 => Ok(values.u16s()?.into_iter().map(usize::from).collect()),
        3 => Ok(values.bytes(1)?.iter().map(|index| usize::from(*index)).collect()),
        _ => Err(unsupported()),
    }
}

#[cfg(test)]
mod tests {
    use super::from_half;

    #[test]
    fn half_floats_are_exact() {
        for (bits, value) in [
            (0x0000, 0.0),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x7bff, 65504.0),
            (0x0001, 5.960_464_5e-8),
            (0x03ff, 6.097_555e-5),
            (0x0400, 6.103_515_6e-5),
            (0x3555, 0.333_251_95),
            (0x7c00, f32::INFINITY),
        ] {
            assert_eq!(from_half(bits), value, "{bits:#06x}");
        }
        assert!(from_half(0x7e00).is_nan());
        assert!(from_half(0x8000).is_sign_negative());
    }
}
