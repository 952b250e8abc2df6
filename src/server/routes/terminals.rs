//! `POST /v1/enrolments`, `PUT /v1/key`, `PUT /v1/health`, `GET /v1/terminals`.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};

use super::Body;
use crate::domain::person::Role;
use crate::seal::call::{Call, FIRST};
use crate::seal::signing::PublicKey;
use crate::server::App;
use crate::server::authentication::{Calling, SignedIn, claim};
use crate::server::problem::Error;
use crate::server::{setup, terminals};
use crate::wire::enrolment::{Enrol, Enrolled, NewKey};
use crate::wire::health::{Health, Heard, Terminals};
use crate::wire::{self, Impossible, ProblemCode};

fn key_of(text: &str) -> Result<PublicKey, Impossible> {
    text.parse().map_err(|_| Impossible::new("public_key", text))
}

/// Makes a terminal one with the key that it has made.
#[utoipa::path(post, path = "/v1/enrolments", request_body = Enrol, responses((status = OK, body = Enrolled),
    (status = UNAUTHORIZED, body = wire::Problem), (status = FORBIDDEN, body = wire::Problem),
    (status = TOO_MANY_REQUESTS, body = wire::Problem)))]
pub async fn enrol(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Enrolled>, Error> {
    let unsigned =
        || Error::refused(ProblemCode::TerminalUnknown, "not signed with the key that is handed in");
    let claim = claim(&headers)?.filter(|claim| claim.sequence == FIRST).ok_or_else(unsigned)?;
    let asked: Enrol = serde_json::from_slice(&body)
        .map_err(|_| Error::refused(ProblemCode::BadRequest, "the body is not in the form of this call"))?;
    let key = key_of(&asked.public_key)?;
    let call = Call {
        terminal: claim.terminal,
        sequence: FIRST,
        method: "POST",
        target: "/v1/enrolments",
        body: &body,
    };
    call.verify(&claim, &key).map_err(|_| unsigned())?;
    let terminal = terminals::enrol(&app, claim.terminal, &asked.secret, key).await?;
    let phone_key = terminal.phone_key.as_ref().map(|key| key.to_hex().as_str().to_owned());
    Ok(Json(Enrolled {
        phone_key: phone_key.ok_or_else(unsigned)?,
        setup: setup::of(&app, &mut *app.storage.read().await?, &terminal).await?,
    }))
}

/// Takes a terminal's next key.
#[utoipa::path(put, path = "/v1/key", request_body = NewKey, responses((status = NO_CONTENT),
    (status = UNAUTHORIZED, body = wire::Problem), (status = CONFLICT, body = wire::Problem)))]
pub async fn exchange_key(
    State(app): State<Arc<App>>,
    Calling(terminal, _): Calling,
    Body(new): Body<NewKey>,
) -> Result<StatusCode, Error> {
    let key = key_of(&new.public_key)?;
    let text = NewKey::text(terminal.code.as_str(), &new.public_key);
    key.verify(text.as_bytes(), &new.signature).map_err(|_| Impossible::new("signature", "****"))?;
    terminals::exchange_key(&app, terminal.code, key).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes what a terminal says of itself, and tells it what it is asked for.
#[utoipa::path(put, path = "/v1/health", request_body = Health, responses((status = OK, body = Heard),
    (status = UNAUTHORIZED, body = wire::Problem)))]
pub async fn health(
    State(app): State<Arc<App>>,
    Calling(terminal, _): Calling,
    Body(said): Body<Health>,
) -> Result<Json<Heard>, Error> {
    Ok(Json(terminals::keep_health(&app, &terminal, &said).await?))
}

/// All terminals, for the administrator.
#[utoipa::path(get, path = "/v1/terminals", responses((status = OK, body = Terminals),
    (status = FORBIDDEN, body = wire::Problem)))]
pub async fn list(State(app): State<Arc<App>>, caller: SignedIn) -> Result<Json<Terminals>, Error> {
    caller.staff(&[Role::Administrator])?;
    let mut db = app.storage.read().await?;
    let terminals = terminals::list(&mut db, |code| app.calls.last_heard(code)).await?;
    Ok(Json(Terminals { terminals }))
}
