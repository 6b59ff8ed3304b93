use presence::teams::Availability;

use super::*;
use crate::fixture::at;

fn own() -> OwnPresenceReader {
    OwnPresenceReader::new(engine::Pace::default(), 7)
}

fn failed(next: NextRequest) -> OwnIn {
    OwnIn::Failed { next, slowed: false }
}

/// Seconds until the deadline.
fn due_in(own: &OwnPresenceReader, now: i64) -> f64 {
    own.deadline().unwrap().duration_since(at(now)).as_secs_f64()
}

fn reading(availability: Availability, seconds: i64) -> Reading {
    Reading { state: TeamsState::plain(availability), sequence: None, at: at(seconds) }
}

fn available(seconds: i64) -> OwnIn {
    OwnIn::Read(reading(Availability::Available, seconds))
}

const LOST: OwnOut = OwnOut::Engine(Event::TeamsLost);

#[test]
fn a_login_is_followed_by_one_reading() {
    let mut own = own();
    assert_eq!(own.on(OwnIn::SignedIn, at(0)), [OwnOut::Read, OwnOut::ReadProfile]);
    let out = own.on(available(0), at(1));
    assert_eq!(out, [OwnOut::Engine(Event::Teams(reading(Availability::Available, 0)))]);
    let due = own.deadline().unwrap();
    assert_eq!(own.on(OwnIn::Due, due - SignedDuration::from_millis(1)), []);
    assert_eq!(own.on(OwnIn::Due, due), [OwnOut::Read]);
    assert_eq!(own.deadline(), None, "one read at a time");
}

#[test]
fn a_login_after_which_the_engine_asks_too_is_followed_by_one_reading() {
    let mut own = own();
    assert_eq!(own.on(OwnIn::ReadNow, at(0)), [OwnOut::Read]);
    assert_eq!(own.on(OwnIn::SignedIn, at(0)), [OwnOut::ReadProfile]);
    let out = own.on(available(0), at(1));
    assert!(!out.contains(&OwnOut::Read), "{out:?}");
}

#[test]
fn a_reading_that_something_depends_on_follows_the_one_on_its_way() {
    let mut own = own();
    assert_eq!(own.on(OwnIn::ReadNow, at(0)), [OwnOut::Read]);
    assert_eq!(own.on(OwnIn::ReadNow, at(1)), []);
    assert_eq!(own.on(OwnIn::ReadNow, at(1)), []);
    let out = own.on(available(0), at(2));
    assert_eq!(out.last(), Some(&OwnOut::Read), "{out:?}");
    let out = own.on(available(2), at(3));
    assert!(!out.contains(&OwnOut::Read), "{out:?}");
}

#[test]
fn a_reading_that_is_needed_soon_is_the_one_on_its_way() {
    let mut own = own();
    assert_eq!(own.on(OwnIn::ReadSoon, at(0)), [OwnOut::Read]);
    assert_eq!(own.on(OwnIn::ReadSoon, at(1)), []);
    let out = own.on(available(0), at(2));
    assert!(!out.contains(&OwnOut::Read), "{out:?}");
}

#[test]
fn a_token_that_is_tried_once_more_loses_nothing() {
    let mut own = own();
    own.on(OwnIn::SignedIn, at(0));
    own.on(available(0), at(0));
    own.on(OwnIn::ReadNow, at(12));
    assert_eq!(own.on(failed(NextRequest::OnceMore(at(13))), at(12)), []);
    assert_eq!(own.current(), Some((&TeamsState::plain(Availability::Available), None)));
    assert_eq!(own.deadline(), Some(at(13)));
    assert_eq!(own.on(OwnIn::Due, at(13)), [OwnOut::Read]);
    own.on(available(13), at(13));
    assert!(own.current().is_some());
}

#[test]
fn a_read_that_may_not_leave_is_asked_for_again_at_its_time() {
    let mut own = own();
    own.on(OwnIn::ReadNow, at(0));
    assert_eq!(own.on(OwnIn::Held(at(900)), at(0)), []);
    assert_eq!(own.deadline(), Some(at(900)));
    assert_eq!(own.on(OwnIn::ReadNow, at(5)), [OwnOut::Read], "the gate may have opened");
    own.on(OwnIn::Held(at(900)), at(5));
    assert_eq!(own.on(OwnIn::Due, at(900)), [OwnOut::Read]);
}

/// One slow poll is no failure that anybody has to see: the last state stays, with its age.
#[test]
fn a_state_that_cannot_be_read_again_is_known_for_two_minutes() {
    let mut own = own();
    own.on(available(0), at(0));
    own.on(OwnIn::ReadNow, at(12));
    assert_eq!(own.on(OwnIn::Held(at(30)), at(12)), []);
    own.on(OwnIn::Due, at(30));
    assert_eq!(own.on(failed(NextRequest::Wait(at(900))), at(31)), []);
    assert_eq!((own.current().is_some(), own.last_read()), (true, Some(at(0))));
    assert_eq!(own.deadline(), Some(at(120)), "not the fifteen minutes that Graph asked for");
    assert_eq!(own.on(OwnIn::Due, at(119)), []);
    assert_eq!(own.on(OwnIn::Due, at(120)), [LOST]);
    assert_eq!((own.current(), own.last_read()), (None, Some(at(0))));
    own.on(OwnIn::ReadNow, at(140));
    assert_eq!(own.on(OwnIn::Held(at(900)), at(140)), [], "it is lost once");
    own.on(OwnIn::Due, at(900));
    own.on(available(900), at(900));
    assert!(own.current().is_some());
}

#[test]
fn a_change_that_something_depends_on_is_read_soon() {
    let mut own = own();
    own.on(available(0), at(0));
    assert!((48.0..=72.0).contains(&due_in(&own, 0)), "nothing depends on it");
    assert_eq!(own.on(OwnIn::Needs(Need::Near), at(20)), [], "the engine knows how often that is");
    assert_eq!(own.deadline(), Some(at(20)), "somebody looks");
    assert_eq!(own.on(OwnIn::Due, at(20)), [OwnOut::Read]);
    own.on(available(20), at(20));
    assert!((10.0..=15.0).contains(&due_in(&own, 20)));
    own.on(OwnIn::Needs(Need::Far), at(21));
    own.on(OwnIn::Needs(Need::Near), at(22));
    assert_eq!(own.deadline(), Some(at(25)), "it was read two seconds ago");
}

#[test]
fn a_nearer_need_does_not_shorten_a_wait_that_graph_asked_for() {
    let mut own = own();
    own.on(available(0), at(0));
    own.on(OwnIn::ReadNow, at(10));
    let slower = OwnOut::Engine(Event::Polls(Duration::from_secs(30)));
    assert_eq!(own.on(OwnIn::Failed { next: NextRequest::Wait(at(40)), slowed: true }, at(10)), [slower]);
    own.on(OwnIn::Needs(Need::Near), at(11));
    assert_eq!(own.deadline(), Some(at(40)));
    own.on(OwnIn::Due, at(40));
    own.on(available(40), at(40));
    assert!(due_in(&own, 40) > 15.0, "less often than before");
}

#[test]
fn nothing_is_read_while_nobody_is_signed_in() {
    let mut own = own();
    own.on(OwnIn::ReadNow, at(0));
    assert_eq!(own.on(OwnIn::SignedOut, at(0)), [LOST]);
    assert_eq!(own.deadline(), None);
    assert_eq!(own.on(OwnIn::SignedIn, at(60)), [OwnOut::Read, OwnOut::ReadProfile]);
}

#[test]
fn what_was_read_of_somebody_else_is_forgotten_and_read_again() {
    let mut own = own();
    own.on(OwnIn::SignedIn, at(0));
    own.on(available(0), at(0));
    assert_eq!(own.on(OwnIn::AnotherPerson, at(6)), [OwnOut::Read]);
    assert_eq!((own.current(), own.last_read()), (None, None));
    own.on(available(6), at(6));
    own.on(OwnIn::ReadNow, at(18));
    assert_eq!(own.on(OwnIn::AnotherPerson, at(19)), [], "one at a time");
    assert_eq!(own.on(OwnIn::Outdated, at(20)), [OwnOut::Read], "the answer was about the former person");
}

#[test]
fn the_profile_is_asked_for_again_until_it_is_known() {
    let mut own = own();
    own.on(OwnIn::SignedIn, at(0));
    own.on(OwnIn::NoProfile(at(30)), at(0));
    own.on(OwnIn::Held(at(900)), at(0));
    assert_eq!(own.deadline(), Some(at(30)));
    assert_eq!(own.on(OwnIn::Due, at(30)), [OwnOut::ReadProfile]);
    assert_eq!(own.deadline(), Some(at(900)));
}

#[test]
fn since_counts_from_the_change_that_was_seen() {
    let mut own = own();
    own.on(available(0), at(0));
    assert_eq!(own.current().and_then(|(_, since)| since), None, "it may have been so for long");
    own.on(OwnIn::Read(reading(Availability::Busy, 12)), at(12));
    own.on(OwnIn::Read(reading(Availability::Busy, 24)), at(24));
    assert_eq!(own.current().and_then(|(_, since)| since), Some(at(12)));
    own.redate(SignedDuration::from_secs(100));
    assert_eq!(own.current().and_then(|(_, since)| since), Some(at(112)));
}

#[test]
fn a_restart_keeps_the_pace_that_graph_asked_for_and_no_state() {
    let mut former = own();
    former.on(available(0), at(0));
    for seconds in 1..4 {
        former.on(OwnIn::Failed { next: NextRequest::Wait(at(seconds)), slowed: true }, at(seconds));
    }
    let mut own = own();
    own.continue_from(former);
    assert_eq!((own.current(), own.last_read(), own.deadline()), (None, None, None));
    let slower = OwnOut::Engine(Event::Polls(Duration::from_secs(30)));
    assert_eq!(own.on(OwnIn::SignedIn, at(10)), [OwnOut::Read, OwnOut::ReadProfile, slower]);
    own.on(available(10), at(10));
    assert!(due_in(&own, 10) > 72.0, "less often than a new process, which reads once a minute");
}
