//! What the rules of a photo answer: findings with native values, and the verdict that follows from them.

/// Names the rules once: the variants, their order and their codes.
macro_rules! rules {
    ($($rule:ident = $code:literal,)+) => {
        /// A rule of a card photo. The numbers stand in the policy; the sources in docs/photo-rules.md.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Rule {
            $($rule,)+
        }

        impl Rule {
            pub const ALL: [Self; [$($code),+].len()] = [$(Self::$rule),+];

            /// The name used in policies, reports and messages.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$rule => $code,)+
                }
            }
        }
    };
}

rules! {
    LargeEnough = "large_enough",
    OneFace = "one_face",
    WholeHead = "whole_head",
    Resolution = "resolution",
    HeadSize = "head_size",
    Centred = "centred",
    EyeLine = "eye_line",
    Yaw = "yaw",
    Pitch = "pitch",
    Roll = "roll",
    EyesOpen = "eyes_open",
    Gaze = "gaze",
    MouthClosed = "mouth_closed",
    NeutralExpression = "neutral_expression",
    Glasses = "glasses",
    FramesOverEyes = "frames_over_eyes",
    TintedGlasses = "tinted_glasses",
    Glare = "glare",
    HeadCovering = "head_covering",
    FaceOccluded = "face_occluded",
    MouthOccluded = "mouth_occluded",
    EyesOccluded = "eyes_occluded",
    EarsVisible = "ears_visible",
    Exposure = "exposure",
    DynamicRange = "dynamic_range",
    EvenLight = "even_light",
    HotSpots = "hot_spots",
    Sharp = "sharp",
    MotionBlur = "motion_blur",
    Noise = "noise",
    Compression = "compression",
    Pixelation = "pixelation",
    ColourCast = "colour_cast",
    Greyscale = "greyscale",
    RedEye = "red_eye",
    BackgroundPlain = "background_plain",
    BackgroundShadow = "background_shadow",
    BackgroundObjects = "background_objects",
    PhotoOfPhoto = "photo_of_photo",
    HeavyEdit = "heavy_edit",
    CameraDistance = "camera_distance",
}

impl Rule {
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.code() == code)
    }
}

/// What a rule's value counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    Pixels,
    Degrees,
    Faces,
    /// Levels of brightness.
    Levels,
    /// Distance of colours in CIELAB.
    Colour,
    /// A share of 1, said in percent.
    Share,
    /// A figure on a scale of its own.
    Figure,
}

impl Rule {
    pub fn unit(self) -> Unit {
        match self {
            Self::LargeEnough | Self::Resolution => Unit::Pixels,
            Self::Yaw | Self::Pitch | Self::Roll => Unit::Degrees,
            Self::OneFace => Unit::Faces,
            Self::DynamicRange | Self::Noise => Unit::Levels,
            Self::ColourCast | Self::Greyscale => Unit::Colour,
            Self::BackgroundPlain | Self::CameraDistance => Unit::Figure,
            Self::WholeHead
            | Self::HeadSize
            | Self::Centred
            | Self::EyeLine
            | Self::EyesOpen
            | Self::Gaze
            | Self::MouthClosed
            | Self::NeutralExpression
            | Self::Glasses
            | Self::FramesOverEyes
            | Self::TintedGlasses
            | Self::Glare
            | Self::HeadCovering
            | Self::FaceOccluded
            | Self::MouthOccluded
            | Self::EyesOccluded
            | Self::EarsVisible
            | Self::Exposure
            | Self::EvenLight
            | Self::HotSpots
            | Self::Sharp
            | Self::MotionBlur
            | Self::Compression
            | Self::Pixelation
            | Self::RedEye
            | Self::BackgroundShadow
            | Self::BackgroundObjects
            | Self::PhotoOfPhoto
            | Self::HeavyEdit => Unit::Share,
        }
    }
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Weight {
    /// Said, never held against the photo.
    Advice,
    /// A person decides if the student insists.
    Soft,
    /// Refuses the photo.
    Hard,
}

impl Weight {
    pub fn code(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Soft => "soft",
            Self::Hard => "hard",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Advice, Self::Soft, Self::Hard].into_iter().find(|weight| weight.code() == code)
    }
}

/// What a measured value is held against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    AtLeast(f32),
    AtMost(f32),
    Between(f32, f32),
}

impl Limit {
    /// Whether a value keeps to it; a value that is not a number does not.
    pub fn holds(self, value: f32) -> bool {
        match self {
            Self::AtLeast(low) => value >= low,
            Self::AtMost(high) => value <= high,
            Self::Between(low, high) => low <= value && value <= high,
        }
    }
}

/// What the person has said about themselves that bears on the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Declared {
    /// Whether the head is covered for religious or medical reasons, so that only the face has to be free; none where
    /// nobody has asked.
    pub head_covering: Option<bool>,
}

/// A rectangle in pixels of the upright picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Region {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

/// A rule that the photo does not keep.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finding {
    pub rule: Rule,
    pub weight: Weight,
    /// In the rule's own unit: degrees, pixels, a share.
    pub measured: f32,
    pub limit: Limit,
    /// Where on the picture.
    pub region: Option<Region>,
}

impl Finding {
    /// What is left of the finding once the person has answered: a declared head covering is none, a denied one has to come
    /// off.
    pub fn after(self, declared: &Declared) -> Option<Self> {
        match (self.rule, self.weight, declared.head_covering) {
            (Rule::HeadCovering, _, Some(true)) => None,
            (Rule::HeadCovering, Weight::Soft, Some(false)) => Some(Self { weight: Weight::Hard, ..self }),
            _ => Some(self),
        }
    }
}

/// What follows from the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    Accept,
    /// A person decides if the student insists.
    Ask,
    Refuse,
    /// The file cannot be decoded.
    Unreadable,
}

impl Verdict {
    pub fn of(findings: &[Finding]) -> Self {
        match findings.iter().map(|finding| finding.weight).max() {
            Some(Weight::Hard) => Self::Refuse,
            Some(Weight::Soft) => Self::Ask,
            Some(Weight::Advice) | None => Self::Accept,
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Ask => "ask",
            Self::Refuse => "refuse",
            Self::Unreadable => "unreadable",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Accept, Self::Ask, Self::Refuse, Self::Unreadable].into_iter().find(|v| v.code() == code)
    }
}

/// Whether a person can be asked about the photo although a hard rule refuses it: the way for people who cannot close
/// their mouth or hold their head straight. Not where there is no face, or too little to see.
pub fn may_insist(findings: &[Finding]) -> bool {
    !findings.iter().any(|finding| {
        finding.weight == Weight::Hard && matches!(finding.rule, Rule::OneFace | Rule::LargeEnough)
    })
}

/// How one rule is held.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Held {
    pub weight: Weight,
    pub limit: Limit,
}

/// A set of rules: for each, none (switched off) or how it is held. Some rules have a second, softer step (yaw warns at 8°
/// and fails at 15°): a rule may stand more than once, and the heaviest step that is broken is the finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    pub name: String,
    pub rules: Vec<(Rule, Held)>,
}

impl Policy {
    /// The finding of this rule for a measured value; none when it is kept or switched off.
    pub fn judge(&self, rule: Rule, measured: f32, region: Option<Region>) -> Option<Finding> {
        self.rules
            .iter()
            .filter(|(held, step)| *held == rule && !step.limit.holds(measured))
            .max_by_key(|(_, step)| step.weight)
            .map(|(_, step)| Finding { rule, weight: step.weight, measured, limit: step.limit, region })
    }
}

/// What a person in front of the camera is told: one instruction at a time, the most useful first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Instruction {
    /// No face is seen.
    StepIntoView,
    OnePerson,
    ComeCloser,
    MoveBack,
    /// Left, right: as the person sees it in the mirror.
    MoveLeft,
    MoveRight,
    MoveUp,
    MoveDown,
    TurnLeft,
    TurnRight,
    LiftChin,
    LowerChin,
    /// Towards the person's own shoulder.
    TiltLeft,
    TiltRight,
    CloseMouth,
    OpenEyes,
    MoreLight,
    LightFromFront,
    HoldStill,
    PlainBackground,
    LookAtCamera,
    UncoverFace,
    TakeOffSunglasses,
    GlassesReflect,
    UncoverHead,
    StepFromWall,
    SofterLight,
    /// Everything is well.
    Good,
}

impl Instruction {
    pub const ALL: [Self; 28] = [
        Self::StepIntoView,
        Self::OnePerson,
        Self::ComeCloser,
        Self::MoveBack,
        Self::MoveLeft,
        Self::MoveRight,
        Self::MoveUp,
        Self::MoveDown,
        Self::TurnLeft,
        Self::TurnRight,
        Self::LiftChin,
        Self::LowerChin,
        Self::TiltLeft,
        Self::TiltRight,
        Self::CloseMouth,
        Self::OpenEyes,
        Self::MoreLight,
        Self::LightFromFront,
        Self::HoldStill,
        Self::PlainBackground,
        Self::LookAtCamera,
        Self::UncoverFace,
        Self::TakeOffSunglasses,
        Self::GlassesReflect,
        Self::UncoverHead,
        Self::StepFromWall,
        Self::SofterLight,
        Self::Good,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invariant_6_only_a_hard_rule_refuses() {
        let finding = |weight| Finding {
            rule: Rule::EyesOpen,
            weight,
            measured: 0.01,
            limit: Limit::AtLeast(0.037),
            region: None,
        };
        assert_eq!(Verdict::of(&[]), Verdict::Accept);
        assert_eq!(Verdict::of(&[finding(Weight::Advice)]), Verdict::Accept);
        assert_eq!(Verdict::of(&[finding(Weight::Advice), finding(Weight::Soft)]), Verdict::Ask);
        assert_eq!(Verdict::of(&[finding(Weight::Hard), finding(Weight::Soft)]), Verdict::Refuse);
    }

    #[test]
    fn a_head_covering_is_asked_about_before_it_refuses() {
        let covered = Finding {
            rule: Rule::HeadCovering,
            weight: Weight::Soft,
            measured: 0.4,
            limit: Limit::AtMost(0.1),
            region: None,
        };
        let weight = |head_covering| covered.after(&Declared { head_covering }).map(|left| left.weight);
        assert_eq!(weight(None), Some(Weight::Soft));
        assert_eq!(weight(Some(true)), None);
        assert_eq!(weight(Some(false)), Some(Weight::Hard));
        let other = Finding { rule: Rule::FaceOccluded, ..covered };
        assert_eq!(other.after(&Declared { head_covering: Some(true) }), Some(other));
    }

    #[test]
    fn the_heaviest_broken_step_is_the_finding() {
        let step = |weight, high: f32| (Rule::Yaw, Held { weight, limit: Limit::Between(-high, high) });
        let policy = Policy {
            name: "university".into(),
            rules: vec![step(Weight::Soft, 8.0), step(Weight::Hard, 15.0)],
        };
        let weight = |yaw| policy.judge(Rule::Yaw, yaw, None).map(|finding| finding.weight);
        assert_eq!(weight(7.9), None);
        assert_eq!(weight(-9.0), Some(Weight::Soft));
        assert_eq!(weight(16.0), Some(Weight::Hard));
        assert_eq!(weight(f32::NAN), Some(Weight::Hard));
    }
}
