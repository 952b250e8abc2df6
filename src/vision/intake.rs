//! Files in, pictures out: the only door by which foreign bytes become pixels. Limits hold before anything is decoded,
//! metadata stays outside, colours become sRGB, and whatever a decoder does, the answer is a picture or an error.

mod colour;
mod jpeg;
mod metadata;
mod pixels;
mod png;
mod source;
mod webp;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use image::DynamicImage;

use super::picture::Picture;
use crate::system::Stopwatch;
use pixels::Found;
use source::Deadline;

pub use jpeg::Unusual;

/// What a file may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub max_bytes: usize,
    pub max_pixels: u64,
    /// What decoding may ask for beside the file, in bytes.
    pub max_memory: u64,
    pub max_time: Duration,
}

impl Default for Limits {
    /// 30 MB, 50 megapixels, room for a progressive picture of those at the usual sampling, twenty seconds: many times
    /// what they take, for machines that are busy.
    fn default() -> Self {
        Self {
            max_bytes: 30 << 20,
            max_pixels: 50_000_000,
            max_memory: 320_000_000,
            max_time: Duration::from_secs(20),
        }
    }
}

impl Limits {
    fn hold_pixels(&self, width: u32, height: u32) -> Result<(), Error> {
        match u64::from(width) * u64::from(height) {
            pixels if pixels > self.max_pixels => {
                Err(Error::TooManyPixels { width, height, limit: self.max_pixels })
            }
            _ => Ok(()),
        }
    }

    fn hold_memory(&self, bytes: u64) -> Result<(), Error> {
        if bytes > self.max_memory { Err(Error::TooMuchMemory) } else { Ok(()) }
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
    #[error("not decoded within {limit:?}")]
    TooSlow { limit: Duration },
    #[error("a HEIC picture")]
    Heic,
    #[error("neither JPEG nor PNG nor WebP")]
    UnknownFormat,
    #[error("a JPEG of an unusual kind: {0}")]
    Unusual(Unusual),
    #[error("the file ends before the picture does")]
    Truncated,
    #[error("the picture is broken: {source}")]
    Broken { source: Decoder },
    #[error("the decoder gave up on the picture")]
    Panicked,
}

/// What a decoder says of a broken picture.
#[derive(Debug, thiserror::Error)]
pub enum Decoder {
    #[error(transparent)]
    Jpeg(zune_jpeg::errors::DecodeErrors),
    #[error(transparent)]
    Png(::png::DecodingError),
    #[error(transparent)]
    WebP(image_webp::DecodingError),
}

/// What is worth saying of a picture that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// The file moves; this is its first picture.
    Animated,
    /// What the file says about its colours makes no sense: they are taken as they are.
    ProfileIgnored,
}

impl Note {
    /// The name by which programs know it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Animated => "animated",
            Self::ProfileIgnored => "profile_ignored",
        }
    }
}

/// An upright picture in sRGB, without any metadata, and what is worth saying of it.
#[derive(Debug, Clone)]
pub struct Decoded {
    pub picture: Picture,
    pub notes: Vec<Note>,
}

/// The kinds of picture that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Jpeg,
    Png,
    WebP,
}

/// Decodes a JPEG, PNG or WebP file into an upright picture: turned as its EXIF orientation says, in sRGB, on white where
/// it is transparent, without any metadata.
///
/// Pixels and memory are counted before anything is decoded. Time is watched while a decoder reads: after `max_time` the
/// file ends for it. What one piece of reading can cause is bounded by the number of pixels.
pub fn decode(bytes: &[u8], limits: &Limits, stopwatch: &Stopwatch) -> Result<Decoded, Error> {
    let format = format_of(bytes, limits)?;
    let deadline = Deadline::new(stopwatch, limits.max_time);
    // Decoders are other people's code on other people's bytes: a panic in one is a broken picture, not a broken kiosk.
    // Nothing of ours is shared with the closure, so nothing can be left half done.
    let found = catch_unwind(AssertUnwindSafe(|| match format {
        Format::Jpeg => jpeg::decode(bytes, limits, &deadline),
        Format::Png => png::decode(bytes, limits, &deadline),
        Format::WebP => webp::decode(bytes, limits, &deadline),
    }))
    .unwrap_or(Err(Error::Panicked))?;
    let Found { rgb, orientation, notes } = found;
    let mut picture = DynamicImage::ImageRgb8(rgb);
    picture.apply_orientation(orientation);
    Ok(Decoded { picture: Picture::new(picture.into_rgb8()), notes })
}

/// Whether a file says that it is a picture which [`decode`] reads, within the limits and to its end: nothing is decoded, so a
/// JPEG whose scans are damaged passes.
pub fn examine_jpeg(bytes: &[u8], limits: &Limits) -> Result<(), Error> {
    match format_of(bytes, limits)? {
        Format::Jpeg => jpeg::examine(bytes, limits).map(drop),
        Format::Png | Format::WebP => Err(Error::UnknownFormat),
    }
}

/// Recognises a format by its first bytes; names and declared types are not believed.
fn format_of(bytes: &[u8], limits: &Limits) -> Result<Format, Error> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    if bytes.len() > limits.max_bytes {
        return Err(Error::TooManyBytes { bytes: bytes.len(), limit: limits.max_bytes });
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use image::codecs::jpeg::JpegEncoder;
    use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage};
    use proptest::prelude::*;
    use std::io::Cursor;

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
        decode(bytes, &Limits::default(), &Stopwatch::system()).map(|decoded| decoded.picture)
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
        assert!(matches!(
            decode(&[0; 1001], &limits, &Stopwatch::system()),
            Err(Error::TooManyBytes { bytes: 1001, limit: 1000 })
        ));
        let small = jpeg(&halves(11, 10), None);
        assert!(matches!(
            decode(&small, &limits, &Stopwatch::system()),
            Err(Error::TooManyPixels { width: 11, height: 10, .. })
        ));
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

    /// An error, or a picture that keeps to the limits.
    fn answered(bytes: &[u8]) {
        let limits = Limits { max_pixels: 100_000, ..Limits::default() };
        if let Ok(Decoded { picture, .. }) = decode(bytes, &limits, &Stopwatch::system()) {
            let pixels = u64::from(picture.width()) * u64::from(picture.height());
            assert!((1..=limits.max_pixels).contains(&pixels));
        }
    }

    #[test]
    fn a_picture_that_takes_too_long_is_given_up() {
        let noisy =
            RgbImage::from_fn(400, 400, |x, y| Rgb([(x * y) as u8, (x ^ (y * 7)) as u8, (x + y * 3) as u8]));
        // a second passes with each look at the stopwatch
        let seconds = std::sync::atomic::AtomicU64::new(0);
        let ticking = Stopwatch::of(move || {
            Duration::from_secs(seconds.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
        });
        for bytes in [
            jpeg(&noisy, None),
            encoded(&noisy, image::ImageFormat::Png),
            encoded(&noisy, image::ImageFormat::WebP),
        ] {
            let limits = Limits { max_time: Duration::from_secs(3), ..Limits::default() };
            assert!(matches!(decode(&bytes, &limits, &ticking), Err(Error::TooSlow { .. })));
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
            answered(&file);
        }

        #[test]
        fn any_bytes_are_answered(head in 0..5_usize, bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let heads: [&[u8]; 5] = [b"", &[0xFF, 0xD8, 0xFF], b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"\0\0\0\0ftyp"];
            let mut file = heads[head].to_vec();
            file.extend(bytes);
            answered(&file);
        }
    }
}
