//! What counters copy. Every change of an order or a card has its entry in the record, so the record's sequence says what
//! changed since a mark.

use sqlx::{Row, SqliteConnection};

use super::{Error, cards, orders};
use crate::domain::card;
use crate::domain::order::Id;
use crate::domain::place;

/// The last entry of the record.
pub async fn last(db: &mut SqliteConnection) -> Result<i64, Error> {
    Ok(sqlx::query_scalar("SELECT coalesce(max(sequence), 0) FROM record").fetch_one(db).await?)
}

/// Open orders of a place in the order of their ids, from after `after` on.
pub async fn page(
    db: &mut SqliteConnection,
    place: &place::Id,
    after: &str,
    limit: u32,
) -> Result<Vec<Id>, Error> {
    let rows: Vec<String> = sqlx::query_scalar(
        "SELECT id FROM orders WHERE place = $1 AND status NOT IN ('handed_out', 'cancelled') AND id > $2 \
         ORDER BY id LIMIT $3",
    )
    .bind(place.as_str())
    .bind(after)
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter().map(|id| id.parse().map(Id).map_err(|_| Error::corrupt("an id", id))).collect()
}

/// The orders that changed, or whose person's cards did, after one entry of the record and up to another; and the entry up to
/// which that is all.
pub async fn changed(
    db: &mut SqliteConnection,
    after: i64,
    last: i64,
    limit: u32,
) -> Result<(Vec<Id>, i64), Error> {
    let rows = sqlx::query(
        "SELECT sequence, subject, subject_id FROM record WHERE sequence > $1 AND sequence <= $2 \
         AND subject IN ('order', 'card') ORDER BY sequence LIMIT $3",
    )
    .bind(after)
    .bind(last)
    .bind(i64::from(limit))
    .fetch_all(&mut *db)
    .await?;
    let mut ids: Vec<Id> = Vec::new();
    let mut add = |id: Id| {
        if !ids.contains(&id) {
            ids.push(id);
        }
    };
    for row in &rows {
        let (subject, id): (&str, &str) = (row.try_get("subject")?, row.try_get("subject_id")?);
        if subject == "order" {
            // of a conflict about an order that never was, the id is the counter's
            id.parse().map(|id| add(Id(id))).unwrap_or_default();
        } else if let Ok(number) = id.parse::<card::Number>()
            && let Some(card) = cards::find(&mut *db, number).await?
        {
            let theirs = orders::of(&mut *db, &card.owner).await?;
            theirs.iter().filter(|order| order.state.status.open()).for_each(|order| add(order.id));
        }
    }
    let until = match rows.last() {
        Some(row) if rows.len() == limit as usize => row.try_get("sequence")?,
        _ => last,
    };
    Ok((ids, until))
}

/// The numbers of all blocked cards, ascending.
pub async fn blocked(db: &mut SqliteConnection) -> Result<Vec<card::Number>, Error> {
    let rows: Vec<i64> =
        sqlx::query_scalar("SELECT number FROM cards WHERE status = 'blocked' ORDER BY number")
            .fetch_all(db)
            .await?;
    rows.into_iter().map(cards::number).collect()
}

/// Whether an open order of the place has this photo.
pub async fn has_photo(db: &mut SqliteConnection, place: &place::Id, sha256: &str) -> Result<bool, Error> {
    let row = sqlx::query(
        "SELECT 1 FROM orders WHERE photo_sha256 = $1 AND place = $2 \
         AND status NOT IN ('handed_out', 'cancelled')",
    )
    .bind(sha256)
    .bind(place.as_str());
    Ok(row.fetch_optional(db).await?.is_some())
}
