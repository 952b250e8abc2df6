//! What the doors are told, and how long a sealed PIN is kept.

use std::time::Duration;

use jiff::SignedDuration;
use kortautomat::domain::order::Id;
use kortautomat::domain::pin::Pin;
use kortautomat::seal;
use kortautomat::server::adapters::access_system::AccessSystem;
use kortautomat::server::adapters::access_system::simulator::Simulator;
use kortautomat::server::jobs;
use kortautomat::server::storage::orders;
use kortautomat::system::Randomness;
use kortautomat::wire::order::Order;
use tempfile::TempDir;

use super::world::{World, uuid};

/// The doors, with the key that the world's PINs are sealed to.
async fn doors(world: &World) -> (TempDir, Simulator, AccessSystem) {
    let folder = tempfile::tempdir().unwrap();
    let secret = hex::encode(world.pin_key().to_bytes().as_slice());
    std::fs::write(folder.path().join("pin-key.secret"), secret).unwrap();
    let listen = "127.0.0.1:0".parse().unwrap();
    let delay = SignedDuration::from_secs(60);
    let doors =
        Simulator::start(folder.path(), listen, delay, world.clock(), &Randomness::system()).await.unwrap();
    let client = AccessSystem::at(&format!("http://{}", doors.local_addr())).unwrap();
    (folder, doors, client)
}

/// An order of this student with a PIN that was sealed for `sealed_for`, or for the order itself.
async fn ordered_with_pin(world: &World, user: &str, proven: bool, other: bool) -> Order {
    let caller = if proven { world.student(user).await } else { world.kiosk() };
    let mut submission = world.submission(&caller, user).await;
    let id = uuid();
    let sealed_for = if other { uuid() } else { id };
    let pin = Pin::new([8, 3, 5, 1]).unwrap();
    let key = world.pin_key().public();
    submission.sealed_pin =
        seal::pin::seal(&key, Id(sealed_for), &pin, &Randomness::system()).unwrap().to_string();
    submission.pin_key_fingerprint = key.fingerprint().to_string();
    world.submit(id, &submission).await.ok()
}

async fn waits(world: &World, order: &Order) -> bool {
    let mut db = world.server().app().storage.read().await.unwrap();
    orders::sealed_pin(&mut db, Id(order.id.parse().unwrap())).await.unwrap().is_some()
}

async fn deliver(world: &World, client: &AccessSystem) {
    // a change made while delivering becomes due in the next round
    for _ in 0..4 {
        jobs::deliver(world.server().app(), client).await.unwrap();
    }
}

#[tokio::test]
async fn invariant_2_a_pin_reaches_the_doors_sealed_and_is_kept_no_longer() {
    let world = World::new().await;
    let (_folder, doors, client) = doors(&world).await;
    let staff = world.staff().await;
    let order = ordered_with_pin(&world, "ingridh", true, false).await;
    let ready = world.shelved(&staff, &order).await;
    assert!(waits(&world, &order).await);
    deliver(&world, &client).await;
    assert_eq!(doors.known().pins["ingridh"].to_string(), order.id);
    assert!(!waits(&world, &order).await);
    assert!(!world.details(&staff, &order).await.order.pin_delivered);
    world.pass(SignedDuration::from_mins(2));
    deliver(&world, &client).await;
    let details = world.details(&staff, &order).await;
    assert!(details.order.pin_delivered);
    assert!(details.history.iter().any(|event| event.action == "pin_delivered"));

    // the doors learn of the card when it is handed out
    let card = ready.card.clone().unwrap();
    assert!(!doors.known().cards.contains_key(&card));
    world.handed_out(&staff, &ready).await;
    deliver(&world, &client).await;
    assert_eq!(doors.known().cards[&card], ("ingridh".to_owned(), true));
}

#[tokio::test]
async fn invariant_2_an_unproven_persons_pin_waits_until_they_are_seen() {
    let world = World::new().await;
    let (_folder, doors, client) = doors(&world).await;
    let staff = world.staff().await;
    let order = ordered_with_pin(&world, "ingridh", false, false).await;
    let ready = world.shelved(&staff, &order).await;
    deliver(&world, &client).await;
    assert!(doors.known().pins.is_empty());
    world.handed_out(&staff, &ready).await;
    deliver(&world, &client).await;
    assert_eq!(doors.known().pins["ingridh"].to_string(), order.id);
}

#[tokio::test]
async fn invariant_2_a_pin_cannot_be_moved_to_another_order() {
    let world = World::new().await;
    let (_folder, doors, client) = doors(&world).await;
    let staff = world.staff().await;
    let order = ordered_with_pin(&world, "ingridh", true, true).await;
    world.printed(&staff, &order).await;
    deliver(&world, &client).await;
    assert!(doors.known().pins.is_empty());
    assert!(!waits(&world, &order).await);
    let history = world.details(&staff, &order).await.history;
    assert_eq!(history.last().unwrap().action, "pin_refused");
}

#[tokio::test]
async fn what_the_doors_do_not_hear_is_said_again() {
    let world = World::new().await;
    let staff = world.staff().await;
    let order = ordered_with_pin(&world, "ingridh", true, false).await;
    world.printed(&staff, &order).await;
    let away = AccessSystem::at("http://127.0.0.1:9").unwrap();
    deliver(&world, &away).await;
    assert!(waits(&world, &order).await);
    let (_folder, doors, client) = doors(&world).await;
    // not yet: the next attempt has its time
    deliver(&world, &client).await;
    assert!(doors.known().pins.is_empty());
    world.pass(SignedDuration::from_mins(1));
    deliver(&world, &client).await;
    assert_eq!(doors.known().pins.len(), 1);
}

#[tokio::test]
async fn the_running_server_delivers_by_itself() {
    let first = World::new().await;
    let (_folder, doors, _client) = doors(&first).await;
    let world = World::telling(Some(format!("http://{}", doors.local_addr()))).await;
    let staff = world.staff().await;
    let order = ordered_with_pin(&world, "ingridh", true, false).await;
    world.printed(&staff, &order).await;
    let arrived = async {
        while doors.known().pins.is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), arrived).await.unwrap();
}
