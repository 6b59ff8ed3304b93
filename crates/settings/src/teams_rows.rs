//! The rows of `[[sync.teams_rows]]`: each replaces the default row of the same Teams state, or is added.

use presence::{
    connect::StatusArn,
    mapping::{ConnectTarget, TeamsRow, TeamsToConnect},
};
use toml::de::DeValue;

use crate::{
    document::{Known, Section, hint, kind},
    rows::{conditions, put, table},
    states::{self, OF_CONNECT, OF_TEAMS},
    values::arn,
};

/// A row.
pub(crate) static TEAMS_ROW: Known =
    Known::new("sync.teams_rows", &["when", "connect", "source", "only_while", "hold", "at_most_every"]);
/// The state that a row is for.
pub(crate) static TEAMS_ROW_WHEN: Known = Known::new("sync.teams_rows.when", OF_TEAMS);
/// A state of the other side among its conditions.
pub(crate) static TEAMS_ROW_ONLY_WHILE: Known = Known::new("sync.teams_rows.only_while", OF_CONNECT);
/// Its target, if that is a status.
pub(crate) static TEAMS_ROW_CONNECT: Known = Known::new("sync.teams_rows.connect", &["status"]);

/// The target that changes nothing.
pub(crate) const NO_CHANGE: &str = "no_change";
/// The target that goes back to the status before.
pub(crate) const RESTORE: &str = "restore";

/// Puts the rows of a section over the built-in ones, if it has any, as with the other table.
pub(crate) fn read(sync: &Section<'_, '_>, key: &str, table: &mut TeamsToConnect) {
    if sync.has(key) {
        *table = table.with_rows(put(sync, key, &TEAMS_ROW, &TeamsToConnect::default(), row));
    }
}

pub(crate) fn row(section: &Section<'_, '_>) -> Option<TeamsRow> {
    let when = section
        .require("when", |value| table(value, "availability = \"busy\""))
        .and_then(|()| states::teams(&section.section("when", &TEAMS_ROW_WHEN)));
    let target = target(section);
    let conditions = conditions(section, &TEAMS_ROW_ONLY_WHILE, states::kind_of_status, states::connect);
    Some(TeamsRow { when: when?, target: target?, conditions: conditions? })
}

fn target(section: &Section<'_, '_>) -> Option<ConnectTarget> {
    if section.is_section("connect") {
        let connect = section.section("connect", &TEAMS_ROW_CONNECT);
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
