//! Pickup places.

use sqlx::SqliteConnection;

use super::Error;
use crate::domain::place;
use crate::wire;

fn read(content: &str) -> Result<place::Place, Error> {
    let place: wire::place::Place = serde_json::from_str(content)?;
    place.try_into().map_err(|error| Error::corrupt("a place", error))
}

/// All places, in the order that they are shown in.
pub async fn all(db: &mut SqliteConnection) -> Result<Vec<place::Place>, Error> {
    let rows: Vec<String> =
        sqlx::query_scalar("SELECT content FROM places ORDER BY position, id").fetch_all(db).await?;
    rows.iter().map(|content| read(content)).collect()
}

pub async fn find(db: &mut SqliteConnection, id: &place::Id) -> Result<Option<place::Place>, Error> {
    let row: Option<String> = sqlx::query_scalar("SELECT content FROM places WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(db)
        .await?;
    row.map(|content| read(&content)).transpose()
}

/// Adds or changes a place.
pub async fn put(db: &mut SqliteConnection, position: i64, place: &place::Place) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO places (id, position, content) VALUES ($1, $2, $3) \
         ON CONFLICT (id) DO UPDATE SET position = excluded.position, content = excluded.content",
    )
    .bind(place.id.as_str())
    .bind(position)
    .bind(serde_json::to_string(&wire::place::Place::from(place))?)
    .execute(db)
    .await?;
    Ok(())
}
