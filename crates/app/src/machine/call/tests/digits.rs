//! The digits after the connection: sent once, and what is reported of them.

use super::*;

fn sent(outs: &[CallOut]) -> u64 {
    match outs {
        [CallOut::SendDigits { order, contact, digits }] => {
            assert_eq!((contact.as_str(), digits.as_str()), ("ours", "4025"));
            *order
        }
        _ => panic!("no digits: {outs:?}"),
    }
}

/// A connected call, and the order to send its digits.
fn connected() -> (Bench, u64) {
    let mut bench = Bench::new();
    let order = bench.dial(OTHER, Some("4025"));
    bench.taken(order);
    bench.shows(vec![outbound("ours", Activity::Dialling, OTHER)]);
    let digits = sent(&bench.shows(vec![outbound("ours", Activity::Connected, OTHER)]));
    assert!(digits > order, "each order has its own number");
    (bench, digits)
}

fn shown(bench: &Bench) -> DigitsFacts {
    bench.call.shown().unwrap().digits
}

#[test]
fn digits_are_sent_once_after_the_connection() {
    let (mut bench, _) = connected();
    assert_eq!(bench.shows(vec![outbound("ours", Activity::OnHold, OTHER)]), []);
    bench.loses_session();
    assert_eq!(bench.shows(vec![outbound("ours", Activity::Connected, OTHER)]), []);
}

#[test]
fn no_digits_are_sent_to_somebody_who_is_hung_up() {
    let mut bench = Bench::new();
    bench.dial(OTHER, Some("4025"));
    bench.on(CallIn::HangUp);
    let outs = bench.shows(vec![outbound("ours", Activity::Connected, OTHER)]);
    hangs_up(&outs, "ours");
}

#[test]
fn digits_are_said_to_be_sent_only_once_connect_took_them() {
    for (failure, says) in [
        (None, DigitsFacts::Sent),
        (Some(Failure::Invalid), DigitsFacts::Refused),
        (Some(Failure::Stale), DigitsFacts::Refused),
        (Some(Failure::TimedOut), DigitsFacts::Unknown),
    ] {
        let (mut bench, order) = connected();
        assert_eq!(shown(&bench), DigitsFacts::NotSent, "nobody knows yet");
        bench.on(CallIn::DigitsAnswered { order: order - 1, failure: None });
        assert_eq!(shown(&bench), DigitsFacts::NotSent, "the answer to another order");
        bench.on(CallIn::DigitsAnswered { order, failure });
        assert_eq!(shown(&bench), says);
        bench.on(CallIn::DigitsAnswered { order, failure: Some(Failure::Refused) });
        assert_eq!(shown(&bench), says, "an order is answered once");
    }
}

#[test]
fn hanging_up_has_another_number_than_the_digits_before_it() {
    let (mut bench, digits) = connected();
    let order = hangs_up(&bench.on(CallIn::HangUp), "ours");
    assert!(order > digits);
    bench.on(CallIn::HangUpAnswered { order: digits, failure: Some(Failure::Refused) });
    assert!(bench.is_hanging_up());
}
