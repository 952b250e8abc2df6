//! Who is it: user name and password, on the real keyboard or on the screen.

use iced::widget::{column, container, row, space};
use iced::{Fill, Task, task};

use crate::desktop::Element;
use crate::desktop::icon::Icon;
use crate::desktop::kiosk::kit::Kit;
use crate::desktop::kiosk::page::Page;
use crate::desktop::kiosk::session::{Session, Unfit};
use crate::desktop::parcel::Parcel;
use crate::desktop::widget::{Edit, Entry, Line, Scene, button, keyboard, notice, words};
use crate::domain::order;
use crate::sync::answer::{self, ProblemCode};
use crate::sync::client;
use crate::system::NoRandomness;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Field {
    #[default]
    User,
    Password,
}

/// Why the person is not signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// One of the two is missing.
    Incomplete,
    Wrong,
    /// Too many attempts; minutes to wait.
    Locked {
        minutes: u64,
    },
    Disabled,
    Staff,
    Offline,
    /// Anything else that is not the person's fault.
    Unavailable,
}

#[derive(Debug, Clone)]
pub enum Message {
    Edited(Field, Edit),
    Focused(Field),
    Pressed(keyboard::Press),
    PasswordShown(bool),
    Submit,
    Phone,
    Answered(Result<Parcel<answer::Session>, Refusal>),
}

pub enum Action {
    None,
    Run(Task<Message>),
    SignedIn(Box<Session>),
    /// With a phone instead.
    Phone,
}

/// See the module.
#[derive(Debug, Default)]
pub struct SignIn {
    user: Line,
    password: Line,
    active: Field,
    shown: bool,
    keyboard: keyboard::State,
    waiting: Option<task::Handle>,
    refusal: Option<Refusal>,
}

impl SignIn {
    /// With an answer that was refused, as it looks afterwards.
    pub fn refused(user: &str, refusal: Refusal) -> Self {
        Self { user: user.into(), refusal: Some(refusal), ..Self::default() }
    }

    fn line(&mut self, field: Field) -> &mut Line {
        match field {
            Field::User => &mut self.user,
            Field::Password => &mut self.password,
        }
    }

    pub fn update(&mut self, message: Message, kit: &Kit) -> Action {
        match message {
            Message::Edited(field, edit) => {
                self.active = field;
                self.refusal = None;
                self.line(field).apply(edit);
                Action::None
            }
            Message::Focused(field) => {
                self.active = field;
                Action::None
            }
            Message::Pressed(keyboard::Press::Enter) if self.active == Field::User => {
                self.active = Field::Password;
                Action::Run(iced::widget::operation::focus("password"))
            }
            Message::Pressed(keyboard::Press::Enter) => self.submit(kit),
            Message::Pressed(press) => {
                if let Some(edit) = self.keyboard.press(press) {
                    self.refusal = None;
                    self.line(self.active).apply(edit);
                }
                Action::None
            }
            Message::PasswordShown(shown) => {
                self.shown = shown;
                Action::None
            }
            Message::Submit if self.active == Field::User && self.password.is_empty() => {
                self.active = Field::Password;
                Action::Run(iced::widget::operation::focus("password"))
            }
            Message::Submit => self.submit(kit),
            Message::Phone => Action::Phone,
            Message::Answered(Ok(parcel)) => {
                self.waiting = None;
                self.password.clear();
                let Some(answer) = parcel.take() else { return Action::None };
                match begin(answer, kit) {
                    Ok(session) => Action::SignedIn(Box::new(session)),
                    Err(refusal) => {
                        self.refusal = Some(refusal);
                        Action::None
                    }
                }
            }
            Message::Answered(Err(refusal)) => {
                self.waiting = None;
                self.refusal = Some(refusal);
                self.password.clear();
                Action::None
            }
        }
    }

    fn submit(&mut self, kit: &Kit) -> Action {
        if self.waiting.is_some() {
            return Action::None;
        }
        if self.user.is_empty() || self.password.is_empty() {
            self.refusal = Some(Refusal::Incomplete);
            return Action::None;
        }
        let Some(terminal) = &kit.terminal else {
            self.refusal = Some(Refusal::Unavailable);
            return Action::None;
        };
        self.refusal = None;
        let (client, user, password) = (terminal.client().clone(), self.user.text(), self.password.text());
        let ask = async move {
            let answer = client.sign_in(user.trim(), &password).await;
            answer.map(Parcel::new).map_err(|error| refusal(&error))
        };
        let (task, handle) = Task::perform(ask, Message::Answered).abortable();
        self.waiting = Some(handle.abort_on_drop());
        Action::Run(task)
    }

    pub fn page<'a>(&'a self, scene: Scene<'a>) -> Page<'a, Message> {
        let Scene { theme, texts, .. } = scene;
        let wrong = matches!(self.refusal, Some(Refusal::Wrong));
        let user = Entry::new("user", texts.kiosk_sign_in_user(), &self.user, |edit| {
            Message::Edited(Field::User, edit)
        })
        .icon(Icon::User)
        .on_focus(Message::Focused(Field::User))
        .on_submit(Message::Submit)
        .view(theme);
        let password = Entry::new("password", texts.kiosk_sign_in_password(), &self.password, |edit| {
            Message::Edited(Field::Password, edit)
        })
        .icon(Icon::LockKeyhole)
        .masked(!self.shown)
        .error(wrong.then(|| texts.kiosk_sign_in_wrong()))
        .on_focus(Message::Focused(Field::Password))
        .on_submit(Message::Submit)
        .view(theme);
        let (icon, label) = if self.shown {
            (Icon::EyeOff, texts.kiosk_sign_in_hide())
        } else {
            (Icon::Eye, texts.kiosk_sign_in_show())
        };
        let show = button::with_icon(theme, "show-password", icon, label)
            .quiet()
            .on_press(Message::PasswordShown(!self.shown));
        let keys = keyboard::view(
            scene,
            self.keyboard,
            match self.active {
                Field::User => texts.kiosk_keyboard_next(),
                Field::Password => texts.kiosk_keyboard_done(),
            },
            Message::Pressed,
        );
        let lines: Element<'a, Message> = if scene.portrait() {
            column![user, password, row![space::horizontal(), show]].spacing(theme.space.s).into()
        } else {
            // beside each other, so that the keyboard has room below
            row![user, password, column![space().height(theme.text.body * 1.4 + theme.space.xs), show]]
                .spacing(theme.space.s)
                .into()
        };
        let body = column![lines, space().height(Fill), container(keys).center_x(Fill)].height(Fill);
        let submit = button::with_icon(theme, "next", Icon::LogIn, texts.kiosk_sign_in_submit())
            .width(Fill)
            .on_press_maybe(self.waiting.is_none().then_some(Message::Submit));
        // where the server is away, the phone is the way to go
        let away = matches!(self.refusal, Some(Refusal::Offline | Refusal::Unavailable));
        let phone = button::with_icon(theme, "phone", Icon::Smartphone, texts.kiosk_phone_choose())
            .on_press(Message::Phone);
        let (phone, submit) =
            if away { (phone.width(Fill), submit.secondary()) } else { (phone.secondary(), submit) };
        let page = Page::new("sign-in", texts.kiosk_sign_in_title(), body)
            .action(phone)
            .action(submit)
            .autofocus("user");
        match self.says(scene) {
            Some((kind, headline, more)) => page.aside(notice::notice(theme, kind, headline, Some(more))),
            None if self.waiting.is_some() => {
                let icon = Icon::Hourglass.view(theme.text.lead);
                page.aside(
                    row![icon, words::lead(theme, texts.kiosk_sign_in_waiting())].spacing(theme.space.s),
                )
            }
            None => page.lead(texts.kiosk_sign_in_lead()),
        }
    }

    /// Everything but a wrong password, which stands at its line.
    fn says(&self, scene: Scene<'_>) -> Option<(notice::Kind, String, String)> {
        let texts = scene.texts;
        let (kind, headline, more) = match self.refusal? {
            Refusal::Wrong => return None,
            Refusal::Incomplete => {
                (notice::Kind::Info, texts.kiosk_sign_in_incomplete(), texts.kiosk_sign_in_incomplete_more())
            }
            Refusal::Locked { minutes } => (
                notice::Kind::Warning,
                texts.kiosk_sign_in_locked(),
                texts.kiosk_sign_in_locked_more(minutes as f64),
            ),
            Refusal::Disabled => {
                (notice::Kind::Warning, texts.kiosk_sign_in_disabled(), texts.kiosk_sign_in_disabled_more())
            }
            Refusal::Staff => {
                (notice::Kind::Info, texts.kiosk_sign_in_staff(), texts.kiosk_sign_in_staff_more())
            }
            Refusal::Offline => {
                (notice::Kind::Warning, texts.kiosk_sign_in_offline(), texts.kiosk_sign_in_offline_more())
            }
            Refusal::Unavailable => (
                notice::Kind::Warning,
                texts.kiosk_sign_in_unavailable(),
                texts.kiosk_sign_in_unavailable_more(),
            ),
        };
        Some((kind, headline, more))
    }
}

fn begin(answer: answer::Session, kit: &Kit) -> Result<Session, Refusal> {
    let id = kit.randomness.uuid().map_err(|error: NoRandomness| {
        tracing::error!(%error, "no order can begin");
        Refusal::Unavailable
    })?;
    Session::begin(answer, order::Id(id)).map_err(|unfit| match unfit {
        Unfit::Staff => Refusal::Staff,
        Unfit::Impossible => Refusal::Unavailable,
    })
}

/// What an error of the call means to the person.
fn refusal(error: &client::Error) -> Refusal {
    if let client::Error::Refused(problem) = error {
        match problem.code {
            ProblemCode::WrongPassword => return Refusal::Wrong,
            ProblemCode::Locked => {
                let minutes = problem.retry_after.unwrap_or(60).div_ceil(60).max(1);
                return Refusal::Locked { minutes };
            }
            ProblemCode::Disabled => return Refusal::Disabled,
            ProblemCode::WrongKind => return Refusal::Staff,
            _ => {}
        }
    }
    tracing::warn!(%error, "nobody could sign in");
    if error.offline() { Refusal::Offline } else { Refusal::Unavailable }
}
