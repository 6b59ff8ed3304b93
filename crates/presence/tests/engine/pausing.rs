//! Pause: what is ours is given back at once, nothing is written, and it continues as after a forced sync.

use presence::{
    connect::Activity,
    engine::{Link, Machine},
    teams::SessionPresence,
    timeline::{Done, Guard, Side},
};

use super::{
    answering::{in_meeting, next, queued, set, settled},
    centre::Lost,
    cloud::{AVAILABLE, BE_RIGHT_BACK, BUSY, DO_NOT_DISTURB, IN_CALL, IN_MEETING, PRESENTING},
    words::{Short, chosen, minutes, seconds, voice},
    world::{Happening, POLL, World},
};

#[test]
fn a_pause_gives_back_at_once_and_renews_nothing() {
    let mut world = World::settled(chosen("Lunch"));
    world.pause(Some(minutes(15)));
    world.pass(seconds(3));
    assert_eq!(world.written(), [Short::NoPreferred, Short::NoSession]);
    assert_eq!(world.shows(), AVAILABLE);
    assert_eq!(world.link(), Link::Paused { until: Some(world.now + minutes(15) - seconds(3)) });
    world.pass(minutes(14));
    assert_eq!(world.writes.len(), 2);
    assert_eq!(world.reported(), [(Done::GivenBack, None)]);
}

#[test]
fn a_pause_ends_by_itself_and_then_both_sides_are_read() {
    let mut world = World::settled(chosen("Lunch"));
    world.pause(Some(minutes(15)));
    world.pass(minutes(14));
    world.forget_the_past();
    world.polls = false;
    world.pass(minutes(1) + seconds(3));
    assert!(world.reads >= 1);
    assert_eq!(world.shows(), BE_RIGHT_BACK);
    assert!(matches!(world.link(), Link::InStep { .. }));
    assert_eq!(world.reported(), [(Done::Written, None), (Done::Confirmed, None)]);
}

#[test]
fn both_sides_are_read_when_the_sync_continues_although_nothing_is_to_be_decided() {
    let ends: [(Happening, Happening); 3] = [
        (|world| world.pause(None), World::resume),
        (|world| world.pause(Some(minutes(10))), |_| {}),
        (|world| world.dry_run(true), |world| world.dry_run(false)),
    ];
    for (begins, ends) in ends {
        let mut world = World::settled(chosen("Offline"));
        begins(&mut world);
        world.pass(minutes(1));
        world.forget_the_past();
        world.polls = false;
        world.pass(minutes(8));
        assert_eq!(world.reads, 0);
        ends(&mut world);
        world.pass(minutes(2));
        assert_eq!(world.reads, 1);
    }
}

#[test]
fn a_question_ends_with_a_pause_or_dry_run() {
    for suspend in [|world: &mut World| world.pause(None), |world: &mut World| world.dry_run(true)] {
        let mut world = in_meeting();
        world.machine(Machine::Idle);
        world.client(AVAILABLE);
        world.pass(minutes(1));
        assert!(world.centre.question.is_some());
        suspend(&mut world);
        assert_eq!(world.centre.question, None);
    }
}

#[test]
fn a_pause_without_an_end_lasts_until_somebody_resumes() {
    let mut world = World::settled(chosen("Case work"));
    world.pause(None);
    world.pass(minutes(24 * 60));
    assert_eq!(world.shows(), AVAILABLE);
    assert_eq!(world.link(), Link::Paused { until: None });
    world.forget_the_past();
    world.resume();
    world.pass(seconds(5));
    assert_eq!(world.shows(), BUSY);
}

#[test]
fn each_state_of_a_pause_has_one_row_with_its_guard() {
    let mut world = World::settled(chosen("Offline"));
    world.pause(None);
    world.pass(minutes(1));
    world.agent(chosen("Lunch"));
    world.pass(minutes(5));
    world.agent(chosen("Case work"));
    world.pass(minutes(5));
    assert_eq!(world.reported(), [(Done::NotWritten, Some(Guard::Pause)); 3]);
    assert_eq!(world.writes, []);
}

#[test]
fn what_lasted_through_the_pause_needs_no_other_hold() {
    let mut world = World::settled(chosen("Offline"));
    world.pause(None);
    world.agent(chosen("Lunch"));
    world.pass(minutes(1));
    world.resume();
    world.pass(seconds(3));
    assert_eq!(world.shows(), BE_RIGHT_BACK);
}

#[test]
fn a_pause_during_a_flight_takes_back_what_arrives() {
    let mut world = World::new();
    world.agent(voice(Activity::Connected));
    world.pass(seconds(15));
    world.pass_until(|world| world.flight.is_some());
    world.pause(Some(minutes(15)));
    world.pass(seconds(3));
    assert_eq!(world.written(), [Short::Session(SessionPresence::InCall), Short::NoSession]);
    assert!(world.cloud.has_nothing_of_ours(world.now));
}

#[test]
fn a_pause_leaves_a_choice_of_the_person_that_replaced_ours() {
    let mut world = World::settled(chosen("Case work"));
    world.pass(seconds(6));
    world.person(DO_NOT_DISTURB);
    world.pause(None);
    world.pass(minutes(1));
    assert_eq!(world.written(), [Short::NoSession]);
    assert_eq!(world.shows(), DO_NOT_DISTURB);
}

#[test]
fn a_teams_state_of_the_pause_is_answered_by_it() {
    let mut world = settled();
    world.pause(Some(minutes(15)));
    world.client(IN_MEETING);
    world.pass(minutes(10));
    assert_eq!(world.reported_of(Side::Connect), [(Done::NotWritten, Some(Guard::Pause))]);
    world.resume();
    world.pass(minutes(5));
    assert_eq!(world.ordered(), []);
    world.client(PRESENTING);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Presenting")], "what is entered after it counts");
}

#[test]
fn a_status_of_ours_is_left_as_it_is_by_a_pause() {
    let mut world = in_meeting();
    world.pause(None);
    world.pass(minutes(2));
    assert_eq!(world.chosen(), "Meeting");
    assert_eq!(world.ordered(), [set("Meeting")]);
    world.resume();
    world.pass(minutes(1));
    world.client(AVAILABLE);
    world.pass(minutes(1));
    assert_eq!(world.chosen(), "Available", "it can still be restored");
}

#[test]
fn our_queued_next_status_is_cancelled_by_a_pause() {
    let mut world = queued();
    world.pause(None);
    world.pass(seconds(5));
    assert_eq!(world.centre.snapshot.next, None);
    world.call(None);
    world.pass(minutes(1));
    assert_eq!(world.chosen(), "Available");
    assert_eq!(world.ordered().len(), 2);
}

#[test]
fn our_queued_next_status_is_cancelled_once_the_contacts_allow_it() {
    let mut world = settled();
    world.call(Some(Activity::Connected));
    world.client(PRESENTING);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [next("Presenting")]);
    world.call(Some(Activity::AfterContactWork));
    world.pause(None);
    world.pass(minutes(1));
    assert_eq!(world.ordered().len(), 1, "not in after-contact work");
    world.call(Some(Activity::Connected));
    world.pass(seconds(5));
    assert_eq!(world.centre.snapshot.next, None);
}

#[test]
fn a_cancellation_that_is_lost_is_tried_again_and_bounded() {
    let mut world = settled();
    world.call(Some(Activity::Connected));
    world.client(PRESENTING);
    world.pass(minutes(1));
    world.centre.fates = vec![Lost::Refused; 3];
    world.pause(None);
    world.pass(minutes(2));
    assert_eq!(world.centre.snapshot.next, None);
    assert_eq!(world.ordered().len(), 5);
}

#[test]
fn what_the_agent_queued_stays_in_a_pause() {
    let mut world = settled();
    world.call(Some(Activity::Connected));
    world.picks("Lunch");
    world.pause(None);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), []);
    assert!(world.centre.snapshot.next.is_some());
}

#[test]
fn a_question_ends_with_a_pause_and_is_not_asked_in_it() {
    let mut world = in_meeting();
    world.machine(Machine::Idle);
    world.client(AVAILABLE);
    world.pass(minutes(1));
    assert!(world.centre.question.is_some());
    world.pause(Some(minutes(15)));
    assert_eq!(world.centre.question, None);
    world.back(true);
    world.pass(minutes(20));
    assert_eq!(world.ordered(), [set("Meeting")]);
    assert_eq!(world.centre.question, None);
}

#[test]
fn a_restart_in_a_pause_stays_paused() {
    let mut world = World::settled(chosen("Lunch"));
    world.pause(Some(minutes(60)));
    world.pass(minutes(5));
    world.restart(false);
    world.pass(minutes(5));
    assert!(matches!(world.link(), Link::Paused { .. }));
    assert_eq!(world.shows(), AVAILABLE);
    world.pass(minutes(51));
    assert_eq!(world.shows(), BE_RIGHT_BACK);
}

#[test]
fn a_crash_at_the_beginning_of_a_pause_gives_back_after_the_start() {
    let mut world = World::settled(chosen("Lunch"));
    world.reads_fail(true);
    world.pass(seconds(6));
    world.pause(None);
    world.pass(minutes(1));
    assert_eq!(world.shows(), BE_RIGHT_BACK, "nothing is cleared without a reading");
    world.restart(false);
    world.reads_fail(false);
    world.pass(minutes(1));
    assert_eq!(world.shows(), AVAILABLE);
    assert!(world.cloud.has_nothing_of_ours(world.now));
}

#[test]
fn a_pause_that_ends_in_sleep_is_over_when_the_machine_wakes() {
    let mut world = World::settled(chosen("Lunch"));
    world.pause(Some(minutes(60)));
    world.pass(minutes(1));
    world.sleep(minutes(180));
    world.pass(seconds(20));
    assert!(matches!(world.link(), Link::InStep { .. }));
    assert_eq!(world.shows(), BE_RIGHT_BACK);
}

#[test]
fn a_pause_that_lasts_beyond_a_sleep_still_writes_nothing() {
    let mut world = World::settled(chosen("Lunch"));
    world.pause(Some(minutes(180)));
    world.pass(minutes(1));
    world.forget_the_past();
    world.sleep(minutes(60));
    world.pass(minutes(10));
    assert_eq!(world.writes, []);
    assert!(matches!(world.link(), Link::Paused { .. }));
}

#[test]
fn resuming_during_a_contact_shows_the_contact() {
    let mut world = World::settled(chosen("Lunch"));
    world.pause(None);
    world.pass(minutes(1));
    world.agent(voice(Activity::Connected));
    world.pass(minutes(1));
    world.forget_the_past();
    world.resume();
    world.pass(seconds(3));
    assert_eq!(world.written(), [Short::Session(SessionPresence::InCall)]);
    assert_eq!(world.shows(), IN_CALL);
}

#[test]
fn resuming_a_sync_that_works_does_nothing() {
    let mut world = World::settled(chosen("Lunch"));
    world.resume();
    world.pass(minutes(1));
    assert_eq!(world.writes, []);
    assert_eq!(world.rows, []);
    assert_eq!(world.reads, 0);
}

#[test]
fn a_second_pause_only_moves_the_end() {
    let mut world = World::settled(chosen("Lunch"));
    world.pause(Some(minutes(15)));
    world.pass(minutes(1));
    world.pause(Some(minutes(60)));
    world.pass(minutes(30));
    assert!(matches!(world.link(), Link::Paused { .. }));
    assert_eq!(world.reported(), [(Done::GivenBack, None)]);
}

#[test]
fn switching_the_way_to_teams_on_in_a_pause_writes_nothing() {
    let mut world = World::settled(chosen("Lunch"));
    world.enable(false);
    world.pass(minutes(1));
    world.forget_the_past();
    world.pause(None);
    world.enable(true);
    world.pass(minutes(2));
    assert_eq!(world.writes, []);
    world.resume();
    world.pass(POLL);
    assert_eq!(world.shows(), BE_RIGHT_BACK);
}

#[test]
fn release_does_nothing_in_a_pause() {
    let mut world = World::settled(chosen("Case work"));
    world.person(BE_RIGHT_BACK);
    world.pass(minutes(1));
    world.pause(None);
    world.pass(minutes(1));
    world.forget_the_past();
    world.release();
    world.pass(minutes(1));
    assert_eq!(world.writes, []);
    assert_eq!(world.shows(), BE_RIGHT_BACK);
}

#[test]
fn quitting_in_a_pause_ends_and_the_pause_is_remembered() {
    let mut world = World::settled(chosen("Case work"));
    world.pause(None);
    world.pass(minutes(1));
    world.quit();
    world.pass(seconds(5));
    assert!(world.engine.is_finished());
    assert!(world.disk.pause.is_some());
}
