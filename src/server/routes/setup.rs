//! `GET /v1/status` and `GET /v1/setup`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use crate::server::App;
use crate::server::authentication::Calling;
use crate::server::problem::Error;
use crate::server::setup;
use crate::server::storage::settings::{self, Name};
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
    Ok(Json(setup::of(&app, &mut db, &terminal).await?))
}
