//! What was done at a counter without the network and does not fit: looked at and settled by the clerk, in words.

use super::{Action, Handover, Said};
use crate::desktop::counter::office::Ask;
use crate::sync::answer::replica::Conflict;

/// The conflicts of this place that nobody has settled.
#[derive(Debug, Default)]
pub(super) struct Conflicts {
    list: Vec<Conflict>,
    marked: usize,
    open: bool,
}

impl Conflicts {
    pub(super) fn all(&self) -> &[Conflict] {
        &self.list
    }

    pub(super) fn marked(&self) -> usize {
        self.marked
    }

    /// The one that is looked at.
    pub(super) fn looked_at(&self) -> Option<&Conflict> {
        self.list.get(self.marked).filter(|_| self.open)
    }

    pub(super) fn mark(&mut self, by: i32) {
        let last = self.list.len().saturating_sub(1);
        self.marked = self.marked.saturating_add_signed(by as isize).min(last);
    }

    pub(super) fn pick(&mut self, row: usize) {
        self.marked = row.min(self.list.len().saturating_sub(1));
    }

    pub(super) fn close(&mut self) {
        self.open = false;
    }

    /// The server's list; the one that is looked at stays in sight.
    fn take(&mut self, list: Vec<Conflict>) {
        let id = self.list.get(self.marked).map(|conflict| conflict.id.clone());
        self.marked = list.iter().position(|conflict| Some(&conflict.id) == id.as_ref()).unwrap_or(0);
        self.open &= !list.is_empty();
        self.list = list;
    }
}

impl Handover {
    /// Whether there are any.
    pub fn has_conflicts(&self) -> bool {
        !self.conflicts.list.is_empty()
    }

    pub(super) fn open_conflicts(&mut self) -> Action {
        if self.has_conflicts() && self.own.is_none() {
            self.close();
            self.found = None;
            self.said = None;
            self.field.clear();
            self.conflicts.open = true;
        }
        Action::default()
    }

    pub(super) fn settle(&mut self, words: &str) -> Action {
        let Some(conflict) = self.conflicts.looked_at().map(|conflict| conflict.id.clone()) else {
            return Action::default();
        };
        if words.is_empty() {
            return Action::default();
        }
        self.asked(Ask::Settle { conflict, words: words.to_owned() })
    }

    pub(super) fn take_conflicts(&mut self, list: Vec<Conflict>) -> Action {
        self.conflicts.take(list);
        Action::default()
    }

    pub(super) fn settled(&mut self) -> Action {
        self.said = Some(Said::Settled);
        Action::ask(Ask::Conflicts)
    }
}
