//! When a keyring that did not answer is asked again, with growing waits. It must not know what it is asked for.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::{moment::later, redate::Redate};

/// The keyring may ask the person; after this time we continue without its answer.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

const FIRST: Duration = Duration::from_secs(5);
const LONGEST: Duration = Duration::from_secs(300);

/// See the module.
#[derive(Debug)]
pub(super) struct AskAgain {
    at: Option<Timestamp>,
    wait: Duration,
}

impl Default for AskAgain {
    fn default() -> Self {
        Self { at: None, wait: FIRST }
    }
}

impl AskAgain {
    /// The keyring did not answer, or failed.
    pub(super) fn failed(&mut self, now: Timestamp) {
        self.at = Some(later(now, self.wait));
        self.wait = (self.wait * 2).min(LONGEST);
    }

    /// It answered.
    pub(super) fn answered(&mut self) {
        *self = Self::default();
    }

    /// When it is due.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.at
    }

    /// True once when it is due.
    pub(super) fn is_due(&mut self, now: Timestamp) -> bool {
        self.at.take_if(|at| *at <= now).is_some()
    }
}

impl Redate for AskAgain {
    fn redate(&mut self, by: SignedDuration) {
        let Self { at, wait: _ } = self;
        at.redate(by);
    }
}
