//! What a person does to an order that is already there: asked of the server at once, because it holds the order.

use crate::domain::order;
use crate::sync::answer::{self, ProblemCode};
use crate::sync::client;
use crate::texts::Texts;

use super::kit::Kit;
use super::session::Session;
use crate::desktop::photo::Chosen;

/// Why it was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The card is being made or is made.
    TooLate,
    /// The order is another one by now: sign in again.
    Changed,
    Offline,
    Unavailable,
}

impl Failure {
    /// The headline and what to do.
    pub fn says(self, texts: &Texts) -> (String, String) {
        match self {
            Self::TooLate => (texts.kiosk_errand_too_late(), texts.kiosk_errand_too_late_more()),
            Self::Changed => (texts.kiosk_errand_changed(), texts.kiosk_errand_changed_more()),
            Self::Offline => (texts.kiosk_errand_offline(), texts.kiosk_errand_offline_more()),
            Self::Unavailable => (texts.kiosk_errand_unavailable(), texts.kiosk_try_again_or_ask()),
        }
    }
}

impl From<&client::Error> for Failure {
    fn from(error: &client::Error) -> Self {
        tracing::warn!(%error, "an order was not changed");
        match error {
            client::Error::Refused(problem) => match problem.code {
                ProblemCode::AlreadyPrinted | ProblemCode::TooLate | ProblemCode::IllegalMove => {
                    Self::TooLate
                }
                ProblemCode::Changed | ProblemCode::SessionExpired | ProblemCode::NotFound => Self::Changed,
                _ => Self::Unavailable,
            },
            error if error.offline() => Self::Offline,
            _ => Self::Unavailable,
        }
    }
}

/// Asks for a move of the person's own order.
pub fn move_order(
    kit: &Kit,
    session: &Session,
    order: &answer::order::Order,
    wish: answer::order::Wish,
) -> Result<impl Future<Output = Result<answer::order::Details, Failure>> + use<>, Failure> {
    let terminal = kit.terminal.as_ref().ok_or(Failure::Unavailable)?;
    let id = order::Id(order.id.parse().map_err(|_| Failure::Unavailable)?);
    let asked = kit.randomness.uuid().map_err(|_| Failure::Unavailable)?;
    let wish = answer::order::Move { id: asked.to_string(), version: order.version, wish };
    let token = session.token().ok_or(Failure::Changed)?.clone();
    let client = terminal.client().clone();
    Ok(async move { client.move_order(&token, id, &wish).await.map_err(|error| Failure::from(&error)) })
}

/// Sends another photo for the open order.
pub fn replace_photo(
    kit: &Kit,
    session: &Session,
    photo: &Chosen,
) -> Result<impl Future<Output = Result<(), Failure>> + use<>, Failure> {
    let terminal = kit.terminal.as_ref().ok_or(Failure::Unavailable)?;
    let order = session.open_order().ok_or(Failure::Changed)?;
    let wish = answer::order::Wish::ReplacePhoto { photo: photo.told(photo.signed(terminal.client())) };
    let moving = move_order(kit, session, order, wish)?;
    let sha256 = photo.sha256();
    let client = terminal.client().clone();
    let jpeg = bytes::Bytes::from_owner(photo.jpeg().clone());
    Ok(async move {
        client.put_photo(&sha256, jpeg).await.map_err(|error| Failure::from(&error))?;
        moving.await.map(|_| ())
    })
}
