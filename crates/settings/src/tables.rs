//! Writes the two mapping tables as rows of the file, without those that are built in.
//!
//! A row that stays keeps its place, its spelling and its remarks. The order of rows matters only among rows for
//! the same state whose conditions weigh the same.

use std::time::Duration;

use presence::mapping::{
    self, Conditions, ConnectRow, ConnectTarget, ConnectToTeams, TableRow, TeamsRow, TeamsToConnect,
    TeamsWhen, When,
};
use toml::de::DeTable;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value};

use crate::{
    Layer,
    document::{Known, Reading, Section},
    items::{units, word},
    rows::{self, ROW, SOURCES, TARGETS, put_over},
    states::{ACTIVITIES, AVAILABILITIES, CHANNELS, DETAILS, KINDS},
    teams_rows::{self, TEAMS_ROW},
};

/// The value of `sync.rows`, which was `old` before; none if all rows are built in.
pub(crate) fn connect_rows(table: &ConnectToTeams, old: Option<&Item>) -> Option<Item> {
    let read = |old: &Table| meaning(old, &ROW, rows::row);
    item(table.rows(), ConnectToTeams::default().rows(), old, read, connect_row)
}

/// The value of `sync.teams_rows`, which was `old` before; none if all rows are built in.
pub(crate) fn teams_rows(table: &TeamsToConnect, old: Option<&Item>) -> Option<Item> {
    let read = |old: &Table| meaning(old, &TEAMS_ROW, teams_rows::row);
    item(table.rows(), TeamsToConnect::default().rows(), old, read, teams_row)
}

fn item<R: TableRow + Clone + PartialEq>(
    wanted: &[R],
    built_in: &[R],
    old: Option<&Item>,
    read: impl Fn(&Table) -> Option<R>,
    write: impl Fn(&R) -> Option<Table>,
) -> Option<Item> {
    let mut written: Vec<(usize, Table)> = Vec::new();
    for old in old.and_then(Item::as_array_of_tables).into_iter().flatten() {
        let Some(before) = read(old) else { continue };
        let Some(place) = wanted.iter().position(|row| row.is_same_case(&before)) else { continue };
        if wanted.get(place) == Some(&before) {
            written.push((place, old.clone()));
        } else if let Some(mut new) = wanted.get(place).and_then(&write) {
            *new.decor_mut() = old.decor().clone();
            new.set_position(old.position());
            written.push((place, new));
        }
    }
    for (place, row) in wanted.iter().enumerate() {
        if built_in.contains(row) || written.iter().any(|(known, _)| *known == place) {
            continue;
        }
        if let Some(mut new) = write(row) {
            new.decor_mut().set_prefix("\n");
            written.push((place, new));
        }
    }
    if written.is_empty() {
        return None;
    }
    let mut read = built_in.to_vec();
    put_over(&mut read, written.iter().filter_map(|(place, _)| wanted.get(*place)).cloned());
    // If conditions weigh the same, the order of the rows decides which one wins.
    if mapping::Table::new(true, Duration::ZERO, read).rows() != wanted {
        written.sort_by_key(|(place, _)| *place);
        for (_, table) in &mut written {
            table.set_position(None);
        }
    }
    Some(Item::ArrayOfTables(written.into_iter().map(|(_, table)| table).collect()))
}

/// What a row of the file says; none if it has a mistake.
fn meaning<R>(old: &Table, known: &Known, read: impl FnOnce(&Section<'_, '_>) -> Option<R>) -> Option<R> {
    let text = DocumentMut::from(old.clone()).to_string();
    let row = DeTable::parse(&text).ok()?;
    // Nobody sees the mistakes, and no row names an address: either layer would do.
    let reading = Reading::new(Layer::User, &[]);
    read(&Section::new(row.get_ref(), 0, known, &reading))
}

fn connect_row(row: &ConnectRow) -> Option<Table> {
    let mut table = Table::new();
    table.insert("when", state(&row.when)?.into());
    table.insert("teams", word(TARGETS, row.target)?);
    conditions(&mut table, &row.conditions, badge)?;
    if row.override_person {
        table.insert("override_person", true.into());
    }
    Some(table)
}

fn teams_row(row: &TeamsRow) -> Option<Table> {
    let mut table = Table::new();
    table.insert("when", presence(&row.when)?.into());
    let connect = match &row.target {
        ConnectTarget::NoChange => Value::from(teams_rows::NO_CHANGE),
        ConnectTarget::Restore => Value::from(teams_rows::RESTORE),
        ConnectTarget::Status(arn) => inline([("status", Some(arn.to_string().into()))])?,
    };
    table.insert("connect", connect.into());
    conditions(&mut table, &row.conditions, kind)?;
    Some(table)
}

fn conditions<Other>(
    table: &mut Table,
    conditions: &Conditions<Other>,
    other: impl Fn(&Other) -> Option<Value>,
) -> Option<()> {
    if let Some(source) = conditions.source {
        table.insert("source", word(SOURCES, source)?);
    }
    if !conditions.only_while.is_empty() {
        let states: Option<Array> = conditions.only_while.iter().map(other).collect();
        table.insert("only_while", states?.into());
    }
    if let Some(hold) = conditions.hold {
        table.insert("hold", units(hold, 1));
    }
    if let Some(rest) = conditions.at_most_every {
        table.insert("at_most_every", units(rest, 1));
    }
    Some(())
}

/// A kind of status is one word among the conditions.
fn kind(when: &When) -> Option<Value> {
    match when {
        When::Kind(kind) => text(KINDS, *kind),
        When::Activity { .. } | When::Status(_) => state(when),
    }
}

/// A badge alone is one word among the conditions.
fn badge(when: &TeamsWhen) -> Option<Value> {
    match when.detail {
        None => text(AVAILABILITIES, when.availability),
        Some(_) => presence(when),
    }
}

fn state(when: &When) -> Option<Value> {
    match when {
        When::Activity { activity, channel: None } => inline([("activity", text(ACTIVITIES, *activity))]),
        When::Activity { activity, channel: Some(channel) } => {
            inline([("activity", text(ACTIVITIES, *activity)), ("channel", text(CHANNELS, *channel))])
        }
        When::Status(arn) => inline([("status", Some(arn.to_string().into()))]),
        When::Kind(kind) => inline([("kind", text(KINDS, *kind))]),
    }
}

fn presence(when: &TeamsWhen) -> Option<Value> {
    let availability = ("availability", text(AVAILABILITIES, when.availability));
    match when.detail {
        None => inline([availability]),
        Some(detail) => inline([availability, ("detail", text(DETAILS, detail))]),
    }
}

fn inline<const N: usize>(values: [(&str, Option<Value>); N]) -> Option<Value> {
    let mut table = InlineTable::new();
    for (key, value) in values {
        table.insert(key, value?);
    }
    Some(Value::InlineTable(table))
}

fn text<T: Copy + PartialEq>(words: &[(&'static str, T)], meaning: T) -> Option<Value> {
    word(words, meaning)?.into_value().ok()
}
