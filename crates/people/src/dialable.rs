//! From a number as a directory spells it to one that can be dialled.
//!
//! The text is taken apart here, strictly; the library of numbering plans sees plus and digits only. What follows
//! a plus is believed before what a plan would make of it: some countries have numbers that begin with the digit
//! of their own trunk prefix, and Italian ones keep their zero.

use phonenumber::{Metadata, Mode, PhoneNumber};

use crate::{
    Country, NotDialable, Reason,
    plans::{has_numbers_like, lengths, plans, split_code},
    spelling::Spelling,
};

/// Numbers of this country are read as they stand: Spain has no trunk prefix to take away.
const NO_PREFIX: Country = Country::ES;

/// A number that can be dialled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialable {
    /// Plus, country code and number, without punctuation (ITU-T E.164).
    pub e164: String,
    /// The international spelling, for people: "+44 1632 960000".
    pub words: String,
    /// What is sent after connection, if anything: an extension, or pauses (a comma each) and keys.
    pub digits: Option<String>,
    /// Whose number it is; none for numbers of no country, such as international freephone.
    pub country: Option<Country>,
}

impl Dialable {
    /// Reads a number. `region` is the country whose national spelling is meant where no country code is given.
    ///
    /// # Errors
    /// When it cannot be dialled, with the reason.
    pub fn parse(as_written: &str, region: Option<Country>) -> Result<Self, NotDialable> {
        read(as_written, region)
            .map_err(|reason| NotDialable { number: as_written.trim().to_owned(), reason })
    }
}

fn read(as_written: &str, region: Option<Country>) -> Result<Dialable, Reason> {
    let Spelling { international, digits, sent } = Spelling::read(as_written, region)?;
    let digits = match (international, region) {
        (true, _) => digits,
        (false, None) => return Err(Reason::NoRegion),
        (false, Some(region)) => from_region(&digits, region)?,
    };
    let (code, national) = split_code(&digits).ok_or(Reason::NoSuchCountry)?;
    let (digits, national) = settle(digits.clone(), code, national);
    let fits = length(code, &national);
    let parsed = fits.and_then(|()| literal(&digits).ok_or(Reason::Strange))?;
    let country =
        parsed.country().id().or_else(|| plans(code).first().and_then(|plan| plan.id().parse().ok()));
    Ok(Dialable { words: words(&parsed, code, &national), e164: format!("+{digits}"), digits: sent, country })
}

/// The digits with their country code, of a number as it is dialled inside `region`.
fn from_region(digits: &str, region: Country) -> Result<String, Reason> {
    let parsed = phonenumber::parse(Some(region), digits).map_err(|_| too_short_or_long(digits.len()))?;
    Ok(e164(&parsed))
}

/// Keeps what stands where a plan knows it, else takes a trunk prefix away where that makes a number of it:
/// "+44 01632 960000".
fn settle(digits: String, code: u16, national: &str) -> (String, String) {
    let of_a_plan = |national: &str| plans(code).iter().any(|plan| has_numbers_like(plan, national));
    if !of_a_plan(national) {
        let prefixes = plans(code).into_iter().filter_map(Metadata::national_prefix);
        let mut shorter = prefixes.filter_map(|prefix| national.strip_prefix(prefix));
        if let Some(shorter) = shorter.find(|shorter| of_a_plan(shorter)) {
            return (format!("{code}{shorter}"), shorter.to_owned());
        }
    }
    (digits, national.to_owned())
}

/// The number as it stands, nothing taken away.
fn literal(digits: &str) -> Option<PhoneNumber> {
    let parsed = phonenumber::parse(Some(NO_PREFIX), format!("+{digits}")).ok()?;
    (e164(&parsed) == digits).then_some(parsed)
}

fn words(parsed: &PhoneNumber, code: u16, national: &str) -> String {
    let words = parsed.format().mode(Mode::International).to_string();
    let same = words.bytes().filter(u8::is_ascii_digit).count() == code.to_string().len() + national.len();
    if same { words } else { format!("+{code} {national}") }
}

/// The digits of E.164, without the plus.
fn e164(parsed: &PhoneNumber) -> String {
    format!("{}{}", parsed.code().value(), parsed.national())
}

/// Whether numbers of this length exist. New ranges are used before the plans know them, so more is not asked.
fn length(code: u16, national: &str) -> Result<(), Reason> {
    let lengths = || plans(code).into_iter().flat_map(lengths);
    if lengths().any(|length| length == national.len()) {
        return Ok(());
    }
    let is_long = lengths().max().is_none_or(|most| most < national.len());
    Err(if is_long { Reason::TooLong } else { Reason::TooShort })
}

fn too_short_or_long(digits: usize) -> Reason {
    if digits < 8 { Reason::TooShort } else { Reason::TooLong }
}
