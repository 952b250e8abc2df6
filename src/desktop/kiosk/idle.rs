//! When nobody touches the kiosk: a warning, a countdown, then everything personal is wiped.

use std::time::{Duration, Instant};

/// Without a touch for this long, the person is asked.
pub const WARN_AFTER: Duration = Duration::from_secs(60);
/// The same where the person is busy with a phone, and nothing personal is shown.
pub const WARN_LATER: Duration = Duration::from_secs(240);
/// So long the question stands.
pub const COUNTDOWN: Duration = Duration::from_secs(20);

/// Whether somebody is still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    Here,
    /// Asked, with so many seconds left.
    Warned {
        left: u64,
    },
    Gone,
}

/// The time since the last touch. Told the time, never asks for it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Idle {
    since: Option<Instant>,
}

impl Idle {
    /// Somebody touched something: counted from the next tick on.
    pub fn touched(&mut self) {
        self.since = None;
    }

    /// A second has passed; the person is asked after `warn_after`.
    pub fn tick(&mut self, now: Instant, warn_after: Duration) -> Presence {
        let since = *self.since.get_or_insert(now);
        let idle = now.saturating_duration_since(since);
        match idle.checked_sub(warn_after) {
            None => Presence::Here,
            Some(warned) => match COUNTDOWN.checked_sub(warned) {
                Some(left) if !left.is_zero() => Presence::Warned { left: left.as_secs_f32().ceil() as u64 },
                _ => Presence::Gone,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invariant_12_a_warning_comes_twenty_seconds_before_and_can_be_extended_for_ever() {
        #[expect(clippy::disallowed_methods, reason = "any moment serves as the zero")]
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut idle = Idle::default();
        assert_eq!(idle.tick(at(0), WARN_AFTER), Presence::Here);
        assert_eq!(idle.tick(at(59), WARN_AFTER), Presence::Here);
        for round in 0..12 {
            let zero = round * 70;
            assert_eq!(idle.tick(at(zero + 60), WARN_AFTER), Presence::Warned { left: 20 });
            assert_eq!(idle.tick(at(zero + 69), WARN_AFTER), Presence::Warned { left: 11 });
            idle.touched();
            assert_eq!(idle.tick(at(zero + 70), WARN_AFTER), Presence::Here);
        }
        assert_eq!(idle.tick(at(840 + 79), WARN_AFTER), Presence::Warned { left: 1 });
        assert_eq!(idle.tick(at(840 + 80), WARN_AFTER), Presence::Gone);
    }
}
