//! The second writer: somebody else writes to Teams what we would write, as ConnectPath's own integration does.

use presence::{
    connect::Activity,
    engine::{Effect, Link},
    provenance::StopReason,
    teams::TeamsState,
    timeline::{Done, Guard},
};

use super::{
    cloud::{AVAILABLE, AWAY, BE_RIGHT_BACK, BUSY, DO_NOT_DISTURB, IN_MEETING},
    words::{chosen, minutes, seconds, voice},
    world::{Happening, World},
};

/// Another program sets Teams to what the agent's status asks for, two seconds after each change.
fn followed_by(world: &mut World, name: &str, shows: TeamsState) {
    world.agent(chosen(name));
    world.pass(seconds(2));
    world.person(shows);
    world.pass(minutes(10));
    world.reset();
    world.agent(chosen("Offline"));
    world.pass(minutes(2));
}

#[test]
fn a_second_writer_is_noticed_the_third_time_in_an_hour() {
    let mut world = World::settled(chosen("Offline"));
    for _ in 0..2 {
        followed_by(&mut world, "Case work", BUSY);
    }
    assert_eq!(world.alarms, []);
    followed_by(&mut world, "Case work", BUSY);
    assert_eq!(world.alarms, [Effect::SecondWriter]);
    assert_eq!(world.link(), Link::Stopped { until: None, why: StopReason::SecondWriter });
    let reported = world.reported().into_iter().filter(|(_, guard)| *guard == Some(Guard::SecondWriter));
    assert_eq!(reported.count(), 3, "one for each state");
    world.forget_the_past();
    world.agent(chosen("Lunch"));
    world.pass(minutes(24 * 60));
    assert_eq!(world.writes, [], "until somebody resumes");
    assert_eq!(world.reported(), [(Done::NotWritten, Some(Guard::SecondWriter))]);
    world.resume();
    world.pass(minutes(1));
    assert_eq!(world.shows(), BE_RIGHT_BACK);
}

#[test]
fn three_times_in_more_than_an_hour_are_no_second_writer() {
    let mut world = World::settled(chosen("Offline"));
    for _ in 0..4 {
        followed_by(&mut world, "Case work", BUSY);
        world.pass(minutes(30));
    }
    assert_eq!(world.alarms, []);
}

#[test]
fn what_only_a_person_chooses_is_no_second_writer() {
    let mut world = World::settled(chosen("Offline"));
    for _ in 0..5 {
        followed_by(&mut world, "Lunch", BE_RIGHT_BACK);
    }
    assert_eq!(world.alarms, []);
}

#[test]
fn what_teams_makes_by_itself_is_no_second_writer() {
    let mut world = World::settled(chosen("Offline"));
    for _ in 0..5 {
        // Away from the desk; back, and available on both sides.
        world.client(AWAY);
        world.agent(chosen("Lunch"));
        world.pass(minutes(3));
        world.agent(chosen("Available"));
        world.client(AVAILABLE);
        world.pass(minutes(3));
        world.client(IN_MEETING);
        world.agent(voice(Activity::Connected));
        world.pass(minutes(3));
        world.client(AVAILABLE);
        world.agent(chosen("Available"));
        world.pass(minutes(1));
    }
    assert_eq!(world.alarms, []);
}

#[test]
fn an_agent_who_comes_back_to_both_sides_is_no_second_writer() {
    let mut world = World::settled(chosen("Offline"));
    for _ in 0..5 {
        world.client(AWAY);
        world.agent(chosen("Whatever"));
        world.pass(minutes(3));
        world.agent(chosen("Available"));
        world.client(AVAILABLE);
        world.pass(minutes(3));
    }
    assert_eq!(world.alarms, []);
}

#[test]
fn our_own_writes_are_no_second_writer() {
    let mut world = World::settled(chosen("Available"));
    for _ in 0..20 {
        for name in ["Case work", "Errand", "Available", "Training"] {
            world.agent(chosen(name));
            world.pass(seconds(40));
        }
    }
    assert_eq!(world.alarms, []);
}

#[test]
fn a_change_long_before_is_no_reason() {
    let mut world = World::settled(chosen("Offline"));
    for _ in 0..5 {
        world.pause(None);
        world.agent(chosen("Case work"));
        world.pass(minutes(3));
        world.person(BUSY);
        world.resume();
        world.pass(minutes(3));
        world.reset();
        world.agent(chosen("Offline"));
        world.pass(minutes(2));
    }
    assert_eq!(world.alarms, []);
}

#[test]
fn what_followed_before_a_pause_does_not_count_after_it() {
    let mut world = World::settled(chosen("Offline"));
    for _ in 0..2 {
        followed_by(&mut world, "Case work", BUSY);
        followed_by(&mut world, "Case work", BUSY);
        world.pause(None);
        world.resume();
        world.pass(minutes(1));
    }
    assert_eq!(world.alarms, []);
}

#[test]
fn while_nothing_is_written_nobody_is_a_second_writer() {
    let still: [Happening; 2] = [|world| world.pause(None), |world| world.enable(false)];
    for still in still {
        let mut world = World::settled(chosen("Offline"));
        still(&mut world);
        for _ in 0..4 {
            followed_by(&mut world, "Case work", BUSY);
        }
        assert_eq!(world.alarms, []);
    }
}

#[test]
fn what_a_choice_is_changed_to_long_after_is_no_second_writer() {
    let mut world = World::settled(chosen("Offline"));
    for _ in 0..5 {
        world.person(DO_NOT_DISTURB);
        world.pass(minutes(1));
        world.agent(chosen("Case work"));
        world.pass(minutes(4));
        world.person(BUSY);
        world.pass(minutes(2));
        world.reset();
        world.agent(chosen("Offline"));
        world.pass(minutes(1));
    }
    assert_eq!(world.alarms, []);
}

#[test]
fn what_ends_by_itself_as_the_agent_becomes_available_is_no_second_writer() {
    let ends: [(Happening, Happening); 2] = [
        (|world| world.client(IN_MEETING), |world| world.client(AVAILABLE)),
        (|world| world.person(DO_NOT_DISTURB), World::reset),
    ];
    for (begins, ends) in ends {
        let mut world = World::settled(chosen("Offline"));
        for _ in 0..4 {
            begins(&mut world);
            world.pass(minutes(1));
            world.agent(chosen("Available"));
            world.pass(seconds(2));
            ends(&mut world);
            world.pass(minutes(3));
            world.agent(chosen("Offline"));
            world.pass(minutes(1));
        }
        assert_eq!(world.alarms, []);
    }
}

#[test]
fn our_session_that_shows_again_is_no_second_writer() {
    let mut world = World::settled(chosen("Offline"));
    world.client(AWAY);
    for _ in 0..4 {
        world.agent(chosen("Available"));
        world.pass(seconds(30));
        world.client(BUSY);
        world.pass(seconds(15));
        world.client(AWAY);
        world.pass(minutes(1));
        world.agent(chosen("Offline"));
        world.pass(minutes(1));
    }
    assert_eq!(world.alarms, []);
}

#[test]
fn a_second_writer_is_noticed_whatever_it_writes_over() {
    let mut world = World::settled(chosen("Offline"));
    world.client(AWAY);
    for _ in 0..3 {
        followed_by(&mut world, "Case work", BUSY);
    }
    assert_eq!(world.alarms, [Effect::SecondWriter]);
}
