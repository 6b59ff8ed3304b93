use view::facts::NetworkFault;

use super::*;
use crate::fixture::at;

fn turn(microsoft: SideHealth, connect: SideHealth) -> NetworkIn {
    NetworkIn::Turn { microsoft, connect }
}

fn down() -> NetworkFacts {
    let fault = NetworkFault::ProxyDown { proxy: "proxy:8080".to_owned() };
    NetworkFacts { microsoft: Some(fault.clone()), connect: Some(fault) }
}

fn looked() -> [NetworkDiagnosis; 2] {
    let NetworkFacts { microsoft, connect } = down();
    [microsoft, connect].map(|fault| NetworkDiagnosis::Fault(fault.unwrap()))
}

fn failing() -> NetworkWatch {
    let mut network = NetworkWatch::default();
    assert_eq!(network.on(turn(SideHealth::Fails, SideHealth::NotKnown), at(0)), [NetworkOut::Look(1)]);
    network
}

#[test]
fn nothing_is_looked_at_while_nothing_fails() {
    let mut network = NetworkWatch::default();
    for health in [SideHealth::Works, SideHealth::NotKnown] {
        assert_eq!(network.on(turn(health, SideHealth::NotKnown), at(0)), []);
    }
    assert_eq!(network.on(NetworkIn::Changed, at(0)), []);
    assert_eq!(network.deadline(), None);
}

#[test]
fn a_failure_is_looked_at_once_at_a_time_and_what_is_found_is_shown() {
    let mut network = failing();
    assert_eq!(network.on(turn(SideHealth::Fails, SideHealth::Fails), at(1)), [], "one look at a time");
    assert_eq!(network.on(NetworkIn::Found(1, looked()), at(2)), [NetworkOut::Touch]);
    assert_eq!(network.faults(), &down());
    assert_eq!(network.on(turn(SideHealth::Fails, SideHealth::Fails), at(3)), []);
    assert_eq!(network.on(NetworkIn::Due, at(32)), [NetworkOut::Look(2)]);
    assert_eq!(network.on(NetworkIn::Found(2, looked()), at(33)), [], "nothing is new");
}

#[test]
fn a_fault_that_is_gone_frees_what_waits_for_it() {
    let mut network = failing();
    network.on(NetworkIn::Found(1, looked()), at(1));
    network.on(NetworkIn::Changed, at(2));
    let found = NetworkIn::Found(2, [NetworkDiagnosis::Reached, NetworkDiagnosis::Reached]);
    assert_eq!(network.on(found, at(3)), [NetworkOut::Touch, NetworkOut::Free]);
    assert_eq!(network.on(turn(SideHealth::Works, SideHealth::NotKnown), at(4)), []);
    assert_eq!(network.deadline(), None);
}

#[test]
fn a_fault_that_a_look_could_not_check_is_not_gone() {
    let mut network = failing();
    network.on(NetworkIn::Found(1, looked()), at(1));
    network.on(NetworkIn::Due, at(31));
    assert_eq!(network.on(NetworkIn::Due, at(51)), [], "the look did not end");
    assert_eq!(network.faults(), &down());
    network.on(NetworkIn::Due, at(81));
    let half = [NetworkDiagnosis::NotKnown, NetworkDiagnosis::Reached];
    assert_eq!(network.on(NetworkIn::Found(3, half), at(82)), [NetworkOut::Touch, NetworkOut::Free]);
    assert_eq!((&network.faults().microsoft, &network.faults().connect), (&down().microsoft, &None));
}

#[test]
fn a_fault_that_becomes_another_failure_frees_nobody_before_an_answer() {
    let mut network = failing();
    network.on(NetworkIn::Found(1, looked()), at(1));
    network.on(NetworkIn::Due, at(31));
    let unexplained = [NetworkDiagnosis::Unexplained, NetworkDiagnosis::Unexplained];
    assert_eq!(network.on(NetworkIn::Found(2, unexplained), at(32)), [NetworkOut::Touch]);
    network.on(NetworkIn::Due, at(62));
    let reached = [NetworkDiagnosis::Reached, NetworkDiagnosis::Unexplained];
    assert_eq!(network.on(NetworkIn::Found(3, reached), at(63)), [NetworkOut::Free]);
}

#[test]
fn a_side_that_works_has_nothing_in_its_way_whatever_was_found() {
    let mut network = failing();
    network.on(NetworkIn::Found(1, looked()), at(1));
    assert_eq!(network.on(turn(SideHealth::Works, SideHealth::Fails), at(2)), [NetworkOut::Touch]);
    assert_eq!((&network.faults().microsoft, network.faults().connect.is_some()), (&None, true));
    assert!(network.deadline().is_some(), "the other side is still looked at");
}

#[test]
fn a_failure_that_no_look_explains_is_looked_at_less_and_less_often() {
    let mut network = failing();
    let (mut now, mut waits) = (0, Vec::new());
    for number in 1..=6 {
        network.on(
            NetworkIn::Found(number, [NetworkDiagnosis::Unexplained, NetworkDiagnosis::Unexplained]),
            at(now),
        );
        let due = network.deadline().unwrap();
        waits.push(due.duration_since(at(now)).as_secs());
        now += waits.last().unwrap();
        assert_eq!(network.on(NetworkIn::Due, at(now)), [NetworkOut::Look(number + 1)]);
    }
    assert_eq!(waits, [30, 60, 120, 240, 300, 300]);
}

#[test]
fn a_look_that_does_not_end_is_given_up_and_its_late_answer_is_ignored() {
    let mut network = failing();
    assert_eq!(network.on(NetworkIn::Due, at(20)), []);
    assert_eq!(network.on(NetworkIn::Found(1, looked()), at(21)), []);
    assert_eq!(network.faults(), &NetworkFacts::default());
}
