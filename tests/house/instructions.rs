//! One verdict, whatever processor the kiosk has: the judge on all fixtures with each instruction set forced.

use kortautomat::domain::photo::{Declared, Rule};
use kortautomat::system::Stopwatch;
use kortautomat::vision::intake::{self, Limits};
use kortautomat::vision::judge::{Judge, Report};
use kortautomat::vision::models::Library;
use kortautomat::vision::net::InstructionSet;
use kortautomat::vision::policy;

use super::sources::root;

/// How far a value may be from the portable loops' one: a thousandth of itself, and this for values near zero. Sums are made
/// in another order and with another rounding; most values agree to a tenth of it.
const RELATIVE: f32 = 1e-3;
const ABSOLUTE: f32 = 1e-4;
/// What is counted on the map of classes: a place on the border between two classes may change sides.
const COUNTED: f32 = 0.02;
const BY_CLASS: [Rule; 11] = [
    Rule::Glasses,
    Rule::FramesOverEyes,
    Rule::TintedGlasses,
    Rule::HeadCovering,
    Rule::FaceOccluded,
    Rule::MouthOccluded,
    Rule::EyesOccluded,
    Rule::EarsVisible,
    Rule::BackgroundPlain,
    Rule::BackgroundShadow,
    Rule::BackgroundObjects,
];

#[test]
fn every_instruction_set_comes_to_the_same() {
    let sets = InstructionSet::available();
    for missing in [InstructionSet::Avx2, InstructionSet::Avx512].iter().filter(|set| !sets.contains(set)) {
        eprintln!("{missing:?} is not compared: this processor has no such instructions");
    }
    let mut judges: Vec<(InstructionSet, Judge)> = sets
        .into_iter()
        .map(|set| (set, Judge::load(&Library::of_this_machine(), set, Stopwatch::system()).unwrap()))
        .collect();
    let policy = policy::default().unwrap();
    let mut photos: Vec<_> =
        root().join("tests/fixtures/photos").read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    photos.retain(|path| path.extension().is_some_and(|ending| ending == "jpg"));
    photos.sort();
    assert!(photos.len() >= 10);
    for path in photos {
        let picture =
            intake::decode(&std::fs::read(&path).unwrap(), &Limits::default(), &Stopwatch::system())
                .unwrap()
                .picture;
        let mut reports = judges
            .iter_mut()
            .map(|(set, judge)| (*set, judge.check(&picture, &policy, &Declared::default())));
        let (_, portable) = reports.next().unwrap();
        for (set, report) in reports {
            let whose = format!("{} with {set:?}", path.display());
            assert_eq!(report.verdict, portable.verdict, "{whose}");
            assert_eq!(report.measured.faces, portable.measured.faces, "{whose}");
            let rules = |report: &Report| report.findings.iter().map(|found| found.rule).collect::<Vec<_>>();
            assert_eq!(rules(&report), rules(&portable), "{whose}");
            let (here, there) = (values(&report), values(&portable));
            assert_eq!(here.len(), there.len(), "{whose}");
            for ((name, value), (_, expected)) in here.into_iter().zip(there) {
                let counted = BY_CLASS.iter().any(|rule| rule.code() == name);
                let near = if counted {
                    COUNTED * expected.abs().max(1.0)
                } else {
                    RELATIVE * expected.abs() + ABSOLUTE
                };
                assert!((value - expected).abs() <= near, "{whose}: {name} is {value}, not {expected}");
            }
        }
    }
}

/// Every value by its name, the card picture's place among them.
fn values(report: &Report) -> Vec<(String, f32)> {
    let rules = report.measured.rules.iter().map(|value| (value.rule.code().to_owned(), value.measured));
    let details = report.measured.details.iter().map(|(name, value)| ((*name).to_owned(), *value));
    let crop = report.crop.map(|crop| *crop.frame());
    let place = crop.iter().flat_map(|frame| {
        [("crop_x", frame.centre[0]), ("crop_y", frame.centre[1]), ("crop_height", frame.size[1])]
    });
    rules.chain(details).chain(place.map(|(name, value)| (name.to_owned(), value))).collect()
}
