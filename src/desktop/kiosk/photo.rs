//! The photo part of an order: where the picture comes from, the camera, a file of one's own, and looking it over.
//!
//! ```text
//! choice ─→ capture ─→ review ─→ taken
//!    └────→ files ────────┘ └─→ capture, files (another one)
//! ```
//!
//! One value holds it all: when it goes, camera, judge and memory stick are let go, and every picture is wiped
//! (invariant 5). The screen's thread only reads what the others have ready (invariant 10).

pub mod capture;
pub mod choice;
pub mod files;
pub mod review;

use std::path::PathBuf;
use std::sync::Arc;

use iced::Subscription;

use crate::camera::{Opener, Patience};
use crate::desktop::kiosk::page::Page;
use crate::desktop::photo::Chosen;
use crate::desktop::photo::eye::Eye;
use crate::desktop::photo::ticks::Running;
use crate::desktop::widget::Scene;
use crate::domain::order::Ore;
use crate::domain::photo::{Policy, Verdict};
use crate::system::{Clock, Stopwatch};
use crate::vision::models::Library;

use capture::{Capture, Counts};
use files::Files;
use review::{Review, Sending};

/// The control that leads to the own files, on every screen of the camera.
const OWN_FILE: &str = "photo-own";
/// The control that leads from the files to the camera.
const TAKE_HERE: &str = "photo-here";

/// What the photo part is given.
#[derive(Clone)]
pub struct Context {
    pub camera: Arc<dyn Opener>,
    pub patience: Patience,
    pub clock: Clock,
    pub stopwatch: Stopwatch,
    pub models: Library,
    pub policy: Arc<Policy>,
    /// A folder that counts as a memory stick while it is there.
    pub own_files: Option<PathBuf>,
    /// What a new card costs when the photo breaks the rules.
    pub violation: Ore,
    /// As it stands on the card.
    pub name: String,
}

/// Where a picture came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Camera,
    File,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    CameraChosen,
    FilesChosen,
    Capture(capture::Message),
    Files(files::Message),
    /// The judge has something to say.
    EyeTold,
    UsePressed,
    AgainPressed,
    InsistPressed,
}

/// What the root has to do.
#[derive(Debug)]
pub enum Action {
    None,
    Taken(Chosen),
}

enum Step {
    Choice,
    Capture(Capture),
    Files(Files),
    Review(Review),
}

/// See the module.
pub struct Photo {
    context: Context,
    /// None where the system starts no thread: then no photo can be taken, and the screen says so.
    eye: Option<Running<Eye>>,
    step: Step,
}

impl Photo {
    /// Begins with the choice; the judge's networks are loaded meanwhile.
    pub fn new(context: Context) -> Self {
        let eye = Eye::start(context.models.clone(), Arc::clone(&context.policy), context.stopwatch.clone())
            .inspect_err(|error| tracing::error!(%error, "the judge's thread cannot be started"))
            .ok()
            .map(Running::new);
        Self { context, eye, step: Step::Choice }
    }

    /// `scale`: physical pixels of a logical one.
    pub fn update(&mut self, message: Message, scale: f32) -> Action {
        let Some(eye) = self.eye.clone() else { return Action::None };
        match (message, &mut self.step) {
            (Message::CameraChosen, _) => self.start_camera(&eye),
            (Message::FilesChosen, _) => self.start_files(),
            (Message::Capture(message), Step::Capture(capture)) => capture.update(message, &eye, scale),
            (Message::Files(message), Step::Files(files)) => files.update(message, &eye),
            (Message::EyeTold, _) => self.hear(&eye),
            (Message::AgainPressed, Step::Review(Review { source: Source::Camera, .. })) => {
                self.start_camera(&eye);
            }
            (Message::AgainPressed, Step::Review(Review { source: Source::File, .. })) => self.start_files(),
            (Message::UsePressed, Step::Review(review)) if review.card.verdict == Verdict::Accept => {
                return Action::Taken(chosen(review, &self.context, false));
            }
            (Message::InsistPressed, Step::Review(review)) if review.card.may_insist() => {
                return Action::Taken(chosen(review, &self.context, true));
            }
            // a press on a screen that has gone meanwhile
            _ => {}
        }
        Action::None
    }

    /// One step back, to the choice; false where that is out of the photo part.
    pub fn back(&mut self) -> bool {
        let inside = !matches!(self.step, Step::Choice);
        self.leave();
        inside
    }

    /// The chosen photo is on its way to an order that waits for it: shown until this is left or has failed.
    pub fn sending(&mut self) {
        self.send(Sending::Underway);
    }

    /// The photo did not arrive: what happened and what to do, in words. It can be sent again.
    pub fn failed(&mut self, (headline, more): (String, String)) {
        self.send(Sending::Failed(headline, more));
    }

    fn send(&mut self, sending: Sending) {
        if let Step::Review(review) = &mut self.step {
            review.sending = sending;
        }
    }

    /// Whether the screen lights the person's face.
    pub fn is_lit(&self) -> bool {
        matches!(self.step, Step::Capture(_))
    }

    /// Frames of the running camera; none where no camera runs.
    pub fn counts(&self) -> Option<Counts> {
        match (&self.step, &self.eye) {
            (Step::Capture(capture), Some(eye)) => Some(capture.counts(eye)),
            _ => None,
        }
    }

    pub fn subscription(&self) -> Subscription<Message> {
        let eye = self.eye.as_ref().map(Running::subscription).unwrap_or_else(Subscription::none);
        let step = match &self.step {
            Step::Choice | Step::Review(_) => Subscription::none(),
            Step::Capture(capture) => capture.subscription().map(Message::Capture),
            Step::Files(files) => files.subscription().map(Message::Files),
        };
        Subscription::batch([eye.map(|()| Message::EyeTold), step])
    }

    pub fn page<'a>(&'a self, scene: Scene<'a>) -> Page<'a, Message> {
        let Some(eye) = &self.eye else { return choice::page(scene, false) };
        match &self.step {
            Step::Choice => choice::page(scene, true),
            Step::Capture(capture) => capture.page(scene, eye),
            Step::Files(files) => files.page(scene),
            Step::Review(review) => review.page(scene, &self.context.name, self.context.violation),
        }
    }

    fn start_camera(&mut self, eye: &Eye) {
        // one that still runs would be in the way of the new one
        self.leave();
        let Context { camera, clock, patience, .. } = &self.context;
        self.step = Step::Capture(Capture::start(Arc::clone(camera), clock.clone(), *patience, eye));
    }

    fn start_files(&mut self) {
        self.leave();
        self.step = Step::Files(Files::start(self.context.own_files.clone()));
    }

    fn leave(&mut self) {
        if let Some(Counts { shown, drawn, judged }) = self.counts() {
            tracing::debug!(shown, drawn, judged, "the camera is let go");
        }
        self.step = Step::Choice;
    }

    /// The judge's answer to the picture that was taken or chosen.
    fn hear(&mut self, eye: &Eye) {
        let Some(checked) = eye.checked() else { return };
        let source = match &self.step {
            Step::Capture(_) => Source::Camera,
            Step::Files(_) => Source::File,
            // the person went back meanwhile: the picture goes
            Step::Choice | Step::Review(_) => return,
        };
        match (checked, &mut self.step) {
            (Ok(card), _) => {
                self.leave();
                self.step = Step::Review(Review { card, source, sending: Sending::default() });
            }
            (Err(_), Step::Capture(capture)) => capture.again(),
            (Err(error), Step::Files(files)) => files.failed(error),
            (Err(_), Step::Choice | Step::Review(_)) => {}
        }
    }
}

fn chosen(review: &Review, context: &Context, insisted: bool) -> Chosen {
    Chosen::new(review.card.clone(), context.policy.name.clone(), insisted)
}
