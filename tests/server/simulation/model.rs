//! What has happened, and what must hold whatever has happened.

use std::collections::{BTreeMap, BTreeSet};

use kortautomat::domain::number::Number;
use kortautomat::domain::order;
use kortautomat::store::outbox::{Draft, Given};
use sha2::{Digest, Sha256};
use sqlx::Row;

use super::server::Server;
use super::terminal::Terminal;

/// An order that somebody made.
pub struct Made {
    pub draft: Draft,
    pub terminal: usize,
    /// The number that was shown; none as long as none was.
    pub shown: Option<Number>,
    /// The terminal has nothing of it any more through somebody's doing or its age: it is as safe as the server alone.
    pub server_alone: bool,
    /// Gone with that.
    pub given_up: bool,
}

impl Made {
    pub fn new(draft: Draft, terminal: usize) -> Self {
        Self { draft, terminal, shown: None, server_alone: false, given_up: false }
    }

    fn photo(&self) -> String {
        hex::encode(Sha256::digest(self.draft.jpeg.as_slice()))
    }
}

#[derive(Default)]
pub struct Model {
    pub made: BTreeMap<order::Id, Made>,
}

/// What the server has.
pub async fn at_server(server: &Server) -> BTreeMap<order::Id, (Number, String)> {
    let mut db = server.app().storage.read().await.unwrap();
    let rows = sqlx::query("SELECT id, number, photo_sha256 FROM orders").fetch_all(&mut *db).await.unwrap();
    rows.iter()
        .map(|row| {
            let id = order::Id(row.get::<String, _>(0).parse().unwrap());
            (id, (row.get::<String, _>(1).parse().unwrap(), row.get(2)))
        })
        .collect()
}

impl Model {
    /// Every invariant, now. `changed` is the terminal whose orders are also read whole.
    pub async fn check(
        &self,
        server: &Server,
        terminals: &[Terminal],
        changed: Option<usize>,
    ) -> Result<(), String> {
        let there = at_server(server).await;
        let mut kept: Vec<BTreeMap<order::Id, Given>> = Vec::new();
        for terminal in terminals {
            let given = terminal.store().outbox().given().await.map_err(|error| error.to_string())?;
            kept.push(given.into_iter().map(|given| (given.id, given)).collect());
        }
        let mut numbers = BTreeSet::new();
        for (id, made) in &self.made {
            let here = kept[made.terminal].get(id);
            let Some(number) = made.shown.filter(|_| !made.given_up) else { continue };
            if !numbers.insert(number) {
                return Err(format!("{} was shown twice", number.as_str()));
            }
            let at_server = there.get(id).is_some_and(|(found, _)| *found == number);
            let waits = here.is_some_and(|here| here.whole && here.number == number);
            if !at_server && !waits {
                return Err(format!("{} was shown and is nowhere", number.as_str()));
            }
            if here.is_some_and(|here| here.number != number) {
                return Err(format!("{} has another number at its terminal", number.as_str()));
            }
        }
        self.check_server(server, &there).await?;
        if let Some(changed) = changed {
            self.check_terminal(&terminals[changed], &kept[changed]).await?;
        }
        Ok(())
    }

    async fn check_server(
        &self,
        server: &Server,
        there: &BTreeMap<order::Id, (Number, String)>,
    ) -> Result<(), String> {
        let mut photos = BTreeSet::new();
        for (id, (number, photo)) in there {
            let Some(made) = self.made.get(id) else {
                return Err(format!("the server has an order {} that nobody made", id.0));
            };
            if *photo != made.photo() {
                return Err(format!("{} has another photo at the server", number.as_str()));
            }
            // each order that is made has a photo of its own
            if !photos.insert(photo) {
                return Err(format!("{} is twice at the server", number.as_str()));
            }
            if made.shown.is_some_and(|shown| shown != *number) {
                return Err(format!("{} has another number at the server", number.as_str()));
            }
        }
        let mut db = server.app().storage.read().await.unwrap();
        let pins = sqlx::query(
            "SELECT p.order_id, p.sealed, o.user_name, o.place FROM orders o LEFT JOIN sealed_pins p ON p.order_id = o.id",
        )
        .fetch_all(&mut *db)
        .await
        .unwrap();
        for row in pins {
            let Some(id) = row.get::<Option<String>, _>(0) else {
                return Err("an order at the server has no sealed PIN".into());
            };
            let made = &self.made[&order::Id(id.parse().unwrap())];
            if hex::encode(row.get::<Vec<u8>, _>(1)) != made.draft.sealed_pin.to_string() {
                return Err(format!("{id} has another sealed PIN at the server"));
            }
            if row.get::<String, _>(2) != made.draft.user_name.as_str()
                || row.get::<String, _>(3) != made.draft.place.as_str()
            {
                return Err(format!("{id} was altered"));
            }
        }
        Ok(())
    }

    async fn check_terminal(
        &self,
        terminal: &Terminal,
        kept: &BTreeMap<order::Id, Given>,
    ) -> Result<(), String> {
        let outbox = terminal.store().outbox();
        for given in kept.values().filter(|given| given.whole) {
            let made = &self.made[&given.id];
            let order = outbox.order(given.id).await.map_err(|error| error.to_string())?;
            let jpeg = outbox.photo(given.id).await.map_err(|error| error.to_string())?;
            let same = order.submission.number == given.number
                && order.submission.user_name == made.draft.user_name
                && order.submission.place == made.draft.place
                && order.sealed_pin.to_string() == made.draft.sealed_pin.to_string()
                && *jpeg == *made.draft.jpeg;
            if !same {
                return Err(format!("{} was altered at its terminal", given.number.as_str()));
            }
        }
        Ok(())
    }

    /// What the terminal has of its orders since somebody put an older state back, or since it forgot.
    pub async fn look_at(&mut self, n: usize, terminal: &Terminal) {
        let given = terminal.store().outbox().given().await.unwrap();
        let whole: BTreeSet<order::Id> =
            given.iter().filter(|given| given.whole).map(|given| given.id).collect();
        for (id, made) in self.made.iter_mut().filter(|(_, made)| made.terminal == n) {
            made.server_alone |= !whole.contains(id);
        }
    }

    /// What only the server had may be gone with what happened to it, and what nobody kept.
    pub async fn give_up(&mut self, server: &Server) -> usize {
        let there = at_server(server).await;
        let mut gone = 0;
        for (id, made) in &mut self.made {
            if made.server_alone && !made.given_up && !there.contains_key(id) {
                made.given_up = true;
                gone += usize::from(made.shown.is_some());
            }
        }
        gone
    }

    /// At the end every number that was shown is at the server.
    pub async fn check_end(&self, server: &Server) -> Result<(), String> {
        let there = at_server(server).await;
        for (id, made) in &self.made {
            let Some(number) = made.shown.filter(|_| !made.given_up) else { continue };
            if there.get(id).is_none_or(|(found, _)| *found != number) {
                return Err(format!("{} was shown and is not at the server at the end", number.as_str()));
            }
        }
        Ok(())
    }
}
