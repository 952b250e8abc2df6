//! `POST /v1/orders/{id}/moves`: what is legal, once, by whom.

use kortautomat::wire::order::{Move, Order, Wish};
use kortautomat::wire::{ProblemCode, card};
use reqwest::StatusCode;

use super::world::{World, hand_out, uuid};

#[tokio::test]
async fn invariant_3_a_card_is_handed_out_once_to_its_order_by_a_named_person() {
    let world = World::new().await;
    let staff = world.staff().await;
    let order = world.ordered("ingridh").await;
    assert_eq!(world.ask(&staff, &order, hand_out(&order)).await.refused(), ProblemCode::OtherCard);
    let ready = world.shelved(&staff, &order).await;
    assert_eq!((ready.status.as_str(), ready.slot.as_deref()), ("ready", Some("A 3")));
    let other = Wish::HandOut { document: "passport".into(), scanned: "1234567897".into() };
    assert_eq!(world.ask(&staff, &ready, other).await.refused(), ProblemCode::OtherCard);
    let unnamed = Wish::HandOut { document: "library_card".into(), scanned: ready.card.clone().unwrap() };
    assert_eq!(world.ask(&staff, &ready, unnamed).await.refused(), ProblemCode::BadRequest);

    let producer = world.clerk("production").await;
    assert_eq!(world.ask(&producer, &ready, hand_out(&ready)).await.refused(), ProblemCode::Forbidden);

    let out = world.handed_out(&staff, &ready).await;
    assert_eq!(out.status, "handed_out");
    assert_eq!(world.ask(&staff, &out, hand_out(&ready)).await.refused(), ProblemCode::IllegalMove);
    let last = world.details(&staff, &out).await.history.last().unwrap().clone();
    assert_eq!((last.actor.as_str(), last.why.as_deref()), ("Kari Nordmann", Some("passport")));
}

#[tokio::test]
async fn invariant_3_of_two_handovers_at_once_one_wins() {
    let world = World::new().await;
    let staff = world.staff().await;
    let ready = world.shelved(&staff, &world.ordered("ingridh").await).await;
    let answers =
        futures_util::future::join_all((0..6).map(|_| world.ask(&staff, &ready, hand_out(&ready)))).await;
    let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == StatusCode::OK);
    assert_eq!(won.len(), 1);
    assert!(lost.iter().all(|answer| answer.refused() == ProblemCode::Changed));
}

#[tokio::test]
async fn the_same_move_again_is_made_once() {
    let world = World::new().await;
    let staff = world.staff().await;
    let order = world.ordered("ingridh").await;
    let path = format!("/v1/orders/{}/moves", order.id);
    let wish = Wish::ChangePlace { place: "gjovik".into() };
    let made = Move { id: uuid().to_string(), version: order.version, wish };
    let first = world.moved(&world.post(&staff, &path, &made).await);
    assert_eq!(world.moved(&world.post(&staff, &path, &made).await), first);
    assert_eq!(world.details(&staff, &order).await.history.len(), 2);
    let other = Move { wish: Wish::ChangePlace { place: "alesund".into() }, ..made };
    assert_eq!(world.post(&staff, &path, &other).await.refused(), ProblemCode::Conflict);
    // an old version of the order decides nothing
    let late = Wish::Cancel { words: String::new() };
    assert_eq!(world.ask(&staff, &order, late).await.refused(), ProblemCode::Changed);
}

#[tokio::test]
async fn a_refused_photo_is_told_and_replaced_by_its_owner() {
    let world = World::new().await;
    let staff = world.staff().await;
    let student = world.student("ingridh").await;
    let order = world.ordered("ingridh").await;
    let wish = Wish::RefusePhoto { rule: "mouth_closed".into(), words: "Lukk munnen".into() };
    let refused = world.moved(&world.ask(&staff, &order, wish).await);
    assert_eq!(refused.refusal.as_ref().unwrap().rule.as_deref(), Some("mouth_closed"));
    let mut photo = order.photo.clone();
    photo.sha256 = world.photo(90).await;
    let theirs = world.student("jonasb").await;
    let wish = Wish::ReplacePhoto { photo };
    assert_eq!(world.ask(&theirs, &refused, wish.clone()).await.refused(), ProblemCode::NotFound);
    let replaced = world.moved(&world.ask(&student, &refused, wish).await);
    assert_eq!((replaced.status.as_str(), &replaced.refusal), ("approved", &None));
    assert_eq!(world.ask(&student, &replaced, Wish::ApprovePhoto).await.refused(), ProblemCode::Forbidden);
}

#[tokio::test]
async fn invariant_8_a_clerk_takes_in_a_photo_for_its_owner_and_the_record_says_who() {
    let world = World::new().await;
    let order = world.ordered("ingridh").await;
    let mut photo = order.photo.clone();
    photo.sha256 = world.photo(91).await;
    let wish = Wish::ReplacePhoto { photo: photo.clone() };
    let producer = world.clerk("production").await;
    assert_eq!(world.ask(&producer, &order, wish.clone()).await.refused(), ProblemCode::Forbidden);
    let clerk = world.clerk("turid").await;
    let replaced = world.moved(&world.ask(&clerk, &order, wish).await);
    assert_eq!((replaced.status.as_str(), &replaced.photo.sha256), ("approved", &photo.sha256));
    let last = world.details(&clerk, &replaced).await.history.last().unwrap().clone();
    assert_eq!(last.action, "replace_photo");
    assert!(!last.actor.is_empty(), "{last:?}");
    // what the rules do not accept goes to a person
    photo.insisted = true;
    let asked = world.moved(&world.ask(&clerk, &replaced, Wish::ReplacePhoto { photo: photo.clone() }).await);
    assert_eq!(asked.status, "review");
    // once the card is being made it is too late
    let staff = world.staff().await;
    let approved = world.moved(&world.ask(&staff, &asked, Wish::ApprovePhoto).await);
    let printed = world.printed(&staff, &approved).await;
    let late = Wish::ReplacePhoto { photo };
    assert_eq!(world.ask(&clerk, &printed, late).await.refused(), ProblemCode::IllegalMove);
}

#[tokio::test]
async fn a_second_order_is_released_only_when_the_first_is_settled() {
    let world = World::new().await;
    let staff = world.staff().await;
    let first = world.ordered("ingridh").await;
    let second = world.ordered("ingridh").await;
    assert_eq!(world.ask(&staff, &second, Wish::Release).await.refused(), ProblemCode::AlreadyOrdered);
    world.moved(&world.ask(&staff, &first, Wish::Cancel { words: "twice".into() }).await);
    assert_eq!(world.moved(&world.ask(&staff, &second, Wish::Release).await).status, "approved");
}

#[tokio::test]
async fn a_lost_card_is_paid_once_and_one_slip_pays_one_order() {
    let world = World::new().await;
    let staff = world.staff().await;
    let mut orders: Vec<Order> = Vec::new();
    for user in ["jonasb", "leahs"] {
        let student = world.student(user).await;
        let mut submission = world.submission(&student, user).await;
        submission.reason = "lost".into();
        orders.push(world.submit(uuid(), &submission).await.ok());
    }
    let batch = serde_json::json!({ "id": uuid(), "place": null, "orders": [orders[0].id] });
    assert_eq!(world.post(&staff, "/v1/batches", &batch).await.refused(), ProblemCode::NotPaid);
    let slip = |slip: &str| Wish::Pay { slip: slip.into() };
    assert_eq!(world.ask(&staff, &orders[0], slip(" ")).await.refused(), ProblemCode::NoSlip);
    let paid = world.moved(&world.ask(&staff, &orders[0], slip("004711")).await);
    assert_eq!(world.ask(&staff, &paid, slip("004712")).await.refused(), ProblemCode::IllegalMove);
    assert_eq!(world.ask(&staff, &orders[1], slip("004711")).await.refused(), ProblemCode::Conflict);
}

#[tokio::test]
async fn a_worn_card_comes_in_first() {
    let world = World::new().await;
    let staff = world.staff().await;
    let student = world.student("josemn").await;
    let mut submission = world.submission(&student, "josemn").await;
    submission.reason = "worn".into();
    let order: Order = world.submit(uuid(), &submission).await.ok();
    let ready = world.shelved(&staff, &order).await;
    assert_eq!(world.ask(&staff, &ready, hand_out(&ready)).await.refused(), ProblemCode::OldCardMissing);
    let cards = world.details(&staff, &ready).await.cards;
    let old = cards.iter().find(|card| Some(&card.number) != ready.card.as_ref()).unwrap();
    let report = card::Report { what: card::ReportKind::TakenIn };
    let taken: card::Card =
        world.post(&staff, &format!("/v1/cards/{}/reports", old.number), &report).await.ok();
    assert_eq!(taken.status, "dead");
    assert_eq!(world.handed_out(&staff, &ready).await.status, "handed_out");
}
