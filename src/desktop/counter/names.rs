//! The words, icons and colours of the domain's terms at the desks.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::desktop::icon::Icon;
use crate::desktop::widget::notice::Kind;
use crate::domain::card::{self, IdDocument, Withheld};
use crate::domain::order::{CARD_FOUND, Event, Reason, Status};
use crate::domain::person::Language;
use crate::domain::photo::Rule;
use crate::domain::place::Place;
use crate::domain::replica::Conflict;
use crate::sync::answer;
use crate::sync::answer::order::Payment;
use crate::texts::Texts;

/// Word, icon and kind of an order's status.
pub fn status(texts: &Texts, code: &str) -> (String, Icon, Kind) {
    match Status::from_code(code) {
        Some(Status::NeedsPerson) => (texts.counter_status_needs_person(), Icon::Hand, Kind::Warning),
        Some(Status::Review) => (texts.counter_status_review(), Icon::ScanFace, Kind::Warning),
        Some(Status::PhotoRefused) => (texts.counter_status_photo_refused(), Icon::CircleX, Kind::Danger),
        Some(Status::Approved) => (texts.counter_status_approved(), Icon::Hourglass, Kind::Info),
        Some(Status::InProduction) => (texts.counter_status_in_production(), Icon::Printer, Kind::Info),
        Some(Status::Printed) => (texts.counter_status_printed(), Icon::IdCard, Kind::Info),
        Some(Status::Ready) => (texts.counter_status_ready(), Icon::PackageCheck, Kind::Success),
        Some(Status::HandedOut) => (texts.counter_status_handed_out(), Icon::CircleCheckBig, Kind::Success),
        Some(Status::Cancelled) => (texts.counter_status_cancelled(), Icon::CircleSlash, Kind::Danger),
        None => (texts.counter_unknown(), Icon::CircleHelp, Kind::Warning),
    }
}

/// Word, icon and kind of a card's status.
pub fn card_status(texts: &Texts, code: &str) -> (String, Icon, Kind) {
    match card::Status::from_code(code) {
        Some(card::Status::Active) => (texts.counter_card_active(), Icon::CircleCheck, Kind::Success),
        Some(card::Status::Blocked) => (texts.counter_card_blocked(), Icon::Lock, Kind::Danger),
        Some(card::Status::Dead) => (texts.counter_card_dead(), Icon::CircleSlash, Kind::Info),
        None => (texts.counter_unknown(), Icon::CircleHelp, Kind::Warning),
    }
}

/// What an order is for.
pub fn reason(texts: &Texts, code: &str) -> String {
    match Reason::from_code(code) {
        Some(Reason::New) => texts.counter_reason_new(),
        Some(Reason::Lost) => texts.counter_reason_lost(),
        Some(Reason::Worn) => texts.counter_reason_worn(),
        Some(Reason::PhotoViolation) => texts.counter_reason_violation(),
        None => texts.counter_unknown(),
    }
}

/// Where the money stands.
pub fn payment(texts: &Texts, payment: &Payment) -> String {
    match payment {
        Payment::Free => texts.counter_payment_free(),
        Payment::Due { amount } => texts.counter_payment_due(amount.div_euclid(100)),
        Payment::Paid { amount, slip } => texts.counter_payment_paid(amount.div_euclid(100), slip.as_str()),
    }
}

/// Why a card is not handed out.
pub fn withheld(texts: &Texts, reason: Withheld) -> String {
    match reason {
        Withheld::NoValidId => texts.counter_withheld_id(),
        Withheld::FaceDiffers => texts.counter_withheld_face(),
        Withheld::CardMissing => texts.counter_withheld_card(),
        Withheld::WrongPlace => texts.counter_withheld_place(),
    }
}

/// What happened to an order, and why or how, as its history tells it. What this program does not know stays unnamed.
pub fn event(texts: &Texts, told: &answer::order::Event, places: &[Place]) -> String {
    let event = Event::from_code(&told.action);
    let done = match event {
        Some(Event::Submitted) => texts.counter_event_submitted(),
        Some(Event::PhotoApproved) => texts.counter_event_approved(),
        Some(Event::PhotoRefused) => texts.counter_event_refused(),
        Some(Event::PhotoReplaced) => texts.counter_event_replaced(),
        Some(Event::Released) => texts.counter_event_released(),
        Some(Event::ProductionStarted) => texts.counter_event_production(),
        Some(Event::Printed) => texts.counter_event_printed(),
        Some(Event::Shelved) => texts.counter_event_shelved(),
        Some(Event::Misprinted) => texts.counter_event_misprint(),
        Some(Event::HandedOut) => texts.counter_event_handed_out(),
        Some(Event::Withheld) => texts.counter_event_withheld(),
        Some(Event::HandOutUndone) => texts.counter_event_undone(),
        Some(Event::Paid) => texts.counter_event_paid(),
        Some(Event::PlaceChanged) => texts.counter_event_moved(),
        Some(Event::Cancelled) => texts.counter_event_cancelled(),
        Some(Event::PinDelivered) => texts.counter_event_pin_delivered(),
        Some(Event::PinRefused) => texts.counter_event_pin_refused(),
        Some(Event::NotedAlone) => texts.alone_event_noted(),
        Some(Event::Conflict) => texts.alone_event_conflict(),
        Some(Event::ConflictSettled) => texts.alone_event_settled(),
        None => texts.counter_event_other(),
    };
    let because = told.why.as_deref().zip(event).and_then(|(why, event)| match event {
        Event::PhotoRefused => Rule::from_code(why).map(|broken| texts.rule_title(broken)),
        Event::HandedOut => IdDocument::from_code(why).map(|kind| texts.document(kind)),
        Event::Withheld => Withheld::from_code(why).map(|reason| withheld(texts, reason)),
        Event::PlaceChanged => {
            let place = places.iter().find(|place| place.id.as_str() == why)?;
            Some(place.name.get(texts.language()).to_owned())
        }
        Event::Shelved => Some(why.to_owned()),
        Event::Conflict | Event::ConflictSettled => {
            Conflict::from_code(why).map(|why| conflict(texts, why).0)
        }
        Event::Cancelled if why == CARD_FOUND => Some(texts.counter_event_card_found()),
        _ => None,
    });
    match because {
        Some(because) => format!("{done}: {because}"),
        None => done,
    }
}

/// What does not fit together, and what to do about it.
pub fn conflict(texts: &Texts, why: Conflict) -> (String, String) {
    match why {
        Conflict::Twice => (texts.conflict_twice(), texts.conflict_twice_help()),
        Conflict::Cancelled => (texts.conflict_cancelled(), texts.conflict_cancelled_help()),
        Conflict::CardBlocked => (texts.conflict_card_blocked(), texts.conflict_card_blocked_help()),
        Conflict::OtherCard => (texts.conflict_other_card(), texts.conflict_other_card_help()),
        Conflict::Moved => (texts.conflict_moved(), texts.conflict_moved_help()),
        Conflict::UnknownOrder => (texts.conflict_unknown_order(), texts.conflict_unknown_order_help()),
        Conflict::UnknownCard => (texts.conflict_unknown_card(), texts.conflict_unknown_card_help()),
        Conflict::UnknownClerk => (texts.conflict_unknown_clerk(), texts.conflict_unknown_clerk_help()),
    }
}

/// A moment of the wire, as the clock on the wall shows it.
pub fn moment(microseconds: i64, zone: &TimeZone) -> String {
    Timestamp::from_microsecond(microseconds)
        .map(|time| time.to_zoned(zone.clone()).strftime("%d.%m. %H:%M").to_string())
        .unwrap_or_default()
}

/// A day of the wire in the order of the language.
pub fn day(texts: &Texts, iso: &str) -> String {
    let Ok(day) = iso.parse::<jiff::civil::Date>() else { return iso.to_owned() };
    match texts.language() {
        Language::English => day.strftime("%-d/%-m/%Y").to_string(),
        Language::Bokmal | Language::Nynorsk => day.strftime("%-d.%-m.%Y").to_string(),
    }
}

/// A card's number in groups, as it is read aloud.
pub fn card_number(number: &str) -> String {
    let digits: Vec<char> = number.chars().collect();
    let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

/// An order's number in groups, as it is read aloud.
pub fn order_number(number: &str) -> String {
    number
        .parse::<crate::domain::number::Number>()
        .map_or_else(|_| number.to_owned(), |number| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::card;

    fn texts() -> [Texts; 3] {
        Language::ALL.map(|language| Texts::load(language).unwrap())
    }

    fn told(event: Event, why: Option<&str>) -> answer::order::Event {
        answer::order::Event {
            at: 0,
            actor: String::new(),
            terminal: "K1".into(),
            action: event.code().into(),
            status: Status::Approved.code().into(),
            why: why.map(str::to_owned),
        }
    }

    #[test]
    fn every_event_has_a_name_of_its_own_in_every_language() {
        for texts in texts() {
            let mut names: Vec<String> =
                Event::ALL.iter().map(|event| super::event(&texts, &told(*event, None), &[])).collect();
            for (name, event) in names.iter().zip(Event::ALL) {
                assert!(!name.is_empty() && !name.contains('_'), "{event:?} is shown as {name}");
                assert_ne!(*name, texts.counter_event_other());
            }
            names.sort();
            names.dedup();
            assert_eq!(names.len(), Event::ALL.len(), "{names:?}");
        }
    }

    #[test]
    fn every_reason_in_a_history_has_words() {
        for texts in texts() {
            let says = |event, why: &str| {
                let said = super::event(&texts, &told(event, Some(why)), &[]);
                let reason = said.split_once(": ").map_or("", |(_, reason)| reason);
                assert!(!reason.is_empty() && reason != why && !reason.contains('_'), "{why}: {said}");
            };
            IdDocument::ALL.iter().for_each(|document| says(Event::HandedOut, document.code()));
            Withheld::ALL.iter().for_each(|reason| says(Event::Withheld, reason.code()));
            Rule::ALL.iter().for_each(|rule| says(Event::PhotoRefused, rule.code()));
            says(Event::Cancelled, CARD_FOUND);
            Conflict::ALL.iter().for_each(|why| says(Event::Conflict, why.code()));
        }
    }

    #[test]
    fn every_status_and_reason_has_a_name_and_an_unknown_one_is_not_shown() {
        let cards = [card::Status::Active, card::Status::Blocked, card::Status::Dead];
        for texts in texts() {
            let unknown = texts.counter_unknown();
            for said in Status::ALL
                .map(|status| super::status(&texts, status.code()).0)
                .into_iter()
                .chain(cards.map(|status| card_status(&texts, status.code()).0))
                .chain(Reason::ALL.map(|which| reason(&texts, which.code())))
            {
                assert!(!said.contains('_') && said != unknown, "{said}");
            }
            let told = answer::order::Event {
                action: "of_tomorrow".into(),
                ..told(Event::Submitted, Some("some_code"))
            };
            assert_eq!(super::event(&texts, &told, &[]), texts.counter_event_other());
            assert_eq!(super::status(&texts, "of_tomorrow").0, unknown);
            assert_eq!(reason(&texts, "of_tomorrow"), unknown);
        }
    }
}
