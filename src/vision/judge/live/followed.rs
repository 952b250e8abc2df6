//! What the person wears and what is behind, while a camera runs. The network of classes takes longer than there is from one
//! frame to the next, so it runs in parts, in the time that the frames leave.

use std::time::Duration;

use crate::vision::classes::{ClassMap, Classes};
use crate::vision::crop;
use crate::vision::measure::{Lengths, Patch, View};
use crate::vision::mesh;
use crate::vision::picture::Pyramid;

use super::super::Seen;
use super::super::appearance::Appearance;

/// From the beginning of one run to that of the next at least.
const EVERY: Duration = Duration::from_millis(400);
/// A run that is not over after this, because frames leave no time, goes on with each frame …
const LATE: Duration = Duration::from_millis(600);
/// … for about so long.
const SHARE: Duration = Duration::from_millis(8);
/// A head that has moved further than this, by the distance between its eyes, is looked at anew.
const STAYS: f32 = 0.4;

/// The values of the last run, and what the present one looks at.
#[derive(Default)]
pub struct Followed {
    appearance: Option<Appearance>,
    /// Where the eyes were.
    eyes: [f32; 2],
    /// When the last run began; none before the first.
    begun: Option<Duration>,
    underway: Option<Looked>,
}

/// The frame that a run looks at, as far as it is measured by its map.
struct Looked {
    seen: Seen,
    patch: Patch,
    behind: View,
}

impl Followed {
    /// The values that hold for a head that is here.
    pub fn held(&mut self, lengths: &Lengths) -> Option<Appearance> {
        if mesh::distance(self.eyes, lengths.eyes) > STAYS * lengths.inter_eye {
            self.appearance = None;
        }
        self.appearance.clone()
    }

    /// Whether nothing was looked at yet, so that a first look is worth holding a frame up.
    pub fn is_new(&self) -> bool {
        self.begun.is_none()
    }

    /// A look all at once.
    pub fn look(
        &mut self,
        classes: &mut Classes,
        pyramid: &Pyramid<'_>,
        seen: &Seen,
        patch: &Patch,
        now: Duration,
    ) {
        let map = classes.map(pyramid, &seen.head, 1);
        self.begun = Some(now);
        self.take(seen, &map, patch, View::of(pyramid, &crop::first_wish(&seen.head)));
    }

    /// Begins a look at this frame where one is due.
    pub fn begin(
        &mut self,
        classes: &mut Classes,
        pyramid: &Pyramid<'_>,
        seen: Seen,
        patch: Patch,
        now: Duration,
    ) {
        if classes.is_running() || self.since(now).is_some_and(|since| since < EVERY) {
            return;
        }
        classes.begin(pyramid, &seen.head);
        let behind = View::of(pyramid, &crop::first_wish(&seen.head));
        self.begun = Some(now);
        self.underway = Some(Looked { seen, patch, behind });
    }

    /// When the frame that came `now` should stop to go on with a look that is late; none where none is.
    pub fn until(&self, classes: &Classes, now: Duration) -> Option<Duration> {
        let late = classes.is_running() && self.since(now).is_some_and(|since| since >= LATE);
        late.then_some(now + SHARE)
    }

    /// Goes on with a look as long as `more` says so.
    pub fn go_on(&mut self, classes: &mut Classes, more: impl FnMut() -> bool) {
        if let Some(map) = classes.go_on(more)
            && let Some(Looked { seen, patch, behind }) = self.underway.take()
        {
            self.take(&seen, &map, &patch, behind);
        }
    }

    fn take(&mut self, seen: &Seen, map: &ClassMap, patch: &Patch, behind: View) {
        self.appearance = Some(Appearance::of(seen, map, patch, behind));
        self.eyes = seen.lengths.eyes;
    }

    fn since(&self, now: Duration) -> Option<Duration> {
        self.begun.map(|begun| now.saturating_sub(begun))
    }
}
