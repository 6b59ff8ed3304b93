//! Unknown is not Offline; writes that fail; reads that lag; restarts.

use std::time::Duration;

use presence::{
    connect::Activity,
    engine::{Link, Pace},
    mapping::ConnectToTeams,
    teams::{PreferredPresence, SessionPresence},
    timeline::{Done, Guard, Side},
};

use super::{
    cloud::{AVAILABLE, BE_RIGHT_BACK, BUSY, DO_NOT_DISTURB, IN_CALL, OFFLINE},
    words::{Short, chosen, minutes, seconds, table, voice},
    world::{Fate, LATENCY, World},
};

#[test]
fn what_two_reads_do_not_show_is_reported_and_not_written_again() {
    let mut world = World::settled(chosen("Offline"));
    world.agent(chosen("Lunch"));
    world.pass_until(|world| world.written().contains(&Short::Preferred(PreferredPresence::BeRightBack)));
    world.pass(LATENCY);
    world.reset();
    let written = world.written();
    world.pass(minutes(10));
    assert_eq!(world.written(), written);
    assert_eq!(world.link(), Link::Masked);
}

#[test]
fn a_forced_sync_reads_at_once_although_the_last_read_failed() {
    let mut world = World::settled(chosen("Offline"));
    world.polls = false;
    world.pass(seconds(1));
    world.reads_fail(true);
    world.sync();
    world.pass(seconds(1));
    world.reads_fail(false);
    let reads = world.reads;
    world.pass(minutes(1));
    assert_eq!(world.reads, reads, "a failed read is waited out");
    world.sync();
    world.pass(seconds(1));
    assert_eq!(world.reads, reads + 1);
}

#[test]
fn nothing_is_written_or_renewed_while_connect_is_unknown() {
    let mut world = World::settled(chosen("Lunch"));
    world.lose_connect();
    world.pass(minutes(30));
    assert_eq!(world.writes, []);
    assert_eq!(world.reported(), [(Done::NotWritten, Some(Guard::Unknown))]);
    assert!(matches!(world.link(), Link::NotInStep { .. }));
    assert_eq!(world.disk.session, None, "what has lapsed is forgotten");
    assert!(world.disk.preferred.is_some());
    world.pass(minutes(40));
    assert_eq!(world.disk.preferred, None);
}

#[test]
fn the_same_state_after_an_outage_is_no_new_one() {
    let mut world = World::settled(chosen("Lunch"));
    world.lose_connect();
    world.pass(minutes(2));
    world.agent(chosen("Lunch"));
    world.pass(seconds(30));
    assert_eq!(world.written(), []);
    assert!(matches!(world.link(), Link::InStep { .. }));
}

#[test]
fn another_state_after_an_outage_waits_its_hold() {
    let mut world = World::settled(chosen("Lunch"));
    world.lose_connect();
    world.pass(minutes(2));
    world.agent(voice(Activity::Connected));
    world.pass(seconds(14));
    assert_eq!(world.written(), []);
    world.pass(seconds(4));
    assert_eq!(world.shows(), IN_CALL);
}

#[test]
fn a_state_lost_in_its_hold_is_not_written() {
    let mut world = World::settled(chosen("Available"));
    world.agent(chosen("Lunch"));
    world.pass(seconds(5));
    world.lose_connect();
    world.pass(minutes(5));
    assert_eq!(world.writes, []);
}

#[test]
fn without_a_reading_nothing_is_written_until_one_comes() {
    let mut world = World::settled(chosen("Available"));
    world.reads_fail(true);
    world.agent(chosen("Lunch"));
    world.pass(minutes(5));
    assert_eq!(world.writes, []);
    assert_eq!(world.reported(), [(Done::NotWritten, Some(Guard::Unknown))]);
    assert!(matches!(world.link(), Link::NotInStep { .. }));
    world.reads_fail(false);
    world.pass(seconds(20));
    assert_eq!(world.shows(), BE_RIGHT_BACK);
}

#[test]
fn a_write_that_did_not_arrive_is_tried_again() {
    let mut world = World::settled(chosen("Available"));
    world.fates = vec![Fate::Refused];
    world.agent(voice(Activity::Connected));
    world.pass(seconds(16));
    assert_eq!(world.reported(), [(Done::Failed, None)]);
    assert_eq!(world.link(), Link::Writing(Side::Teams));
    world.pass(seconds(5));
    assert_eq!(world.shows(), IN_CALL);
    assert_eq!(world.reported(), [(Done::Failed, None), (Done::Written, None), (Done::Confirmed, None)]);
}

#[test]
fn a_preferred_write_that_did_not_arrive_is_tried_again() {
    let mut world = World::settled(chosen("Errand"));
    world.fates = vec![Fate::Refused];
    world.agent(chosen("Lunch"));
    world.pass(seconds(30));
    assert_eq!(world.shows(), BE_RIGHT_BACK);
    let lunch = Short::Preferred(PreferredPresence::BeRightBack);
    assert_eq!(world.written(), [lunch, lunch]);
}

#[test]
fn a_preferred_write_that_arrived_unanswered_is_not_repeated() {
    let mut world = World::settled(chosen("Errand"));
    world.fates = vec![Fate::Unanswered];
    world.agent(chosen("Lunch"));
    world.pass(minutes(2));
    assert_eq!(world.written(), [Short::Preferred(PreferredPresence::BeRightBack)]);
    assert_eq!(world.reported(), [(Done::Failed, None), (Done::Confirmed, None)]);
}

#[test]
fn a_failed_write_that_is_no_longer_wanted_is_taken_back_if_it_arrived() {
    for (fate, expected) in [
        (Fate::Unanswered, vec![Short::NoPreferred, Short::NoSession]),
        (Fate::Refused, vec![Short::NoSession]),
    ] {
        let mut world = World::settled(voice(Activity::Connected));
        world.fates = vec![fate];
        world.agent(chosen("Lunch"));
        world.pass(seconds(16));
        world.forget_the_past();
        world.agent(chosen("Offline"));
        world.pass(minutes(1));
        assert_eq!(world.written(), expected, "{fate:?}");
        assert!(world.cloud.has_nothing_of_ours(world.now));
    }
}

#[test]
fn a_replacement_that_failed_leaves_the_value_before_it_ours() {
    let mut world = World::settled(chosen("Lunch"));
    world.fates = vec![Fate::Refused];
    world.agent(chosen("Training"));
    world.pass(seconds(16));
    world.forget_the_past();
    world.agent(chosen("Offline"));
    world.pass(minutes(1));
    assert_eq!(world.written(), [Short::NoPreferred, Short::NoSession]);
}

#[test]
fn a_failed_take_back_is_tried_again() {
    for fate in [Fate::Refused, Fate::Unanswered] {
        let mut world = World::settled(chosen("Lunch"));
        world.fates = vec![fate, fate];
        world.agent(chosen("Offline"));
        world.pass(minutes(1));
        assert!(world.cloud.has_nothing_of_ours(world.now), "{fate:?}");
        assert_eq!(world.disk, presence::provenance::Provenance::default());
        assert_eq!(world.reported().last(), Some(&(Done::GivenBack, None)));
    }
}

#[test]
fn a_read_that_lags_once_is_not_taken_for_a_persons_choice() {
    let mut world = World::new();
    world.cloud.lags = true;
    world.agent(chosen("Case work"));
    world.pass(minutes(1));
    assert_eq!(world.shows(), BUSY);
    assert!(matches!(world.link(), Link::InStep { .. }));
    world.agent(chosen("Lunch"));
    world.pass(minutes(1));
    assert_eq!(world.shows(), BE_RIGHT_BACK);
    assert!(matches!(world.link(), Link::InStep { .. }));
    assert!(world.reported().iter().all(|(done, _)| matches!(done, Done::Written | Done::Confirmed)));
}

#[test]
fn a_restart_in_the_same_state_writes_nothing() {
    for status in ["Lunch", "Case work", "Hidden"] {
        let mut world = World::settled(chosen(status));
        world.restart(false);
        world.pass(minutes(3));
        assert_eq!(world.writes, [], "{status}");
        assert_eq!(world.reported(), []);
        assert!(matches!(world.link(), Link::InStep { .. }));
    }
}

#[test]
fn a_restart_in_a_call_gives_it_back_when_it_is_over() {
    let mut world = World::settled(voice(Activity::Connected));
    world.restart(false);
    world.pass(minutes(1));
    world.agent(chosen("Whatever"));
    world.pass(seconds(20));
    assert_eq!(world.written(), [Short::NoSession]);
    assert_eq!(world.shows(), AVAILABLE);
}

#[test]
fn a_write_that_a_crash_swallowed_is_repaired() {
    for arrives in [true, false] {
        let mut world = World::settled(chosen("Errand"));
        world.agent(chosen("Lunch"));
        world.pass_until(|world| world.written().contains(&Short::Preferred(PreferredPresence::BeRightBack)));
        world.restart(arrives);
        world.pass(minutes(1));
        assert_eq!(world.shows(), BE_RIGHT_BACK);
        assert_eq!(world.written().len(), if arrives { 1 } else { 2 });
    }
}

#[test]
fn a_restart_long_after_waits_the_hold_again() {
    let mut world = World::settled(chosen("Lunch"));
    world.sleep(minutes(600));
    world.restart(false);
    world.pass(seconds(14));
    assert_eq!(world.written(), []);
    world.pass(seconds(4));
    assert_eq!(world.shows(), BE_RIGHT_BACK);
}

#[test]
fn a_session_lost_in_a_crash_does_not_hide_a_choice() {
    let mut world = World::new();
    world.client(OFFLINE);
    world.fates = vec![Fate::Refused; 2];
    world.agent(chosen("Available"));
    world.pass(seconds(16));
    assert_eq!(world.disk.session.as_ref().map(|own| own.value), Some(SessionPresence::Available));
    world.restart(false);
    world.person(DO_NOT_DISTURB);
    world.agent(chosen("Case work"));
    world.pass(minutes(1));
    assert_eq!(world.shows(), DO_NOT_DISTURB);
    assert_eq!(world.link(), Link::HeldByYou);
}

#[test]
fn a_lost_session_is_written_before_what_it_carries() {
    let mut world = World::new();
    world.person(DO_NOT_DISTURB);
    world.client(OFFLINE);
    world.fates = vec![Fate::Refused];
    world.cloud.lags = true;
    world.agent(chosen("Case work"));
    world.pass(minutes(2));
    let session = Short::Session(SessionPresence::Available);
    assert_eq!(world.written(), [session, session]);
    assert_eq!(world.shows(), DO_NOT_DISTURB);
}

#[test]
fn a_session_that_lapsed_before_it_was_seen_is_written_again() {
    let mut world = World::new();
    world.client(OFFLINE);
    world.agent(chosen("Case work"));
    world.pass_until(|world| !world.writes.is_empty());
    world.sleep(minutes(10));
    world.person(BUSY);
    world.pass(minutes(1));
    assert_eq!(world.shows(), BUSY);
    assert!(matches!(world.link(), Link::InStep { .. }));
}

#[test]
fn a_choice_hidden_while_nobody_is_there_is_seen_before_ours_replaces_ours() {
    let mut world = World::settled(chosen("Case work"));
    world.client(OFFLINE);
    world.sleep(minutes(11));
    world.person(DO_NOT_DISTURB);
    world.agent(chosen("Lunch"));
    world.pass(minutes(2));
    assert_eq!(world.shows(), DO_NOT_DISTURB);
    assert_eq!(world.link(), Link::HeldByYou);
}

#[test]
fn a_choice_hidden_while_nobody_is_there_is_seen_after_a_renewal() {
    let mut world = World::new();
    world.agent(chosen("Available"));
    world.person(DO_NOT_DISTURB);
    world.pass(seconds(30));
    world.agent(chosen("Case work"));
    world.sleep(minutes(11));
    world.client(OFFLINE);
    world.pass(minutes(2));
    assert_eq!(world.shows(), DO_NOT_DISTURB);
    assert_eq!(world.link(), Link::HeldByYou);
}

#[test]
fn a_long_sleep_over_the_end_of_a_hold_ends_it() {
    let mut world = World::settled(voice(Activity::Connected));
    world.agent(chosen("Available"));
    world.sleep(minutes(5));
    world.agent(voice(Activity::Connected));
    world.poll();
    assert_eq!(world.link(), Link::InStep { since: world.now }, "another call than the one before the sleep");
}

#[test]
fn a_value_that_is_set_for_a_contact_again_is_given_back_after_it() {
    let mut world = World::settled(voice(Activity::Connected));
    world.agent(chosen("Case work"));
    world.pass_until(|world| !world.writes.is_empty());
    world.agent(voice(Activity::Connected));
    world.pass(minutes(1));
    world.agent(chosen("Whatever"));
    world.pass(minutes(1));
    assert!(world.cloud.has_nothing_of_ours(world.now));
}

#[test]
fn after_a_long_sleep_what_lapsed_is_decided_again() {
    let mut world = World::settled(chosen("Lunch"));
    world.polls = false;
    world.client(OFFLINE);
    world.sleep(minutes(600));
    assert_eq!(world.shows(), OFFLINE);
    world.sync();
    world.pass(seconds(5));
    assert_eq!(
        world.written(),
        [Short::Session(SessionPresence::Available), Short::Preferred(PreferredPresence::BeRightBack)]
    );
}

/// Teams was closed just before, and the read after the write still gave the state before it.
#[test]
fn a_session_that_a_lagging_read_does_not_show_is_not_written_twice() {
    let at_once = ConnectToTeams::new(true, seconds(0), table().rows().to_vec());
    let mut world = World::with(at_once, Pace::default());
    world.cloud.lags = true;
    world.agent(chosen("Whatever"));
    // The last poll is fresh enough for the first write only.
    world.pass(minutes(2) + Duration::from_millis(4_900));
    world.client(OFFLINE);
    world.agent(chosen("Case work"));
    world.pass(seconds(30));
    assert_eq!(
        world.written(),
        [Short::Session(SessionPresence::Available), Short::Preferred(PreferredPresence::Busy)]
    );
    assert_eq!(world.shows(), BUSY);
}

#[test]
fn a_session_that_never_shows_is_not_written_again_and_again() {
    let mut world = World::new();
    world.client(OFFLINE);
    world.fates = vec![Fate::Ignored; 100];
    world.agent(chosen("Case work"));
    world.pass(minutes(30));
    assert_eq!(
        world.written(),
        [Short::Session(SessionPresence::Available), Short::Preferred(PreferredPresence::Busy)]
    );
}
