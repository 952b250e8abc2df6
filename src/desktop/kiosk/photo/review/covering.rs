//! Asks why the head is covered, where the judge has found that it is: nobody has to take off what they wear for religious
//! or medical reasons.

use iced::widget::{column, container, row};
use iced::{Center, Length};

use crate::desktop::Element;
use crate::desktop::icon::Icon;
use crate::desktop::kiosk::photo::Message;
use crate::desktop::photo::card::Card;
use crate::desktop::theme::style;
use crate::desktop::widget::{Scene, button, words};
use crate::domain::photo::{Declared, Rule};

/// The controls that answer.
pub const YES: &str = "covering-yes";
pub const NO: &str = "covering-no";

/// The question, or the answer that was given; none where nobody has to be asked.
pub fn view<'a>(
    scene: Scene<'a>,
    card: &Card,
    declared: Declared,
    idle: bool,
) -> Option<Element<'a, Message>> {
    let (theme, texts) = (scene.theme, scene.texts);
    let found = card.findings.iter().any(|finding| finding.rule == Rule::HeadCovering);
    let answer = |covered| idle.then_some(Message::CoveringDeclared(covered));
    let content: Element<'a, Message> = match declared.head_covering {
        Some(true) => {
            let change = button::with_icon(theme, NO, Icon::Undo2, texts.photo_covering_change());
            row![
                Icon::CircleCheck.view(theme.text.heading).style(style::success),
                words::body(theme, texts.photo_covering_declared()).width(Length::Fill),
                change.quiet().on_press_maybe(answer(false)),
            ]
            .spacing(theme.space.m)
            .align_y(Center)
            .into()
        }
        said @ (None | Some(false)) if found => {
            let choice = |id, label, covered| {
                button::button(theme, id, label)
                    .secondary()
                    .width(Length::Fill)
                    .on_press_maybe(answer(covered))
            };
            let yes = choice(YES, texts.photo_covering_yes(), true);
            let no = choice(NO, texts.photo_covering_no(), false);
            column![
                words::strong(theme, texts.photo_covering()),
                words::body(theme, texts.photo_covering_help()),
            ]
            // who has said no is told by the finding to take it off, and can still change the answer
            .push(row![yes].push((said.is_none()).then_some(no)).spacing(theme.space.m))
            .spacing(theme.space.s)
            .into()
        }
        None | Some(false) => return None,
    };
    Some(container(content).padding(theme.space.m).width(Length::Fill).style(style::card).into())
}
