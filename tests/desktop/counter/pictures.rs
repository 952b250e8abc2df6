//! Every screen is drawn, in every language and colour; where `KORTAUTOMAT_PICTURES` names a folder, the pictures stay there.

use iced::Size;
use iced::keyboard::key::Named;
use kortautomat::desktop::counter::{Desk, Message};
use kortautomat::desktop::theme::Scheme;
use kortautomat::domain::person::Language;

use super::register::card;
use super::{Station, alone};

const LARGE: Size = Size::new(1920.0, 1080.0);
const SMALL: Size = Size::new(1366.0, 768.0);

fn at(language: Language, scheme: Scheme, size: Size, desk: Desk) -> Station {
    let mut station = Station::locked(language, scheme);
    station.tell(Message::Resized(size));
    station.sign_in(&["handover", "review", "production"]);
    station.tell(Message::Open(desk));
    station.settle();
    station
}

#[test]
fn every_screen_is_drawn() {
    for (language, scheme, size) in [
        (Language::Bokmal, Scheme::Light, LARGE),
        (Language::Nynorsk, Scheme::Dark, SMALL),
        (Language::English, Scheme::HighContrast, SMALL),
    ] {
        let tag = language.tag();
        Station::locked(language, scheme).picture(&format!("{tag}-sign-in"));

        let mut desk = at(language, scheme, size, Desk::Handover);
        desk.picture(&format!("{tag}-handover"));
        desk.types("nord\n");
        desk.picture(&format!("{tag}-handover-list"));
        desk.types("karin\n");
        desk.picture(&format!("{tag}-handover-order"));
        desk.types("wilhelm\n");
        desk.picture(&format!("{tag}-handover-long-name"));
        desk.types("karin\n");
        desk.types("1");
        desk.picture(&format!("{tag}-handover-scan"));
        desk.types(&format!("{}\n", card(4711)));
        desk.picture(&format!("{tag}-handover-done"));
        desk.types("oyvind\n");
        desk.picture(&format!("{tag}-handover-worn"));
        desk.types("olan\n");
        desk.picture(&format!("{tag}-handover-held"));
        desk.types("lars\n");
        desk.presses(Named::F5);
        desk.picture(&format!("{tag}-handover-lost"));

        desk.presses(Named::Escape);
        desk.types("astrid\n");
        desk.picture(&format!("{tag}-handover-refused"));
        for (name, file) in [
            ("accepted", "assets/demo/photos/portrait.jpg"),
            ("doubted", "tests/fixtures/photos/zoom_15cm.jpg"),
            ("unusable", "Cargo.toml"),
        ] {
            desk.brings(Some(file.into()));
            desk.picture(&format!("{tag}-own-{name}-checking"));
            desk.waits_until_looked();
            desk.picture(&format!("{tag}-own-{name}"));
        }

        let mut desk = at(language, scheme, size, Desk::Handover);
        desk.register.conflicts = alone::conflicts(&desk);
        desk.presses(Named::F1);
        desk.settle();
        desk.picture(&format!("{tag}-conflicts-waiting"));
        desk.presses(Named::F10);
        desk.picture(&format!("{tag}-conflicts"));
        desk.presses(Named::Escape);
        alone::cut_off(&mut desk);
        desk.picture(&format!("{tag}-alone"));
        desk.types("karin\n");
        desk.picture(&format!("{tag}-alone-order"));
        desk.presses(Named::F12);
        desk.picture(&format!("{tag}-alone-needs"));
        desk.presses(Named::Escape);
        desk.presses(Named::Escape);
        desk.presses(Named::F5);
        desk.picture(&format!("{tag}-alone-block"));

        let mut desk = at(language, scheme, size, Desk::Review);
        desk.picture(&format!("{tag}-review"));
        desk.types("r");
        desk.picture(&format!("{tag}-review-rule"));
        desk.presses(Named::Enter);
        desk.picture(&format!("{tag}-review-words"));

        let mut desk = at(language, scheme, size, Desk::Production);
        desk.picture(&format!("{tag}-production"));
        desk.types(&format!("{}\n", card(4720)));
        desk.picture(&format!("{tag}-production-slot"));
    }
}
