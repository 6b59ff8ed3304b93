//! Parses the text after a number: an extension in all its spellings, pauses and keys, and parameters of RFC 3966.
//!
//! It must not take a second number for an extension.

use super::{SHORTEST, digits_of, is_punctuation};
use crate::NumberFault;

/// The words for an extension in lower case, longer ones before their beginnings.
const EXTENSION: &[&str] = &[
    "extension",
    "extn",
    "ext",
    "local",
    "interno",
    "anexo",
    "ramal",
    "poste",
    "toestel",
    "доб",
    "x",
    "#",
    "*",
];

/// The words for more digits of the number itself.
const DIRECT_DIAL: &[&str] = &["durchwahl", "dw"];

/// The parts after a number.
#[derive(Debug, Default)]
pub(super) struct Tail {
    /// The phone context of RFC 3966, which is dialled before the number: a country code, or more.
    pub(super) context: Option<String>,
    /// More digits of the number itself.
    pub(super) more: String,
    /// See [`super::Spelling::sent`].
    pub(super) sent: Option<String>,
}

impl Tail {
    /// Parses `tail`, which follows `main`.
    pub(super) fn read(main: &str, tail: &str) -> Result<Self, NumberFault> {
        let mut rest = tail.trim();
        if is_spelled_in_letters(main, rest) {
            return Err(NumberFault::Letters);
        }
        if rest.starts_with(['|', '&']) {
            return Err(NumberFault::Several);
        }
        let mut read = Self::default();
        if let Some(more) = DIRECT_DIAL.iter().find_map(|word| rest.strip_prefix(word)) {
            let more = keys(more.trim_start_matches(['.', ':', ' ']))?;
            // The zero of "-0" replaces such digits, so both together are unclear.
            if more.is_empty() || more.contains(['*', '#']) || main.trim_end().ends_with("-0") {
                return Err(NumberFault::Strange);
            }
            return Ok(Self { more, ..Self::default() });
        }
        let mut sent = String::new();
        while !rest.is_empty() && rest != "#" {
            rest = read.parse_part(rest, &mut sent)?;
        }
        let presses = sent.bytes().any(|key| key != b',');
        read.sent = presses.then_some(sent);
        Ok(read)
    }

    /// Parses the first part of `rest`, and returns the remainder.
    fn parse_part<'a>(&mut self, rest: &'a str, sent: &mut String) -> Result<&'a str, NumberFault> {
        if let Some(parameter) = rest.strip_prefix(';').filter(|rest| !starts_with_key(rest)) {
            let (parameter, after) = split_at_separator(parameter);
            match parameter.split_once('=').map(|(name, value)| (name.trim(), value.trim())) {
                Some(("ext", value)) => sent.push_str(&keys(value)?),
                Some(("phone-context", value)) if value.starts_with('+') => {
                    self.context = Some(value.to_owned());
                }
                // A number of one company only.
                Some(("phone-context", _)) => return Err(NumberFault::Strange),
                Some(_) => {}
                None => sent.push_str(&extension(parameter.trim())?),
            }
            Ok(after.trim())
        } else if let Some(after) = rest.strip_prefix([',', ';']).or_else(|| strip_pause(rest)) {
            let (pressed, after) = split_at_separator(after);
            // In ", ext. 212" the comma is punctuation; before keys it is a pause.
            if pressed.contains(char::is_alphabetic) {
                sent.push_str(&extension(pressed.trim())?);
                return Ok(after);
            }
            let pressed = keys(pressed)?;
            let is_number = digits_of(&pressed).len() >= SHORTEST && !pressed.contains(['*', '#']);
            if is_number && !sent.contains(',') {
                return Err(NumberFault::Several);
            }
            sent.push(',');
            sent.push_str(&pressed);
            Ok(after)
        } else {
            let (word, after) = split_at_separator(rest);
            sent.push_str(&extension(word)?);
            Ok(after)
        }
    }
}

/// Whether a word follows digits without a space: "555-CALL".
fn is_spelled_in_letters(main: &str, rest: &str) -> bool {
    let is_joined = main.ends_with(|last: char| last.is_ascii_digit() || matches!(last, '-' | '.'));
    let is_word = rest.len() > 2 && rest.bytes().all(|letter| letter.is_ascii_alphabetic() || letter == b'-');
    is_joined && is_word && digits_of(main).len() > 2 && !EXTENSION.contains(&rest)
}

/// Strips the "p" by which telephones store a pause: "p123".
fn strip_pause(rest: &str) -> Option<&str> {
    rest.strip_prefix('p').filter(|rest| starts_with_key(rest))
}

fn split_at_separator(text: &str) -> (&str, &str) {
    text.split_at(text.find([',', ';']).unwrap_or(text.len()))
}

/// The keys after a word for an extension.
fn extension(text: &str) -> Result<String, NumberFault> {
    let number = EXTENSION.iter().find_map(|word| text.strip_prefix(word)).ok_or(NumberFault::Strange)?;
    let number = keys(number.trim_start_matches(['.', ':', '=', ' ']))?;
    if number.is_empty() { Err(NumberFault::Strange) } else { Ok(number) }
}

fn starts_with_key(text: &str) -> bool {
    text.trim_start().starts_with(|letter: char| letter.is_ascii_digit() || matches!(letter, '*' | '#'))
}

/// The telephone keys in `text`, without punctuation.
fn keys(text: &str) -> Result<String, NumberFault> {
    let is_key = |letter: char| letter.is_ascii_digit() || matches!(letter, '*' | '#');
    if text.chars().all(|letter| is_key(letter) || is_punctuation(letter)) {
        Ok(text.chars().filter(|letter| is_key(*letter)).collect())
    } else {
        Err(NumberFault::Strange)
    }
}
