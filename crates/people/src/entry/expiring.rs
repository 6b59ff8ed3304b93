//! A value that was read, and may be used for a limited time. It reads no clock.

use jiff::{SignedDuration, Timestamp};
use presence::redate::Redate;

/// The last value that was read.
#[derive(Debug, Clone)]
pub(super) struct Expiring<S> {
    pub(super) value: S,
    at: Timestamp,
    /// From this moment on the value may not be used.
    until: Timestamp,
    is_expired: bool,
}

impl<S> Expiring<S> {
    pub(super) fn new(value: S, at: Timestamp, until: Timestamp) -> Self {
        Self { value, at, until, is_expired: false }
    }

    /// Notes that the value was read again. Returns whether it had expired.
    pub(super) fn renew(&mut self, at: Timestamp, until: Timestamp) -> bool {
        (self.at, self.until) = (at, until);
        std::mem::take(&mut self.is_expired)
    }

    /// The value, unless it has expired.
    pub(super) fn fresh(&self) -> Option<&S> {
        (!self.is_expired).then_some(&self.value)
    }

    /// When the value was read, if it has expired.
    pub(super) fn last_seen(&self) -> Option<Timestamp> {
        self.is_expired.then_some(self.at)
    }

    /// Expires the value if its time is over. Returns whether it has just expired.
    pub(super) fn expire(&mut self, now: Timestamp) -> bool {
        let expires = !self.is_expired && self.until <= now;
        self.is_expired |= expires;
        expires
    }
}

impl<S: Redate> Redate for Expiring<S> {
    fn redate(&mut self, by: SignedDuration) {
        let Self { value, at, until, is_expired: _ } = self;
        value.redate(by);
        at.redate(by);
        until.redate(by);
    }
}
