//! What a counter keeps to work alone: what changed since its mark, and the signed list of blocked cards.

use std::fmt;

use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;
use zeroize::Zeroizing;

use super::App;
use super::problem::Error;
use super::storage::settings::{self, Name};
use super::storage::terminals::Terminal;
use super::storage::{self, Storage, cards, orders, replica};
use super::{answers, setup};
use crate::domain::order::Id;
use crate::domain::place;
use crate::seal::blocked::hash;
use crate::seal::signing::Signer;
use crate::system::Randomness;
use crate::wire;
use crate::wire::replica::{Blocked, Order, Replica, Stamp};

/// Orders of one answer: at 64 kbit/s it takes some twenty seconds.
const PAGE: u32 = 200;

/// Up to which entry of the record a counter has everything, of which server and place; while it is filled, also the last
/// order that it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    epoch: String,
    place: place::Id,
    sequence: i64,
    after: Option<String>,
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { epoch, place, sequence, after } = self;
        write!(f, "{epoch}.{}.{sequence}.{}", place.as_str(), after.as_deref().unwrap_or_default())
    }
}

impl Mark {
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let mark = Self {
            epoch: parts.next()?.to_owned(),
            place: place::Id::new(parts.next()?)?,
            sequence: parts.next()?.parse().ok()?,
            after: parts.next().filter(|after| !after.is_empty()).map(str::to_owned),
        };
        parts.next().is_none().then_some(mark)
    }
}

/// Makes the key that lists are signed with, where the database has none yet.
pub async fn prepare(storage: &Storage, randomness: &Randomness) -> Result<(), storage::Error> {
    let mut db = storage.write().await?;
    if settings::get(&mut db, Name::SigningKey).await?.is_none() {
        let seed = Zeroizing::new(hex::encode(*Signer::generate(randomness)?.to_bytes()));
        settings::set(&mut db, Name::SigningKey, &seed).await?;
        db.commit().await?;
    }
    Ok(())
}

/// What changed since the counter's mark; `known` is the hash of the list of blocked cards that it has.
pub async fn since(
    app: &App,
    terminal: &Terminal,
    mark: Option<&str>,
    known: Option<&str>,
) -> Result<Replica, Error> {
    let mut db = app.storage.read().await?;
    let epoch = settings::needed(&mut db, Name::Epoch).await?;
    // first: what changes while this is read is told by the next answer
    let last = replica::last(&mut db).await?;
    let valid = mark.and_then(Mark::read).filter(|mark| {
        mark.epoch == epoch && mark.place == terminal.place && (0..=last).contains(&mark.sequence)
    });
    let anew = valid.is_none();
    let mut mark = valid.unwrap_or_else(|| Mark {
        epoch: epoch.clone(),
        place: terminal.place.clone(),
        sequence: last,
        after: Some("-".into()),
    });
    let (ids, complete) = match mark.after.take() {
        Some(after) => {
            let ids = replica::page(&mut db, &terminal.place, &after, PAGE).await?;
            // when all pages are sent, one more answer tells what changed meanwhile
            mark.after = ids.last().filter(|_| ids.len() == PAGE as usize).map(|id| id.0.to_string());
            (ids, false)
        }
        None => {
            let (ids, until) = replica::changed(&mut db, mark.sequence, last, PAGE).await?;
            mark.sequence = until;
            (ids, until == last)
        }
    };
    let (orders, left) = told(&mut db, &terminal.place, &ids).await?;
    let setup = setup::of(app, &mut db, terminal).await?;
    let setup = serde_json::to_vec(&setup).map_err(storage::Error::from)?;
    Ok(Replica {
        mark: mark.to_string(),
        epoch,
        anew,
        complete,
        orders,
        left,
        blocked: blocked(app, &mut db, known).await?,
        setup: hex::encode(Sha256::digest(&setup)),
        // terminals and server are of one version
        wanted_version: Some(env!("CARGO_PKG_VERSION").to_owned()),
    })
}

/// The open orders of the place among these, and the ids of the others.
async fn told(
    db: &mut SqliteConnection,
    here: &place::Id,
    ids: &[Id],
) -> Result<(Vec<Order>, Vec<String>), Error> {
    if ids.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let stored = orders::all(&mut *db, ids).await?;
    let (open, closed): (Vec<_>, Vec<_>) =
        stored.into_iter().partition(|order| order.state.status.open() && order.state.place == *here);
    let mut told = Vec::with_capacity(open.len());
    for order in &open {
        let mut answer = answers::order(order);
        // the desk hands out; what a reviewer needs stays here
        answer.photo.findings.clear();
        let cards = cards::of(&mut *db, &order.user_name).await?;
        told.push(Order { order: answer, cards: cards.iter().map(Into::into).collect() });
    }
    Ok((told, closed.iter().map(|order| order.id.0.to_string()).collect()))
}

async fn blocked(app: &App, db: &mut SqliteConnection, known: Option<&str>) -> Result<Blocked, Error> {
    let kept = Zeroizing::new(settings::needed(&mut *db, Name::SigningKey).await?);
    let mut seed = Zeroizing::new([0; 32]);
    hex::decode_to_slice(kept.as_str(), seed.as_mut_slice())
        .map_err(|_| storage::Error::corrupt("a signing key", "****"))?;
    let signer = Signer::from_bytes(&seed);
    let cards = replica::blocked(db).await?;
    let stamp = Stamp {
        version: wire::replica::VERSION,
        at: app.clock.now().as_microsecond(),
        count: cards.len() as u64,
        sha256: hash(&cards),
    };
    let text = serde_json::to_string(&stamp).map_err(storage::Error::from)?;
    Ok(Blocked {
        signature: signer.sign(text.as_bytes()),
        text,
        key: signer.public().to_string(),
        cards: (known != Some(stamp.sha256.as_str()))
            .then(|| cards.iter().map(ToString::to_string).collect()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_back() {
        let place = place::Id::new("trondheim-dragvoll").unwrap();
        let mut mark = Mark { epoch: "e-1".into(), place, sequence: 17, after: None };
        assert_eq!(Mark::read(&mark.to_string()), Some(mark.clone()));
        mark.after = Some("0f".into());
        assert_eq!(Mark::read(&mark.to_string()), Some(mark));
        for bad in ["", "e", "e.gjovik", "e.gjovik.x.", "e.gjovik.1.a.b"] {
            assert_eq!(Mark::read(bad), None, "{bad}");
        }
    }
}
