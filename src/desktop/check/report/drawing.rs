//! A photo for the report, made small, and what is drawn over it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::codecs::jpeg::JpegEncoder;
use image::{ImageEncoder, ImageError, imageops};

use crate::domain::photo::{Finding, Region};
use crate::vision::judge::Report;
use crate::vision::picture::Picture;

/// The longest side of the small picture in pixels: sharp on a telephone, and 2,000 of them still open.
const LONGEST: u32 = 420;
const QUALITY: u8 = 78;
/// Between the numbers of findings that lie at the same place.
const APART: f32 = 22.0;

/// A small picture and lines in its pixels.
pub struct Drawing {
    /// JPEG in base 64.
    pub jpeg: String,
    pub width: u32,
    pub height: u32,
    /// Outlines of face, eyes and lips, as SVG's points.
    pub face: Vec<String>,
    /// The corners of the card picture.
    pub frame: Option<String>,
    pub places: Vec<Place>,
}

/// Where a finding lies, and its number.
pub struct Place {
    pub number: usize,
    pub weight: &'static str,
    pub x: String,
    pub y: String,
    pub width: String,
    pub height: String,
    pub label_x: String,
    pub label_y: String,
}

impl Drawing {
    pub fn of(picture: &Picture, report: &Report) -> Result<Self, ImageError> {
        let longest = picture.width().max(picture.height()).max(1);
        let scale = (LONGEST as f32 / longest as f32).min(1.0);
        let side = |length: u32| ((length as f32 * scale).round() as u32).max(1);
        let (width, height) = (side(picture.width()), side(picture.height()));
        let small = imageops::thumbnail(picture.rgb(), width, height);
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, QUALITY).write_image(
            small.as_raw(),
            width,
            height,
            image::ExtendedColorType::Rgb8,
        )?;
        let line = |points: &[[f32; 2]]| {
            let points = points.iter().map(|[x, y]| format!("{:.1},{:.1}", x * scale, y * scale));
            points.collect::<Vec<_>>().join(" ")
        };
        let outline = report.outline.as_ref();
        let lines =
            outline.map(|outline| std::iter::once(&outline.face).chain(&outline.eyes).chain(&outline.lips));
        let size = [width as f32, height as f32];
        Ok(Self {
            jpeg: STANDARD.encode(jpeg),
            width,
            height,
            face: lines.into_iter().flatten().map(|points| line(points)).collect(),
            frame: report.crop.map(|crop| line(&crop.corners())),
            places: numbered(report)
                .filter_map(|(number, finding)| {
                    Some(Place::of(number, finding, finding.region?, scale, size))
                })
                .collect(),
        })
    }
}

/// The findings as they are told, the heaviest first, numbered from one.
pub fn numbered(report: &Report) -> impl Iterator<Item = (usize, &Finding)> {
    let mut findings: Vec<_> = report.findings.iter().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.weight));
    (1..).zip(findings)
}

impl Place {
    fn of(number: usize, finding: &Finding, region: Region, scale: f32, [width, height]: [f32; 2]) -> Self {
        // what reaches beyond the picture is drawn at its edge
        let [left, right] = [region.x, region.x + region.width].map(|x| (x * scale).clamp(1.0, width - 1.0));
        let [top, bottom] =
            [region.y, region.y + region.height].map(|y| (y * scale).clamp(1.0, height - 1.0));
        let pixels = |value: f32| format!("{value:.1}");
        let label_x = left + 5.0 + APART * (number - 1) as f32 % (right - left - APART).max(APART);
        Self {
            number,
            weight: finding.weight.code(),
            x: pixels(left),
            y: pixels(top),
            width: pixels(right - left),
            height: pixels(bottom - top),
            label_x: pixels(label_x.min(width - APART)),
            label_y: pixels((top + 24.0).min(height - 4.0)),
        }
    }
}
