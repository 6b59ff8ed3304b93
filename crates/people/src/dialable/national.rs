//! Parses a number as it is dialled within a country.
//!
//! A possible length is not enough to accept a number: an extension, or a number without its area code, may have it too.

use phonenumber::{Metadata, Type, metadata::DATABASE};

use super::e164;
use crate::{
    Country, NumberFault,
    plans::{has_number, has_numbers_like, lengths, plans, split_code},
};

/// The longest extension or short number, such as those for emergencies.
const LONGEST_EXTENSION: usize = 5;

/// A number with fewer digits and no leading zero may lack its area code.
const SHORTEST_WITH_AREA_CODE: usize = 8;

/// Adds the country code to the digits of a number as it is dialled within `region`.
pub(super) fn from_region(digits: &str, region: Country) -> Result<String, NumberFault> {
    let plan = DATABASE.by_id(region.as_ref()).ok_or(NumberFault::NoRegion)?;
    if digits.len() <= LONGEST_EXTENSION && !has_short_numbers(plan, digits.len()) {
        return Err(NumberFault::Internal);
    }
    if plan.national_prefix() == Some("0")
        && !digits.starts_with('0')
        && digits.len() < SHORTEST_WITH_AREA_CODE
    {
        return Err(NumberFault::NoAreaCode);
    }
    if !digits.starts_with('0') && local_lengths(plan).any(|length| length == digits.len()) {
        return Err(NumberFault::NoAreaCode);
    }
    let parsed = phonenumber::parse(Some(region), digits).ok().map(|parsed| e164(&parsed));
    let has_prefix = plan.national_prefix().is_none_or(|prefix| prefix == "1" || digits.starts_with(prefix));
    // New ranges are in use before the plans know them. So with the trunk prefix or the country code, or if the country has
    // no prefix, the general pattern is enough. Otherwise the number must be of a known kind.
    let is_accepted =
        |read: &String| is_of_known_kind(read) || ((has_prefix || read == digits) && matches_a_pattern(read));
    parsed.filter(is_accepted).ok_or_else(|| refusal_reason(digits, plan))
}

/// Whether the number matches a pattern of some plan.
pub(super) fn matches_a_pattern(digits: &str) -> bool {
    split_code(digits)
        .is_some_and(|(code, national)| plans(code).iter().any(|plan| has_numbers_like(plan, national)))
}

/// Whether the number belongs to a known kind of some plan.
pub(super) fn is_of_known_kind(digits: &str) -> bool {
    split_code(digits)
        .is_some_and(|(code, national)| plans(code).iter().any(|plan| has_number(plan, national)))
}

/// Whether the longest complete numbers have this length. On a small island they are as short as extensions elsewhere.
fn has_short_numbers(plan: &Metadata, length: usize) -> bool {
    let fixed = plan.descriptors().get(Type::FixedLine).map(|pattern| pattern.possible_length());
    fixed.and_then(|lengths| lengths.iter().copied().map(usize::from).max()) == Some(length)
}

/// The possible lengths of numbers without their area code.
fn local_lengths(plan: &Metadata) -> impl Iterator<Item = usize> {
    let kinds = [Type::FixedLine, Type::Mobile].into_iter().filter_map(|kind| plan.descriptors().get(kind));
    kinds.flat_map(|pattern| pattern.possible_local_length()).copied().map(usize::from)
}

fn refusal_reason(digits: &str, plan: &Metadata) -> NumberFault {
    let (shortest, longest) = (lengths(plan).min(), lengths(plan).max());
    if shortest.is_some_and(|least| digits.len() < least) {
        NumberFault::TooShort
    } else if longest.is_some_and(|most| digits.len() > most + plan.national_prefix().map_or(0, str::len)) {
        NumberFault::TooLong
    } else if is_of_known_kind(digits) {
        NumberFault::NoPlus
    } else {
        NumberFault::NoSuchNumber
    }
}
