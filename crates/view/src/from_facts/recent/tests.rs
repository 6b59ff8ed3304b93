//! What the page of the recent calls says, and whom it calls back on which number.

use people::{CallingAgent, PersonId};
use presence::identity::ObjectId;

use super::{super::fixture::*, *};
use crate::model::ShownNumber;

fn roster() -> Roster {
    let mut roster = Roster::new(None, None);
    roster.add(vec![
        somebody("anders", "anders of the list", &["0163", "+44 1632 960001", "+44 1632 960002;ext=12"]),
        somebody("carl", "carl of the list", &[]),
    ]);
    roster
}

fn id(person: &str) -> PersonId {
    PersonId::Entra(ObjectId::new(person))
}

fn call<'a>(person: &'a PersonId, e164: Option<&'a str>) -> RecentCallFacts<'a> {
    RecentCallFacts {
        id: 7,
        person,
        name: "Name of then",
        way: CallWay::Out,
        e164,
        digits: None,
        at: at(-3600),
        connected: Some(Duration::from_secs(222)),
    }
}

fn page(facts: &Facts<'_>, calls: Vec<RecentCallFacts<'_>>) -> RecentCalls {
    recent_calls(facts, &roster(), &RecentFacts { keeps: 50, locked: false, calls: Some(calls) })
}

fn only(facts: &Facts<'_>, call: RecentCallFacts<'_>) -> RecentCall {
    page(facts, vec![call]).calls.remove(0)
}

fn offered(call: RecentCall) -> Option<ShownNumber> {
    match call.call_back {
        RecentCallBack::Offered { number, .. } => Some(number),
        RecentCallBack::Refused { .. } => None,
    }
}

fn sentence(call: RecentCall) -> Option<String> {
    match call.call_back {
        RecentCallBack::Offered { .. } => None,
        RecentCallBack::Refused { sentence } => Some(sentence),
    }
}

#[test]
fn a_call_says_which_way_it_went_and_how_long() {
    let anders = id("anders");
    let words = |way, connected: Option<u64>| {
        let connected = connected.map(Duration::from_secs);
        only(&facts(), RecentCallFacts { way, connected, ..call(&anders, None) }).outcome
    };
    assert_eq!(words(CallWay::Out, Some(222)), "Outgoing, 3:42");
    assert_eq!(words(CallWay::Out, None), "Outgoing, not connected");
    assert_eq!(words(CallWay::In, Some(3725)), "Incoming, 1:02:05");
    assert_eq!(words(CallWay::In, None), "Incoming");
    assert_eq!(words(CallWay::Missed, None), "Missed");
}

#[test]
fn days_are_named_and_today_by_its_word() {
    let anders = id("anders");
    let day = |seconds| only(&facts(), RecentCallFacts { at: at(seconds), ..call(&anders, None) }).day;
    assert!(day(0).starts_with("Today, "), "{}", day(0));
    assert!(!day(-86_400 * 3).starts_with("Today"), "{}", day(-86_400 * 3));
}

#[test]
fn somebody_in_the_list_is_called_back_on_the_number_of_the_call() {
    let anders = id("anders");
    let second = RecentCallFacts { digits: Some("12"), ..call(&anders, Some("+441632960002")) };
    let shown = only(&facts(), second);
    assert_eq!(
        (shown.name.as_str(), shown.who.as_ref().map(|who| who.name.as_str())),
        ("anders of the list", Some("anders of the list"))
    );
    assert_eq!(shown.number.as_deref(), Some("+44 1632 960002, ext 12"));
    let number = ShownNumber { e164: "+441632960002".to_owned(), digits: Some("12".to_owned()) };
    assert_eq!(offered(shown), Some(number));
}

#[test]
fn if_the_number_is_not_known_the_first_one_that_can_be_called_is_offered_and_not_shown_as_that_of_the_call()
{
    let anders = id("anders");
    let shown = only(&facts(), call(&anders, None));
    assert_eq!(shown.number, None);
    assert_eq!(offered(shown).map(|number| number.e164).as_deref(), Some("+441632960001"));
}

#[test]
fn nobody_is_called_on_a_number_that_is_not_theirs_any_more() {
    let anders = id("anders");
    for (e164, digits) in [("+441632960009", None), ("+441632960002", None), ("+441632960001", Some("12"))] {
        let shown = only(&facts(), RecentCallFacts { digits, ..call(&anders, Some(e164)) });
        assert!(shown.number.is_some());
        assert_eq!(sentence(shown), Some(say("call.recent.numberGone")), "{e164} {digits:?}");
    }
}

#[test]
fn somebody_who_left_the_list_keeps_the_name_of_then_and_cannot_be_called() {
    let zoe = id("zoe");
    let shown = only(&facts(), call(&zoe, Some("+441632960009")));
    assert_eq!((shown.name.as_str(), shown.who.is_none()), ("Name of then", true));
    assert_eq!(shown.number.as_deref(), Some("+44 1632 960009"));
    assert_eq!(sentence(shown).as_deref(), Some("Not in the list any more."));
}

#[test]
fn what_keeps_the_agent_from_calling_is_shown_in_each_row() {
    let (anders, carl) = (id("anders"), id("carl"));
    let mut busy = facts();
    busy.caller = CallingAgent { line: people::VoiceLine::InUse, ..busy.caller };
    let with = |facts: &Facts<'_>, who, e164| sentence(only(facts, call(who, e164)));
    assert_eq!(with(&busy, &anders, Some("+441632960001")), Some(say("call.refused.onACall")));
    assert_eq!(
        with(&busy, &anders, None),
        Some(say("call.refused.onACall")),
        "not that of a number nobody can read"
    );
    assert_eq!(with(&facts(), &carl, None), Some(say("call.refused.noNumber")));
}

#[test]
fn no_calls_are_known_until_it_is_known_whose_they_are() {
    let unknown = RecentFacts { keeps: 0, locked: true, calls: None };
    let shown = recent_calls(&facts(), &roster(), &unknown);
    assert_eq!(shown, RecentCalls { keeps: 0, locked: true, known: false, calls: Vec::new() });
    assert!(page(&facts(), Vec::new()).known);
}
