//! `POST /v1/sessions`, `DELETE /v1/sessions/current`, and who is let in.

use jiff::SignedDuration;
use kortautomat::wire::ProblemCode;
use kortautomat::wire::session::{Account, Session};
use kortautomat::wire::terminal::Setup;
use reqwest::{Method, StatusCode};

use super::world::{Caller, Key, World};

#[tokio::test]
async fn a_student_signs_in_at_the_kiosk_and_learns_what_is_there() {
    let world = World::new().await;
    let session: Session = world.sign_in(&world.kiosk(), " JonasB ", "demo").await.ok();
    let Account::Student { person, forbidden_pins } = session.account else { panic!("a student") };
    assert_eq!((person.user_name.as_str(), person.cards.len()), ("jonasb", 1));
    // born on 26 March 2005; the card's last four digits
    let card = person.cards[0].number[6..].bytes().map(|digit| digit - b'0').collect::<Vec<_>>();
    for pin in [[2, 6, 0, 3], [0, 3, 2, 6], [2, 0, 0, 5], [0, 6, 8, 3], card.try_into().unwrap()] {
        assert!(forbidden_pins.iter().any(|forbidden| forbidden.0 == pin), "{pin:?}");
    }
}

#[tokio::test]
async fn wrong_password_and_unknown_account_are_not_told_apart() {
    let world = World::new().await;
    for (user, password) in
        [("jonasb", "wrong"), ("nobody", "demo"), ("no user name", "demo"), ("jonasb", "")]
    {
        let answer = world.sign_in(&world.kiosk(), user, password).await;
        assert_eq!((answer.status, answer.refused()), (StatusCode::UNAUTHORIZED, ProblemCode::WrongPassword));
    }
}

#[tokio::test]
async fn an_account_is_locked_longer_and_longer() {
    let world = World::new().await;
    let attempt = async |password| world.sign_in(&world.kiosk(), "jonasb", password).await;
    for _ in 0..5 {
        assert_eq!(attempt("wrong").await.refused(), ProblemCode::WrongPassword);
    }
    let locked = attempt("demo").await.problem();
    assert_eq!((locked.code, locked.retry_after), (ProblemCode::Locked, Some(30)));
    world.pass(SignedDuration::from_secs(31));
    assert_eq!(attempt("wrong").await.refused(), ProblemCode::WrongPassword);
    assert_eq!(attempt("demo").await.problem().retry_after, Some(60));
    // another account at the same terminal is not locked
    world.student("ingridh").await;
    world.pass(SignedDuration::from_secs(61));
    assert_eq!(attempt("demo").await.status, StatusCode::OK);
    assert_eq!(attempt("wrong").await.refused(), ProblemCode::WrongPassword);
    assert_eq!(attempt("demo").await.status, StatusCode::OK);
}

#[tokio::test]
async fn many_attempts_at_once_do_not_slip_by() {
    let world = World::new().await;
    let kiosk = world.kiosk();
    let attempts = (0..12).map(|_| world.sign_in(&kiosk, "jonasb", "wrong"));
    let answers = futures_util::future::join_all(attempts).await;
    let looked_at = answers.iter().filter(|answer| answer.refused() == ProblemCode::WrongPassword).count();
    assert_eq!(looked_at, 5);
}

#[tokio::test]
async fn accounts_are_for_their_terminals() {
    let world = World::new().await;
    let kind = |answer: super::world::Answer| answer.refused();
    assert_eq!(kind(world.sign_in(&world.kiosk(), "staff", "demo").await), ProblemCode::WrongKind);
    assert_eq!(kind(world.sign_in(&world.counter(), "jonasb", "demo").await), ProblemCode::WrongKind);
    let stranger = Caller { key: Some(Key::new("K1", &[9; 32])), session: None };
    assert_eq!(kind(world.sign_in(&stranger, "jonasb", "demo").await), ProblemCode::TerminalUnknown);
    let setup: Setup = world.get(&world.kiosk(), "/v1/setup").await.ok();
    assert_eq!((setup.role.as_str(), setup.places.len(), setup.price_lost), ("kiosk", 4, 15_000));
    assert_eq!(setup.pin_key, world.pin_key().public().to_string());
    assert_eq!(setup.public_url, "https://kort.example");
}

#[tokio::test]
async fn a_session_ends_by_itself_and_is_its_terminals_own() {
    let world = World::new().await;
    let order = world.ordered("ingridh").await;
    let path = format!("/v1/orders/{}", order.id);
    let student = world.student("ingridh").await;
    let elsewhere = Caller { key: world.counter().key, ..student.clone() };
    assert_eq!(world.get(&elsewhere, &path).await.refused(), ProblemCode::SessionExpired);
    for _ in 0..3 {
        world.pass(SignedDuration::from_mins(14));
        assert_eq!(world.get(&student, &path).await.status, StatusCode::OK);
    }
    world.pass(SignedDuration::from_mins(16));
    assert_eq!(world.get(&student, &path).await.refused(), ProblemCode::SessionExpired);

    let staff = world.staff().await;
    world.pass(SignedDuration::from_hours(11));
    assert_eq!(world.get(&staff, &path).await.status, StatusCode::OK);
    let out = world.send(&staff, world.request(Method::DELETE, "/v1/sessions/current")).await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    assert_eq!(world.get(&staff, &path).await.refused(), ProblemCode::SessionExpired);
}

#[tokio::test]
async fn a_kiosk_searches_nothing_and_a_student_sees_nobody_else() {
    let world = World::new().await;
    let order = world.ordered("ingridh").await;
    let other = world.student("jonasb").await;
    assert_eq!(world.get(&other, "/v1/orders?query=ingrid").await.refused(), ProblemCode::Forbidden);
    assert_eq!(world.get(&other, "/v1/persons/ingridh").await.refused(), ProblemCode::Forbidden);
    assert_eq!(world.get(&other, &format!("/v1/orders/{}", order.id)).await.refused(), ProblemCode::NotFound);
    let photo = format!("/v1/photos/{}", order.photo.sha256);
    assert_eq!(world.get(&other, &photo).await.refused(), ProblemCode::NotFound);
    let administrator = world.clerk("admin").await;
    assert_eq!(world.get(&administrator, "/v1/orders?query=ingrid").await.refused(), ProblemCode::Forbidden);
}
