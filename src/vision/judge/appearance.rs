//! What a person wears, what covers the face and what is behind: the values that need the map of classes.

use crate::domain::photo::{Region, Rule};
use crate::vision::classes::{Class, ClassMap};
use crate::vision::measure::{self, Backdrop, Patch, View};
use crate::vision::mesh;

use super::measured::{Value, around};
use super::{MAYBE_PERSON, Seen};

/// Values of rules, measured together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Appearance {
    pub values: Vec<Value>,
}

impl Appearance {
    /// `behind`: what the card picture that is wished for first would show.
    pub(super) fn of(seen: &Seen, map: &ClassMap, patch: &Patch, behind: View) -> Self {
        let Seen { mesh, lengths, .. } = seen;
        let mut values = Vec::new();
        let mut add =
            |rule, measured: f32, region: Option<Region>| values.push(Value { rule, measured, region });
        let margin = |share: f32| share * lengths.inter_eye;
        let [outer_left, inner_left, inner_right, outer_right] = mesh::EYE_CORNERS;
        let each = [[outer_left, inner_left], [inner_right, outer_right]]
            .map(|corners| around(mesh, &corners, margin(0.2)));
        let both = around(mesh, &mesh::EYE_CORNERS, margin(0.35));

        add(Rule::Glasses, measure::glasses(map, patch, mesh, lengths), both);
        let eyes = measure::eyes(map, patch, mesh, lengths);
        add(Rule::TintedGlasses, eyes.tinted(), both);
        let worse = [
            (Rule::FramesOverEyes, eyes.each.map(|eye| eye.framed)),
            (Rule::Glare, eyes.each.map(|eye| eye.burnt)),
            (Rule::EyesOccluded, eyes.covered()),
        ];
        for (rule, [left, right]) in worse {
            if left >= right {
                add(rule, left, each[0]);
            } else {
                add(rule, right, each[1]);
            }
        }
        let occlusion = measure::occlusion(map, patch, mesh);
        add(Rule::FaceOccluded, occlusion.face, around(mesh, &mesh::OVAL, 0.0));
        add(Rule::MouthOccluded, occlusion.mouth, around(mesh, &mesh::UPPER_LIP_OUTER, margin(0.25)));
        add(Rule::HeadCovering, measure::covering(map, lengths), around(mesh, &mesh::FOREHEAD, margin(0.3)));
        add(Rule::EarsVisible, measure::ears(map, mesh, lengths), around(mesh, &mesh::SIDES, margin(0.3)));
        // strands of hair are in one of the two
        let taken = |pixel| map.at(pixel) != Some(Class::Background) || seen.mask.at(pixel) > MAYBE_PERSON;
        if let Some(backdrop) = Backdrop::of(behind, taken) {
            let wall = backdrop.wall();
            add(Rule::BackgroundPlain, backdrop.gradient(), wall.region);
            add(Rule::BackgroundShadow, wall.shadow, wall.region);
            add(Rule::BackgroundObjects, wall.objects, wall.region);
        }
        Self { values }
    }
}
