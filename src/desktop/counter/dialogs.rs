//! The system's file dialogs.

use std::fmt;
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::trouble::Trouble;
use crate::system::Stopwatch;

/// The names of files that may be pictures for us. HEIC is none, but whoever chooses it is told what to do.
const ENDINGS: [&str; 6] = ["jpg", "jpeg", "png", "webp", "heic", "heif"];
/// Nobody has seen and closed a dialog sooner than this. rfd answers "nothing chosen" as well where a system has no dialog.
const SEEN: Duration = Duration::from_millis(150);

/// What a dialog asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// A picture that is there.
    Picture,
    /// Where a PDF of this name goes.
    Pdf(String),
}

type Asked = Pin<Box<dyn Future<Output = Result<Option<PathBuf>, Trouble>> + Send>>;

/// Asks a person for a file; none when they think better of it.
#[derive(Clone)]
pub struct Dialogs(Arc<dyn Fn(Question) -> Asked + Send + Sync>);

impl Dialogs {
    /// The system's own.
    pub fn system(stopwatch: &Stopwatch) -> Self {
        let stopwatch = stopwatch.clone();
        Self(Arc::new(move |question| {
            let stopwatch = stopwatch.clone();
            Box::pin(async move {
                let asked = stopwatch.elapsed();
                let dialog = rfd::AsyncFileDialog::new();
                let file = match question {
                    Question::Picture => {
                        let shouted = ["JPG", "JPEG", "PNG", "WEBP", "HEIC", "HEIF"];
                        let pictures: Vec<&str> = ENDINGS.into_iter().chain(shouted).collect();
                        dialog.add_filter("JPEG, PNG, WebP", &pictures).pick_file().await
                    }
                    Question::Pdf(name) => {
                        dialog.set_file_name(name).add_filter("PDF", &["pdf"]).save_file().await
                    }
                };
                told(file.map(|file| file.path().to_owned()), stopwatch.elapsed().saturating_sub(asked))
            })
        }))
    }

    /// Other dialogs than the system's.
    pub fn of<F: Future<Output = Option<PathBuf>> + Send + 'static>(
        ask: impl Fn(Question) -> F + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(move |question| {
            let asked = ask(question);
            Box::pin(async move { Ok(asked.await) })
        }))
    }

    /// # Errors
    /// [`Trouble::NoDialog`] where the system has none.
    pub fn ask(
        &self,
        question: Question,
    ) -> impl Future<Output = Result<Option<PathBuf>, Trouble>> + Send + use<> {
        (self.0)(question)
    }
}

impl fmt::Debug for Dialogs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Dialogs")
    }
}

fn told(file: Option<PathBuf>, took: Duration) -> Result<Option<PathBuf>, Trouble> {
    if file.is_none() && took < SEEN {
        tracing::warn!("no file dialog: neither a desktop portal nor zenity answers");
        return Err(Trouble::NoDialog);
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialog_that_nobody_can_have_seen_is_none() {
        assert_eq!(told(None, Duration::from_millis(20)), Err(Trouble::NoDialog));
        assert_eq!(told(None, Duration::from_secs(1)), Ok(None));
        let file = PathBuf::from("a.jpg");
        assert_eq!(told(Some(file.clone()), Duration::ZERO), Ok(Some(file)));
    }
}
