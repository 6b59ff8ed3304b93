//! The agent's own header: name and number, the two cards, how they are linked, and the question to the timeline.

use super::link::{knob, reason};
use crate::{
    facts::Facts,
    model::{Badge, Knob, Own, Side},
    words::{self, fill, say},
};
use connect::Phase;
use jiff::Timestamp;

pub(super) fn header(facts: &Facts<'_>) -> Own {
    let (connect, teams, knob) = (connect_card(facts), teams_card(facts), knob(facts));
    let login = facts.login.who.map(|who| &who.name);
    let name = login.or_else(|| facts.connect.agent.map(|agent| &agent.name));
    let reason = reason(facts, &connect.words, &teams.words);
    let why = why(knob, &teams);
    Own { name: name.cloned().unwrap_or_default(), line: own_line(facts), connect, teams, knob, reason, why }
}

/// The line under the own name.
fn own_line(facts: &Facts<'_>) -> String {
    let upn = || facts.login.who.map(|who| who.upn.as_str());
    facts.teams.number.or_else(upn).unwrap_or_default().to_owned()
}

fn connect_card(facts: &Facts<'_>) -> Side {
    let connect = &facts.connect;
    match (connect.live, connect.last) {
        (Some(snapshot), _) => {
            let state = snapshot.state();
            Side {
                words: words::own_connect(&state),
                badge: badge(people::connect_badge(&state, connect.asks_for)),
                since: Some(snapshot.since()),
            }
        }
        (None, Some((snapshot, at))) if connect.phase == Phase::Old => {
            Side { since: Some(at), ..unknown(words::own_connect(&snapshot.state())) }
        }
        (None, last) => own_unknown(last.map(|(_, at)| at)),
    }
}

fn teams_card(facts: &Facts<'_>) -> Side {
    match facts.teams.shown.filter(|_| facts.login.is_signed_in()) {
        Some((state, since)) => {
            Side { words: words::teams(state), badge: badge(people::badge(Some(state))), since }
        }
        None => own_unknown(facts.teams.read),
    }
}

/// "Why am I Busy?"; while nothing is known for certain there is no such question.
fn why(knob: Knob, teams: &Side) -> String {
    if knob == Knob::NotInStep || teams.badge == Badge::Unknown {
        return say("tray.whatHappened");
    }
    fill("tray.why", &[("state", &teams.words)])
}

/// The own cards are narrow: the drawer says "seen 14:02" beside the word.
fn own_unknown(last_seen: Option<Timestamp>) -> Side {
    Side { since: last_seen, ..unknown(words::unknown(None)) }
}

/// A side of which nothing certain is known, in these words.
pub(super) fn unknown(words: String) -> Side {
    Side { words, badge: Badge::Unknown, since: None }
}

/// A badge, as it is shown.
pub(super) fn badge(badge: people::Badge) -> Badge {
    match badge {
        people::Badge::Available => Badge::Available,
        people::Badge::Busy => Badge::Busy,
        people::Badge::DoNotDisturb => Badge::DoNotDisturb,
        people::Badge::Away => Badge::Away,
        people::Badge::OutOfOffice => Badge::OutOfOffice,
        people::Badge::Offline => Badge::Offline,
        people::Badge::Unknown => Badge::Unknown,
    }
}

#[cfg(test)]
mod tests;
