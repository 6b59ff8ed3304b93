//! Whether what we wrote to Teams is seen: which readings count, how long we look, and what a restart finds.

use presence::{
    connect::Activity,
    engine::{Event, Link, Pace},
    mapping::{ConnectToTeams, Target},
    teams::{PreferredPresence, Reading, SessionPresence, TeamsState},
    timeline::{Done, Side},
};

use super::{
    cloud::{AVAILABLE, AWAY, BUSY, DO_NOT_DISTURB, IN_MEETING, OFFLINE},
    words::{Short, chosen, edited, minutes, seconds, table, voice},
    world::{Fate, World},
};

const AVAILABLE_SESSION: Short = Short::Session(SessionPresence::Available);

/// The table without a hold.
fn at_once() -> ConnectToTeams {
    ConnectToTeams::new(true, seconds(0), table().rows().to_vec())
}

/// Lets time pass until the write under way, or the next one, is answered.
fn pass_until_answered(world: &mut World) {
    world.pass_until(|world| world.flight.is_some());
    world.pass_until(|world| world.flight.is_none());
}

/// Sends a reading that was asked for shortly before our last write was sent.
fn read_from_before_the_write(world: &mut World, state: TeamsState) {
    let left = world.writes.last().map(|(sent, ..)| *sent - seconds(1) / 20).unwrap();
    world.send(Event::Teams(Reading { state, sequence: None, at: left }));
}

#[test]
fn a_reading_from_before_the_write_confirms_nothing() {
    let mut world = World::new();
    world.client(AWAY);
    world.agent(chosen("Available"));
    pass_until_answered(&mut world);
    assert_eq!(world.written(), [AVAILABLE_SESSION]);
    read_from_before_the_write(&mut world, AVAILABLE);
    assert!(world.reported().iter().all(|(done, _)| *done != Done::Confirmed), "{:?}", world.reported());
    world.pass(seconds(5));
    assert_eq!(world.reported().last(), Some(&(Done::Confirmed, None)));
}

#[test]
fn a_session_in_doubt_is_written_again_although_it_shows() {
    let mut world = World::new();
    world.client(AWAY);
    world.fates = vec![Fate::Unanswered];
    world.agent(chosen("Available"));
    world.pass(minutes(1));
    assert_eq!(world.written(), [AVAILABLE_SESSION; 2]);
}

#[test]
fn a_session_in_doubt_is_written_again_after_what_it_carried_was_taken_back() {
    let mut world = World::with(at_once(), Pace::default());
    world.agent(voice(Activity::Connected));
    world.pass(minutes(1));
    world.fates = vec![Fate::Unanswered, Fate::Refused];
    world.agent(chosen("Case work"));
    world.pass_until(|world| world.fates.is_empty() && world.flight.is_none());
    world.agent(chosen("Available"));
    world.pass(minutes(2));
    assert_eq!(world.shows(), AVAILABLE);
}

#[test]
fn what_was_in_doubt_and_seen_is_replaced_by_a_person_only() {
    let mut world = World::settled(chosen("Errand"));
    world.fates = vec![Fate::Unanswered];
    world.agent(chosen("Lunch"));
    world.pass(minutes(2));
    world.forget_the_past();
    world.person(BUSY);
    world.pass(minutes(2));
    assert_eq!(world.written(), []);
    assert_eq!(world.shows(), BUSY);
}

#[test]
fn what_changes_while_the_write_is_under_way_is_no_answer_to_it() {
    let mut world = World::settled(chosen("Lunch"));
    world.agent(chosen("Available"));
    world.pass(minutes(1));
    world.forget_the_past();
    world.cloud.lags = true;
    world.agent(chosen("Case work"));
    for _ in 0..1200 {
        if world.cloud.preferred(world.now).is_some() {
            break;
        }
        if world.flight.is_some() {
            world.client(IN_MEETING);
        }
        world.pass(seconds(1) / 20);
    }
    world.pass(minutes(1));
    assert_eq!(world.written(), [Short::Preferred(PreferredPresence::Busy)]);
}

#[test]
fn while_the_last_value_is_looked_for_another_one_is_not_reported_as_written() {
    let mut world = World::with(at_once(), Pace::default());
    world.agent(chosen("Errand"));
    world.pass(minutes(1));
    world.forget_the_past();
    world.cloud.lags = true;
    world.polls = false;
    world.agent(chosen("Lunch"));
    pass_until_answered(&mut world);
    let reads = world.reads;
    world.pass_until(|world| world.reads > reads);
    world.agent(chosen("Case work"));
    assert_eq!(world.reported(), [(Done::Written, None)], "the row of Lunch");
    assert_eq!(world.link(), Link::Writing(Side::Teams));
    world.pass(seconds(5));
    assert_eq!(world.shows(), BUSY);
}

#[test]
fn a_session_that_never_shows_is_looked_for_twice() {
    let mut world = World::new();
    world.client(OFFLINE);
    world.fates = vec![Fate::Ignored; 20];
    world.polls = false;
    world.agent(chosen("Case work"));
    pass_until_answered(&mut world);
    world.reads = 0;
    pass_until_answered(&mut world);
    assert_eq!(world.written(), [AVAILABLE_SESSION, Short::Preferred(PreferredPresence::Busy)]);
    assert_eq!(world.reads, 3, "two looks, and one for the decision");
}

#[test]
fn a_reading_that_a_later_one_overtook_no_longer_counts() {
    for has_stamp in [true, false] {
        let mut world = World::with(at_once(), Pace::default());
        world.agent(chosen("Whatever"));
        world.pass(minutes(1));
        world.polls = false;
        let mut reading = world.cloud.read(world.now);
        reading.sequence = reading.sequence.filter(|_| has_stamp);
        for at in [world.now, world.now - minutes(1)] {
            world.send(Event::Teams(Reading { at, ..reading.clone() }));
        }
        world.agent(chosen("Case work"));
        assert!(world.flight.is_some(), "the later one is fresh enough to write");
    }
}

#[test]
fn a_forced_sync_writes_nothing_under_a_persons_choice() {
    let mut world = World::new();
    world.client(AWAY);
    world.agent(chosen("Available"));
    world.pass(minutes(1));
    world.person(DO_NOT_DISTURB);
    world.pass(minutes(1));
    world.forget_the_past();
    world.sync();
    world.pass(seconds(30));
    assert_eq!(world.writes, []);
}

/// A world with a session of ours, and one with a preferred presence of ours.
fn with_ours() -> [World; 2] {
    let mut session = World::new();
    session.client(AWAY);
    session.agent(voice(Activity::Connected));
    let mut preferred = World::new();
    preferred.agent(chosen("Case work"));
    [session, preferred].map(|mut world| {
        world.pass(minutes(1));
        world.forget_the_past();
        world
    })
}

#[test]
fn a_restart_continues_with_what_is_set() {
    for mut world in with_ours() {
        world.restart(true);
        world.pass(seconds(2));
        assert!(matches!(world.link(), Link::InStep { .. }), "{:?}", world.link());
        assert_eq!(world.written(), []);
    }
}

#[test]
fn a_restart_before_the_write_was_seen_continues_too() {
    let mut world = World::settled(chosen("Available"));
    world.agent(voice(Activity::Connected));
    pass_until_answered(&mut world);
    world.restart(true);
    world.pass(seconds(2));
    assert!(matches!(world.link(), Link::InStep { .. }), "{:?}", world.link());
}

#[test]
fn a_restart_with_another_table_begins_a_hold() {
    for target in [Target::DoNotDisturb, Target::Available] {
        for mut world in with_ours() {
            world.table = edited(&table(), |row| row.target = target);
            world.restart(true);
            world.pass(seconds(14));
            assert_eq!(world.written(), [], "{target:?}");
            world.pass(seconds(30));
            assert_ne!(world.written(), [], "{target:?}");
        }
    }
}

#[test]
fn stamps_that_restarted_count_after_five_minutes() {
    let mut world = World::settled(chosen("Case work"));
    let last = Reading { state: BUSY, sequence: Some("99999999".into()), at: world.now };
    world.read = Some((last.at, last.sequence.clone()));
    world.send(Event::Teams(last));
    world.person(DO_NOT_DISTURB);
    world.pass(minutes(4));
    assert_eq!(world.engine.teams(), Some(&BUSY));
    world.pass(minutes(2));
    assert_eq!(world.engine.teams(), Some(&DO_NOT_DISTURB));
}
