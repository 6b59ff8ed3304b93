//! The agent's own header: name and own number, the two cards, how they are linked, and the question to the timeline.

use super::{
    link::{knob, not_begun, reason},
    sides::{badge, unknown},
};
use crate::{
    facts::Facts,
    model::{Badge, Knob, Own, OwnNumber, SideState},
    words::{self, fill, say},
};
use connect::Phase;
use jiff::Timestamp;
use people::{Country, Dialable};
use presence::shown;
use settings::StatusMessage;

pub(super) fn header(facts: &Facts<'_>) -> Own {
    let (connect, teams, knob) = (connect_card(facts), teams_card(facts), knob(facts));
    let (login, agent) = (facts.login.who, facts.connect.agent);
    let own = login.into_iter().flat_map(|who| [who.name.as_str(), who.upn.as_str()]);
    let connect_names = agent.into_iter().flat_map(|agent| [agent.name.as_str(), agent.username.as_str()]);
    let name = shown::first(own.chain(connect_names)).unwrap_or_default();
    let reason = reason(facts, &connect.words, &teams.words);
    let why = not_begun(facts).is_none().then(|| why(knob, &teams));
    let upn = login.and_then(|who| shown::line(&who.upn)).unwrap_or_default();
    Own { name, number: number(facts), upn, connect, teams, knob, reason, why }
}

fn number(facts: &Facts<'_>) -> Option<OwnNumber> {
    let as_written = facts.teams.number?;
    let settings = &facts.settings;
    let read = dialable(as_written, settings.region);
    Some(OwnNumber {
        words: own_number(as_written, settings.region),
        copy: read.as_ref().map_or_else(|| as_written.trim().to_owned(), to_copy),
        in_status: settings.status_message == StatusMessage::Number,
        status_locked: settings.status_message_is_locked,
    })
}

/// The own direct number for people, "+1 206 555 0142, ext 4102", from the directory's spelling of it; that spelling if
/// it is no number that can be dialled. `region` is the country of numbers without a country code.
pub fn own_number(as_written: &str, region: Option<Country>) -> String {
    dialable(as_written, region).map_or_else(|| shown::visible(as_written), |read| words::number(&read))
}

/// Without the comma before an extension: other telephones take one for a pause.
fn to_copy(number: &Dialable) -> String {
    match &number.digits {
        Some(digits) if !digits.starts_with(',') => {
            fill("ownNumber.toCopy", &[("number", &number.words), ("digits", digits)])
        }
        Some(_) | None => words::number(number),
    }
}

/// The first number of the field that can be dialled.
fn dialable(as_written: &str, region: Option<Country>) -> Option<Dialable> {
    Dialable::all_in(as_written, region).into_iter().find_map(|(_, read)| read.ok())
}

fn connect_card(facts: &Facts<'_>) -> SideState {
    let connect = &facts.connect;
    match (connect.live, connect.last) {
        (Some(snapshot), _) => {
            let state = snapshot.state();
            SideState {
                words: words::own_connect(&state),
                badge: badge(people::connect_reachability(&state, connect.asks_for)),
                since: Some(snapshot.since()),
            }
        }
        (None, Some((snapshot, at))) if connect.phase == Phase::Old => {
            SideState { since: Some(at), ..unknown(words::own_connect(&snapshot.state())) }
        }
        (None, last) => own_unknown(last.map(|(_, at)| at)),
    }
}

fn teams_card(facts: &Facts<'_>) -> SideState {
    match facts.teams.shown.filter(|_| facts.login.is_signed_in()) {
        Some((state, since)) => SideState {
            words: words::teams(state),
            badge: badge(people::teams_reachability(Some(state))),
            since,
        },
        None => own_unknown(facts.teams.read),
    }
}

/// "Why Busy?"; while nothing is known for certain there is no such question.
fn why(knob: Knob, teams: &SideState) -> String {
    if knob == Knob::NotInStep || teams.badge == Badge::Unknown {
        return say("timeline.answer.whatHappened");
    }
    fill("timeline.answer.title", &[("state", &teams.words)])
}

/// The own cards are narrow: the drawer says "seen 14:02" beside the word.
fn own_unknown(last_seen: Option<Timestamp>) -> SideState {
    SideState { since: last_seen, ..unknown(words::unknown(None)) }
}

#[cfg(test)]
mod tests;
