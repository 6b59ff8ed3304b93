//! The recent calls, in words: how each ended, and whether they can be called back.

use std::time::Duration;

use people::{Dialable, Entry, PersonNumber, Roster, Verdict, refusal_of_all, verdicts};
use presence::shown;

use super::{call_bar::refused, sides::call_person};
use crate::{
    facts::{Facts, RecentCallFacts, RecentFacts},
    model::{CallWay, RecentCall, RecentCallBack, RecentCalls, ShownNumber},
    words::{self, fill, say, time},
};

/// The page of the recent calls.
pub fn recent_calls(facts: &Facts<'_>, roster: &Roster, recent: &RecentFacts<'_>) -> RecentCalls {
    let calls = recent.calls.iter().flatten();
    RecentCalls {
        keeps: recent.keeps,
        locked: recent.locked,
        known: recent.calls.is_some(),
        calls: calls.map(|call| recent_call(facts, roster, call)).collect(),
    }
}

fn recent_call(facts: &Facts<'_>, roster: &Roster, call: &RecentCallFacts<'_>) -> RecentCall {
    let entry = roster.get(call.person);
    RecentCall {
        id: call.id,
        day: words::day(call.at, facts.now),
        time: time(call.at),
        way: call.way,
        outcome: outcome(call),
        name: entry
            .map(|entry| entry.name().to_owned())
            // It was kept on disk, and somebody may have changed it there.
            .or_else(|| shown::first([call.name, &call.person.to_string()]))
            .unwrap_or_default(),
        who: entry.map(call_person),
        number: call.e164.map(|e164| spelled(entry, call, e164)),
        call_back: call_back(facts, entry, call),
    }
}

fn outcome(call: &RecentCallFacts<'_>) -> String {
    match (call.way, call.connected) {
        (CallWay::Missed, _) => say("call.recent.missed"),
        (CallWay::Out, None) => say("call.recent.outNot"),
        (CallWay::In, None) => say("call.recent.in"),
        (CallWay::Out, Some(length)) => fill("call.recent.outFor", &[("time", &counter(length))]),
        (CallWay::In, Some(length)) => fill("call.recent.inFor", &[("time", &counter(length))]),
    }
}

/// "0:07", "3:42", "1:02:05".
fn counter(length: Duration) -> String {
    let seconds = length.as_secs();
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{rest:02}") } else { format!("{minutes}:{rest:02}") }
}

/// The number of a call as the list spells it, else as it can be read.
fn spelled(entry: Option<&Entry>, call: &RecentCallFacts<'_>, e164: &str) -> String {
    let listed = entry.and_then(|entry| entry.numbers().iter().find_map(|number| of_call(number, call)));
    let read = listed.cloned().or_else(|| Dialable::parse(e164, None).ok());
    read.map_or_else(
        || e164.to_owned(),
        |number| words::number(&Dialable { digits: call.digits.map(str::to_owned), ..number }),
    )
}

/// What this number of a person dials, if it is the one of the call.
fn of_call<'a>(number: &'a PersonNumber, call: &RecentCallFacts<'_>) -> Option<&'a Dialable> {
    let dialable = number.dialable.as_ref().ok()?;
    let is_it = Some(dialable.e164.as_str()) == call.e164 && dialable.digits.as_deref() == call.digits;
    is_it.then_some(dialable)
}

/// They are called on the number of the call, or, if that is not known, on the first number that can be called.
fn call_back(facts: &Facts<'_>, entry: Option<&Entry>, call: &RecentCallFacts<'_>) -> RecentCallBack {
    let Some(entry) = entry else {
        return RecentCallBack::Refused { sentence: say("call.recent.left") };
    };
    let verdicts = verdicts(entry, &facts.caller, false);
    let mut judged = entry.numbers().iter().zip(&verdicts);
    let found = if call.e164.is_some() {
        judged.find_map(|(number, verdict)| Some((of_call(number, call)?, verdict)))
    } else {
        let mut dialable =
            judged.filter_map(|(number, verdict)| Some((number.dialable.as_ref().ok()?, verdict)));
        let first = dialable.clone().find(|(_, verdict)| !matches!(verdict, Verdict::Refused(_)));
        first.or_else(|| dialable.next())
    };
    match found {
        Some((number, Verdict::Go | Verdict::Ask { .. })) => RecentCallBack::Offered {
            person: entry.id().to_string(),
            number: ShownNumber::from(number),
            words: words::number(number),
        },
        Some((_, Verdict::Refused(refusal))) => RecentCallBack::Refused { sentence: refused(refusal) },
        None => RecentCallBack::Refused {
            sentence: match refusal_of_all(&verdicts).filter(|_| call.e164.is_none()) {
                Some(refusal) => refused(&refusal),
                None => say("call.recent.numberGone"),
            },
        },
    }
}

#[cfg(test)]
mod tests;
