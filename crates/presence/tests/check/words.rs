//! Short words for statuses and rows.

use std::time::Duration;

use presence::{
    connect::{AgentStatus, StatusArn, StatusKind},
    mapping::{
        ConnectRow, ConnectTarget, ConnectToTeams, Table, TableRow, Tables, Target, TeamsRow, TeamsToConnect,
        TeamsWhen, When,
    },
    teams::Availability,
};
pub fn arn(name: &str) -> StatusArn {
    StatusArn::new(format!("arn:{name}"))
}

/// Custom, except for the two that every instance has.
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

/// The table with each of its rows edited.
pub fn edited<R: TableRow + Clone>(table: &Table<R>, edit: impl FnMut(&mut R)) -> Table<R> {
    let mut rows = table.rows().to_vec();
    rows.iter_mut().for_each(edit);
    table.with_rows(rows)
}
