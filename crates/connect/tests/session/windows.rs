//! Windows that do not start, die, are closed or are loaded again.

use connect::{Change, Phase, Session, WireError};
use presence::connect::Hosting;
use serde_json::json;

use crate::{Desk, agent, at, bare, reopen, state};

#[test]
fn a_page_that_never_starts_is_opened_again_with_growing_waits() {
    let mut session = Session::new(Hosting::SameOrigin, at(0.0));
    let mut now = 0.0;
    for wait in [1, 2, 5, 15, 60, 60] {
        drop(session.window_opened(at(now)));
        assert_eq!(*session.phase(), Phase::Starting);
        assert_eq!(session.deadline(), Some(at(now + 20.0)));
        assert_eq!(session.due(at(now + 19.9)), vec![]);
        assert_eq!(session.due(at(now + 20.0)), vec![Change::NoAnswer, reopen(wait)]);
        assert_eq!(*session.phase(), Phase::NoAnswer);
        assert_eq!(session.deadline(), None);
        now += 100.0;
    }
}

#[test]
fn a_window_that_dies_loses_the_session_and_is_opened_again() {
    let mut desk = Desk::live();
    assert_eq!(desk.session.window_died(at(5.0)), vec![Change::Lost, reopen(1)]);
    assert_eq!(*desk.session.phase(), Phase::Lost);
    assert_eq!(desk.session.snapshot(), None);
    assert_eq!(desk.session.window_died(at(5.1)), vec![]);
    drop(desk.session.window_opened(at(6.0)));
    desk.receive(6.5, &agent()).unwrap();
    let reported = desk.snapshot_of(6.7, &state("arn:available", 66_000, &json!([])));
    assert_eq!(reported.chosen_since, at(0.7 - 60.0), "the same state is reported again, with its old start");
}

#[test]
fn a_minute_of_a_live_session_shortens_the_next_wait() {
    let mut desk = Desk::live();
    assert_eq!(desk.session.window_died(at(30.0)), vec![Change::Lost, reopen(1)]);
    drop(desk.session.window_opened(at(31.0)));
    desk.receive(32.0, &state("arn:available", 0, &json!([]))).unwrap();
    assert_eq!(desk.session.window_died(at(50.0)), vec![Change::Lost, reopen(2)]);
    drop(desk.session.window_opened(at(52.0)));
    desk.receive(53.0, &state("arn:available", 0, &json!([]))).unwrap();
    assert_eq!(desk.session.window_died(at(113.0)), vec![Change::Lost, reopen(1)]);
}

#[test]
fn a_message_of_a_closed_window_is_refused() {
    let mut desk = Desk::live();
    desk.session.window_died(at(5.0));
    assert_eq!(desk.receive(5.1, &state("arn:lunch", 0, &json!([]))), Err(WireError::NoWindow));
    assert_eq!(desk.session.snapshot(), None);
}

#[test]
fn a_reloaded_page_is_not_live_until_it_reports_the_state() {
    let mut desk = Desk::live();
    assert_eq!(desk.receive(2.0, &bare("hostReady")), Ok(vec![Change::Lost]));
    assert_eq!(*desk.session.phase(), Phase::Starting);
}
