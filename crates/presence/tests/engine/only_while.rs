//! *Only while* towards Teams: a row wins while Teams, without us, shows that state, and otherwise gives way.

use presence::{
    connect::StatusArn,
    engine::Pace,
    mapping::{Conditions, ConnectRow, ConnectToTeams, Tables, Target, TeamsWhen, When},
    teams::{Availability, Detail, SessionPresence},
};

use super::{
    answering::{proposal, set},
    cloud::{AVAILABLE, AWAY, BE_RIGHT_BACK, BUSY, DO_NOT_DISTURB, IN_CALL, IN_MEETING, OFFLINE},
    words::{Short, chosen, minutes, seconds, table},
    world::World,
};

const MEETING: TeamsWhen = TeamsWhen::with(Availability::Busy, Detail::InMeeting);

/// The table of the tests with a row for *Meeting* that counts only while Teams shows one of these.
fn only_while(shown: &[TeamsWhen], target: Target, edit: impl FnOnce(&mut ConnectRow)) -> ConnectToTeams {
    let mut row = ConnectRow {
        conditions: Conditions { only_while: shown.to_vec(), ..Conditions::default() },
        ..ConnectRow::new(When::Status(StatusArn::new("arn:Meeting")), target)
    };
    edit(&mut row);
    table().with_rows(table().rows().iter().cloned().chain([row]).collect())
}

fn world(table: ConnectToTeams) -> World {
    let mut world = World::with(table, Pace::default());
    world.agent(chosen("Offline"));
    world.pass(minutes(1));
    world
}

#[test]
fn a_row_wins_only_while_teams_shows_its_state_and_otherwise_gives_way() {
    let mut world = world(only_while(&[MEETING], Target::DoNotDisturb, |_| {}));
    world.agent(chosen("Meeting"));
    world.pass(minutes(1));
    assert_eq!(world.shows(), BUSY, "custom statuses are Busy");
    world.agent(chosen("Offline"));
    world.pass(minutes(1));
    world.client(IN_MEETING);
    world.pass(minutes(1));
    world.agent(chosen("Meeting"));
    world.pass(minutes(1));
    assert_eq!(world.shows(), DO_NOT_DISTURB);
}

#[test]
fn one_of_its_states_is_enough() {
    let shown = [MEETING, TeamsWhen::badge(Availability::Away)];
    let mut world = world(only_while(&shown, Target::AppearOffline, |_| {}));
    world.client(AWAY);
    world.agent(chosen("Meeting"));
    world.pass(minutes(1));
    assert_eq!(world.engine.target(), Some(Target::AppearOffline));
}

#[test]
fn before_teams_is_read_no_such_row_wins() {
    let shown = [TeamsWhen::badge(Availability::Available)];
    let mut world = World::with(only_while(&shown, Target::DoNotDisturb, |_| {}), Pace::default());
    world.reads_fail(true);
    world.agent(chosen("Meeting"));
    world.pass(minutes(1));
    assert_eq!(world.engine.target(), Some(Target::Busy));
    assert_eq!(world.writes, []);
}

#[test]
fn what_ours_hides_does_not_change_the_row() {
    let mut world = world(only_while(&[MEETING], Target::DoNotDisturb, |_| {}));
    world.client(IN_MEETING);
    world.agent(chosen("Meeting"));
    world.pass(minutes(1));
    world.forget_the_past();
    world.client(AVAILABLE);
    world.pass(minutes(30));
    assert_eq!(world.written(), []);
    assert_eq!(world.shows(), DO_NOT_DISTURB);
}

#[test]
fn a_session_hides_nothing_and_the_row_follows_teams_after_its_hold() {
    let shown = [TeamsWhen::badge(Availability::Available)];
    let mut world = world(only_while(&shown, Target::Available, |_| {}));
    world.agent(chosen("Meeting"));
    world.pass(minutes(1));
    assert_eq!(world.shows(), AVAILABLE);
    world.polls = false;
    world.pass(seconds(1));
    world.client(IN_MEETING);
    world.sync();
    world.pass(seconds(14));
    assert_eq!(world.shows(), IN_MEETING);
    world.pass(seconds(3));
    assert_eq!(world.shows(), BUSY);
}

#[test]
fn a_persons_choice_over_the_session_changes_the_row_too() {
    let shown = [TeamsWhen::badge(Availability::Away)];
    let mut world = world(only_while(&shown, Target::Available, |_| {}));
    world.client(AWAY);
    world.pass(minutes(1));
    world.agent(chosen("Meeting"));
    world.pass(minutes(1));
    assert_eq!(world.shows(), AVAILABLE);
    world.person(BE_RIGHT_BACK);
    world.pass(minutes(1));
    assert_eq!(world.engine.target(), Some(Target::Busy));
}

#[test]
fn a_row_without_a_hold_that_teams_brings_up_counts_at_once() {
    let at_once = |row: &mut ConnectRow| row.conditions.hold = Some(seconds(0));
    let mut world = world(only_while(&[MEETING], Target::DoNotDisturb, at_once));
    world.agent(chosen("Whatever"));
    world.pass(minutes(1));
    world.agent(chosen("Meeting"));
    world.pass(seconds(5));
    world.polls = false;
    world.client(IN_MEETING);
    world.sync();
    world.pass(seconds(2));
    assert_eq!(world.shows(), DO_NOT_DISTURB);
}

#[test]
fn after_a_restart_what_was_there_before_ours_still_decides() {
    let shown = [TeamsWhen::badge(Availability::Available)];
    let mut world = world(only_while(&shown, Target::DoNotDisturb, |_| {}));
    // Ours replaces ours: what Teams showed before the last write says nothing about Teams without us.
    world.agent(chosen("Case work"));
    world.pass(minutes(1));
    world.agent(chosen("Meeting"));
    world.pass(minutes(1));
    assert_eq!(world.shows(), DO_NOT_DISTURB);
    world.forget_the_past();
    world.restart(false);
    world.pass(minutes(5));
    assert_eq!(world.written(), []);
    assert_eq!(world.shows(), DO_NOT_DISTURB);
}

/// Found at random: the hold of the row that the meeting causes is as long as the hold of the meeting itself.
#[test]
fn if_connect_follows_the_same_change_its_earlier_state_asks_for_nothing() {
    let mut row = ConnectRow::new(When::Status(StatusArn::new("arn:Available")), Target::InACall);
    row.conditions.only_while = vec![TeamsWhen::with(Availability::Busy, Detail::InCall)];
    let rows = table().rows().iter().cloned().chain([row]).collect();
    let tables = Tables { connect_to_teams: table().with_rows(rows), teams_to_connect: proposal() };
    let mut world = World::both_ways(tables, Pace::default());
    world.picks("Available");
    world.client(IN_CALL);
    world.pass(seconds(21));
    world.client(IN_MEETING);
    world.sync();
    world.pass(minutes(2));
    assert_eq!(world.ordered(), [set("Meeting")]);
    assert_eq!(world.writes, []);
}

/// Found at random: with nobody in Teams, our session uncovers what the person chose before.
#[test]
fn what_our_own_session_brings_to_light_does_not_change_the_row() {
    let shown = [TeamsWhen::badge(Availability::Offline)];
    let mut world = world(only_while(&shown, Target::InACall, |_| {}));
    world.client(OFFLINE);
    world.person(DO_NOT_DISTURB);
    world.pass(minutes(1));
    world.forget_the_past();
    world.agent(chosen("Meeting"));
    world.pass(minutes(30));
    assert_eq!(world.written(), [Short::Session(SessionPresence::InCall)]);
    assert_eq!(world.shows(), DO_NOT_DISTURB);
    world.client(IN_MEETING);
    world.reset();
    world.agent(chosen("Offline"));
    world.pass(minutes(1));
    world.agent(chosen("Meeting"));
    world.pass(minutes(1));
    assert_eq!(world.shows(), BUSY);
}

#[test]
fn a_meeting_over_our_session_changes_the_row_even_if_nobody_was_there() {
    let shown = [TeamsWhen::badge(Availability::Offline)];
    let mut world = world(only_while(&shown, Target::Available, |_| {}));
    world.client(OFFLINE);
    world.pass(minutes(1));
    world.agent(chosen("Meeting"));
    world.pass(minutes(1));
    assert_eq!(world.shows(), AVAILABLE);
    world.client(IN_MEETING);
    world.pass(minutes(1));
    assert_eq!(world.shows(), BUSY);
}

#[test]
fn a_sign_in_with_nothing_of_ours_in_the_way_is_seen() {
    let shown = [TeamsWhen::badge(Availability::Offline)];
    let mut world = world(only_while(&shown, Target::DoNotDisturb, |_| {}));
    world.client(OFFLINE);
    world.pass(minutes(1));
    world.client(AVAILABLE);
    world.pass(minutes(1));
    world.agent(chosen("Meeting"));
    world.pass(minutes(1));
    assert_eq!(world.shows(), BUSY);
}

#[test]
fn a_persons_choice_in_teams_is_a_state_like_any_other() {
    let shown = [TeamsWhen::badge(Availability::BeRightBack)];
    let mut world = world(only_while(&shown, Target::NoChange, |_| {}));
    world.person(BE_RIGHT_BACK);
    world.agent(chosen("Meeting"));
    world.pass(minutes(1));
    assert_eq!(world.engine.target(), Some(Target::NoChange));
    world.reset();
    world.pass(minutes(1));
    assert_eq!(world.shows(), BUSY);
}
