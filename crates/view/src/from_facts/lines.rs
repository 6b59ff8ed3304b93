//! The lines of the list: who, in which state on which side, and whether each number can be called now.

use people::{
    Entry, JoinedBy, LineRef, NumberKind, Pairing, PersonId, Roster, Verdict, refusal_of_all, verdicts,
};
use presence::{
    connect::{Activity, ConnectState},
    shown,
};

use super::{
    call_bar::refused,
    sides::{badge, sides},
    small,
};
use crate::{
    facts::Facts,
    model::{JoinOffer, Line, Lines, NumberLine, PersonLine, Section, ShownNumber, Waits},
    words::{self, say},
};

/// These lines of the list. They belong to this revision of the view.
pub fn lines(facts: &Facts<'_>, roster: &Roster, start: usize, count: usize, revision: u64) -> Lines {
    let lines = roster.lines_in(start, count).filter_map(|at| line(facts, roster, at)).collect();
    Lines { revision, start: small(start), total: small(roster.line_count()), lines }
}

fn line(facts: &Facts<'_>, roster: &Roster, line: LineRef) -> Option<Line> {
    match line {
        LineRef::Favourites => Some(Line::Section { section: Section::Favourites }),
        LineRef::Everyone => Some(Line::Section { section: Section::Everyone }),
        LineRef::Department(name) => Some(Line::Department { name }),
        LineRef::Person(id) => Some(Line::Person(Box::new(person(facts, roster, roster.get(&id)?)))),
    }
}

fn person(facts: &Facts<'_>, roster: &Roster, entry: &Entry) -> PersonLine {
    let (connect, teams) = sides(entry);
    let verdicts = verdicts(entry, &facts.caller, false);
    PersonLine {
        id: entry.id().to_string(),
        name: entry.name().to_owned(),
        badge: badge(entry.reachability()),
        there: entry.is_there(),
        favourite: entry.is_favourite(),
        connect,
        teams,
        on_contact: is_on_contact(entry),
        numbers: numbers(entry, &verdicts),
        call_refused: refusal_of_all(&verdicts).as_ref().map(refused),
        photo: entry.photo().map(str::to_owned),
        waits: waits(entry),
        join: join(roster, entry),
    }
}

/// True while a contact keeps them busy. One that only rings does not, nor does after-contact work.
fn is_on_contact(entry: &Entry) -> bool {
    match entry.connect().and_then(|seen| seen.state.as_ref()) {
        Some(ConnectState::Contact { activity, .. }) => match activity {
            Activity::Connected | Activity::OnHold | Activity::Dialling => true,
            Activity::Error
            | Activity::Missed
            | Activity::Rejected
            | Activity::AfterContactWork
            | Activity::Incoming
            | Activity::CallbackOffered => false,
        },
        Some(ConnectState::Chosen(_)) | None => false,
    }
}

fn waits(entry: &Entry) -> Waits {
    match (entry.is_free(), entry.is_waited_for()) {
        (true, _) => Waits::Free,
        (false, true) => Waits::Waiting,
        (false, false) => Waits::No,
    }
}

fn join(roster: &Roster, entry: &Entry) -> Option<JoinOffer> {
    match entry.pairing() {
        Pairing::Alone
        | Pairing::Joined(JoinedBy::Tag | JoinedBy::Username | JoinedBy::Mail | JoinedBy::Number) => None,
        Pairing::Joined(JoinedBy::Agent) => Some(JoinOffer::Confirmed),
        Pairing::Proposed(person) => {
            let other = roster.get(&PersonId::Entra(person.clone()))?;
            let person = other.person()?;
            Some(JoinOffer::Propose {
                person: other.id().to_string(),
                name: other.name().to_owned(),
                detail: person.mail.as_ref().unwrap_or(&person.upn).clone(),
            })
        }
    }
}

fn numbers(entry: &Entry, verdicts: &[Verdict]) -> Vec<NumberLine> {
    let numbers = entry.numbers().iter().zip(verdicts);
    numbers
        .map(|(number, verdict)| {
            let dialable = number.dialable.as_ref().ok();
            NumberLine {
                kind: say(match number.kind {
                    NumberKind::Work => "call.kind.work",
                    NumberKind::Mobile => "call.kind.mobile",
                }),
                words: dialable.map_or_else(|| shown::visible(&number.as_written), words::number),
                dial: dialable.map(ShownNumber::from),
                refused: match verdict {
                    Verdict::Refused(refusal) => Some(refused(refusal)),
                    Verdict::Go | Verdict::Ask { .. } => None,
                },
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
