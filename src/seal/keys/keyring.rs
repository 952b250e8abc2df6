//! Keys in the system's keyring: Secret Service, Keychain or Credential Manager.

use keyring::Entry;
use zeroize::Zeroizing;

use super::{Error, Kind, Vault};

const SERVICE: &str = "kortautomat";

/// The entries of one data folder, told apart by its id.
pub(super) struct Keyring(String);

fn failed(error: keyring::Error) -> Error {
    Error::Keyring(Box::new(error))
}

impl Keyring {
    pub(super) fn new(id: &str) -> Self {
        Self(id.to_owned())
    }

    fn entry(&self, name: &str) -> Result<Entry, Error> {
        if let Err(error) = Entry::store_status() {
            return Err(Error::Keyring(error.to_string().into()));
        }
        Entry::new(SERVICE, &format!("{}/{name}", self.0)).map_err(failed)
    }

    /// Keeps something, reads it back and deletes it: whether there is a keyring at all, and whether it is unlocked.
    pub(super) fn try_out(&self) -> Result<(), Error> {
        let entry = self.entry("trial")?;
        entry.set_password("trial").map_err(failed)?;
        let kept = entry.get_password().map_err(failed)?;
        entry.delete_credential().map_err(failed)?;
        if kept == "trial" { Ok(()) } else { Err(Error::Unreliable) }
    }
}

impl Vault for Keyring {
    fn kind(&self) -> Kind {
        Kind::Keyring
    }

    /// None may also mean that the keyring is locked.
    fn get(&self, name: &'static str) -> Result<Option<Zeroizing<String>>, Error> {
        match self.entry(name)?.get_password() {
            Ok(text) => Ok(Some(Zeroizing::new(text))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    fn set(&self, name: &'static str, text: &str) -> Result<(), Error> {
        self.entry(name)?.set_password(text).map_err(failed)
    }
}
