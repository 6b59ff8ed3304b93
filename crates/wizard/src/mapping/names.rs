//! The names of statuses and rows, also of statuses that are not known here.

use presence::{
    check::RowAt,
    connect::{AgentStatus, ConnectState, StatusArn, StatusKind},
    mapping::{ConnectTarget, Tables, When},
    teams::TeamsState,
    timeline::Side,
};
use timeline::words::target;
use view::words::{self, fill, say};

/// The names of the instance's statuses.
pub struct Names<'a>(&'a [AgentStatus]);

impl<'a> Names<'a> {
    /// The names of these statuses.
    pub fn new(statuses: &'a [AgentStatus]) -> Self {
        Self(statuses)
    }

    /// The name of a status; the end of its ARN if nobody knows it.
    pub fn of(&self, arn: &StatusArn) -> String {
        let known = self.0.iter().find(|status| status.arn == *arn);
        known.map_or_else(|| unnamed(arn), |status| status.name.clone())
    }

    /// "Lunch → Be right back".
    pub fn rule(&self, tables: &Tables, row: RowAt) -> String {
        let parts = match row.side {
            Side::Teams => tables
                .connect_to_teams
                .rows()
                .get(row.number)
                .map(|row| (self.when(&row.when), target(row.target))),
            Side::Connect => tables.teams_to_connect.rows().get(row.number).map(|row| {
                let when = TeamsState {
                    availability: row.when.availability,
                    detail: row.when.detail,
                    unknown: None,
                };
                (words::teams(&when), self.target(&row.target))
            }),
        };
        parts.map_or_else(String::new, |(from, to)| fill("mapping.to", &[("from", &from), ("to", &to)]))
    }

    /// "Lunch", "On contact, call".
    pub fn when(&self, when: &When) -> String {
        match when {
            When::Status(arn) => self.of(arn),
            When::Kind(StatusKind::Routable) => say("mapping.kind.routable"),
            When::Kind(StatusKind::Custom) => say("mapping.kind.custom"),
            When::Kind(StatusKind::Offline) => say("mapping.kind.offline"),
            When::Activity { activity, channel: None } => words::activity(*activity),
            When::Activity { activity, channel: Some(channel) } => {
                words::connect_and_channel(&ConnectState::Contact { activity: *activity, channel: *channel })
            }
        }
    }

    /// "Coaching", "The status from before".
    pub fn target(&self, target: &ConnectTarget) -> String {
        match target {
            ConnectTarget::Status(arn) => self.of(arn),
            ConnectTarget::NoChange => say("timeline.target.noChange"),
            ConnectTarget::Restore => say("setup.target.restore"),
        }
    }
}

fn unnamed(arn: &StatusArn) -> String {
    let id = arn.as_str().rsplit('/').next().unwrap_or_default();
    fill("mapping.unnamed", &[("id", id)])
}

/// Statuses to check with if those of the instance are not known.
pub fn made_up(tables: &Tables) -> Vec<AgentStatus> {
    let mut statuses: Vec<AgentStatus> = Vec::new();
    for arn in tables.named() {
        if !statuses.iter().any(|known| known.arn == *arn) {
            statuses.push(AgentStatus { arn: arn.clone(), name: unnamed(arn), kind: StatusKind::Custom });
        }
    }
    let others = [
        (StatusKind::Routable, say("mapping.otherRoutable")),
        (StatusKind::Custom, say("mapping.otherCustom")),
        (StatusKind::Offline, say("mapping.otherOffline")),
    ];
    let others = others.map(|(kind, name)| AgentStatus { arn: StatusArn::new(name.clone()), name, kind });
    statuses.into_iter().chain(others).collect()
}
