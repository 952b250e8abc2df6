//! `POST /v1/sessions` and `DELETE /v1/sessions/current`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::Body;
use crate::domain::person::UserName;
use crate::server::App;
use crate::server::answers;
use crate::server::authentication::{Calling, Made, hash};
use crate::server::identity::Answer;
use crate::server::problem::Error;
use crate::server::storage::attempts::{self, ACCOUNT, TERMINAL};
use crate::server::storage::persons;
use crate::server::storage::sessions::{self, Kind, Session};
use crate::server::storage::settings::{self, Name};
use crate::server::storage::terminals::{Role, Terminal};
use crate::wire::session::{Account, HEADER, SignIn, Token};
use crate::wire::{self, ProblemCode};

/// Under which names the attempts of this sign-in are counted.
async fn subjects(app: &App, terminal: &Terminal, typed: &str) -> Result<(String, String), Error> {
    let salt = settings::needed(&mut *app.storage.read().await?, Name::Salt).await?;
    Ok((attempts::account(&salt, typed), format!("terminal {}", terminal.code)))
}

/// Signs a person in: students at a kiosk, staff at a counter.
#[utoipa::path(post, path = "/v1/sessions", request_body = SignIn,
    responses((status = OK, body = wire::session::Session), (status = UNAUTHORIZED, body = wire::Problem),
    (status = FORBIDDEN, body = wire::Problem), (status = TOO_MANY_REQUESTS, body = wire::Problem)))]
pub async fn sign_in(
    State(app): State<Arc<App>>,
    Calling(terminal, _): Calling,
    made: Made,
    Body(sign_in): Body<SignIn>,
) -> Result<Json<wire::session::Session>, Error> {
    let now = app.clock.now();
    let (account, place) = subjects(&app, &terminal, &sign_in.user_name).await?;
    let mut db = app.storage.write().await?;
    for (subject, limit) in [(&account, ACCOUNT), (&place, TERMINAL)] {
        if let Err(wait) = attempts::begin(&mut db, subject, limit, now).await? {
            return Err(Error::locked(wait.as_secs().unsigned_abs().max(1)));
        }
    }
    db.commit().await?;
    let wrong = || Error::refused(ProblemCode::WrongPassword, "no such account, or not its password");
    let user = UserName::new(&sign_in.user_name).ok_or_else(wrong)?;
    let password = Zeroizing::new(sign_in.password.clone());
    if app.provider.verify(user.clone(), password).await? == Answer::Wrong {
        return Err(wrong());
    }
    let mut db = app.storage.write().await?;
    attempts::succeeded(&mut db, &account).await?;
    attempts::succeeded(&mut db, &place).await?;
    let student = persons::student(&mut db, &user).await?;
    let staff = persons::staff(&mut db, &user).await?;
    let (kind, account) = match (terminal.role, student, staff) {
        (Role::Kiosk, Some(known), _) => {
            let person = answers::person(&mut db, &known.student).await?;
            let forbidden_pins = answers::forbidden_pins(&mut db, &known.student).await?;
            (Kind::Student, Account::Student { person, forbidden_pins })
        }
        (Role::Counter, _, Some(staff)) if !staff.closed => (
            Kind::Staff,
            Account::Staff {
                user_name: staff.user_name.to_string(),
                name: staff.name,
                roles: staff.roles.iter().map(|role| role.code().to_owned()).collect(),
            },
        ),
        (Role::Counter, _, Some(_)) => {
            db.commit().await?;
            return Err(Error::refused(ProblemCode::Disabled, "the account is closed"));
        }
        _ => {
            db.commit().await?;
            return Err(Error::refused(ProblemCode::WrongKind, "not an account for this terminal"));
        }
    };
    // the same call again has the same session
    let salt = settings::needed(&mut db, Name::Salt).await?;
    let token =
        Sha256::new_with_prefix(b"kortautomat session 1\0").chain_update(&salt).chain_update(made.hash);
    let token = hex::encode(token.finalize());
    let session = Session {
        user_name: user,
        kind,
        terminal: terminal.code,
        created_at: now,
        used_at: now,
        ended: false,
    };
    sessions::add(&mut db, &hash(&token), &session).await?;
    db.commit().await?;
    Ok(Json(wire::session::Session { token: Token(token), account }))
}

/// Ends the session.
#[utoipa::path(delete, path = "/v1/sessions/current", responses((status = NO_CONTENT),
    (status = UNAUTHORIZED, body = wire::Problem)))]
pub async fn sign_out(
    State(app): State<Arc<App>>,
    Calling(terminal, _): Calling,
    headers: HeaderMap,
) -> Result<StatusCode, Error> {
    let expired = || Error::refused(ProblemCode::SessionExpired, "not signed in");
    let token = headers.get(HEADER).and_then(|value| value.to_str().ok()).ok_or_else(expired)?;
    let mut db = app.storage.write().await?;
    let session = sessions::find(&mut db, &hash(token)).await?;
    session.filter(|session| session.terminal == terminal.code).ok_or_else(expired)?;
    sessions::end(&mut db, &hash(token)).await?;
    db.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
