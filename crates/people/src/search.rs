//! Finding people by what is typed.
//!
//! What can be found of a person is folded once (small letters, no accents, numbers as digits); a search then only
//! looks for text in text, in that of everybody at once.

mod pool;

use memchr::memmem::Finder;
use phonenumber::metadata::DATABASE;

pub(crate) use self::pool::Pool;
use crate::{
    Colleague, Country, Person,
    collation::sort_key as fold,
    dialable::pieces,
    plans::{plans, split_code},
    spelling::Spelling,
};

/// How well somebody matches; the better first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// Every word typed begins a word or a number of theirs.
    Begins,
    /// Some are inside one.
    Inside,
}

/// What can be found of a person.
#[derive(Debug, Clone, Default)]
pub(crate) struct Folded {
    /// The fields, a line each.
    text: String,
    /// The numbers in every spelling, digits only, a line each, with a line break before each.
    numbers: String,
    /// With what the words of the fields begin.
    initials: Initials,
    /// With what the numbers begin.
    digits: Initials,
}

/// Letters with which words begin, as a set that may have others too.
#[derive(Debug, Clone, Copy, Default)]
struct Initials(u64);

/// What somebody is looking for.
#[derive(Debug)]
pub(crate) struct Query(Vec<Term>);

#[derive(Debug)]
enum Term {
    /// A word.
    Word(Needle),
    /// Words in a row that hold digits and punctuation only: one number with blanks in it, or several.
    Number { whole: Needle, parts: Vec<NumberWord> },
}

/// A word of digits and punctuation.
#[derive(Debug)]
struct NumberWord {
    as_typed: Needle,
    digits: Needle,
}

/// Text to look for in many texts.
#[derive(Debug)]
struct Needle(Finder<'static>);

impl Folded {
    /// Of somebody who is this person, this user of Connect, or both.
    pub(crate) fn new(
        person: Option<&Person>,
        colleague: Option<&Colleague>,
        region: Option<Country>,
    ) -> Self {
        let mut folded = Self::default();
        if let Some(person) = person {
            let Person { name, given, surname, upn, mail, department, job_title, .. } = person;
            let optional = [mail, department, job_title].into_iter().flatten();
            [name, upn].into_iter().chain(optional).chain([given, surname]).for_each(|text| folded.add(text));
            for number in &person.numbers {
                let as_written = number.as_written.as_str();
                spell(as_written, region, &mut folded.numbers);
                let pieces = pieces(as_written);
                if pieces.len() > 1 {
                    pieces.into_iter().for_each(|piece| spell(piece, region, &mut folded.numbers));
                }
            }
        }
        folded.initials = Initials::of(&folded.text);
        folded.digits = Initials::of(&folded.numbers);
        if let Some(colleague) = colleague {
            folded.join(colleague);
        }
        folded
    }

    /// The same with what Connect has.
    pub(crate) fn join(&mut self, colleague: &Colleague) {
        [&colleague.name, &colleague.username].into_iter().for_each(|text| self.add(text));
        self.initials = Initials::of(&self.text);
    }

    /// Adds a field, if it is not there yet.
    fn add(&mut self, field: &str) {
        let field = fold(field);
        if !field.is_empty() && !self.text.lines().any(|line| line == field) {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.text.push_str(&field);
        }
    }

    /// True if these digits are in one of the numbers, in one spelling of it at least.
    pub(crate) fn holds_digits(&self, digits: &str) -> bool {
        self.numbers.contains(digits)
    }

    /// The numbers in every spelling, digits only.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = &str> {
        self.numbers.lines().filter(|line| !line.is_empty())
    }
}

impl Initials {
    fn of(text: &str) -> Self {
        let mut initials = Self::default();
        let mut begins = true;
        for letter in text.chars() {
            if begins {
                initials.0 |= Self::bit(letter);
            }
            begins = !letter.is_alphanumeric();
        }
        initials
    }

    /// False if no word begins with this letter.
    fn may_have(self, letter: char) -> bool {
        self.0 & Self::bit(letter) != 0
    }

    fn bit(letter: char) -> u64 {
        1 << (u32::from(letter) % u64::BITS)
    }
}

impl Needle {
    fn new(text: &str) -> Self {
        Self(Finder::new(text).into_owned())
    }

    /// The digits of a typed number, as they are in [`Folded::numbers`]. A plus is the beginning of the
    /// international spelling, which is kept with 00 before it.
    fn digits(typed: &str) -> Self {
        let international = typed.trim_start_matches('(').starts_with('+');
        let with_code = international || typed.starts_with("00");
        let typed = if with_code { typed.replace("(0)", "") } else { typed.to_owned() };
        let digits = typed.chars().filter(char::is_ascii_digit);
        let start = if international { "\n00" } else { "" };
        Self::new(&start.chars().chain(digits).collect::<String>())
    }
}

impl Query {
    /// What is typed; none if nothing is.
    pub(crate) fn new(typed: &str) -> Option<Self> {
        // What is pasted may hold signs that nobody sees, which no name here has.
        let typed = fold(&presence::shown::visible(typed));
        let mut terms = Vec::new();
        let mut row: Vec<&str> = Vec::new();
        for word in typed.split_whitespace() {
            if is_number(word) {
                row.push(word);
            } else {
                terms.extend(number(&std::mem::take(&mut row)));
                terms.push(Term::Word(Needle::new(word)));
            }
        }
        terms.extend(number(&row));
        if terms.is_empty() { None } else { Some(Self(terms)) }
    }
}

fn is_number(word: &str) -> bool {
    word.contains(|letter: char| letter.is_ascii_digit())
        && word.chars().all(|letter| letter.is_ascii_digit() || "+-.()[]/,#*".contains(letter))
}

fn number(row: &[&str]) -> Option<Term> {
    if row.is_empty() {
        return None;
    }
    let parts =
        row.iter().map(|word| NumberWord { as_typed: Needle::new(word), digits: Needle::digits(word) });
    Some(Term::Number { whole: Needle::digits(&row.concat()), parts: parts.collect() })
}

/// Adds the spellings of a number: as it is dialled from abroad, from its own country, and what is sent after
/// connection. No numbering plan is asked more than for its prefix: that would take too long for everybody's.
fn spell(as_written: &str, region: Option<Country>, into: &mut String) {
    let mut line = |parts: [&str; 3]| {
        into.push('\n');
        parts.into_iter().for_each(|part| into.push_str(part));
    };
    let Ok(Spelling { international, digits, sent }) = Spelling::read(as_written, region) else {
        line([&as_written.chars().filter(char::is_ascii_digit).collect::<String>(), "", ""]);
        return;
    };
    let prefix = |code| plans(code).first().and_then(|plan| plan.national_prefix()).unwrap_or_default();
    let home = region.and_then(|region| DATABASE.by_id(region.as_ref()));
    if international && let Some((code, national)) = split_code(&digits) {
        let national = national.strip_prefix('0').filter(|_| prefix(code) == "0").unwrap_or(national);
        line(["00", &code.to_string(), national]);
        line([prefix(code), national, ""]);
    } else if !international && let Some(plan) = home {
        let code = plan.country_code();
        let national = digits.strip_prefix(prefix(code)).unwrap_or(&digits);
        line(["00", &code.to_string(), national]);
        line([prefix(code), national, ""]);
    } else {
        line([&digits, "", ""]);
    }
    if let Some(sent) = sent {
        line([&sent.replace(',', ""), "", ""]);
    }
}
