//! How a picture file is chosen.

use std::fmt;
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

/// The names of files that may be pictures for us. HEIC is none, but whoever chooses it is told what to do.
const ENDINGS: [&str; 6] = ["jpg", "jpeg", "png", "webp", "heic", "heif"];

type Picked = Pin<Box<dyn Future<Output = Option<PathBuf>> + Send>>;

/// Asks a person for a picture file; none when they think better of it.
#[derive(Clone)]
pub struct Picker(Arc<dyn Fn() -> Picked + Send + Sync>);

impl Picker {
    /// The system's own dialog.
    pub fn system() -> Self {
        Self::of(|| async {
            let pictures = ENDINGS.into_iter().chain(["JPG", "JPEG", "PNG", "WEBP", "HEIC", "HEIF"]);
            let pictures: Vec<&str> = pictures.collect();
            let dialog = rfd::AsyncFileDialog::new().add_filter("JPEG, PNG, WebP", &pictures);
            dialog.pick_file().await.map(|file| file.path().to_owned())
        })
    }

    pub fn of<F: Future<Output = Option<PathBuf>> + Send + 'static>(
        pick: impl Fn() -> F + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(move || Box::pin(pick())))
    }

    pub fn pick(&self) -> impl Future<Output = Option<PathBuf>> + Send + use<> {
        (self.0)()
    }
}

impl fmt::Debug for Picker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Picker")
    }
}
