//! Limits what the page of the CCP window may send and how many of its messages may be refused: token buckets and a
//! counter. The time is a parameter. It must not log or close anything.

use std::time::{Duration, Instant};

use super::Reaction;

/// A burst of refusals ends when there was none for this long.
const QUIET: Duration = Duration::from_secs(10);

/// The number of refusals in a burst at which the window is closed: about ten times the messages of a second.
const MAX_REFUSALS: u32 = 400;

/// A token bucket that holds the amount of one second and is refilled in one second.
#[derive(Debug)]
pub struct Bucket<const A_SECOND: u32> {
    /// In thousandths, because a millisecond adds only a fraction.
    left: u64,
    filled: Option<Instant>,
}

impl<const A_SECOND: u32> Default for Bucket<A_SECOND> {
    /// A full bucket.
    fn default() -> Self {
        Self { left: Self::FULL, filled: None }
    }
}

impl<const A_SECOND: u32> Bucket<A_SECOND> {
    const PARTS: u64 = 1000;
    const FULL: u64 = A_SECOND as u64 * Self::PARTS;

    /// Takes `amount` and returns true, or takes nothing and returns false if less is left.
    pub fn take(&mut self, amount: u32, now: Instant) -> bool {
        let waited = now.saturating_duration_since(*self.filled.get_or_insert(now));
        let ms = u64::try_from(waited.as_millis()).unwrap_or(u64::MAX);
        self.left = ms.saturating_mul(A_SECOND.into()).saturating_add(self.left).min(Self::FULL);
        // Only whole milliseconds are counted. The rest counts at the next call.
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
    /// Counts a refusal and returns the reaction to it.
    pub fn add(&mut self, now: Instant) -> Reaction {
        if self.last.is_none_or(|last| now.saturating_duration_since(last) >= QUIET) {
            self.count = 0;
        }
        self.last = Some(now);
        self.count = self.count.saturating_add(1);
        match self.count {
            1 => Reaction::Log,
            MAX_REFUSALS => Reaction::Close,
            _ => Reaction::Ignore,
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
    fn the_amount_of_a_second_can_be_taken_at_once_and_not_more() {
        let (mut bucket, now) = (Bucket::<40>::default(), Instant::now());
        assert_eq!((0..100).filter(|_| bucket.take(1, now)).count(), 40);
    }

    #[test]
    fn forty_a_second_can_be_taken_for_ever() {
        let (mut bucket, start) = (Bucket::<40>::default(), Instant::now());
        assert!((0..4000).all(|n| bucket.take(1, start + ms(n * 25))));
    }

    #[test]
    fn calls_between_two_milliseconds_lose_nothing() {
        let (mut bucket, start) = (Bucket::<40>::default(), Instant::now());
        while bucket.take(1, start) {}
        let step = Duration::from_micros(300);
        let taken = (1..=3_400).filter(|n| bucket.take(1, start + step * *n)).count();
        assert_eq!(taken, 40, "in 1.02 s");
    }

    #[test]
    fn a_clock_that_stops_or_goes_back_adds_nothing() {
        let (mut bucket, start) = (Bucket::<40>::default(), Instant::now() + ms(1_000));
        assert_eq!((0..100).filter(|n| bucket.take(1, start - ms(*n))).count(), 40);
        assert!(bucket.take(1, start + ms(25)));
        assert!(!bucket.take(1, start + ms(25)));
    }

    #[test]
    fn an_amount_that_is_too_large_takes_nothing() {
        let (mut bucket, now) = (Bucket::<100>::default(), Instant::now());
        assert!(bucket.take(60, now));
        assert!(!bucket.take(41, now));
        assert!(bucket.take(40, now));
        assert!(!bucket.take(u32::MAX, now + ms(10_000)));
    }

    #[test]
    fn a_burst_is_logged_once_and_closes_the_window_once() {
        let (mut burst, now) = (Burst::default(), Instant::now());
        let reactions: Vec<_> = (0..10_000).map(|n| burst.add(now + ms(n))).collect();
        assert_eq!(reactions.iter().filter(|one| **one == Reaction::Log).count(), 1);
        assert_eq!(reactions.iter().filter(|one| **one == Reaction::Close).count(), 1);
        assert_eq!(burst.add(now + ms(10_000) + QUIET), Reaction::Log, "another burst");
    }

    #[test]
    fn a_refusal_now_and_then_closes_nothing() {
        let (mut burst, start) = (Burst::default(), Instant::now());
        assert!((0..10_000).all(|n| burst.add(start + QUIET * n) == Reaction::Log));
    }
}
