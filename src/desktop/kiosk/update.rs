//! What follows from a message: the only place that goes from one screen to another.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use iced::{Size, Task, window};

use super::chrome;
use super::idle::Presence;
use super::screen::{
    Screen, attract, camera, done, language, overview, pin, place, reason, receipt, setup, sign_in, summary,
    terms,
};
use super::session::{Errand, Session, Step};
use super::staff::{self, Staff};
use super::{App, DESIGN, EXIT_STAFF, Message, System, errand, photo};
use crate::camera::Choice;
use crate::desktop::boot::{self, Booted, Trouble};
use crate::desktop::office::Office;
use crate::desktop::theme::{Density, Scheme};
use crate::domain::person::Language;
use crate::store::settings::WayOut;
use crate::sync::answer;
use crate::sync::outbox::Link;
use crate::texts::Texts;

/// Seconds between two questions for the setup: while it is missing, and while nobody is there.
const ASK_AGAIN: u64 = 5;
const ASK_LATER: u64 = 300;

impl App {
    pub fn update(&mut self, message: Message) -> Task<Message> {
        let task = self.follow(message);
        self.dress();
        task
    }

    fn follow(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::System(message) => self.system(message),
            Message::Chrome(message) => self.chrome(message),
            Message::Setup(message) => self.setup(message),
            Message::Camera(message) => self.camera(message),
            Message::Attract(attract::Message::Begin) => {
                self.go(Screen::Language);
                Task::none()
            }
            Message::Language(language::Message::Chosen(language)) => {
                self.speak(language);
                self.go(Screen::SignIn(sign_in::SignIn::default()));
                Task::none()
            }
            Message::Receipt(receipt::Message::Done) | Message::Done(done::Message::Done) => self.wipe(),
            Message::SignIn(message) => {
                let Screen::SignIn(sign_in) = &mut self.screen else { return Task::none() };
                match sign_in.update(message, &self.kit) {
                    sign_in::Action::None => Task::none(),
                    sign_in::Action::Run(task) => task.map(Message::SignIn),
                    sign_in::Action::SignedIn(session) => self.begin(*session),
                }
            }
            message => self.with_session(message),
        }
    }

    /// Messages that mean something only while somebody is signed in.
    fn with_session(&mut self, message: Message) -> Task<Message> {
        let Some(session) = &mut self.session else { return Task::none() };
        match (message, &mut self.screen) {
            (Message::Overview(message), Screen::Overview(screen)) => {
                match screen.update(message, &self.kit, session) {
                    overview::Action::None => return Task::none(),
                    overview::Action::Run(task) => return task.map(Message::Overview),
                    overview::Action::Order => session.errand = Errand::Order,
                    overview::Action::ReplacePhoto => {
                        session.errand = Errand::ReplacePhoto;
                        if let Some(screen) = self.screen_of(Step::Photo) {
                            self.go(screen);
                        }
                        return Task::none();
                    }
                    overview::Action::ChangePlace => {
                        session.errand = Errand::ChangePlace;
                        let place = place::Place::new(session);
                        self.go(Screen::Place(place));
                        return Task::none();
                    }
                    overview::Action::Cancelled => return self.finish(Screen::Done(done::Done::Cancelled)),
                }
            }
            (Message::Reason(message), Screen::Reason(screen)) => match screen.update(message) {
                reason::Action::None => return Task::none(),
                reason::Action::Chosen(reason) => session.reason = Some(reason),
            },
            (Message::Terms(message), Screen::Terms(screen)) => match screen.update(message) {
                terms::Action::None => return Task::none(),
                terms::Action::Agreed(consents) => session.consents = Some(consents),
            },
            (Message::Photo(message), Screen::Photo(screen)) => {
                match screen.update(message, self.kit.scale) {
                    photo::Action::None => return Task::none(),
                    photo::Action::Taken(photo) if session.errand == Errand::ReplacePhoto => {
                        let sending = match errand::replace_photo(&self.kit, session, &photo) {
                            Ok(sending) => sending,
                            Err(failure) => {
                                screen.failed(failure.says(&self.texts));
                                return Task::none();
                            }
                        };
                        screen.sending();
                        let sent = |sent| Message::System(System::PhotoSent(sent));
                        let (task, handle) = Task::perform(sending, sent).abortable();
                        self.sending = Some(handle.abort_on_drop());
                        return task;
                    }
                    photo::Action::Taken(photo) => session.photo = Some(photo),
                }
            }
            (Message::Pin(message), Screen::Pin(screen)) => {
                match screen.update(message, &self.kit, session) {
                    pin::Action::None => return Task::none(),
                    pin::Action::Sealed(sealed) => session.pin = Some(*sealed),
                }
            }
            (Message::Place(message), Screen::Place(screen)) => {
                match screen.update(message, &self.kit, session) {
                    place::Action::None => return Task::none(),
                    place::Action::Run(task) => return task.map(Message::Place),
                    place::Action::Chosen(place) => session.place = Some(place),
                    place::Action::Moved(order) => return self.moved(*order),
                }
            }
            (Message::Summary(message), Screen::Summary(screen)) => {
                match screen.update(message, &self.kit, session, self.texts.language()) {
                    summary::Action::None => return Task::none(),
                    summary::Action::Run(task) => return task.map(Message::Summary),
                    summary::Action::Edit(step) => {
                        let screen = self.screen_of(step);
                        if let Some(screen) = screen {
                            self.go(screen);
                        }
                        return Task::none();
                    }
                    summary::Action::Accepted(accepted, promise) => {
                        let Some(place) = session.place.clone() else { return Task::none() };
                        let prices = self.kit.office.as_ref().map(|office| office.prices).unwrap_or_default();
                        let price = session.reason.map(|reason| reason.price(&prices)).unwrap_or_default();
                        let number = accepted.number;
                        let receipt = receipt::Receipt { number, place, promise, price };
                        return self.finish(Screen::Receipt(receipt));
                    }
                }
            }
            // the answer to something that was left meanwhile
            _ => return Task::none(),
        }
        self.advance();
        Task::none()
    }

    fn system(&mut self, message: System) -> Task<Message> {
        match message {
            System::Booted(Ok(parcel)) => {
                let Some(booted) = parcel.take() else { return Task::none() };
                let Booted { terminal, sender, office, camera, rotation, way_out } = booted;
                self.kit.terminal = Some(terminal);
                self.sender = Some(sender);
                self.staff = Staff::remembered(way_out);
                self.kit.rotation = rotation;
                if !self.kit.camera_named {
                    self.kit.camera = Choice::Webcam(camera);
                }
                let open = match office {
                    Some(office) => self.open(office),
                    None => Task::none(),
                };
                Task::batch([open, self.refresh()])
            }
            System::Booted(Err(trouble)) => {
                self.screen = Screen::Setup(setup::Setup::troubled(trouble));
                Task::none()
            }
            System::Refreshed(answer) => {
                self.refreshing = false;
                let waiting = matches!(self.screen, Screen::Setup(_));
                match answer {
                    Ok(office) if waiting => return self.open(office),
                    Ok(office) => self.kit.office = Some(office),
                    Err(trouble) if waiting => {
                        self.screen = Screen::Setup(setup::Setup::troubled(trouble));
                    }
                    // what was remembered serves until the server answers again; another key never does
                    Err(Trouble::OtherKey | Trouble::Unknown) if self.session.is_none() => {
                        self.kit.office = None;
                        self.screen = Screen::Setup(setup::Setup::troubled(Trouble::Unknown));
                    }
                    Err(_) => {}
                }
                Task::none()
            }
            System::Ticked(now) => self.second(now),
            System::StaffCalled => self.staff(staff::Message::Called),
            System::Touched => {
                self.idle.touched();
                self.warning = None;
                Task::none()
            }
            System::Opened(id, size) => {
                self.fit(size * self.kit.scale);
                if self.options.windowed {
                    Task::none()
                } else {
                    window::set_level(id, window::Level::AlwaysOnTop)
                }
            }
            System::Resized(size) => {
                self.fit(size * self.kit.scale);
                Task::none()
            }
            System::PhotoSent(Ok(())) if self.sending.take().is_some() => {
                self.finish(Screen::Done(done::Done::PhotoReplaced))
            }
            System::PhotoSent(Err(failure)) if self.sending.take().is_some() => {
                if let Screen::Photo(photo) = &mut self.screen {
                    photo.failed(failure.says(&self.texts));
                }
                Task::none()
            }
            // the session ended meanwhile
            System::PhotoSent(_) => Task::none(),
            System::CloseRequested if self.options.windowed => iced::exit(),
            System::CloseRequested | System::Finished => Task::none(),
            System::LaidOut(layout) => {
                let Some(report) = &self.options.report else { return Task::none() };
                let written = report.write(layout.times(self.kit.scale));
                Task::perform(written, |()| Message::System(System::Finished))
            }
        }
    }

    fn second(&mut self, now: std::time::Instant) -> Task<Message> {
        self.seconds += 1;
        self.staff.tick(self.seconds);
        if let Some(sender) = &self.sender {
            let link = sender.state().borrow().link;
            self.offline = !matches!(link, Link::Online | Link::Unknown);
        }
        let resting = matches!(self.screen, Screen::Attract | Screen::Setup(_));
        if resting && !self.staff.asks() {
            self.idle.touched();
            return self.rest();
        }
        match self.idle.tick(now) {
            Presence::Here => self.warning = None,
            Presence::Warned { left } => self.warning = Some(left),
            Presence::Gone => return self.wipe(),
        }
        Task::none()
    }

    /// A second in which nobody is there.
    fn rest(&mut self) -> Task<Message> {
        match &self.screen {
            Screen::Setup(setup) if setup.passing() && self.seconds.is_multiple_of(ASK_AGAIN) => {
                if self.kit.terminal.is_none() { self.boot() } else { self.refresh() }
            }
            Screen::Attract if self.seconds.is_multiple_of(ASK_LATER) => self.refresh(),
            _ => Task::none(),
        }
    }

    /// Asks the server what this terminal is set up with.
    fn refresh(&mut self) -> Task<Message> {
        let Some(terminal) = self.kit.terminal.clone() else { return Task::none() };
        if std::mem::replace(&mut self.refreshing, true) {
            return Task::none();
        }
        Task::perform(boot::refresh(terminal), |office| Message::System(System::Refreshed(office)))
    }

    fn setup(&mut self, message: setup::Message) -> Task<Message> {
        let Screen::Setup(setup) = &mut self.screen else { return Task::none() };
        match setup.update(message, &self.kit, self.options.data.clone()) {
            setup::Action::None => Task::none(),
            setup::Action::Run(task) => task.map(Message::Setup),
            setup::Action::Boot if self.kit.terminal.is_some() => self.refresh(),
            setup::Action::Enrolled => {
                self.enrolled_now = true;
                self.screen = Screen::Setup(setup::Setup::default());
                self.boot()
            }
            setup::Action::Boot => {
                self.screen = Screen::Setup(setup::Setup::default());
                self.boot()
            }
        }
    }

    fn chrome(&mut self, message: chrome::Message) -> Task<Message> {
        match message {
            chrome::Message::Language(language) => self.speak(language),
            chrome::Message::NextScheme => self.scheme = self.scheme.next(),
            chrome::Message::Back => return self.back(),
            chrome::Message::StartOver => return self.wipe(),
            chrome::Message::Stay => {
                self.idle.touched();
                self.warning = None;
            }
            chrome::Message::Staff(message) => return self.staff(message),
        }
        Task::none()
    }

    fn staff(&mut self, message: staff::Message) -> Task<Message> {
        let office = self.kit.office.clone();
        let there = office.as_ref().is_none_or(|office| office.exit.is_some());
        let check = |code: &str| {
            office.as_ref().and_then(|office| office.exit.as_ref()).is_some_and(|check| check(code))
        };
        let keep = match self.staff.update(message, self.seconds, self.kit.now(), there, check) {
            staff::Action::None => return Task::none(),
            staff::Action::Remember(way_out) => way_out,
            staff::Action::Granted(wish) => {
                let keep = self.keep_way_out(WayOut::default());
                tracing::info!(?wish, "staff gave their code");
                return match wish {
                    staff::Wish::Leave => {
                        self.options.exit_code.store(EXIT_STAFF, Ordering::Relaxed);
                        Task::batch([self.wipe(), keep.chain(iced::exit())])
                    }
                    staff::Wish::Camera => Task::batch([self.wipe(), keep, self.set_up_camera()]),
                };
            }
        };
        self.keep_way_out(keep)
    }

    fn keep_way_out(&self, way_out: WayOut) -> Task<Message> {
        let Some(terminal) = self.kit.terminal.clone() else { return Task::none() };
        let keep = boot::remember_way_out(terminal, way_out);
        Task::perform(keep, |()| Message::System(System::Finished))
    }

    /// The terminal can work: after it was enrolled, the camera is looked at first.
    fn open(&mut self, office: Arc<Office>) -> Task<Message> {
        self.kit.office = Some(office);
        self.screen = Screen::Attract;
        if std::mem::take(&mut self.enrolled_now) { self.set_up_camera() } else { Task::none() }
    }

    fn set_up_camera(&mut self) -> Task<Message> {
        let (setup, list) = camera::Setup::new(&self.kit);
        self.screen = Screen::Camera(Box::new(setup));
        list.map(Message::Camera)
    }

    fn camera(&mut self, message: camera::Message) -> Task<Message> {
        let Screen::Camera(setup) = &mut self.screen else { return Task::none() };
        match setup.update(message, &self.kit) {
            camera::Action::None => Task::none(),
            camera::Action::Run(task) => task.map(Message::Camera),
            camera::Action::Kept(choice, rotation) => {
                (self.kit.camera, self.kit.rotation) = (choice, rotation);
                self.screen = Screen::Attract;
                Task::none()
            }
        }
    }

    /// Somebody is signed in.
    fn begin(&mut self, session: Session) -> Task<Message> {
        let (overview, task) = overview::Overview::new(&self.kit, &session);
        self.session = Some(session);
        self.trail.clear();
        self.screen = Screen::Overview(overview);
        task.map(Message::Overview)
    }

    fn go(&mut self, screen: Screen) {
        let before = std::mem::replace(&mut self.screen, screen);
        self.trail.push(before);
    }

    /// To the first step that is not taken.
    fn advance(&mut self) {
        let next = self.session.as_ref().map(Session::next);
        if let Some(screen) = next.and_then(|step| self.screen_of(step)) {
            self.go(screen);
        }
        // the summary is the end of the way: Back from there leads to the last question, not through every change
        if matches!(self.screen, Screen::Summary(_)) {
            let mut seen_summary = false;
            self.trail.retain(|screen| {
                seen_summary |= matches!(screen, Screen::Summary(_));
                !seen_summary
            });
        }
    }

    fn screen_of(&self, step: Step) -> Option<Screen> {
        let session = self.session.as_ref()?;
        Some(match step {
            Step::Reason => Screen::Reason(reason::Reason::new(session)),
            Step::Terms => Screen::Terms(terms::Terms::new(session.consents.as_deref())),
            Step::Photo => Screen::Photo(Box::new(photo::Photo::new(self.kit.photo_context(session)?))),
            Step::Pin => Screen::Pin(pin::Pin::default()),
            Step::Place => Screen::Place(place::Place::new(session)),
            Step::Summary => Screen::Summary(summary::Summary::new(&self.kit, session)),
        })
    }

    /// The open order was changed: shown again as it is now.
    fn moved(&mut self, order: answer::order::Order) -> Task<Message> {
        let Some(session) = &mut self.session else { return Task::none() };
        if let Some(known) = session.person.orders.iter_mut().find(|known| known.id == order.id) {
            *known = order;
        }
        let (overview, task) = overview::Overview::new(&self.kit, session);
        self.trail.clear();
        self.screen = Screen::Overview(overview);
        task.map(Message::Overview)
    }

    fn back(&mut self) -> Task<Message> {
        let inside = match &mut self.screen {
            Screen::Photo(photo) => {
                self.sending = None;
                photo.back()
            }
            Screen::Pin(pin) => pin.back(),
            _ => false,
        };
        if inside {
            return Task::none();
        }
        match self.trail.pop() {
            Some(before) => {
                self.screen = before;
                Task::none()
            }
            None => self.wipe(),
        }
    }

    /// The last screen of an errand: nothing personal is needed any more.
    fn finish(&mut self, screen: Screen) -> Task<Message> {
        let language = self.texts.language();
        let task = self.wipe();
        self.speak(language);
        self.screen = screen;
        task
    }

    /// Ends whatever is going on: everything personal is gone, the kiosk waits for the next one (invariant 5).
    fn wipe(&mut self) -> Task<Message> {
        self.trail.clear();
        self.warning = None;
        self.staff.close();
        self.idle.touched();
        self.sending = None;
        self.scheme = Scheme::default();
        self.speak(self.first_language);
        self.screen = Screen::Attract;
        let (Some(session), Some(terminal)) = (self.session.take(), &self.kit.terminal) else {
            return Task::none();
        };
        let (client, token) = (terminal.client().clone(), session.token.clone());
        let sign_out = async move {
            if let Err(error) = client.sign_out(&token).await {
                tracing::debug!(%error, "the session ends by itself");
            }
        };
        Task::perform(sign_out, |()| Message::System(System::Finished))
    }

    fn speak(&mut self, language: Language) {
        if language == self.texts.language() {
            return;
        }
        match Texts::load(language) {
            Ok(texts) => self.texts = Arc::new(texts),
            Err(error) => tracing::error!(%error, "a language cannot be read"),
        }
    }

    /// Fits what is drawn to a window of this size in physical pixels.
    pub fn fit(&mut self, physical: Size) {
        let (short, long) = (physical.width.min(physical.height), physical.width.max(physical.height));
        let scale = (short / DESIGN.width).min(long / DESIGN.height).clamp(0.25, 4.0);
        self.kit.scale = scale;
        self.kit.window = Size::new(physical.width / scale, physical.height / scale);
    }

    /// The theme that fits what is shown now.
    pub(super) fn dress(&mut self) {
        let lit = matches!(&self.screen, Screen::Photo(photo) if photo.is_lit());
        let plain = self.warning.is_none() && !self.staff.asks();
        let lit = lit && plain;
        let scheme = if lit { Scheme::Light } else { self.scheme };
        if (self.theme.scheme, self.theme.lit) != (scheme, lit) {
            let theme = self.brand.theme(Density::Kiosk, scheme);
            self.theme = if lit { theme.lit() } else { theme };
        }
    }
}
