//! What counters did without the server, as the server hears of it; the copy that they work from.

use jiff::SignedDuration;
use kortautomat::seal::signing::PublicKey;
use kortautomat::server::install;
use kortautomat::server::storage::record::{self, Verified};
use kortautomat::server::storage::terminals::Role;
use kortautomat::system::Randomness;
use kortautomat::wire::ProblemCode;
use kortautomat::wire::card::{Report, ReportKind};
use kortautomat::wire::order::{Order, Wish};
use kortautomat::wire::replica::{Became, Conflicts, Deed, Replica, Settlement, Stamp, Told, What};
use reqwest::StatusCode;
use uuid::Uuid;

use super::world::{Caller, World, hand_out, uuid};

/// A second counter at this place.
async fn another(world: &World, place: &str) -> Caller {
    let storage = &world.server().app().storage;
    let randomness = Randomness::system();
    let enrolment = install::add_terminal(storage, place, Role::Counter, None, &world.clock(), &randomness)
        .await
        .unwrap();
    world.enrol(&enrolment).await
}

/// An order that waits in its slot, as both counters have it in their copies.
async fn ready(world: &World) -> (Caller, Order) {
    let staff = world.staff().await;
    let order = world.ordered("ingridh").await;
    let ready = world.shelved(&staff, &order).await;
    (staff, ready)
}

fn handed(world: &World, order: &Order) -> Deed {
    let document = "passport".into();
    let what = What::HandOut { document, scanned: order.card.clone().unwrap() };
    done(world, order, what)
}

fn done(world: &World, order: &Order, what: What) -> Deed {
    Deed {
        order: Some(order.id.clone()),
        version: Some(order.version),
        clerk: "staff".into(),
        at: world.clock().now().as_microsecond(),
        what,
    }
}

async fn tell_as(world: &World, counter: &Caller, id: Uuid, deed: &Deed) -> Became {
    world.put(counter, &format!("/v1/deeds/{id}"), deed).await.ok()
}

async fn tell(world: &World, counter: &Caller, deed: &Deed) -> (Told, Option<String>) {
    let became = tell_as(world, counter, uuid(), deed).await;
    (became.told, became.why)
}

fn conflict(why: &str) -> (Told, Option<String>) {
    (Told::Conflict, Some(why.into()))
}

async fn conflicts(world: &World, staff: &Caller) -> Conflicts {
    world.get(staff, "/v1/conflicts").await.ok()
}

async fn status(world: &World, staff: &Caller, order: &Order) -> String {
    world.details(staff, order).await.order.status
}

async fn card_status(world: &World, staff: &Caller, order: &Order, card: &str) -> String {
    let cards = world.details(staff, order).await.cards;
    cards.into_iter().find(|known| known.number == card).unwrap().status
}

async fn record_is_whole(world: &World) {
    let mut db = world.server().app().storage.read().await.unwrap();
    assert!(matches!(record::verify(&mut db).await.unwrap(), Verified::Whole { .. }));
}

#[tokio::test]
async fn invariant_3_handed_out_alone_is_handed_out_once_by_a_named_person() {
    let world = World::new().await;
    let (staff, order) = ready(&world).await;
    let (id, mut deed) = (uuid(), handed(&world, &order));
    // the counter's clock is a day ahead: kept, and nothing is decided by it
    deed.at += 86_400_000_000;
    let first = tell_as(&world, &world.counter(), id, &deed).await;
    assert_eq!((first.told, &first.why), (Told::Done, &None));
    assert_eq!(tell_as(&world, &world.counter(), id, &deed).await, first, "the same again changes nothing");
    let details = world.details(&staff, &order).await;
    assert_eq!(details.order.status, "handed_out");
    let last = details.history.last().unwrap();
    assert_eq!((last.action.as_str(), last.why.as_deref()), ("hand_out", Some("passport")));
    assert!(!last.actor.is_empty());
    let handed_out = details.history.iter().filter(|event| event.action == "hand_out").count();
    assert_eq!(handed_out, 1);
    let other = Deed { clerk: "turid".into(), ..deed };
    let answer = world.put(&world.counter(), &format!("/v1/deeds/{id}"), &other).await;
    assert_eq!(answer.refused(), ProblemCode::Conflict);
    let kiosk = world.put(&world.kiosk(), &format!("/v1/deeds/{}", uuid()), &other).await;
    assert_eq!(kiosk.refused(), ProblemCode::Forbidden);
    record_is_whole(&world).await;
}

#[tokio::test]
async fn invariant_3_of_two_counters_alone_the_first_heard_of_stands_and_a_person_looks() {
    let world = World::new().await;
    let (staff, order) = ready(&world).await;
    let second = another(&world, &order.place).await;
    let deed = handed(&world, &order);
    assert_eq!(tell(&world, &world.counter(), &deed).await.0, Told::Done);
    // a day earlier by its own clock, and later all the same
    let earlier = Deed { at: deed.at - 86_400_000_000, ..deed };
    assert_eq!(tell(&world, &second, &earlier).await, conflict("twice"));
    assert_eq!(status(&world, &staff, &order).await, "handed_out");
    let open = conflicts(&world, &staff).await.conflicts;
    let [one] = open.as_slice() else { panic!("{open:?}") };
    assert_eq!((one.why.as_str(), one.clerk.as_str()), ("twice", "Kari Nordmann"));
    assert!(one.history.iter().any(|event| event.action == "hand_out"));
    assert!(one.history.iter().any(|event| event.action == "conflict"));
    assert_eq!(one.deed, earlier, "what was done at the other end, with its own time");

    let path = format!("/v1/conflicts/{}/settlement", one.id);
    let words = |words: &str| Settlement { words: words.into() };
    assert_eq!(world.post(&staff, &path, &words(" ")).await.refused(), ProblemCode::BadRequest);
    let producer = world.clerk("production").await;
    assert_eq!(world.post(&producer, &path, &words("x")).await.refused(), ProblemCode::Forbidden);
    let settled = words("Ingrid has one card; the second scan was a mistake");
    assert_eq!(world.post(&staff, &path, &settled).await.status, StatusCode::NO_CONTENT);
    assert_eq!(world.post(&staff, &path, &settled).await.status, StatusCode::NO_CONTENT);
    assert_eq!(world.post(&staff, &path, &words("other")).await.refused(), ProblemCode::Changed);
    assert!(conflicts(&world, &staff).await.conflicts.is_empty());
    let last = world.details(&staff, &order).await.history.last().unwrap().clone();
    assert_eq!((last.action.as_str(), last.actor.as_str()), ("settle_conflict", "Kari Nordmann"));
    record_is_whole(&world).await;
}

#[tokio::test]
async fn invariant_8_a_card_that_is_out_without_right_is_blocked_and_shown() {
    let world = World::new().await;
    let (staff, order) = ready(&world).await;
    let deed = handed(&world, &order);
    world.moved(&world.ask(&staff, &order, Wish::Cancel { words: "moved away".into() }).await);
    assert_eq!(tell(&world, &world.counter(), &deed).await, conflict("cancelled"));
    assert_eq!(status(&world, &staff, &order).await, "cancelled");
    assert_ne!(card_status(&world, &staff, &order, order.card.as_ref().unwrap()).await, "active");
    let open = conflicts(&world, &staff).await.conflicts;
    assert_eq!(open[0].order.as_ref().unwrap().status, "cancelled");
    record_is_whole(&world).await;
}

#[tokio::test]
async fn invariant_3_a_card_blocked_meanwhile_stays_blocked() {
    let world = World::new().await;
    let (staff, order) = ready(&world).await;
    let deed = handed(&world, &order);
    let card = order.card.clone().unwrap();
    let lost = Report { what: ReportKind::Lost };
    assert_eq!(world.post(&staff, &format!("/v1/cards/{card}/reports"), &lost).await.status, StatusCode::OK);
    assert_eq!(tell(&world, &world.counter(), &deed).await, conflict("card_blocked"));
    assert_eq!(status(&world, &staff, &order).await, "handed_out", "it is out: nobody hides that");
    assert_eq!(card_status(&world, &staff, &order, &card).await, "blocked");
}

#[tokio::test]
async fn a_card_blocked_at_a_counter_is_blocked_whenever_it_is_heard() {
    let world = World::new().await;
    let (staff, order) = ready(&world).await;
    let card = order.card.clone().unwrap();
    world.handed_out(&staff, &order).await;
    let block = |card: &str| Deed {
        order: None,
        version: None,
        clerk: "staff".into(),
        at: 0,
        what: What::Block { card: card.into() },
    };
    assert_eq!(tell(&world, &world.counter(), &block(&card)).await, (Told::Done, None));
    assert_eq!(card_status(&world, &staff, &order, &card).await, "blocked");
    // a number that nobody has: somebody's lost card is still open
    assert_eq!(tell(&world, &world.counter(), &block("1234567897")).await, conflict("unknown_card"));
    let open = conflicts(&world, &staff).await.conflicts;
    assert!(open[0].order.is_none() && open[0].deed.what == What::Block { card: "1234567897".into() });
}

#[tokio::test]
async fn a_hand_out_alone_is_taken_back_however_late_it_is_heard() {
    let world = World::new().await;
    let (staff, order) = ready(&world).await;
    assert_eq!(tell(&world, &world.counter(), &handed(&world, &order)).await.0, Told::Done);
    world.pass(SignedDuration::from_hours(20));
    let back = done(&world, &order, What::UndoHandOut);
    assert_eq!(tell(&world, &world.counter(), &back).await, (Told::Done, None));
    let staff = Caller { session: world.staff().await.session, ..staff };
    let again = world.details(&staff, &order).await.order;
    assert_eq!(again.status, "ready");
    // handed out with the server since: what another counter takes back is not that
    world.handed_out(&staff, &again).await;
    assert_eq!(tell(&world, &world.counter(), &back).await, conflict("moved"));
}

#[tokio::test]
async fn invariant_3_a_move_cut_off_from_its_answer_and_done_again_alone_is_one() {
    let world = World::new().await;
    let (staff, order) = ready(&world).await;
    let id = uuid();
    let wish =
        kortautomat::wire::order::Move { id: id.to_string(), version: order.version, wish: hand_out(&order) };
    world.moved(&world.post(&staff, &format!("/v1/orders/{}/moves", order.id), &wish).await);
    let told = tell_as(&world, &world.counter(), id, &handed(&world, &order)).await;
    assert_eq!(told.told, Told::Done);
    assert!(conflicts(&world, &staff).await.conflicts.is_empty());
    let history = world.details(&staff, &order).await.history;
    assert_eq!(history.iter().filter(|event| event.action == "hand_out").count(), 1);
    // and the counter takes it back alone
    let back = done(&world, &order, What::UndoHandOut);
    assert_eq!(tell(&world, &world.counter(), &back).await, (Told::Done, None));
}

#[tokio::test]
async fn who_is_no_clerk_hands_nothing_out() {
    let world = World::new().await;
    let (staff, order) = ready(&world).await;
    let deed = Deed { clerk: "ingridh".into(), ..handed(&world, &order) };
    assert_eq!(tell(&world, &world.counter(), &deed).await, conflict("unknown_clerk"));
    assert_eq!(status(&world, &staff, &order).await, "ready");
    assert_eq!(card_status(&world, &staff, &order, order.card.as_ref().unwrap()).await, "blocked");
}

async fn replica(world: &World, counter: &Caller, since: Option<&str>, known: &str) -> Replica {
    let since = since.map(|mark| format!("&since={mark}")).unwrap_or_default();
    world.get(counter, &format!("/v1/replica?blocked={known}{since}")).await.ok()
}

#[tokio::test]
async fn a_counter_copies_the_open_orders_of_its_place_and_then_what_changed() {
    let world = World::new().await;
    let (staff, order) = ready(&world).await;
    let here = world.counter();
    let begin = replica(&world, &here, None, "").await;
    assert!(begin.anew && !begin.complete && begin.left.is_empty());
    let copied = begin.orders.iter().find(|copied| copied.order.id == order.id).unwrap();
    assert_eq!((copied.order.version, &copied.order.slot), (order.version, &order.slot));
    assert_eq!(copied.cards.len(), 1);
    let rest = replica(&world, &here, Some(&begin.mark), "").await;
    assert!(!rest.anew && rest.complete && rest.orders.is_empty(), "{rest:?}");
    // what changed is told once, and what left the list too
    let waiting = world.ordered("jonasb").await;
    let next = replica(&world, &here, Some(&rest.mark), "").await;
    assert_eq!(next.orders.iter().map(|copied| &copied.order.id).collect::<Vec<_>>(), [&waiting.id]);
    world.handed_out(&staff, &order).await;
    let next = replica(&world, &here, Some(&next.mark), "").await;
    assert_eq!((next.orders.len(), &next.left), (0, &vec![order.id.clone()]));
    assert!(replica(&world, &here, Some(&next.mark), "").await.left.is_empty());
    // a mark of another server, of the future, or none at all begins anew
    for mark in ["nonsense", &next.mark.replacen(char::is_alphanumeric, "x", 1)] {
        assert!(replica(&world, &here, Some(mark), "").await.anew, "{mark}");
    }
    let elsewhere = another(&world, "alesund").await;
    assert!(replica(&world, &elsewhere, None, "").await.orders.iter().all(|o| o.order.place == "alesund"));
    assert_eq!(world.get(&world.kiosk(), "/v1/replica").await.refused(), ProblemCode::Forbidden);
}

#[tokio::test]
async fn photos_are_copied_for_open_orders_of_the_place_only() {
    let world = World::new().await;
    let (staff, order) = ready(&world).await;
    let path = format!("/v1/replica/photos/{}", order.photo.sha256);
    let small = world.get(&world.counter(), &path).await;
    assert_eq!(
        (small.status, small.headers["content-type"].as_bytes()),
        (StatusCode::OK, &b"image/jpeg"[..])
    );
    let elsewhere = another(&world, "alesund").await;
    assert_eq!(world.get(&elsewhere, &path).await.refused(), ProblemCode::NotFound);
    world.handed_out(&staff, &order).await;
    assert_eq!(world.get(&world.counter(), &path).await.refused(), ProblemCode::NotFound);
}

#[tokio::test]
async fn the_list_of_blocked_cards_is_signed_and_dated_and_sent_when_it_changed() {
    let world = World::new().await;
    let (staff, order) = ready(&world).await;
    let card = order.card.clone().unwrap();
    let before = replica(&world, &world.counter(), None, "").await;
    let lost = Report { what: ReportKind::Lost };
    world.post(&staff, &format!("/v1/cards/{card}/reports"), &lost).await;
    let told = replica(&world, &world.counter(), Some(&before.mark), "").await;
    assert!(told.blocked.cards.as_ref().unwrap().contains(&card));
    assert_eq!(told.blocked.key, before.blocked.key);
    let key: PublicKey = told.blocked.key.parse().unwrap();
    key.verify(&told.blocked.text, &told.blocked.signature).unwrap();
    let stamp: Stamp = serde_json::from_str(&told.blocked.text).unwrap();
    assert_eq!(stamp.at, world.clock().now().as_microsecond());
    world.pass(SignedDuration::from_mins(5));
    let again = replica(&world, &world.counter(), Some(&told.mark), &stamp.sha256).await;
    assert_eq!(again.blocked.cards, None, "the counter has this list");
    let later: Stamp = serde_json::from_str(&again.blocked.text).unwrap();
    assert_eq!((later.sha256, later.at), (stamp.sha256, stamp.at + 300_000_000), "dated anew");
}
