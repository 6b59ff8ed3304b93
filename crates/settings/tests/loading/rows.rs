//! The rows of the two tables over the built-in ones.

use std::time::Duration;

use presence::{
    connect::{Activity, AgentStatus, Channel, ConnectState, StatusArn, StatusKind},
    mapping::{
        Conditions, ConnectRow, ConnectTarget, ConnectToTeams, SourceCondition, Target, TeamsRow,
        TeamsToConnect, TeamsWhen, When,
    },
    source::Source,
    teams::{Availability, Detail, TeamsState},
};
use settings::{Policy, Settings, load};

use crate::{GOOD, folder};

#[test]
fn given_rows_replace_the_defaults_of_the_same_state_and_no_others() {
    let folder = folder(GOOD);
    let table = load(folder.path(), &Policy::none()).settings.connect_to_teams;
    let defaults = ConnectToTeams::default();
    assert!(table.enabled);
    assert_eq!(table.hold, Duration::from_secs(20));
    assert_eq!(table.rows().len(), defaults.rows().len() + 1);
    let changed: Vec<&ConnectRow> =
        table.rows().iter().filter(|row| !defaults.rows().contains(row)).collect();
    let chat = ConnectState::Contact { activity: Activity::Connected, channel: Channel::Chat };
    let (_, row) = table.find(&chat, None).unwrap();
    assert_eq!((row.target, row.conditions.hold), (Target::Busy, Some(Duration::from_secs(10))));
    assert_eq!(changed.len(), 2);
    assert!(changed.iter().any(|row| row.target == Target::BeRightBack));
}

#[test]
fn a_row_cannot_name_the_channel_of_contacts_that_are_not_known() {
    let folder = folder(
        "[[sync.rows]]\nwhen = { activity = \"connected\", channel = \"other\" }\nteams = \"available\"\n",
    );
    let loaded = load(folder.path(), &Policy::none());
    assert!(loaded.problem.is_some());
    assert_eq!(loaded.settings, Settings::default());
}

#[test]
fn a_status_row_is_keyed_by_arn() {
    let arn = "arn:aws:connect:eu-central-1:1:instance/2/agent-state/3";
    let folder =
        folder(format!("[[sync.rows]]\nwhen = {{ status = \"{arn}\" }}\nteams = \"do_not_disturb\"\n"));
    let table = load(folder.path(), &Policy::none()).settings.connect_to_teams;
    let row = ConnectRow::new(When::Status(StatusArn::new(arn)), Target::DoNotDisturb);
    assert!(table.rows().contains(&row));
}

#[test]
fn a_row_with_conditions_is_before_the_default_of_the_same_state() {
    let folder = folder(
        "[[sync.rows]]\nwhen = { kind = \"custom\" }\nteams = \"do_not_disturb\"\nsource = \"person\"\n\
        only_while = [\"available\", { availability = \"busy\", detail = \"in_meeting\" }]\n\
        at_most_every = 600\noverride_person = true\n",
    );
    let table = load(folder.path(), &Policy::none()).settings.connect_to_teams;
    let expected = ConnectRow {
        when: When::Kind(StatusKind::Custom),
        target: Target::DoNotDisturb,
        conditions: Conditions {
            source: Some(SourceCondition::Person),
            only_while: vec![
                TeamsWhen::badge(Availability::Available),
                TeamsWhen::with(Availability::Busy, Detail::InMeeting),
            ],
            hold: None,
            at_most_every: Some(Duration::from_secs(600)),
        },
        override_person: true,
    };
    let status = AgentStatus { arn: StatusArn::new("arn:1"), name: "Any".into(), kind: StatusKind::Custom };
    let lunch = ConnectState::Chosen(status);
    let found = |shown| table.find(&lunch, Some(&shown)).map(|(_, row)| row.clone());
    assert_eq!(found(TeamsState::plain(Availability::Available)), Some(expected));
    let fallback = ConnectRow::new(When::Kind(StatusKind::Custom), Target::Busy);
    assert_eq!(found(TeamsState::plain(Availability::Away)), Some(fallback));
}

#[test]
fn teams_rows_replace_the_defaults_of_the_same_state_and_share_the_hold() {
    let arn = "arn:aws:connect:eu-central-1:1:instance/2/agent-state/3";
    let folder = folder(format!(
        "[sync]\nhold = 20\nteams_to_connect = true\nrestore_idle = 15\n\
        [[sync.teams_rows]]\nwhen = {{ availability = \"busy\", detail = \"in_meeting\" }}\n\
        connect = {{ status = \"{arn}\" }}\nonly_while = \"routable\"\nhold = 5\n\
        [[sync.teams_rows]]\nwhen = {{ availability = \"away\" }}\nconnect = \"restore\"\n\
        [[sync.teams_rows]]\nwhen = {{ availability = \"available\" }}\nconnect = \"no_change\"\n"
    ));
    let settings = load(folder.path(), &Policy::none()).settings;
    assert_eq!(settings.restore_idle, Duration::from_secs(900));
    let table = settings.teams_to_connect;
    assert!(table.enabled);
    assert_eq!(table.hold, Duration::from_secs(20));
    assert_eq!(table.rows().len(), TeamsToConnect::default().rows().len() + 1);
    let meeting = TeamsRow {
        when: TeamsWhen { availability: Availability::Busy, detail: Some(Detail::InMeeting) },
        target: ConnectTarget::Status(StatusArn::new(arn)),
        conditions: Conditions {
            only_while: vec![When::Kind(StatusKind::Routable)],
            hold: Some(Duration::from_secs(5)),
            ..Conditions::default()
        },
    };
    let found =
        |state: TeamsState| table.speaks_of(&state, Source::of_teams(&state)).map(|(_, row)| row.clone());
    assert_eq!(found(TeamsState::with(Availability::Busy, Detail::InMeeting)), Some(meeting));
    for (availability, target) in [
        (Availability::Busy, ConnectTarget::NoChange),
        (Availability::Away, ConnectTarget::Restore),
        (Availability::Available, ConnectTarget::NoChange),
    ] {
        assert_eq!(found(TeamsState::plain(availability)).unwrap().target, target);
    }
}
