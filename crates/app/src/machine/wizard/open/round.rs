//! One kind of check while somebody types: when it is due, which one is awaited, and until when. The newest counts.
//!
//! It does not know what is checked.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::{moment::later, redate::Redate};

/// How long after the last key a value is checked, and a draft kept.
pub(super) const PAUSE: Duration = Duration::from_millis(500);

/// A check ends earlier by itself; one whose answer got lost is asked again after this.
const LIMIT: Duration = Duration::from_secs(60);

/// See the module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CheckRound {
    /// Nothing is to be checked.
    Idle,
    /// It begins at this moment.
    Due(Timestamp),
    /// It is awaited.
    Asked {
        /// Its number.
        check: u64,
        /// When it is asked again.
        until: Timestamp,
    },
}

impl CheckRound {
    /// A value was typed: a check that is under way does not count any more.
    pub(super) fn typed(now: Timestamp) -> Self {
        Self::Due(later(now, PAUSE))
    }

    /// This check was asked for.
    pub(super) fn asked(check: u64, now: Timestamp) -> Self {
        Self::Asked { check, until: later(now, LIMIT) }
    }

    /// This check was answered; false if nobody waits for it.
    pub(super) fn answered(&mut self, number: u64) -> bool {
        let awaited = matches!(self, Self::Asked { check, .. } if *check == number);
        if awaited {
            *self = Self::Idle;
        }
        awaited
    }

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        match self {
            Self::Idle => None,
            Self::Due(at) | Self::Asked { check: _, until: at } => Some(*at),
        }
    }

    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        self.deadline().is_some_and(|at| at <= now)
    }
}

impl Redate for CheckRound {
    fn redate(&mut self, by: SignedDuration) {
        match self {
            Self::Idle => {}
            Self::Due(at) | Self::Asked { check: _, until: at } => at.redate(by),
        }
    }
}
