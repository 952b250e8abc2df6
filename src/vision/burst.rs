//! The best of several frames of one person, taken within a second.
//!
//! A frame that keeps more rules is better than one that keeps fewer, whatever else it shows. Among frames that keep the
//! same rules the score decides, the sum of six parts, each 0 to 1 times its weight:
//!
//! | part | weight | what is 1 |
//! |---|---|---|
//! | eyes | 0.30 | the lids as wide apart as on the widest frame of this burst |
//! | sharpness | 0.25 | as sharp as the sharpest frame of this burst |
//! | mouth | 0.15 | lips closed; 0 from [`OPEN_MOUTH`] on |
//! | turned | 0.10 | straight ahead; 0 from [`TURNED`] degrees of yaw on |
//! | tipped | 0.10 | the chin as on the frame of this burst that tips it least |
//! | expression | 0.10 | at rest; a full smile is 0 |
//!
//! Eyes and sharpness count by what this face and this camera reach themselves: nobody scores less for the shape of their
//! eyes, and a soft lens does not decide.

use crate::domain::photo::{Finding, Rule, Weight};

use super::judge::Live;

/// Frames of a burst.
pub const FRAMES: usize = 8;
/// An opening of the mouth, as its rule measures it, that scores nothing.
const OPEN_MOUTH: f32 = 0.01;
/// A turn of the head, in degrees, that scores nothing.
const TURNED: f32 = 15.0;

const EYES: f32 = 0.30;
const SHARPNESS: f32 = 0.25;
const MOUTH: f32 = 0.15;
const YAW: f32 = 0.10;
const PITCH: f32 = 0.10;
const EXPRESSION: f32 = 0.10;

/// What the score of a frame is made of.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Shot {
    /// Rules that are broken, the hard ones and the soft ones.
    pub broken: [u32; 2],
    /// Opening of the lids, in the rule's own unit.
    pub eyes: f32,
    pub sharpness: f32,
    pub mouth: f32,
    /// Degrees.
    pub yaw: f32,
    pub pitch: f32,
    /// 0 to 1.
    pub smile: f32,
}

impl Shot {
    /// What was measured on a frame while it was taken. A value that could not be measured counts as the worst one.
    pub fn of(live: &Live) -> Self {
        let count = |weight| {
            live.findings.iter().filter(|finding: &&Finding| finding.weight == weight).count() as u32
        };
        let value = |rule, otherwise: f32| {
            live.measured.value(rule).filter(|value| value.is_finite()).unwrap_or(otherwise)
        };
        Self {
            broken: [count(Weight::Hard), count(Weight::Soft)],
            eyes: value(Rule::EyesOpen, 0.0),
            sharpness: value(Rule::Sharp, 0.0),
            mouth: value(Rule::MouthClosed, OPEN_MOUTH),
            yaw: value(Rule::Yaw, TURNED),
            pitch: value(Rule::Pitch, 90.0),
            smile: live.measured.detail("smile").filter(|smile| smile.is_finite()).unwrap_or(1.0),
        }
    }

    /// Whether nothing but advice is held against it.
    pub fn compliant(&self) -> bool {
        self.broken == [0, 0]
    }
}

/// The scores of a burst's frames, 0 to 1, in their order.
pub fn scores(shots: &[Shot]) -> Vec<f32> {
    let most = |value: fn(&Shot) -> f32| shots.iter().map(value).fold(f32::MIN_POSITIVE, f32::max);
    let (eyes, sharpness) = (most(|shot| shot.eyes), most(|shot| shot.sharpness));
    let level = shots.iter().map(|shot| shot.pitch.abs()).fold(f32::MAX, f32::min);
    let less = |value: f32, nothing: f32| 1.0 - (value / nothing).clamp(0.0, 1.0);
    shots
        .iter()
        .map(|shot| {
            EYES * (shot.eyes / eyes).clamp(0.0, 1.0)
                + SHARPNESS * (shot.sharpness / sharpness).clamp(0.0, 1.0)
                + MOUTH * less(shot.mouth, OPEN_MOUTH)
                + YAW * less(shot.yaw.abs(), TURNED)
                + PITCH * less(shot.pitch.abs() - level, TURNED)
                + EXPRESSION * less(shot.smile, 1.0)
        })
        .collect()
}

/// The best frame's place; the first of several that are as good; none where there is no frame.
pub fn best(shots: &[Shot]) -> Option<usize> {
    let scored = shots.iter().zip(scores(shots)).enumerate();
    let best = scored.min_by(|(_, (a, score_a)), (_, (b, score_b))| {
        a.broken.cmp(&b.broken).then(score_b.total_cmp(score_a))
    });
    best.map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FINE: Shot =
        Shot { broken: [0, 0], eyes: 0.09, sharpness: 0.5, mouth: 0.0, yaw: 1.0, pitch: 9.0, smile: 0.1 };

    #[test]
    fn a_kept_rule_counts_more_than_any_score() {
        let sharp_but_open = Shot { broken: [1, 0], mouth: 0.02, sharpness: 0.9, ..FINE };
        let soft = Shot { broken: [0, 2], sharpness: 0.9, ..FINE };
        assert_eq!(best(&[sharp_but_open, soft, FINE]), Some(2));
        assert_eq!(best(&[sharp_but_open, soft]), Some(1));
        assert_eq!(best(&[]), None);
        assert!(FINE.compliant() && !soft.compliant());
    }

    #[test]
    fn each_part_decides_where_all_others_are_the_same() {
        let worse = [
            Shot { eyes: 0.04, ..FINE },
            Shot { sharpness: 0.3, ..FINE },
            Shot { mouth: 0.006, ..FINE },
            Shot { yaw: -6.0, ..FINE },
            Shot { pitch: 14.0, ..FINE },
            Shot { smile: 0.8, ..FINE },
        ];
        for shot in worse {
            assert_eq!(best(&[shot, FINE]), Some(1), "{shot:?}");
            assert_eq!(best(&[FINE, shot]), Some(0), "{shot:?}");
        }
    }

    #[test]
    fn narrow_eyes_score_as_much_as_wide_ones() {
        let narrow = [Shot { eyes: 0.03, ..FINE }; 2];
        assert_eq!(scores(&narrow), scores(&[FINE, FINE]));
    }

    #[test]
    fn the_first_of_equal_frames_is_taken() {
        assert_eq!(best(&[FINE; FRAMES]), Some(0));
    }

    proptest! {
        #[test]
        fn scores_stay_between_nothing_and_one(values in prop::collection::vec(prop::array::uniform6(-100f32..100.0), 1..9)) {
            let shots: Vec<_> = values
                .into_iter()
                .map(|[eyes, sharpness, mouth, yaw, pitch, smile]| Shot { broken: [0, 0], eyes, sharpness, mouth, yaw, pitch, smile })
                .collect();
            for score in scores(&shots) {
                prop_assert!((0.0..=1.0001).contains(&score), "{}", score);
            }
            prop_assert!(best(&shots).is_some());
        }
    }
}
