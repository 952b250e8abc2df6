//! Quality components of ISO/IEC 29794-5, under the names of its reference implementation OFIQ. For comparison only: scalars hide
//! failures (a head turned by 8° still has 98 of 100), so no rule reads them.
//!
//! [`Component::scalar`] maps native values of all 28 components as OFIQ does. Native values are computed by OFIQ's own
//! definitions, on our landmarks and masks instead of its networks', of all but the four that are a network or a forest of
//! its own: `UnifiedQualityScore`, `Sharpness`, `CompressionArtifacts` and `ExpressionNeutrality`.

mod aligned;
mod background;
mod light;
mod mapping;

use image::RgbImage;

use super::measure::{self, Lengths};
use super::mesh::Mesh;
use super::person::Mask;
use super::pose::Angles;

use aligned::{Aligned, Area, Similarity};
use light::{Histogram, Linear};

pub use mapping::Component;

/// A component with its native value and the scalar of 0 to 100 that follows from it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    pub component: Component,
    pub native: f64,
    pub scalar: u8,
}

/// What native values are computed from.
pub(super) struct Sources<'a> {
    pub picture: &'a RgbImage,
    pub mesh: &'a Mesh,
    pub lengths: &'a Lengths,
    pub angles: &'a Angles,
    pub mask: &'a Mask,
    /// The second face's area by the first one's.
    pub second: f32,
    /// The gap of the lips by the distance from the eyes to the chin.
    pub lip_gap: f32,
}

/// The components that can be computed, in OFIQ's order.
pub(super) fn scores(sources: &Sources<'_>) -> Vec<Score> {
    let mut natives = geometry(sources);
    if let Some(similarity) = Similarity::of(sources.mesh) {
        natives.extend(light(sources, similarity));
    }
    let mut scores: Vec<_> = natives
        .into_iter()
        .filter(|(_, native)| native.is_finite())
        .map(|(component, native)| Score { component, native, scalar: component.scalar(native) })
        .collect();
    scores.sort_by_key(|score| score.component);
    scores
}

/// What follows from the landmarks alone.
fn geometry(sources: &Sources<'_>) -> Vec<(Component, f64)> {
    let Sources { mesh, lengths, angles, .. } = sources;
    let (width, height) = (sources.picture.width() as f32, sources.picture.height() as f32);
    let (half, chin) = (lengths.inter_eye / 2.0 * lengths.turn.cos(), lengths.chin);
    let [x, y] = lengths.eyes;
    [
        (Component::SingleFacePresent, sources.second),
        (Component::EyesOpen, measure::eye_opening(mesh, lengths)),
        (Component::MouthClosed, sources.lip_gap),
        (Component::InterEyeDistance, lengths.inter_eye / angles.yaw.to_radians().cos()),
        (Component::HeadSize, chin / height),
        (Component::LeftwardCropOfTheFaceImage, (x + half) / lengths.inter_eye),
        (Component::RightwardCropOfTheFaceImage, (width - x + half) / lengths.inter_eye),
        (Component::MarginAboveOfTheFaceImage, y / chin),
        (Component::MarginBelowOfTheFaceImage, (height - y) / chin),
        (Component::HeadPoseYaw, angles.yaw),
        (Component::HeadPosePitch, angles.pitch),
        (Component::HeadPoseRoll, angles.roll),
    ]
    .map(|(component, native)| (component, f64::from(native)))
    .to_vec()
}

/// What is measured on the aligned picture.
fn light(sources: &Sources<'_>, similarity: Similarity) -> Vec<(Component, f64)> {
    let aligned = Aligned::read(sources.picture, similarity);
    let linear = Linear::new();
    let face = Area::face(sources.mesh, similarity);
    let luminance = |at: [usize; 2]| linear.luminance(aligned.colour(at));
    let size = [sources.picture.width() as f32, sources.picture.height() as f32];
    let mut natives = Vec::new();
    if let Some(gradient) = background::gradient(&aligned, &linear, similarity, sources.mask, size) {
        natives.push((Component::BackgroundUniformity, gradient));
    }
    let levels = Histogram::of(face.pixels().map(luminance));
    if !levels.is_empty() {
        natives.extend([
            (Component::LuminanceMean, levels.mean()),
            (Component::LuminanceVariance, levels.variance()),
            (Component::UnderExposurePrevention, levels.share(0..=25)),
            (Component::OverExposurePrevention, levels.share(247..=255)),
            (Component::DynamicRange, levels.entropy()),
        ]);
    }
    let [left, right] = aligned::cheeks(sources.mesh, similarity);
    let within = |at: [usize; 2]| if face.holds(at) { luminance(at) } else { 0 };
    let [a, b] = [&left, &right].map(|cheek| Histogram::of(cheek.pixels().map(within)));
    if !a.is_empty() && !b.is_empty() {
        natives.push((Component::IlluminationUniformity, a.common(&b)));
        let cheeks = right.pixels().chain(left.pixels());
        natives.push((Component::NaturalColour, light::unnaturalness(&aligned, &face, cheeks)));
    }
    natives
}
