//! Starts the kiosk's window.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use iced::window;
use iced::{Size, Task};

use super::kit::Kit;
use super::{App, DESIGN, Message, Options};
use crate::camera;
use crate::desktop::sound::Sounds;
use crate::desktop::start::{self, EXIT_USAGE};
use crate::desktop::{Theme, font, report};
use crate::domain::rotation::Rotation;
use crate::system::{Clock, Randomness, Stopwatch};
use crate::texts::Texts;
use crate::vision::models::Library;

/// The program's exit code when staff left full screen: whoever restarts it leaves it be.
pub const EXIT_STAFF: u8 = 10;

/// What the command line says.
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    pub common: start::Arguments,
    /// webcam, webcam:NAME, file:PATH or synthetic
    #[arg(long, value_name = "CAMERA")]
    pub camera: Option<String>,
    /// A folder of pictures that is offered beside memory sticks
    #[arg(long, value_name = "DIR")]
    pub pictures: Option<PathBuf>,
}

/// Runs the kiosk until it is left.
pub fn run(arguments: Arguments) -> ExitCode {
    match start(arguments) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            let mut says = error.to_string();
            let mut cause = std::error::Error::source(&error);
            while let Some(error) = cause {
                says.push_str(": ");
                says.push_str(&error.to_string());
                cause = error.source();
            }
            if let (start::Error::NoDisplay, Ok(texts)) = (&error, start::texts()) {
                says = texts.desktop_no_display();
            }
            eprintln!("kortautomat: {says}");
            ExitCode::from(EXIT_USAGE)
        }
    }
}

fn start(arguments: Arguments) -> Result<u8, start::Error> {
    if !start::has_display() {
        return Err(start::Error::NoDisplay);
    }
    let common = arguments.common;
    let data = common.data.clone().unwrap_or_else(|| start::data_folder("kiosk"));
    let _log = start::log(&data)?;
    tracing::info!(version = env!("CARGO_PKG_VERSION"), data = %data.display(), "the kiosk starts");
    let texts = Texts::load(common.language())?;
    let brand = common.brand()?;
    let camera = arguments.camera.or_else(|| std::env::var(camera::choice::VARIABLE).ok());
    let camera = camera.as_deref().map(str::parse::<camera::Choice>).transpose().unwrap_or_else(|error| {
        tracing::error!(%error, "the first camera that works is used");
        None
    });
    let kit = Kit {
        clock: Clock::system(),
        randomness: Randomness::system(),
        stopwatch: Stopwatch::system(),
        terminal: None,
        office: None,
        camera_named: camera.is_some(),
        camera: camera.unwrap_or(camera::Choice::Webcam(None)),
        rotation: Rotation::default(),
        sounds: Sounds::off(),
        pictures: arguments.pictures,
        models: Library::of_this_machine(),
        window: DESIGN,
        scale: 1.0,
    };
    let windowed = common.windowed();
    let options = Options {
        data,
        windowed: windowed.is_some(),
        report: common.report_layout.map(report::Writer::new),
        exit_code: Arc::default(),
    };
    let code = Arc::clone(&options.exit_code);
    let texts = Arc::new(texts);
    let boot = move || {
        let app = App::new(kit.clone(), Arc::clone(&texts), brand.clone(), options.clone());
        let task = app.boot();
        (app, task)
    };
    program(boot, windowed)?;
    Ok(code.load(Ordering::Relaxed))
}

/// The window around a kiosk: full screen where no size is given.
fn program(boot: impl Fn() -> (App, Task<Message>) + 'static, windowed: Option<Size>) -> iced::Result {
    let settings = window::Settings {
        size: windowed.unwrap_or(DESIGN),
        fullscreen: windowed.is_none(),
        decorations: windowed.is_some(),
        exit_on_close_request: false,
        #[cfg(target_os = "linux")]
        platform_specific: window::settings::PlatformSpecific {
            application_id: "kortautomat-kiosk".to_owned(),
            ..window::settings::PlatformSpecific::default()
        },
        ..window::Settings::default()
    };
    iced::application(boot, App::update, App::view)
        .settings(iced::Settings {
            id: Some("kortautomat-kiosk".to_owned()),
            fonts: font::files(),
            default_font: font::REGULAR,
            antialiasing: true,
            ..iced::Settings::default()
        })
        .window(settings)
        .title("Kortautomat")
        .theme(|app: &App| -> Theme { app.theme() })
        .scale_factor(App::scale)
        .subscription(App::subscription)
        .run()
}
