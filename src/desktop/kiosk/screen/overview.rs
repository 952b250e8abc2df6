//! What is already there: the open order with where it stands, or the cards, and what can be done.

use iced::widget::{column, container, image, row};
use iced::{Center, Fill, Task, task};

use crate::desktop::Element;
use crate::desktop::icon::Icon;
use crate::desktop::kiosk::kit::Kit;
use crate::desktop::kiosk::page::Page;
use crate::desktop::kiosk::session::Session;
use crate::desktop::kiosk::{errand, when};
use crate::desktop::office::Office;
use crate::desktop::pixels;
use crate::desktop::theme::style;
use crate::desktop::widget::{Scene, button, notice, words};
use crate::domain::card;
use crate::domain::order::{Identity, Status};
use crate::domain::photo::Rule;
use crate::domain::place;
use crate::sync::answer::{self, Person};
use crate::sync::client::Size;
use crate::system::Stopwatch;
use crate::vision::intake;

#[derive(Debug, Clone)]
pub enum Message {
    Order,
    /// Whether the terminal has room for an order.
    Room(bool),
    ReplacePhoto,
    ChangePlace,
    Cancel,
    KeepOrder,
    CancelForSure,
    Cancelled(Result<answer::order::Details, errand::Failure>),
    PhotoLoaded(Option<image::Handle>),
}

pub enum Action {
    None,
    Run(Task<Message>),
    Order,
    ReplacePhoto,
    ChangePlace,
    Cancelled,
}

/// See the module.
#[derive(Debug, Default)]
pub struct Overview {
    /// The photo of a refused order.
    photo: Option<image::Handle>,
    loading: Option<task::Handle>,
    sure: bool,
    /// The terminal has no room for another order.
    full: bool,
    waiting: Option<task::Handle>,
    failure: Option<errand::Failure>,
}

impl Overview {
    /// The screen, and the loading of what it shows.
    pub fn new(kit: &Kit, session: &Session) -> (Self, Task<Message>) {
        let mut overview = Self::default();
        let refused = session.open_order().filter(|order| status(order) == Some(Status::PhotoRefused));
        let (Some(order), Some(terminal), Some(token)) = (refused, &kit.terminal, session.token()) else {
            return (overview, Task::none());
        };
        let (client, token) = (terminal.client().clone(), token.clone());
        let sha256 = order.photo.sha256.clone();
        let load = async move {
            let bytes = client.photo(&token, &sha256, Size::Small).await.ok()?;
            tokio::task::spawn_blocking(move || shown(&bytes)).await.ok().flatten()
        };
        let (task, handle) = Task::perform(load, Message::PhotoLoaded).abortable();
        overview.loading = Some(handle.abort_on_drop());
        (overview, task)
    }

    pub fn update(&mut self, message: Message, kit: &Kit, session: &Session) -> Action {
        match message {
            Message::Order => {
                let Some(terminal) = kit.terminal.clone() else { return Action::Order };
                // before the first question: no order ends in the middle for want of room
                let room = async move {
                    let room = terminal.store().room().await;
                    room.inspect_err(|error| tracing::error!(%error, "the room cannot be counted"))
                        .is_ok_and(|room| room.enough())
                };
                return Action::Run(Task::perform(room, Message::Room));
            }
            Message::Room(true) => return Action::Order,
            Message::Room(false) => self.full = true,
            Message::ReplacePhoto => return Action::ReplacePhoto,
            Message::ChangePlace => return Action::ChangePlace,
            Message::Cancel => {
                self.failure = None;
                self.sure = true;
            }
            Message::KeepOrder => self.sure = false,
            Message::CancelForSure => {
                let Some(order) = session.open_order() else { return Action::None };
                let wish = answer::order::Wish::Cancel { words: String::new() };
                match errand::move_order(kit, session, order, wish) {
                    Ok(asking) => {
                        let (task, handle) = Task::perform(asking, Message::Cancelled).abortable();
                        self.waiting = Some(handle.abort_on_drop());
                        return Action::Run(task);
                    }
                    Err(failure) => self.failure = Some(failure),
                }
            }
            Message::Cancelled(Ok(_)) => return Action::Cancelled,
            Message::Cancelled(Err(failure)) => {
                self.waiting = None;
                self.sure = false;
                self.failure = Some(failure);
            }
            Message::PhotoLoaded(photo) => {
                self.loading = None;
                self.photo = photo;
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
        let title = scene.texts.kiosk_overview_title(session.name().to_owned());
        let page = match (session.open_order(), &session.person) {
            (Some(order), _) => self.with_order(scene, office, order, title),
            (None, Some(person)) => without_order(scene, person, title, self.full),
            (None, None) => alone(scene, session, title, self.full),
        };
        match self.failure {
            Some(failure) => {
                let (headline, more) = failure.says(scene.texts);
                let says = notice::notice(scene.theme, notice::Kind::Warning, headline, Some(more));
                let body = column![page.body, says].spacing(scene.theme.space.m).into();
                Page { body, ..page }
            }
            None => page,
        }
    }

    fn with_order<'a>(
        &'a self,
        scene: Scene<'a>,
        office: &'a Office,
        order: &'a answer::order::Order,
        title: String,
    ) -> Page<'a, Message> {
        let Scene { theme, texts, .. } = scene;
        let status = status(order).unwrap_or(Status::NeedsPerson);
        let place = place::Id::new(&order.place).and_then(|id| office.find(&id));
        let name = place.map(|place| place.name.get(texts.language())).unwrap_or(&order.place);
        let (kind, headline, more) = says(scene, order, status, name);
        let mut body = column![notice::notice(theme, kind, headline, Some(more))].spacing(theme.space.m);
        if status == Status::PhotoRefused {
            body = body.push(self.refusal(scene, order));
        }
        let line = |icon: Icon, what: String, says: String| -> Element<'a, Message> {
            row![
                icon.view(theme.text.heading).style(style::primary),
                column![words::caption(theme, what), words::lead(theme, says)].width(Fill)
            ]
            .spacing(theme.space.m)
            .align_y(Center)
            .into()
        };
        let mut facts = column![
            line(Icon::ClipboardList, texts.kiosk_overview_number(), spaced(&order.number)),
            line(Icon::MapPin, texts.kiosk_summary_place(), name.to_owned()),
        ]
        .spacing(theme.space.m);
        if let (Status::Ready, Some(place)) = (status, place) {
            facts = facts.push(line(
                Icon::Clock,
                texts.kiosk_overview_hours(),
                when::hours(texts, place).join(", "),
            ));
        }
        if let answer::order::Payment::Due { amount } = order.payment {
            let price = texts.price((amount / 100) as f64);
            facts = facts.push(line(Icon::Wallet, texts.kiosk_overview_due(), price));
        }
        body = body.push(container(facts).padding(theme.space.l).width(Fill).style(style::card));
        let early =
            matches!(status, Status::NeedsPerson | Status::Review | Status::PhotoRefused | Status::Approved);
        if self.sure {
            let yes =
                button::with_icon(theme, "cancel-sure", Icon::Trash2, texts.kiosk_overview_cancel_sure())
                    .danger()
                    .width(Fill)
                    .on_press_maybe(self.waiting.is_none().then_some(Message::CancelForSure));
            let no = button(theme, "keep", texts.kiosk_overview_keep())
                .secondary()
                .width(Fill)
                .on_press(Message::KeepOrder);
            body = body
                .push(words::heading(theme, texts.kiosk_overview_cancel_question()))
                .push(row![no, yes].spacing(theme.space.s));
        } else if early {
            let change = button::with_icon(theme, "change-place", Icon::MapPin, texts.kiosk_place_change())
                .secondary()
                .width(Fill)
                .on_press(Message::ChangePlace);
            let cancel = button::with_icon(theme, "cancel", Icon::X, texts.kiosk_overview_cancel())
                .secondary()
                .width(Fill)
                .on_press(Message::Cancel);
            body = body.push(row![change, cancel].spacing(theme.space.s));
        }
        let page = Page::new("overview", title, body);
        if status == Status::PhotoRefused {
            page.action(
                button::with_icon(theme, "replace-photo", Icon::Camera, texts.kiosk_overview_new_photo())
                    .width(Fill)
                    .on_press(Message::ReplacePhoto),
            )
        } else {
            page
        }
    }

    /// Which rule the photo breaks, who says so in which words, and the picture.
    fn refusal<'a>(&'a self, scene: Scene<'a>, order: &'a answer::order::Order) -> Element<'a, Message> {
        let Scene { theme, texts, .. } = scene;
        let mut says = column![].spacing(theme.space.s).width(Fill);
        if let Some(refusal) = &order.refusal {
            if let Some(rule) = refusal.rule.as_deref().and_then(Rule::from_code) {
                says = says
                    .push(words::heading(theme, texts.rule_title(rule)))
                    .push(words::body(theme, texts.rule_help(rule)));
            }
            if !refusal.words.is_empty() {
                says = says
                    .push(words::caption(theme, texts.kiosk_overview_words()))
                    .push(words::lead(theme, texts.kiosk_overview_quoted(refusal.words.as_str())));
            }
        }
        let mut content = row![].spacing(theme.space.l);
        if let Some(photo) = &self.photo {
            let width = theme.target * 2.0;
            content = content.push(image(photo.clone()).width(width).border_radius(theme.radius.medium));
        }
        container(content.push(says)).padding(theme.space.l).width(Fill).style(style::card).into()
    }
}

/// While the server cannot be asked: what can be done, and that nothing of the person is known.
fn alone<'a>(scene: Scene<'a>, session: &Session, title: String, full: bool) -> Page<'a, Message> {
    let Scene { theme, texts, .. } = scene;
    let mut body = column![notice::notice(
        theme,
        notice::Kind::Info,
        texts.kiosk_overview_alone(),
        Some(texts.kiosk_overview_alone_more()),
    )]
    .spacing(theme.space.m);
    if session.identity() == Identity::Unproven {
        let check = texts.kiosk_overview_alone_unproven();
        body = body.push(notice::notice(theme, notice::Kind::Warning, check, None));
    }
    if full {
        let (headline, more) = (texts.kiosk_full(), texts.kiosk_full_more());
        body = body.push(notice::notice(theme, notice::Kind::Warning, headline, Some(more)));
        return Page::new("overview", title, body);
    }
    let order = button::with_icon(theme, "order", Icon::ArrowRight, texts.kiosk_overview_order());
    Page::new("overview", title, body).action(order.width(Fill).on_press(Message::Order))
}

fn without_order<'a>(scene: Scene<'a>, person: &'a Person, title: String, full: bool) -> Page<'a, Message> {
    let Scene { theme, texts, .. } = scene;
    let mut body = column![].spacing(theme.space.m);
    let blocked = if !person.registered {
        Some((texts.kiosk_overview_unregistered(), texts.kiosk_overview_unregistered_more()))
    } else if !person.fee_paid {
        Some((texts.kiosk_overview_fee(), texts.kiosk_overview_fee_more()))
    } else if full {
        Some((texts.kiosk_full(), texts.kiosk_full_more()))
    } else {
        None
    };
    if let Some((headline, more)) = blocked.clone() {
        body = body.push(notice::notice(theme, notice::Kind::Warning, headline, Some(more)));
    }
    let line = |icon: Icon, headline: String, more: String| -> Element<'a, Message> {
        let content = row![
            icon.view(theme.text.title).style(style::primary),
            column![words::heading(theme, headline), words::body(theme, more)].width(Fill)
        ]
        .spacing(theme.space.m)
        .align_y(Center);
        container(content).padding(theme.space.l).width(Fill).style(style::card).into()
    };
    let of = |status: card::Status| person.cards.iter().find(|card| card.status == status.code());
    let active = of(card::Status::Active);
    body = body.push(match active {
        Some(card) => {
            let until = card.valid_to.parse().map(|day| when::day(texts, day)).unwrap_or_default();
            line(
                Icon::IdCard,
                texts.kiosk_overview_card(),
                texts.kiosk_overview_card_more(card.number.clone(), until),
            )
        }
        None if of(card::Status::Blocked).is_some() => {
            line(Icon::Lock, texts.kiosk_overview_blocked(), texts.kiosk_overview_blocked_more())
        }
        None => line(Icon::IdCard, texts.kiosk_overview_none(), texts.kiosk_overview_none_more()),
    });
    let first = person.cards.is_empty();
    let label = if first { texts.kiosk_overview_order() } else { texts.kiosk_overview_order_again() };
    let page = Page::new("overview", title, body);
    if blocked.is_some() {
        return page;
    }
    page.action(
        button::with_icon(theme, "order", Icon::ArrowRight, label).width(Fill).on_press(Message::Order),
    )
}

fn status(order: &answer::order::Order) -> Option<Status> {
    Status::from_code(&order.status)
}

/// A number in its groups.
fn spaced(number: &str) -> String {
    number.parse::<crate::domain::number::Number>().map_or_else(|_| number.to_owned(), |n| n.to_string())
}

fn says(
    scene: Scene<'_>,
    order: &answer::order::Order,
    status: Status,
    place: &str,
) -> (notice::Kind, String, String) {
    let texts = scene.texts;
    let promised = order.promised.as_deref().and_then(|day| day.parse().ok());
    let on_its_way = match promised {
        Some(day) => texts.kiosk_status_promised(when::day(texts, day)),
        None => texts.kiosk_status_told(),
    };
    use notice::Kind;
    match status {
        Status::NeedsPerson => (Kind::Info, texts.kiosk_status_person(), texts.kiosk_status_person_more()),
        Status::Review => (Kind::Info, texts.kiosk_status_review(), texts.kiosk_status_review_more()),
        Status::PhotoRefused => {
            (Kind::Warning, texts.kiosk_status_refused(), texts.kiosk_status_refused_more())
        }
        Status::Approved => (Kind::Success, texts.kiosk_status_approved(), on_its_way),
        Status::InProduction | Status::Printed => {
            (Kind::Success, texts.kiosk_status_production(), on_its_way)
        }
        Status::Ready => {
            (Kind::Success, texts.kiosk_status_ready(place.to_owned()), texts.kiosk_status_ready_more())
        }
        Status::HandedOut | Status::Cancelled => {
            (Kind::Info, texts.kiosk_overview_none(), texts.kiosk_overview_none_more())
        }
    }
}

/// At most so large on the screen, pixels.
const SHOWN: (u32, u32) = (480, 640);

fn shown(jpeg: &[u8]) -> Option<image::Handle> {
    let picture =
        intake::decode(jpeg, &intake::Limits::default(), &Stopwatch::system()).ok()?.picture.into_rgb();
    Some(pixels::shown(picture, SHOWN).handle)
}
