//! The rows of `[[sync.rows]]`: each replaces the default row of the same state, or is added.

use presence::{
    connect::{Activity, Channel, StatusArn, StatusKind},
    mapping::{Row, Target, When},
};
use toml::de::DeValue;

use crate::{
    document::{Known, Mistakes, Section, kind, text, word},
    reading::{SECTIONS, hold},
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

const KINDS: &[(&str, StatusKind)] =
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
    let Some(given) = sync.read("rows", |value| {
        value.as_array().ok_or_else(|| format!("must be written as [[sync.rows]], not as {}", kind(value)))
    }) else {
        return;
    };
    let mut seen: Vec<When> = Vec::new();
    for value in given.iter() {
        let at = value.span().start;
        let Some(table) = value.get_ref().as_table() else {
            mistakes.add(at, format!("sync.rows must hold rows, not {}", kind(value.get_ref())));
            continue;
        };
        let section = Section::new(table, at, ROW, SECTIONS, mistakes);
        let Some(row) = row(&section) else { continue };
        if seen.contains(&row.when) {
            section.refuse("has this state in an earlier row already");
            continue;
        }
        seen.push(row.when.clone());
        match rows.iter_mut().find(|known| known.when == row.when) {
            Some(known) => *known = row,
            None => rows.push(row),
        }
    }
}

fn row(section: &Section<'_, '_>) -> Option<Row> {
    let when = section.require("when", table).and_then(|()| when(&section.section("when", WHEN, SECTIONS)));
    let target = section.require("teams", |value| word(value, TARGETS));
    let hold = section.read("hold", hold);
    Some(Row { when: when?, target: target?, hold })
}

fn table(value: &DeValue<'_>) -> Result<(), String> {
    if value.is_table() {
        return Ok(());
    }
    Err(format!("must look like {{ activity = \"connected\" }}, not like {}", kind(value)))
}

fn when(section: &Section<'_, '_>) -> Option<When> {
    let activity = section.read("activity", |value| word(value, ACTIVITIES));
    let channel = section.read("channel", |value| word(value, CHANNELS));
    let status = section.read("status", arn);
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

fn arn(value: &DeValue<'_>) -> Result<StatusArn, String> {
    let arn = text(value)?;
    if arn.starts_with("arn:") {
        Ok(StatusArn::new(arn))
    } else {
        Err("must be the ARN of a status, which starts with arn:".to_owned())
    }
}
