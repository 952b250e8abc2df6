//! What a screen gives to be shown: its parts, which the root puts at their places, the same on every screen.

use std::borrow::Cow;

use crate::desktop::Element;

/// See the module.
pub struct Page<'a, Message> {
    /// The screen's name in reports and tests.
    pub name: Cow<'static, str>,
    pub title: String,
    /// At most two sentences below the title.
    pub lead: Option<String>,
    /// Said beside the title: what went wrong, what is going on.
    pub aside: Option<Element<'a, Message>>,
    pub body: Element<'a, Message>,
    /// Buttons at the bottom, the primary one last.
    pub actions: Vec<Element<'a, Message>>,
    /// The control that has the focus at first.
    pub autofocus: Option<&'static str>,
    /// What Enter means where no control takes it.
    pub on_enter: Option<Message>,
    pub frame: Frame,
}

/// What stands around the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Frame {
    /// Languages and colours above, back and start over below.
    #[default]
    Whole,
    /// Languages and colours only: nothing to go back to.
    Top,
    /// The same as whole, around a lit screen with no title: the camera.
    Lit,
}

impl<'a, Message: 'a> Page<'a, Message> {
    pub fn new(
        name: impl Into<Cow<'static, str>>,
        title: impl Into<String>,
        body: impl Into<Element<'a, Message>>,
    ) -> Self {
        Self {
            name: name.into(),
            title: title.into(),
            lead: None,
            aside: None,
            body: body.into(),
            actions: Vec::new(),
            autofocus: None,
            on_enter: None,
            frame: Frame::Whole,
        }
    }

    pub fn lead(mut self, lead: impl Into<String>) -> Self {
        self.lead = Some(lead.into());
        self
    }

    pub fn aside(mut self, aside: impl Into<Element<'a, Message>>) -> Self {
        self.aside = Some(aside.into());
        self
    }

    pub fn action(mut self, action: impl Into<Element<'a, Message>>) -> Self {
        self.actions.push(action.into());
        self
    }

    pub fn autofocus(mut self, id: &'static str) -> Self {
        self.autofocus = Some(id);
        self
    }

    pub fn on_enter(mut self, message: Message) -> Self {
        self.on_enter = Some(message);
        self
    }

    pub fn frame(mut self, frame: Frame) -> Self {
        self.frame = frame;
        self
    }

    /// The same page in another message.
    pub fn map<To: 'a>(self, wrap: impl Fn(Message) -> To + Copy + 'a) -> Page<'a, To> {
        Page {
            name: self.name,
            title: self.title,
            lead: self.lead,
            aside: self.aside.map(|aside| aside.map(wrap)),
            body: self.body.map(wrap),
            actions: self.actions.into_iter().map(|action| action.map(wrap)).collect(),
            autofocus: self.autofocus,
            on_enter: self.on_enter.map(wrap),
            frame: self.frame,
        }
    }
}
