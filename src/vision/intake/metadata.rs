//! What a picture's EXIF block says about its pixels. Everything else in it is dropped with it.

use exif::{Exif, In, Reader, Tag};
use image::metadata::Orientation;

/// What is read from an EXIF block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    pub orientation: Orientation,
    /// The colours are Adobe RGB's: cameras set to it say so here and embed no profile (DCF 2.0, option file).
    pub adobe_rgb: bool,
}

impl Said {
    pub const NOTHING: Self = Self { orientation: Orientation::NoTransforms, adobe_rgb: false };
}

/// What is read of a block, in bytes: four times what JPEG has room for. A text of nothing but ends, each of which becomes
/// a text of its own, would otherwise be twenty times as large as its file.
const LARGEST: usize = 256 << 10;

/// Reads a block, with or without the name that stands before it in JPEG. One that cannot be read says nothing.
pub fn read(block: &[u8]) -> Said {
    let block = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
    let block = &block[..block.len().min(LARGEST)];
    let read = Reader::new().continue_on_error(true).read_raw(block.to_vec());
    match read {
        Ok(fields) => said(&fields),
        Err(exif::Error::PartialResult(partial)) => said(&partial.into_inner().0),
        Err(_) => Said::NOTHING,
    }
}

fn said(fields: &Exif) -> Said {
    let number = |tag| fields.get_field(tag, In::PRIMARY).and_then(|field| field.value.get_uint(0));
    let orientation = number(Tag::Orientation)
        .and_then(|value| Orientation::from_exif(u8::try_from(value).ok()?))
        .unwrap_or(Orientation::NoTransforms);
    let option_file = fields.get_field(Tag::InteroperabilityIndex, In::PRIMARY).is_some_and(
        |field| matches!(&field.value, exif::Value::Ascii(texts) if texts.iter().any(|text| text.starts_with(b"R03"))),
    );
    // 1 is sRGB; 2 is not in the standard, but some cameras write it; 0xFFFF is "see the index"
    let adobe_rgb = match number(Tag::ColorSpace) {
        Some(2) => true,
        Some(0xFFFF) => option_file,
        _ => false,
    };
    Said { orientation, adobe_rgb }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A little-endian TIFF block: an orientation, a colour space in the EXIF directory, an index in the directory below.
    fn block(orientation: u8, colour_space: u16, index: &[u8; 4]) -> Vec<u8> {
        let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
            [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value].concat()
        };
        let directory = |entries: &[Vec<u8>]| {
            [&(entries.len() as u16).to_le_bytes()[..], &entries.concat(), &[0; 4]].concat()
        };
        let (exif_at, interoperability_at) = (8_u32 + 30, 8_u32 + 60);
        [
            b"II*\0\x08\0\0\0".to_vec(),
            directory(&[
                entry(0x112, 3, 1, [orientation, 0, 0, 0]),
                entry(0x8769, 4, 1, exif_at.to_le_bytes()),
            ]),
            directory(&[
                entry(0xA001, 3, 1, [colour_space.to_le_bytes()[0], colour_space.to_le_bytes()[1], 0, 0]),
                entry(0xA005, 4, 1, interoperability_at.to_le_bytes()),
            ]),
            directory(&[entry(1, 2, 4, *index)]),
        ]
        .concat()
    }

    #[test]
    fn cameras_say_adobe_rgb_without_a_profile() {
        let rgb = |space, index| read(&block(6, space, index)).adobe_rgb;
        assert!(rgb(0xFFFF, b"R03\0"));
        assert!(rgb(2, b"R98\0"));
        assert!(!rgb(0xFFFF, b"R98\0"));
        assert!(!rgb(1, b"R03\0"));
        assert_eq!(read(&block(6, 1, b"R98\0")).orientation, Orientation::Rotate90);
        let named = [b"Exif\0\0".to_vec(), block(8, 1, b"R98\0")].concat();
        assert_eq!(read(&named).orientation, Orientation::Rotate270);
    }

    #[test]
    fn broken_blocks_say_nothing() {
        for broken in
            [&b""[..], b"II*\0", b"II*\0\xFF\xFF\xFF\xFF", &[0; 40], b"Exif\0\0", b"MM\0*\0\0\0\x08\xFF\xFF"]
        {
            assert_eq!(read(broken), Said::NOTHING);
        }
        let whole = block(6, 2, b"R03\0");
        for end in 0..whole.len() {
            let _ = read(&whole[..end]);
        }
    }
}
