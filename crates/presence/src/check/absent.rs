//! States that no row speaks of.

use crate::{
    connect::{Activity, AgentStatus, Channel, ConnectState},
    mapping::{Tables, TeamsWhen},
    teams::Availability,
};

/// A state without a row, conditions ignored: it changes nothing on the other side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WithoutRow {
    /// A chosen status that has no row, neither by name nor by kind.
    Status(AgentStatus),
    /// An activity in these channels.
    Activity {
        /// The activity.
        activity: Activity,
        /// Every channel without a row.
        channels: Vec<Channel>,
    },
    /// A Teams badge.
    Badge(Availability),
}

pub(super) fn without_row(tables: &Tables, statuses: &[AgentStatus]) -> Vec<WithoutRow> {
    let rows = tables.connect_to_teams.rows();
    let has_row = |state: &ConnectState| rows.iter().any(|row| row.when.matches(state));
    let statuses = statuses
        .iter()
        .filter(|status| !has_row(&ConnectState::Chosen((*status).clone())))
        .map(|status| WithoutRow::Status(status.clone()));
    let activities = Activity::ALL.into_iter().filter_map(|activity| {
        let is_absent = |channel: &Channel| !has_row(&ConnectState::Contact { activity, channel: *channel });
        let channels: Vec<Channel> = Channel::KNOWN.into_iter().filter(is_absent).collect();
        (!channels.is_empty()).then_some(WithoutRow::Activity { activity, channels })
    });
    let back = tables.teams_to_connect.rows();
    let badges = Availability::KNOWN
        .into_iter()
        .filter(|badge| !back.iter().any(|row| row.when == TeamsWhen::badge(*badge)))
        .map(WithoutRow::Badge);
    statuses.chain(activities).chain(badges).collect()
}
