//! A TOML document as sections with known keys, where every mistake has its place.
//!
//! Walked by hand and not by serde, because mistakes are reported to the author of the file: in plain words, with the
//! key's full name and its line. Knows in which section each key belongs, but not what it means.

use std::{borrow::Cow, cell::RefCell, ops::RangeInclusive};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{Layer, list};

/// A key's value and its place.
pub(crate) type Value<'i> = Spanned<DeValue<'i>>;

/// A section's path and the names that it may hold.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    /// "sync.rows"; empty above the first section.
    pub(crate) path: &'static str,
    /// The names of its keys.
    pub(crate) names: Cow<'static, [&'static str]>,
}

impl Known {
    pub(crate) const fn new(path: &'static str, names: &'static [&'static str]) -> Self {
        Self { path, names: Cow::Borrowed(names) }
    }

    fn has(&self, name: &str) -> bool {
        self.names.contains(&name)
    }
}

/// Something in the text that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// Where, in bytes; none means the whole file.
    pub(crate) at: Option<usize>,
    /// What is wrong, without a full stop.
    pub(crate) reason: String,
}

/// A text while it is read.
#[derive(Debug)]
pub(crate) struct Reading<'t> {
    /// Which of the two files it is.
    pub(crate) layer: Layer,
    /// Every section that the document may have, to find where a misplaced key belongs.
    sections: &'t [Known],
    /// The mistakes found so far.
    mistakes: RefCell<Vec<Mistake>>,
}

impl<'t> Reading<'t> {
    pub(crate) fn new(layer: Layer, sections: &'t [Known]) -> Self {
        Self { layer, sections, mistakes: RefCell::default() }
    }

    fn add(&self, at: usize, reason: String) {
        self.mistakes.borrow_mut().push(Mistake { at: Some(at), reason });
    }

    /// The mistake that is first in the text.
    pub(crate) fn first_mistake(self) -> Option<Mistake> {
        self.mistakes.into_inner().into_iter().min_by_key(|mistake| mistake.at)
    }
}

/// One section of the document.
pub(crate) struct Section<'t, 'i> {
    known: &'t Known,
    table: Option<&'t DeTable<'i>>,
    at: usize,
    reading: &'t Reading<'t>,
}

impl<'t, 'i> Section<'t, 'i> {
    /// The section at `at`. Keys that are not known become mistakes at once.
    pub(crate) fn new(table: &'t DeTable<'i>, at: usize, known: &'t Known, reading: &'t Reading<'t>) -> Self {
        for key in table.keys() {
            let name: &str = key.get_ref();
            if !known.has(name) {
                reading.add(key.span().start, unknown_key(name, known, reading.sections));
            }
        }
        Self { known, table: Some(table), at, reading }
    }

    /// Which of the two files it is in.
    pub(crate) fn layer(&self) -> Layer {
        self.reading.layer
    }

    /// The section `known` in this one, at `key`; without any keys if it is absent.
    pub(crate) fn section(&self, key: &str, known: &'t Known) -> Self {
        let absent = Self { known, table: None, at: self.at, reading: self.reading };
        let Some(value) = self.get(key) else { return absent };
        match value.get_ref().as_table() {
            Some(table) => self.item(table, value.span().start, known),
            None => {
                let found = kind(value.get_ref());
                self.add(value.span().start, key, &format!("must be a section, not {found}"));
                absent
            }
        }
    }

    /// The value of `key`, if it is there and `take` can use it. The reason of a refusal follows the key's name.
    pub(crate) fn read<T>(
        &self,
        key: &str,
        take: impl FnOnce(&'t DeValue<'i>) -> Result<T, String>,
    ) -> Option<T> {
        let value = self.get(key)?;
        take(value.get_ref()).map_err(|reason| self.add(value.span().start, key, &reason)).ok()
    }

    /// As [`Self::read`], but the key must be there.
    pub(crate) fn require<T>(
        &self,
        key: &str,
        take: impl FnOnce(&'t DeValue<'i>) -> Result<T, String>,
    ) -> Option<T> {
        if self.get(key).is_none() {
            self.add(self.at, key, "is missing");
        }
        self.read(key, take)
    }

    /// The values of `key`: those of its list, or the only one.
    pub(crate) fn each(&self, key: &str) -> Vec<&'t Value<'i>> {
        match self.get(key) {
            Some(value) => match value.get_ref().as_array() {
                Some(list) => list.iter().collect(),
                None => vec![value],
            },
            None => Vec::new(),
        }
    }

    /// A section that is one of the values of a list.
    pub(crate) fn item(&self, table: &'t DeTable<'i>, at: usize, known: &'t Known) -> Self {
        Self::new(table, at, known, self.reading)
    }

    /// Adds a mistake about the whole section.
    pub(crate) fn refuse(&self, reason: &str) {
        self.reading.add(self.at, format!("{} {reason}", self.known.path));
    }

    /// Whether the section holds `key`.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Whether the section holds `key`, and that is a section.
    pub(crate) fn is_section(&self, key: &str) -> bool {
        self.get(key).is_some_and(|value| value.get_ref().is_table())
    }

    fn get(&self, key: &str) -> Option<&'t Value<'i>> {
        find(self.table?, key).map(|(_, value)| value)
    }

    /// Adds a mistake about the value of `key`, which is at `at`.
    pub(crate) fn add(&self, at: usize, key: &str, reason: &str) {
        self.reading.add(at, format!("{} {reason}", full_name(self.known.path, key)));
    }
}

/// What a table holds under a name: the place of the key in bytes, and its value.
pub(crate) fn find<'t, 'i>(table: &'t DeTable<'i>, name: &str) -> Option<(usize, &'t Value<'i>)> {
    table.iter().find(|(key, _)| key.get_ref() == name).map(|(key, value)| (key.span().start, value))
}

/// Takes true or false.
pub(crate) fn flag(value: &DeValue<'_>) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| format!("must be true or false, not {}", kind(value)))
}

/// Takes text.
pub(crate) fn text<'t>(value: &'t DeValue<'_>) -> Result<&'t str, String> {
    value.as_str().ok_or_else(|| format!("must be text in quotation marks, not {}", kind(value)))
}

/// Takes a whole number within `range`; `unit` follows it in the refusal ("of seconds").
pub(crate) fn whole(value: &DeValue<'_>, unit: &str, range: RangeInclusive<u32>) -> Result<u32, String> {
    let number = value
        .as_integer()
        .and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok())
        .filter(|number| range.contains(number));
    number.ok_or_else(|| {
        let found = match value.as_integer() {
            Some(number) => number.to_string(),
            None => kind(value).to_owned(),
        };
        let (least, most) = range.into_inner();
        format!("must be a whole number{unit} from {least} to {most}, not {found}")
    })
}

/// Takes one of a few words.
pub(crate) fn word<T: Copy>(value: &DeValue<'_>, words: &[(&'static str, T)]) -> Result<T, String> {
    let found = text(value)?;
    words.iter().find(|(name, _)| *name == found).map(|(_, meaning)| *meaning).ok_or_else(|| {
        let names: Vec<&str> = words.iter().map(|(name, _)| *name).collect();
        format!("must be {}{}", list(&names, "or"), hint(found, &names))
    })
}

/// Which of `names` may have been meant.
pub(crate) fn hint(found: &str, names: &[&str]) -> String {
    nearest(found, names).map(|name| format!("; the nearest is {name}")).unwrap_or_default()
}

/// What a value is, in plain words.
pub(crate) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a decimal number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a section",
    }
}

fn unknown_key(name: &str, known: &Known, all: &[Known]) -> String {
    let here = full_name(known.path, name);
    let home = all.iter().find(|section| section.has(name));
    match home {
        Some(Known { path: "", .. }) => {
            format!("{here} is not a setting; {name} belongs above the first section")
        }
        Some(home) => format!("{here} is not a setting; {name} belongs in {}", home.path),
        None => match nearest(name, &known.names) {
            Some(near) => format!("{here} is not a setting; the nearest is {}", full_name(known.path, near)),
            None => format!("{here} is not a setting"),
        },
    }
}

fn nearest<'n>(name: &str, names: &[&'n str]) -> Option<&'n str> {
    names.iter().min_by_key(|known| strsim::osa_distance(name, known)).copied()
}

fn full_name(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
