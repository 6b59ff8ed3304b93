//! Person first: the preferred slot is the person's own.

use presence::{
    connect::Activity,
    engine::Link,
    teams::{PreferredPresence, SessionPresence},
    timeline::{Done, Guard},
};

use super::{
    answering::settled,
    cloud::{
        APPEAR_OFFLINE, AVAILABLE, AWAY, BE_RIGHT_BACK, BUSY, DO_NOT_DISTURB, IN_CALL, IN_MEETING, PRESENTING,
    },
    words::{Short, chosen, minutes, seconds, voice},
    world::{POLL, World},
};

#[test]
fn a_choice_that_exists_is_not_overwritten() {
    for choice in [BE_RIGHT_BACK, DO_NOT_DISTURB, APPEAR_OFFLINE] {
        let mut world = World::new();
        world.person(choice.clone());
        world.agent(chosen("Case work"));
        world.pass(minutes(10));
        assert_eq!(world.writes, []);
        assert_eq!(world.shows(), choice);
        assert_eq!(world.link(), Link::HeldByYou);
        assert_eq!(world.reported(), [(Done::NotWritten, Some(Guard::PersonFirst))]);
    }
}

#[test]
fn what_is_automatic_is_no_choice() {
    for automatic in [IN_MEETING, PRESENTING, AWAY] {
        let mut world = World::new();
        world.client(automatic);
        world.agent(chosen("Case work"));
        world.pass(seconds(20));
        assert_eq!(world.shows(), BUSY);
    }
}

#[test]
fn an_equal_choice_is_in_step_and_stays_the_persons() {
    let mut world = World::new();
    world.person(BE_RIGHT_BACK);
    world.agent(chosen("Lunch"));
    world.pass(minutes(1));
    assert!(matches!(world.link(), Link::InStep { .. }));
    world.agent(chosen("Offline"));
    world.pass(minutes(1));
    assert_eq!(world.writes, []);
    assert_eq!(world.shows(), BE_RIGHT_BACK);
}

#[test]
fn a_choice_over_ours_is_kept() {
    let mut world = World::settled(chosen("Case work"));
    world.person(DO_NOT_DISTURB);
    world.pass(POLL + seconds(1));
    assert_eq!(world.link(), Link::HeldByYou);
    world.pass(minutes(120));
    assert_eq!(world.written(), []);
    assert_eq!(world.reported().first(), Some(&(Done::NotWritten, Some(Guard::PersonFirst))));
    assert_eq!(world.disk.preferred, None);
}

#[test]
fn even_a_plain_value_is_a_choice_when_it_replaced_ours() {
    let mut world = World::settled(chosen("Case work"));
    world.person(AVAILABLE);
    world.pass(minutes(5));
    assert_eq!(world.link(), Link::HeldByYou);
    assert_eq!(world.written(), []);
    world.agent(chosen("Training"));
    world.pass(minutes(1));
    assert_eq!(world.link(), Link::HeldByYou, "another state does not end it");
    assert_eq!(world.written(), []);
}

#[test]
fn a_choice_that_ends_lets_ours_follow() {
    let mut world = World::new();
    world.person(BE_RIGHT_BACK);
    world.agent(chosen("Case work"));
    world.pass(minutes(5));
    world.reset();
    world.pass(POLL + seconds(3));
    assert_eq!(world.shows(), BUSY);
    assert!(matches!(world.link(), Link::InStep { .. }));
}

#[test]
fn a_second_choice_is_held_too() {
    let mut world = World::settled(chosen("Case work"));
    world.person(AVAILABLE);
    world.pass(minutes(1));
    world.person(BE_RIGHT_BACK);
    world.pass(minutes(1));
    assert_eq!(world.link(), Link::HeldByYou);
    assert_eq!(world.written(), []);
}

#[test]
fn a_choice_is_held_for_twelve_hours() {
    let mut world = World::new();
    world.person(BE_RIGHT_BACK);
    world.agent(chosen("Case work"));
    world.pass(minutes(12 * 60 - 1));
    assert_eq!(world.writes, []);
    world.pass(minutes(3));
    assert_eq!(world.shows(), BUSY);
}

#[test]
fn ours_is_not_cleared_once_it_was_replaced() {
    let mut world = World::settled(chosen("Case work"));
    world.person(DO_NOT_DISTURB);
    world.agent(chosen("Offline"));
    world.pass(minutes(1));
    assert_eq!(world.written(), [Short::NoSession]);
    assert_eq!(world.shows(), DO_NOT_DISTURB);
}

#[test]
fn a_choice_hides_the_session_and_is_reported_once() {
    let mut world = World::new();
    world.person(BE_RIGHT_BACK);
    world.agent(voice(Activity::Connected));
    world.pass(minutes(10));
    assert_eq!(world.written(), [Short::Session(SessionPresence::InCall)]);
    assert_eq!(world.link(), Link::Masked);
    assert_eq!(world.reported().iter().filter(|(_, guard)| *guard == Some(Guard::Masked)).count(), 1);
    world.reset();
    world.pass(POLL + seconds(1));
    assert!(matches!(world.link(), Link::InStep { .. }));
    assert_eq!(world.shows(), IN_CALL);
}

#[test]
fn a_call_that_is_over_does_not_stay_below_a_choice() {
    let mut world = World::settled(voice(Activity::Connected));
    world.person(BE_RIGHT_BACK);
    world.agent(chosen("Case work"));
    world.pass(minutes(1));
    assert_eq!(world.written(), [Short::NoSession]);
    assert_eq!(world.link(), Link::HeldByYou);
}

#[test]
fn after_a_reset_in_a_meeting_ours_is_written_again() {
    let mut world = World::settled(chosen("Case work"));
    world.client(IN_MEETING);
    world.reset();
    world.pass(POLL + seconds(3));
    assert_eq!(world.written(), [Short::Preferred(PreferredPresence::Busy)]);
    assert_eq!(world.shows(), BUSY);
}

#[test]
fn a_choice_made_while_we_did_not_run_is_kept() {
    let mut world = World::settled(chosen("Case work"));
    world.person(BE_RIGHT_BACK);
    world.restart(false);
    world.pass(minutes(70));
    assert_eq!(world.written(), []);
    assert_eq!(world.link(), Link::HeldByYou);
}

/// The click comes when nothing is held any more: what we have just written is not taken back.
#[test]
fn a_release_that_comes_too_late_takes_nothing_back() {
    let mut world = settled();
    world.picks("Case work");
    world.pass(minutes(1));
    assert_eq!(world.shows(), BUSY);
    world.forget_the_past();
    world.release();
    world.pass(minutes(1));
    assert_eq!(world.written(), []);
    assert_eq!(world.shows(), BUSY);
}

#[test]
fn release_takes_back_the_persons_choice_once() {
    let mut world = settled();
    world.picks("Case work");
    world.person(BE_RIGHT_BACK);
    world.pass(minutes(1));
    assert_eq!(world.shows(), BE_RIGHT_BACK);
    world.release();
    world.pass(minutes(1));
    assert_eq!(world.shows(), BUSY);
    assert_eq!(world.written().iter().filter(|write| **write == Short::NoPreferred).count(), 1);
    world.person(BE_RIGHT_BACK);
    world.pass(minutes(10));
    assert_eq!(world.shows(), BE_RIGHT_BACK);
}

#[test]
fn a_choice_is_the_persons_after_a_restart_too() {
    for choice in [AVAILABLE, DO_NOT_DISTURB] {
        let mut world = World::settled(chosen("Case work"));
        world.person(choice);
        world.pass(minutes(6 * 60));
        world.restart(false);
        world.pass(minutes(5));
        assert_eq!(world.link(), Link::HeldByYou);
        assert_eq!(world.written(), []);
        world.pass(minutes(6 * 60));
        assert_eq!(world.shows(), BUSY, "twelve hours count from the choice");
    }
}

#[test]
fn a_choice_that_ended_while_nothing_ran_is_not_held_any_more() {
    let mut world = World::settled(chosen("Case work"));
    world.person(AVAILABLE);
    world.pass(minutes(1));
    world.sleep(minutes(5));
    world.person(AWAY);
    world.restart(false);
    world.pass(minutes(1));
    assert_eq!(world.shows(), BUSY);
}
