//! A crop by hand: moved, zoomed, turned by quarters and by degrees, and with the mirroring of a telephone taken back.
//! Pure geometry in shares of the picture, so that it fits a small copy as well as the original; a crop never leaves the
//! picture, because nothing is ever invented beyond its edges.

use std::f32::consts::FRAC_PI_2;

use image::RgbImage;

use super::crop::{self, Crop, RATIO};
use super::picture::Picture;
use super::sample::Frame;

/// The furthest fine turn, in radians.
pub const FURTHEST_TURN: f32 = 0.35;
/// The smallest crop's height, as a share of the tallest one that fits.
const SMALLEST: f32 = 0.12;

/// See the module. `[f32; 2]` arguments named `size` are the original picture's width and height in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hand {
    /// Quarters by which the picture was turned clockwise, 0 to 3.
    quarters: u8,
    mirrored: bool,
    /// Of the crop in the picture as it was turned, radians; positive turns its right side down.
    turn: f32,
    /// Middle of the crop, in shares of the picture as it was turned and mirrored.
    centre: [f32; 2],
    /// Height of the crop by the picture's longest side.
    height: f32,
}

impl Hand {
    /// Begins where the automatic crop lies, or with as much of the picture as fits where there is none.
    pub fn begin(crop: Option<&Crop>, size: [f32; 2]) -> Self {
        let whole = Self { quarters: 0, mirrored: false, turn: 0.0, centre: [0.5, 0.5], height: 1.0 };
        let hand = crop.map_or(whole, |crop| {
            let Frame { centre, size: [_, height], turn } = *crop.frame();
            let centre = [centre[0] / size[0], centre[1] / size[1]];
            Self { turn, centre, height: height / longest(size), ..whole }
        });
        hand.settled(size)
    }

    /// Moves the crop by shares of its own width and height.
    pub fn moved(self, by: [f32; 2], size: [f32; 2]) -> Self {
        let view = self.view(size);
        let height = self.height * longest(size);
        let (sin, cos) = self.turn.sin_cos();
        let (x, y) = (by[0] * height * RATIO, by[1] * height);
        let (x, y) = (x * cos - y * sin, x * sin + y * cos);
        Self { centre: [self.centre[0] + x / view[0], self.centre[1] + y / view[1]], ..self }.settled(size)
    }

    /// More than 1 shows less of the picture, larger.
    pub fn zoomed(self, by: f32, size: [f32; 2]) -> Self {
        Self { height: self.height / by.clamp(0.1, 10.0), ..self }.settled(size)
    }

    /// Turns what is shown clockwise, in radians.
    pub fn turned(self, by: f32, size: [f32; 2]) -> Self {
        Self { turn: (self.turn - by).clamp(-FURTHEST_TURN, FURTHEST_TURN), ..self }.settled(size)
    }

    /// Turns what is shown a quarter clockwise.
    pub fn quarter_turned(self, size: [f32; 2]) -> Self {
        let quarters = if self.mirrored { self.quarters + 3 } else { self.quarters + 1 } % 4;
        let [x, y] = self.centre;
        Self { quarters, centre: [1.0 - y, x], ..self }.settled(size)
    }

    /// Mirrors what is shown, left to right.
    pub fn flipped(self, size: [f32; 2]) -> Self {
        let centre = [1.0 - self.centre[0], self.centre[1]];
        Self { mirrored: !self.mirrored, turn: -self.turn, centre, ..self }.settled(size)
    }

    pub fn mirrored(&self) -> bool {
        self.mirrored
    }

    /// Width and height of the picture as it was turned.
    fn view(&self, [width, height]: [f32; 2]) -> [f32; 2] {
        if self.quarters % 2 == 1 { [height, width] } else { [width, height] }
    }

    /// Within the picture: as near as possible to what was wanted.
    fn settled(self, size: [f32; 2]) -> Self {
        let view = self.view(size);
        let (sin, cos) = (self.turn.sin().abs(), self.turn.cos());
        // what the turned crop takes up along the picture's sides, for each pixel of its height
        let takes = [RATIO * cos + sin, RATIO * sin + cos];
        // a hair less than all: what just fits would stick out by rounding
        let tallest = 0.9999 * (view[0] / takes[0]).min(view[1] / takes[1]);
        let wanted = self.height * longest(size);
        let height = if wanted.is_finite() { wanted.clamp(SMALLEST * tallest, tallest) } else { tallest };
        let inside = |share: f32, side: f32, takes: f32| {
            let half = takes * height / 2.0 / side;
            if share.is_finite() { share.clamp(half.min(0.5), (1.0 - half).max(0.5)) } else { 0.5 }
        };
        let centre = [inside(self.centre[0], view[0], takes[0]), inside(self.centre[1], view[1], takes[1])];
        Self { centre, height: height / longest(size), ..self }
    }

    /// Where the crop lies in the original picture. Where it is mirrored, what is cut there is mirrored afterwards.
    pub fn crop(&self, size: [f32; 2]) -> Crop {
        let settled = self.settled(size);
        let [width, height] = size;
        let view = settled.view(size);
        let across = if settled.mirrored { 1.0 - settled.centre[0] } else { settled.centre[0] };
        let (x, y) = (across * view[0], settled.centre[1] * view[1]);
        let centre = match settled.quarters {
            0 => [x, y],
            1 => [y, height - x],
            2 => [width - x, height - y],
            _ => [width - y, x],
        };
        let turn = if settled.mirrored { -settled.turn } else { settled.turn };
        let tall = settled.height * longest(size);
        Crop::at(Frame {
            centre,
            size: [tall * RATIO, tall],
            turn: turn - f32::from(settled.quarters) * FRAC_PI_2,
        })
    }

    /// Cuts the card picture out, at most as wide and high as `most`, in pixels.
    pub fn cut(&self, picture: &Picture, most: [u32; 2]) -> Result<RgbImage, crop::Error> {
        let size = [picture.width() as f32, picture.height() as f32];
        let mut card = crop::cut_within(picture, &self.crop(size), most)?;
        if self.mirrored {
            image::imageops::flip_horizontal_in_place(&mut card);
        }
        Ok(card)
    }
}

fn longest(size: [f32; 2]) -> f32 {
    size[0].max(size[1]).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;
    use image::imageops::{flip_horizontal, rotate90};
    use proptest::prelude::*;

    /// Red grows to the right, green downwards.
    fn picture(width: u32, height: u32) -> Picture {
        let share = |at: u32, of: u32| (at * 255 / of) as u8;
        Picture::new(RgbImage::from_fn(width, height, |x, y| Rgb([share(x, width), share(y, height), 90])))
    }

    fn size(picture: &Picture) -> [f32; 2] {
        [picture.width() as f32, picture.height() as f32]
    }

    /// The mean difference of two pictures' pixels.
    fn apart(a: &RgbImage, b: &RgbImage) -> f32 {
        assert_eq!(a.dimensions(), b.dimensions());
        let sum: u32 = a.iter().zip(b.iter()).map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
        sum as f32 / a.len() as f32
    }

    #[test]
    fn turning_and_mirroring_do_what_they_say() {
        let original = picture(400, 300);
        let begin = Hand::begin(None, size(&original))
            .zoomed(1.5, size(&original))
            .moved([0.1, -0.1], size(&original));
        let most = [200, 260];
        let mirrored = begin.flipped(size(&original)).cut(&original, most).unwrap();
        assert!(apart(&mirrored, &flip_horizontal(&begin.cut(&original, most).unwrap())) < 1.5);
        let tall = Hand::begin(None, [300.0, 400.0]);
        for flip in [false, true] {
            let by_hand = Hand::begin(None, size(&original));
            let by_hand = if flip { by_hand.flipped(size(&original)) } else { by_hand };
            let by_hand = by_hand.quarter_turned(size(&original)).zoomed(0.1, size(&original));
            let base = if flip { flip_horizontal(original.rgb()) } else { original.rgb().clone() };
            let expected = tall.cut(&Picture::new(rotate90(&base)), most).unwrap();
            assert!(apart(&by_hand.cut(&original, most).unwrap(), &expected) < 3.0, "mirrored {flip}");
        }
        let mut round = begin;
        for _ in 0..4 {
            round = round.quarter_turned(size(&original));
        }
        assert!(apart(&round.cut(&original, most).unwrap(), &begin.cut(&original, most).unwrap()) < 1.5);
    }

    #[test]
    fn it_begins_at_the_automatic_crop() {
        let frame = Frame { centre: [700.0, 500.0], size: [0.77 * 600.0, 600.0], turn: 0.1 };
        let by_hand = Hand::begin(Some(&Crop::at(frame)), [1280.0, 960.0]).crop([1280.0, 960.0]);
        let near = |a: f32, b: f32| (a - b).abs() < 0.1;
        assert!(
            near(by_hand.frame().centre[0], 700.0) && near(by_hand.frame().centre[1], 500.0),
            "{by_hand:?}"
        );
        assert!(near(by_hand.frame().size[1], 600.0) && near(by_hand.turn(), 0.1_f32.to_degrees()));
    }

    #[test]
    fn turning_clockwise_moves_the_right_side_down() {
        // a bright line from left to right: turned clockwise its right end is lower
        let line =
            RgbImage::from_fn(
                600,
                600,
                |_, y| if (298..303).contains(&y) { Rgb([255; 3]) } else { Rgb([0; 3]) },
            );
        let line = Picture::new(line);
        let by_hand = Hand::begin(None, size(&line)).zoomed(1.6, size(&line)).turned(0.2, size(&line));
        let card = by_hand.cut(&line, [300, 390]).unwrap();
        let bright = |x: u32| (0..card.height()).find(|y| card.get_pixel(x, *y).0[0] > 128).unwrap();
        assert!(bright(20) + 20 < bright(card.width() - 20));
    }

    proptest! {
        #[test]
        fn a_crop_never_leaves_the_picture(
            width in 50f32..4000.0, height in 50f32..4000.0,
            doings in prop::collection::vec((0..5u8, -2f32..2.0, -2f32..2.0), 0..30),
        ) {
            let size = [width, height];
            let mut by_hand = Hand::begin(None, size);
            for (doing, a, b) in doings {
                by_hand = match doing {
                    0 => by_hand.moved([a, b], size),
                    1 => by_hand.zoomed(1.0 + a / 2.1, size),
                    2 => by_hand.turned(a, size),
                    3 => by_hand.quarter_turned(size),
                    _ => by_hand.flipped(size),
                };
                let crop = by_hand.crop(size);
                for [x, y] in crop.corners() {
                    prop_assert!((-0.05..=width + 0.05).contains(&x) && (-0.05..=height + 0.05).contains(&y), "{crop:?}");
                }
                let [across, tall] = crop.frame().size;
                prop_assert!((across / tall - RATIO).abs() < 1e-3 && tall > 1.0);
            }
        }
    }
}
