//! The report of a check: one HTML page with everything in it, for looking through many photos. It is written photo by photo, so
//! memory does not grow with their number, and at any moment what is on the disk is a page that can be read: the room for
//! the summary is kept free at its place and written anew after each photo.

mod drawing;
mod page;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use askama::Template;

use crate::desktop::theme;
use crate::domain::photo::{Policy, Rule, Verdict, Weight};
use crate::texts::Texts;
use crate::vision::picture::Picture;

use super::line::Line;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the report cannot be written")]
    Write(#[from] io::Error),
    #[error("a photo cannot be made smaller for the report")]
    Picture(#[from] image::ImageError),
    #[error("the report has no colours")]
    Theme(#[from] theme::Error),
}

/// The name of the page in its folder.
const FILE: &str = "report.html";

/// The verdicts in the order in which they are told.
const VERDICTS: [Verdict; 4] = [Verdict::Accept, Verdict::Ask, Verdict::Refuse, Verdict::Unreadable];
/// The weights, the heaviest first.
const WEIGHTS: [Weight; 3] = [Weight::Hard, Weight::Soft, Weight::Advice];

/// How far a check has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Running,
    Stopped,
    Done,
}

/// What was counted so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Tally {
    photos: usize,
    /// Of each of [`VERDICTS`].
    verdicts: [usize; 4],
    /// For each rule that was broken, how often with each of [`WEIGHTS`].
    rules: BTreeMap<Rule, [usize; 3]>,
}

impl Tally {
    fn add(&mut self, line: &Line<'_>) {
        self.photos += 1;
        let verdict = line.verdict();
        for (known, count) in VERDICTS.iter().zip(&mut self.verdicts) {
            *count += usize::from(*known == verdict);
        }
        let findings =
            line.judged.as_ref().map(|judged| judged.report.findings.as_slice()).unwrap_or_default();
        for finding in findings {
            let counts = self.rules.entry(finding.rule).or_default();
            for (known, count) in WEIGHTS.iter().zip(counts) {
                *count += usize::from(*known == finding.weight);
            }
        }
    }

    /// The counts that take up most room.
    fn fullest(photos: usize) -> Self {
        Self {
            photos,
            verdicts: [photos; 4],
            rules: Rule::ALL.into_iter().map(|rule| (rule, [photos; 3])).collect(),
        }
    }
}

/// A report that is being written.
pub struct Report<'a> {
    out: BufWriter<File>,
    path: PathBuf,
    texts: &'a Texts,
    /// How many photos there will be.
    all: usize,
    tally: Tally,
    /// Where the summary stands, and how many bytes are kept free for it.
    summary: (u64, usize),
}

impl<'a> Report<'a> {
    /// Begins the page in a folder, which is made where there is none. An older report there is written over.
    ///
    /// `made` says when, in the person's own time.
    pub fn create(
        folder: &Path,
        texts: &'a Texts,
        policy: &Policy,
        all: usize,
        made: &str,
    ) -> Result<Self, Error> {
        fs::create_dir_all(folder)?;
        let path = folder.join(FILE);
        let mut out = BufWriter::new(File::create(&path)?);
        page::Head::new(texts, policy, made)?.write_into(&mut out)?;
        let begin = out.stream_position()?;
        let mut report = Self { out, path, texts, all, tally: Tally::default(), summary: (begin, 0) };
        let fullest = Tally::fullest(all);
        for state in [State::Running, State::Stopped, State::Done] {
            report.summary.1 = report.summary.1.max(report.written(&fullest, state)?.len());
        }
        report.out.write_all(&vec![b' '; report.summary.1])?;
        page::List::new(texts).write_into(&mut report.out)?;
        report.summarize(State::Running)?;
        Ok(report)
    }

    /// Writes one photo; `picture` is what was judged, none where the file cannot be read.
    pub fn add(&mut self, line: &Line<'_>, picture: Option<&Picture>) -> Result<(), Error> {
        self.tally.add(line);
        let drawn = match (picture, line.judged) {
            (Some(picture), Ok(judged)) => Some(drawing::Drawing::of(picture, &judged.report)?),
            _ => None,
        };
        page::Row::new(self.texts, line, self.tally.photos, drawn).write_into(&mut self.out)?;
        self.summarize(State::Running)
    }

    /// One of all photos is not there any more.
    pub fn leave_out(&mut self) {
        self.all = self.all.saturating_sub(1);
    }

    /// Ends the page; answers where it is.
    pub fn finish(mut self) -> Result<PathBuf, Error> {
        let state = if self.tally.photos < self.all { State::Stopped } else { State::Done };
        page::Foot::new().write_into(&mut self.out)?;
        self.summarize(state)?;
        Ok(self.path)
    }

    fn written(&self, tally: &Tally, state: State) -> io::Result<Vec<u8>> {
        let mut written = Vec::new();
        page::Summary::new(self.texts, tally, self.all, state).write_into(&mut written)?;
        Ok(written)
    }

    /// Writes the summary into its room, and goes back to the end.
    fn summarize(&mut self, state: State) -> Result<(), Error> {
        let (begin, room) = self.summary;
        let mut written = self.written(&self.tally, state)?;
        written.resize(room.max(written.len()), b' ');
        self.out.seek(SeekFrom::Start(begin))?;
        self.out.write_all(&written)?;
        self.out.seek(SeekFrom::End(0))?;
        self.out.flush()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desktop::check::line::Judged;
    use crate::domain::person::Language;
    use crate::domain::photo::{Finding, Limit, Region};
    use crate::vision::judge::{self, Measured, Timings, Value};
    use crate::vision::mesh::Outline;
    use crate::vision::picture::Quarter;
    use crate::vision::{intake, policy};
    use image::{Rgb, RgbImage};
    use std::time::Duration;

    /// A photo of which every rule is broken.
    fn broken() -> Result<Judged, intake::Error> {
        let policy = policy::default().unwrap();
        let region = Some(Region { x: 100.0, y: 150.0, width: 300.0, height: 2000.0 });
        let finding =
            |rule, weight| Finding { rule, weight, measured: 1234.5, limit: Limit::AtMost(0.2), region };
        let findings: Vec<_> = policy.rules.iter().map(|(rule, held)| finding(*rule, held.weight)).collect();
        let line = vec![[100.0, 100.0], [300.0, 100.0], [200.0, 400.0]];
        let report = judge::Report {
            verdict: Verdict::of(&findings),
            findings,
            crop: None,
            face: region,
            outline: Some(Outline {
                face: line.clone(),
                eyes: [line.clone(), line.clone()],
                lips: [line.clone(), line],
            }),
            measured: Measured {
                faces: 1,
                rules: vec![Value { rule: Rule::Yaw, measured: -3.25, region }],
                details: Vec::new(),
            },
            ofiq: Vec::new(),
            timings: Timings::default(),
        };
        let notes = vec![intake::Note::Animated];
        Ok(Judged { size: [800, 1000], turned: Quarter::Upright, notes, report })
    }

    fn add(report: &mut Report<'_>, name: &str, judged: &Result<Judged, intake::Error>) {
        let policy = policy::default().unwrap();
        let picture = Picture::new(RgbImage::from_pixel(800, 1000, Rgb([200, 180, 160])));
        let line = Line { path: Path::new(name), policy: &policy, decoding: Duration::ZERO, judged };
        report.add(&line, judged.is_ok().then_some(&picture)).unwrap();
    }

    fn begun<'a>(folder: &Path, texts: &'a Texts, all: usize) -> Report<'a> {
        Report::create(folder, texts, &policy::default().unwrap(), all, "2026-11-22 12:00").unwrap()
    }

    #[test]
    fn it_can_be_read_at_any_moment() {
        let texts = Texts::load(Language::English).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let page = || fs::read_to_string(folder.path().join(FILE)).unwrap();
        let mut report = begun(folder.path(), &texts, 3);
        assert!(page().contains("0 of 3 photos so far"));
        add(&mut report, "a.jpg", &Err(intake::Error::Empty));
        add(&mut report, "b.jpg", &Err(intake::Error::Heic));
        let half = page();
        assert!(half.contains("2 of 3 photos so far") && half.contains("<b>2</b>cannot be read"), "{half}");
        assert!(half.contains("a.jpg") && half.contains("b.jpg") && !half.contains("</html>"));
        let path = report.finish().unwrap();
        let stopped = fs::read_to_string(path).unwrap();
        assert!(stopped.contains("Stopped after 2 of 3 photos.") && stopped.ends_with("</html>"));
    }

    #[test]
    fn names_of_files_are_no_html() {
        let texts = Texts::load(Language::English).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut report = begun(folder.path(), &texts, 1);
        add(&mut report, "\"><script>alert(1)</script>&'.jpg", &broken());
        let page = fs::read_to_string(report.finish().unwrap()).unwrap();
        assert!(!page.contains("<script>alert") && page.contains("&#60;script&#62;alert(1)"), "{page}");
        // nothing is fetched from anywhere
        assert!(!page.contains("href=") && !page.contains("url(") && !page.contains("@import"));
        assert_eq!(page.matches("src=").count(), page.matches("src=\"data:image/jpeg;base64,").count());
    }

    #[test]
    fn everything_is_said_in_three_languages() {
        for language in Language::ALL {
            let texts = Texts::load(language).unwrap();
            let folder = tempfile::tempdir().unwrap();
            let mut report = begun(folder.path(), &texts, 2);
            add(&mut report, "a.jpg", &broken());
            add(&mut report, "b.jpg", &Err(intake::Error::Truncated));
            let page = fs::read_to_string(report.finish().unwrap()).unwrap();
            assert!(page.contains(&format!("<html lang=\"{}\">", language.tag())));
            assert!(page.contains(&texts.check_report_done(2)));
            for rule in Rule::ALL {
                let held = policy::default().unwrap().rules.iter().any(|(known, _)| *known == rule);
                assert_eq!(page.contains(&texts.rule_help(rule)), held, "{}", rule.code());
            }
            assert!(
                page.contains(&texts.quantity(Rule::Yaw, -3.25)) && page.contains(&texts.intake_animated())
            );
            assert_eq!(page.matches("<polygon class=\"face\"").count(), 5);
        }
    }

    #[test]
    fn the_fullest_summary_has_room() {
        for language in Language::ALL {
            let texts = Texts::load(language).unwrap();
            let folder = tempfile::tempdir().unwrap();
            let mut report = begun(folder.path(), &texts, 12);
            let judged = broken();
            for _ in 0..12 {
                add(&mut report, "a.jpg", &judged);
            }
            let room = report.summary.1;
            assert!(report.written(&report.tally, State::Done).unwrap().len() <= room);
            let page = fs::read_to_string(report.finish().unwrap()).unwrap();
            assert_eq!(page.matches("<h2>").count(), 2, "the summary has not run into the list");
            assert_eq!(page.matches("<tr class=\"is-refuse\"").count(), 12);
        }
    }
}
