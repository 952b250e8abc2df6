//! The photo part with everything real behind it: a file as the camera, the networks, a folder as the memory stick.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use iced::advanced::widget::Id;
use iced::keyboard::key::Named;
use iced::widget::{column, container, row};
use iced::{Event, Fill, Point, Settings, Size, mouse};
use iced_test::Simulator;
use iced_test::selector::Candidate;
use kortautomat::camera::file::Files;
use kortautomat::camera::{Opener, Patience};
use kortautomat::desktop::kiosk::page::Frame;
use kortautomat::desktop::kiosk::photo::{Action, Context, Message, Photo, capture, files};
use kortautomat::desktop::photo::Chosen;
use kortautomat::desktop::sound::Sounds;
use kortautomat::desktop::theme::{Brand, Density, Scheme};
use kortautomat::desktop::widget::{Scene, control, stage, words};
use kortautomat::desktop::{Element, Theme, font};
use kortautomat::domain::order::Ore;
use kortautomat::domain::person::Language;
use kortautomat::system::{Clock, Stopwatch};
use kortautomat::texts::Texts;
use kortautomat::vision::models::Library;
use kortautomat::vision::policy;

pub const UPRIGHT: Size = Size::new(1080.0, 1920.0);
pub const LYING: Size = Size::new(1920.0, 1080.0);
/// Longer than anything here takes on a busy machine.
const LONG: Duration = Duration::from_secs(90);
/// Where the screens are written as pictures, for looking at them.
const PICTURES: &str = "KORTAUTOMAT_SCREENS";

pub fn photo(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/photos").join(name)
}

/// See the module.
pub struct Booth {
    pub photo: Photo,
    pub taken: Option<Chosen>,
    texts: Texts,
    theme: Theme,
    size: Size,
}

impl Booth {
    pub fn new(language: Language, size: Size, camera: impl Opener + 'static) -> Self {
        Self::with(language, size, Arc::new(camera), Library::of_this_machine(), None)
    }

    pub fn with(
        language: Language,
        size: Size,
        camera: Arc<dyn Opener>,
        models: Library,
        own_files: Option<PathBuf>,
    ) -> Self {
        let patience = Patience {
            opening: Duration::from_secs(20),
            frame: Duration::from_secs(5),
            retry: Duration::from_millis(50),
        };
        let photo = Photo::new(Context {
            camera,
            patience,
            clock: Clock::system(),
            stopwatch: Stopwatch::system(),
            models,
            policy: Arc::new(policy::default().unwrap()),
            sounds: Sounds::off(),
            own_files,
            violation: Ore(15_000),
            name: "Åse-Marie Østbø Nguyen".to_owned(),
        });
        let texts = Texts::load(language).unwrap();
        let theme = Brand::own().unwrap().theme(Density::Kiosk, Scheme::Light);
        Self { photo, taken: None, texts, theme, size }
    }

    /// A camera that shows this picture.
    pub fn showing(language: Language, size: Size, picture: &str) -> Self {
        Self::new(language, size, Files::new(photo(picture)))
    }

    pub fn screen(&self) -> String {
        self.photo.page(self.scene()).name.into_owned()
    }

    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    fn scene(&self) -> Scene<'_> {
        Scene { theme: &self.theme, texts: &self.texts, size: self.size }
    }

    fn element(&self) -> Element<'_, Message> {
        let page = self.photo.page(self.scene());
        let theme = &self.theme;
        let mut head = column![words::title(theme, page.title)].spacing(theme.space.m);
        if let Some(lead) = page.lead {
            head = head.push(words::lead(theme, lead));
        }
        let body = column![
            head,
            container(page.body).width(Fill).height(Fill),
            row(page.actions).spacing(theme.space.s)
        ];
        let lit = page.frame == Frame::Lit;
        let content = container(body.spacing(theme.space.l)).padding(theme.space.xl).width(Fill).height(Fill);
        let content = content.style(move |theme: &Theme| {
            let ground = if lit { theme.color.surface } else { theme.color.background };
            container::Style::default().background(ground).color(theme.color.text)
        });
        stage(page.name, content).autofocus(page.autofocus).on_enter(page.on_enter).into()
    }

    /// Lets a person do something on the screen as it is now.
    fn act(&mut self, act: impl FnOnce(&mut Simulator<'_, Message, Theme>)) {
        let messages: Vec<_> = {
            let mut simulator = self.simulator();
            // the first picture: the stage gives the focus, the mirror finds its size
            let _ = simulator.snapshot(&self.theme).unwrap();
            act(&mut simulator);
            simulator.into_messages().collect()
        };
        for message in messages {
            self.tell(message);
        }
    }

    fn simulator(&self) -> Simulator<'_, Message, Theme> {
        let settings = Settings { fonts: font::files(), default_font: font::REGULAR, ..Settings::default() };
        Simulator::with_size(settings, self.size, self.element())
    }

    pub fn tell(&mut self, message: Message) {
        match self.photo.update(message, 1.0) {
            Action::None => {}
            Action::Taken(chosen) => self.taken = Some(chosen),
        }
    }

    /// By pointer.
    pub fn press(&mut self, id: &str) {
        let id = Id::from(id.to_owned());
        self.act(|simulator| {
            simulator.click(id).unwrap();
        });
    }

    /// With the pointer down, from one place to another.
    pub fn drag(&mut self, from: Point, to: Point) {
        self.act(|simulator| {
            let mouse = |event| [Event::Mouse(event)];
            simulator.point_at(from);
            simulator.simulate(mouse(mouse::Event::ButtonPressed(mouse::Button::Left)));
            simulator.point_at(to);
            simulator.simulate(mouse(mouse::Event::CursorMoved { position: to }));
            simulator.simulate(mouse(mouse::Event::ButtonReleased(mouse::Button::Left)));
        });
    }

    /// By key alone, on whatever has the focus when the screen appears.
    pub fn key(&mut self, key: Named) {
        self.act(|simulator| {
            simulator.tap_key(key);
        });
    }

    /// Moves the focus so often, then presses.
    pub fn tab(&mut self, times: usize) {
        self.act(|simulator| {
            for _ in 0..times {
                simulator.tap_key(Named::Tab);
            }
            simulator.tap_key(Named::Space);
        });
    }

    pub fn look(&mut self) {
        self.act(|_| {});
    }

    pub fn shows(&self, words: &str) -> bool {
        self.simulator().find(words).is_ok()
    }

    pub fn has(&self, id: &str) -> bool {
        self.simulator().find(Id::from(id.to_owned())).is_ok()
    }

    /// Whether the control with this id has this label.
    pub fn labelled(&self, id: &str, label: &str) -> bool {
        self.there(|control| control.id == id && control.label == label)
    }

    /// Whether the control with this id can be pressed.
    fn enabled(&self, id: &str) -> bool {
        self.there(|control| control.id == id && control.enabled)
    }

    fn there(&self, wanted: impl Fn(&control::State) -> bool + Sync) -> bool {
        let wanted = |candidate: Candidate<'_>| match candidate {
            Candidate::Custom { state, .. } => {
                state.downcast_ref::<control::State>().filter(|control| wanted(control)).map(|_| ())
            }
            _ => None,
        };
        self.simulator().find(wanted).is_ok()
    }

    /// Lets camera, judge and memory stick work until this holds.
    pub fn wait(&mut self, what: &str, until: impl Fn(&Self) -> bool) {
        let (_never, pause) = mpsc::channel::<()>();
        let stopwatch = Stopwatch::system();
        while !until(self) {
            assert!(stopwatch.elapsed() < LONG, "waited in vain for {what}; the screen is {}", self.screen());
            let _ = pause.recv_timeout(Duration::from_millis(20));
            self.tell(Message::Capture(capture::Message::CameraTold));
            self.tell(Message::Files(files::Message::ShelfTold));
            self.tell(Message::EyeTold);
        }
    }

    pub fn wait_for(&mut self, screen: &str) {
        self.wait(screen, |booth| booth.screen() == screen);
    }

    /// Until another card photo was made in place of the one that is looked over.
    pub fn wait_until_made(&mut self) {
        self.wait("another card photo", |booth| booth.enabled("photo-again"));
    }

    /// The countdown without its seconds.
    pub fn count_down(&mut self) {
        for _ in 0..3 {
            self.tell(Message::Capture(capture::Message::Counted));
        }
    }

    /// Writes the screen as a picture, if somebody wants to look.
    pub fn picture(&self, name: &str) {
        let Some(folder) = std::env::var_os(PICTURES) else { return };
        let name = format!("{name}-{}-{}", self.texts.language().tag(), self.size.width);
        let snapshot = self.simulator().snapshot(&self.theme).unwrap();
        assert!(snapshot.matches_image(PathBuf::from(folder).join(name)).unwrap(), "an old picture is there");
    }
}
