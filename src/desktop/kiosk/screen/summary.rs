//! Everything once more, with the price and the promised day, before it is sent.

use iced::widget::{column, container, image, row};
use iced::{Center, Fill, Task, task};
use jiff::civil::Date;

use super::reason::price;
use crate::desktop::Element;
use crate::desktop::icon::Icon;
use crate::desktop::kiosk::kit::Kit;
use crate::desktop::kiosk::page::Page;
use crate::desktop::kiosk::session::{Session, Step};
use crate::desktop::kiosk::when;
use crate::desktop::office::Office;
use crate::desktop::theme::style;
use crate::desktop::widget::{Scene, button, notice, words};
use crate::domain::calendar::{self, Promise};
use crate::domain::order;
use crate::domain::person::Language;
use crate::store;
use crate::store::outbox::{Accepted, Draft};
use crate::system;

#[derive(Debug, Clone)]
pub enum Message {
    Edit(Step),
    Submit,
    Accepted(Result<Accepted, Trouble>),
}

/// Why the order was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The disk is full or cannot be written.
    Disk,
    Other,
}

pub enum Action {
    None,
    Run(Task<Message>),
    Edit(Step),
    Accepted(Accepted, Option<Promise>),
}

/// See the module.
#[derive(Debug)]
pub struct Summary {
    /// Fixed when it is shown.
    promise: Option<Promise>,
    waiting: Option<task::Handle>,
    trouble: Option<Trouble>,
}

impl Summary {
    pub fn new(kit: &Kit, session: &Session) -> Self {
        let place = kit.office.as_ref().and_then(|office| office.find(session.place.as_ref()?));
        let promise = place.and_then(|place| calendar::promise(place, kit.now(), system::built()));
        Self { promise, waiting: None, trouble: None }
    }

    /// As it looks when the order could not be kept.
    pub fn troubled(self, trouble: Trouble) -> Self {
        Self { trouble: Some(trouble), ..self }
    }

    pub fn update(&mut self, message: Message, kit: &Kit, session: &Session, language: Language) -> Action {
        match message {
            Message::Edit(step) if self.waiting.is_none() => return Action::Edit(step),
            Message::Submit if self.waiting.is_none() => {
                let draft = draft(kit, session, self.promise.map(|promise| promise.day), language);
                let (Some(draft), Some(terminal)) = (draft, kit.terminal.clone()) else {
                    self.trouble = Some(Trouble::Other);
                    return Action::None;
                };
                let accept = async move { terminal.accept(&draft).await.map_err(|error| trouble(&error)) };
                let (task, handle) = Task::perform(accept, Message::Accepted).abortable();
                self.waiting = Some(handle);
                self.trouble = None;
                return Action::Run(task);
            }
            Message::Edit(_) | Message::Submit => {}
            Message::Accepted(Ok(accepted)) => return Action::Accepted(accepted, self.promise),
            Message::Accepted(Err(trouble)) => {
                self.waiting = None;
                self.trouble = Some(trouble);
            }
        }
        Action::None
    }

    pub fn page<'a>(
        &'a self,
        scene: Scene<'a>,
        office: &'a Office,
        session: &'a Session,
    ) -> Page<'a, Message> {
        let Scene { theme, texts, .. } = scene;
        let language = texts.language();
        let line = |id: &'static str, icon: Icon, what: String, says: String, step: Option<Step>| {
            let mut line = row![
                icon.view(theme.text.heading).style(style::primary),
                column![words::caption(theme, what.clone()), words::lead(theme, says)].width(Fill)
            ]
            .spacing(theme.space.m)
            .align_y(Center);
            if let Some(step) = step {
                let label = texts.kiosk_summary_change(what);
                let short =
                    row![Icon::Pencil.view(theme.text.body), words::strong(theme, texts.kiosk_change())]
                        .spacing(theme.space.xs);
                line = line
                    .push(button::Button::of(theme, id, label, short).quiet().on_press(Message::Edit(step)));
            }
            Element::from(container(line).center_y(theme.target))
        };
        let reason = session.reason.unwrap_or(order::Reason::New);
        let place = session.place.as_ref().and_then(|id| office.find(id));
        let place_name = place.map(|place| place.name.get(language).to_owned()).unwrap_or_default();
        let promised = match self.promise {
            Some(Promise { day, from: Some(from) }) => {
                texts.kiosk_summary_from(when::day(texts, day), when::time(from))
            }
            Some(Promise { day, from: None }) => when::day(texts, day),
            None => texts.kiosk_summary_no_promise(),
        };
        let mut lines = column![
            line("", Icon::User, texts.kiosk_summary_name(), session.name().to_owned(), None),
            line(
                "edit-reason",
                Icon::IdCard,
                texts.kiosk_summary_reason(),
                reason_name(scene, reason),
                Some(Step::Reason)
            ),
            line("edit-pin", Icon::Lock, texts.kiosk_summary_pin(), "● ● ● ●".to_owned(), Some(Step::Pin)),
            line("edit-place", Icon::MapPin, texts.kiosk_summary_place(), place_name, Some(Step::Place)),
            line("", Icon::CalendarCheck, texts.kiosk_summary_ready(), promised, None),
            line(
                "",
                Icon::Wallet,
                texts.kiosk_summary_price(),
                price(scene, reason.price(&office.prices)),
                None
            ),
        ]
        .spacing(theme.space.xs);
        if reason.price(&office.prices).0 > 0 {
            lines = lines.push(words::caption(theme, texts.kiosk_summary_pay()));
        }
        let lines = container(lines).padding(theme.space.m).width(Fill).style(style::card);
        let mut face = column![].spacing(theme.space.s).align_x(Center);
        if let Some(photo) = &session.photo {
            let width = theme.target * 2.6;
            face = face.push(
                image(photo.shown().clone())
                    .width(width)
                    .height(width / 0.77)
                    .border_radius(theme.radius.medium),
            );
        }
        face = face.push(
            button::with_icon(theme, "edit-photo", Icon::Camera, texts.kiosk_summary_photo())
                .quiet()
                .on_press(Message::Edit(Step::Photo)),
        );
        let mut body = if scene.portrait() {
            column![container(face).center_x(Fill), lines]
        } else {
            column![row![lines, face].spacing(theme.space.l)]
        }
        .spacing(theme.space.m);
        if let Some(trouble) = self.trouble {
            let (headline, more) = match trouble {
                Trouble::Disk => (texts.kiosk_summary_disk(), texts.kiosk_summary_disk_more()),
                Trouble::Other => (texts.kiosk_summary_failed(), texts.kiosk_try_again_or_ask()),
            };
            body = body.push(notice::notice(theme, notice::Kind::Danger, headline, Some(more)));
        }
        let label =
            if self.waiting.is_some() { texts.kiosk_summary_sending() } else { texts.kiosk_summary_submit() };
        let submit = button::with_icon(theme, "submit", Icon::Check, label)
            .width(Fill)
            .on_press_maybe(self.waiting.is_none().then_some(Message::Submit));
        Page::new("summary", texts.kiosk_summary_title(), body).action(submit)
    }
}

fn reason_name(scene: Scene<'_>, reason: order::Reason) -> String {
    let texts = scene.texts;
    match reason {
        order::Reason::New => texts.kiosk_reason_new(),
        order::Reason::Lost => texts.kiosk_reason_lost(),
        order::Reason::Worn => texts.kiosk_reason_worn(),
        order::Reason::PhotoViolation => texts.kiosk_reason_photo(),
    }
}

/// The order as the outbox takes it; none while a part is missing.
fn draft(kit: &Kit, session: &Session, promised: Option<Date>, language: Language) -> Option<Draft> {
    let office = kit.office.as_ref()?;
    let photo = session.photo.as_ref()?;
    Some(Draft {
        id: session.id,
        user_name: session.user_name.clone(),
        identity: session.identity(),
        reason: session.reason?,
        place: session.place.clone()?,
        promised,
        consents: session.consents.clone()?,
        language,
        jpeg: photo.jpeg().clone(),
        verdict: photo.verdict(),
        policy: photo.policy.clone(),
        findings: photo.findings().to_vec(),
        insisted: photo.insisted,
        report: kit.terminal.as_ref().and_then(|terminal| photo.signed(terminal.client())),
        sealed_pin: session.pin.clone()?,
        pin_key: office.access_key.fingerprint(),
        session: session.secret(),
        phone: session.nonce(),
    })
}

fn trouble(error: &store::Error) -> Trouble {
    tracing::error!(%error, "an order was not kept");
    match error {
        store::Error::Full | store::Error::ReadOnly | store::Error::Disk(_) | store::Error::Folder { .. } => {
            Trouble::Disk
        }
        _ => Trouble::Other,
    }
}
