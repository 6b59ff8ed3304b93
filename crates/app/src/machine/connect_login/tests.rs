use jiff::SignedDuration;

use super::*;

fn at(minutes: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes)
}

const TWELVE_HOURS: i64 = 12 * 60;

#[test]
fn the_end_of_a_session_is_announced_once_ahead_of_it() {
    let mut login = ConnectLogin::new(true);
    assert!(login.reached(false, at(0)));
    assert_eq!(login.due(false, at(TWELVE_HOURS - 16)), None);
    assert_eq!(login.deadline(false), Some(at(TWELVE_HOURS - 15)));
    assert_eq!(login.due(false, at(TWELVE_HOURS - 15)), Some(ConnectLoginNotice::Ends(at(TWELVE_HOURS))));
    assert!(login.is_due());
    assert_eq!(login.due(false, at(TWELVE_HOURS - 1)), None);
    assert!(login.reached(true, at(TWELVE_HOURS - 1)), "a login before the end is a new session");
    assert!(!login.is_due());
    assert_eq!(login.deadline(false), Some(at(2 * TWELVE_HOURS - 16)));
}

#[test]
fn the_end_is_not_announced_during_a_contact() {
    let mut login = ConnectLogin::new(true);
    login.reached(false, at(0));
    assert_eq!(login.deadline(true), None);
    assert_eq!(login.due(true, at(TWELVE_HOURS - 5)), None);
    assert_eq!(login.due(false, at(TWELVE_HOURS - 4)), Some(ConnectLoginNotice::Ends(at(TWELVE_HOURS))));
}

#[test]
fn if_a_login_cannot_renew_only_the_end_itself_is_reported() {
    let mut login = ConnectLogin::new(false);
    login.reached(false, at(0));
    assert_eq!(login.deadline(false), None);
    assert!(!login.reached(true, at(60)), "the CCP showed the existing session");
    login.lost(None, at(TWELVE_HOURS));
    assert_eq!(login.due(false, at(TWELVE_HOURS)), Some(ConnectLoginNotice::Missing));
}

#[test]
fn a_missing_login_is_reported_once_until_the_session_was_live_again() {
    let mut login = ConnectLogin::new(false);
    login.lost(None, at(0));
    assert_eq!(login.due(false, at(0)), Some(ConnectLoginNotice::Missing));
    login.lost(None, at(1));
    assert_eq!(login.due(false, at(1)), None);
    assert!(login.mark_live() && !login.mark_live());
    login.lost(None, at(2));
    assert_eq!(login.due(false, at(2)), Some(ConnectLoginNotice::Missing));
}

#[test]
fn a_session_that_ends_on_a_contact_waits_before_it_asks() {
    let mut login = ConnectLogin::new(false);
    login.lost(Some(at(0)), at(0));
    assert_eq!(login.due(false, at(9)), None);
    assert_eq!(login.due(false, at(10)), Some(ConnectLoginNotice::Missing));
    login.mark_live();
    login.lost(Some(at(20)), at(20));
    assert!(!login.mark_live(), "it came back before the person was notified");
    assert_eq!(login.deadline(false), None);
}

#[test]
fn an_end_that_is_over_is_not_announced() {
    let mut login = ConnectLogin::new(true);
    login.reached(false, at(0));
    assert_eq!(login.deadline(true), None);
    assert_eq!(login.due(false, at(TWELVE_HOURS)), None);
    assert_eq!(login.deadline(false), None);
    assert!(!login.is_due());
}

#[test]
fn a_contact_that_went_out_of_sight_long_ago_is_not_waited_for() {
    let mut login = ConnectLogin::new(false);
    login.lost(Some(at(0)), at(20));
    assert_eq!(login.deadline(false), Some(at(20)));
    assert_eq!(login.due(false, at(20)), Some(ConnectLoginNotice::Missing));
}
