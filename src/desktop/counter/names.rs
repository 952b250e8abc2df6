//! The words, icons and colours of the domain's terms at the desks.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::desktop::icon::Icon;
use crate::desktop::widget::notice::Kind;
use crate::domain::card::{self, IdDocument, Withheld};
use crate::domain::order::{Reason, Status};
use crate::domain::person::Language;
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
        None => (code.to_owned(), Icon::CircleHelp, Kind::Warning),
    }
}

/// Word, icon and kind of a card's status.
pub fn card_status(texts: &Texts, code: &str) -> (String, Icon, Kind) {
    match card::Status::from_code(code) {
        Some(card::Status::Active) => (texts.counter_card_active(), Icon::CircleCheck, Kind::Success),
        Some(card::Status::Blocked) => (texts.counter_card_blocked(), Icon::Lock, Kind::Danger),
        Some(card::Status::Dead) => (texts.counter_card_dead(), Icon::CircleSlash, Kind::Info),
        None => (code.to_owned(), Icon::CircleHelp, Kind::Warning),
    }
}

/// What an order is for.
pub fn reason(texts: &Texts, code: &str) -> String {
    match Reason::from_code(code) {
        Some(Reason::New) => texts.counter_reason_new(),
        Some(Reason::Lost) => texts.counter_reason_lost(),
        Some(Reason::Worn) => texts.counter_reason_worn(),
        Some(Reason::PhotoViolation) => texts.counter_reason_violation(),
        None => code.to_owned(),
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

/// A kind of identity document.
pub fn document(texts: &Texts, document: IdDocument) -> String {
    match document {
        IdDocument::Passport => texts.counter_document_passport(),
        IdDocument::NationalIdCard => texts.counter_document_national(),
        IdDocument::DrivingLicence => texts.counter_document_driving(),
        IdDocument::BankCardWithPhoto => texts.counter_document_bank(),
        IdDocument::ImmigrantTravelDocument => texts.counter_document_travel(),
        IdDocument::DigitalDrivingLicence => texts.counter_document_digital(),
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

/// What was done to an order, as its history tells it.
pub fn event(texts: &Texts, action: &str, why: Option<&str>) -> String {
    let done = match action {
        "submitted" => texts.counter_event_submitted(),
        "approve_photo" => texts.counter_event_approved(),
        "refuse_photo" => texts.counter_event_refused(),
        "replace_photo" => texts.counter_event_replaced(),
        "release" => texts.counter_event_released(),
        "start_production" => texts.counter_event_production(),
        "print" => texts.counter_event_printed(),
        "shelve" => texts.counter_event_shelved(),
        "misprint" => texts.counter_event_misprint(),
        "hand_out" => texts.counter_event_handed_out(),
        "withhold" => texts.counter_event_withheld(),
        "undo_hand_out" => texts.counter_event_undone(),
        "pay" => texts.counter_event_paid(),
        "change_place" => texts.counter_event_moved(),
        "cancel" => texts.counter_event_cancelled(),
        other => other.to_owned(),
    };
    let because = why.and_then(|why| {
        IdDocument::from_code(why)
            .map(|kind| document(texts, kind))
            .or_else(|| Withheld::from_code(why).map(|reason| withheld(texts, reason)))
    });
    match because {
        Some(because) => format!("{done}: {because}"),
        None => done,
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
