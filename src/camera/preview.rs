//! The picture that a person sees of themselves: mirrored, cut to the shape of its place on the screen, scaled once, and
//! shaded around an oval. All of it here, on the camera's thread, because a window without a graphics card draws each of
//! these far slower.

use bytes::Bytes;
use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::{PixelType, U8x3, U8x4};
use fast_image_resize::{FilterType, PixelTrait, ResizeAlg, ResizeOptions, Resizer};

use super::source::Picture;
use super::wiped::{Lender, Wiped};

/// How a preview is wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// Width and height in pixels.
    pub size: (u32, u32),
    pub oval: Option<Oval>,
}

/// An upright ellipse, in pixels of the preview, that stays clear; everything around it is shaded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Oval {
    pub center: (f32, f32),
    pub radii: (f32, f32),
    pub shade: [u8; 3],
    /// How much of the shade there is, 0 to 1.
    pub strength: f32,
}

/// A mirrored picture of exactly the size asked for: drawn without scaling.
#[derive(Clone, PartialEq)]
pub struct Preview {
    pub width: u32,
    pub height: u32,
    /// Four bytes a pixel.
    pub rgba: Bytes,
}

impl std::fmt::Debug for Preview {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Preview({}×{})", self.width, self.height)
    }
}

/// The middle of a picture with the shape of `target`: left, top, width, height in whole pixels.
fn middle(picture: (u32, u32), target: (u32, u32)) -> (u32, u32, u32, u32) {
    let (w, h) = (picture.0 as f32, picture.1 as f32);
    let shape = target.0 as f32 / target.1 as f32;
    let (width, height) = if w / h > shape { (h * shape, h) } else { (w, w / shape) };
    let whole = |side: f32, most: u32| (side.round() as u32).clamp(1, most);
    let (width, height) = (whole(width, picture.0), whole(height, picture.1));
    ((picture.0 - width) / 2, (picture.1 - height) / 2, width, height)
}

/// A picture scaled to this size, four bytes a pixel, as a window draws it; none for a place without area.
pub fn scaled(picture: &Picture, (width, height): (u32, u32)) -> Option<Bytes> {
    if width == 0 || height == 0 {
        return None;
    }
    let source = TypedImageRef::<U8x3>::from_buffer(picture.width, picture.height, &picture.rgb).ok()?;
    let mut scaled = TypedImage::<U8x3>::new(width, height);
    Resizer::default().resize_typed(&source, &mut scaled, &options()).ok()?;
    let mut rgba = vec![255; bytes_of::<U8x4>(width, height)];
    for (to, from) in rgba.chunks_exact_mut(4).zip(scaled.pixels()) {
        to[..3].copy_from_slice(&from.0);
    }
    Some(Wiped::new(rgba).shared())
}

fn options() -> ResizeOptions {
    ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Bilinear)).use_alpha(false)
}

fn bytes_of<Pixel: PixelTrait>(width: u32, height: u32) -> usize {
    let pixel_type: PixelType = Pixel::pixel_type();
    width as usize * height as usize * pixel_type.size()
}

/// Makes previews; keeps its working memory from one to the next.
#[derive(Default)]
pub struct Maker {
    resizer: Resizer,
    /// The part that is shown, mirrored.
    mirrored: Vec<u8>,
    memory: Lender,
}

impl Maker {
    /// For previews in memory that is lent.
    pub fn with(memory: Lender) -> Self {
        Self { memory, ..Self::default() }
    }

    /// The preview of a picture; none for a place without area.
    pub fn make(&mut self, picture: &Picture, look: &Look) -> Option<Preview> {
        let (width, height) = look.size;
        if width == 0 || height == 0 {
            return None;
        }
        let (left, top, across, down) = middle((picture.width, picture.height), look.size);
        self.mirrored.resize(bytes_of::<U8x4>(across, down), 255);
        let rows = picture.rgb.chunks_exact(picture.width as usize * 3).skip(top as usize);
        for (to, from) in self.mirrored.chunks_exact_mut(across as usize * 4).zip(rows) {
            mirror(to, from.get(left as usize * 3..(left + across) as usize * 3)?);
        }
        let mut rgba = self.memory.lend(bytes_of::<U8x4>(width, height));
        let source = TypedImageRef::<U8x4>::from_buffer(across, down, &self.mirrored).ok()?;
        let mut target = TypedImage::<U8x4>::from_buffer(width, height, &mut rgba).ok()?;
        self.resizer.resize_typed(&source, &mut target, &options()).ok()?;
        if let Some(oval) = &look.oval {
            for (y, row) in rgba.chunks_exact_mut(width as usize * 4).enumerate() {
                let (from, to) = oval.clear(y, width as usize);
                let (before, rest) = row.split_at_mut(from * 4);
                let (_, after) = rest.split_at_mut((to - from) * 4);
                oval.darken(before);
                oval.darken(after);
            }
        }
        Some(Preview { width, height, rgba: rgba.shared() })
    }
}

/// A row of three bytes a pixel as one of four, from right to left.
fn mirror(to: &mut [u8], from: &[u8]) {
    for (to, from) in to.chunks_exact_mut(4).zip(from.chunks_exact(3).rev()) {
        to[..3].copy_from_slice(from);
    }
}

impl Oval {
    /// From which pixel of a row to which one the oval reaches.
    fn clear(&self, row: usize, width: usize) -> (usize, usize) {
        let up = (row as f32 + 0.5 - self.center.1) / self.radii.1;
        let half = (1.0 - up * up).max(0.0).sqrt() * self.radii.0;
        let place = |x: f32| (x.round().max(0.0) as usize).min(width);
        (place(self.center.0 - half), place(self.center.0 + half))
    }

    fn darken(&self, pixels: &mut [u8]) {
        // in 256ths, so that whole registers of pixels are done at once
        let kept = (256.0 * (1.0 - self.strength.clamp(0.0, 1.0))).round() as u16;
        let [r, g, b] = self.shade.map(|part| u16::from(part) * (256 - kept));
        let added = [r, g, b, 255 * (256 - kept)];
        for pixel in pixels.chunks_exact_mut(4) {
            for (part, added) in pixel.iter_mut().zip(added) {
                *part = (u16::from(*part).wrapping_mul(kept).wrapping_add(added) >> 8) as u8;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Left half red, right half blue.
    fn halves(width: u32, height: u32) -> Picture {
        let rgb = (0..height)
            .flat_map(|_| (0..width).flat_map(|x| if x < width / 2 { [255, 0, 0] } else { [0, 0, 255] }))
            .collect();
        Picture::new(width, height, rgb).unwrap()
    }

    fn plain(size: (u32, u32)) -> Look {
        Look { size, oval: None }
    }

    #[test]
    fn a_preview_is_mirrored_and_has_the_size_of_its_place() {
        let preview = Maker::default().make(&halves(1280, 720), &plain((540, 720))).unwrap();
        assert_eq!((preview.width, preview.height, preview.rgba.len()), (540, 720, 540 * 720 * 4));
        assert_eq!(preview.rgba[..4], [0, 0, 255, 255], "what is right in the picture is left in the mirror");
        assert_eq!(preview.rgba[preview.rgba.len() - 4..], [255, 0, 0, 255]);
    }

    #[test]
    fn around_the_oval_it_is_darker_and_inside_it_is_not() {
        let oval = Oval { center: (50.0, 50.0), radii: (30.0, 40.0), shade: [10, 20, 30], strength: 0.5 };
        let white = Picture::new(100, 100, vec![255; 30_000]).unwrap();
        let look = Look { size: (100, 100), oval: Some(oval) };
        let preview = Maker::default().make(&white, &look).unwrap();
        let pixel = |x: usize, y: usize| &preview.rgba[(y * 100 + x) * 4..][..4];
        assert_eq!(pixel(50, 50), [255; 4]);
        assert_eq!(pixel(22, 50), [255; 4]);
        for (x, y) in [(0, 0), (99, 99), (50, 5), (50, 95), (18, 50), (82, 50)] {
            assert_eq!(pixel(x, y), [132, 137, 142, 255], "at {x}, {y}");
        }
    }

    #[test]
    fn a_place_without_area_has_no_preview() {
        assert_eq!(Maker::default().make(&halves(4, 4), &plain((0, 10))), None);
        assert!(Maker::default().make(&halves(4, 4), &plain((1, 1000))).is_some());
    }
}
