//! Every state that either side can be in, as far as the tables can tell them apart.

use crate::{
    connect::{Activity, AgentStatus, Channel, ConnectState, StatusArn},
    mapping::{ConnectTarget, Tables, When},
    teams::{Availability, Detail, TeamsState},
};

pub(super) const ACTIVITIES: [Activity; 9] = [
    Activity::Connected,
    Activity::OnHold,
    Activity::Dialling,
    Activity::Error,
    Activity::Missed,
    Activity::Rejected,
    Activity::AfterContactWork,
    Activity::Incoming,
    Activity::CallbackOffered,
];

pub(super) const CHANNELS: [Channel; 4] = [Channel::Voice, Channel::Chat, Channel::Email, Channel::Task];

/// What Teams makes by itself. Plain Do not disturb, Be right back and Appear offline are only ever a person's.
pub(super) const AUTOMATIC: [TeamsState; 11] = [
    TeamsState::plain(Availability::Available),
    TeamsState::plain(Availability::Busy),
    TeamsState::plain(Availability::Away),
    TeamsState::plain(Availability::Offline),
    TeamsState::with(Availability::Busy, Detail::InMeeting),
    TeamsState::with(Availability::Busy, Detail::InCall),
    TeamsState::with(Availability::DoNotDisturb, Detail::Presenting),
    TeamsState::with(Availability::DoNotDisturb, Detail::Focusing),
    TeamsState::with(Availability::Available, Detail::Inactive),
    TeamsState::with(Availability::Busy, Detail::Inactive),
    TeamsState::with(Availability::Away, Detail::Inactive),
];

/// Every contact state.
pub(super) fn contacts() -> impl Iterator<Item = ConnectState> {
    ACTIVITIES
        .into_iter()
        .flat_map(|activity| CHANNELS.map(|channel| ConnectState::Contact { activity, channel }))
}

/// The statuses that rows name, and the first of each kind that none names: the others of that kind are like it.
pub(super) fn representatives(tables: &Tables, statuses: &[AgentStatus]) -> Vec<AgentStatus> {
    let named: Vec<&StatusArn> = named(tables).collect();
    let mut kept: Vec<AgentStatus> = Vec::new();
    for status in statuses {
        let is_named = named.contains(&&status.arn);
        let is_first = || !kept.iter().any(|other| other.kind == status.kind && !named.contains(&&other.arn));
        if is_named || is_first() {
            kept.push(status.clone());
        }
    }
    kept
}

fn named(tables: &Tables) -> impl Iterator<Item = &StatusArn> {
    let forth = tables.connect_to_teams.rows().iter().filter_map(|row| arn(&row.when));
    let back = tables.teams_to_connect.rows().iter();
    let back = back.flat_map(|row| {
        let target = match &row.target {
            ConnectTarget::Status(arn) => Some(arn),
            ConnectTarget::NoChange | ConnectTarget::Restore => None,
        };
        row.conditions.only_while.iter().filter_map(arn).chain(target)
    });
    forth.chain(back)
}

/// The status that a state of Connect is, if it is one by name.
pub(super) fn arn(when: &When) -> Option<&StatusArn> {
    match when {
        When::Status(arn) => Some(arn),
        When::Activity { .. } | When::Kind(_) => None,
    }
}
