//! `kortautomat check`: the photo rules on the command line, for people and for programs.

mod bar;
mod files;
mod line;
mod report;
mod run;

use std::error::Error as _;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Zoned;
use jiff::tz::TimeZone;

use crate::domain::person::Language;
use crate::domain::photo::{Declared, Policy};
use crate::system::{self, Clock, Stopwatch};
use crate::texts::Texts;
use crate::vision::judge::Judge;
use crate::vision::models::Library;
use crate::vision::net::InstructionSet;
use crate::vision::policy;

use bar::Bar;
use report::Report;
use run::Run;

/// Judges photos by the rules of a policy.
///
/// Of each photo it says whether it is accepted, refused, or a person has to look, and what to put right.
///
/// Exit status: 0 when all may be used or a person has to look, 1 when one is refused or cannot be read, 2 when the
/// command, a file or the networks are at fault, 130 when it was stopped by Ctrl+C.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Examples:
  kortautomat check photo.jpg
  kortautomat check --report result photos/      then open result/report.html in a browser
  kortautomat check --json photos/ | jq -r 'select(.verdict == \"refuse\").file'
  kortautomat check --policy passport photo.jpg

The language is that of the system (LC_ALL, LC_MESSAGES, LANG): bokmål, nynorsk or English.")]
pub struct Arguments {
    /// One JSON object a line instead of sentences.
    #[arg(long)]
    pub json: bool,
    /// Writes a page with all photos, what was found on them and why: DIR/report.html, over an older one.
    #[arg(long, value_name = "DIR")]
    pub report: Option<PathBuf>,
    /// A policy that comes with the program (university, passport) or a TOML file.
    #[arg(long, value_name = "NAME|FILE", default_value = "university")]
    pub policy: String,
    /// What the person has declared: the head is covered for religious or medical reasons.
    #[arg(long, value_name = "WHAT")]
    pub declared: Vec<Declaration>,
    /// Photos (JPEG, PNG, WebP), or folders of photos.
    #[arg(required = true, value_name = "PHOTO|FOLDER")]
    pub photos: Vec<PathBuf>,
}

/// What can be declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Declaration {
    #[value(name = "head_covering")]
    HeadCovering,
}

/// What stands in the way of any verdict.
const USAGE: u8 = 2;
/// Ctrl+C, as shells have it.
const INTERRUPTED: u8 = 130;

/// What a check needs of the computer; a test passes its own.
pub struct Surroundings {
    pub texts: Texts,
    pub library: Library,
    pub stopwatch: Stopwatch,
    /// When the check is made, in the person's own time.
    pub now: Zoned,
    /// Whether the person can see how far it is: there is a terminal.
    pub watched: bool,
    /// Set to end after the photo that is being judged.
    pub stop: Arc<AtomicBool>,
}

/// Judges the photos, in the language of the system, with the models of this machine.
pub fn run(arguments: &Arguments) -> ExitCode {
    let texts = match Texts::load(system_language(|name| std::env::var(name).ok())) {
        Ok(texts) => texts,
        Err(error) => {
            tracing::error!(%error, "no texts");
            return ExitCode::from(USAGE);
        }
    };
    let (mut out, mut errors) = (io::stdout().lock(), io::stderr().lock());
    let surroundings = Surroundings {
        texts,
        library: Library::of_this_machine(),
        stopwatch: Stopwatch::system(),
        now: Clock::system().now().to_zoned(TimeZone::system()),
        watched: errors.is_terminal() && (!arguments.json || out.is_terminal()),
        stop: Arc::default(),
    };
    stop_on_interrupt(Arc::clone(&surroundings.stop));
    match check(arguments, &surroundings, &mut out, &mut errors) {
        Ok(code) => ExitCode::from(code),
        // whoever reads the output has enough of it
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "cannot write");
            ExitCode::from(USAGE)
        }
    }
}

/// The first Ctrl+C lets the photo at hand be finished, so that what is written is whole; the second one ends at once.
fn stop_on_interrupt(stop: Arc<AtomicBool>) {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_io().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::warn!(%error, "Ctrl+C ends at once");
            return;
        }
    };
    std::thread::spawn(move || {
        runtime.block_on(async {
            for again in [false, true] {
                if let Err(error) = tokio::signal::ctrl_c().await {
                    tracing::warn!(%error, "Ctrl+C ends at once");
                    return;
                }
                stop.store(true, Ordering::Relaxed);
                if again {
                    std::process::exit(i32::from(INTERRUPTED));
                }
            }
        });
    });
}

/// The language of the system by the variables that say so, the strongest first; English where none does.
fn system_language(variable: impl Fn(&str) -> Option<String>) -> Language {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty())
        .and_then(|value| Language::from_tag(&value))
        .unwrap_or(Language::English)
}

/// As [`run`], with all that it needs passed in. Answers the exit status; an error is one of writing to `out` or `errors`.
pub fn check(
    arguments: &Arguments,
    surroundings: &Surroundings,
    out: &mut dyn Write,
    errors: &mut dyn Write,
) -> io::Result<u8> {
    let texts = &surroundings.texts;
    let policy = match policy_of(&arguments.policy, texts) {
        Ok(policy) => policy,
        Err(problem) => {
            writeln!(errors, "{problem}")?;
            return Ok(USAGE);
        }
    };
    let mut code = 0;
    let mut photos = Vec::new();
    for path in &arguments.photos {
        match files::expanded(path) {
            Ok(found) if found.is_empty() => {
                writeln!(errors, "{}", texts.check_no_pictures(path.display().to_string()))?;
            }
            Ok(found) => photos.extend(found),
            Err(error) => {
                writeln!(errors, "{}", file_problem(texts, path, &error))?;
                code = USAGE;
            }
        }
    }
    if code == USAGE || photos.is_empty() {
        return Ok(code);
    }
    let judge =
        match Judge::load(&surroundings.library, InstructionSet::best(), surroundings.stopwatch.clone()) {
            // no rule reads them: only where they are shown
            Ok(judge) if arguments.json || arguments.report.is_some() => {
                judge.with_threads(system::cores()).with_scores()
            }
            Ok(judge) => judge.with_threads(system::cores()),
            Err(problem) => {
                writeln!(errors, "{}", texts.check_no_models(problem.to_string()))?;
                return Ok(USAGE);
            }
        };
    let folder = arguments.report.as_deref();
    let unwritable = |error: &report::Error| {
        let problem = error.source().map_or_else(|| error.to_string(), ToString::to_string);
        let folder = folder.map(|folder| folder.display().to_string()).unwrap_or_default();
        texts.check_report_unwritable(folder, problem)
    };
    let made = surroundings.now.strftime("%Y-%m-%d %H:%M").to_string();
    let begun = folder.map(|folder| Report::create(folder, texts, &policy, photos.len(), &made));
    let report = match begun.transpose() {
        Ok(report) => report,
        Err(error) => {
            writeln!(errors, "{}", unwritable(&error))?;
            return Ok(USAGE);
        }
    };
    let covered = arguments.declared.contains(&Declaration::HeadCovering);
    let mut run = Run {
        surroundings,
        json: arguments.json,
        policy: &policy,
        declared: Declared { head_covering: covered.then_some(true) },
        judge,
        out,
        errors,
        bar: Bar::new(texts, photos.len(), surroundings.watched),
        report,
    };
    let judged = run.all(&photos);
    let Run { report, errors, .. } = run;
    // whatever ended the run: what was judged stands in the report
    let finished = report.map(Report::finish).transpose();
    let code = match judged {
        Ok(code) => code,
        Err(run::Failure::Output(error)) => return Err(error),
        Err(run::Failure::Report(error)) => {
            writeln!(errors, "{}", unwritable(&error))?;
            return Ok(USAGE);
        }
    };
    match finished {
        Ok(Some(path)) => writeln!(errors, "{}", texts.check_report_written(path.display().to_string()))?,
        Ok(None) => {}
        Err(error) => {
            writeln!(errors, "{}", unwritable(&error))?;
            return Ok(USAGE);
        }
    }
    Ok(code)
}

fn policy_of(name: &str, texts: &Texts) -> Result<Policy, String> {
    match policy::named(name) {
        Err(policy::Error::NoSuchPolicy(_)) => {
            let text = fs::read_to_string(name).map_err(|_| texts.check_no_such_policy(name))?;
            policy::from_toml(&text).map_err(|error| texts.check_bad_policy(name, error.to_string()))
        }
        known => known.map_err(|error| texts.check_bad_policy(name, error.to_string())),
    }
}

fn file_problem(texts: &Texts, path: &Path, error: &io::Error) -> String {
    let file = path.display().to_string();
    match error.kind() {
        io::ErrorKind::NotFound => texts.check_no_such_file(file),
        _ => texts.check_file_error(file, error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_variable_names_the_language() {
        let of = |set: &[(&str, &str)]| {
            system_language(|name| {
                set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(of(&[]), Language::English);
        assert_eq!(of(&[("LANG", "nb_NO.UTF-8")]), Language::Bokmal);
        assert_eq!(
            of(&[("LANG", "nb_NO.UTF-8"), ("LC_ALL", ""), ("LC_MESSAGES", "nn_NO")]),
            Language::Nynorsk
        );
        assert_eq!(of(&[("LANG", "no_NO"), ("LC_ALL", "C.UTF-8")]), Language::English);
    }
}
