//! What follows from a message: the only place that goes from one screen to another.

mod system;

use std::sync::Arc;

use iced::{Size, Task};

use super::chrome;
use super::screen::{
    Screen, alone, attract, done, language, overview, phone, pin, place, reason, receipt, sign_in, summary,
    terms,
};
use super::session::{Errand, Session, Step};
use super::{App, DESIGN, Kit, Message, System, errand, photo};
use crate::desktop::theme::{Density, Scheme};
use crate::domain::person::Language;
use crate::sync::answer;
use crate::texts::Texts;

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
                    sign_in::Action::Phone => {
                        let (phone, task) = phone::Phone::new(&self.kit);
                        self.go(Screen::Phone(phone));
                        task.map(Message::Phone)
                    }
                }
            }
            Message::Phone(message) => {
                let Screen::Phone(phone) = &mut self.screen else { return Task::none() };
                match phone.update(message, &self.kit) {
                    phone::Action::None => Task::none(),
                    phone::Action::Run(task) => task.map(Message::Phone),
                    phone::Action::SignedIn(session) => self.begin(*session),
                    phone::Action::Alone => {
                        self.go(Screen::Alone(alone::Alone::default()));
                        Task::none()
                    }
                }
            }
            Message::Alone(message) => {
                let Screen::Alone(alone) = &mut self.screen else { return Task::none() };
                match alone.update(message, &self.kit) {
                    alone::Action::None => Task::none(),
                    alone::Action::SignedIn(session) => self.begin(*session),
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
                let action = screen.update(message, self.kit.scale);
                tell_of_camera(&self.kit, screen);
                match action {
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
                        let identity = session.identity();
                        let receipt = receipt::Receipt { number, place, promise, price, identity };
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
        let orders = session.person.iter_mut().flat_map(|person| &mut person.orders);
        if let Some(known) = orders.into_iter().find(|known| known.id == order.id) {
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
            Screen::Phone(phone) => phone.back(),
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
        let Some(token) = session.token().cloned() else { return Task::none() };
        let client = terminal.client().clone();
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

/// Lets the server know how the camera is.
fn tell_of_camera(kit: &Kit, screen: &photo::Photo) {
    if let (Some(terminal), Some((state, out_of_order))) = (&kit.terminal, screen.camera()) {
        terminal.tell(|condition| {
            condition.camera = Some(state.code());
            condition.camera_out_of_order = out_of_order;
        });
    }
}
