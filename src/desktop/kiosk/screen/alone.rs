//! Without server and without a phone: the user name alone. Who it is must be shown when the card is picked up.

use iced::Fill;
use iced::widget::{column, container, space};

use crate::desktop::icon::Icon;
use crate::desktop::kiosk::kit::Kit;
use crate::desktop::kiosk::page::Page;
use crate::desktop::kiosk::session::{Proof, Session};
use crate::desktop::widget::{Edit, Entry, Line, Scene, button, keyboard, notice};
use crate::domain::order;
use crate::domain::person::UserName;

#[derive(Debug, Clone)]
pub enum Message {
    Edited(Edit),
    Pressed(keyboard::Press),
    Submit,
}

pub enum Action {
    None,
    SignedIn(Box<Session>),
}

/// See the module.
#[derive(Debug, Default)]
pub struct Alone {
    user: Line,
    keyboard: keyboard::State,
    wrong: bool,
}

impl Alone {
    /// After what cannot be a user name.
    pub fn refused(user: &str) -> Self {
        Self { user: user.into(), wrong: true, ..Self::default() }
    }

    pub fn update(&mut self, message: Message, kit: &Kit) -> Action {
        match message {
            Message::Edited(edit) => {
                self.wrong = false;
                self.user.apply(edit);
            }
            Message::Pressed(keyboard::Press::Enter) | Message::Submit => {
                match (UserName::new(&self.user.text()), kit.randomness.uuid()) {
                    (Some(user), Ok(id)) => {
                        let session = Session::alone(user, Proof::None, order::Id(id));
                        return Action::SignedIn(Box::new(session));
                    }
                    (None, _) => self.wrong = true,
                    (_, Err(error)) => tracing::error!(%error, "no order can begin"),
                }
            }
            Message::Pressed(press) => {
                if let Some(edit) = self.keyboard.press(press) {
                    self.wrong = false;
                    self.user.apply(edit);
                }
            }
        }
        Action::None
    }

    pub fn page<'a>(&'a self, scene: Scene<'a>) -> Page<'a, Message> {
        let Scene { theme, texts, .. } = scene;
        let user = Entry::new("user", texts.kiosk_sign_in_user(), &self.user, Message::Edited)
            .icon(Icon::User)
            .error(self.wrong.then(|| texts.kiosk_alone_wrong()))
            .on_submit(Message::Submit)
            .view(theme);
        let keys = keyboard::view(scene, self.keyboard, texts.kiosk_alone_submit(), Message::Pressed);
        let body = column![user, space().height(Fill), container(keys).center_x(Fill)].height(Fill);
        let submit = button::with_icon(theme, "next", Icon::ArrowRight, texts.kiosk_alone_submit())
            .width(Fill)
            .on_press(Message::Submit);
        let says = notice::notice(
            theme,
            notice::Kind::Warning,
            texts.kiosk_alone_bring(),
            Some(texts.kiosk_alone_bring_more()),
        );
        Page::new("alone", texts.kiosk_alone_title(), body).aside(says).action(submit).autofocus("user")
    }
}
