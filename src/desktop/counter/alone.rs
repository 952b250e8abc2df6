//! What a desk asks, answered from this counter's copy while the server is away.

use uuid::Uuid;

use super::office::{Answer, Ask, drawn};
use super::trouble::Trouble;
use crate::domain::card::{IdDocument, Withheld};
use crate::domain::place;
use crate::domain::replica::{Deed, Errand};
use crate::sync::answer::ProblemCode;
use crate::sync::answer::card::ReportKind;
use crate::sync::answer::order::Wish;
use crate::sync::replica::Alone;

/// Whether the copy has an answer: what was found and done, or why it waits for the network.
pub(super) fn possible(ask: &Ask) -> bool {
    matches!(ask, Ask::Find(_) | Ask::Order(_) | Ask::Photo { .. } | Ask::Move { .. } | Ask::Report { .. })
}

/// Whether it takes back what the server has not heard of.
pub(super) async fn only(alone: &Alone, ask: &Ask) -> bool {
    match ask {
        Ask::Move { order, wish: Wish::UndoHandOut, .. } => {
            alone.handed_out_untold(order).await.unwrap_or_default()
        }
        _ => false,
    }
}

/// What a wish is to the one who stands at the desk; none for what other desks want.
fn errand(wish: &Wish) -> Option<Errand> {
    match wish {
        Wish::HandOut { .. } => Some(Errand::HandOut),
        Wish::Withhold { .. } => Some(Errand::Withhold),
        Wish::UndoHandOut => Some(Errand::TakeBack),
        Wish::Pay { .. } => Some(Errand::Pay),
        Wish::Release => Some(Errand::Release),
        Wish::ReplacePhoto { .. } => Some(Errand::ReplacePhoto),
        Wish::Cancel { .. } => Some(Errand::Cancel),
        _ => None,
    }
}

/// The wish as something that can be done alone.
fn deed(wish: &Wish) -> Result<Deed, Trouble> {
    errand(wish).ok_or(Trouble::NeedsServer)?.alone().map_err(Trouble::Needs)?;
    let other_card = || Trouble::Refused { code: ProblemCode::OtherCard, retry_after: None };
    match wish {
        Wish::HandOut { document, scanned } => Ok(Deed::HandOut {
            document: IdDocument::from_code(document).ok_or(Trouble::Unexpected)?,
            scanned: scanned.parse().map_err(|_| other_card())?,
        }),
        Wish::Withhold { reason } => {
            Ok(Deed::Withhold { reason: Withheld::from_code(reason).ok_or(Trouble::Unexpected)? })
        }
        Wish::UndoHandOut => Ok(Deed::TakeBack),
        _ => Err(Trouble::NeedsServer),
    }
}

/// Carries out one wish alone. What it changes is on the disk when this returns.
pub(super) async fn carry_out(
    alone: &Alone,
    clerk: &str,
    here: &place::Id,
    ask: Ask,
    id: Uuid,
) -> Result<Answer, Trouble> {
    Ok(match ask {
        Ask::Find(query) => Answer::Found(alone.find(&query).await?),
        Ask::Order(order) => Answer::Details(Box::new(alone.order(&order).await?)),
        Ask::Photo { sha256, height } => {
            let jpeg = alone.photo(&sha256).await.map_err(|_| Trouble::PhotoUnreadable)?;
            let drawn = tokio::task::spawn_blocking(move || drawn(sha256, &jpeg, height));
            Answer::Photo(drawn.await.map_err(|_| Trouble::Unexpected)??)
        }
        Ask::Move { order, wish, .. } => {
            Answer::Details(Box::new(alone.act(id, clerk, here, &order, &deed(&wish)?).await?))
        }
        Ask::Report { card, what } => {
            let card = card.parse().map_err(|_| Trouble::Unexpected)?;
            let deed = match what {
                ReportKind::Lost => Deed::Block { card },
                ReportKind::TakenIn => Deed::TakeIn { card },
                ReportKind::Found => {
                    Errand::Unblock.alone().map_err(Trouble::Needs)?;
                    return Err(Trouble::NeedsServer);
                }
            };
            alone.act_on_card(id, clerk, &deed).await?;
            Answer::CardAlone
        }
        _ => return Err(Trouble::NeedsServer),
    })
}
