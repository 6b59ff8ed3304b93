//! Converts a number as the directory spells it into one that can be dialled.
//!
//! The text is parsed strictly here; the library of numbering plans receives only a plus and digits. Digits after a plus are
//! kept as they are if a plan knows them: some countries have numbers that begin with the digit of their own trunk prefix, and
//! Italian numbers keep their zero. Without a plus, a number must match a pattern of its country. It does not guess: it refuses
//! what could be a different number than the one that was meant.

mod field;
mod national;

use phonenumber::{Metadata, Mode, PhoneNumber};

pub(crate) use self::field::pieces;
use self::national::from_region;
use crate::{
    Country, NotDialable, NumberFault,
    plans::{has_number, has_numbers_like, lengths, plans, split_code},
    spelling::Spelling,
};

/// The library removes nothing from numbers of this country: Spain has no trunk prefix.
const NO_PREFIX: Country = Country::ES;

/// The country code of Italy, whose numbers include the leading zero since 1998.
const ITALY: u16 = 39;

/// The country code of Mexico, which dropped the 1 before mobile numbers in 2019.
const MEXICO: u16 = 52;

/// The most digits of E.164. Some plans have longer numbers for calls within their country.
const LONGEST: usize = 15;

/// A number that can be dialled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialable {
    /// Plus, country code and number, without punctuation (ITU-T E.164).
    pub e164: String,
    /// The same number formatted for people: "+44 1632 960000".
    pub words: String,
    /// What is sent once the call is connected, if anything: an extension, or pauses (a comma each) and keys.
    pub digits: Option<String>,
    /// The country of the number; none for numbers without one, such as international freephone.
    pub country: Option<Country>,
}

impl Dialable {
    /// The country code, with the plus: "+44".
    #[must_use]
    pub fn country_code(&self) -> &str {
        self.words.split(' ').next().unwrap_or_default()
    }

    /// Parses one number. `region` is the country of a number without a country code.
    ///
    /// # Errors
    /// If the number cannot be dialled, with the reason; also if the text contains several numbers.
    pub fn parse(as_written: &str, region: Option<Country>) -> Result<Self, NotDialable> {
        let mut all = Self::all_in(as_written, region);
        match (all.pop(), all.is_empty()) {
            (Some((_, read)), true) => read,
            (Some(_) | None, _) => Err(not_dialable(as_written, NumberFault::Several)),
        }
    }

    /// Parses a field of the directory, which may contain several numbers. Returns each as it is written, with its result;
    /// never empty.
    #[must_use]
    pub fn all_in(as_written: &str, region: Option<Country>) -> Vec<(&str, Result<Self, NotDialable>)> {
        let numbers = field::numbers(as_written, region);
        numbers
            .into_iter()
            .map(|(text, read)| (text, read.map_err(|reason| not_dialable(text, reason))))
            .collect()
    }
}

fn not_dialable(as_written: &str, reason: NumberFault) -> NotDialable {
    NotDialable { number: as_written.trim().to_owned(), reason }
}

/// Converts the parts of one number.
fn convert(spelling: Spelling, region: Option<Country>) -> Result<Dialable, NumberFault> {
    let Spelling { international, digits, sent } = spelling;
    let digits = match (international, region) {
        (true, _) => digits,
        (false, None) => return Err(NumberFault::NoRegion),
        (false, Some(region)) => from_region(&digits, region)?,
    };
    let (code, national) = split_code(&digits).ok_or(NumberFault::NoSuchCountry)?;
    let national = without_trunk_prefix(code, national);
    let digits = format!("{code}{national}");
    if digits.len() > LONGEST {
        return Err(NumberFault::TooLong);
    }
    check_length(code, &national)?;
    let parsed = parse_literally(&digits).ok_or(NumberFault::Strange)?;
    let country =
        parsed.country().id().or_else(|| plans(code).first().and_then(|plan| plan.id().parse().ok()));
    Ok(Dialable {
        words: format_international(&parsed, code, &national),
        e164: format!("+{digits}"),
        digits: sent,
        country,
    })
}

/// Returns a number that a plan knows as it is. Else it removes a trunk prefix if a plan knows the rest:
/// "+44 01632 960000".
fn without_trunk_prefix(code: u16, national: &str) -> String {
    let of_a_plan = |national: &str| plans(code).iter().any(|plan| has_numbers_like(plan, national));
    if of_a_plan(national) {
        return national.to_owned();
    }
    let plans_of_code = plans(code);
    let prefixes = plans_of_code.iter().filter_map(|plan| plan.national_prefix());
    let shorter = prefixes.filter_map(|prefix| national.strip_prefix(prefix));
    let shorter =
        shorter.chain(plans_of_code.iter().filter_map(|plan| without_national_prefix(plan, national)));
    let shorter = shorter.chain(national.strip_prefix('1').filter(|_| code == MEXICO));
    if let Some(shorter) = shorter.into_iter().find(|shorter| of_a_plan(shorter)) {
        return shorter.to_owned();
    }
    let with_zero = format!("0{national}");
    if code == ITALY && plans_of_code.iter().any(|plan| has_number(plan, &with_zero)) {
        return with_zero;
    }
    national.to_owned()
}

/// Removes what may be dialled first within the country; none if the plan also rewrites the rest.
fn without_national_prefix<'a>(plan: &Metadata, national: &'a str) -> Option<&'a str> {
    let prefix =
        plan.national_prefix_for_parsing().filter(|_| plan.national_prefix_transform_rule().is_none())?;
    let found = prefix.find(national).filter(|found| found.start() == 0)?;
    national.get(found.end()..)
}

/// Parses the number only if the library leaves all digits as they are.
fn parse_literally(digits: &str) -> Option<PhoneNumber> {
    let parsed = phonenumber::parse(Some(NO_PREFIX), format!("+{digits}")).ok()?;
    (e164(&parsed) == digits).then_some(parsed)
}

/// The international format, unless the library changes a digit.
fn format_international(parsed: &PhoneNumber, code: u16, national: &str) -> String {
    let words = parsed.format().mode(Mode::International).to_string();
    let digits = words.bytes().filter(u8::is_ascii_digit).map(char::from);
    let is_same = digits.eq(format!("{code}{national}").chars());
    if is_same { words } else { format!("+{code} {national}") }
}

/// The digits of E.164, without the plus.
fn e164(parsed: &PhoneNumber) -> String {
    format!("{}{}", parsed.code().value(), parsed.national())
}

/// Checks that numbers of this length exist. It does not check more, because new ranges are in use before the plans know them.
fn check_length(code: u16, national: &str) -> Result<(), NumberFault> {
    let lengths = || plans(code).into_iter().flat_map(lengths);
    if lengths().any(|length| length == national.len()) {
        return Ok(());
    }
    let is_long = lengths().max().is_none_or(|most| most < national.len());
    Err(if is_long { NumberFault::TooLong } else { NumberFault::TooShort })
}
