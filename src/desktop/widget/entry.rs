//! A line of text that a person types, on the real keyboard or on the screen: both send the same edits, so that neither
//! can overwrite what the other did. The screen owns the text and wipes it.

use std::borrow::Cow;

use iced::advanced::layout::{self, Layout};
use iced::advanced::renderer::{self, Quad, Renderer as _};
use iced::advanced::text::Paragraph as _;
use iced::advanced::text::{self as core_text, Renderer as _};
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Shell, mouse};
use iced::keyboard::key::Named;
use iced::keyboard::{self, Key};
use iced::widget::{column, row};
use iced::{Background, Border, Center, Event, Length, Point, Rectangle, Renderer, Size, touch};
use zeroize::Zeroizing;

use super::control::{Role, State};
use super::words;
use crate::desktop::icon::Icon;
use crate::desktop::theme::style;
use crate::desktop::{Element, Theme, font};

/// A change of a line. Printed without its character: it may be one of a password.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    Insert(char),
    /// Takes away the character before the caret.
    Backspace,
    /// Takes away the character after the caret.
    Delete,
    Left,
    Right,
    Home,
    End,
}

impl std::fmt::Debug for Edit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Insert(_) => "Insert(*)",
            Self::Backspace => "Backspace",
            Self::Delete => "Delete",
            Self::Left => "Left",
            Self::Right => "Right",
            Self::Home => "Home",
            Self::End => "End",
        })
    }
}

/// A line and its caret. Wiped when dropped, never printed.
#[derive(Clone, Default)]
pub struct Line {
    text: Zeroizing<Vec<char>>,
    caret: usize,
}

/// No line is longer than this.
const LONGEST: usize = 128;

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Line(****)")
    }
}

impl Line {
    pub fn apply(&mut self, edit: Edit) {
        match edit {
            Edit::Insert(character) => {
                if self.text.len() < LONGEST && !character.is_control() {
                    if self.text.capacity() == 0 {
                        // never moved in memory afterwards, so that no copy stays behind
                        self.text.reserve_exact(LONGEST);
                    }
                    self.text.insert(self.caret, character);
                    self.caret += 1;
                }
            }
            Edit::Backspace if self.caret > 0 => {
                self.caret -= 1;
                self.text.remove(self.caret);
            }
            Edit::Delete if self.caret < self.text.len() => {
                self.text.remove(self.caret);
            }
            Edit::Left => self.caret = self.caret.saturating_sub(1),
            Edit::Right => self.caret = (self.caret + 1).min(self.text.len()),
            Edit::Home => self.caret = 0,
            Edit::End => self.caret = self.text.len(),
            Edit::Backspace | Edit::Delete => {}
        }
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Characters.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// The text, in memory that is wiped.
    pub fn text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(4 * LONGEST));
        text.extend(self.text.iter());
        text
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Self {
        let mut line = Self::default();
        text.chars().for_each(|character| line.apply(Edit::Insert(character)));
        line
    }
}

/// See the module.
pub struct Entry<'a, Message> {
    id: Cow<'static, str>,
    label: String,
    line: &'a Line,
    masked: bool,
    error: Option<String>,
    icon: Option<Icon>,
    on_edit: Box<dyn Fn(Edit) -> Message + 'a>,
    on_submit: Option<Message>,
    on_focus: Option<Message>,
}

impl<'a, Message: Clone + 'a> Entry<'a, Message> {
    pub fn new(
        id: impl Into<Cow<'static, str>>,
        label: impl Into<String>,
        line: &'a Line,
        on_edit: impl Fn(Edit) -> Message + 'a,
    ) -> Self {
        Self {
            id: id.into(),
            label: label.into(),
            line,
            masked: false,
            error: None,
            icon: None,
            on_edit: Box::new(on_edit),
            on_submit: None,
            on_focus: None,
        }
    }

    /// Shows dots.
    pub fn masked(mut self, masked: bool) -> Self {
        self.masked = masked;
        self
    }

    /// What is wrong with it, below the line.
    pub fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }

    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// What Enter means here.
    pub fn on_submit(mut self, message: Message) -> Self {
        self.on_submit = Some(message);
        self
    }

    /// Told when the person goes to this line.
    pub fn on_focus(mut self, message: Message) -> Self {
        self.on_focus = Some(message);
        self
    }

    /// The label, the line and what is wrong with it.
    pub fn view(self, theme: &Theme) -> Element<'a, Message> {
        let label = words::strong(theme, self.label.clone());
        let error = self.error.clone();
        let shown = if self.masked { "•".repeat(self.line.len()) } else { self.line.text.iter().collect() };
        let field = Field {
            wrong: error.is_some(),
            shown,
            size: theme.text.lead,
            height: theme.target,
            padding: theme.space.m,
            entry: self,
        };
        let mut column = column![label, Element::new(field)].spacing(theme.space.xs);
        if let Some(error) = error {
            let line = row![Icon::CircleAlert.view(theme.text.body), words::body(theme, error)]
                .spacing(theme.space.xs)
                .align_y(Center);
            column = column.push(iced::widget::container(line).style(|theme: &Theme| {
                iced::widget::container::Style {
                    text_color: style::danger(theme).color,
                    ..iced::widget::container::Style::default()
                }
            }));
        }
        column.into()
    }
}

/// The box with the text in it.
struct Field<'a, Message> {
    entry: Entry<'a, Message>,
    shown: String,
    wrong: bool,
    size: f32,
    height: f32,
    padding: f32,
}

struct Memory {
    control: State,
    was_focused: bool,
}

type Paragraph = <Renderer as core_text::Renderer>::Paragraph;

impl<Message> Field<'_, Message> {
    fn formed<'b>(&self, content: &'b str) -> core_text::Text<&'b str> {
        core_text::Text {
            content,
            // wider than any line: without a bound, only the first letter is drawn
            bounds: Size::new(16_384.0, 512.0),
            size: self.size.into(),
            line_height: core_text::LineHeight::default(),
            font: font::REGULAR,
            align_x: core_text::Alignment::Left,
            align_y: iced::alignment::Vertical::Center,
            shaping: core_text::Shaping::Advanced,
            wrapping: core_text::Wrapping::None,
        }
    }

    fn width_of(&self, content: &str) -> f32 {
        // a space at the end has no width in a paragraph: measure with a mark after it
        let with = Paragraph::with_text(self.formed(&format!("{content}|"))).min_width();
        with - Paragraph::with_text(self.formed("|")).min_width()
    }

    fn edit(&self, event: &keyboard::Event) -> Vec<Edit> {
        let keyboard::Event::KeyPressed { key, text, modifiers, .. } = event else { return Vec::new() };
        match key {
            Key::Named(Named::Backspace) => vec![Edit::Backspace],
            Key::Named(Named::Delete) => vec![Edit::Delete],
            Key::Named(Named::ArrowLeft) => vec![Edit::Left],
            Key::Named(Named::ArrowRight) => vec![Edit::Right],
            Key::Named(Named::Home) => vec![Edit::Home],
            Key::Named(Named::End) => vec![Edit::End],
            // AltGr is Control and Alt on some systems, and then there is a text
            _ if modifiers.control() != modifiers.alt() || modifiers.logo() => Vec::new(),
            _ => text
                .iter()
                .flat_map(|text| text.chars())
                .filter(|character| !character.is_control())
                .map(Edit::Insert)
                .collect(),
        }
    }
}

impl<Message: Clone> Widget<Message, Theme, Renderer> for Field<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Memory>()
    }

    fn state(&self) -> tree::State {
        let control = State::new(self.entry.id.clone(), &self.entry.label, Role::Entry, true);
        tree::State::new(Memory { control, was_focused: false })
    }

    fn diff(&self, tree: &mut Tree) {
        let memory = tree.state.downcast_mut::<Memory>();
        memory.control.renew(&self.entry.id, &self.entry.label, Role::Entry, true);
    }

    fn size(&self) -> Size<Length> {
        Size { width: Length::Fill, height: Length::Fixed(self.height) }
    }

    fn layout(&mut self, _tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, Length::Fill, self.height)
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        _renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        tree.state.downcast_mut::<Memory>().control.operate(layout.bounds(), operation);
        if !self.entry.masked {
            operation.text(None, layout.bounds(), &self.shown);
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        _viewport: &Rectangle,
    ) {
        let memory = tree.state.downcast_mut::<Memory>();
        if memory.control.focused != memory.was_focused {
            memory.was_focused = memory.control.focused;
            shell.request_redraw();
            if let (true, Some(message)) = (memory.was_focused, &self.entry.on_focus) {
                shell.publish(message.clone());
            }
        }
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerPressed { .. })
                if cursor.is_over(layout.bounds()) =>
            {
                shell.capture_event();
            }
            Event::Keyboard(key) if memory.control.focused && !shell.is_event_captured() => {
                let enter = matches!(key, keyboard::Event::KeyPressed { key: Key::Named(Named::Enter), .. });
                if let (true, Some(message)) = (enter, &self.entry.on_submit) {
                    shell.capture_event();
                    shell.publish(message.clone());
                    return;
                }
                for edit in self.edit(key) {
                    shell.capture_event();
                    shell.publish((self.entry.on_edit)(edit));
                }
            }
            _ => {}
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        _viewport: &Rectangle,
    ) {
        let bounds = layout.bounds();
        let focused = tree.state.downcast_ref::<Memory>().control.focused;
        let (color, width) = match (focused, self.wrong) {
            (true, _) => (theme.color.focus, theme.ring()),
            (false, true) => (theme.color.danger, 3.0),
            (false, false) => (theme.color.line_strong, 2.0),
        };
        let border = Border { color, width, radius: theme.radius.medium.into() };
        renderer
            .fill_quad(Quad { bounds, border, ..Quad::default() }, Background::Color(theme.color.surface));
        let mut inner = bounds.shrink([0.0, self.padding]);
        if let Some(icon) = self.entry.icon {
            let glyph = char::from_u32(icon as u32).unwrap_or(' ').to_string();
            let text = core_text::Text {
                content: glyph,
                bounds: Size::new(self.size * 2.0, bounds.height),
                font: font::ICONS,
                ..self.formed("").with_content(String::new())
            };
            let at = Point::new(inner.x, inner.center_y());
            renderer.fill_text(text, at, theme.color.muted, inner);
            inner = Rectangle { x: inner.x + self.size * 1.6, width: inner.width - self.size * 1.6, ..inner };
        }
        let before: String = self.shown.chars().take(self.entry.line.caret).collect();
        let caret = self.width_of(&before);
        let shift = (caret - inner.width + 4.0).max(0.0);
        renderer.with_layer(inner, |renderer| {
            // with its own bounds, so that the renderer knows what to draw again and what to cut off
            let line = core_text::LineHeight::default().to_absolute(self.size.into()).0;
            let text = core_text::Text {
                bounds: Size::new(self.width_of(&self.shown).max(inner.width), line),
                align_y: iced::alignment::Vertical::Top,
                ..self.formed("").with_content(self.shown.clone())
            };
            let at = Point::new(inner.x - shift, inner.center_y() - line / 2.0);
            renderer.fill_text(text, at, theme.color.text, inner);
            if focused {
                let height = self.size * 1.2;
                let line = Rectangle {
                    x: inner.x - shift + caret,
                    y: inner.center_y() - height / 2.0,
                    width: 2.0,
                    height,
                };
                let quad = Quad { bounds: line, ..Quad::default() };
                renderer.fill_quad(quad, Background::Color(theme.color.text));
            }
        });
        if self.wrong && focused {
            let edge = Rectangle { y: bounds.y + bounds.height - 6.0, height: 6.0, ..bounds };
            let quad = Quad { bounds: edge, border: iced::border::rounded(3.0), ..Quad::default() };
            renderer.fill_quad(quad, Background::Color(theme.color.danger));
        }
    }

    fn mouse_interaction(
        &self,
        _tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        if cursor.is_over(layout.bounds()) { mouse::Interaction::Text } else { mouse::Interaction::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_edited_at_its_caret() {
        let mut line = Line::from("ase");
        for edit in [Edit::Home, Edit::Delete, Edit::Insert('å'), Edit::Right, Edit::Backspace, Edit::End] {
            line.apply(edit);
        }
        assert_eq!(line.text().as_str(), "åe");
        line.apply(Edit::Insert('\n'));
        assert_eq!(line.len(), 2);
    }

    #[test]
    fn what_is_typed_is_never_printed() {
        let line = Line::from("hemmelig");
        assert_eq!(format!("{line:?} {:?}", Edit::Insert('x')), "Line(****) Insert(*)");
    }
}
