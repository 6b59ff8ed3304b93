//! The questions to the page whether it lives: when the next one is due, and when a page counts as dead.
//!
//! Rust asks and the page only answers, because the timers of a hidden page are throttled. Knows nothing of what
//! the answers say.

use jiff::{SignedDuration, Timestamp};
use presence::redate::Redate;

/// An answer takes milliseconds; two that take longer than this are those of a dead page.
const PATIENCE: SignedDuration = SignedDuration::from_secs(5);
const MOST_MISSED: u8 = 2;
/// Who comes later than this to a deadline was asleep, and the page was too: that is no missing answer.
const OVERSLEPT: SignedDuration = SignedDuration::from_secs(5);

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beat {
    /// The question with this id.
    Ask(u64),
    /// The page left two questions unanswered.
    Dead,
}

#[derive(Debug, Clone)]
pub(crate) struct Pulse {
    /// The id of the last question, over every page.
    last: u64,
    /// The first id whose answer counts.
    open: u64,
    /// The question that waits for its answer: until then.
    until: Option<Timestamp>,
    /// The next question.
    next: Timestamp,
    missed: u8,
}

impl Pulse {
    pub(crate) fn new(now: Timestamp) -> Self {
        Self { last: 0, open: 1, until: None, next: now, missed: 0 }
    }

    /// Another page: answers to the one before count no more.
    pub(crate) fn begin(&mut self, next: Timestamp) {
        self.open = self.last.saturating_add(1);
        self.until = None;
        self.next = next;
        self.missed = 0;
    }

    pub(crate) fn deadline(&self) -> Timestamp {
        self.until.unwrap_or(self.next)
    }

    /// Asks at `at` if that is earlier.
    pub(crate) fn ask_by(&mut self, at: Timestamp) {
        self.next = self.next.min(at);
    }

    /// Asks at once, whatever the page was asked before.
    pub(crate) fn ask_now(&mut self, now: Timestamp) {
        self.until = None;
        self.next = now;
        self.missed = 0;
    }

    /// What is due by now. A page that `may_be_busy` is asked again and again, and never dead.
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
        self.until = Some(now.checked_add(PATIENCE).unwrap_or(Timestamp::MAX));
        Some(Beat::Ask(self.last))
    }

    /// Takes an answer; false where nobody asked. One that comes late counts too: the page lives.
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

    /// The next question, after an answer.
    pub(crate) fn ask_at(&mut self, at: Timestamp) {
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
        assert_eq!(pulse.due(false, at(10)), Some(Beat::Ask(1)));
        pulse
    }

    #[test]
    fn two_answers_that_are_missing_are_those_of_a_dead_page() {
        let mut pulse = asked();
        assert_eq!(pulse.deadline(), at(15));
        assert_eq!(pulse.due(false, at(15)), Some(Beat::Ask(2)));
        assert_eq!(pulse.due(false, at(19)), None);
        assert_eq!(pulse.due(false, at(20)), Some(Beat::Dead));
    }

    #[test]
    fn an_answer_counts_once_and_a_late_one_too() {
        let mut pulse = asked();
        assert!(!pulse.answered(2), "nobody asked that");
        assert_eq!(pulse.due(false, at(15)), Some(Beat::Ask(2)));
        assert!(pulse.answered(1));
        assert!(!pulse.answered(1));
        assert_eq!(pulse.due(false, at(20)), Some(Beat::Ask(3)), "the second may be late as well");
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
    fn who_slept_over_an_answer_asks_again() {
        let mut pulse = asked();
        assert_eq!(pulse.due(false, at(15)), Some(Beat::Ask(2)));
        assert_eq!(pulse.due(false, at(4000)), Some(Beat::Ask(3)));
        assert_eq!(pulse.due(false, at(4005)), Some(Beat::Dead));
    }

    #[test]
    fn asking_now_forgets_what_is_missing() {
        let mut pulse = asked();
        assert_eq!(pulse.due(false, at(15)), Some(Beat::Ask(2)));
        pulse.ask_now(at(16));
        assert_eq!(pulse.due(false, at(16)), Some(Beat::Ask(3)));
        assert_eq!(pulse.due(false, at(21)), Some(Beat::Ask(4)));
        assert_eq!(pulse.due(false, at(26)), Some(Beat::Dead));
    }

    #[test]
    fn a_page_that_may_be_busy_is_never_dead() {
        let mut pulse = asked();
        for n in 0..100 {
            assert!(matches!(pulse.due(true, at(15 + 5 * n)), Some(Beat::Ask(_))));
        }
    }
}
