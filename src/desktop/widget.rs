//! Our own controls: they take the focus, show it, answer to keys and pointer alike, and report where they are.

pub mod button;
pub mod card_face;
pub mod control;
pub mod drawing;
pub mod entry;
pub mod keyboard;
pub mod keypad;
pub mod notice;
pub mod ring;
pub mod stage;
pub mod steps;
pub mod words;

use iced::Size;

use super::Theme;
use crate::texts::Texts;

pub use button::{Button, button};
pub use entry::{Edit, Entry, Line};
pub use notice::notice;
pub use stage::stage;

/// What every view is made with.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    pub theme: &'a Theme,
    pub texts: &'a Texts,
    /// The window's size in logical pixels.
    pub size: Size,
}

impl Scene<'_> {
    /// Whether the window stands upright.
    pub fn portrait(&self) -> bool {
        self.size.height >= self.size.width
    }
}
