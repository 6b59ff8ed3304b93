//! The pings to the page: when the next one is due, and when the page counts as dead.
//!
//! Rust pings and the page answers, because the timers of a hidden page are throttled. Does not know what the answers
//! mean.

use jiff::{SignedDuration, Timestamp};
use presence::redate::Redate;

/// How long to wait for an answer, which takes milliseconds. After two that take longer the page counts as dead.
const TIME_LIMIT: SignedDuration = SignedDuration::from_secs(5);
const MOST_MISSED: u8 = 2;
/// If a deadline is handled later than this, the machine was asleep, and so was the page: the answer does not count as
/// missing.
const OVERSLEPT: SignedDuration = SignedDuration::from_secs(5);

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beat {
    /// Send the ping with this id.
    Ping(u64),
    /// The page did not answer two pings.
    Dead,
}

#[derive(Debug, Clone)]
pub(crate) struct Pulse {
    /// The id of the last ping, counted over all pages.
    last: u64,
    /// The first id whose answer counts.
    open: u64,
    /// The deadline of the ping that waits for its answer.
    until: Option<Timestamp>,
    /// When the next ping is due.
    next: Timestamp,
    missed: u8,
}

impl Pulse {
    pub(crate) fn new(now: Timestamp) -> Self {
        Self { last: 0, open: 1, until: None, next: now, missed: 0 }
    }

    /// A new page: answers of the old one no longer count.
    pub(crate) fn begin(&mut self, next: Timestamp) {
        self.open = self.last.saturating_add(1);
        self.until = None;
        self.next = next;
        self.missed = 0;
    }

    pub(crate) fn deadline(&self) -> Timestamp {
        self.until.unwrap_or(self.next)
    }

    /// Pings at `at` if that is earlier.
    pub(crate) fn ping_by(&mut self, at: Timestamp) {
        self.next = self.next.min(at);
    }

    /// Pings at once, without waiting for an earlier answer.
    pub(crate) fn ping_now(&mut self, now: Timestamp) {
        self.until = None;
        self.next = now;
        self.missed = 0;
    }

    /// What is due by now. A page that `may_be_busy` is pinged again and never counts as dead.
    pub(crate) fn due(&mut self, may_be_busy: bool, now: Timestamp) -> Option<Beat> {
        if now < self.deadline() {
            return None;
        }
        if let Some(until) = self.until {
            if now.duration_since(until) <= OVERSLEPT && !may_be_busy {
                self.missed = self.missed.saturating_add(1);
            }
            if self.missed >= MOST_MISSED {
                return Some(Beat::Dead);
            }
        }
        self.last = self.last.saturating_add(1);
        self.until = Some(now.checked_add(TIME_LIMIT).unwrap_or(Timestamp::MAX));
        Some(Beat::Ping(self.last))
    }

    /// Takes an answer; false if it answers no ping. A late answer counts too: the page is alive.
    pub(crate) fn answered(&mut self, id: u64) -> bool {
        if !(self.open..=self.last).contains(&id) {
            return false;
        }
        self.open = id.saturating_add(1);
        self.missed = 0;
        if id == self.last {
            self.until = None;
        }
        true
    }

    /// Sets the next ping, after an answer.
    pub(crate) fn ping_at(&mut self, at: Timestamp) {
        self.next = at;
    }
}

impl Redate for Pulse {
    fn redate(&mut self, by: SignedDuration) {
        let Self { last: _, open: _, until, next, missed: _ } = self;
        until.redate(by);
        next.redate(by);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
    }

    fn asked() -> Pulse {
        let mut pulse = Pulse::new(at(0));
        pulse.begin(at(10));
        assert_eq!(pulse.due(false, at(9)), None);
        assert_eq!(pulse.due(false, at(10)), Some(Beat::Ping(1)));
        pulse
    }

    #[test]
    fn two_missing_answers_mean_a_dead_page() {
        let mut pulse = asked();
        assert_eq!(pulse.deadline(), at(15));
        assert_eq!(pulse.due(false, at(15)), Some(Beat::Ping(2)));
        assert_eq!(pulse.due(false, at(19)), None);
        assert_eq!(pulse.due(false, at(20)), Some(Beat::Dead));
    }

    #[test]
    fn an_answer_counts_once_and_a_late_one_too() {
        let mut pulse = asked();
        assert!(!pulse.answered(2), "there was no such ping");
        assert_eq!(pulse.due(false, at(15)), Some(Beat::Ping(2)));
        assert!(pulse.answered(1));
        assert!(!pulse.answered(1));
        assert_eq!(pulse.due(false, at(20)), Some(Beat::Ping(3)), "the second may be late as well");
        assert!(pulse.answered(3));
        assert!(!pulse.answered(2), "older than one that came");
    }

    #[test]
    fn the_answer_of_the_page_before_does_not_count() {
        let mut pulse = asked();
        pulse.begin(at(12));
        assert!(!pulse.answered(1));
    }

    #[test]
    fn after_a_sleep_the_page_is_asked_again() {
        let mut pulse = asked();
        assert_eq!(pulse.due(false, at(15)), Some(Beat::Ping(2)));
        assert_eq!(pulse.due(false, at(4000)), Some(Beat::Ping(3)));
        assert_eq!(pulse.due(false, at(4005)), Some(Beat::Dead));
    }

    #[test]
    fn asking_now_forgets_what_is_missing() {
        let mut pulse = asked();
        assert_eq!(pulse.due(false, at(15)), Some(Beat::Ping(2)));
        pulse.ping_now(at(16));
        assert_eq!(pulse.due(false, at(16)), Some(Beat::Ping(3)));
        assert_eq!(pulse.due(false, at(21)), Some(Beat::Ping(4)));
        assert_eq!(pulse.due(false, at(26)), Some(Beat::Dead));
    }

    #[test]
    fn a_page_that_may_be_busy_is_never_dead() {
        let mut pulse = asked();
        for n in 0..100 {
            assert!(matches!(pulse.due(true, at(15 + 5 * n)), Some(Beat::Ping(_))));
        }
    }
}
