//! How statuses and contacts move, with the time as a value.

use super::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

fn status(name: &str) -> Status {
    Status::by_name(name).unwrap()
}

fn on_a_call() -> Agent {
    let mut agent = Agent::new(at(0));
    agent.ring(Channel::Voice, "+441632960550".to_owned(), at(1)).unwrap();
    agent.connect(at(2)).unwrap();
    agent
}

#[test]
fn a_status_chosen_on_a_contact_waits_until_the_contact_is_cleared() {
    let mut agent = on_a_call();
    agent.choose(status("lunch"), at(3));
    assert_eq!((agent.chosen().0.name, agent.next().map(|next| next.name)), ("Available", Some("Lunch")));
    agent.end(at(4)).unwrap();
    assert_eq!(agent.contact().unwrap().stage, Stage::AfterContactWork);
    agent.clear(at(5)).unwrap();
    assert_eq!(agent.chosen(), (status("Lunch"), at(5)));
    assert_eq!((agent.next(), agent.contact()), (None, None));
}

#[test]
fn choosing_available_on_a_contact_cancels_the_next_status() {
    let mut agent = on_a_call();
    agent.choose(status("Break"), at(3));
    agent.choose(status("Available"), at(4));
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
    agent.end(at(3)).unwrap();
    agent.choose(status("Training"), at(4));
    assert_eq!((agent.contact(), agent.chosen().0), (None, status("Training")));
}

#[test]
fn hold_keeps_the_contacts_own_start() {
    let mut agent = on_a_call();
    agent.hold(at(10)).unwrap();
    assert_eq!(agent.hold(at(11)), Err(Refused::NoContact("connected")));
    agent.resume(at(20)).unwrap();
    let contact = agent.contact().unwrap();
    assert_eq!((contact.since, contact.line_since), (at(2), at(20)));
}

#[test]
fn one_contact_at_a_time_and_only_when_routable() {
    let mut agent = on_a_call();
    assert_eq!(agent.ring(Channel::Chat, String::new(), at(3)), Err(Refused::HasContact));
    agent.end(at(4)).unwrap();
    assert_eq!(agent.ring(Channel::Chat, String::new(), at(5)), Err(Refused::HasContact));
    agent.clear(at(6)).unwrap();
    agent.choose(status("Lunch"), at(7));
    assert_eq!(agent.ring(Channel::Chat, String::new(), at(8)), Err(Refused::NotRoutable("Lunch")));
}

#[test]
fn a_missed_contact_stays_until_it_is_cleared() {
    let mut agent = Agent::new(at(0));
    agent.ring(Channel::Voice, "+441632960550".to_owned(), at(1)).unwrap();
    agent.miss(at(2)).unwrap();
    assert_eq!(agent.end(at(3)), Err(Refused::NoContact("connected")));
    agent.clear(at(4)).unwrap();
    assert_eq!((agent.contact(), agent.chosen()), (None, (status("Available"), at(0))));
}

#[test]
fn a_new_log_in_ends_the_session_before_it() {
    let mut agent = Agent::new(at(0));
    let first = agent.login();
    assert_ne!(Some(agent.log_in()), first);
    agent.log_out();
    assert_eq!(agent.login(), None);
    assert_eq!(agent.ring(Channel::Voice, String::new(), at(1)), Err(Refused::NotLoggedIn));
}
