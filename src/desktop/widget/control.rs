//! What every control of ours keeps in the widget tree, so that focus and report work on all of them alike.

use std::borrow::Cow;

use iced::advanced::widget::operation::Focusable;
use iced::advanced::widget::{Id, Operation};
use iced::{Rectangle, keyboard};

/// What kind of control it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Button,
    /// A key of the on-screen keyboard: leaves the focus where it is.
    Key,
    Entry,
}

/// A control's state between two frames.
#[derive(Debug, Clone)]
pub struct State {
    pub id: Cow<'static, str>,
    pub label: String,
    pub role: Role,
    pub enabled: bool,
    pub focused: bool,
    pub pressed: bool,
}

impl State {
    pub fn new(id: Cow<'static, str>, label: &str, role: Role, enabled: bool) -> Self {
        Self { id, label: label.to_owned(), role, enabled, focused: false, pressed: false }
    }

    /// Takes over what the new view says; another control in the same place of the tree starts afresh.
    #[expect(clippy::ptr_arg, reason = "cloned as it is where the control is another one")]
    pub fn renew(&mut self, id: &Cow<'static, str>, label: &str, role: Role, enabled: bool) {
        if self.id != *id || self.role != role {
            *self = Self::new(id.clone(), label, role, enabled);
            return;
        }
        self.enabled = enabled;
        self.focused &= enabled;
        if self.label != label {
            label.clone_into(&mut self.label);
        }
    }

    /// Shows itself to an operation.
    pub fn operate(&mut self, bounds: Rectangle, operation: &mut dyn Operation) {
        let id = Id::from(self.id.clone().into_owned());
        operation.custom(Some(&id), bounds, self);
        if self.enabled && self.role != Role::Key {
            operation.focusable(Some(&id), bounds, self);
        } else {
            operation.container(Some(&id), bounds);
        }
    }
}

impl Focusable for State {
    fn is_focused(&self) -> bool {
        self.focused
    }

    fn focus(&mut self) {
        self.focused = true;
    }

    fn unfocus(&mut self) {
        self.focused = false;
    }
}

/// Whether this key presses the focused button.
pub fn presses(event: &keyboard::Event) -> bool {
    use keyboard::key::Named;
    matches!(
        event,
        keyboard::Event::KeyPressed {
            key: keyboard::Key::Named(Named::Enter | Named::Space),
            repeat: false,
            ..
        }
    )
}
