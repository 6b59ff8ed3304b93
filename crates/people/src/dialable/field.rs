//! The numbers in one field of a directory: people write two numbers into a field for one.
//!
//! A field has two numbers only if each is complete. Anything else that looks like two is refused, since one half of
//! it sent as tones, or both in a row, would call somebody else.

use phonenumber::metadata::DATABASE;

use super::{
    Dialable,
    national::{is_like_one, is_number},
    read,
};
use crate::{
    Country, Reason,
    spelling::{Spelling, WHOLE},
};

/// What people write between two numbers.
const BETWEEN: &[&str] =
    &["\n", "|", "&", ";", "；", "/", "／", ",", "，", " or ", " and ", " oder ", " und ", " ou ", " et "];

/// Each number of the field as it is written, and what it is.
pub(super) fn numbers(field: &str, region: Option<Country>) -> Vec<(&str, Result<Dialable, Reason>)> {
    let between = BETWEEN.iter().filter(|between| **between != "," || !has_pauses(field));
    let ways = between.map(|between| field.split(between).collect()).chain([before_plus(field)]);
    for pieces in ways {
        if let Some(numbers) = each(&pieces, region) {
            return numbers.into_iter().map(|(text, number)| (text, Ok(number))).collect();
        }
    }
    let number = Spelling::read(field, region).and_then(|spelling| read(spelling, region));
    let number = match number {
        Ok(_) | Err(Reason::TooLong) if hides_another(field, region) => Err(Reason::Several),
        Ok(_) | Err(_) => number,
    };
    vec![(field, number)]
}

/// Whether a comma is a pause, and what is behind it are keys, however many: there are two of them, or a # ends the keys.
fn has_pauses(field: &str) -> bool {
    let is_key = |letter: char| letter.is_ascii_digit() || matches!(letter, '*' | '#');
    let two = |(at, _)| field[at..].trim_start_matches([',', ' ']).starts_with(is_key);
    let are_keys = |piece: &str| piece.trim().starts_with(is_key) && piece.trim().ends_with('#');
    field.match_indices(",,").any(two) || field.split(',').skip(1).any(are_keys)
}

/// What could be a complete number, found without the numbering plans.
pub(crate) fn pieces(field: &str) -> Vec<&str> {
    let is_between = |letter: char| letter.is_alphabetic() || "\n|&;；/／,，".contains(letter);
    let has_digits = |piece: &&str| piece.chars().filter(|letter| letter.is_numeric()).count() >= WHOLE;
    field.split(is_between).flat_map(before_plus).filter(has_digits).collect()
}

/// "+1 206 555 0100 +1 206 555 0101".
fn before_plus(field: &str) -> Vec<&str> {
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

/// All of these as numbers, if there are several and each is whole.
fn each<'a>(pieces: &[&'a str], region: Option<Country>) -> Option<Vec<(&'a str, Dialable)>> {
    let pieces: Vec<&str> =
        pieces.iter().map(|piece| piece.trim()).filter(|piece| !piece.is_empty()).collect();
    if pieces.len() < 2 {
        return None;
    }
    pieces.into_iter().map(|piece| Some((piece, whole(piece, region, is_like_one)?))).collect()
}

/// The number, if nothing can be missing from it: it has its country code, or what is dialled before its area code.
/// `is_one` says how closely a plan has to know it.
fn whole(text: &str, region: Option<Country>, is_one: fn(&str) -> bool) -> Option<Dialable> {
    let spelling = Spelling::read(text, region).ok()?;
    let has_prefix = || {
        let plan = region.and_then(|region| DATABASE.by_id(region.as_ref()));
        plan.and_then(|plan| plan.national_prefix())
            .is_none_or(|prefix| prefix == "1" || spelling.digits.starts_with(prefix))
    };
    let is_whole = spelling.digits.len() >= WHOLE && (spelling.international || has_prefix());
    if !is_whole {
        return None;
    }
    read(spelling, region).ok().filter(|number| is_one(number.e164.trim_start_matches('+')))
}

/// Whether a slash, which may be inside a number, comes after one that is whole already.
fn hides_another(field: &str, region: Option<Country>) -> bool {
    // With an area code alone before the slash, the general pattern would do.
    let mut slashes = field.match_indices(['/', '／']);
    slashes.any(|(at, slash)| {
        let (number, rest) = (&field[..at], &field[at + slash.len()..]);
        let more = rest.chars().filter(|letter| letter.is_numeric()).count();
        more > 3 && whole(number, region, is_number).is_some()
    })
}
