//! Pictures of people on the screen: their pixels are wiped when nobody shows them any more (invariant 5).

use bytes::Bytes;
use iced::widget::image;
use zeroize::{Zeroize, Zeroizing};

struct Wiped(Zeroizing<Vec<u8>>);

impl AsRef<[u8]> for Wiped {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// A handle to pixels of four bytes each, row after row.
pub fn handle(width: u32, height: u32, rgba: Vec<u8>) -> image::Handle {
    image::Handle::from_rgba(width, height, Bytes::from_owner(Wiped(Zeroizing::new(rgba))))
}

/// A handle to a picture, which is wiped: scaled down to at most this width and height.
pub fn shown(picture: ::image::RgbImage, most: (u32, u32)) -> Shown {
    let (width, height) = picture.dimensions();
    let scale = (most.0 as f32 / width.max(1) as f32).min(most.1 as f32 / height.max(1) as f32).min(1.0);
    let small = if scale < 1.0 {
        let side = |side: u32| ((side as f32 * scale).round() as u32).max(1);
        let small = ::image::imageops::thumbnail(&picture, side(width), side(height));
        wipe(picture);
        small
    } else {
        picture
    };
    let (width, height) = small.dimensions();
    let mut rgba = Vec::with_capacity(small.len() / 3 * 4);
    rgba.extend(small.pixels().flat_map(|pixel| {
        let [red, green, blue] = pixel.0;
        [red, green, blue, 255]
    }));
    wipe(small);
    Shown { handle: handle(width, height, rgba), width, height }
}

/// A picture that can be drawn.
#[derive(Debug, Clone)]
pub struct Shown {
    pub handle: image::Handle,
    pub width: u32,
    pub height: u32,
}

impl Shown {
    /// Nothing to draw.
    pub fn none() -> Self {
        Self { handle: handle(0, 0, Vec::new()), width: 0, height: 0 }
    }
}

/// Overwrites a picture's memory before it goes.
pub fn wipe(picture: ::image::RgbImage) {
    picture.into_raw().zeroize();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_fitted_and_never_enlarged() {
        let picture = |width, height| ::image::RgbImage::from_pixel(width, height, ::image::Rgb([7, 8, 9]));
        let small = shown(picture(400, 200), (100, 100));
        assert_eq!((small.width, small.height), (100, 50));
        let same = shown(picture(40, 20), (100, 100));
        assert_eq!((same.width, same.height), (40, 20));
        let image::Handle::Rgba { pixels, .. } = same.handle else { panic!("no pixels") };
        assert_eq!(pixels[..4], [7, 8, 9, 255]);
    }
}
