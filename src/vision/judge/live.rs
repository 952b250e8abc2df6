//! Judging every frame of a camera, within a few milliseconds: the face is followed from frame to frame by its points, the
//! detector looks only now and then, and the network of classes runs in the time between the frames.

mod followed;

use image::RgbImage;

use crate::domain::photo::{Declared, Finding, Instruction, Policy, Region, Rule, Weight};
use crate::vision::classes::Classes;
use crate::vision::crop::{self, Crop};
use crate::vision::measure::Patch;
use crate::vision::picture::Pyramid;
use crate::vision::sample::Frame;

use super::{
    Judge, Laps, Measured, OfFace, PRESENT, SECOND_FACE, SMALLEST_COPY, Timings, measure_face, quality,
    region,
};

use followed::Followed;

/// Every so many frames the detector looks for further faces.
const DETECT_EVERY: u32 = 10;
/// Where the card picture takes up less of the frame's height than this, coming closer makes a better card.
const CLOSE_ENOUGH: f32 = 0.45;

/// What is known from the frames before.
#[derive(Default)]
pub(super) struct Tracked {
    region: Option<Frame>,
    since_detection: u32,
    faces: u32,
    second: f32,
    classes: Followed,
}

/// What a frame shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Live {
    /// What would help most on this frame alone; [`crate::vision::coach`] makes steady words of it.
    pub instruction: Instruction,
    /// How far the person has come on the way of the instructions, 0 to 1; 1 with nothing left to do.
    pub progress: f32,
    pub faces: u32,
    /// Around the face, in pixels of the frame, not mirrored.
    pub face: Option<Region>,
    /// Where the card picture would lie.
    pub crop: Option<Crop>,
    pub findings: Vec<Finding>,
    pub measured: Measured,
    pub timings: Timings,
}

impl Judge {
    /// Forgets the face of the frame before: for another camera or another person.
    pub fn forget(&mut self) {
        self.tracked = Tracked::default();
        if let Some(classes) = &mut self.classes {
            classes.stop();
        }
    }

    /// Whether more can be seen on a frame that was judged than there was time for.
    pub fn has_more(&self) -> bool {
        self.classes.as_ref().is_some_and(Classes::is_running)
    }

    /// Sees more on that frame, in steps of a few milliseconds, as long as `more` says so: until the next one comes. What is seen
    /// counts for the frames after, while the head stays where it was.
    pub fn go_on(&mut self, more: impl FnMut() -> bool) {
        if let Some(classes) = &mut self.classes {
            self.tracked.classes.go_on(classes, more);
        }
    }

    /// Judges a camera's frame.
    pub fn live(&mut self, frame: &RgbImage, policy: &Policy, declared: &Declared) -> Live {
        let stopwatch = self.stopwatch.clone();
        let mut laps = Laps::start(&stopwatch);
        let pyramid = Pyramid::build(frame, SMALLEST_COPY);
        laps.lap("shrink");
        let followed = self
            .tracked
            .region
            .map(|region| self.landmarks.find(&pyramid, &region, &mut self.memory))
            .filter(|mesh| mesh.presence >= PRESENT);
        laps.lap("landmarks");
        self.tracked.since_detection += 1;
        let mesh = match followed {
            Some(mesh) if self.tracked.since_detection < DETECT_EVERY => Some(mesh),
            followed => {
                let found = self.detector.whole(&pyramid, &mut self.memory);
                self.tracked.since_detection = 0;
                let largest = found.iter().map(|face| face.area()).fold(0.0, f32::max);
                let mut shares: Vec<f32> = found.iter().map(|face| face.area() / largest).collect();
                shares.sort_by(|a, b| b.total_cmp(a));
                self.tracked.faces =
                    shares.iter().filter(|share| **share >= SECOND_FACE).count().max(1) as u32;
                self.tracked.second = shares.get(1).copied().unwrap_or_default();
                followed.or_else(|| {
                    let face = found.into_iter().max_by(|a, b| a.area().total_cmp(&b.area()))?;
                    Some(self.landmarks.find(&pyramid, &face.region(), &mut self.memory))
                        .filter(|mesh| mesh.presence >= PRESENT)
                })
            }
        };
        laps.lap("detect");
        self.tracked.region = mesh.as_ref().map(|mesh| mesh.next_region());
        let Some(mesh) = mesh else {
            let measured = Measured::faceless([frame.width() as f32, frame.height() as f32]);
            return Live {
                instruction: Instruction::StepIntoView,
                progress: 0.0,
                faces: 0,
                face: None,
                crop: None,
                findings: measured.findings(policy, declared),
                measured,
                timings: laps.timings,
            };
        };
        let expression = self.expressions.of(&mesh, &mut self.memory);
        laps.lap("expression");
        let mask = self.segmentation.mask(&pyramid, &mut self.memory);
        laps.lap("person");
        let seen = self.seen(mesh, expression, mask);
        let patch = Patch::cut(&pyramid, &seen.mesh, &seen.lengths);
        let followed = &mut self.tracked.classes;
        if let Some(classes) = self.classes.as_mut().filter(|_| followed.is_new()) {
            followed.look(classes, &pyramid, &seen, &patch, stopwatch.elapsed());
            laps.lap("classes");
        }
        let appearance = followed.held(&seen.lengths);
        let (faces, second) = (self.tracked.faces, self.tracked.second);
        let quality = quality::quick(&pyramid, &seen, &patch);
        let of_face = OfFace { seen: &seen, appearance: appearance.as_ref(), quality, faces, second };
        let size = [frame.width() as f32, frame.height() as f32];
        let crop = crop::plan(&seen.head, size, &crop::Ranges::of(policy));
        let judged = measure_face(&pyramid, of_face, crop, declared);
        let crop = judged.crop.ok();
        let findings = judged.measured.findings(policy, declared);
        laps.lap("measure");
        let (instruction, progress) = instruction(&findings, crop.as_ref(), frame.height() as f32);
        let face = region(seen.mesh.edges());
        if let Some(classes) = &mut self.classes {
            let (followed, now) = (&mut self.tracked.classes, stopwatch.elapsed());
            followed.begin(classes, &pyramid, seen, patch, now);
            if let Some(until) = followed.until(classes, now) {
                followed.go_on(classes, || stopwatch.elapsed() < until);
            }
            laps.lap("classes");
        }
        Live {
            instruction,
            progress,
            faces,
            face: Some(face),
            crop,
            findings,
            measured: judged.measured,
            timings: laps.timings,
        }
    }
}

/// The way of the instructions: place first, then what covers the face, the head, the light, the face, what surrounds it.
/// What is not on it only the review explains.
const WAY: [Rule; 29] = [
    Rule::OneFace,
    Rule::Resolution,
    Rule::LargeEnough,
    Rule::HeadSize,
    Rule::Centred,
    Rule::EyeLine,
    Rule::WholeHead,
    Rule::HeadCovering,
    Rule::TintedGlasses,
    Rule::FaceOccluded,
    Rule::MouthOccluded,
    Rule::EyesOccluded,
    Rule::Roll,
    Rule::Yaw,
    Rule::Pitch,
    Rule::DynamicRange,
    Rule::Exposure,
    Rule::HotSpots,
    Rule::EvenLight,
    Rule::Glare,
    Rule::FramesOverEyes,
    Rule::MouthClosed,
    Rule::EyesOpen,
    Rule::Gaze,
    Rule::Sharp,
    Rule::MotionBlur,
    Rule::BackgroundShadow,
    Rule::BackgroundObjects,
    Rule::BackgroundPlain,
];
/// Where on the way the person should come closer for a better card, though no rule asks for it.
const CLOSER: Rule = Rule::Centred;

/// What to say about a frame, and how far along the way that is.
fn instruction(findings: &[Finding], crop: Option<&Crop>, height: f32) -> (Instruction, f32) {
    let held = |rule: Rule| {
        findings.iter().find(|finding| match rule {
            // nobody is told to uncover their head before they were asked why it is covered
            Rule::HeadCovering => finding.rule == rule && finding.weight == Weight::Hard,
            _ => finding.rule == rule && finding.weight != Weight::Advice,
        })
    };
    let far = crop.is_some_and(|crop| crop.frame().size[1] < CLOSE_ENOUGH * height);
    for (at, rule) in WAY.into_iter().enumerate() {
        let progress = at as f32 / WAY.len() as f32;
        match held(rule) {
            Some(finding) => return (about(finding), progress),
            None if far && rule == CLOSER => return (Instruction::ComeCloser, progress),
            None => {}
        }
    }
    (Instruction::Good, 1.0)
}

/// What would mend a finding.
fn about(finding: &Finding) -> Instruction {
    // the preview is a mirror: what lies on the right of the frame is on the left of the screen
    let either =
        |when_more, when_less| if finding.measured > middle(finding) { when_more } else { when_less };
    match finding.rule {
        Rule::OneFace => Instruction::OnePerson,
        Rule::Resolution | Rule::LargeEnough => Instruction::ComeCloser,
        Rule::HeadSize | Rule::WholeHead => Instruction::MoveBack,
        Rule::Centred => either(Instruction::MoveRight, Instruction::MoveLeft),
        Rule::EyeLine => either(Instruction::MoveUp, Instruction::MoveDown),
        Rule::Roll => either(Instruction::TiltRight, Instruction::TiltLeft),
        Rule::Yaw => either(Instruction::TurnRight, Instruction::TurnLeft),
        Rule::Pitch => either(Instruction::LowerChin, Instruction::LiftChin),
        Rule::DynamicRange => Instruction::MoreLight,
        Rule::Exposure | Rule::EvenLight => Instruction::LightFromFront,
        Rule::HotSpots => Instruction::SofterLight,
        Rule::HeadCovering => Instruction::UncoverHead,
        Rule::TintedGlasses => Instruction::TakeOffSunglasses,
        Rule::Glare | Rule::FramesOverEyes => Instruction::GlassesReflect,
        Rule::FaceOccluded | Rule::MouthOccluded | Rule::EyesOccluded => Instruction::UncoverFace,
        Rule::MouthClosed => Instruction::CloseMouth,
        Rule::EyesOpen => Instruction::OpenEyes,
        Rule::Gaze => Instruction::LookAtCamera,
        Rule::Sharp | Rule::MotionBlur => Instruction::HoldStill,
        Rule::BackgroundShadow => Instruction::StepFromWall,
        Rule::BackgroundObjects | Rule::BackgroundPlain => Instruction::PlainBackground,
        // not on the way
        Rule::NeutralExpression
        | Rule::Glasses
        | Rule::EarsVisible
        | Rule::Noise
        | Rule::Compression
        | Rule::Pixelation
        | Rule::ColourCast
        | Rule::Greyscale
        | Rule::RedEye
        | Rule::PhotoOfPhoto
        | Rule::HeavyEdit
        | Rule::CameraDistance => Instruction::Good,
    }
}

fn middle(finding: &Finding) -> f32 {
    use crate::domain::photo::Limit;
    match finding.limit {
        Limit::Between(low, high) => (low + high) / 2.0,
        Limit::AtLeast(limit) | Limit::AtMost(limit) => limit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::photo::Limit;

    fn finding(rule: Rule, measured: f32, limit: Limit) -> Finding {
        Finding { rule, weight: Weight::Hard, measured, limit, region: None }
    }

    fn say(findings: &[Finding]) -> Instruction {
        instruction(findings, None, 720.0).0
    }

    #[test]
    fn the_most_useful_word_comes_first() {
        let yaw = |measured| finding(Rule::Yaw, measured, Limit::Between(-8.0, 8.0));
        let mouth = finding(Rule::MouthClosed, 0.1, Limit::AtMost(0.01));
        let faces = finding(Rule::OneFace, 2.0, Limit::Between(1.0, 1.0));
        assert_eq!(say(&[]), Instruction::Good);
        assert_eq!(say(&[mouth, yaw(12.0)]), Instruction::TurnRight);
        assert_eq!(say(&[yaw(-12.0)]), Instruction::TurnLeft);
        assert_eq!(say(&[mouth]), Instruction::CloseMouth);
        assert_eq!(say(&[yaw(12.0), faces]), Instruction::OnePerson);
        // a face at the frame's right edge is on the mirror's left
        let centred = |measured| finding(Rule::Centred, measured, Limit::Between(0.45, 0.55));
        assert_eq!(say(&[centred(0.8)]), Instruction::MoveRight);
        assert_eq!(say(&[centred(0.2)]), Instruction::MoveLeft);
        let eye_line = |measured| finding(Rule::EyeLine, measured, Limit::Between(0.3, 0.5));
        assert_eq!(say(&[eye_line(0.7)]), Instruction::MoveUp);
        // the frame's right side down is the person's left ear down
        let roll = |measured| finding(Rule::Roll, measured, Limit::Between(-15.0, 15.0));
        assert_eq!(
            [say(&[roll(20.0)]), say(&[roll(-20.0)])],
            [Instruction::TiltRight, Instruction::TiltLeft]
        );
        assert_eq!(say(&[Finding { weight: Weight::Advice, ..mouth }]), Instruction::Good);
    }

    #[test]
    fn a_covered_head_is_asked_about_before_anything_is_said() {
        let covered = finding(Rule::HeadCovering, 0.4, Limit::AtMost(0.1));
        assert_eq!(say(&[Finding { weight: Weight::Soft, ..covered }]), Instruction::Good);
        assert_eq!(say(&[covered]), Instruction::UncoverHead);
    }

    #[test]
    fn every_rule_on_the_way_has_words_and_progress_grows_along_it() {
        let mut before = -1.0;
        for rule in WAY {
            let (says, progress) = instruction(&[finding(rule, 9.0, Limit::AtMost(1.0))], None, 720.0);
            assert_ne!(says, Instruction::Good, "{rule:?}");
            assert!((0.0..1.0).contains(&progress) && progress > before, "{rule:?}");
            before = progress;
        }
        for rule in Rule::ALL.into_iter().filter(|rule| !WAY.contains(rule)) {
            assert_eq!(say(&[finding(rule, 9.0, Limit::AtMost(1.0))]), Instruction::Good, "{rule:?}");
        }
    }

    #[test]
    fn whoever_stands_far_away_comes_closer_before_the_ring_is_full() {
        let crop = |height| Crop::at(Frame { centre: [300.0; 2], size: [0.77 * height, height], turn: 0.0 });
        let (says, progress) = instruction(&[], Some(&crop(200.0)), 720.0);
        assert!(says == Instruction::ComeCloser && progress < 1.0);
        assert_eq!(instruction(&[], Some(&crop(400.0)), 720.0), (Instruction::Good, 1.0));
    }
}
