//! The pictures that the judge's thread holds: the frames of a burst, or the file that was brought. Wiped when dropped.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use image::RgbImage;
use zeroize::Zeroizing;

use crate::camera;
use crate::desktop::photo::card::Card;
use crate::desktop::pixels;
use crate::vision::burst::Shot;
use crate::vision::crop::Crop;
use crate::vision::intake::{Limits, Note};
use crate::vision::picture::Picture;

/// A picture of a person, in memory that is wiped.
pub(super) struct Guarded(Option<Picture>);

impl Guarded {
    pub(super) fn new(picture: Picture) -> Self {
        Self(Some(picture))
    }

    /// No memory yet.
    pub(super) fn empty() -> Self {
        Self(None)
    }

    /// A copy of a camera's frame; none when its bytes do not make a picture.
    pub(super) fn of(frame: &camera::Picture) -> Option<Self> {
        RgbImage::from_raw(frame.width, frame.height, frame.rgb.to_vec())
            .map(|rgb| Self::new(Picture::new(rgb)))
    }

    /// Copies a frame into this memory where it fits.
    pub(super) fn refill(&mut self, frame: &camera::Picture) {
        match self.0.take().map(Picture::into_rgb) {
            Some(mut rgb) if rgb.dimensions() == (frame.width, frame.height) => {
                rgb.copy_from_slice(&frame.rgb);
                self.0 = Some(Picture::new(rgb));
            }
            old => {
                if let Some(old) = old {
                    pixels::wipe(old);
                }
                *self = Self::of(frame).unwrap_or(Self::empty());
            }
        }
    }

    pub(super) fn picture(&self) -> Option<&Picture> {
        self.0.as_ref()
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        if let Some(picture) = self.0.take() {
            pixels::wipe(picture.into_rgb());
        }
    }
}

/// A picture that can become the card photo.
pub(super) struct Kept {
    pub(super) picture: Guarded,
    pub(super) shot: Shot,
    /// Where the card picture would lie; none where the rules allow none.
    pub(super) crop: Option<Crop>,
    /// What is worth saying of the file that it came from.
    pub(super) notes: Vec<Note>,
    /// Its automatic card photo, once it was checked.
    pub(super) card: Option<Card>,
}

/// The bytes of a file: one more than is allowed at most, so that the limit is noticed.
pub fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, std::io::Error> {
    let most = Limits::default().max_bytes as u64 + 1;
    let file = File::open(path)?;
    let length = file.metadata()?.len().min(most);
    // all at once, so that nothing is moved and left behind
    let mut bytes = Zeroizing::new(Vec::with_capacity(length as usize + 1));
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}
