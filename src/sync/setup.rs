//! What the server sets a terminal up with, checked before it is used, and remembered so that the terminal starts without
//! the server.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::client::{self, Client};
use crate::domain::number::TerminalCode;
use crate::domain::order::{Ore, Prices};
use crate::domain::place;
use crate::seal::pin::{AccessKey, Fingerprint};
use crate::store::settings::Enrolment;
use crate::store::{self, Store};
use crate::wire::terminal::StaffExit;
use crate::wire::{self, Impossible};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Client(#[from] client::Error),
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Impossible(#[from] Impossible),
    #[error("the remembered setup cannot be read: {0}")]
    Remembered(#[source] serde_json::Error),
    /// The server offers a key for PINs that is not the one that was pinned when the terminal was added. None is sealed to it.
    #[error("the key for PINs has the fingerprint {offered}, pinned is {pinned}")]
    OtherKey { offered: Fingerprint, pinned: Fingerprint },
    #[error("the server calls this terminal {0}")]
    OtherTerminal(TerminalCode),
}

/// What a terminal is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Kiosk,
    Counter,
}

/// What a terminal is set up with, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    pub code: TerminalCode,
    /// Where it stands.
    pub place: place::Id,
    pub role: Role,
    pub places: Vec<place::Place>,
    pub prices: Prices,
    /// Where the QR code leads: `PUBLIC_URL/o/NUMBER`.
    pub public_url: String,
    /// The access system's key, the one that was pinned.
    pub access_key: AccessKey,
    pub photo_policy: String,
    exit: Option<Exit>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Exit {
    salt: Vec<u8>,
    hash: [u8; 32],
}

impl Setup {
    /// The server's word for this terminal, if it is one that may be used.
    fn checked(setup: wire::terminal::Setup, enrolment: &Enrolment) -> Result<Self, Error> {
        let impossible = |field, value: &str| Impossible::new(field, value);
        let code: TerminalCode = setup.code.parse().map_err(|_| impossible("code", &setup.code))?;
        if code != enrolment.code {
            return Err(Error::OtherTerminal(code));
        }
        let access_key: AccessKey =
            setup.pin_key.parse().map_err(|_| impossible("pin_key", &setup.pin_key))?;
        let offered = access_key.fingerprint();
        if offered != enrolment.access_key {
            return Err(Error::OtherKey { offered, pinned: enrolment.access_key });
        }
        Ok(Self {
            code,
            place: place::Id::new(&setup.place).ok_or_else(|| impossible("place", &setup.place))?,
            role: match setup.role.as_str() {
                "kiosk" => Role::Kiosk,
                "counter" => Role::Counter,
                other => return Err(impossible("role", other).into()),
            },
            places: setup.places.into_iter().map(TryInto::try_into).collect::<Result<_, _>>()?,
            prices: Prices { lost: Ore(setup.price_lost), photo_violation: Ore(setup.price_photo_violation) },
            public_url: setup.public_url,
            access_key,
            photo_policy: setup.photo_policy,
            exit: setup.staff_exit.map(TryInto::try_into).transpose()?,
        })
    }

    /// Whether staff can leave full screen at all.
    pub fn has_staff_exit(&self) -> bool {
        self.exit.is_some()
    }

    /// Whether this is the code with which staff leave full screen.
    pub fn opens_staff_exit(&self, code: &str) -> bool {
        self.exit.as_ref().is_some_and(|exit| {
            let hash: [u8; 32] = Sha256::new().chain_update(&exit.salt).chain_update(code).finalize().into();
            hash.ct_eq(&exit.hash).into()
        })
    }
}

impl TryFrom<StaffExit> for Exit {
    type Error = Impossible;

    fn try_from(exit: StaffExit) -> Result<Self, Impossible> {
        let salt = hex::decode(&exit.salt).map_err(|_| Impossible::new("salt", &exit.salt))?;
        let mut hash = [0; 32];
        hex::decode_to_slice(&exit.hash, &mut hash).map_err(|_| Impossible::new("hash", &exit.hash))?;
        Ok(Self { salt, hash })
    }
}

/// What the server last said; none if it never did.
pub async fn remembered(store: &Store, enrolment: &Enrolment) -> Result<Option<Setup>, Error> {
    let Some(text) = store.settings().setup().await? else { return Ok(None) };
    let setup = serde_json::from_str(&text).map_err(Error::Remembered)?;
    Setup::checked(setup, enrolment).map(Some)
}

/// Asks the server, checks and remembers what it says.
pub async fn refresh(store: &Store, client: &Client, enrolment: &Enrolment) -> Result<Setup, Error> {
    let (setup, text) = checked(client.setup().await?, enrolment)?;
    store.settings().remember_setup(&text).await?;
    Ok(setup)
}

/// The server's word, checked, and as it is remembered.
pub(super) fn checked(said: wire::terminal::Setup, enrolment: &Enrolment) -> Result<(Setup, String), Error> {
    let text = serde_json::to_string(&said).map_err(Error::Remembered)?;
    Ok((Setup::checked(said, enrolment)?, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enrolment(key: &AccessKey) -> Enrolment {
        Enrolment {
            server: "https://kort.example".into(),
            code: "K1".parse().unwrap(),
            access_key: key.fingerprint(),
            authority: None,
        }
    }

    fn said(key: &AccessKey) -> wire::terminal::Setup {
        wire::terminal::Setup {
            code: "K1".into(),
            place: "gjovik".into(),
            role: "kiosk".into(),
            places: vec![],
            price_lost: 15_000,
            price_photo_violation: 15_000,
            public_url: "https://kort.example".into(),
            pin_key: key.to_string(),
            photo_policy: "university".into(),
            staff_exit: Some(StaffExit {
                salt: "00ff".into(),
                hash: hex::encode(Sha256::digest([&[0, 255], b"482913".as_slice()].concat())),
            }),
        }
    }

    #[test]
    fn invariant_2_only_the_pinned_key_is_sealed_to() {
        let (key, other) = (AccessKey::from_bytes([1; 32]), AccessKey::from_bytes([2; 32]));
        assert_eq!(Setup::checked(said(&key), &enrolment(&key)).unwrap().access_key, key);
        let refused = Setup::checked(said(&other), &enrolment(&key));
        assert!(matches!(refused, Err(Error::OtherKey { .. })), "{refused:?}");
    }

    #[test]
    fn the_staffs_code_opens_and_no_other() {
        let key = AccessKey::from_bytes([1; 32]);
        let setup = Setup::checked(said(&key), &enrolment(&key)).unwrap();
        assert!(setup.opens_staff_exit("482913"));
        assert!(!setup.opens_staff_exit("482914") && !setup.opens_staff_exit(""));
        let mut closed = said(&key);
        closed.staff_exit = None;
        let setup = Setup::checked(closed, &enrolment(&key)).unwrap();
        assert!(!setup.opens_staff_exit("482913") && !setup.has_staff_exit());
    }

    #[test]
    fn another_terminals_setup_is_refused() {
        let key = AccessKey::from_bytes([1; 32]);
        let mut other = said(&key);
        other.code = "K2".into();
        assert!(matches!(Setup::checked(other, &enrolment(&key)), Err(Error::OtherTerminal(_))));
        let mut nowhere = said(&key);
        nowhere.role = "printer".into();
        assert!(matches!(Setup::checked(nowhere, &enrolment(&key)), Err(Error::Impossible(_))));
    }
}
