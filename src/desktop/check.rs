//! `kortautomat check`: the photo rules on the command line, for people and for programs.

mod line;

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::domain::person::Language;
use crate::domain::photo::{Declared, Policy, Verdict};
use crate::system::Stopwatch;
use crate::texts::Texts;
use crate::vision::intake::{self, Decoded, Limits};
use crate::vision::judge::Judge;
use crate::vision::models::Library;
use crate::vision::net::InstructionSet;
use crate::vision::picture::Quarter;
use crate::vision::policy;

use line::{Judged, Line};

/// Judges photos by the rules of a policy.
///
/// Exit status: 0 when all may be used or a person has to look, 1 when one is refused or cannot be read, 2 when the
/// command, a file or the networks are at fault.
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// One JSON object a line instead of sentences.
    #[arg(long)]
    pub json: bool,
    /// A policy that comes with the program (university, passport) or a TOML file.
    #[arg(long, value_name = "NAME|FILE", default_value = "university")]
    pub policy: String,
    /// What the person has declared: the head is covered for religious or medical reasons.
    #[arg(long, value_name = "WHAT")]
    pub declared: Vec<Declaration>,
    /// Photos, or folders of photos.
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

/// Endings of files that are taken from a folder; the content decides what they are.
const PICTURES: [&str; 6] = ["jpg", "jpeg", "png", "webp", "heic", "heif"];

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
    match check(arguments, &texts, &Library::of_this_machine(), &Stopwatch::system(), &mut out, &mut errors) {
        Ok(code) => ExitCode::from(code),
        // whoever reads the output has enough of it
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "cannot write");
            ExitCode::from(USAGE)
        }
    }
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

/// As [`run`], with all that it needs passed in. Answers the exit status; an error is one of writing.
pub fn check(
    arguments: &Arguments,
    texts: &Texts,
    library: &Library,
    stopwatch: &Stopwatch,
    out: &mut dyn Write,
    errors: &mut dyn Write,
) -> io::Result<u8> {
    let policy = match policy_of(&arguments.policy, texts) {
        Ok(policy) => policy,
        Err(problem) => {
            writeln!(errors, "{problem}")?;
            return Ok(USAGE);
        }
    };
    let covered = arguments.declared.contains(&Declaration::HeadCovering);
    let declared = Declared { head_covering: covered.then_some(true) };
    let mut code = 0;
    let mut photos = Vec::new();
    for path in &arguments.photos {
        match expanded(path) {
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
    let mut judge = match Judge::load(library, InstructionSet::best(), stopwatch.clone()) {
        Ok(judge) if arguments.json => judge.with_scores(),
        Ok(judge) => judge,
        Err(problem) => {
            writeln!(errors, "{}", texts.check_no_models(problem.to_string()))?;
            return Ok(USAGE);
        }
    };
    for path in &photos {
        let bytes = match read(path, &Limits::default()) {
            Ok(bytes) => bytes,
            Err(error) => {
                writeln!(errors, "{}", file_problem(texts, path, &error))?;
                code = USAGE;
                continue;
            }
        };
        let start = stopwatch.elapsed();
        let picture = bytes.and_then(|bytes| intake::decode(&bytes, &Limits::default(), stopwatch));
        let decoding = stopwatch.elapsed().saturating_sub(start);
        let judged = picture.map(|Decoded { picture, notes }| {
            let turned = judge.quarter(&picture);
            let picture = if turned == Quarter::Upright { picture } else { picture.turned(turned) };
            let report = judge.check(&picture, &policy, &declared);
            Judged { size: [picture.width(), picture.height()], turned, notes, report }
        });
        let line = Line { path, policy: &policy, decoding, judged: &judged };
        if arguments.json {
            writeln!(out, "{}", line.json()?)?;
        } else {
            line.sentences(texts, out)?;
        }
        if matches!(line.verdict(), Verdict::Refuse | Verdict::Unreadable) {
            code = code.max(1);
        }
    }
    out.flush()?;
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

/// The photo itself, or the pictures in a folder, sorted, without those in folders below.
fn expanded(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !fs::metadata(path)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(path)? {
        let path = entry?.path();
        let ending = path.extension().and_then(OsStr::to_str).map(str::to_ascii_lowercase);
        if ending.is_some_and(|ending| PICTURES.contains(&ending.as_str())) && path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The bytes of a file; what is too large is not read.
fn read(path: &Path, limits: &Limits) -> io::Result<Result<Vec<u8>, intake::Error>> {
    let file = File::open(path)?;
    let length = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
    if length > limits.max_bytes {
        return Ok(Err(intake::Error::TooManyBytes { bytes: length, limit: limits.max_bytes }));
    }
    let mut bytes = Vec::with_capacity(length);
    // a device has no length and no end
    file.take(limits.max_bytes as u64 + 1).read_to_end(&mut bytes)?;
    Ok(Ok(bytes))
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

    #[test]
    fn folders_are_their_pictures_in_order() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.JPG", "a.webp", "notes.txt", "c"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        fs::create_dir(folder.path().join("z.png")).unwrap();
        let found = expanded(folder.path()).unwrap();
        let names: Vec<_> = found.iter().filter_map(|path| path.file_name()).collect();
        assert_eq!(names, ["a.webp", "b.JPG"]);
        assert_eq!(expanded(&folder.path().join("c")).unwrap().len(), 1);
        assert!(expanded(&folder.path().join("d")).is_err());
    }
}
