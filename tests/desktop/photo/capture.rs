use std::sync::Arc;

use iced::keyboard::key::Named;
use kortautomat::camera::file::Files;
use kortautomat::desktop::kiosk::photo::Message;
use kortautomat::domain::person::Language;
use kortautomat::domain::photo::{Instruction, Verdict};
use kortautomat::vision::models::Library;

use super::booth::{Booth, LYING, UPRIGHT, photo};

fn live(language: Language, size: iced::Size, picture: &str) -> Booth {
    let mut booth = Booth::showing(language, size, picture);
    booth.press("photo-here");
    booth.wait_for("photo-capture");
    // the mirror's size is known from here on
    booth.look();
    booth.wait("frames", |booth| {
        booth.photo.counts().is_some_and(|counts| counts.shown >= 5 && counts.judged >= 5)
    });
    booth
}

#[test]
fn a_good_portrait_is_coached_taken_and_chosen_in_every_language() {
    for language in Language::ALL {
        let mut booth = live(language, UPRIGHT, "composite_f-multi.jpg");
        booth.wait("an instruction", |booth| {
            Instruction::ALL.iter().any(|instruction| booth.shows(&booth.texts().instruction(*instruction)))
        });
        booth.picture("capture");
        booth.press("photo-shutter");
        assert!(booth.shows(&booth.texts().photo_countdown()));
        booth.picture("countdown");
        booth.count_down();
        booth.wait_for("photo-review");
        booth.picture("accept");
        assert!(booth.shows(&booth.texts().photo_accept()));
        booth.press("photo-use");
        let chosen = booth.taken.take().unwrap();
        assert_eq!((chosen.verdict(), chosen.insisted), (Verdict::Accept, false));
        assert_eq!(chosen.policy, "university");
        assert!(chosen.jpeg().starts_with(&[0xFF, 0xD8]));
    }
}

#[test]
fn the_mirror_stands_in_a_lying_window_too() {
    let mut booth = live(Language::Bokmal, LYING, "composite_m-african.jpg");
    booth.picture("capture");
    booth.press("photo-shutter");
    booth.count_down();
    booth.wait_for("photo-review");
    booth.picture("accept");
}

#[test]
fn a_picture_is_taken_and_chosen_by_keys_alone() {
    let mut booth = live(Language::Nynorsk, UPRIGHT, "composite_m-multi.jpg");
    booth.key(Named::Space);
    booth.count_down();
    booth.wait_for("photo-review");
    booth.key(Named::Enter);
    assert!(booth.taken.is_some());
}

#[test]
fn another_picture_starts_the_camera_again() {
    let mut booth = live(Language::English, UPRIGHT, "composite_f-multi.jpg");
    booth.key(Named::Enter);
    booth.count_down();
    booth.wait_for("photo-review");
    booth.press("photo-again");
    booth.wait_for("photo-capture");
    assert!(booth.taken.is_none());
}

#[test]
fn without_the_networks_it_is_said_and_a_person_looks() {
    let empty = tempfile::tempdir().unwrap();
    let models = Library::in_folders(vec![empty.path().to_owned()]);
    let camera = Arc::new(Files::new(photo("composite_f-multi.jpg")));
    let mut booth = Booth::with(Language::English, UPRIGHT, camera, models, None);
    booth.press("photo-here");
    booth.wait_for("photo-capture");
    booth.look();
    booth.wait("the words", |booth| booth.shows(&booth.texts().photo_eye_missing()));
    booth.picture("capture-unjudged");
    booth.press("photo-shutter");
    booth.count_down();
    booth.wait_for("photo-review");
    assert!(booth.shows(&booth.texts().photo_unjudged()) && !booth.has("photo-use"));
    booth.picture("unjudged");
    booth.press("photo-insist");
    assert!(booth.taken.take().unwrap().insisted);
}

#[test]
fn invariant_5_what_comes_after_leaving_is_let_go() {
    let mut booth = live(Language::English, UPRIGHT, "composite_f-multi.jpg");
    booth.press("photo-shutter");
    booth.count_down();
    assert!(booth.photo.back());
    booth.tell(Message::EyeTold);
    booth.tell(Message::UsePressed);
    booth.tell(Message::InsistPressed);
    assert_eq!(booth.screen(), "photo-choice");
    assert!(booth.taken.is_none());
    assert_eq!(booth.photo.counts(), None);
}

#[test]
fn the_best_of_a_burst_is_chosen_and_the_person_may_choose_another_by_touch_and_by_keys() {
    for size in [UPRIGHT, LYING] {
        let mut booth = live(Language::Bokmal, size, "composite_f-multi.jpg");
        booth.press("photo-shutter");
        booth.count_down();
        booth.wait_for("photo-review");
        assert!(booth.has("shot-7") && !booth.has("shot-8"));
        assert!(booth.labelled("shot-3", &booth.texts().photo_shot(4, 8)));
        booth.press("shot-3");
        // nothing is used while another photo is being made of it
        booth.tell(Message::UsePressed);
        assert!(booth.taken.is_none());
        booth.wait_until_made();
        booth.picture("shots");
        booth.tell(Message::ShotChosen(99));
        booth.press("photo-use");
        assert_eq!(booth.taken.take().unwrap().verdict(), Verdict::Accept);
        booth.tab(4);
        booth.wait_until_made();
        booth.press("photo-use");
        assert!(booth.taken.is_some());
    }
}

#[test]
fn the_shutter_works_whatever_the_rules_say() {
    let folder = tempfile::tempdir().unwrap();
    let wall = folder.path().join("wall.png");
    image::RgbImage::from_pixel(1280, 720, image::Rgb([90, 94, 99])).save(&wall).unwrap();
    let mut booth = Booth::new(Language::English, UPRIGHT, Files::new(&wall));
    booth.press("photo-here");
    booth.wait_for("photo-capture");
    booth.press("photo-shutter");
    booth.count_down();
    booth.wait_for("photo-review");
    assert!(booth.has("shot-0") && booth.has("photo-again"));
}
