//! The picture that a person sees of themselves: mirrored, cut to the shape of its place on the screen, scaled once.

use bytes::Bytes;
use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8x3;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};

use super::source::Picture;

/// A mirrored picture of exactly the size asked for: drawn without scaling.
#[derive(Clone, PartialEq)]
pub struct Preview {
    pub width: u32,
    pub height: u32,
    /// Four bytes a pixel.
    pub rgba: Bytes,
    /// Left, top, width and height of what is shown, in pixels of the frame (not mirrored).
    pub shown: [f32; 4],
}

impl std::fmt::Debug for Preview {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Preview({}×{})", self.width, self.height)
    }
}

impl Preview {
    /// Where a point of the frame is in the preview, in pixels.
    pub fn place(&self, x: f32, y: f32) -> (f32, f32) {
        let [left, top, width, height] = self.shown;
        let across = (x - left) / width * self.width as f32;
        (self.width as f32 - across, (y - top) / height * self.height as f32)
    }
}

/// The middle of a picture with the shape of `target`: left, top, width, height.
fn middle(picture: (u32, u32), target: (u32, u32)) -> [f32; 4] {
    let (w, h) = (picture.0 as f32, picture.1 as f32);
    let shape = target.0 as f32 / target.1 as f32;
    let (width, height) = if w / h > shape { (h * shape, h) } else { (w, w / shape) };
    [(w - width) / 2.0, (h - height) / 2.0, width, height]
}

/// A picture scaled to this size, four bytes a pixel, as a window draws it; none for a place without area.
pub fn scaled(picture: &Picture, size: (u32, u32)) -> Option<Bytes> {
    let whole = [0.0, 0.0, f64::from(picture.width), f64::from(picture.height)];
    let scaled = resize(&mut Resizer::default(), picture, whole, size)?;
    let pixels = scaled.pixels().iter();
    Some(pixels.flat_map(|pixel| opaque(pixel.0)).collect::<Vec<u8>>().into())
}

fn opaque([r, g, b]: [u8; 3]) -> [u8; 4] {
    [r, g, b, 255]
}

/// A part of a picture (left, top, width, height) at another size.
fn resize(
    resizer: &mut Resizer,
    picture: &Picture,
    part: [f64; 4],
    (width, height): (u32, u32),
) -> Option<TypedImage<'static, U8x3>> {
    if width == 0 || height == 0 {
        return None;
    }
    let source = TypedImageRef::<U8x3>::from_buffer(picture.width, picture.height, &picture.rgb).ok()?;
    let mut scaled = TypedImage::<U8x3>::new(width, height);
    let [left, top, across, down] = part;
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Bilinear))
        .crop(left, top, across, down);
    resizer.resize_typed(&source, &mut scaled, &options).ok()?;
    Some(scaled)
}

/// Makes previews; keeps its working memory from one to the next.
#[derive(Default)]
pub struct Maker {
    resizer: Resizer,
}

impl Maker {
    /// The preview of a picture for a place of this size in pixels; none for a place without area.
    pub fn make(&mut self, picture: &Picture, target: (u32, u32)) -> Option<Preview> {
        let (width, height) = target;
        if width == 0 || height == 0 {
            return None;
        }
        let shown = middle((picture.width, picture.height), target);
        let scaled = resize(&mut self.resizer, picture, shown.map(f64::from), target)?;
        let mut rgba = Vec::with_capacity(width as usize * height as usize * 4);
        for row in scaled.pixels().chunks_exact(width as usize) {
            rgba.extend(row.iter().rev().flat_map(|pixel| opaque(pixel.0)));
        }
        Some(Preview { width, height, rgba: rgba.into(), shown })
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

    #[test]
    fn a_preview_is_mirrored_and_has_the_size_of_its_place() {
        let preview = Maker::default().make(&halves(1280, 720), (540, 720)).unwrap();
        assert_eq!((preview.width, preview.height, preview.rgba.len()), (540, 720, 540 * 720 * 4));
        assert_eq!(preview.rgba[..4], [0, 0, 255, 255], "what is right in the picture is left in the mirror");
        assert_eq!(preview.rgba[preview.rgba.len() - 4..], [255, 0, 0, 255]);
    }

    #[test]
    fn points_of_the_frame_are_found_in_the_preview() {
        let preview = Maker::default().make(&halves(1280, 720), (540, 720)).unwrap();
        let (x, y) = preview.place(640.0, 360.0);
        assert!((x - 270.0).abs() < 0.5 && (y - 360.0).abs() < 0.5);
        assert!(preview.place(700.0, 0.0).0 < 270.0);
    }

    #[test]
    fn a_place_without_area_has_no_preview() {
        assert_eq!(Maker::default().make(&halves(4, 4), (0, 10)), None);
    }
}
