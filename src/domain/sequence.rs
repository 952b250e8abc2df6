//! Which numbered calls of a terminal the server takes. A terminal gives every call a number that it has never given before;
//! who sees a number twice with two contents sees two terminals with one key, or one that was put back to an older state.

use std::collections::BTreeMap;

/// So many calls are remembered: what is older than all of them is refused.
pub const KEPT: usize = 1_024;

/// A call that may be carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    New,
    /// The very call that was taken before: it gets the same answer by its own idempotence.
    Again,
}

/// Why the terminal is not alone with its key, or is behind itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suspicion {
    /// The number was used for another call.
    Reused,
    /// Older than all that is remembered.
    TooOld,
}

impl Suspicion {
    pub fn code(self) -> &'static str {
        match self {
            Self::Reused => "number_used_twice",
            Self::TooOld => "number_too_old",
        }
    }
}

/// The newest calls of one terminal, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Window {
    calls: BTreeMap<u64, [u8; 32]>,
    /// Every number up to this one is older than all that is remembered.
    forgotten: u64,
}

impl Window {
    /// A window as it was kept: numbers with the hashes of their calls.
    pub fn of(calls: impl IntoIterator<Item = (u64, [u8; 32])>) -> Self {
        let mut window = Self { calls: calls.into_iter().collect(), forgotten: 0 };
        window.forget();
        if window.calls.len() == KEPT
            && let Some((&oldest, _)) = window.calls.first_key_value()
        {
            window.forgotten = window.forgotten.max(oldest.saturating_sub(1));
        }
        window
    }

    /// Takes a call, and remembers it.
    pub fn take(&mut self, sequence: u64, hash: [u8; 32]) -> Result<Taken, Suspicion> {
        match self.calls.get(&sequence) {
            Some(before) if *before == hash => return Ok(Taken::Again),
            Some(_) => return Err(Suspicion::Reused),
            None if sequence <= self.forgotten => return Err(Suspicion::TooOld),
            None => {}
        }
        self.calls.insert(sequence, hash);
        self.forget();
        Ok(Taken::New)
    }

    /// Every number up to this one need not be kept.
    pub fn forgotten(&self) -> u64 {
        self.forgotten
    }

    fn forget(&mut self) {
        while self.calls.len() > KEPT
            && let Some((oldest, _)) = self.calls.pop_first()
        {
            self.forgotten = oldest;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hash(n: u64) -> [u8; 32] {
        let mut hash = [0; 32];
        hash[..8].copy_from_slice(&n.to_be_bytes());
        hash
    }

    #[test]
    fn what_becomes_of_a_number() {
        let mut window = Window::default();
        assert_eq!(window.take(5, hash(5)), Ok(Taken::New), "higher than all before");
        assert_eq!(window.take(5, hash(5)), Ok(Taken::Again), "the same call");
        assert_eq!(window.take(5, hash(6)), Err(Suspicion::Reused), "another call");
        assert_eq!(window.take(2, hash(2)), Ok(Taken::New), "overtaken on the way");
        for n in 1_000..1_000 + KEPT as u64 {
            assert_eq!(window.take(n, hash(n)), Ok(Taken::New));
        }
        assert_eq!(window.take(5, hash(5)), Err(Suspicion::TooOld), "even the same call");
        assert_eq!(window.take(3, hash(3)), Err(Suspicion::TooOld));
        assert_eq!(window.take(999, hash(999)), Ok(Taken::New), "a gap that a crash has left");
        assert_eq!(window.forgotten(), 999);
    }

    proptest! {
        #[test]
        fn a_window_is_what_was_kept_of_it(numbers in prop::collection::vec(1u64..4_000, 0..2_500)) {
            let mut window = Window::default();
            for &n in &numbers {
                let _ = window.take(n, hash(n));
            }
            prop_assert!(window.calls.len() <= KEPT);
            let mut kept = Window::of(window.calls.clone());
            for n in 0..4_100 {
                let (before, after) = (window.clone().take(n, hash(n)), kept.clone().take(n, hash(n)));
                // what was kept never takes less, and never more than numbers below its oldest
                prop_assert!(before == after || n < *window.calls.first_key_value().unwrap().0);
            }
            if let Some((&last, _)) = window.calls.last_key_value() {
                prop_assert_eq!(kept.take(last, hash(0)), Err(Suspicion::Reused));
            }
        }
    }
}
