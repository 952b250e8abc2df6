//! Decoded samples on their way to an upright picture in sRGB.

use image::RgbImage;
use image::metadata::Orientation;

use super::Note;
use super::colour::{Claim, Colours, Samples, eight};

/// How many pixels are converted at once where samples and colours share their bytes.
const STRETCH: usize = 1024;

/// What a decoder found in a file: sRGB, not yet turned.
pub struct Found {
    pub rgb: RgbImage,
    pub orientation: Orientation,
    pub notes: Vec<Note>,
}

/// Follows what the file says of its colours, or notes that it cannot be followed.
pub fn colours(claim: Claim<'_>, samples: Samples, sixteen: bool, notes: &mut Vec<Note>) -> Colours {
    Colours::claimed(claim, samples, sixteen).unwrap_or_else(|_| {
        notes.push(Note::ProfileIgnored);
        Colours::plain(samples)
    })
}

/// Lays samples as colours on white paper: transparent ones let it through.
pub struct Brush {
    colours: Colours,
    per: usize,
    alpha: bool,
    plain: Vec<u8>,
    wide: Vec<u16>,
}

impl Brush {
    pub fn new(colours: Colours, samples: Samples, alpha: bool) -> Self {
        Self { colours, per: samples.count(), alpha, plain: Vec::new(), wide: Vec::new() }
    }

    /// Whole pixels of eight bits a sample.
    pub fn lay(&mut self, from: &[u8], rgb: &mut [u8]) {
        if !self.alpha {
            return self.colours.convert(from, rgb);
        }
        let pixels = || from.chunks_exact(self.per + 1).filter_map(<[u8]>::split_last);
        self.plain.clear();
        pixels().for_each(|(_, samples)| self.plain.extend_from_slice(samples));
        self.colours.convert(&self.plain, rgb);
        rgb.chunks_exact_mut(3).zip(pixels()).for_each(|(rgb, (&alpha, _))| on_white(rgb, alpha));
    }

    /// Whole pixels of sixteen bits a sample, the high byte first.
    pub fn lay_sixteen(&mut self, from: &[u8], rgb: &mut [u8]) {
        let all = self.per + usize::from(self.alpha);
        let pixels = || from.chunks_exact(all * 2);
        self.wide.clear();
        for pixel in pixels() {
            let samples = pixel.chunks_exact(2).take(self.per);
            self.wide.extend(samples.map(|two| u16::from_be_bytes([two[0], two[1]])));
        }
        self.colours.convert_sixteen(&self.wide, rgb);
        if self.alpha {
            for (rgb, pixel) in rgb.chunks_exact_mut(3).zip(pixels()) {
                if let &[.., high, low] = pixel {
                    on_white(rgb, eight(u16::from_be_bytes([high, low])));
                }
            }
        }
    }
}

/// A colour that covers as much of white paper as `alpha` says.
fn on_white(rgb: &mut [u8], alpha: u8) {
    let alpha = u16::from(alpha);
    for value in rgb {
        *value = ((u16::from(*value) * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
    }
}

/// The samples of a whole picture of eight bits, row by row.
pub struct Sheet {
    bytes: Vec<u8>,
    width: u32,
    height: u32,
}

impl Sheet {
    /// An empty one with room for `channels` samples a pixel.
    pub fn new(width: u32, height: u32, channels: usize) -> Self {
        Self { bytes: vec![0; width as usize * height as usize * channels], width, height }
    }

    pub fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.bytes
    }

    /// The picture. Its colours take the place of the samples where there is room, so that it is in memory once.
    pub fn into_rgb(self, brush: &mut Brush) -> RgbImage {
        let Self { mut bytes, width, height } = self;
        let channels = brush.per + usize::from(brush.alpha);
        let pixels = width as usize * height as usize;
        if channels < 3 {
            let mut rgb = vec![0; pixels * 3];
            brush.lay(&bytes, &mut rgb);
            bytes = rgb;
        } else if !(brush.colours.copies() && channels == 3) {
            let mut samples = vec![0; STRETCH * channels];
            for start in (0..pixels).step_by(STRETCH) {
                let end = pixels.min(start + STRETCH);
                let samples = &mut samples[..(end - start) * channels];
                samples.copy_from_slice(&bytes[start * channels..end * channels]);
                brush.lay(samples, &mut bytes[start * 3..end * 3]);
            }
            bytes.truncate(pixels * 3);
            bytes.shrink_to_fit();
        }
        // as many bytes as the picture has by what is above
        RgbImage::from_raw(width, height, bytes).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;

    #[test]
    fn samples_become_colours_in_their_own_bytes() {
        for (samples, alpha, pixel, expected) in [
            (Samples::Grey, false, &[90][..], [90; 3]),
            (Samples::Grey, true, &[90, 0], [255; 3]),
            (Samples::Rgb, false, &[1, 2, 3], [1, 2, 3]),
            (Samples::Rgb, true, &[0, 100, 200, 51], [204, 224, 244]),
            (Samples::Cmyk, false, &[255, 0, 51, 0], [0, 255, 204]),
            (Samples::Cmyk, false, &[0, 0, 51, 51], [204, 204, 163]),
        ] {
            let mut sheet = Sheet::new(61, 47, pixel.len());
            sheet.bytes_mut().chunks_exact_mut(pixel.len()).for_each(|to| to.copy_from_slice(pixel));
            let rgb = sheet.into_rgb(&mut Brush::new(Colours::plain(samples), samples, alpha));
            assert_eq!(rgb.dimensions(), (61, 47));
            assert!(rgb.pixels().all(|pixel| *pixel == Rgb(expected)), "{samples:?}");
        }
    }

    #[test]
    fn sixteen_bits_are_rounded_once() {
        let mut rgb = [0; 6];
        let mut brush = Brush::new(Colours::plain(Samples::Rgb), Samples::Rgb, true);
        let samples = [0_u16, 257 * 7 + 128, 257 * 7 + 129, 65_535, 65_535, 0, 1, 65_535 / 5];
        let bytes: Vec<u8> = samples.iter().flat_map(|value| value.to_be_bytes()).collect();
        brush.lay_sixteen(&bytes, &mut rgb);
        assert_eq!(rgb, [0, 7, 8, 255, 204, 204]);
    }
}
