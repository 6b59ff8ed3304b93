//! Finds people by typed text.
//!
//! The text of each person is normalised once (lower case, no accents, numbers as digits). A search only looks for substrings, in
//! the texts of everybody at once. It orders no rows.

mod index;

use memchr::memmem::Finder;
use phonenumber::metadata::DATABASE;

pub(crate) use self::index::SearchIndex;
use crate::{
    Colleague, Country, Person,
    collation::sort_key as fold,
    dialable::pieces,
    plans::{plans, split_code},
    spelling::Spelling,
};

/// How well somebody matches, the better rank first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// Every typed word is the beginning of a word or a number.
    Begins,
    /// Some typed words are inside one.
    Inside,
}

/// The normalised text in which a person can be found.
#[derive(Debug, Clone, Default)]
pub(crate) struct SearchText {
    /// The fields, one line each.
    text: String,
    /// The numbers in every spelling, digits only, each after a line break.
    numbers: String,
    /// The first letters of the words in `text`.
    initials: Initials,
    /// The first digits of `numbers`.
    digits: Initials,
}

/// The first letters of words, as a set that may contain other letters too.
#[derive(Debug, Clone, Copy, Default)]
struct Initials(u64);

/// The typed text of a search.
#[derive(Debug)]
pub(crate) struct Query(Vec<Term>);

#[derive(Debug)]
enum Term {
    /// A word.
    Word(Needle),
    /// Consecutive words of digits and punctuation only: one number with spaces in it, or several numbers.
    Number { whole: Needle, parts: Vec<NumberWord> },
}

/// A word of digits and punctuation.
#[derive(Debug)]
struct NumberWord {
    as_typed: Needle,
    digits: Needle,
}

/// A text to look for in many texts.
#[derive(Debug)]
struct Needle(Finder<'static>);

impl SearchText {
    /// The text of a person, a user of Connect, or both.
    pub(crate) fn new(
        person: Option<&Person>,
        colleague: Option<&Colleague>,
        region: Option<Country>,
    ) -> Self {
        let mut search_text = Self::default();
        if let Some(person) = person {
            let Person { name, given, surname, upn, mail, department, job_title, .. } = person;
            let optional = [mail, department, job_title].into_iter().flatten();
            [name, upn]
                .into_iter()
                .chain(optional)
                .chain([given, surname])
                .for_each(|text| search_text.add(text));
            for number in &person.numbers {
                let as_written = number.as_written.as_str();
                add_spellings(as_written, region, &mut search_text.numbers);
                let pieces = pieces(as_written);
                if pieces.len() > 1 {
                    pieces
                        .into_iter()
                        .for_each(|piece| add_spellings(piece, region, &mut search_text.numbers));
                }
            }
        }
        search_text.initials = Initials::of(&search_text.text);
        search_text.digits = Initials::of(&search_text.numbers);
        if let Some(colleague) = colleague {
            search_text.add_colleague(colleague);
        }
        search_text
    }

    /// Adds the names of a user of Connect.
    pub(crate) fn add_colleague(&mut self, colleague: &Colleague) {
        [&colleague.name, &colleague.username].into_iter().for_each(|text| self.add(text));
        self.initials = Initials::of(&self.text);
    }

    /// Adds a field, unless it is there already.
    fn add(&mut self, field: &str) {
        let field = fold(field);
        if !field.is_empty() && !self.text.lines().any(|line| line == field) {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.text.push_str(&field);
        }
    }

    /// True if at least one spelling of a number contains these digits.
    pub(crate) fn contains_digits(&self, digits: &str) -> bool {
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
        let mut is_first = true;
        for letter in text.chars() {
            if is_first {
                initials.0 |= Self::bit(letter);
            }
            is_first = !letter.is_alphanumeric();
        }
        initials
    }

    /// False if no word begins with this letter.
    fn may_contain(self, letter: char) -> bool {
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

    /// The digits of a typed number, as in [`SearchText::numbers`]. A plus is replaced by the 00 with which international
    /// spellings begin there.
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
    /// Parses the typed text; none if it is empty.
    pub(crate) fn new(typed: &str) -> Option<Self> {
        // Pasted text may contain invisible characters, which no name here has.
        let typed = fold(&presence::shown::visible(typed));
        let mut terms = Vec::new();
        let mut number_words: Vec<&str> = Vec::new();
        for word in typed.split_whitespace() {
            if is_number_word(word) {
                number_words.push(word);
            } else {
                terms.extend(number_term(&std::mem::take(&mut number_words)));
                terms.push(Term::Word(Needle::new(word)));
            }
        }
        terms.extend(number_term(&number_words));
        if terms.is_empty() { None } else { Some(Self(terms)) }
    }
}

fn is_number_word(word: &str) -> bool {
    word.contains(|letter: char| letter.is_ascii_digit())
        && word.chars().all(|letter| letter.is_ascii_digit() || "+-.()[]/,#*".contains(letter))
}

fn number_term(words: &[&str]) -> Option<Term> {
    if words.is_empty() {
        return None;
    }
    let parts =
        words.iter().map(|word| NumberWord { as_typed: Needle::new(word), digits: Needle::digits(word) });
    Some(Term::Number { whole: Needle::digits(&words.concat()), parts: parts.collect() })
}

/// Adds the spellings of a number: as it is dialled from abroad and within its country, and what is sent once it is connected.
/// It uses only the prefixes of the numbering plans, because matching everybody's numbers would take too long.
fn add_spellings(as_written: &str, region: Option<Country>, into: &mut String) {
    let mut add_line = |parts: [&str; 3]| {
        into.push('\n');
        parts.into_iter().for_each(|part| into.push_str(part));
    };
    let Ok(Spelling { international, digits, sent }) = Spelling::read(as_written, region) else {
        add_line([&as_written.chars().filter(char::is_ascii_digit).collect::<String>(), "", ""]);
        return;
    };
    let prefix = |code| plans(code).first().and_then(|plan| plan.national_prefix()).unwrap_or_default();
    let home = region.and_then(|region| DATABASE.by_id(region.as_ref()));
    if international && let Some((code, national)) = split_code(&digits) {
        let national = national.strip_prefix('0').filter(|_| prefix(code) == "0").unwrap_or(national);
        add_line(["00", &code.to_string(), national]);
        add_line([prefix(code), national, ""]);
    } else if !international && let Some(plan) = home {
        let code = plan.country_code();
        let national = digits.strip_prefix(prefix(code)).unwrap_or(&digits);
        add_line(["00", &code.to_string(), national]);
        add_line([prefix(code), national, ""]);
    } else {
        add_line([&digits, "", ""]);
    }
    if let Some(sent) = sent {
        add_line([&sent.replace(',', ""), "", ""]);
    }
}
