//! How the production desk looks.

use iced::widget::text::Wrapping;
use iced::widget::{column, container, row, scrollable, space};
use iced::{Center, Length};
use jiff::tz::TimeZone;

use super::{Message, Production, Said, Step, may_misprint};
use crate::desktop::Element;
use crate::desktop::counter::action::{action, cap};
use crate::desktop::counter::chip::{chip, cut};
use crate::desktop::counter::names;
use crate::desktop::icon::Icon;
use crate::desktop::theme::style;
use crate::desktop::widget::button::{self, Kind};
use crate::desktop::widget::{Entry, Scene, notice, notice::Kind as Mood, words};
use crate::domain::place::Place;
use crate::sync::answer::order::Order;
use crate::sync::answer::production::{Batch, Item};
use crate::texts::Texts;

/// The width of the column with the orders that wait, in pixels.
const WAITING: f32 = 460.0;
/// The width of the column with the batches, in pixels.
const BATCHES: f32 = 260.0;
/// Room for the ring around a marked row.
const AROUND_ROWS: f32 = 4.0;

impl Production {
    pub fn view<'a>(
        &'a self,
        scene: Scene<'a>,
        places: &'a [Place],
        zone: &'a TimeZone,
    ) -> Element<'a, Message> {
        let theme = scene.theme;
        row![
            column![self.waiting_orders(scene), self.files(scene)].spacing(theme.space.m).width(WAITING),
            container(self.work(scene, places)).width(Length::Fill),
            self.batch_list(scene, zone),
        ]
        .spacing(theme.space.l)
        .padding(theme.space.l)
        .into()
    }

    fn waiting_orders<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let count = self.printable().count();
        let make =
            action(theme, "make-batch", "F4", Icon::Printer, texts.counter_make_batch(count), Kind::Primary)
                .width(Length::Fill)
                .on_press_maybe((count > 0).then_some(Message::BatchWanted));
        let line = |order: &'a Order| -> Element<'a, Message> {
            row![
                cut(words::body(theme, order.name.as_str())),
                words::caption(theme, names::order_number(&order.number)).width(110.0),
                words::caption(theme, names::payment(texts, &order.payment))
                    .width(120.0)
                    .wrapping(Wrapping::None),
            ]
            .height(32.0)
            .align_y(Center)
            .into()
        };
        let none = (self.read && count == 0)
            .then(|| words::body(theme, texts.counter_nothing_to_print()).style(style::muted));
        let unpaid = self.unpaid().next().map(|_| words::strong(theme, texts.counter_unpaid_below()));
        let list = column(self.printable().map(line)).push(none).push(unpaid).extend(self.unpaid().map(line));
        container(
            column![
                words::heading(theme, texts.counter_to_print(count)),
                make,
                scrollable(list.spacing(2.0)).height(Length::Fill),
            ]
            .spacing(theme.space.m),
        )
        .padding(theme.space.m)
        .height(Length::Fill)
        .style(style::card)
        .into()
    }

    fn files<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        row![
            action(theme, "alignment", "F6", Icon::Focus, texts.counter_alignment(), Kind::Secondary)
                .on_press(Message::AlignmentWanted),
            action(theme, "reload", "F5", Icon::RefreshCw, texts.counter_reload(), Kind::Secondary)
                .on_press(Message::Reloaded),
        ]
        .spacing(theme.space.s)
        .into()
    }

    fn work<'a>(&'a self, scene: Scene<'a>, places: &'a [Place]) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let (label, icon) = match &self.step {
            Step::Scan => (texts.counter_field_printed(), Icon::ScanBarcode),
            Step::Slot { .. } => (texts.counter_field_slot(), Icon::Archive),
            Step::Misprint { .. } => (texts.counter_field_misprint(), Icon::Pencil),
        };
        let field = Entry::new("field", label, &self.field, Message::Edited)
            .icon(icon)
            .on_submit(Message::Submitted)
            .view(theme);
        let said: Element<'a, Message> = match &self.said {
            _ if self.waiting > 0 => notice(theme, Mood::Info, texts.counter_waiting(), None),
            Some(said) => {
                let (kind, what, help) = said.words(texts);
                notice(theme, kind, what, Some(help))
            }
            None => {
                let hint = match &self.step {
                    Step::Scan => texts.counter_hint_printed(),
                    Step::Slot { .. } => texts.counter_hint_slot(),
                    Step::Misprint { .. } => texts.counter_hint_misprint(),
                };
                words::body(theme, hint).style(style::muted).into()
            }
        };
        let list: Element<'a, Message> = match self.batch() {
            Some(batch) => self.items(scene, batch, places),
            None => container(words::body(theme, texts.counter_no_batch()).style(style::muted))
                .center(Length::Fill)
                .style(style::sunken)
                .into(),
        };
        let marked = self.marked().filter(|item| !item.dead && may_misprint(&item.order));
        let actions = row![
            action(theme, "pdf", "F8", Icon::FileText, texts.counter_pdf_again(), Kind::Secondary)
                .on_press_maybe(self.batch().map(|_| Message::PdfWanted)),
            action(theme, "open", "F9", Icon::ExternalLink, texts.counter_open_file(), Kind::Secondary)
                .on_press_maybe(self.saved.as_ref().map(|_| Message::OpenWanted)),
            action(theme, "misprint", "F7", Icon::TriangleAlert, texts.counter_misprint(), Kind::Secondary)
                .on_press_maybe(marked.map(|_| Message::MisprintWanted)),
        ]
        .spacing(theme.space.s);
        column![field, container(said).height(96.0), list, actions].spacing(theme.space.m).into()
    }

    fn items<'a>(&'a self, scene: Scene<'a>, batch: &'a Batch, places: &'a [Place]) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let head = row![
            words::caption(theme, texts.counter_column_page()).width(48.0),
            words::caption(theme, texts.counter_column_name()).width(Length::Fill),
            words::caption(theme, texts.counter_column_card()).width(130.0),
            words::caption(theme, texts.counter_column_place()).width(170.0),
            words::caption(theme, texts.counter_column_slot()).width(56.0),
            words::caption(theme, texts.counter_column_status()).width(160.0),
        ]
        .spacing(theme.space.s)
        .padding([0.0, theme.space.m + AROUND_ROWS]);
        let rows = batch.items.iter().enumerate().map(|(at, item)| self.item(scene, at, item, places));
        container(
            column![head, scrollable(column(rows).spacing(2.0).padding(AROUND_ROWS)).height(Length::Fill)]
                .spacing(theme.space.s),
        )
        .padding(theme.space.s)
        .height(Length::Fill)
        .style(style::card)
        .into()
    }

    fn item<'a>(
        &'a self,
        scene: Scene<'a>,
        at: usize,
        item: &'a Item,
        places: &'a [Place],
    ) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let order = &item.order;
        let place = places.iter().find(|place| place.id.as_str() == order.place);
        let place = place.map_or(order.place.as_str(), |place| place.name.get(texts.language()));
        let status = if item.dead {
            (texts.counter_card_dead(), Icon::CircleSlash, Mood::Danger)
        } else {
            names::status(texts, &order.status)
        };
        let slot = order.slot.as_deref().filter(|_| !item.dead).unwrap_or("–");
        let line = row![
            words::body(theme, item.page.to_string()).width(48.0),
            cut(words::strong(theme, order.name.as_str())),
            words::body(theme, names::card_number(&item.card)).width(130.0),
            words::caption(theme, place).width(170.0).wrapping(Wrapping::None),
            words::strong(theme, slot).width(56.0),
            container(chip(theme, status)).width(160.0),
        ]
        .spacing(theme.space.s)
        .align_y(Center);
        button::tile(theme, format!("item-{at}"), order.name.clone(), line)
            .kind(Kind::Row)
            .height(theme.target)
            .padding([0.0, theme.space.m])
            .selected(at == self.marked)
            .on_press(Message::Picked(at))
            .into()
    }

    fn batch_list<'a>(&'a self, scene: Scene<'a>, zone: &TimeZone) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let rows = self.batches.iter().enumerate().map(|(at, batch)| {
            let left = batch.items.iter().filter(|item| !item.dead && is_unfinished(&item.order)).count();
            let line = column![
                words::strong(theme, names::moment(batch.created_at, zone)),
                words::caption(theme, texts.counter_batch_of(batch.items.len(), left)),
            ];
            button::tile(theme, format!("batch-{at}"), batch.id.clone(), line)
                .kind(Kind::Row)
                .height(iced::Shrink)
                .padding([theme.space.s, theme.space.m])
                .selected(at == self.batch)
                .on_press(Message::BatchPicked(at))
                .into()
        });
        let keys = row![
            cap(theme, "PgUp"),
            cap(theme, "PgDn"),
            words::caption(theme, texts.counter_turn_batches()),
        ]
        .spacing(theme.space.xs)
        .align_y(Center);
        column![
            words::heading(theme, texts.counter_batches()),
            scrollable(column(rows).spacing(4.0).padding(4.0)).spacing(theme.space.xs).height(Length::Fill),
            space().height(0.0),
            keys,
        ]
        .spacing(theme.space.m)
        .width(BATCHES)
        .into()
    }
}

fn is_unfinished(order: &Order) -> bool {
    matches!(order.status.as_str(), "in_production" | "printed")
}

impl Said {
    fn words(&self, texts: &Texts) -> (Mood, String, String) {
        match self {
            Self::Trouble(trouble) => trouble.words(texts),
            Self::Made(count) => {
                (Mood::Success, texts.counter_batch_made(*count), texts.counter_batch_made_help())
            }
            Self::NothingToPrint => {
                (Mood::Info, texts.counter_nothing_to_print(), texts.counter_nothing_to_print_help())
            }
            Self::Saved(path) => {
                (Mood::Success, texts.counter_saved(), texts.counter_saved_help(path.display().to_string()))
            }
            Self::Unknown => (Mood::Danger, texts.counter_unknown_card(), texts.counter_unknown_card_help()),
            Self::Dead => (Mood::Danger, texts.counter_dead_card(), texts.counter_dead_card_help()),
            Self::NotACard => (Mood::Danger, texts.counter_misread(), texts.counter_misread_help()),
            Self::Already(slot) => {
                (Mood::Info, texts.counter_already(), texts.counter_already_help(slot.as_str()))
            }
            Self::Shelved { name, slot } => (
                Mood::Success,
                texts.counter_shelved(slot.as_str()),
                texts.counter_shelved_help(name.as_str()),
            ),
            Self::Misprinted(name) => {
                (Mood::Info, texts.counter_misprinted(name.as_str()), texts.counter_misprinted_help())
            }
            Self::TrayFull => (Mood::Warning, texts.counter_tray_full(), texts.counter_tray_full_help()),
        }
    }
}
