//! How the two sides are linked: the knob, the line under the cards, and what can be released.
//!
//! Reads the engine's own value for it and decides nothing.

use presence::{
    connect::{AgentSnapshot, Channel, ConnectState},
    engine::{Link, Standstill},
    timeline::Side,
};

use super::{notices, stage::stage};
use crate::{
    facts::{Facts, LoginPhase},
    hidden::by_teams,
    model::{ContactKind, Knob, LinkReason, Stage},
    words::{self, fill, say},
};

/// Which directions are on, unless nothing is written in either.
pub(super) fn knob(facts: &Facts<'_>) -> Knob {
    if not_begun(facts).is_some() {
        return Knob::Off;
    }
    match facts.sync.link {
        Link::Paused { .. } => Knob::Paused,
        Link::NotInStep { .. } | Link::Stopped { .. } => Knob::NotInStep,
        Link::Off
        | Link::DryRun
        | Link::TeamsFollows { .. }
        | Link::ConnectFollows { .. }
        | Link::WaitsForAnswer
        | Link::WaitsForContact
        | Link::Writing(_)
        | Link::NoChange
        | Link::TeamsDecides
        | Link::TeamsLeads
        | Link::Masked
        | Link::HeldByYou
        | Link::InStep { .. } => match (facts.settings.connect_to_teams, facts.settings.teams_to_connect) {
            (true, true) => Knob::Both,
            (true, false) => Knob::ConnectToTeams,
            (false, true) => Knob::TeamsToConnect,
            (false, false) => Knob::Off,
        },
    }
}

/// The line under the two cards, which say `connect` and `teams`.
pub(super) fn reason(facts: &Facts<'_>, connect: &str, teams: &str) -> LinkReason {
    if let Some(reason) = not_begun(facts) {
        return reason;
    }
    let is_free = facts.sync.link.is_at_rest() && facts.sync.link != Link::HeldByYou;
    if let Some(queued) = queued(facts).filter(|_| is_free) {
        return queued;
    }
    match facts.sync.link {
        Link::DryRun => LinkReason::DryRun,
        Link::Paused { until } => LinkReason::Paused { until },
        Link::Stopped { .. } => LinkReason::Stopped,
        Link::NotInStep { .. } if facts.is_offline() => LinkReason::Offline,
        Link::NotInStep { .. } if facts.teams_stays_unknown() => LinkReason::TeamsNotKnown,
        Link::NotInStep { since } => LinkReason::NotInStep { since },
        Link::Off => LinkReason::Off,
        Link::HeldByYou => LinkReason::HeldByYou,
        Link::TeamsFollows { at } => LinkReason::TeamsFollows { at },
        Link::ConnectFollows { at, asks: false } => LinkReason::ConnectFollows { at },
        Link::ConnectFollows { at, asks: true } => LinkReason::AsksSoon { at },
        Link::WaitsForAnswer => LinkReason::WaitsForAnswer,
        Link::WaitsForContact => LinkReason::WaitsForContact { contact: contact(facts.connect.live) },
        Link::Writing(Side::Teams) => LinkReason::SettingTeams,
        Link::Writing(Side::Connect) => LinkReason::SettingConnect,
        Link::NoChange => LinkReason::NoChange { state: connect.to_owned() },
        Link::TeamsDecides => LinkReason::TeamsDecides,
        Link::TeamsLeads => LinkReason::TeamsLeads,
        Link::Masked if is_hidden_by_teams(facts) => {
            LinkReason::MaskedByTeams { state: teams.to_owned(), hidden: wanted_words(facts) }
        }
        Link::Masked => LinkReason::Masked { hidden: wanted_words(facts) },
        Link::InStep { since } => LinkReason::InStep { since },
    }
}

/// What the person has to do before the two sides can be linked for the first time: nothing is broken.
pub(super) fn not_begun(facts: &Facts<'_>) -> Option<LinkReason> {
    match stage(facts) {
        Stage::NotSetUp { .. } => Some(LinkReason::NotSetUp),
        Stage::LoginNeeded | Stage::Ready => {
            let first = facts.login.phase == LoginPhase::SignedOut { since: None };
            let waits = first && matches!(facts.sync.link, Link::NotInStep { .. });
            waits.then_some(LinkReason::WaitsForLogin)
        }
    }
}

/// The status that Connect takes when the agent's contacts are over, whoever queued it.
fn queued(facts: &Facts<'_>) -> Option<LinkReason> {
    let snapshot = facts.connect.live.filter(|snapshot| !snapshot.contacts.is_empty())?;
    let status = snapshot.next.as_ref()?.shown();
    Some(LinkReason::Queued { status, contact: contact(Some(snapshot)) })
}

fn contact(snapshot: Option<&AgentSnapshot>) -> ContactKind {
    match snapshot.map(AgentSnapshot::state) {
        Some(ConnectState::Contact { channel, .. }) => match channel {
            Channel::Voice => ContactKind::Call,
            Channel::Chat => ContactKind::Chat,
            Channel::Email => ContactKind::Email,
            Channel::Task => ContactKind::Task,
            Channel::Other => ContactKind::Other,
        },
        Some(ConnectState::Chosen(_)) | None => ContactKind::Other,
    }
}

/// True if a person's choice keeps ours from showing: *Release* ends it.
pub(super) fn can_be_released(facts: &Facts<'_>) -> bool {
    facts.sync.link.is_hidden() && !(facts.sync.link == Link::Masked && is_hidden_by_teams(facts))
}

fn is_hidden_by_teams(facts: &Facts<'_>) -> bool {
    facts.teams.shown.is_some_and(|(shown, _)| by_teams(shown))
}

/// What Connect asks for, in Teams' words. What was set stays until it is given back, even if nothing asks for it now.
fn wanted_words(facts: &Facts<'_>) -> String {
    facts.sync.target.and_then(words::target).unwrap_or_else(|| say("states.whatWasSet"))
}

/// Why nothing is written although everything works, for the tooltip.
pub(super) fn standstill(facts: &Facts<'_>) -> Option<String> {
    match facts.sync.link.standstill()? {
        Standstill::Paused { until: None } => Some(say("tray.paused")),
        Standstill::Paused { until: Some(until) } => {
            let seconds = until.duration_since(facts.now).as_secs();
            let minutes = (seconds.max(0) + 59) / 60;
            Some(fill("tray.pausedFor", &[("minutes", &minutes.to_string())]))
        }
        Standstill::DryRun => Some(say("tray.dryRun")),
        Standstill::Stopped => facts.sync.stop.map(|stop| notices::stop_banner(stop).title),
    }
}

#[cfg(test)]
mod tests;
