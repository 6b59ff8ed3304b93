//! Answers that report an error: of the worker, the state, the login, the network or Streams itself.

use connect::{Change, Order, Phase};
use serde_json::json;

use crate::{alive, at, live, opened, receive, reopen, state};

#[test]
fn a_frame_whose_worker_sends_no_acknowledgements_is_opened_again() {
    let mut session = live();
    drop(session.due(at(10)));
    let mut unacknowledged = alive(1, 100);
    unacknowledged["ackMs"] = json!(90_001);
    assert_eq!(receive(&mut session, 10, &unacknowledged), [Change::Lost, reopen(1)]);
}

#[test]
fn a_state_that_did_not_arrive_is_requested_again() {
    let mut session = live();
    drop(session.due(at(10)));
    let mut newer = alive(1, 100);
    newer["stamp"] = json!(2);
    assert_eq!(receive(&mut session, 10, &newer), [Change::Send(Order::Resend {})]);
    assert_eq!(session.last_known().unwrap().1, at(0), "the known state was not read again");
    drop(receive(&mut session, 10, &state(2)));
    assert_eq!(session.stamp(), Some(2));
}

#[test]
fn a_page_that_no_longer_has_a_state_loses_the_session() {
    let mut session = live();
    drop(session.due(at(10)));
    let mut none = alive(1, 100);
    none["stamp"] = json!(null);
    assert_eq!(receive(&mut session, 10, &none), [Change::Lost]);
    assert_eq!(*session.phase(), Phase::Lost);
    assert_eq!(session.due(at(70)).last(), Some(&reopen(1)), "it does not stay lost");
}

#[test]
fn a_login_that_only_seems_to_be_missing_is_corrected_by_an_answer() {
    let mut session = live();
    receive(&mut session, 1, &json!({ "kind": "loginNeeded" }));
    drop(session.due(at(10)));
    assert_eq!(
        receive(&mut session, 10, &alive(1, 100)),
        [Change::Send(Order::Resend {})],
        "the page has an agent"
    );
    receive(&mut session, 10, &state(1));
    assert_eq!(*session.phase(), Phase::Live);
}

#[test]
fn streams_that_has_stopped_is_loaded_again() {
    let stopped = json!({ "kind": "stopped", "code": "accessDenied <Priya>" });
    let mut session = live();
    let broken = Change::Broken("accessDeniedPriya".to_owned());
    assert_eq!(receive(&mut session, 1, &stopped), [broken, Change::Lost, reopen(1)]);
    let mut session = opened();
    receive(&mut session, 1, &json!({ "kind": "loginNeeded" }));
    assert_eq!(receive(&mut session, 2, &stopped), []);
    assert_eq!(*session.phase(), Phase::LoginNeeded);
}

#[test]
fn the_network_and_the_errors_that_the_page_reports_are_passed_on() {
    let mut session = live();
    drop(session.due(at(10)));
    let mut answer = alive(1, 100);
    answer["broken"] = json!("contact:TypeError");
    answer["socket"] = json!(false);
    assert_eq!(receive(&mut session, 10, &answer), [Change::Broken("contact:TypeError".to_owned())]);
    assert!(!session.is_offline(), "the state is current, so the page is not offline");
    drop(session.due(at(20)));
    answer["id"] = json!(2);
    answer["snapshotMs"] = json!(46_000);
    assert_eq!(receive(&mut session, 20, &answer), [Change::Old], "the error is reported once");
    assert!(session.is_offline());
    session.ask_now(at(21));
    drop(session.due(at(21)));
    let mut offline = alive(3, 1_000);
    offline["online"] = json!(false);
    receive(&mut session, 21, &offline);
    assert!(session.is_offline());
}
