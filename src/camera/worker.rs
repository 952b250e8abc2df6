//! Keeps one camera running: a thread that reads it, and one that watches the reader.
//!
//! ```text
//! Starting ─→ Live ─┬─ no frame in time ─→ Frozen ──┐
//!    │              ├─ gone ─→ Unplugged ───────────┤
//!    └─ cannot open ┴─→ Missing, Busy, NoRights, Failed
//!                                 └──── tried again ─┴─→ Live
//! ```
//!
//! A reader that blocks for ever cannot be ended: it is told to leave, forgotten, and another one opens the camera. When the
//! old one wakes up after all, it closes its device and goes.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use futures_util::{Stream, stream};
use jiff::Timestamp;
use tokio::sync::watch;

use super::preview::{Look, Maker, Preview};
use super::source::{Error, Leave, Opener, Picture};
use super::wiped::{Lender, Pool};
use crate::system::Clock;

/// Readers that may be blocked at the same time: no more are started until one of them wakes up.
const MOST_BLOCKED: usize = 4;
/// So many failures in a row are no accident.
const OUT_OF_ORDER: u32 = 3;
/// A camera that gave so many frames since it was opened runs steadily.
const STEADY: u32 = 30;

/// A picture from the camera.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    pub picture: Picture,
    /// Grows by one with every frame of this [`Camera`].
    pub sequence: u64,
    pub taken_at: Timestamp,
}

/// How the camera is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum State {
    /// Being opened for the first time.
    #[default]
    Starting,
    Live,
    /// There is none.
    Missing,
    /// Another program has it.
    Busy,
    /// No frame came in time.
    Frozen,
    /// It was there and is gone.
    Unplugged,
    /// This user may not open it.
    NoRights,
    /// Anything else.
    Failed,
}

impl State {
    /// The name used in messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Live => "live",
            Self::Missing => "missing",
            Self::Busy => "busy",
            Self::Frozen => "frozen",
            Self::Unplugged => "unplugged",
            Self::NoRights => "no_rights",
            Self::Failed => "failed",
        }
    }
}

/// How long things may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// From asking for a camera to its first frame.
    pub opening: Duration,
    /// From one frame to the next.
    pub frame: Duration,
    /// From a failure to the next try.
    pub retry: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { opening: Duration::from_secs(8), frame: Duration::from_secs(2), retry: Duration::from_secs(1) }
    }
}

/// What a reader of the handle sees: always the newest.
#[derive(Debug, Clone, Default)]
pub struct View {
    pub state: State,
    /// The name of the camera that runs or ran last.
    pub name: Option<String>,
    /// Only while the camera is live.
    pub frame: Option<Frame>,
    /// The newest frame as asked for by [`Camera::show`].
    pub preview: Option<Preview>,
    /// Frames since the start, however often the camera was opened.
    pub frames: u64,
    /// How often it failed in a row: it has not run steadily between.
    pub failures: u32,
}

impl View {
    /// Whether a person should be offered another way, and the university be told.
    pub fn out_of_order(&self) -> bool {
        self.failures >= OUT_OF_ORDER && self.state != State::Live
    }
}

/// A camera that runs until this handle is dropped.
#[derive(Debug)]
pub struct Camera {
    view: watch::Receiver<View>,
    notes: Sender<Note>,
    look: Arc<Mutex<Option<Look>>>,
}

/// The system would not start the camera's thread.
#[derive(Debug, thiserror::Error)]
#[error("the camera's thread cannot be started")]
pub struct StartError(#[source] std::io::Error);

impl Camera {
    /// Starts the camera's threads. What happens from here on is told by [`Camera::view`].
    pub fn start(opener: Arc<dyn Opener>, clock: Clock, patience: Patience) -> Result<Self, StartError> {
        let (notes, inbox) = mpsc::channel();
        let (shown, view) = watch::channel(View::default());
        let look = Arc::new(Mutex::new(None));
        let memory = Pool::default();
        let reader = Reader {
            opener,
            clock,
            shown: Weak::new(),
            notes: notes.clone(),
            look: Arc::clone(&look),
            memory: memory.lender(),
        };
        std::thread::Builder::new()
            .name("camera-watch".to_owned())
            .spawn(move || {
                Watch::new(reader, shown, inbox, patience).run();
                // a reader that is blocked keeps none of the pictures
                drop(memory);
            })
            .map_err(StartError)?;
        Ok(Self { view, notes, look })
    }

    /// What is to be seen now.
    pub fn view(&self) -> View {
        self.view.borrow().clone()
    }

    /// Has such a preview made of every frame from now on, and none with `None`.
    pub fn show(&self, look: Option<Look>) {
        *self.look.lock().unwrap_or_else(PoisonError::into_inner) = look;
    }

    /// A tick after every change of [`Camera::view`]; several changes may be one tick. Ends when the camera is dropped.
    pub fn ticks(&self) -> impl Stream<Item = ()> + Send + use<> {
        stream::unfold(self.view.clone(), |mut view| async move {
            view.changed().await.ok()?;
            Some(((), view))
        })
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        // the watch may have ended by itself: then nobody needs to be told
        let _ = self.notes.send(Note::Stop);
    }
}

/// What the readers tell the watch; with the reader's turn.
#[derive(Debug)]
enum Note {
    Opened(u64),
    Frame(u64),
    Ended(u64, Error),
    Stop,
}

/// What a reader's thread works with.
#[derive(Clone)]
struct Reader {
    opener: Arc<dyn Opener>,
    clock: Clock,
    shown: Weak<watch::Sender<View>>,
    notes: Sender<Note>,
    look: Arc<Mutex<Option<Look>>>,
    memory: Lender,
}

impl Reader {
    /// Opens the camera and reads it until it fails or nobody waits any more.
    fn read(&self, turn: u64, leave: &Leave) -> Error {
        // the device is closed at the end of this function, before the watch hears of it and opens it again
        let mut source = match self.opener.open(leave) {
            Ok(source) => source,
            Err(error) => return error,
        };
        self.show(leave, |view| view.name = Some(source.name().to_owned()));
        self.tell(Note::Opened(turn));
        let mut maker = Maker::with(self.memory.clone());
        while !leave.given_up() {
            match source.next_frame() {
                Ok(picture) => {
                    self.publish(picture, &mut maker, leave);
                    self.tell(Note::Frame(turn));
                }
                // not told to the watch: a camera that sends nothing else is frozen
                Err(Error::Broken(why)) => {
                    tracing::debug!(camera = source.name(), why, "a frame was passed over");
                    leave.wait(Duration::from_millis(5));
                }
                Err(error) => return error,
            }
        }
        Error::Failed("given up".to_owned())
    }

    fn publish(&self, picture: Picture, maker: &mut Maker, leave: &Leave) {
        let look = *self.look.lock().unwrap_or_else(PoisonError::into_inner);
        let preview = look.and_then(|look| maker.make(&picture, &look));
        let taken_at = self.clock.now();
        self.show(leave, |view| {
            view.frame = Some(Frame { picture, sequence: view.frames, taken_at });
            view.frames += 1;
            view.preview = preview;
            view.state = State::Live;
        });
    }

    /// Changes the view unless this reader was given up.
    fn show(&self, leave: &Leave, change: impl FnOnce(&mut View)) {
        if let Some(shown) = self.shown.upgrade() {
            shown.send_if_modified(|view| {
                let wanted = !leave.given_up();
                if wanted {
                    change(view);
                }
                wanted
            });
        }
    }

    fn tell(&self, note: Note) {
        // nobody listens when the camera was dropped meanwhile: the thread ends soon
        let _ = self.notes.send(note);
    }
}

/// The thread that watches the readers.
struct Watch {
    reader: Reader,
    shown: Arc<watch::Sender<View>>,
    inbox: Receiver<Note>,
    patience: Patience,
    turn: u64,
    /// Readers that were given up and have not ended.
    blocked: usize,
    /// A camera ran since the start.
    had_one: bool,
    failures: u32,
}

/// Nobody needs the camera any more.
struct Stopped;

impl Watch {
    fn new(
        mut reader: Reader,
        shown: watch::Sender<View>,
        inbox: Receiver<Note>,
        patience: Patience,
    ) -> Self {
        let shown = Arc::new(shown);
        reader.shown = Arc::downgrade(&shown);
        Self { reader, shown, inbox, patience, turn: 0, blocked: 0, had_one: false, failures: 0 }
    }

    fn run(mut self) {
        loop {
            self.turn += 1;
            let leave = Leave::default();
            let ended = match self.start_reader(&leave) {
                Ok(()) => self.watch(&leave),
                Err(error) => Ok(Some(Error::Failed(error.to_string()))),
            };
            let Ok(ended) = ended else {
                leave.give_up();
                return;
            };
            self.failures += 1;
            let state = self.state_after(ended.as_ref());
            self.shown.send_if_modified(|view| {
                leave.give_up();
                let changed = view.state != state || view.frame.is_some() || self.failures == OUT_OF_ORDER;
                *view = View {
                    state,
                    name: view.name.take(),
                    frame: None,
                    preview: None,
                    frames: view.frames,
                    failures: self.failures,
                };
                changed
            });
            match &ended {
                Some(error) => tracing::warn!(%error, ?state, "the camera stopped"),
                None => tracing::warn!(?state, "no frame in time: the camera's thread is given up"),
            }
            if self.rest().is_err() {
                return;
            }
        }
    }

    fn start_reader(&self, leave: &Leave) -> Result<(), std::io::Error> {
        let (reader, turn, leave) = (self.reader.clone(), self.turn, leave.clone());
        std::thread::Builder::new().name(format!("camera-{turn}")).spawn(move || {
            let error = catch_unwind(AssertUnwindSafe(|| reader.read(turn, &leave)))
                .unwrap_or_else(|_| Error::Failed("the camera's driver panicked".to_owned()));
            reader.tell(Note::Ended(turn, error));
        })?;
        Ok(())
    }

    /// Until the reader ends (with its error) or nothing came in time (none).
    fn watch(&mut self, leave: &Leave) -> Result<Option<Error>, Stopped> {
        let mut patience = self.patience.opening;
        let mut frames = 0;
        loop {
            match self.inbox.recv_timeout(patience) {
                Ok(Note::Opened(turn)) if turn == self.turn => self.had_one = true,
                Ok(Note::Frame(turn)) if turn == self.turn => {
                    patience = self.patience.frame;
                    frames += 1;
                    if frames == STEADY {
                        self.failures = 0;
                    }
                }
                Ok(Note::Ended(turn, error)) if turn == self.turn => return Ok(Some(error)),
                // the last words of one that was given up; they cost the new one's watch a second start at most
                Ok(Note::Ended(..)) => self.blocked = self.blocked.saturating_sub(1),
                Ok(Note::Opened(_) | Note::Frame(_)) => {}
                Ok(Note::Stop) | Err(RecvTimeoutError::Disconnected) => return Err(Stopped),
                Err(RecvTimeoutError::Timeout) => {
                    leave.give_up();
                    self.blocked += 1;
                    return Ok(None);
                }
            }
        }
    }

    /// Waits until the next try: the time of a retry, longer while too many readers are blocked.
    fn rest(&mut self) -> Result<(), Stopped> {
        loop {
            match self.inbox.recv_timeout(self.patience.retry) {
                Ok(Note::Ended(..)) => self.blocked = self.blocked.saturating_sub(1),
                Ok(Note::Opened(_) | Note::Frame(_)) => {}
                Ok(Note::Stop) | Err(RecvTimeoutError::Disconnected) => return Err(Stopped),
                Err(RecvTimeoutError::Timeout) if self.blocked < MOST_BLOCKED => return Ok(()),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    fn state_after(&self, ended: Option<&Error>) -> State {
        match ended {
            None | Some(Error::Stalled) => State::Frozen,
            // the blocked reader of our own still has the device
            Some(Error::Busy) if self.blocked > 0 => State::Frozen,
            // the one before us may be closing it this moment
            Some(Error::Busy) if self.failures == 1 && !self.had_one => State::Starting,
            Some(Error::Busy) => State::Busy,
            Some(Error::Missing) if !self.had_one => State::Missing,
            Some(Error::Missing | Error::Unplugged) => State::Unplugged,
            Some(Error::NoRights) => State::NoRights,
            Some(Error::Broken(_) | Error::Failed(_)) => State::Failed,
        }
    }
}

#[cfg(test)]
mod tests;
