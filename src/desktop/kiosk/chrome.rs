//! Around every page: languages and colours above, title and steps, the buttons below; and the question whether
//! anybody is there.

use iced::widget::{column, container, mouse_area, row, space, svg};
use iced::{Center, Fill, FillPortion};

use super::idle;
use super::page::{Frame, Page};
use super::session::Step;
use super::staff;
use crate::desktop::Element;
use crate::desktop::icon::Icon;
use crate::desktop::theme::style;
use crate::desktop::widget::{Scene, button, ring, steps, words};
use crate::domain::person::Language;

#[derive(Debug, Clone)]
pub enum Message {
    Language(Language),
    NextScheme,
    Back,
    StartOver,
    /// Still there.
    Stay,
    Staff(staff::Message),
}

/// What the chrome shows besides the page.
#[derive(Debug, Clone, Copy, Default)]
pub struct Around {
    /// The step of an order that this page is.
    pub step: Option<Step>,
    /// The server does not answer.
    pub offline: bool,
}

/// The page at its place.
pub fn view<'a, M: Clone + 'a>(
    scene: Scene<'a>,
    page: Page<'a, M>,
    around: Around,
    wrap: impl Fn(Message) -> M + Copy + 'a,
) -> Element<'a, M> {
    let Scene { theme, texts, .. } = scene;
    let lit = page.frame == Frame::Lit;
    let steps = around.step.map(|step| {
        let at = Step::ALL.iter().position(|other| *other == step).map_or(1, |at| at + 1);
        steps::steps(theme, at, Step::ALL.len(), texts.kiosk_step(at as f64, Step::ALL.len() as f64))
    });
    let mut head = column![].spacing(theme.space.m);
    if !page.title.is_empty() {
        head = head.push(words::title(theme, page.title));
    }
    if let Some(lead) = page.lead {
        head = head.push(words::lead(theme, lead).style(style::muted));
    }
    let explained = page.aside.is_some();
    head = head.push(page.aside);
    let mut foot = row![].spacing(theme.space.s).align_y(Center);
    if page.frame != Frame::Top {
        let back = button::with_icon(theme, "back", Icon::ArrowLeft, texts.kiosk_back())
            .secondary()
            .on_press(wrap(Message::Back));
        foot = foot.push(back);
        if page.actions.is_empty() {
            foot = foot.push(space().width(Fill));
        }
    }
    foot = foot.extend(page.actions);
    let top = bar(scene, page.frame, around.offline, wrap);
    let margin = theme.space.xl;
    let fills = page.body.as_widget().size().height.is_fill();
    let body = container(page.body);
    let content = if !scene.portrait() && !lit && (page.frame == Frame::Whole || explained) {
        // lying, what is asked stands beside what it is answered with
        let left = column![steps, head].spacing(theme.space.m).width(FillPortion(2));
        let right = body.width(FillPortion(5)).height(Fill);
        column![top, row![left, right].spacing(margin).height(Fill), foot]
    } else if fills {
        column![top, steps, head, body.width(Fill).height(Fill), foot]
    } else {
        // upright, what is short stands where eyes and hands are: a third of the free height above it
        let (above, below) = (space().height(FillPortion(1)), space().height(FillPortion(2)));
        column![top, steps, above, head, body.width(Fill), below, foot]
    };
    container(content.spacing(theme.space.m)).padding([theme.space.m, margin]).width(Fill).height(Fill).into()
}

fn bar<'a, M: Clone + 'a>(
    scene: Scene<'a>,
    frame: Frame,
    offline: bool,
    wrap: impl Fn(Message) -> M + Copy + 'a,
) -> Element<'a, M> {
    let Scene { theme, texts, .. } = scene;
    // the hidden corner: five touches on the sign
    let sign = mouse_area(svg(theme.logo.clone()).width(theme.target * 0.75).height(theme.target * 0.75))
        .on_press(wrap(Message::Staff(staff::Message::Corner)));
    let mut bar = row![sign].spacing(theme.space.xs).align_y(Center);
    if frame != Frame::Top {
        let over = button::with_icon(theme, "start-over", Icon::RotateCcw, texts.kiosk_start_over())
            .quiet()
            .padding([0.0, theme.space.s])
            .on_press(wrap(Message::StartOver));
        bar = bar.push(over);
    }
    bar = bar.push(space().width(Fill));
    if offline {
        bar = bar.push(
            row![Icon::WifiOff.view(theme.text.lead), words::caption(theme, texts.kiosk_offline())]
                .spacing(theme.space.xs)
                .align_y(Center),
        );
    }
    for language in Language::ALL {
        let name = texts.name_of(language);
        let chosen = texts.language() == language;
        let choice = button(theme, format!("lang-{}", language.tag()), name)
            .kind(if chosen { button::Kind::Secondary } else { button::Kind::Quiet })
            .padding([0.0, theme.space.s])
            .on_press(wrap(Message::Language(language)));
        bar = bar.push(choice);
    }
    let scheme = button::icon(theme, "scheme", Icon::Contrast, texts.kiosk_scheme())
        .on_press(wrap(Message::NextScheme));
    bar.push(scheme).into()
}

/// Is anybody there?
pub fn idle<'a>(scene: Scene<'a>, left: u64) -> Page<'a, Message> {
    let Scene { theme, texts, .. } = scene;
    let share = left as f32 / idle::COUNTDOWN.as_secs_f32();
    let body = column![
        ring::ring(theme.target * 3.0, share, left.to_string()),
        words::lead(theme, texts.kiosk_idle_lead())
    ]
    .spacing(theme.space.xl)
    .align_x(Center);
    let stay = button::with_icon(theme, "stay", Icon::Hand, texts.kiosk_idle_stay())
        .width(Fill)
        .on_press(Message::Stay);
    let leave = button(theme, "leave", texts.kiosk_idle_leave()).secondary().on_press(Message::StartOver);
    Page::new("idle", texts.kiosk_idle_title(), container(body).center(Fill))
        .action(leave)
        .action(stay)
        .on_enter(Message::Stay)
        .frame(Frame::Top)
}
