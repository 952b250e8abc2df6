//! What a terminal remembers about itself between two starts. Sealed like everything else: whoever can write to the disk
//! cannot make a terminal trust another server or another access system's key.

use std::ops::Range;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Error, Inner, Salvage, salvage};
use crate::domain::number::TerminalCode;
use crate::domain::person::Language;
use crate::domain::rotation::Rotation;
use crate::seal::pin::Fingerprint;

/// Which server a terminal belongs to, and as which terminal. Its secret is in the key store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The server's address, such as `https://kort.example`.
    pub server: String,
    pub code: TerminalCode,
    /// The access system's key that PINs are sealed to, and no other.
    pub access_key: Fingerprint,
    /// SHA-256 of the certificate of the only authority that may vouch for the server; none: those of the system.
    pub authority: Option<[u8; 32]>,
}

/// How often a wrong code was given for the staff's way out, and until when it is closed for that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WayOut {
    pub wrong: u8,
    pub closed_until: Option<Timestamp>,
}

#[derive(Serialize, Deserialize)]
struct EnrolmentShape {
    server: String,
    code: String,
    access_key: String,
    #[serde(default)]
    authority: Option<[u8; 32]>,
}

/// The settings of an open store.
pub struct Settings<'a>(pub(super) &'a Inner);

const ENROLMENT: &str = "enrolment";
const SETUP: &str = "setup";
const LANGUAGE: &str = "language";
const CAMERA: &str = "camera";
const ROTATION: &str = "rotation";
const SOUND: &str = "sound";
const WAY_OUT: &str = "way-out";
const NUMBERS: &str = "numbers";

impl Settings<'_> {
    /// None before the terminal is enrolled.
    pub async fn enrolment(&self) -> Result<Option<Enrolment>, Error> {
        let Some(shape) = self.0.setting::<EnrolmentShape>(ENROLMENT).await? else { return Ok(None) };
        let damaged = || Error::Damaged(ENROLMENT.to_owned());
        Ok(Some(Enrolment {
            code: shape.code.parse().map_err(|_| damaged())?,
            access_key: shape.access_key.parse().map_err(|_| damaged())?,
            authority: shape.authority,
            server: shape.server,
        }))
    }

    pub async fn remember_enrolment(&self, enrolment: &Enrolment) -> Result<(), Error> {
        let shape = EnrolmentShape {
            server: enrolment.server.clone(),
            code: enrolment.code.to_string(),
            access_key: enrolment.access_key.to_string(),
            authority: enrolment.authority,
        };
        self.0.set(ENROLMENT, &shape).await
    }

    /// Takes so many numbers for calls: no later call of this gives one of them again, wherever the program ends.
    pub async fn take_numbers(&self, count: u64) -> Result<Range<u64>, Error> {
        // 0 is enrolment's
        let first = self.0.setting::<u64>(NUMBERS).await?.unwrap_or(1);
        let end = first.saturating_add(count);
        match self.0.set(NUMBERS, &end).await {
            // without numbers nothing gets away from a full disk, so they come before the next order
            Err(Error::Full) if self.0.let_go_of_reserve() => self.0.set(NUMBERS, &end).await?,
            set => set?,
        }
        Ok(first..end)
    }

    /// The server's last answer about prices, places and the rest, as it was sent.
    pub async fn setup(&self) -> Result<Option<String>, Error> {
        self.0.setting(SETUP).await
    }

    pub async fn remember_setup(&self, setup: &str) -> Result<(), Error> {
        self.0.set(SETUP, &setup).await
    }

    /// The language in which the terminal starts.
    pub async fn language(&self) -> Result<Language, Error> {
        let tag: Option<String> = self.0.setting(LANGUAGE).await?;
        Ok(tag.as_deref().and_then(Language::from_tag).unwrap_or_default())
    }

    pub async fn remember_language(&self, language: Language) -> Result<(), Error> {
        self.0.set(LANGUAGE, &language.tag()).await
    }

    /// The name of the camera that was chosen; none: the first one.
    pub async fn camera(&self) -> Result<Option<String>, Error> {
        Ok(self.0.setting::<Option<String>>(CAMERA).await?.flatten())
    }

    pub async fn remember_camera(&self, camera: Option<&str>) -> Result<(), Error> {
        self.0.set(CAMERA, &camera).await
    }

    pub async fn rotation(&self) -> Result<Rotation, Error> {
        let degrees: Option<u16> = self.0.setting(ROTATION).await?;
        Ok(degrees.and_then(Rotation::from_degrees).unwrap_or_default())
    }

    pub async fn remember_rotation(&self, rotation: Rotation) -> Result<(), Error> {
        self.0.set(ROTATION, &rotation.degrees()).await
    }

    /// Whether the camera screen is heard as well as seen; not unless staff switched it on.
    pub async fn sound(&self) -> Result<bool, Error> {
        Ok(self.0.setting(SOUND).await?.unwrap_or_default())
    }

    pub async fn remember_sound(&self, on: bool) -> Result<(), Error> {
        self.0.set(SOUND, &on).await
    }

    /// What was kept of a damaged database, if there ever was one; the last time counts.
    pub async fn salvage(&self) -> Result<Option<Salvage>, Error> {
        self.0.setting(salvage::SETTING).await
    }

    /// Wrong codes for the staff's way out, which a restart does not forgive.
    pub async fn way_out(&self) -> Result<WayOut, Error> {
        let Some((wrong, closed_until)) = self.0.setting::<(u8, Option<i64>)>(WAY_OUT).await? else {
            return Ok(WayOut::default());
        };
        let closed_until = closed_until.and_then(|second| Timestamp::from_second(second).ok());
        Ok(WayOut { wrong, closed_until })
    }

    pub async fn remember_way_out(&self, way_out: WayOut) -> Result<(), Error> {
        self.0.set(WAY_OUT, &(way_out.wrong, way_out.closed_until.map(Timestamp::as_second))).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::open;

    #[tokio::test]
    async fn settings_outlive_a_start() {
        let dir = tempfile::tempdir().unwrap();
        let enrolment = Enrolment {
            server: "https://kort.example".into(),
            code: "K1".parse().unwrap(),
            access_key: Fingerprint::from_bytes([9; 32]),
            authority: Some([8; 32]),
        };
        let store = open(dir.path()).await.unwrap();
        assert_eq!(store.settings().enrolment().await.unwrap(), None);
        assert_eq!(store.settings().language().await.unwrap(), Language::Bokmal);
        store.settings().remember_enrolment(&enrolment).await.unwrap();
        store.settings().remember_language(Language::Nynorsk).await.unwrap();
        store.settings().remember_camera(Some("HD Webcam")).await.unwrap();
        store.settings().remember_rotation(Rotation::Quarter).await.unwrap();
        assert!(!store.settings().sound().await.unwrap());
        store.settings().remember_sound(true).await.unwrap();
        store.settings().remember_setup("{}").await.unwrap();
        let way_out = WayOut { wrong: 3, closed_until: Some(Timestamp::UNIX_EPOCH) };
        store.settings().remember_way_out(way_out).await.unwrap();
        drop(store);
        let store = open(dir.path()).await.unwrap();
        let settings = store.settings();
        assert_eq!(settings.enrolment().await.unwrap(), Some(enrolment));
        assert_eq!(settings.language().await.unwrap(), Language::Nynorsk);
        assert_eq!(settings.camera().await.unwrap().as_deref(), Some("HD Webcam"));
        assert_eq!(settings.rotation().await.unwrap(), Rotation::Quarter);
        assert!(settings.sound().await.unwrap());
        assert_eq!(settings.setup().await.unwrap().as_deref(), Some("{}"));
        assert_eq!(settings.way_out().await.unwrap(), way_out);
    }

    #[tokio::test]
    async fn a_number_is_given_once() {
        let dir = tempfile::tempdir().unwrap();
        let store = open(dir.path()).await.unwrap();
        assert_eq!(store.settings().take_numbers(1_000).await.unwrap(), 1..1_001);
        drop(store);
        let store = open(dir.path()).await.unwrap();
        assert_eq!(store.settings().take_numbers(10).await.unwrap(), 1_001..1_011);
    }

    #[tokio::test]
    async fn a_setting_cannot_be_exchanged_for_another() {
        let dir = tempfile::tempdir().unwrap();
        let store = open(dir.path()).await.unwrap();
        store.settings().remember_setup("first").await.unwrap();
        store.settings().remember_language(Language::English).await.unwrap();
        sqlx::query(
            "UPDATE setting SET value = (SELECT value FROM setting WHERE name = 'setup') WHERE name = 'language'",
        )
        .execute(&store.0.pool)
        .await
        .unwrap();
        assert!(matches!(store.settings().language().await, Err(Error::Damaged(_))));
    }
}
