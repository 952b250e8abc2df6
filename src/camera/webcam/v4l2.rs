//! What nokhwa cannot be asked on Linux: plain settings, and frames with an end to the waiting.

use std::io;
use std::time::Duration;

use nokhwa::utils::{CameraFormat, CameraIndex, FrameFormat};
use v4l::buffer::{Flags, Type};
use v4l::io::traits::CaptureStream;
use v4l::prelude::MmapStream;
use v4l::video::Capture;
use v4l::video::capture::Parameters;
use v4l::{Device, Format, FourCC};

use crate::camera::source::Error;

/// Pixel formats that nokhwa knows, the usual ones first.
const KNOWN: [&[u8; 4]; 6] = [b"MJPG", b"YUYV", b"NV12", b"RGB3", b"BGR3", b"GRAY"];

/// Whole rates, one of which every camera has at every size.
const RATES: [u32; 6] = [30, 25, 15, 10, 5, 1];

/// As many as drivers need to fill one while another is read.
const BUFFERS: u32 = 4;
/// The first frame may need the sensor to wake up.
const FIRST: Duration = Duration::from_secs(6);
/// Less than the worker's patience: a stalled camera is closed before its thread is given up, and can be opened again.
const NEXT: Duration = Duration::from_millis(1_800);

fn device(index: &CameraIndex) -> io::Result<Device> {
    Device::new(index.as_index().map_err(io::Error::other)? as usize)
}

/// Sets a pixel format that nokhwa knows and a whole rate; answers whether that could be done.
pub fn make_plain(index: &CameraIndex) -> io::Result<bool> {
    let device = device(index)?;
    let offered = device.enum_formats()?;
    let Some(known) =
        KNOWN.iter().map(|code| FourCC::new(code)).find(|code| offered.iter().any(|o| o.fourcc == *code))
    else {
        return Ok(false);
    };
    let now = device.format()?;
    device.set_format(&Format::new(now.width, now.height, known))?;
    for rate in RATES {
        // at a large size the nearest to 30 may be 12.5 again
        if device.set_params(&Parameters::with_fps(rate))?.interval.numerator == 1 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A running camera. nokhwa's own stream waits for ever for a frame that does not come, keeps the device from everybody who
/// could set it going again, and does not tell how much of a buffer was filled.
pub struct Frames {
    stream: MmapStream<'static>,
    started: bool,
}

impl Frames {
    /// Sets this format and takes the camera's buffers.
    pub fn open(index: &CameraIndex, format: CameraFormat) -> io::Result<Self> {
        let device = device(index)?;
        let wanted = Format::new(format.width(), format.height(), code(format.format()));
        let set = device.set_format(&wanted)?;
        if (set.width, set.height, set.fourcc) != (wanted.width, wanted.height, wanted.fourcc) {
            return Err(io::Error::other(format!("{wanted} became {set}")));
        }
        device.set_params(&Parameters::with_fps(format.frame_rate()))?;
        let mut stream = MmapStream::with_buffers(&device, Type::VideoCapture, BUFFERS)?;
        stream.set_timeout(FIRST);
        Ok(Self { stream, started: false })
    }

    /// The bytes of the next frame. After an error the camera has to be opened again, except for [`Error::Broken`].
    pub fn next(&mut self) -> Result<&[u8], Error> {
        if self.started {
            self.stream.set_timeout(NEXT);
        }
        self.started = true;
        let (buffer, about) = self.stream.next().map_err(|error| of(&error))?;
        if about.flags.contains(Flags::ERROR) {
            return Err(Error::Broken("the driver calls it damaged".to_owned()));
        }
        buffer
            .get(..about.bytesused as usize)
            .ok_or_else(|| Error::Broken("more bytes than the buffer has".to_owned()))
    }
}

fn code(format: FrameFormat) -> FourCC {
    FourCC::new(match format {
        FrameFormat::MJPEG => b"MJPG",
        FrameFormat::YUYV => b"YUYV",
        FrameFormat::NV12 => b"NV12",
        FrameFormat::RAWRGB => b"RGB3",
        FrameFormat::RAWBGR => b"BGR3",
        FrameFormat::GRAY => b"GRAY",
    })
}

/// What it means that a running camera answers so.
fn of(error: &io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::TimedOut => Error::Stalled,
        _ => super::of_system(error.raw_os_error(), super::Phase::Stream)
            .unwrap_or_else(|| Error::Failed(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_that_does_not_come_is_a_stall_and_a_device_that_went_is_unplugged() {
        assert_eq!(of(&io::Error::new(io::ErrorKind::TimedOut, "VIDIOC_DQBUF")), Error::Stalled);
        assert_eq!(of(&io::Error::from_raw_os_error(19)), Error::Unplugged);
        assert!(matches!(of(&io::Error::from_raw_os_error(5)), Error::Failed(_)));
    }

    #[test]
    fn every_format_has_a_code_that_the_system_knows() {
        for format in crate::camera::webcam::FORMATS {
            assert!(KNOWN.iter().any(|known| FourCC::new(known) == code(format)), "{format:?}");
        }
    }
}
