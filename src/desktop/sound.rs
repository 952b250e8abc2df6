//! Short tones for those who do not look at the screen: well, counting, taken. Off unless staff switch them on.
//!
//! Made here and handed to the system's own player as raw samples (`aplay`, or `pacat` where that is missing): an audio
//! library would need the system's sound headers to be built, for three tones. Where there is no player, or no sound
//! device, nothing is heard and nothing waits.

use std::f32::consts::TAU;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, SyncSender};

/// Samples a second.
const RATE: usize = 24_000;
/// How loud, of the loudest.
const VOLUME: f32 = 0.25;
/// The players that take raw samples of one channel, 16 bits, on their standard input.
const PLAYERS: [(&str, &[&str]); 2] = [
    ("aplay", &["-q", "-t", "raw", "-f", "S16_LE", "-r", "24000", "-c", "1", "-"]),
    ("pacat", &["--playback", "--format=s16le", "--rate=24000", "--channels=1"]),
];

/// What is to be heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Everything is well now.
    Good,
    /// A second of the countdown.
    Count,
    /// The picture is taken.
    Shutter,
}

impl Tone {
    /// Frequencies in hertz, each with how long it lasts in seconds.
    fn notes(self) -> &'static [(f32, f32)] {
        match self {
            Self::Good => &[(659.3, 0.09), (880.0, 0.14)],
            Self::Count => &[(587.3, 0.08)],
            Self::Shutter => &[(1174.7, 0.05), (880.0, 0.05), (440.0, 0.08)],
        }
    }

    fn samples(self) -> Vec<i16> {
        let note = |(frequency, seconds): &(f32, f32)| {
            let (frequency, count) = (*frequency, (seconds * RATE as f32) as usize);
            (0..count).map(move |at| {
                let share = at as f32 / count as f32;
                // softly in and out: a tone that is cut off clicks
                let loud = (share * 12.0).min((1.0 - share) * 3.0).min(1.0);
                let wave = (TAU * frequency * at as f32 / RATE as f32).sin();
                (wave * loud * VOLUME * f32::from(i16::MAX)) as i16
            })
        };
        self.notes().iter().flat_map(note).collect()
    }
}

/// Plays tones, or nothing when it is off. Its thread ends with the last copy.
#[derive(Debug, Clone, Default)]
pub struct Sounds(Option<SyncSender<Tone>>);

impl Sounds {
    pub fn off() -> Self {
        Self(None)
    }

    pub fn on() -> Self {
        // a tone that comes while two others wait is left out
        let (play, played) = mpsc::sync_channel(2);
        let thread = std::thread::Builder::new().name("sound".to_owned()).spawn(move || {
            while let Ok(tone) = played.recv() {
                sound(tone);
            }
        });
        match thread {
            Ok(_) => Self(Some(play)),
            Err(error) => {
                tracing::warn!(%error, "no sound");
                Self::off()
            }
        }
    }

    pub fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Plays it beside everything else.
    pub fn play(&self, tone: Tone) {
        if let Some(play) = &self.0 {
            let _ = play.try_send(tone);
        }
    }
}

/// Plays a tone to its end.
fn sound(tone: Tone) {
    let bytes: Vec<u8> = tone.samples().iter().flat_map(|sample| sample.to_le_bytes()).collect();
    for (player, arguments) in PLAYERS {
        let started = Command::new(player)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut started) = started else { continue };
        // a player that does not want the samples has no device: it says so by ending
        if let Some(mut samples) = started.stdin.take()
            && let Err(error) = samples.write_all(&bytes)
        {
            tracing::debug!(%error, player, "the tone was not taken");
        }
        match started.wait() {
            Ok(ended) if ended.success() => return,
            Ok(ended) => tracing::debug!(player, %ended, "no sound"),
            Err(error) => tracing::debug!(%error, player, "no sound"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tones_are_short_and_begin_and_end_in_silence() {
        for tone in [Tone::Good, Tone::Count, Tone::Shutter] {
            let samples = tone.samples();
            assert!(samples.len() < RATE * 3 / 10, "{tone:?}");
            assert!(samples[0] == 0 && samples.last().unwrap().abs() < 400, "{tone:?}");
            let loudest = samples.iter().map(|sample| sample.unsigned_abs()).max().unwrap();
            assert!((4_000..9_000).contains(&loudest), "{tone:?}: {loudest}");
        }
    }

    #[test]
    fn nothing_is_played_unless_it_is_switched_on() {
        assert!(!Sounds::default().is_on() && !Sounds::off().is_on());
        Sounds::off().play(Tone::Good);
        assert!(Sounds::on().is_on());
    }
}
