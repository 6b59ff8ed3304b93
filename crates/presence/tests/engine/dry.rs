//! Dry run: decisions are reported at their time, and nothing is written.

use presence::{
    connect::{Activity, Channel, StatusArn},
    engine::{Link, Machine},
    mapping::Target,
    timeline::{Done, Guard, Side},
};

use super::{
    answering::{in_meeting, next, settled},
    cloud::{AVAILABLE, AWAY, BE_RIGHT_BACK, BUSY, DO_NOT_DISTURB, IN_MEETING, PRESENTING},
    words::{Short, chosen, contact, minutes, seconds, voice},
    world::World,
};

const WOULD: (Done, Option<Guard>) = (Done::DryRun, Some(Guard::DryRun));

fn dry() -> World {
    let mut world = World::settled(chosen("Offline"));
    world.dry_run(true);
    world.pass(minutes(1));
    world.forget_the_past();
    world
}

#[test]
fn what_is_set_is_given_back_when_dry_run_begins() {
    let mut world = World::settled(chosen("Lunch"));
    world.dry_run(true);
    world.pass(seconds(5));
    assert_eq!(world.written(), [Short::NoPreferred, Short::NoSession]);
    assert_eq!(world.reported(), [(Done::GivenBack, None), WOULD], "and would be written again");
    assert_eq!(world.link(), Link::DryRun);
    world.pass(minutes(70));
    assert_eq!(world.writes.len(), 2);
    assert_eq!(world.rows.len(), 2);
}

#[test]
fn a_decision_is_reported_when_its_hold_is_over() {
    let mut world = dry();
    let before = world.now;
    world.agent(chosen("Lunch"));
    world.pass(minutes(5));
    assert_eq!(world.reported(), [WOULD]);
    assert_eq!(world.rows[0].target, Some(Target::BeRightBack));
    assert!(world.rows[0].at >= before + seconds(15) && world.rows[0].at < before + seconds(16));
    assert_eq!(world.writes, []);
    assert_eq!(world.shows(), AVAILABLE);
}

#[test]
fn the_end_of_a_call_would_be_given_back() {
    let mut world = dry();
    world.agent(voice(Activity::Connected));
    world.pass(minutes(1));
    world.agent(chosen("Offline"));
    world.pass(minutes(1));
    assert_eq!(world.reported(), [WOULD, WOULD]);
    assert_eq!(world.rows[1].target, Some(Target::Clear));
    world.forget_the_past();
    world.agent(voice(Activity::Connected));
    world.pass(minutes(1));
    world.agent(chosen("Whatever"));
    world.pass(minutes(1));
    assert_eq!(world.reported(), [WOULD, WOULD], "no change gives back what was for a contact");
}

#[test]
fn what_would_replace_ours_is_reported_although_teams_shows_it() {
    let mut world = dry();
    world.agent(chosen("Case work"));
    world.pass(minutes(1));
    world.agent(chosen("Available"));
    world.pass(minutes(1));
    assert_eq!(world.reported(), [WOULD, WOULD]);
    assert_eq!(world.rows[1].target, Some(Target::Available));
}

#[test]
fn available_would_be_taken_back_for_a_contact_that_is_not_known() {
    let mut world = dry();
    world.client(AWAY);
    world.agent(chosen("Available"));
    world.pass(minutes(1));
    world.agent(contact(Activity::Connected, Channel::Other));
    world.pass(minutes(1));
    assert_eq!(world.reported(), [WOULD, WOULD]);
    assert_eq!(world.writes, []);
}

#[test]
fn guards_hold_in_dry_run_too() {
    let mut world = dry();
    world.agent(chosen("Available"));
    world.pass(minutes(1));
    assert_eq!(world.reported(), [(Done::NotWritten, Some(Guard::Compare))]);
    world.forget_the_past();
    world.person(BE_RIGHT_BACK);
    world.agent(chosen("Case work"));
    world.pass(minutes(1));
    assert_eq!(world.reported(), [(Done::NotWritten, Some(Guard::PersonFirst))]);
    world.forget_the_past();
    world.agent(chosen("Lunch"));
    world.pass(seconds(10));
    world.agent(chosen("Case work"));
    world.pass(minutes(1));
    assert_eq!(world.reported(), [(Done::NotWritten, Some(Guard::Hold))]);
}

#[test]
fn a_teams_state_would_set_a_status_once() {
    let mut world = settled();
    world.dry_run(true);
    world.pass(seconds(5));
    world.forget_the_past();
    world.client(IN_MEETING);
    world.pass(minutes(5));
    assert_eq!(world.ordered(), []);
    assert_eq!(world.reported_of(Side::Connect), [WOULD]);
    assert_eq!(world.rows[0].status, Some(StatusArn::new("arn:Meeting")));
    world.dry_run(false);
    world.pass(minutes(5));
    assert_eq!(world.ordered(), [], "it was answered");
}

#[test]
fn nobody_is_asked_in_dry_run() {
    let mut world = in_meeting();
    world.dry_run(true);
    world.machine(Machine::Idle);
    world.client(AVAILABLE);
    world.pass(minutes(5));
    assert_eq!(world.centre.question, None);
    assert_eq!(world.reported_of(Side::Connect).last(), Some(&(Done::DryRun, Some(Guard::Idle))));
    assert_eq!(world.chosen(), "Meeting");
}

#[test]
fn a_contact_makes_it_wait_in_dry_run_too() {
    let mut world = settled();
    world.dry_run(true);
    world.call(Some(Activity::AfterContactWork));
    world.client(PRESENTING);
    world.pass(minutes(1));
    assert_eq!(world.reported_of(Side::Connect), [(Done::NotWritten, Some(Guard::Contact))]);
    world.call(None);
    world.pass(seconds(20));
    assert_eq!(world.reported_of(Side::Connect).last(), Some(&WOULD));
    assert_eq!(world.ordered(), []);
}

#[test]
fn our_queued_next_status_is_cancelled_by_dry_run() {
    let mut world = settled();
    world.call(Some(Activity::Connected));
    world.client(PRESENTING);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [next("Presenting")]);
    world.dry_run(true);
    world.pass(seconds(5));
    assert_eq!(world.centre.snapshot.next, None);
}

#[test]
fn dry_run_in_a_held_state_leaves_the_choice_and_ends_in_it() {
    let mut world = World::settled(chosen("Case work"));
    world.person(DO_NOT_DISTURB);
    world.pass(minutes(1));
    assert_eq!(world.link(), Link::HeldByYou);
    world.dry_run(true);
    world.pass(minutes(5));
    assert_eq!(world.shows(), DO_NOT_DISTURB);
    assert_eq!(world.reported().last(), Some(&(Done::NotWritten, Some(Guard::PersonFirst))));
    world.dry_run(false);
    world.pass(minutes(5));
    assert_eq!(world.link(), Link::HeldByYou);
    assert_eq!(world.shows(), DO_NOT_DISTURB);
}

#[test]
fn after_dry_run_it_is_written() {
    let mut world = dry();
    world.agent(chosen("Case work"));
    world.pass(minutes(1));
    world.dry_run(false);
    world.pass(seconds(5));
    assert_eq!(world.shows(), BUSY);
    assert!(matches!(world.link(), Link::InStep { .. }));
}

#[test]
fn dry_run_from_the_start_writes_nothing() {
    let mut world = World::new();
    world.dry_run(true);
    world.client(AWAY);
    world.agent(chosen("Available"));
    world.pass(minutes(90));
    assert_eq!(world.writes, []);
    assert_eq!(world.reported(), [WOULD]);
}

#[test]
fn a_pause_comes_before_dry_run() {
    let mut world = dry();
    world.pause(Some(minutes(5)));
    world.agent(chosen("Lunch"));
    world.pass(minutes(2));
    assert!(matches!(world.link(), Link::Paused { .. }));
    assert!(world.reported().iter().all(|reported| *reported == (Done::NotWritten, Some(Guard::Pause))));
    world.pass(minutes(4));
    assert_eq!(world.link(), Link::DryRun);
    assert_eq!(world.reported().last(), Some(&WOULD));
    assert_eq!(world.writes, []);
}

#[test]
fn what_would_be_written_is_decided_on_a_fresh_reading() {
    let mut world = World::settled(chosen("Offline"));
    world.dry_run(true);
    world.polls = false;
    world.pass(minutes(1));
    world.forget_the_past();
    world.person(DO_NOT_DISTURB);
    world.agent(chosen("Case work"));
    world.pass(minutes(1));
    assert_eq!(world.reported().last(), Some(&(Done::NotWritten, Some(Guard::PersonFirst))));
}
