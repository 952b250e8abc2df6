//! `POST /v1/batches`, the PDF of a batch, and the page to align the printer with.

use kortautomat::wire::ProblemCode;
use kortautomat::wire::order::Wish;
use kortautomat::wire::production::{Batch, NewBatch};
use reqwest::StatusCode;

use super::world::{Answer, Caller, World, uuid};

/// Width and height of a card in points.
const CARD: (f32, f32) = (85.60 / 25.4 * 72.0, 53.98 / 25.4 * 72.0);

/// The sizes of a PDF's pages, in points.
#[track_caller]
fn pages(answer: &Answer) -> Vec<(f32, f32)> {
    assert_eq!(answer.status, StatusCode::OK, "{}", String::from_utf8_lossy(&answer.bytes));
    assert_eq!(answer.headers["content-type"], "application/pdf");
    let text = String::from_utf8_lossy(&answer.bytes);
    text.match_indices("/MediaBox")
        .map(|(at, _)| {
            let numbers: Vec<f32> = text[at..]
                .split(['[', ']'])
                .nth(1)
                .unwrap()
                .split_whitespace()
                .map(|number| number.parse().unwrap())
                .collect();
            (numbers[2] - numbers[0], numbers[3] - numbers[1])
        })
        .collect()
}

async fn started(world: &World, staff: &Caller, asked: &NewBatch) -> Batch {
    world.post(staff, "/v1/batches", asked).await.ok()
}

fn all() -> NewBatch {
    NewBatch { id: uuid().to_string(), place: None, orders: vec![] }
}

#[tokio::test]
async fn a_batch_is_printed_at_true_size_a_page_a_card() {
    let world = World::new().await;
    let staff = world.staff().await;
    for user in ["ingridh", "olenav", "kristink"] {
        world.ordered(user).await;
    }
    let asked = all();
    let batch = started(&world, &staff, &asked).await;
    assert_eq!(batch.items.len(), 3);
    assert!(batch.items.iter().all(|item| item.order.status == "in_production"));
    // asked again, it is the same batch; with other content it is none
    assert_eq!(started(&world, &staff, &asked).await, batch);
    let other = NewBatch { place: Some("gjovik".into()), ..asked };
    assert_eq!(world.post(&staff, "/v1/batches", &other).await.refused(), ProblemCode::Conflict);
    assert_eq!(world.post(&staff, "/v1/batches", &all()).await.refused(), ProblemCode::NotFound);

    let pdf = world.get(&staff, &format!("/v1/batches/{}/pdf", batch.id)).await;
    let sizes = pages(&pdf);
    assert_eq!(sizes.len(), 3);
    for (width, height) in sizes {
        assert!((width - CARD.0).abs() < 0.05 && (height - CARD.1).abs() < 0.05, "{width} × {height}");
    }
    assert_eq!(pages(&world.get(&staff, "/v1/production/alignment.pdf").await).len(), 1);
    let clerk = world.clerk("turid").await;
    let pdf = world.get(&clerk, &format!("/v1/batches/{}/pdf", batch.id)).await;
    assert_eq!(pdf.refused(), ProblemCode::Forbidden);
}

#[tokio::test]
async fn a_misprinted_number_is_dead_and_never_comes_again() {
    let world = World::new().await;
    let staff = world.staff().await;
    let order = world.ordered("ingridh").await;
    let printed = world.printed(&staff, &order).await;
    let wish = Wish::Misprint { words: "streaks".into() };
    let again = world.moved(&world.ask(&staff, &printed, wish).await);
    assert_eq!((again.status.as_str(), again.card.as_deref()), ("approved", None));
    let reprinted = world.printed(&staff, &again).await;
    assert_ne!(reprinted.card, printed.card);
    let cards = world.details(&staff, &order).await.cards;
    let status = |number: &Option<String>| {
        cards.iter().find(|card| Some(&card.number) == number.as_ref()).unwrap().status.clone()
    };
    assert_eq!((status(&printed.card).as_str(), status(&reprinted.card).as_str()), ("dead", "active"));
}
