//! Production: batch, printer, tray.

use iced::keyboard::key::Named;
use kortautomat::desktop::counter::office::Ask;
use kortautomat::desktop::counter::{Desk, Trouble};

use super::Station;
use super::register::card;

#[test]
fn a_card_goes_from_the_printer_into_the_tray_by_a_scan_and_enter() {
    let mut station = Station::at(Desk::Production);
    station.types(&format!("M {}\n", card(4720)));
    assert_eq!(station.register.of("sverre").status, "printed");
    assert!(station.shows("A01"), "the first free slot is suggested");
    station.types("\n");
    assert_eq!(station.register.of("sverre").slot.as_deref(), Some("A01"));
    assert_eq!(station.register.of("sverre").status, "ready");
    station.types(&format!("{}\n", card(4721)));
    assert!(station.shows("A02"));
    for _ in 0..3 {
        station.presses(Named::Backspace);
    }
    station.types("c12\n");
    assert_eq!(station.register.of("tuva").slot.as_deref(), Some("C12"));
}

#[test]
fn without_a_scanner_enter_takes_the_marked_card() {
    let mut station = Station::at(Desk::Production);
    station.types("\n");
    assert_eq!(station.register.of("sverre").status, "printed");
    station.types("\n\n");
    assert_eq!(station.register.of("sverre").status, "ready");
    assert_eq!(station.register.of("tuva").status, "printed", "the mark moved on");
}

#[test]
fn a_batch_holds_what_is_approved_and_settled() {
    let mut station = Station::at(Desk::Production);
    assert!(station.shows("Print 3 cards") && station.shows("Waiting for payment"));
    station.presses(Named::F4);
    station.settle();
    assert_eq!(station.register.of("ingrid").status, "in_production");
    assert_eq!(station.register.of("norali").status, "approved", "not paid");
    assert!(station.shows("/media/usb/kort.pdf"));
    station.presses(Named::F4);
    assert!(station.shows("Nothing to print now"));
    assert_eq!(station.counter.pending(), []);
}

#[test]
fn a_misprint_kills_the_number() {
    let mut station = Station::at(Desk::Production);
    station.presses(Named::F7);
    station.types("ribbon torn\n");
    assert_eq!(station.register.of("sverre").status, "approved");
    assert!(station.shows("Sverre Aune’s card will be printed again"));
    station.types(&format!("{}\n", card(4720)));
    assert!(station.shows("The number is dead"));
}

#[test]
fn strange_scans_are_said_and_change_nothing() {
    let mut station = Station::at(Desk::Production);
    for (scan, words) in [
        ("hello\n".to_owned(), "This is not a card number"),
        (format!("{}\n", card(77)), "The card is in no batch"),
        (format!("{}\n", card(4711)), "The card already has its place"),
    ] {
        station.types(&scan);
        assert!(station.shows(words), "{words}");
    }
    assert!(station.register.done.is_empty());
    station.presses(Named::F6);
    assert_eq!(station.counter.pending().first().map(|(_, ask)| ask), Some(&Ask::SaveAlignment));
}

#[test]
fn a_saved_file_is_opened_by_a_key_and_its_failure_is_said() {
    let mut station = Station::at(Desk::Production);
    station.presses(Named::F9);
    assert!(station.counter.pending().is_empty(), "there is no file yet");
    station.presses(Named::F8);
    station.settle();
    assert!(station.shows("/media/usb/kort.pdf"));
    station.presses(Named::F9);
    station.fail(Trouble::NoViewer);
    assert!(station.shows("No program opens the file"));
    station.presses(Named::F9);
    station.settle();
    assert_eq!(station.register.done, [Ask::OpenFile("/media/usb/kort.pdf".into())]);
}
