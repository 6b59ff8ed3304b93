//! The contact states of `docs/streams.md`, row by row. `ui/test/streams-table.test.ts` checks that the table has all
//! states.

#![expect(clippy::unwrap_used, reason = "a test may end here")]

use connect::Session;
use jiff::{SignedDuration, Timestamp};
use presence::connect::Hosting;
use serde_json::json;

const TABLE: &str = include_str!("../../../docs/streams.md");

/// The cells of each row of the table under this heading. Rows that do not begin with a name are left out.
fn rows(heading: &str) -> Vec<Vec<&'static str>> {
    let (_, part) = TABLE.split_once(&format!("\n## {heading}\n")).unwrap();
    let part = part.split("\n## ").next().unwrap();
    part.lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.split('|').map(|cell| cell.trim().trim_matches('`')).collect())
        .collect()
}

/// The activity of the agent with one contact of this type and state.
fn activity_of(kind: &str, state: &str, inbound: bool) -> String {
    let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000);
    let mut session = Session::new(Hosting::SameOrigin, now);
    drop(session.window_opened(now));
    let agent = json!({ "kind": "agent", "username": "priya.raman" });
    let contact = json!({ "id": "c1", "type": kind, "state": state, "stateMs": 0, "inbound": inbound });
    let chosen = json!({ "arn": "arn:available", "name": "Available" });
    let report = json!({ "kind": "state", "stamp": 1, "chosen": chosen, "contacts": [contact] });
    for message in [agent, report] {
        session.take(&message.to_string(), now).unwrap();
    }
    format!("{:?}", session.snapshot().unwrap().contacts.first().unwrap().activity)
}

#[test]
fn each_contact_state_has_the_activity_of_the_table() {
    let table = rows("Contact states");
    assert!(!table.is_empty());
    for row in table {
        let [_, state, _, inbound, outbound, callback, ..] = row[..] else { panic!("{row:?}") };
        assert_eq!(activity_of("voice", state, true), inbound, "{state}");
        assert_eq!(activity_of("voice", state, false), outbound, "{state}");
        assert_eq!(activity_of("queue_callback", state, true), callback, "{state}");
    }
    assert_eq!(activity_of("voice", "another", true), "Connected");
}
