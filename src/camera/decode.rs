//! Compressed pictures into pixels, within limits that are checked before anything is allocated, and without ever taking the
//! thread down.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::source::Picture;

/// The longest side that is decoded, in pixels.
const LONGEST: u32 = 10_000;
/// The memory that decoding one picture may take, in bytes: 50 megapixels of four bytes.
const MEMORY: u64 = 200_000_000;

/// Why a picture cannot be decoded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("{0}")]
    Undecodable(String),
    #[error("the decoder panicked")]
    Panicked,
    #[error("a picture without pixels")]
    Empty,
}

/// The picture in these bytes, upright. The format is found in the bytes where none is given.
pub fn decode(bytes: &[u8], format: Option<ImageFormat>) -> Result<Picture, Error> {
    // a broken picture must cost one frame, not the thread, whatever a decoder does with it
    catch_unwind(AssertUnwindSafe(|| decode_within_limits(bytes, format))).unwrap_or(Err(Error::Panicked))
}

fn decode_within_limits(bytes: &[u8], format: Option<ImageFormat>) -> Result<Picture, Error> {
    let undecodable = |error: image::ImageError| Error::Undecodable(error.to_string());
    let mut reader = match format {
        Some(format) => ImageReader::with_format(Cursor::new(bytes), format),
        None => ImageReader::new(Cursor::new(bytes))
            .with_guessed_format()
            .map_err(|error| Error::Undecodable(error.to_string()))?,
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST);
    limits.max_image_height = Some(LONGEST);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(undecodable)?;
    let orientation = decoder.orientation().map_err(undecodable)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(undecodable)?;
    image.apply_orientation(orientation);
    let rgb = image.into_rgb8();
    Picture::new(rgb.width(), rgb.height(), rgb.into_raw()).ok_or(Error::Empty)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_picture_is_an_error() {
        for bytes in [&b""[..], b"not a picture", &[0xFF, 0xD8, 0xFF, 0xD9], &[0xFF; 4000]] {
            assert!(decode(bytes, None).is_err());
            assert!(decode(bytes, Some(ImageFormat::Jpeg)).is_err());
        }
    }

    #[test]
    fn a_picture_beyond_the_limits_is_refused_before_it_is_decoded() {
        // a PNG header that promises 60,000 × 60,000 pixels
        let mut png = Vec::new();
        image::codecs::png::PngEncoder::new(&mut png);
        image::RgbImage::new(2, 2).write_to(&mut Cursor::new(&mut png), ImageFormat::Png).unwrap();
        png[16..20].copy_from_slice(&60_000u32.to_be_bytes());
        png[20..24].copy_from_slice(&60_000u32.to_be_bytes());
        assert!(decode(&png, None).is_err());
    }
}
