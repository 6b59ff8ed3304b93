use jiff::SignedDuration;
use presence::connect::{AgentStatus, StatusArn, StatusKind};

use super::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
}

fn shows(status: &str) -> AgentSnapshot {
    AgentSnapshot {
        chosen: AgentStatus { arn: StatusArn::new(status), name: status.into(), kind: StatusKind::Custom },
        chosen_since: at(0),
        next: None,
        contacts: Vec::new(),
    }
}

fn live(agent: &AgentSnapshot) -> OrdersContext<'_> {
    OrdersContext { stamp: Some(7), reported: Some(agent) }
}

fn lunch(agent: &AgentSnapshot) -> StatusOrder {
    StatusOrder::Set(SetStatus { status: StatusArn::new("arn:lunch"), next: false, seen: agent.seen() })
}

fn announced(order: StatusOrder) -> OrdersIn {
    OrdersIn::Announced { order, kept: true }
}

fn dial(order: u64) -> OrdersIn {
    OrdersIn::Wanted(WantedOrder::Dial { order, number: "+441632960123".into(), queue: None })
}

fn hang_up() -> OrdersIn {
    OrdersIn::Wanted(WantedOrder::HangUp { order: 7, contact: ContactId::new("contact-1") })
}

fn replied(id: u64) -> OrdersIn {
    OrdersIn::Replied { id, failure: None }
}

#[test]
fn an_order_of_the_engine_carries_the_stamp_of_the_state_it_was_decided_on() {
    let (mut orders, agent) = (CcpOrders::new(at(0)), shows("arn:available"));
    assert_eq!(
        orders.on(announced(lunch(&agent)), &live(&agent), at(0)),
        [OrdersOut::Script(
            r#"window.__ccp && window.__ccp({"op":"setStatus","id":1,"arn":"arn:lunch","next":false,"stamp":7});"#
                .into()
        )]
    );
    assert_eq!(orders.on(replied(1), &live(&agent), at(1)), [answered(Purpose::Status, None)]);
    assert_eq!(orders.on(replied(1), &live(&agent), at(1)), [], "an order is answered once");
    assert_eq!(
        orders.on(announced(StatusOrder::ClearNext(agent.seen())), &live(&agent), at(2)),
        [OrdersOut::Script(r#"window.__ccp && window.__ccp({"op":"clearNext","id":2,"stamp":7});"#.into())]
    );
}

#[test]
fn an_order_is_stale_if_its_state_is_over_or_not_kept_or_not_known_to_the_engine() {
    let (mut orders, agent) = (CcpOrders::new(at(0)), shows("arn:available"));
    let stale = [answered(Purpose::Status, Some(Failure::Stale))];
    assert_eq!(orders.on(announced(lunch(&shows("arn:other"))), &live(&agent), at(0)), stale);
    let not_kept = OrdersIn::Announced { order: lunch(&agent), kept: false };
    assert_eq!(orders.on(not_kept, &live(&agent), at(0)), stale);
    assert_eq!(orders.on(announced(lunch(&agent)), &OrdersContext::default(), at(0)), stale);
    // The session is live, but its agent is somebody else than the person in Teams since the order was decided.
    let of_another = OrdersContext { reported: None, ..live(&agent) };
    assert_eq!(orders.on(announced(lunch(&agent)), &of_another, at(0)), stale);
    assert_eq!(orders.deadline(), None);
}

#[test]
fn a_call_needs_a_live_session_and_keeps_the_number_of_its_order() {
    let (mut orders, agent) = (CcpOrders::new(at(0)), shows("arn:available"));
    assert_eq!(
        orders.on(dial(4), &OrdersContext::default(), at(0)),
        [answered(Purpose::Dial(4), Some(Failure::NoAgent))]
    );
    let out = orders.on(dial(5), &live(&agent), at(0));
    assert!(
        matches!(out.as_slice(), [OrdersOut::Script(script)] if script.contains(r#""stamp":7"#)),
        "{out:?}"
    );
    let refused = OrdersIn::Replied { id: 1, failure: Some(Failure::BadNumber) };
    assert_eq!(
        orders.on(refused, &live(&agent), at(1)),
        [answered(Purpose::Dial(5), Some(Failure::BadNumber))]
    );
}

#[test]
fn a_lost_page_fails_waiting_orders_once_and_its_late_answers_are_ignored() {
    let (mut orders, agent) = (CcpOrders::new(at(0)), shows("arn:available"));
    orders.on(dial(1), &live(&agent), at(0));
    orders.on(hang_up(), &live(&agent), at(0));
    let timed_out = |purpose| answered(purpose, Some(Failure::TimedOut));
    assert_eq!(
        orders.on(OrdersIn::Lost, &OrdersContext::default(), at(1)),
        [timed_out(Purpose::Dial(1)), timed_out(Purpose::HangUp(7))]
    );
    assert_eq!(orders.on(OrdersIn::Lost, &OrdersContext::default(), at(1)), []);
    orders.on(dial(2), &live(&agent), at(2));
    for id in [1, 2] {
        assert_eq!(orders.on(replied(id), &live(&agent), at(2)), [], "{id}");
    }
    assert_eq!(orders.on(replied(3), &live(&agent), at(2)), [answered(Purpose::Dial(2), None)]);
}

#[test]
fn each_order_of_a_call_comes_back_with_its_own_number() {
    let contact = || ContactId::new("c1");
    for (wanted, script, purpose) in [
        (
            WantedOrder::HangUp { order: 4, contact: contact() },
            r#"{"op":"hangUp","id":1,"contact":"c1"}"#,
            Purpose::HangUp(4),
        ),
        (
            WantedOrder::SendDigits { order: 5, contact: contact(), digits: "4025".into() },
            r#"{"op":"sendDigits","id":1,"contact":"c1","digits":"4025"}"#,
            Purpose::Digits(5),
        ),
        (
            WantedOrder::ClearContact { order: 6, contact: contact() },
            r#"{"op":"clearContact","id":1,"contact":"c1"}"#,
            Purpose::ClearContact(6),
        ),
    ] {
        let (mut orders, agent) = (CcpOrders::new(at(0)), shows("arn:available"));
        let given = orders.on(OrdersIn::Wanted(wanted), &live(&agent), at(0));
        assert_eq!(given, [OrdersOut::Script(format!("window.__ccp && window.__ccp({script});"))]);
        let refused = OrdersIn::Replied { id: 1, failure: Some(Failure::WrongState) };
        assert_eq!(orders.on(refused, &live(&agent), at(1)), [answered(purpose, Some(Failure::WrongState))]);
    }
}

#[test]
fn a_page_that_is_silent_for_too_long_fails_the_order() {
    let (mut orders, agent) = (CcpOrders::new(at(0)), shows("arn:available"));
    orders.on(dial(1), &live(&agent), at(0));
    orders.on(hang_up(), &live(&agent), at(5));
    assert_eq!(orders.deadline(), Some(at(15)));
    assert_eq!(orders.on(OrdersIn::Due, &live(&agent), at(14)), []);
    assert_eq!(
        orders.on(OrdersIn::Due, &live(&agent), at(15)),
        [answered(Purpose::Dial(1), Some(Failure::TimedOut))]
    );
    assert_eq!(orders.on(replied(1), &live(&agent), at(16)), [], "it came too late");
    assert_eq!(orders.deadline(), Some(at(20)));
}

#[test]
fn the_answer_to_an_order_of_an_earlier_run_matches_no_order() {
    let agent = shows("arn:available");
    let (mut earlier, mut later) = (CcpOrders::new(at(0)), CcpOrders::new(at(60)));
    for order in 1..=9 {
        earlier.on(dial(order), &live(&agent), at(1));
    }
    later.on(dial(1), &live(&agent), at(60));
    for id in 1..=9 {
        assert_eq!(later.on(replied(id), &live(&agent), at(60)), []);
    }
}
