use kortautomat::camera::file::Files;
use kortautomat::desktop::kiosk::photo::Message;
use kortautomat::domain::person::Language;
use kortautomat::domain::photo::{Rule, Verdict};

use super::booth::{Booth, LYING, UPRIGHT};

fn taken(booth: &mut Booth) {
    booth.press("photo-here");
    booth.wait_for("photo-capture");
    booth.press("photo-shutter");
    booth.count_down();
    booth.wait_for("photo-review");
}

fn says_a_rule(booth: &Booth) -> bool {
    let texts = booth.texts();
    Rule::ALL
        .into_iter()
        .any(|rule| booth.shows(&texts.rule_title(rule)) && booth.shows(&texts.rule_help(rule)))
}

#[test]
fn findings_are_said_and_a_person_can_be_asked() {
    for language in Language::ALL {
        for size in [UPRIGHT, LYING] {
            let mut booth = Booth::showing(language, size, "zoom_15cm.jpg");
            taken(&mut booth);
            booth.picture("held");
            assert!(says_a_rule(&booth));
            // what breaks a rule cannot simply be used
            assert!(!booth.has("photo-use"));
            booth.press("photo-insist");
            let chosen = booth.taken.take().unwrap();
            assert!(chosen.insisted && chosen.verdict() != Verdict::Accept);
            let regions: Vec<_> = chosen.findings().iter().filter_map(|finding| finding.region).collect();
            assert!(!chosen.findings().is_empty());
            for region in regions {
                assert!(region.x >= 0.0 && region.x + region.width <= 1.0001, "{region:?}");
                assert!(region.y >= 0.0 && region.y + region.height <= 1.0001, "{region:?}");
            }
        }
    }
}

#[test]
fn a_picture_without_a_face_goes_to_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wall.png");
    image::RgbImage::from_pixel(1280, 720, image::Rgb([196, 190, 180])).save(&path).unwrap();
    for size in [UPRIGHT, LYING] {
        let mut booth = Booth::new(Language::English, size, Files::new(&path));
        taken(&mut booth);
        booth.picture("faceless");
        assert!(booth.shows(&booth.texts().photo_refuse()));
        assert!(!booth.has("photo-use") && !booth.has("photo-insist"));
        booth.tell(Message::InsistPressed);
        booth.tell(Message::UsePressed);
        assert!(booth.taken.is_none());
    }
}
