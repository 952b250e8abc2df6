use std::collections::BTreeSet;

use super::*;
use crate::domain::number::Number;
use crate::store::Store;
use crate::store::outbox::tests::draft_of;
use crate::store::tests::open;

/// A folder with so many orders, closed.
async fn filled(orders: u128) -> (tempfile::TempDir, Vec<Number>) {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await.unwrap();
    store.settings().remember_setup("setup").await.unwrap();
    let mut numbers = Vec::new();
    for n in 1..=orders {
        let draft = draft_of(n, 30_000);
        numbers.push(store.outbox().accept(&draft, "K1".parse().unwrap()).await.unwrap().number);
    }
    store.close().await;
    (dir, numbers)
}

async fn found(store: &Store) -> (Salvage, BTreeSet<Number>) {
    let salvage = store.settings().salvage().await.unwrap().unwrap();
    let mut whole = BTreeSet::new();
    for order in store.outbox().waiting().await.unwrap() {
        store.outbox().photo(order.id).await.unwrap();
        whole.insert(store.outbox().order(order.id).await.unwrap().submission.number);
    }
    (salvage, whole)
}

#[tokio::test]
async fn invariant_1_every_order_that_can_be_read_survives_a_damaged_page() {
    let (whole_dir, numbers) = filled(12).await;
    let whole = std::fs::read(whole_dir.path().join(FILE)).unwrap();
    let pages = whole.len() / 4096;
    assert!(pages > 80, "{pages}");
    let (mut salvaged, mut stuck_seen) = (0, 0);
    // the first page is the file's head and schema
    for page in (1..pages).step_by(3) {
        let mut damaged = whole.clone();
        damaged[page * 4096..][..4096].fill(0xA5);
        std::fs::write(whole_dir.path().join(FILE), &damaged).unwrap();
        let store = open(whole_dir.path()).await.unwrap();
        let waiting: BTreeSet<Number> =
            store.outbox().given().await.unwrap().iter().map(|given| given.number).collect();
        if store.settings().salvage().await.unwrap().is_some() {
            let (salvage, whole) = found(&store).await;
            let stuck = store.outbox().stuck().await.unwrap().len() as u64;
            assert_eq!(salvage.saved, whole.len() as u64, "page {page}");
            assert_eq!(salvage.saved + salvage.lost.unwrap(), 12, "page {page}: {salvage:?}");
            assert!(stuck <= salvage.lost.unwrap());
            assert_eq!(std::fs::read(whole_dir.path().join(&salvage.file)).unwrap(), damaged, "as it was");
            std::fs::remove_file(whole_dir.path().join(&salvage.file)).unwrap();
            salvaged += 1;
            stuck_seen += stuck;
        } else {
            // the damage is in what quick_check does not read: every order is here, whole or for a person
            assert_eq!(waiting.len(), numbers.len(), "page {page}");
        }
        store.close().await;
    }
    assert!(salvaged > 5, "{salvaged} {stuck_seen}");
}

#[tokio::test]
async fn what_is_no_database_is_moved_aside_and_told() {
    let (dir, _) = filled(2).await;
    let text = b"this is no database, whatever its name may say; it is a text of some length".repeat(20);
    std::fs::write(dir.path().join(FILE), &text).unwrap();
    let store = open(dir.path()).await.unwrap();
    let (salvage, whole) = found(&store).await;
    assert_eq!((salvage.saved, salvage.lost, whole.len()), (0, None, 0));
    assert_eq!(std::fs::read(dir.path().join(&salvage.file)).unwrap(), text);
    assert!(salvage.file.starts_with("terminal.damaged-20"), "{}", salvage.file);
    store.outbox().accept(&draft_of(9, 100), "K1".parse().unwrap()).await.unwrap();
}

#[tokio::test]
async fn invariant_1_a_salvage_cut_off_anywhere_is_done_again() {
    let (dir, numbers) = filled(3).await;
    let path = dir.path();
    let clock = Clock::system();
    // after the note
    begin(path, clock.now()).unwrap();
    let aside = std::fs::read_to_string(path.join(NOTE)).unwrap();
    let store = open(path).await.unwrap();
    let (salvage, whole) = found(&store).await;
    assert_eq!((salvage.saved, salvage.lost, whole.len()), (3, Some(0), 3));
    assert_eq!(store.settings().setup().await.unwrap().as_deref(), Some("setup"));
    store.close().await;
    assert!(!path.join(NOTE).exists());
    // after the move, with half a new database
    std::fs::write(path.join(NOTE), &aside).unwrap();
    std::fs::remove_file(path.join(FILE)).unwrap();
    std::fs::write(path.join(NEW), "half").unwrap();
    let store = open(path).await.unwrap();
    let (_, whole) = found(&store).await;
    assert_eq!(whole, numbers.iter().copied().collect());
    let new = store.outbox().accept(&draft_of(9, 100), "K1".parse().unwrap()).await.unwrap();
    store.close().await;
    // with only the note left: what has been taken since stays
    std::fs::write(path.join(NOTE), &aside).unwrap();
    let store = open(path).await.unwrap();
    let (_, whole) = found(&store).await;
    assert!(whole.contains(&new.number) && whole.len() == 4);
}
