//! The states of either side that a row names, as they are written in the file.
//!
//! Reads them and has the words to write them. Knows no row.

use presence::{
    connect::{Activity, Channel, StatusArn, StatusKind},
    mapping::{TeamsWhen, When},
    teams::{Availability, Detail},
};
use toml::de::DeValue;

use crate::{
    document::{Section, word},
    values::arn,
};

/// The names in a section that names a state of Connect.
pub(crate) const OF_CONNECT: &[&str] = &["activity", "channel", "status", "kind"];
/// The names in a section that names a state of Teams.
pub(crate) const OF_TEAMS: &[&str] = &["availability", "detail"];

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

/// An unknown availability can have no row, so it has no word.
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

/// Takes the section that names a state of Connect.
pub(crate) fn connect(section: &Section<'_, '_>) -> Option<When> {
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

/// A word for the states of Connect.
pub(crate) fn kind_of_status(value: &DeValue<'_>) -> Result<When, String> {
    word(value, KINDS).map(When::Kind)
}

/// A word for the states of Teams.
pub(crate) fn badge(value: &DeValue<'_>) -> Result<TeamsWhen, String> {
    word(value, AVAILABILITIES).map(TeamsWhen::badge)
}

/// Takes the section that names a state of Teams.
pub(crate) fn teams(section: &Section<'_, '_>) -> Option<TeamsWhen> {
    let availability = section.require("availability", |value| word(value, AVAILABILITIES));
    let detail = section.read("detail", |value| word(value, DETAILS));
    if section.has("detail") && detail.is_none() {
        return None;
    }
    Some(TeamsWhen { availability: availability?, detail })
}
