use std::path::Path;
use std::sync::Arc;

use iced::keyboard::key::Named;
use kortautomat::camera::synthetic::Synthetic;
use kortautomat::domain::person::Language;
use kortautomat::vision::models::Library;

use super::booth::{Booth, LYING, UPRIGHT, photo};

fn stick(language: Language, size: iced::Size, folder: &Path) -> Booth {
    let own = Some(folder.to_owned());
    Booth::with(language, size, Arc::new(Synthetic), Library::of_this_machine(), own)
}

#[test]
fn a_stick_is_waited_for_and_its_picture_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("STICK");
    for language in Language::ALL {
        let mut booth = stick(language, UPRIGHT, &path);
        booth.press("photo-own");
        booth.wait("the words", |booth| booth.shows(&booth.texts().photo_files_none()));
        booth.picture("files-none");
        let beside = folder.path().join("beside");
        std::fs::create_dir_all(beside.join("2025")).unwrap();
        for name in ["composite_f-african.jpg", "composite_m-white.jpg", "lisa_lisa2.jpg"] {
            std::fs::copy(photo(name), beside.join(name)).unwrap();
        }
        std::fs::write(beside.join("IMG_2041.HEIC"), b"heic").unwrap();
        std::fs::rename(&beside, &path).unwrap();
        booth.wait("the pictures", |booth| booth.has("file-4"));
        booth.press("file-0");
        booth.wait("the folder", |booth| booth.has("files-up"));
        assert!(booth.shows(&booth.texts().photo_files_empty()));
        booth.press("files-up");
        booth.wait("the pictures", |booth| booth.has("file-4"));
        let at = |booth: &Booth, wanted: &str| {
            (1..5).map(|at| format!("file-{at}")).find(|id| booth.labelled(id, wanted)).unwrap()
        };
        let heic = at(&booth, "IMG_2041.HEIC");
        booth.press(&heic);
        assert!(booth.shows(&booth.texts().intake_heic()));
        booth.picture("files-heic");
        let chosen = at(&booth, "composite_m-white.jpg");
        booth.press(&chosen);
        assert!(booth.shows(&booth.texts().photo_checking()));
        booth.wait_for("photo-review");
        booth.picture("own");
        booth.press("photo-again");
        assert_eq!(booth.screen(), "photo-files");
        std::fs::remove_dir_all(&path).unwrap();
    }
}

#[test]
fn a_broken_picture_is_explained_and_the_next_one_can_be_chosen() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.jpg"), b"\xFF\xD8\xFF\xE0broken").unwrap();
    let mut booth = stick(Language::English, LYING, folder.path());
    booth.press("photo-own");
    booth.wait("the file", |booth| booth.has("file-0"));
    booth.key(Named::Enter);
    booth.wait("the words", |booth| booth.shows(&booth.texts().photo_files_unreadable()));
    booth.picture("files-broken");
    assert!(booth.has("file-0"));
}

#[test]
fn a_picture_whose_colours_cannot_be_told_says_so_by_the_photo_and_after_cropping() {
    let folder = tempfile::tempdir().unwrap();
    let good = std::fs::read(photo("composite_m-white.jpg")).unwrap();
    // a piece of a colour profile that is none
    let profile = b"ICC_PROFILE\0\x01\x01not a profile";
    let length = (profile.len() as u16 + 2).to_be_bytes();
    let strange = [&good[..2], &[0xFF, 0xE2], &length, profile.as_slice(), &good[2..]].concat();
    std::fs::write(folder.path().join("me.jpg"), strange).unwrap();
    let mut booth = stick(Language::Nynorsk, UPRIGHT, folder.path());
    booth.press("photo-own");
    booth.wait("the picture", |booth| booth.has("file-0"));
    booth.press("file-0");
    booth.wait_for("photo-review");
    assert!(booth.shows(&booth.texts().intake_profile_ignored()));
    booth.picture("own-profile");
    booth.press("photo-crop");
    booth.press("crop-larger");
    booth.press("crop-done");
    booth.wait_for("photo-review");
    assert!(booth.shows(&booth.texts().intake_profile_ignored()));
}
