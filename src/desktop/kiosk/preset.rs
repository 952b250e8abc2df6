//! The kiosk on each of its screens, with a made-up person and place: for tests, pictures and for looking at one screen
//! without going all the way.

mod photo;

use std::sync::Arc;

use jiff::civil::{Time, Weekday};

use super::kit::Kit;
use super::photo::Photo;
use super::screen::{
    Screen, alone, camera as camera_setup, done, overview, phone, pin, place, reason, receipt, setup,
    sign_in, summary, terms,
};
use super::session::{Errand, Proof, Session};
use super::{App, DESIGN, Options};
use crate::camera;
use crate::desktop::boot::Trouble;
use crate::desktop::office::Office;
use crate::desktop::photo::Chosen;
use crate::desktop::photo::card::Card;
use crate::desktop::pixels::{self, Shown};
use crate::desktop::report;
use crate::desktop::sound::Sounds;
use crate::desktop::start::Error;
use crate::desktop::theme::Brand;
use crate::domain::card::IdDocument;
use crate::domain::number::{Number, TerminalCode};
use crate::domain::order::{self, Identity, Ore, Prices, Reason, Status};
use crate::domain::person::{Language, UserName};
use crate::domain::phone::Refusal as Declined;
use crate::domain::photo::{Rule, Verdict};
use crate::domain::pin::{Forbidden, Pin, Refusal};
use crate::domain::place::{Hours, Id, Localized, Place};
use crate::domain::rotation::Rotation;
use crate::seal::pin::AccessKey;
use crate::sync::answer::{self, Account, Person, Token};
use crate::system::{Clock, NoRandomness, Randomness, Stopwatch};
use crate::texts::Texts;
use crate::vision::models::Library;
use crate::vision::policy;

/// A screen by its preset's name, and the name that it has in reports.
pub const ALL: [(&str, &str); 49] = [
    ("Starting", "starting"),
    ("Setup", "setup"),
    ("SetupOffline", "trouble"),
    ("Camera", "camera"),
    ("Attract", "attract"),
    ("Language", "language"),
    ("SignIn", "sign-in"),
    ("SignInWrong", "sign-in"),
    ("SignInLocked", "sign-in"),
    ("SignInDisabled", "sign-in"),
    ("SignInStaff", "sign-in"),
    ("SignInOffline", "sign-in"),
    ("Phone", "phone"),
    ("PhoneExpired", "phone"),
    ("PhoneCode", "phone-code"),
    ("PhoneWrong", "phone-code"),
    ("PhoneLocked", "phone-code"),
    ("Alone", "alone"),
    ("AloneRefused", "alone"),
    ("OverviewAlone", "overview"),
    ("OverviewEmpty", "overview"),
    ("OverviewCard", "overview"),
    ("OverviewUnregistered", "overview"),
    ("OverviewFee", "overview"),
    ("OverviewReady", "overview"),
    ("OverviewApproved", "overview"),
    ("OverviewRefused", "overview"),
    ("ReasonNew", "reason"),
    ("ReasonOld", "reason"),
    ("ReasonAlone", "reason"),
    ("Terms", "terms"),
    ("Photo", "photo-choice"),
    ("PhotoAccept", "photo-review"),
    ("PhotoFindings", "photo-review"),
    ("PhotoHeld", "photo-review"),
    ("PhotoCovering", "photo-review"),
    ("PhotoOwn", "photo-review"),
    ("PhotoCrop", "photo-crop"),
    ("Pin", "pin"),
    ("PinRefused", "pin"),
    ("PinAgain", "pin-again"),
    ("Place", "place"),
    ("Summary", "summary"),
    ("SummaryDisk", "summary"),
    ("SummaryAlone", "summary"),
    ("Receipt", "receipt"),
    ("ReceiptCheck", "receipt"),
    ("PhotoReplaced", "photo-replaced"),
    ("Cancelled", "cancelled"),
];

/// The kiosk as the preset shows it; none for a name that is none.
pub fn app(name: &str, language: Language) -> Result<Option<App>, Error> {
    let kit = Kit {
        clock: Clock::of(|| jiff::Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(24 * 20_777)),
        // a test's generator: nothing that it makes leaves the program
        randomness: Randomness::of(|bytes| -> Result<(), NoRandomness> {
            bytes.iter_mut().zip(1..).for_each(|(byte, value)| *byte = value);
            Ok(())
        }),
        stopwatch: Stopwatch::of(|| std::time::Duration::ZERO),
        terminal: None,
        office: office().map(Arc::new),
        camera: camera::Choice::Synthetic,
        camera_named: true,
        rotation: Rotation::default(),
        sounds: Sounds::off(),
        pictures: None,
        models: Library::in_folders(Vec::new()),
        window: DESIGN,
        scale: 1.0,
    };
    // reported, so that a test can ask where the controls are; written to nowhere
    let options = Options { windowed: true, report: Some(report::Writer::default()), ..Options::default() };
    let mut app = App::new(kit, Arc::new(Texts::load(language)?), Brand::own()?, options);
    let Some((screen, session)) = shown(name, &app.kit) else { return Ok(None) };
    app.screen = screen;
    app.session = session;
    app.dress();
    Ok(Some(app))
}

fn shown(name: &str, kit: &Kit) -> Option<(Screen, Option<Session>)> {
    let nobody = |screen: Screen| Some((screen, None));
    let sign_in = |refusal| Screen::SignIn(sign_in::SignIn::refused("olanor", refusal));
    let with = |session: Session, screen: &dyn Fn(&Session) -> Screen| {
        let screen = screen(&session);
        Some((screen, Some(session)))
    };
    let overview = |session: Session| {
        with(session, &|session| Screen::Overview(overview::Overview::new(kit, session).0))
    };
    match name {
        "Starting" => nobody(Screen::Setup(setup::Setup::default())),
        "Setup" => nobody(Screen::Setup(setup::Setup::troubled(Trouble::NotEnrolled))),
        "SetupOffline" => nobody(Screen::Setup(setup::Setup::troubled(Trouble::Offline))),
        "Camera" => nobody(Screen::Camera(Box::new(camera_setup::Setup::new(kit).0))),
        "Attract" => nobody(Screen::Attract),
        "Language" => nobody(Screen::Language),
        "SignIn" => nobody(Screen::SignIn(sign_in::SignIn::default())),
        "SignInWrong" => nobody(sign_in(sign_in::Refusal::Wrong)),
        "SignInLocked" => nobody(sign_in(sign_in::Refusal::Locked { minutes: 12 })),
        "SignInDisabled" => nobody(sign_in(sign_in::Refusal::Disabled)),
        "SignInStaff" => nobody(sign_in(sign_in::Refusal::Staff)),
        "SignInOffline" => nobody(sign_in(sign_in::Refusal::Offline)),
        "Phone" => nobody(phone_with(false, None)),
        "PhoneExpired" => nobody(phone_with(false, Some(phone::Trouble::Refused(Declined::Expired)))),
        "PhoneCode" => nobody(phone_with(true, None)),
        "PhoneWrong" => nobody(phone_with(true, Some(phone::Trouble::Refused(Declined::Wrong { left: 3 })))),
        "PhoneLocked" => {
            let wait = jiff::SignedDuration::from_mins(8);
            nobody(phone_with(true, Some(phone::Trouble::Refused(Declined::Locked { wait }))))
        }
        "Alone" => nobody(Screen::Alone(alone::Alone::default())),
        "AloneRefused" => nobody(Screen::Alone(alone::Alone::refused("ola nordmann"))),
        "OverviewAlone" => overview(unproven()?),
        "OverviewEmpty" => overview(somebody()?),
        "OverviewCard" => overview(with_card(somebody()?)),
        "OverviewUnregistered" => {
            let mut session = somebody()?;
            session.person.as_mut()?.registered = false;
            overview(session)
        }
        "OverviewFee" => {
            let mut session = somebody()?;
            session.person.as_mut()?.fee_paid = false;
            overview(session)
        }
        "OverviewReady" => overview(with_order(somebody()?, Status::Ready)),
        "OverviewApproved" => overview(with_order(somebody()?, Status::Approved)),
        "OverviewRefused" => overview(with_order(somebody()?, Status::PhotoRefused)),
        "ReasonNew" => with(somebody()?, &|session| Screen::Reason(reason::Reason::new(session))),
        "ReasonOld" => with(with_card(somebody()?), &|session| Screen::Reason(reason::Reason::new(session))),
        "ReasonAlone" => with(unproven()?, &|session| Screen::Reason(reason::Reason::new(session))),
        "Terms" => with(somebody()?, &|_| Screen::Terms(terms::Terms::default())),
        "Pin" => with(midway()?, &|_| Screen::Pin(pin::Pin::default())),
        "PinRefused" => {
            with(somebody()?, &|_| Screen::Pin(pin::Pin::refused(pin::Trouble::Refused(Refusal::Sequence))))
        }
        "PinAgain" => {
            let first = Pin::new([8, 3, 5, 1])?;
            with(midway()?, &|_| Screen::Pin(pin::Pin::again(first.clone())))
        }
        "Place" => with(midway()?, &|session| Screen::Place(place::Place::new(session))),
        "Summary" => with(ordering(kit)?, &|session| Screen::Summary(summary::Summary::new(kit, session))),
        "SummaryAlone" => {
            let mut session = ordering(kit)?;
            (session.person, session.proof) = (None, Proof::None);
            with(session, &|session| Screen::Summary(summary::Summary::new(kit, session)))
        }
        "SummaryDisk" => with(ordering(kit)?, &|session| {
            Screen::Summary(summary::Summary::new(kit, session).troubled(summary::Trouble::Disk))
        }),
        "Receipt" => nobody(Screen::Receipt(receipt_of(kit, Identity::Proven)?)),
        "ReceiptCheck" => nobody(Screen::Receipt(receipt_of(kit, Identity::Unproven)?)),
        "PhotoReplaced" => nobody(Screen::Done(done::Done::PhotoReplaced)),
        "Cancelled" => nobody(Screen::Done(done::Done::Cancelled)),
        name => {
            let session = midway()?;
            let photo = photo::shown(name, Photo::new(kit.photo_context(&session)?))?;
            Some((Screen::Photo(Box::new(photo)), Some(session)))
        }
    }
}

/// A QR code of a made-up challenge.
fn phone_with(typing: bool, trouble: Option<phone::Trouble>) -> Screen {
    Screen::Phone(phone::Phone::preset("1109GX3N1RPB5E6KR0GN3WYH2MQZ1JZ3V5Q2B7K9D4T", typing, trouble))
}

/// Somebody with a user name and nothing else.
fn unproven() -> Option<Session> {
    Some(Session::alone(UserName::new("olanor")?, Proof::None, order::Id(uuid::Uuid::nil())))
}

fn receipt_of(kit: &Kit, identity: Identity) -> Option<receipt::Receipt> {
    let number = Number::new(kit.office.as_ref()?.code, 0x2AAA_1234);
    let place = Id::new("gloshaugen")?;
    Some(receipt::Receipt { number, place, promise: None, price: Ore(15_000), identity })
}

fn office() -> Option<Office> {
    Some(Office {
        code: TerminalCode::nth(33),
        place: Id::new("gloshaugen")?,
        places: [
            ("gloshaugen", "Gløshaugen"),
            ("dragvoll", "Dragvoll"),
            ("gjovik", "Gjøvik"),
            ("alesund", "Ålesund"),
        ]
        .into_iter()
        .filter_map(|(id, name)| place_of(id, name))
        .collect(),
        prices: Prices::default(),
        public_url: "https://kort.example".to_owned(),
        access_key: AccessKey::from_bytes([7; 32]),
        policy: Arc::new(policy::default().ok()?),
        exit: Some(Arc::new(|code| code == "482913")),
    })
}

fn place_of(id: &str, name: &str) -> Option<Place> {
    let hours = |day| Hours { day, from: Time::constant(10, 0, 0, 0), to: Time::constant(14, 0, 0, 0) };
    let days = [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
    Some(Place {
        id: Id::new(id)?,
        name: Localized { nb: name.into(), nn: name.into(), en: name.into() },
        address: "Høgskoleringen 1".into(),
        directions: Localized {
            nb: "Inn hovedinngangen og ned trappen.".into(),
            nn: "Inn hovudinngangen og ned trappa.".into(),
            en: "Through the main entrance and down the stairs.".into(),
        },
        hours: days.map(hours).to_vec(),
        closed: [].into(),
        documents: IdDocument::ALL.to_vec(),
        position: None,
    })
}

/// A student without card or order.
fn somebody() -> Option<Session> {
    let person = Person {
        user_name: "olanor".into(),
        name: "Ola Nordmann".into(),
        legal_name: "Ola Nordmann".into(),
        student_number: "123456".into(),
        registered: true,
        fee_paid: true,
        valid_to: "2027-01-31".into(),
        cards: Vec::new(),
        orders: Vec::new(),
    };
    let account = Account::Student { person, forbidden_pins: Vec::new() };
    let answer = answer::Session { token: Token("preset".into()), account };
    let mut session = Session::begin(answer, order::Id(uuid::Uuid::nil())).ok()?;
    session.forbidden = vec![Forbidden::new([2, 9, 0, 8])];
    Some(session)
}

/// The same, when reason, terms and photo are settled.
fn midway() -> Option<Session> {
    let mut session = somebody()?;
    session.reason = Some(Reason::New);
    session.consents = Some(vec![terms::CARD.to_owned()]);
    session.photo = Some(photo::portrait());
    Some(session)
}

fn with_card(mut session: Session) -> Session {
    if let Some(person) = &mut session.person {
        person.cards.push(answer::card::Card {
            number: "0012345674".into(),
            owner: "olanor".into(),
            status: "active".into(),
            valid_from: "2026-08-01".into(),
            valid_to: "2027-01-31".into(),
            produced_at: None,
        });
    }
    session
}

fn with_order(mut session: Session, status: Status) -> Session {
    let refusal = (status == Status::PhotoRefused).then(|| answer::order::Refusal {
        rule: Some(Rule::EvenLight.code().into()),
        words: "Den ene siden av ansiktet er i skygge.".into(),
    });
    if let Some(person) = &mut session.person {
        person.orders.push(answer::order::Order {
            id: uuid::Uuid::nil().to_string(),
            number: Number::new(TerminalCode::nth(33), 0x2AAA_1234).as_str().to_owned(),
            user_name: "olanor".into(),
            name: "Ola Nordmann".into(),
            status: status.code().into(),
            identity: "proven".into(),
            reason: Reason::New.code().into(),
            place: "gjovik".into(),
            promised: Some("2026-11-26".into()),
            received_at: 0,
            payment: answer::order::Payment::Free,
            photo: answer::order::Photo {
                sha256: String::new(),
                verdict: Verdict::Accept.code().into(),
                policy: "university".into(),
                findings: Vec::new(),
                insisted: false,
                report: None,
                signed_by: None,
            },
            card: None,
            slot: None,
            refusal,
            pin_delivered: true,
            language: "nb".into(),
            version: 1,
        });
    }
    session
}

/// Everything chosen.
fn ordering(kit: &Kit) -> Option<Session> {
    let mut session = somebody()?;
    session.errand = Errand::Order;
    session.reason = Some(Reason::Lost);
    session.consents = Some(vec![terms::CARD.to_owned()]);
    session.photo = Some(photo::portrait());
    session.place = Id::new("gjovik");
    let key = kit.office.as_ref()?.access_key.clone();
    session.pin = crate::seal::pin::seal(&key, session.id, &Pin::new([8, 3, 5, 1])?, &kit.randomness).ok();
    Some(session)
}

const WIDTH: u32 = 462;
const HEIGHT: u32 = 600;

/// A head and shoulders, drawn.
fn picture() -> iced::widget::image::Handle {
    let (width, height) = (WIDTH, HEIGHT);
    let inside = |x: f32, y: f32, cx: f32, cy: f32, rx: f32, ry: f32| {
        ((x - cx) / rx).powi(2) + ((y - cy) / ry).powi(2) < 1.0
    };
    let mut rgba = Vec::with_capacity((width * height * 4) as usize);
    for y in 0..height {
        for x in 0..width {
            let (x, y) = (x as f32 / width as f32, y as f32 / height as f32);
            let color = if inside(x, y, 0.5, 0.45, 0.26, 0.27) {
                [206, 158, 130, 255]
            } else if inside(x, y, 0.5, 0.40, 0.30, 0.28) {
                [70, 48, 38, 255]
            } else if inside(x, y, 0.5, 1.0, 0.48, 0.30) {
                [38, 70, 96, 255]
            } else {
                [226, 229, 231, 255]
            };
            rgba.extend(color);
        }
    }
    pixels::handle(width, height, rgba)
}
