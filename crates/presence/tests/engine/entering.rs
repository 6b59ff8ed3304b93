//! What counts as entering a state in Teams, and what is only read again.

use presence::{
    engine::{Event, Pace},
    mapping::{ConnectTarget, SourceCondition, TableRow, Tables, TeamsRow, TeamsToConnect, TeamsWhen},
    teams::{Availability, Detail, Reading, TeamsState},
    timeline::{Done, Guard, Side},
};

use super::{
    answering::{in_meeting, proposal, set, settled, settled_with},
    cloud::{AVAILABLE, AWAY, BE_RIGHT_BACK, BUSY, DO_NOT_DISTURB, IN_CALL, IN_MEETING, INACTIVE},
    words::{edited, minutes, seconds, status, table},
    world::{Fate, World},
};

const BUSY_INACTIVE: TeamsState = TeamsState::with(Availability::Busy, Detail::Inactive);

fn to(name: &str) -> ConnectTarget {
    ConnectTarget::Status(status(name).arn)
}

/// Busy is *Case work*, whatever Connect shows; a meeting is *Meeting*.
fn busy_has_its_own() -> TeamsToConnect {
    edited(&proposal(), |row| {
        row.conditions.only_while.clear();
        if row.when == TeamsWhen::badge(Availability::Busy) {
            row.target = to("Case work");
        }
    })
}

/// The agent is in a status that asks nothing of Teams.
fn apart(back: TeamsToConnect) -> World {
    let mut world = settled_with(back);
    world.picks("Whatever");
    world.pass(minutes(1));
    world.forget_the_past();
    world
}

#[test]
fn idleness_within_a_badge_enters_nothing() {
    let mut world = in_meeting();
    let reported = world.reported_of(Side::Connect);
    world.client(BUSY_INACTIVE);
    world.pass(minutes(5));
    world.client(IN_MEETING);
    world.pass(minutes(5));
    assert_eq!(world.reported_of(Side::Connect), reported);
}

#[test]
fn idleness_with_another_badge_enters_it() {
    let mut world = in_meeting();
    world.client(INACTIVE);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Meeting"), set("Available")]);
}

#[test]
fn a_finer_state_with_its_own_row_is_entered() {
    let mut world = settled_with(busy_has_its_own());
    world.client(BUSY);
    world.pass(minutes(1));
    world.client(IN_MEETING);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Case work"), set("Meeting")]);
}

#[test]
fn a_finer_state_without_its_own_row_is_no_other_state() {
    let table = busy_has_its_own();
    let in_call = Some(Detail::InCall);
    let rows = table.rows().iter().filter(|row| row.when.detail != in_call).cloned().collect();
    let mut world = settled_with(table.with_rows(rows));
    world.client(BUSY);
    world.pass(minutes(1));
    world.picks("Available");
    world.pass(minutes(1));
    world.client(IN_CALL);
    world.pass(minutes(5));
    assert_eq!(world.ordered(), [set("Case work")]);
}

#[test]
fn a_state_without_any_row_is_reported_once() {
    let rows =
        proposal().rows().iter().filter(|row| row.target != ConnectTarget::NoChange).cloned().collect();
    let mut world = apart(proposal().with_rows(rows));
    world.client(AWAY);
    world.pass(minutes(10));
    assert_eq!(world.reported_of(Side::Connect), [(Done::NotWritten, Some(Guard::NoChange))]);
}

/// The rows that the reports about Connect name.
fn rules(world: &World) -> Vec<Option<usize>> {
    world.rows.iter().filter(|row| row.side == Side::Connect).map(|row| row.rule).collect()
}

#[test]
fn what_is_reported_names_its_row() {
    let world = in_meeting();
    let number =
        |when: TeamsWhen| world.centre.table.rows().iter().position(|row: &TeamsRow| *row.when() == when);
    let meeting = number(TeamsWhen { availability: Availability::Busy, detail: Some(Detail::InMeeting) });
    assert_eq!(rules(&world), [meeting; 2]);

    let mut world = settled();
    world.client(IN_MEETING);
    world.pass(seconds(13));
    world.client(AVAILABLE);
    world.pass(minutes(2));
    assert_eq!(rules(&world), [meeting], "it did not last, but has its row");
}

#[test]
fn a_state_that_asks_for_nothing_is_not_read_again_for_its_hold() {
    let mut world = apart(proposal());
    world.client(AWAY);
    world.pass(minutes(10));
    assert_eq!(world.reads, 0);
}

#[test]
fn what_a_person_put_in_the_place_of_ours_counts_as_theirs() {
    let by_hand = edited(&busy_has_its_own(), |row| {
        if row.when == TeamsWhen::badge(Availability::Busy) {
            row.conditions.source = Some(SourceCondition::Person);
        }
    });
    let mut world =
        World::both_ways(Tables { connect_to_teams: table(), teams_to_connect: by_hand }, Pace::default());
    world.picks("Lunch");
    world.pass(minutes(1));
    world.person(BUSY);
    world.pass(minutes(2));
    assert_eq!(world.ordered(), [set("Case work")]);
}

#[test]
fn a_reading_from_before_our_last_write_enters_nothing() {
    let mut world = settled();
    world.picks("Training");
    world.pass_until(|world| world.shows() == DO_NOT_DISTURB && world.flight.is_none());
    let left = world.writes.last().map(|(sent, ..)| *sent - seconds(1) / 20).unwrap();
    world.send(Event::Teams(Reading { state: IN_MEETING, sequence: None, at: left }));
    world.pass(minutes(2));
    assert_eq!(world.shows(), DO_NOT_DISTURB);
    assert_eq!(world.reported_of(Side::Connect), []);
}

#[test]
fn another_table_forgets_nothing_of_ours_but_a_table_that_is_off_does() {
    let mut world = in_meeting();
    world.send(Event::TeamsTable(edited(&proposal(), |row| {
        if row.when == TeamsWhen::badge(Availability::Away) {
            row.target = to("Lunch");
        }
    })));
    assert!(world.disk.status.is_some());
    world.client(AVAILABLE);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Meeting"), set("Available")]);

    let mut world = in_meeting();
    world.enable_teams(false);
    assert_eq!(world.disk.status, None);
}

#[test]
fn a_state_that_asks_for_nothing_does_not_keep_a_failed_write_waiting() {
    let mut world = settled();
    world.picks("Lunch");
    world.pass(seconds(10));
    world.client(AWAY);
    world.fates = vec![Fate::Refused];
    world.pass(seconds(8));
    assert_eq!(world.shows(), BE_RIGHT_BACK);
}
