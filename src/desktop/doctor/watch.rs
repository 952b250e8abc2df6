//! `kortautomat doctor --watch`: how a camera fares while it is used, unplugged and plugged in again.

use std::io::{self, Write};
use std::time::Duration;

use futures_util::StreamExt;
use tokio::time::Instant;

use super::said;
use crate::camera::choice::Unknown;
use crate::camera::worker::{StartError, View};
use crate::camera::{Camera, Choice, Patience, State};
use crate::system::Clock;
use crate::texts::Texts;

/// The camera could not be watched at all.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Unknown(#[from] Unknown),
    #[error(transparent)]
    Start(#[from] StartError),
}

/// Keeps the camera running for this long, a line for every change; answers whether it is live in the end.
pub async fn run(texts: &Texts, camera: &str, time: Duration) -> Result<bool, Error> {
    let camera = Camera::start(camera.parse::<Choice>()?.opener(), Clock::system(), Patience::default())?;
    let mut ticks = Box::pin(camera.ticks());
    let start = Instant::now();
    let end = start + time;
    let mut out = io::stdout();
    let mut view = camera.view();
    let mut told = None;
    loop {
        if told != Some(view.state) {
            told = Some(view.state);
            // whoever closed the pipe does not want to know
            let _ = writeln!(out, "{}", line(texts, &view, start.elapsed()));
        }
        if !matches!(tokio::time::timeout_at(end, ticks.next()).await, Ok(Some(()))) {
            break;
        }
        view = camera.view();
    }
    let passed = start.elapsed().as_secs_f64();
    let _ = writeln!(out, "{}", summary(texts, view.frames, passed));
    Ok(view.state == State::Live)
}

fn line(texts: &Texts, view: &View, passed: Duration) -> String {
    let says = said(texts, view);
    let seconds = passed.as_secs_f64();
    // the sentence about a live camera has the name already
    match view.name.as_deref().filter(|_| view.state != State::Live) {
        Some(name) => format!("{seconds:7.2} s  {says} ({name})"),
        None => format!("{seconds:7.2} s  {says}"),
    }
}

fn summary(texts: &Texts, frames: u64, seconds: f64) -> String {
    let rate = if seconds > 0.0 { frames as f64 / seconds } else { 0.0 };
    texts.doctor_watched(frames.to_string(), format!("{rate:.1}"), format!("{seconds:.1}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Language;

    #[test]
    fn a_line_has_time_state_and_name_and_the_last_the_rate() {
        let texts = Texts::load(Language::English).unwrap();
        let mut view = View { name: Some("Eye".to_owned()), state: State::Live, ..View::default() };
        let passed = Duration::from_millis(1_250);
        assert_eq!(line(&texts, &view, passed), "   1.25 s  The camera works: Eye.");
        view.state = State::Unplugged;
        assert_eq!(line(&texts, &view, passed), "   1.25 s  The camera is unplugged (Eye)");
        view = View::default();
        assert_eq!(line(&texts, &view, passed), "   1.25 s  The camera is starting …");
        assert_eq!(summary(&texts, 300, 10.0), "300 frames in 10.0 s: 30.0 a second.");
        assert_eq!(summary(&texts, 0, 0.0), "0 frames in 0.0 s: 0.0 a second.");
    }
}
