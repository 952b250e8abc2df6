use std::sync::{Arc, Mutex};
use std::time::Duration;

use kortautomat::camera::{Error, Leave, Opener, Picture, Source};
use kortautomat::domain::person::Language;
use kortautomat::texts::Texts;

use super::booth::{Booth, UPRIGHT};

/// A camera that does what the test says: fails, or shows grey pictures.
#[derive(Clone)]
struct Moody(Arc<Mutex<Option<Error>>>);

struct Grey(Moody, Leave);

impl Opener for Moody {
    fn open(&self, leave: &Leave) -> Result<Box<dyn Source>, Error> {
        match &*self.0.lock().unwrap() {
            Some(error) => Err(error.clone()),
            None => Ok(Box::new(Grey(self.clone(), leave.clone()))),
        }
    }
}

impl Source for Grey {
    fn name(&self) -> &str {
        "grey"
    }

    fn next_frame(&mut self) -> Result<Picture, Error> {
        self.1.wait(Duration::from_millis(20));
        match &*self.0.0.lock().unwrap() {
            Some(error) => Err(error.clone()),
            None => Ok(Picture::new(640, 480, vec![128; 640 * 480 * 3]).unwrap()),
        }
    }
}

#[test]
fn each_trouble_is_said_and_ends_by_itself() {
    type Words = fn(&Texts) -> String;
    let troubles: [(Error, &str, Words); 4] = [
        (Error::Missing, "photo-camera-missing", Texts::photo_camera_missing),
        (Error::Busy, "photo-camera-busy", Texts::photo_camera_busy),
        (Error::NoRights, "photo-camera-no-rights", Texts::photo_camera_no_rights),
        (Error::Failed("smoke".to_owned()), "photo-camera-failed", Texts::photo_camera_failed),
    ];
    for (trouble, screen, words) in troubles {
        let mood = Moody(Arc::new(Mutex::new(Some(trouble))));
        let mut booth = Booth::new(Language::Bokmal, UPRIGHT, mood.clone());
        booth.press("photo-here");
        booth.wait_for(screen);
        assert!(booth.shows(&words(booth.texts())) && booth.shows(&booth.texts().photo_meanwhile()));
        booth.picture(screen);
        booth.wait_for("photo-camera-out-of-order");
        assert!(booth.shows(&booth.texts().photo_out_of_order_more(words(booth.texts()))));
        booth.picture(&format!("{screen}-out-of-order"));
        *mood.0.lock().unwrap() = None;
        booth.wait_for("photo-capture");
        // and unplugged while it runs
        *mood.0.lock().unwrap() = Some(Error::Unplugged);
        booth.wait_for("photo-camera-unplugged");
        booth.press("photo-own");
        assert_eq!(booth.screen(), "photo-files");
    }
}

#[test]
fn unplugged_while_counting_takes_no_picture() {
    let mood = Moody(Arc::new(Mutex::new(None)));
    let mut booth = Booth::new(Language::English, UPRIGHT, mood.clone());
    booth.press("photo-here");
    booth.wait_for("photo-capture");
    booth.press("photo-shutter");
    *mood.0.lock().unwrap() = Some(Error::Unplugged);
    booth.wait_for("photo-camera-unplugged");
    booth.count_down();
    *mood.0.lock().unwrap() = None;
    booth.wait_for("photo-capture");
}
