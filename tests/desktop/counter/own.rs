//! A photo that the student brings as a file: the dialog is answered, the judge is the real one.

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use iced::keyboard::key::Named;
use kortautomat::desktop::counter::handover::own;
use kortautomat::desktop::counter::office::{Answer, Ask, Office};
use kortautomat::desktop::counter::{Desk, Dialogs, Message, Trouble, handover};
use kortautomat::desktop::photo::Chosen;
use kortautomat::desktop::photo::card::Card;
use kortautomat::domain::number::Number;
use kortautomat::domain::order;
use kortautomat::domain::person::Language;
use kortautomat::domain::place;
use kortautomat::seal::pin::AccessSecret;
use kortautomat::seal::signing::Signer;
use kortautomat::server::storage::terminals::Role;
use kortautomat::server::{Config, Server, demo};
use kortautomat::sync::client::{Client, Key};
use kortautomat::system::{Clock, Randomness, Stopwatch};
use kortautomat::texts::Texts;
use kortautomat::vision::picture::Picture;

use super::Station;

/// Longer than anything here takes on a busy machine.
const LONG: Duration = Duration::from_secs(90);

fn portrait() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/photos/portrait.jpg")
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/photos").join(name)
}

impl Station {
    /// Presses F11 and chooses this file in the dialog; none closes it.
    pub fn brings(&mut self, file: Option<PathBuf>) {
        *self.chosen.lock().unwrap() = file;
        self.presses(Named::F11);
        self.settle();
    }

    /// Lets the judge work until these words stand there.
    fn waits_for(&mut self, words: &str) {
        self.waits(|station| station.shows(words));
    }

    /// Lets the judge work until it has said something.
    pub fn waits_until_looked(&mut self) {
        let texts: Vec<String> = Language::ALL
            .map(|language| Texts::load(language).unwrap().counter_own_checking())
            .into_iter()
            .collect();
        self.waits(|station| !texts.iter().any(|words| station.shows(words)));
    }

    fn waits(&mut self, until: impl Fn(&mut Self) -> bool) {
        let (_never, pause) = mpsc::channel::<()>();
        let stopwatch = Stopwatch::system();
        while !until(self) {
            assert!(stopwatch.elapsed() < LONG, "the judge says nothing");
            let _ = pause.recv_timeout(Duration::from_millis(20));
            self.tell(Message::Handover(handover::Message::Own(own::Message::EyeTold)));
        }
    }
}

#[test]
fn a_photo_from_a_file_is_judged_looked_at_and_only_then_sent() {
    let mut station = Station::at(Desk::Handover);
    station.types("astrid\n");
    assert_eq!(station.register.of("astrid").status, "photo_refused");
    assert!(station.shows("Photo from a file"));
    station.brings(Some(portrait()));
    assert!(station.shows("The rules look at the photo …"));
    station.waits_for("The photo keeps to the rules");
    assert!(station.shows("Use this photo"));
    assert!(station.register.done.is_empty(), "nothing is sent before somebody has looked");
    station.types("\n");
    assert!(station.shows("The photo was replaced"));
    let order = station.register.of("astrid");
    assert_eq!((order.status.as_str(), order.photo.verdict.as_str()), ("approved", "accept"));
    assert!(!order.photo.insisted && order.photo.sha256.len() == 64);
}

#[test]
fn what_the_rules_doubt_goes_to_review_or_is_exchanged() {
    let mut station = Station::at(Desk::Handover);
    station.types("astrid\n");
    station.brings(Some(fixture("zoom_15cm.jpg")));
    station.waits_for("The rules have something against the photo");
    assert!(station.shows("Send to photo review") && !station.shows("Use this photo"));
    // who closes the dialog keeps what was looked at
    station.brings(None);
    assert!(station.shows("The rules have something against the photo"));
    station.brings(Some(portrait()));
    station.waits_for("The photo keeps to the rules");
    station.brings(Some(fixture("zoom_15cm.jpg")));
    station.waits_for("The rules have something against the photo");
    station.types("\n");
    let order = station.register.of("astrid");
    assert!(order.status == "review" && order.photo.insisted && !order.photo.findings.is_empty());
}

#[test]
fn a_file_that_is_no_picture_is_explained_and_the_next_one_can_be_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let texts = Texts::load(Language::English).unwrap();
    let mut station = Station::at(Desk::Handover);
    station.types("norali\n");
    let heic = file("IMG_2041.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic");
    let cut = file("a.jpg", b"\xFF\xD8\xFF\xE0cut off");
    let gone = folder.path().join("gone.png");
    for (path, words) in [
        (heic, texts.intake_heic()),
        (cut, texts.intake_truncated()),
        (gone, "The file cannot be opened. Is the memory stick still in?".to_owned()),
    ] {
        station.brings(Some(path));
        station.waits_for(&words);
        assert!(station.shows("The file cannot be used") && !station.shows("Use this photo"));
        station.types("\n");
        assert!(station.register.done.is_empty(), "an unusable file is never sent");
    }
    station.presses(Named::Escape);
    assert!(station.shows("The card is not paid"), "back at the order");
    // the dialog closed without a choice leads back as well
    station.brings(None);
    assert!(station.shows("The card is not paid"));
}

#[test]
fn a_photo_that_does_not_arrive_can_be_sent_again() {
    let mut station = Station::at(Desk::Handover);
    station.types("astrid\n");
    station.brings(Some(portrait()));
    station.waits_for("Use this photo");
    station.presses(Named::Enter);
    station.fail(Trouble::Offline);
    assert!(station.shows("The server does not answer") && station.shows("Use this photo"));
    station.types("\n");
    assert_eq!(station.register.of("astrid").status, "approved");
}

#[test]
fn orders_that_are_made_or_over_take_no_other_photo() {
    let mut station = Station::at(Desk::Handover);
    for who in ["karin\n", "sverre\n", "olan\n"] {
        station.types(who);
        assert!(!station.shows("Photo from a file"), "{who}");
        station.brings(Some(portrait()));
        assert!(station.chosen.lock().unwrap().is_some(), "the dialog did not open");
    }
}

#[tokio::test]
async fn invariant_8_the_server_takes_it_from_a_clerk_and_names_them() {
    let folder = tempfile::tempdir().unwrap();
    let (clock, randomness) = (Clock::system(), Randomness::system());
    let access = AccessSecret::generate(&randomness).unwrap();
    let public: [u8; 32] = hex::decode(access.public().to_string()).unwrap().try_into().unwrap();
    let made = demo::load(folder.path(), &public, &clock, &randomness).await.unwrap();
    let config = Config::new(folder.path().to_owned(), "127.0.0.1:0".parse().unwrap());
    let server = Server::start(config, clock, randomness.clone()).await.unwrap();
    let client = async |wanted: Role| {
        let line = &made.iter().find(|(role, _)| *role == wanted).unwrap().1;
        let key = Key::fleeting(line.code, Signer::generate(&Randomness::system()).unwrap(), 1);
        let client = Client::new(&format!("http://{}", server.local_addr()), None, key).unwrap();
        client.enrol(line.secret.as_str()).await.unwrap();
        client
    };
    let photo = |grey: u8| {
        let picture = image::RgbImage::from_pixel(900, 1200, image::Rgb([grey; 3]));
        Chosen::new(Card::unjudged(&Picture::new(picture)).unwrap(), "university".into(), true)
    };
    let kiosk = client(Role::Kiosk).await;
    let first = photo(90);
    kiosk.put_photo(&first.sha256(), first.jpeg().to_vec().into()).await.unwrap();
    let submission = kortautomat::wire::order::Submission {
        number: Number::new("K1".parse().unwrap(), 7).as_str().to_owned(),
        user_name: "ingridh".into(),
        identity: "unproven".into(),
        session: None,
        nonce: None,
        reason: "new".into(),
        place: "gjovik".into(),
        promised: None,
        submitted_at: 0,
        consents: Vec::new(),
        language: None,
        photo: first.told(None),
        sealed_pin: "00".repeat(77),
        pin_key_fingerprint: "00".repeat(32),
    };
    let order = kiosk.put_order(order::Id(randomness.uuid().unwrap()), &submission).await.unwrap();
    let counter = client(Role::Counter).await;
    let session = counter.sign_in("turid", "demo").await.unwrap();
    let office = Office {
        client: counter,
        token: Some(session.token),
        clerk: "turid".into(),
        here: place::Id::new("gjovik").unwrap(),
        alone: None,
        cut_off: false,
        print_folder: None,
        dialogs: Dialogs::of(|_| std::future::ready(None)),
    };
    let second = photo(120);
    let ask = Ask::ReplacePhoto { order: order.id, version: order.version, photo: second.clone() };
    let answer = office.carry_out(ask, randomness.uuid().unwrap()).await.unwrap();
    let Answer::Details(details) = answer else { panic!("{answer:?}") };
    assert_eq!((details.order.status.as_str(), &details.order.photo), ("review", &second.told(None)));
    let last = details.history.last().unwrap();
    assert_eq!((last.action.as_str(), last.actor.as_str()), ("replace_photo", "Turid Solberg"));
    server.shutdown().await.unwrap();
}
