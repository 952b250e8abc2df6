//! What the rules of a photo answer: findings with native values, and the verdict that follows from them.

/// A rule of a card photo. The numbers stand in the policy; the sources in docs/photo-rules.md.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    LargeEnough,
    OneFace,
    WholeHead,
    Resolution,
    HeadSize,
    Centred,
    EyeLine,
    Yaw,
    Pitch,
    Roll,
    EyesOpen,
    MouthClosed,
    Exposure,
    DynamicRange,
    EvenLight,
    Sharp,
    BackgroundPlain,
}

impl Rule {
    pub const ALL: [Self; 17] = [
        Self::LargeEnough,
        Self::OneFace,
        Self::WholeHead,
        Self::Resolution,
        Self::HeadSize,
        Self::Centred,
        Self::EyeLine,
        Self::Yaw,
        Self::Pitch,
        Self::Roll,
        Self::EyesOpen,
        Self::MouthClosed,
        Self::Exposure,
        Self::DynamicRange,
        Self::EvenLight,
        Self::Sharp,
        Self::BackgroundPlain,
    ];

    /// The name used in policies, reports and messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::LargeEnough => "large_enough",
            Self::OneFace => "one_face",
            Self::WholeHead => "whole_head",
            Self::Resolution => "resolution",
            Self::HeadSize => "head_size",
            Self::Centred => "centred",
            Self::EyeLine => "eye_line",
            Self::Yaw => "yaw",
            Self::Pitch => "pitch",
            Self::Roll => "roll",
            Self::EyesOpen => "eyes_open",
            Self::MouthClosed => "mouth_closed",
            Self::Exposure => "exposure",
            Self::DynamicRange => "dynamic_range",
            Self::EvenLight => "even_light",
            Self::Sharp => "sharp",
            Self::BackgroundPlain => "background_plain",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.code() == code)
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
    /// The head is covered for religious or medical reasons: only the face has to be free.
    pub head_covering: bool,
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
    StraightenHead,
    CloseMouth,
    OpenEyes,
    MoreLight,
    LightFromFront,
    HoldStill,
    PlainBackground,
    /// Everything is well.
    Good,
}

impl Instruction {
    pub const ALL: [Self; 20] = [
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
        Self::StraightenHead,
        Self::CloseMouth,
        Self::OpenEyes,
        Self::MoreLight,
        Self::LightFromFront,
        Self::HoldStill,
        Self::PlainBackground,
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
