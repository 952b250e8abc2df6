//! What a counter answers itself from its copy, and does alone: decided by the domain, on the disk before it is answered.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::Mutex;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::domain::number::Number;
use crate::domain::order::{Payment, Reason, State, Status};
use crate::domain::person::search_form;
use crate::domain::replica::{Deed, Refusal, may};
use crate::domain::{card, place};
use crate::store::clerks::{Clerk, Tried};
use crate::store::{self, Store};
use crate::system::Clock;
use crate::wire::card::Card;
use crate::wire::order::{Details, Found, Order};
use crate::wire::replica::{self as wire, What};
use crate::wire::{Impossible, time_of};

/// The most that a search answers.
const MOST_FOUND: usize = 40;

/// Why it cannot be done alone.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The order is not in the copy.
    #[error("not in the copy")]
    NotCopied,
    #[error(transparent)]
    Refusal(#[from] Refusal),
    #[error(transparent)]
    Impossible(#[from] Impossible),
    #[error("what was kept cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
}

/// A counter that works from its copy. Cheap to clone; clones act one after the other.
#[derive(Debug, Clone)]
pub struct Alone {
    store: Store,
    clock: Clock,
    acting: Arc<Mutex<()>>,
}

/// An order of the copy, with what was done to it here since.
#[derive(Debug, Clone, PartialEq)]
struct Known {
    order: Order,
    cards: Vec<Card>,
    handed_out_at: Option<Timestamp>,
}

impl Known {
    fn of(copied: wire::Order) -> Self {
        Self { order: copied.order, cards: copied.cards, handed_out_at: None }
    }

    /// The order as it is here after something that was done alone.
    fn after(&mut self, deed: &wire::Deed) {
        let ours = deed.order.as_ref() == Some(&self.order.id);
        match &deed.what {
            What::HandOut { .. } if ours => {
                self.order.status = Status::HandedOut.code().to_owned();
                self.handed_out_at = time_of(deed.at).ok();
            }
            What::UndoHandOut if ours => {
                self.order.status = Status::Ready.code().to_owned();
                self.handed_out_at = None;
            }
            What::Block { card } => self.mark(card, card::Status::Blocked),
            What::TakeIn { card } => self.mark(card, card::Status::Dead),
            What::HandOut { .. } | What::UndoHandOut | What::Withhold { .. } => {}
        }
    }

    fn mark(&mut self, number: &str, status: card::Status) {
        let theirs = self.cards.iter_mut().filter(|card| card.number == number && card.status != "dead");
        theirs.for_each(|card| card.status = status.code().to_owned());
    }

    /// What a move is decided on.
    fn state(&self) -> Result<State, Impossible> {
        let order = &self.order;
        let printed =
            order.card.as_deref().map(|number| number.parse().map_err(|_| Impossible::new("card", number)));
        let owes = |card: &Card| card.status == "active" && Some(&card.number) != order.card.as_ref();
        Ok(State {
            status: Status::from_code(&order.status)
                .ok_or_else(|| Impossible::new("status", &order.status))?,
            payment: Payment::from(order.payment.clone()),
            identity: crate::wire::order::identity_of(&order.identity)?,
            place: crate::wire::order::place_of(&order.place)?,
            card: printed.transpose()?,
            slot: order.slot.clone(),
            handed_out_at: self.handed_out_at,
            owes_old_card: Reason::from_code(&order.reason) == Some(Reason::Worn)
                && self.cards.iter().any(owes),
        })
    }

    fn details(self) -> Details {
        Details { order: self.order, history: Vec::new(), cards: self.cards, other_orders: Vec::new() }
    }

    /// Whether each word of a question begins a word of it.
    fn fits(&self, words: &[String]) -> bool {
        let name = search_form(&self.order.name);
        words.iter().all(|word| {
            name.split(' ').chain([self.order.user_name.as_str()]).any(|part| part.starts_with(word.as_str()))
        })
    }
}

impl Alone {
    pub fn new(store: Store, clock: Clock) -> Self {
        Self { store, clock, acting: Arc::default() }
    }

    /// The copy, with everything that was done here and is not in it yet.
    async fn known(&self) -> Result<Vec<Known>, Refused> {
        let mut known = Vec::new();
        for text in self.store.replica().orders().await? {
            known.push(Known::of(serde_json::from_slice(&text)?));
        }
        for deed in self.store.replica().deeds().await? {
            let deed: wire::Deed = serde_json::from_slice(&deed.text)?;
            known.iter_mut().for_each(|known| known.after(&deed));
        }
        known.sort_by(|one, other| {
            let key = |known: &Known| (search_form(&known.order.name), known.order.number.clone());
            key(one).cmp(&key(other))
        });
        Ok(known)
    }

    /// Orders of the copy by a scan, a name or a user name.
    pub async fn find(&self, query: &str) -> Result<Found, Refused> {
        let mut known = self.known().await?;
        let (number, card) = (Number::find(query), query.parse::<card::Number>());
        if let Ok(number) = number
            && let Some(one) = known.iter().find(|known| known.order.number == number.as_str())
        {
            return Ok(Found { orders: vec![one.order.clone()], persons: Vec::new(), more: false });
        }
        match card.map(|card| card.to_string()) {
            Ok(card) => known.retain(|known| {
                known.order.card.as_ref() == Some(&card) || known.cards.iter().any(|own| own.number == card)
            }),
            Err(_) => {
                let words: Vec<String> = search_form(query).split_whitespace().map(str::to_owned).collect();
                known.retain(|known| !words.is_empty() && known.fits(&words));
            }
        }
        let more = known.len() > MOST_FOUND;
        known.truncate(MOST_FOUND);
        Ok(Found { orders: known.into_iter().map(|known| known.order).collect(), persons: Vec::new(), more })
    }

    pub async fn order(&self, id: &str) -> Result<Details, Refused> {
        let known = self.known().await?.into_iter().find(|known| known.order.id == id);
        known.map(Known::details).ok_or(Refused::NotCopied)
    }

    /// Whether the order was handed out here alone and the server has not heard of it.
    pub async fn handed_out_untold(&self, order: &str) -> Result<bool, Refused> {
        let mut out = false;
        for kept in self.store.replica().deeds().await? {
            let deed: wire::Deed = serde_json::from_slice(&kept.text)?;
            if deed.order.as_deref() == Some(order) {
                let waits = kept.state == store::replica::State::Waiting;
                out = waits && matches!(deed.what, What::HandOut { .. });
            }
        }
        Ok(out)
    }

    /// The small photo, where it was copied.
    pub async fn photo(&self, sha256: &str) -> Result<Zeroizing<Vec<u8>>, Refused> {
        let mut name = [0; 32];
        hex::decode_to_slice(sha256, &mut name).map_err(|_| Impossible::new("sha256", sha256))?;
        self.store.replica().photo(&name).await?.ok_or(Refused::NotCopied)
    }

    /// Does something to an order alone: on the disk when this returns. `id` names it: the same again is kept once.
    pub async fn act(
        &self,
        id: Uuid,
        clerk: &str,
        here: &place::Id,
        order: &str,
        deed: &Deed,
    ) -> Result<Details, Refused> {
        let _one_at_a_time = self.acting.lock().await;
        let known = self.known().await?.into_iter().find(|known| known.order.id == order);
        let mut known = known.ok_or(Refused::NotCopied)?;
        let now = self.clock.now();
        let state = known.state()?;
        let blocked = match state.card {
            Some(card) => self.blocked(&known, card).await?,
            None => false,
        };
        may(&state, here, blocked, deed, now)?;
        let deed = wire::Deed {
            order: Some(order.to_owned()),
            version: Some(known.order.version),
            clerk: clerk.to_owned(),
            at: now.as_microsecond(),
            what: deed.into(),
        };
        self.keep(id, &deed).await?;
        known.after(&deed);
        Ok(known.details())
    }

    /// Does something to a card alone: blocks it, or takes it in.
    pub async fn act_on_card(&self, id: Uuid, clerk: &str, deed: &Deed) -> Result<(), Refused> {
        let _one_at_a_time = self.acting.lock().await;
        let at = self.clock.now().as_microsecond();
        let deed = wire::Deed { order: None, version: None, clerk: clerk.to_owned(), at, what: deed.into() };
        self.keep(id, &deed).await
    }

    async fn keep(&self, id: Uuid, deed: &wire::Deed) -> Result<(), Refused> {
        let text = Zeroizing::new(serde_json::to_vec(deed)?);
        Ok(self.store.replica().act(id, &text).await?)
    }

    /// Whether a card is blocked by the server's list, or here since.
    async fn blocked(&self, known: &Known, card: card::Number) -> Result<bool, Refused> {
        let number = card.to_string();
        let listed: BTreeSet<String> = self
            .store
            .replica()
            .blocked()
            .await?
            .map(|list| list.cards.into_iter().collect())
            .unwrap_or_default();
        Ok(listed.contains(&number)
            || known.cards.iter().any(|card| card.number == number && card.status != "active"))
    }

    /// The server has let a clerk in: they may unlock this counter alone for a while.
    pub async fn signed_in(&self, clerk: &Clerk, password: Zeroizing<String>) -> Result<(), store::Error> {
        self.store.clerks().signed_in(clerk, password).await
    }

    /// The server does not let a clerk in: they unlock nothing here any more.
    pub async fn shut_out(&self, user_name: &str) -> Result<(), store::Error> {
        self.store.clerks().forget(user_name).await
    }

    /// A clerk unlocks without the server.
    pub async fn unlock(&self, user_name: &str, password: Zeroizing<String>) -> Result<Tried, store::Error> {
        self.store.clerks().unlock(user_name, password).await
    }
}
