//! The words for photo rules and camera instructions, shared by kiosk, counter and command line.

use crate::domain::photo::{Instruction, Rule};

use super::Texts;

impl Texts {
    /// What is wrong, in a few words: for a list.
    pub fn rule_title(&self, rule: Rule) -> String {
        match rule {
            Rule::LargeEnough => self.rule_large_enough(),
            Rule::OneFace => self.rule_one_face(),
            Rule::WholeHead => self.rule_whole_head(),
            Rule::Resolution => self.rule_resolution(),
            Rule::HeadSize => self.rule_head_size(),
            Rule::Centred => self.rule_centred(),
            Rule::EyeLine => self.rule_eye_line(),
            Rule::Yaw => self.rule_yaw(),
            Rule::Pitch => self.rule_pitch(),
            Rule::Roll => self.rule_roll(),
            Rule::EyesOpen => self.rule_eyes_open(),
            Rule::MouthClosed => self.rule_mouth_closed(),
            Rule::Exposure => self.rule_exposure(),
            Rule::DynamicRange => self.rule_dynamic_range(),
            Rule::EvenLight => self.rule_even_light(),
            Rule::Sharp => self.rule_sharp(),
            Rule::BackgroundPlain => self.rule_background_plain(),
        }
    }

    /// What is wrong and what to do about it, in a sentence or two.
    pub fn rule_help(&self, rule: Rule) -> String {
        match rule {
            Rule::LargeEnough => self.rule_large_enough_help(),
            Rule::OneFace => self.rule_one_face_help(),
            Rule::WholeHead => self.rule_whole_head_help(),
            Rule::Resolution => self.rule_resolution_help(),
            Rule::HeadSize => self.rule_head_size_help(),
            Rule::Centred => self.rule_centred_help(),
            Rule::EyeLine => self.rule_eye_line_help(),
            Rule::Yaw => self.rule_yaw_help(),
            Rule::Pitch => self.rule_pitch_help(),
            Rule::Roll => self.rule_roll_help(),
            Rule::EyesOpen => self.rule_eyes_open_help(),
            Rule::MouthClosed => self.rule_mouth_closed_help(),
            Rule::Exposure => self.rule_exposure_help(),
            Rule::DynamicRange => self.rule_dynamic_range_help(),
            Rule::EvenLight => self.rule_even_light_help(),
            Rule::Sharp => self.rule_sharp_help(),
            Rule::BackgroundPlain => self.rule_background_plain_help(),
        }
    }

    /// What to do now, in at most five words: for the camera screen.
    pub fn instruction(&self, instruction: Instruction) -> String {
        match instruction {
            Instruction::StepIntoView => self.instruction_step_into_view(),
            Instruction::OnePerson => self.instruction_one_person(),
            Instruction::ComeCloser => self.instruction_come_closer(),
            Instruction::MoveBack => self.instruction_move_back(),
            Instruction::MoveLeft => self.instruction_move_left(),
            Instruction::MoveRight => self.instruction_move_right(),
            Instruction::MoveUp => self.instruction_move_up(),
            Instruction::MoveDown => self.instruction_move_down(),
            Instruction::TurnLeft => self.instruction_turn_left(),
            Instruction::TurnRight => self.instruction_turn_right(),
            Instruction::LiftChin => self.instruction_lift_chin(),
            Instruction::LowerChin => self.instruction_lower_chin(),
            Instruction::StraightenHead => self.instruction_straighten_head(),
            Instruction::CloseMouth => self.instruction_close_mouth(),
            Instruction::OpenEyes => self.instruction_open_eyes(),
            Instruction::MoreLight => self.instruction_more_light(),
            Instruction::LightFromFront => self.instruction_light_from_front(),
            Instruction::HoldStill => self.instruction_hold_still(),
            Instruction::PlainBackground => self.instruction_plain_background(),
            Instruction::Good => self.instruction_good(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Language;

    #[test]
    fn instructions_are_short_and_rules_are_explained() {
        for language in Language::ALL {
            let texts = Texts::load(language).unwrap();
            for instruction in Instruction::ALL {
                let said = texts.instruction(instruction);
                assert!((1..=5).contains(&said.split_whitespace().count()), "{language:?}: {said}");
            }
            for rule in Rule::ALL {
                let (title, help) = (texts.rule_title(rule), texts.rule_help(rule));
                assert!(
                    title.len() < 60 && help.ends_with('.') && help.len() > title.len(),
                    "{title}: {help}"
                );
            }
        }
    }
}
