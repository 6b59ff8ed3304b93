//! What is behind a number: an extension in all its spellings, pauses and keys, parameters of RFC 3966.
//!
//! Never takes a second number for something that is sent after connection.

use super::{WHOLE, digits_of, is_punctuation};
use crate::Reason;

/// The words for an extension, in lower case, a longer one before its beginning.
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

/// The words for digits that are dialled with the number.
const DIALLED_WITH_IT: &[&str] = &["durchwahl", "dw"];

/// The parts behind a number.
#[derive(Debug, Default)]
pub(super) struct Tail {
    /// The country code, and what else RFC 3966 may name behind the number although it comes before it.
    pub(super) context: Option<String>,
    /// More digits of the number itself.
    pub(super) more: String,
    /// See [`super::Spelling::sent`].
    pub(super) sent: Option<String>,
}

impl Tail {
    /// Reads `tail`, which is behind `main`.
    pub(super) fn read(main: &str, tail: &str) -> Result<Self, Reason> {
        let mut rest = tail.trim();
        if is_spelled(main, rest) {
            return Err(Reason::Letters);
        }
        if rest.starts_with(['|', '&']) {
            return Err(Reason::Several);
        }
        let mut read = Self::default();
        if let Some(more) = DIALLED_WITH_IT.iter().find_map(|word| rest.strip_prefix(word)) {
            let more = keys(more.trim_start_matches(['.', ':', ' ']))?;
            // The zero of "-0" is dialled in place of such digits: what is meant with both, nobody knows.
            if more.is_empty() || more.contains(['*', '#']) || main.trim_end().ends_with("-0") {
                return Err(Reason::Strange);
            }
            return Ok(Self { more, ..Self::default() });
        }
        let mut sent = String::new();
        while !rest.is_empty() && rest != "#" {
            rest = read.part(rest, &mut sent)?;
        }
        let presses = sent.bytes().any(|key| key != b',');
        read.sent = presses.then_some(sent);
        Ok(read)
    }

    /// Reads the first part of `rest`, and returns what is left.
    fn part<'a>(&mut self, rest: &'a str, sent: &mut String) -> Result<&'a str, Reason> {
        if let Some(parameter) = rest.strip_prefix(';').filter(|rest| !starts_with_key(rest)) {
            let (parameter, after) = until_next(parameter);
            match parameter.split_once('=').map(|(name, value)| (name.trim(), value.trim())) {
                Some(("ext", value)) => sent.push_str(&keys(value)?),
                Some(("phone-context", value)) if value.starts_with('+') => {
                    self.context = Some(value.to_owned());
                }
                // A number that is known inside one company only.
                Some(("phone-context", _)) => return Err(Reason::Strange),
                Some(_) => {}
                None => sent.push_str(&extension(parameter.trim())?),
            }
            Ok(after.trim())
        } else if let Some(after) = rest.strip_prefix([',', ';']).or_else(|| pause(rest)) {
            let (pressed, after) = until_next(after);
            // ", ext. 212": the comma is punctuation. Keys alone are keys.
            if pressed.contains(char::is_alphabetic) {
                sent.push_str(&extension(pressed.trim())?);
                return Ok(after);
            }
            let pressed = keys(pressed)?;
            let is_number = digits_of(&pressed).len() >= WHOLE && !pressed.contains(['*', '#']);
            if is_number && !sent.contains(',') {
                return Err(Reason::Several);
            }
            sent.push(',');
            sent.push_str(&pressed);
            Ok(after)
        } else {
            let (word, after) = until_next(rest);
            sent.push_str(&extension(word)?);
            Ok(after)
        }
    }
}

/// A word behind digits without a blank between: "555-CALL".
fn is_spelled(main: &str, rest: &str) -> bool {
    let is_joined = main.ends_with(|last: char| last.is_ascii_digit() || matches!(last, '-' | '.'));
    let is_word = rest.len() > 2 && rest.bytes().all(|letter| letter.is_ascii_alphabetic() || letter == b'-');
    is_joined && is_word && digits_of(main).len() > 2 && !EXTENSION.contains(&rest)
}

/// "p123": how telephones store a pause.
fn pause(rest: &str) -> Option<&str> {
    rest.strip_prefix('p').filter(|rest| starts_with_key(rest))
}

fn until_next(text: &str) -> (&str, &str) {
    text.split_at(text.find([',', ';']).unwrap_or(text.len()))
}

/// The keys behind a word for an extension.
fn extension(text: &str) -> Result<String, Reason> {
    let number = EXTENSION.iter().find_map(|word| text.strip_prefix(word)).ok_or(Reason::Strange)?;
    let number = keys(number.trim_start_matches(['.', ':', '=', ' ']))?;
    if number.is_empty() { Err(Reason::Strange) } else { Ok(number) }
}

fn starts_with_key(text: &str) -> bool {
    text.trim_start().starts_with(|letter: char| letter.is_ascii_digit() || matches!(letter, '*' | '#'))
}

/// The keys of a telephone in `text`, without punctuation.
fn keys(text: &str) -> Result<String, Reason> {
    let is_key = |letter: char| letter.is_ascii_digit() || matches!(letter, '*' | '#');
    if text.chars().all(|letter| is_key(letter) || is_punctuation(letter)) {
        Ok(text.chars().filter(|letter| is_key(*letter)).collect())
    } else {
        Err(Reason::Strange)
    }
}
