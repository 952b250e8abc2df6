//! Signing in at the counter: also the screen of a locked desk, and the change of clerks.

use iced::widget::{column, container, row, svg};
use iced::{Center, Length};
use zeroize::Zeroizing;

use super::trouble::Trouble;
use crate::desktop::Element;
use crate::desktop::icon::Icon;
use crate::desktop::theme::style;
use crate::desktop::widget::button;
use crate::desktop::widget::{Edit, Entry, Line, Scene, notice, words};
use crate::domain::person::Language;

/// What happened on the screen.
#[derive(Debug, Clone)]
pub enum Message {
    UserName(Edit),
    Password(Edit),
    Submitted,
    Language(Language),
}

/// What the screen wants done.
pub enum Action {
    None,
    SignIn { user_name: String, password: Zeroizing<String> },
    Speak(Language),
}

/// The screen's state.
#[derive(Debug, Default)]
pub struct SignIn {
    user_name: Line,
    password: Line,
    trouble: Option<Trouble>,
    waiting: bool,
}

impl SignIn {
    /// For the clerk who was here last, who only types the password.
    pub fn of(user_name: &str) -> Self {
        Self { user_name: user_name.into(), ..Self::default() }
    }

    /// With a word about why one is here again.
    pub fn because(mut self, trouble: Trouble) -> Self {
        self.trouble = Some(trouble);
        self
    }

    /// The field to begin in.
    pub fn first(&self) -> &'static str {
        if self.user_name.is_empty() { "user-name" } else { "password" }
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::UserName(edit) => self.user_name.apply(edit),
            Message::Password(edit) => self.password.apply(edit),
            Message::Language(language) => return Action::Speak(language),
            Message::Submitted => {
                if !self.waiting && !self.user_name.is_empty() && !self.password.is_empty() {
                    self.waiting = true;
                    self.trouble = None;
                    let user_name = self.user_name.text().trim().to_owned();
                    return Action::SignIn { user_name, password: self.password.text() };
                }
            }
        }
        Action::None
    }

    /// The server did not let them in.
    pub fn refused(&mut self, trouble: Trouble) {
        self.waiting = false;
        self.trouble = Some(trouble);
        self.password.clear();
    }

    pub fn view<'a>(&'a self, scene: Scene<'a>, place: &'a str) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let ready = !self.waiting && !self.user_name.is_empty() && !self.password.is_empty();
        let languages = Language::ALL.into_iter().map(|language| {
            let id = format!("language-{}", language.tag());
            button::button(theme, id, texts.name_of(language))
                .kind(if language == texts.language() {
                    button::Kind::Secondary
                } else {
                    button::Kind::Quiet
                })
                .on_press(Message::Language(language))
                .into()
        });
        let said = self.trouble.map(|trouble| {
            let (kind, what, help) = trouble.words(texts);
            notice(theme, kind, what, Some(help))
        });
        let waiting =
            self.waiting.then(|| words::body(theme, texts.counter_signing_in()).style(style::muted));
        let place = row![Icon::MapPin.view(theme.text.lead), words::body(theme, place)]
            .spacing(theme.space.xs)
            .align_y(Center);
        let form = column![
            svg(theme.logo.clone()).height(48.0).width(Length::Shrink),
            words::title(theme, texts.counter_sign_in()),
            place,
            Entry::new("user-name", texts.counter_user_name(), &self.user_name, Message::UserName)
                .icon(Icon::UserRound)
                .on_submit(Message::Submitted)
                .view(theme),
            Entry::new("password", texts.counter_password(), &self.password, Message::Password)
                .icon(Icon::KeyRound)
                .masked(true)
                .on_submit(Message::Submitted)
                .view(theme),
            button::with_icon(theme, "sign-in", Icon::LogIn, texts.counter_sign_in_now())
                .width(Length::Fill)
                .on_press_maybe(ready.then_some(Message::Submitted)),
        ]
        .push(said)
        .push(waiting)
        .push(row(languages).spacing(theme.space.s))
        .spacing(theme.space.m)
        .width(480.0);
        container(container(form).padding(theme.space.xl).style(style::card)).center(Length::Fill).into()
    }
}
