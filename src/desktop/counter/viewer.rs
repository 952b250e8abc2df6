//! Hands a file to the system's own program for it.

use std::io;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::process::Command;

/// Longer than a starter needs to fail. One that is still there afterwards is the viewer itself.
const PATIENCE: Duration = Duration::from_secs(4);

/// Why the file is not shown.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the system's starter of programs cannot be run")]
    Start(#[from] io::Error),
    #[error("no program shows the file: {0}")]
    Failed(ExitStatus),
}

/// Opens a file with whatever the person has chosen for its kind.
pub async fn open(path: &Path) -> Result<(), Error> {
    let mut command = starter();
    command.arg(path);
    started(command).await
}

#[cfg(target_os = "macos")]
fn starter() -> Command {
    Command::new("open")
}

/// What `start` does, without a shell that reads the file's name.
#[cfg(windows)]
fn starter() -> Command {
    let mut command = Command::new("rundll32");
    command.arg("url.dll,FileProtocolHandler");
    command
}

#[cfg(not(any(windows, target_os = "macos")))]
fn starter() -> Command {
    Command::new("xdg-open")
}

async fn started(mut command: Command) -> Result<(), Error> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    match tokio::time::timeout(PATIENCE, child.wait()).await {
        Ok(ended) => match ended? {
            status if status.success() => Ok(()),
            status => Err(Error::Failed(status)),
        },
        Err(_) => Ok(()),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_starter_that_is_missing_or_fails_is_told() {
        started(Command::new("true")).await.unwrap();
        assert!(matches!(started(Command::new("false")).await, Err(Error::Failed(_))));
        assert!(matches!(started(Command::new("/there/is/no/such/program")).await, Err(Error::Start(_))));
    }
}
