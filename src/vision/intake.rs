//! Files in, pictures out: the only door by which foreign bytes become pixels. Limits hold before anything is decoded,
//! metadata stays outside, and whatever a decoder does, the answer is a picture or an error.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, Rgb, RgbImage};

use super::picture::Picture;

/// What a file may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub max_bytes: usize,
    pub max_pixels: u64,
    /// What a decoder may ask for, in bytes.
    pub max_memory: u64,
}

impl Default for Limits {
    /// 30 MB, 50 megapixels, and room for those at sixteen bits with an alpha channel.
    fn default() -> Self {
        Self { max_bytes: 30 << 20, max_pixels: 50_000_000, max_memory: 512 << 20 }
    }
}

/// Why a file is no picture for us.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the file is empty")]
    Empty,
    #[error("{bytes} bytes, at most {limit} are read")]
    TooManyBytes { bytes: usize, limit: usize },
    #[error("{width}×{height} pixels, at most {limit} in all are decoded")]
    TooManyPixels { width: u32, height: u32, limit: u64 },
    #[error("the picture needs more memory than is allowed")]
    TooMuchMemory,
    #[error("a HEIC picture")]
    Heic,
    #[error("neither JPEG nor PNG nor WebP")]
    UnknownFormat,
    #[error("the file ends before the picture does")]
    Truncated,
    #[error("the picture is broken: {source}")]
    Broken { source: ImageError },
    #[error("the decoder gave up on the picture")]
    Panicked,
}

/// The kinds of picture that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Jpeg,
    Png,
    WebP,
}

/// Decodes a JPEG, PNG or WebP file into an upright picture: turned as its EXIF orientation says, on white where it is
/// transparent, without any metadata.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Picture, Error> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    if bytes.len() > limits.max_bytes {
        return Err(Error::TooManyBytes { bytes: bytes.len(), limit: limits.max_bytes });
    }
    let format = format_of(bytes)?;
    // Decoders are other people's code on other people's bytes: a panic in one is a broken picture, not a broken kiosk.
    // Nothing of ours is shared with the closure, so nothing can be left half done.
    catch_unwind(AssertUnwindSafe(|| match format {
        Format::Jpeg => {
            let picture = upright(JpegDecoder::new(Cursor::new(bytes)).map_err(broken)?, limits)?;
            if jpeg_has_end(bytes) { Ok(picture) } else { Err(Error::Truncated) }
        }
        Format::Png => upright(PngDecoder::new(Cursor::new(bytes)).map_err(broken)?, limits),
        Format::WebP => upright(WebPDecoder::new(Cursor::new(bytes)).map_err(broken)?, limits),
    }))
    .unwrap_or(Err(Error::Panicked))
}

/// Recognises a format by its first bytes; names and declared types are not believed.
fn format_of(bytes: &[u8]) -> Result<Format, Error> {
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return Ok(Format::Jpeg);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(Format::Png);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Ok(Format::WebP);
    }
    // ISO/IEC 23008-12: a "ftyp" box whose major brand is one of the HEIF family
    let brand = bytes.get(4..12).and_then(|box_| box_.strip_prefix(b"ftyp"));
    const HEIF: [&[u8]; 8] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"];
    match brand {
        Some(brand) if HEIF.contains(&brand) => Err(Error::Heic),
        _ => Err(Error::UnknownFormat),
    }
}

fn broken(source: ImageError) -> Error {
    match source {
        ImageError::Limits(_) => Error::TooMuchMemory,
        ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Error::Truncated,
        source => Error::Broken { source },
    }
}

fn upright(mut decoder: impl ImageDecoder, limits: &Limits) -> Result<Picture, Error> {
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > limits.max_pixels {
        return Err(Error::TooManyPixels { width, height, limit: limits.max_pixels });
    }
    let mut memory = image::Limits::no_limits();
    memory.max_alloc = Some(limits.max_memory);
    decoder.set_limits(memory).map_err(broken)?;
    if decoder.total_bytes() > limits.max_memory {
        return Err(Error::TooMuchMemory);
    }
    // metadata that cannot be read says nothing about the pixels
    let orientation = decoder.exif_metadata().ok().flatten().map_or(Orientation::NoTransforms, orientation);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(broken)?;
    picture.apply_orientation(orientation);
    Ok(Picture::new(opaque(picture)))
}

fn orientation(exif: Vec<u8>) -> Orientation {
    let read = exif::Reader::new().continue_on_error(true).read_raw(exif);
    let fields = match read {
        Ok(fields) => fields,
        Err(exif::Error::PartialResult(partial)) => partial.into_inner().0,
        Err(_) => return Orientation::NoTransforms,
    };
    fields
        .get_field(exif::Tag::Orientation, exif::In::PRIMARY)
        .and_then(|field| field.value.get_uint(0))
        .and_then(|value| Orientation::from_exif(u8::try_from(value).ok()?))
        .unwrap_or(Orientation::NoTransforms)
}

/// Eight bits a channel; transparent pixels lie on white, as they would on paper.
fn opaque(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let rgba = picture.into_rgba8();
    let mut rgb = RgbImage::new(rgba.width(), rgba.height());
    for (to, from) in rgb.pixels_mut().zip(rgba.pixels()) {
        let [red, green, blue, alpha] = from.0.map(u16::from);
        *to = Rgb([red, green, blue].map(|value| ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8));
    }
    rgb
}

/// Whether a JPEG's picture data end with their own end mark. Decoders fill what is missing with grey and say nothing; a
/// thumbnail in the metadata has an end mark too, so only what follows the first scan counts.
fn jpeg_has_end(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some(&[0xFF, mark, high, low]) = bytes.get(at..at + 4) {
        match mark {
            0xFF => at += 1,               // a fill byte
            0x01 | 0xD0..=0xD8 => at += 2, // marks without content
            0xDA => {
                return bytes.get(at..).is_some_and(|scan| scan.windows(2).any(|pair| pair == [0xFF, 0xD9]));
            }
            _ => at += 2 + usize::from(u16::from_be_bytes([high, low])),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::codecs::jpeg::JpegEncoder;
    use image::{ExtendedColorType, ImageEncoder};
    use proptest::prelude::*;

    /// Left half red, right half blue.
    fn halves(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(
            width,
            height,
            |x, _| if x < width / 2 { Rgb([250, 10, 10]) } else { Rgb([10, 10, 250]) },
        )
    }

    fn jpeg(picture: &RgbImage, exif: Option<Vec<u8>>) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
        if let Some(exif) = exif {
            encoder.set_exif_metadata(exif).unwrap();
        }
        encoder
            .write_image(picture.as_raw(), picture.width(), picture.height(), ExtendedColorType::Rgb8)
            .unwrap();
        bytes
    }

    /// The smallest TIFF block that holds an orientation.
    fn exif(orientation: u8) -> Vec<u8> {
        let mut block = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        block.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
        block
    }

    fn encoded(picture: &RgbImage, format: image::ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn read(bytes: &[u8]) -> Result<Picture, Error> {
        decode(bytes, &Limits::default())
    }

    #[test]
    fn three_formats_are_read() {
        let picture = halves(40, 20);
        for bytes in [
            jpeg(&picture, None),
            encoded(&picture, image::ImageFormat::Png),
            encoded(&picture, image::ImageFormat::WebP),
        ] {
            let read = read(&bytes).unwrap();
            assert_eq!((read.width(), read.height()), (40, 20));
            let [red, _, blue] = read.rgb().get_pixel(5, 5).0;
            assert!(red > 200 && blue < 60);
        }
    }

    #[test]
    fn every_orientation_is_turned_upright() {
        // where the red half is after turning: as a test for its middle, in shares of the picture
        for (value, red) in [
            (1, (0.25, 0.5)),
            (2, (0.75, 0.5)),
            (3, (0.75, 0.5)),
            (4, (0.25, 0.5)),
            (5, (0.5, 0.25)),
            (6, (0.5, 0.25)),
            (7, (0.5, 0.75)),
            (8, (0.5, 0.75)),
        ] {
            let read = read(&jpeg(&halves(64, 32), Some(exif(value)))).unwrap();
            assert_eq!(read.width() > read.height(), value < 5, "orientation {value}");
            let (x, y) = (red.0 * read.width() as f32, red.1 * read.height() as f32);
            assert!(read.rgb().get_pixel(x as u32, y as u32).0[0] > 200, "orientation {value}");
        }
        for odd in [exif(0), exif(9), b"II*\0".to_vec(), vec![0; 40]] {
            assert_eq!(read(&jpeg(&halves(64, 32), Some(odd))).unwrap().width(), 64);
        }
    }

    #[test]
    fn invariant_4_nothing_but_pixels_passes_the_intake() {
        let mut place = exif(1);
        place.extend(b"63.4305 N 10.3951 E, Ola's phone");
        let bytes = jpeg(&halves(64, 80), Some(place));
        let said = |bytes: &[u8]| bytes.windows(4).any(|part| part == b"Exif" || part == b"Ola'");
        assert!(said(&bytes), "the test's own picture tells");
        let card = read(&bytes).unwrap().into_rgb();
        for made in [crate::vision::crop::encode_card(&card), crate::vision::crop::encode_small(&card)] {
            assert!(!said(&made.unwrap()));
        }
    }

    #[test]
    fn transparency_lies_on_white() {
        let rgba = image::RgbaImage::from_pixel(4, 4, image::Rgba([0, 0, 0, 0]));
        let mut bytes = Cursor::new(Vec::new());
        rgba.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        assert_eq!(read(&bytes.into_inner()).unwrap().rgb().get_pixel(1, 1), &Rgb([255; 3]));
    }

    #[test]
    fn limits_hold_before_decoding() {
        let limits = Limits { max_bytes: 1000, max_pixels: 100, ..Limits::default() };
        assert!(matches!(decode(&[0; 1001], &limits), Err(Error::TooManyBytes { bytes: 1001, limit: 1000 })));
        let small = jpeg(&halves(11, 10), None);
        assert!(matches!(decode(&small, &limits), Err(Error::TooManyPixels { width: 11, height: 10, .. })));
        // a PNG that claims 60,000 × 60,000 pixels in 57 bytes
        let mut claim = encoded(&halves(8, 8), image::ImageFormat::Png);
        claim[16..24].copy_from_slice(&[0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
        assert!(matches!(read(&claim), Err(Error::TooManyPixels { .. } | Error::Broken { .. })));
    }

    #[test]
    fn other_files_are_named() {
        assert!(matches!(read(b""), Err(Error::Empty)));
        assert!(matches!(read(b"\0\0\0\x18ftypheic\0\0\0\0"), Err(Error::Heic)));
        assert!(matches!(read(b"\0\0\0\x18ftypmif1\0\0\0\0"), Err(Error::Heic)));
        for other in [&b"GIF89a"[..], b"%PDF-1.7", b"MZ", b"\0", b"RIFF\0\0\0\0WAVE", b"\0\0\0\x18ftypisom"] {
            assert!(matches!(read(other), Err(Error::UnknownFormat)));
        }
    }

    #[test]
    fn a_picture_that_was_cut_short_is_no_picture() {
        let noisy = RgbImage::from_fn(200, 200, |x, y| Rgb([(x * y) as u8, (x ^ y) as u8, (x + y) as u8]));
        for bytes in [
            jpeg(&noisy, Some(exif(1))),
            encoded(&noisy, image::ImageFormat::Png),
            encoded(&noisy, image::ImageFormat::WebP),
        ] {
            for share in [0.1, 0.5, 0.9, 0.99] {
                let cut = &bytes[..(bytes.len() as f64 * share) as usize];
                assert!(read(cut).is_err(), "{share} of {} bytes", bytes.len());
            }
        }
    }

    proptest! {
        #[test]
        fn damaged_files_are_answered(kind in 0..3_usize, at in any::<prop::sample::Index>(), bytes in prop::collection::vec(any::<u8>(), 1..40)) {
            let picture = halves(48, 48);
            let mut file = match kind {
                0 => jpeg(&picture, Some(exif(6))),
                1 => encoded(&picture, image::ImageFormat::Png),
                _ => encoded(&picture, image::ImageFormat::WebP),
            };
            let at = at.index(file.len());
            for (place, byte) in file[at..].iter_mut().zip(bytes) {
                *place = byte;
            }
            let _ = read(&file);
        }

        #[test]
        fn any_bytes_are_answered(head in 0..5_usize, bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let heads: [&[u8]; 5] = [b"", &[0xFF, 0xD8, 0xFF], b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"\0\0\0\0ftyp"];
            let mut file = heads[head].to_vec();
            file.extend(bytes);
            let _ = read(&file);
        }
    }
}
