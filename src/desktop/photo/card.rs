//! The card photo of a judged picture: cut, encoded, with what is held against it in its own coordinates.

use std::fmt;

use image::RgbImage;
use zeroize::Zeroizing;

use crate::desktop::pixels::{self, Shown};
use crate::domain::photo::{self, Declared, Finding, Region, Verdict, Weight};
use crate::vision::crop::{self, Crop};
use crate::vision::intake::Note;
use crate::vision::judge::Report;
use crate::vision::picture::Picture;
use crate::vision::sample::Frame;

/// The card photo is shown at most this large, in pixels.
const SHOWN: (u32, u32) = (740, 960);
/// The height of a card picture around a face where the rules allow no crop, in heights of the face.
const AROUND: f32 = 1.9;

/// A picture after the judge has seen it. Wiped when dropped, never printed.
#[derive(Clone)]
pub struct Card {
    /// As it is sent.
    pub jpeg: Zeroizing<Vec<u8>>,
    /// As it is shown.
    pub shown: Shown,
    pub verdict: Verdict,
    /// The most important first; regions in shares of the card photo.
    pub findings: Vec<Finding>,
    /// Every measured value by its name.
    pub measured: Vec<(&'static str, f32)>,
    /// What the person had said about themselves when it was judged.
    pub declared: Declared,
    /// The judge has not seen it: its networks are missing.
    pub unjudged: bool,
    /// What is worth saying of the file that it came from.
    pub notes: Vec<Note>,
}

impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Card({:?}, {} findings, ****)", self.verdict, self.findings.len())
    }
}

impl Card {
    /// Cuts the card photo of a report out of its picture.
    pub fn of(picture: &Picture, report: &Report, declared: Declared) -> Result<Self, crop::Error> {
        let crop = report.crop.unwrap_or_else(|| Crop::at(around(picture, report.face)));
        Self::judged(crop::cut(picture, &crop)?, &crop, report, declared)
    }

    /// The card photo that a picture is already, after it was cut by hand.
    pub fn whole(picture: &Picture, report: &Report, declared: Declared) -> Result<Self, crop::Error> {
        let whole = Crop::whole([picture.width() as f32, picture.height() as f32]);
        Self::judged(picture.rgb().clone(), &whole, report, declared)
    }

    /// The middle of a picture that nobody has judged: a person will.
    pub fn unjudged(picture: &Picture) -> Result<Self, crop::Error> {
        let (jpeg, shown) = made(crop::cut(picture, &middle(picture))?)?;
        Ok(Self {
            jpeg,
            shown,
            verdict: Verdict::Ask,
            findings: Vec::new(),
            measured: Vec::new(),
            declared: Declared::default(),
            unjudged: true,
            notes: Vec::new(),
        })
    }

    fn judged(card: RgbImage, crop: &Crop, report: &Report, declared: Declared) -> Result<Self, crop::Error> {
        let findings = report.findings.iter().map(|finding| Finding {
            region: finding.region.and_then(|region| share(crop.frame(), region)),
            ..*finding
        });
        let mut findings: Vec<_> = findings.collect();
        findings.sort_by_key(|finding| (std::cmp::Reverse(finding.weight), finding.rule));
        let rules = report.measured.rules.iter().map(|value| (value.rule.code(), value.measured));
        let measured = rules.chain(report.measured.details.iter().copied()).collect();
        let (jpeg, shown) = made(card)?;
        Ok(Self {
            jpeg,
            shown,
            verdict: report.verdict,
            findings,
            measured,
            declared,
            unjudged: false,
            notes: Vec::new(),
        })
    }

    /// What is held against it: without what is only advice.
    pub fn held(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.weight > Weight::Advice)
    }

    /// Whether a person can be asked about it.
    pub fn may_insist(&self) -> bool {
        self.verdict != Verdict::Accept && photo::may_insist(&self.findings)
    }
}

/// The middle of a picture, as large as fits.
pub(super) fn middle(picture: &Picture) -> Crop {
    Crop::at(around(picture, None))
}

/// As it is sent and as it is shown; the pixels are wiped.
fn made(card: RgbImage) -> Result<(Zeroizing<Vec<u8>>, Shown), crop::Error> {
    let jpeg = crop::encode_card(&card).map(Zeroizing::new);
    let shown = pixels::shown(card, SHOWN);
    Ok((jpeg?, shown))
}

/// A rectangle of the card's shape inside the picture: around the face, or in the middle.
fn around(picture: &Picture, face: Option<Region>) -> Frame {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let wanted = face.map_or(height, |face| face.height * AROUND);
    let tall = wanted.min(height).min(width / crop::RATIO);
    let size = [tall * crop::RATIO, tall];
    let middle = face
        .map_or([width / 2.0, height / 2.0], |face| [face.x + face.width / 2.0, face.y + face.height / 2.0]);
    let inside =
        |middle: f32, size: f32, side: f32| middle.clamp(size / 2.0, (side - size / 2.0).max(size / 2.0));
    let [x, y] = middle;
    Frame { centre: [inside(x, size[0], width), inside(y, size[1], height)], size, turn: 0.0 }
}

/// A region of the picture in shares of the card photo; none when it lies outside.
fn share(frame: &Frame, region: Region) -> Option<Region> {
    let (left, top) = (region.x, region.y);
    let (right, bottom) = (left + region.width, top + region.height);
    let corners =
        [[left, top], [right, top], [right, bottom], [left, bottom]].map(|at| frame.from_picture(at));
    let span = |axis: fn(&[f32; 2]) -> f32| {
        let low = corners.iter().map(axis).fold(f32::MAX, f32::min).max(0.0);
        let high = corners.iter().map(axis).fold(f32::MIN, f32::max).min(1.0);
        (high > low).then_some((low, high - low))
    };
    let ((x, width), (y, height)) = (span(|[x, _]| *x)?, span(|[_, y]| *y)?);
    Some(Region { x, y, width, height })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, height: u32) -> Picture {
        Picture::new(RgbImage::from_pixel(width, height, image::Rgb([90, 120, 150])))
    }

    #[test]
    fn regions_are_shares_of_the_card() {
        let frame = Frame { centre: [500.0, 400.0], size: [200.0, 400.0], turn: 0.0 };
        let region = |x, y, width, height| Region { x, y, width, height };
        let inside = share(&frame, region(450.0, 300.0, 100.0, 100.0)).unwrap();
        assert_eq!(inside, region(0.25, 0.25, 0.5, 0.25));
        let cut = share(&frame, region(0.0, 0.0, 2000.0, 2000.0)).unwrap();
        assert_eq!(cut, region(0.0, 0.0, 1.0, 1.0));
        assert_eq!(share(&frame, region(0.0, 0.0, 100.0, 100.0)), None);
    }

    #[test]
    fn without_a_judge_the_middle_goes_to_a_person() {
        let card = Card::unjudged(&picture(1280, 720)).unwrap();
        assert!(card.unjudged && card.may_insist() && card.jpeg.starts_with(&[0xFF, 0xD8]));
        // the crop keeps a hair inside the picture
        assert!((719..=720).contains(&card.shown.height), "{}", card.shown.height);
        assert!(format!("{card:?}").ends_with("****)"));
    }

    #[test]
    fn a_card_around_a_face_at_the_edge_stays_inside() {
        let face = Region { x: 1200.0, y: 10.0, width: 200.0, height: 260.0 };
        let frame = around(&picture(1280, 720), Some(face));
        let right = frame.centre[0] + frame.size[0] / 2.0;
        assert!(right <= 1280.01 && frame.centre[1] - frame.size[1] / 2.0 >= -0.01);
    }
}
