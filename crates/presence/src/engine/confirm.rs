//! Whether a write was seen: up to two reads, some time apart, because Graph's reads may lag.
//!
//! Counts looks; what follows from them is decided elsewhere.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::Engine;
use crate::{moment::later, redate::Redate};

/// How many reads a write has to become visible.
const LOOKS: u8 = 2;

/// What has been seen of the last write to one channel.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trail {
    /// When the next look is due; none if nothing more is expected.
    pub(super) look: Option<Timestamp>,
    misses: u8,
    /// The value was seen.
    pub(super) seen: bool,
    /// The write was not answered with success: it may have arrived or not.
    pub(super) doubt: bool,
}

impl Trail {
    /// Nothing is expected: after a start, and for a session that only carries a preferred presence.
    pub(super) const fn quiet() -> Self {
        Self { look: None, misses: 0, seen: false, doubt: false }
    }

    /// A write was answered with success.
    pub(super) const fn begun(look: Timestamp) -> Self {
        Self { look: Some(look), misses: 0, seen: false, doubt: false }
    }

    /// A write failed.
    pub(super) const fn in_doubt(look: Option<Timestamp>) -> Self {
        Self { look, misses: 0, seen: false, doubt: true }
    }

    /// True if every look was taken and none showed it.
    pub(super) fn was_looked_for_in_vain(&self) -> bool {
        self.misses >= LOOKS && !self.seen
    }

    /// Takes one reading that left at `at`. One that left before the look was due counts only if it shows the
    /// value.
    pub(super) fn take(&mut self, is_visible: bool, at: Timestamp, apart: Duration) {
        if is_visible {
            *self = Self { look: None, seen: true, doubt: false, ..*self };
        } else if self.look.is_some_and(|look| at >= look) {
            self.misses = self.misses.saturating_add(1);
            self.look = (self.misses < LOOKS).then(|| later(at, apart));
        }
    }
}

impl Engine {
    /// When the next look is due.
    pub(super) fn next_look(&self) -> Option<Timestamp> {
        let preferred = self.preferred.look.filter(|_| self.provenance.preferred.is_some());
        let session = self.session.look.filter(|_| self.provenance.session.is_some());
        [preferred, session].into_iter().flatten().min()
    }
}

impl Redate for Trail {
    fn redate(&mut self, by: SignedDuration) {
        let Self { look, misses: _, seen: _, doubt: _ } = self;
        look.redate(by);
    }
}
