//! Moves of an order: decided by the domain, carried out with all that follows in one transaction.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;
use uuid::Uuid;

use super::App;
use super::authentication::SignedIn;
use super::problem::Error;
use super::storage::deliveries::{self, Message};
use super::storage::orders::{self, Refusal, Stored};
use super::storage::record::commitment;
use super::storage::{batches, cards, persons, photos, places, record, search};
use super::{registry, reports, submission};
use crate::domain::audit::{Entry, Subject};
use crate::domain::card::{self, Card};
use crate::domain::order::{Actor, Id, Identity, Move, Reason, Status, decide};
use crate::domain::person::Role;
use crate::domain::photo::Rule;
use crate::wire::order::Wish;
use crate::wire::{self, Impossible, ProblemCode};

/// The longest words that a clerk may write, in characters.
const WORDS: usize = 1_000;

/// The roles of which one is needed.
fn roles(wish: &Wish) -> &'static [Role] {
    match wish {
        Wish::ApprovePhoto | Wish::RefusePhoto { .. } => &[Role::Review],
        Wish::Release | Wish::ReplacePhoto { .. } | Wish::ChangePlace { .. } | Wish::Cancel { .. } => {
            &[Role::Handover, Role::Review]
        }
        Wish::Print => &[Role::Production],
        Wish::Misprint { .. } | Wish::Shelve { .. } => &[Role::Production, Role::Handover],
        Wish::HandOut { .. } | Wish::Withhold { .. } | Wish::UndoHandOut | Wish::Pay { .. } => {
            &[Role::Handover]
        }
    }
}

fn words(text: &str) -> Result<String, Impossible> {
    if text.chars().count() > WORDS {
        Err(Impossible::new("words", "too long"))
    } else {
        Ok(text.trim().to_owned())
    }
}

/// The wish in the domain's words.
async fn understood(db: &mut SqliteConnection, order: &Stored, wish: &Wish) -> Result<Move, Error> {
    Ok(match wish {
        Wish::ApprovePhoto => Move::ApprovePhoto,
        Wish::RefusePhoto { rule, words: said } => Move::RefusePhoto {
            rule: Rule::from_code(rule).ok_or_else(|| Impossible::new("rule", rule))?,
            words: words(said)?,
        },
        Wish::ReplacePhoto { photo } => {
            if !photos::known(&mut *db, &photo.sha256).await? {
                return Err(Error::refused(ProblemCode::PhotoMissing, "send the photo first"));
            }
            Move::ReplacePhoto { needs_review: submission::needs_review(photo)? }
        }
        Wish::Release => {
            if persons::student(&mut *db, &order.user_name).await?.is_none() {
                return Err(Error::refused(
                    ProblemCode::IllegalMove,
                    "the register does not know the person",
                ));
            }
            if orders::open_beside(&orders::of(&mut *db, &order.user_name).await?, order.id) {
                return Err(Error::refused(ProblemCode::AlreadyOrdered, "another order is open"));
            }
            Move::Release { needs_review: submission::needs_review(&order.photo)? }
        }
        Wish::Print => Move::Print {
            card: batches::assigned(&mut *db, order.id)
                .await?
                .ok_or_else(|| Error::refused(ProblemCode::IllegalMove, "in no batch"))?,
        },
        Wish::Shelve { slot } => match slot.trim() {
            "" => return Err(Impossible::new("slot", "").into()),
            slot if slot.len() > 16 => return Err(Impossible::new("slot", "too long").into()),
            slot => Move::Shelve { slot: slot.to_owned() },
        },
        Wish::Misprint { words: said } => Move::Misprint { words: words(said)? },
        Wish::HandOut { document, scanned } => Move::HandOut {
            document: wire::order::document_of(document)?,
            scanned: scanned
                .parse()
                .map_err(|_| Error::refused(ProblemCode::OtherCard, "what was scanned is no card number"))?,
        },
        Wish::Withhold { reason } => Move::Withhold {
            reason: card::Withheld::from_code(reason).ok_or_else(|| Impossible::new("reason", reason))?,
        },
        Wish::UndoHandOut => Move::UndoHandOut,
        Wish::Pay { slip } if slip.len() > 64 => return Err(Impossible::new("slip", "too long").into()),
        Wish::Pay { slip } => Move::Pay { slip: slip.clone() },
        Wish::ChangePlace { place } => {
            let place = wire::order::place_of(place)?;
            if places::find(&mut *db, &place).await?.is_none() {
                return Err(Error::refused(ProblemCode::NotFound, "no such place"));
            }
            Move::ChangePlace { place }
        }
        Wish::Cancel { words: said } => Move::Cancel { words: words(said)? },
    })
}

/// What the record says of a move beside its name.
fn details(wish: &Move, order: &Stored) -> Vec<(String, String)> {
    let mut details = vec![("status".to_owned(), order.state.status.code().to_owned())];
    let mut say = |key: &str, value: String| details.push((key.to_owned(), value));
    match wish {
        Move::RefusePhoto { rule, words } => {
            say("rule", rule.code().into());
            say("words", commitment(&order.salt, words));
        }
        Move::ReplacePhoto { .. } => {
            say("photo", commitment(&order.salt, &order.photo.sha256));
            say("verdict", order.photo.verdict.clone());
            say("report", submission::report_word(order.report.is_some(), false).into());
        }
        Move::Print { card } => say("card", card.to_string()),
        Move::Shelve { slot } => say("slot", slot.clone()),
        Move::Misprint { words } | Move::Cancel { words } => say("words", commitment(&order.salt, words)),
        Move::HandOut { document, scanned } => {
            say("document", document.code().into());
            say("card", scanned.to_string());
        }
        Move::Withhold { reason } => say("why", reason.code().into()),
        Move::Pay { slip } => say("slip", commitment(&order.salt, slip)),
        Move::ChangePlace { place } => say("place", place.as_str().into()),
        Move::ApprovePhoto | Move::Release { .. } | Move::StartProduction | Move::UndoHandOut => {}
    }
    details
}

/// Makes a move. The same wish again is answered with the order as it stands now and changes nothing.
pub async fn make(app: &App, caller: &SignedIn, id: Id, asked: wire::order::Move) -> Result<Stored, Error> {
    let move_id: Uuid = asked.id.parse().map_err(|_| Impossible::new("id", &asked.id))?;
    let content =
        serde_json::to_vec(&(id.0, asked.version, &asked.wish)).map_err(super::storage::Error::from)?;
    let content_hash = Sha256::digest(&content).to_vec();
    let now = app.clock.now();
    let missing = || Error::refused(ProblemCode::NotFound, "no such order");
    let needed = roles(&asked.wish);
    let (asked_for, replaced) = match asked.wish {
        Wish::ReplacePhoto { photo } => {
            let checked = reports::check(photo, &caller.report_keys);
            reports::vouched(app, &checked.photo, checked.report.as_ref()).await?;
            (Wish::ReplacePhoto { photo: checked.photo.clone() }, Some(checked))
        }
        wish => (wish, None),
    };
    let mut db = app.storage.write().await?;
    let mut order = orders::find(&mut db, id).await?.ok_or_else(missing)?;
    match caller.student() {
        None => {
            caller.staff(needed)?;
        }
        Some(student) if student.student.user_name == order.user_name => {}
        // another's order is answered like none
        Some(_) => return Err(missing()),
    }
    if let Some((made_on, made)) = orders::made_move(&mut db, move_id).await? {
        return if made_on == id && made == content_hash {
            Ok(order)
        } else {
            Err(Error::refused(ProblemCode::Conflict, "the id belongs to another move"))
        };
    }
    if order.version != asked.version {
        return Err(Error::refused(ProblemCode::Changed, "the order changed since it was read"));
    }
    let mut wish = understood(&mut db, &order, &asked_for).await?;
    if let (Move::ReplacePhoto { needs_review }, Some(checked)) = (&mut wish, &replaced) {
        *needs_review |= checked.broken;
    }
    carry_out(app, &mut db, &caller.into(), &mut order, &wish, now, |order| {
        if let Some(checked) = replaced {
            (order.photo, order.report) = (checked.photo, checked.report);
        }
    })
    .await?;
    orders::add_move(&mut db, move_id, id, &content_hash, now).await?;
    let stored = orders::find(&mut db, id).await?.ok_or_else(missing)?;
    db.commit().await?;
    app.wake_jobs();
    Ok(stored)
}

/// Who makes a move, and where.
#[derive(Debug, Clone)]
pub struct By {
    /// The account's id.
    pub actor: String,
    pub who: Actor,
    /// The terminal's code.
    pub place: String,
    /// By the terminal's clock, of what was done there without the server.
    pub alone: Option<Timestamp>,
}

impl From<&SignedIn> for By {
    fn from(caller: &SignedIn) -> Self {
        Self { actor: caller.id(), who: caller.actor(), place: caller.terminal.code.to_string(), alone: None }
    }
}

/// Decides a move and writes all that follows from it. `also` changes what the domain does not decide.
pub async fn carry_out(
    app: &App,
    db: &mut SqliteConnection,
    by: &By,
    order: &mut Stored,
    wish: &Move,
    now: Timestamp,
    also: impl FnOnce(&mut Stored),
) -> Result<(), Error> {
    let owned = cards::of(&mut *db, &order.user_name).await?;
    let before = order.state.clone();
    order.state.owes_old_card = order.reason == Reason::Worn
        && owned.iter().any(|old| old.status == card::Status::Active && Some(old.number) != before.card);
    order.state = decide(&order.state, wish, by.who, now)?;
    order.version += 1;
    order.refusal = match wish {
        Move::RefusePhoto { rule, words } => Some(Refusal { rule: Some(*rule), words: words.clone() }),
        Move::Cancel { words } => Some(Refusal { rule: None, words: words.clone() }),
        Move::ApprovePhoto | Move::ReplacePhoto { .. } => None,
        _ => order.refusal.take(),
    };
    also(order);
    match orders::update(&mut *db, order, now).await {
        Ok(true) => {}
        Ok(false) => return Err(Error::refused(ProblemCode::Changed, "the order changed meanwhile")),
        // the only other unique value of an order's row
        Err(error) if error.is_duplicate() => {
            return Err(Error::refused(ProblemCode::Conflict, "the slip paid another order"));
        }
        Err(error) => return Err(error.into()),
    }
    let (actor, place) = (&by.actor, &by.place);
    let proven = order.state.identity == Identity::Proven;
    let others = || owned.iter().filter(|old| Some(old.number) != order.state.card.or(before.card));
    match wish {
        Move::Print { card } => {
            put_printed(&mut *db, order, *card, now).await?;
            if proven && order.reason == Reason::Lost {
                for old in others() {
                    registry::kill(app, &mut *db, old, "replaced", actor, place, now).await?;
                }
            }
        }
        Move::HandOut { .. } => {
            for old in others() {
                registry::kill(app, &mut *db, old, "replaced", actor, place, now).await?;
            }
            if let Some(card) = order.state.card {
                registry::tell(app, &mut *db, &order.user_name, Message::AssignCard(card), now).await?;
            }
        }
        // back in its tray slot: it opens nothing until it is handed out again
        Move::UndoHandOut => {
            if let Some(card) = order.state.card {
                registry::tell(app, &mut *db, &order.user_name, Message::BlockCard(card), now).await?;
            }
        }
        Move::Misprint { .. } | Move::Cancel { .. } => {
            for spoilt in owned.iter().filter(|card| Some(card.number) == before.card) {
                registry::kill(app, &mut *db, spoilt, wish.code(), actor, place, now).await?;
            }
            batches::kill(&mut *db, order.id).await?;
        }
        _ => {}
    }
    if order.state.status == Status::Cancelled {
        orders::forget_pin(&mut *db, order.id).await?;
    }
    // not before the card exists, and never before its owner is proven
    if matches!(wish, Move::Print { .. } | Move::HandOut { .. })
        && proven
        && orders::sealed_pin(&mut *db, order.id).await?.is_some()
        && !deliveries::pin_on_its_way(&mut *db, order.id).await?
    {
        registry::tell(app, &mut *db, &order.user_name, Message::SetPin(order.id), now).await?;
    }
    search::move_order(&mut *db, &before, order).await?;
    let entry = Entry {
        at: now,
        terminal_at: by.alone,
        actor: actor.clone(),
        place: place.clone(),
        subject: Subject::Order,
        subject_id: order.id.0.to_string(),
        action: wish.code().into(),
        details: details(wish, order),
    };
    Ok(record::append(db, &entry).await?)
}

async fn put_printed(
    db: &mut SqliteConnection,
    order: &Stored,
    number: card::Number,
    now: Timestamp,
) -> Result<(), Error> {
    let student = persons::student(&mut *db, &order.user_name)
        .await?
        .ok_or_else(|| Error::refused(ProblemCode::IllegalMove, "the register does not know the person"))?;
    let zone = TimeZone::get("Europe/Oslo").unwrap_or(TimeZone::UTC);
    let card = Card {
        number,
        owner: order.user_name.clone(),
        status: card::Status::Active,
        valid_from: zone.to_datetime(now).date(),
        valid_to: student.student.valid_to,
        produced_at: Some(now),
    };
    Ok(cards::put(db, &card).await?)
}

/// Whether an order may be seen or changed by this caller at all.
pub fn may_see(caller: &SignedIn, order: &Stored) -> bool {
    match caller.actor() {
        Actor::Staff => caller.desk().is_ok(),
        Actor::Owner => caller.student().is_some_and(|student| student.student.user_name == order.user_name),
        Actor::System => false,
    }
}
