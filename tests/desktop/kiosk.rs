//! The kiosk's screens in the simulator: no window, no server, no camera.

mod flow;
mod idle;
mod layout;
mod phone;

use std::sync::Once;

use iced::{Event, Settings, Size, keyboard, window};
use iced_test::Simulator;
use iced_test::core::time::Instant;
use iced_test::selector;
use kortautomat::desktop::kiosk::{App, Message, System, preset};
use kortautomat::desktop::{Theme, font, report};
use kortautomat::domain::person::Language;

/// The kiosk on a preset's screen.
fn app(preset: &str, language: Language) -> App {
    preset::app(preset, language).unwrap().unwrap_or_else(|| panic!("no preset {preset}"))
}

fn simulator(app: &App, size: Size) -> Simulator<'_, Message, Theme> {
    static FONTS: Once = Once::new();
    let mut settings = Settings { default_font: font::REGULAR, ..Settings::default() };
    FONTS.call_once(|| settings.fonts = font::files());
    Simulator::with_size(settings, size, app.view())
}

const UPRIGHT: Size = Size::new(1080.0, 1920.0);

/// Does something on the screen, and lets the kiosk follow.
fn act(app: &mut App, act: impl FnOnce(&mut Simulator<'_, Message, Theme>)) {
    let mut screen = simulator(app, UPRIGHT);
    act(&mut screen);
    let messages: Vec<_> = screen.into_messages().collect();
    for message in messages {
        // what would go over the network is told by the test itself
        let _ = app.update(message);
    }
}

/// Touches a control.
fn touch(app: &mut App, id: &'static str) {
    let on = app.screen();
    act(app, |screen| {
        screen.click(selector::id(id)).unwrap_or_else(|error| panic!("{on}: no {id}: {error}"));
    });
}

/// Presses keys one after the other, on the same screen.
fn press(app: &mut App, keys: &[keyboard::key::Named]) {
    act(app, |screen| {
        for key in keys {
            screen.tap_key(*key);
        }
    });
}

/// Where everything is.
fn layout(app: &App, size: Size) -> report::Layout {
    let mut screen = simulator(app, size);
    #[expect(clippy::disallowed_methods, reason = "the event needs a moment, whichever")]
    let now = Instant::now();
    screen.simulate([Event::Window(window::Event::RedrawRequested(now))]);
    screen
        .into_messages()
        .find_map(|message| match message {
            Message::System(System::LaidOut(layout)) => Some(layout),
            _ => None,
        })
        .unwrap()
}
