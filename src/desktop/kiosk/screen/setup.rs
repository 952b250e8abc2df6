//! Before the kiosk works: it starts, it is enrolled for the first time, or something stands in the way and is said.

use std::path::PathBuf;

use iced::widget::{column, container, row, space};
use iced::{Center, Fill, Task, task};

use crate::desktop::Element;
use crate::desktop::boot::{self, Trouble};
use crate::desktop::icon::Icon;
use crate::desktop::kiosk::kit::Kit;
use crate::desktop::kiosk::page::{Frame, Page};
use crate::desktop::theme::style;
use crate::desktop::widget::{Edit, Entry, Line, Scene, button, keyboard, notice, words};
use crate::seal::keys::Prefer;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Field {
    #[default]
    Server,
    Code,
}

#[derive(Debug, Clone)]
pub enum Message {
    Edited(Field, Edit),
    Focused(Field),
    Pressed(keyboard::Press),
    Submit,
    Enrolled(Result<(), Trouble>),
    Retry,
}

pub enum Action {
    None,
    Run(Task<Message>),
    /// This is a terminal now.
    Enrolled,
    /// Open the data folder (again).
    Boot,
}

/// See the module.
#[derive(Debug, Default)]
pub struct Setup {
    /// None while starting.
    trouble: Option<Trouble>,
    server: Line,
    code: Line,
    active: Field,
    keyboard: keyboard::State,
    /// What was wrong with the last try to enrol.
    wrong: Option<Trouble>,
    waiting: Option<task::Handle>,
}

impl Setup {
    pub fn troubled(trouble: Trouble) -> Self {
        Self { trouble: Some(trouble), server: "https://".into(), ..Self::default() }
    }

    /// Whether to try again by itself.
    pub fn passing(&self) -> bool {
        matches!(
            self.trouble,
            Some(Trouble::Offline | Trouble::NotOurServer | Trouble::InUse | Trouble::Keys)
        )
    }

    fn line(&mut self, field: Field) -> &mut Line {
        match field {
            Field::Server => &mut self.server,
            Field::Code => &mut self.code,
        }
    }

    pub fn update(&mut self, message: Message, kit: &Kit, data: PathBuf) -> Action {
        match message {
            Message::Edited(field, edit) => {
                self.active = field;
                self.line(field).apply(edit);
            }
            Message::Focused(field) => self.active = field,
            Message::Pressed(keyboard::Press::Enter) | Message::Submit => return self.submit(kit, data),
            Message::Pressed(press) => {
                if let Some(edit) = self.keyboard.press(press) {
                    self.line(self.active).apply(edit);
                }
            }
            Message::Enrolled(Ok(())) => return Action::Enrolled,
            Message::Retry => return Action::Boot,
            Message::Enrolled(Err(trouble)) => {
                self.waiting = None;
                self.wrong = Some(trouble);
            }
        }
        Action::None
    }

    fn submit(&mut self, kit: &Kit, data: PathBuf) -> Action {
        if self.active == Field::Server && self.code.is_empty() {
            self.active = Field::Code;
            return Action::Run(iced::widget::operation::focus("code"));
        }
        if self.waiting.is_some() {
            return Action::None;
        }
        self.wrong = None;
        let (server, code) = (self.server.text(), self.code.text());
        let (clock, randomness) = (kit.clock.clone(), kit.randomness.clone());
        let enrol = async move {
            let kind =
                boot::enrol(&data, server.trim(), code.trim(), Prefer::Keyring, clock, randomness).await;
            kind.map(|_| ())
        };
        let (task, handle) = Task::perform(enrol, Message::Enrolled).abortable();
        self.waiting = Some(handle.abort_on_drop());
        Action::Run(task)
    }

    pub fn page<'a>(&'a self, scene: Scene<'a>) -> Page<'a, Message> {
        let Scene { theme, texts, .. } = scene;
        match self.trouble {
            None => {
                let body = column![
                    Icon::Hourglass.view(theme.target * 1.5).style(style::primary),
                    words::lead(theme, texts.kiosk_setup_starting_more())
                ]
                .spacing(theme.space.l)
                .align_x(Center);
                Page::new("starting", texts.kiosk_setup_starting(), container(body).center(Fill))
                    .frame(Frame::Top)
            }
            Some(Trouble::NotEnrolled) => self.form(scene),
            Some(trouble) => {
                let body = column![
                    Icon::Wrench.view(theme.target * 1.5).style(style::primary),
                    words::heading(theme, trouble.says(texts)),
                    words::body(theme, texts.kiosk_setup_staff())
                ]
                .spacing(theme.space.l)
                .align_x(Center)
                .max_width(800);
                let retry = button::with_icon(theme, "retry", Icon::RefreshCw, texts.kiosk_setup_retry())
                    .width(Fill)
                    .on_press(Message::Retry);
                Page::new("trouble", texts.kiosk_setup_trouble(), container(body).center(Fill))
                    .action(retry)
                    .frame(Frame::Top)
            }
        }
    }

    /// The first run: which server, and the line that it printed for this terminal.
    fn form<'a>(&'a self, scene: Scene<'a>) -> Page<'a, Message> {
        let Scene { theme, texts, .. } = scene;
        let server = Entry::new("server", texts.kiosk_setup_server(), &self.server, |edit| {
            Message::Edited(Field::Server, edit)
        })
        .icon(Icon::Server)
        .on_focus(Message::Focused(Field::Server))
        .on_submit(Message::Submit);
        let code = Entry::new("code", texts.kiosk_setup_code(), &self.code, |edit| {
            Message::Edited(Field::Code, edit)
        })
        .icon(Icon::KeyRound)
        .error(self.wrong.map(|trouble| trouble.says(texts)))
        .on_focus(Message::Focused(Field::Code))
        .on_submit(Message::Submit);
        let how = notice::notice(theme, notice::Kind::Info, texts.kiosk_setup_how(), None);
        let keys = keyboard::view(scene, self.keyboard, texts.kiosk_keyboard_next(), Message::Pressed);
        let (server, code) = (server.view(theme), code.view(theme));
        let lines: Element<'a, Message> = if scene.portrait() {
            column![server, code].spacing(theme.space.m).into()
        } else {
            row![server, code].spacing(theme.space.s).into()
        };
        let body = column![lines, space().height(Fill), container(keys).center_x(Fill)].height(Fill);
        let label =
            if self.waiting.is_some() { texts.kiosk_setup_enrolling() } else { texts.kiosk_setup_enrol() };
        let submit = button::with_icon(theme, "enrol", Icon::Check, label)
            .width(Fill)
            .on_press_maybe(self.waiting.is_none().then_some(Message::Submit));
        Page::new("setup", texts.kiosk_setup_title(), body)
            .lead(texts.kiosk_setup_lead())
            .aside(how)
            .action(submit)
            .autofocus("server")
            .frame(Frame::Top)
    }
}
