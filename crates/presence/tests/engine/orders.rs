//! Writes to Connect and what prevents them: contacts, an agent who is away, orders that are stale or lost.

use presence::{
    connect::Activity,
    engine::{Link, Machine},
    timeline::{Done, Guard, Side},
};

use super::{
    answering::{in_meeting, next, proposal, queued, set, settled, settled_with},
    centre::Lost,
    cloud::{AVAILABLE, AWAY, BUSY, IN_MEETING, PRESENTING},
    words::{edited, minutes, seconds},
};

#[test]
fn a_live_contact_gets_a_next_status_and_connect_applies_it() {
    let mut world = queued();
    assert_eq!(world.chosen(), "Available");
    world.call(Some(Activity::AfterContactWork));
    world.pass(minutes(1));
    world.call(None);
    world.pass(minutes(1));
    assert_eq!(world.chosen(), "Presenting");
    assert_eq!(world.ordered().len(), 1);
    assert_eq!(world.shows(), PRESENTING, "what was shown for the contact is given back");
    world.client(AVAILABLE);
    world.pass(minutes(1));
    assert_eq!(world.chosen(), "Available");
}

#[test]
fn our_next_status_is_cancelled_when_its_reason_has_ended() {
    let mut world = queued();
    world.client(AWAY);
    world.pass(minutes(2));
    assert_eq!(world.chosen(), "Available");
    assert_eq!(world.centre.snapshot.next, None);
    let cancelled = world.ordered();
    world.call(None);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), cancelled);
    assert_eq!(world.chosen(), "Available");
}

#[test]
fn what_the_agent_queued_is_left_alone() {
    let mut world = settled();
    world.call(Some(Activity::Connected));
    world.picks("Lunch");
    world.pass(minutes(1));
    world.client(PRESENTING);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), []);
    assert_eq!(world.reported_of(Side::Connect), [(Done::NotWritten, Some(Guard::PersonFirst))]);
    world.call(None);
    world.pass(minutes(1));
    assert_eq!(world.chosen(), "Lunch");
}

#[test]
fn any_contact_that_is_not_live_is_waited_for() {
    for activity in [
        Activity::AfterContactWork,
        Activity::Missed,
        Activity::Rejected,
        Activity::Error,
        Activity::Incoming,
        Activity::CallbackOffered,
    ] {
        let mut world = settled();
        world.call(Some(activity));
        world.pass(minutes(1));
        world.client(PRESENTING);
        world.pass(minutes(2));
        assert_eq!(world.ordered(), [], "{activity:?}");
        assert_eq!(world.link(), Link::WaitsForContact);
        assert_eq!(world.reported_of(Side::Connect), [(Done::NotWritten, Some(Guard::Contact))]);
        world.call(None);
        world.pass(seconds(2));
        assert_eq!(world.ordered(), [set("Presenting")], "{activity:?}");
        assert_ne!(world.link(), Link::WaitsForContact);
    }
}

#[test]
fn a_wait_ends_without_a_write_when_the_teams_state_is_over() {
    let mut world = settled();
    world.call(Some(Activity::AfterContactWork));
    world.pass(minutes(1));
    world.client(PRESENTING);
    world.pass(minutes(1));
    world.client(AVAILABLE);
    world.pass(minutes(1));
    world.call(None);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), []);
}

#[test]
fn nobody_is_made_routable_without_being_asked() {
    for machine in [Machine::Idle, Machine::Locked, Machine::Unknown] {
        let mut world = in_meeting();
        world.machine(machine);
        world.client(AVAILABLE);
        world.pass(minutes(1));
        assert_eq!(world.ordered().len(), 1);
        assert_eq!(world.centre.question.as_ref().map(|status| status.name.as_str()), Some("Available"));
        world.machine(Machine::Active);
        world.pass(minutes(1));
        assert_eq!(world.ordered().len(), 1, "the question is kept until it is answered");
        world.back(true);
        world.pass(minutes(1));
        assert_eq!(world.ordered(), [set("Meeting"), set("Available")]);
        assert_eq!(world.centre.question, None);
    }
}

#[test]
fn a_status_of_ours_that_does_not_show_is_forgotten_after_five_seconds() {
    let mut world = in_meeting();
    world.polls = false;
    world.picks("Whatever");
    world.pass(seconds(6));
    assert_eq!(world.disk.status, None);
}

#[test]
fn the_agent_is_asked_once() {
    let mut world = in_meeting();
    world.machine(Machine::Idle);
    world.client(AVAILABLE);
    world.pass(minutes(30));
    let asked = world.log.iter().filter(|line| line.contains("> AskBack")).count();
    assert_eq!(asked, 1);
}

#[test]
fn consent_given_before_a_contact_does_not_count_after_it() {
    let mut world = in_meeting();
    world.machine(Machine::Idle);
    world.client(AVAILABLE);
    world.pass(minutes(1));
    world.polls = false;
    world.pass(minutes(5));
    world.back(true);
    world.call(Some(Activity::AfterContactWork));
    world.pass(seconds(5));
    world.call(None);
    world.pass(seconds(5));
    assert_eq!(world.ordered(), [set("Meeting")]);
    assert!(world.centre.question.is_some(), "asked again");
}

#[test]
fn what_waited_is_written_only_if_teams_still_shows_its_reason() {
    let mut world = settled();
    world.call(Some(Activity::AfterContactWork));
    world.client(PRESENTING);
    world.pass(minutes(1));
    assert_eq!(world.link(), Link::WaitsForContact);
    world.polls = false;
    world.client(AVAILABLE);
    world.pass(minutes(5));
    world.call(None);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), []);
}

#[test]
fn not_yet_leaves_the_status_as_it_is() {
    let mut world = in_meeting();
    world.machine(Machine::Idle);
    world.client(AVAILABLE);
    world.pass(minutes(1));
    world.back(false);
    world.pass(minutes(10));
    assert_eq!(world.ordered(), [set("Meeting")]);
    assert_eq!(world.centre.question, None);
}

#[test]
fn the_question_ends_with_its_reason() {
    let mut world = in_meeting();
    world.machine(Machine::Idle);
    world.client(AVAILABLE);
    world.pass(minutes(1));
    assert!(world.centre.question.is_some());
    world.picks("Lunch");
    world.pass(seconds(5));
    assert_eq!(world.centre.question, None);
    world.back(true);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Meeting")]);
}

#[test]
fn a_contact_between_decision_and_write_makes_it_stale() {
    let mut world = settled();
    world.client(IN_MEETING);
    world.pass_until(|world| !world.ordered().is_empty());
    world.call(Some(Activity::Connected));
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Meeting"), next("Meeting")]);
    assert_eq!(world.chosen(), "Available");
    assert_eq!(world.reported_of(Side::Connect), [(Done::Written, None), (Done::Confirmed, None)]);
}

#[test]
fn a_call_that_ends_between_decision_and_write_is_decided_again() {
    let mut world = settled();
    world.call(Some(Activity::Connected));
    world.pass(minutes(1));
    world.client(PRESENTING);
    world.pass_until(|world| !world.ordered().is_empty());
    world.call(None);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [next("Presenting"), set("Presenting")]);
}

#[test]
fn an_order_that_fails_is_given_again() {
    let mut world = settled();
    world.centre.fates = vec![Lost::Refused];
    world.client(IN_MEETING);
    world.pass(minutes(2));
    assert_eq!(world.ordered(), [set("Meeting"), set("Meeting")]);
    assert_eq!(world.chosen(), "Meeting");
}

#[test]
fn a_lost_order_is_tried_again_after_two_seconds_by_itself() {
    let mut world = settled();
    world.centre.fates = vec![Lost::Refused];
    world.client(IN_MEETING);
    world.pass_until(|world| !world.ordered().is_empty());
    world.polls = false;
    world.pass(seconds(2));
    assert_eq!(world.ordered(), [set("Meeting")]);
    world.pass(seconds(1));
    assert_eq!(world.ordered(), [set("Meeting"), set("Meeting")]);
}

#[test]
fn an_order_that_was_carried_out_and_does_not_show_is_reported_after_five_seconds() {
    let mut world = settled();
    world.centre.fates = vec![Lost::Ignored];
    world.client(IN_MEETING);
    world.pass_until(|world| !world.reported_of(Side::Connect).is_empty());
    world.pass(seconds(4));
    assert_eq!(world.reported_of(Side::Connect), [(Done::Written, None)]);
    world.pass(seconds(2));
    assert_eq!(world.reported_of(Side::Connect), [(Done::Written, None), (Done::Failed, None)]);
}

#[test]
fn an_order_that_keeps_failing_is_given_four_times() {
    for lost in [Lost::Refused, Lost::Stale] {
        let mut world = settled();
        world.centre.fates = vec![lost; 20];
        world.client(IN_MEETING);
        world.pass(minutes(30));
        assert_eq!(world.ordered().len(), 4, "{lost:?}");
    }
}

#[test]
fn an_order_that_arrived_without_an_answer_is_ours() {
    let mut world = settled();
    world.centre.fates = vec![Lost::Unanswered];
    world.client(IN_MEETING);
    world.pass(minutes(2));
    assert_eq!(world.ordered(), [set("Meeting")]);
    world.client(AVAILABLE);
    world.pass(minutes(1));
    assert_eq!(world.chosen(), "Available");
}

#[test]
fn what_the_agent_takes_back_is_not_queued_again() {
    let mut world = settled();
    world.centre.fates = vec![Lost::Unanswered];
    world.call(Some(Activity::Connected));
    world.client(PRESENTING);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [next("Presenting")]);
    world.picks("Available");
    world.pass(minutes(5));
    assert_eq!(world.ordered(), [next("Presenting")]);
}

#[test]
fn what_the_agent_chose_in_the_same_moment_is_not_ours() {
    let mut world = settled();
    world.client(IN_MEETING);
    world.pass_until(|world| !world.ordered().is_empty());
    world.picks("Meeting");
    world.pass(minutes(1));
    assert_eq!(world.shows(), BUSY, "Teams follows what the agent chose");
    assert_eq!(world.disk.status, None);
}

#[test]
fn a_status_that_was_ours_and_is_chosen_by_the_agent_is_theirs() {
    let mut world = settled_with(edited(&proposal(), |row| row.conditions.only_while.clear()));
    for state in [IN_MEETING, PRESENTING] {
        world.client(state);
        world.pass(minutes(1));
    }
    assert_eq!(world.ordered(), [set("Meeting"), set("Presenting")]);
    world.picks("Meeting");
    world.pass(minutes(1));
    world.client(AVAILABLE);
    world.pass(minutes(5));
    assert_eq!(world.chosen(), "Meeting");
}

#[test]
fn a_yes_counts_for_a_minute() {
    let mut world = in_meeting();
    world.machine(Machine::Idle);
    world.client(AVAILABLE);
    world.pass(minutes(1));
    world.reads_fail(true);
    world.pass(minutes(1));
    world.back(true);
    world.pass(minutes(2));
    world.reads_fail(false);
    world.pass(minutes(5));
    assert_eq!(world.ordered(), [set("Meeting")]);
    assert!(world.centre.question.is_some(), "it is asked again");
}
