//! How old the state is: current, old after 45 s, and lost after 90 s.

use connect::{Change, Phase};
use jiff::SignedDuration;
use serde_json::json;

use crate::{agent, alive, at, live, opened, ping, receive, reopen, state};

#[test]
fn a_state_of_45_s_is_old_and_after_90_s_it_is_lost() {
    let mut session = live();
    for (second, id) in [(10, 1), (20, 2), (30, 3)] {
        assert_eq!(session.due(at(second)), [ping(id)]);
        let age = u64::try_from(second).unwrap() * 1000;
        assert_eq!(receive(&mut session, second, &alive(id, age)), []);
    }
    assert_eq!(session.deadline(), Some(at(35)), "asked before a healthy snapshot could count as old");
    assert_eq!(session.due(at(35)), [ping(4)]);
    assert_eq!(receive(&mut session, 35, &alive(4, 35_000)), []);
    assert_eq!(session.due(at(38)), [ping(5)]);
    assert_eq!(receive(&mut session, 38, &alive(5, 38_000)), []);
    assert_eq!(session.due(at(41)), [ping(6)]);
    assert_eq!(receive(&mut session, 41, &alive(6, 41_000)), []);
    assert_eq!(session.due(at(44)), [ping(7)]);
    assert!(session.snapshot().is_some());
    assert_eq!(session.due(at(45)), [Change::Old]);
    assert_eq!(*session.phase(), Phase::Old);
    assert_eq!((session.snapshot(), session.stamp()), (None, None));
    let (snapshot, read) = session.last_known().unwrap();
    assert_eq!(
        (snapshot.chosen.name.as_str(), read),
        ("Available", at(0)),
        "an old state is shown with its age"
    );
    let mut id = 7;
    for second in 45..90 {
        receive(&mut session, second, &alive(id, u64::try_from(second).unwrap() * 1000));
        for change in session.due(at(second)) {
            assert_eq!(change, ping(id + 1));
            id += 1;
        }
    }
    assert_eq!(session.due(at(90)), [Change::Lost, reopen(1)]);
    assert_eq!(*session.phase(), Phase::Lost);
}

#[test]
fn an_old_state_that_is_read_again_is_reported_again() {
    let mut session = live();
    assert_eq!(session.due(at(45)), [Change::Old, ping(1)]);
    let changes = receive(&mut session, 46, &alive(1, 300));
    assert!(matches!(changes.as_slice(), [Change::Snapshot(_)]), "{changes:?}");
    assert_eq!(*session.phase(), Phase::Live);
    assert_eq!(session.last_known().unwrap().1, at(46) - SignedDuration::from_millis(300));
}

#[test]
fn a_reported_state_may_be_old_already() {
    let mut session = opened();
    receive(&mut session, 1, &agent());
    let mut old = state(1);
    old["ageMs"] = json!(50_000);
    assert_eq!(receive(&mut session, 1, &old), []);
    assert_eq!((*session.phase(), session.snapshot()), (Phase::Old, None));
}

#[test]
fn a_sleep_of_hours_makes_the_state_old_and_asks_before_the_window_is_opened_again() {
    let mut session = live();
    let awake = 8 * 3600;
    assert_eq!(session.due(at(awake)), [Change::Old, ping(1)]);
    session.ask_now(at(awake));
    assert_eq!(session.due(at(awake)), [ping(2)]);
    let changes = receive(&mut session, awake + 4, &alive(2, 1_000));
    assert!(matches!(changes.as_slice(), [Change::Snapshot(_)]));

    let mut session = live();
    drop(session.due(at(awake)));
    assert_eq!(
        receive(&mut session, awake + 1, &alive(1, 8 * 3_600_000)),
        [],
        "Streams has 45 s to read it again"
    );
    let mut changes = Vec::new();
    for second in awake..awake + 45 {
        changes.extend(session.due(at(second)));
        let last = changes.iter().filter(|change| matches!(change, Change::Send(_))).count() as u64 + 1;
        receive(&mut session, second, &alive(last, 8 * 3_600_000));
    }
    assert!(changes.iter().all(|change| matches!(change, Change::Send(_))));
    assert_eq!(session.due(at(awake + 45)), [Change::Lost, reopen(1)]);
}
