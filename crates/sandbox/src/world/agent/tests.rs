//! How statuses and contacts move, with the time as a value.

use std::collections::BTreeMap;

use super::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

fn status(name: &str) -> Status {
    Statuses::new(Timestamp::UNIX_EPOCH).by_name(name).unwrap()
}

fn ring(channel: Channel) -> Ring {
    Ring { channel, number: "+441632960550".to_owned(), ..Ring::default() }
}

fn number() -> Dialable {
    Dialable::parse("+441632960021").unwrap()
}

fn contact(agent: &Agent) -> Option<&Contact> {
    agent.contacts().first()
}

fn stage(agent: &Agent) -> Option<Stage> {
    contact(agent).map(|contact| contact.stage)
}

/// The other phone rings.
fn calling_out() -> Agent {
    let mut agent = Agent::new(at(0));
    agent.dial(number(), Queue::Billing, None, at(1)).unwrap();
    agent.settle(at(2));
    agent
}

fn on_a_call() -> Agent {
    let mut agent = Agent::new(at(0));
    agent.ring(ring(Channel::Voice), at(1)).unwrap();
    agent.step(Step::Connect, None, at(2)).unwrap();
    agent
}

#[test]
fn a_status_chosen_on_a_contact_waits_until_the_contact_is_cleared() {
    let mut agent = on_a_call();
    agent.choose(status("lunch"), at(3)).unwrap();
    assert_eq!((agent.chosen().0.name, agent.next().map(|next| next.name)), ("Available", Some("Lunch")));
    agent.step(Step::End, None, at(4)).unwrap();
    assert_eq!(contact(&agent).unwrap().stage, Stage::AfterContactWork);
    agent.step(Step::Clear, None, at(5)).unwrap();
    assert_eq!(agent.chosen(), (status("Lunch"), at(5)));
    assert_eq!((agent.next(), contact(&agent)), (None, None));
}

#[test]
fn choosing_available_on_a_contact_cancels_the_next_status() {
    let mut agent = on_a_call();
    agent.choose(status("Break"), at(3)).unwrap();
    agent.choose(status("Available"), at(4)).unwrap();
    assert_eq!(agent.next(), None);
}

#[test]
fn set_state_is_refused_on_a_live_contact_unless_it_may_wait() {
    let mut agent = on_a_call();
    assert_eq!(agent.put_state(status("Lunch"), false, at(3)), Err(Refused::LiveContact));
    agent.put_state(status("Lunch"), true, at(3)).unwrap();
    assert_eq!(agent.next(), Some(status("Lunch")));
}

#[test]
fn choosing_a_status_in_after_contact_work_clears_the_contact_at_once() {
    let mut agent = on_a_call();
    agent.step(Step::End, None, at(3)).unwrap();
    agent.choose(status("Training"), at(4)).unwrap();
    assert_eq!((contact(&agent), agent.chosen().0), (None, status("Training")));
}

#[test]
fn hold_keeps_the_contacts_own_start() {
    let mut agent = on_a_call();
    agent.step(Step::Hold, None, at(10)).unwrap();
    assert_eq!(agent.step(Step::Hold, None, at(11)), Err(Refused::NoContact("connected")));
    agent.step(Step::Resume, None, at(20)).unwrap();
    let contact = contact(&agent).unwrap();
    assert_eq!((contact.since, contact.line_since), (at(2), at(20)));
}

#[test]
fn one_contact_at_a_time_and_only_when_routable() {
    let mut agent = on_a_call();
    assert_eq!(agent.ring(ring(Channel::Chat), at(3)), Err(Refused::HasContact));
    agent.step(Step::End, None, at(4)).unwrap();
    assert_eq!(agent.ring(ring(Channel::Chat), at(5)), Err(Refused::HasContact));
    agent.step(Step::Clear, None, at(6)).unwrap();
    agent.choose(status("Lunch"), at(7)).unwrap();
    assert_eq!(agent.ring(ring(Channel::Chat), at(8)), Err(Refused::NotRoutable("Lunch")));
}

#[test]
fn a_missed_contact_stays_until_it_is_cleared() {
    let mut agent = Agent::new(at(0));
    agent.ring(ring(Channel::Voice), at(1)).unwrap();
    agent.step(Step::Miss, None, at(2)).unwrap();
    assert_eq!(agent.step(Step::End, None, at(3)), Err(Refused::NoContact("connected")));
    agent.step(Step::Clear, None, at(4)).unwrap();
    assert_eq!((contact(&agent), agent.chosen()), (None, (status("Available"), at(0))));
}

#[test]
fn a_new_log_in_ends_the_session_before_it() {
    let mut agent = Agent::new(at(0));
    let first = agent.login();
    assert_ne!(Some(agent.log_in()), first);
    agent.log_out();
    assert_eq!(agent.login(), None);
    assert_eq!(agent.ring(ring(Channel::Voice), at(1)), Err(Refused::NotLoggedIn));
}

#[test]
fn a_dialled_call_rings_by_itself_and_connects_when_it_is_answered() {
    let mut agent = Agent::new(at(0));
    agent.choose(status("Lunch"), at(0)).unwrap();
    agent.dial(number(), Queue::Colleagues, None, at(1)).unwrap();
    assert_eq!((stage(&agent), agent.deadline()), (Some(Stage::Dialling), Some(at(2))));
    let revision = agent.revision();
    agent.settle(at(1));
    assert_eq!((stage(&agent), agent.revision()), (Some(Stage::Dialling), revision));
    agent.settle(at(9));
    assert_eq!((stage(&agent), agent.deadline()), (Some(Stage::RingingOut), None));
    let dialled = contact(&agent).unwrap().clone();
    assert_eq!((dialled.since, dialled.line_since), (at(1), at(2)), "the contact itself has not changed");
    assert_eq!(
        (dialled.direction, dialled.queue, dialled.number.as_str()),
        (Direction::Outbound, Queue::Colleagues, "+441632960021")
    );
    agent.step(Step::Answer, None, at(10)).unwrap();
    assert_eq!((stage(&agent), contact(&agent).unwrap().since), (Some(Stage::Connected), at(10)));
    assert_eq!(agent.chosen().0, status("Lunch"));
}

#[test]
fn a_dialled_call_that_nobody_takes_ends_in_after_contact_work() {
    for why in [Unanswered::NoAnswer, Unanswered::Busy] {
        let mut agent = calling_out();
        agent.step(Step::Leave(why), None, at(20)).unwrap();
        assert_eq!(stage(&agent), Some(Stage::AfterContactWork));
        assert_eq!(contact(&agent).unwrap().unanswered, Some(why));
        agent.step(Step::Clear, None, at(21)).unwrap();
        assert_eq!(contact(&agent), None);
    }
    let mut agent = calling_out();
    agent.step(Step::End, None, at(3)).unwrap();
    assert_eq!(contact(&agent).unwrap().unanswered, None, "the agent gave up");
}

#[test]
fn a_dialled_call_without_sound_fails_and_has_to_be_cleared() {
    let mut agent = calling_out();
    agent.lose_sound(at(3)).unwrap();
    assert_eq!(stage(&agent), Some(Stage::Failed));
    assert_eq!(agent.dial(number(), Queue::Billing, None, at(4)), Err(Refused::HasContact));
    agent.step(Step::Clear, None, at(5)).unwrap();
    agent.dial(number(), Queue::Billing, None, at(6)).unwrap();
}

#[test]
fn only_an_agent_who_may_and_is_free_dials() {
    let mut agent = on_a_call();
    assert_eq!(agent.dial(number(), Queue::Billing, None, at(3)), Err(Refused::HasContact));
    let mut agent = Agent::new(at(0));
    agent.set_may_dial(false);
    assert_eq!(agent.dial(number(), Queue::Billing, None, at(1)), Err(Refused::MayNotDial));
    agent.set_may_dial(true);
    agent.log_out();
    assert_eq!(agent.dial(number(), Queue::Billing, None, at(2)), Err(Refused::NotLoggedIn));
}

#[test]
fn only_a_dialled_call_is_answered_by_the_other_side() {
    let mut agent = Agent::new(at(0));
    agent.ring(ring(Channel::Voice), at(1)).unwrap();
    assert_eq!(agent.step(Step::Answer, None, at(2)), Err(Refused::NoContact("dialled")));
    assert_eq!(agent.step(Step::Leave(Unanswered::Busy), None, at(2)), Err(Refused::NoContact("dialled")));
    assert_eq!(agent.lose_sound(at(2)), Err(Refused::NoContact("dialled")));
    assert_eq!(calling_out().step(Step::Connect, None, at(3)), Err(Refused::NoContact("ringing")));
}

#[test]
fn only_e164_numbers_of_known_countries_can_be_dialled() {
    for good in ["+441632960021", "+14255550123", "+493023125021", "+353123456"] {
        assert!(Dialable::parse(good).is_ok(), "{good}");
    }
    for bad in [
        "",
        "+",
        "01632960021",
        "441632960021",
        "+0441632960021",
        "+44 1632 960021",
        "+44163",
        "+4412345678901234",
        "+33123456789",
        "+441632960021;ext=1",
        "+４４１６３２９６００２１",
    ] {
        assert_eq!(Dialable::parse(bad), Err(Refused::BadNumber), "{bad}");
    }
}

#[test]
fn a_status_queued_while_dialling_takes_effect_when_the_call_is_cleared() {
    let mut agent = calling_out();
    assert_eq!(agent.put_state(status("Lunch"), false, at(3)), Err(Refused::LiveContact));
    agent.put_state(status("Lunch"), true, at(3)).unwrap();
    agent.put_state(status("Available"), true, at(4)).unwrap();
    assert_eq!(agent.next(), None, "choosing the routable status cancels the next one");
    agent.put_state(status("Training"), true, at(5)).unwrap();
    agent.step(Step::Leave(Unanswered::NoAnswer), None, at(6)).unwrap();
    assert_eq!((agent.chosen().0, agent.next()), (status("Available"), Some(status("Training"))));
    agent.step(Step::Clear, None, at(7)).unwrap();
    assert_eq!(agent.chosen(), (status("Training"), at(7)));
}

#[test]
fn a_rejected_call_is_missed_and_a_rejected_chat_is_rejected() {
    for (channel, wanted) in [(Channel::Voice, Stage::Missed), (Channel::Chat, Stage::Rejected)] {
        let mut agent = Agent::new(at(0));
        agent.ring(ring(channel), at(1)).unwrap();
        agent.step(Step::Reject, None, at(2)).unwrap();
        assert_eq!(stage(&agent), Some(wanted));
        agent.step(Step::Clear, None, at(3)).unwrap();
    }
}

#[test]
fn a_direct_call_comes_over_the_agents_own_queue() {
    let mut agent = Agent::new(at(0));
    let attributes = BTreeMap::from([("callerName".to_owned(), "Grace Holloway".to_owned())]);
    agent.ring(Ring { direct: true, attributes: attributes.clone(), ..ring(Channel::Voice) }, at(1)).unwrap();
    let contact = contact(&agent).unwrap();
    assert_eq!((contact.queue, contact.queue.name(), &contact.attributes), (Queue::Agent, None, &attributes));
}

#[test]
fn digits_go_to_a_connected_call_only() {
    let mut agent = calling_out();
    assert_eq!(agent.send_digits("12", None), Err(Refused::NoContact("connected")));
    agent.step(Step::Answer, None, at(3)).unwrap();
    for bad in ["", "12a", "+12", "1 2"] {
        assert_eq!(agent.send_digits(bad, None), Err(Refused::BadDigits), "{bad}");
    }
    agent.send_digits(",,40", None).unwrap();
    agent.send_digits("21#", None).unwrap();
    assert_eq!(contact(&agent).unwrap().digits, ",,4021#");
}

mod several;
