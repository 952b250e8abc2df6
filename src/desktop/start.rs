//! What both programs with windows do before the window: the data folder, the log, whether there is a display at all.

use std::path::{Path, PathBuf};

use iced::Size;
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_appender::rolling::{self, RollingFileAppender};
use tracing_subscriber::EnvFilter;

use super::theme::Brand;
use crate::domain::person::Language;
use crate::texts::{self, Texts};

/// Bad usage, a missing display, a missing file: said on standard error.
pub const EXIT_USAGE: u8 = 2;
/// Log files that are kept, one a day.
const LOGS: usize = 14;
/// Lines that wait for the disk; the room for them is there from the beginning.
const WAITING_LINES: usize = 8_000;

/// Why nothing was started.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no display")]
    NoDisplay,
    #[error("the log cannot be written")]
    Log(#[from] rolling::InitError),
    #[error(transparent)]
    Texts(#[from] texts::Error),
    #[error("the theme cannot be used")]
    Theme(#[from] super::theme::Error),
    #[error("the window cannot be opened")]
    Window(#[from] iced::Error),
}

/// What the command line says to either program.
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// The terminal's data folder
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The language that it starts in: nb, nn or en
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
    /// A university's theme file
    #[arg(long, value_name = "FILE")]
    pub theme: Option<PathBuf>,
    /// In a window of this size, such as 1600x900
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = size)]
    windowed: Option<(f32, f32)>,
    /// Where to write which control is where
    #[arg(long, value_name = "FILE", hide = true)]
    pub report_layout: Option<PathBuf>,
}

fn size(text: &str) -> Result<(f32, f32), String> {
    let side = |text: &str| text.parse::<u16>().ok().filter(|side| *side >= 240).map(f32::from);
    text.split_once('x')
        .and_then(|(width, height)| side(width).zip(side(height)))
        .ok_or_else(|| format!("{text:?} is not like 1600x900"))
}

impl Arguments {
    /// The chosen language, if it is one of ours.
    pub fn language(&self) -> Language {
        self.language.as_deref().and_then(Language::from_tag).unwrap_or_default()
    }

    /// The university's look, or the program's own.
    pub fn brand(&self) -> Result<Brand, Error> {
        Ok(match &self.theme {
            Some(path) => Brand::read(path)?,
            None => Brand::own()?,
        })
    }

    /// The window's size, where one was asked for.
    pub fn windowed(&self) -> Option<Size> {
        self.windowed.map(|(width, height)| Size::new(width, height))
    }
}

/// The folder where a program of this name keeps its data where none is named.
pub fn data_folder(program: &str) -> PathBuf {
    let variable = if cfg!(windows) { "LOCALAPPDATA" } else { "XDG_DATA_HOME" };
    let base = std::env::var_os(variable)
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| std::env::home_dir().map(|home| home.join(".local/share")))
        .unwrap_or_else(|| PathBuf::from("."));
    base.join("kortautomat").join(program)
}

/// Whether a window can be opened. The toolkit itself would end the program without a word.
pub fn has_display() -> bool {
    if cfg!(not(all(unix, not(target_os = "macos")))) {
        return true;
    }
    ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"]
        .iter()
        .any(|variable| std::env::var_os(variable).is_some_and(|value| !value.is_empty()))
}

/// The language of whoever starts the program, from the usual variables.
pub fn language_of_the_system() -> Language {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|variable| std::env::var(variable).ok())
        .find_map(|tag| Language::from_tag(&tag))
        .unwrap_or_default()
}

/// The texts for what is said before there is a window.
pub fn texts() -> Result<Texts, texts::Error> {
    Texts::load(language_of_the_system())
}

/// Writes the log into `log/` of the data folder, a file a day, until the guard is dropped.
pub fn log(data: &Path) -> Result<WorkerGuard, rolling::InitError> {
    let folder = data.join("log");
    // the appender counts the old files at once and complains where there is no folder; that it cannot be made, it says itself
    std::fs::create_dir_all(&folder).ok();
    let files = RollingFileAppender::builder()
        .rotation(rolling::Rotation::DAILY)
        .filename_prefix("kortautomat")
        .filename_suffix("log")
        .max_log_files(LOGS)
        .build(folder)?;
    let (writer, guard) = NonBlockingBuilder::default().buffered_lines_limit(WAITING_LINES).finish(files);
    let filter = EnvFilter::try_from_env("KORTAUTOMAT_LOG")
        .unwrap_or_else(|_| EnvFilter::new("warn,kortautomat=info"));
    let logger = tracing_subscriber::fmt().with_writer(writer).with_ansi(false).with_env_filter(filter);
    if logger.try_init().is_err() {
        // a test or a program around this one logs already
        tracing::debug!("the log goes where it went before");
    }
    Ok(guard)
}
