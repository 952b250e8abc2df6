//! The desk without the server: what works, what waits and why, and what has to be looked at afterwards.

use iced::keyboard::key::Named;
use jiff::Timestamp;
use kortautomat::desktop::counter::office::Ask;
use kortautomat::desktop::counter::{Desk, Message, Trouble};
use kortautomat::desktop::theme::Scheme;
use kortautomat::domain::person::Language;
use kortautomat::store::clerks::Clerk;
use kortautomat::sync::answer::card::ReportKind;
use kortautomat::sync::answer::order::Event;
use kortautomat::sync::answer::replica::{Conflict, Deed, What};
use kortautomat::sync::outbox::Link;
use kortautomat::sync::replica::State;

use super::Station;
use super::register::{NOW, card};

/// How the copy stands a few minutes after the network went.
fn kept(link: Link) -> State {
    let at = |minutes: i64| Timestamp::from_microsecond(NOW - minutes * 60_000_000).ok();
    State {
        link,
        alone_since: at(12).filter(|_| link == Link::Offline),
        copied_at: at(13),
        blocked_at: at(13),
        ..State::default()
    }
}

/// The network went while a clerk works.
pub fn cut_off(station: &mut Station) {
    station.register.alone = true;
    station.tell(Message::Kept(Box::new(kept(Link::Offline))));
}

/// Two things that do not fit together.
pub fn conflicts(station: &Station) -> Vec<Conflict> {
    let order = station.register.of("karin").clone();
    let event = |minutes: i64, actor: &str, terminal: &str, action: &str, why: Option<&str>| Event {
        at: NOW - minutes * 60_000_000,
        actor: actor.into(),
        terminal: terminal.into(),
        action: action.into(),
        status: "handed_out".into(),
        why: why.map(str::to_owned),
    };
    let deed = |order: Option<String>, what| Deed {
        order,
        version: Some(3),
        clerk: "ola".into(),
        at: NOW - 90 * 60_000_000,
        what,
    };
    let handed = What::HandOut { document: "passport".into(), scanned: card(4711) };
    let conflict = |id: &str, why: &str, order, deed, history| Conflict {
        id: id.into(),
        why: why.into(),
        deed,
        clerk: "Ola Hansen".into(),
        terminal: "C2".into(),
        received_at: NOW,
        order,
        history,
    };
    vec![
        conflict(
            "1",
            "twice",
            Some(order.clone()),
            deed(Some(order.id), handed),
            vec![
                event(100, "Liv Hansen", "C1", "hand_out", Some("national_id_card")),
                event(0, "Ola Hansen", "C2", "conflict", Some("twice")),
            ],
        ),
        conflict("2", "unknown_card", None, deed(None, What::Block { card: card(77) }), Vec::new()),
    ]
}

#[test]
fn the_desk_works_from_its_copy_and_says_how_old_it_is() {
    let mut station = Station::at(Desk::Handover);
    cut_off(&mut station);
    for words in [
        "Offline",
        "Working alone since 22.11. 10:03",
        "Orders as of 22.11. 10:02",
        "Blocked cards as of 22.11. 10:02",
    ] {
        assert!(station.shows(words), "{words}");
    }
    station.types("karin\n");
    assert!(station.shows("Kari Nordmann"));
    station.types(&format!("1{}\n", card(4711)));
    assert!(station.shows("Handed out to Kari Nordmann"));
    station.presses(Named::F9);
    station.settle();
    assert!(station.shows("The handover is taken back"));
    station.types("nobody at all\n");
    assert!(station.shows("Not in the copy: nobody at all"));
}

#[test]
fn what_needs_the_network_says_why_and_asks_nothing() {
    let mut station = Station::at(Desk::Handover);
    cut_off(&mut station);
    for (who, key, words) in [
        (
            "norali\n",
            Named::F7,
            "A slip pays one order only, and the server alone knows them all. Take the money when the network is back.",
        ),
        (
            "olan\n",
            Named::F8,
            "Only the register says who it is and what else is ordered. Ask the person to come back, or wait.",
        ),
        (
            "karin\n",
            Named::F12,
            "Another place may have done something with it meanwhile. Try when the network is back.",
        ),
        (
            "astrid\n",
            Named::F11,
            "The photo is kept and printed by the server. Try when the network is back.",
        ),
    ] {
        station.types(who);
        station.presses(key);
        assert!(station.shows("This needs the network") && station.shows(words), "{who}");
        assert_eq!(station.counter.pending(), []);
    }
    assert!(station.register.done.is_empty());
}

#[test]
fn a_lost_card_is_blocked_here_by_its_number() {
    let mut station = Station::at(Desk::Handover);
    station.presses(Named::F5);
    assert!(!station.shows("Card number to block"), "with the network its owner is looked up first");
    cut_off(&mut station);
    station.presses(Named::F5);
    assert!(station.shows("Card number to block"));
    station.types("karin\n");
    assert!(station.register.done.is_empty(), "a name blocks nothing");
    station.types(&format!("M {}\n", card(1300)));
    assert!(station.register.done.contains(&Ask::Report { card: card(1300), what: ReportKind::Lost }));
    assert!(station.shows("Blocked at this counter"));
    assert!(station.shows("At other counters and at the doors it counts when the network is back."));
}

#[test]
fn what_cannot_be_handed_out_alone_is_said() {
    let mut station = Station::at(Desk::Handover);
    cut_off(&mut station);
    for (trouble, words) in [
        (Trouble::OnList, "This card is blocked"),
        (Trouble::NotCopied, "This order is not in the copy"),
        (Trouble::NotKept, "This was not done"),
    ] {
        station.types("karin\n");
        station.types(&format!("1{}", card(4711)));
        station.presses(Named::Enter);
        station.fail(trouble);
        assert!(station.shows(words), "{words}");
        station.presses(Named::Escape);
        station.presses(Named::Escape);
        station.presses(Named::Escape);
    }
    assert!(station.register.done.is_empty());
}

#[test]
fn a_clerk_unlocks_alone_and_hands_out_only() {
    let mut station = Station::locked(Language::English, Scheme::Light);
    station.tell(Message::SignedIn(Err(Trouble::Unlockable)));
    assert!(station.shows("The server does not answer"));
    station.tell(Message::SignedIn(Err(Trouble::Closed)));
    assert!(station.shows("Too many wrong passwords"));
    station.tell(Message::Kept(Box::new(kept(Link::Offline))));
    let roles = ["handover", "review"].map(str::to_owned).to_vec();
    let clerk = Clerk { user_name: "liv".into(), name: "Liv Hansen".into(), roles };
    station.tell(Message::Unlocked(clerk));
    cut_off(&mut station);
    assert_eq!(station.counter.screen(), "handover");
    station.presses(Named::F2);
    assert_eq!(station.counter.screen(), "handover");
    assert_eq!(station.counter.pending(), [], "nothing is asked of the server");
    station.tell(Message::Kept(Box::new(State { waiting: 1, ..kept(Link::Online) })));
    assert!(station.shows("one thing still to be sent"));
    assert!(station.shows("The network is back: lock with Ctrl L and sign in to work with the server"));
}

#[test]
fn conflicts_are_shown_until_a_clerk_has_settled_them_in_words() {
    let mut station = Station::at(Desk::Handover);
    station.register.conflicts = conflicts(&station);
    station.presses(Named::F1);
    station.settle();
    assert!(station.shows("2 things do not fit together"));
    station.presses(Named::F10);
    assert!(station.shows("Handed out twice") && station.shows("Handed out against Passport"));
    assert!(station.shows("Ola Hansen, counter C2"));
    assert!(station.shows("Handed out: National ID card"), "what the server has");
    station.types("\n");
    assert!(station.register.done.is_empty(), "no words, nothing settled");
    station.presses(Named::ArrowDown);
    station.types("1300 was meant\n");
    let settled = Ask::Settle { conflict: "2".into(), words: "1300 was meant".into() };
    assert!(station.register.done.contains(&settled));
    assert!(station.shows("Settled"));
    station.presses(Named::Escape);
    assert!(station.shows("One thing does not fit together"), "the other one is still there");
}

#[test]
fn what_was_handed_out_alone_is_taken_back_when_the_network_is_there_again() {
    let mut station = Station::at(Desk::Handover);
    cut_off(&mut station);
    station.types("karin\n");
    station.types(&format!("1{}\n", card(4711)));
    station.register.alone = false;
    // told to the server meanwhile, and changed there once more
    station.register.orders.iter_mut().for_each(|order| order.version += 3);
    station.tell(Message::Kept(Box::new(kept(Link::Online))));
    station.presses(Named::F9);
    station.settle();
    assert!(station.shows("The handover is taken back"));
    assert_eq!(station.register.of("karin").status, "ready");
}
