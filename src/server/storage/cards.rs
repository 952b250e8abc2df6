//! The card registry: imported and produced cards.

use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};

use super::{Error, day, time};
use crate::domain::card::{Card, Number, Status};
use crate::domain::person::UserName;

/// A card's number as a stored integer.
pub fn stored(number: Number) -> i64 {
    // ten digits always fit
    i64::try_from(number.value()).unwrap_or(i64::MAX)
}

/// The number of a stored integer.
pub fn number(value: i64) -> Result<Number, Error> {
    u64::try_from(value)
        .ok()
        .and_then(|value| Number::from_value(value).ok())
        .ok_or_else(|| Error::corrupt("a card number", value))
}

fn read(row: &SqliteRow) -> Result<Card, Error> {
    let (owner, status): (&str, &str) = (row.try_get("owner")?, row.try_get("status")?);
    Ok(Card {
        number: number(row.try_get("number")?)?,
        owner: UserName::new(owner).ok_or_else(|| Error::corrupt("a user name", owner))?,
        status: Status::from_code(status).ok_or_else(|| Error::corrupt("a card's status", status))?,
        valid_from: day(row.try_get("valid_from")?)?,
        valid_to: day(row.try_get("valid_to")?)?,
        produced_at: row.try_get::<Option<i64>, _>("produced_at")?.map(time).transpose()?,
    })
}

pub async fn find(db: &mut SqliteConnection, number: Number) -> Result<Option<Card>, Error> {
    let row = sqlx::query("SELECT * FROM cards WHERE number = $1").bind(stored(number)).fetch_optional(db);
    row.await?.as_ref().map(read).transpose()
}

/// A person's cards, newest first.
pub async fn of(db: &mut SqliteConnection, owner: &UserName) -> Result<Vec<Card>, Error> {
    let rows = sqlx::query(
        "SELECT * FROM cards WHERE owner = $1 ORDER BY valid_from DESC, produced_at DESC, number",
    )
    .bind(owner.as_str())
    .fetch_all(db);
    rows.await?.iter().map(read).collect()
}

/// The cards of several people, newest first.
pub async fn of_all(db: &mut SqliteConnection, owners: &[&UserName]) -> Result<Vec<Card>, Error> {
    let mut ask = QueryBuilder::<Sqlite>::new("SELECT * FROM cards WHERE owner IN (");
    super::list(&mut ask, owners.iter().map(|owner| owner.as_str()));
    ask.push(" ORDER BY valid_from DESC, produced_at DESC, number");
    ask.build().fetch_all(db).await?.iter().map(read).collect()
}

/// Adds a card or changes one.
pub async fn put(db: &mut SqliteConnection, card: &Card) -> Result<(), Error> {
    put_all(db, std::slice::from_ref(card)).await
}

/// Adds cards or changes them, each number once; what is as it was is not written.
pub async fn put_all(db: &mut SqliteConnection, cards: &[Card]) -> Result<(), Error> {
    let mut insert = QueryBuilder::<Sqlite>::new(
        "INSERT INTO cards (number, owner, status, valid_from, valid_to, produced_at) ",
    );
    insert.push_values(cards, |mut row, card| {
        row.push_bind(stored(card.number))
            .push_bind(card.owner.as_str())
            .push_bind(card.status.code())
            .push_bind(card.valid_from.to_string())
            .push_bind(card.valid_to.to_string())
            .push_bind(card.produced_at.map(jiff::Timestamp::as_microsecond));
    });
    insert.push(
        " ON CONFLICT (number) DO UPDATE SET owner = excluded.owner, status = excluded.status, \
         valid_from = excluded.valid_from, valid_to = excluded.valid_to \
         WHERE (cards.owner, cards.status, cards.valid_from, cards.valid_to) IS DISTINCT FROM \
         (excluded.owner, excluded.status, excluded.valid_from, excluded.valid_to)",
    );
    insert.build().execute(db).await?;
    Ok(())
}

pub async fn set_status(db: &mut SqliteConnection, number: Number, status: Status) -> Result<(), Error> {
    sqlx::query("UPDATE cards SET status = $2 WHERE number = $1")
        .bind(stored(number))
        .bind(status.code())
        .execute(db)
        .await?;
    Ok(())
}

/// Whether a number was ever given to a card, printed or not.
pub async fn taken(db: &mut SqliteConnection, number: Number) -> Result<bool, Error> {
    let row = sqlx::query(
        "SELECT 1 FROM cards WHERE number = $1 UNION ALL SELECT 1 FROM batch_items WHERE card = $1",
    )
    .bind(stored(number));
    Ok(row.fetch_optional(db).await?.is_some())
}
