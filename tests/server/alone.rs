//! Real counters at a real server, over lines that are cut: what each does alone, and what becomes of it.

use kortautomat::domain::card::{IdDocument, Withheld};
use kortautomat::domain::order::Refusal as Illegal;
use kortautomat::domain::place;
use kortautomat::domain::replica::{Deed, Refusal};
use kortautomat::seal::keys::Prefer;
use kortautomat::server::storage::terminals::Role;
use kortautomat::server::{install, terminals};
use kortautomat::store::replica::Summary;
use kortautomat::sync::enrol::enrol;
use kortautomat::sync::outbox::Link as Found;
use kortautomat::sync::replica::{Alone, Refused, Round, round};
use kortautomat::sync::terminal::Terminal;
use kortautomat::system::Randomness;
use kortautomat::wire::order::{Order, Wish};
use kortautomat::wire::replica::Conflicts;
use tempfile::TempDir;
use uuid::Uuid;

use super::link::{Fault, Link};
use super::world::{Caller, World, uuid};

/// A counter with its folder and its line.
pub struct Counter {
    _folder: TempDir,
    pub link: Link,
    pub terminal: Terminal,
    pub alone: Alone,
    pub here: place::Id,
}

impl Counter {
    pub async fn at(world: &World, place: &str) -> Self {
        let (storage, randomness) = (&world.server().app().storage, Randomness::system());
        let added = install::add_terminal(storage, place, Role::Counter, None, &world.clock(), &randomness)
            .await
            .unwrap();
        let (folder, link) = (tempfile::tempdir().unwrap(), Link::to(world.server().local_addr()).await);
        let data = folder.path().join("counter");
        enrol(&data, &link.url(), &added, Prefer::Files, world.clock(), randomness.clone()).await.unwrap();
        let terminal = Terminal::open(&data, world.clock(), randomness).await.unwrap();
        let alone = Alone::new(terminal.store().clone(), world.clock());
        let counter = Self { _folder: folder, link, terminal, alone, here: place::Id::new(place).unwrap() };
        assert_eq!(counter.round().await.link, Found::Online);
        counter
    }

    pub async fn round(&self) -> Round {
        round(self.terminal.store(), self.terminal.client()).await.unwrap()
    }

    async fn does(&self, id: Uuid, order: &Order, deed: Deed) -> Result<String, Refused> {
        self.alone.act(id, "staff", &self.here, &order.id, &deed).await.map(|details| details.order.status)
    }

    pub async fn waiting(&self) -> u64 {
        let Summary { waiting, needs_person } = self.terminal.store().replica().summary().await.unwrap();
        assert_eq!(needs_person, 0);
        waiting
    }
}

fn hands_out(order: &Order) -> Deed {
    Deed::HandOut { document: IdDocument::Passport, scanned: order.card.as_deref().unwrap().parse().unwrap() }
}

pub async fn ready(world: &World, user: &str) -> (Caller, Order) {
    let staff = world.staff().await;
    let order = world.ordered(user).await;
    let ready = world.shelved(&staff, &order).await;
    (staff, ready)
}

pub async fn conflicts(world: &World, staff: &Caller) -> Vec<String> {
    let open: Conflicts = world.get(staff, "/v1/conflicts").await.ok();
    open.conflicts.into_iter().map(|conflict| conflict.why).collect()
}

pub async fn times_handed_out(world: &World, staff: &Caller, order: &Order) -> usize {
    let history = world.details(staff, order).await.history;
    history.iter().filter(|event| event.action == "hand_out").count()
}

#[tokio::test]
async fn invariant_3_two_counters_cut_off_hand_out_one_order_and_a_person_hears_of_it() {
    let world = World::new().await;
    let (staff, order) = ready(&world, "ingridh").await;
    let one = Counter::at(&world, &order.place).await;
    let other = Counter::at(&world, &order.place).await;
    for counter in [&one, &other] {
        counter.link.set(Fault::Refused);
        assert_eq!(counter.round().await.link, Found::Offline);
        // by name, by number and by the card's code
        for query in ["ingrid", order.number.as_str(), order.card.as_deref().unwrap()] {
            let found = counter.alone.find(query).await.unwrap();
            assert_eq!(found.orders.len(), 1, "{query}");
        }
        assert!(!counter.alone.photo(&order.photo.sha256).await.unwrap().is_empty());
        let other = Deed::HandOut { document: IdDocument::Passport, scanned: "1234567897".parse().unwrap() };
        let refused = counter.does(uuid(), &order, other).await.unwrap_err();
        assert!(matches!(refused, Refused::Refusal(Refusal::Order(Illegal::OtherCard))), "{refused}");
        assert_eq!(counter.does(uuid(), &order, hands_out(&order)).await.unwrap(), "handed_out");
        let again = counter.does(uuid(), &order, hands_out(&order)).await;
        assert!(matches!(again, Err(Refused::Refusal(Refusal::Order(Illegal::Illegal(_))))));
        assert_eq!(counter.waiting().await, 1);
    }
    for (counter, expected) in [(&one, vec![]), (&other, vec!["twice".to_owned()])] {
        counter.link.set(Fault::None);
        let round = counter.round().await;
        assert_eq!((round.link, round.left), (Found::Online, false));
        assert_eq!(counter.waiting().await, 0);
        assert_eq!(conflicts(&world, &staff).await, expected);
        assert!(counter.alone.find("ingrid").await.unwrap().orders.is_empty(), "it has left the list");
    }
    assert_eq!(times_handed_out(&world, &staff, &order).await, 1);
}

#[tokio::test]
async fn invariant_3_what_was_done_alone_is_told_once_wherever_the_line_is_cut() {
    let world = World::new().await;
    let staff = world.staff().await;
    let users = ["ingridh", "jonasb", "leahs", "josemn"];
    let mut orders = Vec::new();
    for user in users {
        orders.push(ready(&world, user).await.1);
    }
    let counter = Counter::at(&world, &orders[0].place).await;
    for (order, cut) in orders.iter().zip([1, 60, 180, 400]) {
        counter.link.set(Fault::Refused);
        counter.does(uuid(), order, hands_out(order)).await.unwrap();
        for fault in [Fault::RequestCut(cut), Fault::AnswerCut(cut), Fault::Portal] {
            counter.link.set(fault);
            counter.round().await;
        }
        counter.link.set(Fault::None);
        // a kept connection may still be of the cut line
        for _ in 0..3 {
            counter.round().await;
        }
        assert_eq!(counter.waiting().await, 0, "cut after {cut}");
        assert_eq!(times_handed_out(&world, &staff, order).await, 1, "cut after {cut}");
    }
    assert!(conflicts(&world, &staff).await.is_empty());
}

#[tokio::test]
async fn a_card_blocked_here_is_not_handed_out_here_and_elsewhere_when_the_network_is_back() {
    let world = World::new().await;
    let (staff, order) = ready(&world, "ingridh").await;
    let one = Counter::at(&world, &order.place).await;
    let other = Counter::at(&world, &order.place).await;
    for counter in [&one, &other] {
        counter.link.set(Fault::Refused);
    }
    let card = order.card.as_deref().unwrap().parse().unwrap();
    one.alone.act_on_card(uuid(), "staff", &Deed::Block { card }).await.unwrap();
    let refused = one.does(uuid(), &order, hands_out(&order)).await;
    assert!(matches!(refused, Err(Refused::Refusal(Refusal::Blocked))), "{refused:?}");
    assert_eq!(
        one.does(uuid(), &order, Deed::Withhold { reason: Withheld::CardMissing }).await.unwrap(),
        "ready"
    );
    // the other counter cannot know
    assert_eq!(other.does(uuid(), &order, hands_out(&order)).await.unwrap(), "handed_out");
    one.link.set(Fault::None);
    one.round().await;
    // heard of before the hand-out: its copy names the card as blocked, and its deed becomes a conflict
    other.link.set(Fault::None);
    other.round().await;
    assert_eq!(conflicts(&world, &staff).await, ["card_blocked"]);
    let list = other.terminal.store().replica().blocked().await.unwrap().unwrap();
    assert!(list.cards.contains(order.card.as_ref().unwrap()));
}

#[tokio::test]
async fn what_is_taken_back_alone_waits_again_and_a_day_of_clock_skew_changes_nothing() {
    let world = World::new().await;
    let (staff, order) = ready(&world, "ingridh").await;
    let counter = Counter::at(&world, &order.place).await;
    counter.link.set(Fault::Refused);
    counter.does(uuid(), &order, hands_out(&order)).await.unwrap();
    world.pass(jiff::SignedDuration::from_mins(9));
    assert_eq!(counter.does(uuid(), &order, Deed::TakeBack).await.unwrap(), "ready");
    counter.does(uuid(), &order, hands_out(&order)).await.unwrap();
    world.pass(jiff::SignedDuration::from_mins(11));
    let late = counter.does(uuid(), &order, Deed::TakeBack).await;
    assert!(matches!(late, Err(Refused::Refusal(Refusal::Order(Illegal::TooLate)))));
    // the server's clock is a day ahead of what the counter wrote down
    world.pass(jiff::SignedDuration::from_hours(24));
    counter.link.set(Fault::None);
    counter.round().await;
    let staff = Caller { session: world.staff().await.session, ..staff };
    let history: Vec<String> =
        world.details(&staff, &order).await.history.into_iter().map(|event| event.action).collect();
    assert!(
        history.ends_with(&["hand_out".into(), "undo_hand_out".into(), "hand_out".into()]),
        "{history:?}"
    );
    assert!(conflicts(&world, &staff).await.is_empty());
}

#[tokio::test]
async fn a_cancelled_order_and_one_that_nobody_told_of() {
    let world = World::new().await;
    let (staff, order) = ready(&world, "ingridh").await;
    let counter = Counter::at(&world, &order.place).await;
    counter.link.set(Fault::Refused);
    world.moved(&world.ask(&staff, &order, Wish::Cancel { words: "moved away".into() }).await);
    let (_, later) = ready(&world, "jonasb").await;
    let unknown = counter.does(uuid(), &later, hands_out(&later)).await;
    assert!(matches!(unknown, Err(Refused::NotCopied)), "{unknown:?}");
    counter.does(uuid(), &order, hands_out(&order)).await.unwrap();
    counter.link.set(Fault::None);
    counter.round().await;
    assert_eq!(conflicts(&world, &staff).await, ["cancelled"]);
    assert_eq!(counter.alone.find("jonas").await.unwrap().orders.len(), 1);
}

#[tokio::test]
async fn a_revoked_counter_gives_up_its_copy_and_keeps_what_was_done() {
    let world = World::new().await;
    let (_, order) = ready(&world, "ingridh").await;
    let counter = Counter::at(&world, &order.place).await;
    counter.link.set(Fault::Refused);
    counter.does(uuid(), &order, hands_out(&order)).await.unwrap();
    let code = counter.terminal.enrolment().code;
    terminals::revoke(&world.server().app().storage, code, &world.clock()).await.unwrap();
    counter.link.set(Fault::None);
    assert_eq!(counter.round().await.link, Found::Unenrolled);
    assert!(counter.alone.find("ingrid").await.unwrap().orders.is_empty());
    assert_eq!(counter.waiting().await, 1);
}
