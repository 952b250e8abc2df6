//! The judge on a thread of its own: frames of the camera while coaching, the picture that was taken or brought. The screen
//! leaves work in one slot, where the newest frame replaces an older one, and is told by a tick when there is an answer.

use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::stream::BoxStream;
use image::RgbImage;
use tokio::sync::watch;
use zeroize::Zeroizing;

use super::card::Card;
use super::ticks::{self, Ticking};
use crate::camera;
use crate::desktop::pixels;
use crate::domain::photo::{Declared, Instruction, Policy};
use crate::system::Stopwatch;
use crate::vision::coach::Coach;
use crate::vision::crop;
use crate::vision::intake::{self, Limits};
use crate::vision::judge::{self, Judge};
use crate::vision::models::Library;
use crate::vision::net::InstructionSet;
use crate::vision::picture::{Picture, Quarter};

/// How much of the way to the newest frame the ring goes with each.
const SMOOTH: f32 = 0.25;

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
    #[error("the judge panicked")]
    Panicked,
}

/// A picture to be checked.
enum Job {
    Frame(camera::Picture),
    File(PathBuf),
}

#[derive(Default)]
struct Slot {
    frame: Option<camera::Picture>,
    job: Option<Job>,
    /// Another person or another camera.
    anew: bool,
    leave: bool,
    readiness: Readiness,
    advice: Option<Advice>,
    /// Frames that were judged.
    judged: u64,
    checked: Option<Result<Card, Error>>,
}

struct Shared {
    slot: Mutex<Slot>,
    woken: Condvar,
    told: watch::Sender<()>,
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
        let shared =
            Arc::new(Shared { slot: Mutex::default(), woken: Condvar::new(), told: watch::Sender::new(()) });
        let worker = Arc::clone(&shared);
        std::thread::Builder::new().name("judge".to_owned()).spawn(move || {
            let judge = Judge::load(&library, InstructionSet::best(), stopwatch.clone());
            let readiness = match &judge {
                Ok(_) => Readiness::Ready,
                Err(error) => {
                    tracing::error!(%error, "photos cannot be judged");
                    Readiness::Absent
                }
            };
            worker.tell(|slot| slot.readiness = readiness);
            let coach = Coach::new(stopwatch.elapsed());
            Worker { shared: worker, judge, policy, stopwatch, coach, progress: 0.0, frame: None }.run();
        })?;
        Ok(Self(shared))
    }

    /// Judges a frame, unless a newer one comes first.
    pub fn look(&self, frame: camera::Picture) {
        self.0.slot().frame = Some(frame);
        self.0.woken.notify_one();
    }

    /// Forgets the face of the frames before, and what was said about it.
    pub fn look_anew(&self) {
        let mut slot = self.0.slot();
        (slot.anew, slot.frame, slot.advice) = (true, None, None);
    }

    /// Checks a frame that was taken.
    pub fn check(&self, frame: camera::Picture) {
        self.work(Job::Frame(frame));
    }

    /// Reads a file and checks its picture.
    pub fn check_file(&self, path: PathBuf) {
        self.work(Job::File(path));
    }

    fn work(&self, job: Job) {
        let mut slot = self.0.slot();
        (slot.job, slot.frame, slot.checked) = (Some(job), None, None);
        self.0.woken.notify_one();
    }

    /// The answer to the last check, once.
    pub fn checked(&self) -> Option<Result<Card, Error>> {
        self.0.slot().checked.take()
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
        let mut slot = self.0.slot();
        (slot.leave, slot.frame, slot.job, slot.checked) = (true, None, None, None);
        self.0.woken.notify_one();
    }
}

impl Ticking for Eye {
    fn ticks(&self) -> BoxStream<'static, ()> {
        ticks::of(&self.0.told.subscribe())
    }
}

/// What the thread does next.
enum Next {
    Anew,
    Look(camera::Picture),
    Check(Job),
    Leave,
}

struct Worker {
    shared: Arc<Shared>,
    judge: Result<Judge, judge::Error>,
    policy: Arc<Policy>,
    stopwatch: Stopwatch,
    coach: Coach,
    progress: f32,
    /// The memory of the last frame, used again.
    frame: Option<RgbImage>,
}

impl Worker {
    fn run(mut self) {
        loop {
            match self.next() {
                Next::Leave => break,
                Next::Anew => {
                    if let Ok(judge) = &mut self.judge {
                        judge.forget();
                    }
                    self.coach = Coach::new(self.stopwatch.elapsed());
                    self.progress = 0.0;
                }
                Next::Look(frame) => self.look(&frame),
                Next::Check(job) => {
                    // a judge that fell over one picture judges the next one all the same
                    let checked = catch_unwind(AssertUnwindSafe(|| self.check(job)));
                    let checked = checked.unwrap_or(Err(Error::Panicked));
                    if let Err(error) = &checked {
                        tracing::info!(%error, "no card photo");
                    }
                    self.shared.tell(|slot| slot.checked = (!slot.leave).then_some(checked));
                }
            }
        }
        if let Some(frame) = self.frame.take() {
            pixels::wipe(frame);
        }
    }

    fn next(&self) -> Next {
        let mut slot = self.shared.slot();
        loop {
            if slot.leave {
                return Next::Leave;
            }
            if std::mem::take(&mut slot.anew) {
                return Next::Anew;
            }
            if let Some(job) = slot.job.take() {
                return Next::Check(job);
            }
            if let Some(frame) = slot.frame.take() {
                return Next::Look(frame);
            }
            slot = self.shared.woken.wait(slot).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn look(&mut self, frame: &camera::Picture) {
        let Ok(judge) = &mut self.judge else { return };
        let Some(pixels) = copied(frame, &mut self.frame) else { return };
        let policy = &self.policy;
        let seen = catch_unwind(AssertUnwindSafe(|| judge.live(pixels, policy, &Declared::default())));
        let Ok(seen) = seen else {
            tracing::error!("the judge fell over a frame");
            judge.forget();
            return;
        };
        let instruction = self.coach.advise(self.stopwatch.elapsed(), seen.instruction);
        self.progress += SMOOTH * (seen.progress - self.progress);
        let progress =
            if (seen.progress - self.progress).abs() < 0.01 { seen.progress } else { self.progress };
        let took = seen.timings.total();
        self.shared.tell(|slot| {
            slot.judged += 1;
            // the words of a person who has gone are not said to the next one
            slot.advice = (!slot.anew).then_some(Advice { instruction, progress });
        });
        if took > Duration::from_millis(33) {
            tracing::trace!(?took, "slower than the camera");
        }
    }

    fn check(&mut self, job: Job) -> Result<Card, Error> {
        let mut picture = match job {
            Job::Frame(frame) => {
                let pixels = RgbImage::from_raw(frame.width, frame.height, frame.rgb.to_vec());
                Picture::new(pixels.ok_or(crop::Error::Empty)?)
            }
            Job::File(path) => intake::decode(&read(&path)?, &Limits::default(), &self.stopwatch)?.picture,
        };
        let card = match &mut self.judge {
            Ok(judge) => {
                let quarter = judge.quarter(&picture);
                if quarter != Quarter::Upright {
                    let upright = picture.turned(quarter);
                    let lying = std::mem::replace(&mut picture, upright);
                    pixels::wipe(lying.into_rgb());
                }
                let report = judge.check(&picture, &self.policy, &Declared::default());
                tracing::debug!(verdict = report.verdict.code(), took = ?report.timings.total(), "judged");
                Card::of(&picture, &report)
            }
            Err(_) => Card::unjudged(&picture),
        };
        pixels::wipe(picture.into_rgb());
        Ok(card?)
    }
}

/// The frame as the judge reads it, in memory that is used again.
fn copied<'a>(frame: &camera::Picture, kept: &'a mut Option<RgbImage>) -> Option<&'a RgbImage> {
    match kept {
        Some(picture) if picture.dimensions() == (frame.width, frame.height) => {
            picture.copy_from_slice(&frame.rgb);
        }
        _ => {
            if let Some(old) = kept.take() {
                pixels::wipe(old);
            }
            *kept = RgbImage::from_raw(frame.width, frame.height, frame.rgb.to_vec());
        }
    }
    kept.as_ref()
}

/// The bytes of a file: one more than is allowed at most, so that the limit is noticed.
pub fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, std::io::Error> {
    let most = Limits::default().max_bytes as u64 + 1;
    let file = File::open(path)?;
    let length = file.metadata()?.len().min(most);
    // all at once, so that nothing is moved and left behind
    let mut bytes = Zeroizing::new(Vec::with_capacity(length as usize + 1));
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}
