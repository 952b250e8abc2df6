//! `kortautomat doctor`: what a terminal finds around itself, in words.

mod watch;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use futures_util::StreamExt;

use super::start::{self, EXIT_USAGE};
use crate::camera::worker::View;
use crate::camera::{self, Camera, Patience, State};
use crate::memory;
use crate::seal::keys::Kind;
use crate::store::Salvage;
use crate::sync::terminal::{self, Terminal};
use crate::system::{Clock, Randomness};
use crate::texts::Texts;
use crate::vision::models::{Library, Model};

/// Looks at display, folder, keys, server, networks and camera. Exit status: 0 when all is well, 1 when something is not.
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// The data folder
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// webcam, webcam:NAME, file:PATH or synthetic
    #[arg(long, value_name = "CAMERA", default_value = "webcam")]
    pub camera: String,
    /// Keeps the camera running for so long, tells every change of its state, and looks at nothing else
    #[arg(long, value_name = "SECONDS")]
    pub watch: Option<u64>,
}

/// One thing that was looked at.
struct Found {
    well: bool,
    says: String,
}

fn well(says: String) -> Found {
    Found { well: true, says }
}

fn ill(says: String) -> Found {
    Found { well: false, says }
}

/// Looks, and says what was found.
pub fn run(arguments: Arguments) -> ExitCode {
    let (texts, runtime) = match (start::texts(), tokio::runtime::Runtime::new()) {
        (Ok(texts), Ok(runtime)) => (texts, runtime),
        (Err(error), _) => {
            eprintln!("kortautomat: {error}");
            return ExitCode::from(EXIT_USAGE);
        }
        (_, Err(error)) => {
            eprintln!("kortautomat: {error}");
            return ExitCode::from(EXIT_USAGE);
        }
    };
    if let Some(seconds) = arguments.watch {
        let seen = runtime.block_on(watch::run(&texts, &arguments.camera, Duration::from_secs(seconds)));
        return ExitCode::from(match seen {
            Ok(live) => u8::from(!live),
            Err(error) => {
                eprintln!("kortautomat: {error}");
                EXIT_USAGE
            }
        });
    }
    let data = arguments.data.unwrap_or_else(|| start::data_folder("kiosk"));
    let found = runtime.block_on(look(&texts, &data, &arguments.camera));
    let mut out = io::stdout();
    for thing in &found {
        let sign = if thing.well { "✓" } else { "✗" };
        // whoever closed the pipe does not want to know
        let _ = writeln!(out, "{sign} {}", thing.says);
    }
    ExitCode::from(u8::from(found.iter().any(|thing| !thing.well)))
}

async fn look(texts: &Texts, data: &Path, camera: &str) -> Vec<Found> {
    let mut found = vec![well(texts.doctor_version(env!("CARGO_PKG_VERSION")))];
    found.push(if start::has_display() {
        well(texts.doctor_display())
    } else {
        ill(texts.desktop_no_display())
    });
    found.extend(guard(texts));
    found.push(folder(texts, data));
    found.extend(terminal(texts, data).await);
    found.push(models(texts));
    found.push(match camera.parse::<camera::Choice>() {
        Ok(choice) => camera_of(texts, &choice).await,
        Err(error) => ill(error.to_string()),
    });
    found
}

/// A system that has no way to guard memory is told of, and nothing that its owner must mend.
fn guard(texts: &Texts) -> [Found; 2] {
    let guard = memory::guard();
    [
        if guard.undumped { well(texts.doctor_undumped()) } else { ill(texts.doctor_dumped()) },
        well(if guard.locked { texts.doctor_locked() } else { texts.doctor_swapped() }),
    ]
}

fn folder(texts: &Texts, data: &Path) -> Found {
    let shown = data.display().to_string();
    let probe = data.join("doctor.probe");
    let written = std::fs::create_dir_all(data).and_then(|()| std::fs::write(&probe, b"probe"));
    let removed = written.and_then(|()| std::fs::remove_file(&probe));
    match removed {
        Ok(()) => well(texts.doctor_folder(shown)),
        Err(error) => ill(texts.doctor_folder_failed(shown, error.to_string())),
    }
}

async fn terminal(texts: &Texts, data: &Path) -> Vec<Found> {
    let terminal = match Terminal::open(data, Clock::system(), Randomness::system()).await {
        Ok(terminal) => terminal,
        Err(terminal::Error::NotEnrolled(_)) => return vec![ill(texts.kiosk_trouble_not_enrolled())],
        Err(error) => return vec![ill(error.to_string())],
    };
    let keys = match terminal.keys() {
        Kind::Keyring => texts.enrol_keyring(),
        Kind::Credential => texts.enrol_credential(),
        Kind::Files => texts.enrol_files(),
    };
    let server = terminal.client().server().to_owned();
    let answer = match terminal.client().status().await {
        Ok(status) => well(texts.doctor_server(server, status.version)),
        Err(error) => ill(texts.doctor_server_failed(server, error.to_string())),
    };
    let mut found = vec![well(keys), room(texts, &terminal).await, answer];
    found.extend(salvage(texts, &terminal).await);
    found
}

/// How much of its limit the store takes.
async fn room(texts: &Texts, terminal: &Terminal) -> Found {
    let room = match terminal.store().room().await {
        Ok(room) => room,
        Err(error) => return ill(error.to_string()),
    };
    let megabytes = |bytes: u64| bytes.div_ceil(1_000_000).to_string();
    let (used, limit) = (megabytes(room.used), megabytes(room.limits.database));
    if room.enough() {
        well(texts.doctor_room(limit, used))
    } else {
        ill(texts.doctor_room_full(limit, used))
    }
}

/// What became of a database that was damaged.
async fn salvage(texts: &Texts, terminal: &Terminal) -> Option<Found> {
    let Salvage { at, file, saved, lost } = match terminal.store().settings().salvage().await {
        Ok(found) => found?,
        Err(error) => return Some(ill(error.to_string())),
    };
    let day = jiff::Timestamp::from_microsecond(at).unwrap_or_default().strftime("%Y-%m-%d").to_string();
    Some(ill(match lost {
        Some(lost) => texts.doctor_salvage(day, file, lost.to_string(), saved.to_string()),
        None => texts.doctor_salvage_unknown(day, file, saved.to_string()),
    }))
}

fn models(texts: &Texts) -> Found {
    let library = Library::of_this_machine();
    let needed = Model::ALL.into_iter().filter(|model| !model.is_optional());
    let missing = needed.filter_map(|model| library.load(model).err()).next();
    match missing {
        None => well(texts.doctor_models()),
        Some(error) => ill(texts.doctor_models_failed(error.to_string())),
    }
}

async fn camera_of(texts: &Texts, choice: &camera::Choice) -> Found {
    let camera = match Camera::start(choice.opener(), Clock::system(), Patience::default()) {
        Ok(camera) => camera,
        Err(error) => return ill(error.to_string()),
    };
    let mut ticks = Box::pin(camera.ticks());
    let settled = async { while camera.view().state == State::Starting && ticks.next().await.is_some() {} };
    // a camera that says nothing for so long is as good as none
    let _ = tokio::time::timeout(Duration::from_secs(10), settled).await;
    let view = camera.view();
    Found { well: view.state == State::Live, says: said(texts, &view) }
}

/// How the camera is, in words.
fn said(texts: &Texts, view: &View) -> String {
    match view.state {
        State::Starting => texts.photo_camera_starting(),
        State::Live => texts.doctor_camera(view.name.clone().unwrap_or_default()),
        State::Missing => texts.photo_camera_missing(),
        State::Busy => texts.photo_camera_busy(),
        State::Frozen => texts.photo_camera_frozen(),
        State::Unplugged => texts.photo_camera_unplugged(),
        State::NoRights => texts.photo_camera_no_rights(),
        State::Failed => texts.photo_camera_failed(),
    }
}
