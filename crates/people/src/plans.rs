//! The numbering plans of the countries: which country codes there are, and which numbers follow them.
//!
//! Reads the tables of the library. It parses no written number, and refuses none.

use phonenumber::{
    Metadata, Type,
    metadata::{DATABASE, Descriptor},
};

/// The kinds of number that a person can have.
const KINDS: [Type; 10] = [
    Type::FixedLine,
    Type::Mobile,
    Type::TollFree,
    Type::PremiumRate,
    Type::SharedCost,
    Type::PersonalNumber,
    Type::Voip,
    Type::Pager,
    Type::Uan,
    Type::Voicemail,
];

/// Splits digits into the country code and the rest. No code is the beginning of another.
pub(crate) fn split_code(digits: &str) -> Option<(u16, &str)> {
    (1..=3).find_map(|length| {
        let (code, national) = digits.split_at_checked(length)?;
        let code = code.parse().ok().filter(|_| !digits.starts_with('0'))?;
        (!plans(code).is_empty()).then_some((code, national))
    })
}

/// The numbering plans of a country code, beginning with the main country's.
pub(crate) fn plans(code: u16) -> Vec<&'static Metadata> {
    DATABASE.by_code(&code).unwrap_or_default()
}

/// Whether the whole number matches a pattern of the plan.
pub(crate) fn has_numbers_like(plan: &Metadata, national: &str) -> bool {
    let is_all = |pattern: &Descriptor| {
        pattern.national_number().find(national).is_some_and(|found| found.range() == (0..national.len()))
    };
    let of_a_kind = || KINDS.iter().filter_map(|kind| plan.descriptors().get(*kind));
    (is_all(plan.descriptors().general()) || of_a_kind().any(is_all))
        && lengths(plan).any(|length| length == national.len())
}

/// Whether the number belongs to a known kind of the plan.
pub(crate) fn has_number(plan: &Metadata, national: &str) -> bool {
    let is_match =
        |kind: &Type| plan.descriptors().get(*kind).is_some_and(|pattern| pattern.is_match(national));
    plan.descriptors().general().is_match(national) && KINDS.iter().any(is_match)
}

/// The possible lengths of a plan's numbers that can be dialled from abroad.
pub(crate) fn lengths(plan: &Metadata) -> impl Iterator<Item = usize> {
    let kinds = KINDS.iter().filter_map(|kind| plan.descriptors().get(*kind));
    kinds.flat_map(|kind| kind.possible_length()).copied().map(usize::from)
}
