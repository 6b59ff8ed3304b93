//! The one clock of the application: wall-clock times that advance with the time that really passes.
//!
//! Deadlines are kept as wall-clock times because provenance outlives the process. The wall clock can be set, so it is
//! only followed as far as time has passed; if it was set, that is reported, and every remembered moment is moved with
//! it. The time is the same throughout a turn of the loop. This module reads no clock but that of tokio.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::moment::later;
use tokio::time::Instant;

/// The wall clock may differ this much before it counts as set, and a turn may be this late before the machine counts
/// as having slept.
const JUMP: Duration = Duration::from_secs(5);
/// The wall clock is read at least this often: no event reports that it was set.
const LOOK: Duration = Duration::from_secs(60);

/// See the module.
#[derive(Debug)]
pub(crate) struct Clock {
    /// The moment of this turn.
    now: Timestamp,
    /// The same moment on the clock that nobody can set.
    elapsed: Duration,
    /// The same moment on tokio's clock.
    instant: Instant,
    /// When the next turn is due at the latest.
    awaited: Timestamp,
    /// How often the clock was set.
    sets: u32,
}

/// What was noticed at the beginning of a turn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Moved {
    /// The machine slept: the time has passed, and everything may be old.
    pub(crate) slept: bool,
    /// The wall clock was set by this much, back if it is negative: remembered moments must be moved.
    pub(crate) set: Option<SignedDuration>,
}

impl Clock {
    /// A clock that shows `wall` now. `elapsed` is [`crate::host::Host::elapsed`].
    pub(crate) fn starting_at(wall: Timestamp, elapsed: Duration) -> Self {
        Self { now: wall, elapsed, instant: Instant::now(), awaited: Timestamp::MAX, sets: 0 }
    }

    /// The moment of this turn.
    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    /// How often the clock was set. It tells apart the requests that were sent before and after.
    pub(crate) fn sets(&self) -> u32 {
        self.sets
    }

    /// When the next turn begins, if nothing happens before and `moment` is due next.
    pub(crate) fn next_turn(&mut self, moment: Timestamp) -> Instant {
        self.awaited = moment.clamp(self.now, later(self.now, LOOK));
        self.instant + Duration::try_from(self.awaited.duration_since(self.now)).unwrap_or(Duration::ZERO)
    }

    /// Begins a turn.
    pub(crate) fn turn(&mut self, wall: Timestamp, elapsed: Duration) -> Moved {
        self.now = later(self.now, elapsed.saturating_sub(self.elapsed));
        self.elapsed = elapsed;
        self.instant = Instant::now();
        let slept = self.now > later(self.awaited, JUMP);
        let by = wall.duration_since(self.now);
        let set = (by.unsigned_abs() > JUMP).then_some(by);
        if set.is_some() {
            self.now = wall;
            self.sets = self.sets.wrapping_add(1);
        }
        self.awaited = Timestamp::MAX;
        Moved { slept, set }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STILL: Moved = Moved { slept: false, set: None };
    const HOUR: Duration = Duration::from_secs(3600);

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    /// A machine: its wall clock, and the time that has passed.
    struct Machine {
        wall: Timestamp,
        elapsed: Duration,
        clock: Clock,
    }

    impl Machine {
        fn new() -> Self {
            let (wall, elapsed) = (Timestamp::UNIX_EPOCH + 1000 * HOUR, seconds(77));
            Self { wall, elapsed, clock: Clock::starting_at(wall, elapsed) }
        }

        async fn passes(&mut self, length: Duration) {
            tokio::time::advance(length).await;
            self.sleeps(length);
        }

        /// Tokio's clock does not count this.
        fn sleeps(&mut self, length: Duration) {
            self.wall += length;
            self.elapsed += length;
        }

        fn turn(&mut self) -> Moved {
            self.clock.turn(self.wall, self.elapsed)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn time_passes_from_turn_to_turn_and_not_within_one() {
        let mut machine = Machine::new();
        let start = machine.wall;
        machine.passes(seconds(40)).await;
        assert_eq!(machine.clock.now(), start);
        assert_eq!(machine.turn(), STILL);
        assert_eq!(machine.clock.now(), start + seconds(40));
    }

    #[tokio::test(start_paused = true)]
    async fn a_turn_begins_when_something_is_due_and_once_a_minute() {
        let mut machine = Machine::new();
        let (begin, now) = (Instant::now(), machine.wall);
        assert_eq!(machine.clock.next_turn(now + seconds(12)), begin + seconds(12));
        assert_eq!(machine.clock.next_turn(now - seconds(12)), begin);
        assert_eq!(machine.clock.next_turn(Timestamp::MAX), begin + LOOK);
        // What the turn itself takes does not delay the next one.
        tokio::time::advance(seconds(3)).await;
        assert_eq!(machine.clock.next_turn(now + seconds(12)), begin + seconds(12));
    }

    #[tokio::test(start_paused = true)]
    async fn a_sleep_of_the_machine_is_noticed_once_and_does_not_count_as_a_set_clock() {
        let mut machine = Machine::new();
        let start = machine.wall;
        machine.clock.next_turn(start + seconds(12));
        machine.passes(seconds(4)).await;
        machine.sleeps(8 * HOUR);
        assert_eq!(machine.turn(), Moved { slept: true, set: None });
        assert_eq!(machine.clock.now(), start + seconds(4) + 8 * HOUR);
        machine.clock.next_turn(Timestamp::MAX);
        assert_eq!(machine.turn(), STILL);
    }

    #[tokio::test(start_paused = true)]
    async fn a_clock_that_is_set_is_followed_in_both_directions() {
        for hours in [2, -2] {
            let mut machine = Machine::new();
            let by = SignedDuration::from_hours(hours);
            machine.clock.next_turn(Timestamp::MAX);
            machine.passes(seconds(10)).await;
            machine.wall += by;
            assert_eq!(machine.turn(), Moved { slept: false, set: Some(by) });
            assert_eq!((machine.clock.now(), machine.clock.sets()), (machine.wall, 1));
            machine.passes(seconds(10)).await;
            assert_eq!(machine.turn(), STILL);
            assert_eq!((machine.clock.now(), machine.clock.sets()), (machine.wall, 1));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_clock_that_is_set_forward_and_back_after_a_second_ends_where_it_was() {
        let mut machine = Machine::new();
        let start = machine.wall;
        machine.wall += HOUR;
        assert_eq!(machine.turn().set, Some(SignedDuration::from_hours(1)));
        machine.passes(seconds(1)).await;
        machine.wall -= HOUR;
        assert_eq!(machine.turn().set, Some(SignedDuration::from_hours(-1)));
        assert_eq!(machine.clock.now(), start + seconds(1));
    }

    #[tokio::test(start_paused = true)]
    async fn a_sleep_and_a_set_clock_are_both_noticed_in_one_turn() {
        let mut machine = Machine::new();
        let begin = machine.wall;
        machine.clock.next_turn(begin + seconds(12));
        machine.sleeps(8 * HOUR);
        machine.wall -= HOUR;
        let set = Some(SignedDuration::from_hours(-1));
        assert_eq!(machine.turn(), Moved { slept: true, set });
        assert_eq!(machine.clock.now(), begin + 7 * HOUR);
    }

    #[tokio::test(start_paused = true)]
    async fn a_clock_that_runs_a_little_wrong_is_not_followed() {
        let mut machine = Machine::new();
        machine.wall += seconds(4);
        assert_eq!(machine.turn(), STILL);
        machine.wall -= seconds(9);
        assert_eq!(machine.turn(), STILL);
    }

    #[tokio::test(start_paused = true)]
    async fn a_clock_that_starts_in_1970_is_corrected_at_once() {
        let mut machine = Machine::new();
        let by = SignedDuration::from_hours(24 * 365 * 56);
        machine.wall += by;
        assert_eq!(machine.turn().set, Some(by));
        assert_eq!(machine.clock.now(), machine.wall);
    }
}
