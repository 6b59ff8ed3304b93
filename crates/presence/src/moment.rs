//! Moments of time, which have an end.

use std::time::Duration;

use jiff::Timestamp;

/// `moment + wait`, held at the end of time instead of overflowing.
#[must_use]
pub fn later(moment: Timestamp, wait: Duration) -> Timestamp {
    moment.checked_add(wait).unwrap_or(Timestamp::MAX)
}
