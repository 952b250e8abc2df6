//! Cameras: one trait, a real webcam, a file or folder, a test pattern, and the worker that keeps one of them running.
//!
//! Nothing here runs on the screen's thread. A [`worker::Camera`] is a handle: it tells of every change by a tick without
//! content, and holds the newest frame only, so that a slow reader misses frames instead of collecting them.
//!
//! What real cameras and nokhwa do, and where it is met:
//!
//! | case | answer |
//! |---|---|
//! | a frame blocks for ever | on Linux the waiting has an end, the camera is closed and opened again; elsewhere [`worker`]: the thread is given up after [`worker::Patience::frame`], a new one opens the camera |
//! | unplugged, missing, busy, no rights | [`worker::State`]; tried again every [`worker::Patience::retry`] |
//! | metadata nodes, changing numbers | [`webcam`](self): by name, every node of that name tried |
//! | MJPEG: whole mapped buffer, remains of earlier frames, no Huffman tables | [`mjpeg`] |
//! | a decoder that panics | [`decode`]: caught, one frame lost |
//! | the dead handle that comes back | the source is dropped on its own thread before the next one opens |

pub mod choice;
pub mod decode;
pub mod file;
pub mod mjpeg;
pub mod pace;
pub mod pixels;
pub mod preview;
pub mod source;
pub mod synthetic;
pub mod turned;
#[cfg(feature = "desktop")]
pub mod webcam;
pub mod wiped;
pub mod worker;

pub use choice::Choice;
pub use preview::Preview;
pub use source::{Error, Leave, Opener, Picture, Source};
pub use worker::{Camera, Frame, Patience, State};
