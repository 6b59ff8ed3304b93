//! Something that was read of somebody, and how long it may be used.

use jiff::{SignedDuration, Timestamp};
use presence::redate::Redate;

/// What was read last.
#[derive(Debug, Clone)]
pub(super) struct Read<S> {
    pub(super) what: S,
    at: Timestamp,
    /// From this moment on it is too old to be used.
    until: Timestamp,
    aged: bool,
}

impl<S> Read<S> {
    pub(super) fn new(what: S, at: Timestamp, until: Timestamp) -> Self {
        Self { what, at, until, aged: false }
    }

    /// It was read again. Returns whether it was too old.
    pub(super) fn again(&mut self, at: Timestamp, until: Timestamp) -> bool {
        (self.at, self.until) = (at, until);
        std::mem::take(&mut self.aged)
    }

    /// What may be used.
    pub(super) fn fresh(&self) -> Option<&S> {
        (!self.aged).then_some(&self.what)
    }

    /// When it was read, if that is too long ago.
    pub(super) fn last_seen(&self) -> Option<Timestamp> {
        self.aged.then_some(self.at)
    }

    /// Returns whether it has become too old by now.
    pub(super) fn age(&mut self, now: Timestamp) -> bool {
        let ages = !self.aged && self.until <= now;
        self.aged |= ages;
        ages
    }
}

impl<S: Redate> Redate for Read<S> {
    fn redate(&mut self, by: SignedDuration) {
        let Self { what, at, until, aged: _ } = self;
        what.redate(by);
        at.redate(by);
        until.redate(by);
    }
}
