//! Every state that either side can be in, as far as the tables can distinguish them.

use crate::{
    connect::{Activity, AgentStatus, Channel, ConnectState, StatusArn},
    mapping::Tables,
    teams::{Availability, Detail, TeamsState},
};

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

/// Every contact state that a row can name.
pub(super) fn contacts() -> impl Iterator<Item = ConnectState> {
    Activity::ALL
        .into_iter()
        .flat_map(|activity| Channel::KNOWN.map(|channel| ConnectState::Contact { activity, channel }))
}

/// The statuses that rows name, and the first of each kind that none names: the others of that kind are like it.
pub(super) fn representatives(tables: &Tables, statuses: &[AgentStatus]) -> Vec<AgentStatus> {
    let named: Vec<&StatusArn> = tables.named().collect();
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
