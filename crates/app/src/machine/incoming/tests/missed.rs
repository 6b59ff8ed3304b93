//! What was missed, and calling back.

use super::*;

#[test]
fn a_missed_contact_is_cleared_before_its_caller_is_called_back() {
    let mut bench = Bench::missed_by_connect();
    assert_eq!(bench.call_back(), [clears(1)]);
    assert_eq!(bench.missed(), [("Grace Holloway".to_owned(), CallBackFacts::Clearing)]);
    assert_eq!(bench.call_back(), [], "the second half of a double click");
    assert_eq!(bench.cleared(1, None), [], "accepted is not gone");
    assert_eq!(bench.shows(vec![]), [calls_grace(GRACE, None)]);
    assert_eq!(bench.dials_grace(), [IncomingOut::WithdrawMissed]);
    assert_eq!(bench.missed(), []);
    assert_eq!(bench.call_back(), [], "once");
}

#[test]
fn a_caller_who_was_not_dialled_after_all_is_still_missed() {
    let mut bench = Bench::missed_by_connect();
    bench.call_back();
    assert_eq!(bench.shows(vec![]), [calls_grace(GRACE, None)]);
    // The question before the call was answered with no, perhaps.
    assert_eq!(bench.missed(), [("Grace Holloway".to_owned(), CallBackFacts::NotWanted)]);
    assert_eq!(bench.shows(vec![]), [], "one call for one click");
    assert_eq!(bench.call_back(), [calls_grace(GRACE, None)]);
    assert_eq!(bench.dials_grace(), [IncomingOut::WithdrawMissed]);
    assert_eq!(bench.missed(), []);
}

#[test]
fn a_person_who_is_dialled_from_the_list_counts_as_called_back() {
    let mut bench = Bench::new();
    bench.shows(vec![rings("a", GRACE), directly(rings("b", CUSTOMER))]);
    bench.shows(vec![]);
    assert_eq!(bench.dials_grace(), [IncomingOut::WithdrawMissed]);
    assert_eq!(bench.missed(), [(CUSTOMER.to_owned(), CallBackFacts::NotWanted)]);
    assert_eq!(bench.dials_grace(), []);
}

#[test]
fn a_contact_that_goes_away_before_the_answer_counts_as_cleared() {
    let mut bench = Bench::missed_by_connect();
    bench.call_back();
    assert_eq!(bench.shows(vec![]), [calls_grace(GRACE, None)]);
    assert_eq!(bench.cleared(1, Some(Failure::Stale)), []);
}

#[test]
fn a_contact_that_cannot_be_cleared_is_shown_and_can_be_tried_again() {
    let failed = ("Grace Holloway".to_owned(), CallBackFacts::NotCleared);
    for failure in [Failure::TimedOut, Failure::NoAgent] {
        let mut bench = Bench::missed_by_connect();
        bench.call_back();
        assert_eq!(bench.cleared(1, Some(failure)), []);
        assert_eq!(bench.missed(), std::slice::from_ref(&failed));
        assert_eq!(bench.shows(vec![]), [], "no wish is kept for later");
        assert_eq!(bench.call_back(), [calls_grace(GRACE, None)]);
    }
    let mut bench = Bench::missed_by_connect();
    bench.call_back();
    assert_eq!(bench.wait(11), []);
    assert_eq!(bench.missed(), [failed]);
    assert_eq!(bench.call_back(), [clears(2)]);
    assert_eq!(bench.cleared(1, Some(Failure::TimedOut)), [], "a late answer changes nothing else");
    assert_eq!(bench.missed(), [("Grace Holloway".to_owned(), CallBackFacts::Clearing)]);
}

#[test]
fn a_lost_session_gives_up_the_call_back() {
    let mut bench = Bench::missed_by_connect();
    bench.call_back();
    bench.loses_session();
    assert_eq!(bench.missed(), [("Grace Holloway".to_owned(), CallBackFacts::NotCleared)]);
    assert_eq!(bench.shows(vec![]), []);
}

#[test]
fn dismissing_the_missed_call_gives_up_the_call_back() {
    let mut bench = Bench::missed_by_connect();
    bench.call_back();
    bench.on(IncomingIn::Dismiss(id("a")));
    let outs = bench.shows(vec![]);
    assert!(!outs.iter().any(|out| matches!(out, IncomingOut::Call { .. })), "{outs:?}");
    assert_eq!(bench.incoming.deadline(), None);
}

#[test]
fn nothing_is_cleared_for_a_call_that_is_refused() {
    let mut bench = Bench::missed_by_connect();
    bench.is_busy = true;
    assert_eq!(bench.call_back(), [calls_grace(GRACE, None)], "which says why it is refused");
    assert_eq!(bench.missed(), [("Grace Holloway".to_owned(), CallBackFacts::NotWanted)]);
    bench.is_busy = false;
    bench.may_call_out = false;
    assert_eq!(bench.call_back(), [calls_grace(GRACE, None)]);
    assert_eq!(bench.missed(), [("Grace Holloway".to_owned(), CallBackFacts::NotWanted)]);
    bench.may_call_out = true;
    bench.loses_session();
    assert_eq!(bench.call_back(), [calls_grace(GRACE, None)]);
    assert_eq!(bench.missed().len(), 1);
}

#[test]
fn a_caller_who_gave_up_was_missed_and_can_be_called_back_at_once() {
    let mut bench = Bench::new();
    bench.shows(vec![rings("a", GRACE)]);
    let outs = bench.shows(vec![]);
    let [IncomingOut::Over(over), IncomingOut::NotifyMissed(_), IncomingOut::WithdrawRinging] = &outs[..]
    else {
        panic!("{outs:?}")
    };
    assert_eq!((over.way, over.connected), (CallWay::Missed, None));
    assert_eq!(bench.call_back(), [calls_grace(GRACE, None)]);
}

#[test]
fn a_colleague_who_calls_from_another_telephone_is_called_back_on_their_first_number() {
    let mut bench = Bench::new();
    let by_id = FlowCaller { entra: Some(ObjectId::new("grace")), ..FlowCaller::default() };
    bench.shows(vec![says(rings("a", CUSTOMER), &by_id)]);
    let outs = bench.shows(vec![]);
    assert_eq!(records(&outs)[0].number, None, "no number that is not theirs is kept");
    assert_eq!(bench.call_back(), [calls_grace("+441632960020", Some("4021"))]);
}

#[test]
fn an_unknown_caller_cannot_be_called_back() {
    let mut bench = Bench::new();
    bench.shows(vec![directly(rings("a", CUSTOMER)), rings("b", SHARED)]);
    bench.shows(vec![]);
    assert_eq!(bench.missed().len(), 2);
    assert_eq!(bench.call_back(), []);
    assert_eq!(bench.call_back_of("b"), [], "one of two");
    assert_eq!(bench.call_back_of("nothing"), []);
}

#[test]
fn a_missed_call_of_a_queue_is_shown_only_while_connect_shows_it() {
    let mut bench = Bench::new();
    bench.shows(vec![rings("a", CUSTOMER)]);
    assert_eq!(bench.shows(vec![call("a", Activity::Missed, CUSTOMER)]), []);
    assert_eq!(bench.missed(), [(CUSTOMER.to_owned(), CallBackFacts::NotWanted)]);
    assert_eq!(bench.shows(vec![]), []);
    assert_eq!(bench.missed(), []);
}

#[test]
fn a_dismissed_call_does_not_appear_again() {
    let mut bench = Bench::missed_by_connect();
    assert_eq!(bench.on(IncomingIn::Dismiss(id("a"))), [IncomingOut::WithdrawMissed]);
    assert_eq!(bench.missed(), []);
    assert_eq!(bench.shows(vec![call("a", Activity::Missed, GRACE)]), []);
    assert_eq!(bench.missed(), []);
    bench.shows(vec![]);
    assert_eq!(bench.missed(), []);
}

#[test]
fn a_contact_that_is_offered_again_rings_again() {
    let mut bench = Bench::missed_by_connect();
    assert_eq!(bench.shows(vec![rings("a", GRACE)]), [IncomingOut::NotifyRinging(id("a"))]);
    assert_eq!(bench.missed(), []);
    assert_eq!(bench.current().len(), 1);
}

#[test]
fn a_call_that_was_answered_and_then_failed_was_not_missed() {
    let mut bench = Bench::new();
    bench.shows(vec![rings("a", GRACE)]);
    bench.shows(vec![call("a", Activity::Connected, GRACE)]);
    let outs = bench.shows(vec![call("a", Activity::Error, GRACE)]);
    assert_eq!(records(&outs).iter().map(|over| over.way).collect::<Vec<_>>(), [CallWay::In]);
    assert!(!outs.iter().any(|out| matches!(out, IncomingOut::NotifyMissed(_))), "{outs:?}");
    assert_eq!(bench.shows(vec![call("a", Activity::Error, GRACE)]), [], "as long as Connect shows it");
    assert_eq!(bench.missed(), []);
    bench.shows(vec![]);
    assert_eq!(bench.incoming.missed, []);
}

#[test]
fn rejected_and_failed_calls_count_as_missed() {
    for activity in [Activity::Rejected, Activity::Error] {
        let mut bench = Bench::new();
        bench.shows(vec![rings("a", GRACE)]);
        bench.shows(vec![call("a", activity, GRACE)]);
        assert_eq!(bench.missed().len(), 1, "{activity:?}");
    }
}

#[test]
fn a_missed_caller_is_named_once_the_list_of_people_is_there() {
    let mut bench = Bench::new();
    let people = std::mem::replace(&mut bench.roster, Roster::new(None, None));
    bench.shows(vec![call("a", Activity::Missed, GRACE)]);
    assert_eq!(bench.missed(), [(GRACE.to_owned(), CallBackFacts::NotWanted)]);
    bench.roster = people;
    bench.on(IncomingIn::Calls);
    assert_eq!(bench.missed(), [("Grace Holloway".to_owned(), CallBackFacts::NotWanted)]);
    assert_eq!(bench.call_back(), [clears(1)]);
    bench.shows(vec![]);
    assert_eq!(bench.missed().len(), 1, "a colleague's call keeps its row after Connect has forgotten it");
}

#[test]
fn another_agent_sees_nothing_of_the_calls_of_the_one_before() {
    let mut bench = Bench::new();
    bench.shows(vec![rings("a", GRACE), directly(rings("b", CUSTOMER))]);
    bench.shows(vec![]);
    bench.shows(vec![rings("c", GRACE)]);
    bench.loses_session();
    bench.agent = "omar";
    assert_eq!(bench.shows(vec![]), [IncomingOut::WithdrawMissed]);
    assert_eq!((bench.missed(), bench.current()), (vec![], vec![]));
}

#[test]
fn the_last_three_missed_calls_are_kept() {
    let mut bench = Bench::new();
    for contact in ["a", "b", "c", "d", "e"] {
        bench.shows(vec![rings(contact, GRACE)]);
        bench.shows(vec![]);
    }
    let kept: Vec<_> =
        bench.incoming.missed(&bench.roster).iter().map(|missed| missed.contact.clone()).collect();
    assert_eq!(kept, [id("e"), id("d"), id("c")]);
}

#[test]
fn a_clock_that_is_set_changes_nothing_about_a_deadline() {
    let mut bench = Bench::missed_by_connect();
    bench.call_back();
    let day = SignedDuration::from_hours(24);
    bench.now += day;
    bench.incoming.redate(day);
    bench.wait(9);
    assert_eq!(bench.missed(), [("Grace Holloway".to_owned(), CallBackFacts::Clearing)]);
    bench.wait(2);
    assert_eq!(bench.missed(), [("Grace Holloway".to_owned(), CallBackFacts::NotCleared)]);
}

#[test]
fn the_number_that_was_shown_is_called_whatever_the_directory_says_by_then() {
    let mut bench = Bench::missed_by_connect();
    let shown = bench.back_on("a").unwrap();
    let moved = vec![person("grace", "Grace Holloway", &["+44 1632 960099"])];
    bench.roster.replace_all(moved, bench.now);
    let outs = bench.on(IncomingIn::CallBack { contact: id("a"), number: shown });
    // Nothing is cleared for it: the call says that the number is gone.
    assert_eq!(outs, [calls_grace(GRACE, None)]);
    assert_eq!(bench.missed().len(), 1);
}

#[test]
fn a_directory_that_changes_while_the_contact_is_cleared_changes_no_number() {
    let mut bench = Bench::missed_by_connect();
    assert_eq!(bench.call_back(), [clears(1)]);
    let moved = vec![person("grace", "Grace Holloway", &["+44 1632 960099"])];
    bench.roster.replace_all(moved, bench.now);
    assert_eq!(bench.shows(vec![]), [calls_grace(GRACE, None)]);
}
