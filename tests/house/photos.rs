//! The judge on real pictures with the real networks: what a photo is told, whichever way it is brought.

mod covered;

use std::path::PathBuf;

use image::{Rgb, RgbImage, imageops};
use kortautomat::domain::photo::{Declared, Instruction, Rule, Verdict, Weight};
use kortautomat::system::Stopwatch;
use kortautomat::vision::crop;
use kortautomat::vision::intake::{self, Limits};
use kortautomat::vision::judge::{Judge, Report};
use kortautomat::vision::models::Library;
use kortautomat::vision::net::InstructionSet;
use kortautomat::vision::picture::Picture;
use kortautomat::vision::policy;

pub fn judge() -> Judge {
    Judge::load(&Library::of_this_machine(), InstructionSet::best(), Stopwatch::system()).unwrap()
}

pub fn photo(name: &str) -> Picture {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests/fixtures/photos", name].iter().collect();
    intake::decode(&std::fs::read(path).unwrap(), &Limits::default(), &Stopwatch::system()).unwrap().picture
}

pub fn check(judge: &mut Judge, picture: &Picture) -> Report {
    judge.check(picture, &policy::default().unwrap(), &Declared::default())
}

pub fn broken(report: &Report) -> Vec<(Rule, Weight)> {
    report.findings.iter().map(|finding| (finding.rule, finding.weight)).collect()
}

const GOOD: [&str; 6] = [
    "composite_f-african.jpg",
    "composite_f-easian.jpg",
    "composite_f-multi.jpg",
    "composite_m-african.jpg",
    "composite_m-multi.jpg",
    "composite_m-white.jpg",
];

#[test]
fn good_portraits_are_accepted_whatever_the_skin_and_mirrored_too() {
    let mut judge = judge();
    for name in GOOD {
        let picture = photo(name);
        let report = check(&mut judge, &picture);
        assert_eq!(report.verdict, Verdict::Accept, "{name}: {:?}", report.findings);
        let mirrored = Picture::new(imageops::flip_horizontal(picture.rgb()));
        let mirror = check(&mut judge, &mirrored);
        assert_eq!(mirror.verdict, Verdict::Accept, "{name} mirrored: {:?}", mirror.findings);
        let both = |rule: Rule| (report.measured.value(rule).unwrap(), mirror.measured.value(rule).unwrap());
        for rule in [Rule::Yaw, Rule::Roll] {
            let (here, there) = both(rule);
            assert!((here + there).abs() < 0.1, "{name}: {} {here} {there}", rule.code());
        }
        let same = [
            (Rule::Pitch, 0.3),
            (Rule::EyesOpen, 0.001),
            (Rule::Gaze, 0.005),
            (Rule::MouthClosed, 0.001),
            (Rule::NeutralExpression, 0.01),
            (Rule::EvenLight, 0.01),
            (Rule::Sharp, 0.01),
            (Rule::HeadSize, 0.01),
        ];
        for (rule, tolerance) in same {
            let (here, there) = both(rule);
            assert!((here - there).abs() < tolerance, "{name}: {} {here} {there}", rule.code());
        }
        let card = crop::cut(&picture, &report.crop.unwrap()).unwrap();
        assert!((card.width() as f32 / card.height() as f32 - crop::RATIO).abs() < 0.01);
    }
}

#[test]
fn each_fault_is_named() {
    let mut judge = judge();
    let dark = check(&mut judge, &photo("lisa_lisa2.jpg"));
    assert_eq!(dark.verdict, Verdict::Ask);
    assert!(broken(&dark).contains(&(Rule::BackgroundPlain, Weight::Soft)), "{:?}", dark.findings);
    let tilted = check(&mut judge, &photo("lisa_lisa3.jpg"));
    assert!(broken(&tilted).contains(&(Rule::Roll, Weight::Hard)));
    assert!((tilted.measured.value(Rule::Roll).unwrap() + 20.2).abs() < 1.5);
    assert!((tilted.crop.unwrap().turn() + 20.2).abs() < 1.5);

    let good = photo("composite_f-multi.jpg");
    let small = imageops::resize(good.rgb(), 400, 400, imageops::FilterType::Triangle);
    assert!(broken(&check(&mut judge, &Picture::new(small))).contains(&(Rule::LargeEnough, Weight::Hard)));
    let blurred = imageops::blur(good.rgb(), 4.0);
    assert!(broken(&check(&mut judge, &Picture::new(blurred))).contains(&(Rule::Sharp, Weight::Soft)));
    let close = imageops::crop_imm(good.rgb(), 200, 330, 500, 400).to_image();
    let close = imageops::resize(&close, 1000, 800, imageops::FilterType::Triangle);
    let close = check(&mut judge, &Picture::new(close));
    assert_eq!(close.verdict, Verdict::Refuse);
    assert!(close.crop.is_none(), "{:?}", close.findings);
    let mut lit = good.rgb().clone();
    for (x, _, pixel) in lit.enumerate_pixels_mut() {
        let share = (x as f32 / 900.0 * 1.6 - 0.3).clamp(0.1, 1.0);
        *pixel = Rgb(pixel.0.map(|value| (f32::from(value) * share) as u8));
    }
    assert!(broken(&check(&mut judge, &Picture::new(lit))).contains(&(Rule::EvenLight, Weight::Soft)));
}

#[test]
fn one_face_is_one_face() {
    let mut judge = judge();
    let none = RgbImage::from_fn(900, 900, |x, y| Rgb([(x / 4) as u8, (y / 4) as u8, 120]));
    let none = check(&mut judge, &Picture::new(none));
    assert_eq!((none.verdict, none.measured.faces), (Verdict::Refuse, 0));
    let (a, b) = (photo("composite_f-multi.jpg"), photo("composite_m-multi.jpg"));
    let mut two = RgbImage::new(1800, 900);
    imageops::replace(&mut two, a.rgb(), 0, 0);
    imageops::replace(&mut two, b.rgb(), 900, 0);
    let two = check(&mut judge, &Picture::new(two));
    assert_eq!(two.measured.faces, 2);
    assert!(broken(&two).contains(&(Rule::OneFace, Weight::Hard)));
    // somebody far behind is found, and is too small to count
    let mut behind = a.rgb().clone();
    let far = imageops::resize(b.rgb(), 180, 180, imageops::FilterType::Triangle);
    imageops::replace(&mut behind, &far, 10, 120);
    let behind = check(&mut judge, &Picture::new(behind));
    assert_eq!(behind.measured.faces, 1);
    assert!(behind.measured.detail("second_face").unwrap() > 0.01);
}

#[test]
fn tiny_and_odd_pictures_are_answered() {
    let mut judge = judge();
    for (width, height) in [(0, 0), (1, 1), (1, 5000), (5000, 1), (3, 2), (129, 127)] {
        let report = check(&mut judge, &Picture::new(RgbImage::from_pixel(width, height, Rgb([90; 3]))));
        assert_eq!(report.verdict, Verdict::Refuse, "{width}×{height}");
    }
}

#[test]
fn a_camera_is_followed_from_frame_to_frame() {
    let mut judge = judge();
    let policy = policy::default().unwrap();
    let portrait = photo("composite_f-multi.jpg");
    let portrait = imageops::resize(portrait.rgb(), 720, 720, imageops::FilterType::Triangle);
    let wall = RgbImage::from_pixel(1280, 720, *portrait.get_pixel(2, 2));
    let frame = |left: i64| {
        let mut frame = wall.clone();
        imageops::overlay(&mut frame, &portrait, left, 0);
        frame
    };
    let mut say = |frame: &RgbImage| judge.live(frame, &policy, &Declared::default());
    assert_eq!(say(&wall).instruction, Instruction::StepIntoView);
    for step in 0..25 {
        let live = say(&frame(250 + step * 3));
        assert_eq!(live.faces, 1);
        assert_eq!(live.instruction, Instruction::Good, "step {step}: {:?}", live.findings);
        assert_eq!(live.progress, 1.0);
    }
    // the face at the right edge of the frame is on the mirror's left
    assert_eq!(say(&frame(800)).instruction, Instruction::MoveRight);
    assert_eq!(say(&frame(-240)).instruction, Instruction::MoveLeft);
    assert_eq!(say(&wall).faces, 0);
}
