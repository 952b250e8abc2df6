//! Where a terminal keeps its keys: in the system's keyring, or in files that only its own account can read.
//!
//! The choice is made once for a data folder and written down in it (`keys/where`). It is never changed behind the operator's
//! back: a keyring that is locked answers like one that never had the key, and a new key would make everything that was
//! sealed unreadable.

mod file;
#[cfg(feature = "desktop")]
mod keyring;

use std::io;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::Secret;
use super::record::Key;
use crate::system::{NoRandomness, Randomness};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{path}: {source}")]
    File { path: PathBuf, source: io::Error },
    #[error("the keyring does not answer: {0}")]
    Keyring(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The folder's keys are in a keyring, and this program was built without one.
    #[error("the keys are in a keyring, which this program cannot read")]
    NoKeyring,
    /// No key is there although something was sealed with it: the keyring is locked, or the key was deleted. No new one is
    /// made.
    #[error("the key {0} is missing: the keyring is locked, or the key was deleted")]
    Missing(&'static str),
    #[error("{0} is not a key")]
    Malformed(&'static str),
    #[error("what was kept does not come back from the key store")]
    Unreliable,
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

/// Which store a new data folder is to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefer {
    /// The system's keyring, files where there is none.
    Keyring,
    Files,
}

/// Which store a data folder uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Keyring,
    /// Files of mode 0600: whoever can read the disk as this account or as root has the keys.
    Files,
}

/// Names to bytes, in hex. None where nothing is known by that name.
trait Vault: Send + Sync {
    fn kind(&self) -> Kind;
    fn get(&self, name: &'static str) -> Result<Option<Zeroizing<String>>, Error>;
    fn set(&self, name: &'static str, text: &str) -> Result<(), Error>;
}

/// The keys of one data folder. Its calls block: the keyring is another process, which may ask its user.
pub struct KeyStore(Box<dyn Vault>);

/// The name of the key that seals the terminal's own records.
const RECORDS: &str = "records";
/// The name of the secret by which the terminal proves itself to the server.
const TERMINAL: &str = "terminal";

impl KeyStore {
    /// The key store of a data folder; `prefer` counts for a folder that has none yet.
    pub fn open(data: &Path, prefer: Prefer, randomness: &Randomness) -> Result<Self, Error> {
        let folder = data.join("keys");
        file::create_folder(data)?;
        file::create_folder(&folder)?;
        let chosen = folder.join("where");
        let vault = match file::read(&chosen)? {
            Some(text) => existing(&folder, text.trim())?,
            None => {
                let (vault, text) = choose(&folder, prefer, randomness)?;
                file::write(&chosen, &text)?;
                vault
            }
        };
        if vault.kind() == Kind::Files {
            tracing::warn!(folder = %folder.display(), "no keyring: the keys are in files that this account and root can read");
        }
        Ok(Self(vault))
    }

    pub fn kind(&self) -> Kind {
        self.0.kind()
    }

    /// The key of the terminal's records; made where there is none and nothing was `sealed` yet.
    pub fn record_key(&self, sealed: bool, randomness: &Randomness) -> Result<Key, Error> {
        if let Some(text) = self.0.get(RECORDS)? {
            return key_of(&text);
        }
        if sealed {
            return Err(Error::Missing(RECORDS));
        }
        let key = Key::generate(randomness)?;
        let text = Zeroizing::new(hex::encode(key.as_bytes()));
        self.0.set(RECORDS, &text)?;
        match self.0.get(RECORDS)? {
            Some(kept) if *kept == *text => Ok(key),
            _ => Err(Error::Unreliable),
        }
    }

    /// The secret by which the terminal proves itself; none before it is enrolled.
    pub fn terminal_secret(&self) -> Result<Option<Secret>, Error> {
        Ok(self.0.get(TERMINAL)?.map(|text| Secret::new(text.as_str().to_owned())))
    }

    pub fn keep_terminal_secret(&self, secret: &Secret) -> Result<(), Error> {
        self.0.set(TERMINAL, secret.expose())
    }
}

impl std::fmt::Debug for KeyStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyStore({:?})", self.kind())
    }
}

fn key_of(text: &str) -> Result<Key, Error> {
    let mut bytes = Zeroizing::new([0; 32]);
    hex::decode_to_slice(text.trim(), bytes.as_mut_slice()).map_err(|_| Error::Malformed(RECORDS))?;
    Ok(Key::from_bytes(*bytes))
}

fn existing(folder: &Path, text: &str) -> Result<Box<dyn Vault>, Error> {
    match text.split_once(' ') {
        None if text == "files" => Ok(Box::new(file::Files::new(folder))),
        #[cfg(feature = "desktop")]
        Some(("keyring", id)) => Ok(Box::new(keyring::Keyring::new(id))),
        #[cfg(not(feature = "desktop"))]
        Some(("keyring", _)) => Err(Error::NoKeyring),
        _ => Err(Error::Malformed("where")),
    }
}

/// The store of a new folder, and the line that says so.
#[cfg(feature = "desktop")]
fn choose(folder: &Path, prefer: Prefer, randomness: &Randomness) -> Result<(Box<dyn Vault>, String), Error> {
    if prefer == Prefer::Keyring {
        // not the path: a folder that is moved keeps its keys
        let id = randomness.uuid()?.to_string();
        let keyring = keyring::Keyring::new(&id);
        match keyring.try_out() {
            Ok(()) => return Ok((Box::new(keyring), format!("keyring {id}\n"))),
            Err(error) => tracing::warn!(%error, "the keyring cannot be used"),
        }
    }
    Ok((Box::new(file::Files::new(folder)), "files\n".to_owned()))
}

/// The store of a new folder, and the line that says so.
#[cfg(not(feature = "desktop"))]
fn choose(folder: &Path, _: Prefer, _: &Randomness) -> Result<(Box<dyn Vault>, String), Error> {
    Ok((Box::new(file::Files::new(folder)), "files\n".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A keyring that is locked: it knows nothing and takes nothing.
    struct Locked;

    impl Vault for Locked {
        fn kind(&self) -> Kind {
            Kind::Keyring
        }

        fn get(&self, _: &'static str) -> Result<Option<Zeroizing<String>>, Error> {
            Ok(None)
        }

        fn set(&self, _: &'static str, _: &str) -> Result<(), Error> {
            Err(Error::Keyring("locked".into()))
        }
    }

    #[test]
    fn a_missing_key_is_never_replaced_where_something_was_sealed() {
        let system = Randomness::system();
        let locked = KeyStore(Box::new(Locked));
        assert!(matches!(locked.record_key(true, &system), Err(Error::Missing(_))));
        assert!(matches!(locked.record_key(false, &system), Err(Error::Keyring(_))));

        let folder = tempfile::tempdir().unwrap();
        let store = KeyStore::open(folder.path(), Prefer::Files, &system).unwrap();
        let key = store.record_key(false, &system).unwrap();
        let again = KeyStore::open(folder.path(), Prefer::Keyring, &system).unwrap();
        assert_eq!(again.kind(), Kind::Files, "the first choice stays");
        assert_eq!(again.record_key(true, &system).unwrap().as_bytes(), key.as_bytes());
        std::fs::remove_file(folder.path().join("keys/records")).unwrap();
        assert!(matches!(again.record_key(true, &system), Err(Error::Missing(_))));
    }

    #[test]
    fn the_terminals_secret_is_kept_and_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let store = KeyStore::open(folder.path(), Prefer::Files, &Randomness::system()).unwrap();
        assert_eq!(store.terminal_secret().unwrap(), None);
        for text in ["first", "second"] {
            store.keep_terminal_secret(&Secret::new(text.into())).unwrap();
            assert_eq!(store.terminal_secret().unwrap(), Some(Secret::new(text.into())));
        }
    }

    #[test]
    fn an_altered_key_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let system = Randomness::system();
        let store = KeyStore::open(folder.path(), Prefer::Files, &system).unwrap();
        std::fs::write(folder.path().join("keys/records"), "not a key").unwrap();
        assert!(matches!(store.record_key(true, &system), Err(Error::Malformed(_))));
        std::fs::write(folder.path().join("keys/where"), "elsewhere").unwrap();
        assert!(matches!(
            KeyStore::open(folder.path(), Prefer::Files, &system),
            Err(Error::Malformed("where"))
        ));
    }
}
