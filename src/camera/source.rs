//! What a camera is to the worker: something that opens, and then gives pictures until it fails.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::wiped::Wiped;

/// An upright picture, three bytes a pixel (sRGB), row after row without gaps.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pub rgb: Arc<Wiped>,
}

impl Picture {
    /// None when the bytes are not exactly three a pixel.
    pub fn new(width: u32, height: u32, rgb: Vec<u8>) -> Option<Self> {
        let bytes = (width as usize).checked_mul(height as usize)?.checked_mul(3)?;
        (bytes > 0 && rgb.len() == bytes).then(|| Self { width, height, rgb: Arc::new(Wiped::new(rgb)) })
    }
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}×{})", self.width, self.height)
    }
}

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("no camera is there")]
    Missing,
    #[error("another program uses the camera")]
    Busy,
    #[error("this user may not open the camera")]
    NoRights,
    #[error("the camera was unplugged")]
    Unplugged,
    #[error("no frame came in time")]
    Stalled,
    /// This frame only: the next one may be well.
    #[error("a broken frame: {0}")]
    Broken(String),
    #[error("the camera failed: {0}")]
    Failed(String),
}

/// Opens a camera: at the start and again after every failure. Called on the camera's own thread, where it may block.
pub trait Opener: Send + Sync {
    /// A running camera. `leave` tells when it is no longer wanted.
    fn open(&self, leave: &Leave) -> Result<Box<dyn Source>, Error>;
}

/// A running camera; dropping it closes the device.
pub trait Source {
    /// The name to show and to write into the log.
    fn name(&self) -> &str;

    /// Waits for the next picture. May block for ever: the worker watches.
    fn next_frame(&mut self) -> Result<Picture, Error>;
}

/// Tells a camera's thread that nobody waits for it any more.
#[derive(Clone, Debug, Default)]
pub struct Leave(Arc<(Mutex<bool>, Condvar)>);

impl Leave {
    /// From now on nobody waits.
    pub fn give_up(&self) {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.1.notify_all();
    }

    /// Whether nobody waits any more.
    pub fn given_up(&self) -> bool {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits this long, less if nobody waits any more; answers whether that is so.
    pub fn wait(&self, time: Duration) -> bool {
        let gone = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (gone, _) =
            self.0.1.wait_timeout_while(gone, time, |gone| !*gone).unwrap_or_else(PoisonError::into_inner);
        *gone
    }
}
