//! One process of the demo: its command, its start, its polite end.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};

use jiff::Timestamp;
use tokio::process::{Child, Command};

use super::folder::{self, Folder};

/// Why a process cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Folder(#[from] folder::Error),
    #[error("this program's own place is unknown: {0}")]
    OwnPlace(#[source] io::Error),
    #[error("{0} is not there: build it with `cargo build --release`")]
    Missing(PathBuf),
    #[error("{program} cannot be started: {source}")]
    Start { program: PathBuf, source: io::Error },
    #[error("{program} failed: {said}")]
    Failed { program: PathBuf, said: String },
}

/// Who is who.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Name {
    /// The simulated access system.
    Access,
    Server,
    Kiosk,
    Counter,
}

impl Name {
    pub fn code(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Server => "server",
            Self::Kiosk => "kiosk",
            Self::Counter => "counter",
        }
    }

    /// Closed by a person when it ends well; a service never ends by itself.
    pub fn window(self) -> bool {
        matches!(self, Self::Kiosk | Self::Counter)
    }
}

/// A program of ours: this one, or the one beside it.
pub fn beside(name: &str) -> Result<PathBuf, Error> {
    let own = std::env::current_exe().map_err(Error::OwnPlace)?;
    let path = own.with_file_name(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if path.exists() { Ok(path) } else { Err(Error::Missing(path)) }
}

/// What is started, and started again after it was killed.
#[derive(Debug, Clone)]
pub struct Program {
    pub name: Name,
    pub path: PathBuf,
    pub arguments: Vec<OsString>,
}

/// A process that runs, or did.
#[derive(Debug, Clone, Copy)]
pub struct Started {
    pub name: Name,
    pub pid: u32,
    pub at: Timestamp,
    /// How often it ended too soon, in a row.
    pub failures: u32,
}

impl Program {
    /// Starts it with a log of its own.
    pub fn start(&self, folder: &Folder, again: bool) -> Result<Child, Error> {
        let log =
            if again { folder.further_log(self.name.code()) } else { folder.new_log(self.name.code()) }?;
        let copy = log.try_clone().map_err(|source| self.failed(source))?;
        Command::new(&self.path)
            .args(&self.arguments)
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(copy)
            .kill_on_drop(true)
            // a key press in the terminal is for the demo, which ends its processes in the right order
            .process_group(0)
            .spawn()
            .map_err(|source| self.failed(source))
    }

    fn failed(&self, source: io::Error) -> Error {
        Error::Start { program: self.path.clone(), source }
    }
}

/// Runs a command to its end and answers what it wrote.
pub async fn answer(program: &Path, arguments: Vec<OsString>) -> Result<String, Error> {
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .map_err(|source| Error::Start { program: program.to_owned(), source })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(Error::Failed { program: program.to_owned(), said });
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Asks a process to end.
#[cfg(unix)]
pub fn ask_to_end(pid: u32) {
    use rustix::process::{Pid, Signal, kill_process};
    let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) else { return };
    if let Err(error) = kill_process(pid, Signal::TERM) {
        // it is gone already
        tracing::debug!(%error, "not asked to end");
    }
}

/// Waits for a process.
pub async fn ended(mut child: Child) -> io::Result<ExitStatus> {
    child.wait().await
}
