//! The order's number, very large, and what to bring. Nothing but the number and the place is left to see.

use iced::widget::text::Wrapping;
use iced::widget::{column, container, row, space};
use iced::{Center, Fill};

use crate::desktop::Element;
use crate::desktop::icon::Icon;
use crate::desktop::kiosk::page::{Frame, Page};
use crate::desktop::kiosk::{qr, when};
use crate::desktop::office::Office;
use crate::desktop::theme::style;
use crate::desktop::widget::{Scene, button, words};
use crate::domain::calendar::Promise;
use crate::domain::number::Number;
use crate::domain::order::{Identity, Ore};
use crate::domain::place;

#[derive(Debug, Clone)]
pub enum Message {
    Done,
}

/// See the module.
#[derive(Debug, Clone)]
pub struct Receipt {
    pub number: Number,
    pub place: place::Id,
    pub promise: Option<Promise>,
    pub price: Ore,
    pub identity: Identity,
}

impl Receipt {
    pub fn page<'a>(&'a self, scene: Scene<'a>, office: &'a Office) -> Page<'a, Message> {
        let Scene { theme, texts, .. } = scene;
        let language = texts.language();
        let place = office.find(&self.place);
        let name = place.map(|place| place.name.get(language)).unwrap_or_default();
        let directions = place.map(|place| place.directions.get(language)).unwrap_or_default();
        let address = format!("{}/o/{}", office.public_url.trim_end_matches('/'), self.number.as_str());
        let code: Element<'a, Message> =
            qr::view(theme.target * 2.5, &address).unwrap_or_else(|| space().into());
        let number = words::display(theme, self.number.to_string()).wrapping(Wrapping::None);
        let camera = row![
            Icon::Smartphone.view(theme.text.heading),
            words::strong(theme, texts.kiosk_receipt_picture()).width(Fill)
        ]
        .spacing(theme.space.s)
        .align_y(Center);
        let head = container(
            column![
                words::body(theme, texts.kiosk_receipt_number()),
                number,
                row![camera.width(Fill), code].spacing(theme.space.l).align_y(Center)
            ]
            .spacing(theme.space.s),
        )
        .padding(theme.space.l)
        .width(Fill)
        .style(style::card);
        let point = |icon: Icon, headline: String, more: String| -> Element<'a, Message> {
            let mut says = column![words::strong(theme, headline)].width(Fill);
            if !more.is_empty() {
                says = says.push(words::body(theme, more));
            }
            row![icon.view(theme.text.heading).style(style::primary), says].spacing(theme.space.m).into()
        };
        let ready = match self.promise {
            Some(Promise { day, from: Some(from) }) => {
                texts.kiosk_receipt_ready_from(when::day(texts, day), when::time(from))
            }
            Some(Promise { day, from: None }) => texts.kiosk_receipt_ready(when::day(texts, day)),
            None => texts.kiosk_receipt_ready_later(),
        };
        let bring = match self.identity {
            Identity::Proven => texts.kiosk_receipt_bring(),
            Identity::Unproven => texts.kiosk_receipt_check(),
        };
        let mut points = column![
            point(Icon::CalendarCheck, ready, texts.kiosk_receipt_told()),
            point(Icon::MapPin, name.to_owned(), directions.to_owned()),
            point(Icon::BadgeCheck, bring, texts.kiosk_receipt_bring_more()),
        ]
        .spacing(theme.space.m);
        if self.price.0 > 0 {
            points = points.push(point(
                Icon::Wallet,
                texts.kiosk_receipt_pay(texts.price(self.price.kroner() as f64)),
                String::new(),
            ));
        }
        points = points.push(point(Icon::Ban, texts.kiosk_receipt_lending(), String::new()));
        let points = container(points).padding(theme.space.l).width(Fill);
        let body: Element<'a, Message> = if scene.portrait() {
            column![head, points].spacing(theme.space.m).into()
        } else {
            row![head.width(Fill), points.width(Fill)].spacing(theme.space.l).into()
        };
        let done = button::with_icon(theme, "done", Icon::Check, texts.kiosk_receipt_done())
            .width(Fill)
            .on_press(Message::Done);
        Page::new("receipt", texts.kiosk_receipt_title(), body).action(done).frame(Frame::Top)
    }
}
