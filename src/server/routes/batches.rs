//! `POST` and `GET /v1/batches`, `GET /v1/batches/{id}/pdf`, `GET /v1/production/alignment.pdf`.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::Body;
use crate::domain::person::Role;
use crate::server::App;
use crate::server::authentication::SignedIn;
use crate::server::problem::Error;
use crate::server::production;
use crate::server::storage::batches;
use crate::wire::production::{Batch, Batches, NewBatch};
use crate::wire::{Impossible, Problem, ProblemCode};

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

fn answered(pdf: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, pdf).into_response()
}

/// The cards of a batch, at true size, a page a card. Cards whose number is dead are marked so.
#[utoipa::path(get, path = "/v1/batches/{id}/pdf", params(("id" = String, Path)),
    responses((status = OK, body = Vec<u8>, content_type = "application/pdf"), (status = FORBIDDEN, body = Problem),
    (status = NOT_FOUND, body = Problem)))]
pub async fn pdf(
    State(app): State<Arc<App>>,
    caller: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    caller.staff(&[Role::Production])?;
    let id: Uuid = id.parse().map_err(|_| Impossible::new("id", &id))?;
    let batch = batches::find(&mut *app.storage.read().await?, id).await?;
    let batch = batch.ok_or_else(|| Error::refused(ProblemCode::NotFound, "no such batch"))?;
    Ok(answered(production::pdf(&app, &batch).await?))
}

/// A page to align the card printer with.
#[utoipa::path(get, path = "/v1/production/alignment.pdf",
    responses((status = OK, body = Vec<u8>, content_type = "application/pdf"), (status = FORBIDDEN, body = Problem)))]
pub async fn alignment(caller: SignedIn) -> Result<Response, Error> {
    caller.staff(&[Role::Production])?;
    Ok(answered(tokio::task::spawn_blocking(production::print::alignment).await??))
}
