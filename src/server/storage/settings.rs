//! The university's settings and what the database knows about itself.

use sqlx::SqliteConnection;

use super::Error;
use crate::domain::order::{Ore, Prices};

/// A setting's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// Changes when the database is restored from a backup.
    Epoch,
    /// Mixed into what is hashed, hex.
    Salt,
    /// `yes` in a database of the demo only.
    Demo,
    /// The access system's public key, hex.
    PinKey,
    PublicUrl,
    PhotoPolicy,
    /// Øre.
    PriceLost,
    PricePhotoViolation,
    /// Salt and hash (hex) of the code by which staff leaves a kiosk's full screen.
    StaffExit,
    /// The seed (hex) of the key that lists for counters are signed with.
    SigningKey,
}

impl Name {
    fn key(self) -> &'static str {
        match self {
            Self::Epoch => "epoch",
            Self::Salt => "salt",
            Self::Demo => "demo",
            Self::PinKey => "pin_key",
            Self::PublicUrl => "public_url",
            Self::PhotoPolicy => "photo_policy",
            Self::PriceLost => "price_lost",
            Self::PricePhotoViolation => "price_photo_violation",
            Self::StaffExit => "staff_exit",
            Self::SigningKey => "signing_key",
        }
    }
}

pub async fn get(db: &mut SqliteConnection, name: Name) -> Result<Option<String>, Error> {
    Ok(sqlx::query_scalar("SELECT content FROM settings WHERE name = $1")
        .bind(name.key())
        .fetch_optional(db)
        .await?)
}

pub async fn set(db: &mut SqliteConnection, name: Name, content: &str) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO settings (name, content) VALUES ($1, $2) \
         ON CONFLICT (name) DO UPDATE SET content = excluded.content",
    )
    .bind(name.key())
    .bind(content)
    .execute(db)
    .await?;
    Ok(())
}

/// A setting that `init` made.
pub async fn needed(db: &mut SqliteConnection, name: Name) -> Result<String, Error> {
    get(db, name).await?.ok_or_else(|| Error::corrupt("no setting", name.key()))
}

/// What a new card costs.
pub async fn prices(db: &mut SqliteConnection) -> Result<Prices, Error> {
    let usual = Prices::default();
    let mut price = async |name, usual: Ore| match get(db, name).await? {
        None => Ok(usual),
        Some(text) => text.parse().map(Ore).map_err(|_| Error::corrupt("a price", text)),
    };
    Ok(Prices {
        lost: price(Name::PriceLost, usual.lost).await?,
        photo_violation: price(Name::PricePhotoViolation, usual.photo_violation).await?,
    })
}
