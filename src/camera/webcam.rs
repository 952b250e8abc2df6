//! Real cameras through nokhwa: raw frames only, decoded by us.

mod format;
#[cfg(target_os = "linux")]
mod v4l2;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use nokhwa::NokhwaError;
use nokhwa::utils::{
    ApiBackend, CameraFormat, CameraIndex, CameraInfo, FrameFormat, RequestedFormat, RequestedFormatType,
};

use super::mjpeg;
use super::pixels::{self, Layout};
use super::source::{Error, Leave, Opener, Picture, Source};

/// Every format that we turn into pixels.
const FORMATS: [FrameFormat; 6] = [
    FrameFormat::MJPEG,
    FrameFormat::YUYV,
    FrameFormat::NV12,
    FrameFormat::GRAY,
    FrameFormat::RAWRGB,
    FrameFormat::RAWBGR,
];

/// Formats that are tried before a camera is left as it is.
const TRIES: usize = 6;

/// Opens a webcam: by name, because its number changes when it is plugged in again.
#[derive(Debug)]
pub struct Webcam {
    wanted: Option<String>,
    /// The name of the last one that worked.
    worked: Mutex<Option<String>>,
}

impl Webcam {
    /// The camera whose name holds `wanted`, or the first that works.
    pub fn new(wanted: Option<String>) -> Self {
        Self { wanted, worked: Mutex::default() }
    }

    /// The cameras to try, the best first. A webcam's metadata node has the camera's name and stays in the list: opening it
    /// fails, and the next is tried.
    fn candidates(&self) -> Result<Vec<CameraInfo>, Error> {
        let mut found = nokhwa::query(ApiBackend::Auto).map_err(|error| of(&error, Phase::Open))?;
        if let Some(wanted) = &self.wanted {
            let wanted = wanted.to_lowercase();
            found.retain(|info| info.human_name().to_lowercase().contains(&wanted));
        }
        let worked = self.worked.lock().unwrap_or_else(PoisonError::into_inner).clone();
        found.sort_by_key(|info| {
            (Some(info.human_name()) != worked, info.index().as_index().unwrap_or(u32::MAX))
        });
        Ok(found)
    }
}

/// The names of the cameras that are plugged in, each once. Asks the system: not on the screen's thread.
pub fn names() -> Vec<String> {
    let found = catch_unwind(|| nokhwa::query(ApiBackend::Auto));
    let mut found = match found {
        Ok(Ok(found)) => found,
        Ok(Err(error)) => {
            tracing::debug!(%error, "the cameras cannot be listed");
            Vec::new()
        }
        Err(_) => Vec::new(),
    };
    found.sort_by_key(|info| info.index().as_index().unwrap_or(u32::MAX));
    let mut names: Vec<String> = Vec::new();
    for name in found.iter().map(CameraInfo::human_name) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

impl Opener for Webcam {
    fn open(&self, leave: &Leave) -> Result<Box<dyn Source>, Error> {
        let mut worst = Error::Missing;
        for info in self.candidates()? {
            if leave.given_up() {
                break;
            }
            let opened = catch_unwind(AssertUnwindSafe(|| Device::open(&info)));
            match opened.unwrap_or_else(|_| Err(Error::Failed("nokhwa panicked".to_owned()))) {
                Ok(device) => {
                    *self.worked.lock().unwrap_or_else(PoisonError::into_inner) = Some(info.human_name());
                    return Ok(Box::new(device));
                }
                Err(error) => {
                    tracing::debug!(camera = info.human_name(), index = %info.index(), %error, "not this one");
                    if telling(&error) > telling(&worst) {
                        worst = error;
                    }
                }
            }
        }
        Err(worst)
    }
}

/// Which of several cameras' errors says most.
fn telling(error: &Error) -> u8 {
    match error {
        Error::Missing | Error::Unplugged => 0,
        Error::Failed(_) | Error::Broken(_) | Error::Stalled => 1,
        Error::NoRights => 2,
        Error::Busy => 3,
    }
}

struct Device {
    name: String,
    format: CameraFormat,
    stream: Option<Stream>,
    jpegs: mjpeg::Reader,
}

#[cfg(target_os = "linux")]
type Stream = v4l2::Frames;
#[cfg(not(target_os = "linux"))]
type Stream = nokhwa::Camera;

impl Device {
    fn open(info: &CameraInfo) -> Result<Self, Error> {
        let mut camera = first_open(info.index())?;
        let listed = camera.compatible_camera_formats().map_err(|error| of(&error, Phase::Open))?;
        for wish in format::by_preference(&listed).into_iter().take(TRIES) {
            match camera.set_camera_requset(exactly(wish)) {
                Ok(_) => break,
                Err(error) => match of(&error, Phase::Open) {
                    Error::Failed(why) => tracing::debug!(%wish, why, "the camera does not take this format"),
                    other => return Err(other),
                },
            }
        }
        let format = camera.camera_format();
        let stream = stream(camera, info.index(), format)?;
        tracing::info!(camera = info.human_name(), %format, "the camera runs");
        Ok(Self { name: info.human_name(), format, stream: Some(stream), jpegs: mjpeg::Reader::default() })
    }
}

#[cfg(target_os = "linux")]
fn stream(camera: nokhwa::Camera, index: &CameraIndex, format: CameraFormat) -> Result<Stream, Error> {
    // nokhwa has set the format; its handle is closed before ours asks for the buffers
    drop(camera);
    v4l2::Frames::open(index, format).map_err(|error| {
        of_system(error.raw_os_error(), Phase::Open).unwrap_or_else(|| Error::Failed(error.to_string()))
    })
}

#[cfg(not(target_os = "linux"))]
fn stream(mut camera: nokhwa::Camera, _: &CameraIndex, _: CameraFormat) -> Result<Stream, Error> {
    camera.open_stream().map_err(|error| of(&error, Phase::Open))?;
    Ok(camera)
}

/// The device with whatever format it lists first: only then can it be asked for its formats.
fn first_open(index: &CameraIndex) -> Result<nokhwa::Camera, Error> {
    let any = || RequestedFormat::with_formats(RequestedFormatType::None, &FORMATS);
    match nokhwa::Camera::new(index.clone(), any()) {
        Ok(camera) => Ok(camera),
        // a fractional rate or an unknown pixel format that was left behind keeps nokhwa out: set plain ones, try again
        #[cfg(target_os = "linux")]
        Err(error @ NokhwaError::GetPropertyError { .. }) => match v4l2::make_plain(index) {
            Ok(true) => nokhwa::Camera::new(index.clone(), any()).map_err(|error| of(&error, Phase::Open)),
            Ok(false) => Err(of(&error, Phase::Open)),
            // another program may stream in such a format: then this says so, and nokhwa does not
            Err(system) => {
                Err(of_system(system.raw_os_error(), Phase::Open).unwrap_or_else(|| of(&error, Phase::Open)))
            }
        },
        Err(error) => Err(of(&error, Phase::Open)),
    }
}

fn exactly(format: CameraFormat) -> RequestedFormat<'static> {
    RequestedFormat::with_formats(RequestedFormatType::Exact(format), &FORMATS)
}

impl Source for Device {
    fn name(&self) -> &str {
        &self.name
    }

    #[cfg(target_os = "linux")]
    fn next_frame(&mut self) -> Result<Picture, Error> {
        let bytes = self.stream.as_mut().ok_or(Error::Unplugged)?.next()?;
        picture(&mut self.jpegs, self.format, bytes)
    }

    #[cfg(not(target_os = "linux"))]
    fn next_frame(&mut self) -> Result<Picture, Error> {
        let camera = self.stream.as_mut().ok_or(Error::Unplugged)?;
        let buffer = camera.frame().map_err(|error| of(&error, Phase::Stream))?;
        let size = buffer.resolution();
        let format = CameraFormat::new(size, buffer.source_frame_format(), self.format.frame_rate());
        picture(&mut self.jpegs, format, buffer.buffer())
    }
}

fn picture(jpegs: &mut mjpeg::Reader, format: CameraFormat, bytes: &[u8]) -> Result<Picture, Error> {
    let layout = match format.format() {
        FrameFormat::MJPEG => return jpegs.read(bytes),
        FrameFormat::YUYV => Layout::Yuyv,
        FrameFormat::NV12 => Layout::Nv12,
        FrameFormat::GRAY => Layout::Grey,
        FrameFormat::RAWRGB => Layout::Rgb,
        FrameFormat::RAWBGR => Layout::Bgr,
    };
    pixels::convert(layout, format.width(), format.height(), bytes)
}

impl Drop for Device {
    fn drop(&mut self) {
        // closing a stream whose device went wrong panics in the layers below
        let stream = self.stream.take();
        if catch_unwind(AssertUnwindSafe(move || drop(stream))).is_err() {
            tracing::warn!(camera = self.name, "closing the camera failed");
        }
    }
}

/// When an error came: no device means something else before and after the first frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Open,
    Stream,
}

/// nokhwa's errors are sentences; the system's number in them is what tells.
fn of(error: &NokhwaError, phase: Phase) -> Error {
    let text = error.to_string();
    let number = text.rsplit_once("(os error ").and_then(|(_, rest)| rest.split(')').next()?.parse().ok());
    of_system(number, phase).unwrap_or(Error::Failed(text))
}

/// What the system's error number says about the camera; none when it may be anything.
fn of_system(number: Option<i32>, phase: Phase) -> Option<Error> {
    match number? {
        // ENOENT, ENXIO, ENODEV
        2 | 6 | 19 if phase == Phase::Open => Some(Error::Missing),
        2 | 6 | 19 => Some(Error::Unplugged),
        // EPERM, EACCES
        1 | 13 => Some(Error::NoRights),
        16 => Some(Error::Busy),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_numbers_tell_what_happened() {
        let read = |text: &str| NokhwaError::ReadFrameError(text.to_owned());
        assert_eq!(of(&read("No such device (os error 19)"), Phase::Stream), Error::Unplugged);
        assert_eq!(of(&read("No such device (os error 19)"), Phase::Open), Error::Missing);
        let open = NokhwaError::OpenDeviceError(
            "0".to_owned(),
            "V4L2 Error: Permission denied (os error 13)".to_owned(),
        );
        assert_eq!(of(&open, Phase::Open), Error::NoRights);
        let busy = NokhwaError::SetPropertyError {
            property: "Frame rate".to_owned(),
            value: "30".to_owned(),
            error: "Device or resource busy (os error 16)".to_owned(),
        };
        assert_eq!(of(&busy, Phase::Open), Error::Busy);
        assert!(matches!(of(&read("Input/output error (os error 5)"), Phase::Stream), Error::Failed(_)));
    }

    #[test]
    fn raw_buffers_become_pictures_and_short_ones_do_not() {
        let of = |kind| CameraFormat::new_from(4, 2, kind, 30);
        let mut jpegs = mjpeg::Reader::default();
        assert_eq!(picture(&mut jpegs, of(FrameFormat::YUYV), &[128; 16]).unwrap().width, 4);
        let short = picture(&mut jpegs, of(FrameFormat::YUYV), &[128; 15]);
        assert!(matches!(short, Err(Error::Broken(_))));
        assert!(matches!(picture(&mut jpegs, of(FrameFormat::MJPEG), &[]), Err(Error::Broken(_))));
    }

    #[test]
    fn without_a_camera_it_is_missing() {
        let webcam = Webcam::new(Some("no camera has this name".to_owned()));
        assert_eq!(webcam.open(&Leave::default()).err(), Some(Error::Missing));
    }
}
