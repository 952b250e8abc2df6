//! Around every page: languages and colours above, title and steps, the buttons below; and the questions that stand before
//! everything else.

use iced::widget::{column, container, mouse_area, row, space, svg};
use iced::{Center, Fill, FillPortion};

use super::idle;
use super::page::{Frame, Page};
use super::session::Step;
use crate::desktop::icon::Icon;
use crate::desktop::theme::style;
use crate::desktop::widget::{Edit, Entry, Line, Scene, button, keypad, notice, ring, steps, words};
use crate::desktop::{Element, Theme};
use crate::domain::person::Language;

#[derive(Debug, Clone)]
pub enum Message {
    Language(Language),
    NextScheme,
    Back,
    StartOver,
    /// Still there.
    Stay,
    /// The hidden corner was touched.
    Corner,
    ExitEdited(Edit),
    ExitSubmitted,
    ExitClosed,
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
    let mut head = column![].spacing(theme.space.m);
    if let Some(step) = around.step {
        let at = Step::ALL.iter().position(|other| *other == step).map_or(1, |at| at + 1);
        let says = texts.kiosk_step(at as f64, Step::ALL.len() as f64);
        head = head.push(steps::steps(theme, at, Step::ALL.len(), says));
    }
    if !page.title.is_empty() {
        head = head.push(words::title(theme, page.title));
    }
    if let Some(lead) = page.lead {
        head = head.push(words::lead(theme, lead).style(style::muted));
    }
    let explained = page.aside.is_some();
    if let Some(aside) = page.aside {
        head = head.push(aside);
    }
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
    // lying, what is asked stands beside what it is answered with
    let beside = !scene.portrait() && !lit && (page.frame == Frame::Whole || explained);
    let content: Element<'a, M> = if !beside {
        column![top, head, container(page.body).height(Fill).width(Fill), foot].spacing(theme.space.m).into()
    } else {
        let left = container(head).width(FillPortion(2));
        let right = container(page.body).width(FillPortion(5)).height(Fill);
        column![top, row![left, right].spacing(margin).height(Fill), foot].spacing(theme.space.m).into()
    };
    container(content)
        .padding([theme.space.m, margin])
        .width(Fill)
        .height(Fill)
        .style(move |theme: &Theme| {
            let ground = if lit { theme.color.lamp } else { theme.color.background };
            let words = if lit { theme.color.on_lamp } else { theme.color.text };
            container::Style { text_color: Some(words), ..container::Style::default() }.background(ground)
        })
        .into()
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
        .on_press(wrap(Message::Corner));
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
    for (language, name) in [
        (Language::Bokmal, texts.language_nb()),
        (Language::Nynorsk, texts.language_nn()),
        (Language::English, texts.language_en()),
    ] {
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

/// The staff's way out.
#[derive(Debug, Default)]
pub struct Exit {
    pub line: Line,
    pub wrong: bool,
    /// Too many wrong codes.
    pub locked: bool,
}

impl Exit {
    pub fn page<'a>(&'a self, scene: Scene<'a>) -> Page<'a, Message> {
        let Scene { theme, texts, .. } = scene;
        let entry = Entry::new("exit-code", texts.kiosk_exit_code(), &self.line, Message::ExitEdited)
            .masked(true)
            .icon(Icon::LockKeyhole)
            .error(self.wrong.then(|| texts.kiosk_exit_wrong()))
            .on_submit(Message::ExitSubmitted);
        let body: Element<'a, Message> = if self.locked {
            notice::notice(theme, notice::Kind::Warning, texts.kiosk_exit_locked(), None)
        } else {
            column![entry.view(theme), container(keypad::view(scene, Message::ExitEdited)).center_x(Fill)]
                .spacing(theme.space.l)
                .into()
        };
        let close =
            button(theme, "close", texts.kiosk_exit_close()).secondary().on_press(Message::ExitClosed);
        let leave = button::with_icon(theme, "exit", Icon::LogOut, texts.kiosk_exit_leave())
            .width(Fill)
            .on_press_maybe((!self.locked && !self.line.is_empty()).then_some(Message::ExitSubmitted));
        Page::new("staff-exit", texts.kiosk_exit_title(), body)
            .action(close)
            .action(leave)
            .autofocus("exit-code")
            .frame(Frame::Top)
    }
}
