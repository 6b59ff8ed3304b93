//! Tests of the recent calls, in virtual time.

use proptest::{collection::vec, prelude::*, sample::select};

use super::*;
use crate::fixture::person;

const ANNA: &str = "+441632960001";
const HIRO: &str = "+441632960002";

fn now() -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000)
}

fn at(seconds: i64) -> Timestamp {
    now() + SignedDuration::from_secs(seconds)
}

fn id(person: &str) -> PersonId {
    PersonId::Entra(ObjectId::new(person))
}

/// Anna with one number, Hiro with one and its extension.
fn roster() -> Roster {
    let mut roster = Roster::new(None, None);
    roster.add(vec![
        person("anna", "anna of the list", &[ANNA]),
        person("hiro", "hiro of the list", &["+44 1632 960002;ext=4025"]),
    ]);
    roster
}

fn whose(person: &str) -> CallsOwner {
    CallsOwner { tenant: "contoso".to_owned(), person: ObjectId::new(person) }
}

fn number(e164: &str, digits: Option<&str>) -> Option<ShownNumber> {
    Some(ShownNumber { e164: e164.to_owned(), digits: digits.map(str::to_owned) })
}

/// An outgoing call this many seconds after now.
fn over(person: &str, seconds: i64) -> CallOver {
    let number = if person == "anna" { number(ANNA, None) } else { number(HIRO, Some("4025")) };
    CallOver { person: id(person), way: CallWay::Out, number, at: at(seconds), connected: None }
}

fn kept(person: &str, calls: Vec<CallOver>) -> KeptCalls {
    let calls = calls.into_iter().map(|over| KeptCall { over, name: "Name of then".to_owned() }).collect();
    KeptCalls { whose: whose(person), calls }
}

#[derive(Debug)]
struct Bench {
    recent: Recent,
    roster: Roster,
}

impl Bench {
    /// Nothing was read and nobody is signed in.
    fn begun(keeps: u32) -> Self {
        let mut bench = Self { recent: Recent::default(), roster: roster() };
        let outs = bench.on(RecentIn::Begin { keeps });
        let none = [RecentOut::Erase, RecentOut::Changed];
        assert_eq!(outs, if keeps > 0 { vec![RecentOut::Read] } else { Vec::from(none) });
        bench
    }

    /// The agent is signed in, and nothing was kept.
    fn new(keeps: u32) -> Self {
        let mut bench = Self::begun(keeps);
        bench.on(RecentIn::SignedIn { whose: whose("agent") });
        bench.on(RecentIn::Read(None));
        bench
    }

    fn on(&mut self, input: RecentIn) -> Vec<RecentOut> {
        self.recent.on(input, &self.roster, at(1_000_000))
    }

    fn ends(&mut self, person: &str, seconds: i64) -> Vec<RecentOut> {
        self.on(RecentIn::Ended(over(person, seconds)))
    }

    /// Who is shown and when, the newest first.
    fn shown(&self) -> Vec<(String, i64)> {
        let shown = |recorded: &Recorded| {
            let over = &recorded.call.over;
            (over.person.to_string(), over.at.duration_since(now()).as_secs())
        };
        self.recent.calls().unwrap_or_default().iter().map(shown).collect()
    }
}

fn list(calls: &[(&str, i64)]) -> Vec<(String, i64)> {
    calls.iter().map(|(person, seconds)| ((*person).to_owned(), *seconds)).collect()
}

/// The calls that are to be kept by these effects.
fn to_keep(outs: &[RecentOut]) -> Option<&[KeptCall]> {
    outs.iter().find_map(|out| match out {
        RecentOut::Keep(kept) => Some(kept.calls.as_slice()),
        RecentOut::Read | RecentOut::Erase | RecentOut::CalledBefore(_) | RecentOut::Changed => None,
    })
}

fn erases(outs: &[RecentOut]) -> bool {
    outs.contains(&RecentOut::Erase)
}

#[test]
fn a_call_that_is_over_is_kept_with_the_name_of_the_list() {
    let mut bench = Bench::new(50);
    let outs = bench.ends("anna", 0);
    let call = KeptCall { over: over("anna", 0), name: "anna of the list".to_owned() };
    let kept = KeptCalls { whose: whose("agent"), calls: vec![call] };
    assert_eq!(outs, [RecentOut::Keep(kept), RecentOut::Changed]);
}

#[test]
fn the_newest_comes_first_and_the_oldest_make_room() {
    let mut bench = Bench::new(3);
    for seconds in [10, 40, 20, 30] {
        bench.ends("anna", seconds);
    }
    assert_eq!(bench.shown(), list(&[("anna", 40), ("anna", 30), ("anna", 20)]));
    let outs = bench.ends("hiro", 50);
    assert_eq!(to_keep(&outs).map(<[KeptCall]>::len), Some(3));
    assert_eq!(bench.shown(), list(&[("hiro", 50), ("anna", 40), ("anna", 30)]));
}

#[test]
fn a_call_with_somebody_outside_the_list_is_not_kept() {
    let mut bench = Bench::new(50);
    assert_eq!(bench.ends("a customer", 0), []);
    assert_eq!(bench.shown(), []);
}

#[test]
fn a_number_that_is_not_theirs_is_not_kept() {
    let mut bench = Bench::new(50);
    for number in [number(HIRO, Some("4025")), number("+441632960099", None), number(ANNA, Some("1"))] {
        bench.on(RecentIn::Ended(CallOver { number, ..over("anna", 0) }));
        let [recorded] = bench.recent.calls().unwrap() else { panic!("one call") };
        assert_eq!(recorded.call.over.number, None);
    }
    bench.ends("anna", 0);
    let [recorded] = bench.recent.calls().unwrap() else { panic!("the same call again") };
    assert_eq!(recorded.call.over.number, number(ANNA, None));
}

#[test]
fn the_same_call_counts_once_and_its_later_end_counts() {
    let mut bench = Bench::new(50);
    bench.ends("anna", 0);
    let connected = Some(Duration::from_secs(7));
    bench.on(RecentIn::Ended(CallOver { connected, ..over("anna", 0) }));
    bench.on(RecentIn::Ended(CallOver { way: CallWay::Missed, ..over("anna", 0) }));
    let calls = bench.recent.calls().unwrap();
    assert_eq!(calls.len(), 2);
    assert!(calls.iter().any(|recorded| recorded.call.over.connected == connected));
}

#[test]
fn kept_calls_are_shown_once_their_owner_is_signed_in_and_count_as_called() {
    for read_first in [true, false] {
        let mut bench = Bench::begun(50);
        let missed = CallOver { way: CallWay::Missed, ..over("anna", 30) };
        let before = kept("agent", vec![missed, over("gone", 20), over("hiro", 10)]);
        let read = RecentIn::Read(Some(before));
        let signed_in = RecentIn::SignedIn { whose: whose("agent") };
        let (first, second) = if read_first { (read, signed_in) } else { (signed_in, read) };
        assert_eq!(bench.on(first), []);
        assert_eq!(bench.recent.calls(), None, "it is not known yet whose they are");
        let called = vec![id("gone"), id("hiro")];
        assert_eq!(bench.on(second), [RecentOut::CalledBefore(called), RecentOut::Changed]);
        assert_eq!(bench.shown(), list(&[("anna", 30), ("gone", 20), ("hiro", 10)]));
        let outs = bench.ends("anna", 40);
        let kept = to_keep(&outs).unwrap();
        assert_eq!(kept.len(), 4);
        assert_eq!(kept[2].name, "Name of then", "the name of somebody who has left the list");
    }
}

#[test]
fn a_call_that_ends_before_the_file_was_read_is_kept_with_those_in_it() {
    let mut bench = Bench::begun(2);
    bench.on(RecentIn::SignedIn { whose: whose("agent") });
    assert_eq!(bench.ends("anna", 40), [RecentOut::Changed], "the file is not overwritten");
    let outs = bench
        .on(RecentIn::Read(Some(kept("agent", vec![over("anna", 40), over("hiro", 30), over("hiro", 20)]))));
    assert_eq!(to_keep(&outs).map(<[KeptCall]>::len), Some(2));
    assert_eq!(bench.shown(), list(&[("anna", 40), ("hiro", 30)]));
}

#[test]
fn calls_of_somebody_else_are_erased_and_never_shown() {
    let before = || kept("agent", vec![over("anna", 0)]);
    let mut bench = Bench::begun(50);
    bench.on(RecentIn::Read(Some(before())));
    let outs = bench.on(RecentIn::SignedIn { whose: whose("another") });
    assert!(erases(&outs) && to_keep(&outs).is_none(), "{outs:?}");
    assert_eq!(bench.shown(), []);

    let mut bench = Bench::begun(50);
    bench.on(RecentIn::SignedIn { whose: CallsOwner { tenant: "fabrikam".to_owned(), ..whose("agent") } });
    assert!(
        erases(&bench.on(RecentIn::Read(Some(before())))),
        "the same id in another tenant is somebody else"
    );
    assert_eq!(bench.shown(), []);

    let mut bench = Bench::new(50);
    bench.ends("anna", 0);
    assert!(erases(&bench.on(RecentIn::SignedIn { whose: whose("another") })));
    assert_eq!(bench.shown(), []);
    let outs = bench.ends("hiro", 10);
    assert_eq!(to_keep(&outs).map(<[KeptCall]>::len), Some(1));
}

#[test]
fn a_person_who_signs_in_again_keeps_their_calls() {
    let mut bench = Bench::new(50);
    bench.ends("anna", 0);
    assert_eq!(bench.on(RecentIn::SignedIn { whose: whose("agent") }), []);
    assert_eq!(bench.shown().len(), 1);
}

#[test]
fn a_call_that_ends_before_anybody_is_signed_in_is_nobodys() {
    let mut bench = Bench::begun(50);
    assert_eq!(bench.ends("anna", 0), []);
    bench.on(RecentIn::Read(None));
    bench.on(RecentIn::SignedIn { whose: whose("agent") });
    assert_eq!(bench.shown(), []);
}

#[test]
fn one_call_is_erased_and_with_the_last_one_the_file() {
    let mut bench = Bench::new(50);
    bench.ends("anna", 0);
    bench.ends("hiro", 10);
    let ids: Vec<u64> = bench.recent.calls().unwrap().iter().map(|recorded| recorded.id).collect();
    let outs = bench.on(RecentIn::EraseOne { id: ids[0] });
    assert_eq!(to_keep(&outs).map(<[KeptCall]>::len), Some(1));
    assert_eq!(bench.shown(), list(&[("anna", 0)]));
    assert_eq!(bench.on(RecentIn::EraseOne { id: ids[0] }), [], "it is gone already");
    assert_eq!(bench.on(RecentIn::EraseOne { id: ids[1] }), [RecentOut::Erase, RecentOut::Changed]);
}

#[test]
fn all_are_erased_also_those_that_are_still_being_read() {
    let mut bench = Bench::new(50);
    bench.ends("anna", 0);
    assert_eq!(bench.on(RecentIn::Erase), [RecentOut::Erase, RecentOut::Changed]);
    assert_eq!(bench.shown(), []);

    for owner_first in [true, false] {
        let mut bench = Bench::begun(50);
        if owner_first {
            bench.on(RecentIn::SignedIn { whose: whose("agent") });
        }
        assert!(erases(&bench.on(RecentIn::Erase)));
        assert_eq!(bench.on(RecentIn::Read(Some(kept("agent", vec![over("anna", 0)])))), []);
        bench.on(RecentIn::SignedIn { whose: whose("agent") });
        assert_eq!(bench.recent.calls(), Some([].as_slice()));
    }
}

#[test]
fn the_settings_limit_how_many_calls_are_kept_and_may_forbid_it() {
    let mut bench = Bench::new(50);
    for seconds in 0..5 {
        bench.ends("anna", seconds);
    }
    assert_eq!(bench.on(RecentIn::Allowed(50)), []);
    assert_eq!(to_keep(&bench.on(RecentIn::Allowed(2))).map(<[KeptCall]>::len), Some(2));
    assert_eq!(bench.on(RecentIn::Allowed(10)), [RecentOut::Changed]);
    assert_eq!(bench.on(RecentIn::Allowed(0)), [RecentOut::Erase, RecentOut::Changed]);
    assert_eq!(bench.ends("anna", 9), []);
    assert_eq!(bench.shown(), []);
    bench.on(RecentIn::Allowed(1));
    assert_eq!(to_keep(&bench.ends("anna", 10)).map(<[KeptCall]>::len), Some(1));
}

#[test]
fn nothing_that_is_kept_is_in_the_future_and_a_clock_that_is_set_moves_it() {
    let mut bench = Bench::begun(50);
    bench.on(RecentIn::SignedIn { whose: whose("agent") });
    bench.on(RecentIn::Read(Some(kept("agent", vec![over("anna", 2_000_000)]))));
    assert_eq!(bench.shown(), list(&[("anna", 1_000_000)]));
    bench.recent.redate(SignedDuration::from_secs(-60));
    assert_eq!(bench.shown(), list(&[("anna", 999_940)]));
}

/// A call with anybody, on any number: theirs, another's, a customer's.
fn any_call() -> impl Strategy<Value = CallOver> {
    let person = select(vec!["anna", "hiro", "customer"]);
    let own = select(vec![number(ANNA, None), number(HIRO, None), number(HIRO, Some("4025")), None]);
    let foreign = ("\\+4477[0-9]{8}", proptest::option::of("9[0-9]{5}"))
        .prop_map(|(e164, digits)| Some(ShownNumber { e164, digits }));
    let way = select(vec![CallWay::Out, CallWay::In, CallWay::Missed]);
    (person, prop_oneof![own, foreign], way, 0..1000_i64).prop_map(|(person, number, way, seconds)| {
        CallOver { person: id(person), way, number, at: at(seconds), connected: None }
    })
}

fn any_input() -> impl Strategy<Value = RecentIn> {
    prop_oneof![
        6 => any_call().prop_map(RecentIn::Ended),
        1 => (0..5_u32).prop_map(RecentIn::Allowed),
        1 => Just(RecentIn::Read(None)),
        1 => vec(any_call(), 0..8).prop_map(|calls| RecentIn::Read(Some(kept_before(calls)))),
        1 => select(vec!["agent", "another"]).prop_map(|who| RecentIn::SignedIn { whose: whose(who) }),
        1 => Just(RecentIn::Erase),
        1 => (0..20_u64).prop_map(|id| RecentIn::EraseOne { id }),
    ]
}

/// What an earlier run has kept of these calls: numbers of theirs only.
fn kept_before(calls: Vec<CallOver>) -> KeptCalls {
    let mut bench = Bench::new(500);
    for call in calls {
        bench.on(RecentIn::Ended(call));
    }
    let mut over: Vec<CallOver> =
        bench.recent.calls().unwrap_or_default().iter().map(|recorded| recorded.call.over.clone()).collect();
    over.push(CallOver { number: None, ..self::over("gone", 5) });
    kept("agent", over)
}

proptest! {
    /// Whatever calls end, and in whatever order the rest comes: each written row has only a number of its person;
    /// there are never more rows than the settings allow, the newest first; and they belong to the person who is signed
    /// in.
    #[test]
    fn no_number_that_is_not_one_of_theirs_is_ever_written(inputs in vec(any_input(), 1..60)) {
        let mut bench = Bench::begun(4);
        let (mut signed_in, mut keeps) = (None, 4);
        for input in inputs {
            match &input {
                RecentIn::SignedIn { whose } => signed_in = Some(whose.clone()),
                RecentIn::Allowed(allowed) => keeps = *allowed,
                RecentIn::Begin { .. }
                | RecentIn::Read(_)
                | RecentIn::Ended(_)
                | RecentIn::Erase
                | RecentIn::EraseOne { .. } => {}
            }
            for out in bench.on(input) {
                let RecentOut::Keep(KeptCalls { whose, calls }) = out else { continue };
                prop_assert_eq!(Some(whose), signed_in.clone());
                prop_assert!(calls.len() <= usize::try_from(keeps).unwrap());
                prop_assert!(calls.is_sorted_by_key(|call| Reverse(call.over.at)));
                for KeptCall { over, name } in calls {
                    let theirs = match over.person.to_string().as_str() {
                        "anna" => number(ANNA, None),
                        "hiro" => number(HIRO, Some("4025")),
                        "gone" => {
                            prop_assert_eq!(name.as_str(), "Name of then");
                            None
                        }
                        somebody => return Err(TestCaseError::fail(format!("{somebody} was never in the list"))),
                    };
                    prop_assert!(over.number.is_none() || over.number == theirs, "{:?}", over);
                }
            }
        }
    }
}
