//! `PUT /v1/orders/{id}`: taken in once, refused for nothing that a person can settle.

use jiff::SignedDuration;
use kortautomat::wire::ProblemCode;
use kortautomat::wire::order::{Order, Payment};
use reqwest::StatusCode;

use super::world::{Caller, World, uuid};

#[tokio::test]
async fn invariant_1_the_same_order_again_is_the_same_order() {
    let world = World::new().await;
    let student = world.student("ingridh").await;
    let submission = world.submission(&student, "ingridh").await;
    let id = uuid();
    let first: Order = world.submit(id, &submission).await.ok();
    assert_eq!((first.status.as_str(), first.identity.as_str()), ("approved", "proven"));
    // also much later, and without the session that is long over
    world.pass(SignedDuration::from_hours(70));
    let later = kortautomat::wire::order::Submission { session: None, ..submission.clone() };
    assert_eq!(world.submit(id, &later).await.ok::<Order>(), first);

    let mut other = submission.clone();
    other.place = "gjovik".into();
    assert_eq!(world.submit(id, &other).await.refused(), ProblemCode::Conflict);
    assert_eq!(world.submit(uuid(), &submission).await.refused(), ProblemCode::Conflict);
}

#[tokio::test]
async fn invariant_1_the_same_order_from_all_sides_at_once_is_taken_in_once() {
    let world = World::new().await;
    let student = world.student("ingridh").await;
    let submission = world.submission(&student, "ingridh").await;
    let id = uuid();
    let answers = futures_util::future::join_all((0..8).map(|_| world.submit(id, &submission))).await;
    let orders: Vec<Order> = answers.iter().map(|answer| answer.ok()).collect();
    assert!(orders.windows(2).all(|pair| pair[0] == pair[1]));
    let staff = world.staff().await;
    assert_eq!(world.details(&staff, &orders[0]).await.history.len(), 1);
}

#[tokio::test]
async fn the_photo_comes_first() {
    let world = World::new().await;
    let student = world.student("ingridh").await;
    let mut submission = world.submission(&student, "ingridh").await;
    submission.photo.sha256 = "0".repeat(64);
    let answer = world.submit(uuid(), &submission).await;
    assert_eq!(
        (answer.status, answer.refused()),
        (StatusCode::UNPROCESSABLE_ENTITY, ProblemCode::PhotoMissing)
    );
}

#[tokio::test]
async fn what_only_a_person_can_settle_is_kept_for_one() {
    let world = World::new().await;
    world.ordered("ingridh").await;
    let student = world.student("ingridh").await;
    let second: Order = world.submit(uuid(), &world.submission(&student, "ingridh").await).await.ok();
    assert_eq!(second.status, "needs_person");

    let nobody: Order = world.submit(uuid(), &world.submission(&world.kiosk(), "guest7").await).await.ok();
    assert_eq!((nobody.status.as_str(), nobody.identity.as_str()), ("needs_person", "unproven"));

    let mut doubtful = world.submission(&world.student("samueln").await, "samueln").await;
    doubtful.photo.verdict = "ask".into();
    doubtful.photo.insisted = true;
    assert_eq!(world.submit(uuid(), &doubtful).await.ok::<Order>().status, "review");
}

#[tokio::test]
async fn nobody_is_proven_by_anothers_session() {
    let world = World::new().await;
    let other = world.student("jonasb").await;
    let mut submission = world.submission(&other, "leahs").await;
    submission.reason = "lost".into();
    let order: Order = world.submit(uuid(), &submission).await.ok();
    assert_eq!(order.identity, "unproven");
    // and an unproven order blocks nobody's card
    let staff = world.staff().await;
    let details = world.details(&staff, &order).await;
    assert!(details.cards.iter().all(|card| card.status == "active"), "{:?}", details.cards);
}

#[tokio::test]
async fn only_a_known_card_is_charged_for() {
    let world = World::new().await;
    for (user, expected) in [("leahs", Payment::Due { amount: 15_000 }), ("suharto", Payment::Free)] {
        let student = world.student(user).await;
        let mut submission = world.submission(&student, user).await;
        submission.reason = "lost".into();
        assert_eq!(world.submit(uuid(), &submission).await.ok::<Order>().payment, expected, "{user}");
    }
}

#[tokio::test]
async fn what_is_no_order_is_a_bad_request() {
    let world = World::new().await;
    let student = world.student("ingridh").await;
    let good = world.submission(&student, "ingridh").await;
    let mut wrong = Vec::new();
    for (field, value) in [
        ("number", "K1ABC2340"),
        ("reason", "bored"),
        ("place", "?"),
        ("sealed_pin", "xyz"),
        ("promised", "soon"),
        ("user_name", "a b"),
    ] {
        let mut body = serde_json::to_value(&good).unwrap();
        body[field] = value.into();
        wrong.push(body);
    }
    wrong.push(serde_json::json!({}));
    for body in wrong {
        let answer = world.put(&world.kiosk(), &format!("/v1/orders/{}", uuid()), &body).await;
        assert_eq!(answer.refused(), ProblemCode::BadRequest, "{body}");
    }
    let nobody = Caller { key: None, session: None };
    let answer = world.put(&nobody, &format!("/v1/orders/{}", uuid()), &good).await;
    assert_eq!(answer.refused(), ProblemCode::TerminalUnknown);
}

#[tokio::test]
async fn the_chosen_language_stays_with_the_order() {
    let world = World::new().await;
    let student = world.student("ingridh").await;
    for (language, kept) in [(Some("nn"), "nn"), (Some("en"), "en"), (None, "nb")] {
        let mut submission = world.submission(&student, "ingridh").await;
        submission.language = language.map(str::to_owned);
        assert_eq!(world.submit(uuid(), &submission).await.ok::<Order>().language, kept);
    }
    let mut submission = world.submission(&student, "ingridh").await;
    submission.language = Some("tlh".into());
    assert_eq!(world.submit(uuid(), &submission).await.refused(), ProblemCode::BadRequest);
}
