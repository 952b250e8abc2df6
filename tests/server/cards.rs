//! `POST /v1/cards/{number}/reports`.

use kortautomat::wire::ProblemCode;
use kortautomat::wire::card::{Card, Report, ReportKind};
use kortautomat::wire::order::Order;
use kortautomat::wire::session::Person;

use super::world::{Answer, Caller, World, uuid};

async fn card_of(world: &World, staff: &Caller, user: &str) -> Card {
    world.get(staff, &format!("/v1/persons/{user}")).await.ok::<Person>().cards[0].clone()
}

async fn report(world: &World, caller: &Caller, card: &Card, what: ReportKind) -> Answer {
    world.post(caller, &format!("/v1/cards/{}/reports", card.number), &Report { what }).await
}

async fn lost_order(world: &World, user: &str) -> Order {
    let student = world.student(user).await;
    let mut submission = world.submission(&student, user).await;
    submission.reason = "lost".into();
    world.submit(uuid(), &submission).await.ok()
}

#[tokio::test]
async fn a_lost_card_is_blocked_with_its_order_and_found_again_before_printing() {
    let world = World::new().await;
    let staff = world.staff().await;
    let order = lost_order(&world, "jonasb").await;
    let card = card_of(&world, &staff, "jonasb").await;
    assert_eq!(card.status, "blocked");
    let student = world.student("jonasb").await;
    let found: Card = report(&world, &student, &card, ReportKind::Found).await.ok();
    assert_eq!(found.status, "active");
    assert_eq!(world.details(&staff, &order).await.order.status, "cancelled");
}

#[tokio::test]
async fn a_card_found_after_printing_stays_dead() {
    let world = World::new().await;
    let staff = world.staff().await;
    let order = lost_order(&world, "jonasb").await;
    let card = card_of(&world, &staff, "jonasb").await;
    let pay = kortautomat::wire::order::Wish::Pay { slip: "1".into() };
    let paid = world.moved(&world.ask(&staff, &order, pay).await);
    world.printed(&staff, &paid).await;
    let answer = report(&world, &staff, &card, ReportKind::Found).await;
    assert_eq!(answer.refused(), ProblemCode::IllegalMove);
}

#[tokio::test]
async fn reports_are_for_the_owner_and_for_handover() {
    let world = World::new().await;
    let staff = world.staff().await;
    let card = card_of(&world, &staff, "jonasb").await;
    let other = world.student("ingridh").await;
    assert_eq!(report(&world, &other, &card, ReportKind::Lost).await.refused(), ProblemCode::NotFound);
    let owner = world.student("jonasb").await;
    assert_eq!(report(&world, &owner, &card, ReportKind::TakenIn).await.refused(), ProblemCode::NotFound);
    let producer = world.clerk("production").await;
    assert_eq!(report(&world, &producer, &card, ReportKind::Lost).await.refused(), ProblemCode::Forbidden);
    for _ in 0..2 {
        assert_eq!(report(&world, &owner, &card, ReportKind::Lost).await.ok::<Card>().status, "blocked");
    }
    let unknown = Card { number: "1234567897".into(), ..card };
    assert_eq!(report(&world, &staff, &unknown, ReportKind::Lost).await.refused(), ProblemCode::NotFound);
}
