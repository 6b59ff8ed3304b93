//! The messages and orders in `tests/wire`, which the tests of the host script (`ui/test/ccp-wire.test.ts`) read too.

#![expect(clippy::unwrap_used, reason = "a test may end here")]

use std::{collections::BTreeMap, fs, path::Path};

use connect::{AgentError, Call, Change, Failure, Order, Phase, Reached, Session};
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

/// A live session with the status Available, whose page was just asked whether it is alive.
fn live() -> Session {
    let mut session = Session::new(Hosting::SameOrigin, at(0));
    drop(session.window_opened(at(0)));
    let messages = files("messages");
    for name in ["host-ready", "agent", "state"] {
        session.take(&messages[name]["message"].to_string(), at(1)).unwrap();
    }
    session.ask_now(at(1));
    assert_eq!(session.due(at(1)), [Change::Send(Order::Ping { id: 1 })]);
    session
}

fn to_json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

fn meaning(snapshot: &AgentSnapshot) -> Value {
    let contact = |contact: &presence::connect::Contact| {
        json!([contact.id.as_str(), to_json(&contact.channel), to_json(&contact.activity)])
    };
    json!({
        "chosen": to_json(&snapshot.chosen.kind),
        "next": snapshot.next.as_ref().map(|next| to_json(&next.kind)),
        "contacts": snapshot.contacts.iter().map(contact).collect::<Vec<_>>(),
    })
}

fn call(call: &Call) -> Value {
    let mut found = json!({ "contact": call.contact.as_str(), "outbound": call.outbound });
    if let Some(inbound) = &call.inbound {
        let flow = &inbound.flow;
        found["reached"] = match &inbound.reached {
            Reached::Directly => json!("directly"),
            Reached::Queue(name) => json!({ "queue": name }),
            Reached::Unknown => json!("unknown"),
        };
        found["dialled"] = to_json(&inbound.dialled);
        found["transferred"] = to_json(&inbound.transferred);
        found["name"] = to_json(&flow.name);
        found["entra"] = to_json(&flow.entra);
        found["isFromTeams"] = to_json(&flow.is_from_teams);
        found["extension"] = to_json(&flow.extension);
        found["dialledFor"] = to_json(&flow.dialled_for);
        found["isFallback"] = to_json(&flow.is_fallback);
    }
    found
}

fn check_meaning(name: &str, file: &Value, session: &Session) {
    if let Some(calls) = file.get("calls") {
        let found: Vec<Value> = session.calls().iter().map(call).collect();
        assert_eq!(json!(found), *calls, "{name}");
    }
    if let Some(error) = file.get("agentError") {
        let found = session.agent_error().map(|error| format!("{error:?}"));
        let lower_first = |text: String| text[..1].to_lowercase() + &text[1..];
        assert_eq!(json!(found.map(lower_first)), *error, "{name}");
    } else {
        assert_eq!(session.agent_error(), None, "{name}");
    }
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
fn each_message_is_accepted_and_means_what_its_file_says() {
    for (name, file) in files("messages") {
        let mut session = live();
        session.take(&file["message"].to_string(), at(2)).unwrap_or_else(|error| panic!("{name}: {error}"));
        check_meaning(&name, &file, &session);
    }
}

#[test]
fn additions_of_amazon_are_accepted_and_a_refused_message_changes_nothing() {
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
fn each_kind_of_message_leads_to_its_phase() {
    let phase = |name: &str| {
        let mut session = live();
        session.take(&files("messages")[name]["message"].to_string(), at(2)).unwrap();
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
fn each_refusal_of_an_order_has_its_failure_and_its_text_for_the_log() {
    let reply = |folder: &str, name: &str| {
        let changes = live().take(&files(folder)[name]["message"].to_string(), at(2));
        match changes.as_deref() {
            Ok([Change::Replied { id: 9, failure }]) => (*failure, String::new()),
            Ok([Change::Refused(text), Change::Replied { id: 9, failure }]) => (*failure, text.clone()),
            other => panic!("{name}: {other:?}"),
        }
    };
    for (name, failure, text) in [
        ("reply-done", None, ""),
        ("reply-stale", Some(Failure::Stale), ""),
        ("reply-no-agent", Some(Failure::NoAgent), ""),
        ("reply-bad-number", Some(Failure::BadNumber), "Not a number."),
        ("reply-number-not-allowed", Some(Failure::NumberNotAllowed), "Not to this country."),
        ("reply-wrong-state", Some(Failure::WrongState), "The agent already has a contact."),
        ("reply-limit", Some(Failure::Limit), "Rate exceeded."),
        ("reply-not-allowed", Some(Failure::NotAllowed), "Access denied."),
        ("reply-logged-out", Some(Failure::LoggedOut), "Token expired."),
        ("reply-invalid", Some(Failure::Invalid), "Bad digits."),
        ("reply-no-queue", Some(Failure::NoQueue), ""),
        ("reply-not-found", Some(Failure::NotFound), "No such contact."),
        ("reply-unavailable", Some(Failure::Unavailable), "Internal error."),
        ("reply-refused", Some(Failure::Refused), "On a contact."),
        ("reply-timed-out", Some(Failure::TimedOut), "Agent.connect timed out after … ms"),
    ] {
        assert_eq!(reply("messages", name), (failure, text.to_owned()), "{name}");
    }
    assert_eq!(reply("foreign", "unknown-reason"), (Some(Failure::Refused), "x".repeat(256)));
    assert_eq!(reply("foreign", "reason-of-another-form"), (Some(Failure::Refused), String::new()));
}

#[test]
fn the_error_of_the_agent_is_a_change_and_ends_with_the_session() {
    let mut session = live();
    let messages = files("messages");
    let failed = messages["state-of-an-error"]["message"].to_string();
    let changes = session.take(&failed, at(2)).unwrap();
    assert!(changes.contains(&Change::Calls), "{changes:?}");
    let mut other = messages["state-of-an-error"]["message"].clone();
    other["error"] = json!("MissedCallCustomer");
    assert_eq!(session.take(&other.to_string(), at(2)).unwrap(), [Change::Calls], "only the reason differs");
    assert_eq!(session.agent_error(), Some(AgentError::MissedCallCustomer));
    session.take(&messages["ack-timeout"]["message"].to_string(), at(4)).unwrap();
    assert_eq!(session.agent_error(), None);
    session.take(&failed, at(5)).unwrap();
    assert_eq!(session.agent_error(), Some(AgentError::LineEngagedCustomer));
    session.take(&messages["state"]["message"].to_string(), at(6)).unwrap();
    assert_eq!(session.agent_error(), None);
}

#[test]
fn each_order_is_written_as_in_its_file() {
    let text = str::to_owned;
    let orders = [
        ("ping", Order::Ping { id: 1 }),
        ("resend", Order::Resend {}),
        ("set-status", Order::SetStatus { id: 2, arn: text("arn:lunch"), next: true, stamp: 42 }),
        ("clear-next", Order::ClearNext { id: 3, stamp: 42 }),
        ("dial", Order::Dial { id: 4, number: text("+441632960009"), queue: None, stamp: 42 }),
        (
            "dial-on-a-queue",
            Order::Dial { id: 5, number: text("+441632960009"), queue: Some(text("arn:queue")), stamp: 42 },
        ),
        ("hang-up", Order::HangUp { id: 6, contact: text("c1") }),
        ("send-digits", Order::SendDigits { id: 7, contact: text("c1"), digits: text("4000#") }),
        ("clear-contact", Order::ClearContact { id: 8, contact: text("c2") }),
    ];
    let written: BTreeMap<String, Value> =
        orders.iter().map(|(name, order)| ((*name).to_owned(), to_json(order))).collect();
    let files: BTreeMap<String, Value> =
        files("orders").into_iter().map(|(name, file)| (name, file["order"].clone())).collect();
    assert_eq!(written, files);
}
