//! What nokhwa cannot be asked on Linux.

use nokhwa::utils::CameraIndex;
use v4l::video::Capture;
use v4l::video::capture::Parameters;
use v4l::{Device, Format, FourCC};

/// Pixel formats that nokhwa knows, the usual ones first.
const KNOWN: [&[u8; 4]; 6] = [b"MJPG", b"YUYV", b"NV12", b"RGB3", b"BGR3", b"GRAY"];

/// Sets a pixel format that nokhwa knows and a whole rate; answers whether that could be done.
pub fn make_plain(index: &CameraIndex) -> bool {
    let set = || -> Result<bool, std::io::Error> {
        let number = index.as_index().map_err(std::io::Error::other)?;
        let device = Device::new(number as usize)?;
        let offered = device.enum_formats()?;
        let Some(known) =
            KNOWN.iter().map(|code| FourCC::new(code)).find(|code| offered.iter().any(|o| o.fourcc == *code))
        else {
            return Ok(false);
        };
        let now = device.format()?;
        device.set_format(&Format::new(now.width, now.height, known))?;
        let rate = device.set_params(&Parameters::with_fps(30))?.interval;
        Ok(rate.numerator == 1)
    };
    set().unwrap_or_else(|error| {
        tracing::debug!(%error, "no plain format could be set");
        false
    })
}
