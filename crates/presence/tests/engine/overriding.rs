//! Rows that override the person: they write over a choice in Teams, or take back, once, the one that hides our
//! session.

use presence::{
    connect::{Activity, Channel, StatusArn},
    engine::{Link, Pace, Rules},
    mapping::{ConnectRow, ConnectToTeams, Target, When},
    teams::{PreferredPresence, SessionPresence, TeamsState},
    timeline::{Done, Guard},
};

use super::{
    cloud::{APPEAR_OFFLINE, AVAILABLE, BE_RIGHT_BACK, BUSY, DO_NOT_DISTURB, IN_CALL},
    words::{Short, chosen, minutes, seconds, table, voice},
    world::{Fate, LATENCY, POLL, World},
};

const CHOICES: [TeamsState; 3] = [BE_RIGHT_BACK, APPEAR_OFFLINE, DO_NOT_DISTURB];

/// *Case work* is Busy, and a voice call In a call, whatever the person chose.
fn overriding() -> ConnectToTeams {
    let call = When::Activity { activity: Activity::Connected, channel: Some(Channel::Voice) };
    let rows = [
        ConnectRow::new(When::Status(StatusArn::new("arn:Case work")), Target::Busy),
        ConnectRow::new(call, Target::InACall),
    ]
    .map(|row| ConnectRow { override_person: true, ..row });
    table().with_rows(rows.into_iter().chain(table().rows().iter().cloned()).collect())
}

/// The agent is offline in Connect, and the person has chosen this in Teams.
fn with_choice(choice: TeamsState) -> World {
    let mut world = World::with(overriding(), Pace::default());
    world.agent(chosen("Offline"));
    world.person(choice);
    world.pass(minutes(1));
    assert_eq!(world.writes, []);
    world.forget_the_past();
    world
}

#[test]
fn a_choice_is_written_over() {
    for choice in CHOICES {
        let mut world = with_choice(choice);
        world.agent(chosen("Case work"));
        world.pass(minutes(1));
        assert_eq!(world.shows(), BUSY);
        assert!(matches!(world.link(), Link::InStep { .. }));
        assert_eq!(world.reported(), [(Done::Written, None), (Done::Confirmed, None)]);
    }
}

#[test]
fn other_rows_leave_the_choice_alone() {
    for choice in CHOICES {
        let mut world = with_choice(choice.clone());
        world.agent(chosen("Meeting"));
        world.pass(minutes(1));
        assert_eq!(world.writes, []);
        assert_eq!(world.shows(), choice);
        assert_eq!(world.link(), Link::HeldByYou);
    }
}

#[test]
fn an_equal_choice_is_not_written_over() {
    let mut world = with_choice(BUSY);
    world.agent(chosen("Case work"));
    world.pass(minutes(1));
    assert_eq!(world.writes, []);
    assert!(matches!(world.link(), Link::InStep { .. }));
}

#[test]
fn a_choice_over_ours_is_written_over_too() {
    let mut world = with_choice(BE_RIGHT_BACK);
    world.agent(chosen("Case work"));
    world.pass(minutes(1));
    world.person(DO_NOT_DISTURB);
    world.pass(POLL + seconds(3));
    assert_eq!(world.shows(), BUSY);
}

#[test]
fn an_overriding_row_waits_for_its_hold() {
    let mut world = with_choice(BE_RIGHT_BACK);
    world.agent(chosen("Case work"));
    world.pass(seconds(14));
    assert_eq!(world.writes, []);
}

#[test]
fn a_choice_that_hides_our_session_is_taken_back_once() {
    for choice in CHOICES {
        let mut world = with_choice(choice);
        world.agent(voice(Activity::Connected));
        world.pass(minutes(1));
        assert_eq!(world.shows(), IN_CALL);
        world.pass(minutes(30));
        assert_eq!(world.written(), [Short::Session(SessionPresence::InCall), Short::NoPreferred]);
        assert!(matches!(world.link(), Link::InStep { .. }));
    }
}

#[test]
fn a_choice_that_does_not_go_is_not_taken_back_again() {
    let mut world = with_choice(BE_RIGHT_BACK);
    world.agent(voice(Activity::Connected));
    world.pass_until(|world| world.written().contains(&Short::NoPreferred));
    world.pass(LATENCY);
    world.person(BE_RIGHT_BACK);
    world.pass(minutes(10));
    assert_eq!(world.written().iter().filter(|write| **write == Short::NoPreferred).count(), 1);
    assert_eq!(world.link(), Link::Masked);
}

#[test]
fn other_rows_leave_a_choice_that_hides_the_session_alone() {
    let mut world = with_choice(BE_RIGHT_BACK);
    world.agent(voice(Activity::OnHold));
    world.pass(minutes(10));
    assert_eq!(world.written(), [Short::Session(SessionPresence::InCall)]);
    assert_eq!(world.link(), Link::Masked);
}

#[test]
fn a_choice_made_during_the_call_is_taken_back_too() {
    let mut world = with_choice(AVAILABLE);
    world.agent(voice(Activity::Connected));
    world.pass(minutes(1));
    world.forget_the_past();
    world.person(DO_NOT_DISTURB);
    world.pass(minutes(1));
    assert_eq!(world.written(), [Short::NoPreferred]);
    assert_eq!(world.shows(), IN_CALL);
}

#[test]
fn after_giving_back_a_later_choice_is_left_alone() {
    for (state, choice) in [chosen("Case work"), voice(Activity::Connected)]
        .into_iter()
        .flat_map(|state| CHOICES.map(|choice| (state.clone(), choice)))
    {
        let mut world = with_choice(choice.clone());
        world.agent(state);
        world.pass(minutes(1));
        world.agent(chosen("Offline"));
        world.pass(minutes(1));
        assert_eq!(world.shows(), AVAILABLE, "the choice is not brought back");
        world.forget_the_past();
        world.person(choice.clone());
        world.agent(chosen("Meeting"));
        world.pass(minutes(60));
        assert_eq!(world.writes, []);
        assert_eq!(world.shows(), choice);
        assert_eq!(world.link(), Link::HeldByYou);
    }
}

#[test]
fn if_the_row_ends_first_the_choice_is_left_alone() {
    let mut world = with_choice(AVAILABLE);
    world.agent(chosen("Case work"));
    world.pass(minutes(1));
    world.forget_the_past();
    world.person(BE_RIGHT_BACK);
    world.agent(chosen("Offline"));
    world.pass(minutes(1));
    assert_eq!(world.written(), [Short::NoSession]);
    assert_eq!(world.shows(), BE_RIGHT_BACK);
}

#[test]
fn a_take_back_that_fails_is_tried_again() {
    let mut world = with_choice(BE_RIGHT_BACK);
    world.agent(voice(Activity::Connected));
    world.pass(seconds(16));
    assert_eq!(world.written(), [Short::Session(SessionPresence::InCall)]);
    world.fates = vec![Fate::Refused];
    world.pass(minutes(1));
    assert_eq!(world.shows(), IN_CALL);
    assert_eq!(world.written()[1..], [Short::NoPreferred, Short::NoPreferred]);
}

#[test]
fn a_choice_that_was_left_alone_long_enough_is_taken_back_as_well() {
    let mut world = with_choice(BE_RIGHT_BACK);
    world.rules(Rules { held_for: minutes(30), ..Rules::default() });
    world.agent(chosen("Lunch"));
    world.pass(minutes(1));
    world.agent(chosen("Meeting"));
    world.pass(minutes(1));
    assert_eq!(world.link(), Link::HeldByYou);
    world.agent(voice(Activity::OnHold));
    world.pass(minutes(40));
    assert_eq!(world.shows(), BE_RIGHT_BACK);
    world.agent(voice(Activity::Connected));
    world.pass(minutes(1));
    assert_eq!(world.shows(), IN_CALL);
}

#[test]
fn in_a_pause_no_choice_is_touched() {
    let mut world = with_choice(BE_RIGHT_BACK);
    world.pause(None);
    world.agent(chosen("Case work"));
    world.pass(minutes(1));
    world.agent(voice(Activity::Connected));
    world.pass(minutes(1));
    assert_eq!(world.writes, []);
    assert_eq!(world.shows(), BE_RIGHT_BACK);
}

#[test]
fn in_a_dry_run_it_is_reported_only() {
    let mut world = with_choice(BE_RIGHT_BACK);
    world.dry_run(true);
    world.agent(chosen("Case work"));
    world.pass(minutes(1));
    assert_eq!(world.writes, []);
    assert_eq!(world.reported().last(), Some(&(Done::DryRun, Some(Guard::DryRun))));
    assert_eq!(world.rows.last().and_then(|row| row.target), Some(Target::Busy));
}

#[test]
fn a_restart_does_not_end_the_overriding() {
    let mut world = with_choice(DO_NOT_DISTURB);
    world.agent(chosen("Case work"));
    world.pass(minutes(1));
    world.forget_the_past();
    world.restart(false);
    world.person(BE_RIGHT_BACK);
    world.pass(minutes(1));
    assert_eq!(world.written(), [Short::Preferred(PreferredPresence::Busy)]);
    assert_eq!(world.shows(), BUSY);
}
