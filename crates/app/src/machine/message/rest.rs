//! The time between two writes of one kind, which grows while readings do not show what was written.

use std::time::Duration;

use jiff::Timestamp;
use presence::moment::later;

/// The longest such time.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// When the next write of one kind may leave.
#[derive(Debug, Default)]
pub(super) struct WriteRest {
    pub(super) until: Option<Timestamp>,
    /// How many were sent since a reading last showed one.
    pub(super) unseen: u32,
}

impl WriteRest {
    /// The next one may not leave before this moment.
    pub(super) fn wait(&mut self, until: Timestamp) {
        self.until = self.until.max(Some(until));
    }

    /// One leaves now; the next one waits for `between` at least.
    pub(super) fn sent(&mut self, between: Duration, now: Timestamp) {
        let longer = 4_u32.saturating_pow(self.unseen);
        self.unseen += 1;
        self.until = Some(later(now, between.saturating_mul(longer).min(LONGEST)));
    }
}
