//! Signing in, locking, and the change of clerks.

use iced::keyboard::key::Named;
use kortautomat::desktop::counter::{Answered, Desk, Message};
use kortautomat::desktop::theme::Scheme;
use kortautomat::domain::person::Language;
use kortautomat::sync::answer::ProblemCode;

use super::Station;
use super::register::refused;

#[test]
fn a_clerk_types_both_and_the_password_is_never_shown() {
    let mut station = Station::locked(Language::English, Scheme::Light);
    assert_eq!(station.counter.screen(), "sign-in");
    // each in one go: the simulator's widgets start afresh with every step, in the field that is empty
    station.on(|screen| screen.typewrite("liv"));
    station.on(|screen| screen.typewrite("hemmelig"));
    assert!(station.shows("liv") && !station.shows("hemmelig"));
}

#[test]
fn refusals_are_said_in_words() {
    let mut station = Station::locked(Language::English, Scheme::Light);
    station.tell(Message::SignedIn(Err(refused(ProblemCode::WrongPassword))));
    assert!(station.shows("Wrong user name or password"));
    station.tell(Message::SignedIn(Err(refused(ProblemCode::WrongKind))));
    assert!(station.shows("This is a student’s account"));
}

#[test]
fn roles_decide_the_desks() {
    let mut station = Station::locked(Language::English, Scheme::Light);
    station.sign_in(&["review"]);
    station.settle();
    assert_eq!(station.counter.screen(), "review");
    station.presses(Named::F1);
    assert_eq!(station.counter.screen(), "review", "no other desk for this clerk");
    let mut nobody = Station::locked(Language::English, Scheme::Light);
    nobody.sign_in(&["administrator"]);
    assert_eq!(nobody.counter.screen(), "sign-in");
}

#[test]
fn desks_are_changed_by_key() {
    let mut station = Station::at(Desk::Handover);
    for (key, screen) in [(Named::F2, "review"), (Named::F3, "production"), (Named::F1, "handover")] {
        station.presses(key);
        station.settle();
        assert_eq!(station.counter.screen(), screen);
    }
}

#[test]
fn locking_wipes_the_desk_and_late_answers_are_nobodys() {
    let mut station = Station::at(Desk::Handover);
    station.types("karin");
    station.presses(Named::Enter);
    let turn = station.counter.turn();
    let (desk, ask) = station.counter.pending().first().cloned().unwrap();
    station.presses_with_control("l");
    assert_eq!(station.counter.screen(), "sign-in");
    let result = station.register.answer(&ask);
    station.tell(Message::Answered(Box::new(Answered { turn, desk, ask, result })));
    assert_eq!(station.counter.pending(), []);
    assert!(station.shows("liv"), "only the password has to be typed");
    station.sign_in(&["handover"]);
    assert!(!station.shows("Kari Nordmann"));
    assert!(station.shows("Ready for the next one"));
}

#[test]
fn an_ended_session_asks_for_the_password_again() {
    let mut station = Station::at(Desk::Handover);
    station.types("karin");
    station.presses(Named::Enter);
    station.fail(refused(ProblemCode::SessionExpired));
    assert_eq!(station.counter.screen(), "sign-in");
    assert!(station.shows("You are signed out"));
}

#[test]
fn nobody_there_for_ten_minutes_locks_the_desk() {
    let mut station = Station::at(Desk::Handover);
    for _ in 0..39 {
        station.tell(Message::Ticked);
    }
    assert_eq!(station.counter.screen(), "handover");
    station.presses(Named::ArrowDown);
    for _ in 0..39 {
        station.tell(Message::Ticked);
    }
    assert_eq!(station.counter.screen(), "handover", "a key starts the time again");
    station.tell(Message::Ticked);
    assert_eq!(station.counter.screen(), "sign-in");
}
