//! Pictures as they are judged: upright, eight bits, red green blue.

use image::{RgbImage, imageops};

/// An upright picture without anything but its pixels.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    rgb: RgbImage,
}

impl Picture {
    pub fn new(rgb: RgbImage) -> Self {
        Self { rgb }
    }

    pub fn width(&self) -> u32 {
        self.rgb.width()
    }

    pub fn height(&self) -> u32 {
        self.rgb.height()
    }

    pub fn rgb(&self) -> &RgbImage {
        &self.rgb
    }

    pub fn into_rgb(self) -> RgbImage {
        self.rgb
    }

    /// The picture turned.
    pub fn turned(&self, by: Quarter) -> Self {
        Self::new(match by {
            Quarter::Upright => self.rgb.clone(),
            Quarter::Right => imageops::rotate90(&self.rgb),
            Quarter::Half => imageops::rotate180(&self.rgb),
            Quarter::Left => imageops::rotate270(&self.rgb),
        })
    }
}

/// By how many quarters a picture has to be turned to stand upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Quarter {
    #[default]
    Upright,
    Right,
    Half,
    Left,
}

impl Quarter {
    pub const ALL: [Self; 4] = [Self::Upright, Self::Right, Self::Half, Self::Left];

    /// Clockwise.
    pub fn degrees(self) -> f32 {
        match self {
            Self::Upright => 0.0,
            Self::Right => 90.0,
            Self::Half => 180.0,
            Self::Left => 270.0,
        }
    }

    /// What brings something that is turned clockwise by so many degrees nearest to upright.
    pub fn against(degrees: f32) -> Self {
        match ((-degrees / 90.0).round() as i64).rem_euclid(4) {
            1 => Self::Right,
            2 => Self::Half,
            3 => Self::Left,
            _ => Self::Upright,
        }
    }
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}×{})", self.width(), self.height())
    }
}

/// A picture and its halves, quarters and so on, so that a large area can be shrunk without noise: sampling a picture at
/// a quarter of its size reads the quarter, not every fourth pixel.
pub struct Pyramid<'a> {
    whole: &'a RgbImage,
    halves: Vec<RgbImage>,
}

impl<'a> Pyramid<'a> {
    /// Halves until the longest side is at most `smallest` pixels.
    pub fn build(whole: &'a RgbImage, smallest: u32) -> Self {
        let mut halves: Vec<RgbImage> = Vec::new();
        loop {
            let last = halves.last().unwrap_or(whole);
            if last.width().max(last.height()) <= smallest || last.width().min(last.height()) < 2 {
                break;
            }
            let half = halved(last);
            halves.push(half);
        }
        Self { whole, halves }
    }

    pub fn width(&self) -> u32 {
        self.whole.width()
    }

    pub fn height(&self) -> u32 {
        self.whole.height()
    }

    /// The smallest level that still has a pixel for each `step` pixels of the whole, and how many times it is smaller.
    pub fn level(&self, step: f32) -> (&RgbImage, f32) {
        let wanted = step.max(1.0).log2().floor() as usize;
        match wanted.min(self.halves.len()) {
            0 => (self.whole, 1.0),
            level => (self.halves.get(level - 1).unwrap_or(self.whole), (1_u32 << level) as f32),
        }
    }
}

/// The mean of each two by two pixels; an odd last row or column is left out.
fn halved(picture: &RgbImage) -> RgbImage {
    let (width, height) = (picture.width() / 2, picture.height() / 2);
    let mut half = RgbImage::new(width, height);
    let row = picture.width() as usize * 3;
    // means of every pixel with its right neighbour, though every other one is taken only: compilers make many at once
    let mut means = vec![0_u8; row - 3];
    let rows = picture.as_raw().chunks_exact(row * 2);
    for (out, pair) in half.chunks_exact_mut(width as usize * 3).zip(rows) {
        let (upper, lower) = pair.split_at(row);
        let (left, right) = (upper.iter().zip(lower), upper.iter().zip(lower).skip(3));
        for ((mean, (&a, &b)), (&c, &d)) in means.iter_mut().zip(left).zip(right) {
            *mean = ((u16::from(a) + u16::from(b) + u16::from(c) + u16::from(d) + 2) / 4) as u8;
        }
        for (pixel, two) in out.chunks_exact_mut(3).zip(means.chunks(6)) {
            pixel.copy_from_slice(&two[..3]);
        }
    }
    half
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;

    #[test]
    fn halves_are_means() {
        let picture = RgbImage::from_fn(5, 4, |x, y| Rgb([(x * 10 + y) as u8, 7, 255]));
        let half = halved(&picture);
        assert_eq!(half.dimensions(), (2, 2));
        assert_eq!(half.get_pixel(0, 0), &Rgb([6, 7, 255])); // 0, 10, 1, 11
        assert_eq!(half.get_pixel(1, 1), &Rgb([28, 7, 255])); // 22, 32, 23, 33
    }

    #[test]
    fn quarters_turn_back_what_is_turned() {
        let picture = Picture::new(RgbImage::from_fn(5, 3, |x, y| Rgb([x as u8, y as u8, 9])));
        for quarter in Quarter::ALL {
            let turned = picture.turned(quarter);
            assert_eq!(turned.turned(Quarter::against(quarter.degrees())), picture, "{quarter:?}");
            assert_eq!(Quarter::against(-quarter.degrees()), quarter);
        }
        assert_eq!(Quarter::against(44.0), Quarter::Upright);
        assert_eq!(Quarter::against(-50.0), Quarter::Right);
        assert_eq!(Quarter::against(f32::NAN), Quarter::Upright);
        // the upper left corner of the lying picture comes to the upper right
        assert_eq!(picture.turned(Quarter::Right).rgb().get_pixel(2, 0), &Rgb([0, 0, 9]));
    }

    #[test]
    fn levels_fit_the_step() {
        let picture = RgbImage::new(1024, 512);
        let pyramid = Pyramid::build(&picture, 128);
        let size = |step| pyramid.level(step).0.width();
        assert_eq!((size(0.3), size(1.9), size(2.0), size(7.9), size(900.0)), (1024, 1024, 512, 256, 128));
        assert_eq!(pyramid.level(4.0).1, 4.0);
        for empty in [RgbImage::new(0, 0), RgbImage::new(0, 900), RgbImage::new(1, 900)] {
            assert_eq!(Pyramid::build(&empty, 128).level(8.0).1, 1.0);
        }
    }
}
