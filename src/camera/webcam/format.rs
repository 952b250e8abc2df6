//! Which of a camera's formats to ask for.

use nokhwa::utils::{CameraFormat, FrameFormat};

/// What the preview and the judge are made for, in pixels.
const HEIGHT: u32 = 720;
const WIDTH: u32 = 1280;
/// Below this the picture is seen to stutter.
const SMOOTH: u32 = 24;

/// A camera's formats, the best first: smooth before sharp, then 1280×720 or the next larger, then the rate nearest to 30,
/// then compressed before plain (less on the bus), colour before grey.
pub fn by_preference(listed: &[CameraFormat]) -> Vec<CameraFormat> {
    let mut formats: Vec<_> = listed.iter().copied().filter(|format| format.frame_rate() > 0).collect();
    formats.sort_by_key(|format| {
        let small = format.height() < HEIGHT || format.width() < WIDTH;
        let pixels = i64::from(format.width()) * i64::from(format.height());
        let off = (pixels - i64::from(WIDTH) * i64::from(HEIGHT)).abs();
        (
            format.format() == FrameFormat::GRAY,
            format.frame_rate() < SMOOTH,
            small,
            off,
            format.frame_rate().abs_diff(30),
            kind(format.format()),
        )
    });
    formats.dedup();
    formats
}

fn kind(format: FrameFormat) -> u8 {
    match format {
        FrameFormat::MJPEG => 0,
        FrameFormat::NV12 => 1,
        FrameFormat::YUYV => 2,
        FrameFormat::RAWRGB => 3,
        FrameFormat::RAWBGR => 4,
        FrameFormat::GRAY => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(width: u32, height: u32, format: FrameFormat, rate: u32) -> CameraFormat {
        CameraFormat::new_from(width, height, format, rate)
    }

    #[test]
    fn smooth_1280_by_720_is_asked_for_first() {
        use FrameFormat::{GRAY, MJPEG, YUYV};
        let best = format(1280, 720, MJPEG, 30);
        let listed = [
            format(320, 180, YUYV, 1),
            format(1280, 720, YUYV, 10),
            format(640, 480, YUYV, 30),
            format(1920, 1080, MJPEG, 30),
            format(1280, 720, MJPEG, 60),
            format(1280, 720, GRAY, 30),
            best,
        ];
        assert_eq!(by_preference(&listed).first(), Some(&best));
        assert_eq!(by_preference(&listed[..3]).first(), Some(&listed[2]), "smooth before sharp");
        assert_eq!(by_preference(&listed[..2]).first(), Some(&listed[1]));
        assert_eq!(by_preference(&[]), []);
    }
}
