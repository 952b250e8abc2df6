//! The judge on a thread of its own: frames of the camera while coaching, bursts, files, crops by hand. The screen leaves
//! work in slots, where the newest frame replaces an older one, and is told by a tick when there is an answer. The pictures
//! themselves stay with the thread, which wipes them; the screen sees small copies.

mod kept;
mod worker;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::stream::BoxStream;
use tokio::sync::watch;

use super::card::Card;
use super::ticks::{self, Ticking};
use crate::camera;
use crate::desktop::pixels::Shown;
use crate::domain::photo::{Declared, Instruction, Policy};
use crate::system::Stopwatch;
use crate::vision::burst;
use crate::vision::crop;
use crate::vision::hand::Hand;
use crate::vision::intake;
use crate::vision::models::Library;

use worker::Worker;

pub use kept::read;

/// Whether the judge can judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Readiness {
    #[default]
    Loading,
    Ready,
    /// The networks are missing or altered: said in words, and a person looks at the photo.
    Absent,
}

/// What the person in front of the camera is told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Advice {
    pub instruction: Instruction,
    /// How much is right, 0 to 1, without jumps.
    pub progress: f32,
}

/// The frames of a burst, small, in the order in which they were taken.
#[derive(Debug, Clone, Default)]
pub struct Shots {
    /// Those that are ready to be shown: they are drawn after the card photo is.
    pub small: Vec<Shown>,
    pub count: usize,
    /// The one that the card photo was made of.
    pub chosen: usize,
}

/// A picture that is cropped by hand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Original {
    /// Width and height in pixels.
    pub size: [f32; 2],
    /// Where the automatic crop lies.
    pub automatic: Hand,
}

/// Why there is no card photo.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the file cannot be opened: {source}")]
    File {
        #[from]
        source: std::io::Error,
    },
    #[error(transparent)]
    Intake {
        #[from]
        source: intake::Error,
    },
    #[error(transparent)]
    Crop {
        #[from]
        source: crop::Error,
    },
    #[error("no frame came from the camera")]
    NoFrame,
    #[error("the judge panicked")]
    Panicked,
}

/// What is to become the card photo.
#[derive(Debug)]
enum Job {
    /// The best frame of the burst; asked for at this moment.
    Best(Duration),
    /// This frame of the burst.
    Shot(usize),
    File(PathBuf),
    /// The picture that is here, cropped by hand, or automatically with none.
    Cut(Option<Hand>),
    /// The same picture again: what was declared has changed.
    Again,
}

#[derive(Default)]
struct Slot {
    frame: Option<camera::Picture>,
    /// Frames of a burst that wait to be looked at, the first one first.
    burst: VecDeque<camera::Picture>,
    job: Option<Job>,
    /// Counts the jobs: the answer to an older one is not told.
    asked: u64,
    /// A crop by hand that is only to be looked at.
    sketch: Option<Hand>,
    /// Another person or another camera.
    anew: bool,
    leave: bool,
    declared: Declared,
    readiness: Readiness,
    advice: Option<Advice>,
    /// Frames that were judged.
    judged: u64,
    checked: Option<Result<Card, Error>>,
    shots: Shots,
    original: Option<Original>,
    sketched: Option<Shown>,
}

impl Slot {
    /// Whether nothing is left for the thread to do.
    fn is_empty(&self) -> bool {
        self.frame.is_none()
            && self.burst.is_empty()
            && self.job.is_none()
            && self.sketch.is_none()
            && !self.anew
            && !self.leave
    }
}

struct Shared {
    slot: Mutex<Slot>,
    woken: Condvar,
    told: watch::Sender<()>,
    stopwatch: Stopwatch,
}

impl Shared {
    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, change: impl FnOnce(&mut Slot)) {
        change(&mut self.slot());
        self.told.send_replace(());
    }
}

/// A handle to the thread, which ends with it.
pub struct Eye(Arc<Shared>);

impl Eye {
    /// Starts the thread; loading the networks begins at once.
    pub fn start(library: Library, policy: Arc<Policy>, stopwatch: Stopwatch) -> std::io::Result<Self> {
        let shared = Arc::new(Shared {
            slot: Mutex::default(),
            woken: Condvar::new(),
            told: watch::Sender::new(()),
            stopwatch,
        });
        let worker = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("judge".to_owned());
        thread.spawn(move || Worker::load(worker, &library, policy).run())?;
        Ok(Self(shared))
    }

    /// Judges a frame, unless a newer one comes first.
    pub fn look(&self, frame: camera::Picture) {
        self.wake(|slot| slot.frame = Some(frame));
    }

    /// Forgets the face of the frames before, what was said about it, and every picture.
    pub fn look_anew(&self) {
        self.wake(|slot| {
            *slot = Slot {
                anew: true,
                leave: slot.leave,
                asked: slot.asked + 1,
                declared: slot.declared,
                readiness: slot.readiness,
                judged: slot.judged,
                ..Slot::default()
            };
        });
    }

    /// Keeps a frame of a burst and judges it in its turn. More than [`burst::FRAMES`] are not kept.
    pub fn keep(&self, frame: camera::Picture) {
        self.wake(|slot| {
            slot.frame = None;
            if slot.shots.count < burst::FRAMES {
                slot.shots.count += 1;
                slot.burst.push_back(frame);
            }
        });
    }

    /// Makes the card photo of the best frame that was kept.
    pub fn choose_best(&self) {
        let now = self.0.stopwatch.elapsed();
        self.work(Job::Best(now));
    }

    /// Makes the card photo of this frame of the burst instead.
    pub fn choose(&self, shot: usize) {
        self.work(Job::Shot(shot));
    }

    /// Reads a file and checks its picture.
    pub fn check_file(&self, path: PathBuf) {
        self.look_anew();
        self.work(Job::File(path));
    }

    /// Cuts the picture that is here by hand, or automatically, and judges what was cut.
    pub fn cut(&self, hand: Option<Hand>) {
        self.work(Job::Cut(hand));
    }

    /// Shows how a crop by hand would look, unless a newer one comes first.
    pub fn sketch(&self, hand: Hand) {
        self.wake(|slot| slot.sketch = Some(hand));
    }

    /// What the person has said about themselves: counts from now on, also for the picture that is here.
    pub fn declare(&self, declared: Declared) {
        self.0.slot().declared = declared;
        self.work(Job::Again);
    }

    fn work(&self, job: Job) {
        self.wake(|slot| {
            slot.asked += 1;
            (slot.job, slot.frame, slot.checked) = (Some(job), None, None);
        });
    }

    fn wake(&self, change: impl FnOnce(&mut Slot)) {
        change(&mut self.0.slot());
        self.0.woken.notify_one();
    }

    /// The answer to the last check, once.
    pub fn checked(&self) -> Option<Result<Card, Error>> {
        self.0.slot().checked.take()
    }

    /// The frames of the burst that the card photo was chosen from.
    pub fn shots(&self) -> Shots {
        self.0.slot().shots.clone()
    }

    /// The picture of the last check, if it can be cropped by hand.
    pub fn original(&self) -> Option<Original> {
        self.0.slot().original
    }

    /// The last crop by hand that was looked at.
    pub fn sketched(&self) -> Option<Shown> {
        self.0.slot().sketched.clone()
    }

    pub fn declared(&self) -> Declared {
        self.0.slot().declared
    }

    pub fn readiness(&self) -> Readiness {
        self.0.slot().readiness
    }

    /// What was last seen in front of the camera.
    pub fn advice(&self) -> Option<Advice> {
        self.0.slot().advice
    }

    /// Frames that were judged since the start.
    pub fn judged(&self) -> u64 {
        self.0.slot().judged
    }
}

impl Drop for Eye {
    fn drop(&mut self) {
        self.wake(|slot| *slot = Slot { leave: true, ..Slot::default() });
    }
}

impl Ticking for Eye {
    fn ticks(&self) -> BoxStream<'static, ()> {
        ticks::of(&self.0.told.subscribe())
    }
}
