//! Numbers as directories spell them, and the numbers that are dialled.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests do")]

use people::{Country, Dialable, NotDialable, NumberFault};
use proptest::{option, prelude::*, sample::select};

const REGIONS: [Country; 8] =
    [Country::GB, Country::US, Country::DE, Country::IT, Country::RU, Country::BY, Country::AR, Country::HU];

fn dialled(as_written: &str, region: Option<Country>) -> String {
    Dialable::parse(as_written, region).unwrap().e164
}

fn refused(as_written: &str, region: Option<Country>) -> NumberFault {
    Dialable::parse(as_written, region).unwrap_err().reason
}

#[test]
fn a_number_with_an_extension_is_dialled_and_the_extension_sent() {
    for (as_written, sent) in [
        ("+44 1632 960000 ext. 4000", "4000"),
        ("+44 1632 960000;ext=123", "123"),
        ("+44 1632 960000,,123", ",,123"),
        ("+44 (0)1632 960000 x123", "123"),
        ("tel:+44-1632-960000;ext=4000", "4000"),
    ] {
        let expected = Dialable {
            e164: "+441632960000".to_owned(),
            words: "+44 1632 960000".to_owned(),
            digits: Some(sent.to_owned()),
            country: Some(Country::GB),
        };
        assert_eq!(Dialable::parse(as_written, None), Ok(expected));
    }
}

#[test]
fn a_national_spelling_is_parsed_in_its_region() {
    for (as_written, region, e164, words) in [
        ("01632 960000", Country::GB, "+441632960000", "+44 1632 960000"),
        ("441632960000", Country::GB, "+441632960000", "+44 1632 960000"),
        ("(206) 555-0119", Country::US, "+12065550119", "+1 206-555-0119"),
        ("1 206 555 0119", Country::US, "+12065550119", "+1 206-555-0119"),
        ("011 44 1632 960000", Country::US, "+441632960000", "+44 1632 960000"),
        ("030/123456", Country::DE, "+4930123456", "+49 30 123456"),
        ("06 698 12345", Country::IT, "+390669812345", "+39 06 6981 2345"),
    ] {
        let read = Dialable::parse(as_written, Some(region)).unwrap();
        assert_eq!((read.e164.as_str(), read.words.as_str()), (e164, words));
    }
}

#[test]
fn a_number_with_its_country_code_is_the_same_in_every_region() {
    for number in [
        "+441632960000",
        "+12065550119",
        "+4930123456",
        "+390669812345",
        "+78001234567",
        "+3758011234567",
        "+5491123456789",
    ] {
        assert_eq!(dialled(number, None), number);
        for region in REGIONS {
            assert_eq!(dialled(number, Some(region)), number, "in {region:?}");
        }
    }
}

#[test]
fn a_trunk_prefix_behind_the_country_code_is_left_out() {
    assert_eq!(dialled("+44 01632 960000", None), "+441632960000");
    assert_eq!(dialled("+49 (0) 30 123456", None), "+4930123456");
    assert_eq!(dialled("+39 (0)6 698 12345", None), "+390669812345");
}

#[test]
fn a_number_shows_its_country() {
    for (number, country) in [
        ("+12065550119", Some(Country::US)),
        ("+16135550119", Some(Country::CA)),
        ("+441632960000", Some(Country::GB)),
        ("+4930123456", Some(Country::DE)),
        ("+80012345678", None),
    ] {
        assert_eq!(Dialable::parse(number, None).unwrap().country, country, "{number}");
    }
}

#[test]
fn each_refusal_has_its_reason() {
    let gb = Some(Country::GB);
    assert_eq!(refused("", gb), NumberFault::Empty);
    assert_eq!(refused("n/a", gb), NumberFault::Strange);
    assert_eq!(refused("anna.schmidt@contoso.com", gb), NumberFault::Strange);
    assert_eq!(refused("4021", gb), NumberFault::Internal);
    assert_eq!(refused("960000", gb), NumberFault::NoAreaCode);
    assert_eq!(refused("999", gb), NumberFault::Internal);
    assert_eq!(refused("01632 960000", None), NumberFault::NoRegion);
    assert_eq!(refused("+999 1632 960000", gb), NumberFault::NoSuchCountry);
    assert_eq!(refused("+0 1632 960000", gb), NumberFault::NoSuchCountry);
    assert_eq!(refused("+44 1632 960000 / 960001", gb), NumberFault::TooLong);
    assert_eq!(refused("123456789012345678901234567890", gb), NumberFault::TooLong);
    let refused = Dialable::parse(" reception ", gb).unwrap_err();
    assert_eq!(refused, NotDialable { number: "reception".to_owned(), reason: NumberFault::Strange });
    assert_eq!(
        refused.to_string(),
        "\"reception\" cannot be dialled: it is not written as a telephone number"
    );
}

proptest! {
    #[test]
    fn a_parsed_number_is_parsed_to_itself(
        number in "\\+(44|1|49|39|7|375|54|36|370|995|800|[1-9]{1,3})[0-9]{4,12}",
        regions in (option::of(select(REGIONS.to_vec())), option::of(select(REGIONS.to_vec()))),
    ) {
        if let Ok(read) = Dialable::parse(&number, regions.0) {
            prop_assert_eq!(&Dialable::parse(&read.e164, regions.1), &Ok(read.clone()));
            prop_assert_eq!(&Dialable::parse(&read.words, regions.1), &Ok(read));
        }
    }

    #[test]
    fn national_and_international_spellings_are_the_same_number(
        number in "0?[1-9][0-9]{2,12}",
        region in select(REGIONS.to_vec()),
    ) {
        if let Ok(read) = Dialable::parse(&number, Some(region)) {
            prop_assert_eq!(Dialable::parse(&read.e164, None), Ok(read));
        }
    }

    #[test]
    fn punctuation_does_not_change_a_number(
        digits in "44[1-9][0-9]{9}",
        marks in prop::collection::vec(select(vec!["", " ", "-", ".", "(", ")", "/", "\u{a0}", "\u{2011}"]), 12),
    ) {
        // "(0)" is a trunk prefix.
        let written: String = digits.chars().zip(marks).map(|(digit, mark)| format!("{mark}{digit}")).collect();
        // After a slash, a few digits may be the end of a second number.
        let end = written.rsplit_once('/').map_or(usize::MAX, |(_, end)| end.chars().filter(char::is_ascii_digit).count());
        prop_assume!(end > 3);
        prop_assume!(!written.replace([' ', '-', '.', '/', '\u{a0}', '\u{2011}'], "").contains("(0)"));
        let (plain, marked) = (format!("+{digits}"), format!("+{written}"));
        prop_assert_eq!(Dialable::parse(&plain, None).ok(), Dialable::parse(&marked, None).ok());
    }

    #[test]
    fn any_text_is_parsed_without_a_panic(
        text in prop_oneof![".*", "[-+()0-9 ,;x#=.a-z/]{0,40}", "\\+?[0-9]{0,40}", "[0-9()+]{0,30}"],
        region in option::of(select(REGIONS.to_vec())),
    ) {
        if let Ok(read) = Dialable::parse(&text, region) {
            let digits = read.e164.strip_prefix('+').unwrap();
            prop_assert!(digits.bytes().all(|digit| digit.is_ascii_digit()) && !digits.starts_with('0'));
            prop_assert!(read.digits.is_none_or(|sent| sent.chars().all(|key| "0123456789*#,".contains(key))));
        }
    }
}
