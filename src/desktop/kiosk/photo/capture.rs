//! In front of the camera: the mirror with an oval, one instruction at a time with an arrow, a ring that fills, the
//! countdown. The person presses the shutter, whatever the ring says. At zero a burst of frames is taken, and the best of
//! them is the picture.

mod arrow;
mod oval;
pub mod trouble;

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use iced::widget::{column, container, image, row, sensor, stack};
use iced::{Center, Color, ContentFit, Length, Size, Subscription, time};
use jiff::{SignedDuration, Timestamp};

use super::{Message as Parent, OWN_FILE};
use crate::camera::{self, Camera, Opener, Patience, State};
use crate::desktop::Element;
use crate::desktop::icon::Icon;
use crate::desktop::kiosk::page::{Frame, Page};
use crate::desktop::photo::eye::{Advice, Eye, Readiness};
use crate::desktop::photo::ticks::Running;
use crate::desktop::sound::{Sounds, Tone};
use crate::desktop::theme::style;
use crate::desktop::widget::{Scene, button, notice, words};
use crate::domain::photo::Instruction;
use crate::system::Clock;
use crate::vision::burst;

use oval::Ring;

/// The control that takes the picture.
pub const SHUTTER: &str = "photo-shutter";
/// From here the person counts down, in seconds.
const COUNT: u8 = 3;
/// From one frame of the burst to the next at least: a blink passes within the whole.
const APART: SignedDuration = SignedDuration::from_millis(90);
/// A slow camera's burst ends after this, with the frames that came.
const LONGEST_BURST: SignedDuration = SignedDuration::from_millis(1_800);

/// Frames of one camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Handed to the screen.
    pub shown: u64,
    /// Really drawn.
    pub drawn: u64,
    /// Judged.
    pub judged: u64,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    CameraTold,
    /// The mirror's place on the screen, in logical pixels, and the colour around the oval.
    Placed(Size, Color),
    ShutterPressed,
    Counted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Posing,
    /// So many seconds are left.
    Counting(u8),
    Bursting(Burst),
    /// The picture is being judged.
    Taken,
}

/// The burst so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Burst {
    frames: usize,
    first: Timestamp,
    last: Timestamp,
}

/// See the module.
pub struct Capture {
    camera: Option<Running<Camera>>,
    state: State,
    out_of_order: bool,
    phase: Phase,
    sounds: Sounds,
    /// What was said last.
    said: Option<Instruction>,
    /// The mirror's size on the screen, in logical pixels.
    place: Option<Size>,
    mirror: Option<image::Handle>,
    sequence: Option<u64>,
    /// Frames that the judge had seen before this camera.
    judged_before: u64,
    shown: u64,
    drawn: Cell<(u64, u64)>,
}

impl Capture {
    /// Starts the camera.
    pub fn start(
        opener: Arc<dyn Opener>,
        clock: Clock,
        patience: Patience,
        sounds: Sounds,
        eye: &Eye,
    ) -> Self {
        eye.look_anew();
        let (camera, state) = match Camera::start(opener, clock, patience) {
            Ok(camera) => (Some(Running::new(camera)), State::Starting),
            Err(error) => {
                tracing::error!(%error, "no camera");
                (None, State::Failed)
            }
        };
        Self {
            camera,
            state,
            out_of_order: false,
            phase: Phase::Posing,
            sounds,
            said: None,
            place: None,
            mirror: None,
            sequence: None,
            judged_before: eye.judged(),
            shown: 0,
            drawn: Cell::default(),
        }
    }

    pub fn update(&mut self, message: Message, eye: &Eye, scale: f32) {
        match message {
            Message::CameraTold => self.see(eye),
            Message::Placed(size, shade) => {
                // in whole physical pixels, so that nothing is scaled while drawing
                let whole = |side: f32| (side * scale).floor() / scale;
                let place = Size::new(whole(size.width), whole(size.height));
                self.place = Some(place);
                if let Some(camera) = &self.camera {
                    camera.show(Some(oval::look(place, shade, scale)));
                }
            }
            Message::ShutterPressed => {
                if self.phase == Phase::Posing && self.state == State::Live {
                    self.phase = Phase::Counting(COUNT);
                    self.sounds.play(Tone::Count);
                }
            }
            Message::Counted => match self.phase {
                Phase::Counting(left) if left > 1 => {
                    self.phase = Phase::Counting(left - 1);
                    self.sounds.play(Tone::Count);
                }
                Phase::Counting(_) => self.begin_burst(eye),
                Phase::Posing | Phase::Bursting(_) | Phase::Taken => {}
            },
        }
    }

    fn see(&mut self, eye: &Eye) {
        let Some(view) = self.camera.as_ref().map(|camera| camera.view()) else { return };
        if self.phase == Phase::Taken {
            return;
        }
        if view.state != State::Live {
            (self.phase, self.mirror) = (Phase::Posing, None);
            if self.state == State::Live {
                eye.look_anew();
            }
        }
        // whoever can see the plug is helped more by being told of it
        self.out_of_order = view.out_of_order() && view.state != State::Unplugged;
        self.state = view.state;
        let Some(frame) = view.frame.filter(|frame| Some(frame.sequence) != self.sequence) else { return };
        self.sequence = Some(frame.sequence);
        self.show(view.preview);
        match self.phase {
            Phase::Bursting(burst) => self.go_on(burst, frame, eye),
            Phase::Posing | Phase::Counting(_) | Phase::Taken => eye.look(frame.picture),
        }
        if self.shown.is_multiple_of(150) {
            let Counts { shown, drawn, judged } = self.counts(eye);
            tracing::debug!(shown, drawn, judged, "frames of the camera");
        }
    }

    fn show(&mut self, preview: Option<camera::Preview>) {
        if let Some(camera::Preview { width, height, rgba, .. }) = preview {
            self.shown += 1;
            self.mirror = Some(image::Handle::from_rgba(width, height, rgba));
        }
    }

    /// The newest frame is the first one of the burst.
    fn begin_burst(&mut self, eye: &Eye) {
        let view = self.camera.as_ref().map(|camera| camera.view()).unwrap_or_default();
        let Some(frame) = view.frame else {
            (self.state, self.phase) = (view.state, Phase::Posing);
            return;
        };
        self.sounds.play(Tone::Shutter);
        self.sequence = Some(frame.sequence);
        self.phase = Phase::Bursting(Burst { frames: 1, first: frame.taken_at, last: frame.taken_at });
        eye.keep(frame.picture);
    }

    /// Takes a frame into the burst, unless it comes too soon; after the last one the mirror stands still.
    fn go_on(&mut self, burst: Burst, frame: camera::Frame, eye: &Eye) {
        let now = frame.taken_at;
        // a clock that jumps ends the burst early, with the frames that came
        let late = now.duration_since(burst.first).abs() > LONGEST_BURST;
        let frames = if now.duration_since(burst.last).abs() >= APART {
            eye.keep(frame.picture);
            self.phase = Phase::Bursting(Burst { frames: burst.frames + 1, last: now, ..burst });
            burst.frames + 1
        } else {
            burst.frames
        };
        if late || frames >= burst::FRAMES {
            self.phase = Phase::Taken;
            eye.choose_best();
        }
    }

    /// How the camera is, and whether it fails again and again.
    pub fn camera(&self) -> (State, bool) {
        (self.state, self.out_of_order)
    }

    /// The judge has said something: a tone when everything is well.
    pub fn hear(&mut self, eye: &Eye) {
        let says = eye.advice().map(|advice| advice.instruction);
        if says == Some(Instruction::Good) && self.said != says && self.phase == Phase::Posing {
            self.sounds.play(Tone::Good);
        }
        self.said = says;
    }

    /// The picture could not be used: once more.
    pub fn again(&mut self, eye: &Eye) {
        self.phase = Phase::Posing;
        eye.look_anew();
    }

    pub fn counts(&self, eye: &Eye) -> Counts {
        let judged = eye.judged() - self.judged_before;
        Counts { shown: self.shown, drawn: self.drawn.get().1, judged }
    }

    pub fn subscription(&self) -> Subscription<Message> {
        let camera = self.camera.as_ref().map(Running::subscription).unwrap_or_else(Subscription::none);
        let count = match self.phase {
            Phase::Counting(_) => time::every(Duration::from_secs(1)).map(|_| Message::Counted),
            Phase::Posing | Phase::Bursting(_) | Phase::Taken => Subscription::none(),
        };
        Subscription::batch([camera.map(|()| Message::CameraTold), count])
    }

    pub fn page<'a>(&'a self, scene: Scene<'a>, eye: &Eye) -> Page<'a, Parent> {
        let (theme, texts) = (scene.theme, scene.texts);
        let live = self.state == State::Live;
        let readiness = eye.readiness();
        let mirror: Element<'a, Parent> = if live {
            self.mirror(scene, eye.advice().filter(|_| readiness == Readiness::Ready), readiness)
        } else {
            trouble::view(scene, self.state, self.out_of_order)
        };
        // in a lying window the mirror keeps the shape of a person
        let widest = if scene.portrait() { f32::INFINITY } else { scene.size.height * 0.8 };
        let mirror = container(mirror).max_width(widest).height(Length::Fill);
        let mut body = column![container(mirror).center_x(Length::Fill).height(Length::Fill)];
        if live && readiness == Readiness::Absent {
            let more = Some(texts.photo_eye_missing_more());
            body = body.push(notice(theme, notice::Kind::Info, texts.photo_eye_missing(), more));
        }
        let body = body.spacing(theme.space.m).height(Length::Fill);
        let own = button::with_icon(theme, OWN_FILE, Icon::Usb, texts.photo_own())
            .on_press_maybe((self.phase == Phase::Posing).then_some(Parent::FilesChosen));
        if self.out_of_order && !live {
            let page = Page::new(trouble::OUT_OF_ORDER, texts.photo_capture(), body).frame(Frame::Lit);
            return page.action(own.width(Length::Fill)).autofocus(OWN_FILE).on_enter(Parent::FilesChosen);
        }
        let own = own.secondary();
        // pressed again while counting, it does nothing, but keeps the focus
        let press = Parent::Capture(Message::ShutterPressed);
        let shutter = button::with_icon(theme, SHUTTER, Icon::Camera, texts.photo_shutter())
            .width(Length::Fill)
            .on_press_maybe(live.then(|| press.clone()));
        let name = if live { "photo-capture" } else { trouble::name(self.state) };
        let page = Page::new(name, texts.photo_capture(), body).frame(Frame::Lit).action(own).action(shutter);
        if live { page.autofocus(SHUTTER).on_enter(press) } else { page.autofocus(OWN_FILE) }
    }

    fn mirror<'a>(
        &'a self,
        scene: Scene<'a>,
        advice: Option<Advice>,
        readiness: Readiness,
    ) -> Element<'a, Parent> {
        let picture: Element<'a, Parent> = match (&self.mirror, self.place) {
            // exactly as large as it is: neither scaled nor clipped while drawing
            (Some(handle), Some(place)) => image(handle.clone())
                .content_fit(ContentFit::Fill)
                .filter_method(image::FilterMethod::Nearest)
                .width(place.width)
                .height(place.height)
                .into(),
            _ => container("").width(Length::Fill).height(Length::Fill).style(style::sunken).into(),
        };
        let ring = Ring {
            progress: advice.map_or(0.0, |advice| advice.progress),
            count: match self.phase {
                Phase::Counting(left) => Some(left),
                Phase::Posing | Phase::Bursting(_) | Phase::Taken => None,
            },
            sequence: self.sequence.unwrap_or_default(),
            drawn: &self.drawn,
        };
        let (icon, says) = self.says(scene, advice, readiness);
        let says = container(pill(scene, icon, says)).center_x(Length::Fill).padding(scene.theme.space.m);
        let way = advice.filter(|_| self.phase == Phase::Posing).map(|advice| advice.instruction);
        let arrow = way.and_then(|way| arrow::view(way, self.place));
        let layers = stack![picture, ring.view(self.place)]
            .push(arrow)
            .push(says)
            .width(Length::Fill)
            .height(Length::Fill);
        let shade = scene.theme.color.shade;
        let placed = move |size| Parent::Capture(Message::Placed(size, shade));
        sensor(layers).on_show(placed).on_resize(placed).into()
    }

    /// The one thing that is said now.
    fn says(&self, scene: Scene<'_>, advice: Option<Advice>, readiness: Readiness) -> (Icon, String) {
        let texts = scene.texts;
        match (self.phase, readiness, advice) {
            (Phase::Taken, ..) => (Icon::ScanFace, texts.photo_checking()),
            (Phase::Counting(_) | Phase::Bursting(_), ..) | (_, Readiness::Absent, _) => {
                (Icon::Camera, texts.photo_countdown())
            }
            (_, _, Some(advice)) => (icon(advice.instruction), texts.instruction(advice.instruction)),
            (_, _, None) => (Icon::ScanFace, texts.photo_eye_loading()),
        }
    }
}

/// The instruction, large, over the picture.
fn pill<'a>(scene: Scene<'a>, icon: Icon, says: String) -> Element<'a, Parent> {
    let theme = scene.theme;
    let content =
        row![icon.view(theme.text.title), words::heading(theme, says)].spacing(theme.space.m).align_y(Center);
    container(content).padding([theme.space.s, theme.space.l]).style(style::over_picture).into()
}

/// What stands beside an instruction's words.
fn icon(instruction: Instruction) -> Icon {
    match instruction {
        Instruction::StepIntoView => Icon::ScanFace,
        Instruction::OnePerson => Icon::Users,
        Instruction::ComeCloser => Icon::ZoomIn,
        Instruction::MoveBack | Instruction::StepFromWall => Icon::ZoomOut,
        Instruction::MoveLeft | Instruction::TurnLeft => Icon::ArrowLeft,
        Instruction::MoveRight | Instruction::TurnRight => Icon::ArrowRight,
        Instruction::MoveUp | Instruction::LiftChin => Icon::ArrowUp,
        Instruction::MoveDown | Instruction::LowerChin => Icon::ArrowDown,
        Instruction::TiltLeft => Icon::RotateCcw,
        Instruction::TiltRight => Icon::RotateCw,
        Instruction::CloseMouth => Icon::Smile,
        Instruction::OpenEyes
        | Instruction::LookAtCamera
        | Instruction::TakeOffSunglasses
        | Instruction::GlassesReflect => Icon::Eye,
        Instruction::UncoverFace | Instruction::UncoverHead => Icon::ScanFace,
        Instruction::MoreLight | Instruction::LightFromFront | Instruction::SofterLight => Icon::Sun,
        Instruction::HoldStill => Icon::Hand,
        Instruction::PlainBackground => Icon::Image,
        Instruction::Good => Icon::CircleCheck,
    }
}
