//! `kortautomat measure`: how fast photos are judged and orders kept on this computer. `packaging/bench` asks it, and other
//! programs beside it, in turns; so it answers one request after the other.

mod outbox;

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Barrier;

use image::RgbImage;
use serde::{Deserialize, Serialize};

use crate::domain::photo::{Declared, Policy, Verdict};
use crate::seal::pin;
use crate::store;
use crate::sync::{setup, terminal};
use crate::system::{NoRandomness, Stopwatch};
use crate::vision::burst::{self, Shot};
use crate::vision::crop;
use crate::vision::intake::{self, Limits};
use crate::vision::judge::{self, Judge, Timings};
use crate::vision::models::{self, Library, Model};
use crate::vision::net::{self, InstructionSet, Memory, Network};
use crate::vision::picture::Picture;
use crate::vision::policy;

/// Measures what standard input asks for, one JSON object a line, and answers each with one.
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// The instructions that the networks are run with; without it the fastest that the processor has
    #[arg(long, value_enum)]
    pub instructions: Option<Instructions>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Instructions {
    Portable,
    Avx2,
    Avx512,
}

/// What is measured, `times` times one after the other.
#[derive(Debug, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
enum Request {
    /// Finding, verifying and preparing one network's file, or all that the judge needs.
    Load { model: Option<String>, times: usize },
    /// One network on a made input, its rows parted among some threads.
    Network { model: String, times: usize, threads: usize },
    /// The first frame of a camera, on each of several threads at once: every network that runs live has to.
    Live { photo: PathBuf, times: usize, threads: usize },
    /// A photo from file to verdict.
    Check { photo: PathBuf, times: usize, threads: usize },
    /// Frames one after the other until the best of them is known.
    Burst { photo: PathBuf, frames: usize, times: usize, threads: usize },
    /// Orders kept at the terminal of a data folder, each with its own picture, up to the first that it refuses; none is sent.
    Accept { data: PathBuf, photo: PathBuf, orders: u32, first: u32 },
    /// What the terminals of some data folders hold, sent by all of them at once until nothing is left.
    Drain { data: Vec<PathBuf> },
}

/// How long each time took, and what else is worth knowing.
#[derive(Debug, Default, Serialize)]
struct Answer {
    wall_ms: Vec<f64>,
    /// The same in time of the processor; on several threads it cannot be told apart.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cpu_ms: Vec<f64>,
    /// Time of the processor by stage, the mean of all times.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    stages_ms: BTreeMap<&'static str, f64>,
    /// The mean of each output of a network: engines that compute the same agree on it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    means: Vec<f64>,
    /// Of all photos together.
    #[serde(skip_serializing_if = "is_zero")]
    bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<&'static str>,
    /// Why not all of it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("no network is in a file named {0}")]
    UnknownModel(String),
    #[error(transparent)]
    Model(#[from] models::Error),
    #[error(transparent)]
    Network(#[from] net::Error),
    #[error(transparent)]
    Judge(#[from] judge::Error),
    #[error(transparent)]
    Policy(#[from] policy::Error),
    #[error(transparent)]
    Photo(#[from] intake::Error),
    #[error(transparent)]
    File(#[from] io::Error),
    #[error("the request is not understood: {0}")]
    Request(#[from] serde_json::Error),
    #[error(transparent)]
    Terminal(#[from] terminal::Error),
    #[error(transparent)]
    Setup(#[from] setup::Error),
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Seal(#[from] pin::Error),
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    #[error(transparent)]
    Crop(#[from] crop::Error),
    #[error("{0} orders did not reach the server")]
    Left(u64),
    #[error("a thread gave up")]
    Thread,
    #[error(transparent)]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

/// Answers until standard input ends. Exit status 2 when it cannot be read or written.
pub fn run(arguments: &Arguments) -> ExitCode {
    let set = match arguments.instructions {
        Some(Instructions::Portable) => InstructionSet::Portable,
        Some(Instructions::Avx2) => InstructionSet::Avx2,
        Some(Instructions::Avx512) => InstructionSet::Avx512,
        None => InstructionSet::best(),
    };
    match Bench::new(set).serve(io::stdin().lock(), io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the requests end");
            ExitCode::from(2)
        }
    }
}

struct Bench {
    library: Library,
    set: InstructionSet,
    stopwatch: Stopwatch,
    processor: Stopwatch,
}

impl Bench {
    fn new(set: InstructionSet) -> Self {
        let library = Library::of_this_machine();
        Self { library, set, stopwatch: Stopwatch::system(), processor: Stopwatch::processor() }
    }

    fn serve(&self, requests: impl BufRead, mut answers: impl Write) -> io::Result<()> {
        for line in requests.lines() {
            let answer =
                serde_json::from_str(&line?).map_err(Error::from).and_then(|request| self.answer(&request));
            let answer = match answer {
                Ok(answer) => serde_json::to_value(&answer)?,
                Err(error) => serde_json::json!({ "error": error.to_string() }),
            };
            writeln!(answers, "{answer}")?;
            answers.flush()?;
        }
        Ok(())
    }

    fn answer(&self, request: &Request) -> Result<Answer, Error> {
        match request {
            Request::Load { model: Some(model), times } => {
                let model = named(model)?;
                self.alone(*times, || self.network(model).map(drop))
            }
            Request::Load { model: None, times } => self.alone(*times, || self.judge().map(drop)),
            Request::Network { model, times, threads } => {
                let model = named(model)?;
                let (mut network, mut memory) = self.network(model)?;
                let pool = rayon::ThreadPoolBuilder::new().num_threads(*threads).build()?;
                let mut answer = pool.install(|| {
                    network.run_on(*threads, &mut memory);
                    self.alone(*times, || {
                        network.run_on(*threads, &mut memory);
                        Ok(())
                    })
                })?;
                let outputs = 0..network.output_shapes().len();
                answer.means = outputs.map(|output| mean(network.output(output, &memory))).collect();
                Ok(answer)
            }
            Request::Live { photo, times, threads } => self.live(photo, *times, *threads),
            Request::Check { photo, times, threads } => self.check(photo, *times, *threads),
            Request::Burst { photo, frames, times, threads } => self.burst(photo, *frames, *times, *threads),
            Request::Accept { data, photo, orders, first } => {
                self.accept(data, photo, *first..*first + *orders)
            }
            Request::Drain { data } => self.drain(data),
        }
    }

    /// A network with an input made of plain steps between 0 and 1.
    fn network(&self, model: Model) -> Result<(Network, Memory), Error> {
        let network = Network::load(&self.library.load(model)?, self.set)?;
        let mut memory = Memory::of([&network]);
        for (at, value) in network.input(&mut memory).iter_mut().enumerate() {
            *value = (at % 251) as f32 / 250.0;
        }
        Ok((network, memory))
    }

    /// A judge that tells its stages in time of the processor.
    fn judge(&self) -> Result<Judge, Error> {
        Ok(Judge::load(&self.library, self.set, self.processor.clone())?)
    }

    fn live(&self, photo: &Path, times: usize, threads: usize) -> Result<Answer, Error> {
        let (frame, policy) = (frame(photo)?, policy::default()?);
        let mut answer = self.together(threads, times, || {
            let (mut judge, frame, policy) = (self.judge()?, &frame, &policy);
            Ok(move || {
                judge.forget();
                judge.live(frame, policy, &Declared::default());
            })
        })?;
        let mut judge = self.judge()?;
        let timings = (0..times).map(|_| {
            judge.forget();
            judge.live(&frame, &policy, &Declared::default()).timings
        });
        answer.stages_ms = stages(timings);
        Ok(answer)
    }

    fn check(&self, photo: &Path, times: usize, threads: usize) -> Result<Answer, Error> {
        let (mut judge, policy) = (self.judge()?.with_threads(threads), policy::default()?);
        let mut reading = 0.0;
        let mut timings = Vec::new();
        let mut verdict = None;
        let mut answer = self.alone(times, || {
            let start = self.processor.elapsed();
            let picture = decoded(photo)?;
            reading += ms(self.processor.elapsed().saturating_sub(start));
            let report = judge.check(&picture, &policy, &Declared::default());
            verdict = Some(report.verdict.code());
            timings.push(report.timings);
            Ok(())
        })?;
        answer.stages_ms = stages(timings.into_iter());
        answer.stages_ms.insert("decode", reading / times.max(1) as f64);
        answer.verdict = verdict;
        Ok(answer)
    }

    fn burst(&self, photo: &Path, frames: usize, times: usize, threads: usize) -> Result<Answer, Error> {
        let mut judge = self.judge()?.with_threads(threads);
        let (picture, policy) = (decoded(photo)?, policy::default()?);
        // the face is known by then: the burst begins while the person is looked at
        judge.live(picture.rgb(), &policy, &Declared::default());
        self.alone(times, || {
            best(&mut judge, &picture, &policy, frames);
            Ok(())
        })
    }

    /// Does something `times` times.
    fn alone(&self, times: usize, mut work: impl FnMut() -> Result<(), Error>) -> Result<Answer, Error> {
        let mut answer = Answer::default();
        for _ in 0..times {
            let start = [self.stopwatch.elapsed(), self.processor.elapsed()];
            work()?;
            answer.wall_ms.push(ms(self.stopwatch.elapsed().saturating_sub(start[0])));
            answer.cpu_ms.push(ms(self.processor.elapsed().saturating_sub(start[1])));
        }
        Ok(answer)
    }

    /// Makes ready on each thread, once more than is measured, then lets all of them begin together.
    fn together<W: FnMut()>(
        &self,
        threads: usize,
        times: usize,
        prepare: impl Fn() -> Result<W, Error> + Sync,
    ) -> Result<Answer, Error> {
        let ready = Barrier::new(threads);
        let one = || {
            let work = prepare().map(|mut work| {
                work();
                work
            });
            ready.wait();
            let mut work = work?;
            self.alone(times, || {
                work();
                Ok(())
            })
        };
        std::thread::scope(|scope| {
            let running: Vec<_> = (0..threads).map(|_| scope.spawn(one)).collect();
            let mut answer = Answer::default();
            for thread in running {
                let one = thread.join().map_err(|_| Error::Thread)??;
                answer.wall_ms.extend(one.wall_ms);
                answer.cpu_ms = if threads == 1 { one.cpu_ms } else { Vec::new() };
            }
            Ok(answer)
        })
    }
}

/// The best of some frames, and what the rules say about it.
fn best(judge: &mut Judge, picture: &Picture, policy: &Policy, frames: usize) -> Option<Verdict> {
    let declared = Declared::default();
    let seen = (0..frames).map(|_| Shot::of(&judge.live(picture.rgb(), policy, &declared)));
    let best = burst::best(&seen.collect::<Vec<_>>());
    best.map(|_| judge.check(picture, policy, &declared).verdict)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

fn named(file: &str) -> Result<Model, Error> {
    let known = Model::ALL.into_iter().find(|model| model.file() == file);
    known.ok_or_else(|| Error::UnknownModel(file.to_owned()))
}

fn decoded(photo: &Path) -> Result<Picture, Error> {
    Ok(intake::decode(&std::fs::read(photo)?, &Limits::default(), &Stopwatch::system())?.picture)
}

fn frame(photo: &Path) -> Result<RgbImage, Error> {
    Ok(decoded(photo)?.into_rgb())
}

fn ms(time: std::time::Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn mean(values: &[f32]) -> f64 {
    values.iter().map(|value| f64::from(*value)).sum::<f64>() / values.len().max(1) as f64
}

/// The mean of each stage.
fn stages(timings: impl Iterator<Item = Timings>) -> BTreeMap<&'static str, f64> {
    let (mut sums, mut count) = (BTreeMap::new(), 0.0);
    for timings in timings {
        count += 1.0;
        for (stage, time) in timings.stages() {
            *sums.entry(stage).or_default() += ms(time);
        }
    }
    sums.into_iter().map(|(stage, sum): (_, f64)| (stage, sum / count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(requests: &str) -> Vec<serde_json::Value> {
        let bench = Bench::new(InstructionSet::best());
        let mut out = Vec::new();
        bench.serve(requests.as_bytes(), &mut out).unwrap();
        out.split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).unwrap())
            .collect()
    }

    #[test]
    fn every_request_is_answered_in_its_turn() {
        let photo = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/photos/portrait-720.jpg");
        let requests = [
            r#"{"what":"network","model":"face_detector.tflite","times":2,"threads":2}"#.to_owned(),
            r#"{"what":"load","model":"face_detector.tflite","times":3}"#.to_owned(),
            format!(r#"{{"what":"live","photo":"{photo}","times":1,"threads":1}}"#),
            format!(r#"{{"what":"check","photo":"{photo}","times":1,"threads":2}}"#),
            format!(r#"{{"what":"burst","photo":"{photo}","frames":2,"times":1,"threads":1}}"#),
            r#"{"what":"network","model":"other","times":1,"threads":1}"#.to_owned(),
            "what?".to_owned(),
        ];
        let answers = answers(&requests.join("\n"));
        let times = |at: usize| answers[at]["wall_ms"].as_array().map_or(0, Vec::len);
        assert_eq!([0, 1, 2, 3, 4].map(times), [2, 3, 1, 1, 1]);
        assert!(answers[0]["means"].as_array().is_some_and(|means| means.len() == 2));
        assert!(answers[2]["stages_ms"]["landmarks"].is_f64() && answers[3]["stages_ms"]["decode"].is_f64());
        assert_eq!(answers[3]["verdict"], "accept");
        assert!(answers[5]["error"].is_string() && answers[6]["error"].is_string());
    }
}
