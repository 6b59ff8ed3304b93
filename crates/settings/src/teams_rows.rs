//! The rows of `[[sync.teams_rows]]`: each replaces the default row of the same Teams state, or is added.

use presence::{
    connect::StatusArn,
    mapping::{ConnectTarget, TeamsRow},
};
use toml::de::DeValue;

use crate::{
    document::{Mistakes, Section, hint, kind},
    rows::{conditions, put, table},
    sections::{SECTIONS, TEAMS_ROWS, TEAMS_ROWS_CONNECT, TEAMS_ROWS_ONLY_WHILE, TEAMS_ROWS_WHEN},
    states,
    values::arn,
};

/// The target that changes nothing.
pub(crate) const NO_CHANGE: &str = "no_change";
/// The target that goes back to the status before.
pub(crate) const RESTORE: &str = "restore";

/// Puts the rows of `sync` over `rows`, which holds the defaults.
pub(crate) fn read(sync: &Section<'_, '_>, rows: &mut Vec<TeamsRow>, mistakes: &Mistakes) {
    put(sync, "teams_rows", TEAMS_ROWS, rows, mistakes, row);
}

pub(crate) fn row(section: &Section<'_, '_>) -> Option<TeamsRow> {
    let when = section
        .require("when", |value| table(value, "availability = \"busy\""))
        .and_then(|()| states::teams(&section.section("when", TEAMS_ROWS_WHEN, SECTIONS)));
    let target = target(section);
    let conditions = conditions(section, TEAMS_ROWS_ONLY_WHILE, states::kind_of_status, states::connect);
    Some(TeamsRow { when: when?, target: target?, conditions: conditions? })
}

fn target(section: &Section<'_, '_>) -> Option<ConnectTarget> {
    if section.is_section("connect") {
        let connect = section.section("connect", TEAMS_ROWS_CONNECT, SECTIONS);
        return connect
            .require("status", |value| arn(value, "status").map(StatusArn::new))
            .map(ConnectTarget::Status);
    }
    section.require("connect", plain)
}

fn plain(value: &DeValue<'_>) -> Result<ConnectTarget, String> {
    let forms = "must be no_change, restore or { status = \"arn:…\" }";
    match value.as_str() {
        Some(NO_CHANGE) => Ok(ConnectTarget::NoChange),
        Some(RESTORE) => Ok(ConnectTarget::Restore),
        Some(word) => Err(format!("{forms}{}", hint(word, &[NO_CHANGE, RESTORE]))),
        None => Err(format!("{forms}, not {}", kind(value))),
    }
}
