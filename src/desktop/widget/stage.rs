//! Around every screen: moves the focus (Tab, Shift-Tab, arrows, pointer), tells of activity, answers to Escape and Enter,
//! and reports where the controls are. In the widget tree, because that is where tests can press keys.

use std::any::Any;
use std::borrow::Cow;

use iced::advanced::layout::{self, Layout};
use iced::advanced::renderer;
use iced::advanced::widget::operation::{Focusable, Outcome, Scrollable, focusable};
use iced::advanced::widget::{Id, Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Shell, mouse, overlay};
use iced::keyboard::key::Named;
use iced::keyboard::{self, Key};
use iced::{Event, Length, Point, Rectangle, Renderer, Size, Vector, touch, window};

use super::control::{self, Role};
use crate::desktop::{Element, Theme, report};

/// See the module.
pub struct Stage<'a, Message> {
    name: Cow<'static, str>,
    content: Element<'a, Message>,
    autofocus: Option<Cow<'static, str>>,
    on_activity: Option<Message>,
    on_escape: Option<Message>,
    on_enter: Option<Message>,
    on_layout: Option<Box<dyn Fn(report::Layout) -> Message + 'a>>,
}

/// A screen by its name.
pub fn stage<'a, Message>(
    name: impl Into<Cow<'static, str>>,
    content: impl Into<Element<'a, Message>>,
) -> Stage<'a, Message> {
    Stage {
        name: name.into(),
        content: content.into(),
        autofocus: None,
        on_activity: None,
        on_escape: None,
        on_enter: None,
        on_layout: None,
    }
}

impl<'a, Message> Stage<'a, Message> {
    /// The control that has the focus when the screen appears.
    pub fn autofocus(mut self, id: Option<impl Into<Cow<'static, str>>>) -> Self {
        self.autofocus = id.map(Into::into);
        self
    }

    /// Published with every press of a key, a button or a finger.
    pub fn on_activity(mut self, message: Message) -> Self {
        self.on_activity = Some(message);
        self
    }

    pub fn on_escape(mut self, message: Option<Message>) -> Self {
        self.on_escape = message;
        self
    }

    /// Enter, when no control took it.
    pub fn on_enter(mut self, message: Option<Message>) -> Self {
        self.on_enter = message;
        self
    }

    /// Published when a control moved, came, went or changed; leave it out and nothing is collected.
    pub fn on_layout(mut self, message: Option<impl Fn(report::Layout) -> Message + 'a>) -> Self {
        self.on_layout = message.map(|message| Box::new(message) as Box<dyn Fn(report::Layout) -> Message>);
        self
    }
}

#[derive(Default)]
struct Memory {
    name: Option<Cow<'static, str>>,
    told: report::Layout,
}

impl<Message> Stage<'_, Message> {
    fn run(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        if let (Some(child), Some(layout)) = (tree.children.first_mut(), layout.children().next()) {
            self.content.as_widget_mut().operate(child, layout, renderer, operation);
        }
    }

    fn run_chain(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: Box<dyn Operation>,
    ) {
        let mut next = Some(operation);
        while let Some(mut operation) = next.take() {
            self.run(tree, layout, renderer, operation.as_mut());
            if let Outcome::Chain(chained) = operation.finish() {
                next = Some(chained);
            }
        }
    }
}

impl<Message: Clone> Widget<Message, Theme, Renderer> for Stage<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Memory>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Memory::default())
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        // another screen: nothing of the old one's state stays
        let shown = &tree.state.downcast_ref::<Memory>().name;
        if shown.as_ref().is_some_and(|name| *name != self.name) {
            tree.children = self.children();
            return;
        }
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        Size { width: Length::Fill, height: Length::Fill }
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let content = match tree.children.first_mut() {
            Some(child) => self.content.as_widget_mut().layout(child, renderer, limits),
            None => layout::Node::new(Size::ZERO),
        };
        layout::Node::with_children(limits.max(), vec![content])
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        operation.container(Some(&Id::from(self.name.clone().into_owned())), layout.bounds());
        operation.traverse(&mut |operation| self.run(tree, layout, renderer, operation));
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let memory = tree.state.downcast_mut::<Memory>();
        if memory.name.as_ref() != Some(&self.name) {
            memory.name = Some(self.name.clone());
            let first: Box<dyn Operation> = match &self.autofocus {
                Some(id) => Box::new(focusable::focus(Id::from(id.clone().into_owned()))),
                None => Box::new(focusable::unfocus()),
            };
            self.run_chain(tree, layout, renderer, first);
            shell.request_redraw();
        }
        let pressed = match event {
            Event::Mouse(mouse::Event::ButtonPressed(_)) => cursor.position(),
            Event::Touch(touch::Event::FingerPressed { position, .. }) => Some(*position),
            _ => None,
        };
        if let Some(point) = pressed {
            self.run_chain(tree, layout, renderer, Box::new(Survey::of(Wish::Press(point))));
        }
        let key_pressed = matches!(event, Event::Keyboard(keyboard::Event::KeyPressed { .. }));
        if let (true, Some(message)) = (pressed.is_some() || key_pressed, &self.on_activity) {
            shell.publish(message.clone());
        }
        if let (Some(child), Some(layout)) = (tree.children.first_mut(), layout.children().next()) {
            self.content
                .as_widget_mut()
                .update(child, event, layout, cursor, renderer, clipboard, shell, viewport);
        }
        if let Event::Keyboard(keyboard::Event::KeyPressed { key: Key::Named(key), modifiers, .. }) = event
            && !shell.is_event_captured()
        {
            let moved: Option<Box<dyn Operation>> = match key {
                Named::Tab if modifiers.shift() => Some(Box::new(focusable::focus_previous())),
                Named::Tab => Some(Box::new(focusable::focus_next())),
                Named::ArrowUp => Some(Box::new(Survey::of(Wish::Toward(Vector::new(0.0, -1.0))))),
                Named::ArrowDown => Some(Box::new(Survey::of(Wish::Toward(Vector::new(0.0, 1.0))))),
                Named::ArrowLeft => Some(Box::new(Survey::of(Wish::Toward(Vector::new(-1.0, 0.0))))),
                Named::ArrowRight => Some(Box::new(Survey::of(Wish::Toward(Vector::new(1.0, 0.0))))),
                _ => None,
            };
            let wish = match key {
                Named::Escape => &self.on_escape,
                Named::Enter => &self.on_enter,
                _ => &None,
            };
            if let Some(message) = wish {
                shell.capture_event();
                shell.publish(message.clone());
            }
            if let Some(operation) = moved {
                shell.capture_event();
                self.run_chain(tree, layout, renderer, operation);
                shell.request_redraw();
            }
        }
        if matches!(event, Event::Window(window::Event::RedrawRequested(_))) && self.on_layout.is_some() {
            let mut collect = report::Collect::default();
            self.run(tree, layout, renderer, &mut collect);
            let size = layout.bounds().size();
            let now = report::Layout {
                screen: self.name.clone().into_owned(),
                size: [size.width, size.height],
                controls: collect.controls,
                texts: collect.texts,
            };
            let memory = tree.state.downcast_mut::<Memory>();
            if let (true, Some(message)) = (memory.told != now, &self.on_layout) {
                memory.told = now.clone();
                shell.publish(message(now));
            }
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        if let (Some(child), Some(layout)) = (tree.children.first(), layout.children().next()) {
            self.content.as_widget().draw(child, renderer, theme, style, layout, cursor, viewport);
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        match (tree.children.first(), layout.children().next()) {
            (Some(child), Some(layout)) => {
                self.content.as_widget().mouse_interaction(child, layout, cursor, viewport, renderer)
            }
            _ => mouse::Interaction::default(),
        }
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        let (child, layout) = (tree.children.first_mut()?, layout.children().next()?);
        self.content.as_widget_mut().overlay(child, layout, renderer, viewport, translation)
    }
}

impl<'a, Message: Clone + 'a> From<Stage<'a, Message>> for Element<'a, Message> {
    fn from(stage: Stage<'a, Message>) -> Self {
        Element::new(stage)
    }
}

/// What should happen to the focus.
#[derive(Clone, Copy)]
enum Wish {
    /// A pointer goes down: an entry there takes the focus; a key of the screen leaves it where it is; elsewhere a button
    /// loses it, because its ring is for those who use the keyboard.
    Press(Point),
    /// To the nearest control on this side.
    Toward(Vector),
}

/// Looks where the controls are, then decides.
struct Survey {
    wish: Wish,
    found: Vec<Found>,
    translation: Vector,
}

struct Found {
    bounds: Rectangle,
    role: Role,
    enabled: bool,
    focused: bool,
}

impl Survey {
    fn of(wish: Wish) -> Self {
        Self { wish, found: Vec::new(), translation: Vector::ZERO }
    }

    fn nearest(&self, side: Vector) -> Option<usize> {
        let can = |found: &&Found| found.enabled && found.role != Role::Key;
        let Some(from) = self.found.iter().filter(can).find(|found| found.focused) else {
            return self.found.iter().position(|found| can(&found));
        };
        let center = from.bounds.center();
        let distance = |found: &Found| {
            let way = found.bounds.center() - center;
            let along = way.x * side.x + way.y * side.y;
            let across = (way.x * side.y).abs() + (way.y * side.x).abs();
            (along > 1.0).then_some(along + 2.0 * across)
        };
        let candidates = self.found.iter().enumerate().filter(|(_, found)| can(found));
        candidates
            .filter_map(|(at, found)| distance(found).map(|distance| (at, distance)))
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(at, _)| at)
    }
}

impl Operation for Survey {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        let translation = self.translation;
        operate(self);
        self.translation = translation;
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        _bounds: Rectangle,
        _content_bounds: Rectangle,
        translation: Vector,
        _state: &mut dyn Scrollable,
    ) {
        self.translation -= translation;
    }

    fn custom(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
        if let Some(state) = state.downcast_ref::<control::State>() {
            let bounds = bounds + self.translation;
            let (role, enabled, focused) = (state.role, state.enabled, state.focused);
            self.found.push(Found { bounds, role, enabled, focused });
        }
    }

    fn finish(&self) -> Outcome<()> {
        let change = match self.wish {
            Wish::Toward(side) => self.nearest(side).map(Change::Focus),
            Wish::Press(point) => {
                let hit = self.found.iter().rposition(|found| found.bounds.contains(point));
                match hit.and_then(|at| self.found.get(at).map(|found| (at, found.role))) {
                    Some((at, Role::Entry)) => Some(Change::Focus(at)),
                    Some((_, Role::Key)) => None,
                    Some((_, Role::Button)) | None => Some(Change::ReleaseButtons),
                }
            }
        };
        match change {
            Some(change) => Outcome::Chain(Box::new(Apply { change, at: 0, here: false })),
            None => Outcome::None,
        }
    }
}

#[derive(Clone, Copy)]
enum Change {
    /// The control with this place among all that were found.
    Focus(usize),
    ReleaseButtons,
}

struct Apply {
    change: Change,
    at: usize,
    here: bool,
}

impl Operation for Apply {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn custom(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Any) {
        let Some(state) = state.downcast_mut::<control::State>() else { return };
        match self.change {
            Change::Focus(target) => self.here = target == self.at,
            Change::ReleaseButtons if state.role == Role::Button => state.unfocus(),
            Change::ReleaseButtons => {}
        }
        self.at += 1;
    }

    fn focusable(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        match self.change {
            Change::Focus(_) if std::mem::take(&mut self.here) => state.focus(),
            Change::Focus(_) => state.unfocus(),
            Change::ReleaseButtons => {}
        }
    }
}
