//! JPEGs as webcams send them.
//!
//! The driver's buffer is handed over whole, not the bytes that the camera filled: behind a short frame lie zeros or the
//! remains of an earlier one, and an empty frame shows an earlier picture complete. So the picture's own end is looked for,
//! frames without one are refused, and so are frames whose end is an earlier frame's end behind another beginning.
//! Many cameras leave the Huffman tables out and mean the standard ones (ITU-T T.81, K.3).

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Cursor;
use std::sync::OnceLock;

use image::ImageFormat;

use super::decode;
use super::source::{Error, Picture};

const START: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;
const HUFFMAN: u8 = 0xC4;

/// Where things stand in a JPEG.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Layout {
    /// First byte behind the end marker.
    end: usize,
    /// Where the first scan's header begins.
    scan: usize,
    /// Whether Huffman tables come before it.
    tables: bool,
}

/// Follows the segments from the start marker to the picture's own end; none when there is no such way.
fn layout(bytes: &[u8]) -> Option<Layout> {
    if bytes.get(..2)? != [0xFF, START] {
        return None;
    }
    let (mut at, mut scan, mut tables) = (2, None, false);
    loop {
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            // a marker may be preceded by any number of fill bytes
            0xFF => at += 1,
            END => return Some(Layout { end: at + 2, scan: scan?, tables }),
            0x01 | 0xD0..=0xD7 => at += 2,
            0x00 | START => return None,
            _ => {
                let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
                if length < 2 {
                    return None;
                }
                tables |= marker == HUFFMAN && scan.is_none();
                if marker == SCAN {
                    scan = scan.or(Some(at));
                    at = entropy_end(bytes, at + 2 + length)?;
                } else {
                    at += 2 + length;
                }
            }
        }
    }
}

/// The first marker behind entropy-coded data: `FF 00` is a data byte, `FF D0…D7` a restart within the scan.
fn entropy_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| byte == 0xFF)?;
        match *bytes.get(at + 1)? {
            0x00 | 0xD0..=0xD7 => at += 2,
            _ => return Some(at),
        }
    }
}

/// The standard Huffman tables as segments: those that our own encoder writes.
fn standard_tables() -> &'static [u8] {
    static TABLES: OnceLock<Vec<u8>> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut jpeg = Vec::new();
        if image::RgbImage::new(8, 8).write_to(&mut Cursor::new(&mut jpeg), ImageFormat::Jpeg).is_err() {
            return Vec::new();
        }
        segments(&jpeg, HUFFMAN).flatten().copied().collect()
    })
}

/// The segments with this marker in front of the first scan, marker and length included.
fn segments(jpeg: &[u8], wanted: u8) -> impl Iterator<Item = &[u8]> {
    let mut at = 2;
    std::iter::from_fn(move || {
        loop {
            let head: &[u8; 4] = jpeg.get(at..at + 4)?.try_into().ok()?;
            if head[1] == SCAN || head[0] != 0xFF {
                return None;
            }
            let next = at + 2 + usize::from(u16::from_be_bytes([head[2], head[3]]));
            let segment = jpeg.get(at..next)?;
            at = next;
            if head[1] == wanted {
                return Some(segment);
            }
        }
    })
}

/// What is remembered of a frame to know its remains again: where it ended, its last bytes, and the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Trace {
    end: usize,
    tail: u64,
    whole: u64,
}

/// Bytes that two different pictures do not end with at the same place by chance.
const TAIL: usize = 64;
/// Frames that are remembered: more than any driver has buffers.
const REMEMBERED: usize = 32;

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

/// Reads one camera's frames, and knows the remains of earlier ones.
#[derive(Debug, Default)]
pub struct Reader {
    recent: VecDeque<Trace>,
}

impl Reader {
    /// The picture at the beginning of a driver's buffer.
    pub fn read(&mut self, buffer: &[u8]) -> Result<Picture, Error> {
        let broken = |why: &str| Error::Broken(why.to_owned());
        let layout = layout(buffer).ok_or_else(|| broken("a JPEG without its end"))?;
        let jpeg = buffer.get(..layout.end).unwrap_or_default();
        let tail = jpeg.get(jpeg.len().saturating_sub(TAIL)..).unwrap_or_default();
        let trace = Trace { end: layout.end, tail: hash(tail), whole: hash(jpeg) };
        let seen = |same: &Trace| same.end == trace.end && same.tail == trace.tail;
        if self.recent.iter().any(|earlier| seen(earlier) && earlier.whole != trace.whole) {
            return Err(broken("a JPEG with the end of an earlier one"));
        }
        let picture = if layout.tables {
            decode::decode(jpeg, Some(ImageFormat::Jpeg))
        } else {
            let (head, rest) = jpeg.split_at_checked(layout.scan).unwrap_or((jpeg, &[]));
            decode::decode(&[head, standard_tables(), rest].concat(), Some(ImageFormat::Jpeg))
        }
        .map_err(|error| Error::Broken(error.to_string()))?;
        if !self.recent.contains(&trace) {
            self.recent.truncate(REMEMBERED - 1);
            self.recent.push_front(trace);
        }
        Ok(picture)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(seed: u32) -> Vec<u8> {
        let picture = image::RgbImage::from_fn(96, 64, |x, y| {
            let v = (x * 7 + y * 13 + (x * y + seed * 31) % 97 * seed) as u8;
            image::Rgb([v, v.wrapping_mul(3), 255 - v])
        });
        let mut bytes = Vec::new();
        picture.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Jpeg).unwrap();
        bytes
    }

    fn over(frame: &[u8], old: &[u8], size: usize) -> Vec<u8> {
        let mut buffer = old.to_vec();
        buffer.resize(size, 0);
        buffer[..frame.len()].copy_from_slice(frame);
        buffer
    }

    #[test]
    fn the_pictures_own_end_is_found_before_zeros_and_remains() {
        let (old, new) = (jpeg(1), jpeg(2));
        let mut reader = Reader::default();
        let alone = reader.read(&new).unwrap();
        assert_eq!(reader.read(&over(&new, &old, 40_000)).unwrap(), alone);
        assert_eq!((alone.width, alone.height), (96, 64));
    }

    #[test]
    fn truncated_empty_and_garbage_frames_are_refused() {
        let frame = jpeg(3);
        let mut reader = Reader::default();
        for cut in [0, 1, 2, 10, 400, frame.len() / 2, frame.len() - 1] {
            assert!(reader.read(&frame[..cut]).is_err(), "cut at {cut}");
            assert!(reader.read(&over(&frame[..cut], &[], 40_000)).is_err(), "cut at {cut} before zeros");
        }
        assert!(reader.read(&[0x55; 4000]).is_err());
        assert!(reader.read(&[0xFF; 4000]).is_err());
    }

    #[test]
    fn a_new_beginning_with_an_old_end_is_refused() {
        let (old, new) = (jpeg(4), jpeg(5));
        let mut reader = Reader::default();
        reader.read(&old).unwrap();
        let cut = new.len().min(old.len()) / 2;
        // whole segments agree between the two, so the mixture has a way from start to end
        assert!(layout(&over(&new[..cut], &old, 40_000)).is_some());
        assert!(reader.read(&over(&new[..cut], &old, 40_000)).is_err());
        assert!(reader.read(&new).is_ok(), "the next whole frame is fine");
        assert!(reader.read(&new).is_ok(), "a still picture may repeat");
    }

    #[test]
    fn missing_huffman_tables_are_the_standard_ones() {
        let whole = jpeg(6);
        let tables: Vec<&[u8]> = segments(&whole, HUFFMAN).collect();
        let counts: usize = tables.iter().map(|segment| segment.len()).sum();
        assert!(!tables.is_empty() && counts >= 418, "four tables: {counts} bytes");
        let first = tables[0].as_ptr() as usize - whole.as_ptr() as usize;
        let mut bare = whole[..first].to_vec();
        let mut rest = &whole[first..];
        while rest[1] == HUFFMAN {
            rest = &rest[2 + usize::from(u16::from_be_bytes([rest[2], rest[3]]))..];
        }
        bare.extend_from_slice(rest);
        assert!(!layout(&bare).unwrap().tables);
        let mut reader = Reader::default();
        assert_eq!(reader.read(&bare).unwrap(), reader.read(&whole).unwrap());
    }
}
