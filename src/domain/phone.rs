//! Signing in with a phone at a terminal that hears no server: what was shown, how often a code was tried for it, and when no
//! more may be tried. Decided here; kept by the store, so that neither a restart nor a clock gives a try back.

use std::fmt;
use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};

use super::number::{letter, value};

/// A code is taken for so long after its QR code was shown.
pub const VALID: SignedDuration = SignedDuration::from_mins(10);

/// Codes that may be tried for one QR code.
pub const TRIES: u8 = 5;

/// Wrong codes that the terminal takes before it closes for a while, longer with each further one.
const FREE: u32 = 10;
const FIRST: SignedDuration = SignedDuration::from_secs(30);
const LONGEST: SignedDuration = SignedDuration::from_mins(60);

/// So long without a wrong code after the last, and all is forgotten.
const FORGET: SignedDuration = SignedDuration::from_mins(30);

/// A clock may be corrected by so much without it being taken for one that was set back.
const SLACK: SignedDuration = SignedDuration::from_secs(5);

/// QR codes that are remembered, to tell a used code from a wrong one.
const REMEMBERED: usize = 16;

/// What makes a QR code unlike every other one. Its text is 26 characters of Crockford's base 32.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Nonce(pub [u8; 16]);

/// The text holds other than 26 characters of base 32, or more than 128 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a nonce")]
pub struct NotANonce;

/// The lowest five bits of each of `places` digits, the highest first.
pub(crate) fn digits(number: u128, places: u32) -> String {
    (0..places).rev().map(|place| char::from(letter((number >> (5 * place) & 31) as u8))).collect()
}

/// The number that these digits write, whichever way they are typed; none for other characters and for more than 128 bits.
pub(crate) fn number(digits: &str) -> Option<u128> {
    digits
        .bytes()
        .try_fold(0_u128, |number, digit| number.checked_mul(32)?.checked_add(u128::from(value(digit)?)))
}

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&digits(u128::from_be_bytes(self.0), 26))
    }
}

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Nonce({self})")
    }
}

impl FromStr for Nonce {
    type Err = NotANonce;

    fn from_str(text: &str) -> Result<Self, NotANonce> {
        if text.len() != 26 {
            return Err(NotANonce);
        }
        number(text).map(|number| Self(number.to_be_bytes())).ok_or(NotANonce)
    }
}

/// A QR code that was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    pub nonce: Nonce,
    /// By the terminal's clock, whole seconds.
    pub at: Timestamp,
    pub tries: u8,
    pub used: bool,
}

/// Why a code does not sign anybody in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// So many tries are left for this QR code.
    Wrong { left: u8 },
    /// That was the last try for this QR code, or there was none left.
    Spent,
    /// The code has signed somebody in before.
    Used,
    /// The code is right for a QR code that is not shown any more.
    Earlier,
    /// The QR code was shown too long ago.
    Expired,
    /// Too many wrong codes at this terminal.
    Locked { wait: SignedDuration },
}

/// Everything that is kept about codes from phones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Guard {
    /// Oldest first: only the last one can be answered.
    pub shown: Vec<Shown>,
    /// Wrong codes that are not forgotten.
    pub wrong: u32,
    pub locked_until: Option<Timestamp>,
    /// When the last wrong code came.
    pub wrong_at: Option<Timestamp>,
    /// The latest time that was ever seen: time does not go back behind it.
    pub mark: Option<Timestamp>,
}

impl Guard {
    /// A QR code with this nonce is shown from now on, and every earlier one is closed.
    pub fn show(&mut self, nonce: Nonce, now: Timestamp) -> Shown {
        let now = self.settle(now);
        let shown = Shown { nonce, at: whole(now), tries: 0, used: false };
        self.shown.push(shown);
        let most = self.shown.len().saturating_sub(REMEMBERED);
        self.shown.drain(..most);
        shown
    }

    /// A code is tried for this QR code; `fits` says whether it is the right one for one that was shown. To be kept before
    /// the answer is told.
    pub fn attempt(
        &mut self,
        nonce: Nonce,
        now: Timestamp,
        fits: impl Fn(&Shown) -> bool,
    ) -> Result<(), Refusal> {
        let now = self.settle(now);
        if let Some(until) = self.locked_until.filter(|until| *until > now) {
            return Err(Refusal::Locked { wait: until.duration_since(now) });
        }
        let earlier =
            self.shown.iter().filter(|shown| shown.nonce != nonce).find(|shown| fits(shown)).copied();
        let Some(shown) = self.shown.last_mut().filter(|shown| shown.nonce == nonce) else {
            return Err(Refusal::Expired);
        };
        if now.duration_since(shown.at) >= VALID {
            return Err(Refusal::Expired);
        }
        if shown.used {
            return Err(Refusal::Used);
        }
        if shown.tries >= TRIES {
            return Err(Refusal::Spent);
        }
        shown.tries += 1;
        if fits(shown) {
            shown.used = true;
            return Ok(());
        }
        let left = TRIES - shown.tries;
        self.wrong = self.wrong.saturating_add(1);
        self.wrong_at = Some(now);
        self.locked_until = lock(self.wrong).map(|lock| now.saturating_add(lock).unwrap_or(now));
        Err(match earlier {
            Some(earlier) if earlier.used => Refusal::Used,
            Some(_) => Refusal::Earlier,
            None if left == 0 => Refusal::Spent,
            None => Refusal::Wrong { left },
        })
    }

    /// The time that counts. A clock that was set back closes every QR code, and what was left of a lock is left.
    fn settle(&mut self, now: Timestamp) -> Timestamp {
        let mut counts = now;
        if let Some(mark) = self.mark.filter(|mark| *mark > now) {
            let back = mark.duration_since(now);
            if back > SLACK {
                self.shown.retain(|shown| shown.used);
                let shifted = |at: Timestamp| at.saturating_sub(back).unwrap_or(now);
                (self.locked_until, self.wrong_at) =
                    (self.locked_until.map(shifted), self.wrong_at.map(shifted));
            } else {
                counts = mark;
            }
        }
        self.mark = Some(counts);
        let last = self.locked_until.max(self.wrong_at);
        if last.is_some_and(|last| counts.duration_since(last) >= FORGET) {
            (self.wrong, self.wrong_at, self.locked_until) = (0, None, None);
        }
        counts
    }
}

/// How long the terminal takes no code after so many wrong ones.
fn lock(wrong: u32) -> Option<SignedDuration> {
    let more = wrong.checked_sub(FREE)?;
    Some(FIRST.saturating_mul(1 << more.min(16)).min(LONGEST))
}

/// Without its fraction of a second.
fn whole(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    const A: Nonce = Nonce([1; 16]);
    const B: Nonce = Nonce([2; 16]);

    #[test]
    fn a_code_signs_in_once() {
        let mut guard = Guard::default();
        guard.show(A, at(0));
        assert_eq!(guard.attempt(A, at(5), |_| true), Ok(()));
        assert_eq!(guard.attempt(A, at(6), |_| true), Err(Refusal::Used));
        guard.show(B, at(7));
        assert_eq!(guard.attempt(A, at(8), |_| true), Err(Refusal::Expired), "only the last one is answered");
        assert_eq!(guard.attempt(B, at(8), |shown| shown.nonce == A), Err(Refusal::Used), "told as used");
    }

    #[test]
    fn five_tries_and_ten_minutes() {
        let mut guard = Guard::default();
        guard.show(A, at(0));
        for left in [4, 3, 2, 1] {
            assert_eq!(guard.attempt(A, at(1), |_| false), Err(Refusal::Wrong { left }));
        }
        assert_eq!(guard.attempt(A, at(1), |_| false), Err(Refusal::Spent));
        assert_eq!(guard.attempt(A, at(1), |_| true), Err(Refusal::Spent), "the right one comes too late");
        guard.show(B, at(10));
        assert_eq!(guard.attempt(B, at(610), |_| true), Err(Refusal::Expired));
        assert_eq!(guard.attempt(B, at(609), |_| true), Err(Refusal::Expired), "time does not go back");
    }

    #[test]
    fn a_clock_that_is_set_back_revives_nothing_and_shortens_no_lock() {
        let mut guard = Guard::default();
        guard.show(A, at(0));
        assert_eq!(guard.attempt(A, at(700), |_| true), Err(Refusal::Expired));
        assert_eq!(guard.attempt(A, at(100), |_| true), Err(Refusal::Expired));
        // after the clock was far in the future, a new QR code lives its ten minutes
        guard.show(B, at(3_000_000));
        guard.show(A, at(200));
        assert_eq!(guard.attempt(A, at(801), |_| true), Err(Refusal::Expired));
        guard.show(B, at(900));
        assert_eq!(guard.attempt(B, at(901), |_| true), Ok(()));

        let mut guard = Guard { wrong: FREE - 1, ..Guard::default() };
        guard.show(A, at(1_000));
        assert!(guard.attempt(A, at(1_000), |_| false).is_err());
        let locked = |guard: &mut Guard, now| {
            matches!(guard.attempt(A, at(now), |_| true), Err(Refusal::Locked { .. }))
        };
        assert!(locked(&mut guard, 1_010) && locked(&mut guard, 5) && locked(&mut guard, 20));
        assert!(!locked(&mut guard, 26));
    }

    #[test]
    fn the_lock_grows_over_many_qr_codes_and_is_forgotten() {
        let mut guard = Guard::default();
        let (mut now, mut waits) = (0, Vec::new());
        for round in 0..20_u8 {
            let nonce = Nonce([round; 16]);
            guard.show(nonce, at(now));
            match guard.attempt(nonce, at(now), |_| false) {
                Err(Refusal::Locked { wait }) => {
                    waits.push(wait.as_secs());
                    now += wait.as_secs();
                }
                refused => assert_eq!(refused, Err(Refusal::Wrong { left: 4 })),
            }
        }
        assert_eq!(waits, [30, 60, 120, 240, 480]);
        let rested = now + 960 + 1_800;
        guard.show(A, at(rested));
        assert_eq!(guard.attempt(A, at(rested), |_| true), Ok(()));
        assert_eq!(guard.wrong, 0);
    }

    proptest! {
        #[test]
        fn a_nonces_text_is_read_back(bytes: [u8; 16]) {
            let text = Nonce(bytes).to_string();
            prop_assert_eq!(text.len(), 26);
            prop_assert_eq!(text.parse(), Ok(Nonce(bytes)));
            prop_assert_eq!(text.to_lowercase().parse(), Ok(Nonce(bytes)));
        }

        /// Whatever the clock does and whenever it is tried: a QR code is never answered twice, nor after five tries.
        #[test]
        fn no_clock_gives_a_second_sign_in_or_a_sixth_try(
            steps in prop::collection::vec((-2_000_i64..2_000, any::<bool>(), any::<bool>()), 1..60)
        ) {
            let mut guard = Guard::default();
            let (mut now, mut nonce, mut fresh) = (0, A, 0_u8);
            let (mut tries, mut opened) = (0, 0);
            guard.show(nonce, at(now));
            for (step, show, right) in steps {
                now += step;
                if show {
                    fresh += 1;
                    nonce = Nonce([fresh.wrapping_add(9); 16]);
                    guard.show(nonce, at(now));
                    (tries, opened) = (0, 0);
                }
                match guard.attempt(nonce, at(now), |shown| right && shown.nonce == nonce) {
                    Ok(()) => { opened += 1; tries += 1; }
                    Err(Refusal::Wrong { .. }) => tries += 1,
                    Err(_) => {}
                }
                prop_assert!(opened <= 1 && tries <= TRIES);
            }
        }
    }
}
