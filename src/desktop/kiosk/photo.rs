//! The photo part of an order: where the picture comes from, the camera, a file of one's own, and looking it over.
//!
//! ```text
//! choice ─→ capture ─→ review ─→ taken
//!    └────→ files ────────┘ ├─→ capture, files (another one)
//!                           └─→ by hand ─→ review
//! ```
//!
//! One value holds it all: when it goes, camera, judge and memory stick are let go, and every picture is wiped
//! (invariant 5). The screen's thread only reads what the others have ready (invariant 10).

pub mod by_hand;
pub mod capture;
pub mod choice;
pub mod files;
pub mod review;

use std::path::PathBuf;
use std::sync::Arc;

use iced::Subscription;

use crate::camera::{self, Opener, Patience};
use crate::desktop::kiosk::page::Page;
use crate::desktop::photo::Chosen;
use crate::desktop::photo::eye::{Eye, Original};
use crate::desktop::photo::ticks::Running;
use crate::desktop::sound::Sounds;
use crate::desktop::widget::Scene;
use crate::domain::order::Ore;
use crate::domain::photo::{Policy, Verdict};
use crate::system::{Clock, Stopwatch};
use crate::vision::models::Library;

use by_hand::ByHand;
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
    pub sounds: Sounds,
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
    ByHand(by_hand::Message),
    /// The judge has something to say.
    EyeTold,
    UsePressed,
    AgainPressed,
    InsistPressed,
    /// Another frame of the burst.
    ShotChosen(usize),
    CropPressed,
    /// Whether the head is covered for religious or medical reasons.
    CoveringDeclared(bool),
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
    ByHand(Box<ByHand>),
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

    /// The same, looking over a photo that is there already.
    pub fn looking_over(self, review: Review) -> Self {
        Self { step: Step::Review(review), ..self }
    }

    /// The same, cropping a photo by hand.
    pub fn cropping(mut self, review: Review, original: Original) -> Self {
        if let Some(eye) = &self.eye {
            self.step = Step::ByHand(Box::new(ByHand::start(review, original, eye)));
        }
        self
    }

    /// `scale`: physical pixels of a logical one.
    pub fn update(&mut self, message: Message, scale: f32) -> Action {
        let Some(eye) = self.eye.clone() else { return Action::None };
        match (message, &mut self.step) {
            (Message::CameraChosen, _) => self.start_camera(&eye),
            (Message::FilesChosen, _) => self.start_files(&eye),
            (Message::Capture(message), Step::Capture(capture)) => capture.update(message, &eye, scale),
            (Message::Files(message), Step::Files(files)) => files.update(message, &eye),
            (Message::ByHand(message), Step::ByHand(by_hand)) => by_hand.update(message, &eye),
            (Message::EyeTold, _) => self.hear(&eye),
            (Message::ShotChosen(at), Step::Review(review)) => review.choose(at, &eye),
            (Message::CoveringDeclared(covered), Step::Review(review)) => review.declare(covered, &eye),
            (Message::CropPressed, Step::Review(_)) => self.start_by_hand(&eye),
            (Message::AgainPressed, Step::Review(Review { source: Source::Camera, .. })) => {
                self.start_camera(&eye);
            }
            (Message::AgainPressed, Step::Review(Review { source: Source::File, .. })) => {
                self.start_files(&eye);
            }
            (Message::UsePressed, Step::Review(review))
                if review.idle() && review.card.verdict == Verdict::Accept =>
            {
                return Action::Taken(chosen(review, &self.context, false));
            }
            (Message::InsistPressed, Step::Review(review)) if review.idle() && review.card.may_insist() => {
                return Action::Taken(chosen(review, &self.context, true));
            }
            // a press on a screen that has gone meanwhile
            _ => {}
        }
        Action::None
    }

    /// One step back, to the choice or to the photo as it was; false where that is out of the photo part.
    pub fn back(&mut self) -> bool {
        match std::mem::replace(&mut self.step, Step::Choice) {
            Step::Choice => return false,
            Step::ByHand(by_hand) => {
                if let Some(eye) = &self.eye {
                    self.step = Step::Review(by_hand.back(eye));
                }
                return true;
            }
            step @ (Step::Capture(_) | Step::Files(_) | Step::Review(_)) => self.step = step,
        }
        self.leave();
        if let Some(eye) = &self.eye {
            eye.look_anew();
        }
        true
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

    /// How the camera is, and whether it fails again and again; none where none runs.
    pub fn camera(&self) -> Option<(camera::State, bool)> {
        match &self.step {
            Step::Capture(capture) => Some(capture.camera()),
            _ => None,
        }
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
            Step::Choice | Step::Review(_) | Step::ByHand(_) => Subscription::none(),
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
            Step::ByHand(by_hand) => by_hand.page(scene),
        }
    }

    fn start_camera(&mut self, eye: &Eye) {
        // one that still runs would be in the way of the new one
        self.leave();
        let Context { camera, clock, patience, sounds, .. } = &self.context;
        let capture = Capture::start(Arc::clone(camera), clock.clone(), *patience, sounds.clone(), eye);
        self.step = Step::Capture(capture);
    }

    fn start_files(&mut self, eye: &Eye) {
        self.leave();
        eye.look_anew();
        self.step = Step::Files(Files::start(self.context.own_files.clone()));
    }

    fn leave(&mut self) {
        if let Some(Counts { shown, drawn, judged }) = self.counts() {
            tracing::debug!(shown, drawn, judged, "the camera is let go");
        }
        self.step = Step::Choice;
    }

    fn start_by_hand(&mut self, eye: &Eye) {
        match (std::mem::replace(&mut self.step, Step::Choice), eye.original()) {
            (Step::Review(review), Some(original)) if review.idle() && review.croppable => {
                self.step = Step::ByHand(Box::new(ByHand::start(review, original, eye)));
            }
            (step, _) => self.step = step,
        }
    }

    /// What the judge has to say: advice, the card photo, the frames to choose from.
    fn hear(&mut self, eye: &Eye) {
        match &mut self.step {
            Step::Capture(capture) => capture.hear(eye),
            Step::Review(review) => review.hear(eye),
            Step::ByHand(by_hand) => by_hand.hear(eye),
            Step::Choice | Step::Files(_) => {}
        }
        let Some(checked) = eye.checked() else { return };
        match (checked, &mut self.step) {
            (Ok(card), Step::Capture(_)) => self.review(Review::of(card, Source::Camera, eye)),
            (Ok(card), Step::Files(_)) => self.review(Review::of(card, Source::File, eye)),
            (Ok(card), Step::ByHand(by_hand)) => {
                let review = Review { hand: by_hand.cropped(), ..Review::of(card, Source::File, eye) };
                self.review(review);
            }
            (checked, Step::Review(review)) => review.made(checked.ok(), eye),
            (Err(_), Step::Capture(capture)) => capture.again(eye),
            (Err(error), Step::Files(files)) => files.failed(error),
            (Err(_), Step::ByHand(by_hand)) => by_hand.again(),
            // the person went back meanwhile: the picture goes
            (_, Step::Choice) => {}
        }
    }

    fn review(&mut self, review: Review) {
        self.leave();
        self.step = Step::Review(review);
    }
}

fn chosen(review: &Review, context: &Context, insisted: bool) -> Chosen {
    Chosen::new(review.card.clone(), context.policy.name.clone(), insisted)
}
