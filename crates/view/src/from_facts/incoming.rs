//! Calls that come in, in words: who calls, over which queue, on which number.

use connect::{Inbound, Reached};
use jiff::Timestamp;
use people::{Dialable, Entry};

use super::sides::call_person;
use crate::{
    facts::{CallBackFacts, IncomingFacts, MissedFacts, WhoCalls},
    model::{BackNumber, CallBack, CallPerson, Incoming, Missed, ShownNumber},
    words::{self, fill, say},
};

/// How many people are named; the others are only counted.
const MOST_NAMES: usize = 3;

pub(super) fn incoming(call: &IncomingFacts<'_>) -> Incoming {
    let mut lines: Vec<String> = from(call).into_iter().collect();
    lines.extend(to(call.inbound));
    Incoming {
        contact: call.contact.as_str().to_owned(),
        title: if call.answered.is_some() { name(&call.who, call.inbound) } else { calling(call) },
        lines,
        who: person(&call.who),
        for_you: call.is_for_the_agent,
        answered: call.answered,
    }
}

pub(super) fn missed(call: &MissedFacts<'_>, now: Timestamp) -> Missed {
    let at = words::moment(call.at, now);
    Missed {
        contact: call.contact.as_str().to_owned(),
        title: missed_title(call),
        line: match &call.inbound.flow.extension {
            Some(extension) => fill("missed.lineExtension", &[("time", &at), ("extension", extension)]),
            None => at,
        },
        who: person(&call.who),
        call_back: call_back(call),
        number: call
            .back_on
            .map(|number| BackNumber { dial: ShownNumber::from(number), words: words::number(number) }),
    }
}

/// "Grace Holloway (Teams) is calling, ext 4021".
pub(super) fn calling(call: &IncomingFacts<'_>) -> String {
    let extension = call.inbound.flow.extension.as_deref();
    match (&call.who, extension) {
        (WhoCalls::Several(people), _) => {
            let count = people.len().to_string();
            fill("incoming.oneOf", &[("count", &count), ("names", &names(people))])
        }
        (WhoCalls::Anonymous, _) => say("incoming.anonymousCalls"),
        (WhoCalls::One(_) | WhoCalls::Named(_) | WhoCalls::Number(_), Some(extension)) => {
            let who = name(&call.who, call.inbound);
            fill("incoming.callsExtension", &[("who", &who), ("extension", extension)])
        }
        (WhoCalls::One(_) | WhoCalls::Named(_) | WhoCalls::Number(_), None) => {
            fill("incoming.calls", &[("who", &name(&call.who, call.inbound))])
        }
    }
}

/// "Missed: Grace Holloway (Teams)".
pub(super) fn missed_title(call: &MissedFacts<'_>) -> String {
    fill("missed.title", &[("who", &name(&call.who, call.inbound))])
}

/// Who calls, in a few words.
fn name(who: &WhoCalls<'_>, inbound: &Inbound) -> String {
    let in_teams = |name: &str| fill("incoming.inTeams", &[("name", name)]);
    match who {
        WhoCalls::One(entry) if entry.person().is_some() => in_teams(entry.name()),
        WhoCalls::One(entry) => entry.name().to_owned(),
        WhoCalls::Named(name) if inbound.flow.is_from_teams => in_teams(name),
        WhoCalls::Named(name) => (*name).to_owned(),
        WhoCalls::Several(people) => {
            let count = people.len().to_string();
            fill("incoming.oneOfNames", &[("count", &count), ("names", &names(people))])
        }
        WhoCalls::Number(number) => spelled(number),
        WhoCalls::Anonymous => say("incoming.anonymous"),
    }
}

fn names(people: &[&Entry]) -> String {
    let shown = people.iter().take(MOST_NAMES).map(|entry| entry.name()).collect::<Vec<_>>().join(", ");
    match people.len().checked_sub(MOST_NAMES) {
        None | Some(0) => shown,
        Some(more) => fill("incoming.moreNames", &[("names", &shown), ("count", &more.to_string())]),
    }
}

/// The number that they call from, unless it is theirs alone: beside a shared number the agent can doubt the name.
fn from(call: &IncomingFacts<'_>) -> Option<String> {
    let number = call.number?;
    match &call.who {
        WhoCalls::One(entry) if is_own(entry, number) => None,
        WhoCalls::One(_) | WhoCalls::Several(_) | WhoCalls::Named(_) => {
            Some(fill("incoming.from", &[("number", &spelled(number))]))
        }
        WhoCalls::Number(_) | WhoCalls::Anonymous => None,
    }
}

/// Whether a number is theirs alone: one with an extension also reaches others.
fn is_own(entry: &Entry, number: &str) -> bool {
    let mut own = entry.numbers().iter().filter_map(|number| number.dialable.as_ref().ok());
    own.any(|own| own.digits.is_none() && own.e164 == number)
}

/// Whom they wanted, and on which number.
fn to(inbound: &Inbound) -> Option<String> {
    let number = inbound.dialled.as_deref().map(spelled);
    let agent = inbound.flow.dialled_for.as_deref().filter(|_| inbound.flow.is_fallback);
    Some(match (&inbound.reached, inbound.transferred, agent, number.as_deref()) {
        (Reached::Queue(queue), _, Some(agent), _) => {
            fill("incoming.forAgent", &[("agent", agent), ("queue", queue)])
        }
        (Reached::Directly | Reached::Unknown, true, _, _) => say("incoming.transferred"),
        (Reached::Queue(queue), true, _, _) => fill("incoming.transferredQueue", &[("queue", queue)]),
        (Reached::Directly, false, _, Some(number)) => fill("incoming.directOn", &[("number", number)]),
        (Reached::Directly, false, _, None) => say("incoming.direct"),
        (Reached::Queue(queue), false, None, Some(number)) => {
            fill("incoming.queueOn", &[("queue", queue), ("number", number)])
        }
        (Reached::Queue(queue), false, None, None) => fill("incoming.queue", &[("queue", queue)]),
        (Reached::Unknown, false, _, Some(number)) => fill("incoming.on", &[("number", number)]),
        (Reached::Unknown, false, _, None) => return None,
    })
}

/// A number of Connect, which spells it without any grouping, for people.
fn spelled(number: &str) -> String {
    Dialable::parse(number, None).map_or_else(|_| number.to_owned(), |number| words::number(&number))
}

fn person(who: &WhoCalls<'_>) -> Option<CallPerson> {
    match who {
        WhoCalls::One(entry) => Some(call_person(entry)),
        WhoCalls::Several(_) | WhoCalls::Named(_) | WhoCalls::Number(_) | WhoCalls::Anonymous => None,
    }
}

fn call_back(call: &MissedFacts<'_>) -> CallBack {
    match call.call_back {
        _ if call.back_on.is_none() => CallBack::No,
        CallBackFacts::NotWanted => CallBack::Offered,
        CallBackFacts::Clearing => CallBack::UnderWay,
        CallBackFacts::NotCleared => CallBack::Failed { sentence: say("missed.notCleared") },
    }
}

#[cfg(test)]
mod tests;
