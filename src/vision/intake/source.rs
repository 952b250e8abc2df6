//! The bytes of a file as the decoders read them. A decoder cannot be stopped from outside, but it must read on: when its
//! time is over the file ends for it, so that no thread has to be given up.

use std::cell::Cell;
use std::io::{self, BufRead, Read, Seek, SeekFrom};
use std::rc::Rc;
use std::time::Duration;

use zune_jpeg::zune_core::bytestream::{ZByteIoError, ZByteReaderTrait, ZSeekFrom};

use crate::system::Stopwatch;

/// How many bytes are read between two looks at the stopwatch.
const STRIDE: usize = 16 << 10;

/// The moment by which a picture must be decoded. Copies share what they have seen.
#[derive(Clone)]
pub struct Deadline {
    stopwatch: Stopwatch,
    allowed: Duration,
    at: Duration,
    over: Rc<Cell<bool>>,
}

impl Deadline {
    pub fn new(stopwatch: &Stopwatch, allowed: Duration) -> Self {
        let at = stopwatch.elapsed().saturating_add(allowed);
        Self { stopwatch: stopwatch.clone(), allowed, at, over: Rc::default() }
    }

    /// How much time there was in all.
    pub fn allowed(&self) -> Duration {
        self.allowed
    }

    /// Looks at the stopwatch: whether the time is over. Once over it stays so.
    pub fn passed(&self) -> bool {
        if !self.over.get() && self.stopwatch.elapsed() >= self.at {
            self.over.set(true);
        }
        self.over.get()
    }
}

/// A file's bytes until the deadline; nothing after it.
struct Feed<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Where the stopwatch is looked at next.
    next_look: usize,
    deadline: Deadline,
}

impl<'a> Feed<'a> {
    fn new(bytes: &'a [u8], deadline: &Deadline) -> Self {
        Self { bytes, at: 0, next_look: STRIDE, deadline: deadline.clone() }
    }

    /// What is left to be read: nothing when the time is over.
    #[inline]
    fn rest(&mut self) -> &'a [u8] {
        if self.at >= self.next_look {
            self.look();
        }
        self.bytes.get(self.at..).unwrap_or_default()
    }

    #[cold]
    fn look(&mut self) {
        self.next_look = self.at.saturating_add(STRIDE);
        if self.deadline.passed() {
            self.bytes = &[];
        }
    }

    fn pass(&mut self, count: usize) {
        self.at = self.at.saturating_add(count);
    }

    /// Goes to a place; none when there is no such place. A place behind the end is one.
    fn seek(&mut self, to: SeekFrom) -> Option<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(by) => (self.bytes.len() as u64).checked_add_signed(by),
            SeekFrom::Current(by) => (self.at as u64).checked_add_signed(by),
        }?;
        self.at = usize::try_from(place).ok()?;
        // scans of a few bytes can be long work, and each begins with a step back
        self.look();
        Some(place)
    }
}

/// For decoders that read as everybody does.
pub struct Stream<'a>(Feed<'a>);

impl<'a> Stream<'a> {
    pub fn new(bytes: &'a [u8], deadline: &Deadline) -> Self {
        Self(Feed::new(bytes, deadline))
    }
}

impl Read for Stream<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let from = self.fill_buf()?;
        let count = from.len().min(buffer.len());
        let (from, to) = (&from[..count], &mut buffer[..count]);
        to.copy_from_slice(from);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Stream<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let rest = self.0.rest();
        if self.0.deadline.over.get() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        Ok(&rest[..rest.len().min(STRIDE)])
    }

    fn consume(&mut self, count: usize) {
        self.0.pass(count);
    }
}

impl Seek for Stream<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to).ok_or_else(|| io::ErrorKind::InvalidInput.into())
    }
}

/// For the JPEG decoder, which reads byte by byte.
pub struct Bytes<'a> {
    feed: Feed<'a>,
    /// One byte that is read as another one.
    instead: Option<(usize, u8)>,
}

impl<'a> Bytes<'a> {
    pub fn new(bytes: &'a [u8], deadline: &Deadline) -> Self {
        Self { feed: Feed::new(bytes, deadline), instead: None }
    }

    /// The same, but the byte at a place is read as `value` where it is read alone.
    pub fn with(self, place: usize, value: u8) -> Self {
        Self { instead: Some((place, value)), ..self }
    }
}

impl ZByteReaderTrait for Bytes<'_> {
    #[inline]
    fn read_byte_no_error(&mut self) -> u8 {
        let mut byte = self.feed.rest().first().copied().unwrap_or_default();
        if let Some((place, value)) = self.instead
            && place == self.feed.at
        {
            byte = value;
        }
        self.feed.pass(1);
        byte
    }

    #[inline]
    fn read_exact_bytes(&mut self, buffer: &mut [u8]) -> Result<(), ZByteIoError> {
        self.peek_exact_bytes(buffer)?;
        self.feed.pass(buffer.len());
        Ok(())
    }

    fn read_bytes(&mut self, buffer: &mut [u8]) -> Result<usize, ZByteIoError> {
        let count = self.peek_bytes(buffer)?;
        self.feed.pass(count);
        Ok(count)
    }

    fn peek_bytes(&mut self, buffer: &mut [u8]) -> Result<usize, ZByteIoError> {
        let rest = self.feed.rest();
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        Ok(count)
    }

    #[inline]
    fn peek_exact_bytes(&mut self, buffer: &mut [u8]) -> Result<(), ZByteIoError> {
        let rest = self.feed.rest();
        let Some(wanted) = rest.get(..buffer.len()) else {
            return Err(ZByteIoError::NotEnoughBytes(rest.len(), buffer.len()));
        };
        buffer.copy_from_slice(wanted);
        Ok(())
    }

    fn z_seek(&mut self, to: ZSeekFrom) -> Result<u64, ZByteIoError> {
        let to = match to {
            ZSeekFrom::Start(place) => SeekFrom::Start(place),
            ZSeekFrom::End(by) => SeekFrom::End(by),
            ZSeekFrom::Current(by) => SeekFrom::Current(by),
        };
        self.feed.seek(to).ok_or(ZByteIoError::SeekError("outside the file"))
    }

    #[inline]
    fn is_eof(&mut self) -> Result<bool, ZByteIoError> {
        Ok(self.feed.rest().is_empty())
    }

    fn z_position(&mut self) -> Result<u64, ZByteIoError> {
        Ok(self.feed.at as u64)
    }

    fn read_remaining(&mut self, sink: &mut Vec<u8>) -> Result<usize, ZByteIoError> {
        let rest = self.feed.rest();
        sink.extend_from_slice(rest);
        self.feed.pass(rest.len());
        Ok(rest.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A second passes with each look.
    fn ticking() -> Stopwatch {
        let seconds = std::sync::atomic::AtomicU64::new(0);
        Stopwatch::of(move || Duration::from_secs(seconds.fetch_add(1, std::sync::atomic::Ordering::Relaxed)))
    }

    #[test]
    fn a_file_ends_when_its_time_is_over() {
        let bytes = vec![7; 10 * STRIDE];
        let deadline = Deadline::new(&ticking(), Duration::from_secs(3));
        let mut stream = Stream::new(&bytes, &deadline);
        let error = io::copy(&mut stream, &mut io::sink()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert_eq!(stream.0.at, 3 * STRIDE);
        assert!(deadline.passed());

        let deadline = Deadline::new(&ticking(), Duration::from_secs(3));
        let mut reader = Bytes::new(&bytes, &deadline);
        let mut read = 0;
        while reader.read_byte_no_error() == 7 {
            read += 1;
        }
        assert_eq!(read, 3 * STRIDE);
        assert!(reader.is_eof().unwrap());
    }

    #[test]
    fn places_and_ends_are_right() {
        let bytes: Vec<u8> = (0..=255).collect();
        let deadline = Deadline::new(&Stopwatch::system(), Duration::from_secs(60));
        let mut reader = Bytes::new(&bytes, &deadline).with(3, 99);
        let mut four = [0; 4];
        reader.read_exact_bytes(&mut four).unwrap();
        assert_eq!(four, [0, 1, 2, 3]);
        reader.z_seek(ZSeekFrom::Current(-1)).unwrap();
        assert_eq!(reader.read_byte_no_error(), 99);
        assert_eq!(reader.z_seek(ZSeekFrom::End(-2)).unwrap(), 254);
        assert!(reader.read_exact_bytes(&mut four).is_err());
        assert_eq!(reader.read_bytes(&mut four).unwrap(), 2);
        assert!(reader.is_eof().unwrap());
        assert!(reader.z_seek(ZSeekFrom::Current(-300)).is_err());
        assert_eq!(reader.read_byte_no_error(), 0);

        let mut stream = Stream::new(&bytes, &deadline);
        assert_eq!(stream.seek(SeekFrom::End(-2)).unwrap(), 254);
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).unwrap();
        assert_eq!(rest, [254, 255]);
        assert_eq!(stream.seek(SeekFrom::Start(1000)).unwrap(), 1000);
        assert_eq!(stream.read(&mut four).unwrap(), 0);
    }
}
