//! Where every control is, for whoever drives the real window: a test, or the demo's tour.

use std::any::Any;
use std::path::Path;

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
    pub fn write(&self, path: &Path) -> std::io::Result<()> {
        let beside = path.with_extension("new");
        std::fs::write(&beside, serde_json::to_vec(self)?)?;
        std::fs::rename(beside, path)
    }
}

/// Collects the controls of a widget tree.
#[derive(Debug, Default)]
pub struct Collect {
    pub controls: Vec<Control>,
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
