//! A test pattern: colour bars, a moving square, thirty frames a second.

use super::pace::Pace;
use super::source::{Error, Leave, Opener, Picture, Source};
use crate::system::Stopwatch;

const WIDTH: u32 = 1280;
const HEIGHT: u32 = 720;
/// Side of the moving square in pixels.
const SQUARE: u32 = 80;
/// Pixels that it moves from frame to frame.
const STEP: u32 = 8;

/// Grey, yellow, cyan, green, magenta, red and blue at 75 %.
const BARS: [[u8; 3]; 7] =
    [[191, 191, 191], [191, 191, 0], [0, 191, 191], [0, 191, 0], [191, 0, 191], [191, 0, 0], [0, 0, 191]];

/// Opens the test pattern.
#[derive(Debug, Clone, Copy, Default)]
pub struct Synthetic;

struct Pattern {
    leave: Leave,
    pace: Pace,
    frame: u32,
}

impl Opener for Synthetic {
    fn open(&self, leave: &Leave) -> Result<Box<dyn Source>, Error> {
        Ok(Box::new(Pattern { leave: leave.clone(), pace: Pace::new(Stopwatch::system()), frame: 0 }))
    }
}

impl Source for Pattern {
    fn name(&self) -> &str {
        "test pattern"
    }

    fn next_frame(&mut self) -> Result<Picture, Error> {
        self.pace.wait(&self.leave);
        let left = self.frame % ((WIDTH - SQUARE) / STEP) * STEP;
        let top = (HEIGHT - SQUARE) / 2;
        self.frame = self.frame.wrapping_add(1);
        let mut rgb = Vec::with_capacity((WIDTH * HEIGHT * 3) as usize);
        for y in 0..HEIGHT {
            for x in 0..WIDTH {
                let square = (left..left + SQUARE).contains(&x) && (top..top + SQUARE).contains(&y);
                let bar = BARS.get((x * 7 / WIDTH) as usize).copied().unwrap_or_default();
                rgb.extend(if square { [255; 3] } else { bar });
            }
        }
        Picture::new(WIDTH, HEIGHT, rgb).ok_or_else(|| Error::Failed("no pixels".to_owned()))
    }
}
