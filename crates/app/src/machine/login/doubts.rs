//! How often a token that Graph refuses is renewed: once, and after that with growing waits. A service that refuses
//! good tokens refuses the next one too.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::{moment::later, redate::Redate};

const FIRST: Duration = Duration::from_secs(60);
const LONGEST: Duration = Duration::from_secs(30 * 60);

/// The last renewal because of a refusal.
#[derive(Debug, Default)]
pub(super) struct Doubts {
    last: Option<(Timestamp, Duration)>,
}

impl Doubts {
    /// Whether a refusal at this time leads to a renewal.
    pub(super) fn renew(&mut self, now: Timestamp) -> bool {
        let wait = match self.last {
            Some((at, _)) if now < at => FIRST,
            Some((at, wait)) if now < later(at, wait) => return false,
            // Refused again soon after the wait: it was no help.
            Some((at, wait)) if now < later(at, wait * 2) => (wait * 2).min(LONGEST),
            Some(_) | None => FIRST,
        };
        self.last = Some((now, wait));
        true
    }
}

impl Redate for Doubts {
    fn redate(&mut self, by: SignedDuration) {
        let Self { last } = self;
        if let Some((at, _)) = last {
            at.redate(by);
        }
    }
}
