//! The network between the terminals and the server: what gets lost, comes twice, comes late, or makes an end come.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use kortautomat::sync::client::{Lost, Transport};
use tokio::sync::Notify;

use super::disk::Mark;
use super::history::Sabotage;
use super::random::Random;
use super::server::Server;

/// What is wrong while an operation is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weather {
    Fair,
    /// Each call has its own fate.
    Rough,
    /// The terminal ends at this call, before or after the server has it.
    TerminalEnds {
        call: u32,
        after: bool,
    },
    /// The server ends in the middle of this call.
    ServerEnds {
        call: u32,
    },
    /// Nobody answers.
    Cut,
}

pub struct Line {
    pub weather: Weather,
    calls: u32,
    random: Random,
    pub late: Vec<http::Request<Bytes>>,
    pub trace: Vec<String>,
    /// Told when a terminal is to end.
    pub ended: Arc<Notify>,
    /// Asked at each answer, and when an operation begins: how far the terminal's disk is.
    pub look: Option<Box<dyn Fn() -> Mark + Send>>,
    pub mark: Option<Mark>,
    pub sabotage: Sabotage,
}

/// Everything that the calls pass through.
#[derive(Clone)]
pub struct Network {
    pub line: Arc<Mutex<Line>>,
    pub server: Arc<tokio::sync::Mutex<Server>>,
}

enum Fate {
    Passes,
    LostBefore,
    LostAfter,
    Twice,
    Late,
    Portal,
    Busy,
    Ends { after: bool },
    ServerEnds,
    Down,
}

impl Network {
    pub fn new(server: Server, random: Random, sabotage: Sabotage) -> Self {
        let line = Line {
            weather: Weather::Fair,
            calls: 0,
            random,
            late: Vec::new(),
            trace: Vec::new(),
            ended: Arc::new(Notify::new()),
            look: None,
            mark: None,
            sabotage,
        };
        Self { line: Arc::new(Mutex::new(line)), server: Arc::new(tokio::sync::Mutex::new(server)) }
    }

    pub fn say(&self, words: impl Into<String>) {
        self.line.lock().unwrap().trace.push(words.into());
    }

    /// An operation begins in this weather.
    pub fn begin(&self, weather: Weather, look: Option<Box<dyn Fn() -> Mark + Send>>) {
        let mut line = self.line.lock().unwrap();
        (line.weather, line.calls) = (weather, 0);
        line.mark = look.as_ref().map(|look| look());
        line.look = look;
    }

    pub fn transport(&self) -> Transport {
        let network = self.clone();
        Transport::of(move |request| {
            let network = network.clone();
            Box::pin(async move { network.carry(request).await })
        })
        .unwrap()
    }

    fn fate(&self) -> Fate {
        let mut line = self.line.lock().unwrap();
        let call = line.calls;
        line.calls += 1;
        match line.weather {
            Weather::Fair => Fate::Passes,
            Weather::Cut => Fate::LostBefore,
            Weather::TerminalEnds { call: at, after } if call == at => Fate::Ends { after },
            Weather::ServerEnds { call: at } if call == at => Fate::ServerEnds,
            Weather::ServerEnds { call: at } if call > at => Fate::Down,
            Weather::TerminalEnds { .. } | Weather::ServerEnds { .. } => Fate::Passes,
            Weather::Rough => match line.random.below(100) {
                0..14 => Fate::LostBefore,
                14..28 => Fate::LostAfter,
                28..40 => Fate::Twice,
                40..50 => Fate::Late,
                50..54 => Fate::Portal,
                54..58 => Fate::Busy,
                _ => Fate::Passes,
            },
        }
    }

    async fn carry(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, Lost> {
        let what = format!("{} {}", request.method(), path(&request));
        let fate = self.fate();
        let mut server = self.server.lock().await;
        if server.down {
            self.say(format!("  {what}: the server is down"));
            return Err(Lost::Line("down".into()));
        }
        let lost = |how: &str| {
            self.say(format!("  {what}: {how}"));
            Err(Lost::TimedOut)
        };
        let answer = match fate {
            Fate::Passes => server.call(&request).await,
            Fate::LostBefore | Fate::Down => return lost("lost on the way there"),
            Fate::LostAfter => {
                let status = server.call(&request).await.status();
                return lost(&format!("{status}, lost on the way back"));
            }
            Fate::Twice => {
                let first = server.call(&request).await.status();
                if let Some((id, mut random)) = self.forgotten(&request) {
                    server.take_again(&id, &mut random).await;
                }
                let second = server.call(&request).await;
                self.say(format!("  {what}: {first}, and once more"));
                second
            }
            Fate::Late => {
                self.line.lock().unwrap().late.push(request);
                return lost("late");
            }
            Fate::Portal => {
                self.say(format!("  {what}: a page that says log in"));
                let page = http::Response::builder().header("content-type", "text/html");
                return Ok(page.body(Bytes::from_static(b"<html>Log in here</html>")).unwrap());
            }
            Fate::Busy => {
                self.say(format!("  {what}: busy"));
                let words = br#"{"code":"locked","detail":"many","retry_after":3}"#;
                let busy = http::Response::builder().status(429).header("content-type", "application/json");
                return Ok(busy.body(Bytes::from_static(words)).unwrap());
            }
            Fate::Ends { after } => {
                if after {
                    server.call(&request).await;
                }
                self.say(format!("  {what}: the terminal ends, the server has it: {after}"));
                self.line.lock().unwrap().ended.notify_one();
                drop(server);
                std::future::pending().await
            }
            Fate::ServerEnds => {
                let mark = server.mark();
                let answer = server.call(&request).await;
                let (mut random, sabotage) = {
                    let mut line = self.line.lock().unwrap();
                    (line.random.fork(), line.sabotage)
                };
                let how = server.crash(Some(&mark), &mut random).await;
                self.say(format!("  {what}: the server ends, {how}"));
                if sabotage == Sabotage::AnswersBeforeCommit {
                    return Ok(answer);
                }
                return Err(Lost::Line("reset".into()));
            }
        };
        self.say(format!("  {what}: {}", answer.status()));
        let mut line = self.line.lock().unwrap();
        line.mark = line.look.as_ref().map(|look| look());
        Ok(answer)
    }

    /// The order that the server does not know any more when it comes once more.
    fn forgotten(&self, request: &http::Request<Bytes>) -> Option<(String, Random)> {
        let mut line = self.line.lock().unwrap();
        let id = request.uri().path().strip_prefix("/v1/orders/")?;
        (line.sabotage == Sabotage::IdempotenceForgotten).then(|| (id.to_owned(), line.random.fork()))
    }

    /// A call that was late arrives at last; its answer is for nobody.
    pub async fn late(&self) {
        let request = {
            let mut line = self.line.lock().unwrap();
            if line.late.is_empty() {
                return;
            }
            let length = line.late.len();
            let at = line.random.index(length);
            line.late.swap_remove(at)
        };
        let server = self.server.lock().await;
        let status = server.call(&request).await.status();
        self.say(format!("late: {} {}: {status}", request.method(), path(&request)));
    }
}

fn path(request: &http::Request<Bytes>) -> String {
    let path = request.uri().path_and_query().map_or("", |path| path.as_str());
    path.trim_start_matches("/v1").chars().take(44).collect()
}
