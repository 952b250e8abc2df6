use std::path::Path;
use std::sync::Arc;

use iced::Point;
use iced::keyboard::key::Named;
use kortautomat::camera::synthetic::Synthetic;
use kortautomat::desktop::kiosk::photo::Message;
use kortautomat::domain::person::Language;
use kortautomat::vision::models::Library;

use super::booth::{Booth, LYING, UPRIGHT, photo};

/// Looking over a photo from a stick.
fn brought(language: Language, size: iced::Size, folder: &Path) -> Booth {
    std::fs::copy(photo("composite_m-white.jpg"), folder.join("me.jpg")).unwrap();
    let own = Some(folder.to_owned());
    let mut booth = Booth::with(language, size, Arc::new(Synthetic), Library::of_this_machine(), own);
    booth.press("photo-own");
    booth.wait("the picture", |booth| booth.has("file-0"));
    booth.press("file-0");
    booth.wait_for("photo-review");
    booth
}

fn cropped(booth: &mut Booth) -> Vec<u8> {
    booth.press("crop-done");
    booth.wait_for("photo-review");
    let id = if booth.has("photo-use") { "photo-use" } else { "photo-insist" };
    booth.press(id);
    booth.taken.take().unwrap().jpeg().to_vec()
}

#[test]
fn a_photo_is_cropped_mirrored_and_judged_anew_and_automatic_again() {
    for (language, size) in
        [(Language::Bokmal, UPRIGHT), (Language::Nynorsk, LYING), (Language::English, UPRIGHT)]
    {
        let folder = tempfile::tempdir().unwrap();
        let mut booth = brought(language, size, folder.path());
        booth.picture("own-review");
        booth.press("photo-use");
        let automatic = booth.taken.take().unwrap().jpeg().to_vec();
        booth.press("photo-crop");
        assert_eq!(booth.screen(), "photo-crop");
        for control in ["crop-larger", "crop-mirror", "crop-lean-right", "crop-left", "crop-up"] {
            booth.press(control);
        }
        booth.picture("by-hand");
        let by_hand = cropped(&mut booth);
        assert_ne!(by_hand, automatic);
        // the crop that was made is where the next one begins
        booth.press("photo-crop");
        booth.press("crop-automatic");
        assert_eq!(cropped(&mut booth), automatic);
    }
}

#[test]
fn a_crop_that_breaks_the_rules_says_so_and_back_leads_to_the_photo_before() {
    let folder = tempfile::tempdir().unwrap();
    let mut booth = brought(Language::English, UPRIGHT, folder.path());
    booth.press("photo-crop");
    for _ in 0..25 {
        booth.press("crop-larger");
    }
    booth.press("crop-done");
    booth.wait_for("photo-review");
    assert!(!booth.has("photo-use"), "half a face is no card photo");
    booth.picture("own-too-large");
    booth.press("photo-crop");
    booth.press("crop-quarter");
    assert!(booth.photo.back());
    assert_eq!(booth.screen(), "photo-review");
    assert!(booth.photo.back());
    assert_eq!(booth.screen(), "photo-choice");
}

#[test]
fn keys_alone_crop_and_a_finger_drags() {
    let folder = tempfile::tempdir().unwrap();
    let mut booth = brought(Language::English, UPRIGHT, folder.path());
    booth.press("photo-crop");
    // back to the first of the buttons, and a press
    booth.tab(2);
    booth.key(Named::Enter);
    booth.wait_for("photo-review");
    booth.press("photo-crop");
    booth.drag(Point::new(540.0, 600.0), Point::new(560.0, 640.0));
    booth.tell(Message::EyeTold);
    let dragged = cropped(&mut booth);
    booth.press("photo-crop");
    booth.press("crop-automatic");
    assert_ne!(cropped(&mut booth), dragged);
}
