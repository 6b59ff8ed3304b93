use presence::{
    connect::{AgentSnapshot, StatusArn, StatusKind},
    mapping::{ConnectToTeams, TeamsToConnect},
    teams::{Availability, Reading, TeamsState},
};

use super::*;
use crate::fixture::at;

fn sync() -> Sync {
    let tables =
        Tables { connect_to_teams: ConnectToTeams::default(), teams_to_connect: TeamsToConnect::default() };
    Sync::new(tables, Rules::default(), Pace::default(), StoredProvenance::default(), at(0)).0
}

fn training() -> AgentSnapshot {
    let chosen = AgentStatus {
        arn: StatusArn::new("arn:training"),
        name: "Training".to_owned(),
        kind: StatusKind::Custom,
    };
    AgentSnapshot { chosen, chosen_since: at(0), next: None, contacts: Vec::new() }
}

fn available(seconds: i64) -> SyncIn {
    SyncIn::Event(Event::Teams(Reading {
        state: TeamsState::plain(Availability::Available),
        sequence: None,
        at: at(seconds),
    }))
}

/// The agent chose Training, and its hold of 15 s is over.
fn deciding() -> (Sync, Vec<SyncOut>) {
    let mut sync = sync();
    sync.on(SyncIn::Person(ObjectId::new("priya")), at(0));
    sync.on(SyncIn::Event(Event::Agent(training())), at(0));
    sync.on(available(0), at(0));
    sync.on(SyncIn::Event(Event::Deadline), at(15));
    let out = sync.on(available(15), at(15));
    (sync, out)
}

fn remembered(out: &SyncOut) -> Option<&StoredProvenance> {
    if let SyncOut::Remember(kept) = out { Some(kept) } else { None }
}

fn position(out: &[SyncOut], wanted: impl Fn(&SyncOut) -> bool) -> Option<usize> {
    out.iter().position(wanted)
}

#[test]
fn provenance_is_remembered_before_its_write() {
    let (sync, out) = deciding();
    let remember = position(&out, |out| matches!(out, SyncOut::Remember(_)));
    let write = position(&out, |out| matches!(out, SyncOut::Write(_)));
    assert!(remember.is_some() && remember < write, "{out:#?}");
    let Some(SyncOut::Remember(kept)) = remember.and_then(|at| out.get(at)) else { panic!("{out:#?}") };
    assert_eq!(kept.person(), Some(&ObjectId::new("priya")));
    assert!(kept.provenance.session.is_some(), "{kept:#?}");
    assert_eq!(sync.person(), Some(&ObjectId::new("priya")));
}

#[test]
fn another_person_starts_with_their_own_provenance() {
    let (mut sync, _) = deciding();
    let out = sync.on(SyncIn::Person(ObjectId::new("grace")), at(20));
    assert_eq!(out.first(), Some(&SyncOut::AnotherPerson));
    let kept = out.iter().rev().find_map(remembered);
    assert!(kept.is_some_and(|kept| kept.person() == Some(&ObjectId::new("grace"))), "{out:#?}");
    assert_eq!(
        sync.on(SyncIn::Person(ObjectId::new("grace")), at(21)),
        [],
        "the same person changes nothing"
    );
    let back = sync.on(SyncIn::Person(ObjectId::new("priya")), at(30));
    let restored = back.iter().filter_map(remembered).any(|kept| kept.provenance.session.is_some());
    assert!(restored, "what we wrote to her Teams is known again: {back:#?}");
}

/// Priya's first write is still on its way when Grace, and then Priya again, sign in; so is a write for Priya's current
/// state.
fn decides_again_after_somebody_else() -> Sync {
    let (mut sync, out) = deciding();
    assert!(position(&out, |out| matches!(out, SyncOut::Write(_))).is_some(), "{out:#?}");
    for (name, seconds) in [("grace", 20), ("priya", 30)] {
        sync.on(SyncIn::Person(ObjectId::new(name)), at(seconds));
    }
    assert_eq!(sync.persons(), 2);
    let mut out = sync.on(available(31), at(31));
    for _ in 0..3 {
        let due = sync.deadline().unwrap();
        out.extend(sync.on(SyncIn::Event(Event::Deadline), due));
        let seconds = due.duration_since(at(0)).as_secs();
        out.extend(sync.on(available(seconds), due));
        if position(&out, |out| matches!(out, SyncOut::Write(_))).is_some() {
            return sync;
        }
    }
    panic!("nothing is written: {out:#?}");
}

fn full_disk() -> DiskFailure {
    DiskFailure { file: "provenance.json".into(), kind: std::io::ErrorKind::StorageFull }
}

#[test]
fn a_write_of_a_former_person_that_ends_late_is_not_what_the_engine_waits_for() {
    let mut sync = decides_again_after_somebody_else();
    let (before, now) = (sync.deadline(), at(60));
    let failed = NotWritten { retry_at: at(1000), disk: Some(full_disk()) };
    for persons in [0, 1] {
        for result in [Ok(()), Err(failed.clone())] {
            assert_eq!(sync.on(SyncIn::Wrote { persons, result }, now), [], "{persons}");
        }
    }
    assert_eq!((sync.deadline(), sync.not_remembered()), (before, None));
    let out = sync.on(SyncIn::Wrote { persons: 2, result: Ok(()) }, now);
    assert_ne!((sync.deadline(), out), (before, Vec::new()), "this is the one");
}

#[test]
fn a_write_that_a_full_disk_held_back_is_shown_and_tried_again() {
    let (mut sync, _) = deciding();
    let failed = NotWritten { retry_at: at(75), disk: Some(full_disk()) };
    sync.on(SyncIn::Wrote { persons: 0, result: Err(failed) }, at(15));
    assert_eq!((sync.not_remembered(), sync.deadline()), (Some(&full_disk()), Some(at(75))));
}

#[test]
fn a_full_disk_is_shown_until_something_can_be_written() {
    let mut sync = sync();
    sync.on(SyncIn::Remembered(Err(full_disk())), at(0));
    assert_eq!(sync.not_remembered(), Some(&full_disk()));
    sync.on(SyncIn::Remembered(Ok(())), at(1));
    assert_eq!(sync.not_remembered(), None);
}

#[test]
fn a_decision_is_recorded_and_a_clock_that_is_set_moves_the_deadlines() {
    let (mut sync, _) = deciding();
    let out = sync.on(SyncIn::Event(Event::Pause(None)), at(15));
    assert!(position(&out, |out| matches!(out, SyncOut::Record(_))).is_some(), "{out:#?}");
    let before = sync.deadline().unwrap();
    let by = SignedDuration::from_hours(-3);
    sync.on(SyncIn::ClockSet(by), at(15) + by);
    assert_eq!(sync.deadline(), Some(before + by));
}
