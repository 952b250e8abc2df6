//! From a data folder to a terminal that works, or what stands in the way.

use std::path::Path;
use std::sync::Arc;

use super::office::Office;
use crate::domain::rotation::Rotation;
use crate::seal::keys::{self, Prefer};
use crate::store;
use crate::store::settings::WayOut;
use crate::sync::answer::{self, ProblemCode};
use crate::sync::outbox::Sender;
use crate::sync::plan::Pace;
use crate::sync::terminal::Terminal;
use crate::sync::{client, enrol, setup, terminal};
use crate::system::{Clock, Randomness};
use crate::texts::Texts;

/// What stands in the way of working; each has its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// This folder has never been enrolled.
    NotEnrolled,
    /// Another program has the folder open.
    InUse,
    /// The data are of a newer version of the program.
    Newer,
    /// The data cannot be read: damaged, or sealed with another key.
    Damaged,
    /// The folder cannot be written.
    Disk,
    /// The keyring is locked or does not answer.
    Keys,
    /// The server cannot be reached.
    Offline,
    /// Something else answers at the server's address.
    NotOurServer,
    /// The server's certificate does not fit this computer's time.
    CertificateTime,
    /// Whoever answers cannot prove that it is the server.
    Certificate,
    /// The server does not know this terminal.
    Unknown,
    /// The server has revoked this terminal.
    Revoked,
    /// The server has set this terminal aside: it was copied, or put back to an older state.
    SetAside,
    /// The code was used already, or its time is over.
    CodeUsed,
    /// The server offers another key for PINs than the one that was pinned.
    OtherKey,
    /// The server's photo policy is none that this program has.
    Policy,
    /// The address or the code is not one.
    Malformed,
    /// Anything else: it is in the log.
    Other,
}

impl Trouble {
    /// What stands in the way, in a sentence.
    pub fn says(self, texts: &Texts) -> String {
        match self {
            Self::NotEnrolled => texts.kiosk_trouble_not_enrolled(),
            Self::InUse => texts.kiosk_trouble_in_use(),
            Self::Newer => texts.kiosk_trouble_newer(),
            Self::Damaged => texts.kiosk_trouble_damaged(),
            Self::Disk => texts.kiosk_trouble_disk(),
            Self::Keys => texts.kiosk_trouble_keys(),
            Self::Offline => texts.kiosk_trouble_offline(),
            Self::NotOurServer => texts.kiosk_trouble_not_our_server(),
            Self::CertificateTime => {
                format!("{} {}", texts.terminal_certificate_time(), texts.terminal_certificate_time_help())
            }
            Self::Certificate => {
                format!("{} {}", texts.terminal_certificate(), texts.terminal_certificate_help())
            }
            Self::Unknown => texts.kiosk_trouble_unknown(),
            Self::Revoked => format!("{}. {}", texts.terminal_revoked(), texts.terminal_revoked_help()),
            Self::SetAside => format!("{}. {}", texts.terminal_set_aside(), texts.terminal_set_aside_help()),
            Self::CodeUsed => texts.terminal_code_used(),
            Self::OtherKey => texts.kiosk_trouble_other_key(),
            Self::Policy => texts.kiosk_trouble_policy(),
            Self::Malformed => texts.kiosk_trouble_malformed(),
            Self::Other => texts.kiosk_trouble_other(),
        }
    }
}

/// A terminal that can take orders.
pub struct Booted {
    pub terminal: Terminal,
    pub sender: Sender,
    /// None until the server has answered for the first time.
    pub office: Option<Arc<Office>>,
    /// The name of the camera that was chosen here; none: the first that works.
    pub camera: Option<String>,
    pub rotation: Rotation,
    /// The camera screen is heard as well as seen.
    pub sound: bool,
    pub way_out: WayOut,
}

/// Opens the data folder and starts sending what waits in it.
pub async fn boot(data: &Path, clock: Clock, randomness: Randomness) -> Result<Booted, Trouble> {
    let terminal = Terminal::open(data, clock, randomness).await.map_err(|error| logged(&error))?;
    let office = remembered(terminal.clone()).await?;
    let settings = terminal.store().settings();
    let of = |error: store::Error| {
        tracing::error!(%error, "the settings cannot be read");
        of_store(&error)
    };
    let camera = settings.camera().await.map_err(of)?;
    let rotation = settings.rotation().await.map_err(of)?;
    let sound = settings.sound().await.map_err(of)?;
    let way_out = settings.way_out().await.map_err(of)?;
    let sender = terminal.send(Pace::default());
    Ok(Booted { terminal, sender, office, camera, rotation, sound, way_out })
}

/// Remembers which camera is used, how it is mounted, and whether it is heard.
pub async fn remember_camera(
    terminal: Terminal,
    camera: Option<String>,
    rotation: Rotation,
    sound: bool,
) -> Result<(), Trouble> {
    let settings = terminal.store().settings();
    let kept = async {
        settings.remember_camera(camera.as_deref()).await?;
        settings.remember_rotation(rotation).await?;
        settings.remember_sound(sound).await
    };
    kept.await.map_err(|error| {
        tracing::error!(%error, "the camera's settings cannot be written");
        of_store(&error)
    })
}

/// Remembers wrong codes for the staff's way out.
pub async fn remember_way_out(terminal: Terminal, way_out: WayOut) {
    if let Err(error) = terminal.store().settings().remember_way_out(way_out).await {
        tracing::error!(%error, "a wrong code cannot be remembered");
    }
}

/// Asks the server what this terminal is set up with.
pub async fn refresh(terminal: Terminal) -> Result<Arc<Office>, Trouble> {
    office(terminal.refresh_setup().await.map_err(|error| logged_setup(&error))?)
}

/// What the server said last about this terminal.
pub async fn remembered(terminal: Terminal) -> Result<Option<Arc<Office>>, Trouble> {
    let remembered = terminal.remembered_setup().await.map_err(|error| logged_setup(&error))?;
    remembered.map(office).transpose()
}

/// Makes the folder a terminal's.
pub async fn enrol(
    data: &Path,
    server: &str,
    line: &str,
    prefer: Prefer,
    clock: Clock,
    randomness: Randomness,
) -> Result<keys::Kind, Trouble> {
    let line: answer::Enrolment = line.parse().map_err(|_| Trouble::Malformed)?;
    let enrolled = enrol::enrol(data, server, &line, prefer, clock, randomness).await;
    enrolled.map(|enrolled| enrolled.keys).map_err(|error| logged(&error))
}

fn office(setup: setup::Setup) -> Result<Arc<Office>, Trouble> {
    Office::of(setup).map(Arc::new).map_err(|error| {
        tracing::error!(%error, "the server names a photo policy that is not there");
        Trouble::Policy
    })
}

fn logged(error: &terminal::Error) -> Trouble {
    let trouble = of_terminal(error);
    if trouble != Trouble::NotEnrolled {
        tracing::error!(%error, "the terminal cannot work");
    }
    trouble
}

fn logged_setup(error: &setup::Error) -> Trouble {
    tracing::warn!(%error, "the setup is not there");
    of_setup(error)
}

fn of_terminal(error: &terminal::Error) -> Trouble {
    match error {
        terminal::Error::NotEnrolled(_) => Trouble::NotEnrolled,
        terminal::Error::Keys(keys::Error::File { .. }) => Trouble::Disk,
        terminal::Error::Keys(_) => Trouble::Keys,
        terminal::Error::Store(error) => of_store(error),
        terminal::Error::Setup(error) => of_setup(error),
        terminal::Error::Interrupted(_) => Trouble::Other,
    }
}

fn of_store(error: &store::Error) -> Trouble {
    match error {
        store::Error::Folder { .. } | store::Error::Full | store::Error::ReadOnly | store::Error::Disk(_) => {
            Trouble::Disk
        }
        store::Error::InUse(_) => Trouble::InUse,
        store::Error::Newer { .. } => Trouble::Newer,
        store::Error::Corrupt(_) | store::Error::OtherKey | store::Error::Damaged(_) => Trouble::Damaged,
        _ => Trouble::Other,
    }
}

fn of_setup(error: &setup::Error) -> Trouble {
    match error {
        setup::Error::Client(client::Error::Refused(problem)) => match problem.code {
            ProblemCode::TerminalUnknown => Trouble::Unknown,
            ProblemCode::TerminalRevoked => Trouble::Revoked,
            ProblemCode::TerminalSetAside => Trouble::SetAside,
            ProblemCode::CodeUsed => Trouble::CodeUsed,
            _ => Trouble::Other,
        },
        setup::Error::Client(client::Error::NotOurServer { .. } | client::Error::Shape(_)) => {
            Trouble::NotOurServer
        }
        setup::Error::Client(client::Error::CertificateTime(_)) => Trouble::CertificateTime,
        setup::Error::Client(client::Error::Certificate(_)) => Trouble::Certificate,
        setup::Error::Client(client::Error::Address(_) | client::Error::Insecure(_)) => Trouble::Malformed,
        setup::Error::Client(error) if error.offline() => Trouble::Offline,
        setup::Error::Client(_) | setup::Error::Impossible(_) => Trouble::Other,
        setup::Error::Store(error) => of_store(error),
        setup::Error::Remembered(_) => Trouble::Damaged,
        setup::Error::OtherKey { .. } => Trouble::OtherKey,
        setup::Error::OtherTerminal(_) => Trouble::Unknown,
    }
}
