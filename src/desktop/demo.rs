//! `kortautomat demo`: the whole product on one computer, as processes of their own with real sockets between them: the
//! server, the simulated access system, a kiosk and a counter. Each may be killed alone.

mod folder;
mod process;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{ExitCode, ExitStatus};
use std::time::Duration;

use serde::Serialize;
use tokio::task::JoinSet;

use self::folder::Folder;
use self::process::{Name, Program, Started, beside};
use crate::camera::{Choice, Leave};
use crate::domain::person::Language;
use crate::seal::keys::Prefer;
use crate::sync::{enrol, terminal};
use crate::system::{Clock, Randomness};
use crate::texts::{self, Texts};

/// How long a killed process is left dead before it is started again, so that one sees how the others go on.
const REST: Duration = Duration::from_secs(3);
/// A process that ended this soon after its start is not well.
const TOO_SOON: Duration = Duration::from_secs(5);
/// So often a process may end too soon before it is left alone.
const TRIES: u32 = 3;
/// How long the server may take to answer after its start.
const START: Duration = Duration::from_secs(20);
/// How long a process may take to end when it is asked to.
const FAREWELL: Duration = Duration::from_secs(5);
/// How long a webcam may take to open.
const CAMERA: Duration = Duration::from_secs(5);

/// What the demo is started with.
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// Where everything is kept; left out: the user's data folder
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The language that it starts in: nb, nn or en
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
    /// The kiosk's camera; left out: a webcam if there is one, else a sample portrait
    #[arg(long, value_name = "CAMERA")]
    pub camera: Option<String>,
    /// A folder of pictures that the kiosk offers beside memory sticks
    #[arg(long, value_name = "DIR")]
    pub pictures: Option<PathBuf>,
    /// The size of the kiosk's window
    #[arg(long, value_name = "WIDTHxHEIGHT", default_value = "540x960")]
    pub kiosk: String,
    /// A folder in which kiosk and counter write which control is where
    #[arg(long, value_name = "DIR", hide = true)]
    pub report_layout: Option<PathBuf>,
}

/// Why the demo cannot run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Texts(#[from] texts::Error),
    #[error(transparent)]
    Folder(#[from] folder::Error),
    #[error(transparent)]
    Process(#[from] process::Error),
    #[error("the server does not take the terminal, its log is {log}: {source}")]
    Enrolment { log: PathBuf, source: Box<terminal::Error> },
    #[error("the runtime does not start: {0}")]
    Runtime(#[source] io::Error),
    #[error("signals cannot be received: {0}")]
    Signals(#[source] io::Error),
    #[error("the terminal cannot be written to: {0}")]
    Output(#[source] io::Error),
}

/// What runs, for whoever leads the demo from outside.
#[derive(Debug, Serialize)]
struct Running<'a> {
    server: &'a str,
    processes: BTreeMap<&'static str, u32>,
}

/// Runs the demo until both windows are closed or the program is asked to end.
pub fn run(arguments: &Arguments) -> ExitCode {
    let log = std::env::var("KORTAUTOMAT_LOG").unwrap_or_else(|_| "warn".to_owned());
    let ansi = io::IsTerminal::is_terminal(&io::stderr());
    tracing_subscriber::fmt().with_env_filter(log).with_writer(io::stderr).with_ansi(ansi).init();
    let tag = arguments.language.as_deref().unwrap_or("nb");
    let Some(language) = Language::from_tag(tag) else {
        eprintln!("kortautomat: {tag} is none of nb, nn, en");
        return ExitCode::from(2);
    };
    match lead(arguments, language) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kortautomat: {error}");
            ExitCode::FAILURE
        }
    }
}

fn lead(arguments: &Arguments, language: Language) -> Result<(), Error> {
    let texts = Texts::load(language)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(Error::Runtime)?;
    runtime.block_on(async {
        let folder = Folder::open(arguments.data.as_deref())?;
        let mut demo = Demo::new(folder, &texts);
        let mut done = demo.start(arguments).await;
        if done.is_ok() {
            done = demo.watch().await;
        }
        demo.end().await;
        done
    })
}

struct Demo<'a> {
    texts: &'a Texts,
    clock: Clock,
    randomness: Randomness,
    folder: Folder,
    server: String,
    programs: Vec<Program>,
    started: Vec<Started>,
    waiting: JoinSet<(Name, io::Result<ExitStatus>)>,
}

/// A command line.
macro_rules! words {
    ($($word:expr),* $(,)?) => { vec![$(OsString::from($word)),*] };
}

impl<'a> Demo<'a> {
    /// Starts nothing yet.
    fn new(folder: Folder, texts: &'a Texts) -> Self {
        Self {
            texts,
            clock: Clock::system(),
            randomness: Randomness::system(),
            folder,
            server: String::new(),
            programs: Vec::new(),
            started: Vec::new(),
            waiting: JoinSet::new(),
        }
    }

    /// Starts all processes, each when what it needs answers.
    async fn start(&mut self, given: &Arguments) -> Result<(), Error> {
        let own = beside("kortautomat")?;
        let server = beside("kortserver")?;
        let (access_at, server_at) = (self.folder.address("access")?, self.folder.address("server")?);
        self.server = format!("http://{server_at}");
        self.say(&self.texts.demo_starting())?;

        let access = self.folder.of("access");
        // its key is made by whoever comes first: two at once would both try
        let key = process::answer(&server, words!["simulate", "access-system", "--dir", &access]).await?;
        let words = words!["simulate", "access-system", "--dir", &access, "--listen", access_at.to_string()];
        self.launch(Program { name: Name::Access, path: server.clone(), arguments: words })?;

        let data = self.folder.of("server");
        let made = words!["demo-data", "--data", &data, "--pin-key", key.trim()];
        for line in process::answer(&server, made).await?.lines() {
            if let Some((role, line)) = line.split_once(' ') {
                self.folder.keep_enrolment(role, line)?;
            }
        }
        let words = words![
            "serve",
            "--data",
            &data,
            "--listen",
            server_at.to_string(),
            "--access-system",
            format!("http://{access_at}"),
        ];
        self.launch(Program { name: Name::Server, path: server, arguments: words })?;

        let camera = match &given.camera {
            Some(camera) => camera.clone(),
            None => self.camera().await?,
        };
        for name in [Name::Kiosk, Name::Counter] {
            let data = self.folder.of(name.code());
            self.enrol(name, &data).await?;
            let mut arguments =
                words![name.code(), "--data", &data, "--language", self.texts.language().tag()];
            if name == Name::Kiosk {
                arguments.extend(words!["--camera", &camera, "--windowed", &given.kiosk]);
                if let Some(pictures) = &given.pictures {
                    arguments.extend(words!["--pictures", pictures]);
                }
            }
            if name == Name::Counter {
                arguments.extend(words!["--print-folder", self.folder.printed()?]);
            }
            if let Some(reports) = &given.report_layout {
                arguments.extend(words!["--report-layout", reports.join(format!("{}.json", name.code()))]);
            }
            self.launch(Program { name, path: own.clone(), arguments })?;
        }
        let logs = self.folder.logs().display().to_string();
        self.say(&self.texts.demo_running(logs, self.server.as_str()))
    }

    /// Makes a terminal's folder known to the server, which may have moved to another port since last time.
    async fn enrol(&self, name: Name, data: &Path) -> Result<(), Error> {
        let line = self.folder.enrolment(name.code())?;
        let give_up = self.clock.now() + START;
        loop {
            let (clock, randomness) = (self.clock.clone(), self.randomness.clone());
            match enrol::enrol(data, &self.server, &line, Prefer::Keyring, clock, randomness).await {
                Ok(_) => return Ok(()),
                Err(error) if self.clock.now() > give_up => {
                    return Err(Error::Enrolment { log: self.folder.log("server"), source: Box::new(error) });
                }
                Err(error) => {
                    tracing::debug!(%error, "the server is not there yet");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        }
    }

    /// A webcam if one opens, else the sample portrait.
    async fn camera(&self) -> Result<String, Error> {
        let opened = tokio::task::spawn_blocking(|| {
            Choice::Webcam(None).opener().open(&Leave::default()).map(|source| source.name().to_owned())
        });
        match tokio::time::timeout(CAMERA, opened).await {
            Ok(Ok(Ok(name))) => {
                self.say(&self.texts.demo_webcam(name))?;
                Ok("webcam".to_owned())
            }
            other => {
                tracing::info!(?other, "no webcam");
                self.say(&self.texts.demo_no_webcam())?;
                Ok(format!("file:{}", self.folder.portrait()?.display()))
            }
        }
    }

    fn launch(&mut self, program: Program) -> Result<(), Error> {
        self.spawn(&program, 0)?;
        self.programs.push(program);
        Ok(())
    }

    fn spawn(&mut self, program: &Program, failures: u32) -> Result<(), Error> {
        let child = program.start(&self.folder, failures > 0 || self.has(program.name))?;
        let name = program.name;
        let pid = child.id().unwrap_or_default();
        self.started.retain(|started| started.name != name);
        self.started.push(Started { name, pid, at: self.clock.now(), failures });
        self.waiting.spawn(async move { (name, process::ended(child).await) });
        self.tell()
    }

    fn has(&self, name: Name) -> bool {
        self.programs.iter().any(|program| program.name == name)
    }

    /// Writes down what runs.
    fn tell(&self) -> Result<(), Error> {
        let processes = self.started.iter().map(|started| (started.name.code(), started.pid)).collect();
        Ok(self.folder.say(&Running { server: &self.server, processes })?)
    }

    /// Reports what ends and starts again what was killed, until both windows are closed or a signal comes.
    async fn watch(&mut self) -> Result<(), Error> {
        let mut signals = Signals::listen()?;
        let mut resting = JoinSet::new();
        loop {
            tokio::select! {
                () = signals.any() => return Ok(()),
                Some(Ok((name, status))) = self.waiting.join_next() => {
                    if let Some(failures) = self.ended(name, status)? {
                        resting.spawn(async move {
                            tokio::time::sleep(REST).await;
                            (name, failures)
                        });
                    }
                }
                Some(Ok((name, failures))) = resting.join_next() => {
                    if let Some(program) = self.programs.iter().find(|program| program.name == name).cloned() {
                        self.spawn(&program, failures)?;
                        self.say(&self.texts.demo_again(name.code()))?;
                    }
                }
            }
            let window = |started: &Started| started.name.window();
            if resting.is_empty() && !self.started.iter().any(window) {
                return Ok(());
            }
        }
    }

    /// A process ended: answers how often it failed in a row if it is to be started again.
    fn ended(&mut self, name: Name, status: io::Result<ExitStatus>) -> Result<Option<u32>, Error> {
        let Some(at) = self.started.iter().position(|started| started.name == name) else { return Ok(None) };
        let before = self.started.swap_remove(at);
        self.tell()?;
        if name.window() && matches!(&status, Ok(status) if status.success()) {
            self.say(&self.texts.demo_closed(name.code()))?;
            return Ok(None);
        }
        let soon = self.clock.now().duration_since(before.at).unsigned_abs() < TOO_SOON;
        let failures = if soon { before.failures + 1 } else { 1 };
        let log = self.folder.log(name.code()).display().to_string();
        tracing::warn!(name = name.code(), ?status, "ended");
        if failures >= TRIES {
            self.say(&self.texts.demo_given_up(log, name.code()))?;
            return Ok(None);
        }
        self.say(&self.texts.demo_ended(log, name.code()))?;
        Ok(Some(failures))
    }

    /// Ends what runs: the windows first, then what they talk to.
    async fn end(&mut self) {
        self.started.sort_by_key(|started| std::cmp::Reverse(started.name));
        for started in &self.started {
            process::ask_to_end(started.pid);
            let waited = tokio::time::timeout(FAREWELL, async {
                while let Some(ended) = self.waiting.join_next().await {
                    if matches!(&ended, Ok((name, _)) if *name == started.name) {
                        return;
                    }
                }
            });
            if waited.await.is_err() {
                tracing::warn!(name = started.name.code(), "does not end and is killed");
            }
        }
        self.waiting.shutdown().await;
        self.folder.say_nothing();
    }

    fn say(&self, text: &str) -> Result<(), Error> {
        let mut output = io::stdout().lock();
        writeln!(output, "{text}").and_then(|()| output.flush()).map_err(Error::Output)
    }
}

/// What asks the program to end.
struct Signals {
    #[cfg(unix)]
    asked: [tokio::signal::unix::Signal; 3],
}

impl Signals {
    #[cfg(unix)]
    fn listen() -> Result<Self, Error> {
        use tokio::signal::unix::{SignalKind, signal};
        let listen = |kind| signal(kind).map_err(Error::Signals);
        Ok(Self {
            asked: [
                listen(SignalKind::interrupt())?,
                listen(SignalKind::terminate())?,
                listen(SignalKind::hangup())?,
            ],
        })
    }

    #[cfg(unix)]
    async fn any(&mut self) {
        let [interrupt, terminate, hangup] = &mut self.asked;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    }

    #[cfg(not(unix))]
    fn listen() -> Result<Self, Error> {
        Ok(Self {})
    }

    #[cfg(not(unix))]
    async fn any(&mut self) {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::warn!(%error, "signals cannot be received");
            std::future::pending::<()>().await;
        }
    }
}
