//! When the page is asked whether it is alive, and what follows when it does not answer.

use connect::{Change, Phase};
use serde_json::json;

use crate::{agent, alive, at, live, opened, ping, receive, reopen, state};

#[test]
fn a_page_is_asked_every_ten_seconds() {
    let mut session = live();
    for id in 1..100 {
        let now = 10 * i64::try_from(id).unwrap();
        assert_eq!(session.deadline(), Some(at(now)));
        assert_eq!(session.due(at(now)), [ping(id)]);
        assert_eq!(receive(&mut session, now, &alive(id, 2_000)), []);
    }
    assert!(session.snapshot().is_some());
}

#[test]
fn a_page_is_asked_every_three_seconds_while_an_order_waits() {
    let mut session = live();
    session.order_waits(true, at(2));
    assert_eq!(session.due(at(5)), [ping(1)]);
    receive(&mut session, 5, &alive(1, 2_000));
    assert_eq!(session.due(at(8)), [ping(2)]);
    session.order_waits(false, at(8));
    receive(&mut session, 8, &alive(2, 2_000));
    assert_eq!(session.deadline(), Some(at(18)));
}

#[test]
fn two_unanswered_questions_lose_the_session_and_open_the_window_again() {
    let mut session = live();
    assert_eq!(session.due(at(10)), [ping(1)]);
    assert_eq!(session.due(at(15)), [ping(2)]);
    assert_eq!(session.due(at(20)), [Change::Lost, reopen(1)]);
    assert_eq!(*session.phase(), Phase::Lost);
    assert_eq!((session.snapshot(), session.deadline()), (None, None));
    assert_eq!(session.window_opened(at(21)), []);
}

#[test]
fn a_page_that_never_answers_is_opened_again_with_growing_waits() {
    let mut session = live();
    let mut now = 10;
    for wait in [1, 2, 5, 15, 60, 60] {
        drop(session.due(at(now)));
        drop(session.due(at(now + 5)));
        assert_eq!(session.due(at(now + 10)).last(), Some(&reopen(wait)));
        now += 100;
        drop(session.window_opened(at(now)));
        receive(&mut session, now, &json!({ "kind": "hostReady" }));
        receive(&mut session, now, &state(1));
        now += 10;
    }
}

#[test]
fn a_requested_question_is_asked_at_once() {
    let mut session = live();
    session.ask_now(at(3));
    assert_eq!(session.deadline(), Some(at(3)));
    assert_eq!(session.due(at(3)), [ping(1)]);
}

#[test]
fn an_answer_without_a_question_changes_nothing() {
    let mut session = live();
    let mut forged = alive(1, 80_000);
    forged["stamp"] = json!(null);
    assert_eq!(receive(&mut session, 5, &forged), []);
    assert_eq!(*session.phase(), Phase::Live);
}

#[test]
fn a_page_without_a_state_counts_as_no_answer_after_a_minute() {
    for messages in [vec![], vec![agent()]] {
        let mut session = opened();
        for message in messages {
            receive(&mut session, 1, &message);
        }
        let mut changes = Vec::new();
        for second in 0..60 {
            changes.extend(session.due(at(second)));
        }
        assert!(changes.iter().all(|change| matches!(change, Change::Send(_))), "{changes:?}");
        assert_eq!(session.due(at(60)), [Change::NoAnswer, reopen(1)]);
        assert_eq!(*session.phase(), Phase::NoAnswer);
    }
}

#[test]
fn a_dead_page_is_noticed_while_a_login_is_missing_and_the_login_stays_missing() {
    let mut session = opened();
    receive(&mut session, 1, &json!({ "kind": "loginNeeded" }));
    assert_eq!(session.due(at(10)), [ping(1)]);
    let mut none = alive(1, 100);
    none["stamp"] = json!(null);
    assert_eq!(receive(&mut session, 10, &none), []);
    assert_eq!(session.due(at(20)), [ping(2)]);
    assert_eq!(session.due(at(25)), [ping(3)]);
    assert_eq!(session.due(at(30)), [reopen(1)]);
    assert_eq!(*session.phase(), Phase::LoginNeeded);
}
