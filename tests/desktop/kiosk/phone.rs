//! Signing in while the server is away: with a code from the phone, and with the user name alone.

use std::time::Duration;

use iced::keyboard::key::Named;
use jiff::SignedDuration;
use kortautomat::desktop::kiosk::screen::{phone, sign_in, summary};
use kortautomat::desktop::kiosk::{App, Message, System};
use kortautomat::domain::number::{Number, TerminalCode};
use kortautomat::domain::order;
use kortautomat::domain::person::{Language, UserName};
use kortautomat::domain::phone::{Nonce, Refusal};
use kortautomat::store::outbox::Accepted;

use super::{act, app, press, touch};

const TEXT: &str = "1109GX3N1RPB5E6KR0GN3WYH2MQZ1JZ3V5Q2B7K9D4T";

fn on(app: &App, screen: &str) {
    assert_eq!(app.screen(), screen);
}

fn shows(app: &mut App, text: &'static str) {
    let on = app.screen();
    act(app, |screen| {
        assert!(screen.find(text).is_ok(), "{on} does not say: {text}");
    });
}

fn tell(app: &mut App, message: phone::Message) {
    let _ = app.update(Message::Phone(message));
}

fn shown(app: &mut App) {
    tell(app, phone::Message::Shown(Ok((Nonce([3; 16]), TEXT.into()))));
}

fn refused(app: &mut App, refusal: Refusal) {
    tell(app, phone::Message::Answered(Err(phone::Trouble::Refused(refusal))));
}

/// At the sign-in, when the server did not answer.
fn away() -> App {
    let mut app = app("SignIn", Language::English);
    let offline = sign_in::Message::Answered(Err(sign_in::Refusal::Offline));
    let _ = app.update(Message::SignIn(offline));
    app
}

#[test]
fn where_the_server_is_away_the_phone_is_offered_and_signs_in() {
    let mut app = away();
    shows(&mut app, "You can sign in with your phone instead. It uses its own network.");
    touch(&mut app, "phone");
    on(&app, "phone");
    shown(&mut app);
    shows(&mut app, "Scan the QR code with your phone’s camera");
    touch(&mut app, "have-code");
    on(&app, "phone-code");
    for key in ["key-k", "key-a", "key-r", "key-enter", "key-7"] {
        touch(&mut app, key);
    }
    tell(&mut app, phone::Message::Answered(Ok(UserName::new("karnor").unwrap())));
    on(&app, "overview");
    shows(&mut app, "The kiosk has no network right now");
    shows(&mut app, "Hello, karnor!");
    touch(&mut app, "order");
    on(&app, "reason");
    shows(&mut app, "The old one is not blocked yet. Report it at a counter to have it blocked at once.");
    touch(&mut app, "start-over");
    assert!(!app.holds_somebody());
}

#[test]
fn the_phone_needs_no_pointer() {
    let mut app = app("Phone", Language::Nynorsk);
    press(&mut app, &[Named::Enter]);
    on(&app, "phone-code");
    act(&mut app, |screen| {
        screen.typewrite("karnor");
    });
    press(&mut app, &[Named::Enter]);
    on(&app, "phone-code");
    press(&mut app, &[Named::Escape]);
    on(&app, "phone");
    press(&mut app, &[Named::Tab, Named::Escape]);
    on(&app, "attract");
}

#[test]
fn what_was_wrong_is_told_and_a_closed_qr_code_makes_room_for_a_new_one() {
    let wait = SignedDuration::from_mins(8);
    for (refusal, says, stays) in [
        (Refusal::Wrong { left: 3 }, "The code does not fit the user name", true),
        (Refusal::Locked { wait }, "Too many wrong codes at this kiosk", true),
        (Refusal::Spent, "Five wrong codes: the QR code is closed", false),
        (Refusal::Used, "That code has been used already", false),
        (Refusal::Earlier, "That code belongs to an earlier QR code", false),
        (Refusal::Expired, "The QR code was shown for more than ten minutes", false),
    ] {
        let mut app = app("PhoneCode", Language::English);
        refused(&mut app, refusal);
        if stays {
            on(&app, "phone-code");
            shows(&mut app, says);
        } else {
            // a new one is asked for at once; this kiosk has no store to make one
            on(&app, "phone");
            shows(&mut app, "Making a QR code …");
        }
        assert!(!app.holds_somebody());
    }
}

#[test]
fn what_is_no_code_is_not_tried() {
    let mut app = app("PhoneCode", Language::English);
    act(&mut app, |screen| {
        screen.typewrite("karnor");
    });
    press(&mut app, &[Named::Tab]);
    touch(&mut app, "code");
    act(&mut app, |screen| {
        screen.click(iced_test::selector::id("code")).unwrap();
        screen.typewrite("1234");
    });
    touch(&mut app, "next");
    shows(&mut app, "Type your user name and all eight characters of the code.");
}

#[test]
fn without_a_phone_the_order_is_unproven_and_says_so_to_the_end() {
    let mut app = away();
    touch(&mut app, "phone");
    touch(&mut app, "no-phone");
    on(&app, "alone");
    shows(&mut app, "You must show valid ID when you pick up the card");
    act(&mut app, |screen| {
        screen.typewrite("karnor");
    });
    press(&mut app, &[Named::Enter]);
    on(&app, "overview");
    shows(&mut app, "Bring valid ID: we check who you are when you pick up the card.");
    let mut app = super::app("SummaryAlone", Language::English);
    let accepted = Accepted {
        id: order::Id(uuid::Uuid::nil()),
        number: Number::new(TerminalCode::nth(33), 77),
        at: jiff::Timestamp::UNIX_EPOCH,
    };
    let _ = app.update(Message::Summary(summary::Message::Accepted(Ok(accepted))));
    on(&app, "receipt");
    shows(&mut app, "Bring valid ID: your identity will be checked");
    assert!(!app.holds_somebody());
}

#[test]
fn a_qr_code_is_over_after_ten_minutes_whatever_the_clock_says() {
    #[expect(clippy::disallowed_methods, reason = "any moment serves as the zero")]
    let start = std::time::Instant::now();
    let mut app = app("Phone", Language::English);
    let second = |app: &mut App, now: u64| {
        let _ = app.update(Message::System(System::Ticked(start + Duration::from_secs(now))));
        let _ = app.update(Message::System(System::Touched));
    };
    (0..599).for_each(|now| second(&mut app, now));
    shows(&mut app, "The QR code is valid for one more minute.");
    second(&mut app, 599);
    shows(&mut app, "Making a QR code …");
}

#[test]
fn somebody_who_looks_at_a_phone_is_given_time() {
    #[expect(clippy::disallowed_methods, reason = "any moment serves as the zero")]
    let start = std::time::Instant::now();
    let mut app = app("Phone", Language::English);
    for now in 0..240 {
        let _ = app.update(Message::System(System::Ticked(start + Duration::from_secs(now))));
        on(&app, "phone");
    }
    for now in 240..261 {
        let _ = app.update(Message::System(System::Ticked(start + Duration::from_secs(now))));
    }
    on(&app, "attract");
}
