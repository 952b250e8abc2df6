//! For staff: which camera, how it is mounted, and whether the camera screen is heard as well. Shown once after the terminal was enrolled, later behind the staff's code.

use iced::widget::{column, container, image, row, scrollable, sensor, space};
use iced::{Center, ContentFit, Fill, Size, Subscription, Task};

use crate::camera::preview::Look;
use crate::camera::{self, Camera, Choice, Patience, State, webcam};
use crate::desktop::Element;
use crate::desktop::boot::{self, Trouble};
use crate::desktop::icon::Icon;
use crate::desktop::kiosk::kit::Kit;
use crate::desktop::kiosk::page::{Frame, Page};
use crate::desktop::kiosk::photo::capture::trouble;
use crate::desktop::photo::ticks::Running;
use crate::desktop::sound::{Sounds, Tone};
use crate::desktop::theme::style;
use crate::desktop::widget::{Scene, button, notice, words};
use crate::domain::rotation::Rotation;

#[derive(Debug, Clone)]
pub enum Message {
    Listed(Vec<String>),
    CameraTold,
    /// The preview's place, logical pixels.
    Placed(Size),
    Chosen(Option<String>),
    Turned,
    /// On, or off again.
    SoundSwitched,
    Keep,
    Kept(Result<(), Trouble>),
}

pub enum Action {
    None,
    Run(Task<Message>),
    /// As it is now.
    Kept(Choice, Rotation, Sounds),
}

/// See the module.
pub struct Setup {
    names: Vec<String>,
    choice: Choice,
    rotation: Rotation,
    sounds: Sounds,
    camera: Option<Running<Camera>>,
    state: State,
    place: Option<Size>,
    shown: Option<image::Handle>,
    failed: Option<Trouble>,
}

impl Setup {
    /// With the camera running, and the task that lists the others.
    pub fn new(kit: &Kit) -> (Self, Task<Message>) {
        let mut setup = Self {
            names: Vec::new(),
            choice: kit.camera.clone(),
            rotation: kit.rotation,
            sounds: kit.sounds.clone(),
            camera: None,
            state: State::Starting,
            place: None,
            shown: None,
            failed: None,
        };
        setup.start(kit);
        let list = async { tokio::task::spawn_blocking(webcam::names).await.unwrap_or_default() };
        (setup, Task::perform(list, Message::Listed))
    }

    fn start(&mut self, kit: &Kit) {
        let kit = Kit { camera: self.choice.clone(), rotation: self.rotation, ..kit.clone() };
        (self.shown, self.state) = (None, State::Starting);
        // the one before lets its device go first
        self.camera = None;
        match Camera::start(kit.opener(), kit.clock.clone(), Patience::default()) {
            Ok(camera) => self.camera = Some(Running::new(camera)),
            Err(error) => {
                tracing::error!(%error, "no camera");
                self.state = State::Failed;
            }
        }
        self.look(kit.scale);
    }

    fn look(&self, scale: f32) {
        let (Some(camera), Some(place)) = (&self.camera, self.place) else { return };
        let side = |side: f32| (side * scale) as u32;
        camera.show(Some(Look { size: (side(place.width), side(place.height)), oval: None }));
    }

    pub fn update(&mut self, message: Message, kit: &Kit) -> Action {
        match message {
            Message::Listed(names) => self.names = names,
            Message::CameraTold => {
                let view = self.camera.as_ref().map(|camera| camera.view()).unwrap_or_default();
                self.state = view.state;
                self.shown = view.preview.map(|camera::Preview { width, height, rgba, .. }| {
                    image::Handle::from_rgba(width, height, rgba)
                });
            }
            Message::Placed(size) => {
                self.place = Some(size);
                self.look(kit.scale);
            }
            Message::Chosen(name) => {
                self.choice = Choice::Webcam(name);
                self.start(kit);
            }
            Message::Turned => {
                self.rotation = self.rotation.next();
                self.start(kit);
            }
            Message::SoundSwitched => {
                self.sounds = if self.sounds.is_on() { Sounds::off() } else { Sounds::on() };
                self.sounds.play(Tone::Good);
            }
            Message::Keep => {
                let Some(terminal) = kit.terminal.clone() else { return Action::None };
                let name = self.name().cloned();
                let keep = boot::remember_camera(terminal, name, self.rotation, self.sounds.is_on());
                return Action::Run(Task::perform(keep, Message::Kept));
            }
            Message::Kept(Ok(())) => {
                return Action::Kept(self.choice.clone(), self.rotation, self.sounds.clone());
            }
            Message::Kept(Err(trouble)) => self.failed = Some(trouble),
        }
        Action::None
    }

    /// The chosen camera's name; none: the first that works.
    fn name(&self) -> Option<&String> {
        match &self.choice {
            Choice::Webcam(name) => name.as_ref(),
            Choice::File(_) | Choice::Synthetic => None,
        }
    }

    pub fn subscription(&self) -> Subscription<Message> {
        let camera = self.camera.as_ref().map(Running::subscription).unwrap_or_else(Subscription::none);
        camera.map(|()| Message::CameraTold)
    }

    pub fn page<'a>(&'a self, scene: Scene<'a>, place: Option<&'a str>) -> Page<'a, Message> {
        let Scene { theme, texts, .. } = scene;
        let mirror: Element<'a, Message> = match (&self.shown, self.state) {
            (Some(handle), State::Live) => {
                image(handle.clone()).content_fit(ContentFit::Fill).width(Fill).height(Fill).into()
            }
            (None, State::Live) => space().width(Fill).height(Fill).into(),
            (_, state) => trouble::view(scene, state, false),
        };
        let mirror = sensor(mirror).on_show(Message::Placed).on_resize(Message::Placed);
        let camera = |id: String, says: String, name: Option<&String>| -> Element<'a, Message> {
            let chosen = matches!(self.choice, Choice::Webcam(_)) && self.name() == name;
            let content = row![
                Icon::Camera.view(theme.text.heading).style(style::primary),
                words::lead(theme, says.clone())
            ];
            button::tile(theme, id, says, content.spacing(theme.space.m).align_y(Center))
                .selected(chosen)
                .on_press(Message::Chosen(name.cloned()))
                .into()
        };
        let mut cameras = column![camera("camera-any".to_owned(), texts.kiosk_camera_any(), None)];
        for (at, name) in self.names.iter().enumerate() {
            cameras = cameras.push(camera(format!("camera-{at}"), name.clone(), Some(name)));
        }
        let mut choices = column![
            words::caption(theme, texts.kiosk_camera_which()),
            container(scrollable(cameras.spacing(theme.space.s))).max_height(theme.target * 3.5),
        ]
        .spacing(theme.space.s);
        if let Some(trouble) = self.failed {
            choices = choices.push(notice::notice(theme, notice::Kind::Warning, trouble.says(texts), None));
        }
        let degrees = f64::from(self.rotation.degrees());
        let turn =
            button::with_icon(theme, "turn", Icon::RotateCw, texts.kiosk_camera_turn(degrees)).secondary();
        let heard =
            if self.sounds.is_on() { texts.kiosk_camera_sound_on() } else { texts.kiosk_camera_sound_off() };
        let sound = button::with_icon(theme, "sound", Icon::Volume2, heard).secondary();
        let choices = choices
            .push(turn.width(Fill).on_press(Message::Turned))
            .push(sound.width(Fill).on_press(Message::SoundSwitched));
        let body: Element<'a, Message> = if scene.portrait() {
            column![container(mirror).height(Fill), choices].spacing(theme.space.l).height(Fill).into()
        } else {
            row![container(mirror).width(Fill).height(Fill), container(choices).width(Fill)]
                .spacing(theme.space.l)
                .height(Fill)
                .into()
        };
        let keep = button::with_icon(theme, "keep-camera", Icon::Check, texts.kiosk_camera_keep())
            .width(Fill)
            .on_press(Message::Keep);
        let page = Page::new("camera", texts.kiosk_camera_title(), body)
            .action(keep)
            .autofocus("keep-camera")
            .on_enter(Message::Keep)
            .frame(Frame::Top);
        match place {
            Some(place) => page.lead(texts.kiosk_camera_lead(place.to_owned())),
            None => page,
        }
    }
}
