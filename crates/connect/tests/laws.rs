//! Laws of the session that hold for any messages of a page.

use connect::{Change, Message, Phase, Session};
use jiff::{SignedDuration, Timestamp};
use presence::connect::Hosting;
use proptest::{collection::vec, prelude::*};
use serde_json::{Value, json};

#[derive(Debug, Clone)]
enum Step {
    Message(String),
    WindowOpened,
    LoggedIn,
    WindowDied,
    Due,
    AskNow,
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("arn:available".to_owned()),
        Just("arn:lunch".to_owned()),
        "[a-z_]{0,12}",
        "\\PC{0,20}",
        "[x]{250,270}",
    ]
}

fn status() -> impl Strategy<Value = Value> {
    let kind = prop_oneof![3 => Just("routable"), 3 => Just("not_routable"), 2 => Just("offline"), 1 => Just("system")];
    (word(), word(), kind).prop_map(|(arn, name, kind)| json!({ "arn": arn, "name": name, "type": kind }))
}

fn contact() -> impl Strategy<Value = Value> {
    let kind = prop::sample::select(vec!["voice", "chat", "task", "email", "queue_callback", "fax"]);
    let state = prop::sample::select(vec![
        "init",
        "incoming",
        "pending",
        "connecting",
        "connected",
        "paused",
        "missed",
        "rejected",
        "error",
        "ended",
        "other",
    ]);
    let number = proptest::option::of("[+0-9]{0,66}");
    (word(), kind, state, any::<u64>(), any::<bool>(), any::<bool>(), number, word()).prop_map(
        |(id, kind, state, ms, inbound, hold, number, text)| {
            json!({
                "attributes": { "callerName": text, "callerEntraId": text }, "queue": { "arn": text, "name": text },
                "dialled": text, "transferred": hold,
                "id": id, "type": kind, "state": state, "stateMs": ms, "inbound": inbound, "onHold": hold,
                "number": number,
            })
        },
    )
}

fn reply() -> impl Strategy<Value = String> {
    let codes = vec!["stale", "noAgent", "badNumber", "refused", "timedOut", "maybe"];
    let error = proptest::option::of((prop::sample::select(codes), word()));
    (any::<u64>(), error).prop_map(|(id, error)| {
        let error = error.map(|(code, text)| json!({ "code": code, "text": text }));
        json!({ "kind": "reply", "id": id, "error": error }).to_string()
    })
}

/// An answer to one of the first questions.
fn alive() -> impl Strategy<Value = String> {
    let age = || proptest::option::of(0_u64..200_000);
    (1_u64..6, proptest::option::of(0_u64..4), age(), age(), any::<bool>(), proptest::option::of(word())).prop_map(
        |(id, stamp, snapshot, ack, online, broken)| {
            json!({
                "kind": "alive", "id": id, "stamp": stamp, "snapshotMs": snapshot, "ackMs": ack, "online": online,
                "socket": null, "broken": broken,
            })
            .to_string()
        },
    )
}

fn named() -> impl Strategy<Value = Value> {
    (word(), word()).prop_map(|(arn, name)| json!({ "arn": arn, "name": name }))
}

fn message() -> impl Strategy<Value = String> {
    let bare = prop::sample::select(vec![
        "hostReady",
        "loginNeeded",
        "ackTimeout",
        "retriesExhausted",
        "terminated",
        "stopped",
        "weather",
    ]);
    prop_oneof![
        2 => bare.prop_map(|kind| json!({ "kind": kind }).to_string()),
        3 => (word(), word(), vec(status(), 0..6), any::<bool>(), vec("[a-z]{2}", 0..4), any::<bool>()).prop_map(
            |(username, name, statuses, outbound, countries, softphone)| {
                json!({
                    "kind": "agent", "username": username, "name": name, "statuses": statuses,
                    "outbound": outbound, "countries": countries, "softphone": softphone,
                })
                .to_string()
            }
        ),
        6 => (0_u64..4, 0_u64..60_000, named(), any::<u64>(), proptest::option::of(named()), proptest::option::of(word()), vec(contact(), 0..4))
            .prop_map(|(stamp, age, chosen, ms, next, error, contacts)| {
                json!({
                    "kind": "state", "stamp": stamp, "ageMs": age, "chosen": chosen, "chosenMs": ms, "next": next,
                    "error": error, "contacts": contacts,
                })
                .to_string()
            }),
        3 => alive(),
        1 => reply(),
        1 => "\\PC{0,80}",
        1 => "\\{\"kind\":\"\\PC{0,40}\\}",
    ]
}

fn hosting() -> impl Strategy<Value = Hosting> {
    prop::sample::select(vec![Hosting::SameOrigin, Hosting::ApprovedOrigin])
}

fn step() -> impl Strategy<Value = (u32, Step)> {
    let step = prop_oneof![
        8 => message().prop_map(Step::Message),
        2 => Just(Step::WindowOpened),
        1 => Just(Step::LoggedIn),
        1 => Just(Step::WindowDied),
        1 => Just(Step::Due),
        1 => Just(Step::AskNow),
    ];
    (0_u32..30_000, step)
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(raw in "\\PC{0,200}") {
        drop(Message::parse(&raw));
    }

    #[test]
    fn a_refused_message_changes_nothing(hosting in hosting(), steps in vec(step(), 0..40)) {
        let mut now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(400_000);
        let mut session = Session::new(hosting, Timestamp::UNIX_EPOCH);
        for (wait, step) in steps {
            now += SignedDuration::from_millis(i64::from(wait));
            let content = |session: &Session| (
                *session.phase(),
                session.stamp(),
                session.snapshot().cloned(),
                session.calls().to_vec(),
                session.agent().cloned(),
            );
            let before = content(&session);
            match step {
                Step::Message(raw) => if session.take(&raw, now).is_err() {
                    prop_assert_eq!(before, content(&session));
                },
                Step::WindowOpened => drop(session.window_opened(now)),
                Step::LoggedIn => session.login_reached(now),
                Step::AskNow => session.ask_now(now),
                Step::WindowDied => drop(session.window_died(now)),
                Step::Due => drop(session.due(now)),
            }
            let is_live = *session.phase() == Phase::Live;
            prop_assert_eq!(session.snapshot().is_some(), is_live);
            prop_assert_eq!(session.stamp().is_some(), is_live);
            prop_assert!(is_live || (session.calls().is_empty() && session.agent_error().is_none()));
        }
    }

    #[test]
    fn the_same_message_twice_changes_nothing_the_second_time(
        hosting in hosting(), messages in vec(message(), 1..20)) {
        let mut now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(400_000);
        let mut session = Session::new(hosting, now);
        drop(session.window_opened(now));
        for raw in messages {
            now += SignedDuration::from_secs(1);
            drop(session.due(now));
            if session.take(&raw, now).is_ok() && session.deadline().is_some_and(|at| now < at) {
                let reported = session.take(&raw, now).unwrap_or_default();
                // An answer is passed on each time: the caller that waits for it knows whether it is the first.
                let is_answer = |change: &Change| matches!(change, Change::Replied { .. } | Change::Refused(_));
                prop_assert!(reported.iter().all(is_answer), "{reported:?}");
            }
        }
    }

    #[test]
    fn a_change_is_reported_exactly_when_the_snapshot_differs(hosting in hosting(), steps in vec(step(), 0..40)) {
        let mut now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(400_000);
        let mut session = Session::new(hosting, now);
        drop(session.window_opened(now));
        let mut reported = Vec::new();
        for (wait, step) in steps {
            now += SignedDuration::from_millis(i64::from(wait));
            drop(session.due(now));
            let before = session.snapshot().cloned();
            let calls = session.calls().to_vec();
            let error = session.agent_error();
            let agent = session.agent().map(|agent| agent.username.clone());
            let Step::Message(raw) = step else { continue };
            let Ok(changes) = session.take(&raw, now) else { continue };
            for change in &changes {
                if let Change::Snapshot(reported) = change {
                    prop_assert_eq!(session.snapshot(), Some(reported));
                    prop_assert_ne!(Some(reported), before.as_ref());
                }
            }
            if session.agent().map(|agent| agent.username.clone()) != agent {
                reported = Vec::new();
            }
            let has_ended = changes.contains(&Change::Lost) || changes.contains(&Change::Old);
            prop_assert_eq!(has_ended && before.is_some(), before.is_some() && session.snapshot().is_none());
            let has_changed =
                session.calls() != calls || session.calls() != reported || session.agent_error() != error;
            prop_assert_eq!(changes.contains(&Change::Calls), session.snapshot().is_some() && has_changed);
            if session.snapshot().is_some() {
                reported = session.calls().to_vec();
            }
        }
    }

    #[test]
    fn a_deadline_is_due_once(hosting in hosting(), wait in 0_i64..100) {
        let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(400_000);
        let mut session = Session::new(hosting, now);
        drop(session.window_opened(now));
        let then = now + SignedDuration::from_secs(wait);
        let first = session.due(then);
        prop_assert_eq!(first.is_empty(), wait < 20);
        prop_assert!(session.due(then).is_empty());
    }
}
