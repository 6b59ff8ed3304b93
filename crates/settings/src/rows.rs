//! The rows of `[[sync.rows]]`: each replaces the default row of the same state, or is added.

use presence::{
    connect::{Activity, Channel, StatusArn, StatusKind},
    mapping::{Row, Target, When},
};
use toml::de::DeValue;

use crate::{
    document::{Known, Mistakes, Section, kind, word},
    reading::{SECTIONS, arn, hold},
};

pub(crate) const ROW: Known = Known { path: "sync.rows", keys: &["when", "teams", "hold"] };
pub(crate) const WHEN: Known =
    Known { path: "sync.rows.when", keys: &["activity", "channel", "status", "kind"] };

const ACTIVITIES: &[(&str, Activity)] = &[
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

const CHANNELS: &[(&str, Channel)] =
    &[("voice", Channel::Voice), ("chat", Channel::Chat), ("email", Channel::Email), ("task", Channel::Task)];

pub(crate) const KINDS: &[(&str, StatusKind)] =
    &[("routable", StatusKind::Routable), ("custom", StatusKind::Custom), ("offline", StatusKind::Offline)];

const TARGETS: &[(&str, Target)] = &[
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
pub(crate) fn read(sync: &Section<'_, '_>, rows: &mut Vec<Row>, mistakes: &Mistakes) {
    put(sync, "rows", ROW, rows, mistakes, row, |row| &row.when);
}

/// Puts the rows that `sync` has at `key` over those in `rows` that speak of the same state.
pub(crate) fn put<Row, When: PartialEq>(
    sync: &Section<'_, '_>,
    key: &str,
    known: Known,
    rows: &mut Vec<Row>,
    mistakes: &Mistakes,
    read: impl Fn(&Section<'_, '_>) -> Option<Row>,
    when: impl Fn(&Row) -> &When,
) {
    let path = known.path;
    let Some(values) = sync.read(key, |value| {
        value.as_array().ok_or_else(|| format!("must be written as [[{path}]], not as {}", kind(value)))
    }) else {
        return;
    };
    let mut given: Vec<Row> = Vec::new();
    for value in values.iter() {
        let at = value.span().start;
        let Some(table) = value.get_ref().as_table() else {
            mistakes.add(at, format!("{path} must hold rows, not {}", kind(value.get_ref())));
            continue;
        };
        let section = Section::new(table, at, known, SECTIONS, mistakes);
        let Some(row) = read(&section) else { continue };
        if given.iter().any(|earlier| when(earlier) == when(&row)) {
            section.refuse("has this state in an earlier row already");
        } else {
            given.push(row);
        }
    }
    for row in given {
        match rows.iter_mut().find(|known| when(known) == when(&row)) {
            Some(known) => *known = row,
            None => rows.push(row),
        }
    }
}

fn row(section: &Section<'_, '_>) -> Option<Row> {
    let when = section
        .require("when", |value| table(value, "activity = \"connected\""))
        .and_then(|()| when(&section.section("when", WHEN, SECTIONS)));
    let target = section.require("teams", |value| word(value, TARGETS));
    let hold = section.read("hold", hold);
    Some(Row { when: when?, target: target?, hold })
}

/// Takes the section that says when a row applies.
pub(crate) fn table(value: &DeValue<'_>, example: &str) -> Result<(), String> {
    if value.is_table() {
        return Ok(());
    }
    Err(format!("must look like {{ {example} }}, not like {}", kind(value)))
}

fn when(section: &Section<'_, '_>) -> Option<When> {
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
