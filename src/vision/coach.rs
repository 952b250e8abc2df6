//! Steady words from unsteady frames: one instruction at a time, long enough to be read and followed.

use std::time::Duration;

use crate::domain::photo::Instruction;

/// How long an instruction stays at least.
const STAYS: Duration = Duration::from_secs(1);
/// How long another one has to be wanted, frame after frame, before it is said.
const WANTED: Duration = Duration::from_millis(300);

/// Turns what each frame wants into what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coach {
    said: Instruction,
    said_at: Duration,
    wanted: Instruction,
    wanted_since: Duration,
}

impl Coach {
    /// Begins with asking the person into view. Moments are times since any zero, the same for all calls.
    pub fn new(now: Duration) -> Self {
        let first = Instruction::StepIntoView;
        Self { said: first, said_at: now, wanted: first, wanted_since: now }
    }

    /// What to say after a frame that wants `wanted`.
    pub fn advise(&mut self, now: Duration, wanted: Instruction) -> Instruction {
        if wanted != self.wanted {
            (self.wanted, self.wanted_since) = (wanted, now);
        }
        let stayed = now.saturating_sub(self.said_at) >= STAYS;
        let meant = now.saturating_sub(self.wanted_since) >= WANTED;
        if self.wanted != self.said && stayed && meant {
            (self.said, self.said_at) = (self.wanted, now);
        }
        self.said
    }

    /// What is said now.
    pub fn said(&self) -> Instruction {
        self.said
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn a_wish_that_lasts_is_said() {
        let mut coach = Coach::new(at(0));
        assert_eq!(coach.advise(at(800), Instruction::CloseMouth), Instruction::StepIntoView);
        assert_eq!(coach.advise(at(1000), Instruction::CloseMouth), Instruction::StepIntoView);
        assert_eq!(coach.advise(at(1100), Instruction::CloseMouth), Instruction::CloseMouth);
        // a blink in between changes nothing
        assert_eq!(coach.advise(at(2500), Instruction::OpenEyes), Instruction::CloseMouth);
        assert_eq!(coach.advise(at(2600), Instruction::CloseMouth), Instruction::CloseMouth);
        assert_eq!(coach.advise(at(2700), Instruction::Good), Instruction::CloseMouth);
        assert_eq!(coach.advise(at(3000), Instruction::Good), Instruction::Good);
        assert_eq!(coach.said(), Instruction::Good);
    }

    proptest! {
        #[test]
        fn words_stay_at_least_a_second(frames in prop::collection::vec((1..400_u64, 0..Instruction::ALL.len()), 1..200)) {
            let mut coach = Coach::new(at(0));
            let (mut now, mut last, mut changed) = (0, coach.said(), 0);
            for (step, wanted) in frames {
                now += step;
                let said = coach.advise(at(now), Instruction::ALL[wanted]);
                if said != last {
                    prop_assert!(now - changed >= 1000);
                    (last, changed) = (said, now);
                }
            }
        }
    }
}
