//! `/s/{challenge}`: a student proves on a phone who they are, for a kiosk that hears no server, and gets a code to type there.
//!
//! The page keeps no cookie and no session: each form carries its own password, so that there is nothing that another site could
//! ride on.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use jiff::SignedDuration;
use serde::Deserialize;
use sqlx::SqliteConnection;
use zeroize::Zeroizing;

use super::{asked_language, private};
use crate::domain::audit::{Entry, Subject};
use crate::domain::person::{Language, UserName};
use crate::domain::phone::VALID;
use crate::seal::SharedKey;
use crate::seal::phone::{Challenge, Claimed};
use crate::server::App;
use crate::server::identity::Answer;
use crate::server::problem::Error;
use crate::server::storage::attempts::{self, ACCOUNT, TERMINAL};
use crate::server::storage::persons::Registered;
use crate::server::storage::record::commitment;
use crate::server::storage::settings::{self, Name};
use crate::server::storage::terminals::{self, Role, Status, Terminal};
use crate::server::storage::{persons, phone, places, record};
use crate::server::theme::{Colors, LOGO_SVG, Theme};
use crate::texts::Texts;
use crate::wire::ProblemCode;
use crate::wire::session::SignIn;

/// Terminals' clocks are wrong by up to so much: the ten minutes are held by the terminal itself.
const CLOCKS: SignedDuration = SignedDuration::from_hours(24);

/// The code of a proof in the record.
const ACTION: &str = "phone_code";

#[derive(Template)]
#[template(path = "phone.html", config = "assets/web/askama.toml")]
struct Page<'a> {
    texts: &'a Texts,
    tag: &'static str,
    colors: &'a Colors,
    logo: &'static str,
    /// Lets the page's own style through, and no other.
    nonce: &'a str,
    languages: Vec<Choice>,
    content: Content,
}

/// A language that the page can be read in.
struct Choice {
    tag: &'static str,
    name: String,
    chosen: bool,
}

enum Content {
    /// Which kiosk asks, and why the last answer was not taken.
    Ask {
        kiosk: String,
        trouble: Option<String>,
    },
    Code {
        kiosk: String,
        code: Zeroizing<String>,
        valid: String,
    },
    /// Nothing can be done here.
    Over {
        headline: String,
        more: String,
    },
}

/// Why a challenge is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dead {
    /// No terminal of ours made it.
    Foreign,
    /// The terminal is not in use.
    Closed,
    Old,
}

/// Why somebody gets no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refused {
    Incomplete,
    Wrong,
    Locked { seconds: u64 },
    NoStudent,
    Unregistered,
    FeeMissing,
}

/// A kiosk's challenge that may be answered.
struct Open {
    terminal: Terminal,
    key: SharedKey,
    challenge: Challenge,
}

#[derive(Deserialize)]
pub struct Asked {
    /// The language that was chosen on the page.
    lang: Option<String>,
}

async fn open(app: &App, db: &mut SqliteConnection, text: &str) -> Result<Result<Open, Dead>, Error> {
    let Ok(claimed) = text.parse::<Claimed>() else { return Ok(Err(Dead::Foreign)) };
    let Some(terminal) = terminals::find(db, claimed.terminal()).await? else {
        return Ok(Err(Dead::Foreign));
    };
    let Some(key) = terminal.phone_key.clone() else { return Ok(Err(Dead::Foreign)) };
    let Ok(challenge) = claimed.verify(&key) else { return Ok(Err(Dead::Foreign)) };
    if terminal.status != Status::Active || terminal.role != Role::Kiosk {
        return Ok(Err(Dead::Closed));
    }
    if app.clock.now().duration_since(challenge.at).abs() > CLOCKS {
        return Ok(Err(Dead::Old));
    }
    Ok(Ok(Open { terminal, key, challenge }))
}

/// `GET /s/{challenge}`: which kiosk it is, and the form.
pub async fn ask(
    State(app): State<Arc<App>>,
    Path(text): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let language = language(&asked, &headers);
    let texts = Texts::load(language)?;
    let mut db = app.storage.read().await?;
    let (status, content) = match open(&app, &mut db, &text).await? {
        Ok(open) => {
            let kiosk = kiosk(&mut db, &texts, &open.terminal).await?;
            (StatusCode::OK, Content::Ask { kiosk, trouble: None })
        }
        Err(dead) => over(&texts, dead),
    };
    page(&app, &texts, status, content)
}

/// `POST /s/{challenge}`: user name and password for a code.
pub async fn answer(
    State(app): State<Arc<App>>,
    Path(text): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    form: Result<Form<SignIn>, FormRejection>,
) -> Result<Response, Error> {
    if foreign(&headers) {
        return Err(Error::refused(ProblemCode::Forbidden, "the form was sent by another site"));
    }
    let language = language(&asked, &headers);
    let texts = Texts::load(language)?;
    let opened = open(&app, &mut *app.storage.read().await?, &text).await?;
    let open = match opened {
        Ok(open) => open,
        Err(dead) => {
            let (status, content) = over(&texts, dead);
            return page(&app, &texts, status, content);
        }
    };
    let kiosk = kiosk(&mut *app.storage.read().await?, &texts, &open.terminal).await?;
    let signed_in = match form {
        Ok(Form(form)) => sign_in(&app, &open, &form).await?,
        Err(_) => Err(Refused::Incomplete),
    };
    match signed_in {
        Ok(user) => {
            let code = open.challenge.code(&open.key, &user).shown();
            let left = VALID.saturating_sub(app.clock.now().duration_since(open.challenge.at));
            // with a clock that is far from ours the minutes would be wrong
            let valid = match left.as_secs().div_euclid(60) {
                minutes @ 1..=9 => texts.phone_code_minutes(minutes as f64),
                _ => texts.phone_code_valid(),
            };
            page(&app, &texts, StatusCode::OK, Content::Code { kiosk, code, valid })
        }
        Err(refused) => {
            let (status, says) = says(&texts, refused);
            let mut response = page(&app, &texts, status, Content::Ask { kiosk, trouble: Some(says) })?;
            if let Refused::Locked { seconds } = refused {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            Ok(response)
        }
    }
}

/// Whether a browser says that another site sent the form. `null` is what a page says that tells no other site where it is.
fn foreign(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let site = text("sec-fetch-site").is_some_and(|site| site != "same-origin");
    let origin = text("origin").filter(|origin| *origin != "null").is_some_and(|origin| {
        let host = origin.split_once("://").map_or(origin, |(_, host)| host);
        // behind a proxy that renames the host only the first of the two is known
        text("sec-fetch-site").is_none() && text("host").is_some_and(|own| own != host)
    });
    site || origin
}

/// Counted before the password is looked at, like every sign-in: for what was typed, and for this QR code.
async fn sign_in(app: &App, open: &Open, form: &SignIn) -> Result<Result<UserName, Refused>, Error> {
    if form.user_name.trim().is_empty() || form.password.is_empty() {
        return Ok(Err(Refused::Incomplete));
    }
    let now = app.clock.now();
    let salt = settings::needed(&mut *app.storage.read().await?, Name::Salt).await?;
    let account = attempts::account(&salt, &form.user_name);
    let code = format!("phone {} {}", open.terminal.code, open.challenge.nonce);
    let mut db = app.storage.write().await?;
    for (subject, limit) in [(&account, ACCOUNT), (&code, TERMINAL)] {
        if let Err(wait) = attempts::begin(&mut db, subject, limit, now).await? {
            return Ok(Err(Refused::Locked { seconds: wait.as_secs().unsigned_abs().max(1) }));
        }
    }
    db.commit().await?;
    let Some(user) = UserName::new(&form.user_name) else { return Ok(Err(Refused::Wrong)) };
    let password = Zeroizing::new(form.password.clone());
    if app.provider.verify(user.clone(), password).await? == Answer::Wrong {
        return Ok(Err(Refused::Wrong));
    }
    let mut db = app.storage.write().await?;
    attempts::succeeded(&mut db, &account).await?;
    attempts::succeeded(&mut db, &code).await?;
    let refused = match persons::student(&mut db, &user).await? {
        None => Some(Refused::NoStudent),
        Some(known) if !known.student.registered => Some(Refused::Unregistered),
        Some(known) if !known.student.fee_paid => Some(Refused::FeeMissing),
        Some(known) => {
            give(app, &mut db, open, &known).await?;
            None
        }
    };
    db.commit().await?;
    Ok(refused.map_or(Ok(user), Err))
}

/// From now on the server knows that this student proved who they are for this QR code.
async fn give(app: &App, db: &mut SqliteConnection, open: &Open, known: &Registered) -> Result<(), Error> {
    let (now, terminal) = (app.clock.now(), open.terminal.code);
    let user = &known.student.user_name;
    if !phone::add(&mut *db, terminal, open.challenge.nonce, user, now).await? {
        return Ok(());
    }
    let salt = app.randomness.bytes::<16>()?;
    let entry = Entry {
        at: now,
        terminal_at: Some(open.challenge.at),
        actor: known.id.to_string(),
        place: "server".into(),
        subject: Subject::Terminal,
        subject_id: terminal.to_string(),
        action: ACTION.into(),
        details: vec![
            ("nonce".into(), open.challenge.nonce.to_string()),
            ("person".into(), commitment(&salt, user.as_str())),
        ],
    };
    Ok(record::append(db, &entry).await?)
}

fn language(asked: &Asked, headers: &HeaderMap) -> Language {
    asked.lang.as_deref().and_then(Language::from_tag).unwrap_or_else(|| asked_language(headers))
}

/// How the page names the kiosk: by its place, and by the code that stands beside the QR code.
async fn kiosk(db: &mut SqliteConnection, texts: &Texts, terminal: &Terminal) -> Result<String, Error> {
    let place = places::find(db, &terminal.place).await?;
    let name = place.as_ref().map_or(terminal.place.as_str(), |place| place.name.get(texts.language()));
    Ok(texts.phone_kiosk(terminal.code.as_str(), name))
}

fn over(texts: &Texts, dead: Dead) -> (StatusCode, Content) {
    let (status, headline, more) = match dead {
        Dead::Foreign => (StatusCode::NOT_FOUND, texts.phone_foreign(), texts.phone_foreign_more()),
        Dead::Closed => (StatusCode::GONE, texts.phone_closed(), texts.phone_closed_more()),
        Dead::Old => (StatusCode::GONE, texts.phone_old(), texts.phone_old_more()),
    };
    (status, Content::Over { headline, more })
}

fn says(texts: &Texts, refused: Refused) -> (StatusCode, String) {
    match refused {
        Refused::Incomplete => (StatusCode::UNPROCESSABLE_ENTITY, texts.phone_incomplete()),
        Refused::Wrong => (StatusCode::FORBIDDEN, texts.phone_wrong()),
        Refused::Locked { seconds } => {
            (StatusCode::TOO_MANY_REQUESTS, texts.phone_locked(seconds.div_ceil(60) as f64))
        }
        Refused::NoStudent => (StatusCode::FORBIDDEN, texts.phone_no_student()),
        Refused::Unregistered => (StatusCode::FORBIDDEN, texts.phone_unregistered()),
        Refused::FeeMissing => (StatusCode::FORBIDDEN, texts.phone_fee_missing()),
    }
}

fn page(app: &App, texts: &Texts, status: StatusCode, content: Content) -> Result<Response, Error> {
    let theme = Theme::own()?;
    let nonce = hex::encode(app.randomness.bytes::<16>()?);
    let tag = texts.language().tag();
    let choice = |language: Language| Choice {
        tag: language.tag(),
        name: texts.name_of(language),
        chosen: language == texts.language(),
    };
    let page = Page {
        texts,
        tag,
        colors: &theme.light,
        logo: LOGO_SVG,
        nonce: &nonce,
        languages: Language::ALL.map(choice).into(),
        content,
    };
    let mut headers = private(&nonce, tag, "; form-action 'self'");
    // older browsers know no frame-ancestors
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    Ok((status, headers, Html(page.render()?)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_of_another_site_is_told() {
        for (headers, expected) in [
            (&[][..], false),
            (
                &[
                    ("sec-fetch-site", "same-origin"),
                    ("origin", "https://kort.example"),
                    ("host", "inside:1"),
                ],
                false,
            ),
            (&[("sec-fetch-site", "cross-site"), ("origin", "null")], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("origin", "https://evil.example"), ("host", "kort.example")], true),
            (&[("origin", "https://kort.example"), ("host", "kort.example")], false),
            (&[("origin", "null"), ("host", "kort.example")], false),
        ] {
            let map: HeaderMap = headers
                .iter()
                .map(|&(name, value)| {
                    (header::HeaderName::from_static(name), HeaderValue::from_static(value))
                })
                .collect();
            assert_eq!(foreign(&map), expected, "{headers:?}");
        }
    }
}
