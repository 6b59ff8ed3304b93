//! The rows of `[[sync.teams_rows]]`: each replaces the default row of the same Teams state, or is added.

use presence::{
    connect::StatusArn,
    mapping::{ConnectTarget, TeamsRow, TeamsWhen, When},
    teams::{Availability, Detail},
};
use toml::de::DeValue;

use crate::{
    document::{Known, Mistakes, Section, hint, kind, word},
    reading::{SECTIONS, arn},
    rows::{self, KINDS, conditions, put, table},
};

pub(crate) const ROW: Known = Known {
    path: "sync.teams_rows",
    keys: &["when", "connect", "source", "only_while", "hold", "at_most_every"],
};
pub(crate) const WHEN: Known = Known { path: "sync.teams_rows.when", keys: &["availability", "detail"] };
const ONLY_WHILE: Known = Known { path: "sync.teams_rows.only_while", keys: rows::WHEN.keys };
const CONNECT: Known = Known { path: "sync.teams_rows.connect", keys: &["status"] };

/// What is not known asks for nothing, so it has no word.
pub(crate) const AVAILABILITIES: &[(&str, Availability)] = &[
    ("available", Availability::Available),
    ("busy", Availability::Busy),
    ("do_not_disturb", Availability::DoNotDisturb),
    ("be_right_back", Availability::BeRightBack),
    ("away", Availability::Away),
    ("offline", Availability::Offline),
];

pub(crate) const DETAILS: &[(&str, Detail)] = &[
    ("in_call", Detail::InCall),
    ("in_meeting", Detail::InMeeting),
    ("presenting", Detail::Presenting),
    ("focusing", Detail::Focusing),
    ("out_of_office", Detail::OutOfOffice),
    ("inactive", Detail::Inactive),
    ("appear_offline", Detail::AppearOffline),
];

/// The target that changes nothing.
pub(crate) const NO_CHANGE: &str = "no_change";
/// The target that goes back to the status before.
pub(crate) const RESTORE: &str = "restore";

/// Puts the rows of `sync` over `rows`, which holds the defaults.
pub(crate) fn read(sync: &Section<'_, '_>, rows: &mut Vec<TeamsRow>, mistakes: &Mistakes) {
    put(sync, "teams_rows", ROW, rows, mistakes, row);
}

pub(crate) fn row(section: &Section<'_, '_>) -> Option<TeamsRow> {
    let when = section
        .require("when", |value| table(value, "availability = \"busy\""))
        .and_then(|()| when(&section.section("when", WHEN, SECTIONS)));
    let target = target(section);
    let conditions = conditions(section, ONLY_WHILE, kind_of_status, rows::when);
    Some(TeamsRow { when: when?, target: target?, conditions: conditions? })
}

/// A word for the states of Connect.
fn kind_of_status(value: &DeValue<'_>) -> Result<When, String> {
    word(value, KINDS).map(When::Kind)
}

/// A word for the states of Teams.
pub(crate) fn badge(value: &DeValue<'_>) -> Result<TeamsWhen, String> {
    word(value, AVAILABILITIES).map(TeamsWhen::badge)
}

pub(crate) fn when(section: &Section<'_, '_>) -> Option<TeamsWhen> {
    let availability = section.require("availability", |value| word(value, AVAILABILITIES));
    let detail = section.read("detail", |value| word(value, DETAILS));
    if section.has("detail") && detail.is_none() {
        return None;
    }
    Some(TeamsWhen { availability: availability?, detail })
}

fn target(section: &Section<'_, '_>) -> Option<ConnectTarget> {
    if section.is_section("connect") {
        let connect = section.section("connect", CONNECT, SECTIONS);
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
