//! Several contacts at once, and those that come to nothing.

use super::*;

fn beside(channel: Channel) -> Ring {
    Ring { beside: true, ..ring(channel) }
}

fn stages(agent: &Agent) -> Vec<Stage> {
    agent.contacts().iter().map(|contact| contact.stage).collect()
}

fn id(agent: &Agent, place: usize) -> Option<Uuid> {
    Some(agent.contacts()[place].id)
}

#[test]
fn two_calls_ring_and_each_goes_its_own_way() {
    let mut agent = Agent::new(at(0));
    agent.ring(ring(Channel::Voice), at(1)).unwrap();
    agent.ring(beside(Channel::Voice), at(2)).unwrap();
    let second = id(&agent, 1);
    agent.step(Step::Connect, second, at(3)).unwrap();
    assert_eq!(stages(&agent), [Stage::Ringing, Stage::Connected]);
    agent.step(Step::GiveUp, None, at(4)).unwrap();
    assert_eq!(stages(&agent), [Stage::Missed, Stage::Connected]);
    agent.step(Step::End, None, at(5)).unwrap();
    agent.step(Step::Clear, second, at(6)).unwrap();
    assert_eq!(stages(&agent), [Stage::Missed]);
    assert_eq!(agent.step(Step::Clear, second, at(7)), Err(Refused::UnknownContact));
    assert_eq!(agent.step(Step::Connect, id(&agent, 0), at(7)), Err(Refused::NoContact("ringing")));
}

#[test]
fn the_next_status_comes_when_the_last_contact_is_cleared() {
    let mut agent = on_a_call();
    agent.ring(beside(Channel::Chat), at(3)).unwrap();
    agent.choose(status("Lunch"), at(4)).unwrap();
    agent.step(Step::End, None, at(5)).unwrap();
    agent.step(Step::Clear, None, at(6)).unwrap();
    assert_eq!((agent.chosen().0, agent.next()), (status("Available"), Some(status("Lunch"))));
    agent.step(Step::Reject, None, at(7)).unwrap();
    agent.step(Step::Clear, None, at(8)).unwrap();
    assert_eq!((agent.chosen(), agent.next()), ((status("Lunch"), at(8)), None));
}

#[test]
fn beside_something_written_there_is_room_for_a_call_and_beside_a_call_there_is_none() {
    let mut agent = Agent::new(at(0));
    agent.ring(ring(Channel::Chat), at(1)).unwrap();
    agent.step(Step::Connect, None, at(2)).unwrap();
    agent.dial(number(), Queue::Billing, None, at(3)).unwrap();
    agent.step(Step::Answer, None, at(4)).unwrap();
    assert_eq!(agent.dial(number(), Queue::Billing, None, at(5)), Err(Refused::HasContact));
    agent.step(Step::Hold, None, at(6)).unwrap();
    assert_eq!(stages(&agent), [Stage::Connected, Stage::OnHold], "the chat cannot be held");
    assert_eq!(agent.step(Step::Hold, id(&agent, 0), at(7)), Err(Refused::NotVoice));
}

#[test]
fn a_contact_that_came_to_nothing_refuses_dials_and_statuses_until_it_is_cleared() {
    for step in [Step::Miss, Step::Reject, Step::GiveUp, Step::Fail(AgentError::FailedConnectAgent)] {
        let mut agent = Agent::new(at(0));
        agent.ring(ring(Channel::Voice), at(1)).unwrap();
        agent.step(step, None, at(2)).unwrap();
        assert_eq!(agent.dial(number(), Queue::Billing, None, at(3)), Err(Refused::HasContact), "{step:?}");
        for enqueue in [true, false] {
            assert_eq!(agent.put_state(status("Lunch"), enqueue, at(3)), Err(Refused::Uncleared), "{step:?}");
        }
        assert_eq!((agent.chosen().0, agent.next()), (status("Available"), None));
        agent.step(Step::Clear, None, at(4)).unwrap();
        assert_eq!(agent.chosen(), (status("Available"), at(0)), "the chosen status was there all the time");
        agent.put_state(status("Lunch"), false, at(5)).unwrap();
        agent.dial(number(), Queue::Billing, None, at(6)).unwrap();
    }
}

#[test]
fn a_supervisors_status_waits_for_a_missed_contact_to_be_cleared() {
    let mut agent = Agent::new(at(0));
    agent.ring(ring(Channel::Voice), at(1)).unwrap();
    agent.step(Step::Miss, None, at(2)).unwrap();
    agent.be_put(status("Break"), at(3));
    assert_eq!((agent.chosen().0, agent.next()), (status("Available"), Some(status("Break"))));
    agent.step(Step::Clear, None, at(4)).unwrap();
    assert_eq!(agent.chosen(), (status("Break"), at(4)));
}

#[test]
fn a_transferred_call_is_gone_while_it_rings_and_leaves_work_once_it_was_answered() {
    let mut agent = Agent::new(at(0));
    agent.ring(ring(Channel::Voice), at(1)).unwrap();
    agent.step(Step::TransferAway, None, at(2)).unwrap();
    assert_eq!((stages(&agent), agent.chosen()), (vec![], (status("Available"), at(0))));
    for held in [false, true] {
        let mut agent = on_a_call();
        if held {
            agent.step(Step::Hold, None, at(3)).unwrap();
        }
        agent.step(Step::TransferAway, None, at(4)).unwrap();
        assert_eq!(stages(&agent), [Stage::AfterContactWork]);
    }
}

#[test]
fn a_queued_callback_is_offered_dialled_by_connect_and_answered() {
    let mut agent = Agent::new(at(0));
    let callback = Ring { initiation: Initiation::Callback, ..ring(Channel::Voice) };
    agent.ring(callback.clone(), at(1)).unwrap();
    let offered = contact(&agent).unwrap();
    assert_eq!((offered.stage.state(), offered.dialled.as_deref()), ("incoming", None));
    agent.step(Step::Connect, None, at(2)).unwrap();
    assert_eq!((stages(&agent), agent.deadline()), (vec![Stage::RingingOut], None));
    agent.step(Step::Answer, None, at(3)).unwrap();
    assert_eq!(contact(&agent).unwrap().direction, Direction::Inbound);
    agent.step(Step::End, None, at(4)).unwrap();
    agent.step(Step::Clear, None, at(5)).unwrap();
    agent.ring(callback, at(6)).unwrap();
    agent.step(Step::Miss, None, at(7)).unwrap();
    assert_eq!(stages(&agent), [Stage::Missed]);
}

#[test]
fn a_dial_with_a_fate_fails_by_itself_with_its_error() {
    for error in AgentError::ALL {
        let mut agent = Agent::new(at(0));
        agent.dial(number(), Queue::Billing, Some(error), at(1)).unwrap();
        agent.settle(at(2));
        let dialled = contact(&agent).unwrap();
        assert_eq!((dialled.stage, dialled.error, dialled.since), (Stage::Failed, Some(error), at(2)));
        assert_eq!(agent.deadline(), None);
    }
}

#[test]
fn whatever_is_live_can_fail_and_nothing_that_is_over() {
    let fail = Step::Fail(AgentError::RealtimeCommunicationError);
    let mut agent = on_a_call();
    agent.step(fail, None, at(3)).unwrap();
    assert_eq!(contact(&agent).unwrap().error, Some(AgentError::RealtimeCommunicationError));
    assert_eq!(agent.step(fail, None, at(4)), Err(Refused::NoContact("live")));
}

#[test]
fn an_error_without_a_contact_ends_with_the_choice_of_a_status() {
    let mut agent = Agent::new(at(0));
    agent.set_error(Some(AgentError::MultipleCcpWindows), at(1));
    assert_eq!(agent.error(), Some((AgentError::MultipleCcpWindows, at(1))));
    agent.put_state(status("Available"), false, at(2)).unwrap();
    assert_eq!(agent.error(), None);
}

#[test]
fn the_number_dialled_is_the_queues_own_unless_connect_does_not_say() {
    let dialled = |ring: Ring| Contact::inbound(ring, at(0)).dialled;
    let voice = || ring(Channel::Voice);
    assert_eq!(dialled(voice()).as_deref(), Some(INSTANCE_NUMBER));
    assert_eq!(dialled(Ring { direct: true, ..voice() }).as_deref(), Some(DIRECT_NUMBER));
    let extension = Ring { direct: true, dialled: Some(INSTANCE_NUMBER.to_owned()), ..voice() };
    assert_eq!(dialled(extension).as_deref(), Some(INSTANCE_NUMBER));
    assert_eq!(dialled(Ring { initiation: Initiation::QueueTransfer, ..voice() }), None);
    assert_eq!(dialled(ring(Channel::Chat)), None);
    let named = Contact::inbound(Ring { queue: Some(Queue::Colleagues), direct: true, ..voice() }, at(0));
    assert_eq!(named.queue, Queue::Colleagues);
}
