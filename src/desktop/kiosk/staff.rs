//! The staff's way out of full screen, and to the camera's settings: five touches of the hidden corner or Ctrl and F12, then a
//! code of its own. Wrong codes close it for a while, and a restart does not forgive them.

use iced::Fill;
use iced::widget::{column, container};
use jiff::{SignedDuration, Timestamp};

use super::page::{Frame, Page};
use crate::desktop::Element;
use crate::desktop::icon::Icon;
use crate::desktop::widget::{Edit, Entry, Line, Scene, button, keypad, notice};
use crate::store::settings::WayOut;

/// Touches of the hidden corner that open the question, within so many seconds.
const TOUCHES: u8 = 5;
const WITHIN: u64 = 5;
/// Wrong codes until the way out is closed, for so long.
const MOST_WRONG: u8 = 5;
const CLOSED: SignedDuration = SignedDuration::from_mins(10);

#[derive(Debug, Clone)]
pub enum Message {
    /// The hidden corner was touched.
    Corner,
    /// The keys for it were pressed.
    Called,
    Edited(Edit),
    Submitted(Wish),
    Closed,
}

/// What staff want.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    Leave,
    Camera,
}

pub enum Action {
    None,
    /// A code was wrong: to be kept.
    Remember(WayOut),
    /// The code was right: wrong ones before it are forgiven.
    Granted(Wish),
}

/// See the module.
#[derive(Debug, Default)]
pub struct Staff {
    touches: u8,
    since: u64,
    way_out: WayOut,
    asked: Option<Asked>,
}

/// The question for the code.
#[derive(Debug, Default)]
struct Asked {
    line: Line,
    wrong: bool,
}

impl Staff {
    /// With the wrong codes from before the start.
    pub fn remembered(way_out: WayOut) -> Self {
        Self { way_out, ..Self::default() }
    }

    /// Whether the code is being asked for.
    pub fn asks(&self) -> bool {
        self.asked.is_some()
    }

    pub fn close(&mut self) {
        self.asked = None;
    }

    /// A second has passed; `second` counts from the start.
    pub fn tick(&mut self, second: u64) {
        if self.touches > 0 && second > self.since + WITHIN {
            self.touches = 0;
        }
    }

    /// `there`: whether this terminal has a code at all; `check` compares one.
    pub fn update(
        &mut self,
        message: Message,
        second: u64,
        now: Timestamp,
        there: bool,
        check: impl Fn(&str) -> bool,
    ) -> Action {
        match message {
            Message::Corner => {
                if self.touches == 0 {
                    self.since = second;
                }
                self.touches += 1;
                if self.touches >= TOUCHES {
                    self.touches = 0;
                    self.asked = there.then(Asked::default);
                }
            }
            Message::Called if self.asked.is_none() => self.asked = there.then(Asked::default),
            Message::Called => {}
            Message::Closed => self.asked = None,
            Message::Edited(edit) => {
                if let Some(asked) = &mut self.asked {
                    asked.wrong = false;
                    asked.line.apply(edit);
                }
            }
            Message::Submitted(wish) => return self.submitted(wish, now, check),
        }
        Action::None
    }

    fn submitted(&mut self, wish: Wish, now: Timestamp, check: impl Fn(&str) -> bool) -> Action {
        let closed = self.closed(now);
        let Some(asked) = &mut self.asked else { return Action::None };
        if closed || asked.line.is_empty() {
            return Action::None;
        }
        let code = asked.line.text();
        asked.line.clear();
        if check(&code) {
            (self.asked, self.way_out) = (None, WayOut::default());
            return Action::Granted(wish);
        }
        asked.wrong = true;
        let wrong = self.way_out.wrong.saturating_add(1);
        self.way_out = if wrong >= MOST_WRONG {
            WayOut { wrong: 0, closed_until: now.checked_add(CLOSED).ok() }
        } else {
            WayOut { wrong, closed_until: None }
        };
        tracing::warn!(wrong, "a wrong code for the staff's way out");
        Action::Remember(self.way_out)
    }

    /// A clock that was set back does not close it for longer than it was closed for.
    fn closed(&self, now: Timestamp) -> bool {
        self.way_out.closed_until.is_some_and(|until| now < until && until.duration_since(now) <= CLOSED)
    }

    /// None while no code is asked for.
    pub fn page<'a>(&'a self, scene: Scene<'a>, now: Timestamp) -> Option<Page<'a, Message>> {
        let asked = self.asked.as_ref()?;
        let Scene { theme, texts, .. } = scene;
        let closed = self.closed(now);
        let body: Element<'a, Message> = if closed {
            notice::notice(theme, notice::Kind::Warning, texts.kiosk_exit_locked(), None)
        } else {
            let entry = Entry::new("exit-code", texts.kiosk_exit_code(), &asked.line, Message::Edited)
                .masked(true)
                .icon(Icon::LockKeyhole)
                .error(asked.wrong.then(|| texts.kiosk_exit_wrong()))
                .on_submit(Message::Submitted(Wish::Leave));
            column![entry.view(theme), container(keypad::view(scene, Message::Edited)).center_x(Fill)]
                .spacing(theme.space.l)
                .into()
        };
        let may = !closed && !asked.line.is_empty();
        let wish = |wish: Wish| may.then_some(Message::Submitted(wish));
        let close = button(theme, "close", texts.kiosk_exit_close()).secondary().on_press(Message::Closed);
        let camera = button::with_icon(theme, "exit-camera", Icon::Camera, texts.kiosk_camera_title())
            .secondary()
            .on_press_maybe(wish(Wish::Camera));
        let leave = button::with_icon(theme, "exit", Icon::LogOut, texts.kiosk_exit_leave())
            .width(Fill)
            .on_press_maybe(wish(Wish::Leave));
        let page = Page::new("staff-exit", texts.kiosk_exit_title(), body)
            .action(close)
            .action(camera)
            .action(leave)
            .autofocus("exit-code")
            .frame(Frame::Top);
        Some(page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn type_into(staff: &mut Staff, code: &str, now: Timestamp) {
        for figure in code.chars() {
            let _ = staff.update(Message::Edited(Edit::Insert(figure)), 0, now, true, |_| false);
        }
    }

    #[test]
    fn five_wrong_codes_close_it_and_a_restart_does_not_open_it() {
        let start = Timestamp::UNIX_EPOCH;
        let mut staff = Staff::default();
        let mut kept = WayOut::default();
        let _ = staff.update(Message::Called, 0, start, true, |_| false);
        for _ in 0..MOST_WRONG {
            type_into(&mut staff, "1", start);
            match staff.update(Message::Submitted(Wish::Leave), 0, start, true, |code| code == "4711") {
                Action::Remember(way_out) => kept = way_out,
                _ => panic!("a wrong code was taken"),
            }
        }
        for (after, opens) in [(1, false), (599, false), (600, true), (-3_600, true)] {
            let now = start + SignedDuration::from_secs(after);
            let mut staff = Staff::remembered(kept);
            let _ = staff.update(Message::Called, 0, now, true, |_| true);
            type_into(&mut staff, "4711", now);
            let action = staff.update(Message::Submitted(Wish::Leave), 0, now, true, |code| code == "4711");
            assert_eq!(matches!(action, Action::Granted(..)), opens, "{after} s later");
        }
    }

    #[test]
    fn five_touches_ask_for_the_code_and_four_in_time_do_not() {
        let mut staff = Staff::default();
        let mut touch = |second| {
            staff.tick(second);
            let _ = staff.update(Message::Corner, second, Timestamp::UNIX_EPOCH, true, |_| false);
            staff.asks()
        };
        assert!([0, 1, 2, 3].into_iter().all(|second| !touch(second)));
        assert!([20, 21, 22, 23].into_iter().all(|second| !touch(second)));
        assert!(touch(24));
    }
}
