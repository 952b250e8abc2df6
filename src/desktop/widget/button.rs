//! A button that takes the focus, draws a ring when it has it, and answers to Enter and Space.

use std::borrow::Cow;

use iced::advanced::layout::{self, Layout};
use iced::advanced::renderer::{self, Quad, Renderer as _};
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Shell, mouse};
use iced::border::{self, Border};
use iced::widget::{container, row, text};
use iced::{Background, Center, Color, Event, Length, Padding, Rectangle, Renderer, Size, touch, window};

use super::control::{self, Role, State};
use crate::desktop::icon::Icon;
use crate::desktop::{Element, Theme, font};

/// How a button looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The one action of the screen.
    Primary,
    Secondary,
    /// Words only.
    Quiet,
    /// Takes something away.
    Danger,
    /// A card that is a choice.
    Tile,
    /// A line of a list, or a tab: quiet until it is chosen.
    Row,
    /// A key of the on-screen keyboard or the keypad.
    Key,
}

/// See the module.
pub struct Button<'a, Message> {
    id: Cow<'static, str>,
    label: String,
    kind: Kind,
    content: Element<'a, Message>,
    on_press: Option<Message>,
    selected: bool,
    width: Length,
    height: Length,
    padding: Padding,
    status: Status,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Disabled,
    Idle,
    Hovered,
    Pressed,
}

/// A button with a label; the primary one unless another kind is chosen.
pub fn button<'a, Message: 'a>(
    theme: &Theme,
    id: impl Into<Cow<'static, str>>,
    label: impl Into<String>,
) -> Button<'a, Message> {
    let label = label.into();
    let content = text(label.clone()).size(theme.text.body).font(font::SEMIBOLD).line_height(1.2);
    Button::of(theme, id, label, container(content).center_y(Length::Shrink))
}

/// A button with an icon before its label.
pub fn with_icon<'a, Message: 'a>(
    theme: &Theme,
    id: impl Into<Cow<'static, str>>,
    icon: Icon,
    label: impl Into<String>,
) -> Button<'a, Message> {
    let label = label.into();
    let words = text(label.clone()).size(theme.text.body).font(font::SEMIBOLD).line_height(1.2);
    let content = row![icon.view(theme.text.body * 1.2), words].spacing(theme.space.s).align_y(Center);
    Button::of(theme, id, label, content)
}

/// A button that is only an icon; the label is for the report and for those who are told.
pub fn icon<'a, Message: 'a>(
    theme: &Theme,
    id: impl Into<Cow<'static, str>>,
    icon: Icon,
    label: impl Into<String>,
) -> Button<'a, Message> {
    Button::of(theme, id, label, icon.view(theme.text.lead)).kind(Kind::Quiet).width(theme.target)
}

/// A card that is a choice, with any content.
pub fn tile<'a, Message: 'a>(
    theme: &Theme,
    id: impl Into<Cow<'static, str>>,
    label: impl Into<String>,
    content: impl Into<Element<'a, Message>>,
) -> Button<'a, Message> {
    let content = container(content).width(Length::Fill);
    Button::of(theme, id, label, content).kind(Kind::Tile).width(Length::Fill).padding(theme.space.m)
}

impl<'a, Message: 'a> Button<'a, Message> {
    /// A button with any content; `label` says what it does.
    pub fn of(
        theme: &Theme,
        id: impl Into<Cow<'static, str>>,
        label: impl Into<String>,
        content: impl Into<Element<'a, Message>>,
    ) -> Self {
        Self {
            id: id.into(),
            label: label.into(),
            kind: Kind::Primary,
            content: content.into(),
            on_press: None,
            selected: false,
            width: Length::Shrink,
            height: Length::Shrink,
            padding: Padding::from([0.0, theme.space.l]),
            status: Status::Disabled,
        }
        .height(theme.target)
    }

    pub fn kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        if kind == Kind::Tile {
            self.height = Length::Shrink;
        }
        if kind == Kind::Key {
            self.padding = Padding::ZERO;
        }
        self
    }

    pub fn secondary(self) -> Self {
        self.kind(Kind::Secondary)
    }

    pub fn quiet(self) -> Self {
        self.kind(Kind::Quiet)
    }

    pub fn danger(self) -> Self {
        self.kind(Kind::Danger)
    }

    /// Without a message, the button is there and cannot be pressed.
    pub fn on_press(mut self, message: Message) -> Self {
        self.on_press = Some(message);
        self
    }

    pub fn on_press_maybe(mut self, message: Option<Message>) -> Self {
        self.on_press = message;
        self
    }

    /// Marks the choice that was made.
    pub fn selected(mut self, selected: bool) -> Self {
        self.selected = selected;
        self
    }

    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        if self.width != Length::Shrink && self.kind != Kind::Tile {
            self.padding = Padding { left: 8.0, right: 8.0, ..self.padding };
        }
        self
    }

    pub fn height(mut self, height: impl Into<Length>) -> Self {
        self.height = height.into();
        self
    }

    pub fn padding(mut self, padding: impl Into<Padding>) -> Self {
        self.padding = padding.into();
        self
    }

    fn role(&self) -> Role {
        if self.kind == Kind::Key { Role::Key } else { Role::Button }
    }

    /// Ground, words, outline.
    fn style(&self, theme: &Theme, status: Status) -> (Option<Color>, Color, Border) {
        let c = &theme.color;
        let round = |radius: f32| border::rounded(radius);
        let outlined = |color: Color, width: f32, radius: f32| Border { color, width, radius: radius.into() };
        let medium = theme.radius.medium;
        match (self.kind, status) {
            (Kind::Primary | Kind::Danger, Status::Disabled) => (Some(c.sunken), c.muted, round(medium)),
            (Kind::Secondary | Kind::Tile, Status::Disabled) => {
                (Some(c.sunken), c.muted, outlined(c.line, 1.0, medium))
            }
            (Kind::Quiet, Status::Disabled) => (None, c.muted, round(medium)),
            (Kind::Primary, Status::Idle) => (Some(c.primary), c.on_primary, round(medium)),
            (Kind::Primary, Status::Hovered) => (Some(c.primary_hover), c.on_primary, round(medium)),
            (Kind::Primary, Status::Pressed) => (Some(c.primary_pressed), c.on_primary, round(medium)),
            (Kind::Danger, _) => (Some(c.danger), c.on_danger, round(medium)),
            (Kind::Secondary, Status::Idle) => {
                (Some(c.surface), c.primary, outlined(c.line_strong, 2.0, medium))
            }
            (Kind::Secondary, _) => (Some(c.primary_soft), c.primary, outlined(c.primary, 2.0, medium)),
            (Kind::Quiet, Status::Idle) => (None, c.primary, round(medium)),
            (Kind::Quiet, _) => (Some(c.primary_soft), c.primary, round(medium)),
            (Kind::Tile, _) if self.selected => {
                (Some(c.primary_soft), c.text, outlined(c.primary, 4.0, theme.radius.large))
            }
            (Kind::Tile, Status::Idle) => {
                (Some(c.surface), c.text, outlined(c.line_strong, 1.5, theme.radius.large))
            }
            (Kind::Tile, _) => (Some(c.primary_soft), c.text, outlined(c.primary, 2.0, theme.radius.large)),
            (Kind::Row, _) if self.selected => {
                (Some(c.primary_soft), c.text, outlined(c.primary, 2.0, medium))
            }
            (Kind::Row, Status::Idle | Status::Disabled) => (None, c.text, outlined(c.line, 1.0, medium)),
            (Kind::Row, _) => (Some(c.sunken), c.text, outlined(c.line_strong, 1.0, medium)),
            (Kind::Key, Status::Pressed) => (Some(c.primary), c.on_primary, round(medium)),
            (Kind::Key, Status::Disabled) => (Some(c.sunken), c.muted, round(medium)),
            (Kind::Key, _) if self.selected => {
                (Some(c.primary_soft), c.primary, outlined(c.primary, 2.0, medium))
            }
            (Kind::Key, _) => (Some(c.surface), c.text, outlined(c.line, 1.5, medium)),
        }
    }
}

impl<Message: Clone> Widget<Message, Theme, Renderer> for Button<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::new(self.id.clone(), &self.label, self.role(), self.on_press.is_some()))
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        let (role, enabled) = (self.role(), self.on_press.is_some());
        tree.state.downcast_mut::<State>().renew(&self.id, &self.label, role, enabled);
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        Size { width: self.width, height: self.height }
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let content = &mut self.content;
        layout::positioned(
            limits,
            self.width,
            self.height,
            self.padding,
            |limits| match tree.children.first_mut() {
                Some(child) => content.as_widget_mut().layout(child, renderer, &limits.loose()),
                None => layout::Node::new(Size::ZERO),
            },
            |content, size| content.align(Center, Center, size),
        )
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        tree.state.downcast_mut::<State>().operate(layout.bounds(), operation);
        operation.traverse(&mut |operation| {
            if let (Some(child), Some(layout)) = (tree.children.first_mut(), layout.children().next()) {
                self.content.as_widget_mut().operate(child, layout, renderer, operation);
            }
        });
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
        let state = tree.state.downcast_mut::<State>();
        let over = cursor.is_over(layout.bounds());
        if let (Some(message), false) = (&self.on_press, shell.is_event_captured()) {
            match event {
                Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
                | Event::Touch(touch::Event::FingerPressed { .. })
                    if over =>
                {
                    state.pressed = true;
                    shell.capture_event();
                }
                Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
                | Event::Touch(touch::Event::FingerLifted { .. })
                    if state.pressed =>
                {
                    state.pressed = false;
                    shell.capture_event();
                    if over {
                        shell.publish(message.clone());
                    }
                }
                Event::Touch(touch::Event::FingerLost { .. }) => state.pressed = false,
                Event::Keyboard(key) if state.focused && control::presses(key) => {
                    shell.capture_event();
                    shell.publish(message.clone());
                }
                _ => {}
            }
        }
        let status = match (&self.on_press, state.pressed && over, over) {
            (None, ..) => Status::Disabled,
            (_, true, _) => Status::Pressed,
            (_, _, true) => Status::Hovered,
            _ => Status::Idle,
        };
        if matches!(event, Event::Window(window::Event::RedrawRequested(_))) {
            self.status = status;
        } else if self.status != status {
            shell.request_redraw();
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let bounds = layout.bounds();
        let status = match self.status {
            Status::Disabled if self.on_press.is_some() => Status::Idle,
            status => status,
        };
        let (ground, words, border) = self.style(theme, status);
        let ground = Background::Color(ground.unwrap_or(Color::TRANSPARENT));
        renderer.fill_quad(Quad { bounds, border, ..Quad::default() }, ground);
        if tree.state.downcast_ref::<State>().focused {
            ring(renderer, theme, bounds, border.radius);
        }
        if let (Some(child), Some(layout)) = (tree.children.first(), layout.children().next()) {
            let style = renderer::Style { text_color: words };
            self.content.as_widget().draw(child, renderer, theme, &style, layout, cursor, viewport);
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
        if self.on_press.is_some() && cursor.is_over(layout.bounds()) {
            mouse::Interaction::Pointer
        } else {
            mouse::Interaction::default()
        }
    }
}

/// The ring around the focused control, outside its bounds with a gap, so that it shows on every ground.
pub(super) fn ring(renderer: &mut Renderer, theme: &Theme, bounds: Rectangle, radius: border::Radius) {
    let width = theme.ring();
    let out = width + 2.0;
    let radius = border::radius(radius.top_left + out);
    let quad = Quad {
        bounds: bounds.expand(out),
        border: Border { color: theme.color.focus, width, radius },
        ..Quad::default()
    };
    renderer.fill_quad(quad, Background::Color(Color::TRANSPARENT));
}

impl<'a, Message: Clone + 'a> From<Button<'a, Message>> for Element<'a, Message> {
    fn from(button: Button<'a, Message>) -> Self {
        Element::new(button)
    }
}
