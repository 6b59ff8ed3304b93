//! How a written number is split.

use super::*;

fn read(text: &str) -> (bool, String, Option<String>) {
    let Spelling { international, digits, sent } = Spelling::read(text, None).unwrap();
    (international, digits, sent)
}

#[test]
fn punctuation_and_invisible_characters_are_ignored() {
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
fn the_text_after_a_number_is_sent_once_connected() {
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
fn text_that_is_no_number_is_refused_with_the_reason() {
    for (text, reason) in [
        ("", NumberFault::Empty),
        (" - ", NumberFault::Empty),
        ("+", NumberFault::Empty),
        ("ext. 4000", NumberFault::Internal),
        ("reception", NumberFault::Strange),
        ("anna@contoso.com", NumberFault::Strange),
        ("sip:+441632960000", NumberFault::Strange),
        ("+44 1632 960000 or 960001", NumberFault::Strange),
        ("+44 1632 960000 ext.", NumberFault::Strange),
        ("+44 1632 +44 1632", NumberFault::Strange),
        ("4000;phone-context=contoso.com", NumberFault::Strange),
        (&"1".repeat(300), NumberFault::TooLong),
    ] {
        assert_eq!(Spelling::read(text, None), Err(reason), "{text}");
    }
}
