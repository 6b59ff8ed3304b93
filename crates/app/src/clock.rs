//! One time for everything: wall-clock times that never go backwards.
//!
//! Deadlines are kept as wall-clock times because provenance outlives the process; sleeping needs the
//! monotonic clock. This ties the two, and notices when the machine slept.

use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;

/// The wall clock may run this far ahead before it counts as a jump.
const JUMP: Duration = Duration::from_secs(5);

/// See the module.
#[derive(Debug)]
pub(crate) struct Clock {
    anchor: Timestamp,
    since: Instant,
}

impl Clock {
    /// A clock that shows `wall` now.
    pub(crate) fn starting_at(wall: Timestamp) -> Self {
        Self { anchor: wall, since: Instant::now() }
    }

    /// The present moment.
    pub(crate) fn now(&self) -> Timestamp {
        later(self.anchor, self.since.elapsed())
    }

    /// When `moment` will be, for sleeping. A moment that has passed is now.
    pub(crate) fn instant(&self, moment: Timestamp) -> Instant {
        let ahead = Duration::try_from(moment.duration_since(self.now())).unwrap_or(Duration::ZERO);
        Instant::now() + ahead
    }

    /// Compares with the wall clock; true when it ran ahead, as after the machine slept. A wall clock that
    /// was set back is not followed: time here never goes backwards.
    pub(crate) fn jumped(&mut self, wall: Timestamp) -> bool {
        let ahead = Duration::try_from(wall.duration_since(self.now())).unwrap_or(Duration::ZERO);
        let jumped = ahead > JUMP;
        if jumped {
            *self = Self::starting_at(wall);
        }
        jumped
    }
}

/// `moment + wait`, held at the end of time instead of overflowing.
pub(crate) fn later(moment: Timestamp, wait: Duration) -> Timestamp {
    moment.checked_add(wait).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn follows_the_monotonic_clock() {
        let start = Timestamp::UNIX_EPOCH;
        let clock = Clock::starting_at(start);
        tokio::time::advance(Duration::from_secs(90)).await;
        assert_eq!(clock.now(), later(start, Duration::from_secs(90)));
    }

    #[tokio::test(start_paused = true)]
    async fn a_sleep_of_the_machine_is_noticed_once() {
        let start = Timestamp::UNIX_EPOCH;
        let mut clock = Clock::starting_at(start);
        let morning = later(start, Duration::from_secs(8 * 3600));
        assert!(clock.jumped(morning));
        assert!(!clock.jumped(morning));
        assert_eq!(clock.now(), morning);
    }

    #[tokio::test(start_paused = true)]
    async fn a_clock_set_back_is_not_followed() {
        let start = later(Timestamp::UNIX_EPOCH, Duration::from_secs(1000));
        let mut clock = Clock::starting_at(start);
        assert!(!clock.jumped(Timestamp::UNIX_EPOCH));
        assert_eq!(clock.now(), start);
    }
}
