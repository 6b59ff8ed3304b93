//! Messages that are refused, and what a refusal does to the session.

use connect::{Change, Order, Phase, WireError};
use serde_json::{Value, json};

use crate::{Desk, agent, at, state};

#[test]
fn a_message_that_cannot_be_read_is_refused_as_a_whole() {
    let mut no_status = state("arn:lunch", 0, &json!([]));
    no_status["chosen"] = json!(null);
    let refused = [
        (json!({ "kind": "state", "chosen": "arn:lunch" }), WireError::Malformed),
        (no_status, WireError::Malformed),
        (json!(["agent"]), WireError::Malformed),
        (json!({ "kind": "terminated", "why": "x".repeat(300_000) }), WireError::TooLong),
    ];
    let mut desk = Desk::live();
    let before = desk.session.snapshot().cloned();
    for (n, (message, error)) in (0_u32..).zip(refused) {
        assert_eq!(desk.receive(2.0 + f64::from(n), &message), Err(error));
        assert_eq!(desk.session.snapshot().cloned(), before);
        assert_eq!(desk.session.agent().unwrap().name, "Priya Raman");
    }
}

#[test]
fn a_message_that_is_short_enough_may_have_any_number_of_contacts_and_statuses() {
    let mut desk = Desk::live();
    let contact = |n: usize| {
        let state = if n == 119 { "connected" } else { "ended" };
        json!({ "id": format!("c-{n:03}"), "type": "voice", "state": state, "stateMs": 0, "inbound": true })
    };
    let contacts: Vec<Value> = (0..120).map(contact).collect();
    let snapshot = desk.snapshot_of(2.0, &state("arn:available", 61_300, &Value::from(contacts)));
    assert_eq!(snapshot.contacts.len(), 120, "the live one is the last one");
    let mut many = agent();
    many["statuses"] = Value::from_iter(
        (0..400).map(|n| json!({ "arn": format!("arn:{n}"), "name": "n", "type": "not_routable" })),
    );
    many["countries"] = Value::from(vec!["gb"; 400]);
    desk.receive(3.0, &many).unwrap();
    assert_eq!(desk.session.agent().unwrap().statuses.len(), 400);
}

#[test]
fn an_error_does_not_quote_the_message() {
    let mut desk = Desk::live();
    let error = desk.receive(2.0, &json!({ "kind": "state", "chosen": "<script>" })).unwrap_err();
    assert!(!error.to_string().contains("script"));
}

#[test]
fn a_refused_message_is_requested_again_and_a_second_refusal_loses_the_session() {
    let resend = Change::Send(Order::Resend {});
    let malformed = json!({ "kind": "state", "stamp": 9 });
    let mut desk = Desk::live();
    desk.receive(2.0, &malformed).unwrap_err();
    desk.receive(2.0, &malformed).unwrap_err();
    assert_eq!(desk.session.deadline(), Some(at(2.0)));
    assert_eq!(desk.session.due(at(2.0)), std::slice::from_ref(&resend));
    assert_eq!(
        desk.receive(2.1, &state("arn:available", 61_400, &json!([]))),
        Ok(vec![]),
        "the state is as before"
    );
    desk.receive(3.0, &malformed).unwrap_err();
    assert_eq!(desk.session.due(at(3.0)), [resend], "for another message");
    desk.receive(3.1, &malformed).unwrap_err();
    assert_eq!(desk.session.due(at(3.1)), [Change::Lost]);
    assert_eq!(*desk.session.phase(), Phase::Lost);
    assert_eq!(desk.session.snapshot(), None);
    desk.snapshot_of(4.0, &state("arn:lunch", 0, &json!([])));
    assert_eq!(*desk.session.phase(), Phase::Live, "until a state can be read");
}

#[test]
fn a_state_before_the_agent_is_refused() {
    let mut desk = Desk::opened();
    let early = desk.receive(0.5, &state("arn:available", 0, &json!([])));
    assert_eq!(early, Err(WireError::NoAgent));
}
