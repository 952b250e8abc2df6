//! The PIN for the doors, entered twice. It leaves this screen sealed to the access system, or not at all.

use iced::widget::{column, container, row, space, stack};
use iced::{Border, Fill};

use crate::desktop::icon::Icon;
use crate::desktop::kiosk::kit::Kit;
use crate::desktop::kiosk::page::Page;
use crate::desktop::kiosk::session::Session;
use crate::desktop::widget::{Edit, Entry, Line, Scene, button, keypad, notice};
use crate::desktop::{Element, Theme};
use crate::domain::pin::{self, LENGTH, Refusal};
use crate::seal;
use crate::seal::pin::SealedPin;

#[derive(Debug, Clone)]
pub enum Message {
    Edited(Edit),
    Submit,
}

pub enum Action {
    None,
    Sealed(Box<SealedPin>),
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    Refused(Refusal),
    /// The second was another one.
    Different,
    /// It could not be sealed.
    Sealing,
}

/// See the module.
#[derive(Debug, Default)]
pub struct Pin {
    line: Line,
    first: Option<pin::Pin>,
    trouble: Option<Trouble>,
}

impl Pin {
    /// As it looks after a PIN was refused.
    pub fn refused(trouble: Trouble) -> Self {
        Self { trouble: Some(trouble), ..Self::default() }
    }

    /// As it looks when the first one is entered.
    pub fn again(first: pin::Pin) -> Self {
        Self { first: Some(first), ..Self::default() }
    }

    /// From the second entry to the first; false if it is the first already.
    pub fn back(&mut self) -> bool {
        let again = self.first.is_some();
        *self = Self::default();
        again
    }

    pub fn update(&mut self, message: Message, kit: &Kit, session: &Session) -> Action {
        match message {
            Message::Edited(Edit::Insert(figure)) => {
                if figure.is_ascii_digit() && self.line.len() < LENGTH {
                    self.trouble = None;
                    self.line.apply(Edit::End);
                    self.line.apply(Edit::Insert(figure));
                }
            }
            Message::Edited(edit) => self.line.apply(edit),
            Message::Submit => return self.submit(kit, session),
        }
        Action::None
    }

    fn entered(&self) -> Option<pin::Pin> {
        let text = self.line.text();
        let mut digits = [0; LENGTH];
        if text.len() != LENGTH {
            return None;
        }
        for (slot, byte) in digits.iter_mut().zip(text.bytes()) {
            *slot = byte.wrapping_sub(b'0');
        }
        pin::Pin::new(digits)
    }

    fn submit(&mut self, kit: &Kit, session: &Session) -> Action {
        let Some(entered) = self.entered() else { return Action::None };
        self.line.clear();
        match self.first.take() {
            None => match pin::refusal(&entered, &session.forbidden) {
                Some(refusal) => self.trouble = Some(Trouble::Refused(refusal)),
                None => self.first = Some(entered),
            },
            Some(first) if first != entered => self.trouble = Some(Trouble::Different),
            Some(first) => {
                let Some(office) = &kit.office else { return Action::None };
                match seal::pin::seal(&office.access_key, session.id, &first, &kit.randomness) {
                    Ok(sealed) => return Action::Sealed(Box::new(sealed)),
                    Err(error) => {
                        tracing::error!(%error, "a PIN could not be sealed");
                        self.trouble = Some(Trouble::Sealing);
                    }
                }
            }
        }
        Action::None
    }

    pub fn page<'a>(&'a self, scene: Scene<'a>) -> Page<'a, Message> {
        let Scene { theme, texts, .. } = scene;
        let again = self.first.is_some();
        let full = self.line.len() == LENGTH;
        let says: Element<'a, Message> = match self.trouble {
            Some(Trouble::Refused(refusal)) => {
                let (headline, more) = refused(scene, refusal);
                notice::notice(theme, notice::Kind::Warning, headline, Some(more))
            }
            Some(Trouble::Different) => notice::notice(
                theme,
                notice::Kind::Warning,
                texts.kiosk_pin_different(),
                Some(texts.kiosk_pin_different_more()),
            ),
            Some(Trouble::Sealing) => notice::notice(
                theme,
                notice::Kind::Danger,
                texts.kiosk_pin_sealing(),
                Some(texts.kiosk_try_again_or_ask()),
            ),
            None => notice::notice(theme, notice::Kind::Info, texts.kiosk_pin_tip(), None),
        };
        // the entry takes the real keyboard's figures; the dots are drawn over it
        let label = if again { texts.kiosk_pin_again_label() } else { texts.kiosk_pin_label() };
        let entry =
            Entry::new("pin", label, &self.line, Message::Edited).masked(true).on_submit(Message::Submit);
        let dots = row((0..LENGTH).map(|at| dot(theme, at < self.line.len()))).spacing(theme.space.l);
        let display = stack![
            entry.view(theme),
            column![
                space().height(theme.text.body * 1.4 + theme.space.xs),
                container(dots).center_x(Fill).center_y(theme.target).style(|theme: &Theme| {
                    container::Style::default().background(theme.color.surface).border(Border {
                        color: theme.color.focus,
                        width: theme.ring(),
                        radius: theme.radius.medium.into(),
                    })
                })
            ]
        ];
        let keys = container(keypad::view(scene, Message::Edited)).center_x(Fill);
        let body: Element<'a, Message> = if scene.portrait() {
            column![display, says, space().height(theme.space.s), keys].spacing(theme.space.m).into()
        } else {
            row![column![display, says].spacing(theme.space.m).width(Fill), keys]
                .spacing(theme.space.l)
                .into()
        };
        let next = button::with_icon(theme, "next", Icon::ArrowRight, texts.kiosk_next())
            .width(Fill)
            .on_press_maybe(full.then_some(Message::Submit));
        let (name, title) = if again {
            ("pin-again", texts.kiosk_pin_again_title())
        } else {
            ("pin", texts.kiosk_pin_title())
        };
        Page::new(name, title, body).lead(texts.kiosk_pin_lead()).action(next).autofocus("pin")
    }
}

fn dot<'a>(theme: &Theme, full: bool) -> Element<'a, Message> {
    let size = theme.text.heading;
    container("")
        .width(size)
        .height(size)
        .style(move |theme: &Theme| container::Style {
            background: full.then(|| theme.color.text.into()),
            border: Border {
                color: if full { theme.color.text } else { theme.color.line_strong },
                width: 3.0,
                radius: (size / 2.0).into(),
            },
            ..container::Style::default()
        })
        .into()
}

/// Why a PIN is refused, and what to do instead.
fn refused(scene: Scene<'_>, refusal: Refusal) -> (String, String) {
    let texts = scene.texts;
    let why = match refusal {
        Refusal::Personal => texts.kiosk_pin_personal(),
        Refusal::SameDigit => texts.kiosk_pin_same_digit(),
        Refusal::Repetition => texts.kiosk_pin_repetition(),
        Refusal::Sequence => texts.kiosk_pin_sequence(),
        Refusal::Year => texts.kiosk_pin_year(),
        Refusal::PopularDate => texts.kiosk_pin_popular_date(),
        Refusal::KeypadShape => texts.kiosk_pin_keypad_shape(),
        Refusal::KeypadWord => texts.kiosk_pin_keypad_word(),
    };
    (texts.kiosk_pin_refused(), why)
}
