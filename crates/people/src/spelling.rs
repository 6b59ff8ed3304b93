//! A telephone number taken apart as it is written: its digits, and what is sent after connection.
//!
//! Knows punctuation and the words for an extension (RFC 3966 and everyday spellings); of the numbering plans
//! only what is dialled in front of a number. Reads one number; if a second one begins, it refuses.

mod tail;
mod tidy;

use phonenumber::metadata::DATABASE;

use self::{tail::Tail, tidy::tidy};
use crate::{
    Country, Reason,
    plans::{plans, split_code},
};

/// What follows a slash and is as short is the end of a second line ("1234567/68"), or nobody knows what.
const SHORT: usize = 3;

/// A number without country code has at least so many digits, also inside its area.
pub(crate) const WHOLE: usize = 7;

/// The parts of a written number.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Spelling {
    /// The country code comes first.
    pub(crate) international: bool,
    /// The digits; never empty.
    pub(crate) digits: String,
    /// What is sent after connection: keys, and a comma for each pause. Never without a key.
    pub(crate) sent: Option<String>,
}

impl Spelling {
    /// Takes `as_written` apart, as it is meant in `region`.
    pub(crate) fn read(as_written: &str, region: Option<Country>) -> Result<Self, Reason> {
        let text = tidy(as_written, region)?;
        let end = text.find(|letter| !is_main(letter)).unwrap_or(text.len());
        let (main, rest) = text.split_at(end);
        let Tail { context, more, sent } = Tail::read(main, rest)?;
        let main = match context {
            Some(context) if !main.trim_start().starts_with('+') => format!("{context}{main}"),
            Some(_) | None => format!("{}{more}", first_line(main)?),
        };
        match read_main(&main, region) {
            Ok((international, digits)) => Ok(Self { international, digits, sent }),
            Err(Reason::Empty) if sent.is_some() => Err(Reason::Internal),
            Err(reason) => Err(reason),
        }
    }
}

fn is_punctuation(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(letter, '-' | '.' | '(' | ')' | '[' | ']' | '/' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn is_main(letter: char) -> bool {
    letter == '+' || letter.is_ascii_digit() || is_punctuation(letter)
}

fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Leaves out how the number of a second line ends: "1234567/68" is 1234567 and 1234568.
fn first_line(main: &str) -> Result<&str, Reason> {
    let Some((line, other)) = main.rsplit_once('/') else { return Ok(main) };
    let (first, second) = (digits_of(line), digits_of(other));
    if first.len() < WHOLE || second.is_empty() || second.len() > SHORT {
        return Ok(main);
    }
    // Both have as many digits, so they compare as numbers do.
    if first.get(first.len() - second.len()..).is_some_and(|end| end < second.as_str()) {
        Ok(line)
    } else {
        Err(Reason::Several)
    }
}

/// Whether the country code comes first, and the digits.
fn read_main(main: &str, region: Option<Country>) -> Result<(bool, String), Reason> {
    let bare: String =
        main.chars().filter(|letter| !is_punctuation(*letter) || matches!(letter, '(' | ')')).collect();
    let (plus, rest) = match bare.trim_start_matches('(').strip_prefix('+') {
        Some(rest) => (true, rest.trim_start_matches('+')),
        None => (false, bare.as_str()),
    };
    if rest.contains('+') {
        return Err(Reason::Strange);
    }
    let digits = digits_of(rest);
    let abroad = if plus { Some(0) } else { exit_code(&digits, region) };
    if digits.is_empty() {
        return Err(Reason::Empty);
    }
    if digits.bytes().all(|digit| digit == b'0') {
        return Err(Reason::NoSuchNumber);
    }
    let Some(abroad) = abroad else { return Ok((false, digits)) };
    if let Some((before, after)) = rest.split_once("(0)") {
        let before = digits_of(before);
        let code = before.get(abroad..).unwrap_or_default();
        return Ok((true, format!("{code}{}{}", kept_zero(code), digits_of(after))));
    }
    match digits.get(abroad..) {
        Some(digits) if !digits.is_empty() => Ok((true, digits.to_owned())),
        Some(_) | None => Err(Reason::TooShort),
    }
}

/// How many digits are dialled first in `region` to call abroad, if the number begins with them. Where no exit
/// code begins with 00, it is understood all the same: no number does.
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

/// The zero of "+39 (0)6" is part of the number if a country has no trunk prefix; elsewhere it is dialled
/// inside the country only.
fn kept_zero(code: &str) -> &'static str {
    let has_prefix = |code| plans(code).iter().any(|plan| plan.national_prefix().is_some());
    match split_code(code) {
        Some((code, "")) if !has_prefix(code) => "0",
        Some(_) | None => "",
    }
}

#[cfg(test)]
mod tests;
