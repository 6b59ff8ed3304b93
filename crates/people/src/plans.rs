//! The numbering plans of the countries: which codes there are, and what the numbers behind them look like.
//!
//! Answers from the library's tables; reads no number as somebody wrote it, and refuses none.

use phonenumber::{
    Metadata, Type,
    metadata::{DATABASE, Descriptor},
};

/// The kinds of number that somebody can have.
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

/// The country code at the beginning, and the rest. No code is the beginning of another.
pub(crate) fn split_code(digits: &str) -> Option<(u16, &str)> {
    (1..=3).find_map(|length| {
        let (code, national) = digits.split_at_checked(length)?;
        let code = code.parse().ok().filter(|_| !digits.starts_with('0'))?;
        (!plans(code).is_empty()).then_some((code, national))
    })
}

/// The numbering plans of a country code, the main country's first.
pub(crate) fn plans(code: u16) -> Vec<&'static Metadata> {
    DATABASE.by_code(&code).unwrap_or_default()
}

/// Whether a plan has numbers that look like this from the first digit to the last.
pub(crate) fn has_numbers_like(plan: &Metadata, national: &str) -> bool {
    let is_all = |pattern: &Descriptor| {
        pattern.national_number().find(national).is_some_and(|found| found.range() == (0..national.len()))
    };
    let of_a_kind = || KINDS.iter().filter_map(|kind| plan.descriptors().get(*kind));
    (is_all(plan.descriptors().general()) || of_a_kind().any(is_all))
        && lengths(plan).any(|length| length == national.len())
}

/// Whether somebody can have this number of a plan: it is of a known kind.
pub(crate) fn has_number(plan: &Metadata, national: &str) -> bool {
    let is_match =
        |kind: &Type| plan.descriptors().get(*kind).is_some_and(|pattern| pattern.is_match(national));
    plan.descriptors().general().is_match(national) && KINDS.iter().any(is_match)
}

/// How long the numbers of a plan are that can be dialled from abroad.
pub(crate) fn lengths(plan: &Metadata) -> impl Iterator<Item = usize> {
    let kinds = KINDS.iter().filter_map(|kind| plan.descriptors().get(*kind));
    kinds.flat_map(|kind| kind.possible_length()).copied().map(usize::from)
}
