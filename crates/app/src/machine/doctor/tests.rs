use proptest::prelude::*;
use view::doctor::CheckStatus;

use super::*;
use crate::fixture::at;

const NOTHING: [DoctorOut; 0] = [];

fn check(topic: Topic) -> Check {
    Check { check: topic, title: String::new(), status: CheckStatus::Good, saw: String::new(), to_do: None }
}

fn checked(run: u64, topic: Topic) -> DoctorIn {
    DoctorIn::Checked { run, check: check(topic) }
}

fn running() -> Doctor {
    let mut doctor = Doctor::new();
    assert_eq!(doctor.on(DoctorIn::Run, at(0)), [DoctorOut::Run { run: 1 }, DoctorOut::Touch]);
    doctor
}

#[test]
fn one_run_at_a_time_and_another_when_it_has_ended() {
    let mut doctor = running();
    assert_eq!(doctor.on(DoctorIn::Run, at(1)), NOTHING);
    assert_eq!(doctor.on(checked(1, Topic::Disk), at(1)), [DoctorOut::Touch]);
    assert!(doctor.is_running());
    assert_eq!(doctor.not_checked().count(), 0, "it may still come");
    assert_eq!(doctor.on(DoctorIn::Ended { run: 1 }, at(2)), [DoctorOut::Touch]);
    assert!(!doctor.is_running());
    assert_eq!(doctor.on(DoctorIn::Run, at(3)), [DoctorOut::Run { run: 2 }, DoctorOut::Touch]);
    assert!(doctor.found().is_empty());
}

#[test]
fn a_run_that_hangs_ends_at_its_limit_and_says_what_it_did_not_check() {
    let mut doctor = running();
    doctor.on(checked(1, Topic::Disk), at(1));
    let until = doctor.deadline().unwrap();
    assert_eq!(doctor.on(DoctorIn::Due, at(1)), NOTHING, "not yet");
    assert_eq!(doctor.on(DoctorIn::Due, until), [DoctorOut::Abort { run: 1 }, DoctorOut::Touch]);
    assert!(!doctor.is_running());
    assert_eq!(doctor.deadline(), None);
    let missing: Vec<Topic> = doctor.not_checked().collect();
    assert_eq!(missing.len(), Topic::ALL.len() - 1);
    assert!(!missing.contains(&Topic::Disk));
}

#[test]
fn a_run_whose_settings_could_not_be_read_ends_with_everything_not_checked() {
    let mut doctor = running();
    doctor.on(DoctorIn::Ended { run: 1 }, at(1));
    assert!(!doctor.is_running());
    assert_eq!(doctor.not_checked().count(), Topic::ALL.len());
}

#[test]
fn a_late_check_of_an_earlier_run_is_ignored() {
    let mut doctor = running();
    let until = doctor.deadline().unwrap();
    doctor.on(DoctorIn::Due, until);
    assert_eq!(doctor.on(checked(1, Topic::Disk), until), NOTHING, "after its limit");
    doctor.on(DoctorIn::Run, until);
    assert_eq!(doctor.on(checked(1, Topic::Disk), until), NOTHING);
    assert_eq!(doctor.on(DoctorIn::Ended { run: 1 }, until), NOTHING);
    assert!(doctor.is_running() && doctor.found().is_empty());
}

#[test]
fn a_clock_that_is_set_moves_the_limit_with_it() {
    let mut doctor = running();
    let (until, by) = (doctor.deadline().unwrap(), SignedDuration::from_hours(5));
    doctor.redate(by);
    assert_eq!(doctor.deadline(), Some(until + by));
}

proptest! {
    /// Whatever comes, after a run each topic has exactly one check: one that was found, or "not checked".
    #[test]
    fn after_a_run_each_topic_has_one_check(
        inputs in prop::collection::vec((0_u8..4, 0_u64..3, 0..Topic::ALL.len(), 0_i64..20), 0..60),
    ) {
        let mut doctor = Doctor::new();
        let mut now = 0;
        for (kind, run, topic, pause) in inputs {
            now += pause;
            let input = match kind {
                0 => DoctorIn::Run,
                1 => checked(run, Topic::ALL[topic]),
                2 => DoctorIn::Ended { run },
                _ => DoctorIn::Due,
            };
            doctor.on(input, at(now));
            if doctor.deadline().is_some_and(|until| until <= at(now)) {
                doctor.on(DoctorIn::Due, at(now));
            }
        }
        if doctor.is_running() {
            doctor.on(DoctorIn::Due, doctor.deadline().unwrap());
        }
        if doctor.deadline().is_none() && (!doctor.found().is_empty() || doctor.not_checked().count() > 0) {
            let mut topics: Vec<Topic> = doctor.found().iter().map(|check| check.check).collect();
            topics.extend(doctor.not_checked());
            topics.sort();
            prop_assert_eq!(topics, Topic::ALL.to_vec());
        }
    }
}
