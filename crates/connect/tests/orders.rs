//! Calls, stamps, orders and their answers.

#![expect(clippy::unwrap_used, reason = "a test may end here")]

use connect::{Call, Change, Order, Session, WireError};
use jiff::{SignedDuration, Timestamp};
use presence::connect::{Activity, ContactId, Hosting};
use serde_json::{Value, json};

fn at(seconds: f64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000) + SignedDuration::from_secs_f64(seconds)
}

fn agent() -> Value {
    json!({ "kind": "agent", "username": "priya.raman@contoso.com", "name": "Priya Raman", "statuses": [
        { "arn": "arn:available", "name": "Available", "type": "routable" },
    ], "outbound": true, "countries": [], "softphone": true })
}

fn state(stamp: u64, contacts: &Value) -> Value {
    json!({
        "kind": "state", "stamp": stamp, "chosen": { "arn": "arn:available", "name": "Available" }, "chosenMs": 60_000, "next": null,
        "contacts": contacts,
    })
}

fn contact(id: &str, kind: &str, state: &str, inbound: bool, number: Option<&str>) -> Value {
    json!({
        "id": id, "type": kind, "state": state, "stateMs": 1_000, "inbound": inbound, "onHold": false,
        "number": number,
    })
}

fn live() -> Session {
    let mut session = Session::new(Hosting::SameOrigin, at(0.0));
    drop(session.window_opened(at(0.0)));
    receive(&mut session, &agent()).unwrap();
    receive(&mut session, &state(41, &json!([]))).unwrap();
    session
}

fn receive(session: &mut Session, message: &Value) -> Result<Vec<Change>, WireError> {
    session.take(&message.to_string(), at(1.0))
}

#[test]
fn an_order_has_the_stamp_of_the_last_accepted_state() {
    let mut session = live();
    assert_eq!(session.stamp(), Some(41));
    assert_eq!(receive(&mut session, &state(42, &json!([]))), Ok(vec![]), "an equal state is no change");
    assert_eq!(session.stamp(), Some(42), "but its stamp is used from now on");
    let mut refused = state(43, &json!([]));
    refused["contacts"] = json!(null);
    receive(&mut session, &refused).unwrap_err();
    assert_eq!(session.stamp(), Some(42));
}

#[test]
fn a_session_that_is_not_live_has_neither_stamp_nor_calls() {
    let mut session = live();
    let ringing = json!([contact("c", "voice", "connecting", false, Some("+441632960009"))]);
    receive(&mut session, &state(42, &ringing)).unwrap();
    receive(&mut session, &json!({ "kind": "ackTimeout" })).unwrap();
    assert_eq!(session.stamp(), None);
    assert!(session.calls().is_empty());
    let changes = receive(&mut session, &state(43, &ringing)).unwrap();
    assert_eq!(changes.last(), Some(&Change::Calls), "they are reported again with the state");
}

#[test]
fn a_dialled_call_is_followed_with_its_number() {
    let mut session = live();
    let mut calls_after = |stamp, wire_state: &str| {
        let contacts = json!([contact("c", "voice", wire_state, false, Some("+441632960009"))]);
        let changes = receive(&mut session, &state(stamp, &contacts)).unwrap();
        assert!(changes.contains(&Change::Calls), "{wire_state}");
        session.calls().to_vec()
    };
    let call = |activity| {
        vec![Call {
            contact: ContactId::new("c"),
            outbound: true,
            number: Some("+441632960009".to_owned()),
            activity,
            since: at(0.0),
            inbound: None,
        }]
    };
    assert_eq!(calls_after(42, "connecting"), call(Activity::Dialling));
    assert_eq!(calls_after(43, "connected"), call(Activity::Connected));
    assert_eq!(calls_after(44, "ended"), call(Activity::AfterContactWork));
    assert_eq!(receive(&mut session, &state(45, &json!([]))).unwrap().last(), Some(&Change::Calls));
    assert!(session.calls().is_empty());
}

#[test]
fn a_number_that_becomes_known_is_a_change_of_the_calls_alone() {
    let mut session = live();
    let contact_with = |number| json!([contact("c", "voice", "connecting", false, number)]);
    receive(&mut session, &state(42, &contact_with(None))).unwrap();
    assert_eq!(
        receive(&mut session, &state(43, &contact_with(Some("+441632960009")))),
        Ok(vec![Change::Calls])
    );
    assert_eq!(receive(&mut session, &state(44, &contact_with(Some("+441632960009")))), Ok(vec![]));
}

#[test]
fn only_voice_contacts_are_calls_and_each_has_its_own_number() {
    let mut session = live();
    let contacts = json!([
        contact("z", "voice", "connected", true, Some("+441632960001")),
        contact("m", "chat", "connected", true, None),
        contact("b", "queue_callback", "connecting", false, Some("+441632960002")),
        contact("a", "voice", "connecting", false, Some("+441632960003")),
    ]);
    receive(&mut session, &state(42, &contacts)).unwrap();
    let reported: Vec<_> = session
        .calls()
        .iter()
        .map(|call| (call.contact.as_str(), call.outbound, call.number.as_deref().unwrap_or_default()))
        .collect();
    let expected =
        [("a", true, "+441632960003"), ("b", false, "+441632960002"), ("z", false, "+441632960001")];
    assert_eq!(reported, expected);
}

#[test]
fn a_change_of_what_the_agent_may_call_is_a_change_of_the_agent() {
    let mut session = live();
    for (field, value) in
        [("outbound", json!(false)), ("countries", json!(["gb"])), ("softphone", json!(false))]
    {
        let mut changed = agent();
        changed[field] = value;
        assert_eq!(receive(&mut session, &changed), Ok(vec![Change::AgentKnown]), "{field}");
        assert!(session.stamp().is_some(), "the session stays live");
    }
}

#[test]
fn an_order_is_a_script_that_does_nothing_without_the_host() {
    let text = str::to_owned;
    let table = [
        (
            Order::SetStatus { id: 1, arn: text("arn:lunch"), next: true, stamp: 42 },
            r#"{"op":"setStatus","id":1,"arn":"arn:lunch","next":true,"stamp":42}"#,
        ),
        (Order::ClearNext { id: 2, stamp: 42 }, r#"{"op":"clearNext","id":2,"stamp":42}"#),
        (
            Order::Dial { id: 3, number: text("+441632960009"), queue: None, stamp: 42 },
            r#"{"op":"dial","id":3,"number":"+441632960009","queue":null,"stamp":42}"#,
        ),
        (Order::HangUp { id: 4, contact: text("c") }, r#"{"op":"hangUp","id":4,"contact":"c"}"#),
        (
            Order::SendDigits { id: 5, contact: text("c"), digits: text("4000#") },
            r#"{"op":"sendDigits","id":5,"contact":"c","digits":"4000#"}"#,
        ),
    ];
    for (order, json) in table {
        assert_eq!(order.to_script(), format!("window.__ccp && window.__ccp({json});"));
    }
}

#[test]
fn nothing_in_an_order_ends_the_script_early() {
    let order = Order::HangUp { id: 1, contact: "\"});alert(1);//\u{2028}".to_owned() };
    let script = order.to_script();
    let json = script.strip_prefix("window.__ccp && window.__ccp(").unwrap().strip_suffix(");").unwrap();
    let read: Value = serde_json::from_str(json).unwrap();
    assert_eq!(read["contact"], "\"});alert(1);//\u{2028}");
}

#[test]
fn a_call_that_ended_while_the_page_was_loaded_again_is_a_change_of_the_calls() {
    let call = json!([contact("c", "voice", "connected", false, Some("+441632960009"))]);
    for reload in ["opened", "hostReady", "ackTimeout", "old"] {
        let mut session = live();
        receive(&mut session, &state(42, &call)).unwrap();
        let lost = match reload {
            "opened" => session.window_opened(at(1.0)),
            "old" => session.due(at(50.0)),
            kind => receive(&mut session, &json!({ "kind": kind })).unwrap(),
        };
        let expected = if reload == "old" { Change::Old } else { Change::Lost };
        assert_eq!(lost.first(), Some(&expected), "{reload}");
        let changes = session.take(&state(43, &json!([])).to_string(), at(51.0)).unwrap();
        assert_eq!(changes.last(), Some(&Change::Calls), "{reload}");
        let again = session.take(&state(44, &json!([])).to_string(), at(51.0)).unwrap();
        assert_eq!(again, [], "{reload}: reported once");
    }
}
