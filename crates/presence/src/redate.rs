//! Re-dating: when somebody sets the wall clock, every remembered moment moves with it.
//!
//! Each implementation destructures its type, so that a new field does not compile until somebody has said whether
//! it is a moment. Nothing is decided here.

use jiff::{SignedDuration, Timestamp};

/// Something that remembers moments of the wall clock.
pub trait Redate {
    /// Moves every moment by `by`; a negative length moves them back. Moments beyond the calendar stay at its end.
    fn redate(&mut self, by: SignedDuration);
}

impl Redate for Timestamp {
    fn redate(&mut self, by: SignedDuration) {
        let end = if by.is_negative() { Self::MIN } else { Self::MAX };
        *self = self.checked_add(by).unwrap_or(end);
    }
}

impl<T: Redate> Redate for Option<T> {
    fn redate(&mut self, by: SignedDuration) {
        if let Some(dated) = self {
            dated.redate(by);
        }
    }
}

impl<T: Redate> Redate for Vec<T> {
    fn redate(&mut self, by: SignedDuration) {
        self.iter_mut().for_each(|dated| dated.redate(by));
    }
}

impl<T: Redate + ?Sized> Redate for Box<T> {
    fn redate(&mut self, by: SignedDuration) {
        (**self).redate(by);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_moves_both_ways_and_stays_in_the_calendar() {
        let hour = SignedDuration::from_hours(1);
        let mut moment = Timestamp::UNIX_EPOCH;
        moment.redate(hour);
        assert_eq!(moment, Timestamp::UNIX_EPOCH + hour);
        moment.redate(-hour);
        assert_eq!(moment, Timestamp::UNIX_EPOCH);
        let mut ends = vec![Some(Timestamp::MIN), Some(Timestamp::MAX), None];
        ends.redate(hour);
        assert_eq!(ends, [Some(Timestamp::MIN + hour), Some(Timestamp::MAX), None]);
        ends.redate(-hour - hour);
        assert_eq!(ends, [Some(Timestamp::MIN), Some(Timestamp::MAX - hour - hour), None]);
    }
}
