//! Finds the people whose number a call comes from.
//!
//! It compares whole numbers only, because different numbers often end in the same digits.

use super::Roster;
use crate::{Dialable, Entry};

/// This many digits at the end are the same in every spelling of a number.
const SAME_IN_EVERY_SPELLING: usize = 7;

impl Roster {
    /// Everybody except the agent who has this number, A to Z. `number` may be in E.164 or as it is dialled in the region.
    #[must_use]
    pub fn people_with_number(&self, number: &str) -> Vec<&Entry> {
        let Ok(wanted) = Dialable::parse(number, self.region) else { return Vec::new() };
        let digits = wanted.e164.trim_start_matches('+');
        let end = digits.get(digits.len().saturating_sub(SAME_IN_EVERY_SPELLING)..).unwrap_or(digits);
        // Parsing everybody's numbers takes too long while a call is ringing.
        let could_have_it = self.entries().filter(|entry| entry.search_text().contains_digits(end));
        let has_it = |entry: &&Entry| {
            let mut dialable = entry.numbers().iter().filter_map(|number| number.dialable.as_ref().ok());
            dialable.any(|number| number.e164 == wanted.e164)
        };
        could_have_it.filter(has_it).collect()
    }
}
