//! How far a long run has come, on one line of a terminal.

use std::io::{self, Write};
use std::time::Duration;

use crate::texts::Texts;

/// Cells of the bar.
const CELLS: usize = 24;
/// Goes to the line's beginning and empties it.
const ERASE: &str = "\r\x1b[K";

/// The line that tells how far it is. It stands below all else: erase it before anything is written, draw it again afterwards.
pub struct Bar<'a> {
    texts: &'a Texts,
    all: usize,
    /// Whether it is shown at all.
    shown: bool,
    drawn: bool,
}

impl<'a> Bar<'a> {
    pub fn new(texts: &'a Texts, all: usize, shown: bool) -> Self {
        Self { texts, all, shown: shown && all > 1, drawn: false }
    }

    pub fn erase(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if std::mem::take(&mut self.drawn) {
            out.write_all(ERASE.as_bytes())?;
            out.flush()?;
        }
        Ok(())
    }

    /// Draws it for `done` photos that took `time` in all.
    pub fn draw(&mut self, out: &mut dyn Write, done: usize, time: Duration) -> io::Result<()> {
        if !self.shown || done >= self.all {
            return Ok(());
        }
        let full = CELLS * done / self.all;
        let (full, rest) = ("█".repeat(full), "░".repeat(CELLS - full));
        let photos = self.texts.check_progress(self.all, done);
        write!(out, "{ERASE}{full}{rest} {photos}")?;
        if done > 0 {
            let left = time.as_secs_f64() / done as f64 * (self.all - done) as f64;
            write!(out, " · {}", self.texts.check_progress_left((left / 60.0).round()))?;
        }
        self.drawn = true;
        out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Language;

    #[test]
    fn it_tells_how_far_and_how_long() {
        let texts = Texts::load(Language::English).unwrap();
        let mut out = Vec::new();
        let mut bar = Bar::new(&texts, 200, true);
        bar.erase(&mut out).unwrap();
        assert!(out.is_empty());
        bar.draw(&mut out, 50, Duration::from_secs(60)).unwrap();
        let said = String::from_utf8(out.clone()).unwrap();
        assert!(said.starts_with(ERASE) && said.contains("██████░"), "{said}");
        assert!(said.ends_with("50 of 200 photos · about 3 minutes left"), "{said}");
        bar.erase(&mut out).unwrap();
        assert!(out.ends_with(ERASE.as_bytes()));
    }

    #[test]
    fn where_it_is_not_wanted_nothing_is_drawn() {
        let texts = Texts::load(Language::English).unwrap();
        let mut out = Vec::new();
        Bar::new(&texts, 200, false).draw(&mut out, 50, Duration::ZERO).unwrap();
        Bar::new(&texts, 1, true).draw(&mut out, 0, Duration::ZERO).unwrap();
        assert!(out.is_empty());
    }
}
