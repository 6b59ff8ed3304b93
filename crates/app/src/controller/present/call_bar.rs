//! The call bar and the reasons against a call, in words. Pure: the machine knows how the call goes.

use people::Refusal;

use crate::{
    machine::call::{OutboundCall, Progress, Reason, Shown},
    view::{CallBar, CallState},
    words::{fill, say},
};

pub(in super::super) fn call_bar(call: &OutboundCall) -> Option<CallBar> {
    let shown = call.shown()?;
    let callee = shown.callee;
    Some(CallBar {
        person: callee.person.to_string(),
        name: callee.name.clone(),
        number: callee.number.words.clone(),
        // The pauses before an extension mean nothing to a reader.
        digits: callee.number.digits.as_ref().map(|digits| digits.trim_start_matches(',').to_owned()),
        state: state(&shown),
        hint: hint(&shown),
    })
}

fn state(shown: &Shown<'_>) -> CallState {
    if shown.is_hanging_up {
        return CallState::HangingUp;
    }
    if shown.is_lost {
        return CallState::Lost { sentence: say("call.lost") };
    }
    match shown.progress {
        Progress::Asking { since } => CallState::Asking { since },
        Progress::Dialling => CallState::Dialling,
        Progress::Ringing { since, .. } => CallState::Ringing { since },
        Progress::Connected { since } => CallState::Connected { since },
        Progress::Over { connected } => CallState::Ended {
            seconds: connected.map(|long| u32::try_from(long.as_secs()).unwrap_or(u32::MAX)),
        },
        Progress::Failed(reason) => CallState::Failed {
            sentence: failed(reason, &shown.callee.name),
            again: reason.is_worth_another_try(),
        },
    }
}

/// What matters most: whether the call can be reached, then whether it can be ended, then its sound.
fn hint(shown: &Shown<'_>) -> Option<String> {
    if shown.is_lost {
        return shown.is_hanging_up.then(|| say("call.hungUpLater"));
    }
    if shown.hang_up_failed {
        return Some(say("call.notHungUp"));
    }
    match shown.progress {
        Progress::Ringing { sound: true, .. } => Some(say("call.takeAudio")),
        Progress::Ringing { sound: false, .. }
        | Progress::Asking { .. }
        | Progress::Dialling
        | Progress::Connected { .. }
        | Progress::Over { .. }
        | Progress::Failed(_) => None,
    }
}

fn failed(reason: &Reason, name: &str) -> String {
    match reason {
        Reason::Refused(refusal) => refused(refusal),
        Reason::NumberGone => fill("call.refused.numberGone", &[("name", name)]),
        Reason::NotTaken => say("call.noAnswerOfConnect"),
        Reason::RefusedByConnect(words) => fill("call.connectRefused", &[("reason", words)]),
        Reason::NotShown => say("call.notShown"),
        Reason::NotReached => say("call.notReached"),
        Reason::NoSound => say("call.takeAudio"),
        Reason::NoAnswer => say("call.noAnswer"),
    }
}

/// The sentence of a refusal.
pub(in super::super) fn refused(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NoNumber => say("call.refused.noNumber"),
        Refusal::NotDialable { number } => fill("call.refused.notDialable", &[("number", number)]),
        Refusal::Country { country } => fill("call.refused.country", &[("country", country)]),
        Refusal::NoPermission => say("call.refused.noPermission"),
        Refusal::OnACall => say("call.refused.onACall"),
        Refusal::NotLoggedIn => say("call.refused.notLoggedIn"),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use people::Dialable;
    use presence::identity::ObjectId;

    use super::*;
    use crate::machine::call::Callee;

    fn callee() -> Callee {
        let number = Dialable::parse("+44 1632 960029", None).unwrap();
        Callee { person: ObjectId::new("anna"), name: "Anna".to_owned(), number }
    }

    fn shown<'a>(callee: &'a Callee, progress: Progress<'a>) -> Shown<'a> {
        Shown { callee, progress, is_lost: false, is_hanging_up: false, hang_up_failed: false }
    }

    #[test]
    fn a_lost_session_and_a_wish_to_hang_up_are_said_together() {
        let since = Timestamp::UNIX_EPOCH;
        let callee = callee();
        let connected = shown(&callee, Progress::Connected { since });
        assert_eq!((state(&connected), hint(&connected)), (CallState::Connected { since }, None));
        let lost = Shown { is_lost: true, ..connected };
        assert_eq!((state(&lost), hint(&lost)), (CallState::Lost { sentence: say("call.lost") }, None));
        let both = Shown { is_hanging_up: true, ..lost };
        assert_eq!((state(&both), hint(&both)), (CallState::HangingUp, Some(say("call.hungUpLater"))));
        let hanging_up = Shown { is_lost: false, ..both };
        assert_eq!((state(&hanging_up), hint(&hanging_up)), (CallState::HangingUp, None));
        let failed = Shown { hang_up_failed: true, ..connected };
        let said = (CallState::Connected { since }, Some(say("call.notHungUp")));
        assert_eq!((state(&failed), hint(&failed)), said);
    }

    #[test]
    fn each_failure_is_one_sentence_of_its_own() {
        let reasons = [
            Reason::NumberGone,
            Reason::NotTaken,
            Reason::RefusedByConnect("No.".to_owned()),
            Reason::NotShown,
            Reason::NotReached,
            Reason::NoSound,
            Reason::NoAnswer,
            Reason::Refused(Refusal::NoNumber),
            Reason::Refused(Refusal::OnACall),
            Reason::Refused(Refusal::NotLoggedIn),
            Reason::Refused(Refusal::NoPermission),
        ];
        let mut sentences: Vec<String> = reasons.iter().map(|reason| failed(reason, "Anna")).collect();
        assert_eq!(sentences[0], "Anna no longer has this number. Nothing was dialled.");
        sentences.sort();
        sentences.dedup();
        assert_eq!(sentences.len(), reasons.len());
        assert!(sentences.iter().all(|sentence| sentence.ends_with('.')), "{sentences:#?}");
    }
}
