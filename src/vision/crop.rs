//! Where the card picture lies in the photo, and cutting it out. [`plan`] is pure geometry: the crop slides and shrinks within
//! the policy's ranges to keep the hair in and to stay inside the photo; nothing is ever invented beyond its edges.

use fast_image_resize as resize;
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder, ImageError, RgbImage};

use crate::domain::photo::{Limit, Policy, Rule};

use super::picture::Picture;
use super::sample::Frame;

/// Width of the card picture by its height: 35 by 45 mm with the border that the printer needs.
pub const RATIO: f32 = 0.77;
/// What is kept of a photo at most, in pixels.
pub const LARGEST: [u32; 2] = [1200, 1558];
/// Height of the small copy for lists, in pixels.
pub const SMALL_HEIGHT: u32 = 480;

/// A head as the crop sees it. Lengths in pixels, measured along and across the line between the eyes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Head {
    /// Midpoint of the eye centres in the picture.
    pub eyes: [f32; 2],
    /// Angle of the line between the eyes in radians; positive: its right end is lower.
    pub turn: f32,
    /// From the eyes down to the chin.
    pub chin: f32,
    /// From the eyes up to the crown of the skull, hair not counted.
    pub crown: f32,
    /// Ear to ear.
    pub width: f32,
    pub hair: Hair,
}

impl Head {
    /// Crown to chin.
    pub fn length(&self) -> f32 {
        self.crown + self.chin
    }
}

/// How far head and hair reach from the midpoint of the eyes, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Hair {
    pub up: f32,
    pub left: f32,
    pub right: f32,
}

/// What a crop may look like, as shares of its width and height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranges {
    /// Crown to chin by the height.
    pub head: [f32; 2],
    /// Width of the head by the width.
    pub head_width: [f32; 2],
    /// Midpoint of the eyes from the left by the width.
    pub across: [f32; 2],
    /// Midpoint of the eyes from the top by the height.
    pub down: [f32; 2],
}

impl Ranges {
    /// The ranges of a policy; where a rule is switched off, the widest that still makes a card picture.
    pub fn of(policy: &Policy) -> Self {
        let range = |rule: Rule, otherwise: [f32; 2]| {
            let limits = policy.rules.iter().filter(|(held, _)| *held == rule).map(|(_, step)| step.limit);
            limits
                .fold(None, |range: Option<[f32; 2]>, limit| match (limit, range) {
                    (Limit::Between(low, high), None) => Some([low, high]),
                    (Limit::Between(low, high), Some([a, b])) => Some([low.max(a), high.min(b)]),
                    (Limit::AtLeast(_) | Limit::AtMost(_), range) => range,
                })
                .unwrap_or(otherwise)
        };
        Self {
            head: range(Rule::HeadSize, [0.5, 0.95]),
            head_width: [0.50, 0.75],
            across: range(Rule::Centred, [0.3, 0.7]),
            down: range(Rule::EyeLine, [0.25, 0.6]),
        }
    }

    /// A hair narrower: what lies at the very end of a range would be beyond it by rounding when it is measured.
    fn inset(&self) -> Self {
        let inset = |[low, high]: [f32; 2]| {
            let edge = ((high - low) / 2.0).clamp(0.0, 1e-4);
            [low + edge, high - edge]
        };
        let Self { head, head_width, across, down } = *self;
        Self { head: inset(head), head_width, across: inset(across), down: inset(down) }
    }
}

/// The card picture's place in the photo: a rectangle of the ratio [`RATIO`] whose sides run along and across the eyes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crop {
    frame: Frame,
}

impl Crop {
    /// A crop at a place that was chosen by other means; what lies outside the photo is not made up by [`cut`].
    pub fn at(frame: Frame) -> Self {
        Self { frame }
    }

    /// All of a picture that is a card picture already.
    pub fn whole(size: [f32; 2]) -> Self {
        Self { frame: Frame { centre: [size[0] / 2.0, size[1] / 2.0], size, turn: 0.0 } }
    }

    pub fn frame(&self) -> &Frame {
        &self.frame
    }

    /// Left, top, width and height in pixels before it is turned about its middle.
    pub fn rectangle(&self) -> [f32; 4] {
        let [width, height] = self.frame.size;
        [self.frame.centre[0] - width / 2.0, self.frame.centre[1] - height / 2.0, width, height]
    }

    /// By how much the cut levels the picture, in degrees.
    pub fn turn(&self) -> f32 {
        self.frame.turn.to_degrees()
    }

    pub fn corners(&self) -> [[f32; 2]; 4] {
        [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]].map(|corner| self.frame.to_picture(corner))
    }

    fn inside(&self, size: [f32; 2]) -> bool {
        // a hundredth of a pixel is rounding, not a missing edge
        let fits = |value: f32, limit: f32| (-0.01..=limit + 0.01).contains(&value);
        self.corners().iter().all(|corner| fits(corner[0], size[0]) && fits(corner[1], size[1]))
    }

    /// The crop of height `height` that has the eyes at these shares of its width and height.
    fn with_eyes_at(head: &Head, height: f32, across: f32, down: f32) -> Self {
        let size = [height * RATIO, height];
        let (x, y) = ((0.5 - across) * size[0], (0.5 - down) * size[1]);
        let (sin, cos) = head.turn.sin_cos();
        let centre = [head.eyes[0] + x * cos - y * sin, head.eyes[1] + x * sin + y * cos];
        Self { frame: Frame { centre, size, turn: head.turn } }
    }
}

/// Why there is no crop: the rule that stands in the way and the nearest value that the photo allows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Misfit {
    pub rule: Rule,
    pub measured: f32,
}

/// The head's height in the first wish, as a share of the crop's.
const WISHED_HEAD: f32 = 0.72;
/// Where the eyes are in the first wish.
const WISHED_EYES: [f32; 2] = [0.5, 0.42];

/// Places the crop in a photo of `size` pixels. Where a head is so broad or so narrow that its height and its width cannot both
/// be kept within their ranges, or not inside the photo, its height decides: nobody is refused for the shape of their head.
pub fn plan(head: &Head, size: [f32; 2], ranges: &Ranges) -> Result<Crop, Misfit> {
    let given = ranges;
    let ranges = &given.inset();
    let by_length = [head.length() / ranges.head[1], head.length() / ranges.head[0]];
    let by_width = [head.width / ranges.head_width[1] / RATIO, head.width / ranges.head_width[0] / RATIO];
    let both = [by_length[0].max(by_width[0]), by_length[1].min(by_width[1])];
    let first = if both[0] <= both[1] { best(head, size, ranges, both) } else { None };
    first
        .or_else(|| best(head, size, ranges, by_length))
        .ok_or_else(|| misfit(head, size, given, head.length() / given.head[1]))
}

/// The best of the crops whose height is within these two.
fn best(head: &Head, size: [f32; 2], ranges: &Ranges, heights: [f32; 2]) -> Option<Crop> {
    let length = head.length();
    let wished = (length / WISHED_HEAD).clamp(heights[0], heights[1]);
    let wished_eyes = [
        WISHED_EYES[0].clamp(ranges.across[0], ranges.across[1]),
        WISHED_EYES[1].clamp(ranges.down[0], ranges.down[1]),
    ];
    let mut best: Option<(f32, Crop)> = None;
    // the wish first: where it is granted nothing else is looked at closely
    for height in [wished].into_iter().chain(steps(heights, 24)) {
        for across in [wished_eyes[0]].into_iter().chain(steps(ranges.across, 8)) {
            for down in [wished_eyes[1]].into_iter().chain(steps(ranges.down, 20)) {
                let cut = [
                    head.hair.up - down * height,
                    head.hair.left - across * height * RATIO,
                    head.hair.right - (1.0 - across) * height * RATIO,
                ];
                let hair: f32 = cut.iter().map(|side| side.max(0.0) / length).sum();
                let cost = 10.0 * hair
                    + (height / wished - 1.0).abs()
                    + 2.0 * (across - wished_eyes[0]).abs()
                    + 2.0 * (down - wished_eyes[1]).abs();
                if best.is_none_or(|(least, _)| cost < least) {
                    let crop = Crop::with_eyes_at(head, height, across, down);
                    if crop.inside(size) {
                        best = Some((cost, crop));
                    }
                }
            }
        }
    }
    best.map(|(_, crop)| crop)
}

/// Where the card picture would lie if the photo had no edges and no policy stood in the way.
pub fn first_wish(head: &Head) -> Frame {
    *Crop::with_eyes_at(head, head.length() / WISHED_HEAD, WISHED_EYES[0], WISHED_EYES[1]).frame()
}

fn steps([low, high]: [f32; 2], count: u32) -> impl Iterator<Item = f32> {
    (0..=count).map(move |step| low + (high - low) * step as f32 / count as f32)
}

/// Which rule to name when not even the tightest crop, `height` pixels high, fits.
fn misfit(head: &Head, size: [f32; 2], ranges: &Ranges, height: f32) -> Misfit {
    let (sin, cos) = (head.turn.sin().abs(), head.turn.cos().abs());
    // what the turned crop takes up along the photo's sides, for each pixel of its height
    let takes = [RATIO * cos + sin, RATIO * sin + cos];
    let room = (size[0] / takes[0]).min(size[1] / takes[1]);
    if room < height {
        return Misfit { rule: Rule::HeadSize, measured: head.length() / room };
    }
    let nearest = |eyes: f32, side: f32, takes: f32| [1.0 - (side - eyes) / takes, eyes / takes];
    let outside = |reach: [f32; 2], range: [f32; 2]| {
        if reach[0] > range[1] {
            Some(reach[0])
        } else if reach[1] < range[0] {
            Some(reach[1])
        } else {
            None
        }
    };
    let across = nearest(head.eyes[0], size[0], takes[0] * height);
    if let Some(measured) = outside(across, ranges.across) {
        return Misfit { rule: Rule::Centred, measured };
    }
    let down = nearest(head.eyes[1], size[1], takes[1] * height);
    if let Some(measured) = outside(down, ranges.down) {
        return Misfit { rule: Rule::EyeLine, measured };
    }
    // each side alone would do, both together do not: how large the head is in the crop that just fits
    let middle = |range: [f32; 2]| (range[0] + range[1]) / 2.0;
    let fitting = (1..=100)
        .map(|percent| height * (1.0 - percent as f32 / 101.0))
        .find(|&smaller| {
            Crop::with_eyes_at(head, smaller, middle(ranges.across), middle(ranges.down)).inside(size)
        })
        .unwrap_or(height / 101.0);
    Misfit { rule: Rule::HeadSize, measured: head.length() / fitting }
}

/// Why a crop could not be cut or encoded.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the crop is empty")]
    Empty,
    #[error("cannot resize: {source}")]
    Resize {
        #[from]
        source: resize::ResizeError,
    },
    #[error("cannot encode: {source}")]
    Encode {
        #[from]
        source: ImageError,
    },
}

/// Cuts the card picture out, levelled, never enlarged, at most [`LARGEST`].
pub fn cut(picture: &Picture, crop: &Crop) -> Result<RgbImage, Error> {
    cut_within(picture, crop, LARGEST)
}

/// The same, at most as wide and high as `most`, in pixels: for looking at.
pub fn cut_within(picture: &Picture, crop: &Crop, most: [u32; 2]) -> Result<RgbImage, Error> {
    let frame = crop.frame();
    let width = (frame.size[0].round() as u32).min(most[0]);
    let height = ((width as f32 / RATIO).round() as u32).min(most[1]);
    if width == 0 || height == 0 {
        return Err(Error::Empty);
    }
    let scale = width as f32 / frame.size[0];
    // the upright rectangle around the turned crop, shrunk to the final scale first: only that is turned
    let corners = crop.corners();
    let least = |axis: usize| corners.iter().map(|corner| corner[axis]).fold(f32::MAX, f32::min).max(0.0);
    let most = |axis: usize, side: u32| {
        corners.iter().map(|corner| corner[axis]).fold(f32::MIN, f32::max).min(side as f32)
    };
    let (left, top) = (least(0), least(1));
    let (right, bottom) = (most(0, picture.width()), most(1, picture.height()));
    if right - left < 1.0 || bottom - top < 1.0 {
        return Err(Error::Empty);
    }
    let area = [right - left, bottom - top];
    if frame.turn.abs() < 1e-3 {
        return resized(picture.rgb(), [left, top, area[0], area[1]], [width, height]);
    }
    let size = area.map(|side| ((side * scale).round() as u32).max(1));
    let straight = resized(picture.rgb(), [left, top, area[0], area[1]], size)?;
    let to_straight = [size[0] as f32 / area[0], size[1] as f32 / area[1]];
    Ok(RgbImage::from_fn(width, height, |x, y| {
        let place = [(x as f32 + 0.5) / width as f32, (y as f32 + 0.5) / height as f32];
        let pixel = frame.to_picture(place);
        cubic(&straight, [(pixel[0] - left) * to_straight[0] - 0.5, (pixel[1] - top) * to_straight[1] - 0.5])
    }))
}

fn resized(picture: &RgbImage, area: [f32; 4], [width, height]: [u32; 2]) -> Result<RgbImage, Error> {
    let mut out = RgbImage::new(width, height);
    let [left, top, area_width, area_height] = area.map(f64::from);
    let area_width = area_width.min(f64::from(picture.width()) - left);
    let area_height = area_height.min(f64::from(picture.height()) - top);
    let options = resize::ResizeOptions::new()
        .resize_alg(resize::ResizeAlg::Convolution(resize::FilterType::Lanczos3))
        .crop(left, top, area_width, area_height);
    resize::Resizer::new().resize(picture, &mut out, &options)?;
    Ok(out)
}

/// The value between pixels by Catmull and Rom's cubic.
fn cubic(picture: &RgbImage, [x, y]: [f32; 2]) -> image::Rgb<u8> {
    let weights = |t: f32| {
        [
            ((-0.5 * t + 1.0) * t - 0.5) * t,
            (1.5 * t - 2.5) * t * t + 1.0,
            ((-1.5 * t + 2.0) * t + 0.5) * t,
            (0.5 * t - 0.5) * t * t,
        ]
    };
    let (left, top) = (x.floor(), y.floor());
    let (across, down) = (weights(x - left), weights(y - top));
    let mut sum = [0.0; 3];
    for (row, weight_down) in down.iter().enumerate() {
        let line = (top as i64 + row as i64 - 1).clamp(0, i64::from(picture.height()) - 1) as u32;
        for (column, weight_across) in across.iter().enumerate() {
            let place = (left as i64 + column as i64 - 1).clamp(0, i64::from(picture.width()) - 1) as u32;
            let pixel = picture.get_pixel(place, line).0;
            for (sum, value) in sum.iter_mut().zip(pixel) {
                *sum += f32::from(value) * weight_across * weight_down;
            }
        }
    }
    image::Rgb(sum.map(|value| value.round().clamp(0.0, 255.0) as u8))
}

/// The card picture as it is kept: JPEG of quality 95 without metadata, at most [`LARGEST`].
pub fn encode_card(card: &RgbImage) -> Result<Vec<u8>, Error> {
    let shrink = (LARGEST[0] as f32 / card.width() as f32).min(LARGEST[1] as f32 / card.height() as f32);
    if shrink >= 1.0 { jpeg(card) } else { jpeg(&scaled(card, shrink)?) }
}

/// The small copy for lists: JPEG, [`SMALL_HEIGHT`] pixels high, or as high as the card picture if that is less.
pub fn encode_small(card: &RgbImage) -> Result<Vec<u8>, Error> {
    jpeg(&scaled(card, (SMALL_HEIGHT as f32 / card.height() as f32).min(1.0))?)
}

fn scaled(card: &RgbImage, scale: f32) -> Result<RgbImage, Error> {
    let (width, height) = card.dimensions();
    if width == 0 || height == 0 {
        return Err(Error::Empty);
    }
    let size = [width, height].map(|side| ((side as f32 * scale).round() as u32).max(1));
    resized(card, [0.0, 0.0, width as f32, height as f32], size)
}

fn jpeg(picture: &RgbImage) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 95).write_image(
        picture.as_raw(),
        picture.width(),
        picture.height(),
        ExtendedColorType::Rgb8,
    )?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::policy;
    use image::Rgb;
    use proptest::prelude::*;

    fn head(x: f32, y: f32, chin: f32) -> Head {
        let hair = Hair { up: chin * 1.1, left: chin * 0.8, right: chin * 0.8 };
        Head { eyes: [x, y], turn: 0.0, chin, crown: chin, width: chin * 1.35, hair }
    }

    fn ranges() -> Ranges {
        Ranges::of(&policy::default().unwrap())
    }

    #[test]
    fn with_room_the_first_wish_is_granted() {
        let crop = plan(&head(640.0, 480.0, 150.0), [1280.0, 960.0], &ranges()).unwrap();
        let [left, top, width, height] = crop.rectangle();
        assert!((height - 300.0 / 0.72).abs() < 0.1);
        assert!((left + width / 2.0 - 640.0).abs() < 0.1);
        assert!((top - (480.0 - 0.42 * height)).abs() < 0.1);
    }

    #[test]
    fn big_hair_is_kept() {
        let mut big = head(640.0, 480.0, 150.0);
        big.hair = Hair { up: 235.0, left: 150.0, right: 150.0 };
        let crop = plan(&big, [1280.0, 960.0], &ranges()).unwrap();
        assert!(480.0 - crop.rectangle()[1] >= 235.0);
    }

    #[test]
    fn what_stands_in_the_way_is_named() {
        let size = [1000.0, 1000.0];
        let rule = |head| plan(&head, size, &ranges()).map_err(|misfit| misfit.rule);
        assert_eq!(rule(head(500.0, 450.0, 600.0)), Err(Rule::HeadSize));
        assert_eq!(rule(head(60.0, 500.0, 150.0)), Err(Rule::Centred));
        assert_eq!(rule(head(940.0, 500.0, 150.0)), Err(Rule::Centred));
        assert_eq!(rule(head(500.0, 60.0, 150.0)), Err(Rule::EyeLine));
        assert_eq!(rule(head(500.0, 940.0, 150.0)), Err(Rule::EyeLine));
    }

    #[test]
    fn a_tilted_photo_is_cut_level() {
        // a bright line through both eyes, tilted by 10°
        let turn = 10_f32.to_radians();
        let photo = RgbImage::from_fn(900, 900, |x, y| {
            let (x, y) = (x as f32 - 450.0, y as f32 - 430.0);
            if (y * turn.cos() - x * turn.sin()).abs() < 3.0 { Rgb([255; 3]) } else { Rgb([20; 3]) }
        });
        let tilted = Head { turn, ..head(450.0, 430.0, 150.0) };
        let crop = plan(&tilted, [900.0, 900.0], &ranges()).unwrap();
        let card = cut(&Picture::new(photo), &crop).unwrap();
        let line = (card.height() as f32 * 0.42) as u32;
        for x in [5, card.width() / 2, card.width() - 5] {
            let bright = (line - 3..line + 4).any(|y| card.get_pixel(x, y).0[0] > 200);
            assert!(bright, "column {x}");
        }
    }

    #[test]
    fn cards_are_never_enlarged_and_never_too_large() {
        let photo = Picture::new(RgbImage::from_pixel(4000, 5000, Rgb([90, 120, 150])));
        let size = |chin| {
            let crop = plan(&head(2000.0, 2300.0, chin), [4000.0, 5000.0], &ranges()).unwrap();
            cut(&photo, &crop).unwrap().dimensions()
        };
        assert_eq!(size(1000.0), (1200, 1558));
        assert_eq!(size(72.0), (154, 200));
        let card = RgbImage::from_pixel(1200, 1558, Rgb([90, 120, 150]));
        let read = |bytes: Vec<u8>| image::load_from_memory(&bytes).unwrap().to_rgb8();
        assert_eq!(read(encode_card(&card).unwrap()).dimensions(), (1200, 1558));
        assert_eq!(read(encode_small(&card).unwrap()).dimensions(), (370, 480));
        let huge = RgbImage::new(2400, 3116);
        assert_eq!(read(encode_card(&huge).unwrap()).dimensions(), (1200, 1558));
        assert!(encode_small(&RgbImage::new(0, 0)).is_err());
    }

    proptest! {
        #[test]
        fn a_crop_keeps_its_promises(
            width in 300f32..3000.0, height in 300f32..3000.0, x in 0f32..1.0, y in 0f32..1.0,
            size in 0.05f32..0.6, turn in -0.27f32..0.27, broad in 0.9f32..2.0, skull in 0.8f32..1.1, up in 0.5f32..2.5, side in 0.4f32..2.5,
        ) {
            let chin = size * height;
            let hair = Hair { up: up * chin, left: side * chin, right: chin };
            let head = Head { eyes: [x * width, y * height], turn, chin, crown: skull * chin, width: broad * chin, hair };
            let ranges = ranges();
            match plan(&head, [width, height], &ranges) {
                Ok(crop) => {
                    prop_assert!(crop.inside([width, height]));
                    let [crop_width, crop_height] = crop.frame().size;
                    prop_assert!((crop_width / crop_height - RATIO).abs() < 1e-4);
                    let eyes = crop.frame().from_picture(head.eyes);
                    let within = |value: f32, range: [f32; 2]| (range[0]..=range[1]).contains(&value);
                    prop_assert!(within(eyes[0], ranges.across), "across {}", eyes[0]);
                    prop_assert!(within(eyes[1], ranges.down), "down {}", eyes[1]);
                    prop_assert!(within(head.length() / crop_height, ranges.head));
                }
                Err(misfit) => {
                    let range = match misfit.rule {
                        Rule::HeadSize => ranges.head,
                        Rule::Centred => ranges.across,
                        Rule::EyeLine => ranges.down,
                        other => return Err(TestCaseError::fail(other.code())),
                    };
                    prop_assert!(!(range[0]..=range[1]).contains(&misfit.measured), "{misfit:?}");
                }
            }
        }
    }
}
