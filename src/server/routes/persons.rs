//! `GET /v1/persons/{user_name}`.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};

use crate::domain::person::UserName;
use crate::server::App;
use crate::server::answers;
use crate::server::authentication::SignedIn;
use crate::server::problem::Error;
use crate::server::storage::persons;
use crate::wire::session::Person;
use crate::wire::{Problem, ProblemCode};

/// A student with cards and orders, for staff.
#[utoipa::path(get, path = "/v1/persons/{user_name}", params(("user_name" = String, Path)),
    responses((status = OK, body = Person), (status = FORBIDDEN, body = Problem), (status = NOT_FOUND, body = Problem)))]
pub async fn person(
    State(app): State<Arc<App>>,
    caller: SignedIn,
    Path(user_name): Path<String>,
) -> Result<Json<Person>, Error> {
    caller.desk()?;
    let missing = || Error::refused(ProblemCode::NotFound, "no such person");
    let user = UserName::new(&user_name).ok_or_else(missing)?;
    let mut db = app.storage.read().await?;
    let known = persons::student(&mut db, &user).await?.ok_or_else(missing)?;
    Ok(Json(answers::person(&mut db, &known.student).await?))
}
