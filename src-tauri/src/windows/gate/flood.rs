//! How much the page of the CCP window may send, and how many refusals are borne: token buckets and a counter over
//! a clock that is handed in. Nothing is logged or closed here.

use std::time::{Duration, Instant};

use super::Complaint;

/// A burst of refusals is over when none came for this long.
const QUIET: Duration = Duration::from_secs(10);

/// A page that sends ten times what it may for a second or two is no page at work.
const BORNE: u32 = 400;

/// A token bucket that holds what may come in one second, and is filled as fast.
#[derive(Debug)]
pub struct Bucket<const A_SECOND: u32> {
    /// In thousandths, because a millisecond brings a fraction.
    left: u64,
    filled: Option<Instant>,
}

impl<const A_SECOND: u32> Default for Bucket<A_SECOND> {
    /// A full one.
    fn default() -> Self {
        Self { left: Self::FULL, filled: None }
    }
}

impl<const A_SECOND: u32> Bucket<A_SECOND> {
    const PARTS: u64 = 1000;
    const FULL: u64 = A_SECOND as u64 * Self::PARTS;

    /// Takes `amount` out; false when so much is not there. Nothing is taken then.
    pub fn take(&mut self, amount: u32, now: Instant) -> bool {
        let waited = now.saturating_duration_since(*self.filled.get_or_insert(now));
        let ms = u64::try_from(waited.as_millis()).unwrap_or(u64::MAX);
        self.left = ms.saturating_mul(A_SECOND.into()).saturating_add(self.left).min(Self::FULL);
        // Whole milliseconds only: the rest counts at the next look.
        self.filled = self.filled.map(|filled| filled + Duration::from_millis(ms));
        match self.left.checked_sub(u64::from(amount) * Self::PARTS) {
            Some(left) => {
                self.left = left;
                true
            }
            None => false,
        }
    }
}

/// Refusals that follow each other closely.
#[derive(Debug, Default)]
pub struct Burst {
    count: u32,
    last: Option<Instant>,
}

impl Burst {
    /// Counts one, and says what is to be done about it.
    pub fn add(&mut self, now: Instant) -> Complaint {
        if self.last.is_none_or(|last| now.saturating_duration_since(last) >= QUIET) {
            self.count = 0;
        }
        self.last = Some(now);
        self.count = self.count.saturating_add(1);
        match self.count {
            1 => Complaint::Log,
            BORNE => Complaint::Close,
            _ => Complaint::Ignore,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn as_much_as_a_second_brings_comes_at_once_and_no_more() {
        let (mut bucket, now) = (Bucket::<40>::default(), Instant::now());
        assert_eq!((0..100).filter(|_| bucket.take(1, now)).count(), 40);
    }

    #[test]
    fn forty_a_second_flow_on_for_ever() {
        let (mut bucket, start) = (Bucket::<40>::default(), Instant::now());
        assert!((0..4000).all(|n| bucket.take(1, start + ms(n * 25))));
    }

    #[test]
    fn looks_between_two_milliseconds_lose_nothing() {
        let (mut bucket, start) = (Bucket::<40>::default(), Instant::now());
        while bucket.take(1, start) {}
        let step = Duration::from_micros(300);
        let taken = (1..=3_400).filter(|n| bucket.take(1, start + step * *n)).count();
        assert_eq!(taken, 40, "in 1.02 s");
    }

    #[test]
    fn a_clock_that_does_not_move_or_goes_back_brings_nothing() {
        let (mut bucket, start) = (Bucket::<40>::default(), Instant::now() + ms(1_000));
        assert_eq!((0..100).filter(|n| bucket.take(1, start - ms(*n))).count(), 40);
        assert!(bucket.take(1, start + ms(25)));
        assert!(!bucket.take(1, start + ms(25)));
    }

    #[test]
    fn what_is_too_much_takes_nothing() {
        let (mut bucket, now) = (Bucket::<100>::default(), Instant::now());
        assert!(bucket.take(60, now));
        assert!(!bucket.take(41, now));
        assert!(bucket.take(40, now));
        assert!(!bucket.take(u32::MAX, now + ms(10_000)));
    }

    #[test]
    fn a_burst_is_logged_once_and_closes_the_window_once() {
        let (mut burst, now) = (Burst::default(), Instant::now());
        let complaints: Vec<_> = (0..10_000).map(|n| burst.add(now + ms(n))).collect();
        assert_eq!(complaints.iter().filter(|one| **one == Complaint::Log).count(), 1);
        assert_eq!(complaints.iter().filter(|one| **one == Complaint::Close).count(), 1);
        assert_eq!(burst.add(now + ms(10_000) + QUIET), Complaint::Log, "another burst");
    }

    #[test]
    fn a_refusal_now_and_then_closes_nothing() {
        let (mut burst, start) = (Burst::default(), Instant::now());
        assert!((0..10_000).all(|n| burst.add(start + QUIET * n) == Complaint::Log));
    }
}
