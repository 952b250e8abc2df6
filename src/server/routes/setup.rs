//! `GET /v1/status` and `GET /v1/setup`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use crate::server::App;
use crate::server::authentication::Calling;
use crate::server::problem::Error;
use crate::server::storage::settings::{self, Name};
use crate::server::storage::{self, places};
use crate::wire;

/// What anyone may know of the server.
#[utoipa::path(get, path = "/v1/status", responses((status = OK, body = wire::terminal::Status)))]
pub async fn status(State(app): State<Arc<App>>) -> Result<Json<wire::terminal::Status>, Error> {
    let mut db = app.storage.read().await?;
    Ok(Json(wire::terminal::Status {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        api: wire::VERSION,
        epoch: settings::needed(&mut db, Name::Epoch).await?,
        now: app.clock.now().as_microsecond(),
    }))
}

/// Everything that the calling terminal is set up with.
#[utoipa::path(get, path = "/v1/setup", responses((status = OK, body = wire::terminal::Setup),
    (status = UNAUTHORIZED, body = wire::Problem)))]
pub async fn setup(
    State(app): State<Arc<App>>,
    Calling(terminal, _): Calling,
) -> Result<Json<wire::terminal::Setup>, Error> {
    let mut db = app.storage.read().await?;
    let prices = settings::prices(&mut db).await?;
    let staff_exit = settings::get(&mut db, Name::StaffExit).await?;
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
        None => settings::get(&mut db, Name::PublicUrl)
            .await?
            .unwrap_or_else(|| format!("http://{}", app.address)),
    };
    Ok(Json(wire::terminal::Setup {
        code: terminal.code.to_string(),
        place: terminal.place.as_str().to_owned(),
        role: terminal.role.code().to_owned(),
        places: places::all(&mut db).await?.iter().map(Into::into).collect(),
        price_lost: prices.lost.0,
        price_photo_violation: prices.photo_violation.0,
        public_url: public_url.trim_end_matches('/').to_owned(),
        pin_key: settings::needed(&mut db, Name::PinKey).await?,
        photo_policy: settings::get(&mut db, Name::PhotoPolicy)
            .await?
            .unwrap_or_else(|| "university".to_owned()),
        staff_exit,
    }))
}
