//! Waits that differ from machine to machine: many clients that wait together do not come back together.
//!
//! A value: the caller hands in the random part as a seed, and the same seed gives the same waits.

use std::time::Duration;

/// How far a wait may be from its middle, in thousandths.
const JITTER: u32 = 200;
const WHOLE: u32 = 1000;

/// Spreads waits by up to 20 %.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jitter(u64);

impl Jitter {
    /// `seed` should differ from machine to machine.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A wait that is at most 20 % shorter or longer than `middle`.
    pub fn spread(&mut self, middle: Duration) -> Duration {
        scaled(middle, WHOLE - JITTER + self.below(2 * JITTER))
    }

    /// The longest wait that [`Self::spread`] returns for `middle`.
    #[must_use]
    pub fn longest(middle: Duration) -> Duration {
        scaled(middle, WHOLE + JITTER)
    }

    /// The middle for which [`Self::spread`] returns at most `longest`.
    #[must_use]
    pub fn within(longest: Duration) -> Duration {
        longest.saturating_mul(WHOLE) / (WHOLE + JITTER)
    }

    /// A wait that is at most 20 % longer than `least`, and never shorter.
    pub fn after(&mut self, least: Duration) -> Duration {
        scaled(least, WHOLE + self.below(JITTER))
    }

    /// A number from 0 to `most`. SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators): good
    /// enough to spread requests, for no secret.
    fn below(&mut self, most: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let [.., a, b, c, d] = (mixed ^ (mixed >> 31)).to_le_bytes();
        u32::from_le_bytes([a, b, c, d]) % (most + 1)
    }
}

pub(crate) fn scaled(wait: Duration, thousandths: u32) -> Duration {
    wait.saturating_mul(thousandths) / WHOLE
}
