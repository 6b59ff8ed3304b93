//! What a reported state means: the status, the contacts and their times.

use connect::{Change, Phase};
use jiff::Timestamp;
use presence::connect::{Activity, Channel, StatusKind};
use serde_json::json;

use crate::{Desk, agent, at, bare, contact, state};

#[test]
fn a_session_becomes_live_with_the_first_state() {
    let mut desk = Desk::opened();
    assert_eq!(desk.receive(0.5, &bare("hostReady")), Ok(vec![]));
    assert_eq!(desk.session.deadline(), Some(at(10.5)), "a page that runs is asked whether it lives");
    assert_eq!(desk.receive(0.6, &agent()), Ok(vec![Change::AgentKnown]));
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
    assert_eq!(desk.receive(1.0, &again), Ok(vec![]));
    assert_eq!(desk.receive(1.1, &agent()), Ok(vec![]));
}

#[test]
fn a_start_that_moved_by_more_than_jitter_is_reported() {
    let mut desk = Desk::live();
    let snapshot = desk.snapshot_of(9.0, &state("arn:available", 1_000, &json!([])));
    assert_eq!(snapshot.chosen_since, at(8.0));
}

#[test]
fn a_contact_keeps_its_start_until_its_activity_changes() {
    let mut desk = Desk::live();
    let ringing = json!([contact("voice", "connecting", true, false)]);
    let first = desk.snapshot_of(10.0, &state("arn:available", 70_000, &ringing));
    assert_eq!(desk.receive(11.5, &state("arn:available", 71_500, &ringing)), Ok(vec![]));
    let answered = json!([contact("voice", "connected", true, false)]);
    let second = desk.snapshot_of(12.0, &state("arn:available", 72_000, &answered));
    assert_eq!(first.contacts[0].since, at(7.0));
    assert_eq!(second.contacts[0].since, at(9.0));
}

#[test]
fn contacts_in_another_order_are_the_same_contacts() {
    let mut desk = Desk::live();
    let chat = json!({ "id": "a", "type": "chat", "state": "connected", "stateMs": 0, "inbound": true, "onHold": false });
    let task = json!({ "id": "b", "type": "task", "state": "connected", "stateMs": 0, "inbound": true, "onHold": false });
    desk.snapshot_of(1.0, &state("arn:available", 60_000, &json!([chat, task])));
    assert_eq!(desk.receive(1.0, &state("arn:available", 60_000, &json!([task, chat]))), Ok(vec![]));
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
    for (kind, wire_state, inbound, on_hold, channel, activity) in table {
        let mut desk = Desk::live();
        let contacts = json!([contact(kind, wire_state, inbound, on_hold)]);
        let snapshot = desk.snapshot_of(2.0, &state("arn:available", 61_300, &contacts));
        let found = (snapshot.contacts[0].channel, snapshot.contacts[0].activity);
        assert_eq!(found, (channel, activity), "{kind} {wire_state} inbound={inbound}");
    }
}

#[test]
fn a_status_that_is_not_listed_keeps_its_name_and_is_never_routable() {
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
fn a_contact_that_was_offered_and_fails_was_missed() {
    for (kind, offered) in [("voice", "connecting"), ("chat", "incoming"), ("queue_callback", "pending")] {
        let mut desk = Desk::live();
        desk.snapshot_of(2.0, &state("arn:available", 61_300, &json!([contact(kind, offered, true, false)])));
        let failed = json!([contact(kind, "error", true, false)]);
        let snapshot = desk.snapshot_of(3.0, &state("arn:available", 62_300, &failed));
        assert_eq!(snapshot.contacts[0].activity, Activity::Missed, "{kind}");
        assert_eq!(
            desk.receive(4.0, &state("arn:available", 63_300, &failed)),
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
fn two_contacts_with_one_id_are_reported_once() {
    let mut desk = Desk::live();
    let both = json!([contact("voice", "incoming", true, false), contact("voice", "error", true, false)]);
    desk.snapshot_of(2.0, &state("arn:available", 61_300, &both));
    assert_eq!(desk.receive(2.1, &state("arn:available", 61_400, &both)), Ok(vec![]));
}

#[test]
fn another_agent_ends_the_session_of_the_first() {
    let mut desk = Desk::live();
    let mut other = agent();
    other["username"] = json!("grace.holloway@contoso.com");
    assert_eq!(desk.receive(2.0, &other), Ok(vec![Change::Lost, Change::AgentKnown]));
    assert_eq!(desk.session.snapshot(), None);
}

#[test]
fn a_renamed_status_is_a_change_of_the_agent_and_of_the_state() {
    let mut desk = Desk::live();
    let mut renamed = agent();
    renamed["statuses"][0]["name"] = json!("Ready");
    assert_eq!(desk.receive(2.0, &renamed), Ok(vec![Change::AgentKnown]));
    assert_eq!(*desk.session.phase(), Phase::Live);
    assert_eq!(desk.snapshot_of(2.1, &state("arn:available", 61_400, &json!([]))).chosen.name, "Ready");
}

#[test]
fn a_duration_that_reaches_behind_the_epoch_starts_at_the_epoch() {
    let mut desk = Desk::live();
    let snapshot = desk.snapshot_of(2.0, &state("arn:available", u64::MAX, &json!([])));
    assert_eq!(snapshot.chosen_since, Timestamp::UNIX_EPOCH);
}
