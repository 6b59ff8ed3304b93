//! The agent's session, message by message.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may end here")]

mod logins;
mod messages;
mod snapshots;
mod windows;

use std::time::Duration;

use connect::{Change, Phase, Session, WireError};
use jiff::{SignedDuration, Timestamp};
use presence::connect::{AgentSnapshot, Hosting};
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
        desk.receive(0.5, &bare("hostReady")).unwrap();
        desk.receive(0.6, &agent()).unwrap();
        desk.receive(0.7, &state("arn:available", 60_000, &json!([]))).unwrap();
        assert_eq!(*desk.session.phase(), Phase::Live);
        desk
    }

    fn receive(&mut self, seconds: f64, message: &Value) -> Result<Vec<Change>, WireError> {
        self.session.take(&message.to_string(), at(seconds))
    }

    fn snapshot_of(&mut self, seconds: f64, message: &Value) -> AgentSnapshot {
        match self.receive(seconds, message).unwrap().as_slice() {
            [Change::Snapshot(snapshot)] | [Change::Snapshot(snapshot), Change::Calls] => snapshot.clone(),
            other => panic!("expected one snapshot, got {other:?}"),
        }
    }
}

fn reopen(seconds: u64) -> Change {
    Change::ReopenWindow { after: Duration::from_secs(seconds) }
}

/// A message without content.
fn bare(kind: &str) -> Value {
    json!({ "kind": kind })
}
