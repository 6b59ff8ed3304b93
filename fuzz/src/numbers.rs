//! Telephone numbers of a directory. The first byte chooses the country, the rest is the field.

use people::{Dialable, countries};

use crate::{choice, text};

/// The most digits that a number has with its country code (ITU-T E.164).
const LONGEST: usize = 15;

pub(crate) fn run(bytes: &[u8]) {
    let Some((first, rest)) = choice(bytes) else { return };
    let Some(field) = text(rest) else { return };
    // The bytes that are left over choose no country.
    let region = countries().nth(first);
    let numbers = Dialable::all_in(field, region);
    assert!(!numbers.is_empty(), "a field has nothing in it");
    for (written, read) in numbers {
        assert!(field.contains(written), "a number is not as it was written");
        let Ok(number) = read else { continue };
        check(&number);
        assert_eq!(
            Dialable::parse(&number.e164, None).map(|again| again.e164).as_deref(),
            Ok(number.e164.as_str()),
            "a number is another one when it is read again"
        );
    }
}

fn check(number: &Dialable) {
    let digits = number.e164.strip_prefix('+').expect("a dialable number begins with a plus");
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    assert!(is_number && digits.len() <= LONGEST, "{}", number.e164);
    let shown: String = number.words.chars().filter(char::is_ascii_digit).collect();
    assert_eq!(shown, digits, "what is shown is not what is dialled");
    if let Some(sent) = &number.digits {
        let is_key = |key: char| key.is_ascii_digit() || matches!(key, '*' | '#' | ',');
        assert!(!sent.is_empty() && sent.chars().all(is_key), "{sent}");
    }
}
