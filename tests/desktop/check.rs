//! `kortautomat check` on real photos with the real networks: what it says, and the page that it writes.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::Parser;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use kortautomat::desktop::check::{self, Surroundings};
use kortautomat::domain::person::Language;
use kortautomat::system::Stopwatch;
use kortautomat::texts::Texts;
use kortautomat::vision::models::Library;

#[derive(Parser)]
struct Command {
    #[command(flatten)]
    check: check::Arguments,
}

/// What a run answers.
struct Said {
    code: u8,
    out: String,
    errors: String,
}

fn surroundings(language: Language) -> Surroundings {
    Surroundings {
        texts: Texts::load(language).unwrap(),
        library: Library::of_this_machine(),
        stopwatch: Stopwatch::system(),
        now: Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC),
        watched: false,
        stop: Arc::default(),
    }
}

fn run(surroundings: &Surroundings, arguments: &[&str]) -> Said {
    let arguments = Command::parse_from(["check"].iter().chain(arguments)).check;
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let code = check::check(&arguments, surroundings, &mut out, &mut errors).unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said { code, out: text(out), errors: text(errors) }
}

fn fixture(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests/fixtures/photos", name].iter().collect()
}

/// A folder with a good photo, a poor one and a file that is none.
fn photos(folder: &Path) -> String {
    let photos = folder.join("photos");
    fs::create_dir(&photos).unwrap();
    fs::copy(fixture("composite_f-multi.jpg"), photos.join("good & fine.jpg")).unwrap();
    fs::copy(fixture("lisa_lisa2.jpg"), photos.join("poor.jpg")).unwrap();
    fs::write(photos.join("<none>.png"), "no picture").unwrap();
    photos.to_str().unwrap().to_owned()
}

#[test]
fn a_report_shows_what_was_found() {
    let folder = tempfile::tempdir().unwrap();
    let (photos, report) = (photos(folder.path()), folder.path().join("new/report"));
    let surroundings = surroundings(Language::English);
    let said = run(&surroundings, &["--report", report.to_str().unwrap(), &photos]);
    let path = report.join("report.html");
    assert_eq!(said.code, 1, "{}", said.out);
    assert!(
        said.out.contains("good & fine.jpg: accepted") && said.out.contains("<none>.png: cannot be read")
    );
    assert!(said.errors.contains(path.to_str().unwrap()), "{}", said.errors);
    let page = fs::read_to_string(path).unwrap();
    assert!(page.contains("3 photos were checked.") && page.contains("Rules: university"));
    assert!(page.contains("<b>1</b>accepted") && page.contains("<b>1</b>cannot be read"));
    assert!(page.contains("good &#38; fine.jpg") && page.contains("&#60;none&#62;.png"));
    assert!(!page.contains("<none>"));
    assert_eq!(page.matches("data:image/jpeg;base64,").count(), 2);
    assert!(page.matches("<polygon class=\"face\"").count() == 10 && page.contains("class=\"place"));
    assert!(page.contains("MarginAboveOfTheFaceImage") && page.contains("it should be at"));
    assert!(page.ends_with("</html>"));
}

#[test]
fn a_report_that_cannot_be_written_is_told_before_anything_is_judged() {
    let folder = tempfile::tempdir().unwrap();
    let photos = photos(folder.path());
    let file = folder.path().join("file");
    fs::write(&file, "in the way").unwrap();
    for below in ["", "below"] {
        let target = file.join(below);
        let target = target.to_str().unwrap().trim_end_matches('/');
        let said = run(&surroundings(Language::Bokmal), &["--report", target, &photos]);
        assert_eq!((said.code, said.out.as_str()), (2, ""));
        assert!(
            said.errors.contains(target) && said.errors.contains("Velg en annen mappe"),
            "{}",
            said.errors
        );
    }
}

#[test]
fn a_run_that_is_stopped_leaves_a_page_that_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let (photos, report) = (photos(folder.path()), folder.path().join("report"));
    let surroundings = Surroundings {
        stop: Arc::new(AtomicBool::new(true)),
        watched: true,
        ..surroundings(Language::Nynorsk)
    };
    let said = run(&surroundings, &["--json", "--report", report.to_str().unwrap(), &photos]);
    assert_eq!((said.code, said.out.as_str()), (130, ""));
    assert!(said.errors.contains("Stoppa etter 0 av 3 bilete."), "{}", said.errors);
    let page = fs::read_to_string(report.join("report.html")).unwrap();
    assert!(page.contains("Stoppa etter 0 av 3 bilete.") && page.ends_with("</html>"));
}

#[test]
fn lines_for_programs_have_the_components_of_ofiq() {
    let photo = fixture("composite_m-african.jpg");
    let said = run(&surroundings(Language::English), &["--json", photo.to_str().unwrap()]);
    assert_eq!((said.code, said.errors.as_str()), (0, ""));
    let line: serde_json::Value = serde_json::from_str(said.out.trim_end()).unwrap();
    let native = |name: &str| line["ofiq"][name]["native"].as_f64().unwrap_or_else(|| panic!("no {name}"));
    // the two crops add up to its width, the two margins to its height
    let size: Vec<_> = line["size"].as_array().unwrap().iter().map(|side| side.as_f64().unwrap()).collect();
    let apart = native("InterEyeDistance");
    let across = native("LeftwardCropOfTheFaceImage") + native("RightwardCropOfTheFaceImage") - 1.0;
    assert!((across * apart / size[0] - 1.0).abs() < 0.03, "{across}");
    let down = native("MarginAboveOfTheFaceImage") + native("MarginBelowOfTheFaceImage");
    assert!((down * native("HeadSize") - 1.0).abs() < 1e-3, "{down}");
    // a plain background, a dark face in even light, with colours of skin
    assert!(native("BackgroundUniformity") < 100.0 && native("IlluminationUniformity") > 0.1);
    assert!(native("NaturalColour") < 10.0 && native("DynamicRange") > 4.0);
    assert!((0.02..0.6).contains(&native("LuminanceMean")));
    for (name, component) in line["ofiq"].as_object().unwrap() {
        assert!((0..=100).contains(&component["scalar"].as_i64().unwrap()), "{name}");
    }
}
