//! Each stage: how it is entered, and every way out.

use people::{CallRefusal, refusal_of_all};

use super::*;

#[test]
fn a_call_goes_from_the_dial_to_its_end() {
    let (mut bench, order) = Bench::dialled();
    assert_eq!(bench.progress(), Some(CallProgress::Dialling));
    assert_eq!(bench.taken(order), []);
    assert_eq!(bench.shows(vec![outbound("ours", Activity::Dialling, NUMBER)]), []);
    assert!(matches!(bench.progress(), Some(CallProgress::Ringing { .. })));
    assert_eq!(bench.shows(vec![outbound("ours", Activity::Connected, NUMBER)]), []);
    assert!(matches!(bench.progress(), Some(CallProgress::Connected { .. })));
    bench.pass_ms(90_000);
    bench.shows(vec![outbound("ours", Activity::AfterContactWork, NUMBER)]);
    assert_eq!(bench.progress(), Some(CallProgress::Over { connected: Some(Duration::from_secs(90)) }));
    bench.wait(30);
    assert_eq!(bench.call.shown(), None);
}

#[test]
fn a_question_ends_by_itself() {
    let mut bench = Bench::new();
    assert_eq!(bench.on(place("hiro", "+441632960032", None)), []);
    assert!(matches!(bench.progress(), Some(CallProgress::Asking { .. })));
    bench.wait(29);
    assert!(matches!(bench.progress(), Some(CallProgress::Asking { .. })));
    bench.wait(1);
    assert_eq!(bench.call.shown(), None);
    assert_eq!(bench.on(CallIn::Anyway), []);
}

#[test]
fn a_question_ends_with_the_next_action_and_a_call_does_not() {
    let mut bench = Bench::new();
    bench.on(place("hiro", "+441632960032", None));
    bench.on(CallIn::Elsewhere);
    assert_eq!(bench.call.shown(), None);
    let (mut bench, _) = Bench::dialled();
    bench.on(CallIn::Elsewhere);
    bench.on(CallIn::Dismiss);
    assert_eq!(bench.progress(), Some(CallProgress::Dialling));
}

#[test]
fn a_question_answered_with_yes_dials() {
    let mut bench = Bench::new();
    bench.on(place("hiro", "+441632960032", None));
    let outs = bench.on(CallIn::Anyway);
    assert_eq!(outs, [CallOut::Dial { order: 1, number: "+441632960032".to_owned() }]);
}

#[test]
fn a_state_that_is_too_old_asks_nothing() {
    let mut bench = Bench::new();
    bench.roster.expire_states(bench.now + SignedDuration::from_mins(10));
    let outs = bench.on(place("hiro", "+441632960032", None));
    assert_eq!(outs, [CallOut::Dial { order: 1, number: "+441632960032".to_owned() }]);
}

#[test]
fn a_dial_that_is_never_answered_fails() {
    let (mut bench, _) = Bench::dialled();
    bench.wait(15);
    assert_eq!(bench.failed(), Some(&CallFailure::NotTaken));
    bench.wait(30);
    assert_eq!(bench.call.shown(), None);
}

#[test]
fn a_dial_that_was_taken_and_never_shows_fails_with_its_own_reason() {
    let (mut bench, order) = Bench::dialled();
    bench.pass_ms(9_000);
    bench.taken(order);
    bench.wait(14);
    assert_eq!(bench.progress(), Some(CallProgress::Dialling));
    bench.wait(1);
    assert_eq!(bench.failed(), Some(&CallFailure::NotShown));
    bench.pass_ms(2_000);
    assert!(matches!(bench.on(CallIn::Again)[..], [CallOut::Dial { .. }]), "a second call is possible");
}

#[test]
fn a_dial_without_an_answer_that_was_carried_out_all_the_same_is_followed() {
    for late in [0, 20] {
        let (mut bench, order) = Bench::dialled();
        bench.dial_fails(order, Failure::TimedOut);
        assert_eq!(bench.failed(), Some(&CallFailure::NotTaken));
        bench.wait(late);
        bench.shows(vec![outbound("other", Activity::Dialling, OTHER)]);
        assert!(!bench.call.is_live(), "another number is somebody else's call");
        bench.shows(vec![outbound("ours", Activity::Dialling, NUMBER)]);
        assert!(matches!(bench.progress(), Some(CallProgress::Ringing { .. })));
        assert!(bench.call.can_hang_up());
    }
}

#[test]
fn a_refused_dial_that_has_a_contact_is_the_reason_when_the_contact_is_gone() {
    let (mut bench, order) = Bench::dialled();
    bench.shows(vec![outbound("ours", Activity::Dialling, NUMBER)]);
    bench.dial_fails(order, Failure::BadNumber);
    assert!(matches!(bench.progress(), Some(CallProgress::Ringing { .. })), "there is something to hang up");
    bench.shows(vec![]);
    assert_eq!(bench.failed(), Some(&CallFailure::CannotDial));
}

#[test]
fn hanging_up_is_kept_until_the_contact_shows() {
    let (mut bench, order) = Bench::dialled();
    assert_eq!(bench.on(CallIn::HangUp), []);
    assert!(bench.is_hanging_up());
    assert!(!bench.call.can_hang_up());
    assert_eq!(bench.taken(order), []);
    let outs = bench.shows(vec![outbound("ours", Activity::Dialling, NUMBER)]);
    hangs_up(&outs, "ours");
    bench.shows(vec![]);
    assert_eq!(
        bench.progress(),
        Some(CallProgress::Over { connected: None }),
        "the agent hung up, so there is no reason"
    );
}

#[test]
fn hanging_up_a_call_that_never_shows_ends_too() {
    let (mut bench, order) = Bench::dialled();
    bench.on(CallIn::HangUp);
    bench.taken(order);
    bench.wait(15);
    assert_eq!(bench.progress(), Some(CallProgress::Over { connected: None }));
    let outs = bench.shows(vec![outbound("ours", Activity::Dialling, NUMBER)]);
    hangs_up(&outs, "ours");
}

#[test]
fn hanging_up_that_fails_is_shown_and_works_again() {
    let mut bench = Bench::ringing();
    let order = hangs_up(&bench.on(CallIn::HangUp), "ours");
    assert_eq!(bench.on(CallIn::HangUp), [], "once is enough");
    bench.on(CallIn::HangUpAnswered { order, failure: Some(Failure::Refused) });
    assert!(bench.call.shown().unwrap().hang_up_failed && !bench.is_hanging_up());
    let second = hangs_up(&bench.on(CallIn::HangUp), "ours");
    bench.on(CallIn::HangUpAnswered { order, failure: Some(Failure::TimedOut) });
    assert!(bench.is_hanging_up(), "the answer to the first order says nothing about the second");
    bench.on(CallIn::HangUpAnswered { order: second, failure: None });
    assert!(bench.is_hanging_up());
}

#[test]
fn hanging_up_without_effect_is_shown_and_works_again() {
    let mut bench = Bench::ringing();
    let order = hangs_up(&bench.on(CallIn::HangUp), "ours");
    bench.on(CallIn::HangUpAnswered { order, failure: None });
    bench.wait(15);
    assert!(bench.call.shown().unwrap().hang_up_failed);
    hangs_up(&bench.on(CallIn::HangUp), "ours");
}

#[test]
fn the_contact_of_the_call_before_is_not_this_call() {
    for before in [Activity::AfterContactWork, Activity::Missed, Activity::Error] {
        let mut bench = Bench::new();
        bench.shows(vec![outbound("before", before, NUMBER)]);
        let order = bench.dial(NUMBER, None);
        bench.taken(order);
        bench.shows(vec![outbound("before", before, NUMBER)]);
        assert_eq!(bench.progress(), Some(CallProgress::Dialling), "{before:?}");
        let both = vec![outbound("before", before, NUMBER), outbound("ours", Activity::Dialling, NUMBER)];
        bench.shows(both);
        hangs_up(&bench.on(CallIn::HangUp), "ours");
    }
}

#[test]
fn another_spelling_is_the_same_number() {
    for spelled in ["+44 1632 960029", "441632960029", "00441632960029", "+44 (1632) 960-029"] {
        let (mut bench, _) = Bench::dialled();
        bench.shows(vec![outbound("ours", Activity::Dialling, spelled)]);
        assert!(matches!(bench.progress(), Some(CallProgress::Ringing { .. })), "{spelled}");
    }
}

#[test]
fn the_only_new_outbound_contact_is_the_call_once_connect_took_it() {
    for number in [Some("01632 960029".to_owned()), None] {
        let contact = Call { number, ..outbound("ours", Activity::Dialling, "") };
        let (mut bench, order) = Bench::dialled();
        bench.shows(vec![contact]);
        assert_eq!(bench.progress(), Some(CallProgress::Dialling), "it may be dialled by hand");
        bench.taken(order);
        assert!(matches!(bench.progress(), Some(CallProgress::Ringing { .. })));
    }
}

#[test]
fn neither_an_inbound_contact_nor_one_of_several_is_guessed() {
    let (mut bench, order) = Bench::dialled();
    bench.taken(order);
    bench.shows(vec![inbound("in", Activity::Incoming, NUMBER)]);
    assert_eq!(bench.progress(), Some(CallProgress::Dialling));
    bench.shows(vec![
        outbound("one", Activity::Dialling, "01632 960001"),
        outbound("two", Activity::Dialling, "01632 960002"),
    ]);
    assert_eq!(bench.progress(), Some(CallProgress::Dialling));
}

#[test]
fn once_its_contact_is_known_a_call_follows_it_whatever_its_number() {
    let mut bench = Bench::ringing();
    bench.shows(vec![
        outbound("other", Activity::AfterContactWork, NUMBER),
        outbound("ours", Activity::Connected, "anonymous"),
    ]);
    assert!(matches!(bench.progress(), Some(CallProgress::Connected { .. })));
}

#[test]
fn a_call_that_ended_between_two_states_is_over() {
    let (mut bench, order) = Bench::dialled();
    bench.taken(order);
    bench.shows(vec![outbound("ours", Activity::AfterContactWork, NUMBER)]);
    assert_eq!(bench.failed(), Some(&CallFailure::NoAnswer));
}

#[test]
fn sound_is_mentioned_when_a_softphone_rings_for_long() {
    for softphone in [true, false] {
        let mut bench = Bench::ringing();
        bench.softphone = softphone;
        bench.wait(8);
        let Some(CallProgress::Ringing { sound, .. }) = bench.progress() else { panic!("{:?}", bench.call) };
        assert_eq!(sound, softphone);
        assert_eq!(bench.call.deadline(), None);
    }
}

#[test]
fn a_number_that_the_person_no_longer_has_is_not_dialled() {
    let mut bench = Bench::new();
    let moved = person("anna", "anna", &["+44 1632 960030", "+44 1632 960029"]);
    bench.roster.replace_all(vec![moved], bench.now);
    bench.dial(NUMBER, None);
    for (person, number, digits) in [
        ("anna", "+441632960031", None),
        ("anna", OTHER, Some("4025")),
        ("anna", NUMBER, Some("1")),
        ("hiro", "+441632960032", None),
    ] {
        bench.call = OutboundCall::default();
        assert_eq!(bench.on(place(person, number, digits)), []);
        assert_eq!(bench.failed(), Some(&CallFailure::NumberGone));
    }
}

#[test]
fn calling_again_checks_the_number_again() {
    let (mut bench, order) = Bench::dialled();
    bench.dial_fails(order, Failure::Stale);
    bench.roster.replace_all(vec![person("anna", "anna", &["+44 1632 960030"])], bench.now);
    bench.pass_ms(1_000);
    assert_eq!(bench.on(CallIn::Again), []);
    let shown = bench.call.shown().unwrap();
    assert_eq!(shown.callee.name, "anna");
    assert_eq!(bench.failed(), Some(&CallFailure::NumberGone));
}

#[test]
fn a_second_click_never_dials() {
    let mut bench = Bench::ringing();
    bench.on(CallIn::HangUp);
    bench.shows(vec![]);
    for input in [CallIn::Again, place("anna", OTHER, Some("4025")), CallIn::Again] {
        assert_eq!(bench.on(input), []);
        bench.pass_ms(333);
    }
    bench.pass_ms(1);
    assert!(bench.is_over());
    assert!(matches!(bench.on(CallIn::Again)[..], [CallOut::Dial { .. }]));
}

#[test]
fn a_refusal_does_not_count_as_the_end_of_a_call() {
    let mut bench = Bench::new();
    bench.on(place("anna", "+441632960031", None));
    assert!(matches!(bench.on(place("anna", NUMBER, None))[..], [CallOut::Dial { .. }]));
}

#[test]
fn an_answer_to_an_earlier_dial_says_nothing_about_a_later_one() {
    let (mut bench, first) = Bench::dialled();
    bench.dial_fails(first, Failure::Stale);
    bench.pass_ms(1_000);
    let second = bench.dial(NUMBER, None);
    let before = bench.call.clone();
    bench.dial_fails(first, Failure::BadNumber);
    bench.taken(first);
    assert_eq!(bench.call, before);
    bench.dial_fails(second, Failure::BadNumber);
    assert_eq!(bench.failed(), Some(&CallFailure::CannotDial));
}

#[test]
fn one_call_at_a_time() {
    let (mut bench, _) = Bench::dialled();
    assert_eq!(bench.on(place("anna", OTHER, Some("4025"))), []);
    assert_eq!(bench.on(place("hiro", "+441632960032", None)), []);
    assert_eq!(bench.call.shown().unwrap().callee.number.e164, NUMBER);
}

#[test]
fn a_call_that_has_no_contact_yet_refuses_every_number_of_the_list() {
    let bench = Bench::new();
    let agent =
        AgentFacts { calls: Some(&[]), outbound: true, countries: &[], softphone: false, error: None };
    let anna = bench.roster.get(&PersonId::Entra(ObjectId::new("anna"))).unwrap();
    assert_eq!(verdicts(anna, &agent.caller(false), false), [Verdict::Go, Verdict::Go]);
    assert_eq!(refusal_of_all(&verdicts(anna, &agent.caller(false), false)), None);
    assert_eq!(refusal_of_all(&verdicts(anna, &agent.caller(true), false)), Some(CallRefusal::OnACall));
    assert_eq!(refusal_of_all(&[]), Some(CallRefusal::NoNumber));
}

#[test]
fn a_call_that_rings_at_the_agent_refuses_with_its_own_reason() {
    for activity in Activity::ALL {
        let calls = [outbound("theirs", activity, NUMBER)];
        let agent =
            AgentFacts { calls: Some(&calls), outbound: true, countries: &[], softphone: false, error: None };
        let line = match activity {
            Activity::Incoming | Activity::CallbackOffered => VoiceLine::Ringing,
            Activity::Dialling | Activity::Connected | Activity::OnHold => VoiceLine::InUse,
            Activity::AfterContactWork | Activity::Missed | Activity::Rejected | Activity::Error => {
                VoiceLine::Free
            }
        };
        assert_eq!(agent.caller(false).line, line, "{activity:?}");
    }
}
