//! The judge: a picture and a policy in, findings and the card picture's place out. On a worker thread, one for each camera.

mod appearance;
mod live;
mod measured;
mod quality;
mod upright;

use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::domain::photo::{Declared, Finding, Policy, Region, Verdict};
use crate::system::Stopwatch;

use super::classes::{ClassMap, Classes};
use super::crop::{self, Crop, Head, Misfit};
use super::detect::{Detector, Face};
use super::expression::{Expression, Expressions};
use super::measure::{self, Backdrop, Lengths, Patch, View};
use super::mesh::{Landmarks, Mesh, Outline};
use super::models::{self, Library, Model};
use super::net::{self, InstructionSet, Memory, Network};
use super::ofiq;
use super::person::{Mask, Segmentation};
use super::picture::{Picture, Pyramid};
use super::pose::{Angles, Canonical};

use appearance::Appearance;

pub use live::Live;
pub use measured::{Measured, Value};

/// Why there is no judge.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Model {
        #[from]
        source: models::Error,
    },
    #[error("{} cannot be run: {source}", model.file())]
    Network { model: Model, source: net::Error },
    #[error("{} has other inputs or outputs than its name says", model.file())]
    Unsuitable { model: Model },
}

/// A second face counts from this share of the first one's area.
const SECOND_FACE: f32 = 0.15;
/// From here on the landmark network says that there is a face.
const PRESENT: f32 = 0.5;
/// Above this a place of the mask may belong to the person.
const MAYBE_PERSON: f32 = 0.1;
/// More of them wait for each other longer than they work.
const MOST_THREADS: usize = 4;
/// The smallest copy of a picture that anything is read from, in pixels.
const SMALLEST_COPY: u32 = 128;

/// How long each stage took, in the order of work.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timings(Vec<(&'static str, Duration)>);

impl Timings {
    pub fn stages(&self) -> impl Iterator<Item = (&'static str, Duration)> {
        self.0.iter().copied()
    }

    pub fn total(&self) -> Duration {
        self.0.iter().map(|(_, time)| *time).sum()
    }
}

/// Notes how long each stage takes.
struct Laps<'a> {
    stopwatch: &'a Stopwatch,
    last: Duration,
    timings: Timings,
}

impl<'a> Laps<'a> {
    fn start(stopwatch: &'a Stopwatch) -> Self {
        Self { stopwatch, last: stopwatch.elapsed(), timings: Timings::default() }
    }

    fn lap(&mut self, stage: &'static str) {
        let now = self.stopwatch.elapsed();
        self.timings.0.push((stage, now.saturating_sub(self.last)));
        self.last = now;
    }
}

/// What a check of a picture says.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    pub verdict: Verdict,
    /// In the order of [`Rule::ALL`].
    pub findings: Vec<Finding>,
    /// Where the card picture lies; none where none fits.
    pub crop: Option<Crop>,
    /// Around the face; none where there is none.
    pub face: Option<Region>,
    /// Where its landmarks lie, to be drawn.
    pub outline: Option<Outline>,
    pub measured: Measured,
    /// Components of ISO/IEC 29794-5 that can be computed, for a judge [`Judge::with_scores`].
    pub ofiq: Vec<ofiq::Score>,
    pub timings: Timings,
}

/// The networks, ready to run. Loading takes some tens of milliseconds, and memory for each: one for a thread.
pub struct Judge {
    detector: Detector,
    landmarks: Landmarks,
    expressions: Expressions,
    segmentation: Segmentation,
    /// Of these four, which run one after the other.
    memory: Memory,
    classes: Option<Classes>,
    canonical: Canonical,
    stopwatch: Stopwatch,
    tracked: live::Tracked,
    scores: bool,
    threads: Option<Arc<rayon::ThreadPool>>,
}

/// What the networks see of one face.
struct Seen {
    mesh: Mesh,
    expression: Expression,
    angles: Angles,
    lengths: Lengths,
    mask: Mask,
    /// None where the network is not there, or was not run on this frame.
    classes: Option<ClassMap>,
    head: Head,
}

/// A face with what its measurement starts from.
struct OfFace<'a> {
    seen: &'a Seen,
    appearance: Option<&'a Appearance>,
    /// What the picture itself is like.
    quality: Vec<Value>,
    /// How many faces count.
    faces: u32,
    /// The second one's area by the first one's.
    second: f32,
}

/// Everything that is measured on one face.
struct Judged {
    crop: Result<Crop, Misfit>,
    measured: Measured,
}

impl Judge {
    /// Loads and verifies the networks.
    pub fn load(library: &Library, set: InstructionSet, stopwatch: Stopwatch) -> Result<Self, Error> {
        let network = |model: Model| {
            let file = library.load(model)?;
            Network::load(&file, set).map_err(|source| Error::Network { model, source })
        };
        let unsuitable = |model| Error::Unsuitable { model };
        let classes = || {
            let Some(file) = library.load_if_there(Model::Classes)? else { return Ok(None) };
            let network = Network::load(&file, set)
                .map_err(|source| Error::Network { model: Model::Classes, source })?;
            Classes::new(network).ok_or(unsuitable(Model::Classes)).map(Some)
        };
        // it takes as long as all others together
        thread::scope(|scope| {
            let meanwhile = thread::Builder::new().spawn_scoped(scope, classes);
            let judge = Self::without_classes(network, library, stopwatch)?;
            let loaded = match meanwhile {
                Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
                Err(_) => classes(),
            };
            Ok(Self { classes: loaded?, ..judge })
        })
    }

    fn without_classes(
        network: impl Fn(Model) -> Result<Network, Error>,
        library: &Library,
        stopwatch: Stopwatch,
    ) -> Result<Self, Error> {
        let unsuitable = |model| Error::Unsuitable { model };
        let detector = Detector::new(network(Model::FaceDetector)?).ok_or(unsuitable(Model::FaceDetector))?;
        let landmarks =
            Landmarks::new(network(Model::FaceLandmarks)?).ok_or(unsuitable(Model::FaceLandmarks))?;
        let expressions =
            Expressions::new(network(Model::Expression)?).ok_or(unsuitable(Model::Expression))?;
        let segmentation = Segmentation::new(network(Model::Person)?).ok_or(unsuitable(Model::Person))?;
        let networks =
            [detector.network(), landmarks.network(), expressions.network(), segmentation.network()];
        Ok(Self {
            classes: None,
            memory: Memory::of(networks),
            detector,
            landmarks,
            expressions,
            segmentation,
            canonical: Canonical::read(&library.load(Model::FaceGeometry)?)
                .ok_or(unsuitable(Model::FaceGeometry))?,
            stopwatch,
            tracked: live::Tracked::default(),
            scores: false,
            threads: None,
        })
    }

    /// From now on [`Self::check`] computes OFIQ's components too. No rule reads them, and they take as long as a network.
    pub fn with_scores(self) -> Self {
        Self { scores: true, ..self }
    }

    /// From now on [`Self::check`] has the largest network run on so many threads. Frames of a camera keep to one: the others draw them.
    pub fn with_threads(self, threads: usize) -> Self {
        let threads = threads.min(MOST_THREADS);
        // where the system has no threads to give, one does it all
        let pool = (threads > 1).then(|| rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok());
        Self { threads: pool.flatten().map(Arc::new), ..self }
    }

    /// Judges a picture that was taken or brought.
    pub fn check(&mut self, picture: &Picture, policy: &Policy, declared: &Declared) -> Report {
        self.on_threads(|judge| judge.judge(picture, policy, declared, crop::plan))
    }

    /// Judges a card picture that was cut by other means: as it is, not as it could be cut.
    pub fn check_cut(&mut self, card: &Picture, policy: &Policy, declared: &Declared) -> Report {
        self.on_threads(|judge| judge.judge(card, policy, declared, |_, size, _| Ok(Crop::whole(size))))
    }

    fn on_threads(&mut self, judge: impl FnOnce(&mut Self) -> Report + Send) -> Report {
        match self.threads.clone() {
            Some(threads) => threads.install(|| judge(self)),
            None => judge(self),
        }
    }

    fn judge(
        &mut self,
        picture: &Picture,
        policy: &Policy,
        declared: &Declared,
        plan: impl Fn(&Head, [f32; 2], &crop::Ranges) -> Result<Crop, Misfit>,
    ) -> Report {
        let stopwatch = self.stopwatch.clone();
        let mut laps = Laps::start(&stopwatch);
        let pyramid = Pyramid::build(picture.rgb(), SMALLEST_COPY);
        laps.lap("shrink");
        let found = self.detector.thorough(&pyramid, &mut self.memory);
        laps.lap("detect");
        let Some((mesh, faces, second)) = self.main_face(&pyramid, found) else {
            let measured = Measured::faceless([picture.width() as f32, picture.height() as f32]);
            let findings = measured.findings(policy, declared);
            return Report {
                verdict: Verdict::of(&findings),
                findings,
                crop: None,
                face: None,
                outline: None,
                measured,
                ofiq: Vec::new(),
                timings: laps.timings,
            };
        };
        laps.lap("landmarks");
        let mirrored = mesh.mirrored(pyramid.width() as f32, self.canonical.opposites());
        let expression = self.expressions.evenly(&mesh, &mirrored, &mut self.memory);
        laps.lap("expression");
        let mask = self.segmentation.mask_evenly(&pyramid, &mut self.memory);
        laps.lap("person");
        let mut seen = self.seen(mesh, expression, mask);
        let threads = self.threads.as_ref().map_or(1, |threads| threads.current_num_threads());
        let mut network = || self.classes.as_mut().map(|classes| classes.map(&pyramid, &seen.head, threads));
        let look = || {
            let patch = Patch::cut(&pyramid, &seen.mesh, &seen.lengths);
            let quality = quality::thorough(&pyramid, &seen, &patch, &self.canonical);
            (patch, quality)
        };
        let (classes, (patch, quality)) = if threads > 1 {
            let both = rayon::join(network, look);
            laps.lap("classes");
            both
        } else {
            let classes = network();
            laps.lap("classes");
            (classes, look())
        };
        seen.classes = classes;
        let appearance = seen.classes.as_ref().map(|map| {
            let behind = View::of(&pyramid, &crop::first_wish(&seen.head));
            Appearance::of(&seen, map, &patch, behind)
        });
        let size = [picture.width() as f32, picture.height() as f32];
        let crop = plan(&seen.head, size, &crop::Ranges::of(policy));
        let of_face = OfFace { seen: &seen, appearance: appearance.as_ref(), quality, faces, second };
        let judged = measure_face(&pyramid, of_face, crop, declared);
        let findings = judged.measured.findings(policy, declared);
        laps.lap("measure");
        let mut ofiq = Vec::new();
        if self.scores {
            ofiq = ofiq::scores(&ofiq::Sources {
                picture: picture.rgb(),
                mesh: &seen.mesh,
                lengths: &seen.lengths,
                angles: &seen.angles,
                mask: &seen.mask,
                second,
                lip_gap: judged.measured.detail("lip_gap").unwrap_or_default(),
            });
            laps.lap("ofiq");
        }
        Report {
            verdict: Verdict::of(&findings),
            findings,
            crop: judged.crop.ok(),
            face: Some(region(seen.mesh.edges())),
            outline: Some(seen.mesh.outline()),
            measured: judged.measured,
            ofiq,
            timings: laps.timings,
        }
    }

    /// The points of the largest face, how many faces count, and the second one's share of the first one's area. Only what the
    /// landmark network takes for a face as well is one.
    fn main_face(&mut self, pyramid: &Pyramid<'_>, mut found: Vec<Face>) -> Option<(Mesh, u32, f32)> {
        found.sort_by(|a, b| b.area().total_cmp(&a.area()));
        let mut main: Option<(Mesh, f32)> = None;
        let mut faces = 0;
        let mut second: f32 = 0.0;
        for face in found {
            let share = main.as_ref().map_or(1.0, |(_, area)| face.area() / area);
            // what is too small to count needs no second look
            if main.is_some() && share < SECOND_FACE {
                second = second.max(share);
                continue;
            }
            if main.is_some() {
                let there =
                    self.landmarks.find(pyramid, &face.region(), &mut self.memory).presence >= PRESENT;
                faces += u32::from(there);
                second = second.max(if there { share } else { 0.0 });
                continue;
            }
            let mesh = self.landmarks.find_evenly(
                pyramid,
                &face.region(),
                self.canonical.opposites(),
                &mut self.memory,
            );
            if mesh.presence >= PRESENT {
                faces = 1;
                main = Some((mesh, face.area()));
            }
        }
        main.map(|(mesh, _)| (mesh, faces, second))
    }

    /// What follows from what the networks say about a face.
    fn seen(&self, mesh: Mesh, expression: Expression, mask: Mask) -> Seen {
        let lengths = measure::lengths(&mesh);
        let head = measure::head(&lengths, &mask);
        Seen { angles: self.canonical.angles(&mesh), expression, lengths, mask, classes: None, head, mesh }
    }
}

/// Measures everything that the rules ask for on one face.
fn measure_face(
    pyramid: &Pyramid<'_>,
    of_face: OfFace<'_>,
    crop: Result<Crop, Misfit>,
    declared: &Declared,
) -> Judged {
    let OfFace { seen, appearance, quality, faces, second } = of_face;
    let size = [pyramid.width() as f32, pyramid.height() as f32];
    let card = match &crop {
        Ok(crop) => *crop.frame(),
        Err(_) => crop::first_wish(&seen.head),
    };
    // the map of classes knows the background better than the mask does
    let plainness = match appearance {
        Some(_) => None,
        None => Backdrop::of(View::of(pyramid, &card), |pixel| seen.mask.at(pixel) > MAYBE_PERSON),
    };
    let measured = Measured::of(measured::Sources {
        size,
        faces,
        second,
        seen,
        appearance,
        crop: &crop,
        outside: measure::outside(&seen.mesh, &seen.head, size, declared.head_covering == Some(true)),
        mouth: measure::mouth(pyramid, &seen.mesh, &seen.lengths),
        quality,
        plainness: plainness.map(|backdrop| backdrop.gradient()),
    });
    Judged { crop, measured }
}

fn region([left, top, right, bottom]: [f32; 4]) -> Region {
    Region { x: left, y: top, width: right - left, height: bottom - top }
}
