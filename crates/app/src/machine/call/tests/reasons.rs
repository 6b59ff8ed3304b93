//! Why there is no call: each refusal of the page, and each error of the agent.

use people::CallRefusal;
use view::from_facts::call_failure;

use super::*;

#[test]
fn each_refusal_of_the_page_has_its_reason() {
    for (failure, reason) in [
        (Failure::BadNumber, CallFailure::CannotDial),
        (Failure::NumberNotAllowed, CallFailure::NumberNotAllowed),
        (Failure::WrongState, CallFailure::WrongState),
        (Failure::Limit, CallFailure::Limit),
        (Failure::NotAllowed, CallFailure::Refused(CallRefusal::NoPermission)),
        (Failure::LoggedOut, CallFailure::Refused(CallRefusal::NotLoggedIn)),
        (Failure::NoAgent, CallFailure::Refused(CallRefusal::NotLoggedIn)),
        (Failure::Invalid, CallFailure::Invalid),
        (Failure::NoQueue, CallFailure::NoQueue),
        (Failure::NotFound, CallFailure::NoQueue),
        (Failure::Refused, CallFailure::RefusedByConnect),
        (Failure::Stale, CallFailure::NotTaken),
    ] {
        let (mut bench, order) = Bench::dialled();
        bench.dial_fails(order, failure);
        assert_eq!(bench.failed(), Some(&reason));
        bench.shows(vec![outbound("ours", Activity::Dialling, NUMBER)]);
        assert!(!bench.call.is_live(), "what was refused was not dialled");
        bench.shows(vec![]);
        bench.pass_ms(1_000);
        let again = bench.on(CallIn::Again);
        assert_eq!(again.iter().any(CallOut::is_dial), reason.is_worth_another_try(), "{reason:?}");
    }
}

#[test]
fn a_dial_that_may_yet_be_done_is_still_looked_for() {
    for (failure, reason) in
        [(Failure::TimedOut, CallFailure::NotTaken), (Failure::Unavailable, CallFailure::Unavailable)]
    {
        let (mut bench, order) = Bench::dialled();
        bench.dial_fails(order, failure);
        assert_eq!(bench.failed(), Some(&reason));
        bench.shows(vec![outbound("ours", Activity::Dialling, NUMBER)]);
        assert!(bench.call.can_hang_up());
        bench.shows(vec![outbound("ours", Activity::AfterContactWork, NUMBER)]);
        assert_eq!(bench.failed(), Some(&CallFailure::NoAnswer), "its own end, not that of the order");
    }
}

#[test]
fn a_state_in_which_connect_does_not_dial_is_named_after_the_contact_that_causes_it() {
    let acw = || outbound("before", Activity::AfterContactWork, OTHER);
    let missed = || inbound("missed", Activity::Missed, OTHER);
    for (calls, reason) in [
        (vec![acw()], CallFailure::AfterContactWork),
        (vec![missed()], CallFailure::NotCleared),
        (vec![inbound("rejected", Activity::Rejected, OTHER)], CallFailure::NotCleared),
        (vec![inbound("failed", Activity::Error, OTHER)], CallFailure::NotCleared),
        (vec![missed(), acw()], CallFailure::AfterContactWork),
        (
            vec![acw(), inbound("rings", Activity::Incoming, OTHER)],
            CallFailure::Refused(CallRefusal::Ringing),
        ),
        (
            vec![inbound("offered", Activity::CallbackOffered, OTHER)],
            CallFailure::Refused(CallRefusal::Ringing),
        ),
        (vec![acw(), inbound("on", Activity::OnHold, OTHER)], CallFailure::Refused(CallRefusal::OnACall)),
    ] {
        let (mut bench, order) = Bench::dialled();
        bench.shows(calls.clone());
        bench.dial_fails(order, Failure::WrongState);
        assert_eq!(bench.failed(), Some(&reason), "{calls:?}");
    }
}

/// That the table has every error state is checked by `ui/test/streams-table.test.ts`.
#[test]
fn each_error_state_says_what_the_table_says() {
    let table = include_str!("../../../../../../docs/streams.md");
    let (_, part) = table.split_once("\n## Agent error states\n").unwrap();
    let rows = part.split("\n## ").next().unwrap().lines().filter(|line| line.starts_with("| `"));
    let mut played = 0;
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(|cell| cell.trim().trim_matches('`')).collect();
        let [_, word, _, softphone, desk, ..] = cells[..] else { panic!("{row}") };
        let named = ERRORS.into_iter().find(|error| format!("{error:?}") == word);
        let error = named.unwrap_or(AgentError::Other);
        for (is_softphone, says) in [(true, softphone), (false, desk)] {
            let mut bench = Bench::ringing();
            bench.softphone = is_softphone;
            bench.error = Some(error);
            bench.shows(vec![outbound("ours", Activity::Error, NUMBER)]);
            let said = bench.failed().map(|reason| call_failure(reason, "Anna"));
            let fallback = if is_softphone { CallFailure::NoSound } else { CallFailure::NotReached };
            let wanted = match says {
                "nothing: the call ended" => None,
                "by the contact" => Some(call_failure(&fallback, "Anna")),
                sentence => Some(sentence.to_owned()),
            };
            assert_eq!(said, wanted, "{word}");
        }
        played += 1;
    }
    assert_eq!(played, ERRORS.len() + 3, "three of them say nothing");
}

const ERRORS: [AgentError; 11] = [
    AgentError::AgentHungUp,
    AgentError::BadAddressAgent,
    AgentError::BadAddressCustomer,
    AgentError::FailedConnectAgent,
    AgentError::FailedConnectCustomer,
    AgentError::LineEngagedAgent,
    AgentError::LineEngagedCustomer,
    AgentError::MissedCallAgent,
    AgentError::MissedCallCustomer,
    AgentError::MultipleCcpWindows,
    AgentError::RealtimeCommunicationError,
];

#[test]
fn each_error_of_the_agent_is_why_the_call_failed() {
    use AgentError as Of;
    for (error, softphone, desk) in [
        (Of::LineEngagedCustomer, Some(CallFailure::LineBusy), Some(CallFailure::LineBusy)),
        (Of::MissedCallCustomer, Some(CallFailure::NoAnswer), Some(CallFailure::NoAnswer)),
        (Of::FailedConnectCustomer, Some(CallFailure::NotReached), Some(CallFailure::NotReached)),
        (Of::BadAddressCustomer, Some(CallFailure::CannotDial), Some(CallFailure::CannotDial)),
        (Of::LineEngagedAgent, Some(CallFailure::OwnLineBusy), Some(CallFailure::OwnLineBusy)),
        (Of::MissedCallAgent, Some(CallFailure::NoSound), Some(CallFailure::OwnPhoneNotAnswered)),
        (Of::FailedConnectAgent, Some(CallFailure::NoSound), Some(CallFailure::OwnPhoneNotReached)),
        (Of::BadAddressAgent, Some(CallFailure::NoSound), Some(CallFailure::OwnPhoneNotReached)),
        (Of::MultipleCcpWindows, Some(CallFailure::TwoWindows), Some(CallFailure::TwoWindows)),
        (Of::RealtimeCommunicationError, Some(CallFailure::SoundFailed), Some(CallFailure::SoundFailed)),
        (Of::AgentHungUp, None, None),
        (Of::Other, Some(CallFailure::NoSound), Some(CallFailure::NotReached)),
    ] {
        for (is_softphone, reason) in [(true, softphone), (false, desk)] {
            let mut bench = Bench::ringing();
            bench.softphone = is_softphone;
            bench.error = Some(error);
            bench.shows(vec![outbound("ours", Activity::Error, NUMBER)]);
            assert_eq!(bench.failed(), reason.as_ref(), "{error:?}");
            assert_eq!(bench.is_over(), reason.is_none(), "{error:?}");
        }
    }
}

#[test]
fn an_error_state_that_says_nothing_leaves_it_to_the_contact() {
    for (activity, softphone, reason) in [
        (Activity::Error, true, CallFailure::NoSound),
        (Activity::Error, false, CallFailure::NotReached),
        (Activity::Missed, false, CallFailure::NotReached),
        (Activity::Rejected, true, CallFailure::Rejected),
        (Activity::AfterContactWork, true, CallFailure::NoAnswer),
    ] {
        for error in [None, Some(AgentError::Other)] {
            let mut bench = Bench::ringing();
            bench.softphone = softphone;
            bench.error = error;
            bench.shows(vec![outbound("ours", activity, NUMBER)]);
            assert_eq!(bench.failed(), Some(&reason), "{activity:?} {error:?}");
        }
    }
}

#[test]
fn the_error_says_why_a_contact_is_gone_too() {
    for gone in [vec![], vec![outbound("ours", Activity::AfterContactWork, NUMBER)]] {
        let mut bench = Bench::ringing();
        bench.error = Some(AgentError::LineEngagedCustomer);
        bench.shows(gone);
        assert_eq!(bench.failed(), Some(&CallFailure::LineBusy));
    }
}

#[test]
fn a_call_that_was_connected_or_hung_up_needs_no_reason() {
    for hang_up in [true, false] {
        let mut bench = Bench::ringing();
        if hang_up {
            bench.on(CallIn::HangUp);
        } else {
            bench.shows(vec![outbound("ours", Activity::Connected, NUMBER)]);
        }
        bench.error = Some(AgentError::FailedConnectCustomer);
        bench.shows(vec![outbound("ours", Activity::Error, NUMBER)]);
        assert!(bench.is_over());
    }
}

#[test]
fn a_dial_that_shows_no_contact_fails_for_an_error_that_is_its_own() {
    let error = Some(AgentError::MultipleCcpWindows);
    for (before, after, reason) in [
        (None, error, CallFailure::TwoWindows),
        (error, error, CallFailure::NotShown),
        (error, Some(AgentError::LineEngagedCustomer), CallFailure::LineBusy),
    ] {
        let mut bench = Bench::new();
        bench.error = before;
        let order = bench.dial(NUMBER, None);
        bench.taken(order);
        bench.error = after;
        bench.shows(vec![]);
        bench.wait(15);
        assert_eq!(bench.failed(), Some(&reason), "{before:?} {after:?}");
    }
}

#[test]
fn the_same_error_is_its_own_once_it_was_gone() {
    let mut bench = Bench::new();
    bench.error = Some(AgentError::LineEngagedCustomer);
    let order = bench.dial(NUMBER, None);
    bench.error = None;
    bench.taken(order);
    bench.shows(vec![outbound("ours", Activity::Dialling, NUMBER)]);
    bench.error = Some(AgentError::LineEngagedCustomer);
    bench.shows(vec![outbound("ours", Activity::Error, NUMBER)]);
    assert_eq!(bench.failed(), Some(&CallFailure::LineBusy));
}

#[test]
fn a_dial_that_connect_did_not_take_has_no_error_of_its_own() {
    let (mut bench, order) = Bench::dialled();
    bench.error = Some(AgentError::MissedCallAgent);
    bench.dial_fails(order, Failure::TimedOut);
    assert_eq!(bench.failed(), Some(&CallFailure::NotTaken));
}
