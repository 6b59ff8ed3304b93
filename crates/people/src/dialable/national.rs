//! A number as it is dialled inside a country.
//!
//! Length alone makes no number here: an extension and a number without its area code have some length, too.

use phonenumber::{Metadata, Type, metadata::DATABASE};

use super::e164;
use crate::{
    Country, Reason,
    plans::{has_number, has_numbers_like, lengths, plans, split_code},
};

/// So many digits are an extension, or a short number as for emergencies.
const EXTENSION: usize = 5;

/// With fewer digits and without the zero before it, the area code may as well be missing.
const WITH_AREA_CODE: usize = 8;

/// The digits with their country code, of a number as it is dialled inside `region`.
pub(super) fn from_region(digits: &str, region: Country) -> Result<String, Reason> {
    let plan = DATABASE.by_id(region.as_ref()).ok_or(Reason::NoRegion)?;
    if digits.len() <= EXTENSION && !has_short_numbers(plan, digits.len()) {
        return Err(Reason::Internal);
    }
    if plan.national_prefix() == Some("0") && !digits.starts_with('0') && digits.len() < WITH_AREA_CODE {
        return Err(Reason::NoAreaCode);
    }
    if !digits.starts_with('0') && local_lengths(plan).any(|length| length == digits.len()) {
        return Err(Reason::NoAreaCode);
    }
    let parsed = phonenumber::parse(Some(region), digits).ok().map(|parsed| e164(&parsed));
    let has_prefix = plan.national_prefix().is_none_or(|prefix| prefix == "1" || digits.starts_with(prefix));
    // New ranges are used before the plans know them: if the trunk prefix or the country code is there, or there
    // is no prefix, the general pattern is enough. Else only a number of a known kind is one.
    let is_one = |read: &String| is_number(read) || ((has_prefix || read == digits) && is_like_one(read));
    parsed.filter(is_one).ok_or_else(|| why_not(digits, plan))
}

/// Whether the general pattern of some plan fits.
pub(super) fn is_like_one(digits: &str) -> bool {
    split_code(digits)
        .is_some_and(|(code, national)| plans(code).iter().any(|plan| has_numbers_like(plan, national)))
}

/// Whether the plan of some country knows a number of this kind.
pub(super) fn is_number(digits: &str) -> bool {
    split_code(digits)
        .is_some_and(|(code, national)| plans(code).iter().any(|plan| has_number(plan, national)))
}

/// On a small island a whole number is no longer than an extension elsewhere.
fn has_short_numbers(plan: &Metadata, length: usize) -> bool {
    let fixed = plan.descriptors().get(Type::FixedLine).map(|pattern| pattern.possible_length());
    fixed.and_then(|lengths| lengths.iter().copied().map(usize::from).max()) == Some(length)
}

/// How long the numbers of an area are without their area code.
fn local_lengths(plan: &Metadata) -> impl Iterator<Item = usize> {
    let kinds = [Type::FixedLine, Type::Mobile].into_iter().filter_map(|kind| plan.descriptors().get(kind));
    kinds.flat_map(|pattern| pattern.possible_local_length()).copied().map(usize::from)
}

fn why_not(digits: &str, plan: &Metadata) -> Reason {
    let (shortest, longest) = (lengths(plan).min(), lengths(plan).max());
    if shortest.is_some_and(|least| digits.len() < least) {
        Reason::TooShort
    } else if longest.is_some_and(|most| digits.len() > most + plan.national_prefix().map_or(0, str::len)) {
        Reason::TooLong
    } else if is_number(digits) {
        Reason::NoPlus
    } else {
        Reason::NoSuchNumber
    }
}
