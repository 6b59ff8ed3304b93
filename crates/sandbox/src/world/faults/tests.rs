//! Which requests a fault meets, and how requests are counted.

use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;

const BUSY: StatusCode = StatusCode::TOO_MANY_REQUESTS;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap() + SignedDuration::from_secs(second)
}

fn met(faults: &mut Faults, endpoint: Endpoint, times: usize) -> Vec<bool> {
    (0..times).map(|_| faults.request(endpoint, at(0)).is_some()).collect()
}

fn with(endpoint: Endpoint, fault: Fault) -> Faults {
    let mut faults = Faults::default();
    faults.set(Cause::Set(endpoint), fault, at(0));
    faults
}

#[test]
fn only_the_next_requests_are_met() {
    let fault = Fault { meets: Meets::Next(2), ..Fault::refusal(BUSY) };
    let mut faults = with(Endpoint::OwnPresence, fault);
    assert_eq!(faults.overview(at(0))[0].meets, Meets::Next(2));
    assert_eq!(met(&mut faults, Endpoint::OwnPresence, 4), [true, true, false, false]);
    assert_eq!(faults.overview(at(0)), []);
}

#[test]
fn a_cycle_lets_some_pass_and_meets_some() {
    let cycle = |pass, meet| Fault { meets: Meets::Cycle { pass, meet }, ..Fault::refusal(BUSY) };
    let mut faults = with(Endpoint::Writes, cycle(1, 3));
    assert_eq!(
        met(&mut faults, Endpoint::Writes, 9),
        [false, true, true, true, false, true, true, true, false]
    );
    let mut never = with(Endpoint::Writes, cycle(0, 0));
    assert_eq!(met(&mut never, Endpoint::Writes, 2), [false, false]);
}

#[test]
fn a_fault_ends_with_its_time_and_meets_its_own_endpoint_only() {
    let fault = Fault { lasts: Some(Duration::from_secs(5)), ..Fault::refusal(BUSY) };
    let mut faults = with(Endpoint::Graph, fault);
    assert!(faults.request(Endpoint::Me, at(4)).is_some());
    assert!(faults.request(Endpoint::Token, at(4)).is_none());
    assert!(faults.request(Endpoint::Me, at(5)).is_none());
}

#[test]
fn the_smaller_endpoint_comes_before_the_larger_one() {
    let mut faults = with(Endpoint::Everything, Fault::refusal(BUSY));
    faults.set(Cause::Set(Endpoint::Colleagues), Fault::slow(Duration::from_secs(1)), at(0));
    assert_eq!(faults.request(Endpoint::Colleagues, at(0)).unwrap().status, None);
    assert_eq!(faults.request(Endpoint::Token, at(0)).unwrap().status, Some(BUSY));
    let counts = faults.counts();
    assert_eq!((counts[&Endpoint::Graph], counts[&Endpoint::Everything], counts[&Endpoint::Me]), (1, 2, 0));
}

#[test]
fn a_header_takes_any_text_and_never_a_line_break() {
    let fault = Fault::refusal(BUSY).with_retry_after("soon\r\nSet-Cookie: no").with_retry_after("-1");
    let values: Vec<_> = fault.headers.iter().map(|(_, value)| value.as_bytes()).collect();
    assert_eq!(values, [b"soonSet-Cookie: no".as_slice(), b"-1"]);
}

proptest! {
    /// Of `requests` requests, a cycle meets its share, whatever the numbers are.
    #[test]
    fn a_cycle_meets_its_share(pass in 0..20u32, meet in 0..20u32, rounds in 0..20u32) {
        let mut faults = with(Endpoint::Me, Fault { meets: Meets::Cycle { pass, meet }, ..Fault::refusal(BUSY) });
        let requests = (pass + meet) * rounds;
        let hits = met(&mut faults, Endpoint::Me, requests as usize).into_iter().filter(|met| *met).count();
        prop_assert_eq!(hits, (meet * rounds) as usize);
    }
}
