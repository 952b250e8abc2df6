//! The judge's thread: takes what is most urgent, answers, waits.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use super::kept::{Guarded, Kept, read};
use super::{Advice, Error, Job, Original, Readiness, Shared};
use crate::camera;
use crate::desktop::photo::card::{self, Card};
use crate::desktop::pixels::{self, Shown};
use crate::domain::photo::{Declared, Policy};
use crate::memory;
use crate::system;
use crate::vision::burst::{self, Shot};
use crate::vision::coach::Coach;
use crate::vision::crop;
use crate::vision::hand::Hand;
use crate::vision::intake::{self, Limits};
use crate::vision::judge::{self, Judge, Live};
use crate::vision::models::Library;
use crate::vision::net::InstructionSet;
use crate::vision::picture::{Picture, Quarter};

/// How much of the way to the newest frame the ring goes with each.
const SMOOTH: f32 = 0.25;
/// The frames of a burst to choose from are drawn at most this large, in pixels.
const SMALL: [u32; 2] = [216, 281];
/// A crop by hand is looked at in at most this size, in pixels.
const SKETCH: [u32; 2] = [740, 961];
/// Crops by hand are looked at on a copy of at most this many pixels a side.
const COPY: u32 = 1600;

/// What the thread does next.
enum Next {
    Anew,
    Look(camera::Picture),
    Keep(camera::Picture),
    /// With the number of the job.
    Make(Job, Declared, u64),
    /// Draws this frame of the burst.
    Draw(usize),
    Sketch(Hand),
    /// There is time to see more on the last frame.
    GoOn,
    Leave,
}

pub(super) struct Worker {
    shared: Arc<Shared>,
    judge: Result<Judge, judge::Error>,
    policy: Arc<Policy>,
    coach: Coach,
    progress: f32,
    /// The memory of the last frame, used again.
    frame: Guarded,
    kept: Vec<Kept>,
    /// The one that the card photo is made of.
    chosen: usize,
    /// How many of those that are kept were drawn.
    drawn: usize,
    hand: Option<Hand>,
    /// A smaller copy for looking at crops by hand.
    copy: Option<Guarded>,
}

impl Worker {
    pub(super) fn load(shared: Arc<Shared>, library: &Library, policy: Arc<Policy>) -> Self {
        let judge = Judge::load(library, InstructionSet::best(), shared.stopwatch.clone())
            .map(|judge| judge.with_threads(system::cores()));
        let readiness = match &judge {
            Ok(_) => Readiness::Ready,
            Err(error) => {
                tracing::error!(%error, "photos cannot be judged");
                Readiness::Absent
            }
        };
        // reading the networks took several times what they are
        memory::give_back();
        shared.tell(|slot| slot.readiness = readiness);
        let coach = Coach::new(shared.stopwatch.elapsed());
        Self {
            shared,
            judge,
            policy,
            coach,
            progress: 0.0,
            frame: Guarded::empty(),
            kept: Vec::new(),
            chosen: 0,
            drawn: 0,
            hand: None,
            copy: None,
        }
    }

    pub(super) fn run(mut self) {
        loop {
            match self.next() {
                Next::Leave => break,
                Next::Anew => self.forget(),
                Next::Look(frame) => self.look(&frame),
                Next::Keep(frame) => self.keep(&frame),
                Next::Make(job, declared, number) => {
                    // a judge that fell over one picture judges the next one all the same
                    let made = catch_unwind(AssertUnwindSafe(|| self.make(job, &declared)));
                    let made = made.unwrap_or(Err(Error::Panicked));
                    if let Err(error) = &made {
                        tracing::info!(%error, "no card photo");
                    }
                    self.tell(made, number);
                }
                Next::Draw(at) => self.draw(at),
                Next::Sketch(hand) => self.sketch(hand),
                Next::GoOn => self.go_on(),
            }
        }
    }

    /// What is most urgent: what lets something go, what a person waits for, what they only look at.
    fn next(&self) -> Next {
        let mut slot = self.shared.slot();
        loop {
            if slot.leave {
                return Next::Leave;
            }
            if std::mem::take(&mut slot.anew) {
                return Next::Anew;
            }
            if let Some(frame) = slot.burst.pop_front() {
                return Next::Keep(frame);
            }
            if let Some(job) = slot.job.take() {
                return Next::Make(job, slot.declared, slot.asked);
            }
            if let Some(hand) = slot.sketch.take() {
                return Next::Sketch(hand);
            }
            if let Some(frame) = slot.frame.take() {
                return Next::Look(frame);
            }
            // a burst is complete, and its best frame made, before any is drawn
            if self.kept.len() > 1
                && self.drawn < self.kept.len()
                && self.kept.iter().any(|kept| kept.card.is_some())
            {
                return Next::Draw(self.drawn);
            }
            if self.judge.as_ref().is_ok_and(Judge::has_more) {
                return Next::GoOn;
            }
            slot = self.shared.woken.wait(slot).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn forget(&mut self) {
        if let Ok(judge) = &mut self.judge {
            judge.forget();
        }
        self.coach = Coach::new(self.shared.stopwatch.elapsed());
        self.progress = 0.0;
        self.let_go();
    }

    /// Wipes the pictures.
    fn let_go(&mut self) {
        self.kept.clear();
        (self.chosen, self.drawn, self.hand, self.copy) = (0, 0, None, None);
    }

    /// What a frame shows; none without a judge, or where it fell over the frame.
    fn live(
        judge: &mut Result<Judge, judge::Error>,
        picture: &Picture,
        policy: &Policy,
        declared: &Declared,
    ) -> Option<Live> {
        let judge = judge.as_mut().ok()?;
        let seen = catch_unwind(AssertUnwindSafe(|| judge.live(picture.rgb(), policy, declared)));
        seen.inspect_err(|_| {
            tracing::error!("the judge fell over a frame");
            judge.forget();
        })
        .ok()
    }

    fn look(&mut self, frame: &camera::Picture) {
        if self.judge.is_err() {
            return;
        }
        let declared = self.shared.slot().declared;
        let memory = &mut self.frame;
        memory.refill(frame);
        let Some(picture) = memory.picture() else { return };
        let Some(seen) = Self::live(&mut self.judge, picture, &self.policy, &declared) else { return };
        let instruction = self.coach.advise(self.shared.stopwatch.elapsed(), seen.instruction);
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

    /// Sees more on the last frame until there is something else to do.
    fn go_on(&mut self) {
        let (shared, Ok(judge)) = (&self.shared, &mut self.judge) else { return };
        let more = catch_unwind(AssertUnwindSafe(|| judge.go_on(|| shared.slot().is_empty())));
        if more.is_err() {
            tracing::error!("the judge fell over a frame");
            judge.forget();
        }
    }

    /// Keeps a frame of a burst with what is measured on it now, so that choosing takes no time later.
    fn keep(&mut self, frame: &camera::Picture) {
        let Some(guarded) = Guarded::of(frame) else { return };
        let declared = self.shared.slot().declared;
        let seen = guarded
            .picture()
            .and_then(|picture| Self::live(&mut self.judge, picture, &self.policy, &declared));
        let shot = seen.as_ref().map(Shot::of).unwrap_or_default();
        let crop = seen.and_then(|seen| seen.crop);
        self.kept.push(Kept { picture: guarded, shot, crop, notes: Vec::new(), card: None });
    }

    fn make(&mut self, job: Job, declared: &Declared) -> Result<Card, Error> {
        match job {
            Job::Best(asked) => {
                let shots: Vec<Shot> = self.kept.iter().map(|kept| kept.shot).collect();
                self.chosen = match &self.judge {
                    Ok(_) => burst::best(&shots).ok_or(Error::NoFrame)?,
                    // nobody has looked: the last one is what the person saw when it was taken
                    Err(_) => shots.len().checked_sub(1).ok_or(Error::NoFrame)?,
                };
                let card = self.card(declared)?;
                let took = self.shared.stopwatch.elapsed().saturating_sub(asked);
                tracing::debug!(?took, frames = shots.len(), chosen = self.chosen, "the best of a burst");
                Ok(card)
            }
            Job::Shot(at) if at < self.kept.len() => {
                let before = std::mem::replace(&mut self.chosen, at);
                self.card(declared).inspect_err(|_| self.chosen = before)
            }
            Job::Shot(_) => Err(Error::NoFrame),
            Job::File(path) => {
                self.let_go();
                let decoded = intake::decode(&read(&path)?, &Limits::default(), &self.shared.stopwatch)?;
                let mut picture = Guarded::new(decoded.picture);
                if let (Ok(judge), Some(lying)) = (&mut self.judge, picture.picture()) {
                    let quarter = judge.quarter(lying);
                    if quarter != Quarter::Upright {
                        picture = Guarded::new(lying.turned(quarter));
                    }
                }
                self.kept.push(Kept {
                    picture,
                    shot: Shot::default(),
                    crop: None,
                    notes: decoded.notes,
                    card: None,
                });
                self.card(declared)
            }
            Job::Cut(hand) => {
                self.hand = hand;
                self.card(declared)
            }
            Job::Again => {
                self.kept.iter_mut().for_each(|kept| kept.card = None);
                self.card(declared)
            }
        }
    }

    /// The card photo of the chosen picture: by hand where it was cropped so, else automatic.
    fn card(&mut self, declared: &Declared) -> Result<Card, Error> {
        let kept = self.kept.get_mut(self.chosen).ok_or(Error::NoFrame)?;
        let picture = kept.picture.picture().ok_or(Error::NoFrame)?;
        if let (Some(hand), Ok(judge)) = (self.hand, &mut self.judge) {
            let cut = Guarded::new(Picture::new(hand.cut(picture, crop::LARGEST)?));
            let cut = cut.picture().ok_or(Error::NoFrame)?;
            let report = judge.check_cut(cut, &self.policy, declared);
            let notes = kept.notes.clone();
            return Ok(Card { notes, ..Card::whole(cut, &report, *declared)? });
        }
        if let Some(card) = &kept.card {
            return Ok(card.clone());
        }
        let card = match &mut self.judge {
            Ok(judge) => {
                let report = judge.check(picture, &self.policy, declared);
                tracing::debug!(verdict = report.verdict.code(), took = ?report.timings.total(), "judged");
                kept.crop = report.crop;
                Card::of(picture, &report, *declared)?
            }
            Err(_) => Card::unjudged(picture)?,
        };
        let card = Card { notes: kept.notes.clone(), ..card };
        kept.card = Some(card.clone());
        Ok(card)
    }

    fn tell(&self, made: Result<Card, Error>, number: u64) {
        let (count, chosen) = (self.kept.len(), self.chosen);
        let original = self.kept.get(chosen).filter(|_| self.judge.is_ok()).and_then(|kept| {
            let picture = kept.picture.picture()?;
            let size = [picture.width() as f32, picture.height() as f32];
            Some(Original { size, automatic: Hand::begin(kept.crop.as_ref(), size) })
        });
        self.shared.tell(|slot| {
            // what was asked for since then counts
            if slot.leave || slot.asked != number {
                return;
            }
            slot.checked = Some(made);
            (slot.shots.count, slot.shots.chosen) = (count, chosen);
            slot.original = original;
        });
    }

    fn draw(&mut self, at: usize) {
        self.drawn += 1;
        let Some(kept) = self.kept.get(at) else { return };
        let Some(picture) = kept.picture.picture() else { return };
        let crop = kept.crop.unwrap_or_else(|| card::middle(picture));
        let small = crop::cut_within(picture, &crop, SMALL);
        let small = small.inspect_err(|error| tracing::debug!(%error, "a frame is not drawn"));
        let shown = small.map_or_else(|_| Shown::none(), |small| pixels::shown(small, (SMALL[0], SMALL[1])));
        self.shared.tell(|slot| {
            if !slot.leave && !slot.anew {
                slot.shots.small.push(shown);
            }
        });
    }

    fn sketch(&mut self, hand: Hand) {
        let Some(original) = self.kept.get(self.chosen).and_then(|kept| kept.picture.picture()) else {
            return;
        };
        if self.copy.is_none() && original.width().max(original.height()) > COPY {
            self.copy = Some(Guarded::new(smaller(original)));
        }
        let from = self.copy.as_ref().and_then(Guarded::picture).unwrap_or(original);
        match hand.cut(from, SKETCH) {
            Ok(cut) => {
                let shown = pixels::shown(cut, (SKETCH[0], SKETCH[1]));
                self.shared.tell(|slot| slot.sketched = (!slot.leave && !slot.anew).then_some(shown));
            }
            Err(error) => tracing::debug!(%error, "a crop is not drawn"),
        }
    }
}

fn smaller(picture: &Picture) -> Picture {
    let (width, height) = (picture.width(), picture.height());
    let scale = COPY as f32 / width.max(height) as f32;
    let side = |side: u32| ((side as f32 * scale).round() as u32).max(1);
    Picture::new(image::imageops::thumbnail(picture.rgb(), side(width), side(height)))
}
