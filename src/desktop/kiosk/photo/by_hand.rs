//! A picture of one's own, cropped by hand: dragged, or moved, zoomed, leaned, turned and mirrored with buttons, which keys
//! press as well as fingers. What is seen is cut as the card photo will be; it is judged anew when the person is content.

use iced::advanced::mouse;
use iced::widget::canvas::{self, Canvas, Geometry, Path};
use iced::widget::{column, container, grid, image, row, stack};
use iced::{Center, ContentFit, Event, Length, Point, Rectangle, Renderer, Size, Vector, touch};

use super::{Message as Parent, review::Review};
use crate::desktop::icon::Icon;
use crate::desktop::kiosk::page::Page;
use crate::desktop::photo::eye::{Eye, Original};
use crate::desktop::pixels::Shown;
use crate::desktop::theme::style;
use crate::desktop::widget::drawing::{ellipse, line};
use crate::desktop::widget::{Scene, button, words};
use crate::desktop::{Element, Theme};
use crate::vision::crop;
use crate::vision::hand::Hand;

/// The control that ends it.
pub const DONE: &str = "crop-done";
/// What one press does: shares of the crop, times as large, radians.
const STEP: f32 = 0.04;
const ZOOM: f32 = 1.08;
const LEAN: f32 = 0.018;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Message {
    /// The picture was dragged by shares of what is seen.
    Dragged(Vector),
    /// By shares of the crop: what is shown goes this way.
    Moved(Vector),
    /// More than 1: larger.
    Zoomed(f32),
    /// Radians, clockwise.
    Leaned(f32),
    QuarterTurned,
    Flipped,
    /// As the rules would crop it.
    Automatic,
    Done,
}

/// See the module.
pub struct ByHand {
    /// What is gone back to.
    review: Review,
    /// How the picture was cropped before.
    before: Option<Hand>,
    original: Original,
    hand: Hand,
    shown: Shown,
    /// The crop is being judged.
    judging: bool,
}

impl ByHand {
    /// Begins where the picture is cropped now.
    pub fn start(review: Review, original: Original, eye: &Eye) -> Self {
        let hand = review.hand.unwrap_or(original.automatic);
        eye.sketch(hand);
        let (shown, before) = (review.card.shown.clone(), review.hand);
        Self { review, before, original, hand, shown, judging: false }
    }

    /// The photo as it was.
    pub fn back(self, eye: &Eye) -> Review {
        if self.judging {
            // the answer to a crop that is no longer wanted
            eye.cut(self.before);
            return Review { hand: self.before, making: true, ..self.review };
        }
        self.review
    }

    /// The crop that was judged; none is the automatic one.
    pub fn cropped(&self) -> Option<Hand> {
        (self.hand != self.original.automatic).then_some(self.hand)
    }

    pub fn update(&mut self, message: Message, eye: &Eye) {
        if self.judging {
            return;
        }
        let size = self.original.size;
        self.hand = match message {
            Message::Dragged(by) | Message::Moved(by) => self.hand.moved([-by.x, -by.y], size),
            Message::Zoomed(by) => self.hand.zoomed(by, size),
            Message::Leaned(by) => self.hand.turned(by, size),
            Message::QuarterTurned => self.hand.quarter_turned(size),
            Message::Flipped => self.hand.flipped(size),
            Message::Automatic => self.original.automatic,
            Message::Done => {
                self.judging = true;
                eye.cut(self.cropped());
                return;
            }
        };
        eye.sketch(self.hand);
    }

    /// The judge's thread has drawn the crop.
    pub fn hear(&mut self, eye: &Eye) {
        if let Some(shown) = eye.sketched() {
            self.shown = shown;
        }
    }

    /// The crop could not be judged: it can be changed.
    pub fn again(&mut self) {
        self.judging = false;
    }

    pub fn page<'a>(&'a self, scene: Scene<'a>) -> Page<'a, Parent> {
        let (theme, texts) = (scene.theme, scene.texts);
        let height = scene.size.height * if scene.portrait() { 0.43 } else { 0.66 };
        let size = Size::new(height * crop::RATIO, height);
        let picture = image(self.shown.handle.clone())
            .content_fit(ContentFit::Fill)
            .width(size.width)
            .height(size.height);
        let picture = container(stack![picture, Canvas::new(Guide).width(size.width).height(size.height)])
            .width(size.width)
            .height(size.height)
            .style(style::sunken);
        let controls = self.controls(scene);
        let body: Element<'a, Message> = if scene.portrait() {
            column![container(picture).center_x(Length::Fill), controls].spacing(theme.space.l).into()
        } else {
            row![picture, container(controls).width(Length::Fill)]
                .spacing(theme.space.xl)
                .align_y(Center)
                .into()
        };
        let says = if self.judging { texts.photo_checking() } else { texts.photo_crop_lead() };
        let done = button::with_icon(theme, DONE, Icon::Check, texts.photo_crop_done())
            .width(Length::Fill)
            .on_press_maybe((!self.judging).then_some(Message::Done));
        Page::new("photo-crop", texts.photo_crop(), body)
            .lead(says)
            .action(done)
            .autofocus(DONE)
            .on_enter(Message::Done)
            .map(Parent::ByHand)
    }

    fn controls<'a>(&self, scene: Scene<'a>) -> Element<'a, Message> {
        let (texts, go) = (scene.texts, |x, y| Message::Moved(Vector::new(x * STEP, y * STEP)));
        let control = |id, icon, says, message| control(scene, id, icon, says, message);
        let all = [
            control("crop-smaller", Icon::ZoomOut, texts.photo_crop_smaller(), Message::Zoomed(1.0 / ZOOM)),
            control("crop-larger", Icon::ZoomIn, texts.photo_crop_larger(), Message::Zoomed(ZOOM)),
            control("crop-lean-left", Icon::RotateCcw, texts.photo_crop_lean_left(), Message::Leaned(-LEAN)),
            control("crop-lean-right", Icon::RotateCw, texts.photo_crop_lean_right(), Message::Leaned(LEAN)),
            control("crop-left", Icon::ArrowLeft, texts.photo_crop_left(), go(-1.0, 0.0)),
            control("crop-right", Icon::ArrowRight, texts.photo_crop_right(), go(1.0, 0.0)),
            control("crop-up", Icon::ArrowUp, texts.photo_crop_up(), go(0.0, -1.0)),
            control("crop-down", Icon::ArrowDown, texts.photo_crop_down(), go(0.0, 1.0)),
            control(
                "crop-quarter",
                Icon::RotateCcwSquare,
                texts.photo_crop_quarter(),
                Message::QuarterTurned,
            ),
            control("crop-mirror", Icon::MoveHorizontal, texts.photo_crop_mirror(), Message::Flipped)
                .selected(self.hand.mirrored()),
            control("crop-automatic", Icon::Undo2, texts.photo_crop_automatic(), Message::Automatic),
        ];
        let columns = if scene.portrait() { 4 } else { 3 };
        grid(all.map(Element::from))
            .columns(columns)
            .spacing(scene.theme.space.s)
            .height(Length::Shrink)
            .into()
    }
}

/// An icon over a word or two.
fn control<'a>(
    scene: Scene<'a>,
    id: &'static str,
    icon: Icon,
    says: String,
    message: Message,
) -> button::Button<'a, Message> {
    let theme = scene.theme;
    let content =
        column![icon.view(theme.text.heading).style(style::primary), words::caption(theme, says.clone())]
            .spacing(theme.space.xs)
            .align_x(Center)
            .width(Length::Fill);
    button::tile(theme, id, says, content).padding([theme.space.m, theme.space.xs]).on_press(message)
}

/// Where the head goes, over the picture; takes what fingers and pointer do to it.
struct Guide;

impl canvas::Program<Message, Theme> for Guide {
    /// Where finger or pointer was last, while it is down.
    type State = Option<Point>;

    fn update(
        &self,
        last: &mut Option<Point>,
        event: &Event,
        bounds: Rectangle,
        cursor: mouse::Cursor,
    ) -> Option<canvas::Action<Message>> {
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerPressed { .. }) => {
                *last = Some(cursor.position_over(bounds)?);
                Some(canvas::Action::capture())
            }
            Event::Mouse(mouse::Event::CursorMoved { .. })
            | Event::Touch(touch::Event::FingerMoved { .. }) => {
                let (before, now) = ((*last)?, cursor.position()?);
                *last = Some(now);
                let by = Vector::new((now.x - before.x) / bounds.width, (now.y - before.y) / bounds.height);
                Some(canvas::Action::publish(Message::Dragged(by)).and_capture())
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerLifted { .. } | touch::Event::FingerLost { .. }) => {
                *last = None;
                None
            }
            Event::Mouse(mouse::Event::WheelScrolled { delta }) if cursor.is_over(bounds) => {
                let (mouse::ScrollDelta::Lines { y, .. } | mouse::ScrollDelta::Pixels { y, .. }) = delta;
                let by = if *y > 0.0 { ZOOM } else { 1.0 / ZOOM };
                Some(canvas::Action::publish(Message::Zoomed(by)).and_capture())
            }
            _ => None,
        }
    }

    fn draw(
        &self,
        _last: &Option<Point>,
        renderer: &Renderer,
        theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<Geometry> {
        let mut frame = canvas::Frame::new(renderer, bounds.size());
        let Size { width, height } = bounds.size();
        // crown to chin 72 % of the height, the eyes 42 % from the top: the first wish of the automatic crop
        let head = ellipse(Point::new(width * 0.5, height * 0.42), Vector::new(width * 0.31, height * 0.36));
        let eyes = |from: f32, to: f32| {
            Path::line(Point::new(width * from, height * 0.42), Point::new(width * to, height * 0.42))
        };
        for (color, thick) in [(theme.color.shade.scale_alpha(0.7), 5.0), (theme.color.on_shade, 2.5)] {
            frame.stroke(&head, line(color, thick));
            for (from, to) in [(0.06, 0.16), (0.84, 0.94)] {
                frame.stroke(&eyes(from, to), line(color, thick));
            }
        }
        vec![frame.into_geometry()]
    }

    fn mouse_interaction(
        &self,
        last: &Option<Point>,
        bounds: Rectangle,
        cursor: mouse::Cursor,
    ) -> mouse::Interaction {
        match (last, cursor.is_over(bounds)) {
            (Some(_), _) => mouse::Interaction::Grabbing,
            (None, true) => mouse::Interaction::Grab,
            (None, false) => mouse::Interaction::default(),
        }
    }
}
