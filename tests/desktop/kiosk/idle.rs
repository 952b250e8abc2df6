//! Nobody is there any more (invariants 5 and 12).

use std::time::{Duration, Instant};

use iced::keyboard::key::Named;
use kortautomat::desktop::kiosk::{App, Message, System};
use kortautomat::domain::person::Language;

use super::{app, press, touch};

fn seconds(app: &mut App, start: Instant, range: std::ops::Range<u64>) {
    for second in range {
        let _ = app.update(Message::System(System::Ticked(start + Duration::from_secs(second))));
    }
}

fn start() -> Instant {
    #[expect(clippy::disallowed_methods, reason = "any moment serves as the zero")]
    Instant::now()
}

#[test]
fn invariant_5_everything_is_wiped_after_a_warning() {
    let start = start();
    for preset in ["SignInWrong", "OverviewReady", "Pin", "Summary", "Receipt"] {
        let mut app = app(preset, Language::English);
        seconds(&mut app, start, 0..60);
        assert_ne!(app.screen(), "idle", "{preset}");
        seconds(&mut app, start, 60..80);
        assert_eq!(app.screen(), "idle", "{preset}");
        seconds(&mut app, start, 80..81);
        assert_eq!(app.screen(), "attract", "{preset}");
        assert!(!app.holds_somebody(), "{preset}");
    }
}

#[test]
fn invariant_12_a_touch_or_a_key_extends_as_often_as_one_likes() {
    let start = start();
    let mut app = app("Terms", Language::Nynorsk);
    let mut now = 0;
    for round in 0..12 {
        seconds(&mut app, start, now..now + 70);
        now += 70;
        assert_eq!(app.screen(), "idle");
        if round % 2 == 0 {
            touch(&mut app, "stay");
        } else {
            press(&mut app, &[Named::ArrowDown]);
        }
        assert_eq!(app.screen(), "terms");
    }
    assert!(app.holds_somebody());
}
