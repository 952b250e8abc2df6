//! The photo store: JPEGs by the SHA-256 of their bytes, each with a small copy from when it is first asked for.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use object_store::local::LocalFileSystem;
use object_store::{ObjectStore, ObjectStoreExt as _};
use sha2::{Digest, Sha256};

use crate::system::Stopwatch;
use crate::vision::crop;
use crate::vision::intake::{self, Limits};
use crate::vision::picture::Picture;

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
    #[error("the photo cannot be read")]
    Unreadable(#[source] intake::Error),
    #[error("the small copy of a photo cannot be written")]
    Small(#[source] crop::Error),
    #[error("the work on a photo was stopped")]
    Stopped(#[source] tokio::task::JoinError),
}

/// What a piece made of a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// So many bytes are there, from the first one on.
    Begun(u64),
    Whole(Bytes),
    /// The pieces are not the photo that their name says: they are deleted.
    Other,
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

    /// Where pieces lie until they are whole.
    fn pieces(&self) -> object_store::path::Path {
        format!("begun/{}", self.0).into()
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

/// The picture of a JPEG that keeps to the limits.
fn read(bytes: &[u8]) -> Result<Picture, Error> {
    Ok(intake::decode(bytes, &LIMITS, &Stopwatch::system()).map_err(Error::Unreadable)?.picture)
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

    /// Stores a photo whose bytes have this name, if it is a JPEG within the limits. It is not decoded: a terminal has done
    /// that and signs for it, or [`Photos::decode`] is asked.
    pub async fn put(&self, name: &Name, bytes: Bytes) -> Result<(), Error> {
        intake::examine_jpeg(&bytes, &LIMITS).map_err(Error::Unreadable)?;
        self.0.put(&name.path(Size::Whole), bytes.into()).await.map_err(Error::Store)?;
        Ok(())
    }

    /// Whether a photo that is there can be decoded; one that is not there cannot be told to be broken.
    pub async fn decode(&self, name: &Name) -> Result<(), Error> {
        let Some(bytes) = self.stored(name, Size::Whole).await? else { return Ok(()) };
        tokio::task::spawn_blocking(move || read(&bytes).map(drop)).await.map_err(Error::Stopped)?
    }

    /// Whether a photo is there.
    pub async fn holds(&self, name: &Name) -> Result<bool, Error> {
        match self.0.head(&name.path(Size::Whole)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(Error::Store(error)),
        }
    }

    /// How many bytes of a photo are there in pieces, from the first one on.
    pub async fn begun(&self, name: &Name) -> Result<u64, Error> {
        Ok(self.pieces(name).await?.1)
    }

    /// The pieces that follow each other from the first byte on, and how many bytes they have.
    async fn pieces(&self, name: &Name) -> Result<(Vec<object_store::path::Path>, u64), Error> {
        let there = self.0.list(Some(&name.pieces())).map_err(Error::Store);
        let mut there: Vec<(u64, object_store::ObjectMeta)> = there
            .try_filter_map(async |piece| {
                let from = piece.location.filename().and_then(|name| name.parse().ok());
                Ok(from.map(|from| (from, piece)))
            })
            .try_collect()
            .await?;
        there.sort_by_key(|(from, _)| *from);
        let (mut paths, mut end) = (Vec::new(), 0);
        for (from, piece) in there {
            if from == end && piece.size > 0 {
                end += piece.size;
                paths.push(piece.location);
            }
        }
        Ok((paths, end))
    }

    /// Stores a piece that begins at `from` of a photo of `of` bytes. The last one makes it whole, or is found to belong to
    /// other bytes.
    pub async fn put_piece(&self, name: &Name, from: u64, of: u64, bytes: Bytes) -> Result<Progress, Error> {
        let there = self.begun(name).await?;
        // one that was lost on the way is asked for again; one that is there already is not kept twice
        if from == there && from.saturating_add(bytes.len() as u64) <= of {
            let path = format!("{}/{from}", name.pieces());
            self.0.put(&path.into(), bytes.into()).await.map_err(Error::Store)?;
        }
        let (paths, there) = self.pieces(name).await?;
        if there < of {
            return Ok(Progress::Begun(there));
        }
        let mut whole = Vec::with_capacity(usize::try_from(there).unwrap_or_default());
        for path in paths {
            let piece = self.0.get(&path).await.map_err(Error::Store)?;
            whole.extend_from_slice(&piece.bytes().await.map_err(Error::Store)?);
        }
        if Name::of(&whole) == *name { Ok(Progress::Whole(whole.into())) } else { Ok(Progress::Other) }
    }

    /// Deletes the pieces of a photo.
    pub async fn forget_pieces(&self, name: &Name) -> Result<(), Error> {
        let there: Vec<_> = self
            .0
            .list(Some(&name.pieces()))
            .map_ok(|piece| piece.location)
            .try_collect()
            .await
            .map_err(Error::Store)?;
        for path in there {
            match self.0.delete(&path).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(Error::Store(error)),
            }
        }
        Ok(())
    }

    /// Deletes the pieces of photos that were begun before `before` and did not become whole.
    pub async fn forget_begun(&self, before: jiff::Timestamp) -> Result<(), Error> {
        let root = object_store::path::Path::from("begun");
        let there: Vec<_> = self.0.list(Some(&root)).try_collect().await.map_err(Error::Store)?;
        for piece in there {
            if piece.last_modified.timestamp() < before.as_second() {
                match self.0.delete(&piece.location).await {
                    Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                    Err(error) => return Err(Error::Store(error)),
                }
            }
        }
        Ok(())
    }

    /// A photo's bytes; none when it is not there, or no longer. The small copy is made when it is first asked for: whoever
    /// hands in a photo need not wait for it.
    pub async fn get(&self, name: &Name, size: Size) -> Result<Option<Bytes>, Error> {
        let found = self.stored(name, size).await?;
        if found.is_some() || size == Size::Whole {
            return Ok(found);
        }
        let Some(whole) = self.stored(name, Size::Whole).await? else { return Ok(None) };
        let shrink = move || crop::encode_small(read(&whole)?.rgb()).map_err(Error::Small);
        let small = Bytes::from(tokio::task::spawn_blocking(shrink).await.map_err(Error::Stopped)??);
        self.0.put(&name.path(Size::Small), small.clone().into()).await.map_err(Error::Store)?;
        // deleted meanwhile: nothing of it stays
        if !self.holds(name).await? {
            self.delete(name).await?;
            return Ok(None);
        }
        Ok(Some(small))
    }

    async fn stored(&self, name: &Name, size: Size) -> Result<Option<Bytes>, Error> {
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
