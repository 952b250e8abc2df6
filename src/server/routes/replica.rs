//! `GET /v1/replica` and its photos, `PUT /v1/deeds/{id}`, `GET /v1/conflicts` and their settlements.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{Body, Query};
use crate::server::authentication::{Calling, SignedIn};
use crate::server::photos::{Name, Size};
use crate::server::problem::Error;
use crate::server::storage::terminals::Role;
use crate::server::{App, deeds, replica};
use crate::wire::replica::{Became, Conflicts, Deed, Replica, Settlement};
use crate::wire::{Impossible, Problem, ProblemCode};

#[derive(Deserialize, IntoParams)]
pub struct Known {
    /// The mark of the last answer.
    since: Option<String>,
    /// SHA-256 (hex) of the list of blocked cards that the counter has.
    blocked: Option<String>,
}

fn id(text: &str) -> Result<Uuid, Impossible> {
    text.parse().map_err(|_| Impossible::new("id", text))
}

fn counters_only(role: Role) -> Result<(), Error> {
    match role {
        Role::Counter => Ok(()),
        Role::Kiosk => Err(Error::refused(ProblemCode::Forbidden, "no counter")),
    }
}

/// What a counter keeps to work alone: what changed since its mark.
#[utoipa::path(get, path = "/v1/replica", params(Known), responses((status = OK, body = Replica),
    (status = FORBIDDEN, body = Problem)))]
pub async fn since(
    State(app): State<Arc<App>>,
    Calling(terminal, _): Calling,
    Query(known): Query<Known>,
) -> Result<Json<Replica>, Error> {
    counters_only(terminal.role)?;
    let told = replica::since(&app, &terminal, known.since.as_deref(), known.blocked.as_deref()).await?;
    Ok(Json(told))
}

/// The small photo of an open order of the counter's place.
#[utoipa::path(get, path = "/v1/replica/photos/{sha256}", params(("sha256" = String, Path)),
    responses((status = OK, body = Vec<u8>, content_type = "image/jpeg"), (status = NOT_FOUND, body = Problem)))]
pub async fn photo(
    State(app): State<Arc<App>>,
    Calling(terminal, _): Calling,
    Path(sha256): Path<String>,
) -> Result<Response, Error> {
    counters_only(terminal.role)?;
    let name = Name::new(&sha256).ok_or_else(|| Impossible::new("sha256", &sha256))?;
    let missing = || Error::refused(ProblemCode::NotFound, "no such photo");
    let mut db = app.storage.read().await?;
    if !crate::server::storage::replica::has_photo(&mut db, &terminal.place, name.as_str()).await? {
        return Err(missing());
    }
    let bytes = app.photos.get(&name, Size::Small).await?.ok_or_else(missing)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, bytes).into_response())
}

/// Takes in what a counter did without the server. The same again gets the same answer.
#[utoipa::path(put, path = "/v1/deeds/{id}", params(("id" = String, Path)), request_body = Deed,
    responses((status = OK, body = Became), (status = FORBIDDEN, body = Problem),
    (status = CONFLICT, body = Problem)))]
pub async fn put_deed(
    State(app): State<Arc<App>>,
    Calling(terminal, _): Calling,
    Path(deed): Path<String>,
    Body(asked): Body<Deed>,
) -> Result<Json<Became>, Error> {
    Ok(Json(deeds::take(&app, &terminal, id(&deed)?, asked).await?))
}

/// What does not fit together at the counter's place and nobody has settled.
#[utoipa::path(get, path = "/v1/conflicts", responses((status = OK, body = Conflicts),
    (status = FORBIDDEN, body = Problem)))]
pub async fn conflicts(State(app): State<Arc<App>>, caller: SignedIn) -> Result<Json<Conflicts>, Error> {
    Ok(Json(Conflicts { conflicts: deeds::conflicts(&app, &caller).await? }))
}

/// A clerk says in words what they found and did.
#[utoipa::path(post, path = "/v1/conflicts/{id}/settlement", params(("id" = String, Path)),
    request_body = Settlement, responses((status = NO_CONTENT), (status = NOT_FOUND, body = Problem),
    (status = CONFLICT, body = Problem)))]
pub async fn settle(
    State(app): State<Arc<App>>,
    caller: SignedIn,
    Path(conflict): Path<String>,
    Body(settlement): Body<Settlement>,
) -> Result<StatusCode, Error> {
    deeds::settle(&app, &caller, id(&conflict)?, &settlement.words).await?;
    Ok(StatusCode::NO_CONTENT)
}
