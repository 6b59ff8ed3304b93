//! Rows that never apply, statuses that the instance does not have, states without a row.

use presence::{
    check::{Part, RowAt, Unknown, Unreachable, UnreachableReason, WithoutRow, check},
    connect::{Activity, Channel, StatusKind},
    mapping::{
        Conditions, ConnectRow, ConnectTarget, ConnectToTeams, SourceCondition, Tables, Target, TeamsRow,
        TeamsToConnect, TeamsWhen, When,
    },
    teams::{Availability, Detail},
    timeline::Side,
};

use super::words::{arn, back, forth, set, status, statuses, tables};

const ALL: [&str; 4] = ["Available", "Lunch", "Break", "Offline"];

fn unreachable(tables: &Tables) -> Vec<(Side, usize, UnreachableReason)> {
    let found = check(tables, &statuses(&ALL)).unreachable;
    found.into_iter().map(|Unreachable { row, why }| (row.side, row.number, why)).collect()
}

fn to_teams(rows: Vec<ConnectRow>) -> Vec<(usize, UnreachableReason)> {
    let found = unreachable(&tables(rows, Vec::new()));
    found
        .into_iter()
        .filter(|(side, ..)| *side == Side::Teams)
        .map(|(_, number, why)| (number, why))
        .collect()
}

fn to_connect(rows: Vec<TeamsRow>) -> Vec<(usize, UnreachableReason)> {
    let found = unreachable(&tables(Vec::new(), rows));
    found
        .into_iter()
        .filter(|(side, ..)| *side == Side::Connect)
        .map(|(_, number, why)| (number, why))
        .collect()
}

fn from_source(row: ConnectRow, source: SourceCondition) -> ConnectRow {
    ConnectRow { conditions: Conditions { source: Some(source), ..Conditions::default() }, ..row }
}

fn teams_from(row: TeamsRow, source: SourceCondition) -> TeamsRow {
    TeamsRow { conditions: Conditions { source: Some(source), ..row.conditions }, ..row }
}

fn while_connect(row: TeamsRow, only_while: Vec<When>) -> TeamsRow {
    TeamsRow { conditions: Conditions { only_while, ..row.conditions }, ..row }
}

#[test]
fn the_defaults_have_nothing_to_say() {
    let report = check(&Tables::default(), &statuses(&ALL));
    assert_eq!(report, presence::check::Report::default());
}

#[test]
fn a_row_after_one_that_matches_all_of_it_never_applies() {
    let rows = vec![forth("Lunch", Target::Busy), forth("Lunch", Target::Clear)];
    assert_eq!(to_teams(rows), [(1, UnreachableReason::Covered(vec![0]))]);
}

#[test]
fn rows_for_every_channel_cover_the_row_for_any() {
    let on = |channel| {
        ConnectRow::new(When::Activity { activity: Activity::Connected, channel }, Target::NoChange)
    };
    let each =
        [Channel::Voice, Channel::Chat, Channel::Email, Channel::Task].map(|channel| on(Some(channel)));
    let three = each.iter().take(3).cloned().chain([on(None)]).collect();
    assert_eq!(to_teams(three), []);
    let four = each.into_iter().chain([on(None)]).collect();
    assert_eq!(to_teams(four), [(4, UnreachableReason::Covered(vec![0, 1, 2, 3]))]);
}

#[test]
fn a_kind_row_waits_for_a_status_to_come() {
    let mut rows = ["Available", "Lunch", "Break", "Offline"].map(|name| forth(name, Target::Clear)).to_vec();
    rows.push(ConnectRow::new(When::Kind(StatusKind::Custom), Target::Busy));
    assert_eq!(to_teams(rows), []);
}

#[test]
fn a_contact_is_not_made_by_a_person_and_a_status_not_by_a_contact() {
    let connected = When::Activity { activity: Activity::Connected, channel: None };
    for source in [SourceCondition::Person, SourceCondition::Automatic] {
        let row = from_source(ConnectRow::new(connected.clone(), Target::Busy), source);
        assert_eq!(to_teams(vec![row]), [(0, UnreachableReason::Source)]);
    }
    for source in [SourceCondition::Contact, SourceCondition::Automatic] {
        assert_eq!(
            to_teams(vec![from_source(forth("Lunch", Target::Busy), source)]),
            [(0, UnreachableReason::Source)]
        );
    }
    let possible = vec![from_source(ConnectRow::new(connected, Target::Busy), SourceCondition::Contact)];
    assert_eq!(to_teams(possible), []);
}

#[test]
fn a_teams_state_is_not_made_by_a_contact_and_be_right_back_not_by_teams() {
    let row = |badge, source| vec![teams_from(back(badge, set("Lunch")), source)];
    assert_eq!(
        to_connect(row(Availability::Busy, SourceCondition::Contact)),
        [(0, UnreachableReason::Source)]
    );
    assert_eq!(
        to_connect(row(Availability::BeRightBack, SourceCondition::Automatic)),
        [(0, UnreachableReason::Source)]
    );
    assert_eq!(to_connect(row(Availability::BeRightBack, SourceCondition::Person)), []);
    assert_eq!(to_connect(row(Availability::Busy, SourceCondition::Person)), [], "held by the person");
    let meeting = TeamsRow::new(TeamsWhen::with(Availability::Busy, Detail::InMeeting), set("Lunch"));
    assert_eq!(
        to_connect(vec![teams_from(meeting, SourceCondition::Person)]),
        [(0, UnreachableReason::Source)]
    );
}

#[test]
fn a_detail_that_never_comes_with_its_badge_is_found() {
    let row = |badge, detail| vec![TeamsRow::new(TeamsWhen::with(badge, detail), set("Lunch"))];
    assert_eq!(to_connect(row(Availability::Busy, Detail::AppearOffline)), [(0, UnreachableReason::Detail)]);
    assert_eq!(to_connect(row(Availability::Available, Detail::InCall)), [(0, UnreachableReason::Detail)]);
    assert_eq!(to_connect(row(Availability::Offline, Detail::AppearOffline)), []);
    assert_eq!(to_connect(row(Availability::Busy, Detail::InCall)), []);
}

#[test]
fn an_only_while_that_excludes_itself_is_found() {
    let impossible = TeamsWhen::with(Availability::Available, Detail::Presenting);
    let row = ConnectRow {
        conditions: Conditions { only_while: vec![impossible], ..Conditions::default() },
        ..forth("Lunch", Target::Busy)
    };
    assert_eq!(to_teams(vec![row]), [(0, UnreachableReason::OnlyWhile)]);
    let on_chat = When::Activity { activity: Activity::Connected, channel: Some(Channel::Chat) };
    let row = while_connect(back(Availability::Busy, set("Lunch")), vec![on_chat]);
    assert_eq!(to_connect(vec![row]), [], "beside a chosen status there may be contacts");
}

#[test]
fn a_narrower_row_before_another_one_leaves_it_something() {
    let routable =
        while_connect(back(Availability::Busy, set("Lunch")), vec![When::Kind(StatusKind::Routable)]);
    let any = back(Availability::Busy, set("Break"));
    assert_eq!(to_connect(vec![routable, any]), []);
}

#[test]
fn deleted_statuses_are_named_with_their_place() {
    let mut tables = tables(
        vec![forth("Gone", Target::Busy)],
        vec![
            back(Availability::Busy, set("Gone")),
            while_connect(back(Availability::Away, set("Lunch")), vec![When::Status(arn("Lost"))]),
        ],
    );
    tables.teams_to_connect.enabled = false;
    let report = check(&tables, &statuses(&ALL));
    let unknown = |side, number, part, name| Unknown { row: RowAt { side, number }, part, status: arn(name) };
    assert_eq!(
        report.unknown,
        [
            unknown(Side::Teams, 0, Part::When, "Gone"),
            unknown(Side::Connect, 0, Part::OnlyWhile, "Lost"),
            unknown(Side::Connect, 1, Part::Target, "Gone"),
        ]
    );
    assert_eq!(report.unreachable, [], "one finding a row is enough");
    assert!(report.is_safe());
}

#[test]
fn states_without_a_row_change_nothing_and_are_listed() {
    let voice = When::Activity { activity: Activity::Connected, channel: Some(Channel::Voice) };
    let mut rows = ConnectToTeams::default().rows().to_vec();
    rows.retain(|row| {
        row.when != When::Kind(StatusKind::Custom)
            && row.when != When::Activity { activity: Activity::Connected, channel: None }
    });
    rows.push(forth("Lunch", Target::BeRightBack));
    assert!(rows.iter().any(|row| row.when == voice));
    let mut badges = TeamsToConnect::default().rows().to_vec();
    badges.retain(|row| row.when != TeamsWhen::badge(Availability::Away));
    badges
        .push(TeamsRow::new(TeamsWhen::with(Availability::Away, Detail::Inactive), ConnectTarget::NoChange));
    let report = check(&tables(rows, badges), &statuses(&ALL));
    assert_eq!(
        report.without_row,
        [
            WithoutRow::Status(status("Break")),
            WithoutRow::Activity {
                activity: Activity::Connected,
                channels: vec![Channel::Chat, Channel::Email, Channel::Task],
            },
            WithoutRow::Badge(Availability::Away),
        ]
    );
}
