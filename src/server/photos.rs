//! The photo store: JPEGs by the SHA-256 of their bytes, each with a small copy.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use object_store::local::LocalFileSystem;
use object_store::{ObjectStore, ObjectStoreExt as _};
use sha2::{Digest, Sha256};

use crate::system::Stopwatch;
use crate::vision::crop;
use crate::vision::intake::{self, Limits};

/// The largest photo, in bytes.
pub const LARGEST: usize = 8 * 1024 * 1024;

/// What is decoded: more than any card photo needs.
const LIMITS: Limits = Limits {
    max_bytes: LARGEST,
    max_pixels: 36_000_000,
    max_memory: 160 * 1024 * 1024,
    max_time: Duration::from_secs(10),
};

/// Why a photo could not be stored or read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the photo store refused")]
    Store(#[source] object_store::Error),
    #[error("the photo is no JPEG")]
    NoJpeg,
    #[error("the photo cannot be read")]
    Unreadable(#[source] intake::Error),
    #[error("the small copy of a photo cannot be written")]
    Small(#[source] crop::Error),
    #[error("the work on a photo was stopped")]
    Stopped(#[source] tokio::task::JoinError),
}

/// Which copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    Whole,
    Small,
}

/// The SHA-256 of a photo's bytes; its text is 64 hexadecimal digits in small letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// None if the text is no SHA-256.
    pub fn new(text: &str) -> Option<Self> {
        let fits = text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        fits.then(|| Self(text.to_owned()))
    }

    pub fn of(bytes: &[u8]) -> Self {
        Self(hex::encode(Sha256::digest(bytes)))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn path(&self, size: Size) -> object_store::path::Path {
        let folder = self.0.get(..2).unwrap_or_default();
        match size {
            Size::Whole => format!("{folder}/{}.jpg", self.0),
            Size::Small => format!("{folder}/{}.small.jpg", self.0),
        }
        .into()
    }
}

/// Where the photos lie: a folder here, other object stores behind the same trait.
#[derive(Debug, Clone)]
pub struct Photos(Arc<dyn ObjectStore>);

/// The small copy of a JPEG, if it is one and keeps to the limits.
fn shrink(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    if !bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return Err(Error::NoJpeg);
    }
    let picture = intake::decode(bytes, &LIMITS, &Stopwatch::system()).map_err(Error::Unreadable)?.picture;
    crop::encode_small(picture.rgb()).map_err(Error::Small)
}

impl Photos {
    /// The photos in a folder, which is made if it is not there. Written photos are on the disk when `put` returns.
    pub fn in_folder(folder: &Path) -> Result<Self, Error> {
        let io =
            |source| Error::Store(object_store::Error::Generic { store: "photos", source: Box::new(source) });
        std::fs::create_dir_all(folder).map_err(io)?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(Error::Store)?.with_fsync(true);
        Ok(Self(Arc::new(store)))
    }

    /// Stores a photo whose bytes have this name, and its small copy.
    pub async fn put(&self, name: &Name, bytes: Bytes) -> Result<(), Error> {
        let source = bytes.clone();
        let small = tokio::task::spawn_blocking(move || shrink(&source)).await.map_err(Error::Stopped)??;
        self.0.put(&name.path(Size::Small), small.into()).await.map_err(Error::Store)?;
        self.0.put(&name.path(Size::Whole), bytes.into()).await.map_err(Error::Store)?;
        Ok(())
    }

    /// A photo's bytes; none when it is not there, or no longer.
    pub async fn get(&self, name: &Name, size: Size) -> Result<Option<Bytes>, Error> {
        match self.0.get(&name.path(size)).await {
            Ok(found) => found.bytes().await.map(Some).map_err(Error::Store),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(Error::Store(error)),
        }
    }

    /// Deletes a photo and its copy; one that is not there is deleted.
    pub async fn delete(&self, name: &Name) -> Result<(), Error> {
        for size in [Size::Whole, Size::Small] {
            match self.0.delete(&name.path(size)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(Error::Store(error)),
            }
        }
        Ok(())
    }
}
