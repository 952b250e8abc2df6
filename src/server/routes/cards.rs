//! `POST /v1/cards/{number}/reports`.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};

use super::Body;
use crate::server::App;
use crate::server::authentication::{Made, SignedIn};
use crate::server::problem::Error;
use crate::server::registry;
use crate::wire::card::{Card, Report};
use crate::wire::{Impossible, Problem};

/// A word about a card: lost, found again, taken in.
#[utoipa::path(post, path = "/v1/cards/{number}/reports", params(("number" = String, Path)), request_body = Report,
    responses((status = OK, body = Card), (status = NOT_FOUND, body = Problem), (status = CONFLICT, body = Problem)))]
pub async fn report(
    State(app): State<Arc<App>>,
    caller: SignedIn,
    made: Made,
    Path(number): Path<String>,
    Body(report): Body<Report>,
) -> Result<Json<Card>, Error> {
    let number = number.parse().map_err(|_| Impossible::new("number", &number))?;
    Ok(Json((&registry::report(&app, &caller, number, report.what, made.again).await?).into()))
}
