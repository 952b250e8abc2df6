//! What the desk says, and the words for where an order stands.

use crate::desktop::counter::handover::Said;
use crate::desktop::counter::names;
use crate::desktop::widget::notice::Kind as Mood;
use crate::domain::order::Status;
use crate::sync::answer::order::{Order, Payment};
use crate::texts::Texts;

/// Why an order cannot be handed out now, and what can be done.
pub(super) fn standing(texts: &Texts, order: &Order, here: &str) -> (Mood, String, String) {
    let refusal = || order.refusal.as_ref().map(|refusal| refusal.words.clone()).unwrap_or_default();
    match Status::from_code(&order.status) {
        Some(Status::NeedsPerson) => {
            (Mood::Warning, texts.counter_stands_person(), texts.counter_stands_person_help())
        }
        Some(Status::Review) => {
            (Mood::Info, texts.counter_stands_review(), texts.counter_stands_review_help())
        }
        Some(Status::PhotoRefused) => {
            (Mood::Warning, texts.counter_stands_refused(), texts.counter_stands_refused_help(refusal()))
        }
        Some(Status::Approved) if matches!(order.payment, Payment::Due { .. }) => {
            (Mood::Warning, texts.counter_stands_unpaid(), texts.counter_stands_unpaid_help())
        }
        Some(Status::Approved | Status::InProduction | Status::Printed) => {
            let promised = order.promised.as_deref().map(|day| names::day(texts, day));
            let help = match promised {
                Some(day) => texts.counter_stands_making_help(day),
                None => texts.counter_stands_making_help_soon(),
            };
            (Mood::Info, texts.counter_stands_making(), help)
        }
        Some(Status::Ready) if order.place != here => {
            (Mood::Warning, texts.counter_stands_elsewhere(), texts.counter_stands_elsewhere_help())
        }
        Some(Status::Ready) => (Mood::Info, texts.counter_waiting(), String::new()),
        Some(Status::HandedOut) => {
            (Mood::Success, texts.counter_stands_handed_out(), texts.counter_stands_handed_out_help())
        }
        Some(Status::Cancelled) => {
            (Mood::Info, texts.counter_stands_cancelled(), texts.counter_stands_cancelled_help(refusal()))
        }
        None => (Mood::Warning, texts.counter_trouble_other(), texts.counter_trouble_other_help()),
    }
}

impl Said {
    pub(super) fn words(&self, texts: &Texts, price_lost: i64) -> (Mood, String, String) {
        match self {
            Self::Trouble(trouble) => trouble.words(texts),
            Self::NothingFound(query) => (
                Mood::Warning,
                texts.counter_nothing_found(query.as_str()),
                texts.counter_nothing_found_help(),
            ),
            Self::NotCopied(query) => {
                (Mood::Warning, texts.alone_nothing_found(query.as_str()), texts.alone_nothing_found_help())
            }
            Self::BlockedAlone => {
                (Mood::Success, texts.alone_card_blocked(), texts.alone_card_blocked_help())
            }
            Self::TakenInAlone => {
                (Mood::Success, texts.alone_card_taken_in(), texts.alone_card_taken_in_help())
            }
            Self::Settled => (Mood::Success, texts.conflict_settled(), texts.conflict_settled_help()),
            Self::OtherCard => {
                (Mood::Danger, texts.counter_trouble_card(), texts.counter_trouble_card_help())
            }
            Self::NotACard => (Mood::Danger, texts.counter_misread(), texts.counter_misread_help()),
            Self::NotTheOldCard => (Mood::Danger, texts.counter_not_old(), texts.counter_not_old_help()),
            Self::IdFirst => (Mood::Warning, texts.counter_id_first(), texts.counter_id_first_help()),
            Self::WithheldNoted => {
                (Mood::Info, texts.counter_withheld_noted(), texts.counter_withheld_noted_help())
            }
            Self::Blocked => {
                (Mood::Success, texts.counter_blocked(), texts.counter_blocked_help(price_lost / 100))
            }
            Self::Unblocked => (Mood::Success, texts.counter_unblocked(), texts.counter_unblocked_help()),
            Self::TakenIn => (Mood::Success, texts.counter_taken_in(), texts.counter_taken_in_help()),
            Self::Paid => (Mood::Success, texts.counter_paid(), texts.counter_paid_help()),
            Self::Released => (Mood::Success, texts.counter_released(), texts.counter_released_help()),
            Self::Undone => (Mood::Info, texts.counter_undone(), texts.counter_undone_help()),
            Self::Ended => (Mood::Info, texts.counter_ended(), texts.counter_ended_help()),
            Self::PhotoTaken { reviewed: true } => {
                (Mood::Success, texts.counter_own_taken(), texts.counter_own_taken_review())
            }
            Self::PhotoTaken { reviewed: false } => {
                (Mood::Success, texts.counter_own_taken(), texts.counter_own_taken_help())
            }
        }
    }
}
