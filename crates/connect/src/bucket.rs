//! How many messages the CCP window may send: a token bucket in virtual time.

use jiff::{SignedDuration, Timestamp};
use presence::redate::Redate;

/// Messages a second, and the most that may come at once.
const A_SECOND: u32 = 40;
/// Parts of a message: at 40 a second, a millisecond brings 40 of them.
const PARTS: u32 = 1000;
const FULL: u32 = A_SECOND * PARTS;

#[derive(Debug, Clone)]
pub(crate) struct Bucket {
    left: u32,
    filled: Timestamp,
}

impl Bucket {
    pub(crate) fn full(now: Timestamp) -> Self {
        Self { left: FULL, filled: now }
    }

    /// Takes one message out; false when there is none left.
    pub(crate) fn take(&mut self, now: Timestamp) -> bool {
        let ms = u32::try_from(now.duration_since(self.filled).as_millis().max(0)).unwrap_or(u32::MAX);
        self.left = ms.saturating_mul(A_SECOND).saturating_add(self.left).min(FULL);
        self.filled = self.filled.max(now);
        match self.left.checked_sub(PARTS) {
            Some(left) => {
                self.left = left;
                true
            }
            None => false,
        }
    }
}

impl Redate for Bucket {
    fn redate(&mut self, by: SignedDuration) {
        let Self { left: _, filled } = self;
        filled.redate(by);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_millis(ms)
    }

    #[test]
    fn forty_at_once_are_taken_and_no_more() {
        let mut bucket = Bucket::full(at(0));
        assert_eq!((0..100).filter(|_| bucket.take(at(0))).count(), 40);
    }

    #[test]
    fn forty_a_second_flow_on_for_ever() {
        let mut bucket = Bucket::full(at(0));
        assert!((0..4000).all(|n| bucket.take(at(n * 25))));
    }

    #[test]
    fn a_clock_that_stands_or_goes_back_brings_nothing() {
        let mut bucket = Bucket::full(at(0));
        assert_eq!((0..100_i64).filter(|n| bucket.take(at(-n))).count(), 40);
        assert!(bucket.take(at(25)));
        assert!(!bucket.take(at(25)));
    }
}
