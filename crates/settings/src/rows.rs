//! The rows of `[[sync.rows]]`: each replaces the default row of the same state, or is added. And what the rows of
//! both tables have in common: how they are put over the defaults, and their conditions.

use presence::mapping::{Conditions, ConnectRow, Row, SourceCondition, Target};
use toml::de::DeValue;

use crate::{
    document::{Known, Mistakes, Section, Value, flag, kind, word},
    sections::{ROWS, ROWS_ONLY_WHILE, ROWS_WHEN, SECTIONS},
    states,
    values::{hold, rest},
};

pub(crate) const SOURCES: &[(&str, SourceCondition)] = &[
    ("person", SourceCondition::Person),
    ("automatic", SourceCondition::Automatic),
    ("contact", SourceCondition::Contact),
];

pub(crate) const TARGETS: &[(&str, Target)] = &[
    ("available", Target::Available),
    ("in_a_call", Target::InACall),
    ("busy", Target::Busy),
    ("do_not_disturb", Target::DoNotDisturb),
    ("be_right_back", Target::BeRightBack),
    ("appear_away", Target::AppearAway),
    ("appear_offline", Target::AppearOffline),
    ("no_change", Target::NoChange),
    ("clear", Target::Clear),
];

/// Puts the rows of `sync` over `rows`, which holds the defaults.
pub(crate) fn read(sync: &Section<'_, '_>, rows: &mut Vec<ConnectRow>, mistakes: &Mistakes) {
    put(sync, "rows", ROWS, rows, mistakes, row);
}

/// Puts the rows that `sync` has at `key` over those in `rows` that speak of the same state under the same
/// conditions.
pub(crate) fn put<R: Row>(
    sync: &Section<'_, '_>,
    key: &str,
    known: Known,
    rows: &mut Vec<R>,
    mistakes: &Mistakes,
    read: impl Fn(&Section<'_, '_>) -> Option<R>,
) {
    let path = known.path;
    let Some(values) = sync.read(key, |value| {
        value.as_array().ok_or_else(|| format!("must be written as [[{path}]], not as {}", kind(value)))
    }) else {
        return;
    };
    let mut given: Vec<R> = Vec::new();
    for value in values.iter() {
        let at = value.span().start;
        let Some(table) = value.get_ref().as_table() else {
            mistakes.add(at, format!("{path} must hold rows, not {}", kind(value.get_ref())));
            continue;
        };
        let section = Section::new(table, at, known, SECTIONS, mistakes);
        let Some(row) = read(&section) else { continue };
        if given.iter().any(|earlier| earlier.is_same_case(&row)) {
            section.refuse("has this state in an earlier row already");
        } else {
            given.push(row);
        }
    }
    put_over(rows, given);
}

/// Puts each of `given` in the place of the one of the same case, or after the others.
pub(crate) fn put_over<R: Row>(rows: &mut Vec<R>, given: impl IntoIterator<Item = R>) {
    for row in given {
        match rows.iter_mut().find(|known| known.is_same_case(&row)) {
            Some(known) => *known = row,
            None => rows.push(row),
        }
    }
}

pub(crate) fn row(section: &Section<'_, '_>) -> Option<ConnectRow> {
    let when = section
        .require("when", |value| table(value, "activity = \"connected\""))
        .and_then(|()| states::connect(&section.section("when", ROWS_WHEN, SECTIONS)));
    let target = section.require("teams", |value| word(value, TARGETS));
    let conditions = conditions(section, ROWS_ONLY_WHILE, states::badge, states::teams);
    let override_person = section.read("override_person", flag).unwrap_or(false);
    Some(ConnectRow { when: when?, target: target?, conditions: conditions?, override_person })
}

/// Reads the conditions that rows of both tables have. A state in *only while* is a word or a section like `when`.
pub(crate) fn conditions<Other>(
    section: &Section<'_, '_>,
    known: Known,
    word_of: impl Fn(&DeValue<'_>) -> Result<Other, String>,
    section_of: impl Fn(&Section<'_, '_>) -> Option<Other>,
) -> Option<Conditions<Other>> {
    let other = |value: &Value<'_>| {
        let at = value.span().start;
        match value.get_ref().as_table() {
            Some(table) => section_of(&section.item(table, at, known, SECTIONS)),
            None => word_of(value.get_ref()).map_err(|reason| section.add(at, "only_while", &reason)).ok(),
        }
    };
    let only_while: Option<Vec<Other>> = section.each("only_while").into_iter().map(other).collect();
    Some(Conditions {
        source: section.read("source", |value| word(value, SOURCES)),
        only_while: only_while?,
        hold: section.read("hold", hold),
        at_most_every: section.read("at_most_every", rest),
    })
}

/// Takes the section that says when a row applies.
pub(crate) fn table(value: &DeValue<'_>, example: &str) -> Result<(), String> {
    if value.is_table() {
        return Ok(());
    }
    Err(format!("must look like {{ {example} }}, not like {}", kind(value)))
}
