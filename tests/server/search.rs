//! `GET /v1/orders?query=…`.

use kortautomat::wire::ProblemCode;
use kortautomat::wire::order::{Found, Order, Wish};

use super::world::{Caller, World, uuid};

async fn found(world: &World, staff: &Caller, query: &[(&str, &str)]) -> Found {
    let query: Vec<String> = query.iter().map(|(key, value)| format!("{key}={}", escaped(value))).collect();
    world.get(staff, &format!("/v1/orders?{}", query.join("&"))).await.ok()
}

/// A value behind the question mark, every byte escaped.
fn escaped(value: &str) -> String {
    value.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn an_order_is_found_by_everything_that_names_it() {
    let world = World::new().await;
    let staff = world.staff().await;
    let order = world.ordered("oyvindo").await;
    let ready = world.shelved(&staff, &order).await;
    let card = ready.card.clone().unwrap();
    let scan = format!("HTTPSÆ--KORT.EXAMPLE-O-{}", order.number);
    let spaced = format!("M {} {}", &card[..5], &card[5..]);
    for query in
        ["oyvind", "Øyvind Ødegård", "ode oyv", "oyvindo", "560102", &order.number, &scan, &card, &spaced]
    {
        let found = found(&world, &staff, &[("query", query)]).await;
        let numbers: Vec<_> = found.orders.iter().map(|order| order.number.as_str()).collect();
        assert_eq!(numbers, [order.number.as_str()], "{query}");
        assert!(found.persons.is_empty() && !found.more, "{query}");
    }
    for query in ["oyvind haugen", "zzz", "K1ABC2343", "  ?? "] {
        assert!(found(&world, &staff, &[("query", query)]).await.orders.is_empty(), "{query}");
    }
}

#[tokio::test]
async fn students_without_an_order_and_imported_cards_are_found() {
    let world = World::new().await;
    let staff = world.staff().await;
    let leah = found(&world, &staff, &[("query", "leah strand")]).await;
    assert_eq!(leah.persons.len(), 1);
    let card = leah.persons[0].cards[0].number.clone();
    let by_card = found(&world, &staff, &[("query", &card)]).await;
    assert_eq!(by_card.persons[0].user_name, "leahs");
}

#[tokio::test]
async fn ones_own_place_comes_first_and_open_before_closed() {
    let world = World::new().await;
    let staff = world.staff().await;
    let mut expected = Vec::new();
    for (user, place, cancel) in [
        ("samueln", "gjovik", true),
        ("suharto", "gjovik", false),
        ("oyvindo", "trondheim-gloshaugen", false),
    ] {
        let student = world.student(user).await;
        let mut submission = world.submission(&student, user).await;
        submission.place = place.into();
        let order: Order = world.submit(uuid(), &submission).await.ok();
        if cancel {
            world.moved(&world.ask(&staff, &order, Wish::Cancel { words: String::new() }).await);
        }
        expected.insert(0, order.number);
    }
    // all student numbers begin like this
    let all = found(&world, &staff, &[("query", "5601")]).await;
    assert_eq!(all.orders.iter().map(|order| order.number.clone()).collect::<Vec<_>>(), expected);
    assert_eq!(all.persons.len(), 9);
    let some = found(&world, &staff, &[("query", "5601"), ("limit", "2")]).await;
    assert!(some.more && some.orders.len() == 2);
    let there = found(&world, &staff, &[("status", "approved"), ("place", "gjovik")]).await;
    assert_eq!(there.orders.len(), 1);
    assert_eq!(world.get(&staff, "/v1/orders").await.refused(), ProblemCode::BadRequest);
}
