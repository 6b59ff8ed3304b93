//! Rows Connect → Teams drawn at random, with every condition that a row can have.

use presence::{
    connect::{Activity, Channel, StatusArn, StatusKind},
    mapping::{Conditions, ConnectRow, SourceCondition, TeamsWhen, When},
    teams::{Availability, Detail},
};
use proptest::{collection::vec, prelude::*, sample::select};

use super::words::{minutes, seconds, table};

fn states(names: &'static [&'static str]) -> impl Strategy<Value = When> {
    let activities =
        vec![Activity::Connected, Activity::OnHold, Activity::AfterContactWork, Activity::Missed];
    let channels = vec![None, Some(Channel::Voice), Some(Channel::Chat)];
    prop_oneof![
        4 => select(names.to_vec()).prop_map(|name| When::Status(StatusArn::new(format!("arn:{name}")))),
        1 => select(vec![StatusKind::Routable, StatusKind::Custom, StatusKind::Offline]).prop_map(When::Kind),
        2 => (select(activities), select(channels))
            .prop_map(|(activity, channel)| When::Activity { activity, channel }),
    ]
}

fn shown() -> impl Strategy<Value = TeamsWhen> {
    select(vec![
        TeamsWhen::badge(Availability::Available),
        TeamsWhen::badge(Availability::Busy),
        TeamsWhen::badge(Availability::Away),
        TeamsWhen::badge(Availability::DoNotDisturb),
        TeamsWhen::badge(Availability::BeRightBack),
        TeamsWhen::badge(Availability::Offline),
        TeamsWhen::with(Availability::Busy, Detail::InMeeting),
        TeamsWhen::with(Availability::Busy, Detail::InCall),
        TeamsWhen::with(Availability::DoNotDisturb, Detail::Presenting),
        TeamsWhen::with(Availability::Available, Detail::Inactive),
    ])
}

/// Some rows for these statuses, for kinds and for contacts.
pub fn rows_forth(names: &'static [&'static str]) -> impl Strategy<Value = Vec<ConnectRow>> {
    let targets: Vec<_> = table().rows().iter().map(|row| row.target).collect();
    let sources = vec![None, None, None, Some(SourceCondition::Person), Some(SourceCondition::Contact)];
    let only_while = prop_oneof![Just(Vec::new()).boxed(), vec(shown(), 1..3).boxed()];
    let holds = vec![None, None, Some(seconds(0)), Some(seconds(40))];
    let everies = vec![None, None, Some(minutes(2))];
    let row = (
        states(names),
        select(targets),
        select(sources),
        only_while,
        select(holds),
        select(everies),
        any::<bool>(),
    )
        .prop_map(|(when, target, source, only_while, hold, at_most_every, override_person)| {
            ConnectRow {
                when,
                target,
                conditions: Conditions { source, only_while, hold, at_most_every },
                override_person,
            }
        });
    vec(row, 0..6)
}
