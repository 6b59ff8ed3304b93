//! How directories spell numbers: single cases, and laws for any text.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests do")]

use people::{Country, Dialable};
use proptest::{prelude::*, sample::select};

/// Real cases: text, region, and the expected result.
const CASES: &str = include_str!("numbers.tsv");

/// Resolves the escapes in a case: a backslash with u and four digits is a code point; any other backslash is removed.
fn unescaped(text: &str) -> String {
    let mut parts = text.split('\\');
    let mut all = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.strip_prefix('u').and_then(|part| part.split_at_checked(4)) {
            Some((code, rest)) => {
                all.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
                all.push_str(rest);
            }
            None => all.push_str(part),
        }
    }
    all
}

fn read_as(text: &str, region: Country) -> String {
    let one = |read: Result<Dialable, people::NotDialable>| match read {
        Ok(Dialable { e164, digits: None, .. }) => e164,
        Ok(Dialable { e164, digits: Some(digits), .. }) => format!("{e164} {digits}"),
        Err(refused) => format!("{:?}", refused.reason),
    };
    Dialable::all_in(text, Some(region))
        .into_iter()
        .map(|(_, read)| one(read))
        .collect::<Vec<_>>()
        .join(" | ")
}

#[test]
fn each_case_is_parsed_as_expected() {
    let cases = CASES.lines().filter(|line| !line.starts_with('#'));
    let mut wrong = Vec::new();
    for line in cases {
        let [text, region, wanted] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let read = read_as(&unescaped(text), region.parse().unwrap());
        if read != wanted {
            wrong.push(format!("{text} in {region}: {read}, not {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

proptest! {
    #[test]
    fn two_complete_numbers_in_one_field_are_two_numbers(
        first in "[2-9][0-9]{6}",
        second in "[2-9][0-9]{6}",
        between in select(vec![", ", ",", ";", "; ", "/", " / ", "|", " & ", " or ", "\n", " "]),
        spelled in select(vec![("+1 206 ", Country::US), ("+49 30 ", Country::DE), ("+44 20 7", Country::GB)]),
    ) {
        let (begin, region) = spelled;
        let field = format!("{begin}{first}{between}{begin}{second}");
        let read = read_as(&field, region);
        let digits = digits_of(begin);
        prop_assert_eq!(read, format!("+{digits}{first} | +{digits}{second}"));
    }

    #[test]
    fn only_written_digits_are_dialled(
        text in "[-+()0-9 ,;x#*=./|&a-z]{0,30}",
        region in select(vec![Country::GB, Country::US, Country::DE, Country::IT]),
    ) {
        // The national digits are in the text in this order; only digits before them may be added or left out.
        let written = digits_of(&text);
        for (piece, read) in Dialable::all_in(&text, Some(region)) {
            prop_assert!(text.contains(piece));
            if let Ok(number) = read {
                let national = &number.e164[4..];
                let in_a_row = written.contains(national);
                prop_assert!(in_a_row, "{} is not in {text}", number.e164);
            }
        }
    }

    #[test]
    fn a_few_digits_without_a_country_code_are_never_dialled(
        digits in "[1-9][0-9]{1,4}",
        region in select(vec![Country::GB, Country::US, Country::DE, Country::IT, Country::AT, Country::RU]),
    ) {
        prop_assert_eq!(read_as(&digits, region), "Internal");
        prop_assert_eq!(read_as(&format!("x{digits}"), region), "Internal");
    }
}

#[test]
fn keys_after_two_pauses_or_before_a_hash_are_no_second_number() {
    for written in ["160-000-0000,,0100000", "+49 160 0000000,,0100000", "+49 160 0000000,, 0100000"] {
        let read = Dialable::parse(written, Some(Country::DE)).map(|number| (number.e164, number.digits));
        assert_eq!(read, Ok(("+491600000000".to_owned(), Some(",,0100000".to_owned()))), "{written}");
    }
    for written in ["+44 1632 960000p0100000#", "+44 1632 960000,0100000#"] {
        let read = Dialable::parse(written, Some(Country::DE)).map(|number| (number.e164, number.digits));
        assert_eq!(read, Ok(("+441632960000".to_owned(), Some(",0100000#".to_owned()))), "{written}");
    }
}
