//! Batches of cards: which orders are printed next, with which numbers, and how they look.

pub mod print;

use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;
use uuid::Uuid;

use super::App;
use super::answers;
use super::authentication::SignedIn;
use super::moves::carry_out;
use super::photos::{Name, Size};
use super::problem::Error;
use super::storage::batches::{self, Batch, Item};
use super::storage::orders::{self, Stored};
use super::storage::{cards, persons, record};
use crate::domain::audit::{Entry, Subject};
use crate::domain::card::{Number, SERIALS};
use crate::domain::order::{Id, Move, Status};
use crate::domain::person::Role;
use crate::domain::place;
use crate::wire::{self, Impossible, ProblemCode};

/// The most cards of one batch.
const LARGEST: u32 = 500;

/// How often a random number is drawn before giving up: each time it is taken with a chance of one in thousands.
const DRAWS: u32 = 64;

/// Gives approved and settled orders their card numbers and takes them into production. The same batch again is answered
/// as it stands now.
pub async fn start(app: &App, caller: &SignedIn, asked: &wire::production::NewBatch) -> Result<Batch, Error> {
    let staff = caller.staff(&[Role::Production])?;
    let id: Uuid = asked.id.parse().map_err(|_| Impossible::new("id", &asked.id))?;
    let place = asked.place.as_deref().map(wire::order::place_of).transpose()?;
    let content = serde_json::to_vec(asked).map_err(super::storage::Error::from)?;
    let content_hash = Sha256::digest(&content).to_vec();
    let now = app.clock.now();
    let mut db = app.storage.write().await?;
    if let Some(batch) = batches::find(&mut db, id).await? {
        return if batch.content_hash == content_hash {
            Ok(batch)
        } else {
            Err(Error::refused(ProblemCode::Conflict, "the id belongs to another batch"))
        };
    }
    let orders = chosen(&mut db, asked, place.as_ref()).await?;
    if orders.is_empty() {
        return Err(Error::refused(ProblemCode::NotFound, "no order is approved and settled"));
    }
    let batch = Batch { id, content_hash, created_at: now, created_by: staff.user_name.to_string() };
    batches::add(&mut db, &batch).await?;
    for (page, mut order) in (1..).zip(orders) {
        carry_out(app, &mut db, &caller.into(), &mut order, &Move::StartProduction, now, |_| {}).await?;
        let card = unused(app, &mut db).await?;
        batches::add_item(&mut db, id, &Item { page, order: order.id, card, dead: false }).await?;
    }
    let entry = Entry {
        at: now,
        terminal_at: None,
        actor: caller.id(),
        place: caller.terminal.code.to_string(),
        subject: Subject::Batch,
        subject_id: id.to_string(),
        action: "started".into(),
        details: vec![("cards".into(), batches::items(&mut db, id).await?.len().to_string())],
    };
    record::append(&mut db, &entry).await?;
    db.commit().await?;
    Ok(batch)
}

/// The orders of a new batch, by place and in the order that they came in.
async fn chosen(
    db: &mut SqliteConnection,
    asked: &wire::production::NewBatch,
    place: Option<&place::Id>,
) -> Result<Vec<Stored>, Error> {
    let mut orders = Vec::new();
    if asked.orders.is_empty() {
        for order in orders::of_status(&mut *db, Status::Approved, place, LARGEST).await? {
            if order.state.payment.settled() && persons::student(&mut *db, &order.user_name).await?.is_some()
            {
                orders.push(order);
            }
        }
    } else {
        for id in &asked.orders {
            let id = Id(id.parse().map_err(|_| Impossible::new("orders", id))?);
            let missing = || Error::refused(ProblemCode::NotFound, "no such order");
            orders.push(orders::find(&mut *db, id).await?.ok_or_else(missing)?);
        }
    }
    orders.sort_by(|a, b| (&a.state.place, a.received_at).cmp(&(&b.state.place, b.received_at)));
    orders.truncate(LARGEST as usize);
    Ok(orders)
}

/// A random number that no card ever had.
async fn unused(app: &App, db: &mut SqliteConnection) -> Result<Number, Error> {
    for _ in 0..DRAWS {
        let serial = u64::from_be_bytes(app.randomness.bytes::<8>()?) % SERIALS;
        if let Some(number) = Number::with_check(serial)
            && !cards::taken(&mut *db, number).await?
        {
            return Ok(number);
        }
    }
    Err(Error::refused(ProblemCode::Internal, "no unused card number was drawn"))
}

/// A batch with its items, as it is answered.
pub async fn answer(db: &mut SqliteConnection, batch: &Batch) -> Result<wire::production::Batch, Error> {
    let mut items = Vec::new();
    for item in batches::items(&mut *db, batch.id).await? {
        if let Some(order) = orders::find(&mut *db, item.order).await? {
            items.push(wire::production::Item {
                page: item.page,
                card: item.card.to_string(),
                dead: item.dead,
                order: answers::order(&order),
            });
        }
    }
    Ok(wire::production::Batch {
        id: batch.id.to_string(),
        created_at: batch.created_at.as_microsecond(),
        created_by: batch.created_by.clone(),
        items,
    })
}

/// The PDF of a batch.
pub async fn pdf(app: &App, batch: &Batch) -> Result<Vec<u8>, Error> {
    let mut pages = Vec::new();
    let mut db = app.storage.read().await?;
    for item in batches::items(&mut db, batch.id).await? {
        let missing = || Error::refused(ProblemCode::NotFound, "an order of the batch is gone");
        let order = orders::find(&mut db, item.order).await?.ok_or_else(missing)?;
        let known = persons::student(&mut db, &order.user_name).await?.ok_or_else(missing)?;
        // a dead page shows no photo: it need not be read
        let photo = match Name::new(&order.photo.sha256) {
            Some(name) if !item.dead => app.photos.get(&name, Size::Whole).await?,
            _ => None,
        };
        pages.push(print::Card {
            number: item.card,
            name: known.student.name().to_owned(),
            legal_name: known.student.legal_name.clone(),
            valid_to: known.student.valid_to,
            photo,
            dead: item.dead,
        });
    }
    drop(db);
    Ok(tokio::task::spawn_blocking(move || print::batch(&pages)).await??)
}
