//! How the review desk looks.

use iced::widget::{column, container, image, pin, row, scrollable, space, stack, text};
use iced::{Border, Center, Length};

use super::{Message, PHOTO, RULE_KEYS, Review, Step};
use crate::desktop::counter::action::{action, cap};
use crate::desktop::counter::{bar, names};
use crate::desktop::icon::Icon;
use crate::desktop::theme::style;
use crate::desktop::widget::button::{self, Kind};
use crate::desktop::widget::{Entry, Scene, notice, words};
use crate::desktop::{Element, Theme, font};
use crate::domain::person::Language;
use crate::domain::photo::{Rule, Weight};
use crate::sync::answer::order::{Finding, Limit, Order};
use crate::texts::Texts;

impl Review {
    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let theme = scene.theme;
        let Some(order) = self.order() else { return self.empty(scene) };
        let middle = match self.step {
            Step::Looking => self.looking(scene, order),
            Step::Choosing => self.choosing(scene),
            Step::Writing(rule) => self.writing(scene, rule),
        };
        row![
            container(self.picture(scene, order)).width(Length::Shrink),
            container(middle)
                .width(Length::Fill)
                .height(Length::Fill)
                .padding(theme.space.l)
                .style(style::card),
            self.queue_list(scene),
        ]
        .spacing(theme.space.l)
        .padding(theme.space.l)
        .into()
    }

    fn empty<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        if let Some(trouble) = self.trouble {
            let (kind, what, help) = trouble.words(texts);
            return container(container(notice(theme, kind, what, Some(help))).width(560.0))
                .center(Length::Fill)
                .into();
        }
        let (icon, what, help) = if self.read {
            (
                Icon::CircleCheckBig,
                texts.counter_review_empty(),
                texts.counter_review_empty_help(self.decided),
            )
        } else {
            (Icon::Hourglass, texts.counter_waiting(), String::new())
        };
        let reload = action(theme, "reload", "F5", Icon::RefreshCw, texts.counter_reload(), Kind::Secondary)
            .on_press(Message::Reloaded);
        let content = column![icon.view(96.0), words::heading(theme, what), words::body(theme, help), reload]
            .spacing(theme.space.m)
            .align_x(Center);
        container(container(content).center(Length::Fill).style(style::sunken)).padding(theme.space.l).into()
    }

    /// The photo with every finding drawn where it is.
    fn picture<'a>(&'a self, scene: Scene<'a>, order: &'a Order) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let Some(photo) = &self.photo else {
            return container(words::caption(theme, texts.counter_photo_loading()))
                .center_x(PHOTO * 77 / 100)
                .center_y(PHOTO)
                .style(style::sunken)
                .into();
        };
        // smaller where the window is lower, and the marks with it
        let height = (scene.size.height - bar::HEIGHT - 2.0 * theme.space.l).min(photo.height as f32);
        let width = height * photo.width as f32 / photo.height.max(1) as f32;
        let shown = image(photo.handle.clone()).width(width).height(height);
        let marks = order.photo.findings.iter().enumerate().filter_map(|(at, finding)| {
            let [x, y, w, h] = finding.region?;
            let color = mood(finding).look(theme).1;
            let number = container(text(format!("{}", at + 1)).size(theme.text.caption).font(font::BOLD))
                .padding([1.0, 7.0])
                .style(move |theme: &Theme| container::Style {
                    background: Some(color.into()),
                    text_color: Some(theme.color.surface),
                    ..container::Style::default()
                });
            let frame = container(number).width((w * width).max(24.0)).height((h * height).max(24.0)).style(
                move |_: &Theme| container::Style {
                    border: Border { color, width: 3.0, radius: 4.0.into() },
                    ..container::Style::default()
                },
            );
            Some(
                pin(frame)
                    .x((x * width).clamp(0.0, width - 24.0))
                    .y((y * height).clamp(0.0, height - 24.0))
                    .into(),
            )
        });
        container(stack(std::iter::once(shown.into()).chain(marks)))
            .clip(true)
            .width(width)
            .height(height)
            .into()
    }

    fn looking<'a>(&'a self, scene: Scene<'a>, order: &'a Order) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let findings = order.photo.findings.iter().enumerate().map(|(at, finding)| {
            let (icon, color, ground) = mood(finding).look(theme);
            let title = Rule::from_code(&finding.rule)
                .map_or_else(|| texts.counter_unknown(), |found| texts.rule_title(found));
            let radius = theme.radius.medium;
            container(
                row![
                    words::strong(theme, format!("{}", at + 1)),
                    icon.view(theme.text.lead),
                    column![
                        words::strong(theme, title),
                        words::caption(theme, measured(texts, finding))
                            .style(move |_| text::Style { color: Some(color) }),
                    ],
                ]
                .spacing(theme.space.m)
                .align_y(Center),
            )
            .padding(theme.space.s)
            .width(Length::Fill)
            .style(move |_| container::Style {
                background: Some(ground.into()),
                text_color: Some(color),
                border: Border { color, width: 1.0, radius: radius.into() },
                ..container::Style::default()
            })
            .into()
        });
        let insisted = order.photo.insisted.then(|| {
            notice(theme, notice::Kind::Info, texts.counter_insisted(), Some(texts.counter_insisted_help()))
        });
        let none = order
            .photo
            .findings
            .is_empty()
            .then(|| words::body(theme, texts.counter_no_findings()).style(style::muted));
        let actions = row![
            action(theme, "accept", "A", Icon::Check, texts.counter_accept(), Kind::Primary)
                .on_press_maybe((!self.waiting).then_some(Message::Accepted)),
            action(theme, "refuse", "R", Icon::X, texts.counter_refuse(), Kind::Danger)
                .on_press_maybe((!self.waiting).then_some(Message::Refused)),
        ]
        .spacing(theme.space.m);
        column![
            words::title(theme, texts.counter_review()),
            row![
                words::lead(theme, names::order_number(&order.number)),
                words::lead(theme, names::reason(texts, &order.reason)).style(style::muted),
            ]
            .spacing(theme.space.l),
        ]
        .push(insisted)
        .push(words::heading(theme, texts.counter_findings()))
        .extend(findings)
        .push(none)
        .push(signed(scene, order))
        .push(self.said(scene))
        .push(space().height(Length::Fill))
        .push(words::body(theme, texts.counter_review_hint()).style(style::muted))
        .push(actions)
        .spacing(theme.space.m)
        .into()
    }

    fn said<'a>(&self, scene: Scene<'a>) -> Option<Element<'a, Message>> {
        let (kind, what, help) = self.trouble?.words(scene.texts);
        Some(notice(scene.theme, kind, what, Some(help)))
    }

    fn choosing<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let rules = Rule::ALL.into_iter().enumerate().map(|(at, broken)| {
            let key = RULE_KEYS.get(at..=at).unwrap_or("");
            let says = row![cap(theme, key), words::strong(theme, texts.rule_title(broken))]
                .spacing(theme.space.m)
                .align_y(Center);
            button::tile(theme, format!("rule-{}", broken.code()), texts.rule_title(broken), says)
                .kind(Kind::Row)
                .height(theme.target)
                .padding([0.0, theme.space.m])
                .selected(at == self.marked)
                .on_press(Message::Chose(broken))
                .into()
        });
        column![
            words::title(theme, texts.counter_which_rule()),
            words::body(theme, texts.counter_which_rule_help()).style(style::muted),
            scrollable(column(rules).spacing(4.0).padding(4.0)).spacing(theme.space.xs).height(Length::Fill),
        ]
        .spacing(theme.space.m)
        .into()
    }

    fn writing<'a>(&'a self, scene: Scene<'a>, broken: Rule) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let actions = row![
            action(theme, "send", "Enter", Icon::Check, texts.counter_refuse_now(), Kind::Danger)
                .on_press_maybe((!self.waiting).then_some(Message::Submitted)),
            action(
                theme,
                "translate",
                "F6",
                Icon::Languages,
                texts.counter_other_language(),
                Kind::Secondary
            )
            .on_press(Message::Translated),
            action(theme, "back", "Esc", Icon::ArrowLeft, texts.counter_back(), Kind::Quiet)
                .on_press(Message::Escaped),
        ]
        .spacing(theme.space.m);
        column![
            words::title(theme, texts.counter_words_title()),
            notice(theme, notice::Kind::Danger, texts.rule_title(broken), None),
            Entry::new("words", texts.counter_words_label(), &self.words, Message::Edited)
                .icon(Icon::Pencil)
                .on_submit(Message::Submitted)
                .view(theme),
            self.spoken(scene),
            words::body(theme, texts.counter_words_help()).style(style::muted),
        ]
        .push(self.said(scene))
        .push(space().height(Length::Fill))
        .push(actions.wrap())
        .spacing(theme.space.m)
        .into()
    }

    /// In which language the student reads, and whether the words are in another.
    fn spoken<'a>(&self, scene: Scene<'a>) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let theirs = self.students_language();
        let name = texts.name_of(theirs);
        if self.language == theirs {
            return row![
                Icon::Languages.view(theme.text.lead),
                words::body(theme, texts.counter_words_language(name)),
            ]
            .spacing(theme.space.s)
            .align_y(Center)
            .into();
        }
        notice(theme, notice::Kind::Warning, texts.counter_words_other_language(name), None)
    }

    fn queue_list<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (theme, texts) = (scene.theme, scene.texts);
        let rows = self.queue.iter().enumerate().map(|(at, order)| {
            let line = row![
                words::strong(theme, names::order_number(&order.number)).width(Length::Fill),
                words::caption(theme, texts.counter_findings_count(order.photo.findings.len())),
            ]
            .align_y(Center);
            button::tile(theme, format!("queue-{at}"), order.number.clone(), line)
                .kind(Kind::Row)
                .height(theme.target)
                .padding([0.0, theme.space.m])
                .selected(at == self.at)
                .on_press(Message::Picked(at))
                .into()
        });
        column![
            words::heading(theme, texts.counter_queue(self.queue.len())),
            scrollable(column(rows).spacing(2.0).padding(4.0)).spacing(theme.space.xs).height(Length::Fill),
            words::caption(theme, texts.counter_decided(self.decided)),
        ]
        .spacing(theme.space.m)
        .width(300.0)
        .into()
    }
}

/// By whom and by which rules the photo was judged, and whether that is signed.
fn signed<'a>(scene: Scene<'a>, order: &Order) -> Element<'a, Message> {
    let (theme, texts, photo) = (scene.theme, scene.texts, &order.photo);
    let (icon, says) = match &photo.signed_by {
        Some(by) => {
            let (terminal, program) = (by.terminal.clone(), by.program.clone());
            (Icon::BadgeCheck, texts.counter_report_signed(photo.policy.clone(), program, terminal))
        }
        None => (Icon::CircleHelp, texts.counter_report_unsigned(photo.policy.clone())),
    };
    row![icon.view(theme.text.lead), words::caption(theme, says).width(Length::Fill)]
        .spacing(theme.space.s)
        .align_y(Center)
        .into()
}

fn mood(finding: &Finding) -> notice::Kind {
    match Weight::from_code(&finding.weight) {
        Some(Weight::Hard) => notice::Kind::Danger,
        Some(Weight::Soft) => notice::Kind::Warning,
        Some(Weight::Advice) | None => notice::Kind::Info,
    }
}

/// The measured value beside its limit.
fn measured(texts: &Texts, finding: &Finding) -> String {
    let value = figure(texts, finding.measured);
    match finding.limit {
        Limit::AtLeast(low) => texts.counter_measured_least(figure(texts, low), value),
        Limit::AtMost(high) => texts.counter_measured_most(figure(texts, high), value),
        Limit::Between(low, high) => {
            texts.counter_measured_between(figure(texts, low), value, figure(texts, high))
        }
    }
}

/// A figure with as many digits as say something, and the language's own mark.
fn figure(texts: &Texts, value: f32) -> String {
    let figure = match value.abs() {
        0.0..1.0 => format!("{value:.3}"),
        1.0..20.0 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    };
    match texts.language() {
        Language::English => figure,
        Language::Bokmal | Language::Nynorsk => figure.replace('.', ","),
    }
}
