//! Signing in with a phone, which works while the server cannot be reached: a QR code to be scanned, then user name and the code
//! that the phone shows. The terminal checks the code itself.

use iced::widget::{column, container, row, space};
use iced::{Center, Fill, Task, task};

use crate::desktop::Element;
use crate::desktop::icon::Icon;
use crate::desktop::kiosk::kit::Kit;
use crate::desktop::kiosk::page::Page;
use crate::desktop::kiosk::qr;
use crate::desktop::kiosk::session::{Proof, Session};
use crate::desktop::office::Office;
use crate::desktop::theme::style;
use crate::desktop::widget::{Edit, Entry, Line, Scene, button, keyboard, notice, words};
use crate::domain::order;
use crate::domain::person::UserName;
use crate::domain::phone::{Nonce, Refusal, VALID};
use crate::seal::phone::Code;
use crate::sync::phone;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Field {
    #[default]
    User,
    Code,
}

/// Why the person is not signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    Incomplete,
    Refused(Refusal),
    /// The store cannot be read or written.
    Unavailable,
}

#[derive(Debug, Clone)]
pub enum Message {
    /// The nonce of a new QR code and the last part of its address.
    Shown(Result<(Nonce, String), Trouble>),
    /// The phone has shown a code.
    HaveCode,
    NewCode,
    NoPhone,
    Edited(Field, Edit),
    Focused(Field),
    Pressed(keyboard::Press),
    Submit,
    Answered(Result<UserName, Trouble>),
}

pub enum Action {
    None,
    Run(Task<Message>),
    SignedIn(Box<Session>),
    /// With the user name alone.
    Alone,
}

/// See the module.
#[derive(Debug, Default)]
pub struct Phone {
    shown: Option<(Nonce, String)>,
    /// Seconds since the QR code was shown, counted here: no clock makes them fewer.
    seconds: u64,
    showing: Option<task::Handle>,
    typing: bool,
    user: Line,
    code: Line,
    active: Field,
    keyboard: keyboard::State,
    waiting: Option<task::Handle>,
    trouble: Option<Trouble>,
}

impl Phone {
    /// The screen, and the making of its QR code.
    pub fn new(kit: &Kit) -> (Self, Task<Message>) {
        let mut phone = Self::default();
        let task = phone.show(kit);
        (phone, task)
    }

    /// With this QR code, as it looks after some time.
    pub fn preset(text: &str, typing: bool, trouble: Option<Trouble>) -> Self {
        let shown = Some((Nonce([0; 16]), text.to_owned()));
        Self { shown, typing, trouble, ..Self::default() }
    }

    fn show(&mut self, kit: &Kit) -> Task<Message> {
        (self.shown, self.seconds, self.typing) = (None, 0, false);
        self.code.clear();
        let Some(terminal) = kit.terminal.clone() else {
            self.trouble = Some(Trouble::Unavailable);
            return Task::none();
        };
        let show = async move { phone::show(&terminal).await.map_err(|error| unavailable(&error)) };
        let (task, handle) = Task::perform(show, Message::Shown).abortable();
        self.showing = Some(handle.abort_on_drop());
        task
    }

    /// Whether it waits for somebody who looks at a phone.
    pub fn patient(&self) -> bool {
        !self.typing && self.shown.is_some()
    }

    /// A second has passed.
    pub fn second(&mut self, kit: &Kit) -> Task<Message> {
        if self.shown.is_none() {
            return Task::none();
        }
        self.seconds += 1;
        if self.left() > 0 || self.waiting.is_some() {
            return Task::none();
        }
        self.trouble = Some(Trouble::Refused(Refusal::Expired));
        self.show(kit)
    }

    /// Back to the QR code; false where that is what is shown.
    pub fn back(&mut self) -> bool {
        self.trouble = None;
        self.waiting = None;
        self.code.clear();
        std::mem::take(&mut self.typing)
    }

    /// Seconds for which the QR code can still be answered.
    fn left(&self) -> u64 {
        VALID.as_secs().unsigned_abs().saturating_sub(self.seconds)
    }

    fn line(&mut self, field: Field) -> &mut Line {
        match field {
            Field::User => &mut self.user,
            Field::Code => &mut self.code,
        }
    }

    pub fn update(&mut self, message: Message, kit: &Kit) -> Action {
        match message {
            Message::Shown(Ok(shown)) => {
                self.showing = None;
                self.shown = Some(shown);
            }
            Message::Shown(Err(trouble)) => {
                self.showing = None;
                self.trouble = Some(trouble);
            }
            Message::HaveCode if self.shown.is_some() => {
                (self.typing, self.trouble, self.active) = (true, None, Field::User);
            }
            Message::HaveCode => {}
            Message::NewCode => {
                self.trouble = None;
                return Action::Run(self.show(kit));
            }
            Message::NoPhone => return Action::Alone,
            Message::Edited(field, edit) => {
                (self.active, self.trouble) = (field, None);
                self.line(field).apply(edit);
            }
            Message::Focused(field) => self.active = field,
            Message::Pressed(keyboard::Press::Enter) | Message::Submit
                if self.active == Field::User && self.code.is_empty() =>
            {
                self.active = Field::Code;
                return Action::Run(iced::widget::operation::focus("code"));
            }
            Message::Pressed(keyboard::Press::Enter) | Message::Submit => return self.submit(kit),
            Message::Pressed(press) => {
                if let Some(edit) = self.keyboard.press(press) {
                    self.trouble = None;
                    self.line(self.active).apply(edit);
                }
            }
            Message::Answered(answer) => return self.answered(answer, kit),
        }
        Action::None
    }

    fn submit(&mut self, kit: &Kit) -> Action {
        if self.waiting.is_some() {
            return Action::None;
        }
        let (user, code) = (UserName::new(&self.user.text()), self.code.text().parse::<Code>());
        let (Some(user), Ok(code)) = (user, code) else {
            self.trouble = Some(Trouble::Incomplete);
            return Action::None;
        };
        let (Some(terminal), Some((nonce, _))) = (kit.terminal.clone(), &self.shown) else {
            self.trouble = Some(Trouble::Unavailable);
            return Action::None;
        };
        let nonce = *nonce;
        let ask = async move {
            match phone::attempt(&terminal, nonce, &user, &code).await {
                Ok(Ok(())) => Ok(user),
                Ok(Err(refusal)) => Err(Trouble::Refused(refusal)),
                Err(error) => Err(unavailable(&error)),
            }
        };
        let (task, handle) = Task::perform(ask, Message::Answered).abortable();
        self.waiting = Some(handle.abort_on_drop());
        self.trouble = None;
        Action::Run(task)
    }

    fn answered(&mut self, answer: Result<UserName, Trouble>, kit: &Kit) -> Action {
        self.waiting = None;
        self.code.clear();
        self.active = Field::Code;
        let trouble = match (answer, &self.shown, kit.randomness.uuid()) {
            (Ok(user), Some((nonce, _)), Ok(id)) => {
                let session = Session::alone(user, Proof::Phone(*nonce), order::Id(id));
                return Action::SignedIn(Box::new(session));
            }
            (Ok(_), ..) => Trouble::Unavailable,
            (Err(trouble), ..) => trouble,
        };
        self.trouble = Some(trouble);
        match trouble {
            Trouble::Refused(Refusal::Spent | Refusal::Expired | Refusal::Used | Refusal::Earlier) => {
                Action::Run(self.show(kit))
            }
            _ => Action::None,
        }
    }

    pub fn page<'a>(&'a self, scene: Scene<'a>, office: &'a Office) -> Page<'a, Message> {
        let page = if self.typing { self.code_page(scene) } else { self.qr_page(scene, office) };
        match self.trouble.map(|trouble| says(scene, trouble)) {
            Some((kind, headline, more)) => {
                page.aside(notice::notice(scene.theme, kind, headline, Some(more)))
            }
            None => page,
        }
    }

    fn qr_page<'a>(&'a self, scene: Scene<'a>, office: &'a Office) -> Page<'a, Message> {
        let Scene { theme, texts, .. } = scene;
        let place = office.find(&office.place);
        let place = place.map(|place| place.name.get(texts.language())).unwrap_or_default();
        let code: Element<'a, Message> = match &self.shown {
            Some((_, text)) => {
                let address = format!("{}/s/{text}", office.public_url.trim_end_matches('/'));
                qr::view(theme.target * 5.5, &address).unwrap_or_else(|| space().into())
            }
            None => {
                container(words::lead(theme, texts.kiosk_phone_preparing())).center(theme.target * 5.5).into()
            }
        };
        let minutes = self.left().div_ceil(60);
        let below = column![
            words::strong(theme, texts.phone_kiosk(office.code.as_str(), place)),
            words::caption(theme, texts.kiosk_phone_time(minutes as f64)),
        ]
        .align_x(Center);
        let card = container(column![code, below].spacing(theme.space.s).align_x(Center))
            .padding(theme.space.m)
            .style(style::card);
        let step = |number: &'static str, says: String| -> Element<'a, Message> {
            let mark = container(words::heading(theme, number).style(style::primary))
                .center(theme.target * 0.75)
                .style(style::sunken);
            row![mark, words::lead(theme, says).width(Fill)].spacing(theme.space.m).align_y(Center).into()
        };
        let steps = column![
            step("1", texts.kiosk_phone_scan()),
            step("2", texts.kiosk_phone_page()),
            step("3", texts.kiosk_phone_type()),
        ]
        .spacing(theme.space.l)
        .width(Fill);
        let new = button::with_icon(theme, "new-qr", Icon::RefreshCw, texts.kiosk_phone_new())
            .quiet()
            .on_press_maybe(self.showing.is_none().then_some(Message::NewCode));
        let body: Element<'a, Message> = if scene.portrait() {
            column![container(card).center_x(Fill), container(new).center_x(Fill), steps]
                .spacing(theme.space.l)
                .into()
        } else {
            row![card, column![steps, new].spacing(theme.space.l)].spacing(theme.space.xl).into()
        };
        let none = button(theme, "no-phone", texts.kiosk_phone_none()).secondary().on_press(Message::NoPhone);
        let have = button::with_icon(theme, "have-code", Icon::ArrowRight, texts.kiosk_phone_have())
            .width(Fill)
            .on_press_maybe(self.shown.is_some().then_some(Message::HaveCode));
        let page = Page::new("phone", texts.kiosk_phone_title(), body)
            .action(none)
            .action(have)
            .on_enter(Message::HaveCode);
        if self.trouble.is_none() { page.lead(texts.kiosk_phone_lead()) } else { page }
    }

    fn code_page<'a>(&'a self, scene: Scene<'a>) -> Page<'a, Message> {
        let Scene { theme, texts, .. } = scene;
        let entry = |id, label, line: &'a Line, field: Field, icon| {
            Entry::new(id, label, line, move |edit| Message::Edited(field, edit))
                .icon(icon)
                .on_focus(Message::Focused(field))
                .on_submit(Message::Submit)
                .view(theme)
        };
        let user = entry("user", texts.kiosk_sign_in_user(), &self.user, Field::User, Icon::User);
        let code = entry("code", texts.kiosk_phone_code(), &self.code, Field::Code, Icon::Smartphone);
        let enter = match self.active {
            Field::User => texts.kiosk_keyboard_next(),
            Field::Code => texts.kiosk_keyboard_done(),
        };
        let keys = keyboard::view(scene, self.keyboard, enter, Message::Pressed);
        let lines: Element<'a, Message> = if scene.portrait() {
            column![user, code].spacing(theme.space.s).into()
        } else {
            row![user, code].spacing(theme.space.s).into()
        };
        let body = column![lines, space().height(Fill), container(keys).center_x(Fill)].height(Fill);
        let submit = button::with_icon(theme, "next", Icon::LogIn, texts.kiosk_phone_submit())
            .width(Fill)
            .on_press_maybe(self.waiting.is_none().then_some(Message::Submit));
        let page =
            Page::new("phone-code", texts.kiosk_phone_code_title(), body).action(submit).autofocus("user");
        if self.trouble.is_none() { page.lead(texts.kiosk_phone_code_lead()) } else { page }
    }
}

fn unavailable(error: &crate::store::Error) -> Trouble {
    tracing::error!(%error, "a code from a phone cannot be checked");
    Trouble::Unavailable
}

fn says(scene: Scene<'_>, trouble: Trouble) -> (notice::Kind, String, String) {
    let texts = scene.texts;
    let (headline, more) = match trouble {
        Trouble::Incomplete => {
            let (headline, more) = (texts.kiosk_phone_incomplete(), texts.kiosk_phone_incomplete_more());
            return (notice::Kind::Info, headline, more);
        }
        Trouble::Unavailable => (texts.kiosk_sign_in_unavailable(), texts.kiosk_sign_in_unavailable_more()),
        Trouble::Refused(Refusal::Wrong { left }) => {
            (texts.kiosk_phone_wrong(), texts.kiosk_phone_wrong_more(f64::from(left)))
        }
        Trouble::Refused(Refusal::Spent) => (texts.kiosk_phone_spent(), texts.kiosk_phone_spent_more()),
        Trouble::Refused(Refusal::Used) => (texts.kiosk_phone_used(), texts.kiosk_phone_used_more()),
        Trouble::Refused(Refusal::Earlier) => (texts.kiosk_phone_earlier(), texts.kiosk_phone_earlier_more()),
        Trouble::Refused(Refusal::Expired) => (texts.kiosk_phone_expired(), texts.kiosk_phone_expired_more()),
        Trouble::Refused(Refusal::Locked { wait }) => {
            let minutes = wait.as_secs().unsigned_abs().div_ceil(60).max(1);
            (texts.kiosk_phone_locked(), texts.kiosk_phone_locked_more(minutes as f64))
        }
    };
    (notice::Kind::Warning, headline, more)
}
