//! Laws over random answers: a healthy page stays live, a silent one is opened again, and a current snapshot is young.

use connect::{Change, Order, Phase};
use jiff::SignedDuration;
use proptest::{collection::vec, prelude::*};

use crate::{alive, at_ms, live, start};

/// Plays a session with a page whose snapshots and answers are late by these `steps`, each with the time of a poll and
/// the delay of an answer in ms. From `silent_from` on, the page answers nothing. Gives the changes with their times in ms.
fn play(steps: &[(u32, u32)], silent_from: i64, until: i64) -> Vec<(i64, Change)> {
    let mut session = live();
    let mut steps = steps.iter().cycle();
    // All in ms since the start; the page reads its snapshot again after a poll of `poll` ms.
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
            let taken = session.take(&alive(id, age).to_string(), at_ms(now)).unwrap();
            changes.extend(taken.into_iter().map(|change| (now, change)));
        }
        for change in session.due(at_ms(now)) {
            if let Change::Send(Order::Ping { id }) = change {
                let (poll, delay) = *steps.next().unwrap();
                // The page answers the question at once, and the answer arrives later.
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
        let end = changes.iter().find(|(_, change)| matches!(change, Change::Old | Change::Lost));
        prop_assert!(end.is_some_and(|(at, _)| *at <= silent_from + 60_000), "{changes:?}");
        let opened = changes.iter().any(|(_, change)| matches!(change, Change::ReopenWindow { .. }));
        prop_assert!(opened, "{changes:?}");
    }

    #[test]
    fn a_current_snapshot_is_younger_than_45_s(
        answers in vec((0_u32..20_000, 0_u64..100_000, any::<bool>()), 1..60)) {
        let mut session = live();
        let mut now = start();
        let mut id = 0;
        for (wait, age, is_answered) in answers {
            let then = now + SignedDuration::from_millis(i64::from(wait));
            while let Some(due) = session.deadline().filter(|due| *due <= then) {
                now = due.max(now);
                id += session.due(now).iter().filter(|change| matches!(change, Change::Send(Order::Ping { .. }))).count() as u64;
                prop_assert!(session.deadline().is_none_or(|next| now < next), "what is due is due once");
                let young = session.last_known().is_some_and(|(_, read)| now.duration_since(read) < SignedDuration::from_secs(45));
                prop_assert!(session.snapshot().is_none() || young);
            }
            now = then;
            if is_answered && session.deadline().is_some() {
                drop(session.take(&alive(id, age).to_string(), now));
            }
            let young = session.last_known().is_some_and(|(_, read)| now.duration_since(read) < SignedDuration::from_secs(45));
            prop_assert!(session.snapshot().is_none() || young);
            prop_assert_eq!(session.snapshot().is_some(), *session.phase() == Phase::Live);
        }
    }
}
