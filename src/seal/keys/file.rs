//! Keys in files of mode 0600, each written whole or not at all.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::{Error, Kind, Vault};

pub(super) struct Files(PathBuf);

impl Files {
    pub(super) fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }
}

impl Vault for Files {
    fn kind(&self) -> Kind {
        Kind::Files
    }

    fn get(&self, name: &'static str) -> Result<Option<Zeroizing<String>>, Error> {
        read(&self.0.join(name))
    }

    fn set(&self, name: &'static str, text: &str) -> Result<(), Error> {
        write(&self.0.join(name), text)
    }
}

pub(super) fn failed(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::File { path, source }
}

/// A folder that only this account may enter.
pub(super) fn create_folder(path: &Path) -> Result<(), Error> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(failed(path))
}

pub(super) fn read(path: &Path) -> Result<Option<Zeroizing<String>>, Error> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(Zeroizing::new(text))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(path)(error)),
    }
}

/// Writes beside, on the disk, then renames: a power cut leaves the old text or the new one.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Error> {
    let beside = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(failed(&beside))?;
    std::fs::rename(&beside, path).map_err(failed(path))?;
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed(folder))?;
    }
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn only_the_account_itself_may_read() {
        let folder = tempfile::tempdir().unwrap();
        let keys = folder.path().join("keys");
        create_folder(&keys).unwrap();
        Files::new(&keys).set("records", "00").unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&keys), 0o700);
        assert_eq!(mode(&keys.join("records")), 0o600);
        assert_eq!(std::fs::read_dir(&keys).unwrap().count(), 1, "nothing is left beside");
    }
}
