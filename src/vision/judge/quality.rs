//! What the picture itself is like, apart from who is on it and how: gathered from the measurements.

use crate::domain::photo::{Region, Rule};
use crate::vision::crop;
use crate::vision::measure::eye_colours::Eye;
use crate::vision::measure::{self, Patch, colour, eye_colours};
use crate::vision::picture::Pyramid;
use crate::vision::pose::Canonical;

use super::measured::Value;
use super::{Seen, region};

/// Up to the first of these a photo of a person has a border or a pattern, from the second on a photo of a photo, each in
/// its measurement's own unit.
const BORDER: [f32; 2] = [0.55, 0.9];
const PATTERN: [f32; 2] = [0.9, 1.5];

/// What is cheap enough for every frame of a camera.
pub(super) fn quick(picture: &Pyramid<'_>, seen: &Seen, patch: &Patch) -> Vec<Value> {
    of_frame(picture, seen, patch, &eye_colours::eyes(picture, &seen.mesh, &seen.lengths))
}

/// Everything: also what only a picture that was taken or brought is asked, for no camera compresses its frames to pieces or
/// shows a print.
pub(super) fn thorough(
    picture: &Pyramid<'_>,
    seen: &Seen,
    patch: &Patch,
    canonical: &Canonical,
) -> Vec<Value> {
    let eyes = eye_colours::eyes(picture, &seen.mesh, &seen.lengths);
    let mut values = of_frame(picture, seen, patch, &eyes);
    values.extend(of_file(picture, seen, patch, canonical, &eyes));
    values
}

fn of_frame(picture: &Pyramid<'_>, seen: &Seen, patch: &Patch, eyes: &[Eye; 2]) -> Vec<Value> {
    let Seen { mesh, lengths, .. } = seen;
    let mut values = Values::of(seen);
    if let Some(light) = measure::light(patch, mesh, eye_colours::white(eyes)) {
        values.add(Rule::Exposure, Some(light.lost));
        values.add(Rule::DynamicRange, Some(light.range));
        values.add(Rule::EvenLight, light.evenness);
    }
    if let Some(shine) = measure::shine(patch, mesh) {
        values.add_at(Rule::HotSpots, shine.share, shine.spot.map(region));
    }
    let sharpness = measure::sharpness(patch, mesh);
    values.add(Rule::Sharp, sharpness.map(|sharpness| sharpness.sharp));
    values.add(Rule::MotionBlur, sharpness.map(|sharpness| sharpness.direction));
    values.add(Rule::Noise, measure::noise(picture, mesh, lengths));
    values.add(Rule::Greyscale, colour::colourfulness(patch));
    values.all
}

fn of_file(
    picture: &Pyramid<'_>,
    seen: &Seen,
    patch: &Patch,
    canonical: &Canonical,
    eyes: &[Eye; 2],
) -> Vec<Value> {
    let Seen { mesh, lengths, mask, head, .. } = seen;
    let card = crop::first_wish(head);
    let mut values = Values::of(seen);
    let blocks = measure::blocks(picture, mesh);
    values.add(Rule::Compression, blocks.map(|blocks| blocks.compression));
    values.add(Rule::Pixelation, blocks.map(|blocks| blocks.pixelation));
    let neutral = eye_colours::white_colour(eyes).zip(colour::background(picture, mask, &card));
    values.add(Rule::ColourCast, neutral.map(|(white, background)| colour::cast(white, background)));
    if let Some((share, edges)) = eye_colours::red(eyes) {
        values.add_at(Rule::RedEye, share, Some(region(edges)));
    }
    let surely = |value: f32, [low, high]: [f32; 2]| ((value - low) / (high - low)).clamp(0.0, 1.0);
    let border = surely(measure::border(picture), BORDER);
    let screen = measure::pattern(picture, lengths).map_or(0.0, |pattern| surely(pattern, PATTERN));
    let whole = Region { x: 0.0, y: 0.0, width: picture.width() as f32, height: picture.height() as f32 };
    let region = if border > screen { Some(whole) } else { values.face };
    values.add_at(Rule::PhotoOfPhoto, border.max(screen), region);
    values.add(Rule::HeavyEdit, measure::smoothing(patch, mesh));
    values.add(Rule::CameraDistance, canonical.nearness(mesh));
    values.all
}

/// Values and where they were measured.
struct Values {
    face: Option<Region>,
    all: Vec<Value>,
}

impl Values {
    fn of(seen: &Seen) -> Self {
        Self { face: Some(region(seen.mesh.edges())), all: Vec::new() }
    }

    /// Of the face; nothing where it could not be measured.
    fn add(&mut self, rule: Rule, measured: Option<f32>) {
        if let Some(measured) = measured {
            self.add_at(rule, measured, self.face);
        }
    }

    fn add_at(&mut self, rule: Rule, measured: f32, region: Option<Region>) {
        self.all.push(Value { rule, measured, region });
    }
}
