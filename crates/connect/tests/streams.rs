//! The contact states of `docs/streams.md`, row by row. That it has all of them is checked by
//! `ui/test/streams-table.test.ts`.

#![expect(clippy::unwrap_used, reason = "a test may end here")]

use connect::Session;
use jiff::{SignedDuration, Timestamp};
use presence::connect::Hosting;
use serde_json::json;

const TABLE: &str = include_str!("../../../docs/streams.md");

/// The cells of each row of the table under this heading, without the words that explain.
fn rows(heading: &str) -> Vec<Vec<&'static str>> {
    let (_, part) = TABLE.split_once(&format!("\n## {heading}\n")).unwrap();
    let part = part.split("\n## ").next().unwrap();
    part.lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.split('|').map(|cell| cell.trim().trim_matches('`')).collect())
        .collect()
}

/// What a contact that is said so makes of the agent.
fn meaning(kind: &str, state: &str, inbound: bool) -> String {
    let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000);
    let mut session = Session::new(Hosting::SameOrigin, now);
    drop(session.window_opened(now));
    let agent = json!({ "kind": "agent", "username": "priya.raman" });
    let contact = json!({ "id": "c1", "type": kind, "state": state, "stateMs": 0, "inbound": inbound });
    let chosen = json!({ "arn": "arn:available", "name": "Available" });
    let said = json!({ "kind": "state", "stamp": 1, "chosen": chosen, "contacts": [contact] });
    for message in [agent, said] {
        session.take(&message.to_string(), now).unwrap();
    }
    format!("{:?}", session.snapshot().unwrap().contacts.first().unwrap().activity)
}

#[test]
fn each_contact_state_means_what_the_table_says() {
    let table = rows("Contact states");
    assert!(!table.is_empty());
    for row in table {
        let [_, state, _, came_in, dialled, callback, ..] = row[..] else { panic!("{row:?}") };
        assert_eq!(meaning("voice", state, true), came_in, "{state}");
        assert_eq!(meaning("voice", state, false), dialled, "{state}");
        assert_eq!(meaning("queue_callback", state, true), callback, "{state}");
    }
    assert_eq!(meaning("voice", "another", true), "Connected");
}
