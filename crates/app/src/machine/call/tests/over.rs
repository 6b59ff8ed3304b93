//! What there is to remember of a call that is over.

use super::*;

fn only(bench: &Bench) -> &DialOver {
    let [over] = bench.over.as_slice() else { panic!("not one: {:?}", bench.over) };
    over
}

#[test]
fn a_call_that_was_connected_is_over_with_who_when_and_how_long() {
    let (mut bench, order) = Bench::dialled();
    let dialled = bench.now;
    bench.taken(order);
    bench.shows(vec![outbound("ours", Activity::Dialling, NUMBER)]);
    bench.wait(5);
    let since = bench.now;
    bench.shows(vec![Call { since, ..outbound("ours", Activity::Connected, NUMBER) }]);
    bench.wait(222);
    assert_eq!(bench.over, []);
    bench.shows(Vec::new());
    let DialOver { callee, at, connected } = only(&bench);
    assert_eq!((callee.person.to_string().as_str(), callee.number.e164.as_str()), ("anna", NUMBER));
    assert_eq!((*at, *connected), (dialled, Some(Duration::from_secs(222))));
}

#[test]
fn a_call_that_nobody_answers_is_over_without_a_length() {
    let mut bench = Bench::ringing();
    bench.wait(20);
    bench.shows(Vec::new());
    assert_eq!(only(&bench).connected, None);
}

#[test]
fn a_call_that_was_never_dialled_is_not_remembered() {
    let mut bench = Bench::new();
    bench.on(place("hiro", "+441632960032", None));
    bench.on(CallIn::Dismiss);
    bench.on(place("anna", "+441632960099", None));
    bench.wait(60);
    assert_eq!(bench.over, []);
}

#[test]
fn a_call_whose_session_stays_lost_counts_until_then() {
    let mut bench = Bench::ringing();
    let since = bench.now;
    bench.shows(vec![Call { since, ..outbound("ours", Activity::Connected, NUMBER) }]);
    bench.wait(60);
    bench.loses_session();
    bench.wait(60);
    assert_eq!(only(&bench).connected, Some(Duration::from_secs(60)));
}

#[test]
fn a_call_that_continued_though_its_dial_was_not_answered_is_over_again_with_the_same_moment() {
    let (mut bench, order) = Bench::dialled();
    bench.dial_fails(order, Failure::TimedOut);
    bench.shows(vec![outbound("ours", Activity::Connected, NUMBER)]);
    bench.wait(7);
    bench.shows(Vec::new());
    let [first, second] = bench.over.as_slice() else { panic!("not two: {:?}", bench.over) };
    assert_eq!((first.at, &first.callee), (second.at, &second.callee));
    assert!(first.connected.is_none() && second.connected.is_some());
}
