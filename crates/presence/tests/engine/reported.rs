//! What is reported of the decisions: how the two sides relate, since when, and which states get a row.

use presence::{
    connect::Activity,
    engine::{Event, Link},
    teams::PreferredPresence,
    timeline::{Done, Guard},
};

use super::{
    words::{Short, chosen, minutes, seconds, voice},
    world::{Fate, World},
};

#[test]
fn in_step_since_it_was_seen() {
    let mut world = World::settled(chosen("Offline"));
    world.agent(chosen("Case work"));
    let before = world.now;
    world.pass(seconds(30));
    let Link::InStep { since } = world.link() else { panic!("{:?}", world.link()) };
    assert!(since > before + seconds(15) && since < before + seconds(20), "{since}");
    world.pass(minutes(200));
    assert_eq!(world.link(), Link::InStep { since }, "renewals and forced syncs are no change");
}

#[test]
fn a_renewal_under_way_is_no_writing() {
    let mut world = World::settled(voice(Activity::Connected));
    world.pass_until(|world| world.flight.is_some());
    assert!(matches!(world.link(), Link::InStep { .. }), "{:?}", world.link());
}

#[test]
fn a_renewal_during_a_hold_that_does_not_end_adds_only_its_own_row() {
    let mut world = World::settled(voice(Activity::Connected));
    let mut ahead = world.clone();
    ahead.pass_until(|world| world.flight.is_some());
    world.pass(ahead.now.duration_since(world.now).unsigned_abs() - seconds(5));
    world.agent(chosen("Available"));
    world.pass(seconds(10));
    world.agent(voice(Activity::Connected));
    world.pass(minutes(1));
    assert_eq!(world.reported(), [(Done::Renewed, None), (Done::NotWritten, Some(Guard::Hold))]);
}

#[test]
fn what_lapsed_is_not_in_step_while_it_is_read_again() {
    let mut world = World::settled(chosen("Case work"));
    world.polls = false;
    world.sleep(minutes(70));
    world.send(Event::Deadline);
    assert!(world.flight.is_none());
    assert!(matches!(world.link(), Link::NotInStep { .. }), "{:?}", world.link());
}

#[test]
fn a_state_that_failed_has_its_row_and_no_other() {
    let mut world = World::settled(chosen("Available"));
    world.fates = vec![Fate::Refused; 10];
    world.agent(voice(Activity::Connected));
    world.pass(seconds(16));
    world.agent(chosen("Available"));
    world.pass(minutes(1));
    assert!(world.reported().contains(&(Done::Failed, None)));
    assert!(!world.reported().contains(&(Done::NotWritten, Some(Guard::Hold))), "{:?}", world.reported());
}

#[test]
fn a_state_that_was_never_decided_did_not_last() {
    let mut world = World::settled(chosen("Offline"));
    world.reads_fail(true);
    world.agent(chosen("Case work"));
    world.pass(seconds(30));
    world.agent(chosen("Lunch"));
    world.pass(seconds(30));
    let not_written = [Guard::Unknown, Guard::Hold].map(|guard| (Done::NotWritten, Some(guard)));
    assert_eq!(world.reported(), not_written);
}

#[test]
fn no_change_gives_back_after_a_contact_and_otherwise_changes_nothing() {
    let mut world = World::settled(voice(Activity::Connected));
    world.agent(chosen("Whatever"));
    assert!(matches!(world.link(), Link::TeamsFollows { .. }), "{:?}", world.link());
    world.pass(minutes(1));
    assert_eq!(world.written(), [Short::NoSession]);

    let mut world = World::settled(chosen("Case work"));
    world.agent(chosen("Whatever"));
    assert_eq!(world.link(), Link::NoChange);
}

#[test]
fn a_write_whose_reason_ended_under_way_has_its_row() {
    let mut world = World::settled(chosen("Offline"));
    world.agent(chosen("Lunch"));
    let preferred = Short::Preferred(PreferredPresence::BeRightBack);
    world.pass_until(|world| world.written().last() == Some(&preferred));
    world.agent(chosen("Offline"));
    world.pass(minutes(1));
    assert_eq!(world.reported(), [(Done::Written, None), (Done::GivenBack, None)]);
}

#[test]
fn what_was_given_back_while_the_next_state_came_has_its_row() {
    let mut world = World::settled(voice(Activity::Connected));
    world.agent(chosen("Offline"));
    world.pass_until(|world| !world.written().is_empty());
    world.agent(chosen("Lunch"));
    world.pass(seconds(10));
    assert_eq!(world.reported(), [(Done::GivenBack, None)]);
}

#[test]
fn a_write_that_is_seen_while_the_next_one_is_under_way_still_has_its_rows() {
    let mut world = World::settled(voice(Activity::Connected));
    world.agent(chosen("Case work"));
    // Our session, which shows a call, changes to Available after the preferred presence is written.
    world.pass_until(|world| world.written().len() >= 2);
    assert!(world.flight.is_some());
    world.poll();
    world.pass(seconds(10));
    let is_hold = |reported: &(Done, Option<Guard>)| reported.1 == Some(Guard::Hold);
    let reported: Vec<_> = world.reported().into_iter().filter(|reported| !is_hold(reported)).collect();
    assert_eq!(reported, [(Done::Written, None), (Done::Confirmed, None)]);
}
