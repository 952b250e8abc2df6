//! What happens to cards: lost, found again, taken in, replaced.

use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::App;
use super::authentication::SignedIn;
use super::problem::Error;
use super::storage::deliveries::{self, Delivery, Message};
use super::storage::orders::{self, Stored};
use super::storage::{batches, cards, record, search};
use crate::domain::audit::{Entry, Subject};
use crate::domain::card::{Card, Number, Status};
use crate::domain::order;
use crate::domain::order::{Actor, Move, Reason, decide};
use crate::domain::person::{Role, UserName};
use crate::wire::ProblemCode;
use crate::wire::card::ReportKind;

/// Tells the access system, once the transaction is through.
pub async fn tell(
    app: &App,
    db: &mut SqliteConnection,
    user_name: &UserName,
    message: Message,
    now: Timestamp,
) -> Result<(), Error> {
    let delivery = Delivery {
        id: app.randomness.uuid()?,
        user_name: user_name.clone(),
        message,
        state: deliveries::State::Waiting,
        attempts: 0,
        created_at: now,
        next_at: now,
    };
    Ok(deliveries::add(db, &delivery).await?)
}

async fn note(
    db: &mut SqliteConnection,
    card: Number,
    action: &str,
    status: Status,
    actor: &str,
    place: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let entry = Entry {
        at: now,
        terminal_at: None,
        actor: actor.to_owned(),
        place: place.to_owned(),
        subject: Subject::Card,
        subject_id: card.to_string(),
        action: action.to_owned(),
        details: vec![("status".into(), status.code().into())],
    };
    Ok(record::append(db, &entry).await?)
}

/// Blocks a card at once, here and at the doors.
pub async fn block(
    app: &App,
    db: &mut SqliteConnection,
    card: &Card,
    actor: &str,
    place: &str,
    now: Timestamp,
) -> Result<(), Error> {
    cards::set_status(&mut *db, card.number, Status::Blocked).await?;
    tell(app, &mut *db, &card.owner, Message::BlockCard(card.number), now).await?;
    note(db, card.number, "lost", Status::Blocked, actor, place, now).await
}

/// A card that will never open anything again: replaced, misprinted, taken in.
pub async fn kill(
    app: &App,
    db: &mut SqliteConnection,
    card: &Card,
    action: &str,
    actor: &str,
    place: &str,
    now: Timestamp,
) -> Result<(), Error> {
    if card.status == Status::Dead {
        return Ok(());
    }
    cards::set_status(&mut *db, card.number, Status::Dead).await?;
    tell(app, &mut *db, &card.owner, Message::BlockCard(card.number), now).await?;
    note(db, card.number, action, Status::Dead, actor, place, now).await
}

/// Carries out a word about a card. Said twice, it is done once; the same call `again` is answered and does nothing, because the
/// card may have been found since.
pub async fn report(
    app: &App,
    caller: &SignedIn,
    number: Number,
    what: ReportKind,
    again: bool,
) -> Result<Card, Error> {
    let now = app.clock.now();
    let mut db = app.storage.write().await?;
    let missing = || Error::refused(ProblemCode::NotFound, "no such card");
    let card = cards::find(&mut db, number).await?.ok_or_else(missing)?;
    match caller.student() {
        None => {
            caller.staff(&[Role::Handover])?;
        }
        Some(student) if student.student.user_name == card.owner && what != ReportKind::TakenIn => {}
        // another's card is answered like none
        Some(_) => return Err(missing()),
    }
    let (actor, place) = (caller.id(), caller.terminal.code.to_string());
    let illegal = |detail: &str| Err(Error::refused(ProblemCode::IllegalMove, detail));
    if again {
        return Ok(card);
    }
    match (what, card.status) {
        (ReportKind::Lost, Status::Active) => block(app, &mut db, &card, &actor, &place, now).await?,
        (ReportKind::Found, Status::Blocked) => found(app, &mut db, &card, caller, now).await?,
        (ReportKind::TakenIn, Status::Active | Status::Blocked) => {
            kill(app, &mut db, &card, "taken_in", &actor, &place, now).await?;
        }
        (ReportKind::Lost, Status::Blocked)
        | (ReportKind::Found, Status::Active)
        | (ReportKind::TakenIn, Status::Dead) => {}
        (ReportKind::Lost | ReportKind::Found, Status::Dead) => {
            return illegal("the card is dead already");
        }
    }
    let card = cards::find(&mut db, number).await?.ok_or_else(missing)?;
    db.commit().await?;
    app.wake_jobs();
    Ok(card)
}

/// The lost card is there again: unblocked, and the order for a new one is cancelled, while nothing is printed.
async fn found(
    app: &App,
    db: &mut SqliteConnection,
    card: &Card,
    caller: &SignedIn,
    now: Timestamp,
) -> Result<(), Error> {
    let lost: Vec<Stored> = orders::of(&mut *db, &card.owner)
        .await?
        .into_iter()
        .filter(|order| order.reason == Reason::Lost && order.state.status.open())
        .collect();
    if lost.iter().any(|order| order.state.card.is_some()) {
        return Err(Error::refused(ProblemCode::AlreadyPrinted, "the new card is printed"));
    }
    for order in lost {
        cancel(&mut *db, order, caller, now).await?;
    }
    cards::set_status(&mut *db, card.number, Status::Active).await?;
    tell(app, &mut *db, &card.owner, Message::UnblockCard(card.number), now).await?;
    note(db, card.number, "found", Status::Active, &caller.id(), caller.terminal.code.as_str(), now).await
}

async fn cancel(
    db: &mut SqliteConnection,
    mut order: Stored,
    caller: &SignedIn,
    now: Timestamp,
) -> Result<(), Error> {
    let wish = Move::Cancel { words: String::new() };
    let before = order.state.clone();
    order.state = decide(&order.state, &wish, Actor::System, now)?;
    order.version += 1;
    if !orders::update(&mut *db, &order, now).await? {
        return Err(Error::refused(ProblemCode::Changed, "the order changed meanwhile"));
    }
    batches::kill(&mut *db, order.id).await?;
    orders::forget_pin(&mut *db, order.id).await?;
    search::move_order(&mut *db, &before, &order).await?;
    let entry = Entry {
        at: now,
        terminal_at: None,
        actor: caller.id(),
        place: caller.terminal.code.to_string(),
        subject: Subject::Order,
        subject_id: order.id.0.to_string(),
        action: wish.code().into(),
        details: vec![
            ("status".into(), order::Status::Cancelled.code().into()),
            ("why".into(), order::CARD_FOUND.into()),
        ],
    };
    Ok(record::append(db, &entry).await?)
}
