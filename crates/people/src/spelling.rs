//! A telephone number taken apart as it is written: its digits, and what is sent after connection.
//!
//! Knows punctuation and the words for an extension (RFC 3966 and everyday spellings); of the numbering plans
//! only what is dialled in front of a number.

use unicode_normalization::UnicodeNormalization;

use phonenumber::metadata::DATABASE;

use crate::{
    Country, Reason,
    plans::{plans, split_code},
};

/// The words for an extension, in lower case, the longer first.
const EXTENSION: &[&str] = &["extension", "extn", "ext", "x", "#"];

/// More is no telephone number, whatever it is.
const LONGEST: usize = 200;

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
        if as_written.len() > LONGEST {
            return Err(Reason::TooLong);
        }
        let text: String = as_written.nfkc().filter(|letter| !is_invisible(*letter)).collect();
        let text = text.trim().to_lowercase();
        let text = ["tel:", "callto:"].iter().find_map(|scheme| text.strip_prefix(scheme)).unwrap_or(&text);
        let end = text.find(|letter| !is_main(letter)).unwrap_or(text.len());
        let (main, tail) = text.split_at(end);
        let (context, sent) = read_tail(tail)?;
        let main = match context {
            Some(context) if !main.trim_start().starts_with('+') => format!("{context}{main}"),
            Some(_) | None => main.to_owned(),
        };
        let (international, digits) = read_main(&main, region)?;
        Ok(Self { international, digits, sent })
    }
}

/// Marks that come along when a number is copied from elsewhere: of direction, and of no width.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
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

/// Whether the country code comes first, and the digits.
fn read_main(main: &str, region: Option<Country>) -> Result<(bool, String), Reason> {
    let bare: String =
        main.chars().filter(|letter| !is_punctuation(*letter) || matches!(letter, '(' | ')')).collect();
    let (plus, rest) = match bare.trim_start_matches('(').strip_prefix('+') {
        Some(rest) => (true, rest),
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

/// The zero of "+39 (0)6" is part of the number where a country has no trunk prefix; elsewhere it is dialled
/// inside the country only.
fn kept_zero(code: &str) -> &'static str {
    let has_prefix = |code| plans(code).iter().any(|plan| plan.national_prefix().is_some());
    match split_code(code) {
        Some((code, "")) if !has_prefix(code) => "0",
        Some(_) | None => "",
    }
}

/// What stands behind the number: the country code that RFC 3966 may name there, and what is sent after connection.
fn read_tail(tail: &str) -> Result<(Option<String>, Option<String>), Reason> {
    let mut context = None;
    let mut sent = String::new();
    let mut rest = tail.trim();
    while !rest.is_empty() {
        if let Some(parameter) = rest.strip_prefix(';').filter(|rest| !starts_with_key(rest)) {
            let (parameter, after) =
                parameter.split_at(parameter.find([';', ',']).unwrap_or(parameter.len()));
            rest = after.trim();
            match parameter.split_once('=').map(|(name, value)| (name.trim(), value.trim())) {
                Some(("ext", value)) => sent.push_str(&keys(value)?),
                Some(("phone-context", value)) if value.starts_with('+') => context = Some(value.to_owned()),
                // A number that is known inside one company only.
                Some(("phone-context", _)) | None => return Err(Reason::Strange),
                Some(_) => {}
            }
        } else if let Some(after) = rest.strip_prefix([',', ';']) {
            let end = after.find([',', ';']).unwrap_or(after.len());
            let (pressed, after) = after.split_at(end);
            sent.push(',');
            sent.push_str(&keys(pressed)?);
            rest = after;
        } else {
            let word = EXTENSION.iter().find_map(|word| rest.strip_prefix(word)).ok_or(Reason::Strange)?;
            let word = word.trim_start_matches(['.', ':', '=', ' ']);
            let (number, after) = word.split_at(word.find([',', ';']).unwrap_or(word.len()));
            let number = keys(number)?;
            if number.is_empty() {
                return Err(Reason::Strange);
            }
            sent.push_str(&number);
            rest = after;
        }
    }
    let presses = sent.bytes().any(|key| key != b',');
    Ok((context, presses.then_some(sent)))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (bool, String, Option<String>) {
        let Spelling { international, digits, sent } = Spelling::read(text, None).unwrap();
        (international, digits, sent)
    }

    #[test]
    fn punctuation_and_marks_do_not_count() {
        for text in [
            "+441632960000",
            "+44 1632 960000",
            "+44 (1632) 960-000",
            "+44 (0)1632 960000",
            "+44 (0) 1632 960000",
            "(+44) 1632/960000",
            "0044 1632 960000",
            "0044 (0)1632 960000",
            "tel:+44-1632-960000",
            "TEL:+44.1632.960000",
            "tel:1632-960000;phone-context=+44",
            "\u{202d}+44\u{a0}1632\u{2011}960000\u{202c}",
            "\u{ff0b}\u{ff14}\u{ff14}1632960000",
        ] {
            assert_eq!(read(text), (true, "441632960000".to_owned(), None), "{text}");
        }
        assert_eq!(read("01632 960 000"), (false, "01632960000".to_owned(), None));
    }

    #[test]
    fn exit_codes_are_those_of_the_region() {
        for (text, region) in [
            ("0044 1632 960000", Country::GB),
            ("0044 1632 960000", Country::US),
            ("011 44 1632 960000", Country::US),
            ("010 44 1632 960000", Country::JP),
            ("0011 44 (0)1632 960000", Country::AU),
            ("001 44 1632 960000", Country::HK),
        ] {
            let Spelling { international, digits, .. } = Spelling::read(text, Some(region)).unwrap();
            assert_eq!((international, digits.as_str()), (true, "441632960000"), "{text}");
        }
        assert!(!Spelling::read("011 44 1632 960000", Some(Country::GB)).unwrap().international);
    }

    #[test]
    fn the_zero_of_an_italian_number_is_kept() {
        assert_eq!(read("+39 (0)6 698 12345").1, "390669812345");
    }

    #[test]
    fn what_is_sent_after_connection_stands_behind_the_number() {
        for (tail, sent) in [
            (";ext=123", "123"),
            (" ext. 123", "123"),
            (" Ext 123", "123"),
            ("x123", "123"),
            (" extension: 1-2-3", "123"),
            (" #123", "123"),
            (",,123", ",,123"),
            (", 123", ",123"),
            (";123#", ",123#"),
            (",,1,,2", ",,1,,2"),
            (";isub=9;ext=123", "123"),
            (" ext. 123,,4", "123,,4"),
        ] {
            assert_eq!(
                read(&format!("+441632960000{tail}")),
                (true, "441632960000".to_owned(), Some(sent.to_owned()))
            );
        }
        assert_eq!(read("+441632960000,,").2, None);
    }

    #[test]
    fn what_is_no_number_is_told_so() {
        for (text, reason) in [
            ("", Reason::Empty),
            (" - ", Reason::Empty),
            ("+", Reason::Empty),
            ("ext. 4000", Reason::Empty),
            ("reception", Reason::Strange),
            ("anna@contoso.com", Reason::Strange),
            ("sip:+441632960000", Reason::Strange),
            ("+44 1632 960000 or 960001", Reason::Strange),
            ("+44 1632 960000 ext.", Reason::Strange),
            ("+44 1632 +44 1632", Reason::Strange),
            ("4000;phone-context=contoso.com", Reason::Strange),
            (&"1".repeat(300), Reason::TooLong),
        ] {
            assert_eq!(Spelling::read(text, None), Err(reason), "{text}");
        }
    }
}
