//! Handover: search, compare, scan, next.

use iced::keyboard::key::Named;
use kortautomat::desktop::counter::office::Ask;
use kortautomat::desktop::counter::{Desk, Trouble};
use kortautomat::sync::answer::ProblemCode;
use kortautomat::sync::answer::card::ReportKind;
use kortautomat::sync::answer::order::Wish;

use super::Station;
use super::register::{card, number, refused};

fn handed_out(station: &Station) -> Vec<(String, String)> {
    let wishes = station.register.done.iter();
    wishes
        .filter_map(|ask| match ask {
            Ask::Move { wish: Wish::HandOut { document, scanned }, .. } => {
                Some((document.clone(), scanned.clone()))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn a_card_is_handed_out_by_two_scans_and_one_key() {
    let mut station = Station::at(Desk::Handover);
    station.types(&format!("https://kort.example/o/{}\n", number(1)));
    assert!(station.shows("Kari Nordmann"));
    station.types("1");
    assert!(handed_out(&station).is_empty());
    station.types(&format!("M {}\n", card(4711)));
    assert_eq!(handed_out(&station), [("passport".to_owned(), card(4711))]);
    assert!(station.shows("Handed out to Kari Nordmann"));
    assert!(station.shows("Ready for the next one"), "the field waits for the next person");
}

#[test]
fn invariant_3_another_card_is_never_handed_out() {
    let mut station = Station::at(Desk::Handover);
    station.types("karin\n");
    station.types(&format!("2{}\n", card(4713)));
    assert!(station.shows("This is another card"));
    assert!(handed_out(&station).is_empty());
    station.types(&format!("{}\n", card(4711)));
    assert_eq!(handed_out(&station).len(), 1, "the right one still goes");
}

#[test]
fn a_scan_before_the_id_waits_for_it() {
    let mut station = Station::at(Desk::Handover);
    station.types("karin\n");
    // the number begins with 0, which is no document
    station.types(&format!("{}\n", card(4711)));
    assert!(station.shows("ID first"));
    assert!(handed_out(&station).is_empty());
    station.types("3");
    station.settle();
    assert_eq!(handed_out(&station), [("driving_licence".to_owned(), card(4711))]);
}

#[test]
fn a_scan_whose_first_digit_looks_like_a_choice_is_still_a_scan() {
    let mut station = Station::at(Desk::Handover);
    let scanned = card(200_000_000);
    let kari = station.register.orders.iter_mut().find(|order| order.user_name == "karin").unwrap();
    kari.card = Some(scanned.clone());
    station.types("karin\n");
    station.types(&format!("{scanned}\n"));
    assert!(station.shows("ID first"), "2 was the scan's first digit, not the ID card");
    station.types("1");
    station.settle();
    assert_eq!(handed_out(&station), [("passport".to_owned(), scanned)]);
}

#[test]
fn names_are_found_and_the_list_is_walked_by_arrows() {
    let mut station = Station::at(Desk::Handover);
    station.types("nord\n");
    for name in ["Kari Nordmann", "Maria Ann Nordby", "Ola Nordheim", "Astrid Nordli"] {
        assert!(station.shows(name), "{name}");
    }
    station.presses(Named::ArrowDown);
    station.types("\n");
    assert!(station.shows("The card is at another pickup place"));
}

#[test]
fn oyvind_is_found_and_brings_his_old_card_first() {
    let mut station = Station::at(Desk::Handover);
    station.types("oyvind\n");
    assert!(station.shows("Take in the old card first"));
    station.types(&format!("{}\n", card(4712)));
    assert!(station.shows("This is not the old card"));
    station.types(&format!("{}\n", card(1200)));
    assert!(station.register.done.contains(&Ask::Report { card: card(1200), what: ReportKind::TakenIn }));
    station.types(&format!("1{}\n", card(4712)));
    assert_eq!(handed_out(&station), [("passport".to_owned(), card(4712))]);
}

#[test]
fn a_handover_is_taken_back() {
    let mut station = Station::at(Desk::Handover);
    station.types("karin\n");
    station.types(&format!("1{}\n", card(4711)));
    station.presses(Named::F9);
    station.settle();
    assert_eq!(station.register.of("karin").status, "ready");
    assert!(station.shows("The handover is taken back"));
    station.presses(Named::F9);
    assert_eq!(station.counter.pending(), [], "only once");
}

#[test]
fn a_card_is_not_handed_out_for_a_reason() {
    let mut station = Station::at(Desk::Handover);
    station.types("karin\n");
    station.presses(Named::F4);
    assert!(station.shows("Do not hand out – why?"));
    station.types("2");
    station.settle();
    let withheld = Wish::Withhold { reason: "face_differs".into() };
    assert!(
        station.register.done.iter().any(|ask| matches!(ask, Ask::Move { wish, .. } if *wish == withheld))
    );
    assert!(station.shows("Noted: not handed out"));
}

#[test]
fn a_lost_card_is_blocked_after_enter_and_found_again() {
    let mut station = Station::at(Desk::Handover);
    station.types("lars\n");
    assert!(station.shows("Has a valid card"));
    station.presses(Named::F5);
    assert!(station.register.done.is_empty());
    station.types("\n");
    assert_eq!(station.register.cards.get(&card(1300)).unwrap().status, "blocked");
    assert!(station.shows("The card is blocked"));
    station.presses(Named::F6);
    station.types("\n");
    assert_eq!(station.register.cards.get(&card(1300)).unwrap().status, "active");
}

#[test]
fn payment_takes_the_slips_number() {
    let mut station = Station::at(Desk::Handover);
    station.types("norali\n");
    assert!(station.shows("The card is not paid"));
    station.presses(Named::F7);
    station.types("\n");
    assert!(station.register.done.is_empty(), "no slip, no payment");
    station.types("0042-1177\n");
    assert!(station.shows("The payment is recorded"));
    assert!(station.shows("NOK 150 paid, slip 0042-1177"));
}

#[test]
fn what_needs_a_person_is_said_and_settled() {
    let mut station = Station::at(Desk::Handover);
    station.types("olan\n");
    assert!(station.shows("The order must be settled first") && station.shows("Identity not proven"));
    station.presses(Named::F8);
    station.types("\n");
    assert_eq!(station.register.of("olan").status, "approved");
}

#[test]
fn people_without_an_order_are_told_what_they_can_do() {
    let mut station = Station::at(Desk::Handover);
    for (who, words) in [
        ("emma\n", "The semester fee is missing"),
        ("noor\n", "May order a card"),
        ("nobody at all\n", "Nothing found: nobody at all"),
    ] {
        station.types(who);
        assert!(station.shows(words), "{words}");
    }
}

#[test]
fn trouble_is_said_and_what_is_open_stays() {
    let mut station = Station::at(Desk::Handover);
    station.types("karin\n");
    station.types(&format!("1M{}", card(4711)));
    station.presses(Named::Enter);
    station.fail(Trouble::Offline);
    assert!(station.shows("The server does not answer") && station.shows("Offline"));
    assert!(station.shows("Kari Nordmann"));
    station.types(&card(4711).to_string());
    station.presses(Named::Enter);
    station.fail(refused(ProblemCode::Changed));
    station.settle();
    assert!(station.shows("Somebody else was faster"));
    station.types(&format!("{}\n", card(4711)));
    assert!(station.shows("Handed out to Kari Nordmann"));
}

#[test]
fn a_scan_confirms_nothing() {
    let mut station = Station::at(Desk::Handover);
    station.types("lars\n");
    station.presses(Named::F5);
    station.types(&format!("{}\n", card(4711)));
    assert!(station.register.done.is_empty(), "no card is blocked by a scan");
    assert!(station.shows("Kari Nordmann"), "the scan opens its order");
}
