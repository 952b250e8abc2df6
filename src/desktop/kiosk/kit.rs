//! What the screens work with: clock, randomness, the terminal, the judge, the choices of the command line.

use std::path::PathBuf;
use std::sync::Arc;

use iced::Size;
use jiff::Timestamp;

use super::photo;
use super::session::Session;
use crate::camera;
use crate::camera::turned::Turned;
use crate::desktop::office::Office;
use crate::desktop::sound::Sounds;
use crate::domain::rotation::Rotation;
use crate::sync::terminal::Terminal;
use crate::system::{Clock, Randomness, Stopwatch};
use crate::vision::models::Library;

/// See the module.
#[derive(Clone)]
pub struct Kit {
    pub clock: Clock,
    pub randomness: Randomness,
    pub stopwatch: Stopwatch,
    /// None before the terminal is enrolled and opened.
    pub terminal: Option<Terminal>,
    /// None before the server has said anything about this terminal.
    pub office: Option<Arc<Office>>,
    pub camera: camera::Choice,
    /// The command line named the camera: what was set up here does not count.
    pub camera_named: bool,
    pub rotation: Rotation,
    pub sounds: Sounds,
    /// A folder that is offered beside memory sticks.
    pub pictures: Option<PathBuf>,
    pub models: Library,
    /// The window in logical pixels.
    pub window: Size,
    /// Physical pixels of a logical one.
    pub scale: f32,
}

impl Kit {
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// What opens the camera, as it is mounted.
    pub fn opener(&self) -> Arc<dyn camera::Opener> {
        match self.rotation {
            Rotation::None => self.camera.opener(),
            rotation => Arc::new(Turned { opener: self.camera.opener(), rotation }),
        }
    }

    /// What the photo part is given; none before the server has said how photos are judged.
    pub fn photo_context(&self, session: &Session) -> Option<photo::Context> {
        let office = self.office.as_ref()?;
        Some(photo::Context {
            camera: self.opener(),
            patience: camera::Patience::default(),
            clock: self.clock.clone(),
            stopwatch: self.stopwatch.clone(),
            models: self.models.clone(),
            policy: Arc::clone(&office.policy),
            sounds: self.sounds.clone(),
            own_files: self.pictures.clone(),
            violation: office.prices.photo_violation,
            name: session.name().to_owned(),
        })
    }
}
