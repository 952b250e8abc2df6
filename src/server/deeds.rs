//! What counters did without the server: decided by the domain on what is found here, written in one transaction with the
//! record's entries and the conflict, if it is one. Nothing that was done is dropped.

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;
use uuid::Uuid;

use super::App;
use super::authentication::SignedIn;
use super::moves::{By, carry_out};
use super::problem::Error;
use super::storage::deeds::{self, Stored};
use super::storage::deliveries::Message;
use super::storage::orders::{self, Stored as Order};
use super::storage::record::{self, commitment};
use super::storage::settings::{self, Name};
use super::storage::terminals::{Role as Place, Terminal};
use super::storage::{cards, persons};
use super::{answers, registry};
use crate::domain::audit::{Entry, Subject};
use crate::domain::card::{self, Card};
use crate::domain::order::{Actor, Event, Id, Reason};
use crate::domain::person::{Role, UserName};
use crate::domain::replica::{CardEffect, Deed, Found, Note, OrderEffect, Outcome, Own, Told, becomes};
use crate::wire::replica::{self as wire, Became};
use crate::wire::{Impossible, ProblemCode, time_of};

/// The longest words of a settlement, in characters.
const WORDS: usize = 1_000;

/// Takes in what a counter did alone. The same again gets the same answer.
pub async fn take(app: &App, terminal: &Terminal, id: Uuid, asked: wire::Deed) -> Result<Became, Error> {
    if terminal.role != Place::Counter {
        return Err(Error::refused(ProblemCode::Forbidden, "no counter"));
    }
    let deed = Deed::try_from(&asked.what)?;
    let done_at = time_of(asked.at)?;
    let order_id = asked
        .order
        .as_deref()
        .map(|order| order.parse().map(Id).map_err(|_| Impossible::new("order", order)))
        .transpose()?;
    if deed.wish().is_some() && order_id.is_none() {
        return Err(Impossible::new("order", "none").into());
    }
    let content = serde_json::to_vec(&asked).map_err(super::storage::Error::from)?;
    let content_hash = Sha256::digest(&content).to_vec();
    let now = app.clock.now();
    let mut db = app.storage.write().await?;
    if let Some(known) = deeds::find(&mut db, id).await? {
        return if known.content_hash == content_hash && known.terminal == terminal.code.as_str() {
            Ok(known.became)
        } else {
            Err(Error::refused(ProblemCode::Conflict, "the id belongs to another deed"))
        };
    }
    // the counter asked for this very move before the line was cut, and the server had made it
    let made = orders::made_move(&mut db, id).await?.is_some_and(|(made_on, _)| Some(made_on) == order_id);
    let became = if made {
        Became { id: id.to_string(), told: wire::Told::Done, why: None }
    } else {
        let clerk = clerk(&mut db, &asked.clerk).await?;
        let by = By {
            actor: clerk.clone().unwrap_or_else(|| terminal.code.to_string()),
            who: Actor::Staff,
            place: terminal.code.to_string(),
            alone: Some(done_at),
        };
        let order = match order_id {
            Some(id) => orders::find(&mut db, id).await?,
            None => None,
        };
        let taking = Taking { app, terminal, id, asked: &asked, deed: &deed, by: &by, now };
        let outcome = taking.carry_out(&mut db, order, clerk.is_some()).await?;
        became(id, outcome)
    };
    let conflict = became.told == wire::Told::Conflict;
    let stored = Stored {
        id,
        terminal: terminal.code.to_string(),
        deed: asked,
        content_hash,
        received_at: now,
        became: became.clone(),
    };
    deeds::add(&mut db, &stored).await?;
    if conflict {
        deeds::open_conflict(&mut db, id, &terminal.place).await?;
    }
    db.commit().await?;
    app.wake_jobs();
    Ok(became)
}

fn became(id: Uuid, outcome: Outcome) -> Became {
    let (told, why) = match outcome.told {
        Told::Done => (wire::Told::Done, None),
        Told::Noted(note) => (wire::Told::Noted, Some(note.code().to_owned())),
        Told::Conflict(conflict) => (wire::Told::Conflict, Some(conflict.code().to_owned())),
    };
    Became { id: id.to_string(), told, why }
}

/// The id of the member of staff by this user name, if they may hand out cards.
async fn clerk(db: &mut SqliteConnection, user_name: &str) -> Result<Option<String>, Error> {
    let Some(user) = UserName::new(user_name) else { return Ok(None) };
    let staff = persons::staff(db, &user).await?;
    let may = staff.filter(|staff| !staff.closed && staff.roles.contains(&Role::Handover));
    Ok(may.map(|staff| staff.id.to_string()))
}

/// One deed on its way into the record.
struct Taking<'a> {
    app: &'a App,
    terminal: &'a Terminal,
    id: Uuid,
    asked: &'a wire::Deed,
    deed: &'a Deed,
    by: &'a By,
    now: Timestamp,
}

impl Taking<'_> {
    async fn carry_out(
        &self,
        db: &mut SqliteConnection,
        mut order: Option<Order>,
        clerk: bool,
    ) -> Result<Outcome, Error> {
        let card = match self.deed.card() {
            Some(number) => cards::find(&mut *db, number).await?,
            None => None,
        };
        let mut old = Vec::new();
        if let Some(order) = &mut order {
            let owned = cards::of(&mut *db, &order.user_name).await?;
            old = owned;
            old.retain(|old| old.status == card::Status::Active && Some(old.number) != order.state.card);
            order.state.owes_old_card = order.reason == Reason::Worn && !old.is_empty();
        }
        let before = match &order {
            Some(order) => self.before(&mut *db, order).await?,
            None => Vec::new(),
        };
        let outcome = becomes(
            self.deed,
            &Found {
                order: order.as_ref().map(|order| &order.state),
                changed: order.as_ref().is_some_and(|order| self.changed(order, &before)),
                here: &self.terminal.place,
                card: card.as_ref().map(|card| card.status),
                clerk,
                own: self.own(&mut *db, order.as_ref(), &before).await?,
            },
        );
        let status = order.as_ref().map(|order| order.state.status.code());
        if let Some(order) = &mut order {
            self.change_order(&mut *db, order, &outcome, &old).await?;
        }
        if let Some(card) = &card {
            self.change_card(&mut *db, card, &outcome).await?;
        }
        self.note(db, &outcome, status).await?;
        Ok(outcome)
    }

    /// What this counter did to the order before.
    async fn before(&self, db: &mut SqliteConnection, order: &Order) -> Result<Vec<Stored>, Error> {
        let mut before = deeds::of(&mut *db, order.id).await?;
        before.retain(|stored| stored.terminal == self.terminal.code.as_str());
        Ok(before)
    }

    /// Whether the order moved since the counter had its copy, apart from what the counter did itself.
    fn changed(&self, order: &Order, before: &[Stored]) -> bool {
        let moved = [Note::OtherPlace, Note::Changed, Note::OldCardOut].map(Note::code);
        let ours = before.iter().filter(|stored| {
            let noted = stored.became.why.as_deref().is_some_and(|why| moved.contains(&why));
            stored.deed.version == self.asked.version && (stored.became.told == wire::Told::Done || noted)
        });
        let ours = i64::try_from(ours.count()).unwrap_or(i64::MAX);
        self.asked.version.is_none_or(|seen| seen.saturating_add(ours) != order.version)
    }

    /// What became of this terminal's last hand-out of the order.
    async fn own(
        &self,
        db: &mut SqliteConnection,
        order: Option<&Order>,
        before: &[Stored],
    ) -> Result<Own, Error> {
        let Some(order) = order else { return Ok(Own::None) };
        let mut handed = before.iter().rev();
        let last = handed.find(|stored| matches!(stored.deed.what, wire::What::HandOut { .. }));
        let Some(last) = last else { return Ok(Own::None) };
        if order.state.handed_out_at == Some(last.received_at) {
            return Ok(Own::Stands);
        }
        // a move that the server made before the line was cut is this counter's own as well
        let made = orders::made_move(db, last.id).await?.is_some();
        Ok(match last.became.told {
            _ if made && last.deed.version.map(|seen| seen + 1) == Some(order.version) => Own::Stands,
            wire::Told::Conflict => Own::Conflict,
            wire::Told::Done | wire::Told::Noted => Own::None,
        })
    }

    async fn change_order(
        &self,
        db: &mut SqliteConnection,
        order: &mut Order,
        outcome: &Outcome,
        old: &[Card],
    ) -> Result<(), Error> {
        let Some(wish) = self.deed.wish().filter(|_| outcome.order != OrderEffect::Stays) else {
            return Ok(());
        };
        if outcome.told == Told::Noted(Note::OldCardOut) {
            for old in old {
                let (actor, place) = (&self.by.actor, &self.by.place);
                registry::kill(self.app, &mut *db, old, "replaced", actor, place, self.now).await?;
            }
        }
        if outcome.order == OrderEffect::TakeBack {
            // within minutes by the counter's clock, which the counter has seen to; how late it is heard of does not matter
            order.state.handed_out_at = Some(self.now);
        }
        carry_out(self.app, &mut *db, self.by, order, &wish, self.now, |_| {}).await?;
        if let (OrderEffect::HandOut, Told::Conflict(_), Some(card)) =
            (outcome.order, outcome.told, order.state.card)
        {
            // handed out, and blocked all the same: told to the doors after what the hand-out told them
            let after = self.now + jiff::SignedDuration::from_micros(1);
            registry::tell(self.app, db, &order.user_name, Message::BlockCard(card), after).await?;
        }
        Ok(())
    }

    async fn change_card(
        &self,
        db: &mut SqliteConnection,
        card: &Card,
        outcome: &Outcome,
    ) -> Result<(), Error> {
        use card::Status as S;
        let (status, action) = match (outcome.card, card.status) {
            (CardEffect::Stays, _)
            | (CardEffect::Block, S::Blocked | S::Dead)
            | (CardEffect::Kill, S::Dead) => {
                return Ok(());
            }
            (CardEffect::Block, S::Active) => (S::Blocked, "lost"),
            (CardEffect::Kill, S::Active | S::Blocked) => (S::Dead, "taken_in"),
        };
        cards::set_status(&mut *db, card.number, status).await?;
        registry::tell(self.app, &mut *db, &card.owner, Message::BlockCard(card.number), self.now).await?;
        let details = vec![("status".into(), status.code().into()), self.named()];
        let entry = self.entry(Subject::Card, card.number.to_string(), action, details);
        Ok(record::append(db, &entry).await?)
    }

    fn named(&self) -> (String, String) {
        ("deed".into(), self.id.to_string())
    }

    fn entry(&self, subject: Subject, id: String, action: &str, details: Vec<(String, String)>) -> Entry {
        Entry {
            at: self.now,
            terminal_at: self.by.alone,
            actor: self.by.actor.clone(),
            place: self.by.place.clone(),
            subject,
            subject_id: id,
            action: action.to_owned(),
            details,
        }
    }

    /// What the record says beside what was changed.
    async fn note(
        &self,
        db: &mut SqliteConnection,
        outcome: &Outcome,
        status: Option<&str>,
    ) -> Result<(), Error> {
        let (event, why) = match outcome.told {
            Told::Done => return Ok(()),
            Told::Noted(note) => (Event::NotedAlone, note.code()),
            Told::Conflict(conflict) => (Event::Conflict, conflict.code()),
        };
        let (subject, id) = match (&self.asked.order, self.deed.card()) {
            (Some(order), _) => (Subject::Order, order.clone()),
            (None, Some(card)) => (Subject::Card, card.to_string()),
            (None, None) => (Subject::Terminal, self.by.place.clone()),
        };
        let mut details = vec![("why".into(), why.into()), ("did".into(), self.deed.code().into())];
        details.extend(status.map(|status| ("status".into(), status.to_owned())));
        details.push(self.named());
        Ok(record::append(db, &self.entry(subject, id, event.code(), details)).await?)
    }
}

/// The conflicts of the caller's place that nobody has settled.
pub async fn conflicts(app: &App, caller: &SignedIn) -> Result<Vec<wire::Conflict>, Error> {
    caller.desk()?;
    let mut db = app.storage.read().await?;
    let mut told = Vec::new();
    for stored in deeds::conflicts(&mut db, &caller.terminal.place).await? {
        let order = stored.deed.order.as_deref().and_then(|id| id.parse().ok()).map(Id);
        let order = match order {
            Some(id) => orders::find(&mut db, id).await?,
            None => None,
        };
        let (order, history) = match order {
            Some(order) => {
                let details = answers::details(&mut db, &order).await?;
                (Some(details.order), details.history)
            }
            None => (None, Vec::new()),
        };
        let clerk = match UserName::new(&stored.deed.clerk) {
            Some(user) => persons::staff(&mut db, &user).await?.map(|staff| staff.name),
            None => None,
        };
        told.push(wire::Conflict {
            id: stored.id.to_string(),
            why: stored.became.why.unwrap_or_default(),
            clerk: clerk.unwrap_or_else(|| stored.deed.clerk.clone()),
            deed: stored.deed,
            terminal: stored.terminal,
            received_at: stored.received_at.as_microsecond(),
            order,
            history,
        });
    }
    Ok(told)
}

/// A clerk says what they found and did. Said again by the same in the same words, it is done once.
pub async fn settle(app: &App, caller: &SignedIn, id: Uuid, words: &str) -> Result<(), Error> {
    let staff = caller.staff(&[Role::Handover, Role::Review])?;
    let words = words.trim();
    if words.is_empty() || words.chars().count() > WORDS {
        return Err(Impossible::new("words", "none, or too long").into());
    }
    let now = app.clock.now();
    let mut db = app.storage.write().await?;
    let missing = || Error::refused(ProblemCode::NotFound, "no such conflict");
    let by = staff.id.to_string();
    match deeds::settled(&mut db, id).await?.ok_or_else(missing)? {
        Some(before) if before == (by.clone(), words.to_owned()) => return Ok(()),
        Some(_) => return Err(Error::refused(ProblemCode::Changed, "somebody else settled it")),
        None => {}
    }
    let stored = deeds::find(&mut db, id).await?.ok_or_else(missing)?;
    deeds::settle(&mut db, id, &by, words, now).await?;
    let order = stored.deed.order.as_deref().and_then(|id| id.parse().ok()).map(Id);
    let order = match order {
        Some(id) => orders::find(&mut db, id).await?,
        None => None,
    };
    let salt = match &order {
        Some(order) => order.salt.clone(),
        None => settings::needed(&mut db, Name::Salt).await?.into_bytes(),
    };
    let (subject, subject_id) = match &stored.deed.order {
        Some(order) => (Subject::Order, order.clone()),
        None => (Subject::Terminal, stored.terminal.clone()),
    };
    let mut details = vec![
        ("why".to_owned(), stored.became.why.unwrap_or_default()),
        ("words".to_owned(), commitment(&salt, words)),
        ("deed".to_owned(), id.to_string()),
    ];
    details.extend(order.map(|order| ("status".to_owned(), order.state.status.code().to_owned())));
    let entry = Entry {
        at: now,
        terminal_at: None,
        actor: by,
        place: caller.terminal.code.to_string(),
        subject,
        subject_id,
        action: Event::ConflictSettled.code().into(),
        details,
    };
    record::append(&mut db, &entry).await?;
    Ok(db.commit().await?)
}
