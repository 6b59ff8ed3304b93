//! Quit takes back what is ours and nothing else.

use presence::{
    connect::Activity,
    engine::Machine,
    teams::{PreferredPresence, SessionPresence},
    timeline::Done,
};

use super::{
    by_offline::at_the_step,
    cloud::{BE_RIGHT_BACK, DO_NOT_DISTURB},
    words::{Short, chosen, minutes, seconds, voice},
    world::{Fate, World},
};

#[test]
fn quit_takes_back_session_and_preferred_presence() {
    let mut world = World::settled(chosen("Lunch"));
    world.quit();
    assert!(!world.engine.is_finished());
    world.pass(seconds(2));
    assert_eq!(world.written(), [Short::NoPreferred, Short::NoSession]);
    assert!(world.engine.is_finished());
    assert!(world.cloud.has_nothing_of_ours(world.now));
    assert_eq!(world.reported(), [(Done::GivenBack, None)]);
}

#[test]
fn quit_with_nothing_of_ours_is_finished_at_once() {
    let mut world = World::settled(chosen("Offline"));
    world.quit();
    assert!(world.engine.is_finished());
    assert_eq!(world.writes, []);
}

#[test]
fn quit_waits_for_the_write_under_way() {
    let mut world = World::settled(chosen("Offline"));
    world.agent(voice(Activity::Connected));
    world.pass_until(|world| !world.writes.is_empty());
    world.quit();
    assert!(!world.engine.is_finished());
    world.pass(seconds(2));
    assert_eq!(world.written(), [Short::Session(SessionPresence::InCall), Short::NoSession]);
    assert!(world.engine.is_finished());
}

#[test]
fn quit_leaves_a_persons_choice() {
    let mut world = World::settled(chosen("Lunch"));
    world.pass(seconds(1));
    world.person(DO_NOT_DISTURB);
    world.quit();
    world.pass(seconds(2));
    assert_eq!(world.written(), [Short::NoSession]);
    assert_eq!(world.shows(), DO_NOT_DISTURB);
}

#[test]
fn quit_without_a_reading_leaves_the_preferred_presence_to_its_expiry() {
    let mut world = World::settled(chosen("Lunch"));
    world.reads_fail(true);
    world.pass(seconds(30));
    world.quit();
    world.pass(seconds(2));
    assert_eq!(world.written(), [Short::NoSession]);
    assert!(world.engine.is_finished());
    assert_eq!(world.disk.preferred.map(|own| own.value), Some(PreferredPresence::BeRightBack));
    assert_eq!(world.cloud.ours_preferred(world.now), Some(&BE_RIGHT_BACK));
}

#[test]
fn quit_waits_three_seconds_for_a_reading_and_no_longer() {
    let mut world = World::settled(chosen("Lunch"));
    world.polls = false;
    world.pass(seconds(30));
    world.quit();
    world.reads_under_way.clear();
    world.pass(seconds(2));
    assert_eq!(world.written(), []);
    world.pass(seconds(2));
    assert_eq!(world.written(), [Short::NoSession]);
    assert!(world.engine.is_finished());
}

#[test]
fn quit_gives_up_when_a_write_fails() {
    let mut world = World::settled(chosen("Lunch"));
    world.fates = vec![Fate::Refused];
    world.quit();
    world.pass(seconds(2));
    assert!(world.engine.is_finished());
    assert_eq!(world.writes.len(), 1);
}

/// Both of ours are set for Lunch, and the first write for the call that followed it does not arrive.
fn failed_before() -> World {
    let mut world = World::settled(chosen("Lunch"));
    world.fates = vec![Fate::Refused];
    world.agent(voice(Activity::Connected));
    world.pass_until(|world| !world.writes.is_empty());
    world
}

#[test]
fn quit_takes_back_although_a_write_before_it_failed_and_waits() {
    let mut world = failed_before();
    world.pass(seconds(1));
    assert_eq!(world.reported(), [(Done::Failed, None)]);
    world.quit();
    world.pass(seconds(2));
    assert!(world.engine.is_finished());
    assert!(world.cloud.has_nothing_of_ours(world.now), "{:?}", world.written());
}

#[test]
fn quit_takes_back_although_the_write_under_way_fails() {
    let mut world = failed_before();
    world.pass(seconds(1) / 20);
    world.quit();
    world.pass(seconds(2));
    assert!(world.engine.is_finished());
    assert!(world.cloud.has_nothing_of_ours(world.now), "{:?}", world.written());
}

#[test]
fn quit_twice_tries_to_take_back_once() {
    let mut world = failed_before();
    world.pass(seconds(1));
    world.forget_the_past();
    world.fates = vec![Fate::Refused];
    for _ in 0..2 {
        world.quit();
        world.pass(seconds(2));
        assert!(world.engine.is_finished());
        assert_eq!(world.writes.len(), 1);
    }
}

#[test]
fn after_the_end_nothing_is_written() {
    let mut world = World::settled(chosen("Lunch"));
    world.quit();
    world.pass(seconds(2));
    world.forget_the_past();
    world.agent(voice(Activity::Connected));
    world.sync();
    world.pass(minutes(90));
    assert_eq!(world.writes, []);
    assert_eq!(world.engine.deadline(), None);
}

#[test]
fn quit_works_while_connect_is_unknown() {
    let mut world = World::settled(chosen("Lunch"));
    world.lose_connect();
    world.pass(minutes(1));
    world.quit();
    world.pass(seconds(2));
    assert!(world.cloud.has_nothing_of_ours(world.now));
}

#[test]
fn quit_on_the_way_by_offline_puts_the_agent_back_to_the_status_before() {
    let mut world = at_the_step();
    world.centre.machine = Machine::Idle;
    world.restart(false);
    world.pass(minutes(1));
    assert_eq!(world.chosen(), "Offline");
    world.quit();
    assert!(!world.engine.is_finished());
    world.pass(seconds(3));
    assert_eq!(world.chosen(), "Meeting");
    assert!(world.engine.is_finished());
    assert_eq!(world.disk.passage, None);
}

#[test]
fn quit_waits_five_seconds_at_most_for_an_agent_who_is_offline_on_the_way() {
    let mut world = at_the_step();
    world.lose_connect();
    world.quit();
    world.pass(seconds(4));
    assert!(!world.engine.is_finished());
    world.pass(seconds(2));
    assert!(world.engine.is_finished());
    assert!(world.disk.passage.is_some(), "the next start puts them back");
}
