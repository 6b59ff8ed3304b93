//! The next status: how what we queued in Connect is kept, replaced and taken back.

use presence::{
    connect::{Activity, AgentSnapshot, Channel, StatusArn},
    mapping::{ConnectTarget, TeamsWhen},
    teams::Availability,
    timeline::{Done, Guard, Side},
};

use super::{
    answering::{next, proposal, settled, settled_with},
    centre::{Lost, Ordered},
    cloud::{AWAY, IN_CALL, IN_MEETING, PRESENTING},
    words::{chosen, contact, edited, minutes},
    world::World,
};

/// A chat is live, and *Meeting* is queued for a meeting in Teams.
fn queued(mut world: World) -> World {
    world.agent(contact(Activity::Connected, Channel::Chat));
    world.pass(minutes(1));
    world.client(IN_MEETING);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [next("Meeting")]);
    world
}

#[test]
fn beside_a_contact_that_is_not_known_a_status_is_only_queued() {
    let mut world = settled();
    world.agent(contact(Activity::Connected, Channel::Other));
    world.client(IN_MEETING);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [next("Meeting")]);
}

#[test]
fn a_next_status_that_was_lost_is_queued_again() {
    let mut world = settled();
    world.centre.fates = vec![Lost::Refused];
    world.agent(contact(Activity::Connected, Channel::Chat));
    world.client(IN_MEETING);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [next("Meeting"), next("Meeting")]);
}

#[test]
fn what_is_taken_back_is_reported_once() {
    let mut world = queued(settled());
    world.forget_the_past();
    world.client(AWAY);
    world.pass(minutes(5));
    assert_eq!(world.ordered(), [Ordered::ClearNext]);
    assert_eq!(world.reported_of(Side::Connect), [(Done::GivenBack, None)]);
}

#[test]
fn another_state_in_teams_queues_its_own_status_instead() {
    let mut world = queued(settled());
    world.client(PRESENTING);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [next("Meeting"), next("Presenting")]);
}

#[test]
fn a_state_with_the_same_status_queues_nothing_more() {
    let mut world = queued(settled());
    world.client(IN_CALL);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [next("Meeting")]);
    assert_eq!(world.reported_of(Side::Connect).last(), Some(&(Done::NotWritten, Some(Guard::Compare))));
}

#[test]
fn a_row_that_asks_for_what_is_chosen_takes_back_what_we_queued() {
    let away = TeamsWhen::badge(Availability::Away);
    let mut world = settled_with(edited(&proposal(), |row| {
        row.conditions.only_while.clear();
        if row.when == away {
            row.target = ConnectTarget::Status(StatusArn::new("arn:Whatever"));
        }
    }));
    let chat = contact(Activity::Connected, Channel::Chat);
    world.agent(AgentSnapshot { contacts: chat.contacts, ..chosen("Whatever") });
    world.pass(minutes(1));
    world.client(PRESENTING);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [next("Presenting")]);
    world.client(AWAY);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [next("Presenting"), Ordered::ClearNext]);
}

#[test]
fn what_was_queued_is_taken_back_when_connect_no_longer_follows() {
    let mut world = queued(settled());
    world.enable_teams(false);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [next("Meeting"), Ordered::ClearNext]);
    assert_eq!(world.disk.next, None);
}

#[test]
fn a_queued_status_that_took_effect_when_connect_no_longer_follows_is_the_agents() {
    let mut world = queued(settled());
    world.call(Some(Activity::AfterContactWork));
    world.enable_teams(false);
    world.pass(minutes(1));
    world.call(None);
    world.pass(minutes(1));
    assert_eq!(world.chosen(), "Meeting");
    assert_eq!((&world.disk.status, &world.disk.next), (&None, &None));
}
