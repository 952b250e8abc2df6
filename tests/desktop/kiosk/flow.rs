//! From the first touch to the receipt, by pointer and by keyboard alone.

use iced::keyboard::key::Named;
use jiff::Timestamp;
use kortautomat::desktop::kiosk::screen::{sign_in, summary};
use kortautomat::desktop::kiosk::{App, Message, System, chrome, staff};
use kortautomat::desktop::parcel::Parcel;
use kortautomat::domain::number::{Number, TerminalCode};
use kortautomat::domain::order;
use kortautomat::domain::person::Language;
use kortautomat::store::outbox::Accepted;
use kortautomat::sync::answer::{Account, Person, Session, Token};

use super::{act, app, press, touch};

/// What the server says when a student has signed in.
fn signed_in() -> Message {
    let person = Person {
        user_name: "karnor".into(),
        name: "Kari Nordmann".into(),
        legal_name: "Kari Nordmann".into(),
        student_number: "654321".into(),
        registered: true,
        fee_paid: true,
        valid_to: "2027-01-31".into(),
        cards: Vec::new(),
        orders: Vec::new(),
    };
    let account = Account::Student { person, forbidden_pins: Vec::new() };
    let session = Session { token: Token("test".into()), account };
    Message::SignIn(sign_in::Message::Answered(Ok(Parcel::new(session))))
}

fn accepted() -> Message {
    Message::Summary(summary::Message::Accepted(Ok(Accepted {
        id: order::Id(uuid::Uuid::nil()),
        number: Number::new(TerminalCode::nth(33), 77),
        at: Timestamp::UNIX_EPOCH,
    })))
}

fn on(app: &App, screen: &str) {
    assert_eq!(app.screen(), screen);
}

#[test]
fn a_student_goes_from_the_first_touch_to_the_photo_by_pointer() {
    for (language, tile) in [
        (Language::Bokmal, "language-nb"),
        (Language::Nynorsk, "language-nn"),
        (Language::English, "language-en"),
    ] {
        let mut app = app("Attract", Language::Bokmal);
        touch(&mut app, "begin");
        on(&app, "language");
        touch(&mut app, tile);
        on(&app, "sign-in");
        assert_eq!(app.language(), language);
        for key in ["key-k", "key-a", "key-r"] {
            touch(&mut app, key);
        }
        touch(&mut app, "key-enter");
        for key in ["key-shift", "key-Å", "key-signs", "key-!"] {
            touch(&mut app, key);
        }
        let _ = app.update(signed_in());
        on(&app, "overview");
        assert!(app.holds_somebody());
        touch(&mut app, "order");
        on(&app, "reason");
        touch(&mut app, "next");
        on(&app, "terms");
        touch(&mut app, "agree");
        touch(&mut app, "next");
        on(&app, "photo-choice");
        touch(&mut app, "back");
        on(&app, "terms");
        touch(&mut app, "start-over");
        on(&app, "attract");
        assert!(!app.holds_somebody());
        assert_eq!(app.language(), Language::Bokmal);
    }
}

#[test]
fn a_student_goes_from_the_pin_to_the_receipt_by_pointer() {
    let mut app = app("Pin", Language::English);
    on(&app, "pin");
    for key in ["key-1", "key-2", "key-3", "key-4"] {
        touch(&mut app, key);
    }
    touch(&mut app, "next");
    on(&app, "pin");
    for _ in 0..2 {
        for key in ["key-8", "key-3", "key-5", "key-9", "key-delete", "key-1"] {
            touch(&mut app, key);
        }
        touch(&mut app, "next");
    }
    on(&app, "place");
    touch(&mut app, "place-gjovik");
    touch(&mut app, "next");
    on(&app, "summary");
    touch(&mut app, "edit-place");
    on(&app, "place");
    touch(&mut app, "place-alesund");
    touch(&mut app, "next");
    on(&app, "summary");
    touch(&mut app, "back");
    on(&app, "place");
    touch(&mut app, "next");
    let _ = app.update(accepted());
    on(&app, "receipt");
    assert!(!app.holds_somebody(), "nothing personal is needed for the receipt");
    assert_eq!(app.language(), Language::English);
    touch(&mut app, "done");
    on(&app, "attract");
}

#[test]
fn a_student_needs_no_pointer() {
    let mut app = app("Attract", Language::Bokmal);
    press(&mut app, &[Named::Enter]);
    on(&app, "language");
    // the languages stand above; the arrows find the tile below them
    focus_and_press(&mut app, "language-nb");
    on(&app, "sign-in");
    act(&mut app, |screen| {
        screen.typewrite("kari");
    });
    press(&mut app, &[Named::Enter]);
    let _ = app.update(signed_in());
    focus_and_press(&mut app, "order");
    on(&app, "reason");
    focus_and_press(&mut app, "next");
    focus_and_press(&mut app, "agree");
    focus_and_press(&mut app, "next");
    on(&app, "photo-choice");
    press(&mut app, &[Named::Escape]);
    on(&app, "terms");

    let mut app = super::app("Pin", Language::Nynorsk);
    for _ in 0..2 {
        act(&mut app, |screen| {
            screen.typewrite("8351");
        });
        press(&mut app, &[Named::Enter]);
    }
    on(&app, "place");
    focus_and_press(&mut app, "place-dragvoll");
    focus_and_press(&mut app, "next");
    on(&app, "summary");
}

/// Goes on with Tab until this control has the focus, and presses it.
fn focus_and_press(app: &mut App, id: &str) {
    let order: Vec<_> = super::layout(app, super::UPRIGHT)
        .controls
        .into_iter()
        .filter(|control| control.enabled && !control.id.starts_with("key-"))
        .collect();
    let tabs = order.iter().position(|control| control.id == id).unwrap_or_else(|| panic!("no {id}")) + 1;
    assert!(order.iter().all(|control| !control.focused), "the focus starts nowhere on {}", app.screen());
    let mut keys = vec![Named::Tab; tabs];
    keys.push(Named::Enter);
    press(app, &keys);
}

#[test]
fn a_common_pin_is_explained_and_two_different_ones_start_again() {
    let mut app = app("Pin", Language::English);
    let enter = |app: &mut App, digits: &str| {
        act(app, |screen| {
            screen.typewrite(digits);
        });
        press(app, &[Named::Enter]);
    };
    enter(&mut app, "2908");
    on(&app, "pin");
    act(&mut app, |screen| {
        assert!(screen.find("Choose another PIN").is_ok());
    });
    enter(&mut app, "8351");
    on(&app, "pin-again");
    enter(&mut app, "8352");
    on(&app, "pin");
    act(&mut app, |screen| {
        assert!(screen.find("The two were not the same").is_ok());
    });
}

#[test]
fn the_language_changes_on_any_screen_and_nothing_is_lost() {
    let mut app = app("Pin", Language::Bokmal);
    for _ in 0..2 {
        act(&mut app, |screen| {
            screen.typewrite("8351");
        });
        touch(&mut app, "lang-en");
        assert_eq!(app.language(), Language::English);
        press(&mut app, &[Named::Enter]);
    }
    on(&app, "place");
}

#[test]
fn staff_leave_full_screen_by_five_touches_and_a_code_with_few_attempts() {
    let mut app = app("Attract", Language::Bokmal);
    for _ in 0..5 {
        let _ = app.update(Message::Chrome(chrome::Message::Staff(staff::Message::Corner)));
    }
    on(&app, "staff-exit");
    for _ in 0..5 {
        act(&mut app, |screen| {
            screen.typewrite("111111");
        });
        press(&mut app, &[Named::Enter]);
    }
    act(&mut app, |screen| {
        assert!(screen.find("For mange forsøk. Prøv igjen om ti minutter.").is_ok());
    });
    touch(&mut app, "close");
    on(&app, "attract");
}

#[test]
fn staff_reach_the_camera_by_keys_and_their_code_and_turn_its_picture() {
    let mut app = app("Attract", Language::English);
    let _ = app.update(Message::System(System::StaffCalled));
    on(&app, "staff-exit");
    act(&mut app, |screen| {
        screen.typewrite("482913");
    });
    touch(&mut app, "exit-camera");
    on(&app, "camera");
    act(&mut app, |screen| {
        assert!(screen.find("Turn the picture (0°)").is_ok());
    });
    touch(&mut app, "turn");
    act(&mut app, |screen| {
        assert!(screen.find("Turn the picture (90°)").is_ok());
    });
}
