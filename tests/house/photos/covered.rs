//! What is worn, what covers the face, what is behind: drawn over portraits of light and dark skin.

use image::{Rgb, RgbImage, imageops};
use kortautomat::domain::photo::{Declared, Rule, Weight};
use kortautomat::system::Stopwatch;
use kortautomat::vision::judge::{Judge, Report};
use kortautomat::vision::models::{Library, Model};
use kortautomat::vision::net::InstructionSet;
use kortautomat::vision::picture::{Picture, Quarter};
use kortautomat::vision::policy;

use super::{GOOD, broken, check, judge, photo};

/// A portrait's own places: the middle between the eyes and the distance between them.
struct Face {
    eyes: [[f32; 2]; 2],
    lips: [f32; 4],
    apart: f32,
}

impl Face {
    fn of(report: &Report) -> Self {
        let outline = report.outline.as_ref().unwrap();
        let edges = |line: &[[f32; 2]]| {
            line.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |[l, t, r, b], [x, y]| {
                [l.min(*x), t.min(*y), r.max(*x), b.max(*y)]
            })
        };
        let eyes = [&outline.eyes[0], &outline.eyes[1]].map(|eye| {
            let [left, top, right, bottom] = edges(eye);
            [(left + right) / 2.0, (top + bottom) / 2.0]
        });
        Self { eyes, lips: edges(&outline.lips[0]), apart: eyes[1][0] - eyes[0][0] }
    }
}

/// The picture with each pixel made anew from its place and colour.
fn drawn(picture: &Picture, paint: impl Fn(f32, f32, [u8; 3]) -> [u8; 3]) -> Picture {
    let mut pixels = picture.rgb().clone();
    for (x, y, pixel) in pixels.enumerate_pixels_mut() {
        *pixel = Rgb(paint(x as f32, y as f32, pixel.0));
    }
    Picture::new(pixels)
}

/// The rules that are broken by what `paint` draws on each of the good portraits.
fn each(rule: Rule, weight: Weight, paint: impl Fn(&Face, f32, f32, [u8; 3]) -> [u8; 3]) {
    let mut judge = judge();
    for name in GOOD {
        let picture = photo(name);
        let plain = check(&mut judge, &picture);
        assert!(!broken(&plain).iter().any(|(broken, _)| *broken == rule), "{name}: {:?}", plain.findings);
        let face = Face::of(&plain);
        let report = check(&mut judge, &drawn(&picture, |x, y, own| paint(&face, x, y, own)));
        let found = report.findings.iter().find(|finding| finding.rule == rule);
        assert!(
            found.is_some_and(|finding| finding.weight == weight && finding.region.is_some()),
            "{name}: {} is {:?}",
            rule.code(),
            report.measured.value(rule)
        );
    }
}

#[test]
fn cloth_over_the_mouth_refuses() {
    each(Rule::MouthOccluded, Weight::Hard, |face, x, y, own| {
        let [left, top, right, bottom] = face.lips;
        let margin = 0.2 * face.apart;
        let inside =
            (left - margin..right + margin).contains(&x) && (top - margin..bottom + margin).contains(&y);
        if inside { [205, 210, 215] } else { own }
    });
}

#[test]
fn a_patch_over_one_eye_asks() {
    each(Rule::EyesOccluded, Weight::Soft, |face, x, y, own| {
        let [ex, ey] = face.eyes[1];
        let inside = (x - ex).abs() < 0.33 * face.apart && (y - ey).abs() < 0.22 * face.apart;
        if inside { [40, 60, 110] } else { own }
    });
}

#[test]
fn something_on_the_cheek_asks() {
    each(Rule::FaceOccluded, Weight::Soft, |face, x, y, own| {
        let [ex, ey] = face.eyes[0];
        let inside =
            (x - ex).abs() < 0.35 * face.apart && (y - ey - 0.8 * face.apart).abs() < 0.35 * face.apart;
        if inside { [70, 140, 80] } else { own }
    });
}

#[test]
fn dark_lenses_refuse() {
    each(Rule::TintedGlasses, Weight::Hard, |face, x, y, own| {
        let lens = |[ex, ey]: [f32; 2]| ((x - ex) / 0.42).hypot((y - ey) / 0.31) < face.apart;
        if face.eyes.into_iter().any(lens) { own.map(|value| value / 9) } else { own }
    });
}

#[test]
fn reflections_over_the_eyes_ask() {
    each(Rule::Glare, Weight::Soft, |face, x, y, own| {
        let spot = |[ex, ey]: [f32; 2]| (x - ex).hypot(y - ey) < 0.16 * face.apart;
        if face.eyes.into_iter().any(spot) { [255; 3] } else { own }
    });
}

#[test]
fn a_cap_asks_and_is_fine_when_it_is_declared() {
    let cap = |face: &Face, x: f32, y: f32, own: [u8; 3]| {
        let [middle, eyes] = [0, 1].map(|axis| (face.eyes[0][axis] + face.eyes[1][axis]) / 2.0);
        let (across, up) = ((x - middle) / face.apart, (eyes - y) / face.apart);
        let inside = up > 0.6 && (across / 1.25).hypot((up - 0.6) / 1.7) < 1.0;
        if inside { [180, 30, 40] } else { own }
    };
    each(Rule::HeadCovering, Weight::Soft, cap);
    let mut judge = judge();
    let picture = photo("composite_m-african.jpg");
    let face = Face::of(&check(&mut judge, &picture));
    let covered = drawn(&picture, |x, y, own| cap(&face, x, y, own));
    let declared = Declared { head_covering: Some(true) };
    let report = judge.check(&covered, &policy::default().unwrap(), &declared);
    assert!(!broken(&report).iter().any(|(rule, _)| *rule == Rule::HeadCovering), "{:?}", report.findings);
}

#[test]
fn things_on_the_wall_ask() {
    each(Rule::BackgroundObjects, Weight::Soft, |face, x, y, own| {
        let [ex, ey] = face.eyes[1];
        let inside = x > ex + 1.1 * face.apart && (ey - 0.6 * face.apart..ey + 0.5 * face.apart).contains(&y);
        if inside { [120, 60, 40] } else { own }
    });
}

#[test]
fn pictures_that_lie_are_found() {
    let mut judge = judge();
    for name in GOOD {
        let picture = photo(name);
        for quarter in Quarter::ALL {
            let back = judge.quarter(&picture.turned(quarter));
            assert_eq!(back, Quarter::against(quarter.degrees()), "{name} turned {quarter:?}");
        }
        let tilted = photo("lisa_lisa3.jpg");
        assert_eq!(judge.quarter(&tilted), Quarter::Upright);
    }
    let wall = Picture::new(RgbImage::from_pixel(900, 600, Rgb([180; 3])));
    assert_eq!(judge.quarter(&wall), Quarter::Upright);
}

#[test]
fn without_the_map_of_classes_its_rules_are_not_judged() {
    let folder = tempfile::tempdir().unwrap();
    let whole = Library::of_this_machine();
    for model in Model::ALL.into_iter().filter(|model| !model.is_optional()) {
        std::fs::write(folder.path().join(model.file()), whole.load(model).unwrap()).unwrap();
    }
    let library = Library::in_folders(vec![folder.path().to_owned()]);
    let mut judge = Judge::load(&library, InstructionSet::best(), Stopwatch::system()).unwrap();
    let report = check(&mut judge, &photo(GOOD[0]));
    assert_eq!(report.measured.value(Rule::HeadCovering), None);
    assert!(report.measured.value(Rule::BackgroundPlain).is_some());
    assert_eq!(report.verdict.code(), "accept", "{:?}", report.findings);
}

#[test]
fn a_camera_is_told_of_a_covered_mouth_within_a_few_frames() {
    let mut judge = judge();
    let policy = policy::default().unwrap();
    let picture = photo("composite_f-multi.jpg");
    let face = Face::of(&check(&mut judge, &picture));
    let covered = drawn(&picture, |x, y, own| {
        let [left, top, right, bottom] = face.lips;
        let inside = (left - 30.0..right + 30.0).contains(&x) && (top - 30.0..bottom + 30.0).contains(&y);
        if inside { [60, 90, 150] } else { own }
    });
    let frame = |picture: &Picture| imageops::resize(picture.rgb(), 720, 720, imageops::FilterType::Triangle);
    let (free, covered) = (frame(&picture), frame(&covered));
    let mut seen = |frame: &RgbImage, time_between: bool| {
        let live = judge.live(frame, &policy, &Declared::default());
        if time_between {
            judge.go_on(|| true);
            assert!(!judge.has_more());
        }
        live.findings.iter().any(|finding| finding.rule == Rule::MouthOccluded)
    };
    assert!((0..10).all(|_| !seen(&free, true)));
    assert!((0..200).any(|_| seen(&covered, true)));
    // frames that leave no time between them hear of it later, but do
    assert!((0..500).any(|_| !seen(&free, false)));
}
