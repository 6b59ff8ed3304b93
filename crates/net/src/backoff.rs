//! Growing waits between tries that fail.
//!
//! A value: the caller hands in the random part as a seed, so the same seed and the same failures give the same
//! waits. Reads no clock and does not wait.

use std::time::Duration;

use crate::{Jitter, RetryAfter};

/// Growing waits between tries that fail: each is twice the one before, up to a longest one, and each is ± 20 %.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backoff {
    first: Duration,
    longest: Duration,
    failures: u32,
    jitter: Jitter,
}

impl Backoff {
    /// Begins with `first` and ends with `longest`, before jitter. `first` is raised to at least a second, and
    /// `longest` to at least `first`. `seed` should differ from machine to machine.
    #[must_use]
    pub fn new(first: Duration, longest: Duration, seed: u64) -> Self {
        let first = first.max(RetryAfter::SHORTEST);
        Self { first, longest: longest.max(first), failures: 0, jitter: Jitter::new(seed) }
    }

    /// A try failed: how long to wait for the next one.
    pub fn failed(&mut self) -> Duration {
        let middle = self.first.saturating_mul(2_u32.saturating_pow(self.failures)).min(self.longest);
        self.failures = self.failures.saturating_add(1);
        self.jitter.spread(middle)
    }

    /// A try failed, and the server may have asked for a wait: how long to wait, which is at least that and at least
    /// [`Self::failed`]. So a server that always asks for one second gets requests less and less often. Clients that
    /// were asked for the same wait come back at different times within 20 % after it, and none too early.
    pub fn failed_asked(&mut self, asked: Option<RetryAfter>) -> Duration {
        let own = self.failed();
        asked.map_or(own, |asked| own.max(self.jitter.after(asked.wait())))
    }

    /// A try succeeded: the next failure is the first one.
    pub fn succeeded(&mut self) {
        self.failures = 0;
    }

    /// How many tries in a row have failed.
    #[must_use]
    pub const fn failures(&self) -> u32 {
        self.failures
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::jitter::scaled;

    const FIRST: Duration = Duration::from_secs(5);
    const LONGEST: Duration = Duration::from_mins(5);

    fn within(wait: Duration, middle: Duration) -> bool {
        (scaled(middle, 800)..=scaled(middle, 1200)).contains(&wait)
    }

    #[test]
    fn waits_double_up_to_the_longest_and_restart_after_a_success() {
        let mut backoff = Backoff::new(FIRST, LONGEST, 7);
        for middle in [5, 10, 20, 40, 80, 160, 300, 300, 300] {
            let wait = backoff.failed();
            assert!(within(wait, Duration::from_secs(middle)), "{wait:?} for {middle}");
        }
        assert_eq!(backoff.failures(), 9);
        backoff.succeeded();
        assert_eq!(backoff.failures(), 0);
        assert!(within(backoff.failed(), FIRST));
    }

    #[test]
    fn two_machines_that_fail_together_do_not_come_back_together() {
        let waits: std::collections::HashSet<Duration> =
            (0..100).map(|seed| Backoff::new(FIRST, LONGEST, seed).failed()).collect();
        assert!(waits.len() > 50, "{}", waits.len());
    }

    #[test]
    fn the_jitter_reaches_both_ends_and_favours_neither() {
        let mut backoff = Backoff::new(FIRST, FIRST, 1);
        let waits: Vec<f64> = (0..10_000).map(|_| backoff.failed().as_secs_f64()).collect();
        let (least, most) =
            waits.iter().fold((f64::MAX, 0.0_f64), |(a, b), &wait| (a.min(wait), b.max(wait)));
        let mean = waits.iter().sum::<f64>() / 10_000.0;
        assert!(least < 4.05 && most > 5.95 && (mean - 5.0).abs() < 0.05, "{least} {most} {mean}");
    }

    #[test]
    fn a_server_that_always_asks_for_nothing_is_asked_less_and_less_often() {
        let nothing = RetryAfter::new(Duration::ZERO);
        let mut backoff = Backoff::new(Duration::ZERO, LONGEST, 3);
        let tries = std::iter::repeat_with(|| backoff.failed_asked(Some(nothing)))
            .scan(Duration::ZERO, |at, wait| {
                *at += wait;
                Some(*at)
            })
            .take_while(|at| *at < Duration::from_mins(60))
            .count();
        assert!(tries < 25, "{tries}");
    }

    proptest! {
        #[test]
        fn waits_are_bounded_and_grow(
            first in any::<Duration>(),
            longest in any::<Duration>(),
            seed in any::<u64>(),
            failures in 1..80_usize,
        ) {
            let mut backoff = Backoff::new(first, longest, seed);
            let mut twin = backoff.clone();
            let (first, longest) = (backoff.first, backoff.longest);
            let waits: Vec<Duration> = (0..failures).map(|_| backoff.failed()).collect();
            prop_assert!(within(waits[0], first));
            for wait in &waits {
                prop_assert!(*wait >= scaled(first, 800) && *wait <= scaled(longest, 1200));
                prop_assert_eq!(*wait, twin.failed(), "the same seed gives the same waits");
            }
            for pair in waits.windows(2) {
                prop_assert!(pair[1] > pair[0] || pair[1] >= scaled(longest, 800), "{:?}", pair);
            }
        }

        #[test]
        fn what_the_server_asks_for_is_never_cut_and_hardly_exceeded(
            asked in any::<Duration>(),
            seed in any::<u64>(),
            failures in 1..20_usize,
        ) {
            let asked = RetryAfter::new(asked);
            let mut backoff = Backoff::new(FIRST, LONGEST, seed);
            for _ in 0..failures {
                let wait = backoff.failed_asked(Some(asked));
                prop_assert!(wait >= asked.wait());
                prop_assert!(wait <= scaled(asked.wait().max(LONGEST), 1200));
            }
        }

        #[test]
        fn a_success_ends_the_growth(seed in any::<u64>(), failures in 0..200_usize) {
            let mut backoff = Backoff::new(FIRST, LONGEST, seed);
            for _ in 0..failures {
                backoff.failed();
            }
            backoff.succeeded();
            prop_assert!(within(backoff.failed(), FIRST));
        }
    }
}
