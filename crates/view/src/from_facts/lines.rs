//! The lines of the list: who, in which state, and whether each number can be called now.

use people::{Entry, LineRef, NumberKind, Roster, Verdict, refusal_of_all, verdicts};

use super::{
    call_bar::refused,
    header::{badge, unknown},
    small,
};
use crate::{
    facts::Facts,
    model::{Line, Lines, NumberLine, PersonLine, Section, ShownNumber, Side},
    words::{self, say},
};

/// These lines of the list. They belong to this revision of the view.
pub fn lines(facts: &Facts<'_>, roster: &Roster, start: usize, count: usize, revision: u64) -> Lines {
    let all = roster.lines();
    let lines = all.iter().skip(start).take(count).filter_map(|at| line(facts, roster, at)).collect();
    Lines { revision, start: small(start), total: small(all.len()), lines }
}

fn line(facts: &Facts<'_>, roster: &Roster, line: &LineRef) -> Option<Line> {
    match line {
        LineRef::Favourites => Some(Line::Section { section: Section::Favourites }),
        LineRef::Everyone => Some(Line::Section { section: Section::Everyone }),
        LineRef::Person(id) => {
            let entry = roster.get(id)?;
            let teams = teams(entry);
            let verdicts = verdicts(entry, &facts.caller, false);
            Some(Line::Person(Box::new(PersonLine {
                id: id.to_string(),
                name: entry.person().name.clone(),
                photo: entry.photo().map(str::to_owned),
                badge: teams.badge,
                there: entry.is_there(),
                favourite: entry.is_favourite(),
                connect: None,
                teams: Some(teams),
                numbers: numbers(entry, &verdicts),
                call_refused: refusal_of_all(&verdicts).as_ref().map(refused),
            })))
        }
    }
}

fn teams(entry: &Entry) -> Side {
    match (entry.teams(), entry.last_seen()) {
        (Some(state), _) => Side {
            words: words::teams(state),
            badge: badge(people::badge(Some(state))),
            since: entry.since(),
        },
        (None, last_seen) => unknown(words::unknown(last_seen)),
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
                words: dialable.map_or(&number.as_written, |dialable| &dialable.words).clone(),
                dial: dialable.map(|dialable| ShownNumber {
                    e164: dialable.e164.clone(),
                    digits: dialable.digits.clone(),
                }),
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
