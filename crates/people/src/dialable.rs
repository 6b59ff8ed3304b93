//! From a number as a directory spells it to one that can be dialled.
//!
//! The text is taken apart here, strictly; the library of numbering plans sees plus and digits only. What follows
//! a plus is believed before what a plan would make of it: some countries have numbers that begin with the digit
//! of their own trunk prefix, and Italian ones keep their zero. Without a plus a number must look like one of its
//! country. Nothing is guessed: what could be another number than the one that was meant is refused.

mod field;
mod national;

use phonenumber::{Metadata, Mode, PhoneNumber};

pub(crate) use self::field::pieces;
use self::national::from_region;
use crate::{
    Country, NotDialable, Reason,
    plans::{has_number, has_numbers_like, lengths, plans, split_code},
    spelling::Spelling,
};

/// Numbers of this country are read as they are: Spain has no trunk prefix to take away.
const NO_PREFIX: Country = Country::ES;

/// The country code of Italy, where a zero became part of the numbers in 1998.
const ITALY: u16 = 39;

/// The country code of Mexico, where the 1 before mobile numbers went away in 2019.
const MEXICO: u16 = 52;

/// The most digits of E.164, although some plans have longer numbers inside their country.
const LONGEST: usize = 15;

/// A number that can be dialled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialable {
    /// Plus, country code and number, without punctuation (ITU-T E.164).
    pub e164: String,
    /// The international spelling, for people, with the same digits: "+44 1632 960000".
    pub words: String,
    /// What is sent after connection, if anything: an extension, or pauses (a comma each) and keys.
    pub digits: Option<String>,
    /// Whose number it is; none for numbers of no country, such as international freephone.
    pub country: Option<Country>,
}

impl Dialable {
    /// The country code, with the plus: "+44".
    #[must_use]
    pub fn country_code(&self) -> &str {
        self.words.split(' ').next().unwrap_or_default()
    }

    /// Reads one number. `region` is the country whose national spelling is meant if no country code is given.
    ///
    /// # Errors
    /// When it cannot be dialled, with the reason; also when there are several in it.
    pub fn parse(as_written: &str, region: Option<Country>) -> Result<Self, NotDialable> {
        let mut all = Self::all_in(as_written, region);
        match (all.pop(), all.is_empty()) {
            (Some((_, read)), true) => read,
            (Some(_) | None, _) => Err(not_dialable(as_written, Reason::Several)),
        }
    }

    /// Reads a field of a directory, which may hold more than one number: each as it is written, and what it is.
    /// Never empty.
    #[must_use]
    pub fn all_in(as_written: &str, region: Option<Country>) -> Vec<(&str, Result<Self, NotDialable>)> {
        let numbers = field::numbers(as_written, region);
        numbers
            .into_iter()
            .map(|(text, read)| (text, read.map_err(|reason| not_dialable(text, reason))))
            .collect()
    }
}

fn not_dialable(as_written: &str, reason: Reason) -> NotDialable {
    NotDialable { number: as_written.trim().to_owned(), reason }
}

/// Reads one number, whatever else may be in the text.
fn read(spelling: Spelling, region: Option<Country>) -> Result<Dialable, Reason> {
    let Spelling { international, digits, sent } = spelling;
    let digits = match (international, region) {
        (true, _) => digits,
        (false, None) => return Err(Reason::NoRegion),
        (false, Some(region)) => from_region(&digits, region)?,
    };
    let (code, national) = split_code(&digits).ok_or(Reason::NoSuchCountry)?;
    let national = settle(code, national);
    let digits = format!("{code}{national}");
    if digits.len() > LONGEST {
        return Err(Reason::TooLong);
    }
    length(code, &national)?;
    let parsed = literal(&digits).ok_or(Reason::Strange)?;
    let country =
        parsed.country().id().or_else(|| plans(code).first().and_then(|plan| plan.id().parse().ok()));
    Ok(Dialable { words: words(&parsed, code, &national), e164: format!("+{digits}"), digits: sent, country })
}

/// Keeps what a plan knows as it is, else takes a trunk prefix away if that makes it a number:
/// "+44 01632 960000".
fn settle(code: u16, national: &str) -> String {
    let of_a_plan = |national: &str| plans(code).iter().any(|plan| has_numbers_like(plan, national));
    if of_a_plan(national) {
        return national.to_owned();
    }
    let plans_of_code = plans(code);
    let prefixes = plans_of_code.iter().filter_map(|plan| plan.national_prefix());
    let shorter = prefixes.filter_map(|prefix| national.strip_prefix(prefix));
    let shorter = shorter.chain(plans_of_code.iter().filter_map(|plan| without_prefix(plan, national)));
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

/// What is left of a number behind everything that may be dialled first inside its country, unless more changes.
fn without_prefix<'a>(plan: &Metadata, national: &'a str) -> Option<&'a str> {
    let prefix =
        plan.national_prefix_for_parsing().filter(|_| plan.national_prefix_transform_rule().is_none())?;
    let found = prefix.find(national).filter(|found| found.start() == 0)?;
    national.get(found.end()..)
}

/// The number as it is, nothing taken away.
fn literal(digits: &str) -> Option<PhoneNumber> {
    let parsed = phonenumber::parse(Some(NO_PREFIX), format!("+{digits}")).ok()?;
    (e164(&parsed) == digits).then_some(parsed)
}

fn words(parsed: &PhoneNumber, code: u16, national: &str) -> String {
    let words = parsed.format().mode(Mode::International).to_string();
    let digits = words.bytes().filter(u8::is_ascii_digit).map(char::from);
    let is_same = digits.eq(format!("{code}{national}").chars());
    if is_same { words } else { format!("+{code} {national}") }
}

/// The digits of E.164, without the plus.
fn e164(parsed: &PhoneNumber) -> String {
    format!("{}{}", parsed.code().value(), parsed.national())
}

/// Whether numbers of this length exist. New ranges are used before the plans know them, so more is not asked
/// if a country code says what is meant.
fn length(code: u16, national: &str) -> Result<(), Reason> {
    let lengths = || plans(code).into_iter().flat_map(lengths);
    if lengths().any(|length| length == national.len()) {
        return Ok(());
    }
    let is_long = lengths().max().is_none_or(|most| most < national.len());
    Err(if is_long { Reason::TooLong } else { Reason::TooShort })
}
