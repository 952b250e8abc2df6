use iced::keyboard::key::Named;
use kortautomat::domain::person::Language;

use super::booth::{Booth, LYING, UPRIGHT};

#[test]
fn both_ways_are_there_in_every_language_and_size() {
    for language in Language::ALL {
        for size in [UPRIGHT, LYING] {
            let mut booth = Booth::showing(language, size, "composite_f-multi.jpg");
            assert_eq!(booth.screen(), "photo-choice");
            assert!(booth.shows(&booth.texts().photo_here()) && booth.shows(&booth.texts().photo_own()));
            booth.picture("choice");
            booth.press("photo-own");
            assert_eq!(booth.screen(), "photo-files");
            assert!(booth.photo.back());
            booth.press("photo-here");
            assert!(booth.photo.is_lit());
            assert!(booth.photo.back() && !booth.photo.back());
        }
    }
}

#[test]
fn keys_alone_lead_to_both() {
    let mut booth = Booth::showing(Language::English, UPRIGHT, "composite_f-multi.jpg");
    booth.key(Named::Enter);
    assert!(booth.photo.is_lit());
    assert!(booth.photo.back());
    booth.tab(1);
    assert_eq!(booth.screen(), "photo-files");
}
