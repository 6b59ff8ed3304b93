//! The messages and orders in `tests/wire`, which the tests of the host script (`ui/test/ccp-wire.test.ts`) read too.

#![expect(clippy::unwrap_used, reason = "a test may end here")]

use std::{collections::BTreeMap, fs, path::Path};

use connect::{Change, Failure, Order, Phase, Session};
use jiff::{SignedDuration, Timestamp};
use presence::connect::{AgentSnapshot, Hosting};
use serde_json::{Value, json};

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000) + SignedDuration::from_secs(seconds)
}

/// Every file of a folder, by its name.
fn files(folder: &str) -> BTreeMap<String, Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire").join(folder);
    let read = |path: &Path| serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let name = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (name(&path), read(&path)))
        .collect()
}

/// A session whose page was asked whether it lives, and that knows the agent and Available.
fn live() -> Session {
    let mut session = Session::new(Hosting::SameOrigin, at(0));
    drop(session.window_opened(at(0)));
    let said = files("said");
    for name in ["host-ready", "agent", "state"] {
        session.take(&said[name]["message"].to_string(), at(1)).unwrap();
    }
    session.ask_now(at(1));
    assert_eq!(session.due(at(1)), [Change::Ask(Order::Ask { id: 1 })]);
    session
}

fn word(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

fn meaning(snapshot: &AgentSnapshot) -> Value {
    let contact = |contact: &presence::connect::Contact| {
        json!([contact.id.as_str(), word(&contact.channel), word(&contact.activity)])
    };
    json!({
        "chosen": word(&snapshot.chosen.kind),
        "next": snapshot.next.as_ref().map(|next| word(&next.kind)),
        "contacts": snapshot.contacts.iter().map(contact).collect::<Vec<_>>(),
    })
}

fn check_meaning(name: &str, file: &Value, session: &Session) {
    let Some(means) = file.get("means") else { return };
    let found = if file["message"]["kind"] == "agent" {
        let statuses = &session.agent().unwrap().statuses;
        json!({ "statuses": statuses.iter().map(|status| status.arn.as_str()).collect::<Vec<_>>() })
    } else {
        meaning(session.snapshot().unwrap())
    };
    assert_eq!(found, *means, "{name}");
}

#[test]
fn everything_that_the_page_says_is_taken_and_means_what_the_file_says() {
    for (name, file) in files("said") {
        let mut session = live();
        session.take(&file["message"].to_string(), at(2)).unwrap_or_else(|error| panic!("{name}: {error}"));
        check_meaning(&name, &file, &session);
    }
}

#[test]
fn what_amazon_may_add_refuses_no_message_and_what_cannot_be_read_changes_nothing() {
    for (name, file) in files("foreign") {
        let mut session = live();
        let before = session.snapshot().cloned();
        let taken = session.take(&file["message"].to_string(), at(2));
        assert_eq!(json!(taken.is_ok()), file["taken"], "{name}");
        if taken.is_err() {
            assert_eq!(session.snapshot(), before.as_ref(), "{name}");
        }
        check_meaning(&name, &file, &session);
    }
}

#[test]
fn each_kind_of_message_leads_where_it_should() {
    let phase = |name: &str| {
        let mut session = live();
        session.take(&files("said")[name]["message"].to_string(), at(2)).unwrap();
        *session.phase()
    };
    for (name, expected) in [
        ("host-ready", Phase::Starting),
        ("agent", Phase::Live),
        ("state", Phase::Live),
        ("alive", Phase::Live),
        ("alive-without-a-state", Phase::Lost),
        ("login-needed", Phase::LoginNeeded),
        ("terminated", Phase::LoginNeeded),
        ("ack-timeout", Phase::NoAnswer),
        ("retries-exhausted", Phase::LoginNeeded),
        ("stopped-access-denied", Phase::Lost),
        ("stopped-authorize-retries-exhausted", Phase::Lost),
        ("stopped-cti-authorize-retries-exhausted", Phase::Lost),
        ("stopped-init-failure", Phase::Lost),
        ("reply-done", Phase::Live),
    ] {
        assert_eq!(phase(name), expected, "{name}");
    }
}

#[test]
fn a_reason_is_a_failure_whatever_its_form() {
    let failure = |folder: &str, name: &str| {
        let told = live().take(&files(folder)[name]["message"].to_string(), at(2));
        match told.as_deref() {
            Ok([Change::Replied { id: 9, failure }]) => failure.clone(),
            other => panic!("{name}: {other:?}"),
        }
    };
    let refused = |text: &str| Some(Failure::Refused(text.to_owned()));
    assert_eq!(failure("said", "reply-done"), None);
    assert_eq!(failure("said", "reply-stale"), Some(Failure::Stale));
    assert_eq!(failure("said", "reply-no-agent"), Some(Failure::NoAgent));
    assert_eq!(failure("said", "reply-bad-number"), Some(Failure::BadNumber));
    assert_eq!(failure("said", "reply-refused"), refused("On a contact."));
    assert_eq!(failure("said", "reply-timed-out"), Some(Failure::TimedOut));
    assert_eq!(failure("foreign", "unknown-reason"), refused(&"x".repeat(256)));
    assert_eq!(failure("foreign", "reason-of-another-form"), refused(""));
}

#[test]
fn every_order_is_the_one_in_its_file() {
    let text = str::to_owned;
    let orders = [
        ("ask", Order::Ask { id: 1 }),
        ("say", Order::Say {}),
        ("set-status", Order::SetStatus { id: 2, arn: text("arn:lunch"), next: true, stamp: 42 }),
        ("clear-next", Order::ClearNext { id: 3, stamp: 42 }),
        ("dial", Order::Dial { id: 4, number: text("+441632960009"), queue: None, stamp: 42 }),
        (
            "dial-on-a-queue",
            Order::Dial { id: 5, number: text("+441632960009"), queue: Some(text("arn:queue")), stamp: 42 },
        ),
        ("hang-up", Order::HangUp { id: 6, contact: text("c1") }),
        ("send-digits", Order::SendDigits { id: 7, contact: text("c1"), digits: text("4000#") }),
    ];
    let given: BTreeMap<String, Value> =
        orders.iter().map(|(name, order)| ((*name).to_owned(), word(order))).collect();
    let files: BTreeMap<String, Value> =
        files("orders").into_iter().map(|(name, file)| (name, file["order"].clone())).collect();
    assert_eq!(given, files);
}
