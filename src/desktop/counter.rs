//! The counter program: three desks by role.
//!
//! A desk owns its state; it answers a message with wishes ([`office::Ask`]), which this root carries out and whose answers
//! it gives back to the desk that asked. When the clerk goes, everything personal goes with them, and answers that come
//! later are nobody's.

mod action;
mod alone;
mod bar;
mod chip;
mod clerk;
mod desk;
mod dialogs;
pub mod handover;
mod hotkey;
mod names;
pub mod office;
pub mod production;
pub mod review;
mod run;
pub mod sign_in;
mod trouble;
mod view;
mod viewer;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use iced::{Size, Subscription, Task, window};
use jiff::tz::TimeZone;

use crate::domain::order::Prices;
use crate::domain::person::Language;
use crate::domain::place::{self, Place};
use crate::store::clerks::Clerk;
use crate::sync::answer::{Session, Status};
use crate::sync::client::Client;
use crate::sync::outbox::Link;
use crate::sync::replica::{Alone, State as Kept};
use crate::system::Randomness;
use crate::texts::{self, Texts};

use super::theme::{Brand, Density, Scheme};
use super::{Theme, report};
use clerk::Work;
pub use desk::Desk;
pub use dialogs::{Dialogs, Question};
use handover::own::Judging;
use office::{Answer, Ask};
pub use run::{Arguments, run};
use sign_in::SignIn;
pub use trouble::Trouble;

/// How often the program looks whether the server is there.
const LOOK: Duration = Duration::from_secs(15);
/// Looks without a key or a click after which the desk locks itself: ten minutes.
const IDLE_LOOKS: u32 = 40;
/// In a smaller window everything is drawn smaller, so that it fits.
const FITS: Size = Size::new(1760.0, 990.0);
/// As small as letters may become.
const LEAST: f32 = 0.7;

/// Reads what the server has set this terminal up with.
#[derive(Clone)]
pub struct SettingUp(pub Arc<dyn Fn() -> Task<Message> + Send + Sync>);

impl std::fmt::Debug for SettingUp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SettingUp")
    }
}

/// What the program starts with.
#[derive(Debug, Clone)]
pub struct Start {
    pub client: Client,
    pub randomness: Randomness,
    /// Where this counter stands.
    pub place: place::Id,
    pub places: Vec<Place>,
    pub prices: Prices,
    pub zone: TimeZone,
    pub brand: Brand,
    pub scheme: Scheme,
    pub language: Language,
    /// A folder for the printer's files; without one, the person is asked.
    pub print_folder: Option<PathBuf>,
    /// How a picture file is chosen.
    pub dialogs: Dialogs,
    /// What a picture file is judged with.
    pub judging: Judging,
    /// What works without the server.
    pub alone: Option<Alone>,
    /// Reads what the server has set this terminal up with.
    pub setting_up: Option<SettingUp>,
    /// Where to write the layout of the controls after every change, for whoever drives the window.
    pub layout: Option<report::Writer>,
}

/// Everything that can happen.
#[derive(Debug, Clone)]
pub enum Message {
    SignIn(sign_in::Message),
    SignedIn(Result<Arc<Session>, Trouble>),
    /// A clerk unlocked without the server.
    Unlocked(Clerk),
    /// How the copy stands.
    Kept(Box<Kept>),
    Handover(handover::Message),
    Review(review::Message),
    Production(production::Message),
    Answered(Box<Answered>),
    Open(Desk),
    Lock,
    Recolored,
    Looked(Result<Status, Trouble>),
    Ticked,
    Active,
    /// The server said what this terminal is set up with.
    SetUp(Arc<crate::desktop::office::Office>),
    Resized(Size),
    LaidOut(report::Layout),
}

/// An answer for a desk.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The turn of the clerk who asked.
    pub turn: u64,
    pub desk: Desk,
    pub ask: Ask,
    pub result: Result<Answer, Trouble>,
}

/// The program's state.
#[derive(Debug)]
pub struct Counter {
    start: Start,
    texts: Arc<[Texts; 3]>,
    theme: Theme,
    /// The window in logical pixels.
    size: Size,
    /// Pixels of the window for a logical one.
    scale: f32,
    sign_in: SignIn,
    work: Option<Work>,
    /// Grows with every clerk.
    turn: u64,
    /// Wishes that are under way.
    pending: Vec<(Desk, Ask)>,
    online: bool,
    /// How the copy stands.
    kept: Kept,
    idle: u32,
}

/// The texts in every language.
pub fn load() -> Result<[Texts; 3], texts::Error> {
    let [nb, nn, en] = Language::ALL.map(Texts::load);
    Ok([nb?, nn?, en?])
}

impl Counter {
    /// The program with nobody signed in.
    pub fn new(start: Start, texts: Arc<[Texts; 3]>) -> Self {
        let theme = start.brand.theme(Density::Counter, start.scheme);
        Self {
            texts,
            theme,
            size: Size::new(1920.0, 1080.0),
            scale: 1.0,
            sign_in: SignIn::default(),
            work: None,
            turn: 0,
            pending: Vec::new(),
            online: true,
            kept: Kept::default(),
            idle: 0,
            start,
        }
    }

    fn texts(&self) -> &Texts {
        let [nb, nn, en] = self.texts.as_ref();
        match self.start.language {
            Language::Bokmal => nb,
            Language::Nynorsk => nn,
            Language::English => en,
        }
    }

    /// The theme that everything is drawn with.
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// The screen's name, as the layout report has it.
    pub fn screen(&self) -> &'static str {
        let Some(work) = &self.work else { return "sign-in" };
        match (work.desk, work.review.step(), work.production.step()) {
            (Desk::Handover, ..) => "handover",
            (Desk::Review, review::Step::Looking, _) => "review",
            (Desk::Review, review::Step::Choosing, _) => "review-rule",
            (Desk::Review, review::Step::Writing(_), _) => "review-words",
            (Desk::Production, ..) => "production",
        }
    }

    /// Whose turn it is: grows with every clerk.
    pub fn turn(&self) -> u64 {
        self.turn
    }

    /// The wishes that are under way, the oldest first.
    pub fn pending(&self) -> &[(Desk, Ask)] {
        &self.pending
    }

    pub fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::SignIn(message) => self.signing_in(message),
            Message::SignedIn(Ok(session)) => self.begin(&session),
            Message::Unlocked(clerk) => self.begin_alone(&clerk),
            Message::Kept(kept) => self.keep(*kept),
            Message::SignedIn(Err(trouble)) => {
                self.sign_in.refused(trouble);
                Task::none()
            }
            Message::Handover(message) => {
                let asks = self.work.as_mut().map(|work| work.handover.update(message).asks);
                self.carry_out(Desk::Handover, asks.unwrap_or_default())
            }
            Message::Review(message) => {
                let texts = &self.texts;
                let asks = self.work.as_mut().map(|work| work.review.update(message, texts));
                self.carry_out(Desk::Review, asks.unwrap_or_default())
            }
            Message::Production(message) => {
                let asks = self.work.as_mut().map(|work| work.production.update(message));
                self.carry_out(Desk::Production, asks.unwrap_or_default())
            }
            // an answer for a clerk who is gone is nobody's
            Message::Answered(answer) if answer.turn != self.turn => Task::none(),
            Message::Answered(answer) => self.answered(answer.desk, &answer.ask, answer.result),
            Message::Open(desk) => self.open(desk),
            Message::Lock => self.lock(None),
            Message::Recolored => {
                self.start.scheme = self.start.scheme.next();
                self.theme = self.start.brand.theme(Density::Counter, self.start.scheme);
                Task::none()
            }
            Message::Looked(result) => {
                self.found(result.is_ok());
                self.look_for_conflicts()
            }
            Message::Ticked => self.ticked(),
            Message::Active => {
                self.idle = 0;
                Task::none()
            }
            Message::SetUp(office) => {
                self.start.place = office.place.clone();
                self.start.places = office.places.clone();
                self.start.prices = office.prices;
                self.start.judging.policy = Arc::clone(&office.policy);
                Task::none()
            }
            Message::Resized(size) => {
                // told in the logical pixels of before
                self.fit(size * self.scale);
                Task::none()
            }
            Message::LaidOut(layout) => self.laid_out(layout),
        }
    }

    /// Fits what is drawn to a window of this size.
    fn fit(&mut self, window: Size) {
        self.scale = (window.width / FITS.width).min(window.height / FITS.height).clamp(LEAST, 1.0);
        self.size = Size::new(window.width / self.scale, window.height / self.scale);
    }

    /// The window in logical pixels, as the screens are laid out in it.
    pub fn window(&self) -> Size {
        self.size
    }

    /// Whether the server is there.
    fn found(&mut self, online: bool) {
        self.online = online;
        if let Some(work) = &mut self.work {
            work.office.cut_off = !online || work.office.token.is_none();
            work.handover.cut_off(work.office.cut_off);
        }
    }

    fn keep(&mut self, kept: Kept) -> Task<Message> {
        if kept.link != Link::Unknown {
            self.found(kept.online());
        }
        let set_up = kept.setups != self.kept.setups;
        self.kept = kept;
        match &self.start.setting_up {
            Some(SettingUp(read)) if set_up => read(),
            _ => Task::none(),
        }
    }

    /// Asks for what does not fit together, where a clerk can do something about it.
    fn look_for_conflicts(&mut self) -> Task<Message> {
        let asked = (Desk::Handover, Ask::Conflicts);
        let able = self.work.as_ref().is_some_and(|work| {
            work.desks.contains(&Desk::Handover) && work.office.token.is_some() && !work.office.cut_off
        });
        if able && !self.pending.contains(&asked) {
            return self.carry_out(Desk::Handover, vec![Ask::Conflicts]);
        }
        Task::none()
    }

    fn open(&mut self, desk: Desk) -> Task<Message> {
        let Some(work) = self.work.as_mut().filter(|work| work.desks.contains(&desk)) else {
            return Task::none();
        };
        work.desk = desk;
        let asks = match desk {
            Desk::Handover => return self.look_for_conflicts(),
            Desk::Review => work.review.open(),
            Desk::Production => work.production.open(),
        };
        self.carry_out(desk, asks)
    }

    fn ticked(&mut self) -> Task<Message> {
        self.idle = self.idle.saturating_add(1);
        if self.idle >= IDLE_LOOKS && self.work.is_some() {
            return self.lock(None);
        }
        let client = self.start.client.clone();
        Task::perform(async move { client.status().await.map_err(Trouble::from) }, Message::Looked)
    }

    fn answered(&mut self, desk: Desk, ask: &Ask, result: Result<Answer, Trouble>) -> Task<Message> {
        let under_way = |(by, other): &(Desk, Ask)| *by == desk && other == ask;
        if let Some(at) = self.pending.iter().position(under_way) {
            self.pending.remove(at);
        }
        match &result {
            Err(trouble) if trouble.signed_out() => return self.lock(Some(*trouble)),
            // what the copy answers says nothing about the server
            _ if self.unlocked() => {}
            Err(Trouble::Offline) | Ok(Answer::Alone(_) | Answer::CardAlone) => self.found(false),
            // said by this counter itself
            Err(_) if self.cut_off() => {}
            _ => self.found(true),
        }
        let Some(work) = self.work.as_mut() else { return Task::none() };
        let asks = match desk {
            Desk::Handover => work.handover.answered(ask, result).asks,
            Desk::Review => work.review.answered(ask, result),
            Desk::Production => work.production.answered(ask, result),
        };
        self.carry_out(desk, asks)
    }

    /// Whether the clerk works without the server, whether it is there or not.
    fn unlocked(&self) -> bool {
        self.work.as_ref().is_some_and(|work| work.office.token.is_none())
    }

    fn cut_off(&self) -> bool {
        self.work.as_ref().is_some_and(|work| work.office.cut_off)
    }

    fn carry_out(&mut self, desk: Desk, asks: Vec<Ask>) -> Task<Message> {
        let Some(work) = &self.work else { return Task::none() };
        let turn = self.turn;
        self.pending.extend(asks.iter().map(|ask| (desk, ask.clone())));
        Task::batch(asks.into_iter().map(|ask| {
            let office = work.office.clone();
            let id = self.start.randomness.uuid();
            let asked = ask.clone();
            let answer = async move {
                match id {
                    Ok(id) => office.carry_out(asked, id).await,
                    Err(error) => {
                        tracing::error!(%error, "a wish cannot be named");
                        Err(Trouble::Unexpected)
                    }
                }
            };
            Task::perform(answer, move |result| {
                Message::Answered(Box::new(Answered { turn, desk, ask: ask.clone(), result }))
            })
        }))
    }

    fn laid_out(&self, layout: report::Layout) -> Task<Message> {
        let Some(report) = &self.start.layout else { return Task::none() };
        Task::future(report.write(layout.times(self.scale))).discard()
    }

    fn subscription(&self) -> Subscription<Message> {
        let handover =
            self.work.as_ref().map_or_else(Subscription::none, |work| work.handover.subscription());
        Subscription::batch([
            handover.map(Message::Handover),
            iced::time::every(LOOK).map(|_| Message::Ticked),
            window::events().filter_map(|(_, event)| match event {
                window::Event::Opened { size, .. } | window::Event::Resized(size) => {
                    Some(Message::Resized(size))
                }
                _ => None,
            }),
        ])
    }
}
