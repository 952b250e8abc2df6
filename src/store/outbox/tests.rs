use std::path::Path;
use std::sync::Mutex;

use sha2::{Digest as _, Sha256};
use sqlx::{Connection as _, SqliteConnection};

use super::*;
use crate::domain::pin::Pin;
use crate::domain::{person, place};
use crate::seal::pin::{AccessSecret, seal};
use crate::seal::report::Signed;
use crate::store::tests::{key, open};
use crate::store::{Clock, FILE, Limits, Store};
use crate::system::Randomness;

const NAME: &str = "karinordmann";
const TOKEN: &str = "token-of-the-session";

fn access() -> AccessSecret {
    AccessSecret::from_bytes(&[11; 32])
}

fn terminal() -> TerminalCode {
    "K1".parse().unwrap()
}

/// An order with a photo that can be recognised on the disk.
fn draft(n: u128) -> Draft {
    let id = order::Id(Uuid::from_u128(n));
    let pin = Pin::new([8, 3, 5, 1]).unwrap();
    Draft {
        id,
        user_name: person::UserName::new(NAME).unwrap(),
        identity: order::Identity::Proven,
        reason: order::Reason::Lost,
        place: place::Id::new("gjovik").unwrap(),
        promised: Some(jiff::civil::date(2026, 11, 25)),
        consents: vec!["app-1".into()],
        language: person::Language::Nynorsk,
        jpeg: Zeroizing::new(b"a photo that can be found ".repeat(2000)),
        verdict: photo::Verdict::Ask,
        policy: "university".into(),
        findings: vec![photo::Finding {
            rule: photo::Rule::Yaw,
            weight: photo::Weight::Soft,
            measured: f32::NAN,
            limit: photo::Limit::Between(-8.0, 8.0),
            region: Some(photo::Region { x: 0.1, y: 0.2, width: 0.3, height: 0.4 }),
        }],
        insisted: true,
        report: Some(Signed { text: "{\"version\":1}".into(), signature: "ab".repeat(64) }),
        sealed_pin: seal(&access().public(), id, &pin, &Randomness::system()).unwrap(),
        pin_key: access().public().fingerprint(),
        session: Some(Secret::new(TOKEN.into())),
        phone: None,
    }
}

/// An order whose photo has so many bytes.
pub(in crate::store) fn draft_of(n: u128, photo: usize) -> Draft {
    let jpeg = (0..photo).map(|at| (at * 31 + n as usize) as u8).collect::<Vec<_>>();
    Draft { jpeg: Zeroizing::new(jpeg), ..draft(n) }
}

#[tokio::test]
async fn invariant_1_an_accepted_order_is_there_after_any_end() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await.unwrap();
    let accepted = store.outbox().accept(&draft(1), terminal()).await.unwrap();
    // the files as they lie at this instant: what a power cut would leave
    let cut = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let entry = entry.unwrap();
        if !entry.file_name().to_string_lossy().ends_with("-shm") {
            std::fs::copy(entry.path(), cut.path().join(entry.file_name())).unwrap();
        }
    }
    for dir in [dir.path(), cut.path()] {
        let store = if dir == cut.path() { open(dir).await.unwrap() } else { store.clone() };
        let again = store.outbox().accept(&draft(1), terminal()).await.unwrap();
        assert_eq!(again, accepted, "the same id has the same number");
        let order = store.outbox().order(accepted.id).await.unwrap();
        assert_eq!(order.submission.number, accepted.number);
        assert_eq!(order.session, draft(1).session);
        assert_eq!(order.photo.findings[0].limit, draft(1).findings[0].limit);
        assert_eq!(store.outbox().photo(accepted.id).await.unwrap(), draft(1).jpeg);
        let waiting = store.outbox().waiting().await.unwrap();
        assert_eq!(waiting.len(), 1);
        let pin = crate::seal::pin::open(&access(), accepted.id, &order.sealed_pin).unwrap();
        assert_eq!(pin, Pin::new([8, 3, 5, 1]).unwrap());
    }
}

#[tokio::test]
async fn invariant_1_a_number_is_given_once() {
    // a generator that says everything twice: nonces, then numbers
    let said = Mutex::new((0u32, false));
    let randomness = Randomness::of(move |bytes| {
        let mut said = said.lock().unwrap();
        if bytes.len() == 4 {
            *said = if said.1 { (said.0 + 1, false) } else { (said.0, true) };
            bytes.copy_from_slice(&said.0.to_le_bytes());
            return Ok(());
        }
        Randomness::system().fill(bytes)
    });
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), key(), Clock::system(), randomness).await.unwrap();
    let mut numbers = std::collections::BTreeSet::new();
    for n in 0..10 {
        let accepted = store.outbox().accept(&draft(n), terminal()).await.unwrap();
        assert!(numbers.insert(accepted.number), "{} twice", accepted.number);
        // also after it has been delivered
        store.outbox().mark_delivered(accepted.id).await.unwrap();
    }
}

#[tokio::test]
async fn invariant_1_without_a_free_number_nothing_is_taken() {
    let randomness = Randomness::of(|bytes| {
        if bytes.len() == 4 {
            bytes.fill(1);
            return Ok(());
        }
        Randomness::system().fill(bytes)
    });
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), key(), Clock::system(), randomness).await.unwrap();
    store.outbox().accept(&draft(1), terminal()).await.unwrap();
    let refused = store.outbox().accept(&draft(2), terminal()).await;
    assert!(matches!(refused, Err(Error::NoNumber)), "{refused:?}");
    assert_eq!(store.outbox().waiting().await.unwrap().len(), 1);
}

/// Whether any file of the folder holds these bytes.
fn on_disk(dir: &Path, bytes: &[u8]) -> bool {
    std::fs::read_dir(dir).unwrap().any(|entry| {
        let content = std::fs::read(entry.unwrap().path()).unwrap();
        content.windows(bytes.len()).any(|window| window == bytes)
    })
}

#[tokio::test]
async fn invariants_2_and_5_nothing_personal_is_in_the_clear_on_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await.unwrap();
    let draft = draft(1);
    store.outbox().accept(&draft, terminal()).await.unwrap();
    let sealed_text = draft.sealed_pin.to_string();
    let personal: [&[u8]; 6] = [
        NAME.as_bytes(),
        TOKEN.as_bytes(),
        b"a photo that can be found",
        draft.sealed_pin.as_bytes(),
        sealed_text.as_bytes(),
        b"university",
    ];
    for bytes in personal {
        assert!(!on_disk(dir.path(), bytes), "{} is on the disk", String::from_utf8_lossy(bytes));
    }
    let id = draft.id.0.to_string();
    assert!(on_disk(dir.path(), id.as_bytes()), "the search itself works");
}

/// A clock that a test moves, in days since 1970.
fn days() -> (std::sync::Arc<std::sync::atomic::AtomicI64>, Clock) {
    let day = std::sync::Arc::new(std::sync::atomic::AtomicI64::new(20_000));
    let shared = std::sync::Arc::clone(&day);
    let clock = Clock::of(move || {
        let days = shared.load(std::sync::atomic::Ordering::Relaxed);
        Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(24 * days)
    });
    (day, clock)
}

#[tokio::test]
async fn invariant_9_what_was_sent_stays_sealed_for_fourteen_days_and_is_then_gone() {
    let dir = tempfile::tempdir().unwrap();
    let (day, clock) = days();
    let store = Store::open(dir.path(), key(), clock, Randomness::system()).await.unwrap();
    let outbox = store.outbox();
    let accepted = outbox.accept(&draft(1), terminal()).await.unwrap();
    let waits = outbox.accept(&draft(2), terminal()).await.unwrap();
    outbox.mark_delivered(accepted.id).await.unwrap();
    day.fetch_add(14, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(outbox.forget_sent().await.unwrap(), 0);
    assert_eq!(outbox.photo(accepted.id).await.unwrap(), draft(1).jpeg);
    day.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(outbox.forget_sent().await.unwrap(), 1);
    assert!(matches!(outbox.order(accepted.id).await, Err(Error::Unknown(_))));
    assert!(matches!(outbox.photo(accepted.id).await, Err(Error::Unknown(_))));
    assert_eq!(outbox.accept(&draft(1), terminal()).await.unwrap(), accepted, "the number stays");
    assert_eq!(outbox.reconcile("another").await.unwrap(), 0, "nothing is left to be sent again");
    // what was never sent has no date
    outbox.order(waits.id).await.unwrap();
    assert_eq!(outbox.summary().await.unwrap().waiting, 1);
}

#[tokio::test]
async fn invariant_1_a_restored_server_gets_everything_once_more_that_is_left() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await.unwrap();
    let outbox = store.outbox();
    let mut sent = Vec::new();
    for n in 1..=3 {
        sent.push(outbox.accept(&draft(n), terminal()).await.unwrap().id);
    }
    assert_eq!(outbox.reconcile("first").await.unwrap(), 0);
    for id in &sent[..2] {
        outbox.mark_delivered(*id).await.unwrap();
    }
    assert_eq!(outbox.reconcile("first").await.unwrap(), 0);
    assert_eq!(outbox.waiting().await.unwrap().len(), 1);
    assert_eq!(outbox.reconcile("second").await.unwrap(), 2);
    let waiting: Vec<order::Id> = outbox.waiting().await.unwrap().iter().map(|order| order.id).collect();
    assert_eq!(waiting, sent);
    assert_eq!(outbox.reconcile("second").await.unwrap(), 0, "once");
}

#[tokio::test]
async fn why_an_order_was_set_aside_is_not_forgotten_when_it_is_let_go() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await.unwrap();
    let outbox = store.outbox();
    let id = outbox.accept(&draft(1), terminal()).await.unwrap().id;
    for reason in ["conflict", "bad_request"] {
        outbox.mark_stuck(id, reason, "why").await.unwrap();
        // said twice, it is one
        outbox.mark_stuck(id, "again", "why").await.unwrap();
        outbox.try_again(id).await.unwrap();
    }
    outbox.mark_delivered(id).await.unwrap();
    let refusals = outbox.refusals(id).await.unwrap();
    let reasons: Vec<&str> = refusals.iter().map(|refused| refused.reason.as_str()).collect();
    assert_eq!(reasons, ["conflict", "bad_request"]);
    assert!(refusals.iter().all(|refused| refused.released_at.is_some()));
}

#[tokio::test]
async fn a_broken_seal_is_found_at_the_start_and_kept_for_a_person() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await.unwrap();
    for n in 1..=2 {
        store.outbox().accept(&draft(n), terminal()).await.unwrap();
    }
    sqlx::query("UPDATE outbox SET details = zeroblob(80) WHERE place = 1")
        .execute(&store.0.pool)
        .await
        .unwrap();
    store.close().await;
    let store = open(dir.path()).await.unwrap();
    let stuck = store.outbox().stuck().await.unwrap();
    assert_eq!((stuck.len(), stuck[0].id.0.as_u128(), stuck[0].reason.as_str()), (1, 1, DAMAGED));
    assert_eq!(store.outbox().waiting().await.unwrap().len(), 1);
}

/// A store as the first version of the schema kept it, with an order that waits, one that was sent, and one for a person.
async fn first_version(dir: &Path) -> Vec<Number> {
    use crate::store::{MIGRATIONS, connect, options};
    let pool = connect(options(&dir.join(FILE), Limits::default())).await.unwrap();
    let first = MIGRATIONS.iter().next().unwrap().clone();
    sqlx::migrate::Migrator::with_migrations(vec![first]).run(&pool).await.unwrap();
    let seal = |name: String, plain: &[u8]| {
        crate::seal::record::seal(&key(), name.as_bytes(), plain, &Randomness::system()).unwrap()
    };
    let mut numbers = Vec::new();
    for (n, state, reason) in
        [(1, "waiting", None), (2, "delivered", None), (3, "needs_person", Some("conflict"))]
    {
        let draft = draft(n);
        let number = Number::new(terminal(), n as u32);
        numbers.push(number);
        // word for word what that version wrote
        let details = format!(
            r#"{{"number":"{}","user_name":"{NAME}","identity":"unproven","reason":"new","place":"gjovik",
            "promised":null,"submitted_at":1794816000000000,"consents":[],"sha256":"{}","verdict":"accept",
            "policy":"university","findings":[],"insisted":false,"sealed_pin":"{}","pin_key":"{}","session":null}}"#,
            number.as_str(),
            hex::encode(Sha256::digest(draft.jpeg.as_slice())),
            draft.sealed_pin,
            draft.pin_key,
        );
        let kept = state != "delivered";
        sqlx::query(
            "INSERT INTO outbox (id, number, accepted_at, state, photo_sha256, photo_sent, details, photo, settled_at,
                                 reason, reason_words) VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $9)",
        )
        .bind(draft.id.0.to_string())
        .bind(number.as_str())
        .bind(1_794_816_000_000_000_i64)
        .bind(state)
        .bind(Sha256::digest(draft.jpeg.as_slice()).as_slice())
        .bind(kept.then(|| seal(details_of(draft.id), details.as_bytes())))
        .bind(kept.then(|| seal(photo_of(draft.id), &draft.jpeg)))
        .bind((state != "waiting").then_some(1_794_816_000_000_001_i64))
        .bind(reason)
        .execute(&pool)
        .await
        .unwrap();
    }
    let key_word = seal("setting 1 key".into(), b"\"opens\"");
    sqlx::query("INSERT INTO setting (name, value) VALUES ('key', $1)")
        .bind(key_word)
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
    numbers
}

#[tokio::test]
async fn a_store_of_the_first_version_is_brought_up_with_its_orders() {
    let dir = tempfile::tempdir().unwrap();
    let numbers = first_version(dir.path()).await;
    let store = open(dir.path()).await.unwrap();
    let outbox = store.outbox();
    let given: Vec<Number> = outbox.given().await.unwrap().iter().map(|given| given.number).collect();
    assert_eq!(given, numbers);
    let waiting = outbox.waiting().await.unwrap();
    assert_eq!((waiting.len(), waiting[0].photo_cut), (1, false));
    let order = outbox.order(waiting[0].id).await.unwrap();
    assert_eq!((order.submission.number, order.submission.language), (numbers[0], None));
    assert_eq!(outbox.photo(waiting[0].id).await.unwrap(), draft(1).jpeg);
    let stuck = outbox.stuck().await.unwrap();
    assert_eq!((stuck.len(), stuck[0].number), (1, numbers[2]));
    assert_eq!(outbox.refusals(stuck[0].id).await.unwrap()[0].reason, "conflict");
    // what the first version had sent it kept no content of
    assert_eq!(outbox.reconcile("epoch").await.unwrap(), 0);
}

#[tokio::test]
async fn a_refused_order_is_kept_whole_until_a_person_has_looked() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await.unwrap();
    let accepted = store.outbox().accept(&draft(1), terminal()).await.unwrap();
    store.outbox().mark_stuck(accepted.id, "conflict", "the number is another order's").await.unwrap();
    let summary = store.outbox().summary().await.unwrap();
    assert_eq!((summary.waiting, summary.needs_person), (0, 1));
    let stuck = store.outbox().stuck().await.unwrap();
    assert_eq!((stuck[0].number, stuck[0].reason.as_str()), (accepted.number, "conflict"));
    store.outbox().try_again(accepted.id).await.unwrap();
    let summary = store.outbox().summary().await.unwrap();
    assert_eq!((summary.waiting, summary.needs_person), (1, 0));
    assert_eq!(summary.oldest, Some(accepted.at));
    assert_eq!(store.outbox().photo(accepted.id).await.unwrap(), draft(1).jpeg);
}

#[tokio::test]
async fn exchanged_and_flipped_records_are_refused_and_the_others_are_well() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await.unwrap();
    let ids: Vec<order::Id> = (1..=3).map(|n| order::Id(Uuid::from_u128(n))).collect();
    for n in 1..=3 {
        store.outbox().accept(&draft(n), terminal()).await.unwrap();
    }
    sqlx::query(
        "UPDATE outbox SET details = (SELECT details FROM outbox WHERE place = 2),
                photo = (SELECT photo FROM outbox WHERE place = 2) WHERE place = 1",
    )
    .execute(&store.0.pool)
    .await
    .unwrap();
    let blob = store.outbox().blob("SELECT photo FROM outbox WHERE id = $1", ids[2]).await.unwrap();
    let mut flipped = blob.clone();
    flipped[1000] ^= 4;
    sqlx::query("UPDATE outbox SET photo = $1 WHERE place = 3")
        .bind(flipped)
        .execute(&store.0.pool)
        .await
        .unwrap();
    assert!(matches!(store.outbox().order(ids[0]).await, Err(Error::Damaged(_))));
    assert!(matches!(store.outbox().photo(ids[0]).await, Err(Error::Damaged(_))));
    assert!(matches!(store.outbox().photo(ids[2]).await, Err(Error::Damaged(_))));
    store.outbox().order(ids[1]).await.unwrap();
    store.outbox().order(ids[2]).await.unwrap();
}

#[tokio::test]
async fn invariant_1_a_full_disk_takes_the_whole_order_or_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let limits = Limits { database: 100 * 4096, order: 0 };
    let store =
        Store::open_within(dir.path(), key(), Clock::system(), Randomness::system(), limits).await.unwrap();
    let mut taken = Vec::new();
    let full = loop {
        let n = taken.len() as u128 + 1;
        match store.outbox().accept(&draft(n), terminal()).await {
            Ok(accepted) => taken.push(accepted),
            Err(error) => break error,
        }
    };
    assert!(matches!(full, Error::Full), "{full:?}");
    assert!(taken.len() > 2);
    // what was sent makes room again, on the full disk
    store.outbox().mark_delivered(taken.remove(0).id).await.unwrap();
    store.outbox().mark_delivered(taken.remove(0).id).await.unwrap();
    while store.outbox().forget_oldest_sent().await.unwrap() {}
    taken.push(store.outbox().accept(&draft(100), terminal()).await.unwrap());
    drop(store);
    // after a start with room again: the refused id is taken as if it had never been tried
    let store = open(dir.path()).await.unwrap();
    assert_eq!(store.outbox().waiting().await.unwrap().len(), taken.len());
    for accepted in &taken {
        store.outbox().order(accepted.id).await.unwrap();
        store.outbox().photo(accepted.id).await.unwrap();
    }
    store.outbox().accept(&draft(101), terminal()).await.unwrap();
}

/// How many orders the disk holds, as another connection sees them.
async fn committed(dir: &Path) -> i64 {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(dir.join(FILE)).read_only(true);
    let mut other = SqliteConnection::connect_with(&options).await.unwrap();
    let count = sqlx::query_scalar("SELECT COUNT(*) FROM outbox").fetch_one(&mut other).await.unwrap();
    other.close().await.unwrap();
    count
}

#[tokio::test]
async fn invariant_1_after_a_full_disk_what_is_accepted_is_on_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let limits = Limits { database: 100 * 4096, order: 0 };
    let open = || Store::open_within(dir.path(), key(), Clock::system(), Randomness::system(), limits);
    let store = open().await.unwrap();
    let outbox = store.outbox();
    outbox.reconcile("epoch").await.unwrap();
    let mut taken = Vec::new();
    let full = loop {
        match outbox.accept(&draft(taken.len() as u128 + 1), terminal()).await {
            Ok(accepted) => taken.push(accepted),
            Err(error) => break error,
        }
    };
    assert!(matches!(full, Error::Full), "{full:?}");
    // as in each round of the sender: a transaction that changes nothing
    outbox.reconcile("epoch").await.unwrap();
    for sent in taken.drain(..3) {
        outbox.mark_delivered(sent.id).await.unwrap();
        while outbox.forget_oldest_sent().await.unwrap() {}
        outbox.reconcile("epoch").await.unwrap();
    }
    for n in 100..102 {
        outbox.accept(&draft(n), terminal()).await.unwrap();
        let given = outbox.given().await.unwrap().len();
        assert_eq!(committed(dir.path()).await, given as i64, "its number may be shown");
        outbox.reconcile("epoch").await.unwrap();
    }
}

#[tokio::test]
async fn a_disk_that_has_become_read_only_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await.unwrap();
    store.outbox().accept(&draft(1), terminal()).await.unwrap();
    sqlx::query("PRAGMA query_only = on").execute(&store.0.pool).await.unwrap();
    let refused = store.outbox().accept(&draft(2), terminal()).await;
    assert!(matches!(refused, Err(Error::ReadOnly)), "{refused:?}");
    assert_eq!(store.outbox().waiting().await.unwrap().len(), 1, "what is there can still be sent");
}

#[tokio::test]
async fn a_clock_that_jumps_changes_no_order() {
    let dir = tempfile::tempdir().unwrap();
    let day = std::sync::atomic::AtomicI64::new(5);
    let clock = Clock::of(move || {
        let days = day.fetch_sub(1, std::sync::atomic::Ordering::Relaxed);
        Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(24 * days)
    });
    let store = Store::open(dir.path(), key(), clock, Randomness::system()).await.unwrap();
    for n in 1..=5 {
        store.outbox().accept(&draft(n), terminal()).await.unwrap();
    }
    let ids: Vec<u128> = store.outbox().waiting().await.unwrap().iter().map(|w| w.id.0.as_u128()).collect();
    assert_eq!(ids, [1, 2, 3, 4, 5]);
}
