//! Looks through memory sticks on a thread of its own: what is plugged in, what is in a folder, small pictures of it.
//! Nothing leads out of a stick: links are left out, folders are opened by their place in the list only.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, SystemTime};

use futures_util::stream::BoxStream;
use tokio::sync::watch;

use super::mounts;
use crate::desktop::photo::eye;
use crate::desktop::photo::ticks::{self, Ticking};
use crate::desktop::pixels::{self, Shown};
use crate::system::Stopwatch;
use crate::vision::intake::{self, Limits};

/// How many entries are shown at a time.
pub const PAGE: usize = 12;
/// More than this many entries of a folder are not looked at.
const MOST: usize = 5000;
/// A small picture's largest width and height, in pixels.
const SMALL: (u32, u32) = (320, 240);
/// How often sticks are looked for.
const EVERY: Duration = Duration::from_secs(1);

/// What an entry is.
#[derive(Debug, Clone)]
pub enum Kind {
    Stick,
    Folder,
    /// Without a small picture where it is not read yet, or cannot be.
    Picture(Option<Shown>),
    /// Cannot be read: said when it is chosen.
    Heic,
}

/// One thing that can be chosen.
#[derive(Debug, Clone)]
pub struct Entry {
    pub name: String,
    pub path: PathBuf,
    pub kind: Kind,
}

/// What is to be seen now.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// False until the first look.
    pub looked: bool,
    pub sticks: usize,
    /// The name of the folder; none where the sticks are shown.
    pub folder: Option<String>,
    /// There is a folder above.
    pub inside: bool,
    /// The entries of this page.
    pub entries: Vec<Entry>,
    /// From 0.
    pub page: usize,
    pub pages: usize,
}

enum Wish {
    Open(usize),
    Up,
    Turn(usize),
    Stop,
}

/// A handle to the thread, which ends with it.
pub struct Shelf {
    wishes: Sender<Wish>,
    view: watch::Receiver<View>,
}

impl Shelf {
    /// `own` is a folder that counts as a stick.
    pub fn start(own: Option<PathBuf>) -> std::io::Result<Self> {
        let (wishes, inbox) = mpsc::channel();
        let (shown, view) = watch::channel(View::default());
        std::thread::Builder::new().name("memory-stick".to_owned()).spawn(move || {
            Reader { own, inbox, shown, sticks: Vec::new(), path: Vec::new(), all: Vec::new(), page: 0 }.run()
        })?;
        Ok(Self { wishes, view })
    }

    pub fn view(&self) -> View {
        self.view.borrow().clone()
    }

    /// Opens the entry of this place on the page, if it is a folder or a stick.
    pub fn open(&self, at: usize) {
        self.wish(Wish::Open(at));
    }

    /// To the folder above.
    pub fn up(&self) {
        self.wish(Wish::Up);
    }

    /// To another page, from 0.
    pub fn turn(&self, page: usize) {
        self.wish(Wish::Turn(page));
    }

    fn wish(&self, wish: Wish) {
        // a thread that ended shows what it last saw
        let _ = self.wishes.send(wish);
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        self.wish(Wish::Stop);
    }
}

impl Ticking for Shelf {
    fn ticks(&self) -> BoxStream<'static, ()> {
        ticks::of(&self.view)
    }
}

struct Reader {
    own: Option<PathBuf>,
    inbox: Receiver<Wish>,
    shown: watch::Sender<View>,
    sticks: Vec<PathBuf>,
    /// The folders that lead here, the stick first.
    path: Vec<PathBuf>,
    all: Vec<Entry>,
    page: usize,
}

/// Nobody looks any more.
struct Stopped;

impl Reader {
    fn run(mut self) {
        self.look(true);
        loop {
            let wish = if self.draw_next() {
                match self.inbox.try_recv() {
                    Ok(wish) => wish,
                    Err(mpsc::TryRecvError::Empty) => continue,
                    Err(mpsc::TryRecvError::Disconnected) => return,
                }
            } else {
                match self.inbox.recv_timeout(EVERY) {
                    Ok(wish) => wish,
                    Err(RecvTimeoutError::Timeout) => {
                        self.look(false);
                        continue;
                    }
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            };
            if self.follow(wish).is_err() {
                return;
            }
        }
    }

    fn follow(&mut self, wish: Wish) -> Result<(), Stopped> {
        match wish {
            Wish::Open(at) => {
                let entry = self.all.get(self.page * PAGE + at);
                if let Some(Entry { path, kind: Kind::Folder | Kind::Stick, .. }) = entry {
                    self.path.push(path.clone());
                    self.list();
                }
            }
            Wish::Up => {
                if self.path.len() > usize::from(self.sticks.len() == 1) {
                    self.path.pop();
                    self.list();
                }
            }
            Wish::Turn(page) => {
                self.page = page.min(self.pages().saturating_sub(1));
                self.show();
            }
            Wish::Stop => return Err(Stopped),
        }
        Ok(())
    }

    /// Sees whether a stick came or went.
    fn look(&mut self, first: bool) {
        let sticks = mounts::present(self.own.as_deref());
        if !first && sticks == self.sticks {
            return;
        }
        self.sticks = sticks;
        if self.path.first().is_none_or(|stick| !self.sticks.contains(stick)) {
            self.path.clear();
        }
        self.list();
    }

    fn list(&mut self) {
        // with one stick there is nothing to choose
        if let (true, [only]) = (self.path.is_empty(), self.sticks.as_slice()) {
            self.path.push(only.clone());
        }
        self.page = 0;
        self.all = match self.path.last() {
            Some(folder) => entries(folder),
            None => self.sticks.iter().map(|stick| entry(stick, Kind::Stick)).collect(),
        };
        self.show();
    }

    fn pages(&self) -> usize {
        self.all.len().div_ceil(PAGE)
    }

    fn show(&self) {
        let start = (self.page * PAGE).min(self.all.len());
        let end = (start + PAGE).min(self.all.len());
        self.shown.send_replace(View {
            looked: true,
            sticks: self.sticks.len(),
            folder: self.path.last().map(|folder| name(folder)),
            inside: self.path.len() > usize::from(self.sticks.len() == 1),
            entries: self.all.get(start..end).unwrap_or_default().to_vec(),
            page: self.page,
            pages: self.pages(),
        });
    }

    /// Makes the small picture of the next entry that lacks one; false when there is none left on this page.
    fn draw_next(&mut self) -> bool {
        let start = self.page * PAGE;
        let next = self
            .all
            .iter_mut()
            .skip(start)
            .take(PAGE)
            .find(|entry| matches!(entry.kind, Kind::Picture(None)));
        let Some(entry) = next else { return false };
        match small(&entry.path) {
            Some(picture) => entry.kind = Kind::Picture(Some(picture)),
            // it stays in the list as it is: choosing it says why it cannot be read
            None => entry.kind = Kind::Picture(Some(Shown::none())),
        }
        self.show();
        true
    }
}

fn small(path: &Path) -> Option<Shown> {
    let bytes = eye::read(path).ok()?;
    let picture = intake::decode(&bytes, &Limits::default(), &Stopwatch::system()).ok()?.picture;
    Some(pixels::shown(picture.into_rgb(), SMALL))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn entry(path: &Path, kind: Kind) -> Entry {
    Entry { name: name(path), path: path.to_owned(), kind }
}

/// The folders of a folder by name, then its pictures, the newest first; hidden ones and links left out.
fn entries(folder: &Path) -> Vec<Entry> {
    let read = match std::fs::read_dir(folder) {
        Ok(read) => read,
        Err(error) => {
            tracing::info!(%error, "a folder of the memory stick cannot be read");
            return Vec::new();
        }
    };
    let (mut folders, mut pictures) = (Vec::new(), Vec::new());
    for found in read.take(MOST).flatten() {
        if found.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        // not followed: a link could lead out of the stick
        let Ok(kind) = found.file_type() else { continue };
        let path = found.path();
        if kind.is_dir() {
            folders.push(entry(&path, Kind::Folder));
        } else if let (true, Some(kind)) = (kind.is_file(), picture(&path)) {
            let changed = found.metadata().and_then(|data| data.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
            pictures.push((changed, entry(&path, kind)));
        }
    }
    folders.sort_by_key(|entry| entry.name.to_lowercase());
    pictures.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.name.cmp(&y.name)));
    folders.into_iter().chain(pictures.into_iter().map(|(_, entry)| entry)).collect()
}

fn picture(path: &Path) -> Option<Kind> {
    let ending = path.extension()?.to_string_lossy().to_ascii_lowercase();
    match ending.as_str() {
        "jpg" | "jpeg" | "png" | "webp" => Some(Kind::Picture(None)),
        "heic" | "heif" => Some(Kind::Heic),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
