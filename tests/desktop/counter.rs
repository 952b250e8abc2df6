//! The counter's desks, driven by key presses; the server's answers are given as it would give them.

mod alone;
mod handover;
mod own;
mod pictures;
mod production;
mod register;
mod review;
mod sign_in;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use futures_util::FutureExt;
use iced::keyboard::{self, Modifiers};
use iced::{Event, Settings};
use iced_test::{Simulator, simulator};
use kortautomat::desktop::counter::handover::own::Judging;
use kortautomat::desktop::counter::office::{Answer, Ask};
use kortautomat::desktop::counter::{
    self, Answered, Counter, Desk, Dialogs, Message, Question, Start, Trouble,
};
use kortautomat::desktop::theme::{Brand, Scheme};
use kortautomat::desktop::{Theme, font};
use kortautomat::domain::order::Prices;
use kortautomat::domain::person::Language;
use kortautomat::domain::place;
use kortautomat::seal::signing::Signer;
use kortautomat::sync::answer::{Account, Session, Token};
use kortautomat::sync::client::{Client, Key};
use kortautomat::system::{Randomness, Stopwatch};
use kortautomat::vision::models::Library;
use kortautomat::vision::policy;

use register::Register;

/// A counter as a clerk meets it, with a register behind it.
pub struct Station {
    pub counter: Counter,
    pub register: Register,
    /// What is chosen in the system's dialog, each time that it opens.
    pub chosen: Chosen,
    dialogs: Dialogs,
}

type Chosen = Arc<Mutex<Option<PathBuf>>>;

impl Station {
    /// Nobody is signed in.
    pub fn locked(language: Language, scheme: Scheme) -> Self {
        let key = Key::fleeting("C1".parse().unwrap(), Signer::from_bytes(&[7; 32]), 1);
        let chosen = Chosen::default();
        let file = Arc::clone(&chosen);
        let dialogs = Dialogs::of(move |_| std::future::ready(file.lock().unwrap().take()));
        let start = Start {
            // nothing listens there: every answer comes from the register
            client: Client::new("http://127.0.0.1:1", None, key).unwrap(),
            randomness: Randomness::of(|bytes| {
                bytes.fill(7);
                Ok(())
            }),
            place: place::Id::new("gjovik").unwrap(),
            places: register::places(),
            prices: Prices::default(),
            zone: jiff::tz::TimeZone::get("Europe/Oslo").unwrap(),
            brand: Brand::own().unwrap(),
            scheme,
            language,
            print_folder: None,
            dialogs: dialogs.clone(),
            judging: Judging {
                models: Library::of_this_machine(),
                policy: Arc::new(policy::default().unwrap()),
                stopwatch: Stopwatch::system(),
            },
            alone: None,
            setting_up: None,
            layout: None,
        };
        let texts = Arc::new(counter::load().unwrap());
        Self { counter: Counter::new(start, texts), register: Register::sample(), chosen, dialogs }
    }

    /// A clerk with all roles is at this desk, and everything that it reads was read.
    pub fn at(desk: Desk) -> Self {
        let mut station = Self::locked(Language::English, Scheme::Light);
        station.sign_in(&["handover", "review", "production"]);
        station.tell(Message::Open(desk));
        station.settle();
        station
    }

    pub fn sign_in(&mut self, roles: &[&str]) {
        let session = Session {
            token: Token("token".into()),
            account: Account::Staff {
                user_name: "liv".into(),
                name: "Liv Hansen".into(),
                roles: roles.iter().map(|role| (*role).to_owned()).collect(),
            },
        };
        self.tell(Message::SignedIn(Ok(Arc::new(session))));
    }

    /// Does something with the screen, and what follows from it.
    pub fn on<R>(&mut self, act: impl FnOnce(&mut Simulator<'_, Message, Theme>) -> R) -> R {
        let settings = Settings { fonts: font::files(), default_font: font::REGULAR, ..Settings::default() };
        let mut screen = Simulator::with_size(settings, self.counter.window(), self.counter.view());
        let result = act(&mut screen);
        let messages: Vec<Message> = screen.into_messages().collect();
        messages.into_iter().for_each(|message| self.tell(message));
        result
    }

    /// Gives the program a message.
    pub fn tell(&mut self, message: Message) {
        drop(self.counter.update(message));
    }

    /// Answers everything that was asked, also what the answers lead to.
    pub fn settle(&mut self) {
        while let Some((desk, ask)) = self.counter.pending().first().cloned() {
            let result = match ask {
                Ask::PickPhoto => {
                    self.dialogs.ask(Question::Picture).now_or_never().unwrap().map(Answer::Picked)
                }
                _ => self.register.answer(&ask),
            };
            self.answer(desk, ask, result);
        }
    }

    /// Answers the oldest wish with a trouble.
    pub fn fail(&mut self, trouble: Trouble) {
        let (desk, ask) = self.counter.pending().first().cloned().expect("something was asked");
        self.answer(desk, ask, Err(trouble));
    }

    fn answer(&mut self, desk: Desk, ask: Ask, result: Result<Answer, Trouble>) {
        let turn = self.counter.turn();
        self.tell(Message::Answered(Box::new(Answered { turn, desk, ask, result })));
    }

    /// Types one character after the other, as a scanner or a person does; Enter is `\n`.
    pub fn types(&mut self, text: &str) {
        for character in text.chars() {
            if character == '\n' {
                self.presses(keyboard::key::Named::Enter);
                self.settle();
            } else {
                self.on(|screen| screen.typewrite(&character.to_string()));
            }
        }
    }

    pub fn presses(&mut self, key: keyboard::key::Named) {
        self.on(|screen| screen.tap_key(key));
    }

    pub fn presses_with_control(&mut self, character: &str) {
        let key = keyboard::Key::Character(character.into());
        self.on(|screen| {
            let events = simulator::press_key(key, None);
            let Event::Keyboard(keyboard::Event::KeyPressed {
                key,
                modified_key,
                physical_key,
                location,
                ..
            }) = events
            else {
                panic!("a key press is a key press")
            };
            screen.simulate([Event::Keyboard(keyboard::Event::KeyPressed {
                key,
                modified_key,
                physical_key,
                location,
                modifiers: Modifiers::CTRL,
                text: None,
                repeat: false,
            })]);
        });
    }

    /// Whether these words stand on the screen.
    pub fn shows(&mut self, words: &str) -> bool {
        self.on(|screen| screen.find(words).is_ok())
    }

    /// The screen as a picture, for people to look at: written where `KORTAUTOMAT_PICTURES` says.
    pub fn picture(&mut self, name: &str) {
        let theme = self.counter.theme().clone();
        let snapshot = self.on(|screen| screen.snapshot(&theme).unwrap());
        if let Some(folder) = std::env::var_os("KORTAUTOMAT_PICTURES") {
            let path = std::path::PathBuf::from(folder).join(name);
            let _ = std::fs::remove_file(path.with_file_name(format!("{name}-tiny-skia.png")));
            snapshot.matches_image(path).unwrap();
        }
    }
}
