use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};

use super::*;
use crate::store::tests::{key, open};
use crate::store::{Clock, Store};
use crate::system::Randomness;

const NAME: &[u8] = b"Kari Nordmann who can be found";

fn copied(n: u128) -> Copied {
    let text = Zeroizing::new([NAME, format!(" {n}").as_bytes()].concat());
    Copied { id: Uuid::from_u128(n), photo: [n as u8; 32], text }
}

fn blocked() -> Blocked {
    Blocked { at: 5, sha256: "ab".into(), key: "cd".into(), cards: vec!["1234567897".into()] }
}

fn answer(mark: &str, orders: Vec<Copied>, left: &[u128]) -> Answer {
    Answer {
        mark: mark.into(),
        epoch: "e".into(),
        anew: false,
        complete: true,
        wanted_version: None,
        orders,
        left: left.iter().copied().map(Uuid::from_u128).collect(),
        blocked: blocked(),
    }
}

async fn ids(store: &Store) -> Vec<String> {
    let texts = store.replica().orders().await.unwrap();
    let mut ids: Vec<String> =
        texts.iter().map(|text| String::from_utf8_lossy(&text[NAME.len()..]).trim().to_owned()).collect();
    ids.sort();
    ids
}

#[tokio::test]
async fn a_copy_follows_the_answers_and_nothing_of_it_lies_open() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await.unwrap();
    let replica = store.replica();
    assert_eq!(replica.head().await.unwrap(), None);
    let first = Answer { anew: true, complete: false, ..answer("1", vec![copied(1), copied(2)], &[]) };
    replica.apply(&first).await.unwrap();
    assert_eq!(replica.head().await.unwrap().unwrap().complete, None);
    replica.apply(&answer("2", vec![copied(3)], &[2])).await.unwrap();
    assert_eq!(ids(&store).await, ["1", "3"]);
    replica.keep_photo(&[1; 32], b"a photo that can be found").await.unwrap();
    assert_eq!(replica.missing_photos().await.unwrap(), [[3; 32]]);
    // anew: the old copy serves until the new one is whole
    let anew = Answer { anew: true, complete: false, ..answer("3", vec![copied(4)], &[]) };
    replica.apply(&anew).await.unwrap();
    assert_eq!(ids(&store).await, ["1", "3", "4"]);
    replica.apply(&answer("4", vec![], &[])).await.unwrap();
    assert_eq!(ids(&store).await, ["4"]);
    assert_eq!(replica.photo(&[1; 32]).await.unwrap(), None, "photos go with their orders");
    assert_eq!(replica.blocked().await.unwrap(), Some(blocked()));
    replica.act(Uuid::from_u128(9), NAME).await.unwrap();
    store.close().await;
    let bytes = std::fs::read(dir.path().join(crate::store::FILE)).unwrap();
    for open in [NAME, b"a photo that can be found"] {
        assert!(!bytes.windows(open.len()).any(|window| window == open));
    }
}

#[tokio::test]
async fn invariant_3_what_was_done_is_there_after_any_end_and_kept_once() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await.unwrap();
    let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
    store.replica().act(one, b"first").await.unwrap();
    store.replica().act(two, b"second").await.unwrap();
    store.replica().act(one, b"again").await.unwrap();
    // the files as they lie at this instant: what a power cut would leave
    let cut = tempfile::tempdir().unwrap();
    for file in ["terminal.sqlite", "terminal.sqlite-wal"] {
        std::fs::copy(dir.path().join(file), cut.path().join(file)).unwrap();
    }
    let store = Store::open(cut.path(), key(), Clock::system(), Randomness::system()).await.unwrap();
    let deeds = store.replica().deeds().await.unwrap();
    let texts: Vec<&[u8]> = deeds.iter().map(|deed| deed.text.as_slice()).collect();
    assert_eq!(texts, [b"first".as_slice(), b"second"]);
    store.replica().mark_told(one).await.unwrap();
    store.replica().mark_stuck(two, "conflict", "why").await.unwrap();
    assert_eq!(store.replica().summary().await.unwrap(), Summary { waiting: 0, needs_person: 1 });
}

#[tokio::test]
async fn a_restored_server_is_told_again() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await.unwrap();
    let replica = store.replica();
    replica.apply(&answer("1", vec![], &[])).await.unwrap();
    replica.act(Uuid::from_u128(1), b"first").await.unwrap();
    replica.mark_told(Uuid::from_u128(1)).await.unwrap();
    assert_eq!(replica.deeds().await.unwrap().len(), 1, "shown until the copy shows it");
    replica.apply(&answer("2", vec![], &[])).await.unwrap();
    assert!(replica.deeds().await.unwrap().is_empty());
    let restored = Answer { epoch: "another".into(), anew: true, ..answer("3", vec![], &[]) };
    replica.apply(&restored).await.unwrap();
    assert_eq!(replica.summary().await.unwrap().waiting, 1);
}

#[tokio::test]
async fn invariant_9_without_the_server_for_two_weeks_the_copy_is_deleted_and_what_was_done_stays() {
    let dir = tempfile::tempdir().unwrap();
    let now = Arc::new(AtomicI64::new(1_795_000_000));
    let tell = Arc::clone(&now);
    let clock = Clock::of(move || Timestamp::from_second(tell.load(SeqCst)).unwrap());
    let store = Store::open(dir.path(), key(), clock, Randomness::system()).await.unwrap();
    let replica = store.replica();
    replica.apply(&answer("1", vec![copied(1)], &[])).await.unwrap();
    replica.keep_photo(&[1; 32], b"jpeg").await.unwrap();
    replica.act(Uuid::from_u128(1), b"first").await.unwrap();
    now.fetch_add(14 * 86_400 - 1, SeqCst);
    replica.tidy().await.unwrap();
    assert_eq!(ids(&store).await, ["1"]);
    now.fetch_add(2, SeqCst);
    replica.tidy().await.unwrap();
    assert!(ids(&store).await.is_empty());
    assert_eq!(replica.photo(&[1; 32]).await.unwrap(), None);
    assert_eq!((replica.head().await.unwrap(), replica.blocked().await.unwrap()), (None, None));
    assert_eq!(replica.summary().await.unwrap().waiting, 1);
}

#[tokio::test]
async fn what_is_damaged_is_fetched_again_or_told() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await.unwrap();
    let replica = store.replica();
    replica.apply(&answer("1", vec![copied(1), copied(2)], &[])).await.unwrap();
    replica.keep_photo(&[1; 32], b"jpeg").await.unwrap();
    replica.act(Uuid::from_u128(1), b"first").await.unwrap();
    // each exchanged for another record's seal
    for change in [
        "UPDATE replica_order SET details = (SELECT details FROM replica_order ORDER BY id LIMIT 1)",
        "UPDATE replica_photo SET jpeg = x'00'",
        "UPDATE deed SET details = x'00'",
    ] {
        sqlx::query(change).execute(&store.0.pool).await.unwrap();
    }
    assert_eq!(ids(&store).await, ["1"]);
    assert_eq!(replica.head().await.unwrap(), None, "everything is copied anew");
    assert_eq!(replica.photo(&[1; 32]).await.unwrap(), None);
    assert_eq!(replica.missing_photos().await.unwrap(), [[1; 32], [2; 32]]);
    assert!(replica.deeds().await.unwrap().is_empty());
    assert_eq!(replica.summary().await.unwrap(), Summary { waiting: 0, needs_person: 1 });
}
