//! The agent's session, message by message.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may end here")]

use std::time::Duration;

use connect::{Change, Order, Phase, Session, WireError};
use jiff::{SignedDuration, Timestamp};
use presence::connect::{Activity, AgentSnapshot, Channel, Hosting, StatusKind};
use serde_json::{Value, json};

fn at(seconds: f64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000) + SignedDuration::from_secs_f64(seconds)
}

fn agent() -> Value {
    json!({ "kind": "agent", "username": "priya.raman@contoso.com", "name": "Priya Raman", "statuses": [
        { "arn": "arn:available", "name": "Available", "type": "routable" },
        { "arn": "arn:lunch", "name": "Lunch", "type": "not_routable" },
        { "arn": "arn:offline", "name": "Offline", "type": "offline" },
    ], "outbound": true, "countries": ["gb", "de"], "softphone": true })
}

fn named(arn: &str) -> Value {
    json!({ "arn": arn, "name": "A status" })
}

fn state(chosen: &str, ms: u64, contacts: &Value) -> Value {
    json!({
        "kind": "state", "stamp": 1, "chosen": named(chosen), "chosenMs": ms, "next": null, "contacts": contacts,
    })
}

fn contact(kind: &str, state: &str, inbound: bool, on_hold: bool) -> Value {
    json!({
        "id": "c-1", "type": kind, "state": state, "stateMs": 3000, "inbound": inbound, "onHold": on_hold,
        "number": null,
    })
}

struct Desk {
    session: Session,
}

impl Desk {
    fn opened() -> Self {
        Self::hosted(Hosting::SameOrigin)
    }

    fn hosted(hosting: Hosting) -> Self {
        let mut session = Session::new(hosting, at(0.0));
        drop(session.window_opened(at(0.0)));
        Self { session }
    }

    fn live() -> Self {
        let mut desk = Self::opened();
        desk.say(0.5, &json!({ "kind": "hostReady" })).unwrap();
        desk.say(0.6, &agent()).unwrap();
        desk.say(0.7, &state("arn:available", 60_000, &json!([]))).unwrap();
        assert_eq!(*desk.session.phase(), Phase::Live);
        desk
    }

    fn say(&mut self, seconds: f64, message: &Value) -> Result<Vec<Change>, WireError> {
        self.session.take(&message.to_string(), at(seconds))
    }

    fn snapshot_of(&mut self, seconds: f64, message: &Value) -> AgentSnapshot {
        match self.say(seconds, message).unwrap().as_slice() {
            [Change::Snapshot(snapshot)] | [Change::Snapshot(snapshot), Change::Calls] => snapshot.clone(),
            other => panic!("expected one snapshot, got {other:?}"),
        }
    }
}

fn reopen(seconds: u64) -> Change {
    Change::ReopenWindow { after: Duration::from_secs(seconds) }
}

#[test]
fn a_session_becomes_live_with_the_first_state() {
    let mut desk = Desk::opened();
    assert_eq!(desk.say(0.5, &json!({ "kind": "hostReady" })), Ok(vec![]));
    assert_eq!(desk.session.deadline(), Some(at(10.5)), "a page that runs is asked whether it lives");
    assert_eq!(desk.say(0.6, &agent()), Ok(vec![Change::AgentKnown]));
    assert_eq!(desk.session.agent().unwrap().username, "priya.raman@contoso.com");
    assert!(desk.session.agent().unwrap().outbound);
    assert!(desk.session.agent().unwrap().softphone);
    assert_eq!(desk.session.agent().unwrap().countries, ["gb", "de"]);
    assert_eq!(*desk.session.phase(), Phase::Starting);
    let snapshot = desk.snapshot_of(0.7, &state("arn:lunch", 60_000, &json!([])));
    assert_eq!(snapshot.chosen.name, "Lunch");
    assert_eq!(snapshot.chosen.kind, StatusKind::Custom);
    assert_eq!(snapshot.chosen_since, at(0.7 - 60.0));
    assert_eq!(*desk.session.phase(), Phase::Live);
    assert_eq!(desk.session.snapshot(), Some(&snapshot));
}

#[test]
fn the_same_state_reported_again_is_no_change() {
    let mut desk = Desk::live();
    let again = state("arn:available", 61_200, &json!([]));
    assert_eq!(desk.say(1.0, &again), Ok(vec![]));
    assert_eq!(desk.say(1.1, &agent()), Ok(vec![]));
}

#[test]
fn a_start_that_really_moved_is_reported() {
    let mut desk = Desk::live();
    let snapshot = desk.snapshot_of(9.0, &state("arn:available", 1_000, &json!([])));
    assert_eq!(snapshot.chosen_since, at(8.0));
}

#[test]
fn a_contact_keeps_its_beginning_until_its_activity_changes() {
    let mut desk = Desk::live();
    let ringing = json!([contact("voice", "connecting", true, false)]);
    let first = desk.snapshot_of(10.0, &state("arn:available", 70_000, &ringing));
    assert_eq!(desk.say(11.5, &state("arn:available", 71_500, &ringing)), Ok(vec![]));
    let answered = json!([contact("voice", "connected", true, false)]);
    let second = desk.snapshot_of(12.0, &state("arn:available", 72_000, &answered));
    assert_eq!(first.contacts[0].since, at(7.0));
    assert_eq!(second.contacts[0].since, at(9.0));
}

#[test]
fn contacts_in_another_order_are_the_same_contacts() {
    let mut desk = Desk::live();
    let one = json!({ "id": "a", "type": "chat", "state": "connected", "stateMs": 0, "inbound": true, "onHold": false });
    let two = json!({ "id": "b", "type": "task", "state": "connected", "stateMs": 0, "inbound": true, "onHold": false });
    desk.snapshot_of(1.0, &state("arn:available", 60_000, &json!([one, two])));
    assert_eq!(desk.say(1.0, &state("arn:available", 60_000, &json!([two, one]))), Ok(vec![]));
}

#[test]
fn every_contact_state_has_its_activity() {
    let table = [
        ("voice", "connecting", true, false, Channel::Voice, Activity::Incoming),
        ("voice", "connecting", false, false, Channel::Voice, Activity::Dialling),
        ("voice", "init", false, false, Channel::Voice, Activity::Dialling),
        ("voice", "connected", true, false, Channel::Voice, Activity::Connected),
        ("voice", "connected", true, true, Channel::Voice, Activity::OnHold),
        ("voice", "missed", true, false, Channel::Voice, Activity::Missed),
        ("voice", "rejected", true, false, Channel::Voice, Activity::Rejected),
        ("voice", "error", true, false, Channel::Voice, Activity::Error),
        ("voice", "ended", true, true, Channel::Voice, Activity::AfterContactWork),
        ("queue_callback", "incoming", true, false, Channel::Voice, Activity::CallbackOffered),
        ("queue_callback", "pending", true, false, Channel::Voice, Activity::CallbackOffered),
        ("queue_callback", "connecting", true, false, Channel::Voice, Activity::Dialling),
        ("queue_callback", "connected", true, false, Channel::Voice, Activity::Connected),
        ("chat", "connecting", true, false, Channel::Chat, Activity::Incoming),
        ("task", "paused", true, false, Channel::Task, Activity::OnHold),
        ("task", "pending", true, false, Channel::Task, Activity::Incoming),
        ("email", "connected", true, false, Channel::Email, Activity::Connected),
    ];
    for (kind, wire, inbound, on_hold, channel, activity) in table {
        let mut desk = Desk::live();
        let contacts = json!([contact(kind, wire, inbound, on_hold)]);
        let snapshot = desk.snapshot_of(2.0, &state("arn:available", 61_300, &contacts));
        let found = (snapshot.contacts[0].channel, snapshot.contacts[0].activity);
        assert_eq!(found, (channel, activity), "{kind} {wire} inbound={inbound}");
    }
}

#[test]
fn only_what_has_no_status_or_no_contacts_is_refused_and_then_as_a_whole() {
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
        assert_eq!(desk.say(2.0 + f64::from(n), &message), Err(error));
        assert_eq!(desk.session.snapshot().cloned(), before);
        assert_eq!(desk.session.agent().unwrap().name, "Priya Raman");
    }
}

#[test]
fn nothing_is_too_much_for_a_message_that_is_short_enough() {
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
    desk.say(3.0, &many).unwrap();
    assert_eq!(desk.session.agent().unwrap().statuses.len(), 400);
}

#[test]
fn a_status_that_was_disabled_since_is_taken_with_its_name_and_never_for_a_routable_one() {
    let mut desk = Desk::live();
    let mut message = state("arn:old", 0, &json!([]));
    message["next"] = json!({ "arn": "arn:older", "name": "Coaching" });
    let snapshot = desk.snapshot_of(2.0, &message);
    assert_eq!((snapshot.chosen.name.as_str(), snapshot.chosen.kind), ("A status", StatusKind::Custom));
    let next = snapshot.next.unwrap();
    assert_eq!(
        (next.arn.as_str(), next.name.as_str(), next.kind),
        ("arn:older", "Coaching", StatusKind::Custom)
    );
}

#[test]
fn a_refusal_does_not_repeat_what_the_page_said() {
    let mut desk = Desk::live();
    let error = desk.say(2.0, &json!({ "kind": "state", "chosen": "<script>" })).unwrap_err();
    assert!(!error.to_string().contains("script"));
}

#[test]
fn a_contact_that_was_offered_and_fails_was_missed() {
    for (kind, offered) in [("voice", "connecting"), ("chat", "incoming"), ("queue_callback", "pending")] {
        let mut desk = Desk::live();
        desk.snapshot_of(2.0, &state("arn:available", 61_300, &json!([contact(kind, offered, true, false)])));
        let failed = json!([contact(kind, "error", true, false)]);
        let snapshot = desk.snapshot_of(3.0, &state("arn:available", 62_300, &failed));
        assert_eq!(snapshot.contacts[0].activity, Activity::Missed, "{kind}");
        assert_eq!(
            desk.say(4.0, &state("arn:available", 63_300, &failed)),
            Ok(vec![]),
            "{kind} stays missed"
        );
    }
    let mut desk = Desk::live();
    desk.snapshot_of(
        2.0,
        &state("arn:available", 61_300, &json!([contact("voice", "connecting", false, false)])),
    );
    let failed = json!([contact("voice", "error", false, false)]);
    let snapshot = desk.snapshot_of(3.0, &state("arn:available", 62_300, &failed));
    assert_eq!(snapshot.contacts[0].activity, Activity::Error, "the agent dialled it");
}

#[test]
fn of_two_contacts_with_one_id_nobody_can_say_which_was_missed() {
    let mut desk = Desk::live();
    let both = json!([contact("voice", "incoming", true, false), contact("voice", "error", true, false)]);
    desk.snapshot_of(2.0, &state("arn:available", 61_300, &both));
    assert_eq!(desk.say(2.1, &state("arn:available", 61_400, &both)), Ok(vec![]));
}

#[test]
fn a_refused_message_is_said_again_and_the_second_time_the_state_is_unknown() {
    let say = Change::Send(Order::Resend {});
    let odd = json!({ "kind": "state", "stamp": 9 });
    let mut desk = Desk::live();
    desk.say(2.0, &odd).unwrap_err();
    desk.say(2.0, &odd).unwrap_err();
    assert_eq!(desk.session.deadline(), Some(at(2.0)));
    assert_eq!(desk.session.due(at(2.0)), std::slice::from_ref(&say));
    assert_eq!(desk.say(2.1, &state("arn:available", 61_400, &json!([]))), Ok(vec![]), "said again");
    desk.say(3.0, &odd).unwrap_err();
    assert_eq!(desk.session.due(at(3.0)), [say], "that is another one");
    desk.say(3.1, &odd).unwrap_err();
    assert_eq!(desk.session.due(at(3.1)), [Change::Lost]);
    assert_eq!(*desk.session.phase(), Phase::Lost);
    assert_eq!(desk.session.snapshot(), None);
    desk.snapshot_of(4.0, &state("arn:lunch", 0, &json!([])));
    assert_eq!(*desk.session.phase(), Phase::Live, "until a state can be read");
}

#[test]
fn a_state_before_the_agent_is_refused() {
    let mut desk = Desk::opened();
    let early = desk.say(0.5, &state("arn:available", 0, &json!([])));
    assert_eq!(early, Err(WireError::NoAgent));
}

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
fn a_window_that_dies_loses_the_session_and_comes_back() {
    let mut desk = Desk::live();
    assert_eq!(desk.session.window_died(at(5.0)), vec![Change::Lost, reopen(1)]);
    assert_eq!(*desk.session.phase(), Phase::Lost);
    assert_eq!(desk.session.snapshot(), None);
    assert_eq!(desk.session.window_died(at(5.1)), vec![]);
    drop(desk.session.window_opened(at(6.0)));
    desk.say(6.5, &agent()).unwrap();
    let reported = desk.snapshot_of(6.7, &state("arn:available", 66_000, &json!([])));
    assert_eq!(reported.chosen_since, at(0.7 - 60.0), "the same state is reported again, with its old start");
}

#[test]
fn a_minute_of_good_work_shortens_the_next_wait() {
    let mut desk = Desk::live();
    assert_eq!(desk.session.window_died(at(30.0)), vec![Change::Lost, reopen(1)]);
    drop(desk.session.window_opened(at(31.0)));
    desk.say(32.0, &state("arn:available", 0, &json!([]))).unwrap();
    assert_eq!(desk.session.window_died(at(50.0)), vec![Change::Lost, reopen(2)]);
    drop(desk.session.window_opened(at(52.0)));
    desk.say(53.0, &state("arn:available", 0, &json!([]))).unwrap();
    assert_eq!(desk.session.window_died(at(113.0)), vec![Change::Lost, reopen(1)]);
}

#[test]
fn a_closed_window_is_not_listened_to() {
    let mut desk = Desk::live();
    desk.session.window_died(at(5.0));
    assert_eq!(desk.say(5.1, &state("arn:lunch", 0, &json!([]))), Err(WireError::NoWindow));
    assert_eq!(desk.session.snapshot(), None);
}

#[test]
fn a_missing_login_is_reported_once() {
    for kind in ["loginNeeded", "retriesExhausted", "terminated"] {
        let mut desk = Desk::live();
        let message = json!({ "kind": kind });
        assert_eq!(desk.say(2.0, &message), Ok(vec![Change::Lost, Change::LoginNeeded]));
        assert_eq!(desk.say(2.1, &message), Ok(vec![]));
        assert_eq!(desk.say(2.2, &json!({ "kind": "ackTimeout" })), Ok(vec![]));
        assert_eq!(*desk.session.phase(), Phase::LoginNeeded);
        let reported = desk.snapshot_of(3.0, &state("arn:available", 62_300, &json!([])));
        assert_eq!(reported.chosen.name, "Available");
        assert_eq!(*desk.session.phase(), Phase::Live);
    }
}

#[test]
fn a_ccp_that_does_not_answer_at_the_start_may_still_come() {
    let mut desk = Desk::opened();
    desk.say(0.5, &json!({ "kind": "hostReady" })).unwrap();
    assert_eq!(desk.say(5.5, &json!({ "kind": "ackTimeout" })), Ok(vec![Change::NoAnswer]));
    assert_eq!(desk.say(10.5, &json!({ "kind": "ackTimeout" })), Ok(vec![]));
    assert_eq!(desk.say(12.0, &agent()), Ok(vec![Change::AgentKnown]));
    desk.snapshot_of(12.1, &state("arn:available", 0, &json!([])));
}

#[test]
fn a_live_session_that_stops_answering_is_lost_until_it_reports_the_state_again() {
    let mut desk = Desk::live();
    let said = desk.say(8.0, &json!({ "kind": "ackTimeout" }));
    assert_eq!(said, Ok(vec![Change::Lost, Change::NoAnswer]));
    assert_eq!(desk.session.snapshot(), None);
    assert_eq!(desk.say(9.0, &agent()), Ok(vec![]));
    desk.snapshot_of(9.0, &state("arn:available", 68_300, &json!([])));
    assert_eq!(*desk.session.phase(), Phase::Live);
}

fn silent(kind: &str) -> Value {
    json!({ "kind": kind })
}

#[test]
fn a_frame_of_another_origin_is_refused_only_when_somebody_is_logged_in() {
    let mut desk = Desk::hosted(Hosting::ApprovedOrigin);
    desk.say(0.5, &silent("hostReady")).unwrap();
    assert_eq!(desk.say(5.5, &silent("ackTimeout")), Ok(vec![Change::LoginNeeded]));
    assert_eq!(desk.say(60.0, &silent("retriesExhausted")), Ok(vec![]));

    desk.session.login_reached(at(70.0));
    drop(desk.session.window_opened(at(70.0)));
    desk.say(70.5, &silent("hostReady")).unwrap();
    assert_eq!(*desk.session.phase(), Phase::Starting);
    assert_eq!(desk.say(75.5, &silent("ackTimeout")), Ok(vec![Change::NotApproved]));
    assert_eq!(desk.say(81.0, &silent("ackTimeout")), Ok(vec![]));
}

#[test]
fn a_frame_that_is_refused_for_some_minutes_after_a_login_is_not_called_unapproved() {
    let mut desk = Desk::hosted(Hosting::ApprovedOrigin);
    desk.session.login_reached(at(0.0));
    desk.say(0.5, &silent("hostReady")).unwrap();
    // The instance refuses for ten minutes, and each window gives up after some of them.
    for start in [0.0, 220.0, 440.0] {
        desk.say(start + 25.5, &silent("ackTimeout")).unwrap();
        assert_eq!(*desk.session.phase(), Phase::NotYet);
        let changes = desk.say(start + 210.0, &silent("retriesExhausted")).unwrap();
        assert!(matches!(changes.as_slice(), [Change::ReopenWindow { .. }]), "{changes:?}");
        drop(desk.session.window_opened(at(start + 219.0)));
        desk.say(start + 220.0, &silent("hostReady")).unwrap();
        assert_eq!(*desk.session.phase(), Phase::NotYet);
    }
    desk.say(662.0, &agent()).unwrap();
    desk.snapshot_of(662.1, &state("arn:available", 0, &json!([])));
    assert_eq!(*desk.session.phase(), Phase::Live);
}

#[test]
fn a_refused_frame_is_tried_again_and_stays_refused_until_it_is_live() {
    let mut desk = Desk::hosted(Hosting::ApprovedOrigin);
    desk.session.login_reached(at(0.0));
    desk.say(0.5, &silent("hostReady")).unwrap();
    assert_eq!(desk.say(719.0, &silent("ackTimeout")), Ok(vec![Change::NotApproved]));
    assert_eq!(*desk.session.phase(), Phase::NotYet);
    assert_eq!(desk.say(720.0, &silent("ackTimeout")), Ok(vec![Change::NotApproved]));
    assert_eq!(desk.say(760.0, &silent("retriesExhausted")), Ok(vec![reopen(1)]));
    drop(desk.session.window_opened(at(761.0)));
    desk.say(761.5, &silent("hostReady")).unwrap();
    assert_eq!(*desk.session.phase(), Phase::NotApproved);
    // Another login does not make it better.
    desk.session.login_reached(at(765.0));
    assert_eq!(desk.say(767.0, &silent("ackTimeout")), Ok(vec![]));
    assert_eq!(*desk.session.phase(), Phase::NotApproved);
    desk.say(770.0, &agent()).unwrap();
    desk.snapshot_of(770.1, &state("arn:available", 0, &json!([])));
    assert_eq!(*desk.session.phase(), Phase::Live);
}

#[test]
fn a_window_opened_again_without_a_login_still_needs_one() {
    let mut desk = Desk::opened();
    desk.say(0.5, &silent("loginNeeded")).unwrap();
    drop(desk.session.window_opened(at(10.0)));
    assert_eq!(desk.say(10.5, &silent("hostReady")), Ok(vec![]));
    assert_eq!(*desk.session.phase(), Phase::LoginNeeded);
    desk.session.login_reached(at(0.0));
    assert_eq!(*desk.session.phase(), Phase::Starting);
}

#[test]
fn a_login_that_ended_is_not_a_refused_frame() {
    let mut desk = Desk::hosted(Hosting::ApprovedOrigin);
    desk.session.login_reached(at(0.0));
    desk.say(0.5, &silent("loginNeeded")).unwrap();
    assert_eq!(desk.say(5.5, &silent("ackTimeout")), Ok(vec![]));
    assert_eq!(*desk.session.phase(), Phase::LoginNeeded);
}

#[test]
fn a_reloaded_page_is_not_live_until_it_reports_the_state() {
    let mut desk = Desk::live();
    assert_eq!(desk.say(2.0, &json!({ "kind": "hostReady" })), Ok(vec![Change::Lost]));
    assert_eq!(*desk.session.phase(), Phase::Starting);
}

#[test]
fn another_agent_ends_the_session_of_the_first() {
    let mut desk = Desk::live();
    let mut other = agent();
    other["username"] = json!("grace.holloway@contoso.com");
    assert_eq!(desk.say(2.0, &other), Ok(vec![Change::Lost, Change::AgentKnown]));
    assert_eq!(desk.session.snapshot(), None);
}

#[test]
fn a_renamed_status_is_a_change_of_the_agent_and_of_the_state() {
    let mut desk = Desk::live();
    let mut renamed = agent();
    renamed["statuses"][0]["name"] = json!("Ready");
    assert_eq!(desk.say(2.0, &renamed), Ok(vec![Change::AgentKnown]));
    assert_eq!(*desk.session.phase(), Phase::Live);
    assert_eq!(desk.snapshot_of(2.1, &state("arn:available", 61_400, &json!([]))).chosen.name, "Ready");
}

#[test]
fn a_duration_longer_than_history_begins_with_the_epoch() {
    let mut desk = Desk::live();
    let snapshot = desk.snapshot_of(2.0, &state("arn:available", u64::MAX, &json!([])));
    assert_eq!(snapshot.chosen_since, Timestamp::UNIX_EPOCH);
}

#[test]
fn a_slow_ccp_is_loaded_again_and_does_not_need_a_login() {
    let mut desk = Desk::opened();
    desk.say(0.5, &silent("hostReady")).unwrap();
    assert_eq!(desk.say(20.5, &silent("ackTimeout")), Ok(vec![Change::NoAnswer]));
    assert_eq!(desk.say(221.0, &silent("retriesExhausted")), Ok(vec![reopen(1)]));
    assert_eq!(*desk.session.phase(), Phase::NoAnswer);
}
