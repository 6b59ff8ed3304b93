//! Sequences with a name: situations of a working day in which both sides change.

use presence::{
    connect::{Activity, AgentSnapshot, Channel, Contact, ContactId},
    engine::{Link, Machine},
    teams::SessionPresence,
    timeline::{Done, Guard, Side},
};

use super::{
    answering::{in_meeting, next, set, settled},
    cloud::{AVAILABLE, BUSY, DO_NOT_DISTURB, IN_CALL, IN_MEETING, PRESENTING},
    words::{Short, chosen, minutes, seconds, start},
    world::World,
};

fn with_contacts(contacts: &[(&str, Channel, Activity)]) -> AgentSnapshot {
    let contact = |(id, channel, activity): &(&str, Channel, Activity)| Contact {
        id: ContactId::new(*id),
        channel: *channel,
        activity: *activity,
        since: start(),
    };
    AgentSnapshot { contacts: contacts.iter().map(contact).collect(), ..chosen("Available") }
}

#[test]
fn presenting_hidden_behind_our_own_presence() {
    let mut world = settled();
    world.picks("Case work");
    world.pass(minutes(1));
    assert_eq!(world.shows(), BUSY);
    world.client(PRESENTING);
    world.pass(minutes(3));
    assert_eq!(world.shows(), BUSY, "our preferred presence hides it");
    assert_eq!(world.ordered(), [], "what cannot be read asks for nothing");
    world.picks("Available");
    world.pass(minutes(2));
    assert_eq!(world.shows(), PRESENTING, "the take-back uncovers it");
    assert_eq!(world.ordered(), [], "the agent may have chosen Available after it began: Connect leads");
    assert_eq!(world.reported_of(Side::Connect), [(Done::NotWritten, Some(Guard::Tie))]);
    world.client(AVAILABLE);
    world.pass(minutes(1));
    world.client(PRESENTING);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Presenting")], "entered again, it counts");
}

#[test]
fn hourly_sync_while_teams_holds_us_in_a_status() {
    let mut world = in_meeting();
    world.forget_the_past();
    world.pass(minutes(185));
    assert_eq!(world.ordered(), []);
    assert_eq!(world.written(), []);
    assert_eq!(world.chosen(), "Meeting");
    world.client(AVAILABLE);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Available")]);
}

#[test]
fn restore_while_the_agent_is_away() {
    let mut world = in_meeting();
    world.machine(Machine::Locked);
    world.client(AVAILABLE);
    world.pass(minutes(30));
    assert_eq!(world.chosen(), "Meeting");
    assert!(world.centre.question.is_some());
    assert_eq!(world.reported_of(Side::Connect).last(), Some(&(Done::NotWritten, Some(Guard::Idle))));
}

#[test]
fn one_chat_live_and_one_in_after_contact_work() {
    let mut world = settled();
    let contacts =
        [("c-1", Channel::Chat, Activity::Connected), ("c-2", Channel::Chat, Activity::AfterContactWork)];
    world.agent(with_contacts(&contacts));
    world.client(PRESENTING);
    world.pass(minutes(2));
    assert_eq!(world.ordered(), [], "a next status would clear the one in after-contact work");
    assert_eq!(world.link(), Link::WaitsForContact);
    world.agent(with_contacts(&contacts[..1]));
    world.pass(seconds(5));
    assert_eq!(world.ordered(), [next("Presenting")]);
}

#[test]
fn own_in_a_call_while_the_agent_joins_a_teams_call() {
    let mut world = settled();
    world.call(Some(Activity::Connected));
    world.pass(minutes(1));
    assert_eq!(world.written(), [Short::Session(SessionPresence::InCall)]);
    world.client(IN_CALL);
    world.pass(minutes(3));
    assert_eq!(world.ordered(), [], "it cannot be distinguished from ours");
    assert!(matches!(world.link(), Link::InStep { .. }));
    world.call(None);
    world.pass(minutes(2));
    assert_eq!(world.shows(), IN_CALL, "the call in Teams continues");
    assert_eq!(world.ordered(), [set("Meeting")], "and counts once ours is gone");
}

#[test]
fn missed_chat_during_a_voice_call() {
    let mut world = settled();
    let contacts = [("c-1", Channel::Voice, Activity::Connected), ("c-2", Channel::Chat, Activity::Missed)];
    world.agent(with_contacts(&contacts));
    world.client(PRESENTING);
    world.pass(minutes(2));
    assert_eq!(world.cloud.session(world.now), Some(SessionPresence::InCall), "the live call leads");
    assert_eq!(world.ordered(), [], "nothing is written to Connect beside a missed one");
    world.agent(with_contacts(&contacts[..1]));
    world.pass(seconds(5));
    assert_eq!(world.ordered(), [next("Presenting")]);
}

#[test]
fn do_not_disturb_by_hand_five_seconds_before_a_contact() {
    let mut world = settled();
    world.person(DO_NOT_DISTURB);
    world.pass(seconds(5));
    world.call(Some(Activity::Connected));
    world.pass(minutes(5));
    assert_eq!(world.shows(), DO_NOT_DISTURB);
    assert_eq!(world.written(), [Short::Session(SessionPresence::InCall)], "below the choice");
    assert_eq!(world.link(), Link::Masked);
    world.call(None);
    world.pass(minutes(2));
    assert_eq!(world.shows(), DO_NOT_DISTURB, "and it outlives the contact");
    assert!(!world.written().contains(&Short::NoPreferred));
}

#[test]
fn two_reads_thirty_seconds_apart_around_a_hold() {
    let mut world = settled();
    world.polls = false;
    let read = |world: &mut World| {
        world.polls = true;
        world.next_poll = world.now;
        world.pass(seconds(0));
        world.polls = false;
    };
    read(&mut world);
    world.client(IN_MEETING);
    read(&mut world);
    world.pass(seconds(5));
    world.client(AVAILABLE);
    world.pass(seconds(9));
    assert_eq!(world.ordered(), [], "no reading says that it lasted");
    world.pass(seconds(16));
    assert_eq!(world.ordered(), [], "the hold ended with a read of its own, and it was gone");
    read(&mut world);
    world.client(IN_MEETING);
    read(&mut world);
    world.pass(seconds(30));
    assert_eq!(world.ordered(), [set("Meeting")]);
}
