//! What the server does by itself: tells the access system, and deletes what is due.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

use super::App;
use super::adapters::access_system::{self, AccessSystem, Change, NewCard, Progress};
use super::photos::{self, Name};
use super::storage::deliveries::{self, Delivery, Message, State};
use super::storage::{self, cards, orders, persons, record, sessions};
use crate::domain::audit::{Entry, Subject};
use crate::domain::order::{self, Event};

/// How often the jobs look, when nobody wakes them.
const LOOK: Duration = Duration::from_secs(1);

/// How often what is due is deleted.
const TIDY: SignedDuration = SignedDuration::from_mins(10);

/// Photos of no order, or of refused ones, are kept so long.
pub const ABANDONED: SignedDuration = SignedDuration::from_hours(96);

/// Photos are kept so long after their card was handed out or their order cancelled.
pub const AFTER_CARD: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Sessions are kept so long after they began: an order that waited on a terminal may still name its own.
const SESSIONS: SignedDuration = SignedDuration::from_hours(15 * 24);

/// Proofs from phones are kept so long after they were given: a terminal may be without a line for weeks.
const PROOFS: SignedDuration = SignedDuration::from_hours(90 * 24);

/// The longest wait between two attempts, and between two questions whether a change is through.
const LONGEST: SignedDuration = SignedDuration::from_mins(10);

/// Messages of one round.
const ROUND: u32 = 50;

/// Why a job could not do its work; it is tried again.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Storage(#[from] storage::Error),
    #[error(transparent)]
    Photos(#[from] photos::Error),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Storage(error.into())
    }
}

/// Works until the server stops.
pub async fn run(app: Arc<App>, doors: Option<AccessSystem>, mut stopped: watch::Receiver<bool>) {
    let mut tidied: Option<Timestamp> = None;
    loop {
        let now = app.clock.now();
        if let Err(error) = app.calls.save(&app.storage).await {
            tracing::error!(error = &error as &dyn std::error::Error, "calls are not kept; tried again");
        }
        if let Some(doors) = &doors
            && let Err(error) = deliver(&app, doors).await
        {
            tracing::error!(error = &error as &dyn std::error::Error, "deliveries stopped; tried again");
        }
        if let Some(certificates) = &app.certificates {
            match certificates.renew(now) {
                Ok(false) => {}
                Ok(true) => tracing::info!("the certificate was renewed"),
                Err(error) => {
                    tracing::error!(
                        error = &error as &dyn std::error::Error,
                        "no new certificate; tried again"
                    );
                }
            }
        }
        if tidied.is_none_or(|at| now.duration_since(at) >= TIDY) {
            match tidy(&app).await {
                Ok(()) => tidied = Some(now),
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "tidying stopped; tried again");
                }
            }
        }
        tokio::select! {
            // an error means that the server was dropped
            _ = stopped.wait_for(|stop| *stop) => return,
            () = app.work.notified() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Deletes photos and sessions whose time is over.
pub async fn tidy(app: &App) -> Result<(), Error> {
    let now = app.clock.now();
    let before = |kept: SignedDuration| now.saturating_sub(kept).unwrap_or(now);
    let due =
        storage::photos::due(&mut *app.storage.read().await?, before(ABANDONED), before(AFTER_CARD)).await?;
    for sha256 in due {
        if let Some(name) = Name::new(&sha256) {
            app.photos.delete(&name).await?;
        }
        let mut db = app.storage.write().await?;
        storage::photos::forget(&mut db, &sha256).await?;
        db.commit().await?;
    }
    app.photos.forget_begun(before(ABANDONED)).await?;
    let mut db = app.storage.write().await?;
    sessions::forget(&mut db, before(SESSIONS)).await?;
    storage::phone::forget(&mut db, before(PROOFS)).await?;
    Ok(db.commit().await?)
}

/// Tells the access system what is due, one round.
pub async fn deliver(app: &App, doors: &AccessSystem) -> Result<(), Error> {
    let due = deliveries::due(&mut *app.storage.read().await?, app.clock.now(), ROUND).await?;
    for delivery in due {
        let answer = match delivery.state {
            State::Accepted => doors.change(delivery.id).await,
            _ => match send(app, doors, &delivery).await? {
                Some(answer) => answer,
                None => {
                    settle(app, delivery, State::Refused).await?;
                    continue;
                }
            },
        };
        match answer {
            Ok(Change { state: Progress::Confirmed, .. }) => settle(app, delivery, State::Confirmed).await?,
            Ok(Change { state: Progress::Pending, .. }) => settle(app, delivery, State::Accepted).await?,
            Err(error @ access_system::Error::Refused(_)) => {
                tracing::error!(delivery = %delivery.id, %error, "the access system refuses a message");
                settle(app, delivery, State::Refused).await?;
            }
            Err(error) => {
                if delivery.attempts == 0 {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "the access system is told later"
                    );
                }
                let state = delivery.state;
                settle(app, delivery, state).await?;
            }
        }
    }
    Ok(())
}

/// Sends a message; none when there is nothing left to send.
async fn send(
    app: &App,
    doors: &AccessSystem,
    delivery: &Delivery,
) -> Result<Option<Result<Change, access_system::Error>>, Error> {
    let mut db = app.storage.read().await?;
    let user = &delivery.user_name;
    let name = persons::student(&mut db, user).await?.map(|known| known.student.name().to_owned());
    Ok(match &delivery.message {
        Message::BlockCard(card) => Some(doors.block(delivery.id, *card, true).await),
        Message::UnblockCard(card) => Some(doors.block(delivery.id, *card, false).await),
        Message::AssignCard(number) => {
            let (Some(card), Some(name)) = (cards::find(&mut db, *number).await?, name) else {
                return Ok(None);
            };
            let new = NewCard {
                id: delivery.id,
                number: number.to_string(),
                valid_from: card.valid_from.to_string(),
                valid_to: card.valid_to.to_string(),
            };
            if let Err(error) = doors.person(user, &name).await {
                return Ok(Some(Err(error)));
            }
            Some(doors.card(user, &new).await)
        }
        Message::SetPin(order) => {
            let (Some(sealed), Some(name)) = (orders::sealed_pin(&mut db, *order).await?, name) else {
                return Ok(None);
            };
            if let Err(error) = doors.person(user, &name).await {
                return Ok(Some(Err(error)));
            }
            Some(doors.pin(delivery.id, user, *order, &sealed).await)
        }
    })
}

/// Writes how far a message is, and what follows for the PIN: it is kept no longer than until the doors have it.
async fn settle(app: &App, mut delivery: Delivery, state: State) -> Result<(), Error> {
    let now = app.clock.now();
    delivery.attempts = if delivery.state == state { delivery.attempts.saturating_add(1) } else { 0 };
    let wait = SignedDuration::from_secs(1).saturating_mul(1 << delivery.attempts.min(12)).min(LONGEST);
    delivery.next_at = now.saturating_add(wait).unwrap_or(now);
    let arrived = delivery.state != state;
    delivery.state = state;
    let mut db = app.storage.write().await?;
    deliveries::update(&mut db, &delivery).await?;
    if let Message::SetPin(order) = delivery.message {
        match state {
            State::Waiting => {}
            State::Accepted => orders::forget_pin(&mut db, order).await?,
            State::Confirmed => {
                orders::forget_pin(&mut db, order).await?;
                orders::pin_delivered(&mut db, order).await?;
            }
            State::Refused => orders::forget_pin(&mut db, order).await?,
        }
        if arrived && matches!(state, State::Confirmed | State::Refused) {
            let event = if state == State::Confirmed { Event::PinDelivered } else { Event::PinRefused };
            note(&mut db, order, event, now).await?;
        }
    }
    Ok(db.commit().await?)
}

async fn note(
    db: &mut sqlx::SqliteConnection,
    order: order::Id,
    event: Event,
    now: Timestamp,
) -> Result<(), storage::Error> {
    let status = orders::find(&mut *db, order).await?.map(|order| order.state.status.code().to_owned());
    let entry = Entry {
        at: now,
        terminal_at: None,
        actor: "system".into(),
        place: "server".into(),
        subject: Subject::Order,
        subject_id: order.0.to_string(),
        action: event.code().into(),
        details: vec![("status".into(), status.unwrap_or_default())],
    };
    record::append(db, &entry).await
}
