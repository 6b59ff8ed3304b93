//! Whose number a call comes from.
//!
//! Compares whole numbers only: the end of a number is somebody else's as often as not.

use super::Roster;
use crate::{Dialable, Entry};

/// So many digits at the end are spelled in the same way with and without a country code.
const SAME_IN_EVERY_SPELLING: usize = 7;

impl Roster {
    /// Everybody who has this number, A to Z; more than one if people share it. Any spelling will do, in E.164 or as it
    /// is dialled in the region. The agent is not among them.
    #[must_use]
    pub fn people_with_number(&self, number: &str) -> Vec<&Entry> {
        let Ok(wanted) = Dialable::parse(number, self.region) else { return Vec::new() };
        let digits = wanted.e164.trim_start_matches('+');
        let end = digits.get(digits.len().saturating_sub(SAME_IN_EVERY_SPELLING)..).unwrap_or(digits);
        // To read everybody's numbers takes too long for a telephone that rings.
        let could_have_it = self.entries().filter(|entry| entry.folded().holds_digits(end));
        let has_it = |entry: &&Entry| {
            let mut dialable = entry.numbers().iter().filter_map(|number| number.dialable.as_ref().ok());
            dialable.any(|number| number.e164 == wanted.e164)
        };
        could_have_it.filter(has_it).collect()
    }
}
