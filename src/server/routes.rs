//! Every call of the API, each beside its description for the OpenAPI document.

mod batches;
mod cards;
mod orders;
mod persons;
mod photos;
mod replica;
mod sessions;
mod setup;
mod terminals;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts, MatchedPath, Request};
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use axum::{Json, Router};
use serde::de::DeserializeOwned;
use tokio::sync::OwnedSemaphorePermit;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::authentication::{BODY, prove};
use super::problem::Error;
use super::{App, pages};
use crate::wire::ProblemCode;

/// How long a call may take.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(utoipa::OpenApi)]
#[openapi(info(
    title = "Kortautomat",
    description = "Student cards from the camera to the hand: what terminals and the server say to each other."
))]
struct Document;

fn described() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(setup::status))
        .routes(routes!(setup::setup))
        .routes(routes!(terminals::enrol))
        .routes(routes!(terminals::exchange_key))
        .routes(routes!(terminals::health))
        .routes(routes!(terminals::list))
        .routes(routes!(sessions::sign_in))
        .routes(routes!(sessions::sign_out))
        .routes(routes!(photos::put, photos::piece, photos::get))
        .routes(routes!(photos::held))
        .routes(routes!(orders::find))
        .routes(routes!(orders::submit, orders::details))
        .routes(routes!(orders::make_move))
        .routes(routes!(batches::start, batches::newest))
        .routes(routes!(batches::pdf))
        .routes(routes!(batches::alignment))
        .routes(routes!(cards::report))
        .routes(routes!(persons::person))
        .routes(routes!(replica::since))
        .routes(routes!(replica::photo))
        .routes(routes!(replica::put_deed))
        .routes(routes!(replica::conflicts))
        .routes(routes!(replica::settle))
}

/// The OpenAPI document of the API.
pub fn document() -> utoipa::openapi::OpenApi {
    described().into_openapi()
}

/// What the log knows of a call: its kind, not whom it is about, so the pattern of the address and never the address.
fn span(request: &Request) -> tracing::Span {
    let pattern = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    tracing::info_span!("call", method = %request.method(), call = pattern)
}

/// The whole service.
pub fn router(app: Arc<App>) -> Router {
    let (api, document) = described().split_for_parts();
    let document = Arc::new(document);
    api.route("/v1/openapi.json", get(move || async move { Json(Arc::clone(&document)) }))
        .route("/o/{number}", get(pages::order))
        .route("/s/{challenge}", get(pages::phone::ask).post(pages::phone::answer))
        .fallback(async || Error::refused(ProblemCode::NotFound, "no such call"))
        .layer(DefaultBodyLimit::max(BODY))
        .layer(from_fn_with_state(Arc::clone(&app), prove))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, PATIENCE))
        .with_state(app)
}

/// How long a terminal is to wait that finds too many others delivering, seconds. Each waits up to twice as long.
const FLOODED: u64 = 3;

/// A place among the terminals that deliver at this moment.
struct Turn(#[expect(dead_code, reason = "held until the call has ended")] OwnedSemaphorePermit);

impl FromRequestParts<Arc<App>> for Turn {
    type Rejection = Error;

    async fn from_request_parts(_: &mut axum::http::request::Parts, app: &Arc<App>) -> Result<Self, Error> {
        let turn = Arc::clone(&app.delivering).try_acquire_owned();
        turn.map(Self).map_err(|_| Error::Refused {
            code: ProblemCode::Locked,
            detail: "too many terminals deliver at once".into(),
            retry_after: Some(FLOODED),
        })
    }
}

/// A body of JSON; one that is none is answered as a problem.
struct Body<T>(T);

impl<T: DeserializeOwned> FromRequest<Arc<App>> for Body<T> {
    type Rejection = Error;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Error> {
        match Json::<T>::from_request(request, app).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(JsonRejection::BytesRejection(_)) => {
                Err(Error::refused(ProblemCode::TooLarge, "the body is too large or was cut off"))
            }
            // the text of the error may repeat what was sent
            Err(_) => {
                Err(Error::refused(ProblemCode::BadRequest, "the body is not in the form of this call"))
            }
        }
    }
}

/// The part of the address behind the question mark.
struct Query<T>(T);

impl<T: DeserializeOwned> FromRequestParts<Arc<App>> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        app: &Arc<App>,
    ) -> Result<Self, Error> {
        let found: Result<axum::extract::Query<T>, QueryRejection> =
            axum::extract::Query::from_request_parts(parts, app).await;
        found
            .map(|axum::extract::Query(query)| Self(query))
            .map_err(|_| Error::refused(ProblemCode::BadRequest, "the query is not in the form of this call"))
    }
}
