//! What was measured, and the findings that follow from it under a policy.

use crate::domain::photo::{Declared, Finding, Policy, Region, Rule};
use crate::vision::crop::{Crop, Misfit};
use crate::vision::measure::{self, Mouth};
use crate::vision::mesh::{self, Mesh};

use super::appearance::Appearance;
use super::{Seen, region};

/// A rule's value in its own unit, and where on the picture it was measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value {
    pub rule: Rule,
    pub measured: f32,
    pub region: Option<Region>,
}

/// Everything that was measured on a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// How many faces count.
    pub faces: u32,
    /// In the order of [`Rule::ALL`]; rules that could not be measured are missing.
    pub rules: Vec<Value>,
    /// Further values by name: lengths in pixels, shares, degrees.
    pub details: Vec<(&'static str, f32)>,
}

/// What a measurement is put together from.
pub(super) struct Sources<'a> {
    pub size: [f32; 2],
    pub faces: u32,
    /// The second face's area by the first one's.
    pub second: f32,
    pub seen: &'a Seen,
    /// None where there is no map of classes to measure it on.
    pub appearance: Option<&'a Appearance>,
    pub crop: &'a Result<Crop, Misfit>,
    /// The head's share outside the picture.
    pub outside: f32,
    pub mouth: Mouth,
    /// What [`super::quality`] gathered.
    pub quality: Vec<Value>,
    pub plainness: Option<f32>,
}

impl Measured {
    /// A picture without a face.
    pub(super) fn faceless(size: [f32; 2]) -> Self {
        let value = |rule, measured| Value { rule, measured, region: None };
        let rules = vec![value(Rule::LargeEnough, size[0].max(size[1])), value(Rule::OneFace, 0.0)];
        Self { faces: 0, rules, details: Vec::new() }
    }

    pub(super) fn of(sources: Sources<'_>) -> Self {
        let Seen { mesh, expression, angles, lengths, head, .. } = sources.seen;
        let face = Some(region(mesh.edges()));
        let eyes = around(mesh, &mesh::EYE_CORNERS, 0.35 * lengths.inter_eye);
        let mouth = around(mesh, &mesh::UPPER_LIP_OUTER, 0.25 * lengths.inter_eye);
        let mut rules = Vec::new();
        let mut add = |rule, measured: f32, region| rules.push(Value { rule, measured, region });
        add(Rule::LargeEnough, sources.size[0].max(sources.size[1]), None);
        add(Rule::OneFace, sources.faces as f32, None);
        add(Rule::WholeHead, sources.outside, face);
        add(Rule::Resolution, lengths.inter_eye, face);
        match sources.crop {
            Ok(crop) => {
                let [across, down] = crop.frame().from_picture(head.eyes);
                add(Rule::HeadSize, head.length() / crop.frame().size[1], face);
                add(Rule::Centred, across, face);
                add(Rule::EyeLine, down, face);
            }
            Err(misfit) => add(misfit.rule, misfit.measured, face),
        }
        add(Rule::Yaw, angles.yaw, face);
        add(Rule::Pitch, angles.pitch, face);
        add(Rule::Roll, lengths.turn.to_degrees(), face);
        add(Rule::EyesOpen, measure::eye_opening(mesh, lengths), eyes);
        add(Rule::Gaze, measure::gaze(mesh), eyes);
        add(Rule::NeutralExpression, expression.smile, mouth);
        add(Rule::MouthClosed, sources.mouth.openness(), mouth);
        if let Some(plainness) = sources.plainness {
            add(Rule::BackgroundPlain, plainness, None);
        }
        rules.extend(sources.appearance.iter().flat_map(|appearance| &appearance.values));
        rules.extend(sources.quality);
        rules.sort_by_key(|value| value.rule);
        let details = vec![
            ("inter_eye_distance", lengths.inter_eye),
            ("eyes_to_chin", lengths.chin),
            ("head_width", lengths.width),
            ("hair_above_eyes", head.hair.up),
            ("second_face", sources.second),
            ("blink_left", expression.blink[0]),
            ("blink_right", expression.blink[1]),
            ("smile", expression.smile),
            ("lip_gap", sources.mouth.gap),
            ("teeth", sources.mouth.teeth),
        ];
        Self { faces: sources.faces, rules, details }
    }

    /// A rule's value; none where it could not be measured.
    pub fn value(&self, rule: Rule) -> Option<f32> {
        self.rules.iter().find(|value| value.rule == rule).map(|value| value.measured)
    }

    /// A further value by its name.
    pub fn detail(&self, name: &str) -> Option<f32> {
        self.details.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    /// What the policy holds against the picture.
    pub fn findings(&self, policy: &Policy, declared: &Declared) -> Vec<Finding> {
        let judged = |value: &Value| policy.judge(value.rule, value.measured, value.region);
        self.rules.iter().filter_map(judged).filter_map(|finding| finding.after(declared)).collect()
    }
}

/// The rectangle around some points, and `margin` pixels on each side.
pub(super) fn around(mesh: &Mesh, points: &[usize], margin: f32) -> Option<Region> {
    let places = points.iter().map(|&point| mesh.at(point));
    let edges = places.fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |edges, [x, y]| {
        [edges[0].min(x), edges[1].min(y), edges[2].max(x), edges[3].max(y)]
    });
    Some(region([edges[0] - margin, edges[1] - margin, edges[2] + margin, edges[3] + margin]))
}
