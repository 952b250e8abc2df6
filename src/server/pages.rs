//! Pages for a browser. What is behind an order's QR code shows nothing of the order, and says the same of any number; behind
//! a kiosk's is the sign-in on a phone ([`phone`]).

pub mod phone;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use super::App;
use super::problem::Error;
use super::storage::places;
use super::theme::{Colors, LOGO_SVG, Theme};
use crate::domain::card::IdDocument;
use crate::domain::number::Number;
use crate::domain::person::Language;
use crate::domain::place::Place;
use crate::texts::{Texts, hours};

/// A pickup place as a page shows it.
struct Shown {
    name: String,
    address: String,
    directions: String,
    hours: Vec<String>,
    /// The documents that are taken here and not everywhere, in words.
    also: String,
}

#[derive(Template)]
#[template(path = "order.html", config = "assets/web/askama.toml")]
struct Page<'a> {
    texts: &'a Texts,
    tag: &'static str,
    colors: &'a Colors,
    logo: &'static str,
    /// Lets the page's own style through, and no other.
    nonce: &'a str,
    /// None where what stood in the address is no order number.
    number: Option<String>,
    /// The identity documents that are taken everywhere, in words.
    documents: String,
    places: Vec<Shown>,
}

/// The documents that the test lets through, in words, as a part of a sentence.
fn documents(texts: &Texts, place: Option<&Place>, test: impl Fn(IdDocument) -> bool) -> String {
    let taken = place.map(|place| place.documents.as_slice()).unwrap_or_default();
    let words = taken.iter().filter(|kind| test(**kind)).map(|kind| {
        let name = texts.document(*kind);
        let mut letters = name.chars();
        letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
    });
    words.collect::<Vec<_>>().join(", ")
}

/// The language that a browser asks for first among ours; bokmål for one that asks for none.
pub fn language(accept: &str) -> Language {
    let mut asked: Vec<(f32, Language)> = accept
        .split(',')
        .filter_map(|part| {
            let mut parts = part.split(';').map(str::trim);
            let language = Language::from_tag(parts.next()?)?;
            let quality = parts.find_map(|part| part.strip_prefix("q=")?.parse().ok()).unwrap_or(1.0);
            Some((quality, language))
        })
        .collect();
    // stable: of equal wishes the first one counts
    asked.sort_by(|a, b| b.0.total_cmp(&a.0));
    match asked.first() {
        Some((_, language)) => *language,
        // a browser that speaks none of ours is more likely to be understood in English
        None if !accept.trim().is_empty() => Language::English,
        None => Language::Bokmal,
    }
}

/// The language that a browser asks for.
fn asked_language(headers: &HeaderMap) -> Language {
    let accept = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    language(accept.unwrap_or_default())
}

/// The headers of a page that loads nothing, is shown in no frame, is kept nowhere, and tells no other site of itself.
fn private(nonce: &str, tag: &'static str, policy: &str) -> HeaderMap {
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'; frame-ancestors 'none'{policy}"
    );
    let policy = HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    HeaderMap::from_iter([
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CONTENT_LANGUAGE, HeaderValue::from_static(tag)),
        (header::VARY, HeaderValue::from_static("accept-language")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ])
}

/// `GET /o/{number}`: what this number is and where to go with it.
pub async fn order(
    State(app): State<Arc<App>>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let language = asked_language(&headers);
    let texts = Texts::load(language)?;
    let theme = Theme::own()?;
    let number: Option<Number> = number.parse().ok();
    let places = places::all(&mut *app.storage.read().await?).await?;
    let everywhere = |kind: IdDocument| places.iter().all(|place| place.documents.contains(&kind));
    let shown = |place: &Place| Shown {
        name: place.name.get(language).to_owned(),
        address: place.address.clone(),
        directions: place.directions.get(language).to_owned(),
        hours: hours::hours(&texts, place),
        also: documents(&texts, Some(place), |kind| !everywhere(kind)),
    };
    let nonce = hex::encode(app.randomness.bytes::<16>()?);
    let page = Page {
        texts: &texts,
        tag: language.tag(),
        colors: &theme.light,
        logo: LOGO_SVG,
        nonce: &nonce,
        number: number.map(|number| number.to_string()),
        documents: documents(&texts, places.first(), everywhere),
        places: places.iter().map(shown).collect(),
    };
    let status = if page.number.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let headers = private(&nonce, language.tag(), "");
    Ok((status, headers, Html(page.render()?)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_follows_the_browser() {
        for (accept, expected) in [
            ("nn-NO,nn;q=0.9,nb;q=0.8", Language::Nynorsk),
            ("en;q=0.5, no", Language::Bokmal),
            ("de-DE,de", Language::English),
            ("", Language::Bokmal),
        ] {
            assert_eq!(language(accept), expected, "{accept}");
        }
    }
}
