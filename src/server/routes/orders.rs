//! `GET /v1/orders`, `PUT` and `GET /v1/orders/{id}`, `POST /v1/orders/{id}/moves`.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{Body, Query, Turn};
use crate::domain::card;
use crate::domain::number::Number;
use crate::domain::order::{Id, Status};
use crate::server::App;
use crate::server::authentication::{Calling, SignedIn};
use crate::server::problem::Error;
use crate::server::storage::{cards, orders, search};
use crate::server::{answers, moves, submission};
use crate::wire::order::{Details, Found, Move, Order, Submission};
use crate::wire::{self, Impossible, Problem, ProblemCode};

/// Results of one answer, unless asked otherwise.
const USUAL: u32 = 30;
const MOST: u32 = 500;

fn id(text: &str) -> Result<Id, Impossible> {
    text.parse().map(Id).map_err(|_| Impossible::new("id", text))
}

/// Takes a complete order in. The same again gets the order as it stands.
#[utoipa::path(put, path = "/v1/orders/{id}", params(("id" = String, Path)), request_body = Submission,
    responses((status = OK, body = Order), (status = CONFLICT, body = Problem),
    (status = UNPROCESSABLE_ENTITY, body = Problem)))]
pub async fn submit(
    State(app): State<Arc<App>>,
    Calling(terminal, report_keys): Calling,
    _turn: Turn,
    Path(order): Path<String>,
    Body(submission): Body<Submission>,
) -> Result<Json<Order>, Error> {
    let stored = submission::submit(&app, &terminal, &report_keys, id(&order)?, submission).await?;
    Ok(Json(answers::order(&stored)))
}

/// An order with its history, for staff and for its owner.
#[utoipa::path(get, path = "/v1/orders/{id}", params(("id" = String, Path)),
    responses((status = OK, body = Details), (status = NOT_FOUND, body = Problem)))]
pub async fn details(
    State(app): State<Arc<App>>,
    caller: SignedIn,
    Path(order): Path<String>,
) -> Result<Json<Details>, Error> {
    let mut db = app.storage.read().await?;
    let stored = orders::find(&mut db, id(&order)?).await?.filter(|stored| moves::may_see(&caller, stored));
    let stored = stored.ok_or_else(|| Error::refused(ProblemCode::NotFound, "no such order"))?;
    Ok(Json(answers::details(&mut db, &stored).await?))
}

/// Changes an order. The same wish again changes nothing more.
#[utoipa::path(post, path = "/v1/orders/{id}/moves", params(("id" = String, Path)), request_body = Move,
    responses((status = OK, body = Details), (status = FORBIDDEN, body = Problem),
    (status = NOT_FOUND, body = Problem), (status = CONFLICT, body = Problem)))]
pub async fn make_move(
    State(app): State<Arc<App>>,
    caller: SignedIn,
    Path(order): Path<String>,
    Body(wish): Body<Move>,
) -> Result<Json<Details>, Error> {
    let stored = moves::make(&app, &caller, id(&order)?, wish).await?;
    Ok(Json(answers::details(&mut *app.storage.read().await?, &stored).await?))
}

#[derive(Deserialize, IntoParams)]
pub struct Asked {
    /// Words of a name, a user name, a student number, an order's number or a card's.
    query: Option<String>,
    /// Only orders of this status.
    status: Option<String>,
    /// Only orders for this place.
    place: Option<String>,
    limit: Option<u32>,
}

/// Searches, for staff at a counter: open orders of the counter's own place first.
#[utoipa::path(get, path = "/v1/orders", params(Asked), responses((status = OK, body = Found),
    (status = FORBIDDEN, body = Problem)))]
pub async fn find(
    State(app): State<Arc<App>>,
    caller: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Json<Found>, Error> {
    caller.desk()?;
    let limit = asked.limit.unwrap_or(USUAL).clamp(1, MOST);
    let place = asked.place.as_deref().map(wire::order::place_of).transpose()?;
    let status = asked
        .status
        .as_deref()
        .map(|code| Status::from_code(code).ok_or_else(|| Impossible::new("status", code)))
        .transpose()?;
    let query = asked.query.unwrap_or_default();
    let mut db = app.storage.read().await?;
    let (mut stored, students, more) = if query.trim().is_empty() {
        let Some(status) = status else {
            return Err(Error::refused(ProblemCode::BadRequest, "a query or a status is needed"));
        };
        let mut stored = orders::of_status(&mut db, status, place.as_ref(), limit + 1).await?;
        let more = stored.len() > limit as usize;
        stored.truncate(limit as usize);
        (stored, Vec::new(), more)
    } else {
        searched(&mut db, &query, &caller.terminal.place, limit as usize).await?
    };
    stored.retain(|order| {
        status.is_none_or(|status| order.state.status == status)
            && place.as_ref().is_none_or(|place| order.state.place == *place)
    });
    let persons = match students.as_slice() {
        [] => Vec::new(),
        students => answers::without_orders(&mut db, students).await?,
    };
    Ok(Json(Found { orders: stored.iter().map(answers::order).collect(), persons, more }))
}

/// Orders, students without one, and whether there is more.
type Hits = (Vec<orders::Stored>, Vec<crate::domain::person::UserName>, bool);

/// A scan names one thing; anything else is words.
async fn searched(
    db: &mut sqlx::SqliteConnection,
    query: &str,
    here: &crate::domain::place::Id,
    limit: usize,
) -> Result<Hits, Error> {
    if let Ok(number) = Number::find(query)
        && let Some(order) = orders::with_number(&mut *db, number).await?
    {
        return Ok((vec![order], Vec::new(), false));
    }
    if let Ok(number) = query.parse::<card::Number>() {
        if let Some(order) = orders::with_card(&mut *db, number).await? {
            return Ok((vec![order], Vec::new(), false));
        }
        if let Some(card) = cards::find(&mut *db, number).await? {
            let orders = orders::of(&mut *db, &card.owner).await?;
            let persons = if orders.is_empty() { vec![card.owner] } else { Vec::new() };
            return Ok((orders, persons, false));
        }
    }
    let hits = search::find(&mut *db, &search::words(query), here, limit).await?;
    let found = match hits.orders.as_slice() {
        [] => Vec::new(),
        ids => orders::all(&mut *db, ids).await?,
    };
    Ok((found, hits.persons, hits.more))
}
