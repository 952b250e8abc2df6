//! From native values to scalars of 0 to 100, by the formulas and the published configuration of OFIQ (BSI-OFIQ/OFIQ-Project,
//! MIT), the reference implementation of ISO/IEC 29794-5.

use std::f64::consts::PI;

/// A quality component of ISO/IEC 29794-5 as OFIQ numbers and names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Component {
    /// Magnitude of a recognition network's vector.
    UnifiedQualityScore,
    /// Mean gradient of the background.
    BackgroundUniformity,
    /// What the histograms of the two cheeks have in common, 0 to 1.
    IlluminationUniformity,
    /// Mean luminance of the face, 0 to 1.
    LuminanceMean,
    /// Variance of the luminance of the face.
    LuminanceVariance,
    /// Share of the face in the lowest 26 levels.
    UnderExposurePrevention,
    /// Share of the face in the highest 9 levels.
    OverExposurePrevention,
    /// Entropy of the face's luminance in bits.
    DynamicRange,
    /// Trees of a forest that call the face sharp.
    Sharpness,
    /// A network's estimate of likeness to the picture before compression.
    CompressionArtifacts,
    /// How far the cheeks lie outside the range of skin colours in CIELAB.
    NaturalColour,
    /// The second face's area by the first one's.
    SingleFacePresent,
    /// The narrower eye's opening by the distance from the eyes to the chin.
    EyesOpen,
    /// The gap of the lips by the distance from the eyes to the chin.
    MouthClosed,
    /// Share of the zones around the eyes that is covered.
    EyesVisible,
    /// Share of the mouth that is covered.
    MouthOcclusionPrevention,
    /// Share of the face that is covered.
    FaceOcclusionPrevention,
    /// Between the eye centres by the cosine of the yaw, in pixels.
    InterEyeDistance,
    /// From the eyes to the chin by the picture's height.
    HeadSize,
    /// From the left edge to the eye on the right by the distance between the eyes.
    LeftwardCropOfTheFaceImage,
    /// From the eye on the left to the right edge by the distance between the eyes.
    RightwardCropOfTheFaceImage,
    /// From the upper edge to the eyes by the distance from the eyes to the chin.
    MarginAboveOfTheFaceImage,
    /// From the eyes to the lower edge by the distance from the eyes to the chin.
    MarginBelowOfTheFaceImage,
    /// Degrees.
    HeadPoseYaw,
    /// Degrees.
    HeadPosePitch,
    /// Degrees.
    HeadPoseRoll,
    /// Sum of weak classifiers over two networks' vectors.
    ExpressionNeutrality,
    /// Share of cloth and hats in the part of the picture above the eyes.
    NoHeadCoverings,
}

impl Component {
    pub const ALL: [Self; 28] = [
        Self::UnifiedQualityScore,
        Self::BackgroundUniformity,
        Self::IlluminationUniformity,
        Self::LuminanceMean,
        Self::LuminanceVariance,
        Self::UnderExposurePrevention,
        Self::OverExposurePrevention,
        Self::DynamicRange,
        Self::Sharpness,
        Self::CompressionArtifacts,
        Self::NaturalColour,
        Self::SingleFacePresent,
        Self::EyesOpen,
        Self::MouthClosed,
        Self::EyesVisible,
        Self::MouthOcclusionPrevention,
        Self::FaceOcclusionPrevention,
        Self::InterEyeDistance,
        Self::HeadSize,
        Self::LeftwardCropOfTheFaceImage,
        Self::RightwardCropOfTheFaceImage,
        Self::MarginAboveOfTheFaceImage,
        Self::MarginBelowOfTheFaceImage,
        Self::HeadPoseYaw,
        Self::HeadPosePitch,
        Self::HeadPoseRoll,
        Self::ExpressionNeutrality,
        Self::NoHeadCoverings,
    ];

    /// OFIQ's name of it.
    pub fn name(self) -> &'static str {
        match self {
            Self::UnifiedQualityScore => "UnifiedQualityScore",
            Self::BackgroundUniformity => "BackgroundUniformity",
            Self::IlluminationUniformity => "IlluminationUniformity",
            Self::LuminanceMean => "LuminanceMean",
            Self::LuminanceVariance => "LuminanceVariance",
            Self::UnderExposurePrevention => "UnderExposurePrevention",
            Self::OverExposurePrevention => "OverExposurePrevention",
            Self::DynamicRange => "DynamicRange",
            Self::Sharpness => "Sharpness",
            Self::CompressionArtifacts => "CompressionArtifacts",
            Self::NaturalColour => "NaturalColour",
            Self::SingleFacePresent => "SingleFacePresent",
            Self::EyesOpen => "EyesOpen",
            Self::MouthClosed => "MouthClosed",
            Self::EyesVisible => "EyesVisible",
            Self::MouthOcclusionPrevention => "MouthOcclusionPrevention",
            Self::FaceOcclusionPrevention => "FaceOcclusionPrevention",
            Self::InterEyeDistance => "InterEyeDistance",
            Self::HeadSize => "HeadSize",
            Self::LeftwardCropOfTheFaceImage => "LeftwardCropOfTheFaceImage",
            Self::RightwardCropOfTheFaceImage => "RightwardCropOfTheFaceImage",
            Self::MarginAboveOfTheFaceImage => "MarginAboveOfTheFaceImage",
            Self::MarginBelowOfTheFaceImage => "MarginBelowOfTheFaceImage",
            Self::HeadPoseYaw => "HeadPoseYaw",
            Self::HeadPosePitch => "HeadPosePitch",
            Self::HeadPoseRoll => "HeadPoseRoll",
            Self::ExpressionNeutrality => "ExpressionNeutrality",
            Self::NoHeadCoverings => "NoHeadCoverings",
        }
    }

    /// The component of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|component| component.name() == name)
    }

    /// The scalar of a native value: 0 worst to 100 best.
    pub fn scalar(self, x: f64) -> u8 {
        let value = match self {
            Self::UnifiedQualityScore => 100.0 * rising(x, 23.0, 2.6),
            Self::BackgroundUniformity => 190.0 * falling(x, 10.0, 100.0),
            Self::IlluminationUniformity => 100.0 * x.powf(0.3),
            Self::LuminanceMean => 100.0 * rising(x, 0.2, 0.05) * falling(x, 0.8, 0.05),
            Self::LuminanceVariance => 100.0 * (60.0 * x / (60.0 * x + 1.0) * PI).sin(),
            Self::UnderExposurePrevention => 120.0 * (0.832 - rising(x, 0.92, 0.05)),
            Self::OverExposurePrevention => 1.0 / (x + 0.01),
            Self::DynamicRange => 12.5 * x,
            Self::Sharpness => 115.0 * rising(x, -20.0, 15.0) - 14.0,
            Self::CompressionArtifacts => 103.0 * rising(x, 0.3308, 0.092) - 0.0278,
            Self::NaturalColour => 200.0 * falling(x, 0.0, 10.0),
            Self::SingleFacePresent
            | Self::EyesVisible
            | Self::MouthOcclusionPrevention
            | Self::FaceOcclusionPrevention => 100.0 * (1.0 - x),
            Self::EyesOpen => 100.0 * rising(x, 0.02, 0.01),
            Self::MouthClosed => 100.0 * falling(x, 0.2, 0.06),
            Self::InterEyeDistance => 100.0 * rising(x, 70.0, 20.0),
            Self::HeadSize => 200.0 * falling((x - 0.45).abs(), 0.0, 0.05),
            Self::LeftwardCropOfTheFaceImage | Self::RightwardCropOfTheFaceImage => {
                100.0 * rising(x, 0.9, 0.1)
            }
            Self::MarginAboveOfTheFaceImage => 100.0 * rising(x, 1.4, 0.1),
            Self::MarginBelowOfTheFaceImage => 100.0 * rising(x, 1.8, 0.1),
            Self::HeadPoseYaw | Self::HeadPosePitch | Self::HeadPoseRoll => {
                100.0 * x.to_radians().cos().max(0.0).powi(2)
            }
            Self::ExpressionNeutrality => 100.0 * rising(x, -5000.0, 5000.0),
            Self::NoHeadCoverings => uncovered(x),
        };
        value.round().clamp(0.0, 100.0) as u8
    }
}

/// The logistic function around `middle`: 0 far below it, 1 far above.
fn rising(x: f64, middle: f64, width: f64) -> f64 {
    1.0 / (1.0 + ((middle - x) / width).exp())
}

fn falling(x: f64, middle: f64, width: f64) -> f64 {
    1.0 - rising(x, middle, width)
}

/// The best for a bare head, the worst where nearly all is covered, and steep in between.
fn uncovered(x: f64) -> f64 {
    const ALL: f64 = 0.95;
    let covered = |x| rising(x, 0.02, 0.1);
    if x <= 0.0 {
        100.0
    } else if x >= ALL {
        0.0
    } else {
        100.0 * (covered(ALL) - covered(x)) / (covered(ALL) - covered(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_pairs_that_ofiq_publishes_are_reproduced() {
        let table = include_str!("../../../tests/fixtures/ofiq-mappings.csv");
        let mut reproduced = 0;
        for line in table.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let fields: Vec<_> = line.split(',').collect();
            let [_, name, native, published] = fields[..] else { panic!("{line}") };
            let component = Component::from_name(name).unwrap_or_else(|| panic!("{line}"));
            let published: u8 = published.parse().unwrap();
            assert_eq!(component.scalar(native.parse().unwrap()), published, "{line}");
            reproduced += 1;
        }
        assert_eq!(reproduced, 784);
    }

    #[test]
    fn no_value_is_out_of_range() {
        for component in Component::ALL {
            for x in [f64::MIN, -1.0, -0.0, 0.5, 1.0, 1e9, f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
                assert!(component.scalar(x) <= 100, "{}", component.name());
            }
        }
    }
}
