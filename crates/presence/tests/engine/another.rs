//! Somebody else logs in to Teams at the same desk.

use presence::{connect::Activity, engine::Link, teams::PreferredPresence};

use super::{
    answering::{in_meeting, next, proposal, set, settled, settled_with},
    by_offline::stuck,
    centre::Lost,
    cloud::{AVAILABLE, BUSY, DO_NOT_DISTURB, IN_CALL, IN_MEETING, PRESENTING},
    looping::{looping, until_broken},
    words::{chosen, edited, minutes, seconds},
    world::World,
};

#[test]
fn what_was_set_for_one_person_is_not_taken_back_from_another() {
    let mut world = World::settled(chosen("Case work"));
    world.another_person(true);
    world.person(BUSY);
    world.forget_the_past();
    world.agent(chosen("Offline"));
    world.pass(minutes(10));
    assert_eq!(world.written(), []);
    assert_eq!(world.shows(), BUSY);
}

#[test]
fn teams_follows_connect_for_the_next_person_too() {
    let mut world = World::settled(chosen("Case work"));
    world.another_person(true);
    assert_eq!(world.shows(), AVAILABLE);
    world.pass(seconds(30));
    assert_eq!(world.shows(), BUSY);
    assert!(matches!(world.link(), Link::InStep { .. }));
}

#[test]
fn a_person_who_comes_back_finds_their_own_again() {
    let mut world = World::settled(chosen("Case work"));
    world.another_person(true);
    world.person(DO_NOT_DISTURB);
    world.pass(minutes(1));
    world.another_person(true);
    world.agent(chosen("Offline"));
    world.pass(minutes(1));
    assert!(world.cloud.has_nothing_of_ours(world.now), "what was written for them is taken back");
}

#[test]
fn an_answer_for_the_former_person_is_not_waited_for() {
    let mut world = World::new();
    world.agent(chosen("Case work"));
    world.pass_until(|world| world.flight.is_some());
    world.another_person(false);
    world.pass(seconds(30));
    assert_eq!(world.shows(), BUSY);
    assert_eq!(world.disk.preferred.as_ref().map(|own| own.value), Some(PreferredPresence::Busy));
}

/// Connect follows a meeting; then somebody else logs in, whose Teams is free.
fn another_in_a_meeting() -> World {
    let mut world = in_meeting();
    world.another_person(true);
    world.pass(minutes(1));
    world
}

#[test]
fn a_status_that_we_chose_is_restored_after_another_login() {
    let mut world = another_in_a_meeting();
    world.client(IN_CALL);
    world.pass(minutes(1));
    world.client(AVAILABLE);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Meeting"), set("Available")]);
}

#[test]
fn a_status_that_we_queued_is_replaced_after_another_login() {
    let mut world = settled();
    world.call(Some(Activity::Connected));
    world.pass(minutes(1));
    world.client(PRESENTING);
    world.pass(minutes(1));
    world.another_person(true);
    world.pass(minutes(1));
    world.client(IN_MEETING);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [next("Presenting"), next("Meeting")]);
}

#[test]
fn at_most_every_towards_connect_outlasts_another_login() {
    let mut world = settled_with(edited(&proposal(), |row| {
        row.conditions.at_most_every = Some(minutes(10));
    }));
    world.client(IN_MEETING);
    world.pass(minutes(1));
    world.client(AVAILABLE);
    world.pass(minutes(1));
    world.another_person(true);
    world.pass(minutes(1));
    world.client(IN_MEETING);
    world.pass(minutes(5));
    assert_eq!(world.ordered(), [set("Meeting"), set("Available")]);
    world.pass(minutes(5));
    assert_eq!(world.ordered(), [set("Meeting"), set("Available"), set("Meeting")]);
}

#[test]
fn a_passage_is_turned_back_by_another_login() {
    let mut world = stuck(1);
    world.pass(seconds(1));
    assert_eq!(world.ordered(), [set("Offline"), set("Available")], "the second order is lost");
    world.another_person(true);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Offline"), set("Available"), set("Meeting")]);
    assert_eq!(world.disk.passage, None);
}

#[test]
fn a_pause_outlasts_another_login() {
    let mut world = World::settled(chosen("Case work"));
    world.pause(None);
    world.pass(minutes(1));
    world.another_person(true);
    world.agent(chosen("Lunch"));
    world.pass(minutes(1));
    assert_eq!(world.link(), Link::Paused { until: None });
    assert_eq!(world.shows(), AVAILABLE);
}

#[test]
fn a_stop_outlasts_another_login() {
    let mut world = looping();
    until_broken(&mut world);
    let before = world.link();
    world.another_person(true);
    world.pass(seconds(30));
    assert_eq!(world.link(), before);
    assert!(matches!(before, Link::Stopped { .. }));
}

#[test]
fn the_status_before_a_lost_order_is_restored_after_another_login() {
    let mut world = looping();
    world.centre.fates = vec![Lost::Refused];
    world.client(PRESENTING);
    world.pass_until(|world| !world.ordered().is_empty());
    assert_eq!(world.ordered(), [set("Presenting")]);
    world.another_person(true);
    world.pass(minutes(1));
    world.client(DO_NOT_DISTURB);
    world.pass(minutes(1));
    world.client(AVAILABLE);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Presenting"), set("Available")]);
}

#[test]
fn nothing_is_taken_back_from_a_person_who_logs_in_during_the_quit() {
    let mut world = World::settled(chosen("Case work"));
    world.quit();
    world.another_person(true);
    world.person(BUSY);
    world.forget_the_past();
    world.pass(minutes(1));
    assert_eq!(world.writes, []);
    assert!(world.engine.is_finished());
}
