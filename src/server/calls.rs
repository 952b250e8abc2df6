//! Which calls the terminals have made: decided in memory by [`Window`], and written behind, once a second. What a power cut
//! takes from it is a second's numbers: a call of that second could be made again, and has its answer by its own id. That a
//! terminal was set aside, on the other hand, is on the disk before anybody is told.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::storage::{self, Storage, terminals};
use crate::domain::number::TerminalCode;
use crate::domain::sequence::{Suspicion, Taken, Window};

/// When a terminal was last heard is written at most so often.
const HEARD_EVERY: SignedDuration = SignedDuration::from_mins(1);

#[derive(Debug, Default)]
struct Line {
    window: Option<Window>,
    unsaved: Vec<(u64, [u8; 32])>,
    heard: Option<Timestamp>,
    heard_saved: Option<Timestamp>,
}

/// The calls of all terminals.
#[derive(Debug, Default)]
pub struct Calls(Mutex<HashMap<TerminalCode, Line>>);

impl Calls {
    fn lines(&self) -> MutexGuard<'_, HashMap<TerminalCode, Line>> {
        // what a panicking thread left is a window with or without its call: both are one
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a call that changes something.
    pub async fn take(
        &self,
        storage: &Storage,
        code: TerminalCode,
        sequence: u64,
        hash: [u8; 32],
    ) -> Result<Result<Taken, Suspicion>, storage::Error> {
        let loaded = self.lines().get(&code).is_some_and(|line| line.window.is_some());
        if !loaded {
            let kept = Window::of(terminals::calls(&mut *storage.read().await?, code).await?);
            self.lines().entry(code).or_default().window.get_or_insert(kept);
        }
        let mut lines = self.lines();
        let line = lines.entry(code).or_default();
        let taken = line.window.get_or_insert_default().take(sequence, hash);
        if taken == Ok(Taken::New) {
            line.unsaved.push((sequence, hash));
        }
        Ok(taken)
    }

    /// The terminal has called.
    pub fn heard(&self, code: TerminalCode, at: Timestamp) {
        self.lines().entry(code).or_default().heard = Some(at);
    }

    /// When the terminal has called, as far as this is not on the disk yet.
    pub fn last_heard(&self, code: TerminalCode) -> Option<Timestamp> {
        self.lines().get(&code).and_then(|line| line.heard)
    }

    /// A new key begins without calls. To be called before the key is committed, and after it again.
    pub fn forget(&self, code: TerminalCode) {
        if let Some(line) = self.lines().get_mut(&code) {
            (line.window, line.unsaved) = (None, Vec::new());
        }
    }

    /// Writes what has come since the last time.
    pub async fn save(&self, storage: &Storage) -> Result<(), storage::Error> {
        let due: Vec<_> = self.lines().iter_mut().filter_map(|(code, line)| line.due(*code)).collect();
        if due.is_empty() {
            return Ok(());
        }
        let mut db = storage.write().await?;
        for Due { code, calls, forgotten, heard } in due {
            if !calls.is_empty() {
                terminals::keep_calls(&mut db, code, &calls, forgotten).await?;
            }
            if let Some(at) = heard {
                terminals::heard(&mut db, code, at).await?;
            }
        }
        Ok(db.commit().await?)
    }
}

/// What is to be written of one terminal.
struct Due {
    code: TerminalCode,
    calls: Vec<(u64, [u8; 32])>,
    forgotten: u64,
    heard: Option<Timestamp>,
}

impl Line {
    fn due(&mut self, code: TerminalCode) -> Option<Due> {
        let saved = |saved: Timestamp, heard: Timestamp| heard.duration_since(saved) < HEARD_EVERY;
        let heard = self.heard.filter(|heard| !self.heard_saved.is_some_and(|at| saved(at, *heard)));
        if self.unsaved.is_empty() && heard.is_none() {
            return None;
        }
        self.heard_saved = heard.or(self.heard_saved);
        Some(Due {
            code,
            calls: std::mem::take(&mut self.unsaved),
            forgotten: self.window.as_ref().map_or(0, Window::forgotten),
            heard,
        })
    }
}
