//! What is read from the answer, and laws over every answer.

use presence::connect::ConnectState;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn status(name: &str, kind: StatusKind) -> AgentStatus {
    AgentStatus { arn: StatusArn::new(format!("arn:{name}")), name: name.to_owned(), kind }
}

fn statuses() -> Vec<AgentStatus> {
    vec![status("Free", StatusKind::Routable), status("Lunch", StatusKind::Custom)]
}

fn read(list: &Value) -> CurrentUsers {
    let answer: Answer = serde_json::from_value(json!({ "UserDataList": list })).unwrap();
    answer.read(&statuses())
}

fn user(more: &Value) -> Value {
    let mut user = json!({
        "User": { "Id": "u-1", "Arn": "arn:u" },
        "Status": { "StatusArn": "arn:Free", "StatusName": "Free", "StatusStartTimestamp": 1_796_000_000.25 }
    });
    let more = more.as_object().unwrap().clone();
    user.as_object_mut().unwrap().extend(more);
    user
}

fn only(list: &Value) -> AgentSnapshot {
    let read = read(list);
    assert_eq!((read.users.len(), read.skipped), (1, 0));
    read.users[0].snapshot.clone()
}

fn contact(id: &str, channel: &str, state: &str) -> Value {
    json!({
        "ContactId": id, "Channel": channel, "InitiationMethod": "INBOUND", "AgentContactState": state,
        "StateStartTimestamp": 1_796_000_100, "ConnectedToAgentTimestamp": 1_796_000_100
    })
}

#[test]
fn a_status_is_of_the_kind_that_the_instance_says_and_has_the_name_that_it_has_now() {
    let chosen = only(&json!([user(&json!({}))]));
    assert_eq!(chosen.chosen, status("Free", StatusKind::Routable));
    assert_eq!(chosen.chosen_since.to_string(), "2026-11-30T00:53:20.25Z");
    let renamed = user(
        &json!({ "Status": { "StatusArn": "arn:Free", "StatusName": "Ready", "StatusStartTimestamp": 1 } }),
    );
    let chosen = only(&json!([renamed])).chosen;
    assert_eq!((chosen.name.as_str(), chosen.kind), ("Ready", StatusKind::Routable));
    let disabled = user(
        &json!({ "Status": { "StatusArn": "arn:gone", "StatusName": "Gone", "StatusStartTimestamp": 1 } }),
    );
    assert_eq!(
        only(&json!([disabled])).chosen,
        AgentStatus { arn: StatusArn::new("arn:gone"), ..status("Gone", StatusKind::Custom) }
    );
}

#[test]
fn a_queued_status_is_found_by_its_name() {
    let next = |name: &str| only(&json!([user(&json!({ "NextStatus": name }))])).next;
    assert_eq!(next("Lunch"), Some(status("Lunch", StatusKind::Custom)));
    assert_eq!(next("Training").map(|next| next.name), Some("Training".to_owned()));
    assert_eq!(next(""), None);
}

#[test]
fn of_several_contacts_the_leading_one_is_the_state() {
    let contacts = json!([contact("c-2", "CHAT", "ENDED"), contact("c-1", "CHAT", "CONNECTED_ONHOLD")]);
    let snapshot = only(&json!([user(&json!({ "Contacts": contacts }))]));
    let on_hold = ConnectState::Contact { activity: Activity::OnHold, channel: Channel::Chat };
    assert_eq!((snapshot.state(), snapshot.since().as_second()), (on_hold, 1_796_000_100));
}

#[test]
fn a_contact_that_is_not_understood_is_as_demanding_as_any() {
    for odd in
        [contact("c", "HOLOGRAM", "CONNECTED"), contact("c", "VOICE", "DREAMING"), json!("torn"), json!({})]
    {
        let state = only(&json!([user(&json!({ "Contacts": [odd] }))])).state();
        assert_eq!(
            state,
            ConnectState::Contact { activity: Activity::Connected, channel: Channel::Other },
            "{odd}"
        );
    }
}

#[test]
fn an_own_call_and_a_callback_are_distinguished_from_an_inbound_call() {
    let activity_of = |method: &str, state: &str| {
        let mut contact = contact("c", "VOICE", state);
        contact["InitiationMethod"] = method.into();
        match only(&json!([user(&json!({ "Contacts": [contact] }))])).state() {
            ConnectState::Contact { activity, .. } => Some(activity),
            ConnectState::Chosen(_) => None,
        }
    };
    for (method, state, activity) in [
        ("INBOUND", "CONNECTING", Activity::Incoming),
        ("TRANSFER", "CONNECTING", Activity::Incoming),
        ("OUTBOUND", "CONNECTING", Activity::Dialling),
        ("CALLBACK", "INCOMING", Activity::CallbackOffered),
        ("CALLBACK", "CONNECTING", Activity::Dialling),
        ("SOMETHING_NEW", "CONNECTED", Activity::Connected),
        ("INBOUND", "MISSED", Activity::Missed),
        ("INBOUND", "REJECTED", Activity::Rejected),
        ("INBOUND", "ERROR", Activity::Error),
        ("INBOUND", "ENDED", Activity::AfterContactWork),
    ] {
        assert_eq!(activity_of(method, state), Some(activity), "{method} {state}");
    }
}

#[test]
fn one_user_that_cannot_be_read_refuses_no_other() {
    let list = json!([{ "User": {} }, null, user(&json!({})), user(&json!({ "User": { "Id": "../x" } }))]);
    let read = read(&list);
    assert_eq!((read.users.len(), read.skipped), (1, 3));
}

#[test]
fn an_answer_without_a_list_says_nothing_about_anybody() {
    assert_eq!(read(&json!([])), CurrentUsers { users: Vec::new(), skipped: 0, next: None });
    for no_answer in ["{}", "[]", "null", "{\"UserDataList\": null}"] {
        assert!(serde_json::from_str::<Answer>(no_answer).is_err(), "{no_answer}");
    }
}

/// Any JSON of some depth.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
        prop::sample::select(vec!["u-1", "VOICE", "CONNECTED", "CALLBACK", "arn:Free"]).prop_map(Value::from),
    ];
    let keys = vec![
        "User",
        "Id",
        "Status",
        "StatusArn",
        "StatusName",
        "StatusStartTimestamp",
        "NextStatus",
        "Contacts",
        "ContactId",
        "Channel",
        "InitiationMethod",
        "AgentContactState",
        "StateStartTimestamp",
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(prop::sample::select(keys.clone()), inner, 0..6).prop_map(|map| {
                Value::Object(map.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
            }),
        ]
    })
}

proptest! {
    /// Every entry of every list is read or counted.
    #[test]
    fn nothing_is_lost_without_being_counted(list in prop::collection::vec(any_json(), 0..6)) {
        let all = list.len();
        let read = read(&Value::from(list));
        prop_assert_eq!(read.users.len() + read.skipped, all);
    }

    /// The order of contacts means nothing.
    #[test]
    fn equal_states_are_equal_in_whatever_order_they_come(
        states in prop::collection::vec((prop::sample::select(vec!["CONNECTED", "ENDED", "MISSED", "PENDING"]), prop::sample::select(vec!["VOICE", "CHAT", "TASK"])), 0..5),
        turn in 0_usize..5,
    ) {
        let contacts: Vec<Value> = states.iter().enumerate()
            .map(|(at, (state, channel))| contact(&format!("c-{at}"), channel, state)).collect();
        let mut turned = contacts.clone();
        turned.rotate_left(turn.min(contacts.len()));
        let snapshot = |contacts: Vec<Value>| only(&json!([user(&json!({ "Contacts": contacts }))]));
        prop_assert_eq!(snapshot(contacts), snapshot(turned));
    }
}
