//! The rows of `[[sync.rows]]`: each replaces the default row of the same state, or is added. And what the rows of
//! both tables have in common: how they are put over the defaults, and their conditions.

use presence::mapping::{Conditions, ConnectRow, ConnectToTeams, SourceCondition, Table, TableRow, Target};
use toml::de::DeValue;

use crate::{
    document::{Known, Section, Value, flag, kind, word},
    states::{self, OF_CONNECT, OF_TEAMS},
    values::{hold, rest},
};

/// A row.
pub(crate) static ROW: Known = Known::new(
    "sync.rows",
    &["when", "teams", "source", "only_while", "hold", "at_most_every", "override_person"],
);
/// The state that a row is for.
pub(crate) static ROW_WHEN: Known = Known::new("sync.rows.when", OF_CONNECT);
/// A state of the other side among its conditions.
pub(crate) static ROW_ONLY_WHILE: Known = Known::new("sync.rows.only_while", OF_TEAMS);

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

/// Puts the rows of a section over the built-in ones, if it has any. A layer with rows replaces the whole table: rows
/// of another layer are not mixed into it.
pub(crate) fn read(sync: &Section<'_, '_>, key: &str, table: &mut ConnectToTeams) {
    if sync.has(key) {
        *table = table.with_rows(put(sync, key, &ROW, &ConnectToTeams::default(), row));
    }
}

/// The rows of `built_in`, with those that `sync` has at `key` put over them.
pub(crate) fn put<'t, 'i, R: TableRow + Clone>(
    sync: &Section<'t, 'i>,
    key: &str,
    known: &'t Known,
    built_in: &Table<R>,
    read: impl Fn(&Section<'t, 'i>) -> Option<R>,
) -> Vec<R> {
    let mut rows = built_in.rows().to_vec();
    let path = known.path;
    let Some(values) = sync.read(key, |value| {
        value.as_array().ok_or_else(|| format!("must be written as [[{path}]], not as {}", kind(value)))
    }) else {
        return rows;
    };
    let mut given: Vec<R> = Vec::new();
    for value in values.iter() {
        let at = value.span().start;
        let Some(table) = value.get_ref().as_table() else {
            sync.add(at, key, &format!("must hold rows, not {}", kind(value.get_ref())));
            continue;
        };
        let section = sync.item(table, at, known);
        let Some(row) = read(&section) else { continue };
        if given.iter().any(|earlier| earlier.is_same_case(&row)) {
            section.refuse("has this state in an earlier row already");
        } else {
            given.push(row);
        }
    }
    put_over(&mut rows, given);
    rows
}

/// Puts each of `given` in the place of the one of the same case, or after the others.
pub(crate) fn put_over<R: TableRow>(rows: &mut Vec<R>, given: impl IntoIterator<Item = R>) {
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
        .and_then(|()| states::connect(&section.section("when", &ROW_WHEN)));
    let target = section.require("teams", |value| word(value, TARGETS));
    let conditions = conditions(section, &ROW_ONLY_WHILE, states::badge, states::teams);
    let override_person = section.read("override_person", flag).unwrap_or(false);
    Some(ConnectRow { when: when?, target: target?, conditions: conditions?, override_person })
}

/// Reads the conditions that rows of both tables have. A state in *only while* is a word or a section like `when`.
pub(crate) fn conditions<'t, Other>(
    section: &Section<'t, '_>,
    known: &'t Known,
    word_of: impl Fn(&DeValue<'_>) -> Result<Other, String>,
    section_of: impl Fn(&Section<'_, '_>) -> Option<Other>,
) -> Option<Conditions<Other>> {
    let other = |value: &Value<'_>| {
        let at = value.span().start;
        match value.get_ref().as_table() {
            Some(table) => section_of(&section.item(table, at, known)),
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
