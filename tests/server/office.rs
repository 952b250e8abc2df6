//! What a desk asks when the line fails: with the server, or from the copy, and never twice.

use kortautomat::desktop::counter::office::{Answer, Ask, Office};
use kortautomat::desktop::counter::{Dialogs, Trouble};
use kortautomat::domain::order::Status;
use kortautomat::domain::replica::Needs;
use kortautomat::sync::answer::card::ReportKind;
use kortautomat::wire::order::{Order, Wish};

use super::alone::{Counter, conflicts, ready, times_handed_out};
use super::link::Fault;
use super::world::{World, hand_out, uuid};

/// A clerk's office at a counter, signed in with the server.
async fn office(counter: &Counter) -> Office {
    let client = counter.terminal.client().clone();
    let session = client.sign_in("staff", "demo").await.unwrap();
    Office {
        client,
        token: Some(session.token),
        clerk: "staff".into(),
        here: counter.here.clone(),
        alone: Some(counter.alone.clone()),
        cut_off: false,
        print_folder: None,
        dialogs: Dialogs::of(|_| std::future::ready(None)),
    }
}

fn move_of(order: &Order, wish: Wish) -> Ask {
    Ask::Move { order: order.id.clone(), version: order.version, wish }
}

#[track_caller]
fn alone(answer: Result<Answer, Trouble>) -> Answer {
    match answer {
        Ok(Answer::Alone(answer)) => *answer,
        other => panic!("not from the copy: {other:?}"),
    }
}

#[tokio::test]
async fn invariant_3_a_hand_out_whose_answer_was_cut_off_is_done_alone_and_stays_one() {
    let world = World::new().await;
    let (staff, order) = ready(&world, "ingridh").await;
    let counter = Counter::at(&world, &order.place).await;
    let office = office(&counter).await;
    counter.link.set(Fault::AnswerCut(0));
    let told = office.clone().carry_out(move_of(&order, hand_out(&order)), uuid()).await;
    let Answer::Details(details) = alone(told) else { panic!("no order") };
    assert_eq!(details.order.status, "handed_out");
    assert_eq!(times_handed_out(&world, &staff, &order).await, 1, "the server had made it");
    counter.link.set(Fault::None);
    for _ in 0..3 {
        counter.round().await;
    }
    assert_eq!(counter.waiting().await, 0);
    assert_eq!(times_handed_out(&world, &staff, &order).await, 1);
    assert!(conflicts(&world, &staff).await.is_empty());
    // and it is taken back with the server
    let Ok(Answer::Details(now)) = office.clone().carry_out(Ask::Order(order.id.clone()), uuid()).await
    else {
        panic!("no order")
    };
    let back = office.carry_out(move_of(&now.order, Wish::UndoHandOut), uuid()).await;
    assert!(matches!(back, Ok(Answer::Details(back)) if back.order.status == "ready"));
}

#[tokio::test]
async fn without_the_server_the_copy_answers_and_the_rest_says_why_it_waits() {
    let world = World::new().await;
    let (_, order) = ready(&world, "ingridh").await;
    let counter = Counter::at(&world, &order.place).await;
    let office = office(&counter).await;
    counter.link.set(Fault::Refused);
    let found = alone(office.clone().carry_out(Ask::Find("ingrid".into()), uuid()).await);
    assert!(matches!(found, Answer::Found(found) if found.orders.len() == 1));
    let photo = Ask::Photo { sha256: order.photo.sha256.clone(), height: 700 };
    let photo = alone(office.clone().carry_out(photo, uuid()).await);
    assert!(matches!(photo, Answer::Photo(photo) if photo.height == 700));
    let card = order.card.clone().unwrap();
    for (ask, trouble) in [
        (move_of(&order, Wish::Pay { slip: "1".into() }), Trouble::Needs(Needs::Slips)),
        (move_of(&order, Wish::Cancel { words: "x".into() }), Trouble::Needs(Needs::Others)),
        (Ask::Report { card: card.clone(), what: ReportKind::Found }, Trouble::Needs(Needs::Others)),
        (Ask::List { status: Status::Review, place: None }, Trouble::Offline),
    ] {
        let answer = office.clone().carry_out(ask.clone(), uuid()).await;
        assert!(matches!(&answer, Err(told) if *told == trouble), "{ask:?}: {answer:?}");
    }
    // a clerk who unlocked without the server has no other desk
    let unlocked = Office { token: None, ..office.clone() };
    let list = unlocked.carry_out(Ask::List { status: Status::Review, place: None }, uuid()).await;
    assert!(matches!(list, Err(Trouble::NeedsServer)));
    let blocked = office.clone().carry_out(Ask::Report { card, what: ReportKind::Lost }, uuid()).await;
    assert!(matches!(alone(blocked), Answer::CardAlone));
    let refused = office.carry_out(move_of(&order, hand_out(&order)), uuid()).await;
    assert!(matches!(refused, Err(Trouble::OnList)), "{refused:?}");
}
