//! Short words for statuses and rows.

use presence::{
    connect::{AgentStatus, ConnectState, StatusArn, StatusKind},
    mapping::{
        ConnectRow, ConnectTarget, ConnectToTeams, Tables, Target, TeamsRow, TeamsToConnect, TeamsWhen, When,
    },
    teams::Availability,
};
use std::time::Duration;

pub fn arn(name: &str) -> StatusArn {
    StatusArn::new(format!("arn:{name}"))
}

/// Custom, but for the two that every instance has.
pub fn status(name: &str) -> AgentStatus {
    let kind = match name {
        "Available" => StatusKind::Routable,
        "Offline" => StatusKind::Offline,
        _ => StatusKind::Custom,
    };
    AgentStatus { arn: arn(name), name: name.to_owned(), kind }
}

pub fn statuses(names: &[&str]) -> Vec<AgentStatus> {
    names.iter().copied().map(status).collect()
}

pub fn chosen(name: &str) -> ConnectState {
    ConnectState::Chosen(status(name))
}

/// A row for a status.
pub fn forth(name: &str, target: Target) -> ConnectRow {
    ConnectRow::new(When::Status(arn(name)), target)
}

/// A row for a badge.
pub fn back(badge: Availability, target: ConnectTarget) -> TeamsRow {
    TeamsRow::new(TeamsWhen::badge(badge), target)
}

pub fn set(name: &str) -> ConnectTarget {
    ConnectTarget::Status(arn(name))
}

/// Both directions on, without a hold.
pub fn tables(forth: Vec<ConnectRow>, back: Vec<TeamsRow>) -> Tables {
    Tables {
        connect_to_teams: ConnectToTeams::new(true, Duration::ZERO, forth),
        teams_to_connect: TeamsToConnect::new(true, Duration::ZERO, back),
    }
}
