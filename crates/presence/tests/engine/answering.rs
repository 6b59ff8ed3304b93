//! Connect follows Teams: what counts as entering a state, rows, restoring, ties.

use presence::{
    connect::{Activity, Channel, StatusArn, StatusKind},
    engine::Pace,
    mapping::{Conditions, ConnectTarget, DEFAULT_HOLD, Tables, TeamsRow, TeamsToConnect, TeamsWhen, When},
    teams::{Availability, Detail, SessionPresence},
    timeline::{Done, Guard, Side},
};

use super::{
    centre::Ordered,
    cloud::{AVAILABLE, AWAY, BUSY, DO_NOT_DISTURB, IN_CALL, IN_MEETING, PRESENTING},
    words::{Short, chosen, contact, edited, minutes, seconds, table},
    world::{POLL, World},
};

fn arn(name: &str) -> ConnectTarget {
    ConnectTarget::Status(StatusArn::new(format!("arn:{name}")))
}

/// Meetings, calls and presenting have a status each while the agent is routable; Available restores.
pub fn proposal() -> TeamsToConnect {
    let mut rows = TeamsToConnect::default().rows().to_vec();
    for (availability, detail, target) in [
        (Availability::Busy, Some(Detail::InMeeting), arn("Meeting")),
        (Availability::Busy, Some(Detail::InCall), arn("Meeting")),
        (Availability::DoNotDisturb, Some(Detail::Presenting), arn("Presenting")),
    ] {
        let when = TeamsWhen { availability, detail };
        let only_while = vec![When::Kind(StatusKind::Routable)];
        rows.push(TeamsRow { when, target, conditions: Conditions { only_while, ..Conditions::default() } });
    }
    TeamsToConnect::new(true, DEFAULT_HOLD, rows)
}

fn both(teams_to_connect: TeamsToConnect) -> Tables {
    Tables { connect_to_teams: table(), teams_to_connect }
}

/// Both ways, the agent available on both sides for a minute.
pub fn settled() -> World {
    settled_with(proposal())
}

pub fn settled_with(table: TeamsToConnect) -> World {
    let mut world = World::both_ways(both(table), Pace::default());
    world.agent(chosen("Available"));
    world.pass(minutes(1));
    world.forget_the_past();
    world
}

/// In a contact, with the status for presenting queued by us.
pub fn queued() -> World {
    let mut world = settled();
    world.call(Some(Activity::Connected));
    world.pass(minutes(1));
    world.client(PRESENTING);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [next("Presenting")]);
    world
}

pub fn set(name: &str) -> Ordered {
    Ordered::Set(name.into())
}

pub fn next(name: &str) -> Ordered {
    Ordered::Next(name.into())
}

pub fn in_meeting() -> World {
    let mut world = settled();
    world.client(IN_MEETING);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Meeting")]);
    world
}

#[test]
fn a_meeting_sets_its_status_and_available_restores() {
    let mut world = in_meeting();
    assert_eq!(world.reported_of(Side::Connect), [(Done::Written, None), (Done::Confirmed, None)]);
    world.client(AVAILABLE);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Meeting"), set("Available")]);
    world.pass(minutes(70));
    assert_eq!(world.ordered().len(), 2);
    assert_eq!(world.written(), []);
    assert_eq!(world.shows(), AVAILABLE);
}

#[test]
fn the_status_of_a_meeting_is_no_reason_to_write_to_teams() {
    let mut world = World::both_ways(both(proposal()), Pace::default());
    world.client(AWAY);
    world.agent(chosen("Available"));
    world.pass(minutes(1));
    assert_eq!(world.written(), [Short::Session(SessionPresence::Available)]);
    world.client(IN_MEETING);
    world.pass(minutes(1));
    assert_eq!(world.chosen(), "Meeting");
    assert_eq!(world.shows(), IN_MEETING);
    assert_eq!(world.written(), [Short::Session(SessionPresence::Available), Short::NoSession]);
    world.client(AVAILABLE);
    world.pass(minutes(1));
    assert_eq!(world.chosen(), "Available");
    assert_eq!(world.shows(), AVAILABLE);
    assert_eq!(world.written().len(), 2);
}

#[test]
fn a_meeting_shorter_than_the_hold_changes_nothing() {
    let mut world = settled();
    world.client(IN_MEETING);
    world.pass(seconds(13));
    world.client(AVAILABLE);
    world.pass(minutes(2));
    assert_eq!(world.ordered(), []);
    assert_eq!(world.reported_of(Side::Connect), [(Done::NotWritten, Some(Guard::Hold))]);
}

#[test]
fn a_state_that_flickers_between_two_readings_restarts_its_hold() {
    let mut world = settled();
    world.client(IN_MEETING);
    world.pass(POLL);
    world.client(AVAILABLE);
    world.client(IN_MEETING);
    world.pass(POLL + seconds(10));
    assert_eq!(world.ordered(), []);
    world.pass(POLL);
    assert_eq!(world.ordered(), [set("Meeting")]);
}

#[test]
fn without_history_connect_leads() {
    let mut world = World::both_ways(both(proposal()), Pace::default());
    world.client(IN_MEETING);
    world.agent(chosen("Available"));
    world.pass(minutes(5));
    assert_eq!(world.ordered(), []);
    assert_eq!(world.reported_of(Side::Connect), [(Done::NotWritten, Some(Guard::Answered))]);
}

#[test]
fn restore_leaves_the_agents_own_choice_alone() {
    let mut world = in_meeting();
    world.picks("Case work");
    world.pass(minutes(2));
    world.picks("Available");
    world.pass(minutes(2));
    world.client(AVAILABLE);
    world.pass(minutes(2));
    assert_eq!(world.ordered(), [set("Meeting")]);
    assert_eq!(world.chosen(), "Available");
}

#[test]
fn a_restart_inside_a_meeting_writes_nothing_twice() {
    let mut world = in_meeting();
    world.restart(false);
    world.pass(minutes(5));
    assert_eq!(world.ordered(), [set("Meeting")]);
    assert_eq!(world.reported_of(Side::Connect).last(), Some(&(Done::NotWritten, Some(Guard::Answered))));
    world.client(AVAILABLE);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Meeting"), set("Available")], "what was there before is remembered");
}

#[test]
fn a_meeting_that_ends_during_a_restart_is_restored() {
    let mut world = in_meeting();
    world.client(AVAILABLE);
    world.restart(false);
    world.pass(minutes(1));
    assert_eq!(world.chosen(), "Available");
}

#[test]
fn a_busy_of_the_persons_own_counts_if_a_row_speaks_of_it() {
    let rows = edited(&proposal(), |row| {
        if row.when.availability == Availability::Busy {
            row.target = arn("Case work");
        }
    });
    let mut world = settled_with(rows);
    world.person(BUSY);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Case work")]);
    assert_eq!(world.shows(), BUSY);
    world.reset();
    world.pass(minutes(1));
    assert_eq!(world.chosen(), "Available");
    assert_eq!(world.written(), []);
}

#[test]
fn what_we_set_in_teams_is_no_reason_to_write_to_connect() {
    let rows = edited(&proposal(), |row| {
        if row.target == ConnectTarget::NoChange {
            row.target = arn("Desk");
        }
    });
    let mut world = settled_with(rows);
    for status in ["Lunch", "Case work", "Training"] {
        world.picks(status);
        world.pass(minutes(2));
    }
    assert_eq!(world.ordered(), []);
}

#[test]
fn a_change_on_both_sides_is_a_tie_and_connect_leads() {
    let mut world = settled();
    world.pass(seconds(1));
    world.client(IN_MEETING);
    world.pass(seconds(1));
    world.picks("Whatever");
    world.pass(seconds(1));
    world.picks("Available");
    world.pass(minutes(3));
    assert_eq!(world.ordered(), []);
    assert_eq!(world.reported_of(Side::Connect), [(Done::NotWritten, Some(Guard::Tie))]);
    world.client(AVAILABLE);
    world.pass(minutes(1));
    world.client(IN_MEETING);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Meeting")], "entered again, it counts again");
}

#[test]
fn a_choice_in_connect_within_one_hold_before_the_change_is_a_tie_and_an_earlier_one_is_not() {
    for (before, ordered) in [(DEFAULT_HOLD - seconds(1), vec![]), (DEFAULT_HOLD, vec![set("Meeting")])] {
        let mut world = settled();
        world.picks("Whatever");
        world.picks("Available");
        world.polls = false;
        world.pass(before);
        world.read_as_of(world.now);
        world.client(IN_MEETING);
        world.polls = true;
        world.pass(minutes(1));
        assert_eq!(world.ordered(), ordered, "{before:?}");
    }
}

#[test]
fn a_persons_later_choice_wins_over_an_earlier_one() {
    let rows = edited(&proposal(), |row| {
        if row.when.availability == Availability::DoNotDisturb {
            row.target = arn("Case work");
        }
    });
    let mut world = settled_with(rows);
    world.polls = false;
    world.picks("Whatever");
    world.polls = true;
    world.pass(POLL);
    world.picks("Available");
    world.pass(POLL);
    world.person(DO_NOT_DISTURB);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Case work")]);
}

#[test]
fn nothing_is_written_over_connect_offline() {
    let rows = edited(&proposal(), |row| {
        row.conditions.only_while.clear();
    });
    let mut world = settled_with(rows);
    world.picks("Offline");
    world.pass(minutes(1));
    world.client(IN_MEETING);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), []);
    assert_eq!(world.reported_of(Side::Connect), [(Done::NotWritten, Some(Guard::OnlyWhile))]);
}

#[test]
fn a_row_may_say_that_it_applies_to_offline() {
    let rows = edited(&proposal(), |row| {
        row.conditions.only_while = vec![When::Kind(StatusKind::Offline)];
    });
    let mut world = settled_with(rows);
    world.picks("Offline");
    world.pass(minutes(1));
    world.client(IN_MEETING);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Meeting")]);
}

#[test]
fn a_row_applies_only_while_the_chosen_status_is_of_its_kind() {
    let mut world = settled();
    world.picks("Whatever");
    world.pass(minutes(1));
    world.client(IN_MEETING);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), []);
    world.picks("Available");
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [], "entering was answered");
}

#[test]
fn an_equal_status_is_not_written() {
    let rows = edited(&proposal(), |row| {
        row.conditions.only_while.clear();
    });
    let mut world = settled_with(rows);
    world.picks("Whatever");
    world.pass(minutes(2));
    world.client(IN_CALL);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Meeting")]);
    world.client(IN_MEETING);
    world.pass(minutes(1));
    assert_eq!(world.ordered().len(), 1);
    assert_eq!(world.reported_of(Side::Connect).last(), Some(&(Done::NotWritten, Some(Guard::Compare))));
}

#[test]
fn an_unknown_side_is_waited_for() {
    let mut world = settled();
    world.client(IN_MEETING);
    world.pass(POLL);
    world.lose_connect();
    world.pass(minutes(2));
    assert_eq!(world.ordered(), []);
    world.picks("Available");
    world.pass(seconds(2));
    assert_eq!(world.ordered(), [set("Meeting")]);
}

#[test]
fn a_table_that_is_off_writes_nothing_and_restarts_when_it_is_on_again() {
    let mut world = settled();
    world.enable_teams(false);
    world.client(IN_MEETING);
    world.pass(minutes(2));
    world.enable_teams(true);
    world.pass(minutes(2));
    assert_eq!(world.ordered(), []);
    world.client(PRESENTING);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Presenting")]);
}

#[test]
fn a_status_of_ours_that_the_agent_leaves_for_a_moment_is_still_ours() {
    let mut world = in_meeting();
    world.picks("Lunch");
    world.pass(seconds(2));
    world.picks("Meeting");
    world.pass(minutes(1));
    world.client(AVAILABLE);
    world.pass(minutes(1));
    assert_eq!(world.ordered().last(), Some(&set("Available")));
}

#[test]
fn a_call_that_hides_the_reason_of_a_next_status_does_not_end_it() {
    let away = TeamsWhen::badge(Availability::Away);
    let mut world = settled_with(edited(&proposal(), |row| {
        if row.when == away {
            row.target = arn("Lunch");
        }
    }));
    world.agent(contact(Activity::Connected, Channel::Chat));
    world.client(AWAY);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [next("Lunch")]);
    world.call(Some(Activity::Connected));
    world.pass(minutes(5));
    assert_eq!(world.shows(), IN_CALL);
    assert_eq!(world.ordered(), [next("Lunch")]);
}

#[test]
fn a_status_that_was_restored_before_is_the_agents_own_choice_again() {
    let mut world = in_meeting();
    world.client(AVAILABLE);
    world.pass(minutes(1));
    assert_eq!(world.chosen(), "Available");
    world.picks("Whatever");
    world.pass(minutes(1));
    world.picks("Available");
    world.client(IN_MEETING);
    world.pass(minutes(2));
    assert_eq!(world.chosen(), "Available");
    assert_eq!(world.reported_of(Side::Connect).last(), Some(&(Done::NotWritten, Some(Guard::Tie))));
}
