//! Splits a written telephone number into its digits and what is sent once the call is connected.
//!
//! It knows punctuation and the words for an extension (RFC 3966 and everyday spellings), but only the prefixes of the numbering
//! plans. It parses one number, and refuses text in which a second one begins.

mod tail;
mod tidy;

use phonenumber::metadata::DATABASE;

use self::{tail::Tail, tidy::tidy};
use crate::{
    Country, NumberFault,
    plans::{plans, split_code},
};

/// At most this many digits after a slash are the end of a second number ("1234567/68"), or unclear.
const LONGEST_ENDING: usize = 3;

/// The fewest digits of a complete number without a country code.
pub(crate) const SHORTEST: usize = 7;

/// The parts of a written number.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Spelling {
    /// True if the digits begin with the country code.
    pub(crate) international: bool,
    /// The digits; never empty.
    pub(crate) digits: String,
    /// What is sent once the call is connected: keys, and a comma for each pause. Contains at least one key.
    pub(crate) sent: Option<String>,
}

impl Spelling {
    /// Parses a number as it is written in `region`.
    pub(crate) fn read(as_written: &str, region: Option<Country>) -> Result<Self, NumberFault> {
        let text = tidy(as_written, region)?;
        let end = text.find(|letter| !is_number_char(letter)).unwrap_or(text.len());
        let (main, rest) = text.split_at(end);
        let Tail { context, more, sent } = Tail::read(main, rest)?;
        let main = match context {
            Some(context) if !main.trim_start().starts_with('+') => format!("{context}{main}"),
            Some(_) | None => format!("{}{more}", first_number(main)?),
        };
        match read_main(&main, region) {
            Ok((international, digits)) => Ok(Self { international, digits, sent }),
            Err(NumberFault::Empty) if sent.is_some() => Err(NumberFault::Internal),
            Err(reason) => Err(reason),
        }
    }
}

fn is_punctuation(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(letter, '-' | '.' | '(' | ')' | '[' | ']' | '/' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn is_number_char(letter: char) -> bool {
    letter == '+' || letter.is_ascii_digit() || is_punctuation(letter)
}

fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Removes the ending of a second number: "1234567/68" is 1234567 and 1234568.
fn first_number(main: &str) -> Result<&str, NumberFault> {
    let Some((number, ending)) = main.rsplit_once('/') else { return Ok(main) };
    let (first, second) = (digits_of(number), digits_of(ending));
    if first.len() < SHORTEST || second.is_empty() || second.len() > LONGEST_ENDING {
        return Ok(main);
    }
    // Both have the same number of digits, so they compare like numbers.
    if first.get(first.len() - second.len()..).is_some_and(|end| end < second.as_str()) {
        Ok(number)
    } else {
        Err(NumberFault::Several)
    }
}

/// Returns whether the digits begin with the country code, and the digits.
fn read_main(main: &str, region: Option<Country>) -> Result<(bool, String), NumberFault> {
    let bare: String =
        main.chars().filter(|letter| !is_punctuation(*letter) || matches!(letter, '(' | ')')).collect();
    let (plus, rest) = match bare.trim_start_matches('(').strip_prefix('+') {
        Some(rest) => (true, rest.trim_start_matches('+')),
        None => (false, bare.as_str()),
    };
    if rest.contains('+') {
        return Err(NumberFault::Strange);
    }
    let digits = digits_of(rest);
    let exit_digits = if plus { Some(0) } else { exit_code(&digits, region) };
    if digits.is_empty() {
        return Err(NumberFault::Empty);
    }
    if digits.bytes().all(|digit| digit == b'0') {
        return Err(NumberFault::NoSuchNumber);
    }
    let Some(exit_digits) = exit_digits else { return Ok((false, digits)) };
    if let Some((before, after)) = rest.split_once("(0)") {
        let before = digits_of(before);
        let code = before.get(exit_digits..).unwrap_or_default();
        return Ok((true, format!("{code}{}{}", kept_zero(code), digits_of(after))));
    }
    match digits.get(exit_digits..) {
        Some(digits) if !digits.is_empty() => Ok((true, digits.to_owned())),
        Some(_) | None => Err(NumberFault::TooShort),
    }
}

/// The length of the exit code of `region`, if the number begins with it. A region whose own exit code does not begin with 00
/// accepts 00 too, because no number begins with it.
fn exit_code(digits: &str, region: Option<Country>) -> Option<usize> {
    let pattern = region
        .and_then(|region| DATABASE.by_id(region.as_ref()))
        .and_then(|plan| plan.international_prefix());
    let common = || digits.starts_with("00").then_some(2);
    match pattern {
        None => common(),
        Some(pattern) if pattern.as_str() == "00" => common(),
        Some(pattern) => {
            let found = pattern.find(digits).filter(|found| found.start() == 0).map(|found| found.end());
            found.or_else(|| if pattern.as_str().trim_start().starts_with("00") { None } else { common() })
        }
    }
}

/// The zero of "+39 (0)6" is part of the number if the country has no trunk prefix. Elsewhere it is only dialled within the
/// country.
fn kept_zero(code: &str) -> &'static str {
    let has_prefix = |code| plans(code).iter().any(|plan| plan.national_prefix().is_some());
    match split_code(code) {
        Some((code, "")) if !has_prefix(code) => "0",
        Some(_) | None => "",
    }
}

#[cfg(test)]
mod tests;
