//! The numbers in one field of the directory, because people write two numbers into a field for one.
//!
//! It finds two numbers only if each is complete. It refuses everything else that looks like two, because dialling both in a
//! row, or sending one as tones, would call somebody else.

use phonenumber::metadata::DATABASE;

use super::{
    Dialable, convert,
    national::{is_of_known_kind, matches_a_pattern},
};
use crate::{
    Country, NumberFault,
    spelling::{SHORTEST, Spelling},
};

/// What people write between two numbers.
const SEPARATORS: &[&str] =
    &["\n", "|", "&", ";", "；", "/", "／", ",", "，", " or ", " and ", " oder ", " und ", " ou ", " et "];

/// Each number of the field as it is written, with its result.
pub(super) fn numbers(field: &str, region: Option<Country>) -> Vec<(&str, Result<Dialable, NumberFault>)> {
    let separators = SEPARATORS.iter().filter(|separator| **separator != "," || !has_pauses(field));
    let splits =
        separators.map(|separator| field.split(separator).collect()).chain([split_before_plus(field)]);
    for pieces in splits {
        if let Some(numbers) = all_complete(&pieces, region) {
            return numbers.into_iter().map(|(text, number)| (text, Ok(number))).collect();
        }
    }
    let number = Spelling::read(field, region).and_then(|spelling| convert(spelling, region));
    let number = match number {
        Ok(_) | Err(NumberFault::TooLong) if hides_another(field, region) => Err(NumberFault::Several),
        Ok(_) | Err(_) => number,
    };
    vec![(field, number)]
}

/// Whether commas are pauses, followed by keys: there are two in a row, or a # ends the keys.
fn has_pauses(field: &str) -> bool {
    let is_key = |letter: char| letter.is_ascii_digit() || matches!(letter, '*' | '#');
    let two = |(at, _)| field[at..].trim_start_matches([',', ' ']).starts_with(is_key);
    let are_keys = |piece: &str| piece.trim().starts_with(is_key) && piece.trim().ends_with('#');
    field.match_indices(",,").any(two) || field.split(',').skip(1).any(are_keys)
}

/// The parts that could be complete numbers, found without the numbering plans.
pub(crate) fn pieces(field: &str) -> Vec<&str> {
    let is_separator = |letter: char| letter.is_alphabetic() || "\n|&;；/／,，".contains(letter);
    let has_digits = |piece: &&str| piece.chars().filter(|letter| letter.is_numeric()).count() >= SHORTEST;
    field.split(is_separator).flat_map(split_before_plus).filter(has_digits).collect()
}

/// Splits "+1 206 555 0100 +1 206 555 0101" in two.
fn split_before_plus(field: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = field;
    while let Some(at) = rest.rfind(" +") {
        let (before, number) = rest.split_at(at);
        pieces.insert(0, number);
        rest = before;
    }
    pieces.insert(0, rest);
    pieces
}

/// Parses these pieces if there are several and each is a complete number.
fn all_complete<'a>(pieces: &[&'a str], region: Option<Country>) -> Option<Vec<(&'a str, Dialable)>> {
    let pieces: Vec<&str> =
        pieces.iter().map(|piece| piece.trim()).filter(|piece| !piece.is_empty()).collect();
    if pieces.len() < 2 {
        return None;
    }
    pieces.into_iter().map(|piece| Some((piece, complete(piece, region, matches_a_pattern)?))).collect()
}

/// Parses a number from which nothing can be missing: it has its country code, or the trunk prefix. `is_known` decides how
/// closely a plan must know it.
fn complete(text: &str, region: Option<Country>, is_known: fn(&str) -> bool) -> Option<Dialable> {
    let spelling = Spelling::read(text, region).ok()?;
    let has_prefix = || {
        let plan = region.and_then(|region| DATABASE.by_id(region.as_ref()));
        plan.and_then(|plan| plan.national_prefix())
            .is_none_or(|prefix| prefix == "1" || spelling.digits.starts_with(prefix))
    };
    let is_complete = spelling.digits.len() >= SHORTEST && (spelling.international || has_prefix());
    if !is_complete {
        return None;
    }
    convert(spelling, region).ok().filter(|number| is_known(number.e164.trim_start_matches('+')))
}

/// Whether a slash, which may be part of a number, follows a complete number.
fn hides_another(field: &str, region: Option<Country>) -> bool {
    // The general pattern would also match an area code alone.
    let mut slashes = field.match_indices(['/', '／']);
    slashes.any(|(at, slash)| {
        let (number, rest) = (&field[..at], &field[at + slash.len()..]);
        let more = rest.chars().filter(|letter| letter.is_numeric()).count();
        more > 3 && complete(number, region, is_of_known_kind).is_some()
    })
}
