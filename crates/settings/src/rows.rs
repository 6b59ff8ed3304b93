//! The rows of `[[sync.rows]]`: each replaces the default row of the same state, or is added.

use presence::{
    connect::{Activity, Channel, StatusArn, StatusKind},
    mapping::{Conditions, ConnectRow, Row, SourceCondition, Target, When},
};
use toml::de::DeValue;

use crate::{
    document::{Known, Mistakes, Section, Value, flag, kind, word},
    reading::{SECTIONS, arn, hold, rest},
    teams_rows,
};

pub(crate) const ROW: Known = Known {
    path: "sync.rows",
    keys: &["when", "teams", "source", "only_while", "hold", "at_most_every", "override_person"],
};
pub(crate) const WHEN: Known =
    Known { path: "sync.rows.when", keys: &["activity", "channel", "status", "kind"] };
const ONLY_WHILE: Known = Known { path: "sync.rows.only_while", keys: teams_rows::WHEN.keys };

pub(crate) const ACTIVITIES: &[(&str, Activity)] = &[
    ("connected", Activity::Connected),
    ("on_hold", Activity::OnHold),
    ("dialling", Activity::Dialling),
    ("error", Activity::Error),
    ("missed", Activity::Missed),
    ("rejected", Activity::Rejected),
    ("after_contact_work", Activity::AfterContactWork),
    ("incoming", Activity::Incoming),
    ("callback_offered", Activity::CallbackOffered),
];

pub(crate) const CHANNELS: &[(&str, Channel)] =
    &[("voice", Channel::Voice), ("chat", Channel::Chat), ("email", Channel::Email), ("task", Channel::Task)];

pub(crate) const KINDS: &[(&str, StatusKind)] =
    &[("routable", StatusKind::Routable), ("custom", StatusKind::Custom), ("offline", StatusKind::Offline)];

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
    put(sync, "rows", ROW, rows, mistakes, row);
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
        .and_then(|()| when(&section.section("when", WHEN, SECTIONS)));
    let target = section.require("teams", |value| word(value, TARGETS));
    let conditions = conditions(section, ONLY_WHILE, teams_rows::badge, teams_rows::when);
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

pub(crate) fn when(section: &Section<'_, '_>) -> Option<When> {
    let activity = section.read("activity", |value| word(value, ACTIVITIES));
    let channel = section.read("channel", |value| word(value, CHANNELS));
    let status = section.read("status", |value| arn(value, "status").map(StatusArn::new));
    let kind = section.read("kind", |value| word(value, KINDS));
    match (section.has("activity"), section.has("status"), section.has("kind")) {
        (true, false, false) if section.has("channel") && channel.is_none() => None,
        (true, false, false) => Some(When::Activity { activity: activity?, channel }),
        (false, true, false) if !section.has("channel") => Some(When::Status(status?)),
        (false, false, true) if !section.has("channel") => Some(When::Kind(kind?)),
        _ => {
            section.refuse("must name one of activity (with or without channel), status or kind");
            None
        }
    }
}
