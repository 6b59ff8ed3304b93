//! The tables, and the provenance as it is kept.

use std::time::Duration;

use presence::{
    connect::{Activity, AgentStatus, Channel, ConnectState, StatusArn, StatusKind},
    mapping::{
        Conditions, ConnectRow, ConnectTarget, ConnectToTeams, SourceCondition, TableRow, Target, TeamsRow,
        TeamsToConnect, TeamsWhen, When, propose, with_proposals,
    },
    provenance::Provenance,
    source::Source,
    teams::{Availability, Detail, TeamsState},
};

fn status(name: &str, kind: StatusKind) -> AgentStatus {
    AgentStatus { arn: StatusArn::new(format!("arn:{name}")), name: name.into(), kind }
}

fn target(table: &ConnectToTeams, state: &ConnectState) -> Option<Target> {
    table.find(state, None).map(|(_, row)| row.target)
}

fn contact(activity: Activity, channel: Channel) -> ConnectState {
    ConnectState::Contact { activity, channel }
}

#[test]
fn the_defaults_follow_voice_and_the_chosen_status() {
    let table = ConnectToTeams::default();
    for activity in [Activity::Dialling, Activity::Connected, Activity::OnHold, Activity::AfterContactWork] {
        assert_eq!(target(&table, &contact(activity, Channel::Voice)), Some(Target::InACall));
        assert_eq!(target(&table, &contact(activity, Channel::Chat)), Some(Target::NoChange));
    }
    for activity in
        [Activity::Incoming, Activity::CallbackOffered, Activity::Missed, Activity::Rejected, Activity::Error]
    {
        assert_eq!(target(&table, &contact(activity, Channel::Voice)), Some(Target::NoChange));
    }
    for (kind, expected) in [
        (StatusKind::Routable, Target::Available),
        (StatusKind::Custom, Target::Busy),
        (StatusKind::Offline, Target::Clear),
    ] {
        assert_eq!(target(&table, &ConnectState::Chosen(status("Any", kind))), Some(expected));
    }
}

#[test]
fn the_arn_comes_before_the_kind_wherever_it_is() {
    let lunch = status("Lunch", StatusKind::Custom);
    let mut rows = ConnectToTeams::default().rows().to_vec();
    rows.push(ConnectRow::new(When::Status(lunch.arn.clone()), Target::BeRightBack));
    let table = ConnectToTeams::default().with_rows(rows);
    assert_eq!(target(&table, &ConnectState::Chosen(lunch)), Some(Target::BeRightBack));
    let other = status("Back office", StatusKind::Custom);
    assert_eq!(target(&table, &ConnectState::Chosen(other)), Some(Target::Busy));
}

#[test]
fn the_first_among_equals_wins() {
    let row = |target| ConnectRow::new(When::Kind(StatusKind::Custom), target);
    let table = ConnectToTeams::default().with_rows(vec![row(Target::DoNotDisturb), row(Target::Busy)]);
    let found = table.find(&ConnectState::Chosen(status("Any", StatusKind::Custom)), None);
    assert_eq!(found.map(|(number, row)| (number, row.target)), Some((0, Target::DoNotDisturb)));
}

#[test]
fn an_empty_table_has_no_row() {
    let table = ConnectToTeams::default().with_rows(Vec::new());
    assert!(table.find(&contact(Activity::Connected, Channel::Voice), None).is_none());
}

#[test]
fn breaks_are_proposed_by_whole_words() {
    let statuses = [
        status("Lunch", StatusKind::Custom),
        status("COFFEE-break 2", StatusKind::Custom),
        status("Mittagspause", StatusKind::Custom),
        status("Pause déjeuner", StatusKind::Custom),
        status("Breakdown service", StatusKind::Custom),
        status("Team meeting", StatusKind::Custom),
        status("Break", StatusKind::Offline),
        status("Lunch", StatusKind::Routable),
    ];
    let rows = propose(&statuses);
    let proposed: Vec<_> = rows.iter().map(|row| &row.when).collect();
    let expected: Vec<_> = statuses.iter().take(4).map(|s| When::Status(s.arn.clone())).collect();
    assert_eq!(proposed, expected.iter().collect::<Vec<_>>());
    assert!(rows.iter().all(|row| row.target == Target::BeRightBack));
}

#[test]
fn proposals_come_on_top_of_a_table_that_leaves_custom_statuses_busy() {
    let lunch = status("Lunch", StatusKind::Custom);
    let statuses = [lunch.clone(), status("Team meeting", StatusKind::Custom)];
    let lunch = ConnectState::Chosen(lunch);
    let of = |rows: Vec<ConnectRow>| with_proposals(&ConnectToTeams::default().with_rows(rows), &statuses);
    let defaults = ConnectToTeams::default().rows().to_vec();

    let table = of(defaults.clone());
    assert_eq!(target(&table, &lunch), Some(Target::BeRightBack));
    assert_eq!(table.rows().len(), defaults.len() + 1);

    let named = ConnectRow::new(When::Status(statuses[0].arn.clone()), Target::DoNotDisturb);
    let table = of(defaults.iter().cloned().chain([named]).collect());
    assert_eq!(target(&table, &lunch), Some(Target::DoNotDisturb), "the table speaks of it");
    assert_eq!(table.rows().len(), defaults.len() + 1);

    for other in [Target::Busy, Target::Clear] {
        let rows = vec![
            ConnectRow::new(When::Kind(StatusKind::Custom), Target::Clear),
            ConnectRow::new(When::Kind(StatusKind::Routable), other),
        ];
        assert_eq!(of(rows.clone()).rows(), rows, "custom statuses are not Busy");
    }
}

#[test]
fn a_row_that_demands_more_comes_earlier() {
    let by_contact = Some(SourceCondition::Contact);
    let only_while = vec![TeamsWhen::badge(Availability::Available)];
    let demands =
        [(None, Vec::new()), (by_contact, Vec::new()), (by_contact, only_while.clone()), (None, only_while)];
    let rows = demands.map(|(source, only_while)| ConnectRow {
        conditions: Conditions { source, only_while, ..Conditions::default() },
        ..ConnectRow::new(When::Kind(StatusKind::Custom), Target::Busy)
    });
    let table = ConnectToTeams::default().with_rows(rows.to_vec());
    let [nothing, source, both, other_side] = rows;
    assert_eq!(table.rows(), [both, source, other_side, nothing]);
}

#[test]
fn rows_are_of_the_same_case_if_only_the_first_can_win() {
    let row = ConnectRow::new(When::Kind(StatusKind::Custom), Target::Busy);
    let with = |conditions| ConnectRow { conditions, ..row.clone() };
    let longer = Conditions { hold: Some(Duration::from_secs(60)), ..Conditions::default() };
    assert!(row.is_same_case(&with(longer)));
    assert!(row.is_same_case(&ConnectRow::new(When::Kind(StatusKind::Custom), Target::Clear)));
    let only_while = vec![TeamsWhen::badge(Availability::Busy)];
    let by_person = Conditions { source: Some(SourceCondition::Person), ..Conditions::default() };
    for other in [
        ConnectRow::new(When::Kind(StatusKind::Offline), Target::Busy),
        with(by_person),
        with(Conditions { only_while, ..Conditions::default() }),
    ] {
        assert!(!row.is_same_case(&other), "{other:?}");
    }
}

fn teams_target(table: &TeamsToConnect, state: &TeamsState) -> Option<ConnectTarget> {
    table.find(state, Source::of_teams(state), &[]).map(|(_, row)| row.target.clone())
}

#[test]
fn teams_to_connect_is_off_and_only_available_asks_for_something() {
    let table = TeamsToConnect::default();
    assert!(!table.enabled);
    for availability in [
        Availability::Busy,
        Availability::DoNotDisturb,
        Availability::BeRightBack,
        Availability::Away,
        Availability::Offline,
    ] {
        assert_eq!(teams_target(&table, &TeamsState::plain(availability)), Some(ConnectTarget::NoChange));
    }
    assert_eq!(
        teams_target(&table, &TeamsState::plain(Availability::Available)),
        Some(ConnectTarget::Restore)
    );
    assert_eq!(teams_target(&table, &TeamsState::plain(Availability::Unknown)), None);
}

#[test]
fn a_missing_finer_row_falls_back_to_its_top_level() {
    let meeting = ConnectTarget::Status(StatusArn::new("arn:Meeting"));
    let mut rows = TeamsToConnect::default().rows().to_vec();
    rows.push(TeamsRow::new(TeamsWhen::with(Availability::Busy, Detail::InMeeting), meeting.clone()));
    let table = TeamsToConnect::default().with_rows(rows);
    let busy = |detail| TeamsState::with(Availability::Busy, detail);
    assert_eq!(teams_target(&table, &busy(Detail::InMeeting)), Some(meeting));
    assert_eq!(teams_target(&table, &busy(Detail::InCall)), Some(ConnectTarget::NoChange));
}

#[test]
fn a_provenance_from_before_teams_led_connect_can_be_read() {
    let old = r#"{"session":null,"preferred":null,"reason":null,"replaced":null}"#;
    assert_eq!(serde_json::from_str::<Provenance>(old).unwrap(), Provenance::default());
}
