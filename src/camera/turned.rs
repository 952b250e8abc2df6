//! A camera that is mounted on its side or upside down: its pictures, upright.

use std::sync::Arc;

use super::source::{Error, Leave, Opener, Picture, Source};
use super::wiped::Wiped;
use crate::domain::rotation::Rotation;

/// Opens a camera whose pictures are turned.
pub struct Turned {
    pub opener: Arc<dyn Opener>,
    pub rotation: Rotation,
}

impl Opener for Turned {
    fn open(&self, leave: &Leave) -> Result<Box<dyn Source>, Error> {
        let source = self.opener.open(leave)?;
        Ok(Box::new(Upright { source, rotation: self.rotation }))
    }
}

struct Upright {
    source: Box<dyn Source>,
    rotation: Rotation,
}

impl Source for Upright {
    fn name(&self) -> &str {
        self.source.name()
    }

    fn next_frame(&mut self) -> Result<Picture, Error> {
        Ok(turned(self.source.next_frame()?, self.rotation))
    }
}

fn turned(picture: Picture, rotation: Rotation) -> Picture {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let (columns, rows) = match rotation {
        Rotation::None => return picture,
        Rotation::Half => (width, height),
        Rotation::Quarter | Rotation::ThreeQuarters => (height, width),
    };
    let mut rgb = vec![0; picture.rgb.len()];
    for (y, row) in rgb.chunks_exact_mut(columns * 3).enumerate() {
        for (x, pixel) in row.chunks_exact_mut(3).enumerate() {
            let (from_x, from_y) = match rotation {
                Rotation::Quarter => (y, height - 1 - x),
                Rotation::ThreeQuarters => (width - 1 - y, x),
                Rotation::None | Rotation::Half => (width - 1 - x, height - 1 - y),
            };
            pixel.copy_from_slice(&picture.rgb[(from_y * width + from_x) * 3..][..3]);
        }
    }
    Picture { width: columns as u32, height: rows as u32, rgb: Arc::new(Wiped::new(rgb)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pixel for each byte, grey.
    fn picture(width: u32, height: u32, pixels: &[u8]) -> Picture {
        Picture::new(width, height, pixels.iter().flat_map(|&grey| [grey; 3]).collect()).unwrap()
    }

    #[test]
    fn pictures_are_turned_clockwise() {
        let lying = picture(3, 2, &[1, 2, 3, 4, 5, 6]);
        assert_eq!(turned(lying.clone(), Rotation::None), lying);
        assert_eq!(turned(lying.clone(), Rotation::Quarter), picture(2, 3, &[4, 1, 5, 2, 6, 3]));
        assert_eq!(turned(lying.clone(), Rotation::Half), picture(3, 2, &[6, 5, 4, 3, 2, 1]));
        assert_eq!(turned(lying, Rotation::ThreeQuarters), picture(2, 3, &[3, 6, 2, 5, 1, 4]));
    }
}
