//! Frames at a steady rate from what has none of its own.

use std::time::Duration;

use super::source::Leave;
use crate::system::Stopwatch;

/// Thirty frames a second, as a webcam gives.
const INTERVAL: Duration = Duration::from_nanos(1_000_000_000 / 30);

/// Waits from one frame to the next; the time that is spent on a frame counts.
pub struct Pace {
    stopwatch: Stopwatch,
    next: Duration,
}

impl Pace {
    pub fn new(stopwatch: Stopwatch) -> Self {
        Self { stopwatch, next: Duration::ZERO }
    }

    /// Until the next frame is due. Who comes late for one is early for the next, so that the rate stays what it is; frames that
    /// were missed altogether are left out.
    pub fn wait(&mut self, leave: &Leave) {
        let now = self.stopwatch.elapsed();
        match now.checked_sub(self.next) {
            None => {
                leave.wait(self.next.saturating_sub(now));
            }
            Some(late) if late < INTERVAL => {}
            Some(_) => self.next = now,
        }
        self.next += INTERVAL;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn frames_are_due_by_the_clock_and_missed_ones_are_left_out() {
        let millis = Arc::new(AtomicU64::new(0));
        let at = Arc::clone(&millis);
        let stopwatch = Stopwatch::of(move || Duration::from_millis(at.load(Ordering::Relaxed)));
        let leave = Leave::default();
        leave.give_up(); // so that nothing waits
        let mut pace = Pace::new(stopwatch);
        let mut due = |now| {
            millis.store(now, Ordering::Relaxed);
            pace.wait(&leave);
            pace.next.as_millis()
        };
        assert_eq!([due(0), due(10), due(40), due(500)], [33, 66, 99, 533]);
        // a little late each time, and still thirty a second
        assert_eq!([due(540), due(570), due(605)], [566, 599, 633]);
    }
}
