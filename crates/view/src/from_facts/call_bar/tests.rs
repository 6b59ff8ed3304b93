//! What the bar says of each stage of a call.

use std::time::Duration;

use super::{super::fixture::*, *};

#[test]
fn a_lost_session_and_a_wish_to_hang_up_are_shown_together() {
    let since = at(0);
    let connected = call(CallProgress::Connected { since });
    assert_eq!((state(&connected), hint(&connected)), (CallState::Connected { since }, None));
    let lost = CallFacts { is_lost: true, ..connected };
    assert_eq!((state(&lost), hint(&lost)), (CallState::Lost { sentence: say("call.lost") }, None));
    let both = CallFacts { is_hanging_up: true, ..lost };
    assert_eq!((state(&both), hint(&both)), (CallState::HangingUp, Some(say("call.hungUpLater"))));
    let hanging_up = CallFacts { is_lost: false, ..both };
    assert_eq!((state(&hanging_up), hint(&hanging_up)), (CallState::HangingUp, None));
    let failed = CallFacts { hang_up_failed: true, ..connected };
    let said = (CallState::Connected { since }, Some(say("call.notHungUp")));
    assert_eq!((state(&failed), hint(&failed)), said);
}

#[test]
fn each_stage_has_its_state_and_only_a_long_ringing_its_hint() {
    let since = at(-8);
    for (progress, wanted, hint) in [
        (CallProgress::Asking { since: Some(since) }, CallState::Asking { since: Some(since) }, None),
        (CallProgress::Dialling, CallState::Dialling, None),
        (CallProgress::Ringing { since, sound: false }, CallState::Ringing { since }, None),
        (
            CallProgress::Ringing { since, sound: true },
            CallState::Ringing { since },
            Some(say("call.takeAudio")),
        ),
        (CallProgress::Over { connected: None }, CallState::Ended { seconds: None }, None),
        (
            CallProgress::Over { connected: Some(Duration::from_millis(90_900)) },
            CallState::Ended { seconds: Some(90) },
            None,
        ),
    ] {
        let bar = call_bar(&call(progress));
        assert_eq!((bar.state, bar.hint), (wanted, hint), "{progress:?}");
    }
}

#[test]
fn the_bar_names_who_is_called_and_the_digits_without_their_pauses_once_they_are_sent() {
    let number = people::Dialable::parse("+44 1632 960029,,4025", None).unwrap();
    let connected = call(CallProgress::Connected { since: at(0) });
    for (digits, sent, hint) in [
        (DigitsFacts::NotSent, None, None),
        (DigitsFacts::Sent, Some("4025"), None),
        (DigitsFacts::Refused, None, Some("ext 4025 was not sent. Use the keypad in ConnectPath.")),
        (
            DigitsFacts::Unknown,
            None,
            Some("ext 4025 may not have been sent. Listen, or use the keypad in ConnectPath."),
        ),
    ] {
        let bar = call_bar(&CallFacts { number: &number, digits, ..connected });
        assert_eq!((bar.person.as_str(), bar.name.as_str()), ("hiro", "Hiro"));
        assert_eq!((bar.digits.as_deref(), bar.hint.as_deref()), (sent, hint), "{digits:?}");
        let failed = call_bar(&CallFacts { number: &number, digits, hang_up_failed: true, ..connected });
        assert_eq!(failed.hint, Some(say("call.notHungUp")), "to end it matters more");
    }
}

#[test]
fn each_failure_is_one_sentence_of_its_own() {
    let refusals = [
        CallRefusal::NoNumber,
        CallRefusal::Ringing,
        CallRefusal::OnACall,
        CallRefusal::NotLoggedIn,
        CallRefusal::NoPermission,
    ];
    let reasons = [
        CallFailure::NumberGone,
        CallFailure::NotTaken,
        CallFailure::AfterContactWork,
        CallFailure::NotCleared,
        CallFailure::WrongState,
        CallFailure::Limit,
        CallFailure::NumberNotAllowed,
        CallFailure::CannotDial,
        CallFailure::Invalid,
        CallFailure::NoQueue,
        CallFailure::Unavailable,
        CallFailure::RefusedByConnect,
        CallFailure::NotShown,
        CallFailure::NotReached,
        CallFailure::LineBusy,
        CallFailure::Rejected,
        CallFailure::NoAnswer,
        CallFailure::NoSound,
        CallFailure::SoundFailed,
        CallFailure::TwoWindows,
        CallFailure::OwnLineBusy,
        CallFailure::OwnPhoneNotAnswered,
        CallFailure::OwnPhoneNotReached,
        CallFailure::NotHungUp,
    ];
    let reasons: Vec<CallFailure> =
        reasons.into_iter().chain(refusals.into_iter().map(CallFailure::Refused)).collect();
    let mut sentences: Vec<String> = reasons.iter().map(|reason| call_failure(reason, "Anna")).collect();
    assert_eq!(sentences[0], "Anna no longer has this number. Nothing was dialled.");
    sentences.sort();
    sentences.dedup();
    assert_eq!(sentences.len(), reasons.len());
    assert!(sentences.iter().all(|sentence| sentence.ends_with('.')), "{sentences:#?}");
}

#[test]
fn each_number_that_cannot_be_dialled_has_its_reason_in_a_sentence() {
    let reasons = [
        NumberFault::Empty,
        NumberFault::Strange,
        NumberFault::Letters,
        NumberFault::Several,
        NumberFault::NoRegion,
        NumberFault::NoSuchCountry,
        NumberFault::Internal,
        NumberFault::NoAreaCode,
        NumberFault::NoPlus,
        NumberFault::NoSuchNumber,
        NumberFault::TooShort,
        NumberFault::TooLong,
    ];
    let sentence = |reason: &NumberFault| {
        refused(&CallRefusal::NotDialable { number: "1234".to_owned(), reason: *reason })
    };
    let mut sentences: Vec<String> = reasons.iter().map(sentence).collect();
    assert!(
        sentences.iter().all(|said| said.starts_with("\"1234\" ") && said.ends_with('.')),
        "{sentences:#?}"
    );
    sentences.sort();
    sentences.dedup();
    assert_eq!(sentences.len(), reasons.len());
}

#[test]
fn another_try_is_offered_if_it_makes_sense() {
    for (failure, again) in [
        (CallFailure::NoAnswer, true),
        (CallFailure::LineBusy, true),
        (CallFailure::Limit, true),
        (CallFailure::AfterContactWork, true),
        (CallFailure::NoSound, true),
        (CallFailure::NumberGone, false),
        (CallFailure::NoQueue, false),
        (CallFailure::CannotDial, false),
        (CallFailure::NumberNotAllowed, false),
        (CallFailure::Refused(CallRefusal::NoPermission), false),
        (CallFailure::NotHungUp, false),
    ] {
        let bar = call_bar(&call(CallProgress::Failed(&failure)));
        assert_eq!(
            bar.state,
            CallState::Failed { sentence: call_failure(&failure, bar.name.as_str()), again }
        );
    }
}
