//! A session that is lost under a call, and comes back or does not.

use super::*;

#[test]
fn a_call_continues_when_the_session_comes_back_with_it() {
    let mut bench = Bench::ringing();
    bench.shows(vec![outbound("ours", Activity::Connected, NUMBER)]);
    bench.loses_session();
    assert!(bench.call.shown().unwrap().is_lost && bench.call.is_live());
    bench.wait(29);
    bench.shows(vec![outbound("ours", Activity::OnHold, NUMBER)]);
    assert!(matches!(bench.progress(), Some(CallProgress::Connected { .. })));
    assert!(!bench.call.shown().unwrap().is_lost);
}

#[test]
fn a_call_is_over_when_the_session_comes_back_without_it() {
    let mut bench = Bench::ringing();
    bench.shows(vec![outbound("ours", Activity::Connected, NUMBER)]);
    bench.loses_session();
    bench.pass_ms(5_000);
    bench.shows(vec![outbound("another", Activity::Connected, NUMBER)]);
    assert!(bench.is_over());
}

#[test]
fn the_bar_goes_away_if_the_session_stays_lost() {
    let mut bench = Bench::ringing();
    bench.loses_session();
    bench.pass_ms(10_000);
    bench.loses_session();
    bench.wait(20);
    assert_eq!(bench.call.shown(), None, "the second loss is the same one");
}

#[test]
fn hanging_up_during_a_lost_session_waits_for_it() {
    let mut bench = Bench::ringing();
    bench.loses_session();
    assert!(bench.call.can_hang_up());
    assert_eq!(bench.on(CallIn::HangUp), []);
    assert!(bench.is_hanging_up());
    hangs_up(&bench.shows(vec![outbound("ours", Activity::Dialling, NUMBER)]), "ours");
}

#[test]
fn hanging_up_that_a_lost_session_prevented_is_shown_at_the_end() {
    for first_lost in [true, false] {
        let mut bench = Bench::ringing();
        if first_lost {
            bench.loses_session();
        }
        bench.on(CallIn::HangUp);
        if !first_lost {
            bench.loses_session();
        }
        bench.wait(30);
        assert_eq!(bench.failed(), Some(&CallFailure::NotHungUp));
        assert_eq!(bench.on(CallIn::Again), [], "the call may be live");
        let later = bench.shows(vec![outbound("ours", Activity::Connected, NUMBER)]);
        assert_eq!(
            later,
            [],
            "an agent who was asked to hang up in ConnectPath may have continued talking there"
        );
        bench.wait(30);
        assert_eq!(bench.call.shown(), None);
    }
}

#[test]
fn hanging_up_that_was_under_way_is_ordered_again_after_a_lost_session() {
    let mut bench = Bench::ringing();
    let order = hangs_up(&bench.on(CallIn::HangUp), "ours");
    bench.loses_session();
    bench.on(CallIn::HangUpAnswered { order, failure: Some(Failure::TimedOut) });
    let again = hangs_up(&bench.shows(vec![outbound("ours", Activity::Connected, NUMBER)]), "ours");
    assert!(again > order);
}

#[test]
fn a_dial_under_way_survives_a_lost_session_that_is_reported_before_or_after_its_answer() {
    for lost_first in [true, false] {
        let (mut bench, order) = Bench::dialled();
        if lost_first {
            bench.loses_session();
        }
        bench.dial_fails(order, Failure::TimedOut);
        if !lost_first {
            bench.loses_session();
        }
        assert!(bench.call.shown().unwrap().is_lost, "{lost_first}");
        bench.shows(vec![outbound("ours", Activity::Connected, NUMBER)]);
        assert!(matches!(bench.progress(), Some(CallProgress::Connected { .. })));
        let (mut bench, order) = Bench::dialled();
        bench.loses_session();
        bench.dial_fails(order, Failure::TimedOut);
        bench.shows(vec![]);
        bench.wait(15);
        assert_eq!(bench.failed(), Some(&CallFailure::NotTaken));
    }
}

#[test]
fn what_became_due_while_the_session_was_lost_is_done_when_it_comes_back() {
    let mut bench = Bench::ringing();
    bench.softphone = true;
    bench.loses_session();
    bench.pass_ms(8_000);
    bench.shows(vec![outbound("ours", Activity::Incoming, NUMBER)]);
    assert!(matches!(bench.progress(), Some(CallProgress::Ringing { sound: true, .. })));
    assert_eq!(bench.call.deadline(), None);
}
