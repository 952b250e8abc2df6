//! `PUT` and `GET /v1/photos/{sha256}`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use super::Query;
use crate::server::App;
use crate::server::authentication::{Account, Calling, SignedIn};
use crate::server::photos::{LARGEST, Name, Size};
use crate::server::problem::Error;
use crate::server::storage::photos;
use crate::wire::{Impossible, Problem, ProblemCode};

fn name(text: &str) -> Result<Name, Impossible> {
    Name::new(text).ok_or_else(|| Impossible::new("sha256", text))
}

/// Stores a photo under the SHA-256 of its bytes.
#[utoipa::path(put, path = "/v1/photos/{sha256}", params(("sha256" = String, Path)),
    request_body(content = Vec<u8>, content_type = "image/jpeg"),
    responses((status = NO_CONTENT), (status = BAD_REQUEST, body = Problem),
    (status = PAYLOAD_TOO_LARGE, body = Problem), (status = UNPROCESSABLE_ENTITY, body = Problem)))]
pub async fn put(
    State(app): State<Arc<App>>,
    _terminal: Calling,
    Path(sha256): Path<String>,
    body: Body,
) -> Result<StatusCode, Error> {
    let name = name(&sha256)?;
    // it has been read already, to be verified
    let bytes = axum::body::to_bytes(body, LARGEST)
        .await
        .map_err(|_| Error::refused(ProblemCode::CutOff, "the photo did not come to its end"))?;
    if Name::of(&bytes) != name {
        return Err(Error::refused(ProblemCode::BadRequest, "the bytes have another SHA-256"));
    }
    let size = bytes.len();
    if !photos::known(&mut *app.storage.read().await?, name.as_str()).await? {
        app.photos.put(&name, bytes).await?;
    }
    let mut db = app.storage.write().await?;
    photos::add(&mut db, name.as_str(), size, app.clock.now()).await?;
    db.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize, IntoParams)]
pub struct Wanted {
    /// `small` for the copy of 480 pixels.
    size: Option<String>,
}

/// A photo, for staff and for its owner.
#[utoipa::path(get, path = "/v1/photos/{sha256}", params(("sha256" = String, Path), Wanted),
    responses((status = OK, body = Vec<u8>, content_type = "image/jpeg"), (status = NOT_MODIFIED),
    (status = NOT_FOUND, body = Problem)))]
pub async fn get(
    State(app): State<Arc<App>>,
    caller: SignedIn,
    Path(sha256): Path<String>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let name = name(&sha256)?;
    let size = match wanted.size.as_deref() {
        Some("small") => Size::Small,
        None => Size::Whole,
        Some(other) => return Err(Impossible::new("size", other).into()),
    };
    let allowed = match &caller.account {
        Account::Staff(_) => caller.desk().is_ok(),
        Account::Student(known) => {
            let mut db = app.storage.read().await?;
            photos::owned_by(&mut db, name.as_str(), &known.student.user_name).await?
        }
    };
    let missing = || Error::refused(ProblemCode::NotFound, "no such photo");
    if !allowed {
        return Err(missing());
    }
    let tag = match size {
        Size::Whole => format!("\"{sha256}\""),
        Size::Small => format!("\"{sha256}-small\""),
    };
    let tag = HeaderValue::from_str(&tag).map_err(|_| missing())?;
    // the name is the content's hash: what a caller holds under it cannot have changed
    if headers.get(header::IF_NONE_MATCH) == Some(&tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let bytes = app.photos.get(&name, size).await?.ok_or_else(missing)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
        (header::ETAG, tag),
    ];
    Ok((headers, bytes).into_response())
}
