//! Adding to moments without overflow.

use std::time::Duration;

use jiff::Timestamp;

/// `moment + wait`, or the last possible moment instead of an overflow.
#[must_use]
pub fn later(moment: Timestamp, wait: Duration) -> Timestamp {
    moment.checked_add(wait).unwrap_or(Timestamp::MAX)
}
