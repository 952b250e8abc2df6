//! What is stored, as it is answered on the wire.

use std::collections::HashMap;

use sqlx::SqliteConnection;

use super::reports;
use super::storage::orders::Stored;
use super::storage::record::{self, Named};
use super::storage::{Error, cards, orders, persons};
use crate::domain::audit::Subject;
use crate::domain::card::Card;
use crate::domain::person::{Student, UserName};
use crate::domain::photo;
use crate::domain::pin::Forbidden;
use crate::wire;

/// An order as lists show it.
pub fn order(stored: &Stored) -> wire::order::Order {
    wire::order::Order {
        id: stored.id.0.to_string(),
        number: stored.number.as_str().to_owned(),
        user_name: stored.user_name.to_string(),
        name: stored.name.clone().unwrap_or_default(),
        status: stored.state.status.code().to_owned(),
        identity: wire::order::identity_code(stored.state.identity).to_owned(),
        reason: wire::order::reason_code(stored.reason).to_owned(),
        place: stored.state.place.as_str().to_owned(),
        promised: stored.promised.map(|day| day.to_string()),
        received_at: stored.received_at.as_microsecond(),
        payment: (&stored.state.payment).into(),
        photo: wire::order::Photo {
            signed_by: stored.report.as_ref().and_then(reports::signed_by),
            ..stored.photo.clone()
        },
        card: stored.state.card.map(|number| number.to_string()),
        slot: stored.state.slot.clone(),
        refusal: stored.refusal.as_ref().map(|refusal| wire::order::Refusal {
            rule: refusal.rule.map(photo::Rule::code).map(str::to_owned),
            words: refusal.words.clone(),
        }),
        pin_delivered: stored.pin_delivered,
        language: stored.language.tag().to_owned(),
        version: stored.version,
    }
}

/// The details of the record that say how or why, in the order of what says most.
const WHY: [&str; 5] = ["document", "why", "rule", "place", "slot"];

fn event(named: &Named) -> wire::order::Event {
    let detail = |key: &str| named.entry.details.iter().find(|(name, _)| name == key).map(|(_, v)| v.clone());
    wire::order::Event {
        at: named.entry.at.as_microsecond(),
        actor: named.staff.clone().unwrap_or_default(),
        terminal: named.entry.place.clone(),
        action: named.entry.action.clone(),
        status: detail("status").unwrap_or_default(),
        why: WHY.iter().find_map(|key| detail(key)),
    }
}

/// An order with its history and all else of its person.
pub async fn details(db: &mut SqliteConnection, stored: &Stored) -> Result<wire::order::Details, Error> {
    let history = record::of(&mut *db, Subject::Order, &stored.id.0.to_string()).await?;
    let cards = cards::of(&mut *db, &stored.user_name).await?;
    let others = orders::of(&mut *db, &stored.user_name).await?;
    let mut order_itself = order(stored);
    order_itself.photo.report = stored.report.as_ref().map(|report| wire::report::Signed {
        text: report.text.clone(),
        signature: report.signature.clone(),
    });
    Ok(wire::order::Details {
        order: order_itself,
        history: history.iter().map(event).collect(),
        cards: cards.iter().map(Into::into).collect(),
        other_orders: others.iter().filter(|other| other.id != stored.id).map(order).collect(),
    })
}

/// A student with what is already there.
pub async fn person(db: &mut SqliteConnection, student: &Student) -> Result<wire::session::Person, Error> {
    let cards = cards::of(&mut *db, &student.user_name).await?;
    let orders = orders::of(&mut *db, &student.user_name).await?;
    Ok(person_with(student, &cards, &orders))
}

/// Students in the order of these user names, all of them without an order.
pub async fn without_orders(
    db: &mut SqliteConnection,
    users: &[UserName],
) -> Result<Vec<wire::session::Person>, Error> {
    let users: Vec<&UserName> = users.iter().collect();
    let mut owned: HashMap<UserName, Vec<Card>> = HashMap::new();
    for card in cards::of_all(&mut *db, &users).await? {
        owned.entry(card.owner.clone()).or_default().push(card);
    }
    let known = persons::students(&mut *db, &users).await?;
    let cards_of = |student: &Student| owned.get(&student.user_name).map(Vec::as_slice).unwrap_or_default();
    Ok(known.iter().map(|known| person_with(&known.student, cards_of(&known.student), &[])).collect())
}

fn person_with(student: &Student, cards: &[Card], orders: &[Stored]) -> wire::session::Person {
    wire::session::Person {
        user_name: student.user_name.to_string(),
        name: student.name().to_owned(),
        legal_name: student.legal_name.clone(),
        student_number: student.student_number.clone(),
        registered: student.registered,
        fee_paid: student.fee_paid,
        valid_to: student.valid_to.to_string(),
        cards: cards.iter().map(Into::into).collect(),
        orders: orders.iter().map(order).collect(),
    }
}

/// What the student's PIN must not be: their birth date in every form, the ends of their numbers.
pub async fn forbidden_pins(
    db: &mut SqliteConnection,
    student: &Student,
) -> Result<Vec<wire::session::ForbiddenPin>, Error> {
    let mut forbidden: Vec<Forbidden> = student.birth_date.map(Forbidden::of_date).unwrap_or_default();
    forbidden.extend(Forbidden::of_number(&student.student_number));
    forbidden.extend(student.phone.as_deref().and_then(Forbidden::of_number));
    let cards = cards::of(db, &student.user_name).await?;
    forbidden.extend(cards.iter().map(|card: &Card| Forbidden::new(card.number.last_four())));
    let mut pins: Vec<_> = forbidden.iter().map(|pin| wire::session::ForbiddenPin(*pin.digits())).collect();
    pins.sort_by_key(|pin| pin.0);
    pins.dedup();
    Ok(pins)
}
