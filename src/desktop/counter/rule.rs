//! The photo rules in words.

use crate::domain::photo::Rule;
use crate::texts::Texts;

/// What is wrong with a photo that breaks this rule.
pub fn title(texts: &Texts, rule: Rule) -> String {
    match rule {
        Rule::LargeEnough => texts.rule_large_enough(),
        Rule::OneFace => texts.rule_one_face(),
        Rule::WholeHead => texts.rule_whole_head(),
        Rule::Resolution => texts.rule_resolution(),
        Rule::HeadSize => texts.rule_head_size(),
        Rule::Centred => texts.rule_centred(),
        Rule::EyeLine => texts.rule_eye_line(),
        Rule::Yaw => texts.rule_yaw(),
        Rule::Pitch => texts.rule_pitch(),
        Rule::Roll => texts.rule_roll(),
        Rule::EyesOpen => texts.rule_eyes_open(),
        Rule::MouthClosed => texts.rule_mouth_closed(),
        Rule::Exposure => texts.rule_exposure(),
        Rule::DynamicRange => texts.rule_dynamic_range(),
        Rule::EvenLight => texts.rule_even_light(),
        Rule::Sharp => texts.rule_sharp(),
        Rule::BackgroundPlain => texts.rule_background_plain(),
    }
}
