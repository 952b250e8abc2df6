//! `POST` and `GET /v1/batches`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use super::Body;
use crate::domain::person::Role;
use crate::server::App;
use crate::server::authentication::SignedIn;
use crate::server::problem::Error;
use crate::server::production;
use crate::server::storage::batches;
use crate::wire::Problem;
use crate::wire::production::{Batch, Batches, NewBatch};

/// How many batches are listed.
const LISTED: u32 = 20;

/// Takes approved orders into production.
#[utoipa::path(post, path = "/v1/batches", request_body = NewBatch, responses((status = OK, body = Batch),
    (status = FORBIDDEN, body = Problem), (status = NOT_FOUND, body = Problem), (status = CONFLICT, body = Problem)))]
pub async fn start(
    State(app): State<Arc<App>>,
    caller: SignedIn,
    Body(asked): Body<NewBatch>,
) -> Result<Json<Batch>, Error> {
    let batch = production::start(&app, &caller, &asked).await?;
    Ok(Json(production::answer(&mut *app.storage.read().await?, &batch).await?))
}

/// The newest batches.
#[utoipa::path(get, path = "/v1/batches", responses((status = OK, body = Batches),
    (status = FORBIDDEN, body = Problem)))]
pub async fn newest(State(app): State<Arc<App>>, caller: SignedIn) -> Result<Json<Batches>, Error> {
    caller.staff(&[Role::Production, Role::Handover])?;
    let mut db = app.storage.read().await?;
    let mut answered = Vec::new();
    for batch in batches::newest(&mut db, LISTED).await? {
        answered.push(production::answer(&mut db, &batch).await?);
    }
    Ok(Json(Batches { batches: answered }))
}
