//! The card photo, large, with what is held against it drawn on it and said beside it; the card as it will look; and what to
//! do now. Nothing is sent from here without the person having seen it.

mod covering;
mod example;
mod shots;

use iced::widget::{column, container, image, row, space, stack};
use iced::{ContentFit, Length, Size};

use super::{Message as Parent, Source};
use crate::desktop::Element;
use crate::desktop::icon::Icon;
use crate::desktop::kiosk::page::Page;
use crate::desktop::photo::card::Card;
use crate::desktop::photo::eye::{Eye, Shots};
use crate::desktop::photo::marks::{self, Marks};
use crate::desktop::theme::style;
use crate::desktop::unreadable;
use crate::desktop::widget::{Scene, button, card_face, notice, words};
use crate::domain::order::Ore;
use crate::domain::photo::{Declared, Finding, Verdict};
use crate::texts::Texts;
use crate::vision::crop;
use crate::vision::hand::Hand;

/// The control that takes the photo.
pub const USE: &str = "photo-use";
/// The control that takes another one.
pub const AGAIN: &str = "photo-again";
/// The control that leads to cropping by hand.
pub const CROP: &str = "photo-crop";
/// The control that asks for a person.
pub const INSIST: &str = "photo-insist";
/// More findings than these are only marked in the picture: fewer where other frames stand below it, fewest beside a question.
const MOST: usize = 3;
const MOST_WITH_SHOTS: usize = 2;
const MOST_WITH_QUESTION: usize = 1;

/// Where the photo is on its way, for an order that waits for it.
#[derive(Debug, Clone, Default)]
pub enum Sending {
    #[default]
    NotYet,
    Underway,
    /// What happened and what to do, in words.
    Failed(String, String),
}

/// See the module.
pub struct Review {
    pub card: Card,
    pub source: Source,
    pub sending: Sending,
    /// The frames that the card photo was chosen from.
    pub shots: Shots,
    pub declared: Declared,
    /// How the picture was cropped by hand.
    pub hand: Option<Hand>,
    /// It can be cropped by hand.
    pub croppable: bool,
    /// Another card photo is being made in place of this one.
    pub making: bool,
}

impl Review {
    /// What the judge has just made.
    pub fn of(card: Card, source: Source, eye: &Eye) -> Self {
        Self {
            card,
            source,
            sending: Sending::NotYet,
            shots: eye.shots(),
            declared: eye.declared(),
            hand: None,
            croppable: source == Source::File && eye.original().is_some(),
            making: false,
        }
    }

    /// Whether it can be used, left or changed now.
    pub fn idle(&self) -> bool {
        !self.making && !matches!(self.sending, Sending::Underway)
    }

    /// Another frame of the burst shall be the card photo.
    pub fn choose(&mut self, at: usize, eye: &Eye) {
        if self.idle() && at < self.shots.count && at != self.shots.chosen {
            (self.shots.chosen, self.making) = (at, true);
            eye.choose(at);
        }
    }

    /// Whether the head is covered for religious or medical reasons.
    pub fn declare(&mut self, covered: bool, eye: &Eye) {
        let declared = Declared { head_covering: Some(covered) };
        if self.idle() && self.declared != declared {
            (self.declared, self.making) = (declared, true);
            eye.declare(declared);
        }
    }

    /// The judge has something to say: frames that were drawn meanwhile.
    pub fn hear(&mut self, eye: &Eye) {
        let chosen = self.shots.chosen;
        self.shots = Shots { chosen, ..eye.shots() };
    }

    /// The card photo that was asked for, or none where it could not be made: then this one stays.
    pub fn made(&mut self, card: Option<Card>, eye: &Eye) {
        if let Some(card) = card.filter(|_| self.making) {
            self.card = card;
        }
        self.shots = eye.shots();
        self.making = false;
    }

    pub fn page<'a>(&'a self, scene: Scene<'a>, name: &'a str, violation: Ore) -> Page<'a, Parent> {
        let (theme, texts) = (scene.theme, scene.texts);
        let (title, lead) = self.headline(texts);
        let accepted = self.card.verdict == Verdict::Accept;
        let findings = self.card.held().count();
        let height = match (scene.portrait(), findings) {
            (true, 0) => 0.36,
            (true, 1) => 0.32,
            // findings and a row of other frames stand below it
            (true, _) if self.shots.count > 1 => 0.2,
            (true, _) => 0.28,
            // two rows of other frames stand below it
            (false, _) if self.shots.count > 1 => 0.42,
            (false, _) => 0.52,
        } * scene.size.height;
        let photo = Size::new(height * crop::RATIO, height);
        // what lies beside the photo in an upright window
        let beside = scene.size.width - 2.0 * theme.space.xl - theme.space.l - photo.width;
        let body: Element<'a, Parent> = if scene.portrait() {
            let pictures = row![self.picture(scene, photo), self.as_card(scene, beside, name)];
            let pictures = pictures.spacing(theme.space.l);
            let choice = self.choice(scene);
            column![pictures].push(choice).push(self.says(scene, violation)).spacing(theme.space.l).into()
        } else {
            let card = self.as_card(scene, photo.width, name);
            let left = column![self.picture(scene, photo)].push(self.choice(scene)).spacing(theme.space.l);
            // many findings leave no room for the card
            let card = (findings < 2).then_some(card);
            let right = column![self.says(scene, violation)].push(card).spacing(theme.space.l);
            let wide = photo.width.max(shots::least_width(theme));
            row![left.width(wide), right.width(Length::Fill)].spacing(theme.space.xl).into()
        };
        let page = Page::new("photo-review", title, body).lead(lead);
        let again = match self.source {
            Source::Camera => button::with_icon(theme, AGAIN, Icon::Camera, texts.photo_again()),
            Source::File => button::with_icon(theme, AGAIN, Icon::Images, texts.photo_other()),
        };
        let idle = self.idle();
        let again = again.width(Length::Fill).on_press_maybe(idle.then_some(Parent::AgainPressed));
        if accepted {
            let take = button::with_icon(theme, USE, Icon::Check, texts.photo_use())
                .width(Length::Fill)
                .on_press_maybe(idle.then_some(Parent::UsePressed));
            page.action(again.secondary()).action(take).autofocus(USE).on_enter(Parent::UsePressed)
        } else {
            page.action(again).autofocus(AGAIN).on_enter(Parent::AgainPressed)
        }
    }

    fn headline(&self, texts: &Texts) -> (String, String) {
        match self.card.verdict {
            _ if self.card.unjudged => (texts.photo_unjudged(), texts.photo_unjudged_lead()),
            Verdict::Accept => (texts.photo_accept(), texts.photo_accept_lead()),
            Verdict::Ask => (texts.photo_ask(), texts.photo_ask_lead()),
            Verdict::Refuse | Verdict::Unreadable => (texts.photo_refuse(), texts.photo_refuse_lead()),
        }
    }

    /// The card photo with its marks.
    fn picture<'a>(&'a self, scene: Scene<'a>, size: Size) -> Element<'a, Parent> {
        let photo = image(self.card.shown.handle.clone())
            .content_fit(ContentFit::Cover)
            .width(size.width)
            .height(size.height);
        // what concerns the whole picture is marked around it
        let regions = self.card.held().map(|finding| finding.region.unwrap_or(marks::WHOLE)).collect();
        column![
            words::caption(scene.theme, scene.texts.photo_picture()),
            stack![photo, Marks { regions }.view(size)].width(size.width).height(size.height)
        ]
        .spacing(scene.theme.space.xs)
        .into()
    }

    /// The card as it will look; nothing where this photo cannot be on one.
    fn as_card<'a>(&'a self, scene: Scene<'a>, width: f32, name: &'a str) -> Element<'a, Parent> {
        if self.card.verdict != Verdict::Accept && !self.card.may_insist() {
            return space().into();
        }
        let face = card_face::view(scene, width, self.card.shown.handle.clone(), name);
        let says = words::caption(scene.theme, scene.texts.photo_as_card());
        column![says, face].spacing(scene.theme.space.xs).into()
    }

    /// Other frames of the burst, or cropping by hand.
    fn choice<'a>(&'a self, scene: Scene<'a>) -> Option<Element<'a, Parent>> {
        let theme = scene.theme;
        match self.source {
            Source::Camera => shots::view(scene, &self.shots, self.idle()),
            Source::File if self.croppable => {
                let crop = button::with_icon(theme, CROP, Icon::Crop, scene.texts.photo_crop_open());
                let press = self.idle().then_some(Parent::CropPressed);
                Some(crop.secondary().width(Length::Fill).on_press_maybe(press).into())
            }
            Source::File => None,
        }
    }

    /// The findings, each with what to do; and the way to a person.
    fn says<'a>(&'a self, scene: Scene<'a>, violation: Ore) -> Element<'a, Parent> {
        let (theme, texts) = (scene.theme, scene.texts);
        let mut says = column![].spacing(theme.space.m).width(Length::Fill);
        match &self.sending {
            Sending::NotYet => {}
            Sending::Underway => {
                return says.push(notice(theme, notice::Kind::Info, texts.photo_sending(), None)).into();
            }
            Sending::Failed(headline, more) => {
                let kind = notice::Kind::Warning;
                says = says.push(notice(theme, kind, headline.clone(), Some(more.clone())));
            }
        }
        let question = covering::view(scene, &self.card, self.declared, self.idle());
        let most = match (question.is_some(), scene.portrait() && self.shots.count > 1) {
            (true, _) => MOST_WITH_QUESTION,
            (false, true) => MOST_WITH_SHOTS,
            (false, false) => MOST,
        };
        says = says.push(question);
        let notes = self.card.notes.iter();
        says = says.extend(notes.map(|note| words::caption(theme, unreadable::note(texts, *note)).into()));
        if self.card.verdict == Verdict::Accept {
            if let Some(advice) = self.card.findings.first() {
                let (title, help) = (texts.rule_title(advice.rule), texts.rule_help(advice.rule));
                says = says.push(notice(theme, notice::Kind::Info, title, Some(help)));
            }
            return says.into();
        }
        let held: Vec<_> = self.card.held().collect();
        for (at, finding) in held.iter().take(most).enumerate() {
            says = says.push(said(scene, at, finding));
        }
        if let Some(more @ 1..) = held.len().checked_sub(most) {
            says = says.push(words::caption(theme, texts.photo_findings_more(more as u64)));
        }
        if self.card.may_insist() {
            let price = texts.price(violation.kroner());
            let insist = button::with_icon(theme, INSIST, Icon::UserRound, texts.photo_insist())
                .secondary()
                .width(Length::Fill)
                .on_press_maybe(self.idle().then_some(Parent::InsistPressed));
            let cost = words::caption(theme, texts.photo_insist_cost(price));
            says = says.push(column![insist, cost].spacing(theme.space.xs));
        }
        says.into()
    }
}

/// One finding: its number, what is wrong, what to do; the first one with a drawn example.
fn said<'a>(scene: Scene<'a>, at: usize, finding: &Finding) -> Element<'a, Parent> {
    let (theme, texts) = (scene.theme, scene.texts);
    let title = texts.rule_title(finding.rule);
    let help = words::body(theme, texts.rule_help(finding.rule));
    let number = marks::number(theme, at + 1);
    let first = at == 0;
    let title = if first { words::heading(theme, title) } else { words::strong(theme, title) };
    let mut content = row![number, column![title, help].spacing(theme.space.xs).width(Length::Fill)]
        .spacing(theme.space.m)
        .align_y(iced::Top);
    if let Some(example) = first.then(|| example::view(scene, finding.rule)).flatten() {
        content = content.push(example);
    }
    container(content).padding(theme.space.m).width(Length::Fill).style(style::card).into()
}
