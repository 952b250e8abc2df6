//! The kiosk: a student orders a card. The root knows which screen is shown and what is personal; a screen knows the rest.

pub mod chrome;
pub mod errand;
pub mod idle;
pub mod kit;
pub mod page;
pub mod photo;
pub mod preset;
mod qr;
mod run;
pub mod screen;
pub mod session;
pub mod staff;
mod update;
mod when;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU8;
use std::time::Instant;

use iced::{Size, Subscription, Task, event, keyboard, task, time, window};

use self::chrome::Around;
use self::idle::Idle;
use self::kit::Kit;
use self::page::{Frame, Page};
use self::screen::{
    Screen, alone, attract, camera, done, language, overview, phone, pin, place, reason, receipt, setup,
    sign_in, summary, terms,
};
use self::session::{Session, Step};
use self::staff::Staff;
use crate::desktop::boot::{self, Booted, Trouble};
use crate::desktop::office::Office;
use crate::desktop::parcel::Parcel;
use crate::desktop::theme::{Brand, Density, Scheme};
use crate::desktop::widget::{Scene, stage};
use crate::desktop::{Element, Theme, report};
use crate::domain::person::Language;
use crate::sync::outbox;
use crate::texts::Texts;

pub use run::{Arguments, EXIT_STAFF, run};

/// The sizes that everything is drawn for, upright and lying.
const DESIGN: Size = Size::new(1080.0, 1920.0);

/// What can happen.
#[derive(Debug, Clone)]
pub enum Message {
    Attract(attract::Message),
    Language(language::Message),
    SignIn(sign_in::Message),
    Phone(phone::Message),
    Alone(alone::Message),
    Overview(overview::Message),
    Reason(reason::Message),
    Terms(terms::Message),
    Photo(photo::Message),
    Pin(pin::Message),
    Place(place::Message),
    Summary(summary::Message),
    Receipt(receipt::Message),
    Done(done::Message),
    Setup(setup::Message),
    Camera(camera::Message),
    Chrome(chrome::Message),
    System(System),
}

/// What comes from outside of the screens.
#[derive(Debug, Clone)]
pub enum System {
    Booted(Result<Parcel<Booted>, Trouble>),
    Refreshed(Result<Arc<Office>, Trouble>),
    /// A second has passed.
    Ticked(Instant),
    /// A key, a button or a finger went down.
    Touched,
    /// Ctrl and F12.
    StaffCalled,
    Opened(window::Id, Size),
    /// In logical pixels.
    Resized(Size),
    CloseRequested,
    LaidOut(report::Layout),
    /// Another photo arrived at an order that waited for it, or did not.
    PhotoSent(Result<(), errand::Failure>),
    /// Nothing to do: it was only to be waited for.
    Finished,
}

/// The places and switches that the command line chose.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub data: PathBuf,
    pub windowed: bool,
    /// Where to write which control is where.
    pub report: Option<report::Writer>,
    /// The code with which the program ends.
    pub exit_code: Arc<AtomicU8>,
}

/// The kiosk's state.
pub struct App {
    texts: Arc<Texts>,
    first_language: Language,
    brand: Brand,
    scheme: Scheme,
    /// What is drawn with: the scheme's, or the light one around the camera.
    theme: Theme,
    kit: Kit,
    options: Options,
    sender: Option<outbox::Sender>,
    offline: bool,
    refreshing: bool,
    screen: Screen,
    /// The screens that Back leads to.
    trail: Vec<Screen>,
    /// Everything personal.
    session: Option<Session>,
    /// Another photo on its way to an order that waits for it.
    sending: Option<task::Handle>,
    idle: Idle,
    /// Seconds left of the question whether somebody is there.
    warning: Option<u64>,
    staff: Staff,
    /// The terminal was enrolled in this run.
    enrolled_now: bool,
    seconds: u64,
}

impl App {
    /// The kiosk before anything was opened.
    pub fn new(kit: Kit, texts: Arc<Texts>, brand: Brand, options: Options) -> Self {
        Self {
            first_language: texts.language(),
            texts,
            theme: brand.theme(Density::Kiosk, Scheme::default()),
            brand,
            scheme: Scheme::default(),
            kit,
            options,
            sender: None,
            offline: false,
            refreshing: false,
            screen: Screen::Setup(setup::Setup::default()),
            trail: Vec::new(),
            session: None,
            sending: None,
            idle: Idle::default(),
            warning: None,
            staff: Staff::default(),
            enrolled_now: false,
            seconds: 0,
        }
    }

    /// The task that opens the data folder.
    pub fn boot(&self) -> Task<Message> {
        let (data, clock) = (self.options.data.clone(), self.kit.clock.clone());
        let randomness = self.kit.randomness.clone();
        let boot = async move { boot::boot(&data, clock, randomness).await.map(Parcel::new) };
        Task::perform(boot, |booted| Message::System(System::Booted(booted)))
    }

    /// The name of what is shown, as reports and tests know it.
    pub fn screen(&self) -> String {
        self.page(self.scene()).name.into_owned()
    }

    /// Whether anything personal is held.
    pub fn holds_somebody(&self) -> bool {
        self.session.is_some()
    }

    pub fn language(&self) -> Language {
        self.texts.language()
    }

    pub fn theme(&self) -> Theme {
        self.theme.clone()
    }

    pub fn scale(&self) -> f32 {
        self.kit.scale
    }

    pub fn subscription(&self) -> Subscription<Message> {
        let windows = event::listen_with(|event, _, id| match event {
            iced::Event::Window(window::Event::Opened { size, .. }) => {
                Some(Message::System(System::Opened(id, size)))
            }
            iced::Event::Window(window::Event::Resized(size)) => Some(Message::System(System::Resized(size))),
            iced::Event::Window(window::Event::CloseRequested) => {
                Some(Message::System(System::CloseRequested))
            }
            iced::Event::Keyboard(keyboard::Event::KeyPressed {
                key: keyboard::Key::Named(keyboard::key::Named::F12),
                modifiers,
                ..
            }) if modifiers.control() => Some(Message::System(System::StaffCalled)),
            _ => None,
        });
        let seconds =
            time::every(time::Duration::from_secs(1)).map(|now| Message::System(System::Ticked(now)));
        let photo = match &self.screen {
            Screen::Photo(photo) => photo.subscription().map(Message::Photo),
            Screen::Camera(camera) => camera.subscription().map(Message::Camera),
            _ => Subscription::none(),
        };
        Subscription::batch([windows, seconds, photo])
    }

    fn scene(&self) -> Scene<'_> {
        Scene { theme: &self.theme, texts: &self.texts, size: self.kit.window }
    }

    pub fn view(&self) -> Element<'_, Message> {
        let scene = self.scene();
        let page = self.page(scene);
        let (name, autofocus, on_enter) = (page.name.clone(), page.autofocus, page.on_enter.clone());
        let escape = match (&self.warning, self.staff.asks(), page.frame) {
            (Some(_), ..) => Some(chrome::Message::Stay),
            (_, true, _) => Some(chrome::Message::Staff(staff::Message::Closed)),
            (.., Frame::Whole | Frame::Lit) => Some(chrome::Message::Back),
            (.., Frame::Top) => None,
        };
        let asked = self.warning.is_some() || self.staff.asks();
        let around = Around { step: if asked { None } else { self.step() }, offline: self.offline };
        let report = self.options.report.is_some();
        stage(name, chrome::view(scene, page, around, Message::Chrome))
            .autofocus(autofocus)
            .on_activity(Message::System(System::Touched))
            .on_escape(escape.map(Message::Chrome))
            .on_enter(on_enter)
            .on_layout(report.then_some(|layout| Message::System(System::LaidOut(layout))))
            .into()
    }

    fn page<'a>(&'a self, scene: Scene<'a>) -> Page<'a, Message> {
        if let Some(left) = self.warning {
            return chrome::idle(scene, left).map(Message::Chrome);
        }
        if let Some(page) = self.staff.page(scene, self.kit.now()) {
            return page.map(|message| Message::Chrome(chrome::Message::Staff(message)));
        }
        let starting = || Page::new("starting", self.texts.kiosk_setup_starting(), iced::widget::space());
        let (office, session) = (self.kit.office.as_deref(), self.session.as_ref());
        match (&self.screen, office, session) {
            (Screen::Setup(setup), ..) => setup.page(scene).map(Message::Setup),
            (Screen::Camera(camera), office, _) => {
                let place = office.and_then(|office| office.find(&office.place));
                let place = place.map(|place| place.name.get(self.texts.language()));
                camera.page(scene, place).map(Message::Camera)
            }
            (Screen::Attract, ..) => attract::page(scene).map(Message::Attract),
            (Screen::Language, ..) => language::page(scene).map(Message::Language),
            (Screen::SignIn(sign_in), ..) => sign_in.page(scene).map(Message::SignIn),
            (Screen::Phone(phone), Some(office), _) => phone.page(scene, office).map(Message::Phone),
            (Screen::Alone(alone), ..) => alone.page(scene).map(Message::Alone),
            (Screen::Overview(overview), Some(office), Some(session)) => {
                overview.page(scene, office, session).map(Message::Overview)
            }
            (Screen::Reason(reason), Some(office), _) => reason.page(scene, office).map(Message::Reason),
            (Screen::Terms(terms), ..) => terms.page(scene).map(Message::Terms),
            (Screen::Photo(photo), ..) => photo.page(scene).map(Message::Photo),
            (Screen::Pin(pin), ..) => pin.page(scene).map(Message::Pin),
            (Screen::Place(place), Some(office), _) => place.page(scene, office).map(Message::Place),
            (Screen::Summary(summary), Some(office), Some(session)) => {
                summary.page(scene, office, session).map(Message::Summary)
            }
            (Screen::Receipt(receipt), Some(office), _) => receipt.page(scene, office).map(Message::Receipt),
            (Screen::Done(done), ..) => done.page(scene).map(Message::Done),
            (
                Screen::Phone(_)
                | Screen::Overview(_)
                | Screen::Reason(_)
                | Screen::Place(_)
                | Screen::Summary(_)
                | Screen::Receipt(_),
                ..,
            ) => starting(),
        }
    }

    /// The step of an order that is shown.
    fn step(&self) -> Option<Step> {
        let errand = self.session.as_ref().map(|session| session.errand);
        if errand != Some(session::Errand::Order) {
            return None;
        }
        match self.screen {
            Screen::Reason(_) => Some(Step::Reason),
            Screen::Terms(_) => Some(Step::Terms),
            Screen::Photo(_) => Some(Step::Photo),
            Screen::Pin(_) => Some(Step::Pin),
            Screen::Place(_) => Some(Step::Place),
            Screen::Summary(_) => Some(Step::Summary),
            _ => None,
        }
    }
}
