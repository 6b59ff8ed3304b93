//! How long what was read of a colleague may be used, on either side.

use std::time::Duration;

/// Twice the time after which it is read again, but at least the first of these and at most the second.
const USED_FOR: (Duration, Duration) = (Duration::from_secs(60), Duration::from_secs(900));

/// How long something may be used that is read at this interval, if each person is read once in `rounds` readings.
pub(crate) fn used_for(interval: Duration, rounds: u32) -> Duration {
    let (least, most) = USED_FOR;
    interval.saturating_mul(rounds.saturating_mul(2)).clamp(least, most)
}
