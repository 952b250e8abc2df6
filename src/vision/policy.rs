//! The rules' numbers, as data: two policies come with the program, a university can write its own.
//!
//! ```toml
//! name = "university"
//!
//! [rules]
//! large_enough = { weight = "hard", limit = 600 }
//! yaw = [{ weight = "soft", limit = 8 }, { weight = "hard", limit = 15 }]
//! head_size = { weight = "hard", limit = [0.60, 0.90] }
//! ```
//!
//! A rule that is not named is not held. A single number means "at least", "at most" or "at most to either side",
//! whichever makes sense for the rule; `[low, high]` means between.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::photo::{Held, Limit, Policy, Rule, Weight};

const UNIVERSITY: &str = include_str!("../../assets/policies/university.toml");
const PASSPORT: &str = include_str!("../../assets/policies/passport.toml");

/// The policies that come with the program.
pub const NAMES: [&str; 2] = ["university", "passport"];

/// Why a policy cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("not a policy: {source}")]
    Form {
        #[from]
        source: toml::de::Error,
    },
    #[error("there is no rule {0:?}")]
    NoSuchRule(String),
    #[error("there is no policy {0:?}")]
    NoSuchPolicy(String),
    #[error("{}: a rule weighs hard, soft or advice, not {weight:?}", rule.code())]
    NoSuchWeight { rule: Rule, weight: String },
    #[error("{}: the limits are no numbers in rising order", rule.code())]
    Limit { rule: Rule },
    #[error("{} may ask, but never refuse: it would refuse people for the shape of their eyes", rule.code())]
    NeverHard { rule: Rule },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    rules: BTreeMap<String, Steps>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Steps {
    One(Step),
    More(Vec<Step>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    weight: String,
    limit: Number,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Number {
    One(f32),
    Between([f32; 2]),
}

/// The policy that holds where none is named.
pub fn default() -> Result<Policy, Error> {
    from_toml(UNIVERSITY)
}

/// A policy that comes with the program.
pub fn named(name: &str) -> Result<Policy, Error> {
    match name {
        "university" => from_toml(UNIVERSITY),
        "passport" => from_toml(PASSPORT),
        other => Err(Error::NoSuchPolicy(other.to_owned())),
    }
}

/// Reads a policy.
pub fn from_toml(text: &str) -> Result<Policy, Error> {
    let file: File = toml::from_str(text)?;
    let mut rules = Vec::new();
    for (code, steps) in file.rules {
        let rule = Rule::from_code(&code).ok_or(Error::NoSuchRule(code))?;
        let steps = match steps {
            Steps::One(step) => vec![step],
            Steps::More(steps) => steps,
        };
        for step in steps {
            rules.push((rule, held(rule, &step)?));
        }
    }
    rules.sort_by_key(|(rule, held)| (*rule, held.weight));
    Ok(Policy { name: file.name, rules })
}

fn held(rule: Rule, step: &Step) -> Result<Held, Error> {
    let weight = Weight::from_code(&step.weight)
        .ok_or_else(|| Error::NoSuchWeight { rule, weight: step.weight.clone() })?;
    if rule == Rule::EyesOpen && weight == Weight::Hard {
        return Err(Error::NeverHard { rule });
    }
    let limit = match step.limit {
        Number::One(value) if !value.is_finite() => return Err(Error::Limit { rule }),
        Number::One(value) => single(rule, value),
        Number::Between([low, high]) if low <= high => Limit::Between(low, high),
        Number::Between(_) => return Err(Error::Limit { rule }),
    };
    Ok(Held { weight, limit })
}

/// What a single number means for a rule.
fn single(rule: Rule, value: f32) -> Limit {
    match rule {
        Rule::LargeEnough
        | Rule::Resolution
        | Rule::EyesOpen
        | Rule::DynamicRange
        | Rule::EvenLight
        | Rule::Sharp
        | Rule::EarsVisible
        | Rule::Greyscale => Limit::AtLeast(value),
        Rule::WholeHead
        | Rule::MouthClosed
        | Rule::Exposure
        | Rule::BackgroundPlain
        | Rule::Gaze
        | Rule::NeutralExpression
        | Rule::Glasses
        | Rule::FramesOverEyes
        | Rule::TintedGlasses
        | Rule::Glare
        | Rule::HeadCovering
        | Rule::FaceOccluded
        | Rule::MouthOccluded
        | Rule::EyesOccluded
        | Rule::HotSpots
        | Rule::MotionBlur
        | Rule::Noise
        | Rule::Compression
        | Rule::Pixelation
        | Rule::ColourCast
        | Rule::RedEye
        | Rule::BackgroundShadow
        | Rule::BackgroundObjects
        | Rule::PhotoOfPhoto
        | Rule::HeavyEdit
        | Rule::CameraDistance => Limit::AtMost(value),
        Rule::Yaw | Rule::Pitch | Rule::Roll => Limit::Between(-value.abs(), value.abs()),
        Rule::OneFace | Rule::HeadSize | Rule::Centred | Rule::EyeLine => Limit::Between(value, value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_policies_hold_every_rule() {
        for name in NAMES {
            let policy = named(name).unwrap();
            assert_eq!(policy.name, name);
            // whether ears have to be seen is for each university to say
            for rule in Rule::ALL.into_iter().filter(|rule| *rule != Rule::EarsVisible || name == "passport")
            {
                assert!(policy.rules.iter().any(|(held, _)| *held == rule), "{name}: {}", rule.code());
            }
        }
        assert_eq!(default().unwrap().name, "university");
        assert!(matches!(named("school"), Err(Error::NoSuchPolicy(_))));
    }

    #[test]
    fn invariant_6_eyes_never_refuse() {
        let text = "name = 'strict'\n[rules]\neyes_open = { weight = 'hard', limit = 0.04 }";
        assert!(matches!(from_toml(text), Err(Error::NeverHard { rule: Rule::EyesOpen })));
        for name in NAMES {
            let hard = |rule: Rule| {
                named(name)
                    .unwrap()
                    .rules
                    .iter()
                    .any(|(held, step)| *held == rule && step.weight == Weight::Hard)
            };
            for rule in [Rule::EyesOpen, Rule::Exposure, Rule::EvenLight, Rule::BackgroundPlain, Rule::Pitch]
            {
                assert!(!hard(rule), "{name}: {}", rule.code());
            }
        }
    }

    #[test]
    fn numbers_mean_what_the_rule_needs() {
        let one =
            |text: &str| from_toml(&format!("name = 'own'\n[rules]\n{text}")).map(|policy| policy.rules);
        let step = |rule, weight, limit| (rule, Held { weight, limit });
        assert_eq!(
            one("yaw = [{ weight = 'hard', limit = 15 }, { weight = 'soft', limit = 8.5 }]").unwrap(),
            [
                step(Rule::Yaw, Weight::Soft, Limit::Between(-8.5, 8.5)),
                step(Rule::Yaw, Weight::Hard, Limit::Between(-15.0, 15.0)),
            ]
        );
        assert_eq!(
            one("sharp = { weight = 'advice', limit = 1 }").unwrap(),
            [step(Rule::Sharp, Weight::Advice, Limit::AtLeast(1.0))]
        );
        assert!(matches!(one("nose = { weight = 'hard', limit = 1 }"), Err(Error::NoSuchRule(_))));
        assert!(matches!(one("yaw = { weight = 'heavy', limit = 1 }"), Err(Error::NoSuchWeight { .. })));
        assert!(matches!(one("yaw = { weight = 'soft', limit = [9, 1] }"), Err(Error::Limit { .. })));
        assert!(matches!(one("yaw = { weight = 'soft', limit = nan }"), Err(Error::Limit { .. })));
        assert!(matches!(one("yaw = { weight = 'soft' }"), Err(Error::Form { .. })));
        assert!(matches!(one("yaw = 'soft'"), Err(Error::Form { .. })));
    }
}
