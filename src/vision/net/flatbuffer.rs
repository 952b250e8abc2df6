//! A bounds-checked reader of the FlatBuffers wire format.
//!
//! A table starts with the signed distance back to its vtable; the vtable holds the place of each field, 0 for a field
//! that was left at its default. Strings, vectors and tables are reached by unsigned offsets from where they are stored.
//! Every access is checked, so that a corrupt file is an error and never more.

use super::Error;

#[derive(Clone, Copy)]
pub struct Table<'a> {
    bytes: &'a [u8],
    at: usize,
    vtable: usize,
    vtable_len: usize,
}

/// A vector of scalars or of offsets; `at` is its first element.
#[derive(Clone, Copy)]
pub struct Vector<'a> {
    bytes: &'a [u8],
    at: usize,
    len: usize,
}

/// The `N` bytes at `at`, where the file reaches that far.
fn array<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], Error> {
    at.checked_add(N)
        .and_then(|end| bytes.get(at..end))
        .and_then(|slice| slice.try_into().ok())
        .ok_or(Error::Truncated { at })
}

/// Follows the offset stored at `at`.
fn follow(bytes: &[u8], at: usize) -> Result<usize, Error> {
    let offset = u32::from_le_bytes(array(bytes, at)?);
    at.checked_add(offset as usize).ok_or(Error::Truncated { at })
}

impl<'a> Table<'a> {
    /// The root table of a file with the identifier `identifier`.
    pub fn root(bytes: &'a [u8], identifier: &[u8; 4]) -> Result<Self, Error> {
        if array(bytes, 4)? != *identifier {
            return Err(Error::NotAModel);
        }
        Self::at(bytes, follow(bytes, 0)?)
    }

    fn at(bytes: &'a [u8], at: usize) -> Result<Self, Error> {
        let back = i64::from(i32::from_le_bytes(array(bytes, at)?));
        let vtable = i64::try_from(at)
            .ok()
            .and_then(|at| at.checked_sub(back))
            .and_then(|vtable| usize::try_from(vtable).ok())
            .ok_or(Error::Truncated { at })?;
        let vtable_len = usize::from(u16::from_le_bytes(array(bytes, vtable)?));
        Ok(Self { bytes, at, vtable, vtable_len })
    }

    /// The place of a field, unless it was left at its default.
    fn place(&self, field: usize) -> Result<Option<usize>, Error> {
        let entry = 4 + 2 * field;
        if entry + 2 > self.vtable_len {
            return Ok(None);
        }
        match u16::from_le_bytes(array(self.bytes, self.vtable + entry)?) {
            0 => Ok(None),
            offset => Ok(Some(self.at + usize::from(offset))),
        }
    }

    pub fn i8(&self, field: usize, default: i8) -> Result<i8, Error> {
        self.place(field)?.map_or(Ok(default), |at| Ok(i8::from_le_bytes(array(self.bytes, at)?)))
    }

    pub fn i32(&self, field: usize, default: i32) -> Result<i32, Error> {
        self.place(field)?.map_or(Ok(default), |at| Ok(i32::from_le_bytes(array(self.bytes, at)?)))
    }

    pub fn f32(&self, field: usize, default: f32) -> Result<f32, Error> {
        self.place(field)?.map_or(Ok(default), |at| Ok(f32::from_le_bytes(array(self.bytes, at)?)))
    }

    pub fn flag(&self, field: usize) -> Result<bool, Error> {
        Ok(self.i8(field, 0)? != 0)
    }

    pub fn table(&self, field: usize) -> Result<Option<Table<'a>>, Error> {
        self.place(field)?.map(|at| Self::at(self.bytes, follow(self.bytes, at)?)).transpose()
    }

    /// The vector in a field; one that is left out is empty.
    pub fn vector(&self, field: usize) -> Result<Vector<'a>, Error> {
        let Some(at) = self.place(field)? else {
            return Ok(Vector { bytes: self.bytes, at: 0, len: 0 });
        };
        let start = follow(self.bytes, at)?;
        let len = u32::from_le_bytes(array(self.bytes, start)?) as usize;
        Ok(Vector { bytes: self.bytes, at: start + 4, len })
    }
}

impl<'a> Vector<'a> {
    pub fn len(&self) -> usize {
        self.len
    }

    /// The elements as bytes, for a vector of elements of `size` bytes.
    pub fn bytes(&self, size: usize) -> Result<&'a [u8], Error> {
        self.len
            .checked_mul(size)
            .and_then(|len| self.at.checked_add(len))
            .and_then(|end| self.bytes.get(self.at..end))
            .ok_or(Error::Truncated { at: self.at })
    }

    pub fn i32s(&self) -> Result<Vec<i32>, Error> {
        Ok(self.bytes(4)?.as_chunks().0.iter().map(|chunk| i32::from_le_bytes(*chunk)).collect())
    }

    pub fn u16s(&self) -> Result<Vec<u16>, Error> {
        Ok(self.bytes(2)?.as_chunks().0.iter().map(|chunk| u16::from_le_bytes(*chunk)).collect())
    }

    /// The tables of a vector of tables.
    pub fn tables(&self) -> Result<Vec<Table<'a>>, Error> {
        self.bytes(4)?; // a length that the file cannot hold ends here
        (0..self.len).map(|index| Table::at(self.bytes, follow(self.bytes, self.at + 4 * index)?)).collect()
    }
}
