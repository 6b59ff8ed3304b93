//! The breaker: writes that go back and forth with nothing new between them stop the sync.

use std::time::Duration;

use presence::{
    connect::Activity,
    engine::{Effect, Event, Link, Pace},
    mapping::Tables,
    provenance::StopReason,
    timeline::{Done, Guard, Side},
};

use super::{
    answering::{proposal, settled},
    cloud::{AVAILABLE, BUSY, IN_MEETING, PRESENTING},
    histories::busiest_minute,
    words::{Short, edited, minutes, seconds, table},
    world::{Happening, World},
};

/// In a meeting; Connect follows it whatever status is chosen, and Teams follows *Case work*.
pub fn looping() -> World {
    let back = edited(&proposal(), |row| {
        row.conditions.only_while.clear();
    });
    let tables = Tables { connect_to_teams: table(), teams_to_connect: back };
    let mut world = World::both_ways(tables, Pace::default());
    world.picks("Available");
    world.pass(minutes(1));
    world.client(IN_MEETING);
    world.pass(minutes(1));
    assert_eq!(world.chosen(), "Meeting");
    world.forget_the_past();
    world
}

/// Answers each of our writes as a person: takes back what we set in Teams, goes from the meeting to presenting or the
/// other way round, and sets Connect to *Case work* again.
pub fn answer(world: &mut World) {
    answer_with(world, "Case work");
}

fn answer_with(world: &mut World, status: &str) {
    if world.cloud.ours_preferred(world.now).is_some() {
        world.reset();
        let other = if world.shows() == IN_MEETING { PRESENTING } else { IN_MEETING };
        world.client(other);
    }
    if ["Meeting", "Presenting"].contains(&world.chosen()) {
        world.picks(status);
    }
}

pub fn answered_for(world: &mut World, length: Duration) {
    let end = world.now + length;
    while world.now < end {
        answer(world);
        world.pass(seconds(1));
    }
}

pub fn until_broken(world: &mut World) {
    for _ in 0..600 {
        if world.alarms.is_empty() {
            answered_for(world, seconds(1));
        }
    }
    assert_ne!(world.alarms, [], "{:?} {:?}", world.writes, world.ordered());
}

fn changes(world: &World) -> usize {
    world.written().len() + world.ordered().len()
}

#[test]
fn a_loop_is_broken_and_the_person_notified_once() {
    let mut world = looping();
    answered_for(&mut world, minutes(5));
    let [Effect::Broken { connect, teams }] = world.alarms.as_slice() else { panic!("{:?}", world.alarms) };
    let names: Vec<_> = connect.iter().map(|status| status.name.as_str()).collect();
    assert!(names.contains(&"Meeting") && names.contains(&"Case work"), "{names:?}");
    assert!(teams.contains(&BUSY) && teams.contains(&IN_MEETING), "{teams:?}");
    let Link::Stopped { until: Some(until), why: StopReason::Loop { .. } } = world.link() else {
        panic!("{:?}", world.link())
    };
    assert!(until > world.now && until < world.now + minutes(5));
    assert!(changes(&world) < 12, "{:?} {:?}", world.written(), world.ordered());
}

#[test]
fn while_stopped_nothing_is_written_and_nothing_renewed() {
    let mut world = looping();
    until_broken(&mut world);
    world.forget_the_past();
    answered_for(&mut world, minutes(4));
    assert_eq!(world.writes, []);
    assert_eq!(world.ordered(), []);
    assert!(world.reported().iter().all(|reported| *reported == (Done::NotWritten, Some(Guard::Breaker))));
    assert!(world.reported_of(Side::Connect).len() <= 2, "{:?}", world.reported_of(Side::Connect));
}

#[test]
fn a_stop_has_its_row() {
    let mut world = looping();
    until_broken(&mut world);
    let guards = world.rows.iter().filter(|row| row.guard == Some(Guard::Breaker)).count();
    assert!((1..=2).contains(&guards), "at most one for each side: {guards}");
}

#[test]
fn after_five_minutes_the_sync_continues_and_teams_is_read() {
    let mut world = looping();
    until_broken(&mut world);
    world.forget_the_past();
    world.alarms.clear();
    world.pass(minutes(5) + seconds(20));
    assert!(!matches!(world.link(), Link::Stopped { .. }));
    assert!(world.reads > 0);
    assert!(world.written().len() <= 2 && world.ordered().len() <= 1);
    assert_eq!(world.alarms, []);
}

#[test]
fn a_click_continues_the_sync_at_once() {
    let mut world = looping();
    until_broken(&mut world);
    world.resume();
    world.pass(seconds(20));
    assert!(!matches!(world.link(), Link::Stopped { .. }));
}

#[test]
fn a_stop_outlives_a_restart() {
    let mut world = looping();
    until_broken(&mut world);
    world.restart(false);
    world.forget_the_past();
    world.pass(minutes(2));
    assert!(world.is_stopped_by_loop());
    assert_eq!(world.writes, []);
    world.pass(minutes(4));
    assert!(!world.is_stopped_by_loop());
}

#[test]
fn a_pause_and_a_quit_take_back_what_a_stop_left() {
    let mut world = looping();
    until_broken(&mut world);
    world.picks("Lunch");
    world.pause(None);
    world.pass(seconds(20));
    assert!(world.cloud.has_nothing_of_ours(world.now));
    world.resume();
    world.pass(minutes(1));
    assert_eq!(world.cloud.ours_preferred(world.now), Some(&super::cloud::BE_RIGHT_BACK));

    let mut world = looping();
    until_broken(&mut world);
    world.quit();
    world.pass(seconds(10));
    assert!(world.engine.is_finished());
}

#[test]
fn giving_back_is_never_taken_for_a_loop() {
    let mut world = looping();
    for _ in 0..600 {
        if !world.alarms.is_empty() {
            break;
        }
        answered_for(&mut world, seconds(1));
        let give_up: [Happening; 3] = [World::quit, |world| world.pause(None), |world| world.enable(false)];
        for give_up in give_up {
            let mut world = world.clone();
            let alarms = world.alarms.clone();
            give_up(&mut world);
            world.pass(minutes(1));
            assert_eq!(world.alarms, alarms);
            assert!(world.cloud.has_nothing_of_ours(world.now));
        }
    }
}

#[test]
fn a_loop_as_slow_as_its_holds_is_broken() {
    let mut world = looping();
    world.centre.table = edited(&world.centre.table, |row| row.conditions.hold = Some(minutes(1)));
    world.send(Event::TeamsTable(world.centre.table.clone()));
    world.pass(minutes(1));
    answered_for(&mut world, minutes(10));
    assert!(!world.alarms.is_empty());
}

#[test]
fn a_loop_with_a_person_who_never_gives_in_is_broken_again_and_again_and_writes_stay_few() {
    let mut world = looping();
    answered_for(&mut world, minutes(60));
    // After each alarm the sync stops for 5 min. Before it there are four decisions, of which the two towards Teams
    // take three writes each at most.
    let alarms = world.alarms.len();
    assert!((2..=12).contains(&alarms), "{alarms}");
    assert!(changes(&world) <= 8 * (alarms + 1), "{} by {alarms} alarms", changes(&world));
    assert!(busiest_minute(&world) <= 8, "{}", busiest_minute(&world));
}

#[test]
fn a_contact_between_the_writes_is_no_loop() {
    let mut world = looping();
    for _ in 0..10 {
        answered_for(&mut world, seconds(50));
        world.call(Some(Activity::Connected));
        world.pass(seconds(5));
        world.call(None);
    }
    assert_eq!(world.alarms, []);
}

#[test]
fn something_new_between_the_writes_is_no_loop() {
    let mut world = looping();
    let names =
        ["Case work", "Lunch", "Training", "Errand", "Hidden", "Focus", "Desk", "Paper", "Post", "Tea"];
    for name in names {
        world.reset();
        world.picks(name);
        world.pass(seconds(60));
    }
    assert_eq!(world.alarms, []);
}

#[test]
fn an_agent_who_goes_back_and_forth_on_one_side_is_no_loop() {
    let mut world = settled();
    for _ in 0..15 {
        world.picks("Case work");
        world.pass(seconds(17));
        world.picks("Available");
        world.pass(seconds(17));
    }
    assert_eq!(world.alarms, []);
    assert!(world.written().contains(&Short::NoPreferred));
}

#[test]
fn a_day_of_meetings_is_no_loop() {
    let mut world = settled();
    for _ in 0..12 {
        world.client(IN_MEETING);
        world.pass(minutes(10));
        world.client(AVAILABLE);
        world.pass(minutes(10));
    }
    assert_eq!(world.alarms, []);
    assert_eq!(world.ordered().len(), 24);
}

#[test]
fn a_loop_longer_than_the_window_is_slow_enough_to_continue() {
    let mut world = looping();
    for _ in 0..6 {
        answer(&mut world);
        world.pass(minutes(4));
    }
    assert_eq!(world.alarms, []);
}

#[test]
fn a_loop_over_more_statuses_is_broken_in_its_second_round() {
    let mut world = looping();
    let names = ["Case work", "Training", "Lunch"];
    let mut turn = 0;
    for _ in 0..600 {
        let orders = world.ordered().len();
        answer_with(&mut world, names[turn % names.len()]);
        world.pass(seconds(1));
        turn += world.ordered().len() - orders;
    }
    assert!(!world.alarms.is_empty());
}
