//! Every screen is drawn, in every language and colour; where `KORTAUTOMAT_PICTURES` names a folder, the pictures stay there.

use iced::keyboard::key::Named;
use kortautomat::desktop::counter::{Desk, Message};
use kortautomat::desktop::theme::Scheme;
use kortautomat::domain::person::Language;

use super::Station;
use super::register::card;

fn at(language: Language, scheme: Scheme, desk: Desk) -> Station {
    let mut station = Station::locked(language, scheme);
    station.sign_in(&["handover", "review", "production"]);
    station.tell(Message::Open(desk));
    station.settle();
    station
}

#[test]
fn every_screen_is_drawn() {
    for (language, scheme) in [
        (Language::Bokmal, Scheme::Light),
        (Language::Nynorsk, Scheme::Dark),
        (Language::English, Scheme::HighContrast),
    ] {
        let tag = language.tag();
        Station::locked(language, scheme).picture(&format!("{tag}-sign-in"));

        let mut desk = at(language, scheme, Desk::Handover);
        desk.picture(&format!("{tag}-handover"));
        desk.types("nord\n");
        desk.picture(&format!("{tag}-handover-list"));
        desk.types("karin\n");
        desk.picture(&format!("{tag}-handover-order"));
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

        let mut desk = at(language, scheme, Desk::Review);
        desk.picture(&format!("{tag}-review"));
        desk.types("r");
        desk.picture(&format!("{tag}-review-rule"));
        desk.presses(Named::Enter);
        desk.picture(&format!("{tag}-review-words"));

        let mut desk = at(language, scheme, Desk::Production);
        desk.picture(&format!("{tag}-production"));
        desk.types(&format!("{}\n", card(4720)));
        desk.picture(&format!("{tag}-production-slot"));
    }
}
