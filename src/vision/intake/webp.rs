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
