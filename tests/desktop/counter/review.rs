//! Photo review by keyboard.

use iced::keyboard::key::Named;
use kortautomat::desktop::counter::Desk;
use kortautomat::desktop::counter::office::Ask;
use kortautomat::domain::person::Language;
use kortautomat::domain::photo::Rule;
use kortautomat::sync::answer::ProblemCode;
use kortautomat::sync::answer::order::Wish;
use kortautomat::texts::Texts;

use super::Station;
use super::register::refused;

#[test]
fn a_photo_is_accepted_by_one_key_and_the_next_comes() {
    let mut station = Station::at(Desk::Review);
    assert!(station.shows("The student thinks this photo is fine"));
    assert!(station.shows("Measured 0.081, at most 0.060"));
    assert!(station.shows("Judged by the rules “university”, version 0.1.0, and signed by K1."));
    station.types("a");
    station.settle();
    assert_eq!(station.register.of("wei").status, "approved");
    assert!(station.shows("Waiting: 1") && station.shows("Decided: 1"));
    assert!(station.shows("Judged by the rules “university”. There is no signed report."));
    station.types("a");
    station.settle();
    assert!(station.shows("No photo is waiting"));
}

#[test]
fn a_refusal_names_a_rule_and_has_words_for_the_student() {
    let mut station = Station::at(Desk::Review);
    station.types("r");
    assert_eq!(station.counter.screen(), "review-rule");
    station.presses(Named::Enter);
    assert_eq!(station.counter.screen(), "review-words");
    // the desk works in English; the student chose nynorsk
    let theirs = Texts::load(Language::Nynorsk).unwrap();
    let ready_made = theirs.counter_refusal_words(theirs.rule_title(Rule::MouthClosed));
    assert!(station.shows(&ready_made), "{ready_made}");
    assert!(station.shows("The student chose Nynorsk and gets the words as they stand here."));
    station.presses(Named::F6);
    assert!(station.shows("The student chose Nynorsk. F6 changes the language."));
    assert!(station.shows("The mouth is open. Please take a new photo; the rest goes by itself."));
    station.types(" Thank you!\n");
    let told = station.register.done.iter().find_map(|ask| match ask {
        Ask::Move { wish: Wish::RefusePhoto { rule, words }, .. } => Some((rule.clone(), words.clone())),
        _ => None,
    });
    let (rule, words) = told.unwrap();
    assert_eq!(rule, "mouth_closed");
    assert!(words.ends_with("Thank you!"), "{words}");
    assert_eq!(station.counter.screen(), "review");
}

#[test]
fn escape_goes_back_step_by_step_and_decides_nothing() {
    let mut station = Station::at(Desk::Review);
    station.types("r1");
    assert_eq!(station.counter.screen(), "review-words");
    station.presses(Named::Escape);
    assert_eq!(station.counter.screen(), "review-rule");
    station.presses(Named::Escape);
    assert_eq!(station.counter.screen(), "review");
    assert!(station.register.done.is_empty());
}

#[test]
fn what_a_colleague_decided_leaves_the_queue() {
    let mut station = Station::at(Desk::Review);
    station.register.orders.retain(|order| order.user_name != "wei");
    station.types("a");
    station.fail(refused(ProblemCode::Changed));
    station.settle();
    assert!(station.shows("Waiting: 1"));
    assert!(station.shows("Somebody else was faster"));
}

#[test]
fn the_next_student_is_told_in_their_own_language() {
    let mut station = Station::at(Desk::Review);
    station.types("r1");
    station.presses(Named::F6);
    station.types("\n");
    assert_eq!(station.register.of("wei").status, "photo_refused");
    station.types("r");
    station.presses(Named::Enter);
    assert!(station.shows("The student chose English and gets the words as they stand here."));
}
