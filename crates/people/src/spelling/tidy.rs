//! Removes what surrounds a number: quotes, labels, notes, invisible characters.
//!
//! It must not remove anything that could change the number.

use unicode_normalization::UnicodeNormalization;

use crate::{Country, NumberFault};

/// The most bytes of text that may be a telephone number.
const LONGEST: usize = 200;

/// The labels before a number and a colon, without those for a fax, which nobody answers.
const LABELS: &[&str] = &[
    "tel",
    "callto",
    "t",
    "telephone",
    "telefon",
    "p",
    "ph",
    "phone",
    "m",
    "mob",
    "mobile",
    "mobil",
    "handy",
    "c",
    "cell",
    "o",
    "office",
    "w",
    "work",
    "d",
    "direct",
    "h",
    "home",
    "büro",
    "tél",
    "téléphone",
    "teléfono",
    "telefono",
];

/// The zeros of Unicode's decimal digits that NFKC does not convert to ASCII; nine more digits follow each.
const ZEROS: &[char] = &[
    '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}',
    '\u{c66}', '\u{ce6}', '\u{d66}', '\u{de6}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}', '\u{1090}',
    '\u{17e0}', '\u{1810}',
];

/// The text without its surroundings, in lower case and ASCII digits.
pub(super) fn tidy(as_written: &str, region: Option<Country>) -> Result<String, NumberFault> {
    if as_written.len() > LONGEST {
        return Err(NumberFault::TooLong);
    }
    let text: String = as_written
        .nfkc()
        .filter(|letter| !is_invisible(*letter))
        .map(ascii_digit)
        .collect::<String>()
        .to_lowercase();
    let mut text = without_notes(unquoted(&text));
    if region == Some(Country::BR) {
        // A placeholder for the code of the carrier, which the caller chooses.
        text = text.replace("(xx)", "");
    }
    Ok(without_outside_line(unquoted(without_label(&text))).to_owned())
}

/// Marks of direction and of no width, which are copied along with a number.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn ascii_digit(letter: char) -> char {
    let value = |zero: &char| u32::from(letter).checked_sub(u32::from(*zero)).filter(|value| *value < 10);
    ZEROS.iter().find_map(value).and_then(|value| char::from_digit(value, 10)).unwrap_or(letter)
}

fn unquoted(text: &str) -> &str {
    let is_quote =
        |letter: char| matches!(letter, '\'' | '"' | '`' | '´' | '\u{2018}'..='\u{201f}' | '«' | '»');
    text.trim_matches(|letter: char| letter.is_whitespace() || is_quote(letter))
}

/// Removes notes, which are words in brackets without a digit: "(Mo-Fr)".
fn without_notes(text: &str) -> String {
    let mut left = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, (note, after))) =
        rest.split_once('(').and_then(|(before, open)| Some((before, open.split_once(')')?)))
    {
        left.push_str(before);
        let is_note = note.contains(char::is_alphabetic) && !note.contains(char::is_numeric) && note != "xx";
        if !is_note {
            left.extend(["(", note, ")"]);
        }
        rest = after;
    }
    left.push_str(rest);
    left
}

fn without_label(text: &str) -> &str {
    match text.split_once(':') {
        Some((label, number)) if LABELS.contains(&label.trim().trim_end_matches('.')) => number,
        Some(_) | None => text,
    }
}

/// Removes the key for an outside line: "9,011 44 …".
fn without_outside_line(text: &str) -> &str {
    let number = text.strip_prefix("9,").or_else(|| text.strip_prefix("0,")).map(str::trim_start);
    let is_number = |number: &&str| {
        number.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '('))
            && number.chars().filter(char::is_ascii_digit).count() > 7
    };
    number.filter(is_number).unwrap_or(text)
}
