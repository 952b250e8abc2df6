//! Where every control is, for whoever drives the real window: a test, or the demo's tour.

use std::any::Any;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use iced::advanced::widget::operation::Scrollable;
use iced::advanced::widget::{Id, Operation};
use iced::{Rectangle, Vector};
use serde::Serialize;

use super::widget::control;

/// One control.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Control {
    pub id: String,
    pub label: String,
    /// x, y, width, height in pixels of the window.
    pub bounds: [f32; 4],
    pub enabled: bool,
    pub focused: bool,
}

/// A screen and its controls.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Layout {
    pub screen: String,
    /// Width and height of the window in pixels.
    pub size: [f32; 2],
    pub controls: Vec<Control>,
    /// Every text on the screen, in the order of the widgets.
    pub texts: Vec<String>,
}

impl Layout {
    /// The same in physical pixels.
    pub fn times(mut self, scale: f32) -> Self {
        self.size = self.size.map(|side| side * scale);
        for control in &mut self.controls {
            control.bounds = control.bounds.map(|side| side * scale);
        }
        self
    }

    /// Writes it so that a reader never sees half of it.
    fn write(&self, path: &Path) -> std::io::Result<()> {
        let beside = path.with_extension("new");
        std::fs::write(&beside, serde_json::to_vec(self)?)?;
        std::fs::rename(beside, path)
    }
}

/// The file in which the newest layout stands. Clones are the same file.
#[derive(Debug, Clone, Default)]
pub struct Writer(Arc<File>);

#[derive(Debug, Default)]
struct File {
    path: PathBuf,
    /// What is still to be written: a newer layout takes the place of an older one.
    newest: Mutex<Option<Layout>>,
    /// Whoever writes holds it from taking the newest to its end, so that no older one comes after.
    writing: Mutex<()>,
}

impl Writer {
    pub fn new(path: PathBuf) -> Self {
        Self(Arc::new(File { path, ..File::default() }))
    }

    /// The layout is the newest when this returns; the future writes what is the newest then, on a thread for such work.
    pub fn write(&self, layout: Layout) -> impl Future<Output = ()> + Send + use<> {
        *self.0.newest.lock().unwrap_or_else(PoisonError::into_inner) = Some(layout);
        let file = Arc::clone(&self.0);
        async move {
            let written = tokio::task::spawn_blocking(move || file.write_newest()).await;
            if let Ok(Err(error)) = written {
                tracing::warn!(%error, "the layout cannot be written");
            }
        }
    }
}

impl File {
    fn write_newest(&self) -> std::io::Result<()> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner).take();
        newest.map_or(Ok(()), |layout| layout.write(&self.path))
    }
}

/// Collects the controls of a widget tree.
#[derive(Debug, Default)]
pub struct Collect {
    pub controls: Vec<Control>,
    pub texts: Vec<String>,
    viewport: Option<Rectangle>,
    translation: Vector,
}

impl Operation for Collect {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        let (viewport, translation) = (self.viewport, self.translation);
        operate(self);
        (self.viewport, self.translation) = (viewport, translation);
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        bounds: Rectangle,
        _content_bounds: Rectangle,
        translation: Vector,
        _state: &mut dyn Scrollable,
    ) {
        let shown = bounds + self.translation;
        self.viewport = match self.viewport {
            Some(outer) => {
                outer.intersection(&shown).or(Some(Rectangle { width: 0.0, height: 0.0, ..shown }))
            }
            None => Some(shown),
        };
        self.translation -= translation;
    }

    fn text(&mut self, _id: Option<&Id>, _bounds: Rectangle, text: &str) {
        self.texts.push(text.to_owned());
    }

    fn custom(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
        let Some(state) = state.downcast_ref::<control::State>() else { return };
        let shown = bounds + self.translation;
        let Some(visible) = self.viewport.map_or(Some(shown), |viewport| viewport.intersection(&shown))
        else {
            return;
        };
        self.controls.push(Control {
            id: state.id.clone().into_owned(),
            label: state.label.clone(),
            bounds: [visible.x, visible.y, visible.width, visible.height],
            enabled: state.enabled,
            focused: state.focused,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_newest_layout_wins_whoever_writes_last() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("layout.json");
        let writer = Writer::new(path.clone());
        let layout = |screen: &str| Layout { screen: screen.to_owned(), ..Layout::default() };
        let (first, second) = (writer.write(layout("first")), writer.write(layout("second")));
        // the later one overtakes the earlier one
        second.await;
        first.await;
        let read =
            || -> serde_json::Value { serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap() };
        assert_eq!(read()["screen"], "second");
        writer.write(layout("third")).await;
        assert_eq!(read()["screen"], "third");
    }
}
