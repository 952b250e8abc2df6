use std::path::Path;

use super::*;
use crate::store::Store;
use crate::store::tests::key;
use crate::system::{Clock, Randomness};

const SMALL: Limits = Limits { database: 800_000, order: 100_000 };

async fn open(dir: &Path, limits: Limits) -> Store {
    Store::open_within(dir, key(), Clock::system(), Randomness::system(), limits).await.unwrap()
}

#[tokio::test]
async fn an_order_begins_only_where_it_has_room_and_what_was_sent_makes_way() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path(), SMALL).await;
    let draft = |n| crate::store::outbox::tests::draft_of(n, 90_000);
    let terminal = "K1".parse().unwrap();
    let mut taken = Vec::new();
    while store.room().await.unwrap().enough() {
        taken.push(store.outbox().accept(&draft(taken.len() as u128), terminal).await.unwrap());
    }
    assert!((5..9).contains(&taken.len()), "{}", taken.len());
    store.outbox().mark_delivered(taken[1].id).await.unwrap();
    store.outbox().mark_delivered(taken[0].id).await.unwrap();
    // to look changes nothing: what was sent may be needed again until the server was heard
    assert!(!store.room().await.unwrap().enough());
    store.outbox().order(taken[1].id).await.unwrap();
    assert_eq!(store.outbox().make_way().await.unwrap(), 1);
    assert!(store.room().await.unwrap().enough());
    store.outbox().order(taken[0].id).await.unwrap();
    assert!(store.outbox().order(taken[1].id).await.is_err(), "what was sent first has made way");
    store.outbox().order(taken[2].id).await.unwrap();
}

#[tokio::test]
async fn the_reserve_is_really_there_and_makes_way() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path(), SMALL).await;
    let path = dir.path().join(RESERVE);
    assert!(store.room().await.unwrap().reserved);
    let reserve = std::fs::read(&path).unwrap();
    assert_eq!(reserve.len(), 200_000);
    assert!(reserve.iter().filter(|byte| **byte == 0).count() < 2_000);
    assert!(store.0.let_go_of_reserve() && !store.0.let_go_of_reserve());
    // a disk on which no file of that size can be made
    std::fs::create_dir(path.with_extension("partial")).unwrap();
    let room = store.room().await.unwrap();
    assert!(!room.reserved && !room.enough());
}

#[tokio::test]
async fn a_week_of_three_hundred_orders_a_day_fits() {
    // a card photo as it comes from a camera has up to 700 kB at this size; so many fit beside each other
    let (week, photo, details) = (7 * 300, 700_000, 8_000);
    let limits = Limits::default();
    let page = 4096_u64;
    let pages = |bytes: u64| bytes.div_ceil(page - 4) + 1;
    let used = week * (pages(photo) + pages(details)) * page;
    assert!(used + limits.order < limits.database, "{used}");
}
