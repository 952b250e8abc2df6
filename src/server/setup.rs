//! What a terminal is set up with.

use sqlx::SqliteConnection;

use super::App;
use super::problem::Error;
use super::storage::settings::{self, Name};
use super::storage::terminals::Terminal;
use super::storage::{self, places};
use crate::wire;

/// Everything that this terminal is set up with.
pub async fn of(
    app: &App,
    db: &mut SqliteConnection,
    terminal: &Terminal,
) -> Result<wire::terminal::Setup, Error> {
    let prices = settings::prices(&mut *db).await?;
    let staff_exit = settings::get(&mut *db, Name::StaffExit).await?;
    let staff_exit = staff_exit
        .map(|text| {
            let (salt, hash) = text.split_once(' ').ok_or(storage::Error::corrupt("a staff exit", "****"))?;
            Ok::<_, storage::Error>(wire::terminal::StaffExit {
                salt: salt.to_owned(),
                hash: hash.to_owned(),
            })
        })
        .transpose()?;
    let public_url = match &app.public_url {
        Some(url) => url.clone(),
        None => settings::get(&mut *db, Name::PublicUrl).await?.unwrap_or_else(|| app.url()),
    };
    Ok(wire::terminal::Setup {
        code: terminal.code.to_string(),
        place: terminal.place.as_str().to_owned(),
        role: terminal.role.code().to_owned(),
        places: places::all(&mut *db).await?.iter().map(Into::into).collect(),
        price_lost: prices.lost.0,
        price_photo_violation: prices.photo_violation.0,
        public_url: public_url.trim_end_matches('/').to_owned(),
        pin_key: settings::needed(&mut *db, Name::PinKey).await?,
        photo_policy: settings::get(&mut *db, Name::PhotoPolicy)
            .await?
            .unwrap_or_else(|| "university".to_owned()),
        staff_exit,
    })
}
