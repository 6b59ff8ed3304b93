//! Somebody else logs in to Teams at the same desk.

use presence::{engine::Link, teams::PreferredPresence};

use super::{
    cloud::{AVAILABLE, BUSY, DO_NOT_DISTURB},
    words::{chosen, minutes, seconds},
    world::World,
};

#[test]
fn what_stood_of_one_person_is_not_taken_back_from_another() {
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
    while world.flight.is_none() {
        world.pass(seconds(1));
    }
    world.another_person(false);
    world.pass(seconds(30));
    assert_eq!(world.shows(), BUSY);
    assert_eq!(world.disk.preferred.as_ref().map(|own| own.value), Some(PreferredPresence::Busy));
}
