//! The parts of the page, filled in. What comes from outside is escaped by the templates.

use std::path::Path;

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use iced::Color;
use sha2::{Digest, Sha256};

use crate::desktop::check::line::{Judged, Line};
use crate::desktop::theme::{self, Brand, Density, Scheme};
use crate::desktop::unreadable;
use crate::domain::photo::{Policy, Rule, Verdict};
use crate::texts::Texts;
use crate::vision::picture::Quarter;

use super::drawing::{Drawing, numbered};
use super::{State, Tally, VERDICTS, WEIGHTS};

const LOGO: &str = include_str!("../../../../assets/theme/logo.svg");
/// Sorts the table; the page is whole without it.
const SCRIPT: &str = include_str!("../../../../assets/web/check/sort.js");

/// All down to the summary.
#[derive(Template)]
#[template(path = "check/head.html", config = "assets/web/askama.toml")]
pub struct Head<'a> {
    texts: &'a Texts,
    tag: &'static str,
    colors: Vec<(&'static str, String)>,
    logo: &'static str,
    policy: String,
    version: &'static str,
    made: &'a str,
    /// Lets the page's own script through, and no other.
    script_hash: String,
    verdicts: [Verdict; 4],
}

impl<'a> Head<'a> {
    pub fn new(texts: &'a Texts, policy: &Policy, made: &'a str) -> Result<Self, theme::Error> {
        let color = Brand::own()?.theme(Density::Counter, Scheme::Light).color;
        let colors = [
            ("background", color.background),
            ("surface", color.surface),
            ("sunken", color.sunken),
            ("text", color.text),
            ("muted", color.muted),
            ("line", color.line),
            ("line-strong", color.line_strong),
            ("primary", color.primary),
            ("on-primary", color.on_primary),
            ("primary-soft", color.primary_soft),
            ("accent", color.accent),
            ("success", color.success),
            ("success-soft", color.success_soft),
            ("warning", color.warning),
            ("warning-soft", color.warning_soft),
            ("danger", color.danger),
            ("danger-soft", color.danger_soft),
            ("focus", color.focus),
            ("lit", color.lit),
        ];
        Ok(Self {
            texts,
            tag: texts.language().tag(),
            colors: colors.map(|(name, color)| (name, hexadecimal(color))).to_vec(),
            logo: LOGO,
            policy: policy.name.clone(),
            version: env!("CARGO_PKG_VERSION"),
            made,
            script_hash: STANDARD.encode(Sha256::digest(SCRIPT)),
            verdicts: VERDICTS,
        })
    }
}

fn hexadecimal(color: Color) -> String {
    let [red, green, blue, _] = color.into_rgba8();
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// How many photos got which verdict, and by which rule.
#[derive(Template)]
#[template(path = "check/summary.html", config = "assets/web/askama.toml")]
pub struct Summary<'a> {
    texts: &'a Texts,
    state: String,
    verdicts: Vec<(Verdict, String, usize)>,
    /// What each of [`WEIGHTS`] leads to.
    weights: [String; 3],
    rules: Vec<RuleCount>,
}

/// How many photos broke a rule.
struct RuleCount {
    title: String,
    code: &'static str,
    /// With each of [`WEIGHTS`].
    counts: [usize; 3],
    photos: usize,
    /// Of all photos so far.
    percent: usize,
}

impl<'a> Summary<'a> {
    pub fn new(texts: &'a Texts, tally: &Tally, all: usize, state: State) -> Self {
        let mut rules: Vec<_> = tally
            .rules
            .iter()
            .map(|(&rule, &counts)| {
                let photos = counts.iter().sum();
                let percent = 100 * photos / tally.photos.max(1);
                RuleCount { title: texts.rule_title(rule), code: rule.code(), counts, photos, percent }
            })
            .collect();
        rules.sort_by_key(|row| std::cmp::Reverse(row.photos));
        Self {
            texts,
            state: match state {
                State::Running => texts.check_report_running(all, tally.photos),
                State::Stopped => texts.check_stopped(all, tally.photos),
                State::Done => texts.check_report_done(all),
            },
            verdicts: VERDICTS
                .into_iter()
                .zip(tally.verdicts)
                .map(|(verdict, count)| (verdict, texts.verdict(verdict), count))
                .collect(),
            weights: WEIGHTS.map(|weight| texts.weight(weight)),
            rules,
        }
    }
}

/// What stands above the photos.
#[derive(Template)]
#[template(path = "check/list.html", config = "assets/web/askama.toml")]
pub struct List<'a> {
    texts: &'a Texts,
    verdicts: Vec<(Verdict, String)>,
    rules: [Rule; Rule::ALL.len()],
}

impl<'a> List<'a> {
    pub fn new(texts: &'a Texts) -> Self {
        let verdicts = VERDICTS.into_iter().map(|verdict| (verdict, texts.verdict(verdict))).collect();
        Self { texts, verdicts, rules: Rule::ALL }
    }
}

/// One photo.
#[derive(Template)]
#[template(path = "check/row.html", config = "assets/web/askama.toml")]
pub struct Row<'a> {
    texts: &'a Texts,
    number: usize,
    /// Its whole path, and the two parts of it.
    file: String,
    name: String,
    folder: String,
    /// Its size when it is upright; empty where that is not known.
    size: String,
    verdict: Verdict,
    /// Of the verdict among the others.
    rank: usize,
    words: String,
    picture: Option<Drawing>,
    /// Why the file cannot be read, or what is worth knowing of it.
    remarks: Vec<String>,
    findings: Vec<Told>,
    values: Vec<Value>,
    scores: Vec<Score>,
}

/// A finding in words.
struct Told {
    number: usize,
    weight: &'static str,
    title: String,
    help: String,
    measured: String,
    leads_to: String,
}

/// A rule's value.
struct Value {
    code: &'static str,
    measured: f32,
    words: String,
}

/// A component of ISO/IEC 29794-5.
struct Score {
    name: &'static str,
    native: String,
    scalar: u8,
}

impl<'a> Row<'a> {
    pub fn new(texts: &'a Texts, line: &Line<'_>, number: usize, picture: Option<Drawing>) -> Self {
        let verdict = line.verdict();
        let row = Self {
            texts,
            number,
            file: line.path.display().to_string(),
            name: line.path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            folder: line.path.parent().unwrap_or(Path::new("")).display().to_string(),
            size: String::new(),
            verdict,
            rank: VERDICTS.iter().position(|known| *known == verdict).unwrap_or_default(),
            words: texts.verdict(verdict),
            picture,
            remarks: Vec::new(),
            findings: Vec::new(),
            values: Vec::new(),
            scores: Vec::new(),
        };
        match line.judged {
            Err(error) => Self { remarks: vec![unreadable::explain(texts, error)], ..row },
            Ok(Judged { size: [width, height], turned, notes, report }) => {
                let lay = *turned != Quarter::Upright;
                let turned = lay.then(|| texts.check_turned(turned.degrees()));
                let notes = notes.iter().map(|note| unreadable::note(texts, *note));
                let no_crop = report.face.is_some() && report.crop.is_none();
                let no_crop = no_crop.then(|| texts.check_report_no_crop());
                let findings = numbered(report).map(|(number, finding)| Told {
                    number,
                    weight: finding.weight.code(),
                    title: texts.rule_title(finding.rule),
                    help: texts.rule_help(finding.rule),
                    measured: texts.check_report_measured(
                        texts.limit(finding.rule, finding.limit),
                        texts.quantity(finding.rule, finding.measured),
                    ),
                    leads_to: texts.weight(finding.weight),
                });
                let values = report.measured.rules.iter().map(|value| Value {
                    code: value.rule.code(),
                    measured: value.measured,
                    words: texts.quantity(value.rule, value.measured),
                });
                let scores = report.ofiq.iter().map(|score| Score {
                    name: score.component.name(),
                    native: texts.figure(score.native as f32),
                    scalar: score.scalar,
                });
                Self {
                    size: format!("{width} × {height} px"),
                    findings: findings.collect(),
                    values: values.collect(),
                    scores: scores.collect(),
                    remarks: turned.into_iter().chain(notes).chain(no_crop).collect(),
                    ..row
                }
            }
        }
    }
}

/// What ends the page.
#[derive(Template)]
#[template(path = "check/foot.html", config = "assets/web/askama.toml")]
pub struct Foot {
    script: &'static str,
}

impl Foot {
    pub fn new() -> Self {
        Self { script: SCRIPT }
    }
}
