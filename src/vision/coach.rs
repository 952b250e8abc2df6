//! Steady words from unsteady frames: one instruction at a time, long enough to be read and followed.
//!
//! Each frame wants one instruction. Every wish leaves evidence that fades within about a third of a second; another
//! instruction is said when its evidence is clearly stronger than that of what is said now. A value that lies at its limit
//! and tips from frame to frame therefore changes nothing, and neither does a blink; two wishes that take turns cannot keep
//! a third, which nobody wants any more, on the screen.

use std::time::Duration;

use crate::domain::photo::Instruction;

/// How long an instruction stays at least.
const STAYS: Duration = Duration::from_secs(1);
/// The time in which evidence fades to a third.
const FADES: f32 = 0.35;
/// Another instruction is said when its share of the evidence is by this much greater …
const CLEARLY: f32 = 0.25;
/// … or simply the greatest, when what is said is hardly wanted any more.
const HARDLY: f32 = 0.1;
/// A frame stands for this much time at most: after a pause one alone decides nothing.
const LONGEST: Duration = Duration::from_millis(150);

/// Turns what each frame wants into what is said.
#[derive(Debug, Clone, PartialEq)]
pub struct Coach {
    said: Instruction,
    said_at: Duration,
    looked_at: Duration,
    /// What was wanted lately, by how much of the last moments.
    evidence: Vec<(Instruction, f32)>,
}

impl Coach {
    /// Begins with asking the person into view. Moments are times since any zero, the same for all calls.
    pub fn new(now: Duration) -> Self {
        Self { said: Instruction::StepIntoView, said_at: now, looked_at: now, evidence: Vec::new() }
    }

    /// What to say after a frame that wants `wanted`.
    pub fn advise(&mut self, now: Duration, wanted: Instruction) -> Instruction {
        let step = now.saturating_sub(self.looked_at).min(LONGEST).as_secs_f32();
        self.looked_at = self.looked_at.max(now);
        let kept = (-step / FADES).exp();
        self.evidence.iter_mut().for_each(|(_, share)| *share *= kept);
        match self.evidence.iter_mut().find(|(known, _)| *known == wanted) {
            Some((_, share)) => *share += 1.0 - kept,
            None => self.evidence.push((wanted, 1.0 - kept)),
        }
        self.evidence.retain(|(_, share)| *share > 0.01);
        if now.saturating_sub(self.said_at) >= STAYS
            && let Some((other, share)) = self.strongest_other()
        {
            let said = self.share(self.said);
            if share >= said + CLEARLY && share >= 0.5 || said < HARDLY && share > 2.0 * HARDLY {
                (self.said, self.said_at) = (other, now);
            }
        }
        self.said
    }

    fn strongest_other(&self) -> Option<(Instruction, f32)> {
        let others = self.evidence.iter().filter(|(wanted, _)| *wanted != self.said);
        others.max_by(|a, b| a.1.total_cmp(&b.1)).copied()
    }

    fn share(&self, instruction: Instruction) -> f32 {
        self.evidence.iter().find(|(known, _)| *known == instruction).map_or(0.0, |(_, share)| *share)
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

    /// Thirty frames a second.
    const FRAME: u64 = 33;

    fn at(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    /// Shows frames until `end`, each with what `wants` wants at that time, and answers what was said and from when on.
    fn watch(
        coach: &mut Coach,
        from: u64,
        end: u64,
        wants: impl Fn(u64) -> Instruction,
    ) -> Vec<(u64, Instruction)> {
        let mut said = Vec::new();
        let mut last = coach.said();
        for now in (from..end).step_by(FRAME as usize) {
            let now_said = coach.advise(at(now), wants(now));
            if now_said != last {
                said.push((now, now_said));
                last = now_said;
            }
        }
        said
    }

    #[test]
    fn a_wish_that_lasts_is_said_and_a_blink_changes_nothing() {
        let mut coach = Coach::new(at(0));
        let said = watch(&mut coach, 0, 4000, |now| match now {
            0..2000 => Instruction::CloseMouth,
            2000..2200 => Instruction::OpenEyes,
            _ => Instruction::Good,
        });
        let words: Vec<_> = said.iter().map(|(_, said)| *said).collect();
        assert_eq!(words, [Instruction::CloseMouth, Instruction::Good]);
        assert!((1000..1100).contains(&said[0].0), "{said:?}");
        assert!((2400..2700).contains(&said[1].0), "{said:?}");
        assert_eq!(coach.said(), Instruction::Good);
    }

    #[test]
    fn a_value_at_its_limit_does_not_flicker() {
        let mut coach = Coach::new(at(0));
        watch(&mut coach, 0, 2000, |_| Instruction::TurnLeft);
        let said = watch(&mut coach, 2000, 12_000, |now| {
            if (now / FRAME).is_multiple_of(2) { Instruction::TurnLeft } else { Instruction::Good }
        });
        assert_eq!(said, []);
    }

    #[test]
    fn two_wishes_in_turn_replace_what_nobody_wants() {
        let mut coach = Coach::new(at(0));
        watch(&mut coach, 0, 3000, |_| Instruction::ComeCloser);
        let said = watch(&mut coach, 3000, 8000, |now| {
            if (now / FRAME).is_multiple_of(2) { Instruction::MoveLeft } else { Instruction::CloseMouth }
        });
        assert_eq!(said.len(), 1, "{said:?}");
        assert_ne!(said[0].1, Instruction::ComeCloser);
    }

    #[test]
    fn after_a_pause_one_frame_decides_nothing() {
        let mut coach = Coach::new(at(0));
        watch(&mut coach, 0, 2000, |_| Instruction::Good);
        assert_eq!(coach.advise(at(60_000), Instruction::MoveBack), Instruction::Good);
        // nor does a clock that went back
        assert_eq!(coach.advise(at(1), Instruction::MoveBack), Instruction::Good);
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
