//! Short words for what the tests are about: states of Connect, a table, lengths of time, writes.

use std::time::Duration;

use jiff::Timestamp;
use presence::{
    connect::{Activity, AgentSnapshot, AgentStatus, Channel, Contact, ContactId, StatusArn, StatusKind},
    engine::Write,
    mapping::{ConnectRow, ConnectToTeams, Table, TableRow, Tables, Target, TeamsToConnect, When},
    teams::{PreferredPresence, SessionPresence},
};

pub fn start() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap()
}

pub fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

pub fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(60 * minutes)
}

/// A hold of 15 s, and a row for every target.
pub fn table() -> ConnectToTeams {
    let table = ConnectToTeams::default();
    let mut rows = table.rows().to_vec();
    for (name, target) in [
        ("Lunch", Target::BeRightBack),
        ("Training", Target::DoNotDisturb),
        ("Errand", Target::AppearAway),
        ("Hidden", Target::AppearOffline),
        ("Whatever", Target::NoChange),
        ("Desk", Target::Available),
    ] {
        let when = When::Status(StatusArn::new(format!("arn:{name}")));
        rows.push(ConnectRow::new(when, target));
    }
    table.with_rows(rows)
}

/// The table with each of its rows edited.
pub fn edited<R: TableRow + Clone>(table: &Table<R>, edit: impl FnMut(&mut R)) -> Table<R> {
    let mut rows = table.rows().to_vec();
    rows.iter_mut().for_each(edit);
    table.with_rows(rows)
}

/// That table, with the way to Connect off.
pub fn tables(connect_to_teams: ConnectToTeams) -> Tables {
    Tables { connect_to_teams, teams_to_connect: TeamsToConnect::default() }
}

pub fn status(name: &str) -> AgentStatus {
    let kind = match name {
        "Available" => StatusKind::Routable,
        "Offline" => StatusKind::Offline,
        _ => StatusKind::Custom,
    };
    AgentStatus { arn: StatusArn::new(format!("arn:{name}")), name: name.into(), kind }
}

pub fn chosen(name: &str) -> AgentSnapshot {
    AgentSnapshot { chosen: status(name), chosen_since: start(), next: None, contacts: Vec::new() }
}

pub fn contact(activity: Activity, channel: Channel) -> AgentSnapshot {
    let contact = Contact { id: ContactId::new("c-1"), channel, activity, since: start() };
    AgentSnapshot { contacts: vec![contact], ..chosen("Available") }
}

pub fn voice(activity: Activity) -> AgentSnapshot {
    contact(activity, Channel::Voice)
}

/// A write without its expiry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Short {
    Session(SessionPresence),
    NoSession,
    Preferred(PreferredPresence),
    NoPreferred,
}

pub fn short(write: Write) -> Short {
    match write {
        Write::SetSession { value, .. } => Short::Session(value),
        Write::ClearSession => Short::NoSession,
        Write::SetPreferred { value, .. } => Short::Preferred(value),
        Write::ClearPreferred => Short::NoPreferred,
    }
}

pub fn preferred_of(write: Write) -> Option<PreferredPresence> {
    match write {
        Write::SetPreferred { value, .. } => Some(value),
        Write::SetSession { .. } | Write::ClearSession | Write::ClearPreferred => None,
    }
}

/// The preferred value of a target, if it has one.
pub fn preferred_target(target: Target) -> Option<PreferredPresence> {
    match target {
        Target::Busy => Some(PreferredPresence::Busy),
        Target::DoNotDisturb => Some(PreferredPresence::DoNotDisturb),
        Target::BeRightBack => Some(PreferredPresence::BeRightBack),
        Target::AppearAway => Some(PreferredPresence::AppearAway),
        Target::AppearOffline => Some(PreferredPresence::AppearOffline),
        Target::Available | Target::InACall | Target::NoChange | Target::Clear => None,
    }
}

/// The session value of a target, if it is written by session alone.
pub fn session_target(target: Target) -> Option<SessionPresence> {
    match target {
        Target::Available => Some(SessionPresence::Available),
        Target::InACall => Some(SessionPresence::InCall),
        Target::Busy
        | Target::DoNotDisturb
        | Target::BeRightBack
        | Target::AppearAway
        | Target::AppearOffline
        | Target::NoChange
        | Target::Clear => None,
    }
}
