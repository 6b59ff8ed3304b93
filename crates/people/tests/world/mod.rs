//! Random people and users for the laws. They are few and similar, so that they often match.

#![expect(clippy::expect_used, reason = "helpers of tests may panic as tests do")]

use jiff::{SignedDuration, Timestamp};
use people::{
    Colleague, ConnectSeen, Entry, Number, NumberKind, Pairing, Person, PersonId, Reachability, Roster,
};
use presence::{
    aws::UserId,
    connect::{Activity, AgentStatus, Channel, ConnectState, StatusArn, StatusKind},
    identity::ObjectId,
    teams::{Availability, Detail, TeamsState},
};
use proptest::{collection::vec, option, prelude::*, sample::select};

/// How long a state is valid.
pub const VALID_FOR: SignedDuration = SignedDuration::from_secs(30);

/// Everything that is visible of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub id: PersonId,
    pub name: String,
    pub sides: (Option<Person>, Option<Colleague>),
    pub teams: (Option<TeamsState>, Option<Timestamp>, Option<Timestamp>),
    pub connect: (Option<ConnectSeen>, Option<Timestamp>),
    pub reachability: Reachability,
    pub marks: (bool, bool),
    pub join: Pairing,
    pub photo: Option<String>,
}

pub fn row(entry: &Entry) -> Row {
    Row {
        id: entry.id().clone(),
        name: entry.name().to_owned(),
        sides: (entry.person().cloned(), entry.colleague().cloned()),
        teams: (entry.teams().cloned(), entry.since(), entry.last_seen()),
        connect: (entry.connect().cloned(), entry.connect_last_seen()),
        reachability: entry.reachability(),
        marks: (entry.is_favourite(), entry.is_waited_for()),
        join: entry.pairing().clone(),
        photo: entry.photo().map(str::to_owned),
    }
}

/// The rows of all lines.
pub fn rows(roster: &Roster) -> Vec<Row> {
    roster.on_lines(0, usize::MAX).map(row).collect()
}

pub fn user_id(number: u8) -> UserId {
    UserId::new(format!("u-{number}")).expect("an id")
}

pub fn user_ids() -> impl Strategy<Value = UserId> {
    (0..6_u8).prop_map(user_id)
}

pub fn object_ids() -> impl Strategy<Value = ObjectId> {
    (0..12_u8).prop_map(|number| ObjectId::new(format!("id-{number:02}")))
}

/// A random id of either side.
pub fn person_ids() -> impl Strategy<Value = PersonId> {
    prop_oneof![3 => object_ids().prop_map(PersonId::Entra), 2 => user_ids().prop_map(PersonId::Connect)]
}

fn addresses() -> impl Strategy<Value = String> {
    object_ids().prop_map(|id| format!("{id}@contoso.com"))
}

fn number() -> impl Strategy<Value = String> {
    (0..4_u8).prop_map(|last| format!("+44 1632 96000{last}"))
}

pub fn person() -> impl Strategy<Value = Person> {
    let mail = option::weighted(0.3, addresses());
    let department = option::of(select(vec!["a", "b", "B"]));
    (object_ids(), "[A-Da-d]{1,2}", mail, department, vec(number(), 0..2)).prop_map(
        |(id, name, mail, department, numbers)| Person {
            upn: format!("{id}@contoso.com"),
            id,
            name,
            given: String::new(),
            surname: String::new(),
            mail,
            department: department.map(str::to_owned),
            job_title: None,
            numbers: numbers
                .into_iter()
                .map(|as_written| Number { kind: NumberKind::Work, as_written })
                .collect(),
        },
    )
}

pub fn colleague() -> impl Strategy<Value = Colleague> {
    let username = prop_oneof![addresses(), "[A-D]{1,2}"];
    let mails = vec(addresses(), 0..2);
    let number = option::weighted(0.3, number());
    (user_ids(), username, "[A-D]{0,2}", option::weighted(0.2, object_ids()), mails, number).prop_map(
        |(user, username, name, object_id, mails, number)| Colleague {
            user,
            username,
            name,
            object_id,
            mails,
            number,
        },
    )
}

pub fn teams_states() -> impl Strategy<Value = TeamsState> {
    select(vec![
        TeamsState::plain(Availability::Available),
        TeamsState::plain(Availability::DoNotDisturb),
        TeamsState::plain(Availability::Away),
        TeamsState::plain(Availability::Offline),
        TeamsState::plain(Availability::Unknown),
        TeamsState::with(Availability::Busy, Detail::InCall),
        TeamsState::with(Availability::Offline, Detail::OutOfOffice),
    ])
}

pub fn connect_states() -> impl Strategy<Value = ConnectSeen> {
    let status = |name: &str, kind| {
        let (arn, name) = (StatusArn::new(name), name.to_owned());
        Some(ConnectState::Chosen(AgentStatus { arn, name, kind }))
    };
    let contact = ConnectState::Contact { activity: Activity::Connected, channel: Channel::Voice };
    let states = select(vec![
        (None, Reachability::Offline),
        (status("Available", StatusKind::Routable), Reachability::Available),
        (status("Lunch", StatusKind::Custom), Reachability::Away),
        (Some(contact), Reachability::Busy),
    ]);
    (states, option::of(0..4_i64)).prop_map(|((state, reachability), since)| ConnectSeen {
        contacts: usize::from(reachability == Reachability::Busy),
        state,
        since: since.map(|seconds| Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)),
        reachability,
    })
}
