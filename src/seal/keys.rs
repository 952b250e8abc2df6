//! Where a terminal keeps its keys: in the system's keyring; in files that a systemd credential seals; or in files that only
//! its own account can read.
//!
//! The choice is made once for a data folder and written down in it (`keys/where`). It is never changed behind the operator's
//! back: a keyring that is locked answers like one that never had the key, and a new key would make everything that was
//! sealed unreadable.

mod credential;
mod file;
#[cfg(feature = "desktop")]
mod keyring;

use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::SharedKey;
use super::record::Key;
use super::signing::Signer;
use crate::system::{NoRandomness, Randomness};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{path}: {source}")]
    File { path: PathBuf, source: io::Error },
    #[error("the keyring does not answer: {0}")]
    Keyring(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The keys are sealed with a credential, and systemd has handed none to this program.
    #[error("the keys are sealed with the systemd credential kortautomat, which this program was not given")]
    NoCredential,
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
    /// The system's keyring; where there is none, files, sealed with the service's credential if it has one.
    Keyring,
    Files,
}

/// Which store a data folder uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Keyring,
    /// Files that are sealed with what systemd hands to this service.
    Credential,
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
/// The name of what the terminal proves itself with to the server.
const TERMINAL: &str = "terminal";
/// The name of the key that will take its place when the server has it.
const NEXT: &str = "terminal-next";

/// What an enrolled terminal proves itself with.
#[derive(Debug, Clone)]
pub struct Identity {
    pub signer: Signer,
    /// For codes from a phone, shared with the server.
    pub phone_key: SharedKey,
    /// Stands for the code that it was enrolled with.
    origin: [u8; 32],
}

/// Stands for a code for enrolment without telling it.
fn origin(code: &str) -> [u8; 32] {
    Sha256::new_with_prefix(b"kortautomat enrolment code 1\0").chain_update(code).finalize().into()
}

impl KeyStore {
    /// The key store of a data folder; `prefer` counts for a folder that has none yet.
    pub fn open(data: &Path, prefer: Prefer, randomness: &Randomness) -> Result<Self, Error> {
        let folder = data.join("keys");
        file::create_folder(data)?;
        file::create_folder(&folder)?;
        let chosen = folder.join("where");
        let vault = match file::read(&chosen)? {
            Some(text) => existing(&folder, text.trim(), randomness)?,
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
            return Ok(Key::from_bytes(*bytes_of(&text, RECORDS)?));
        }
        if sealed {
            return Err(Error::Missing(RECORDS));
        }
        let key = Key::generate(randomness)?;
        let text = Zeroizing::new(hex::encode(key.as_bytes()));
        self.set(RECORDS, &text)?;
        Ok(key)
    }

    /// What the terminal proves itself with; none before it is enrolled.
    pub fn identity(&self) -> Result<Option<Identity>, Error> {
        let Some(text) = self.0.get(TERMINAL)? else { return Ok(None) };
        let bad = || Error::Malformed(TERMINAL);
        let mut parts = text.split_whitespace();
        let (Some(seed), Some(phone), Some(origin)) = (parts.next(), parts.next(), parts.next()) else {
            // the secret of a version whose terminals had no keys: it must be enrolled anew
            return Ok(None);
        };
        Ok(Some(Identity {
            signer: signer_of(seed, TERMINAL)?,
            phone_key: SharedKey::from_hex(phone).ok_or_else(bad)?,
            origin: *bytes_of(origin, TERMINAL)?,
        }))
    }

    /// The key to enrol with by this code: always the same one for the same code, wherever the attempt before was cut.
    pub fn key_for(&self, code: &str, randomness: &Randomness) -> Result<Signer, Error> {
        let origin = origin(code);
        match self.identity()? {
            Some(identity) if identity.origin == origin => Ok(identity.signer),
            _ => self.next(&hex::encode(origin), randomness),
        }
    }

    /// The server knows the key for this code: it is the terminal's from now on.
    pub fn enrolled(&self, code: &str, signer: Signer, phone_key: SharedKey) -> Result<Identity, Error> {
        let identity = Identity { signer, phone_key, origin: origin(code) };
        self.keep(&identity)?;
        Ok(identity)
    }

    /// The key that is to take the present one's place: made, or the one that was handed in without an answer.
    pub fn next_key(&self, randomness: &Randomness) -> Result<Signer, Error> {
        self.next(ROTATION, randomness)
    }

    /// The key that was made to take the present one's place, if the server may have it and its answer was not heard.
    pub fn pending_key(&self) -> Result<Option<Signer>, Error> {
        let Some(text) = self.0.get(NEXT)? else { return Ok(None) };
        match text.split_once(' ') {
            Some((ROTATION, seed)) => signer_of(seed, NEXT).map(Some),
            _ => Ok(None),
        }
    }

    /// The server has the next key: it is the terminal's from now on.
    pub fn exchanged(&self, signer: Signer) -> Result<(), Error> {
        let identity = self.identity()?.ok_or(Error::Missing(TERMINAL))?;
        self.keep(&Identity { signer, ..identity })?;
        self.0.set(NEXT, "none")
    }

    fn next(&self, purpose: &str, randomness: &Randomness) -> Result<Signer, Error> {
        if let Some(text) = self.0.get(NEXT)?
            && let Some((kept, seed)) = text.split_once(' ')
            && kept == purpose
        {
            return signer_of(seed, NEXT);
        }
        let signer = Signer::generate(randomness)?;
        let seed = Zeroizing::new(hex::encode(signer.to_bytes().as_slice()));
        self.set(NEXT, &Zeroizing::new(format!("{purpose} {}", *seed)))?;
        Ok(signer)
    }

    fn keep(&self, identity: &Identity) -> Result<(), Error> {
        let seed = Zeroizing::new(hex::encode(identity.signer.to_bytes().as_slice()));
        let phone_key = identity.phone_key.to_hex();
        let text = format!("{} {} {}", *seed, *phone_key, hex::encode(identity.origin));
        self.set(TERMINAL, &Zeroizing::new(text))
    }

    /// Keeps a text that comes back.
    fn set(&self, name: &'static str, text: &str) -> Result<(), Error> {
        self.0.set(name, text)?;
        match self.0.get(name)? {
            Some(kept) if *kept == *text => Ok(()),
            _ => Err(Error::Unreliable),
        }
    }
}

/// What a next key is for that was not made for a code.
const ROTATION: &str = "rotation";

impl std::fmt::Debug for KeyStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyStore({:?})", self.kind())
    }
}

fn bytes_of(text: &str, name: &'static str) -> Result<Zeroizing<[u8; 32]>, Error> {
    let mut bytes = Zeroizing::new([0; 32]);
    hex::decode_to_slice(text.trim(), bytes.as_mut_slice()).map_err(|_| Error::Malformed(name))?;
    Ok(bytes)
}

fn signer_of(text: &str, name: &'static str) -> Result<Signer, Error> {
    Ok(Signer::from_bytes(&*bytes_of(text, name)?))
}

fn existing(folder: &Path, text: &str, randomness: &Randomness) -> Result<Box<dyn Vault>, Error> {
    match text.split_once(' ') {
        None if text == "files" => Ok(Box::new(file::Files::new(folder))),
        None if text == "credential" => {
            let given = credential::given().ok_or(Error::NoCredential)?;
            Ok(Box::new(credential::Credential::new(folder, &given, randomness)?))
        }
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
    without_keyring(folder, prefer, randomness)
}

/// The store of a new folder, and the line that says so.
#[cfg(not(feature = "desktop"))]
fn choose(folder: &Path, prefer: Prefer, randomness: &Randomness) -> Result<(Box<dyn Vault>, String), Error> {
    without_keyring(folder, prefer, randomness)
}

fn without_keyring(
    folder: &Path,
    prefer: Prefer,
    randomness: &Randomness,
) -> Result<(Box<dyn Vault>, String), Error> {
    match credential::given().filter(|_| prefer == Prefer::Keyring) {
        Some(given) => {
            let vault = credential::Credential::new(folder, &given, randomness)?;
            Ok((Box::new(vault), "credential\n".to_owned()))
        }
        None => Ok((Box::new(file::Files::new(folder)), "files\n".to_owned())),
    }
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
    fn a_key_for_enrolment_is_the_same_until_the_server_has_it() {
        let folder = tempfile::tempdir().unwrap();
        let system = Randomness::system();
        let open = || KeyStore::open(folder.path(), Prefer::Files, &system).unwrap();
        assert!(open().identity().unwrap().is_none());
        let first = open().key_for("first", &system).unwrap();
        assert_eq!(open().key_for("first", &system).unwrap().public(), first.public());
        let shared = SharedKey::from_bytes([4; 32]);
        open().enrolled("first", first.clone(), shared.clone()).unwrap();
        let identity = open().identity().unwrap().unwrap();
        assert_eq!((identity.signer.public(), &identity.phone_key), (first.public(), &shared));
        assert_eq!(open().key_for("first", &system).unwrap().public(), first.public());
        let second = open().key_for("second", &system).unwrap();
        assert_ne!(second.public(), first.public());
        assert_eq!(
            open().identity().unwrap().unwrap().signer.public(),
            first.public(),
            "until it is enrolled"
        );
    }

    #[test]
    fn a_next_key_waits_for_its_answer() {
        let folder = tempfile::tempdir().unwrap();
        let system = Randomness::system();
        let store = KeyStore::open(folder.path(), Prefer::Files, &system).unwrap();
        let first = store.key_for("code", &system).unwrap();
        store.enrolled("code", first, SharedKey::from_bytes([4; 32])).unwrap();
        assert!(store.pending_key().unwrap().is_none());
        let next = store.next_key(&system).unwrap();
        assert_eq!(store.next_key(&system).unwrap().public(), next.public());
        assert_eq!(store.pending_key().unwrap().unwrap().public(), next.public());
        store.exchanged(next.clone()).unwrap();
        assert!(store.pending_key().unwrap().is_none());
        assert_eq!(store.key_for("code", &system).unwrap().public(), next.public(), "still by that code");
    }

    #[test]
    fn a_secret_of_an_older_version_is_no_key() {
        let folder = tempfile::tempdir().unwrap();
        let store = KeyStore::open(folder.path(), Prefer::Files, &Randomness::system()).unwrap();
        std::fs::write(folder.path().join("keys/terminal"), "ab".repeat(16)).unwrap();
        assert!(store.identity().unwrap().is_none());
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
