//! A line between terminal and server that a test can cut at any byte, hold up, or lead astray.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What is wrong with the line. Bytes are counted over all connections from the moment at which the fault is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    None,
    /// Whoever calls is hung up on.
    Refused,
    /// Cut after so many bytes of requests.
    RequestCut(usize),
    /// Cut after so many bytes of answers.
    AnswerCut(usize),
    /// Nothing passes after so many bytes of requests, and nobody hangs up.
    Stalled(usize),
    /// Somebody else answers everything, with a page and status 200.
    Portal,
    /// What is sent comes this much later, and no more bytes a second pass in each direction.
    Slow {
        delay: Duration,
        rate: u32,
    },
}

const PAGE: &[u8] =
    b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 23\r\n\r\n<html>Log in here</html>";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Request,
    Answer,
}

struct Line {
    target: SocketAddr,
    fault: Fault,
    requests: usize,
    answers: usize,
    /// Every byte that passed, in both directions.
    seen: Vec<u8>,
}

pub struct Link {
    address: SocketAddr,
    line: Arc<Mutex<Line>>,
    changed: watch::Sender<u64>,
    cut: watch::Receiver<u64>,
    task: JoinHandle<()>,
}

impl Link {
    /// A line to the server at `target`.
    pub async fn to(target: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let line =
            Arc::new(Mutex::new(Line { target, fault: Fault::None, requests: 0, answers: 0, seen: vec![] }));
        let (changed, change) = watch::channel(0);
        let (tell_cut, cut) = watch::channel(0);
        let shared = Arc::clone(&line);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(connection(stream, Arc::clone(&shared), change.clone(), tell_cut.clone()));
            }
        });
        Self { address, line, changed, cut, task }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn set(&self, fault: Fault) {
        let mut line = self.line.lock().unwrap();
        (line.fault, line.requests, line.answers) = (fault, 0, 0);
        drop(line);
        self.changed.send_modify(|n| *n += 1);
    }

    /// The server has moved: it was started again.
    pub fn lead_to(&self, target: SocketAddr) {
        self.line.lock().unwrap().target = target;
    }

    /// Bytes of requests and of answers since the fault was set.
    pub fn passed(&self) -> (usize, usize) {
        let line = self.line.lock().unwrap();
        (line.requests, line.answers)
    }

    pub fn seen(&self) -> Vec<u8> {
        self.line.lock().unwrap().seen.clone()
    }

    /// What was cut until now does not count for [`was_cut`](Self::was_cut).
    pub fn forget_cuts(&mut self) {
        self.cut.mark_unchanged();
    }

    /// Returns when the line has been cut since this was last asked.
    pub async fn was_cut(&mut self) {
        self.cut.changed().await.unwrap();
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn connection(
    mut near: TcpStream,
    line: Arc<Mutex<Line>>,
    change: watch::Receiver<u64>,
    cut: watch::Sender<u64>,
) {
    let (fault, target) = {
        let line = line.lock().unwrap();
        (line.fault, line.target)
    };
    match fault {
        Fault::Refused => return,
        Fault::Portal => {
            let mut request = vec![0; 1 << 16];
            let _ = near.read(&mut request).await;
            let _ = near.write_all(PAGE).await;
            return;
        }
        _ => {}
    }
    let Ok(far) = TcpStream::connect(target).await else { return };
    let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
    // the end of one direction is the end of the connection
    tokio::select! {
        () = pump(near_in, far_out, Way::Request, &line, change.clone(), &cut) => {}
        () = pump(far_in, near_out, Way::Answer, &line, change.clone(), &cut) => {}
    }
}

async fn pump(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    way: Way,
    line: &Mutex<Line>,
    mut change: watch::Receiver<u64>,
    cut: &watch::Sender<u64>,
) {
    let mut buffer = vec![0; 1 << 16];
    loop {
        let Ok(read @ 1..) = from.read(&mut buffer).await else { return };
        let mut rest = &buffer[..read];
        while !rest.is_empty() {
            change.mark_unchanged();
            let (pass, fault) = {
                let mut line = line.lock().unwrap();
                let limit = match (line.fault, way) {
                    (Fault::Refused | Fault::Portal, _) => 0,
                    (Fault::RequestCut(n) | Fault::Stalled(n), Way::Request) => n - line.requests.min(n),
                    (Fault::AnswerCut(n), Way::Answer) => n - line.answers.min(n),
                    _ => usize::MAX,
                };
                let pass = limit.min(rest.len());
                match way {
                    Way::Request => line.requests += pass,
                    Way::Answer => line.answers += pass,
                }
                line.seen.extend_from_slice(&rest[..pass]);
                (pass, line.fault)
            };
            if let Fault::Slow { delay, rate } = fault {
                tokio::time::sleep(delay + Duration::from_secs(1) * pass as u32 / rate).await;
            }
            if to.write_all(&rest[..pass]).await.is_err() {
                return;
            }
            rest = &rest[pass..];
            if rest.is_empty() {
                continue;
            }
            if matches!(fault, Fault::Stalled(_)) {
                let _ = change.changed().await;
            } else {
                cut.send_modify(|n| *n += 1);
                return;
            }
        }
    }
}
