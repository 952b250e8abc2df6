//! WebP (RFC 9649): lossy, lossless, with transparency; of a moving one the first picture.

use image::metadata::Orientation;
use image_webp::{DecodingError, WebPDecoder};

use super::colour::{Claim, Samples};
use super::pixels::{Brush, Found, Sheet, colours};
use super::source::{Deadline, Stream};
use super::{Error, Limits, Note, metadata};

/// Decodes a WebP.
pub fn decode(bytes: &[u8], limits: &Limits, deadline: &Deadline) -> Result<Found, Error> {
    let broken = |error| broken(error, deadline);
    let mut decoder = WebPDecoder::new(Stream::new(bytes, deadline)).map_err(broken)?;
    let (width, height) = decoder.dimensions();
    limits.hold_pixels(width, height)?;
    // the decoder compares them only after it has made room for them
    if pictures(bytes).iter().any(|[wide, high]| *wide > width || *high > height) {
        return Err(Error::Broken { source: super::Decoder::WebP(DecodingError::InconsistentImageSizes) });
    }
    let alpha = decoder.has_alpha();
    let channels = if alpha { 4 } else { 3 };
    // what the decoder keeps beside the finished picture, in bytes a pixel: four shades of a lossless one, luma and chroma
    // of a lossy one, its transparency decoded; of a moving one the frame and the ground it is laid on
    let beside = match (decoder.is_animated(), decoder.is_lossy()) {
        (true, _) => 9,
        (false, true) if alpha => 7,
        (false, true) => 2,
        (false, false) if alpha => 1,
        (false, false) => 4,
    };
    let pixels = u64::from(width) * u64::from(height);
    limits.hold_memory(pixels * (channels + beside))?;
    decoder.set_memory_limit(usize::try_from(limits.max_memory).unwrap_or(usize::MAX));

    let mut notes = Vec::new();
    if decoder.num_frames() > 1 {
        notes.push(Note::Animated);
    }
    // metadata that cannot be read says nothing about the pixels
    let embedded = decoder.icc_profile().ok().flatten();
    let block = decoder.exif_metadata().ok().flatten();
    let orientation = block.map_or(Orientation::NoTransforms, |block| metadata::read(&block).orientation);
    let claim = embedded.as_deref().map_or(Claim::Srgb, Claim::Profile);

    let mut sheet = Sheet::new(width, height, channels as usize);
    decoder.read_image(sheet.bytes_mut()).map_err(broken)?;
    if deadline.passed() {
        return Err(Error::TooSlow { limit: deadline.allowed() });
    }
    drop(decoder);
    let mut brush = Brush::new(colours(claim, Samples::Rgb, false, &mut notes), Samples::Rgb, alpha);
    Ok(Found { rgb: sheet.into_rgb(&mut brush), orientation, notes })
}

/// The chunks of a RIFF container, each with its name and what is there of its content.
fn chunks(mut bytes: &[u8]) -> impl Iterator<Item = (&[u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let (name, rest) = bytes.split_first_chunk::<4>()?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let length = u32::from_le_bytes(*length) as usize;
        let content = rest.get(..length).unwrap_or(rest);
        // an odd one is followed by a byte that says nothing
        bytes = rest.get(length.saturating_add(length % 2)..).unwrap_or_default();
        Some((name, content))
    })
}

/// Width and height of every picture that a WebP holds, by what each says itself (RFC 9649, 2.5 to 2.7; RFC 6386, 9.1).
fn pictures(bytes: &[u8]) -> Vec<[u32; 2]> {
    const CONTAINER: usize = 12;
    const FRAME: usize = 16;
    let size = |(name, content): (&[u8; 4], &[u8])| match (name, content) {
        (b"VP8 ", [_, _, _, 0x9d, 0x01, 0x2a, a, b, c, d, ..]) => {
            let sides = [u16::from_le_bytes([*a, *b]), u16::from_le_bytes([*c, *d])];
            Some(sides.map(|side| u32::from(side & 0x3fff)))
        }
        (b"VP8L", [0x2f, a, b, c, d, ..]) => {
            let bits = u32::from_le_bytes([*a, *b, *c, *d]);
            Some([bits & 0x3fff, bits >> 14 & 0x3fff].map(|side| side + 1))
        }
        _ => None,
    };
    chunks(bytes.get(CONTAINER..).unwrap_or_default())
        .flat_map(|(name, content)| match name {
            b"ANMF" => chunks(content.get(FRAME..).unwrap_or_default()).filter_map(size).collect::<Vec<_>>(),
            _ => size((name, content)).into_iter().collect(),
        })
        .collect()
}

fn broken(error: DecodingError, deadline: &Deadline) -> Error {
    match error {
        _ if deadline.passed() => Error::TooSlow { limit: deadline.allowed() },
        DecodingError::MemoryLimitExceeded => Error::TooMuchMemory,
        DecodingError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            Error::Truncated
        }
        error => Error::Broken { source: super::Decoder::WebP(error) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! corpus {
        ($name:literal) => {
            include_bytes!(concat!("../../../tests/fixtures/corpus/", $name)).as_slice()
        };
    }

    #[test]
    fn every_picture_says_how_large_it_is() {
        for good in [
            corpus!("good/lossy.webp"),
            corpus!("good/lossless.webp"),
            corpus!("good/lossy-see-through.webp"),
            corpus!("good/lossless-see-through.webp"),
        ] {
            assert_eq!(pictures(good), [[64, 48]]);
        }
        let moving = pictures(corpus!("good/moving.webp"));
        assert!(
            moving.len() > 1 && moving.iter().all(|[wide, high]| *wide <= 32 && *high <= 24),
            "{moving:?}"
        );
        assert_eq!(pictures(corpus!("refused/picture-beyond-canvas.webp")), [[16_383, 16_383]]);
        for cut in 0..40 {
            pictures(&corpus!("good/lossy.webp")[..cut]);
        }
    }
}
