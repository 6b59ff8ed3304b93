//! The call bar and the reasons against a call, in words.

use people::{CallRefusal, NumberFault};

use super::sides::call_person;
use crate::{
    facts::{CallFacts, CallFailure, CallProgress, DigitsFacts},
    model::{CallBar, CallState},
    words::{fill, say},
};

pub(super) fn call_bar(call: &CallFacts<'_>) -> CallBar {
    CallBar {
        person: call.person.to_string(),
        name: call.name.to_owned(),
        who: call.entry.map(call_person),
        number: call.number.words.clone(),
        digits: digits(call).filter(|_| call.digits == DigitsFacts::Sent).map(str::to_owned),
        state: state(call),
        hint: hint(call),
    }
}

/// The pauses before an extension mean nothing to a reader.
fn digits<'a>(call: &CallFacts<'a>) -> Option<&'a str> {
    call.number.digits.as_deref().map(|digits| digits.trim_start_matches(','))
}

fn state(call: &CallFacts<'_>) -> CallState {
    if call.is_hanging_up {
        return CallState::HangingUp;
    }
    if call.is_lost {
        return CallState::Lost { sentence: say("call.lost") };
    }
    match call.progress {
        CallProgress::Asking { since } => CallState::Asking { since },
        CallProgress::Dialling => CallState::Dialling,
        CallProgress::Ringing { since, .. } => CallState::Ringing { since },
        CallProgress::Connected { since } => CallState::Connected { since },
        CallProgress::Over { connected } => CallState::Ended {
            seconds: connected.map(|long| u32::try_from(long.as_secs()).unwrap_or(u32::MAX)),
        },
        CallProgress::Failed(reason) => CallState::Failed {
            sentence: call_failure(reason, call.name),
            again: reason.is_worth_another_try(),
        },
    }
}

/// What matters most: whether the call can be reached, then whether it can be ended, then its sound and its digits.
fn hint(call: &CallFacts<'_>) -> Option<String> {
    if call.is_lost {
        return call.is_hanging_up.then(|| say("call.hungUpLater"));
    }
    if call.hang_up_failed {
        return Some(say("call.notHungUp"));
    }
    match call.progress {
        CallProgress::Ringing { sound: true, .. } => Some(say("call.takeAudio")),
        CallProgress::Connected { .. } => not_sent(call),
        CallProgress::Ringing { sound: false, .. }
        | CallProgress::Asking { .. }
        | CallProgress::Dialling
        | CallProgress::Over { .. }
        | CallProgress::Failed(_) => None,
    }
}

/// What the person has to do for digits that were not sent, or perhaps not.
fn not_sent(call: &CallFacts<'_>) -> Option<String> {
    let key = match call.digits {
        DigitsFacts::NotSent | DigitsFacts::Sent => return None,
        DigitsFacts::Refused => "call.digitsNotSent",
        DigitsFacts::Unknown => "call.digitsUnknown",
    };
    digits(call).map(|digits| fill(key, &[("digits", digits)]))
}

/// Why there is no call with somebody of this name, as a sentence.
pub fn call_failure(reason: &CallFailure, name: &str) -> String {
    match reason {
        CallFailure::Refused(refusal) => refused(refusal),
        CallFailure::NumberGone => fill("call.refused.numberGone", &[("name", name)]),
        CallFailure::NotTaken => say("call.noAnswerOfConnect"),
        CallFailure::AfterContactWork => say("call.afterContactWork"),
        CallFailure::NotCleared => say("call.notCleared"),
        CallFailure::WrongState => say("call.wrongState"),
        CallFailure::Limit => say("call.limit"),
        CallFailure::NumberNotAllowed => say("call.numberNotAllowed"),
        CallFailure::CannotDial => say("call.cannotDial"),
        CallFailure::Invalid => say("call.invalid"),
        CallFailure::NoQueue => say("call.noQueue"),
        CallFailure::Unavailable => say("call.unavailable"),
        CallFailure::RefusedByConnect => say("call.connectRefused"),
        CallFailure::NotShown => say("call.notShown"),
        CallFailure::NotReached => say("call.notReached"),
        CallFailure::LineBusy => say("call.lineBusy"),
        CallFailure::Rejected => say("call.rejected"),
        CallFailure::NoAnswer => say("call.noAnswer"),
        CallFailure::NoSound => say("call.takeAudio"),
        CallFailure::SoundFailed => say("call.soundFailed"),
        CallFailure::TwoWindows => say("call.twoWindows"),
        CallFailure::OwnLineBusy => say("call.ownLineBusy"),
        CallFailure::OwnPhoneNotAnswered => say("call.ownPhoneNotAnswered"),
        CallFailure::OwnPhoneNotReached => say("call.ownPhoneNotReached"),
        CallFailure::NotHungUp => say("call.notHungUpInTime"),
    }
}

/// The sentence of a refusal.
pub(super) fn refused(refusal: &CallRefusal) -> String {
    match refusal {
        CallRefusal::NoNumber => say("call.refused.noNumber"),
        CallRefusal::NotDialable { number, reason } => fill(not_dialable(*reason), &[("number", number)]),
        CallRefusal::Country { country, code } => {
            fill("call.refused.country", &[("country", country.as_ref()), ("code", code)])
        }
        CallRefusal::NoPermission => say("call.refused.noPermission"),
        CallRefusal::Ringing => say("call.refused.rings"),
        CallRefusal::OnACall => say("call.refused.onACall"),
        CallRefusal::NotLoggedIn => say("call.refused.notLoggedIn"),
    }
}

fn not_dialable(reason: NumberFault) -> &'static str {
    match reason {
        NumberFault::Empty => "call.refused.notDialable.empty",
        NumberFault::Strange => "call.refused.notDialable.strange",
        NumberFault::Letters => "call.refused.notDialable.letters",
        NumberFault::Several => "call.refused.notDialable.several",
        NumberFault::NoRegion => "call.refused.notDialable.noRegion",
        NumberFault::NoSuchCountry => "call.refused.notDialable.noSuchCountry",
        NumberFault::Internal => "call.refused.notDialable.internal",
        NumberFault::NoAreaCode => "call.refused.notDialable.noAreaCode",
        NumberFault::NoPlus => "call.refused.notDialable.noPlus",
        NumberFault::NoSuchNumber => "call.refused.notDialable.noSuchNumber",
        NumberFault::TooShort => "call.refused.notDialable.tooShort",
        NumberFault::TooLong => "call.refused.notDialable.tooLong",
    }
}

#[cfg(test)]
mod tests;
