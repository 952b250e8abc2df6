//! JPEG (ITU-T T.81, T.871): all that Huffman codes of eight bits can hold, in the colours of any of them.

mod header;

use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::colour::{Claim, Samples};
use super::pixels::{Brush, Found, Sheet, colours};
use super::source::{Bytes, Deadline};
use super::{Error, Limits, metadata};
use header::{Coding, Header, Model};

/// Progressive pictures have some ten scans. More than this, each a few bytes long, are there to keep somebody busy.
const MAX_SCANS: usize = 100;

/// A kind of JPEG that is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unusual {
    Arithmetic,
    Lossless,
    Hierarchical,
    /// Not eight bits a sample.
    Precision(u8),
    /// Each component in a sequential scan of its own, and not all of the same size: the decoder mixes them up.
    SeparateScans,
    /// Neither one component nor three nor four.
    Components,
}

impl std::fmt::Display for Unusual {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Arithmetic => f.write_str("arithmetic codes"),
            Self::Lossless => f.write_str("lossless coding"),
            Self::Hierarchical => f.write_str("hierarchical coding"),
            Self::Precision(bits) => write!(f, "{bits} bits a sample"),
            Self::SeparateScans => f.write_str("separate scans of components that differ in size"),
            Self::Components => f.write_str("an unknown number of components"),
        }
    }
}

/// What can be told before anything is decoded: that it is of a kind that is read, keeps to the limits and has its end.
pub fn examine(bytes: &[u8], limits: &Limits) -> Result<(Header, Model), Error> {
    let header = Header::read(bytes).ok_or(Error::Truncated)?;
    limits.hold_pixels(header.width, header.height)?;
    let unusual = match (header.coding, header.precision) {
        (Coding::Arithmetic, _) => Some(Unusual::Arithmetic),
        (Coding::Lossless, _) => Some(Unusual::Lossless),
        (Coding::Hierarchical, _) => Some(Unusual::Hierarchical),
        (Coding::Sequential, 8) if !header.together && header.subsampled() => Some(Unusual::SeparateScans),
        (_, 8) => None,
        (_, bits) => Some(Unusual::Precision(bits)),
    };
    if let Some(unusual) = unusual {
        return Err(Error::Unusual(unusual));
    }
    let model = header.model().ok_or(Error::Unusual(Unusual::Components))?;
    if header.has_end(bytes) { Ok((header, model)) } else { Err(Error::Truncated) }
}

/// Decodes a JPEG.
pub fn decode(bytes: &[u8], limits: &Limits, deadline: &Deadline) -> Result<Found, Error> {
    let (header, model) = examine(bytes, limits)?;
    let samples = match model {
        Model::Grey => Samples::Grey,
        Model::Ycc | Model::Rgb => Samples::Rgb,
        Model::Cmyk | Model::Ycck => Samples::Cmyk,
    };
    let pixels = u64::from(header.width) * u64::from(header.height);
    // a grey picture becomes a coloured one beside it, one of inks within its own bytes
    let made = if samples == Samples::Grey { 4 } else { samples.count() as u64 };
    limits.hold_memory(header.coefficients() + pixels * made)?;

    let mut decoder =
        JpegDecoder::new_with_options(source(bytes, &header, model, deadline), options(&header, model));
    decoder.decode_headers().map_err(|error| broken(error, deadline))?;
    let embedded = decoder.icc_profile();
    let said = decoder.exif().map_or(metadata::Said::NOTHING, |block| metadata::read(block));
    // strange bytes between the segments hurt nobody; damage in the picture would show as grey or coloured blocks
    decoder.set_options(decoder.options().set_strict_mode(true));
    let mut sheet = Sheet::new(header.width, header.height, samples.count());
    decoder.decode_into(sheet.bytes_mut()).map_err(|error| broken(error, deadline))?;
    if deadline.passed() {
        return Err(Error::TooSlow { limit: deadline.allowed() });
    }
    drop(decoder);

    if samples == Samples::Cmyk {
        inks(sheet.bytes_mut(), model);
    }
    let claim = match &embedded {
        Some(profile) => Claim::Profile(profile),
        None if said.adobe_rgb && samples == Samples::Rgb => Claim::AdobeRgb,
        None => Claim::Srgb,
    };
    let mut notes = Vec::new();
    let mut brush = Brush::new(colours(claim, samples, false, &mut notes), samples, false);
    Ok(Found { rgb: sheet.into_rgb(&mut brush), orientation: said.orientation, notes })
}

/// The bytes with Adobe's colour transform as the header is understood: the decoder takes it too literally.
fn source<'a>(bytes: &'a [u8], header: &Header, model: Model, deadline: &Deadline) -> Bytes<'a> {
    let source = Bytes::new(bytes, deadline);
    let Some((place, _)) = header.adobe else { return source };
    match model {
        // three components are handed through as they are when they are asked for as what they are said to be
        Model::Grey | Model::Ycc | Model::Rgb => source.with(place, 1),
        Model::Cmyk => source.with(place, 0),
        Model::Ycck => source.with(place, 2),
    }
}

fn options(header: &Header, model: Model) -> DecoderOptions {
    let wanted = match model {
        Model::Grey => ColorSpace::Luma,
        Model::Ycc => ColorSpace::RGB,
        Model::Rgb if header.named_rgb() => ColorSpace::RGB,
        Model::Rgb => ColorSpace::YCbCr,
        Model::Cmyk => ColorSpace::CMYK,
        Model::Ycck => ColorSpace::YCCK,
    };
    DecoderOptions::default()
        .jpeg_set_out_colorspace(wanted)
        .jpeg_set_max_scans(MAX_SCANS)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .set_strict_mode(false)
}

/// Shares of ink from what Adobe's programs write, and everybody after them: light instead of ink. In YCCK the inks are
/// taken for light once more before they become luma and chroma.
fn inks(bytes: &mut [u8], model: Model) {
    for pixel in bytes.chunks_exact_mut(4) {
        let [first, blue, red, black] = [pixel[0], pixel[1], pixel[2], pixel[3]];
        let [cyan, magenta, yellow] = match model {
            Model::Ycck => rgb_of_ycc(first, blue, red),
            _ => [255 - first, 255 - blue, 255 - red],
        };
        pixel.copy_from_slice(&[cyan, magenta, yellow, 255 - black]);
    }
}

/// ITU-T T.871, in fixed point of sixteen bits.
fn rgb_of_ycc(luma: u8, blue: u8, red: u8) -> [u8; 3] {
    let (luma, blue, red) =
        ((i32::from(luma) << 16) + (1 << 15), i32::from(blue) - 128, i32::from(red) - 128);
    [luma + 91_881 * red, luma - 22_554 * blue - 46_802 * red, luma + 116_130 * blue]
        .map(|value| (value >> 16).clamp(0, 255) as u8)
}

fn broken(error: DecodeErrors, deadline: &Deadline) -> Error {
    match error {
        _ if deadline.passed() => Error::TooSlow { limit: deadline.allowed() },
        DecodeErrors::ExhaustedData => Error::Truncated,
        error => Error::Broken { source: super::Decoder::Jpeg(error) },
    }
}
