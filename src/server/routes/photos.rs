//! `PUT`, `PATCH` and `GET /v1/photos/{sha256}`, `POST /v1/photos/held`.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{Query, Turn};
use crate::server::App;
use crate::server::authentication::{Account, Calling, SignedIn};
use crate::server::photos::{LARGEST, Name, Progress, Size};
use crate::server::problem::Error;
use crate::server::storage::{photos, settings};
use crate::wire::photo::{ASKED, Held, Question};
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
    _turn: Turn,
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
    keep(&app, &name, bytes).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Stores a photo whose bytes have this name, and notes it.
async fn keep(app: &App, name: &Name, bytes: Bytes) -> Result<(), Error> {
    let size = bytes.len();
    // the bytes and not the note of them: a backup may have brought back one without the other
    if !app.photos.holds(name).await? {
        app.photos.put(name, bytes).await?;
    }
    let mut db = app.storage.write().await?;
    photos::add(&mut db, name.as_str(), size, app.clock.now()).await?;
    Ok(db.commit().await?)
}

#[derive(Deserialize, IntoParams)]
pub struct Piece {
    /// Where in the photo the piece begins, bytes.
    from: u64,
    /// How many bytes the photo has.
    of: u64,
}

/// Stores a piece of a photo. The next one begins where those that are there end: a piece that begins elsewhere changes
/// nothing. The last one makes the photo whole.
#[utoipa::path(patch, path = "/v1/photos/{sha256}", params(("sha256" = String, Path), Piece),
    request_body(content = Vec<u8>, content_type = "image/jpeg"),
    responses((status = NO_CONTENT), (status = BAD_REQUEST, body = Problem),
    (status = UNPROCESSABLE_ENTITY, body = Problem)))]
pub async fn piece(
    State(app): State<Arc<App>>,
    _terminal: Calling,
    _turn: Turn,
    Path(sha256): Path<String>,
    Query(piece): Query<Piece>,
    body: Body,
) -> Result<StatusCode, Error> {
    let name = name(&sha256)?;
    if piece.of == 0 || piece.of > LARGEST as u64 {
        return Err(Impossible::new("of", piece.of).into());
    }
    let bytes = axum::body::to_bytes(body, LARGEST)
        .await
        .map_err(|_| Error::refused(ProblemCode::CutOff, "the piece did not come to its end"))?;
    match app.photos.put_piece(&name, piece.from, piece.of, bytes).await? {
        Progress::Begun(_) => {}
        Progress::Whole(bytes) => {
            keep(&app, &name, bytes).await?;
            app.photos.forget_pieces(&name).await?;
        }
        Progress::Other => {
            app.photos.forget_pieces(&name).await?;
            return Err(Error::refused(ProblemCode::PhotoMissing, "the pieces have another SHA-256"));
        }
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Which photos are there already, and the server's epoch: asked before photos are sent.
#[utoipa::path(post, path = "/v1/photos/held", request_body = Question, responses((status = OK, body = Held),
    (status = BAD_REQUEST, body = Problem)))]
pub async fn held(
    State(app): State<Arc<App>>,
    _terminal: Calling,
    _turn: Turn,
    super::Body(question): super::Body<Question>,
) -> Result<Json<Held>, Error> {
    if question.photos.len() > ASKED {
        return Err(Impossible::new("photos", question.photos.len()).into());
    }
    let mut db = app.storage.read().await?;
    let epoch = settings::needed(&mut db, settings::Name::Epoch).await?;
    let mut held = Held { epoch, whole: Vec::new(), begun: BTreeMap::new() };
    for sha256 in question.photos {
        let name = name(&sha256)?;
        if photos::known(&mut db, name.as_str()).await? && app.photos.holds(&name).await? {
            held.whole.push(sha256);
            continue;
        }
        match app.photos.begun(&name).await? {
            0 => {}
            bytes => _ = held.begun.insert(sha256, bytes),
        }
    }
    Ok(Json(held))
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
