//! The words of rows: details, sources, conditions.

use presence::{
    mapping::{Conditions, SourceCondition, TeamsWhen},
    teams::{Availability, Detail, TeamsState},
};
use view::{
    setup::MappingChoice,
    words::{self, fill, say},
};

use super::{rows::id, tables::FINER};

pub(super) fn choice<T: serde::Serialize>(value: &T, words: String) -> MappingChoice {
    MappingChoice { id: id(value), words }
}

/// Any source, those that the side knows, and those that rows name all the same.
pub(super) fn sources<'a, Other: 'a>(
    known: &[SourceCondition],
    used: impl Iterator<Item = &'a Conditions<Other>>,
) -> Vec<MappingChoice> {
    let mut all: Vec<Option<SourceCondition>> =
        std::iter::once(None).chain(known.iter().copied().map(Some)).collect();
    for conditions in used {
        if !all.contains(&conditions.source) {
            all.push(conditions.source);
        }
    }
    all.iter().map(|source| choice(source, source_words(*source))).collect()
}

fn source_words(source: Option<SourceCondition>) -> String {
    say(match source {
        None => "setup.source.any",
        Some(SourceCondition::Person) => "setup.source.person",
        Some(SourceCondition::Automatic) => "setup.source.automatic",
        Some(SourceCondition::Contact) => "setup.source.contact",
    })
}

/// Sentence after sentence; "Always." if a row demands nothing.
pub(super) fn condition<Other>(
    conditions: &Conditions<Other>,
    only_while: &[String],
    key: &str,
    more: Option<String>,
) -> String {
    let source = conditions.source.map(|source| source_words(Some(source)));
    let limited = (!only_while.is_empty()).then(|| fill(key, &[("states", &either(only_while))]));
    let rest = conditions
        .at_most_every
        .map(|rest| fill("setup.condition.every", &[("seconds", &rest.as_secs().to_string())]));
    let parts: Vec<String> = [source, limited, rest, more].into_iter().flatten().collect();
    if parts.is_empty() { say("setup.condition.always") } else { parts.join(" ") }
}

/// "Lunch", "Lunch or Break", "Lunch, Break or Coaching".
fn either(states: &[String]) -> String {
    match states {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => fill("setup.or", &[("most", &most.join(", ")), ("last", last)]),
    }
}

pub(super) fn finer(badge: Availability) -> impl Iterator<Item = TeamsWhen> {
    FINER.into_iter().filter(move |when| when.availability == badge)
}

/// "Busy", "Busy: In a meeting".
pub(super) fn teams_words(when: TeamsWhen) -> String {
    let badge = words::teams(&TeamsState::plain(when.availability));
    match when.detail {
        None => badge,
        Some(detail) => fill("setup.finer", &[("badge", &badge), ("detail", &detail_words(detail))]),
    }
}

pub(super) fn detail_words(detail: Detail) -> String {
    say(match detail {
        Detail::InCall => "states.teams.inCall",
        Detail::InMeeting => "states.teams.inMeeting",
        Detail::Presenting => "setup.detail.presenting",
        Detail::Focusing => "setup.detail.focusing",
        Detail::OutOfOffice => "states.teams.outOfOffice",
        Detail::Inactive => "setup.detail.inactive",
        Detail::AppearOffline => "states.teams.appearOffline",
    })
}
