//! Logins that are missing, instances that do not answer, and frames that the instance does not approve.

use connect::{Change, Phase};
use presence::connect::Hosting;
use serde_json::json;

use crate::{Desk, agent, at, bare, reopen, state};

#[test]
fn a_missing_login_is_reported_once() {
    for kind in ["loginNeeded", "retriesExhausted", "terminated"] {
        let mut desk = Desk::live();
        let message = json!({ "kind": kind });
        assert_eq!(desk.receive(2.0, &message), Ok(vec![Change::Lost, Change::LoginNeeded]));
        assert_eq!(desk.receive(2.1, &message), Ok(vec![]));
        assert_eq!(desk.receive(2.2, &bare("ackTimeout")), Ok(vec![]));
        assert_eq!(*desk.session.phase(), Phase::LoginNeeded);
        let reported = desk.snapshot_of(3.0, &state("arn:available", 62_300, &json!([])));
        assert_eq!(reported.chosen.name, "Available");
        assert_eq!(*desk.session.phase(), Phase::Live);
    }
}

#[test]
fn a_ccp_that_does_not_answer_at_the_start_may_answer_later() {
    let mut desk = Desk::opened();
    desk.receive(0.5, &bare("hostReady")).unwrap();
    assert_eq!(desk.receive(5.5, &bare("ackTimeout")), Ok(vec![Change::NoAnswer]));
    assert_eq!(desk.receive(10.5, &bare("ackTimeout")), Ok(vec![]));
    assert_eq!(desk.receive(12.0, &agent()), Ok(vec![Change::AgentKnown]));
    desk.snapshot_of(12.1, &state("arn:available", 0, &json!([])));
}

#[test]
fn a_live_session_that_stops_answering_is_lost_until_it_reports_the_state_again() {
    let mut desk = Desk::live();
    let changes = desk.receive(8.0, &bare("ackTimeout"));
    assert_eq!(changes, Ok(vec![Change::Lost, Change::NoAnswer]));
    assert_eq!(desk.session.snapshot(), None);
    assert_eq!(desk.receive(9.0, &agent()), Ok(vec![]));
    desk.snapshot_of(9.0, &state("arn:available", 68_300, &json!([])));
    assert_eq!(*desk.session.phase(), Phase::Live);
}

#[test]
fn a_frame_of_another_origin_counts_as_unapproved_only_after_a_login() {
    let mut desk = Desk::hosted(Hosting::ApprovedOrigin);
    desk.receive(0.5, &bare("hostReady")).unwrap();
    assert_eq!(desk.receive(5.5, &bare("ackTimeout")), Ok(vec![Change::LoginNeeded]));
    assert_eq!(desk.receive(60.0, &bare("retriesExhausted")), Ok(vec![]));

    desk.session.login_reached(at(70.0));
    drop(desk.session.window_opened(at(70.0)));
    desk.receive(70.5, &bare("hostReady")).unwrap();
    assert_eq!(*desk.session.phase(), Phase::Starting);
    assert_eq!(desk.receive(75.5, &bare("ackTimeout")), Ok(vec![Change::NotApproved]));
    assert_eq!(desk.receive(81.0, &bare("ackTimeout")), Ok(vec![]));
}

#[test]
fn a_frame_that_is_refused_for_some_minutes_after_a_login_is_not_called_unapproved() {
    let mut desk = Desk::hosted(Hosting::ApprovedOrigin);
    desk.session.login_reached(at(0.0));
    desk.receive(0.5, &bare("hostReady")).unwrap();
    // The instance refuses for ten minutes, and each window gives up after some of them.
    for start in [0.0, 220.0, 440.0] {
        desk.receive(start + 25.5, &bare("ackTimeout")).unwrap();
        assert_eq!(*desk.session.phase(), Phase::NotYet);
        let changes = desk.receive(start + 210.0, &bare("retriesExhausted")).unwrap();
        assert!(matches!(changes.as_slice(), [Change::ReopenWindow { .. }]), "{changes:?}");
        drop(desk.session.window_opened(at(start + 219.0)));
        desk.receive(start + 220.0, &bare("hostReady")).unwrap();
        assert_eq!(*desk.session.phase(), Phase::NotYet);
    }
    desk.receive(662.0, &agent()).unwrap();
    desk.snapshot_of(662.1, &state("arn:available", 0, &json!([])));
    assert_eq!(*desk.session.phase(), Phase::Live);
}

#[test]
fn a_refused_frame_is_tried_again_and_stays_refused_until_it_is_live() {
    let mut desk = Desk::hosted(Hosting::ApprovedOrigin);
    desk.session.login_reached(at(0.0));
    desk.receive(0.5, &bare("hostReady")).unwrap();
    assert_eq!(desk.receive(719.0, &bare("ackTimeout")), Ok(vec![Change::NotApproved]));
    assert_eq!(*desk.session.phase(), Phase::NotYet);
    assert_eq!(desk.receive(720.0, &bare("ackTimeout")), Ok(vec![Change::NotApproved]));
    assert_eq!(desk.receive(760.0, &bare("retriesExhausted")), Ok(vec![reopen(1)]));
    drop(desk.session.window_opened(at(761.0)));
    desk.receive(761.5, &bare("hostReady")).unwrap();
    assert_eq!(*desk.session.phase(), Phase::NotApproved);
    // Another login does not make it better.
    desk.session.login_reached(at(765.0));
    assert_eq!(desk.receive(767.0, &bare("ackTimeout")), Ok(vec![]));
    assert_eq!(*desk.session.phase(), Phase::NotApproved);
    desk.receive(770.0, &agent()).unwrap();
    desk.snapshot_of(770.1, &state("arn:available", 0, &json!([])));
    assert_eq!(*desk.session.phase(), Phase::Live);
}

#[test]
fn a_window_opened_again_without_a_login_still_needs_one() {
    let mut desk = Desk::opened();
    desk.receive(0.5, &bare("loginNeeded")).unwrap();
    drop(desk.session.window_opened(at(10.0)));
    assert_eq!(desk.receive(10.5, &bare("hostReady")), Ok(vec![]));
    assert_eq!(*desk.session.phase(), Phase::LoginNeeded);
    desk.session.login_reached(at(0.0));
    assert_eq!(*desk.session.phase(), Phase::Starting);
}

#[test]
fn a_login_that_ended_is_not_a_refused_frame() {
    let mut desk = Desk::hosted(Hosting::ApprovedOrigin);
    desk.session.login_reached(at(0.0));
    desk.receive(0.5, &bare("loginNeeded")).unwrap();
    assert_eq!(desk.receive(5.5, &bare("ackTimeout")), Ok(vec![]));
    assert_eq!(*desk.session.phase(), Phase::LoginNeeded);
}

#[test]
fn a_slow_ccp_is_loaded_again_and_does_not_need_a_login() {
    let mut desk = Desk::opened();
    desk.receive(0.5, &bare("hostReady")).unwrap();
    assert_eq!(desk.receive(20.5, &bare("ackTimeout")), Ok(vec![Change::NoAnswer]));
    assert_eq!(desk.receive(221.0, &bare("retriesExhausted")), Ok(vec![reopen(1)]));
    assert_eq!(*desk.session.phase(), Phase::NoAnswer);
}
