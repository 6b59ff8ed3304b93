//! Whether the page is alive: the questions it is asked, the age of its state, and what follows when it does not answer.

#![expect(clippy::unwrap_used, reason = "a test may end here")]

mod age;
mod errors;
mod laws;
mod questions;

use std::time::Duration;

use connect::{Change, Order, Phase, Session};
use jiff::{SignedDuration, Timestamp};
use presence::connect::Hosting;
use serde_json::{Value, json};

fn start() -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000)
}

fn at(seconds: i64) -> Timestamp {
    start() + SignedDuration::from_secs(seconds)
}

fn at_ms(ms: i64) -> Timestamp {
    start() + SignedDuration::from_millis(ms)
}

fn agent() -> Value {
    json!({ "kind": "agent", "username": "priya.raman@contoso.com", "statuses": [
        { "arn": "arn:available", "name": "Available", "type": "routable" },
    ] })
}

fn state(stamp: u64) -> Value {
    json!({
        "kind": "state", "stamp": stamp, "ageMs": 0, "chosen": { "arn": "arn:available", "name": "Available" },
        "chosenMs": 60_000, "next": null, "contacts": [],
    })
}

fn alive(id: u64, snapshot_ms: u64) -> Value {
    json!({
        "kind": "alive", "id": id, "stamp": 1, "snapshotMs": snapshot_ms, "ackMs": 500, "online": true,
        "socket": true, "broken": null,
    })
}

fn opened() -> Session {
    let mut session = Session::new(Hosting::SameOrigin, at(0));
    assert_eq!(session.window_opened(at(0)), []);
    receive(&mut session, 0, &json!({ "kind": "hostReady" }));
    session
}

/// A session that is live since second 0, and asks its first question in second 10.
fn live() -> Session {
    let mut session = opened();
    receive(&mut session, 0, &agent());
    receive(&mut session, 0, &state(1));
    assert_eq!(*session.phase(), Phase::Live);
    session
}

fn receive(session: &mut Session, seconds: i64, message: &Value) -> Vec<Change> {
    session.take(&message.to_string(), at(seconds)).unwrap()
}

fn ping(id: u64) -> Change {
    Change::Send(Order::Ping { id })
}

fn reopen(seconds: u64) -> Change {
    Change::ReopenWindow { after: Duration::from_secs(seconds) }
}
