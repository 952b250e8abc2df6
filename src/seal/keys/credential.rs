//! Keys in files that are sealed with a systemd credential: without what systemd hands to the service (from the computer's TPM
//! or a file that only root can read), a copy of the disk opens nothing.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::file::{self, Files};
use super::{Error, Kind, Vault};
use crate::seal::record::{self, Key};
use crate::system::Randomness;

/// The credential's name: `LoadCredentialEncrypted=kortautomat` in the service's unit.
const NAME: &str = "kortautomat";
/// The shortest content that is taken for a key, in bytes.
const SHORTEST: usize = 16;

/// Where systemd puts the credential of this service; none where it was given none.
pub(super) fn given() -> Option<PathBuf> {
    let path = PathBuf::from(std::env::var_os("CREDENTIALS_DIRECTORY")?).join(NAME);
    path.is_file().then_some(path)
}

pub(super) struct Credential {
    files: Files,
    key: Key,
    randomness: Randomness,
}

impl Credential {
    pub(super) fn new(folder: &Path, credential: &Path, randomness: &Randomness) -> Result<Self, Error> {
        let content = std::fs::read(credential).map(Zeroizing::new);
        let content = content.map_err(file::failed(credential))?;
        if content.len() < SHORTEST {
            return Err(Error::Malformed("credential"));
        }
        let key =
            Sha256::new_with_prefix(b"kortautomat keys 1\0").chain_update(content.as_slice()).finalize();
        Ok(Self {
            files: Files::new(folder),
            key: Key::from_bytes(key.into()),
            randomness: randomness.clone(),
        })
    }
}

impl Vault for Credential {
    fn kind(&self) -> Kind {
        Kind::Credential
    }

    fn get(&self, name: &'static str) -> Result<Option<Zeroizing<String>>, Error> {
        let Some(text) = self.files.get(name)? else { return Ok(None) };
        let bad = || Error::Malformed(name);
        let sealed = hex::decode(text.trim()).map_err(|_| bad())?;
        let plain = record::open(&self.key, name.as_bytes(), &sealed).map_err(|_| bad())?;
        String::from_utf8(plain.to_vec()).map(|text| Some(Zeroizing::new(text))).map_err(|_| bad())
    }

    fn set(&self, name: &'static str, text: &str) -> Result<(), Error> {
        let sealed = record::seal(&self.key, name.as_bytes(), text.as_bytes(), &self.randomness);
        let sealed = sealed.map_err(|error| match error {
            record::Error::Randomness(error) => Error::Randomness(error),
            record::Error::Sealing | record::Error::Broken => Error::Malformed(name),
        })?;
        self.files.set(name, &hex::encode(sealed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_of_the_disk_opens_nothing_without_the_credential() {
        let folder = tempfile::tempdir().unwrap();
        let credential = |content: &str| {
            let path = folder.path().join("credential");
            std::fs::write(&path, content).unwrap();
            Credential::new(folder.path(), &path, &Randomness::system())
        };
        let own = credential("sixteen bytes or more").unwrap();
        own.set("terminal", "a secret").unwrap();
        assert_eq!(own.get("terminal").unwrap().unwrap().as_str(), "a secret");
        assert!(!std::fs::read_to_string(folder.path().join("terminal")).unwrap().contains("secret"));
        std::fs::copy(folder.path().join("terminal"), folder.path().join("records")).unwrap();
        assert!(matches!(own.get("records"), Err(Error::Malformed("records"))), "another's place");
        let other = credential("sixteen others or more").unwrap();
        assert!(matches!(other.get("terminal"), Err(Error::Malformed("terminal"))));
        assert!(credential("short").is_err());
    }
}
