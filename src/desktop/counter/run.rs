//! Starts the counter's window.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use futures_util::Stream;
use iced::{Size, Task, window};
use jiff::tz::TimeZone;
use tokio::sync::watch;

use super::handover::own::Judging;
use super::{Counter, Dialogs, Message, SettingUp, Start, load};
use crate::desktop::boot;
use crate::desktop::start::{self, EXIT_USAGE};
use crate::desktop::theme::Scheme;
use crate::desktop::{font, report};
use crate::sync::plan::Pace;
use crate::sync::replica::{Alone, State};
use crate::sync::terminal::Terminal;
use crate::system::{Clock, Randomness, Stopwatch};
use crate::vision::models::Library;

/// What the desks are drawn for, in pixels.
const DESIGN: Size = Size::new(1920.0, 1080.0);
/// Below this the desks do not fit.
const SMALLEST: Size = Size::new(1280.0, 720.0);
/// Where days and hours are counted.
const ZONE: &str = "Europe/Oslo";

/// What the command line says.
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    pub common: start::Arguments,
    /// A folder for the printer's files; without one, every file is asked about
    #[arg(long, value_name = "DIR")]
    pub print_folder: Option<PathBuf>,
}

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error(transparent)]
    Start(#[from] start::Error),
    #[error("this computer is not a counter yet: {0:?}")]
    Terminal(boot::Trouble),
    #[error("the time zone {ZONE} is unknown")]
    Zone(#[from] jiff::Error),
    #[error("the network's threads cannot be started")]
    Threads(#[from] std::io::Error),
}

impl From<boot::Trouble> for Error {
    fn from(trouble: boot::Trouble) -> Self {
        Self::Terminal(trouble)
    }
}

/// Runs the counter until its window is closed.
pub fn run(arguments: Arguments) -> ExitCode {
    let Err(error) = start(arguments) else { return ExitCode::SUCCESS };
    let says = match (&error, start::texts()) {
        (Error::Start(start::Error::NoDisplay), Ok(texts)) => texts.desktop_no_display(),
        (Error::Terminal(trouble), Ok(texts)) => trouble.says(&texts),
        _ => error.to_string(),
    };
    tracing::error!(error = &error as &dyn std::error::Error, "the counter does not start");
    eprintln!("kortautomat: {says}");
    ExitCode::from(EXIT_USAGE)
}

fn start(arguments: Arguments) -> Result<(), Error> {
    if !start::has_display() {
        return Err(start::Error::NoDisplay.into());
    }
    let common = arguments.common;
    let data = common.data.clone().unwrap_or_else(|| start::data_folder("counter"));
    let _log = start::log(&data).map_err(start::Error::from)?;
    tracing::info!(version = env!("CARGO_PKG_VERSION"), data = %data.display(), "the counter starts");
    let brand = common.brand()?;
    let texts = Arc::new(load().map_err(start::Error::from)?);
    // lives as long as the window: the terminal's database works on its threads
    let runtime = tokio::runtime::Runtime::new()?;
    let (terminal, office, keeper) = runtime.block_on(async {
        let booted = boot::boot(&data, Clock::system(), Randomness::system()).await?;
        let office = match booted.office {
            Some(office) => office,
            None => boot::refresh(booted.terminal.clone()).await?,
        };
        let keeper = booted.terminal.keep_copy(Pace::default(), Clock::system());
        Ok::<_, boot::Trouble>((booted.terminal, office, keeper))
    })?;
    let stopwatch = Stopwatch::system();
    let start = Start {
        client: terminal.client().clone(),
        randomness: Randomness::system(),
        place: office.place.clone(),
        places: office.places.clone(),
        prices: office.prices,
        zone: TimeZone::get(ZONE)?,
        brand,
        scheme: Scheme::Light,
        language: common.language(),
        print_folder: arguments.print_folder,
        dialogs: Dialogs::system(&stopwatch),
        judging: Judging {
            models: Library::of_this_machine(),
            policy: Arc::clone(&office.policy),
            stopwatch,
        },
        alone: Some(Alone::new(terminal.store().clone(), Clock::system())),
        setting_up: Some(SettingUp(Arc::new({
            let terminal = terminal.clone();
            move || remembered(terminal.clone())
        }))),
        layout: common.report_layout.clone().map(report::Writer::new),
    };
    let size = common.windowed().unwrap_or(DESIGN);
    let kept = keeper.state();
    let boot = move || {
        let counter = Counter::new(start.clone(), Arc::clone(&texts));
        (counter, Task::batch([refreshed(terminal.clone()), Task::run(told(kept.clone()), Message::Kept)]))
    };
    program(boot, size).map_err(start::Error::from)?;
    Ok(())
}

/// What the server says today about this terminal; without the server, what it said last stays.
fn refreshed(terminal: Terminal) -> Task<Message> {
    Task::future(boot::refresh(terminal)).then(|said| match said {
        Ok(office) => Task::done(Message::SetUp(office)),
        Err(_) => Task::none(),
    })
}

/// What the server said last, read anew from the disk by whoever keeps the copy.
fn remembered(terminal: Terminal) -> Task<Message> {
    Task::future(boot::remembered(terminal)).then(|said| match said {
        Ok(Some(office)) => Task::done(Message::SetUp(office)),
        Ok(None) | Err(_) => Task::none(),
    })
}

/// How the copy stands, each time that it changes.
fn told(kept: watch::Receiver<State>) -> impl Stream<Item = Box<State>> {
    futures_util::stream::unfold(kept, async |mut kept| {
        kept.changed().await.ok()?;
        let state = Box::new(kept.borrow_and_update().clone());
        Some((state, kept))
    })
}

fn program(boot: impl Fn() -> (Counter, Task<Message>) + 'static, size: Size) -> iced::Result {
    let settings = window::Settings {
        size,
        min_size: Some(SMALLEST),
        #[cfg(target_os = "linux")]
        platform_specific: window::settings::PlatformSpecific {
            application_id: "kortautomat-counter".to_owned(),
            ..window::settings::PlatformSpecific::default()
        },
        ..window::Settings::default()
    };
    iced::application(boot, Counter::update, Counter::view)
        .settings(iced::Settings {
            id: Some("kortautomat-counter".to_owned()),
            fonts: font::files(),
            default_font: font::REGULAR,
            antialiasing: true,
            ..iced::Settings::default()
        })
        .window(settings)
        .title(|counter: &Counter| counter.texts().counter_window())
        .theme(|counter: &Counter| counter.theme.clone())
        .scale_factor(|counter: &Counter| counter.scale)
        .subscription(Counter::subscription)
        .run()
}
