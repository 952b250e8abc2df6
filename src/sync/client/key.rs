//! What a client signs with: the terminal's key, and numbers that are never used twice.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::Mutex;

use super::Error;
use crate::domain::number::TerminalCode;
use crate::seal::signing::Signer;
use crate::store::Store;

/// So many numbers are taken from the disk at once: a crash leaves a gap of no more.
const TAKEN: u64 = 1_000;

/// A terminal's key with the numbers of its calls. Cheap to clone; all clones share both.
#[derive(Clone)]
pub struct Key(Arc<Inner>);

struct Inner {
    terminal: TerminalCode,
    signer: RwLock<Signer>,
    numbers: Numbers,
}

enum Numbers {
    /// Taken from the terminal's disk before they are used.
    Kept { store: Store, taken: Mutex<std::ops::Range<u64>> },
    /// As long as the program runs.
    Fleeting(AtomicU64),
}

impl Key {
    /// With numbers from the terminal's store.
    pub fn new(terminal: TerminalCode, signer: Signer, store: Store) -> Self {
        let numbers = Numbers::Kept { store, taken: Mutex::new(0..0) };
        Self(Arc::new(Inner { terminal, signer: RwLock::new(signer), numbers }))
    }

    /// With numbers that no disk keeps, from this one on: for enrolment, which uses none, and for a program that uses its key
    /// once.
    pub fn fleeting(terminal: TerminalCode, signer: Signer, first: u64) -> Self {
        let numbers = Numbers::Fleeting(AtomicU64::new(first));
        Self(Arc::new(Inner { terminal, signer: RwLock::new(signer), numbers }))
    }

    pub fn terminal(&self) -> TerminalCode {
        self.0.terminal
    }

    pub(super) fn signer(&self) -> Signer {
        self.0.signer.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn exchange(&self, next: Signer) {
        *self.0.signer.write().unwrap_or_else(PoisonError::into_inner) = next;
    }

    pub(super) async fn next_number(&self) -> Result<u64, Error> {
        match &self.0.numbers {
            Numbers::Fleeting(next) => Ok(next.fetch_add(1, Ordering::Relaxed)),
            Numbers::Kept { store, taken } => {
                let mut taken = taken.lock().await;
                if taken.is_empty() {
                    *taken = store.settings().take_numbers(TAKEN).await.map_err(Error::Number)?;
                }
                let number = taken.start;
                taken.start += 1;
                Ok(number)
            }
        }
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({}, ****)", self.0.terminal)
    }
}
