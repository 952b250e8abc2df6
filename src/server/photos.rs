//! The photo store: JPEGs by the SHA-256 of their bytes, each with a small copy.

use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::{ImageFormat, ImageReader, Limits};
use object_store::local::LocalFileSystem;
use object_store::{ObjectStore, ObjectStoreExt as _};
use sha2::{Digest, Sha256};

/// The largest photo, in bytes.
pub const LARGEST: usize = 8 * 1024 * 1024;

/// The longest side of the small copy, in pixels.
pub const SMALL: u32 = 480;

/// The longest side of a photo that is decoded, in pixels: more than any card photo needs.
const LONGEST_SIDE: u32 = 6_000;

/// Memory for one decoding.
const MEMORY: u64 = 160 * 1024 * 1024;

const SMALL_QUALITY: u8 = 85;

/// Why a photo could not be stored or read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the photo store refused")]
    Store(#[source] object_store::Error),
    #[error("the photo is no JPEG within the limits")]
    Unreadable,
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
    // the decoder forgives a picture that was cut off: one that does not come to its end, apart from zeros that some writers
    // fill a file up with, is none (ISO/IEC 10918-1, B.2.1)
    let filled = bytes.iter().rev().take_while(|byte| **byte == 0).count();
    if !bytes.get(..bytes.len() - filled).is_some_and(|written| written.ends_with(&[0xFF, 0xD9])) {
        return Err(Error::Unreadable);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Jpeg);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let picture = reader.decode().map_err(|_| Error::Unreadable)?;
    let small = if picture.width().max(picture.height()) > SMALL {
        picture.resize(SMALL, SMALL, image::imageops::FilterType::CatmullRom)
    } else {
        picture
    };
    let mut encoded = Vec::new();
    small
        .to_rgb8()
        .write_with_encoder(JpegEncoder::new_with_quality(&mut encoded, SMALL_QUALITY))
        .map_err(|_| Error::Unreadable)?;
    Ok(encoded)
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
