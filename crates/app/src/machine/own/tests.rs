use presence::teams::Availability;

use super::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000) + SignedDuration::from_secs(seconds)
}

fn own() -> OwnPresence {
    OwnPresence::new(Duration::from_secs(12))
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
    assert_eq!(own.deadline(), Some(at(13)));
    assert_eq!(own.on(OwnIn::Due, at(12)), []);
    assert_eq!(own.on(OwnIn::Due, at(13)), [OwnOut::Read]);
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
fn a_token_that_is_tried_once_more_loses_nothing() {
    let mut own = own();
    own.on(OwnIn::SignedIn, at(0));
    own.on(available(0), at(0));
    own.on(OwnIn::Due, at(12));
    assert_eq!(own.on(OwnIn::Failed(Next::OnceMore(at(13))), at(12)), []);
    assert_eq!(own.current(), Some((&TeamsState::plain(Availability::Available), None)));
    assert_eq!(own.on(OwnIn::Due, at(13)), [OwnOut::Read]);
    assert_eq!(own.on(OwnIn::Failed(Next::Wait(at(20))), at(13)), [LOST]);
    assert_eq!((own.current(), own.last_read()), (None, Some(at(0))));
    assert_eq!(own.deadline(), Some(at(20)));
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

#[test]
fn a_state_that_cannot_be_read_again_for_long_is_unknown_and_one_that_can_be_soon_stays() {
    let mut own = own();
    own.on(available(0), at(0));
    own.on(OwnIn::ReadNow, at(12));
    assert_eq!(own.on(OwnIn::Held(at(30)), at(12)), []);
    assert!(own.current().is_some());
    own.on(OwnIn::Due, at(30));
    assert_eq!(own.on(OwnIn::Held(at(900)), at(30)), [LOST]);
    assert_eq!((own.current(), own.last_read()), (None, Some(at(0))));
    own.on(OwnIn::ReadNow, at(40));
    assert_eq!(own.on(OwnIn::Held(at(900)), at(40)), [], "it is lost once");
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
    assert_eq!(own.current().and_then(|(_, since)| since), None, "it may be so for long");
    own.on(OwnIn::Read(reading(Availability::Busy, 12)), at(12));
    own.on(OwnIn::Read(reading(Availability::Busy, 24)), at(24));
    assert_eq!(own.current().and_then(|(_, since)| since), Some(at(12)));
    own.redate(SignedDuration::from_secs(100));
    assert_eq!(own.current().and_then(|(_, since)| since), Some(at(112)));
}
