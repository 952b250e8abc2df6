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

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::path::Path;
    use std::process::Command;

    use crate::seal::keys::{Error, KeyStore, Kind, Prefer};
    use crate::system::Randomness;

    const STEP: &str = "KORTAUTOMAT_KEYRING_STEP";
    const FOLDER: &str = "KORTAUTOMAT_KEYRING_FOLDER";

    #[expect(clippy::unwrap_used, clippy::panic, reason = "part of the test below")]
    /// Runs [`step`] in a process of its own, in a D-Bus session with a keyring whose files are in `home`. The keyring is
    /// unlocked with a password, or left locked.
    fn run(step: &str, home: &Path, unlocked: bool) {
        let start = if unlocked {
            "printf 'a password' | gnome-keyring-daemon --unlock --components=secrets"
        } else {
            "gnome-keyring-daemon --start --components=secrets"
        };
        let script = format!(
            "{start} >/dev/null 2>&1; exec \"$0\" --exact seal::keys::keyring::tests::step --nocapture"
        );
        let runtime = home.join("run");
        std::fs::create_dir_all(&runtime).unwrap();
        let output = Command::new("dbus-run-session")
            .args(["--", "sh", "-c", &script])
            .arg(std::env::current_exe().unwrap())
            .env(STEP, step)
            .env(FOLDER, home.join("data"))
            .env("HOME", home)
            .env("XDG_RUNTIME_DIR", &runtime)
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .output()
            .unwrap_or_else(|error| panic!("dbus-run-session and gnome-keyring-daemon are needed: {error}"));
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && text.contains(step), "{step}: {text}\n{output:?}");
    }

    #[test]
    fn a_real_keyring_keeps_the_keys_and_a_locked_one_is_not_overwritten() {
        let home = tempfile::tempdir().unwrap();
        run("make", home.path(), true);
        run("find", home.path(), true);
        run("locked", home.path(), false);
        run("find", home.path(), true);
        let other = tempfile::tempdir().unwrap();
        run("locked and new", other.path(), false);
    }

    /// One step of the test above, in a process of its own; by itself it does nothing.
    #[test]
    fn step() {
        let (Ok(step), Some(folder)) = (std::env::var(STEP), std::env::var_os(FOLDER)) else { return };
        let folder = Path::new(&folder);
        let system = Randomness::system();
        let keys = KeyStore::open(folder, Prefer::Keyring, &system).unwrap();
        let noted = folder.join("key of the test");
        match step.as_str() {
            "make" => {
                assert_eq!(keys.kind(), Kind::Keyring);
                let key = keys.record_key(false, &system).unwrap();
                std::fs::write(noted, key.as_bytes()).unwrap();
                assert!(!folder.join("keys/records").exists());
            }
            "find" => {
                let key = keys.record_key(true, &system).unwrap();
                assert_eq!(key.as_bytes().as_slice(), std::fs::read(noted).unwrap());
            }
            "locked" => {
                assert_eq!(keys.kind(), Kind::Keyring);
                let missing = keys.record_key(true, &system);
                assert!(matches!(missing, Err(Error::Missing(_) | Error::Keyring(_))), "{missing:?}");
            }
            _ => assert_eq!(keys.kind(), Kind::Files, "files where the keyring cannot be used"),
        }
        #[expect(clippy::print_stdout, reason = "what the parent process waits for")]
        {
            println!("{step}");
        }
    }
}
