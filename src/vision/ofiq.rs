//! Quality components of ISO/IEC 29794-5, with the mappings from native values to scalars that its reference
//! implementation OFIQ publishes. For comparison only: scalars hide failures, so no rule reads them.

use image::RgbImage;

use crate::domain::photo::Rule;

use super::judge::Measured;
use super::measure::Patch;

/// A component with its native value and the scalar of 0 to 100 that follows from it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Component {
    pub name: &'static str,
    pub native: f32,
    pub scalar: u8,
}

/// The components that can be computed from what was measured.
pub fn components(picture: &RgbImage, measured: &Measured, patch: &Patch) -> Vec<Component> {
    let mut components = Vec::new();
    let mut add = |name: &'static str, native: Option<f32>| {
        if let Some(native) = native
            && let Some(scalar) = scalar(name, native)
        {
            components.push(Component { name, native, scalar });
        }
    };
    let light = Luminance::of(patch);
    add("LuminanceMean", light.map(|light| light.mean));
    add("LuminanceVariance", light.map(|light| light.variance));
    add("UnderExposurePrevention", light.map(|light| light.under));
    add("OverExposurePrevention", light.map(|light| light.over));
    add("DynamicRange", light.map(|light| light.entropy));
    add("SingleFacePresent", measured.detail("second_face"));
    add("EyesOpen", measured.value(Rule::EyesOpen));
    add("MouthClosed", measured.detail("lip_gap"));
    let yaw = measured.value(Rule::Yaw).unwrap_or_default();
    let apart = measured.detail("inter_eye_distance");
    add("InterEyeDistance", apart.map(|apart| apart / yaw.to_radians().cos()));
    let chin = measured.detail("eyes_to_chin");
    add("HeadSize", chin.map(|chin| chin / picture.height() as f32));
    add("HeadPoseYaw", measured.value(Rule::Yaw));
    add("HeadPosePitch", measured.value(Rule::Pitch));
    add("HeadPoseRoll", measured.value(Rule::Roll));
    components
}

/// The scalar of a component's native value; none for a component that is not known here.
fn scalar(name: &str, x: f32) -> Option<u8> {
    let x = f64::from(x);
    let s = |x: f64, x0: f64, w: f64| 1.0 / (1.0 + ((x0 - x) / w).exp());
    let inverse = |x: f64, x0: f64, w: f64| 1.0 - s(x, x0, w);
    let value = match name {
        "LuminanceMean" => 100.0 * s(x, 0.2, 0.05) * inverse(x, 0.8, 0.05),
        "LuminanceVariance" => 100.0 * (std::f64::consts::PI * 60.0 * x / (60.0 * x + 1.0)).sin(),
        "UnderExposurePrevention" => 120.0 * (0.832 - s(x, 0.92, 0.05)),
        "OverExposurePrevention" => 1.0 / (x + 0.01),
        "DynamicRange" => 12.5 * x,
        "SingleFacePresent" => 100.0 * (1.0 - x),
        "EyesOpen" => 100.0 * s(x, 0.02, 0.01),
        "MouthClosed" => 100.0 * inverse(x, 0.2, 0.06),
        "InterEyeDistance" => 100.0 * s(x, 70.0, 20.0),
        "HeadSize" => 200.0 * inverse((x - 0.45).abs(), 0.0, 0.05),
        "HeadPoseYaw" | "HeadPosePitch" | "HeadPoseRoll" => 100.0 * x.to_radians().cos().max(0.0).powi(2),
        _ => return None,
    };
    Some(value.round().clamp(0.0, 100.0) as u8)
}

/// Luminance of a face, 0 to 1, from linear light.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Luminance {
    mean: f32,
    variance: f32,
    /// Share of the face in the lowest and the highest tenth or so of the levels.
    under: f32,
    over: f32,
    /// In bits.
    entropy: f32,
}

impl Luminance {
    fn of(patch: &Patch) -> Option<Self> {
        let linear = |value: f32| {
            let value = value / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let table: Vec<f32> = (0..=255_u8).map(|value| linear(f32::from(value))).collect();
        let mut levels = [0_u32; 256];
        for pixel in patch.face() {
            let [red, green, blue] =
                pixel.map(|value| table.get(value.round() as usize).copied().unwrap_or(1.0));
            let level = (0.2126 * red + 0.7152 * green + 0.0722 * blue) * 255.0;
            if let Some(count) = levels.get_mut(level.round() as usize) {
                *count += 1;
            }
        }
        let all = levels.iter().sum::<u32>() as f32;
        if all == 0.0 {
            return None;
        }
        let share = |range: std::ops::RangeInclusive<usize>| {
            levels.get(range).unwrap_or_default().iter().sum::<u32>() as f32 / all
        };
        let each =
            || levels.iter().enumerate().map(|(level, &count)| (level as f32 / 255.0, count as f32 / all));
        let mean: f32 = each().map(|(level, share)| level * share).sum();
        Some(Self {
            mean,
            variance: each().map(|(level, share)| (level - mean).powi(2) * share).sum(),
            under: share(0..=25),
            over: share(247..=255),
            entropy: each().filter(|(_, share)| *share > 0.0).map(|(_, share)| -share * share.log2()).sum(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mappings_are_those_that_ofiq_publishes() {
        let table = include_str!("../../tests/fixtures/ofiq-mappings.csv");
        let mut compared = 0;
        for line in table.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let fields: Vec<_> = line.split(',').collect();
            let [_, name, native, published] = fields[..] else { panic!("{line}") };
            let Some(scalar) = scalar(name, native.parse().unwrap()) else { continue };
            let published: f32 = published.parse().unwrap();
            assert_eq!(f32::from(scalar), published, "{line}");
            compared += 1;
        }
        assert_eq!(compared, 13 * 28);
    }
}
