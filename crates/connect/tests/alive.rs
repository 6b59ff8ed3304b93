//! Whether the page lives: questions, the age of the state, and what follows from silence.

#![expect(clippy::unwrap_used, reason = "a test may end here")]

use std::time::Duration;

use connect::{Change, Order, Phase, Session};
use jiff::{SignedDuration, Timestamp};
use presence::connect::Hosting;
use proptest::{collection::vec, prelude::*};
use serde_json::{Value, json};

fn start() -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000)
}

fn at(seconds: i64) -> Timestamp {
    start() + SignedDuration::from_secs(seconds)
}

fn ms(ms: i64) -> Timestamp {
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
    say(&mut session, 0, &json!({ "kind": "hostReady" }));
    session
}

/// Live since second 0, and asked first in second 10.
fn live() -> Session {
    let mut session = opened();
    say(&mut session, 0, &agent());
    say(&mut session, 0, &state(1));
    assert_eq!(*session.phase(), Phase::Live);
    session
}

fn say(session: &mut Session, seconds: i64, message: &Value) -> Vec<Change> {
    session.take(&message.to_string(), at(seconds)).unwrap()
}

fn ask(id: u64) -> Change {
    Change::Send(Order::Ping { id })
}

fn reopen(seconds: u64) -> Change {
    Change::ReopenWindow { after: Duration::from_secs(seconds) }
}

#[test]
fn a_page_is_asked_every_ten_seconds() {
    let mut session = live();
    for id in 1..100 {
        let now = 10 * i64::try_from(id).unwrap();
        assert_eq!(session.deadline(), Some(at(now)));
        assert_eq!(session.due(at(now)), [ask(id)]);
        assert_eq!(say(&mut session, now, &alive(id, 2_000)), []);
    }
    assert!(session.snapshot().is_some());
}

#[test]
fn a_page_is_asked_every_three_seconds_while_an_order_waits() {
    let mut session = live();
    session.order_waits(true, at(2));
    assert_eq!(session.due(at(5)), [ask(1)]);
    say(&mut session, 5, &alive(1, 2_000));
    assert_eq!(session.due(at(8)), [ask(2)]);
    session.order_waits(false, at(8));
    say(&mut session, 8, &alive(2, 2_000));
    assert_eq!(session.deadline(), Some(at(18)));
}

#[test]
fn two_unanswered_questions_lose_the_session_and_open_the_window_again() {
    let mut session = live();
    assert_eq!(session.due(at(10)), [ask(1)]);
    assert_eq!(session.due(at(15)), [ask(2)]);
    assert_eq!(session.due(at(20)), [Change::Lost, reopen(1)]);
    assert_eq!(*session.phase(), Phase::Lost);
    assert_eq!((session.snapshot(), session.deadline()), (None, None));
    assert_eq!(session.window_opened(at(21)), []);
}

#[test]
fn a_page_that_never_lives_is_opened_again_with_growing_waits() {
    let mut session = live();
    let mut now = 10;
    for wait in [1, 2, 5, 15, 60, 60] {
        drop(session.due(at(now)));
        drop(session.due(at(now + 5)));
        assert_eq!(session.due(at(now + 10)).last(), Some(&reopen(wait)));
        now += 100;
        drop(session.window_opened(at(now)));
        say(&mut session, now, &json!({ "kind": "hostReady" }));
        say(&mut session, now, &state(1));
        now += 10;
    }
}

#[test]
fn a_state_of_45_s_is_old_and_after_90_s_it_is_lost() {
    let mut session = live();
    for (second, id) in [(10, 1), (20, 2), (30, 3)] {
        assert_eq!(session.due(at(second)), [ask(id)]);
        let age = u64::try_from(second).unwrap() * 1000;
        assert_eq!(say(&mut session, second, &alive(id, age)), []);
    }
    assert_eq!(session.deadline(), Some(at(35)), "asked before a healthy snapshot could pass for an old one");
    assert_eq!(session.due(at(35)), [ask(4)]);
    assert_eq!(say(&mut session, 35, &alive(4, 35_000)), []);
    assert_eq!(session.due(at(38)), [ask(5)]);
    assert_eq!(say(&mut session, 38, &alive(5, 38_000)), []);
    assert_eq!(session.due(at(41)), [ask(6)]);
    assert_eq!(say(&mut session, 41, &alive(6, 41_000)), []);
    assert_eq!(session.due(at(44)), [ask(7)]);
    assert!(session.snapshot().is_some());
    assert_eq!(session.due(at(45)), [Change::Old]);
    assert_eq!(*session.phase(), Phase::Old);
    assert_eq!((session.snapshot(), session.stamp()), (None, None));
    let (snapshot, read) = session.last_known().unwrap();
    assert_eq!((snapshot.chosen.name.as_str(), read), ("Available", at(0)), "it is shown with its age");
    let mut id = 7;
    for second in 45..90 {
        say(&mut session, second, &alive(id, u64::try_from(second).unwrap() * 1000));
        for change in session.due(at(second)) {
            assert_eq!(change, ask(id + 1));
            id += 1;
        }
    }
    assert_eq!(session.due(at(90)), [Change::Lost, reopen(1)]);
    assert_eq!(*session.phase(), Phase::Lost);
}

#[test]
fn an_old_state_that_is_read_again_is_reported_again() {
    let mut session = live();
    assert_eq!(session.due(at(45)), [Change::Old, ask(1)]);
    let back = say(&mut session, 46, &alive(1, 300));
    assert!(matches!(back.as_slice(), [Change::Snapshot(_)]), "{back:?}");
    assert_eq!(*session.phase(), Phase::Live);
    assert_eq!(session.last_known().unwrap().1, at(46) - SignedDuration::from_millis(300));
}

#[test]
fn a_state_that_is_said_may_be_old_already() {
    let mut session = opened();
    say(&mut session, 1, &agent());
    let mut late = state(1);
    late["ageMs"] = json!(50_000);
    assert_eq!(say(&mut session, 1, &late), []);
    assert_eq!((*session.phase(), session.snapshot()), (Phase::Old, None));
}

#[test]
fn a_sleep_of_hours_makes_the_state_old_and_asks_before_the_window_is_opened_again() {
    let mut session = live();
    let awake = 8 * 3600;
    assert_eq!(session.due(at(awake)), [Change::Old, ask(1)]);
    session.ask_now(at(awake));
    assert_eq!(session.due(at(awake)), [ask(2)]);
    let back = say(&mut session, awake + 4, &alive(2, 1_000));
    assert!(matches!(back.as_slice(), [Change::Snapshot(_)]));

    let mut session = live();
    drop(session.due(at(awake)));
    assert_eq!(
        say(&mut session, awake + 1, &alive(1, 8 * 3_600_000)),
        [],
        "Streams has 45 s to read it again"
    );
    let mut changes = Vec::new();
    for second in awake..awake + 45 {
        changes.extend(session.due(at(second)));
        let last = changes.iter().filter(|change| matches!(change, Change::Send(_))).count() as u64 + 1;
        say(&mut session, second, &alive(last, 8 * 3_600_000));
    }
    assert!(changes.iter().all(|change| matches!(change, Change::Send(_))));
    assert_eq!(session.due(at(awake + 45)), [Change::Lost, reopen(1)]);
}

#[test]
fn asked_at_once_means_at_once() {
    let mut session = live();
    session.ask_now(at(3));
    assert_eq!(session.deadline(), Some(at(3)));
    assert_eq!(session.due(at(3)), [ask(1)]);
}

#[test]
fn a_frame_whose_worker_is_deaf_is_opened_again() {
    let mut session = live();
    drop(session.due(at(10)));
    let mut deaf = alive(1, 100);
    deaf["ackMs"] = json!(90_001);
    assert_eq!(say(&mut session, 10, &deaf), [Change::Lost, reopen(1)]);
}

#[test]
fn a_state_that_did_not_arrive_is_said_again() {
    let mut session = live();
    drop(session.due(at(10)));
    let mut newer = alive(1, 100);
    newer["stamp"] = json!(2);
    assert_eq!(say(&mut session, 10, &newer), [Change::Send(Order::Resend {})]);
    assert_eq!(session.last_known().unwrap().1, at(0), "the one that is known was not read again");
    drop(say(&mut session, 10, &state(2)));
    assert_eq!(session.stamp(), Some(2));
}

#[test]
fn a_page_that_lost_its_state_without_a_word_makes_it_unknown() {
    let mut session = live();
    drop(session.due(at(10)));
    let mut none = alive(1, 100);
    none["stamp"] = json!(null);
    assert_eq!(say(&mut session, 10, &none), [Change::Lost]);
    assert_eq!(*session.phase(), Phase::Lost);
    assert_eq!(session.due(at(70)).last(), Some(&reopen(1)), "not for ever");
}

#[test]
fn an_answer_that_nobody_asked_for_changes_nothing() {
    let mut session = live();
    let mut forged = alive(1, 80_000);
    forged["stamp"] = json!(null);
    assert_eq!(say(&mut session, 5, &forged), []);
    assert_eq!(*session.phase(), Phase::Live);
}

#[test]
fn a_page_without_an_agent_is_no_answer_after_a_minute() {
    for said in [vec![], vec![agent()]] {
        let mut session = opened();
        for message in said {
            say(&mut session, 1, &message);
        }
        let mut changes = Vec::new();
        for second in 0..60 {
            changes.extend(session.due(at(second)));
        }
        assert!(changes.iter().all(|change| matches!(change, Change::Send(_))), "{changes:?}");
        assert_eq!(session.due(at(60)), [Change::NoAnswer, reopen(1)]);
        assert_eq!(*session.phase(), Phase::NoAnswer);
    }
}

#[test]
fn a_dead_page_is_noticed_while_a_login_is_missing_and_the_login_stays_missing() {
    let mut session = opened();
    say(&mut session, 1, &json!({ "kind": "loginNeeded" }));
    assert_eq!(session.due(at(10)), [ask(1)]);
    let mut none = alive(1, 100);
    none["stamp"] = json!(null);
    assert_eq!(say(&mut session, 10, &none), []);
    assert_eq!(session.due(at(20)), [ask(2)]);
    assert_eq!(session.due(at(25)), [ask(3)]);
    assert_eq!(session.due(at(30)), [reopen(1)]);
    assert_eq!(*session.phase(), Phase::LoginNeeded);
}

#[test]
fn a_login_that_only_seems_to_be_missing_is_mended_by_the_page() {
    let mut session = live();
    say(&mut session, 1, &json!({ "kind": "loginNeeded" }));
    drop(session.due(at(10)));
    assert_eq!(
        say(&mut session, 10, &alive(1, 100)),
        [Change::Send(Order::Resend {})],
        "the page has an agent"
    );
    say(&mut session, 10, &state(1));
    assert_eq!(*session.phase(), Phase::Live);
}

#[test]
fn streams_that_reads_nothing_any_more_is_loaded_again() {
    let stopped = json!({ "kind": "stopped", "code": "accessDenied <Priya>" });
    let mut session = live();
    let broken = Change::Broken("accessDeniedPriya".to_owned());
    assert_eq!(say(&mut session, 1, &stopped), [broken, Change::Lost, reopen(1)]);
    let mut session = opened();
    say(&mut session, 1, &json!({ "kind": "loginNeeded" }));
    assert_eq!(say(&mut session, 2, &stopped), []);
    assert_eq!(*session.phase(), Phase::LoginNeeded);
}

#[test]
fn what_the_page_says_of_its_network_and_of_its_errors_is_handed_on() {
    let mut session = live();
    drop(session.due(at(10)));
    let mut answer = alive(1, 100);
    answer["broken"] = json!("contact:TypeError");
    answer["socket"] = json!(false);
    assert_eq!(say(&mut session, 10, &answer), [Change::Broken("contact:TypeError".to_owned())]);
    assert!(!session.is_offline(), "what is read is not offline");
    drop(session.due(at(20)));
    answer["id"] = json!(2);
    answer["snapshotMs"] = json!(46_000);
    assert_eq!(say(&mut session, 20, &answer), [Change::Old], "the error once");
    assert!(session.is_offline());
    session.ask_now(at(21));
    drop(session.due(at(21)));
    let mut offline = alive(3, 1_000);
    offline["online"] = json!(false);
    say(&mut session, 21, &offline);
    assert!(session.is_offline());
}

/// Plays a session and a page whose snapshots and answers take their time. `silent_from`: it answers no more.
fn play(steps: &[(u32, u32)], silent_from: i64, until: i64) -> Vec<(i64, Change)> {
    let mut session = live();
    let mut steps = steps.iter().cycle();
    // Both in ms since the start; the page's snapshot is read again after a poll of `poll` ms.
    let (mut now, mut read, mut next_read) = (0_i64, 0_i64, 30_000_i64);
    let mut answers: Vec<(i64, u64)> = Vec::new();
    let mut changes = Vec::new();
    while now < until {
        let due = session
            .deadline()
            .map_or(until, |at| i64::try_from(at.duration_since(start()).as_millis()).unwrap());
        let answer = answers.first().map_or(until, |(at, _)| *at);
        now = due.min(answer).min(until).max(now);
        if answer <= now && !answers.is_empty() {
            let (_, id) = answers.remove(0);
            let age = u64::try_from(now - read).unwrap();
            let taken = session.take(&alive(id, age).to_string(), ms(now)).unwrap();
            changes.extend(taken.into_iter().map(|change| (now, change)));
        }
        for change in session.due(ms(now)) {
            if let Change::Send(Order::Ping { id }) = change {
                let (poll, delay) = *steps.next().unwrap();
                // The answer is given in the turn of the question, and arrives later.
                let arrives = now + i64::from(delay);
                if now < silent_from {
                    answers.push((arrives, id));
                    answers.sort_unstable();
                }
                while next_read <= arrives {
                    read = next_read;
                    next_read += i64::from(poll);
                }
            } else {
                changes.push((now, change));
            }
        }
        while next_read <= now {
            read = next_read;
            next_read += 30_000;
        }
        if session.deadline().is_none() {
            break;
        }
    }
    changes
}

fn steps() -> impl Strategy<Value = Vec<(u32, u32)>> {
    vec((100_u32..35_000, prop_oneof![4 => 1_u32..20, 1 => 1_u32..5_000]), 1..60)
}

proptest! {
    // Each case is an hour.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_healthy_page_is_never_old_and_never_lost(steps in steps()) {
        let changes = play(&steps, i64::MAX, 3_600_000);
        prop_assert!(changes.is_empty(), "{changes:?}");
    }

    #[test]
    fn a_silent_page_is_not_live_after_a_minute_and_opened_again_after_two(
        steps in steps(), silent_from in 0_i64..600_000) {
        let changes = play(&steps, silent_from, silent_from + 120_000);
        let ends = changes.iter().find(|(_, change)| matches!(change, Change::Old | Change::Lost));
        prop_assert!(ends.is_some_and(|(at, _)| *at <= silent_from + 60_000), "{changes:?}");
        let opened = changes.iter().any(|(_, change)| matches!(change, Change::ReopenWindow { .. }));
        prop_assert!(opened, "{changes:?}");
    }

    #[test]
    fn what_may_be_decided_on_is_younger_than_45_s(
        answers in vec((0_u32..20_000, 0_u64..100_000, any::<bool>()), 1..60)) {
        let mut session = live();
        let mut now = start();
        let mut id = 0;
        for (wait, age, answers) in answers {
            let then = now + SignedDuration::from_millis(i64::from(wait));
            while let Some(due) = session.deadline().filter(|due| *due <= then) {
                now = due.max(now);
                id += session.due(now).iter().filter(|change| matches!(change, Change::Send(Order::Ping { .. }))).count() as u64;
                prop_assert!(session.deadline().is_none_or(|next| now < next), "what is due is due once");
                let young = session.last_known().is_some_and(|(_, read)| now.duration_since(read) < SignedDuration::from_secs(45));
                prop_assert!(session.snapshot().is_none() || young);
            }
            now = then;
            if answers && session.deadline().is_some() {
                drop(session.take(&alive(id, age).to_string(), now));
            }
            let young = session.last_known().is_some_and(|(_, read)| now.duration_since(read) < SignedDuration::from_secs(45));
            prop_assert!(session.snapshot().is_none() || young);
            prop_assert_eq!(session.snapshot().is_some(), *session.phase() == Phase::Live);
        }
    }
}
