//! Photo by photo: read, judge, tell, and into the report.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use crate::domain::photo::{Declared, Policy, Verdict};
use crate::vision::intake::{self, Decoded, Limits};
use crate::vision::judge::Judge;
use crate::vision::picture::Quarter;

use super::bar::Bar;
use super::line::{Judged, Line};
use super::report::{self, Report};
use super::{INTERRUPTED, Surroundings, USAGE, file_problem, files};

/// Why a run ended early.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("nothing can be said")]
    Output(#[from] io::Error),
    #[error(transparent)]
    Report(#[from] report::Error),
}

/// A run over photos.
pub struct Run<'a> {
    pub surroundings: &'a Surroundings,
    pub json: bool,
    pub policy: &'a Policy,
    pub declared: Declared,
    pub judge: Judge,
    pub out: &'a mut dyn Write,
    pub errors: &'a mut dyn Write,
    pub bar: Bar<'a>,
    pub report: Option<Report<'a>>,
}

impl Run<'_> {
    /// Judges all photos, or those until it is stopped. Answers the exit status.
    pub fn all(&mut self, photos: &[PathBuf]) -> Result<u8, Failure> {
        let begin = self.surroundings.stopwatch.elapsed();
        let mut code = 0;
        for (done, path) in photos.iter().enumerate() {
            if self.surroundings.stop.load(Ordering::Relaxed) {
                self.bar.erase(self.errors)?;
                writeln!(self.errors, "{}", self.surroundings.texts.check_stopped(photos.len(), done))?;
                return Ok(INTERRUPTED);
            }
            let time = self.surroundings.stopwatch.elapsed().saturating_sub(begin);
            self.bar.draw(self.errors, done, time)?;
            code = code.max(self.one(path)?);
        }
        self.bar.erase(self.errors)?;
        self.out.flush()?;
        Ok(code)
    }

    fn one(&mut self, path: &Path) -> Result<u8, Failure> {
        let Surroundings { texts, stopwatch, .. } = self.surroundings;
        let bytes = match files::read(path, &Limits::default()) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.bar.erase(self.errors)?;
                writeln!(self.errors, "{}", file_problem(texts, path, &error))?;
                if let Some(report) = &mut self.report {
                    report.leave_out();
                }
                return Ok(USAGE);
            }
        };
        let start = stopwatch.elapsed();
        let decoded = bytes.and_then(|bytes| intake::decode(&bytes, &Limits::default(), stopwatch));
        let decoding = stopwatch.elapsed().saturating_sub(start);
        let (picture, judged) = match decoded {
            Ok(Decoded { picture, notes }) => {
                let turned = self.judge.quarter(&picture);
                let picture = if turned == Quarter::Upright { picture } else { picture.turned(turned) };
                let report = self.judge.check(&picture, self.policy, &self.declared);
                let size = [picture.width(), picture.height()];
                (Some(picture), Ok(Judged { size, turned, notes, report }))
            }
            Err(error) => (None, Err(error)),
        };
        let line = Line { path, policy: self.policy, decoding, judged: &judged };
        self.bar.erase(self.errors)?;
        if self.json {
            writeln!(self.out, "{}", line.json().map_err(io::Error::from)?)?;
        } else {
            line.sentences(texts, self.out)?;
        }
        if let Some(report) = &mut self.report {
            report.add(&line, picture.as_ref())?;
        }
        Ok(u8::from(matches!(line.verdict(), Verdict::Refuse | Verdict::Unreadable)))
    }
}
