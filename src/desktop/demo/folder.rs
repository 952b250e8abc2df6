//! Where the demo keeps what it made: one folder a process, the logs, the sample camera.

use std::fs::{self, File, TryLockError};
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use crate::sync::enrol::Line;

/// The picture that stands in for a camera. Averaged from four faces: nobody real (assets/demo/photos/SOURCES.md).
const PORTRAIT: &[u8] = include_bytes!("../../../assets/demo/photos/portrait.jpg");

/// Why the folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no home folder: say where with --data")]
    NoHome,
    #[error("{path}: {source}")]
    File { path: PathBuf, source: io::Error },
    #[error("a demo is running already in {0}")]
    Running(PathBuf),
    #[error("{0} holds no enrolment: remove the folder to begin anew")]
    Enrolment(PathBuf),
    #[error("no free port on this computer: {0}")]
    Port(#[source] io::Error),
}

/// The demo's folder, held for this process as long as it lives.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    _lock: File,
}

fn of(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::File { path, source }
}

/// The folder that is used where none is named.
fn usual() -> Result<PathBuf, Error> {
    let from = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let data = from("XDG_DATA_HOME").or_else(|| Some(from("HOME")?.join(".local/share")));
    Ok(data.or_else(|| from("LOCALAPPDATA")).ok_or(Error::NoHome)?.join("kortautomat").join("demo"))
}

impl Folder {
    /// Opens the folder, or makes it.
    pub fn open(named: Option<&Path>) -> Result<Self, Error> {
        let root = match named {
            // the processes are given these paths and may stand elsewhere
            Some(path) => std::path::absolute(path).map_err(of(path))?,
            None => usual()?,
        };
        fs::create_dir_all(root.join("logs")).map_err(of(&root))?;
        let path = root.join("lock");
        let lock = File::create(&path).map_err(of(&path))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { root, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(Error::Running(root)),
            Err(TryLockError::Error(error)) => Err(of(&path)(error)),
        }
    }

    /// A process's own folder.
    pub fn of(&self, process: &str) -> PathBuf {
        self.root.join(process)
    }

    /// Where a process's messages go.
    pub fn log(&self, process: &str) -> PathBuf {
        self.root.join("logs").join(format!("{process}.log"))
    }

    pub fn logs(&self) -> PathBuf {
        self.root.join("logs")
    }

    /// Opens a process's log afresh; the one before stays beside it.
    pub fn new_log(&self, process: &str) -> Result<File, Error> {
        let path = self.log(process);
        if path.exists() {
            fs::rename(&path, path.with_extension("before.log")).map_err(of(&path))?;
        }
        File::create(&path).map_err(of(&path))
    }

    /// Opens a process's log to go on with.
    pub fn further_log(&self, process: &str) -> Result<File, Error> {
        let path = self.log(process);
        File::options().append(true).create(true).open(&path).map_err(of(&path))
    }

    /// The sample portrait as a file, for the camera that is a file.
    pub fn portrait(&self) -> Result<PathBuf, Error> {
        let path = self.root.join("camera.jpg");
        if !path.exists() {
            fs::write(&path, PORTRAIT).map_err(of(&path))?;
        }
        Ok(path)
    }

    /// Where the counter puts files for the printer.
    pub fn printed(&self) -> Result<PathBuf, Error> {
        let path = self.root.join("printed");
        fs::create_dir_all(&path).map_err(of(&path))?;
        Ok(path)
    }

    /// A port for a service, the same as last time if it is still free: terminals remember the address.
    pub fn address(&self, service: &str) -> Result<SocketAddr, Error> {
        let path = self.root.join(format!("{service}.port"));
        let before = fs::read_to_string(&path).ok().and_then(|text| u16::from_str(text.trim()).ok());
        let free = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).and_then(|bound| bound.local_addr());
        let address = match before.map(free) {
            Some(Ok(address)) => address,
            Some(Err(_)) | None => free(0).map_err(Error::Port)?,
        };
        fs::write(&path, address.port().to_string()).map_err(of(&path))?;
        Ok(address)
    }

    /// Keeps a terminal's enrolment: the demo's own, readable by this user only.
    pub fn keep_enrolment(&self, role: &str, line: &str) -> Result<(), Error> {
        let path = self.root.join(format!("{role}.enrolment"));
        let mut options = File::options();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path).map_err(of(&path))?;
        io::Write::write_all(&mut file, line.as_bytes()).map_err(of(&path))
    }

    pub fn enrolment(&self, role: &str) -> Result<Line, Error> {
        let path = self.root.join(format!("{role}.enrolment"));
        let text = fs::read_to_string(&path).map_err(of(&path))?;
        text.parse().map_err(|_| Error::Enrolment(path))
    }

    /// Says what runs, whole or not at all.
    pub fn say(&self, running: &impl serde::Serialize) -> Result<(), Error> {
        let path = self.root.join("running.json");
        let beside = self.root.join("running.new");
        let text = serde_json::to_vec(running).map_err(|error| of(&path)(error.into()))?;
        fs::write(&beside, text).map_err(of(&beside))?;
        fs::rename(&beside, &path).map_err(of(&path))
    }

    /// Nothing runs any more.
    pub fn say_nothing(&self) {
        let path = self.root.join("running.json");
        if let Err(error) = fs::remove_file(&path) {
            tracing::warn!(path = %path.display(), %error, "left behind");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_demo_a_folder() {
        let place = tempfile::tempdir().unwrap();
        let first = Folder::open(Some(place.path())).unwrap();
        assert!(matches!(Folder::open(Some(place.path())), Err(Error::Running(_))));
        drop(first);
        assert!(Folder::open(Some(place.path())).is_ok());
    }

    #[test]
    fn a_port_is_kept_while_it_is_free() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(Some(place.path())).unwrap();
        let address = folder.address("server").unwrap();
        assert_eq!(folder.address("server").unwrap(), address);
        let _taken = TcpListener::bind(address).unwrap();
        assert_ne!(folder.address("server").unwrap(), address);
    }

    #[test]
    fn the_log_before_is_kept() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(Some(place.path())).unwrap();
        io::Write::write_all(&mut folder.new_log("kiosk").unwrap(), b"first").unwrap();
        io::Write::write_all(&mut folder.new_log("kiosk").unwrap(), b"second").unwrap();
        assert_eq!(fs::read(folder.log("kiosk")).unwrap(), b"second");
        assert_eq!(fs::read(folder.logs().join("kiosk.before.log")).unwrap(), b"first");
    }
}
