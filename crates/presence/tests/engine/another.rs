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
fn it_follows_connect_for_whoever_is_logged_in() {
    let mut world = World::settled(chosen("Case work"));
    world.another_person(true);
    assert_eq!(world.shows(), AVAILABLE);
    world.pass(seconds(30));
    assert_eq!(world.shows(), BUSY);
    assert!(matches!(world.link(), Link::InStep { .. }));
}

#[test]
fn who_comes_back_finds_their_own_again() {
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

/// In a meeting that Connect follows, when somebody else logs in, whose Teams is free.
fn another_in_a_meeting() -> World {
    let mut world = in_meeting();
    world.another_person(true);
    world.pass(minutes(1));
    world
}

#[test]
fn what_we_chose_in_connect_is_restored_whoever_is_logged_in() {
    let mut world = another_in_a_meeting();
    world.client(IN_CALL);
    world.pass(minutes(1));
    world.client(AVAILABLE);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Meeting"), set("Available")]);
}

#[test]
fn what_we_queued_in_connect_is_replaced_whoever_is_logged_in() {
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
fn a_row_that_rests_in_connect_rests_whoever_is_logged_in() {
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
fn a_step_by_offline_is_gone_back_whoever_is_logged_in() {
    let mut world = stuck(1);
    world.pass(seconds(1));
    assert_eq!(world.ordered(), [set("Offline"), set("Available")], "and that one is lost");
    world.another_person(true);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Offline"), set("Available"), set("Meeting")]);
    assert_eq!(world.disk.passage, None);
}

#[test]
fn a_pause_holds_for_whoever_is_logged_in() {
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
fn a_stop_holds_for_whoever_is_logged_in() {
    let mut world = looping();
    until_broken(&mut world);
    let before = world.link();
    world.another_person(true);
    world.pass(seconds(30));
    assert_eq!(world.link(), before);
    assert!(matches!(before, Link::Stopped { .. }));
}

#[test]
fn what_a_lost_order_was_to_replace_is_restored_whoever_is_logged_in() {
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
fn from_who_logs_in_while_the_app_quits_nothing_is_taken_back() {
    let mut world = World::settled(chosen("Case work"));
    world.quit();
    world.another_person(true);
    world.person(BUSY);
    world.forget_the_past();
    world.pass(minutes(1));
    assert_eq!(world.writes, []);
    assert!(world.engine.is_finished());
}
