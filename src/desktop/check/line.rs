//! What is said about one photo: a line of JSON, or a few sentences.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use serde::Serialize;

use crate::desktop::unreadable;
use crate::domain::photo::{Finding, Limit, Policy, Region, Verdict};
use crate::texts::Texts;
use crate::vision::intake;
use crate::vision::judge::Report;
use crate::vision::ofiq::Score;
use crate::vision::picture::Quarter;

/// What is known of a photo that could be read.
pub struct Judged {
    /// Width and height when it is upright.
    pub size: [u32; 2],
    /// How it had to be turned for that.
    pub turned: Quarter,
    pub notes: Vec<intake::Note>,
    pub report: Report,
}

/// A photo, and what is known of it, or why it cannot be read.
pub struct Line<'a> {
    pub path: &'a Path,
    pub policy: &'a Policy,
    pub decoding: Duration,
    pub judged: &'a Result<Judged, intake::Error>,
}

/// The frozen form of a line: programs read it.
#[derive(Serialize)]
struct Json<'a> {
    file: String,
    verdict: &'static str,
    error: Option<String>,
    policy: &'a str,
    size: Option<[u32; 2]>,
    /// By how many degrees the picture was turned clockwise to be upright.
    turned: u16,
    crop: Option<[f32; 4]>,
    findings: Vec<JsonFinding>,
    measured: BTreeMap<&'static str, f32>,
    ofiq: BTreeMap<&'static str, JsonComponent>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<&'static str>,
    ms: BTreeMap<&'static str, f64>,
}

#[derive(Serialize)]
struct JsonFinding {
    rule: &'static str,
    weight: &'static str,
    measured: f32,
    limit: JsonLimit,
    region: Option<[f32; 4]>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum JsonLimit {
    One(f32),
    Between([f32; 2]),
}

#[derive(Serialize)]
struct JsonComponent {
    native: f64,
    scalar: u8,
}

impl From<&Finding> for JsonFinding {
    fn from(finding: &Finding) -> Self {
        let limit = match finding.limit {
            Limit::AtLeast(limit) | Limit::AtMost(limit) => JsonLimit::One(limit),
            Limit::Between(low, high) => JsonLimit::Between([low, high]),
        };
        let region = finding.region.map(|Region { x, y, width, height }| [x, y, width, height]);
        Self {
            rule: finding.rule.code(),
            weight: finding.weight.code(),
            measured: finding.measured,
            limit,
            region,
        }
    }
}

impl Line<'_> {
    pub fn verdict(&self) -> Verdict {
        self.judged.as_ref().map_or(Verdict::Unreadable, |judged| judged.report.verdict)
    }

    /// One line of JSON.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        let mut ms = BTreeMap::from([("decode", milliseconds(self.decoding))]);
        let mut total = self.decoding;
        let mut json = Json {
            file: self.path.display().to_string(),
            verdict: self.verdict().code(),
            error: None,
            policy: &self.policy.name,
            size: None,
            turned: 0,
            crop: None,
            findings: Vec::new(),
            measured: BTreeMap::new(),
            ofiq: BTreeMap::new(),
            notes: Vec::new(),
            ms: BTreeMap::new(),
        };
        match self.judged {
            Ok(Judged { size, turned, notes, report }) => {
                json.notes = notes.iter().map(|note| note.code()).collect();
                json.size = Some(*size);
                json.turned = turned.degrees() as u16;
                json.crop = report.crop.map(|crop| crop.rectangle());
                json.findings = report.findings.iter().map(JsonFinding::from).collect();
                json.measured = report.measured.details.iter().copied().collect();
                json.measured
                    .extend(report.measured.rules.iter().map(|value| (value.rule.code(), value.measured)));
                json.measured.insert("faces", report.measured.faces as f32);
                let scores = report.ofiq.iter();
                json.ofiq = scores
                    .map(|&Score { component, native, scalar }| {
                        (component.name(), JsonComponent { native, scalar })
                    })
                    .collect();
                ms.extend(report.timings.stages().map(|(stage, time)| (stage, milliseconds(time))));
                total += report.timings.total();
            }
            Err(error) => json.error = Some(error.to_string()),
        }
        ms.insert("total", milliseconds(total));
        json.ms = ms;
        serde_json::to_string(&json)
    }

    /// The verdict, and each finding with what to do about it.
    pub fn sentences(&self, texts: &Texts, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}: {}", self.path.display(), texts.verdict(self.verdict()))?;
        match self.judged {
            Ok(Judged { turned, notes, report, .. }) => {
                if *turned != Quarter::Upright {
                    writeln!(out, "  – {}", texts.check_turned(turned.degrees()))?;
                }
                for note in notes {
                    writeln!(out, "  – {}", unreadable::note(texts, *note))?;
                }
                for finding in &report.findings {
                    let (title, help) = (texts.rule_title(finding.rule), texts.rule_help(finding.rule));
                    writeln!(out, "  – {title}. {help}")?;
                }
            }
            Err(error) => writeln!(out, "  – {}", unreadable::explain(texts, error))?,
        }
        Ok(())
    }
}

/// To a hundredth.
fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e5).round() / 100.0
}
