//! PNG (ISO/IEC 15948, third edition): row by row, so that only the finished picture is ever whole in memory.

use image::RgbImage;
use png::{BitDepth, ColorType, DecodingError, InterlaceInfo, Transformations};

use super::colour::{Claim, Samples};
use super::pixels::{Brush, Found, colours};
use super::source::{Deadline, Stream};
use super::{Error, Limits, Note, metadata};

/// What the decoder may keep beside the picture, in bytes: two rows and an unpacked profile.
const BESIDE: usize = 16 << 20;

/// Decodes a PNG; of an animated one the picture that programs show that know nothing of animation.
pub fn decode(bytes: &[u8], limits: &Limits, deadline: &Deadline) -> Result<Found, Error> {
    let broken = |error| broken(error, deadline);
    let mut decoder =
        png::Decoder::new_with_limits(Stream::new(bytes, deadline), png::Limits { bytes: BESIDE });
    // names, places and dates are not even read
    decoder.set_ignore_text_chunk(true);
    decoder.set_transformations(Transformations::EXPAND);
    let head = decoder.read_header_info().map_err(broken)?;
    let (width, height) = head.size();
    limits.hold_pixels(width, height)?;
    limits.hold_memory(u64::from(width) * u64::from(height) * 3)?;
    let mut reader = decoder.read_info().map_err(broken)?;

    let (kind, depth) = reader.output_color_type();
    let (samples, alpha) = match kind {
        ColorType::Grayscale => (Samples::Grey, false),
        ColorType::GrayscaleAlpha => (Samples::Grey, true),
        ColorType::Rgb => (Samples::Rgb, false),
        // palettes are expanded
        ColorType::Rgba | ColorType::Indexed => (Samples::Rgb, true),
    };
    let sixteen = depth == BitDepth::Sixteen;
    let info = reader.info();
    let mut notes = Vec::new();
    let animated = info.animation_control().is_some_and(|control| control.num_frames > 1);
    if animated {
        notes.push(Note::Animated);
    }
    let said = info.exif_metadata.as_deref().map_or(metadata::Said::NOTHING, metadata::read);
    let mut brush = Brush::new(colours(claim(info), samples, sixteen, &mut notes), samples, alpha);
    let interlaced = info.interlaced;

    let mut rgb = RgbImage::new(width, height);
    let stride = width as usize * 3;
    let bytes_a_pixel = kind.samples() * if sixteen { 2 } else { 1 };
    let mut line = vec![0; if interlaced { stride } else { 0 }];
    let mut done = 0;
    while let Some(row) = reader.next_interlaced_row().map_err(broken)? {
        if deadline.passed() {
            return Err(Error::TooSlow { limit: deadline.allowed() });
        }
        let mut lay = |to: &mut [u8]| match sixteen {
            true => brush.lay_sixteen(row.data(), to),
            false => brush.lay(row.data(), to),
        };
        match row.interlace() {
            InterlaceInfo::Null(_) => {
                lay(rgb.get_mut(done * stride..(done + 1) * stride).unwrap_or_default());
                done += 1;
            }
            InterlaceInfo::Adam7(place) => {
                let length = row.data().len() / bytes_a_pixel * 3;
                let line = line.get_mut(..length).unwrap_or_default();
                lay(line);
                png::expand_interlaced_row(&mut rgb, stride, line, place, 24);
            }
        }
    }
    if !interlaced && done < height as usize {
        return Err(Error::Truncated);
    }
    Ok(Found { rgb, orientation: said.orientation, notes })
}

/// The strongest of what a PNG says about its colours, in the order of the standard (third edition, 4.3).
fn claim<'a>(info: &'a png::Info<'_>) -> Claim<'a> {
    if let Some(points) = info.coding_independent_code_points {
        return Claim::CodePoints { primaries: points.color_primaries, transfer: points.transfer_function };
    }
    if let Some(profile) = &info.icc_profile {
        return Claim::Profile(profile);
    }
    match info.gama_chunk {
        Some(gamma) if info.srgb.is_none() => {
            let pair = |(x, y): (png::ScaledFloat, png::ScaledFloat)| [x.into_value(), y.into_value()];
            let chromaticities =
                info.chrm_chunk.map(|said| [said.white, said.red, said.green, said.blue].map(pair));
            Claim::Gamma { gamma: gamma.into_value(), chromaticities }
        }
        _ => Claim::Srgb,
    }
}

fn broken(error: DecodingError, deadline: &Deadline) -> Error {
    match error {
        _ if deadline.passed() => Error::TooSlow { limit: deadline.allowed() },
        DecodingError::LimitsExceeded => Error::TooMuchMemory,
        DecodingError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            Error::Truncated
        }
        error => Error::Broken { source: super::Decoder::Png(error) },
    }
}
