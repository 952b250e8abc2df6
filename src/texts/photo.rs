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
            Rule::Gaze => self.rule_gaze(),
            Rule::MouthClosed => self.rule_mouth_closed(),
            Rule::NeutralExpression => self.rule_neutral_expression(),
            Rule::Glasses => self.rule_glasses(),
            Rule::FramesOverEyes => self.rule_frames_over_eyes(),
            Rule::TintedGlasses => self.rule_tinted_glasses(),
            Rule::Glare => self.rule_glare(),
            Rule::HeadCovering => self.rule_head_covering(),
            Rule::FaceOccluded => self.rule_face_occluded(),
            Rule::MouthOccluded => self.rule_mouth_occluded(),
            Rule::EyesOccluded => self.rule_eyes_occluded(),
            Rule::EarsVisible => self.rule_ears_visible(),
            Rule::Exposure => self.rule_exposure(),
            Rule::DynamicRange => self.rule_dynamic_range(),
            Rule::EvenLight => self.rule_even_light(),
            Rule::HotSpots => self.rule_hot_spots(),
            Rule::Sharp => self.rule_sharp(),
            Rule::MotionBlur => self.rule_motion_blur(),
            Rule::Noise => self.rule_noise(),
            Rule::Compression => self.rule_compression(),
            Rule::Pixelation => self.rule_pixelation(),
            Rule::ColourCast => self.rule_colour_cast(),
            Rule::Greyscale => self.rule_greyscale(),
            Rule::RedEye => self.rule_red_eye(),
            Rule::BackgroundPlain => self.rule_background_plain(),
            Rule::BackgroundShadow => self.rule_background_shadow(),
            Rule::BackgroundObjects => self.rule_background_objects(),
            Rule::PhotoOfPhoto => self.rule_photo_of_photo(),
            Rule::HeavyEdit => self.rule_heavy_edit(),
            Rule::CameraDistance => self.rule_camera_distance(),
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
            Rule::Gaze => self.rule_gaze_help(),
            Rule::MouthClosed => self.rule_mouth_closed_help(),
            Rule::NeutralExpression => self.rule_neutral_expression_help(),
            Rule::Glasses => self.rule_glasses_help(),
            Rule::FramesOverEyes => self.rule_frames_over_eyes_help(),
            Rule::TintedGlasses => self.rule_tinted_glasses_help(),
            Rule::Glare => self.rule_glare_help(),
            Rule::HeadCovering => self.rule_head_covering_help(),
            Rule::FaceOccluded => self.rule_face_occluded_help(),
            Rule::MouthOccluded => self.rule_mouth_occluded_help(),
            Rule::EyesOccluded => self.rule_eyes_occluded_help(),
            Rule::EarsVisible => self.rule_ears_visible_help(),
            Rule::Exposure => self.rule_exposure_help(),
            Rule::DynamicRange => self.rule_dynamic_range_help(),
            Rule::EvenLight => self.rule_even_light_help(),
            Rule::HotSpots => self.rule_hot_spots_help(),
            Rule::Sharp => self.rule_sharp_help(),
            Rule::MotionBlur => self.rule_motion_blur_help(),
            Rule::Noise => self.rule_noise_help(),
            Rule::Compression => self.rule_compression_help(),
            Rule::Pixelation => self.rule_pixelation_help(),
            Rule::ColourCast => self.rule_colour_cast_help(),
            Rule::Greyscale => self.rule_greyscale_help(),
            Rule::RedEye => self.rule_red_eye_help(),
            Rule::BackgroundPlain => self.rule_background_plain_help(),
            Rule::BackgroundShadow => self.rule_background_shadow_help(),
            Rule::BackgroundObjects => self.rule_background_objects_help(),
            Rule::PhotoOfPhoto => self.rule_photo_of_photo_help(),
            Rule::HeavyEdit => self.rule_heavy_edit_help(),
            Rule::CameraDistance => self.rule_camera_distance_help(),
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
            Instruction::TiltLeft => self.instruction_tilt_left(),
            Instruction::TiltRight => self.instruction_tilt_right(),
            Instruction::CloseMouth => self.instruction_close_mouth(),
            Instruction::OpenEyes => self.instruction_open_eyes(),
            Instruction::MoreLight => self.instruction_more_light(),
            Instruction::LightFromFront => self.instruction_light_from_front(),
            Instruction::HoldStill => self.instruction_hold_still(),
            Instruction::PlainBackground => self.instruction_plain_background(),
            Instruction::LookAtCamera => self.instruction_look_at_camera(),
            Instruction::UncoverFace => self.instruction_uncover_face(),
            Instruction::TakeOffSunglasses => self.instruction_take_off_sunglasses(),
            Instruction::GlassesReflect => self.instruction_glasses_reflect(),
            Instruction::UncoverHead => self.instruction_uncover_head(),
            Instruction::StepFromWall => self.instruction_step_from_wall(),
            Instruction::SofterLight => self.instruction_softer_light(),
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
